"""Rows under a known header, and the wall clocks in them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.contract import Source
from pipeline.model import Unread
from stages.chats.common.account import Account
from stages.chats.common.rows import has_header, open_rows
from stages.chats.common.stamps import Stamps
from tests.stages.chats.tools import reader_of

FIXTURES = Path(__file__).parents[4] / "fixtures" / "chats"
NAMES = frozenset({"time", "sender", "text"})
TABLE = 'Time,Sender,Text\r\n2026-03-02 14:03:05,阿青,"a\nb"\r\n,,\r\nbroken\r\n'


def source_of(text: str) -> Source:
    return Source(data=text.encode(), name="a.csv")


def test_each_row_is_given_put_aside_or_unread() -> None:
    table = open_rows(source_of(TABLE), NAMES)
    assert not isinstance(table, Unread)
    account = Account("rows", 0)
    rows = list(table.each(account))
    assert [(where.rows, cells) for where, cells in rows] == [((2,), ["2026-03-02 14:03:05", "阿青", "a\nb"])]
    assert len(rows) + account.aside + account.refused == account.total
    assert [span.code for span in account.unread] == ["chat-row-broken"]


@pytest.mark.parametrize(("text", "known"), [(TABLE, True), ("Time,Text\r\n1,a\r\n", False), ("", False)])
def test_a_header_has_all_names(text: str, known: bool) -> None:
    assert has_header(source_of(text), NAMES) is known
    assert isinstance(open_rows(source_of(text), NAMES), Unread) is not known


@pytest.mark.parametrize(
    ("stamps", "start", "notes"),
    [
        (["2026-03-02 14:03:05"], "2026-03-02T14:03:05", []),
        (["03/02/2026 14:03", "03/22/2026 14:03"], "2026-03-02T14:03:00", ["date-order-day-above-12"]),
        (["03/02/2026 14:03"], None, ["date-order-unproved"]),
    ],
)
def test_the_order_of_a_date_is_what_the_file_proves(stamps: list[str], start: str | None, notes: list[str]) -> None:
    account = Account("rows", len(stamps))
    at = Stamps(stamps, source_of(""), account).at(stamps[0])
    assert at is not None
    assert at.start == start
    assert [note.code for note in account.notes] == notes


def test_what_is_no_time_of_day_is_no_moment() -> None:
    assert Stamps(["soon"], source_of(""), Account("rows", 1)).at("soon") is None


def test_names_that_stand_twice_make_a_header_no_narrower() -> None:
    table = open_rows(source_of(TABLE.replace("Text\r\n", "Text,,,Text\r\n", 1)), NAMES)
    assert not isinstance(table, Unread)
    assert (table.width, dict(table.columns)) == (6, {"time": 0, "sender": 1, "text": 2, "": 3})


@pytest.mark.parametrize("reader", ["pywxdump-csv", "chatlog-csv", "memotrace-csv"])
def test_a_row_is_as_wide_as_the_header_or_unread(reader: str) -> None:
    sample = (FIXTURES / reader / "sample.csv").read_text("utf-8-sig").replace("\n", ",,\n", 1)
    for cut in (sample, sample.replace(",", ",x,x,", 1), re.sub(r"(?m),[^,\n]*$", "", sample)):
        reading = reader_of(reader).read(source_of(cut))
        assert reading.balance.total == reading.balance.records + reading.balance.skipped + reading.balance.unread
