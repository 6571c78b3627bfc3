"""Finding the header of a sheet by the names in it, never by its place."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from itertools import takewhile

from stages.lang.text import header_key
from stages.orders.cells import wording
from stages.orders.layout import Header, Layout
from stages.sheets.container import HEADER_ROWS, Row, Sheet, header_keys

__all__ = ["header_of", "header_row", "nearest", "top_rows"]


def top_rows(sheet: Sheet) -> Iterable[Row]:
    """The rows among which a header is looked for."""
    return takewhile(lambda row: row.number <= HEADER_ROWS, sheet.rows())


def header_row(sheet: Sheet, layout: Layout) -> Row | None:
    """The first row whose names fit, below the banner if the format has one."""
    announced = layout.banner is None
    for row in top_rows(sheet):
        if announced and layout.fits(header_keys(row.cells)):
            return row
        if layout.banner is not None and not announced:
            announced = any(layout.banner.search(wording(cell)) for cell in row.cells)
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
