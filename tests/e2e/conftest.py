"""A small case of three kinds of evidence, built once by the real command."""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.cli.app import run

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
EPOCH = "1773712800"

CASE = """\
[case]
title = "关于“momo酱”不实评价的申诉"
platform = "xiaohongshu_shop_review"

[applicant]
name = "初晴女装旗舰店"

[review]
author = "momo酱"
posted = "2026-03-16 21:14"
exhibit = "评价.png"
order_id = "P366374524942915524"
text = "下单一周都没发货。"

[appeal]
ground = "contrary-to-facts"
request = "请核实并处理"

[[claims]]
says = "下单一周都没发货"
answer = "付款后 31 小时发货"
stance = "contradicted"
evidence = ["订单.csv", "聊天.txt"]
quotes = ["2026-03-12 08:35:21", "已经发货"]

[[people]]
name = "林小姐"
side = "customer"

[[people]]
name = "阿青"
side = "applicant"
"""

CHAT = """\
林小姐 和 阿青 在微信上的聊天记录如下，请查收。

—————  2026-03-12  —————


林小姐  10:00

发货了吗

阿青  10:03

已经发货，请放心
"""

ORDER = {
    "订单号": "P366374524942915524",
    "订单状态": "已完成",
    "收件人姓名": "林晓云",
    "收件人电话": "13900000826",
    "收件人地址": "浙江省杭州市余杭区星河苑6幢1203室",
    "小红书编码": "x1",
    "SKU名称": "针织开衫",
    "SKU规格": "M码",
    "SKU件数": "1",
    "商家应收金额(元)（支付金额）": "270.80",
    "支付时间": "2026-03-11 01:26:48",
    "快递公司": "顺丰速运",
    "快递单号": "SF3006662992881",
    "订单创建时间": "2026-03-11 01:23:58",
    "订单发货时间": "2026-03-12 08:35:21",
}


def picture() -> bytes:
    image = Image.new("RGB", (1080, 1400), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(FONT, 52, index=2)
    for number, text in enumerate(["momo酱", "下单一周都没发货。", "2026-03-16 21:14"]):
        draw.text((60, 120 + 140 * number), text, fill="black", font=font)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def orders() -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(ORDER))
    writer.writeheader()
    writer.writerow(ORDER | {"订单号": "P111111111111111111", "收件人姓名": "周别人", "收件人电话": "13700000001"})
    writer.writerow(ORDER)
    return out.getvalue().encode("utf-8-sig")


def make_case(folder: Path) -> Path:
    inbox = folder / "inbox"
    inbox.mkdir(parents=True)
    (folder / "case.toml").write_text(CASE, encoding="utf-8")
    (inbox / "评价.png").write_bytes(picture())
    (inbox / "订单.csv").write_bytes(orders())
    (inbox / "聊天.txt").write_text(CHAT, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    case = make_case(tmp_path_factory.mktemp("e2e") / "案件")
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = EPOCH
    try:
        assert run(["build", str(case), "--jobs", "1"]) == 0
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before
    return case


@pytest.fixture
def case(built_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the built case that a test may harm."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    return Path(shutil.copytree(built_once, tmp_path / "案件"))


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Runs the command line: its exit code, what it printed, and what it said on stderr."""

    def call(*arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = run(list(arguments))
        out, err = capsys.readouterr()
        return code, out, err

    return call
