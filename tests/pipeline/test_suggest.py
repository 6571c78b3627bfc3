"""dossier suggest: the draft can be pasted and is read; what cannot be told is left to the person."""

from __future__ import annotations

import json
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cli.app import run
from pipeline.cli.suggesting import Draft, draft_of, lines_of
from pipeline.contract import Source
from pipeline.model import Message, Order
from pipeline.model import Source as Declared
from stages import chats, orders
from stages.chats.chat_table import READER as MESSAGES
from stages.orders.table import READER as ORDERS

CHAT = "会话导出,,,\n发送时间,发送人,消息内容,渠道\n2026-03-11 09:00:00,momo酱,在吗,A\n"
SHOP = "订单编号,下单时间,实付金额(元),商品名称\nT1,2026-03-02 08:00:00,12.50,杯子\n"


def put(folder: Path, text: str | bytes, name: str = "导出.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def declared(draft: Draft) -> Declared:
    """What the draft declares, once it is pasted."""
    sources = tomllib.loads("\n".join(lines_of(draft)))["sources"]
    (source,) = msgspec.convert(sources, list[Declared])
    return source


def uncommented(draft: Draft, *starts: str) -> Declared:
    """The same, with lines that a person brought into effect in place of those for the same key."""
    lines = lines_of(draft)
    live = [line.removeprefix("# ") for line in lines if line.startswith(tuple(f"# {start}" for start in starts))]
    keys = {line.partition(" =")[0] for line in live}
    kept = [line for line in lines if line.partition(" =")[0] not in keys]
    return msgspec.convert(tomllib.loads("\n".join([*kept, *live]))["sources"], list[Declared])[0]


def test_a_table_of_messages_is_drafted_and_then_read(tmp_path: Path) -> None:
    path = put(tmp_path, CHAT)
    source = declared(draft_of(path))
    assert (source.file, source.format) == ("导出.csv", "chat-table")
    assert source.columns == {"time": "发送时间", "sender": "发送人", "text": "消息内容"}
    params = chats.Params(sources=(source,))
    reading = MESSAGES.read(Source(data=path.read_bytes(), name="导出.csv", params=params))
    (record,) = reading.records
    assert isinstance(record, Message)
    assert (record.sender, record.text, reading.unread) == ("momo酱", "在吗", ())


def test_a_table_of_orders_is_drafted_and_then_read(tmp_path: Path) -> None:
    path = put(tmp_path, SHOP)
    source = declared(draft_of(path))
    assert source.format == "table"
    reading = ORDERS.read(Source(data=path.read_bytes(), name="导出.csv", params=orders.Params(sources=(source,))))
    (record,) = reading.records
    assert isinstance(record, Order)
    assert (record.order_id, record.amounts.paid and record.amounts.paid.value, reading.unread) == ("T1", "12.50", ())


def test_a_workbook_names_the_sheet_where_there_are_several(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("说明").write_row(0, 0, ["项", "值"])
        page = book.add_worksheet("明细")
        page.write_row(2, 0, ["时间", "昵称", "内容"])
        page.write_datetime(3, 0, datetime(2026, 3, 11, 9))
        page.write_row(3, 1, ["momo", "在"])
    source = declared(draft_of(path))
    assert (source.sheet, source.columns["sender"]) == ("明细", "昵称")


def test_a_sender_that_names_only_sides_is_the_side(tmp_path: Path) -> None:
    path = put(tmp_path, "发送时间,发送方,昵称,内容\n2026-03-11 09:00,买家,momo,在\n2026-03-11 09:01,客服,小满,好\n")
    assert declared(draft_of(path)).columns == {"time": "发送时间", "text": "内容", "sender": "昵称", "side": "发送方"}


def test_a_column_of_times_is_known_by_its_cells(tmp_path: Path) -> None:
    path = put(tmp_path, "何时,发送人,内容\n2026-03-11 09:00,momo,在\n46092.5,momo,在\n")
    assert declared(draft_of(path)).columns["time"] == "何时"


def test_what_cannot_be_told_is_a_line_to_choose(tmp_path: Path) -> None:
    draft = draft_of(put(tmp_path, "咨询时间,客服,顾客,内容\n2026-03-11 09:00,小满,momo,在\n"))
    assert draft.undecided == {"sender": ("客服", "顾客")}
    assert "sender" not in declared(draft).columns
    assert uncommented(draft, "columns.sender").columns["sender"] == "客服"
    assert any("客服、顾客" in line for line in lines_of(draft))


def test_times_of_nobody_knows_what_are_lines_to_choose(tmp_path: Path) -> None:
    draft = draft_of(put(tmp_path, "单号,日期,品名,买家\n1001,2026-03-11,裙子,momo\n1002,2026-03-12,围巾,li\n"))
    assert draft.free_times == ("日期",)
    assert not draft.needs_choice
    assert "created" not in declared(draft).columns
    assert uncommented(draft, "columns.created").columns["created"] == "日期"


def test_units_and_orders_of_dates_are_asked_for(tmp_path: Path) -> None:
    draft = draft_of(put(tmp_path, "订单号,下单时间,订单金额\nT1,03/04/2026 10:00,1200\n"))
    source = uncommented(draft, "columns.amount", "time.")
    assert source.columns["amount"] == {"column": "订单金额", "unit": "fen"}
    assert source.time == {"order": "dmy", "zone": "Asia/Shanghai"}
    assert (declared(draft).columns["amount"], declared(draft).time) == ("订单金额", {})


def test_amounts_with_decimals_and_proved_dates_are_not_asked_for(tmp_path: Path) -> None:
    draft = draft_of(put(tmp_path, "订单号,下单时间,订单金额\nT1,13/04/2026 10:00,12.00\n"))
    assert (draft.unsure_amounts, draft.unsure_dates) == ((), ())


@pytest.mark.parametrize("name", ['怪"名\\字.csv', "a b.csv"])
def test_names_are_quoted(tmp_path: Path, name: str) -> None:
    assert declared(draft_of(put(tmp_path, CHAT, name))).file == name


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    assert draft_of(put(tmp_path, CHAT.encode(encoding))).format == "chat-table"


CASES: list[tuple[str, str | bytes, int, str]] = [
    ("a.csv", CHAT, 0, 'format = "chat-table"'),
    ("b.csv", "咨询时间,客服,顾客,内容\n2026-03-11 09:00,小满,momo,在\n", 3, "# columns.sender"),
    ("c.csv", "甲,乙\n1,2\n", 3, "# format"),
    ("d.txt", "只是一句话\n", 4, "没有找到表格"),
    ("e.bin", bytes(range(256)), 4, "没有找到表格"),
    ("f.csv", "", 4, "没有找到表格"),
    ("g.csv", "咨询时间,客服,顾客,cid\n2026-03-11 09:00,小满,momo,1\n", 0, "jd-sessions"),
]


@pytest.mark.parametrize(("name", "text", "code", "said"), CASES)
def test_exit_codes(tmp_path: Path, capsys: Any, name: str, text: str | bytes, code: int, said: str) -> None:
    assert run(["suggest", str(put(tmp_path, text, name)), "--language", "zh-CN"]) == code
    assert said in capsys.readouterr().out


@pytest.mark.parametrize("name", ["nothing.csv", "."])
def test_what_is_no_file(tmp_path: Path, capsys: Any, name: str) -> None:
    assert run(["suggest", str(tmp_path / name)]) == 2
    assert capsys.readouterr().out == ""


def test_json_holds_the_same(tmp_path: Path, capsys: Any) -> None:
    path = put(tmp_path, CHAT)
    assert run(["suggest", str(path), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["known"], said["format"], said["sheet"], said["undecided"]) == (None, "chat-table", None, [])
    assert said["columns"]["text"] == "消息内容"
    assert tomllib.loads(said["toml"])["sources"][0]["file"] == "导出.csv"


HEADINGS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=1, max_size=6)


@given(HEADINGS, st.binary(max_size=80))
@settings(max_examples=60, deadline=None)
def test_any_table_gives_a_draft_that_can_be_pasted(tmp_path_factory: Any, headings: list[str], rest: bytes) -> None:
    path = tmp_path_factory.mktemp("s") / "x.csv"
    path.write_bytes(",".join(headings).encode() + b"\n" + rest)
    text = "\n".join(lines_of(draft_of(path)))
    assert set(tomllib.loads(text)) <= {"sources"}
