"""What the texts of QQ share."""

from __future__ import annotations

import re

import pytest

from stages.chats.common.qq import CLOCK, Who, is_notice, is_odd, met, own_of, recalled_by, time_of_day, who_of


@pytest.mark.parametrize(
    ("written", "who"),
    [
        ("阿青(123456)", Who("阿青", "123456")),
        ("阿青 (123456)", Who("阿青", "123456")),
        ("阿青(1234)", Who("阿青(1234)")),
        ("阿青(一二三四五)", Who("阿青(一二三四五)")),
        ("阿青<a@b.c>", Who("阿青", "a@b.c")),
        ("<b>阿青", Who("<b>阿青")),
        ("【群主】阿青(123456)", Who("阿青", "123456", "群主")),
        ("【售后】阿青", Who("【售后】阿青")),
        ("【群主】", Who("【群主】")),
        ("a(12345)(67890)", Who("a(12345)", "67890")),
    ],
)
def test_a_sender_as_written(written: str, who: Who) -> None:
    assert who_of(written) == who


def test_titles_before_every_name_are_parted() -> None:
    assert met(["【a】甲(11111)", "【b】乙(22222)", "系统消息(10000)"])["【a】甲(11111)"] == Who("甲", "11111", "a")
    assert met(["【a】甲(11111)", "乙(22222)"])["【a】甲(11111)"].name == "【a】甲"
    assert met([]) == {}


@pytest.mark.parametrize(
    ("name", "people", "own"),
    [
        ("林", ["林", "安"], [False, True]),
        ("林", ["林"], [False]),
        ("林", ["安"], [None]),
        ("林", ["林", "安", "王"], [None, None, None]),
        ("林", ["林(123456)", "安"], [None, None]),
        (None, ["林", "安"], [None, None]),
        ("林", ["林", "安", "系统消息(10000)"], [False, True, True]),
    ],
)
def test_whose_a_conversation_is(name: str | None, people: list[str], own: list[bool | None]) -> None:
    met_ones = list(met(people).values())
    assert [own_of(who, name, met_ones) for who in met_ones] == own


@pytest.mark.parametrize(
    ("clock", "marker", "found"),
    [
        ("9:05:06", None, "09:05:06"),
        ("19:05:06", None, "19:05:06"),
        ("9:05:06", "PM", "21:05:06"),
        ("12:00:00", "上午", "00:00:00"),
    ],
)
def test_the_clock_of_24(clock: str, marker: str | None, found: str) -> None:
    assert time_of_day(clock, marker) == found


def test_a_marker_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="13:00:00 AM"):
        time_of_day("13:00:00", "AM")


@pytest.mark.parametrize(
    ("clock", "odd"), [("0:00:01", True), ("13:00:00", True), ("12:00:00", False), ("1:00:00", False)]
)
def test_which_hours_only_a_clock_of_24_has(clock: str, odd: bool) -> None:
    assert is_odd(clock) is odd


@pytest.mark.parametrize(
    "text", ["9:05:06", "9:05:06 PM", "9:05:06 p.m.", "下午 9:05:06", "下午9:05:06", "9:05:06 下午"]
)
def test_clocks_as_windows_shows_them(text: str) -> None:
    assert re.fullmatch(CLOCK, text)


@pytest.mark.parametrize("text", ["9:05", "9:5:06", "PM", "9:05:06PM", "9:05:06 sa", "9:05:06 PMx"])
def test_what_is_no_such_clock(text: str) -> None:
    assert re.fullmatch(CLOCK, text) is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("你撤回了一条消息", "你"),
        ("林 小姐撤回了一条消息", "林 小姐"),
        ("“林”撤回了一条消息。", "林"),
        ("你撤回了一条消息 [重新编辑]", "你"),
        ("撤回了一条消息", ""),
        ("群主撤回了成员林小姐的一条消息", "群主"),
        ("他撤回了一条消息吗", None),
        ("好", None),
        ("看\n你撤回了一条消息", None),
    ],
)
def test_who_took_a_message_back(line: str, name: str | None) -> None:
    assert recalled_by(line) == name


@pytest.mark.parametrize(
    ("line", "notice"),
    [
        ("你和林小姐有12个共同好友", True),
        ("阿青加入本群。", True),
        ("阿青退出了群聊", True),
        ("我加入了群聊吗？", False),
        ("在吗", False),
    ],
)
def test_what_the_app_says(line: str, notice: bool) -> None:
    assert is_notice(line) is notice
