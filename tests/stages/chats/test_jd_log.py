"""京东咚咚 logs: sessions between marks, tabs, robots, and sessions of other customers."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from pipeline.contract import Source
from pipeline.model import Person
from pipeline.moment import Zone
from stages.chats.jd_log import READER
from tests.stages.chats.shops import codes, damaged, messages, quoted_where_cited, read, said, samples, score, tiles

BEGIN = "/*****************以下为一通会话************************************/"
END = "/*****************会话结束_时间:2026-03-02 14:09:11 ***************/"
OPEN_END = "/*****************会话结束_时间: ***************/"
MOMO = (Person(name="jd_momo", side="customer"),)


def session(*lines: str, end: str = END) -> str:
    return "\n".join([BEGIN, *lines, end, ""])


TALK = ("jd_momo 2026-03-02 14:03:05", "在吗\t\t", "小满 2026-03-02 14:03:09", "在的\t", "请讲\t")


def test_a_session() -> None:
    reading = read(READER, session(*TALK), people=MOMO, zone=Zone(name="+08:00", basis="case"))
    first, second = messages(reading)
    assert (first.sender, first.text, first.where.lines, first.side) == ("jd_momo", "在吗", (2, 3), "other")
    assert first.at is not None
    assert (first.at.start, first.at.grain, first.at.zone) == ("2026-03-02T14:03:05+08:00", "second", "case")
    assert (second.text, second.where.lines, second.side, second.chat) == ("在的\n请讲", (4, 6), "self", None)
    assert (codes(reading), reading.declared) == ([], {"sessions": 1})
    assert (reading.balance.records, reading.balance.skipped) == (5, 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert said(read(READER, session(*TALK).replace("\n", "\r\n"), encoding=encoding))[0] == ("jd_momo", "在吗")


@pytest.mark.parametrize("end", [END, OPEN_END, "/*****会话结束*****/", "/***会话结束_时间：2026-03-02 14:09 */"])
def test_every_form_of_an_end(end: str) -> None:
    reading = read(READER, session(*TALK, end=end))
    assert (len(reading.records), codes(reading)) == (2, [])


def test_an_end_that_is_missing_is_noted() -> None:
    reading = read(READER, "\n".join([BEGIN, *TALK, BEGIN, *TALK, END]))
    assert (len(reading.records), codes(reading)) == (4, ["jd-session-open"])


def test_tabs_inside_a_line_stay() -> None:
    assert said(read(READER, session("a 2026-03-02 14:03:05", "\t一\t二 \t"))) == [("a", "\t一\t二 ")]


def test_the_robot_speaks_for_the_shop() -> None:
    lines = ("jd_momo 2026-03-02 14:03:05", "在吗", "jimi_vender_1 2026-03-02 14:03:06", "您好")
    reading = read(READER, session(*lines))
    assert [message.side for message in messages(reading)] == ["unknown", "self"]
    assert [message.side for message in messages(read(READER, session(*lines, *TALK), people=MOMO))] == [
        "other", "self", "other", "self",
    ]  # fmt: skip


def test_without_a_case_the_sides_are_unknown() -> None:
    assert {message.side for message in messages(read(READER, session(*TALK)))} == {"unknown"}


@pytest.mark.parametrize(
    "line", ["您 2026-03-01 18:00:00 下的单", "查到，2026-03-01 18:00:00", "旧号 2020-01-01 10:00:00"]
)
def test_what_looks_like_a_head_is_text(line: str) -> None:
    text = session(
        "jd_momo 2026-03-02 14:03:05", line, "小满 2026-03-02 14:03:06", "好", "jd_momo 2026-03-02 14:03:07", "嗯"
    )
    assert said(read(READER, text))[0] == ("jd_momo", line)


OTHER = session("jd_lizhi 2026-03-01 10:00:00", "开票", "小满 2026-03-01 10:00:05", "可以")


def test_sessions_of_others_stay_out() -> None:
    text = session(*TALK) + OTHER + session("jd_momo 2026-03-03 09:00:00", "还没发？")
    reading = read(READER, text, customers=("jd_momo",), people=MOMO)
    assert [message.text for message in messages(reading)] == ["在吗", "在的\n请讲", "还没发？"]
    assert {message.chat for message in messages(reading)} == {"jd_momo"}
    assert codes(reading) == ["chats-of-others"]
    assert "jd_lizhi" not in repr(reading)
    assert read(READER, text, customers=()).records == ()


def test_without_a_case_all_are_shown_by_their_people() -> None:
    reading = read(READER, session(*TALK) + OTHER)
    assert [message.chat for message in messages(reading)] == ["jd_momo、小满"] * 2 + ["jd_lizhi、小满"] * 2
    assert codes(reading) == []


def test_lines_outside_are_unread_and_messages_outside_are_read() -> None:
    reading = read(READER, "导出\n" + session(*TALK) + "\nb 2026-03-02 15:00:00\n还有\n")
    assert (said(reading)[-1], codes(reading)) == (("b", "还有"), ["chat-line-outside"])


def test_what_follows_a_damaged_line_is_nobodys() -> None:
    data = session("jd_momo 2026-03-02 14:03:05", "在", "坏", "谁说的").encode().replace("坏".encode(), b"\xff\xff")
    reading = read(READER, data)
    assert (said(reading), codes(reading)) == ([("jd_momo", "在")], ["line-not-decodable", "chat-line-outside"])


@pytest.mark.parametrize(
    "text", ["", "jd_momo 2026-03-02 14:03:05\n在吗\n", "他说：以下为一通会话\n", "/* 以下为注释 */"]
)
def test_other_texts_are_not_recognised(text: str) -> None:
    assert score(READER, text) == 0
    assert score(READER, text, "gb18030") == 0


def test_messages_stand_where_they_are_cited() -> None:
    for data in samples("jd-log"):
        quoted_where_cited(READER.read(Source(data=data, name="x")), data)


@given(damaged("jd-log"))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_without_an_error(data: bytes) -> None:
    source = Source(data=data, name="x")
    READER.sniff(source)
    tiles(READER.read(source))
