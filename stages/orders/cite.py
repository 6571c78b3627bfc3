"""Re-reading cited rows, independent of what was read from them."""

from __future__ import annotations

from pipeline.locate import Locator, Unlocatable
from stages.orders.known import layouts
from stages.sheets.cells import wording
from stages.sheets.container import Cannot, Fits, Row, Table, open_table

__all__ = ["cited"]


def cited(data: bytes, where: Locator) -> str:
    """The rows of a sheet as printed; a text is opened by the formats known, else as any table of several columns."""
    if where.rows is None or where.member is not None:
        raise Unlocatable("not rows of a sheet")
    sheet = next((sheet for sheet in _open(data).sheets if sheet.name == where.sheet), None)
    if sheet is None:
        raise Unlocatable(f"no sheet {where.sheet!r}")
    sought = set(where.rows)
    found = {row.number: row for row in sheet.rows() if row.number in sought}
    if found.keys() != sought:
        raise Unlocatable(f"no row {min(sought - found.keys())}")
    return "\n".join(_line(found[number]) for number in where.rows)


def _line(row: Row) -> str:
    return "\t".join(said for value in row.cells if (said := wording(value)))


def _known(keys: frozenset[str]) -> bool:
    return any(layout.fits(keys) for layout in layouts())


def _open(data: bytes) -> Table:
    anything: tuple[Fits, ...] = (_known, lambda keys: len(keys) > 1, bool)
    for fits in anything:
        table = open_table(data, fits)
        if isinstance(table, Cannot):
            raise Unlocatable(table.code)
        if table is not None:
            return table
    raise Unlocatable("not a table")
