"""The generic table: a person declares in case.toml what its columns mean; nothing is taken from a guess."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pipeline.contract import Reader, Score, Source
from pipeline.locate import WHOLE, Locator
from pipeline.model import Reading, Unread
from pipeline.model import Source as Declared
from pipeline.moment import Zone, parse_zone
from stages.lang.encoding import Refused, encoding_of
from stages.lang.money import Unit
from stages.lang.text import header_key
from stages.lang.times import DateOrder
from stages.orders.engine import Engine, Found, refused
from stages.orders.headers import header_of, nearest, top_rows
from stages.orders.layout import FIELDS, Column, Header, Rules
from stages.orders.params import Params, declared_for, params_of, stream_of
from stages.sheets.container import Cannot, Fits, Row, Sheet, Table, header_keys, open_table

__all__ = ["READER", "fits_declared"]

_ID, _VERSION = "table", 1
_TAG = f"{_ID}@{_VERSION}"
_UNITS: dict[str, Unit] = {"yuan": "yuan", "fen": "fen"}
_ORDERS: dict[str, DateOrder] = {"ymd": "ymd", "mdy": "mdy", "dmy": "dmy"}
_SIGNS = {"as_is": False, "negate": True}


class _Declaration(NamedTuple):
    """A declaration as it can be followed, and what of it cannot."""

    declared: Declared
    columns: dict[str, Column]
    zone: Zone | None
    order: DateOrder | None
    skip: re.Pattern[str] | None
    unread: tuple[Unread, ...]


def fits_declared(declared: Declared) -> Fits:
    """Whether a row is the header that a declaration speaks of: it holds at least half of the named columns."""
    named = frozenset(header_key(_column(stated)) for stated in declared.columns.values()) - {""}

    def fits(keys: frozenset[str]) -> bool:
        return 2 * len(named & keys) >= len(named) and bool(named & keys)

    return fits


def _sniff(source: Source) -> Score | None:
    declared = declared_for(source.name, params_of(source))
    if declared is None or declared.format != _ID or not declared.columns:
        return None
    return Score(value=1.0, reason="columns-declared")


def _read(source: Source) -> Reading:
    params = params_of(source)
    declared = declared_for(source.name, params)
    if declared is None:
        return refused(_TAG, _ID, "table-not-declared", name=source.name)
    table = _open(source, declared)
    if table is None:
        return _unopened(declared.encoding)
    if isinstance(table, Cannot):
        return refused(_TAG, _ID, table.code, offset=table.offset)
    return _read_table(table, declared, params)


def _open(source: Source, declared: Declared) -> Table | Cannot | None:
    """By the declared names; if no row holds them, as any table of several columns, so that what is there is named."""
    delimiter = _delimiter(declared.delimiter)
    for fits in (fits_declared(declared), _several):
        table = open_table(source.data, fits, encoding=declared.encoding, delimiter=delimiter, stream=stream_of(source))
        if table is not None:
            return table
    return None


def _unopened(encoding: str | None) -> Reading:
    """A text that no row of which is a header, or whose declared encoding is none."""
    if encoding is not None and isinstance(encoding_of(b"", encoding), Refused):
        known = "utf-8、gb18030、big5、utf-16"
        return refused(_TAG, _ID, "declaration-unknown", option=f"encoding = {encoding}", known=known)
    return refused(_TAG, _ID, "header-not-found")


def _several(keys: frozenset[str]) -> bool:
    return len(keys) > 1


def _delimiter(stated: str | None) -> str | None:
    named = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";"}
    found = named.get((stated or "").casefold(), stated)
    return found if found and len(found) == 1 else None


def _read_table(table: Table, declared: Declared, params: Params) -> Reading:
    plan = _declaration(declared, params)
    engine = Engine(_TAG, _ID, params.only, unread=list(plan.unread))
    fits = fits_declared(declared)
    chosen = [sheet for sheet in table.sheets if declared.sheet in (None, sheet.name)]
    if not chosen:
        names = "、".join(sheet.name for sheet in table.sheets)
        engine.unread.append(_unread("sheet-missing", sheet=declared.sheet or "", names=names))

    def find(sheet: Sheet) -> Found | None:
        if sheet not in chosen:
            return None
        if not sheet.visible and declared.sheet is None:
            engine.note("sheet-hidden", sheet=sheet.name)
            return None
        return _found(sheet, _header_row(sheet, declared, fits), plan, engine)

    return engine.read(table, find)


def _header_row(sheet: Sheet, declared: Declared, fits: Fits) -> Row | None:
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


def _found(sheet: Sheet, row: Row | None, plan: _Declaration, engine: Engine) -> Found | None:
    """The sheet with its header and rules; None, and all its rows unread, where no order number can be told."""
    rules = _rules(sheet, row, plan, engine) if row else None
    if row is None:
        engine.unread.append(_unread("header-not-found"))
    if rules is None:
        engine.lost += sum(1 for _ in sheet.rows())
    return rules


def _rules(sheet: Sheet, row: Row, plan: _Declaration, engine: Engine) -> Found | None:
    header = header_of(row, {field: (header_key(column.header),) for field, column in plan.columns.items()})
    where = Locator(sheet=sheet.name, rows=(row.number,))
    for field, column in plan.columns.items():
        if field not in header.at:
            engine.unread.append(_missing(column.header, header, where))
    if "order_id" not in plan.columns:
        engine.unread.append(_unread("order-column-not-declared"))
    if "order_id" not in header.at:
        return None
    declared = plan.declared
    rules = Rules(
        columns=plan.columns,
        zone=plan.zone,
        order=plan.order,
        combine=_places(declared.combine, header, engine, where),
        fill_down=_places(declared.fill_down, header, engine, where),
        skip=plan.skip,
        nulls=frozenset(token.casefold() for token in declared.null_tokens),
    )
    return Found(sheet, header, rules)


def _places(names: Iterable[str], header: Header, engine: Engine, where: Locator) -> tuple[int, ...]:
    """Where named columns stand; one that is absent is reported."""
    keys = [header_key(name) for name in header.names]
    found = []
    for name in names:
        if header_key(name) in keys:
            found.append(keys.index(header_key(name)))
        else:
            engine.unread.append(_missing(name, header, where))
    return tuple(found)


def _missing(name: str, header: Header, where: Locator) -> Unread:
    names = "、".join(nearest(name, header.names)) or "、".join(name for name in header.names[:8] if name)
    return Unread(code="column-missing", values={"column": name, "nearest": names}, where=where)


def _unread(code: str, **values: str | int) -> Unread:
    return Unread(code=code, values=values, where=WHOLE)


def _declaration(declared: Declared, params: Params) -> _Declaration:
    unread: list[Unread] = []
    stated = {field: _stated(stated, unread) for field, stated in declared.columns.items() if _known(field, unread)}
    columns = {field: column for field, column in stated.items() if column is not None}
    zone = params.zone
    if "zone" in declared.time:
        zone = _zone(declared.time["zone"], unread)
    order = _ORDERS.get(declared.time.get("order", ""), params.date_order)
    for option in sorted(declared.time.keys() - {"zone", "order"}):
        unread.append(_unread("declaration-unknown", option=f"time.{option}", known="zone、order"))
    return _Declaration(declared, columns, zone, order, _pattern(declared.skip_rows, unread), tuple(unread))


def _known(field: str, unread: list[Unread]) -> bool:
    if field in FIELDS:
        return True
    unread.append(_unread("declaration-unknown", option=f"columns.{field}", known="、".join(nearest(field, FIELDS))))
    return False


def _column(stated: str | dict[str, str]) -> str:
    return stated if isinstance(stated, str) else stated.get("column", "")


def _stated(stated: str | dict[str, str], unread: list[Unread]) -> Column | None:
    """A column as declared; None where its unit or sign means nothing."""
    options = {"column": stated} if isinstance(stated, str) else stated
    unit, sign = options.get("unit", "yuan"), options.get("sign", "as_is")
    if unit not in _UNITS:
        unread.append(_unread("declaration-unknown", option=f"unit = {unit}", known="yuan、fen"))
    if sign not in _SIGNS:
        unread.append(_unread("declaration-unknown", option=f"sign = {sign}", known="as_is、negate"))
    if unit not in _UNITS or sign not in _SIGNS:
        return None
    return Column(_column(stated), _UNITS[unit], _SIGNS[sign])


def _zone(stated: str, unread: list[Unread]) -> Zone | None:
    try:
        parse_zone(stated)
    except ValueError:
        unread.append(_unread("declaration-unknown", option=f"zone = {stated}", known="Asia/Shanghai、+08:00"))
        return None
    return Zone(name=stated, basis="case")


def _pattern(stated: str | None, unread: list[Unread]) -> re.Pattern[str] | None:
    try:
        return re.compile(stated) if stated else None
    except re.error:
        unread.append(_unread("declaration-unknown", option=f"skip_rows = {stated}", known="正则表达式"))
        return None


READER = Reader(
    id=_ID,
    version=_VERSION,
    grade="A",
    sniff=_sniff,
    read=_read,
)
