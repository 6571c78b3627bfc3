"""Delimited text with one message a row, below a header that names the columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from pipeline.contract import Source
from pipeline.locate import WHOLE, Locator
from pipeline.model import Unread
from stages.chats.common.account import Account
from stages.lang.text import header_key
from stages.sheets.container import Cannot, Row, Sheet, header_keys, is_workbook, open_table

__all__ = ["Rows", "has_header", "open_rows"]


class Rows(NamedTuple):
    """An opened table: `columns` are the places (from 0) of the header's names as they are matched."""

    sheet: Sheet
    columns: Mapping[str, int]
    header: int
    width: int
    """Cells of the header: names that stand twice, or are empty, count each time."""

    @property
    def encoding(self) -> str | None:
        """How the text was decoded."""
        return self.sheet.encoding

    def each(self, account: Account) -> Iterator[tuple[Locator, list[str]]]:
        """Each row of data with its place. The header, what stands above it, and blank rows are put aside; rows that
        break the rules of delimited text are unread.
        """
        for row in self.sheet.rows():
            account.total += 1
            where = Locator(sheet="", rows=(row.number,))
            if not row.decoded:
                account.refuse("row-not-decodable", where, count=1)
            elif not row.lines:
                account.refuse("chat-row-broken", where)
            elif row.number <= self.header or not any(row.cells):
                account.aside += 1
            elif len(row.cells) == 1 and self.width > 2:
                account.refuse("chat-row-broken", where)
            else:
                yield where, list(row.cells)


def has_header(source: Source, names: frozenset[str]) -> bool:
    """Whether the head of a delimited text has a row with all these names."""
    if is_workbook(source.data):
        return False
    found = open_table(source.data, names.issubset, whole=False)
    return found is not None and not isinstance(found, Cannot)


def open_rows(source: Source, names: frozenset[str]) -> Rows | Unread:
    """The table whose header has all these names."""
    found = open_table(source.data, names.issubset) if not is_workbook(source.data) else None
    if isinstance(found, Cannot):
        return Unread(code="text-not-decodable", values={"offset": found.offset}, where=WHOLE)
    row = next((row for row in found.sheets[0].rows() if _fits(row, names)), None) if found else None
    if found is None or row is None:
        return Unread(code="chat-columns-missing", where=WHOLE)
    return Rows(found.sheets[0], _columns(row.cells), row.number, len(row.cells))


def _fits(row: Row, names: frozenset[str]) -> bool:
    return names <= header_keys(row.cells)


def _columns(cells: Any) -> dict[str, int]:
    """The place of each name; of a name that stands twice the first."""
    places: dict[str, int] = {}
    for place, cell in enumerate(cells):
        places.setdefault(header_key(cell), place)
    return places
