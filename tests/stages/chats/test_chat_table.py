"""The declared table of messages: columns, times in all their forms, sides, and the rows of others."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings

from pipeline.contract import Source
from pipeline.model import Message, Person, Reading
from pipeline.model import Source as Declared
from pipeline.moment import Zone
from stages.chats import Params
from stages.chats.chat_table import READER
from stages.chats.chat_table.columns import by_names, side_word, type_word
from tests.stages.chats.shops import CUSTOMER, codes, damaged, messages, said, tiles

COLUMNS: dict[str, Any] = {"time": "时间", "sender": "谁", "text": "内容"}
ZONE = Zone(name="+08:00", basis="case")


def read(data: str | bytes, columns: dict[str, Any] | None = None, *, params: dict[str, Any] | None = None,
         **declared: Any) -> Reading:  # fmt: skip
    stated = Declared(file="x.csv", format="chat-table", columns=COLUMNS if columns is None else columns, **declared)
    source = Source(
        data=data if isinstance(data, bytes) else data.encode(),
        name="x.csv",
        params=Params(sources=(stated,), **(params or {})),
    )
    reading = READER.read(source)
    tiles(reading)
    return reading


def one(reading: Reading) -> Message:
    (message,) = messages(reading)
    return message


def workbook(*rows: tuple[Any, ...], sheet: str = "S") -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True, "default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return held.getvalue()


PLAIN = "时间,谁,内容\n2026-03-11 09:02:11,momo酱,在吗\n2026-03-11 09:03:00,小满,在的\n"


def test_rows_are_messages() -> None:
    reading = read(PLAIN, params={"people": (CUSTOMER,), "zone": ZONE})
    first, second = messages(reading)
    assert (first.sender, first.text, first.side, first.where.sheet, first.where.rows) == (
        "momo酱",
        "在吗",
        "other",
        "",
        (2,),
    )
    assert first.at is not None
    assert (first.at.start, first.at.grain) == ("2026-03-11T09:02:11+08:00", "second")
    assert (second.side, second.chat) == ("self", None)
    assert (codes(reading), reading.balance.records, reading.balance.skipped) == ([], 2, 1)


def test_it_knows_no_file_by_itself() -> None:
    assert READER.sniff(Source(data=PLAIN.encode(), name="x.csv", params=Params())) is None
    declared = Params(sources=(Declared(file="x.csv", columns=COLUMNS),))
    assert READER.sniff(Source(data=PLAIN.encode(), name="x.csv", params=declared)) is None


def test_a_declaration_decides() -> None:
    declared = Params(sources=(Declared(file="x.csv", format="chat-table"),))
    score = READER.sniff(Source(data=b"", name="in/x.csv", params=declared))
    assert score is not None
    assert score.value == 1


@pytest.mark.parametrize(
    ("cell", "start", "grain"),
    [
        ("2026-03-11 09:02:11", "2026-03-11T09:02:11+08:00", "second"),
        ("2026年3月11日 9:02", "2026-03-11T09:02:00+08:00", "minute"),
        ("2026/3/11 9:02", "2026-03-11T09:02:00+08:00", "minute"),
        ("2026-03-11", "2026-03-11T00:00:00+08:00", "day"),
        ("2026-03-11T09:02:11+09:00", "2026-03-11T09:02:11+09:00", "second"),
        ("1773190931", "2026-03-11T09:02:11+08:00", "second"),
        ("1773190931000", "2026-03-11T09:02:11+08:00", "second"),
        ("1773190931123", "2026-03-11T09:02:11.123+08:00", "millisecond"),
        ("46092.376516", "2026-03-11T09:02:11+08:00", "second"),
        ("46092.375", "2026-03-11T09:00:00+08:00", "minute"),
        ("46092", "2026-03-11T00:00:00+08:00", "day"),
        ("13/3/2026 09:02", "2026-03-13T09:02:00+08:00", "minute"),
        ("3/13/26 09:02", "2026-03-13T09:02:00+08:00", "minute"),
    ],
)
def test_times(cell: str, start: str, grain: str) -> None:
    message = one(read(f"时间,谁,内容\n{cell},momo,在\n", params={"zone": ZONE}))
    assert message.at is not None
    assert (message.at.start, message.at.grain, message.at.said) == (start, grain, cell)


@pytest.mark.parametrize("cell", ["昨天", "09:02", "2026-13-01 10:00", "99999", "123", "17731909311"])
def test_what_is_no_time_gives_none(cell: str) -> None:
    reading = read(f"时间,谁,内容\n{cell},momo,在\n")
    message = one(reading)
    assert message.at is not None
    assert (message.at.start, codes(reading)) == (None, ["chat-time-unreadable"])


def test_a_blank_time_is_none() -> None:
    assert one(read("时间,谁,内容\n,momo,在\n")).at is None


def test_an_epoch_is_stated_and_a_wall_clock_without_zone_is_unknown() -> None:
    first, second = messages(read("时间,谁,内容\n1773190931,a,b\n2026-03-11 09:02:11,a,b\n"))
    assert first.at is not None
    assert second.at is not None
    assert (first.at.zone, first.at.start, second.at.zone) == ("stated", "2026-03-11T01:02:11+00:00", "unknown")


UNPROVED = "时间,谁,内容\n03/04/2026 09:00,a,b\n05/04/2026 09:00,a,c\n"


def test_an_unproved_order_is_asked_for_once() -> None:
    reading = read(UNPROVED)
    assert {message.at.start for message in messages(reading) if message.at} == {None}
    assert codes(reading) == ["date-order-unproved"]


def test_the_order_is_stated_or_proved_for_the_whole_file() -> None:
    stated = read(UNPROVED, time={"order": "dmy"})
    assert messages(stated)[0].at is not None
    assert [message.at.start for message in messages(stated) if message.at] == [
        "2026-04-03T09:00:00",
        "2026-04-05T09:00:00",
    ]
    proved = read(UNPROVED + "05/14/2026 09:00,a,d\n")
    assert next(message.at.start for message in messages(proved) if message.at) == "2026-03-04T09:00:00"
    assert codes(proved) == ["date-order-day-above-12"]


def test_typed_cells_of_a_workbook() -> None:
    data = workbook(("时间", "谁", "内容"), (datetime(2026, 3, 11, 9, 2), "momo", "在"), (1773190931, "momo", 42))
    first, second = messages(read(data, params={"zone": ZONE}))
    assert first.at is not None
    assert second.at is not None
    assert (first.at.start, first.at.grain) == ("2026-03-11T09:02:00+08:00", "minute")
    assert (second.at.start, second.text, second.where.sheet) == ("2026-03-11T09:02:11+08:00", "42", "S")


def test_date_and_time_in_two_columns() -> None:
    text = "日,时,谁,内容\n2026-03-11,09:02:11,momo,在\n"
    message = one(read(text, {"time": "日", "sender": "谁", "text": "内容"}, combine=("日", "时")))
    assert message.at is not None
    assert message.at.start == "2026-03-11T09:02:11"


def test_the_header_may_stand_below_a_banner() -> None:
    reading = read("导出,,\n,,\n" + PLAIN)
    assert messages(reading)[0].where.rows == (4,)
    assert (reading.balance.total, reading.balance.records, reading.balance.skipped) == (5, 2, 3)


@pytest.mark.parametrize(
    ("declared", "code"),
    [
        ({"columns": {**COLUMNS, "text": "正文"}}, "chat-text-not-declared"),
        ({"columns": {**COLUMNS, "wann": "时间"}}, "declaration-unknown"),
        ({"columns": {**COLUMNS, "side": "方向"}}, "column-missing"),
        ({"time": {"zone": "Mars"}}, "declaration-unknown"),
        ({"sheet": "没有"}, "sheet-missing"),
        ({"header_row": 30}, "header-not-found"),
        ({"encoding": "klingon"}, "declaration-unknown"),
        ({"skip_rows": "("}, "declaration-unknown"),
    ],
)
def test_a_declaration_that_does_not_fit_says_so(declared: dict[str, Any], code: str) -> None:
    assert code in codes(read(PLAIN, **declared))


def test_declared_rows_are_skipped() -> None:
    assert said(read(PLAIN, skip_rows="小满")) == [("momo酱", "在吗")]


def test_a_cell_of_several_lines_is_one_message_as_it_stands() -> None:
    assert said(read('时间,谁,内容\n2026-03-11 09:00,momo,"一, 二\n\n ""三"" "\n')) == [("momo", '一, 二\n\n "三" ')]


def test_an_open_quotation_mark_that_swallows_rows_is_unread() -> None:
    reading = read('时间,谁,内容\n2026-03-11 09:00,a,"开\n2026-03-11 09:01,b,好\n2026-03-11 09:02,a,嗯\n')
    assert (reading.records, codes(reading)) == ((), ["row-runs-on"])
    assert reading.balance.unread == 1


@pytest.mark.parametrize(
    ("header", "cell", "side"),
    [
        ("角色", "客服", "self"), ("角色", "买家", "other"), ("角色", "系统", "system"), ("角色", "1", "unknown"),
        ("是否本人", "1", "self"), ("IsSender", "0", "other"), ("方向", "接收", "other"), ("角色", "外星人", "unknown"),
    ],
)  # fmt: skip
def test_sides_by_a_column(header: str, cell: str, side: str) -> None:
    text = f"时间,谁,{header},内容\n2026-03-11 09:00,x,{cell},在\n"
    message = one(read(text, {**COLUMNS, "side": header}))
    assert (message.side, message.type) == (side, "system" if side == "system" else "text")


def test_the_case_wins_over_the_column() -> None:
    text = "时间,谁,角色,内容\n2026-03-11 09:00,momo酱,客服,在\n"
    assert one(read(text, {**COLUMNS, "side": "角色"}, params={"people": (CUSTOMER,)})).side == "other"


@pytest.mark.parametrize(
    ("cell", "text", "kind"),
    [("图片", "x.jpg", "image"), ("文本", "[图片]", "text"), ("", "[图片]", "image"), ("撤回", "撤", "recall"),
     ("系统消息", "转接", "system"), ("新玩意", "嗯", "text"), ("语音消息", "", "voice"),
     ("", "momo撤回了一条消息", "recall")],
)  # fmt: skip
def test_types(cell: str, text: str, kind: str) -> None:
    reading = read(f"时间,谁,类,内容\n2026-03-11 09:00,x,{cell},{text}\n", {**COLUMNS, "type": "类"})
    message = one(reading)
    assert (message.type, message.recalled) == (kind, kind == "recall")
    assert codes(reading) == (["chat-type-unknown"] if cell == "新玩意" else [])


OTHERS = "谁,给,内容\nmomo酱,店,我的\n店,momo酱,好\n荔枝冰,店,与本案无关\n店,荔枝冰,无关\n"
PAIRS = {"sender": "谁", "to": "给", "text": "内容"}


def test_conversations_of_others_stay_out() -> None:
    reading = read(OTHERS, PAIRS, params={"customers": ("momo酱",), "people": (CUSTOMER,)})
    assert said(reading) == [("momo酱", "我的"), ("店", "好")]
    assert [message.side for message in messages(reading)] == ["other", "self"]
    assert codes(reading) == ["chats-of-others"]
    assert "荔枝" not in repr(reading)
    assert len(read(OTHERS, PAIRS).records) == 4


def test_a_column_names_the_conversation() -> None:
    text = "谁,会话,内容\nmomo酱,c1,a\n店,c1,b\n荔枝冰,c2,c\n"
    reading = read(text, {"sender": "谁", "chat": "会话", "text": "内容"}, params={"customers": ("momo酱",)})
    assert [(message.chat, message.text) for message in messages(reading)] == [("c1", "a"), ("c1", "b")]


def test_rounded_ids_and_rows_out_of_order_are_noted() -> None:
    text = "时间,谁,号,内容\n2026-03-11 09:05,a,7123456789012340000,b\n2026-03-11 09:00,a,2,c\n"
    reading = read(text, {**COLUMNS, "id": "号"})
    assert codes(reading) == ["chat-rows-not-in-order", "chat-ids-rounded"]
    assert [message.text for message in messages(reading)] == ["b", "c"]


def test_attachments_are_named() -> None:
    message = one(read('时间,谁,内容,附件\n2026-03-11 09:00,a,看,"a.jpg\n b.jpg"\n', {**COLUMNS, "attachment": "附件"}))
    assert [part.name for part in message.attachments] == ["a.jpg", "b.jpg"]


def test_without_a_declaration_the_columns_are_taken_by_name_and_said() -> None:
    text = "记录\n会话,发送时间,发送人,消息内容,备注\nc,2026-03-11 09:00,momo,在,x\n"
    reading = READER.read(Source(data=text.encode(), name="y.csv", params=Params()))
    assert said(reading) == [("momo", "在")]
    assert codes(reading) == ["chat-columns-taken"]
    assert reading.notes[0].values["columns"] == "time = 发送时间、sender = 发送人、text = 消息内容、chat = 会话"


def test_a_column_that_cannot_be_told_is_not_taken() -> None:
    text = "咨询时间,客服,顾客,内容\n2026-03-11 09:00,小满,momo,在\n"
    reading = READER.read(Source(data=text.encode(), name="y.csv", params=Params()))
    assert (one(reading).sender, codes(reading)) == (None, ["chat-columns-taken", "chat-column-doubtful"])


@pytest.mark.parametrize("text", ["", "订单号,金额\n1,2\n", "内容\n在\n"])
def test_without_a_header_of_messages_nothing_is_read(text: str) -> None:
    reading = READER.read(Source(data=text.encode(), name="y.csv", params=Params()))
    assert (reading.records, codes(reading)) == ((), ["chat-header-not-found"])


def test_synonyms() -> None:
    assert by_names(["create_time", "From", " 内 容 "]).columns == {
        "time": "create_time",
        "sender": "From",
        "text": " 内 容 ",
    }
    assert by_names(["客服", "内容"]).columns["sender"] == "客服"
    assert by_names(["客服", "顾客", "昵称"]).columns["sender"] == "昵称"
    assert (side_word("Seller", "role"), side_word("1", "role"), type_word("【图片】")) == ("self", None, "image")


def test_a_broken_workbook_says_why() -> None:
    data = workbook(("时间", "谁", "内容"), ("x", "y", "z"))
    assert codes(read(data[: len(data) // 2])) == ["table-broken"]


def test_people_join_names() -> None:
    people = (Person(name="林小姐", aliases=("momo酱",), side="customer"),)
    assert [message.side for message in messages(read(PLAIN, params={"people": people}))] == ["other", "self"]


@given(damaged("chat-table"))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_without_an_error(data: bytes) -> None:
    for columns in ({"time": "发送时间", "sender": "发送人", "text": "内容"}, {}):
        read(data, columns)
