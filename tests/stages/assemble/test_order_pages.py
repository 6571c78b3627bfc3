"""An order's milestones, a parcel's track, and what exhibits say of one another."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2
import pytest

from pipeline.case import load
from pipeline.contract import Settings
from pipeline.run import Built, Clock, build
from stages import ORDER

FIXTURES = Path(__file__).parents[3] / "fixtures" / "orders"
OURS = "P366374524942915524"
FILES = {
    "1 订单.csv": "xiaohongshu-orders/sample.csv",
    "2 微信账单.csv": "wechat-pay/sample.csv",
    "3 物流.json": "kuaidi100/sample-query.json",
    "4 售后.csv": "xiaohongshu-after-sale/sample.csv",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("case")
    (folder / "inbox").mkdir()
    for name, source in FILES.items():
        (folder / "inbox" / name).write_bytes((FIXTURES / source).read_bytes())
    (folder / "case.toml").write_text(
        f'[case]\nplatform = "xiaohongshu_shop_review"\n[review]\norder_id = "{OURS}"\n', "utf-8"
    )
    case = load(folder, {"xiaohongshu_shop_review": "Asia/Shanghai"})
    return build(folder, case, ORDER, Settings(ocr="none"), jobs=1, clock=Clock())


def pages(built: Built) -> list[str]:
    assert built.out is not None
    with pypdfium2.PdfDocument(built.out / "dossier.pdf") as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_payment_parcel_and_after_sale_follow_the_numbers_of_the_order(built: Built) -> None:
    assert built.out is not None
    events = json.loads((built.out / "timeline.json").read_bytes())["events"]
    assert {event["order_id"] for event in events} == {OURS}
    roles = {event["role"]: event["exhibits"] for event in events}
    assert roles["payment.made"] == ["2"]
    assert roles["order.signed"] == ["3"]
    assert roles["refund.applied"] == ["4"]
    assert sum(event["role"] == "parcel.scan" for event in events) == 4


def test_rows_of_others_reach_nothing_that_was_made(built: Built) -> None:
    assert built.out is not None
    everything = b"".join(path.read_bytes() for path in built.out.iterdir() if path.suffix in {".json", ".csv"})
    for theirs in ("顺丰速运-运费", "4200002345202603120987654322", "别人的围巾", "P366374524942915999"):
        assert theirs.encode() not in everything
    assert not any("别人" in page or "0987654322" in page for page in pages(built))


def test_the_steps_of_the_order_stand_in_a_line_with_the_time_between(built: Built) -> None:
    (sheet,) = [page for page in pages(built) if "证据 1" in page[:40] and "下单时间" in page]
    steps = [sheet.rindex(word) for word in ("27 秒", "31 小时 15 分", "10 小时")]
    assert steps == sorted(steps)
    assert "20 小时 26 分" in sheet


def test_a_parcel_is_one_track(built: Built) -> None:
    (track,) = [page for page in pages(built) if "物流轨迹 SF1420260312071" in page]
    assert "（4 条）" in track
    assert track.count("/data/") == 4
    assert "本人签收" in track


def test_exhibits_that_state_one_number_name_each_other(built: Built) -> None:
    text = "".join(pages(built)).replace("\r\n", "")
    assert "证据2 的支付记录：都写着 4200002345202603110987654321" in text
    assert "证据3 的物流轨迹：都写着 SF1420260312071" in text
    assert f"证据4 的退款售后记录：都写着 {OURS}" in text
