"""A table as a person declares it in case.toml: which sheet, which row is the header, which column is which."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.locate import WHOLE, Locator
from pipeline.model import Source as Declared
from pipeline.model import Unread
from pipeline.moment import Zone, parse_zone
from stages.lang.encoding import Refused, encoding_of
from stages.lang.text import header_key
from stages.lang.times import DateOrder
from stages.sheets.container import Cannot, Fits, Row, Sheet, Stream, Table, header_keys, open_table
from stages.sheets.headers import Header, nearest, top_rows

__all__ = [
    "column_of",
    "fits_declared",
    "header_row",
    "missing",
    "open_declared",
    "order_of",
    "pattern_of",
    "places",
    "refusal",
    "sheets_of",
    "zone_of",
]

_ORDERS: dict[str, DateOrder] = {"ymd": "ymd", "mdy": "mdy", "dmy": "dmy"}


def column_of(stated: str | dict[str, str]) -> str:
    """The header's name that a column is declared by."""
    return stated if isinstance(stated, str) else stated.get("column", "")


def fits_declared(declared: Declared) -> Fits:
    """Whether a row is the header that a declaration speaks of: it holds at least half of the named columns."""
    named = frozenset(header_key(column_of(stated)) for stated in declared.columns.values()) - {""}

    def fits(keys: frozenset[str]) -> bool:
        return 2 * len(named & keys) >= len(named) and bool(named & keys)

    return fits


def open_declared(data: bytes, declared: Declared, stream: Stream | None = None) -> Table | Unread:
    """By the declared names; if no row holds them, as any table of several columns, so that what is there is named."""
    delimiter = _delimiter(declared.delimiter)
    for fits in (fits_declared(declared), _several):
        table = open_table(data, fits, encoding=declared.encoding, delimiter=delimiter, stream=stream)
        if isinstance(table, Cannot):
            return refusal(table.code, offset=table.offset)
        if table is not None:
            return table
    if declared.encoding is not None and isinstance(encoding_of(b"", declared.encoding), Refused):
        known = "utf-8、gb18030、big5、utf-16"
        return refusal("declaration-unknown", option=f"encoding = {declared.encoding}", known=known)
    return refusal("header-not-found")


def _several(keys: frozenset[str]) -> bool:
    return len(keys) > 1


def _delimiter(stated: str | None) -> str | None:
    named = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";"}
    found = named.get((stated or "").casefold(), stated)
    return found if found and len(found) == 1 else None


def sheets_of(table: Table, declared: Declared) -> list[Sheet] | Unread:
    """The sheets that are declared, or all."""
    chosen = [sheet for sheet in table.sheets if declared.sheet in (None, sheet.name)]
    names = "、".join(sheet.name for sheet in table.sheets)
    return chosen or refusal("sheet-missing", sheet=declared.sheet or "", names=names)


def header_row(sheet: Sheet, declared: Declared, fits: Fits) -> Row | None:
    """The row that was declared; else the first that holds the named columns, or the one with the most names."""
    rows = list(top_rows(sheet))
    if declared.header_row is not None:
        return next((row for row in rows if row.number == declared.header_row), None)
    keyed = [(row, header_keys(row.cells)) for row in rows]
    if declared.header_contains is not None:
        sought = header_key(declared.header_contains)
        return next((row for row, keys in keyed if any(sought in key for key in keys)), None)
    fitting = next((row for row, keys in keyed if fits(keys)), None)
    return fitting or max(keyed, key=lambda pair: len(pair[1]), default=(None, None))[0]


def places(names: Iterable[str], header: Header, lost: list[Unread], where: Locator) -> tuple[int, ...]:
    """Where named columns stand; one that is absent is reported."""
    keys = [header_key(name) for name in header.names]
    found = []
    for name in names:
        if header_key(name) in keys:
            found.append(keys.index(header_key(name)))
        else:
            lost.append(missing(name, header, where))
    return tuple(found)


def missing(name: str, header: Header, where: Locator) -> Unread:
    """What is said of a declared column that is not there: the names that are."""
    names = "、".join(nearest(name, header.names)) or "、".join(name for name in header.names[:8] if name)
    return Unread(code="column-missing", values={"column": name, "nearest": names}, where=where)


def refusal(code: str, **values: str | int) -> Unread:
    """What stays unread in the whole of a file."""
    return Unread(code=code, values=values, where=WHOLE)


def zone_of(declared: Declared, default: Zone | None, lost: list[Unread]) -> Zone | None:
    """The declared zone; one that does not exist is reported, and then there is none."""
    stated = declared.time.get("zone")
    if stated is None:
        return default
    try:
        parse_zone(stated)
    except ValueError:
        lost.append(refusal("declaration-unknown", option=f"zone = {stated}", known="Asia/Shanghai、+08:00"))
        return None
    return Zone(name=stated, basis="case")


def order_of(declared: Declared, default: DateOrder | None, lost: list[Unread]) -> DateOrder | None:
    """The declared order of day and month; options of `time` that mean nothing are reported."""
    for option in sorted(declared.time.keys() - {"zone", "order"}):
        lost.append(refusal("declaration-unknown", option=f"time.{option}", known="zone、order"))
    return _ORDERS.get(declared.time.get("order", ""), default)


def pattern_of(stated: str | None, lost: list[Unread]) -> re.Pattern[str] | None:
    """The pattern of rows to be skipped; one that cannot be compiled is reported."""
    try:
        return re.compile(stated) if stated else None
    except re.error:
        lost.append(refusal("declaration-unknown", option=f"skip_rows = {stated}", known="正则表达式"))
        return None
