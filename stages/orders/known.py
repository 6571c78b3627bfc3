"""A reader from a format's declaration: recognised by the names of its columns, and by a banner where it has one."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from pipeline.contract import Reader, Score, Source
from pipeline.model import Note, Reading
from pipeline.moment import Zone
from stages.lang.text import header_key
from stages.lang.times import DateOrder
from stages.orders.engine import Engine, Found, refused
from stages.orders.layout import Column, Format, Layout, Rules, layout_in
from stages.orders.params import Params, params_of, stream_of
from stages.sheets.cells import wording
from stages.sheets.container import Cannot, Row, Sheet, header_keys, open_table
from stages.sheets.headers import Header, first_row, header_of, top_rows

__all__ = ["known", "layouts"]


@cache
def layouts() -> tuple[Layout, ...]:
    """All declared formats, in order of their ids."""
    folder = files("stages.orders") / "formats"
    found = [layout_in(file.read_text("utf-8")) for file in folder.iterdir() if file.name.endswith(".toml")]
    return tuple(sorted(found, key=lambda layout: layout.format.id))


def known(layout: Layout) -> Reader:
    """The reader of a layout."""

    def sniff(source: Source) -> Score | None:
        return _sniff(layout, source)

    def read(source: Source) -> Reading:
        return _read(layout, source)

    found = layout.format
    return Reader(id=found.id, version=found.version, grade=found.grade, sniff=sniff, read=read)


def _sniff(layout: Layout, source: Source) -> Score | None:
    """The more of a layout's names a header holds, the surer; a sheet that cannot be seen does not count."""
    table = open_table(source.data, layout.fits, whole=False, chinese=layout.is_chinese)
    if table is None or isinstance(table, Cannot):
        return None
    rows = (first_row(sheet, layout.fits, layout.banner) for sheet in table.sheets if sheet.visible)
    matched = max((layout.matched(header_keys(row.cells)) for row in rows if row), default=0)
    return Score(value=matched / (matched + 1), reason="columns-known") if matched else None


def _read(layout: Layout, source: Source) -> Reading:
    params = params_of(source)
    found = layout.format
    tag = f"{found.id}@{found.version}"
    table = open_table(source.data, layout.fits, stream=stream_of(source), chinese=layout.is_chinese)
    if table is None:
        return refused(tag, found.id, "header-not-found")
    if isinstance(table, Cannot):
        return refused(tag, found.id, table.code, offset=table.offset)
    engine = Engine(tag, found.id, params.only, params.links)

    def find(sheet: Sheet) -> Found | None:
        row = first_row(sheet, layout.fits, layout.banner)
        damaged = tuple(row.number for row in top_rows(sheet) if not row.decoded) if row is None else ()
        if damaged:
            engine.lose(sheet, "header-not-decodable", damaged)
            return None
        if row is None or not sheet.visible:
            engine.notes.extend(_passed_over(sheet))
            return None
        header = header_of(row, layout.columns)
        return Found(sheet, header, _rules(found, header, _zone(found, sheet, row, params), params.date_order))

    return engine.read(table, find)


def _zone(found: Format, sheet: Sheet, header: Row, params: Params) -> Zone | None:
    """The zone that the format or a row above the header states, else the case's."""
    if found.zone is not None and found.zone_stated is None:
        return Zone(name=found.zone, basis="stated")
    if found.zone is not None and found.zone_stated is not None:
        stated = re.compile(found.zone_stated)
        above = (row for row in top_rows(sheet) if row.number < header.number)
        if any(stated.search(wording(cell)) for row in above for cell in row.cells):
            return Zone(name=found.zone, basis="stated")
    return None if found.local and params.zone and params.zone.basis != "case" else params.zone


def _rules(found: Format, header: Header, zone: Zone | None, order: DateOrder | None) -> Rules:
    amounts = {*found.units, *found.negated}
    return Rules(
        kind=found.kind,
        by=found.by,
        columns={name: Column("", found.units.get(name, "yuan"), name in found.negated) for name in amounts},
        zone=zone,
        order=found.date_order or order,
        proves_order=found.proves_order,
        currency=found.currency,
        directions={header_key(word): way for word, way in found.directions.items()},
        sides=found.sides,
        combine=_places(found.combine, header),
        fill_down=_places(found.fill_down, header),
        ends=re.compile(found.ends) if found.ends else None,
        declares={name: re.compile(pattern) for name, pattern in found.declares.items()},
        nulls=frozenset(token.casefold() for token in found.nulls),
        withheld=tuple(map(header_key, found.withheld)),
        to_the_second=found.to_the_second,
    )


def _places(names: tuple[str, ...], header: Header) -> tuple[int, ...]:
    """Where those of the named columns stand that are there."""
    return tuple(place for name in names if (place := header.place(name)) is not None)


def _passed_over(sheet: Sheet) -> list[Note]:
    """What is said of a sheet that is not read; an empty one is passed over in silence."""
    if next(iter(sheet.rows()), None) is None:
        return []
    code = "sheet-hidden" if not sheet.visible else "sheet-other"
    return [Note(code=code, values={"sheet": sheet.name})]
