"""Delimited text with one message a row, under a header that is known: rows as cells by the name of their column."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from pipeline.contract import Source
from pipeline.locate import Locator
from pipeline.model import Unread
from stages.chats.common.account import Account
from stages.lang.text import header_key
from stages.sheets.container import Cannot, Sheet, header_keys, is_workbook, open_table

__all__ = ["Columns", "cells_of", "has_columns", "open_columns"]


class Columns(NamedTuple):
    """A table in which a row names the columns that are `wanted`, and the number of its rows."""

    sheet: Sheet
    total: int
    wanted: frozenset[str]


def has_columns(source: Source, wanted: Collection[str]) -> bool:
    """Whether the head of the file is delimited text whose first row names all of these columns."""
    if is_workbook(source.data):
        return False
    table = open_table(source.data, lambda keys: keys >= frozenset(wanted), whole=False)
    if table is None or isinstance(table, Cannot):
        return False
    first = next(table.sheets[0].rows(), None)
    return first is not None and header_keys(first.cells) >= frozenset(wanted)


def open_columns(source: Source, wanted: Collection[str]) -> Columns | Unread:
    """The whole table."""
    table = open_table(source.data, lambda keys: keys >= frozenset(wanted))
    if table is None or isinstance(table, Cannot) or is_workbook(source.data):
        return Unread(code="text-not-decodable", values={"offset": table.offset if isinstance(table, Cannot) else 0})
    sheet = table.sheets[0]
    return Columns(sheet, sum(1 for _ in sheet.rows()), frozenset(wanted))


def cells_of(account: Account, columns: Columns) -> Iterator[tuple[Locator, Mapping[str, str]]]:
    """Each row below the header with its place; header and blank rows are put aside, all other rows refused."""
    names: list[str] = []
    for row in columns.sheet.rows():
        where = Locator(sheet="", rows=(row.number,))
        if not any(row.cells) and row.lines:
            account.aside += 1
        elif not row.decoded:
            account.refuse("row-not-decodable", where, count=1)
        elif not names and header_keys(row.cells) >= columns.wanted:
            names = [header_key(cell) for cell in row.cells]
            account.aside += 1
        elif len(row.cells) != len(names) or not row.lines:
            account.refuse("chat-row-odd", where)
        else:
            yield where, dict(zip(names, row.cells, strict=True))
