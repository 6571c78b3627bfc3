"""Finding the header of a sheet by the names in it, never by its place."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

from stages.lang.text import header_key
from stages.sheets.cells import wording
from stages.sheets.container import HEADER_ROWS, Fits, Row, Sheet, header_keys

__all__ = ["Header", "first_row", "header_of", "nearest", "top_rows"]


class Header(NamedTuple):
    """A header row that was found: its number, its names as printed, and where each field stands (from 0).

    `twice` are the names of fields that head more than one column; the first column was taken.
    """

    row: int
    names: tuple[str, ...]
    at: Mapping[str, int]
    twice: tuple[str, ...] = ()

    def name(self, column: int) -> str:
        """The printed name of a column, empty where there is none."""
        return self.names[column] if column < len(self.names) else ""

    def place(self, name: str) -> int | None:
        """Where the column of that printed name stands."""
        key = header_key(name)
        return next((column for column, other in enumerate(self.names) if header_key(other) == key), None)


def top_rows(sheet: Sheet) -> Iterable[Row]:
    """The rows among which a header is looked for."""
    return takewhile(lambda row: row.number <= HEADER_ROWS, sheet.rows())


def first_row(sheet: Sheet, fits: Fits, banner: re.Pattern[str] | None = None) -> Row | None:
    """The first row whose names fit, below a row that matches `banner` where there is one."""
    announced = banner is None
    for row in top_rows(sheet):
        if announced and fits(header_keys(row.cells)):
            return row
        if banner is not None and not announced:
            announced = any(banner.search(wording(cell)) for cell in row.cells)
    return None


def header_of(row: Row, columns: Mapping[str, Sequence[str]]) -> Header:
    """The header with the place of every field: of several names for it, the first one that is there."""
    names = tuple(map(wording, row.cells))
    places: dict[str, int] = {}
    for index, name in enumerate(names):
        places.setdefault(header_key(name), index)
    places.pop("", None)
    found: dict[str, int] = {}
    for field, wanted in columns.items():
        place = next((places[name] for name in wanted if name in places), None)
        if place is not None:
            found[field] = place
    keys = [header_key(name) for name in names]
    twice = tuple(names[place] for place in sorted(set(found.values())) if keys.count(keys[place]) > 1)
    return Header(row.number, names, found, twice)


def nearest(wanted: str, names: Iterable[str]) -> tuple[str, ...]:
    """The printed names most like the one that is missing."""
    keyed: dict[str, str] = {}
    for name in names:
        keyed.setdefault(header_key(name), name)
    return tuple(keyed[key] for key in difflib.get_close_matches(header_key(wanted), keyed, n=3, cutoff=0.4) if key)
