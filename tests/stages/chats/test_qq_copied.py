"""QQ's messages as a phone shares them and a computer copies them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Reader, Source
from pipeline.model import Message, Person, Reading
from pipeline.moment import Zone
from stages.chats import Params, qq_paste, qq_share

CHINA = Params(zone=Zone(name="Asia/Shanghai", basis="case"))
DAY = "— —  2026-3-2  — —\n\n"


def source(text: str, params: Params = CHINA) -> Source:
    return Source(data=text.encode(), name="聊天.txt", params=params)


def shared(text: str, params: Params = CHINA) -> Reading:
    return qq_share.READER.read(source(text, params))


def pasted(text: str, params: Params = CHINA) -> Reading:
    return qq_paste.READER.read(source(text, params))


def messages(reading: Reading) -> list[Message]:
    return [record for record in reading.records if isinstance(record, Message)]


def starts(reading: Reading) -> list[str | None]:
    return [message.at.start if message.at else None for message in messages(reading)]


def codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.notes]


def score(reader: str, text: str) -> float | None:
    found = {"share": qq_share.READER, "paste": qq_paste.READER}[reader].sniff(source(text))
    return found.value if found else None


# Shared from a phone ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "day",
    [
        "— —  2026-3-2  — —",
        "— —  2026-03-02  — —",
        "— —  2026/3/2  — —",
        "—— ——  2026年3月2日  —— ——",
        "\u200e— — 2026-3-2 — — ",
    ],
)
def test_a_date_between_dashes_holds_for_what_stands_below(day: str) -> None:
    text = f"{day}\n\n林小姐  23:50:12 \n在吗\n"
    assert score("share", text) == 1.0
    (message,) = messages(shared(text))
    assert message.at is not None
    assert (message.at.start, message.at.grain) == ("2026-03-02T23:50:12+08:00", "second")
    assert (message.sender, message.text, message.where.lines) == ("林小姐", "在吗", (3, 4))


@pytest.mark.parametrize("name", ["阿 青", "a: b", "【客服】小安", "12:30", "😀", "阿青  9:00:00"])
def test_a_header_is_parted_at_its_last_gap(name: str) -> None:
    (message,) = messages(shared(f"{DAY}{name}  9:05:00 \n好\n"))
    assert message.sender == name


def test_what_stands_above_the_first_date_has_none() -> None:
    reading = shared(f"林小姐  8:00:00 \n早\n\n{DAY}林小姐  9:05:00 \n好\n")
    assert starts(reading) == [None, "2026-03-02T09:05:00+08:00"]
    assert codes(reading) == ["qq-dateless"]


def test_a_day_that_does_not_exist_dates_nothing() -> None:
    reading = shared("— —  2026-2-30  — —\n\n林小姐  9:05:00 \n好\n")
    assert starts(reading) == [None]
    assert codes(reading) == ["chat-time-unreadable"]


def test_dates_need_no_blank_lines_around_them() -> None:
    reading = shared(
        "— —  2026-3-2  — —\n林小姐  9:05:00 \n好\n— —  2026-3-3  — —\n小安  9:06:00 \n在\n小安  9:07:00 \n的\n"
    )
    assert [message.text for message in messages(reading)] == ["好", "在", "的"]
    assert starts(reading)[1] == "2026-03-03T09:06:00+08:00"


@pytest.mark.parametrize(
    "text",
    [
        "林小姐  23:50:12 \n在吗\n",
        "—————  2026-03-02  —————\n\n\n阿青  14:03\n\n好\n",
        "— —  2026-3-2  — —\n没有消息头\n",
        "",
    ],
)
def test_other_texts_are_not_claimed_as_shared(text: str) -> None:
    assert score("share", text) is None


# Copied on a computer ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "name", "start"),
    [
        ("【潜水】momo酱 2026/3/2 21:43:23", "momo酱", "2026-03-02T21:43:23+08:00"),
        ("momo酱 2026/3/2 21:43:23", "momo酱", "2026-03-02T21:43:23+08:00"),
        ("【群主】店长 2026/3/2 9:03:23", "店长", "2026-03-02T09:03:23+08:00"),
        ("momo 酱 2026/3/2 9:03:23", "momo 酱", "2026-03-02T09:03:23+08:00"),
        ("momo酱 2/14/2026 9:16:13 PM", "momo酱", "2026-02-14T21:16:13+08:00"),
        ("momo酱 14/2/2026 9:16:13 PM", "momo酱", "2026-02-14T21:16:13+08:00"),
        ("momo酱 2026/3/2 下午 9:16:13", "momo酱", "2026-03-02T21:16:13+08:00"),
        ("momo酱(123456) 2026/3/2 9:16:13", "momo酱", "2026-03-02T09:16:13+08:00"),
    ],
)
def test_headers_in_the_order_and_clock_of_windows(header: str, name: str, start: str) -> None:
    text = f"{header}\n在吗\n"
    assert score("paste", text) in (0.8, 0.9)
    (message,) = messages(pasted(text))
    assert message.at is not None
    assert (message.sender, message.at.start, message.text) == (name, start, "在吗")


def test_an_order_that_nothing_proves_is_asked_for() -> None:
    text = "林小姐 3/4/2026 9:16:13 AM\n收到了\n\n小安 3/5/2026 9:17:00 AM\n好\n"
    reading = pasted(text)
    assert starts(reading) == [None, None]
    assert codes(reading) == ["date-order-unproved"]
    stated = pasted(text, Params(date_order="dmy"))
    assert starts(stated) == ["2026-04-03T09:16:13", "2026-05-03T09:17:00"]
    assert codes(stated) == ["date-order-stated"]


def test_a_time_without_a_date_stays_without_one() -> None:
    text = "林小姐 9:59:54 PM\n在吗\n\n小安 10:00:10 PM\n在的\n"
    assert score("paste", text) == 0.6
    reading = pasted(text)
    assert [(message.at.said, message.at.date) for message in messages(reading) if message.at] == [
        ("9:59:54 PM", "unknown"), ("10:00:10 PM", "unknown"),
    ]  # fmt: skip
    assert codes(reading) == ["qq-dateless"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("你撤回了一条消息 [重新编辑]", "recall"),
        ("你撤回了一条消息", "recall"),
        ("对方撤回了一条消息", "recall"),
        ("小安撤回了一条消息", "recall"),
        ('"小安"撤回了一条消息', "recall"),
        ("你和小安有12个共同好友，打个招呼吧", "system"),
    ],
)
@pytest.mark.parametrize("gap", ["", "\n"])
def test_what_the_app_says_stands_in_place_without_a_time(line: str, kind: str, gap: str) -> None:
    first, *rest = ("林小姐 2026/3/2 9:00:00\n在吗", "小安 2026/3/2 9:01:00\n在", "林小姐 2026/3/2 9:02:00\n好")
    text = f"\n{gap}".join([first, line, *rest])
    before, notice, *after = messages(pasted(text))
    assert (before.text, [message.text for message in after]) == ("在吗", ["在", "好"])
    assert (notice.type, notice.side, notice.sender, notice.at) == (kind, "system", None, None)
    assert (notice.recalled, notice.text) == (kind == "recall", line)


def test_a_recall_of_somebody_unknown_is_what_the_message_says() -> None:
    (message,) = messages(pasted("林小姐 2026/3/2 9:00:00\n他说\n别人撤回了一条消息\n"))
    assert message.text == "他说\n别人撤回了一条消息"


def test_a_header_in_another_shape_is_text() -> None:
    body = "看：\n小安 2026-03-01 9:00:00\n在吗"
    reading = pasted(f"林小姐 2026/3/2 9:00:00\n{body}\n\n小安 2026/3/2 9:01:00\n好\n")
    assert messages(reading)[0].text == body
    assert codes(reading) == ["chat-lookalike"]


@pytest.mark.parametrize(
    "text",
    [
        "阿青 2026/03/02 2:51 PM\n好\n",
        "阿青 2026-03-02 14:51\n好\n",
        "阿青 2026-03-02 14:51:20\n好\n",
        "阿青(2026-03-02 14:51)\n好\n",
        "2026-03-02 14:03:05 阿青\n好\n",
        "nick2026-3-2 14:03:05\n好\n",
        "Name, [02.03.2026 14:03]\n好\n",
        "小明(wxid_abc) 14:03:05\n好\n\n小王(wxid_x) 14:03:06\n好\n",
        "小明(wxid_abc) 03-02 14:03:05\n好\n\n小王(wxid_x) 03-02 14:03:06\n好\n",
        "第一行不是消息头\n阿青 2026/3/2 9:00:00\n好\n",
        "只有 9:00:00\n一个\n",
        "",
    ],
)
def test_other_texts_are_not_claimed_as_copied(text: str) -> None:
    assert score("paste", text) is None


def test_the_case_says_whose_side_a_name_is_on() -> None:
    people = (Person(name="林小姐", aliases=("momo酱",), side="customer"),)
    reading = pasted("momo酱 2026/3/2 9:00:00\n好\n\n小安 2026/3/2 9:01:00\n好\n", Params(people=people))
    assert [message.side for message in messages(reading)] == ["other", "unknown"]


def test_time_that_goes_back_and_odd_clocks_are_noted() -> None:
    reading = pasted("林 2026/3/2 13:00:00 PM\n一\n\n林 2026/3/2 9:00:00 AM\n二\n\n林 2026/3/2 0:70:00 AM\n三\n")
    assert starts(reading) == ["2026-03-02T13:00:00+08:00", "2026-03-02T09:00:00+08:00", None]
    assert codes(reading) == ["chat-clock-odd", "chat-time-goes-back", "chat-time-unreadable"]


PARTS = st.sampled_from(
    [
        "\n",
        DAY,
        "林小姐  9:05:00 \n",
        "好\n",
        "小安 2026/3/2 9:01:00\n",
        "你撤回了一条消息\n",
        "林 9:00:00 PM\n",
        "\r\n",
        "\u200b\n",
    ]
)


@pytest.mark.parametrize("reader", [qq_share.READER, qq_paste.READER], ids=lambda reader: reader.id)
@given(parts=st.lists(PARTS, max_size=25))
@settings(max_examples=40, deadline=None)
def test_every_line_is_accounted_for_once(reader: Reader, parts: list[str]) -> None:
    reading = reader.read(source("".join(parts)))
    taken = [message.where.lines or (0, 0) for message in messages(reading)]
    assert sum(last - first + 1 for first, last in taken) == reading.balance.records
    assert taken == sorted(taken)
