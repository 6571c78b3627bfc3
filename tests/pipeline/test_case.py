"""case.toml: strict, and every complaint says the line and what to type."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.case import load, template
from pipeline.errors import UsageError
from pipeline.model import Case

PLATFORMS = {"xiaohongshu_shop_review": "Asia/Shanghai", "google_review": None}

WHOLE = """\
[case]
title = "关于“momo酱”不实评价的申诉"
platform = "xiaohongshu_shop_review"
language = "zh-CN"

[applicant]
name = "初晴女装旗舰店"

[review]
author = "momo酱"
order_id = "P366374524942915524"
text = "下单一周都没发货，客服也不理人。"

[appeal]
ground = "contrary-to-facts"
statement = "statement.md"

[[claims]]
says = "下单一周都没发货"
answer = "付款后 31 小时发货"
stance = "contradicted"
evidence = ["orders.csv"]
quotes = ["2026-03-12 08:35:21"]

[[people]]
name = "momo酱"
aliases = ["林小姐"]
side = "customer"

[[sources]]
file = "export.csv"
columns = { order_id = "单号", amount = { column = "金额", unit = "yuan" } }
time = { zone = "+08:00", order = "ymd" }
"""


def written(folder: Path, text: str | bytes) -> Path:
    data = text if isinstance(text, bytes) else text.encode()
    (folder / "case.toml").write_bytes(data)
    return folder


def test_everything_is_read(tmp_path: Path) -> None:
    (tmp_path / "statement.md").write_text("第一段\n\n第二段\n", encoding="utf-8")
    case = load(written(tmp_path, WHOLE), PLATFORMS)
    assert case.declared
    assert (case.zone, case.zone_basis) == ("Asia/Shanghai", "platform")
    assert case.only == ("P366374524942915524",)
    assert case.appeal.statement == "第一段\n\n第二段"
    assert case.claims[0].quotes == ("2026-03-12 08:35:21",)
    assert case.people[0].aliases == ("林小姐",)
    assert case.sources[0].columns["amount"] == {"column": "金额", "unit": "yuan"}


def test_without_a_file_nothing_is_claimed(tmp_path: Path) -> None:
    assert load(tmp_path, PLATFORMS) == Case()


def test_a_stated_zone_wins_and_only_is_kept(tmp_path: Path) -> None:
    text = '[case]\nplatform = "google_review"\nzone = "+01:00"\n[only]\norder_id = ["A", "B"]\n'
    case = load(written(tmp_path, text), PLATFORMS)
    assert (case.zone, case.zone_basis, case.only) == ("+01:00", "case", ("A", "B"))


def test_a_platform_without_a_zone_gives_none(tmp_path: Path) -> None:
    case = load(written(tmp_path, '[case]\nplatform = "google_review"\n'), PLATFORMS)
    assert (case.zone, case.zone_basis) == (None, "unknown")


def test_notepad_with_a_bom_is_accepted(tmp_path: Path) -> None:
    assert load(written(tmp_path, b'\xef\xbb\xbf[case]\r\ntitle = "a"\r\n'), PLATFORMS).title == "a"


@pytest.mark.parametrize(
    ("text", "code", "line", "holds"),
    [
        ('[case]\ntitle = "x"\nplatfrom = "a"\n', "case-unknown-key", 3, "platform"),
        ('[[claims]]\nsays = "a"\n\n[[claims]]\nsays = "b"\nstanze = "x"\n', "case-unknown-key", 6, "stance"),
        ('# zone = "x"\n[case]\n# titel = "y"\ntitel = "y"\n', "case-unknown-key", 4, "title"),
        ('[qqqq]\nx = "y"\n', "case-unknown-key-far", 1, "applicant"),
        ("[case]\ntitle = “x”\n", "case-quotes", 2, 'title = "x"'),
        ('[case]\ntitle ＝ "x"\n', "case-full-width", 2, 'title = "x"'),
        ("[case]\ntitle = \n", "case-not-toml", 2, "title"),
        ('[case]\nlanguage = "fr"\n', "case-wrong-choice", 2, "en"),
        ('[[claims]]\nsays = "a"\nstance = "wrong"\n', "case-wrong-choice", 3, "opinion"),
        ('[case]\nplatform = "xiaohongshu"\n', "case-wrong-platform", 2, "xiaohongshu_shop_review"),
        ('[[claims]]\nanswer = "a"\n', "case-missing-key", 1, "says"),
        ('[case]\ntitle = "a"\ntitle = "b"\n', "case-twice", 3, "title"),
        ("[review]\nposted = 2026-03-16 21:14:00\n", "case-wrong-type", 2, "review.posted"),
        ('[case]\nzone = "Mars"\n', "case-wrong-zone", 2, "Mars"),
        ('[appeal]\nstatement = "none.md"\n', "case-no-statement", 2, "none.md"),
        ('[appeal]\nstatement = "../x.md"\n', "case-no-statement", 2, "../x.md"),
        ('[case]\ntitle = "中文"\n'.encode("gbk"), "case-not-utf8", 2, "UTF-8"),
    ],
)
def test_complaints_name_the_line(tmp_path: Path, text: str | bytes, code: str, line: int, holds: str) -> None:
    with pytest.raises(UsageError) as caught:
        load(written(tmp_path, text), PLATFORMS)
    assert caught.value.code == code
    assert caught.value.values["line"] == line
    assert holds in caught.value.say("zh-CN")
    assert str(line) in caught.value.say("en")


def test_typographic_quotes_inside_straight_ones_are_fine(tmp_path: Path) -> None:
    assert load(written(tmp_path, '[case]\ntitle = "关于“momo酱”的申诉"\n'), PLATFORMS).title == "关于“momo酱”的申诉"


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_template_loads_as_it_is_and_uncommented(tmp_path: Path, language: str) -> None:
    text = template('我的"案件"', language)  # type: ignore[arg-type]
    assert load(written(tmp_path, text), PLATFORMS).title == '我的"案件"'
    (tmp_path / "statement.md").write_text("x", encoding="utf-8")
    live = "\n".join(line[2:] if line.startswith("# ") and " = " in line else line for line in text.split("\n"))
    live = live.replace("# [[", "[[").replace('zone = "Asia/Shanghai"', 'zone = "Asia/Shanghai"')
    case = load(written(tmp_path, live), PLATFORMS)
    assert case.claims
    assert case.people
