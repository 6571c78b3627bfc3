"""The generic table: a person declares in case.toml what its columns mean; nothing is taken from a guess."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator
from pipeline.model import Reading, Unread
from pipeline.model import Source as Declared
from pipeline.moment import Zone
from stages.lang.money import Unit
from stages.lang.text import header_key
from stages.lang.times import DateOrder
from stages.orders.engine import Engine, Found, refused
from stages.orders.layout import FIELDS, Column, Rules
from stages.orders.params import Params, declared_for, params_of, stream_of
from stages.sheets.container import Row, Sheet, Table
from stages.sheets.declared import (
    column_of,
    fits_declared,
    header_row,
    missing,
    open_declared,
    order_of,
    pattern_of,
    places,
    refusal,
    sheets_of,
    zone_of,
)
from stages.sheets.headers import header_of, nearest

__all__ = ["READER"]

_ID, _VERSION = "table", 1
_TAG = f"{_ID}@{_VERSION}"
_UNITS: dict[str, Unit] = {"yuan": "yuan", "fen": "fen"}
_SIGNS = {"as_is": False, "negate": True}


class _Declaration(NamedTuple):
    """A declaration as it can be followed, and what of it cannot."""

    declared: Declared
    columns: dict[str, Column]
    zone: Zone | None
    order: DateOrder | None
    skip: re.Pattern[str] | None
    unread: tuple[Unread, ...]


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
    table = open_declared(source.data, declared, stream_of(source))
    if isinstance(table, Unread):
        return refused(_TAG, _ID, table.code, **table.values)
    return _read_table(table, declared, params)


def _read_table(table: Table, declared: Declared, params: Params) -> Reading:
    plan = _declaration(declared, params)
    engine = Engine(_TAG, _ID, params.only, unread=list(plan.unread))
    fits = fits_declared(declared)
    sheets = sheets_of(table, declared)
    chosen: list[Sheet] = [] if isinstance(sheets, Unread) else sheets
    if isinstance(sheets, Unread):
        engine.unread.append(sheets)

    def find(sheet: Sheet) -> Found | None:
        if sheet not in chosen:
            return None
        if not sheet.visible and declared.sheet is None:
            engine.note("sheet-hidden", sheet=sheet.name)
            return None
        return _found(sheet, header_row(sheet, declared, fits), plan, engine)

    return engine.read(table, find)


def _found(sheet: Sheet, row: Row | None, plan: _Declaration, engine: Engine) -> Found | None:
    """The sheet with its header and rules; None, and all its rows unread, where no order number can be told."""
    rules = _rules(sheet, row, plan, engine) if row else None
    if row is None:
        engine.unread.append(refusal("header-not-found"))
    if rules is None:
        engine.lost += sum(1 for _ in sheet.rows())
    return rules


def _rules(sheet: Sheet, row: Row, plan: _Declaration, engine: Engine) -> Found | None:
    header = header_of(row, {field: (header_key(column.header),) for field, column in plan.columns.items()})
    where = Locator(sheet=sheet.name, rows=(row.number,))
    for field, column in plan.columns.items():
        if field not in header.at:
            engine.unread.append(missing(column.header, header, where))
    if "order_id" not in plan.columns:
        engine.unread.append(refusal("order-column-not-declared"))
    if "order_id" not in header.at:
        return None
    declared = plan.declared
    rules = Rules(
        columns=plan.columns,
        zone=plan.zone,
        order=plan.order,
        combine=places(declared.combine, header, engine.unread, where),
        fill_down=places(declared.fill_down, header, engine.unread, where),
        skip=plan.skip,
        nulls=frozenset(token.casefold() for token in declared.null_tokens),
    )
    return Found(sheet, header, rules)


def _declaration(declared: Declared, params: Params) -> _Declaration:
    lost: list[Unread] = []
    stated = {field: _stated(stated, lost) for field, stated in declared.columns.items() if _known(field, lost)}
    columns = {field: column for field, column in stated.items() if column is not None}
    zone = zone_of(declared, params.zone, lost)
    order = order_of(declared, params.date_order, lost)
    return _Declaration(declared, columns, zone, order, pattern_of(declared.skip_rows, lost), tuple(lost))


def _known(field: str, lost: list[Unread]) -> bool:
    if field in FIELDS:
        return True
    lost.append(refusal("declaration-unknown", option=f"columns.{field}", known="、".join(nearest(field, FIELDS))))
    return False


def _stated(stated: str | dict[str, str], lost: list[Unread]) -> Column | None:
    """A column as declared; None where its unit or sign means nothing."""
    options = {"column": stated} if isinstance(stated, str) else stated
    unit, sign = options.get("unit", "yuan"), options.get("sign", "as_is")
    if unit not in _UNITS:
        lost.append(refusal("declaration-unknown", option=f"unit = {unit}", known="yuan、fen"))
    if sign not in _SIGNS:
        lost.append(refusal("declaration-unknown", option=f"sign = {sign}", known="as_is、negate"))
    if unit not in _UNITS or sign not in _SIGNS:
        return None
    return Column(column_of(stated), _UNITS[unit], _SIGNS[sign])


READER = Reader(
    id=_ID,
    version=_VERSION,
    grade="A",
    sniff=_sniff,
    read=_read,
)
