"""京东咚咚's sheet of sessions: rows are the platform's record, never somebody's words."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings

from pipeline.contract import Source
from stages.chats import Params
from stages.chats.jd_sessions import READER
from tests.stages.chats.shops import FIXTURES, codes, damaged, messages, read, score, tiles

HEADER = "咨询时间,客服,技能组,顾客,首次响应时间,是否解决\n"
ROW = "2026-03-02 14:03:05,小满,售后组,jd_momo,12秒,是\n"
OTHER = "2026-03-02 15:00:00,小满,售前组,jd_lizhi,8秒,\n"


def test_a_row_is_a_record_of_the_system_at_the_time_of_inquiry() -> None:
    reading = read(READER, HEADER + ROW)
    (record,) = messages(reading)
    assert (record.side, record.type, record.sender, record.where.rows, record.chat) == (
        "system",
        "system",
        None,
        (2,),
        None,
    )
    assert record.at is not None
    assert (record.at.start, record.at.zone) == ("2026-03-02T14:03:05", "unknown")
    assert "首次响应时间：12秒" in record.text.split("\n")
    assert (codes(reading), reading.declared) == (["jd-rows-are-sessions"], {"sessions": 1})


def test_every_filled_cell_is_quoted_and_blank_ones_are_not() -> None:
    (record,) = messages(read(READER, HEADER + OTHER))
    assert record.text == "咨询时间：2026-03-02 15:00:00\n客服：小满\n技能组：售前组\n顾客：jd_lizhi\n首次响应时间：8秒"


def test_rows_of_other_customers_stay_out() -> None:
    reading = read(READER, HEADER + ROW + OTHER, customers=("jd_momo",))
    assert [record.chat for record in messages(reading)] == ["jd_momo"]
    assert codes(reading) == ["chats-of-others", "jd-rows-are-sessions"]
    assert "jd_lizhi" not in repr(reading)
    assert (reading.balance.records, reading.balance.skipped) == (1, 2)


def test_a_sheet_of_one_customer_is_read() -> None:
    assert len(read(READER, HEADER + ROW, customers=()).records) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("合计,,,,,\n", []),
        (",,,,,\n", []),
        ("2026-03-02 16:00:00,小满,,,3秒,\n", ["jd-session-without-customer"]),
        ("2026-03-02 16\n", ["jd-session-without-customer"]),
        ("昨天,小满,,jd_momo,3秒,\n", ["chat-time-unreadable"]),
    ],
)
def test_odd_rows(line: str, said: list[str]) -> None:
    reading = read(READER, HEADER + ROW + line)
    assert sorted(codes(reading)) == sorted(["jd-rows-are-sessions", *said])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "咨询时间,客服,内容\n2026-03-02 14:03:05,小满,在\n",
        "咨询时间,客服,顾客\n2026-03-02 14:03:05,小满,在\n",
        "发送时间,发送人,内容\n",
        "顾客问：咨询时间是几点\n",
    ],
)
def test_other_tables_are_not_recognised(text: str) -> None:
    assert score(READER, text) == 0
    assert score(READER, text, "gb18030") == 0


def test_the_more_of_its_headings_the_surer() -> None:
    headers = ["咨询时间,客服,顾客,cid", "咨询时间,客服,顾客,cid,技能组", "咨询时间,客服,顾客,cid,技能组,满意度"]
    scores = [score(READER, f"{header}\n") for header in headers]
    assert all(one < other for one, other in pairwise(scores))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert score(READER, HEADER + ROW, encoding) > 0
    assert len(read(READER, HEADER + ROW, encoding=encoding).records) == 1


def test_a_workbook_below_a_banner_with_typed_times() -> None:
    data = (FIXTURES / "jd-sessions" / "sample.xlsx").read_bytes()
    assert score(READER, data) > 0
    reading = read(READER, data)
    assert [record.where.rows for record in messages(reading)] == [(4,), (5,), (6,)]
    assert messages(reading)[0].where.sheet == "会话记录"
    assert "jd-sheet-other" in codes(reading)


def test_what_cannot_be_opened_says_why() -> None:
    assert codes(read(READER, b"PK\x03\x04")) == ["table-broken"]
    assert codes(read(READER, "内容\n")) == ["header-not-found"]


@given(damaged("jd-sessions"))
@settings(max_examples=40, deadline=None)
def test_any_bytes_are_read_without_an_error(data: bytes) -> None:
    source = Source(data=data, name="x", params=Params())
    READER.sniff(source)
    tiles(READER.read(source))
