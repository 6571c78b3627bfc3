"""The document's words: both languages say the same, with the same places to fill."""

import string

import msgspec
import pytest

from pipeline.model import Note
from pipeline.moment import Zone, moment
from stages.assemble.words import Words, exhibits, front

ALL = front.WORDS | exhibits.WORDS


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_no_word_stands_twice() -> None:
    assert len(ALL) == len(front.WORDS) + len(exhibits.WORDS)


@pytest.mark.parametrize("key", sorted(ALL))
def test_both_languages_fill_the_same_places(key: str) -> None:
    chinese, english = ALL[key]
    assert fields(english) <= fields(chinese)
    assert chinese


def test_a_moment_is_printed_as_fine_as_it_is_known() -> None:
    zone = Zone(name="+08:00", basis="case")
    minute = moment(
        "昨天 21:14", 2026, 3, 16, 21, 14, grain="minute", zone=zone, date_basis="anchored", anchor="截屏时间"
    )
    words = Words("zh-CN")
    assert words.time(minute) == "2026-03-16 21:14"
    assert words.basis(minute) == "精确到分、时区按本案设定、日期据截屏时间推算"
    witnesses = "Screenshot_20260317-093012 (medium); status bar 09:30 (agrees)"
    shown = words.basis(msgspec.structs.replace(minute, anchor=witnesses))
    assert shown.endswith("日期据Screenshot_20260317-093012（文件名）、状态栏时钟 09:30（一致）推算")
    assert words.time(moment("2026", 2026, grain="year", zone=zone)) == "2026"


def test_a_code_without_wording_stands_as_it_is() -> None:
    assert Words("en").why(Note(code="from-elsewhere")) == "from-elsewhere"


def test_a_name_that_others_extend_stands_as_it_is() -> None:
    assert Words("en").known("platform-new", "new") == "new"
