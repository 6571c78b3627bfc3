"""A reader from a layout: formats that are recognised by the names of their columns."""

from __future__ import annotations

from pipeline.contract import Reader, Score, Source
from pipeline.model import Note, Reading
from stages.orders.engine import Engine, Found, refused
from stages.orders.layout import Layout, Rules
from stages.orders.params import params_of
from stages.sheets.container import Cannot, Sheet, header_keys, open_table
from stages.sheets.headers import first_row, header_of, top_rows

__all__ = ["known"]


def known(layout: Layout, *, grade: str) -> Reader:
    """The reader of a layout."""

    def sniff(source: Source) -> Score | None:
        return _sniff(layout, source)

    def read(source: Source) -> Reading:
        return _read(layout, source)

    return Reader(id=layout.id, version=layout.version, grade=grade, sniff=sniff, read=read)


def _sniff(layout: Layout, source: Source) -> Score | None:
    """The more of a layout's names a header holds, the surer; a sheet that cannot be seen does not count."""
    table = open_table(source.data, layout.fits, whole=False)
    if table is None or isinstance(table, Cannot):
        return None
    keys = (header_keys(row.cells) for sheet in table.sheets if sheet.visible for row in top_rows(sheet))
    matched = max((layout.matched(names) for names in keys if layout.fits(names)), default=0)
    return Score(value=matched / (matched + 1), reason="columns-known") if matched else None


def _read(layout: Layout, source: Source) -> Reading:
    params = params_of(source)
    tag = f"{layout.id}@{layout.version}"
    table = open_table(source.data, layout.fits)
    if table is None:
        return refused(tag, layout.id, "header-not-found")
    if isinstance(table, Cannot):
        return refused(tag, layout.id, table.code, offset=table.offset)
    engine = Engine(tag, layout.id, params.only)
    rules = Rules(zone=params.zone, withheld=layout.withheld, to_the_second=layout.to_the_second)

    def find(sheet: Sheet) -> Found | None:
        row = first_row(sheet, layout.fits)
        if row is None or not sheet.visible:
            engine.notes.extend(_passed_over(sheet))
            return None
        return Found(sheet, header_of(row, layout.columns), rules)

    return engine.read(table, find)


def _passed_over(sheet: Sheet) -> list[Note]:
    """What is said of a sheet that is not read; an empty one is passed over in silence."""
    if next(iter(sheet.rows()), None) is None:
        return []
    code = "sheet-hidden" if not sheet.visible else "sheet-other"
    return [Note(code=code, values={"sheet": sheet.name})]
