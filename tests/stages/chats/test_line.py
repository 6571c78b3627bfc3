"""LINE's text export: days and their order, rows by tabs and by blanks, quotes, recalls, clocks, sides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.contract import Source
from pipeline.model import Message, Person, Reading
from pipeline.moment import Zone
from stages.chats.common.params import Params
from stages.chats.line import READER
from stages.chats.line.names import Names
from stages.chats.line.rows import day_line, is_recall, row_of, title_of

TITLE = "[LINE] 與林小姐的聊天記錄"


def read(*lines: str, params: Params | None = None) -> Reading:
    return READER.read(Source(data="\n".join(lines).encode(), name="chat.txt", params=params))


def told(reading: Reading) -> list[tuple[str | None, str | None, str]]:
    found = []
    for record in reading.records:
        assert isinstance(record, Message)
        found.append((record.at.start if record.at else None, record.sender, record.text))
    return found


@pytest.mark.parametrize(
    ("line", "title"),
    [
        (TITLE, ("林小姐", True)),
        ("[LINE] 与林小姐的聊天记录", ("林小姐", True)),
        ("[LINE] 售後群的聊天記錄", ("售後群", None)),
        ("[LINE] Chat history with Lin", ("Lin", True)),
        ("[LINE] Chat history in Returns", ("Returns", False)),
        ("[LINE] 山田とのトーク履歴", ("山田", True)),
        ("LINE 與林小姐的聊天記錄", None),
        ("[LINE]", None),
    ],
)
def test_titles(line: str, title: tuple[str, bool | None] | None) -> None:
    found = title_of(line)
    assert (found is not None and found[0], title) == (title is not None and title[0], title)
    if found and title and title[1]:
        assert found[1]


@pytest.mark.parametrize(
    "line",
    [
        "2026/3/2（一）", "2026/03/02(月)", "2026.03.02 Monday", "Mon, 3/2/2026", "2026/3/2週一", "2026/3/2",
        "2026年3月2日（一）", "2026-03-02 星期一", "02/03/2026",
    ],
)  # fmt: skip
def test_days_in_all_their_shapes(line: str) -> None:
    assert day_line(line)


@pytest.mark.parametrize("line", ["2026/3/2 14:03", "3/2", "2026/3-2", "今天是 2026/3/2（一）", "14:03", ""])
def test_what_is_no_day(line: str) -> None:
    assert not day_line(line)


@pytest.mark.parametrize(
    ("row", "said", "start"),
    [
        ("下午02:03\t甲\t好", "下午02:03", "14:03:00"),
        ("02:03PM\t甲\t好", "02:03PM", "14:03:00"),
        ("14:03\t甲\t好", "14:03", "14:03:00"),
        ("午後2:03\t甲\t好", "午後2:03", "14:03:00"),
        ("上午12:30\t甲\t好", "上午12:30", "00:30:00"),
        ("中午12:30\t甲\t好", "中午12:30", "12:30:00"),
        ("12:30AM\t甲\t好", "12:30AM", "00:30:00"),
        ("下午13:05\t甲\t好", "下午13:05", "13:05:00"),
    ],
)
def test_clocks(row: str, said: str, start: str) -> None:
    reading = read(TITLE, "2026/3/2（一）", row)
    (record,) = reading.records
    assert isinstance(record, Message)
    assert record.at
    assert (record.at.said, record.at.start) == (f"2026/3/2（一） {said}", f"2026-03-02T{start}")
    assert (record.at.grain, record.at.zone) == ("minute", "unknown")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("午前12:03\t甲\t好", "chat-line-twelve"),
        ("下午13:05\t甲\t好", "chat-clock-odd"),
        ("25:61\t甲\t好", "chat-time-unreadable"),
    ],
)
def test_odd_clocks_are_said(row: str, code: str) -> None:
    assert [note.code for note in read(TITLE, "2026/3/2（一）", row).notes] == [code]


def test_the_order_of_days_is_proved_by_the_day_of_the_week() -> None:
    reading = read(TITLE, "Mon, 3/2/2026", "10:00\t林小姐\t一")
    assert told(reading)[0][0] == "2026-03-02T10:00:00"
    assert [(note.code, note.values["order"]) for note in reading.notes] == [("date-order-weekday", "mdy")]


def test_the_day_first_is_proved_alike() -> None:
    reading = read(TITLE, "Tue, 3/2/2026", "10:00\t林小姐\t一")
    assert told(reading)[0][0] == "2026-02-03T10:00:00"


def test_days_that_prove_nothing_date_nothing() -> None:
    reading = read(TITLE, "3/2/2026", "10:00\t林小姐\t一")
    assert told(reading) == [(None, "林小姐", "一")]
    assert [note.code for note in reading.notes] == ["date-order-unproved"]


def test_a_stated_order_dates_them() -> None:
    params = Params(date_order="dmy", zone=Zone(name="Asia/Taipei", basis="case"))
    reading = read(TITLE, "3/2/2026", "10:00\t林小姐\t一", params=params)
    assert told(reading)[0][0] == "2026-02-03T10:00:00+08:00"


def test_a_message_of_several_lines_stands_in_quotes() -> None:
    reading = read(TITLE, "2026/3/2（一）", '10:00\t林小姐\t"一', "", '三"', "10:01\t店\t好")
    assert [text for _, _, text in told(reading)] == ["一\n\n三", "好"]
    assert [record.where.lines for record in reading.records] == [(3, 5), (6, 6)]


def test_quotes_of_one_line_are_the_writers() -> None:
    reading = read(TITLE, "2026/3/2（一）", '10:00\t林小姐\t"一"', '10:01\t店\t"二', "10:02\t店\t三")
    assert [text for _, _, text in told(reading)] == ['"一"', '"二', "三"]


def test_a_row_inside_quotes_is_text_and_said_so() -> None:
    reading = read(TITLE, "2026/3/2（一）", '10:00\t林小姐\t"看', "09:00\t別家\t等", '吧"')
    assert [text for _, _, text in told(reading)] == ["看\n09:00\t別家\t等\n吧"]
    assert [(note.code, note.where and note.where.lines) for note in reading.notes] == [("chat-lookalike", (4, 4))]


def test_an_open_quote_ends_at_the_next_day() -> None:
    reading = read(TITLE, "2026/3/2（一）", '10:00\t林小姐\t"一', "2026/3/3（二）", '10:00\t店\t好"')
    assert [text for _, _, text in told(reading)] == ['"一', '好"']


@pytest.mark.parametrize(
    "line",
    [
        "林小姐已收回訊息",
        "您已收回訊息",
        "Lin unsent a message.",
        "山田がメッセージの送信を取り消しました",
        "林小姐撤回了消息",
    ],
)
def test_recalls(line: str) -> None:
    assert is_recall(line)
    for row in (f"10:00\t{line}", f"10:00 {line}", f"10:00\t\t{line}", line):
        reading = read(TITLE, "2026/3/2（一）", "09:00\t林小姐\t一", row)
        recall = reading.records[1]
        assert isinstance(recall, Message)
        assert (recall.type, recall.recalled, recall.side, recall.sender) == ("recall", True, "system", None)
        assert recall.text == line


def test_a_notice_has_no_name() -> None:
    (notice,) = read(TITLE, "2026/3/2（一）", "10:00\t\t林小姐加入聊天").records
    assert isinstance(notice, Message)
    assert (notice.type, notice.side, notice.sender) == ("system", "system", None)


def test_sides_follow_the_title_and_the_case_wins() -> None:
    rows = (TITLE, "2026/3/2（一）", "10:00\t林小姐\t一", "10:01\t店\t二")
    sides = [record.side for record in read(*rows).records if isinstance(record, Message)]
    assert sides == ["other", "self"]
    people = (Person(name="店", side="customer"),)
    sides = [record.side for record in read(*rows, params=Params(people=people)).records if isinstance(record, Message)]
    assert sides == ["self", "other"]


def test_a_group_has_no_sides() -> None:
    reading = read("[LINE] Chat history in 群", "2026/3/2（一）", "10:00\t林小姐\t一", "10:01\t店\t二")
    assert {record.side for record in reading.records if isinstance(record, Message)} == {"unknown"}
    assert reading.declared["chat"] == "group"


def test_rows_by_blanks_need_names() -> None:
    rows = ("[LINE] Chat history in 群", "2026.03.02 Monday", "10:00 Anna Lee hi there you", "10:01 Anna Lee ok go on")
    reading = read(*rows)
    assert [(sender, text) for _, sender, text in told(reading)] == [
        (None, "Anna Lee hi there you"),
        (None, "Anna Lee ok go on"),
    ]
    assert [(note.code, note.values) for note in reading.notes] == [("chat-names-undecided", {"count": 2})]
    named = read(*rows, params=Params(people=(Person(name="x", aliases=("Anna Lee",), side="customer"),)))
    assert [(sender, text) for _, sender, text in told(named)] == [
        ("Anna Lee", "hi there you"),
        ("Anna Lee", "ok go on"),
    ]


@pytest.mark.parametrize(
    ("rows", "row", "parts"),
    [
        (["甲 一 二", "甲 三 四"], "甲 一 二", ("甲", "一 二")),
        (["甲 一"], "甲 一", ("甲", "一")),
        (["甲 一 二"], "甲 一 二", None),
        (["甲"], "甲", None),
        (["甲 乙 一", "甲 乙 二"], "甲 乙 一", None),
    ],
)
def test_names(rows: list[str], row: str, parts: tuple[str, str] | None) -> None:
    assert Names(rows, ()).split(row) == parts


def test_steps_back_are_kept_and_said() -> None:
    reading = read(TITLE, "2026/3/3（二）", "10:00\t店\t一", "09:00\t店\t二", "2026/3/2（一）", "10:00\t店\t三")
    assert [text for _, _, text in told(reading)] == ["一", "二", "三"]
    assert [note.code for note in reading.notes] == ["chat-time-goes-back", "chat-date-goes-back"]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=30), max_size=12))
def test_every_line_is_accounted_for(lines: list[str]) -> None:
    reading = read(TITLE, "2026/3/2（一）", "10:00\t林小姐\t一", *lines)
    balance = reading.balance
    assert balance.total == balance.records + balance.skipped + balance.unread


@given(st.text(max_size=60))
def test_any_line_can_be_asked_about(line: str) -> None:
    row_of(line)
    day_line(line)
    is_recall(line)
    title_of(line)
