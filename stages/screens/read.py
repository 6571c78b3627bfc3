"""One reading of lines in, the same reading with what the lines mean out."""

from __future__ import annotations

import msgspec

from pipeline.contract import Inputs
from pipeline.model import Ingested, Line, Note, Reading, Record
from stages.screens import Params
from stages.screens.capture import anchor_of
from stages.screens.layouts import LAYOUTS
from stages.screens.page import Context, Found, Layout, Page
from stages.screens.split import pages_of

__all__ = ["read", "read_page"]


def read(inputs: Inputs, params: Params) -> Reading:
    """The exhibit's lines, each with its role, and after them the records of each of its screens."""
    seen: Reading = inputs.documents["decisions"]
    ingested: Ingested = inputs.documents["ingest"]
    dated: Reading | None = inputs.documents.get("exif")
    lines: list[Line] = []
    records: list[Record] = []
    notes: list[Note] = list(seen.notes)
    others = [record for record in seen.records if not isinstance(record, Line)]
    for page in pages_of([record for record in seen.records if isinstance(record, Line)], ingested):
        anchor, said = anchor_of(page, dated)
        found = read_page(page, Context(zone=params.zone, people=params.people, anchor=anchor))
        roles = found.roles
        lines += [msgspec.structs.replace(line, role=roles.get(at, "text")) for at, line in enumerate(page.lines)]
        records += found.records
        notes += [*said, *found.notes]
    return msgspec.structs.replace(seen, records=(*lines, *others, *records), notes=tuple(notes))


def read_page(page: Page, context: Context, layouts: tuple[Layout, ...] = LAYOUTS) -> Found:
    """What the best of the layouts finds on a page; nothing where none knows it, or two as well."""
    scored = [(score.value, layout) for layout in layouts if (score := layout.sniff(page)) is not None]
    best = max((value for value, _ in scored), default=0.0)
    winners = [layout for value, layout in scored if value == best and value > 0]
    if len(winners) == 1:
        return winners[0].read(page, context)
    if winners:
        return Found(notes=(Note(code="screen-tie", values={"screens": "、".join(layout.id for layout in winners)}),))
    return Found()
