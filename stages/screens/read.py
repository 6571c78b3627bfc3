"""One reading of lines in, the same reading with what the lines mean out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import msgspec

from pipeline.contract import Inputs
from pipeline.model import Ingested, Line, LineRole, Message, Note, Reading, Record, Review, Trade
from pipeline.moment import Moment
from stages.lang.screen_times import Conflict, resolve
from stages.screens import Params
from stages.screens.capture import anchor_of, saved_by
from stages.screens.dates import is_unordered, order_in
from stages.screens.foreign import own_orders
from stages.screens.layouts import LAYOUTS
from stages.screens.order import page_order
from stages.screens.page import Context, Found, Layout, Page
from stages.screens.split import pages_of
from stages.screens.status import roles_of

__all__ = ["read", "read_page"]

CONFLICTS: dict[Conflict, str] = {
    "time-after-capture": "screen-time-after-capture",
    "time-ambiguous": "screen-time-ambiguous",
    "time-mark-disagrees": "screen-time-mark-disagrees",
    "time-no-such-day": "screen-time-no-such-day",
    "time-weekday-disagrees": "screen-time-weekday-disagrees",
}
"""What is wrong with a time, and the note that says so."""


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
        anchor, said = anchor_of(page, dated, zone=params.zone)
        order = params.date_order or order_in(line.text for line in page.lines)
        context = Context(zone=params.zone, people=params.people, anchor=anchor, date_order=order)
        page = _with_roles(page, roles_of(page))
        found = read_page(page, context)
        shown = _with_roles(page, found.roles)
        lines += [shown.lines[at] for at in page_order(shown)]
        records += found.records
        notes += [*said, *found.notes, *_conflicts(found.records, context)]
        notes += _undated(found.records, dated) if anchor is None and not said else ()
    own, left_out = own_orders(records, params.only)
    return msgspec.structs.replace(seen, records=(*lines, *others, *own), notes=_once([*notes, *left_out]))


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


def _once(notes: Sequence[Note]) -> tuple[Note, ...]:
    return tuple(note for at, note in enumerate(notes) if note not in notes[:at])


def _with_roles(page: Page, roles: Mapping[int, LineRole]) -> Page:
    lines = tuple(msgspec.structs.replace(line, role=roles.get(at, line.role)) for at, line in enumerate(page.lines))
    return replace(page, lines=lines)


def _conflicts(records: Iterable[Record], context: Context) -> Iterator[Note]:
    """A note for each time that contradicts itself or the capture."""
    for record in records:
        for at in _moments(record):
            if is_unordered(at):
                yield Note(code="screen-date-order", values={"text": at.said}, where=record.where)
            resolved = resolve(at.said, zone=context.zone, anchor=context.anchor)
            if resolved is not None and resolved.conflict is not None:
                anchor = context.anchor.basis.split(" (")[0] if context.anchor else ""
                code = CONFLICTS[resolved.conflict]
                yield Note(code=code, values={"text": at.said, "capture": anchor}, where=record.where)


def _undated(records: Iterable[Record], dated: Reading | None) -> tuple[Note, ...]:
    """A note on times that have no date because nothing says when the screen was captured."""
    times = (at for record in records for at in _moments(record) if not is_unordered(at))
    said = next((at.said for at in times if at.date == "unknown"), None)
    if said is None:
        return ()
    saved = saved_by(dated)
    if saved is not None:
        return (Note(code="screen-saved-only", values={"text": said, "saved": saved}),)
    return (Note(code="screen-undated", values={"text": said}),)


def _moments(record: Record) -> Iterator[Moment]:
    """The times of a record."""
    if isinstance(record, Message | Review):
        times: Iterable[Moment | None] = (record.at,)
    elif isinstance(record, Trade):
        times = msgspec.structs.astuple(record.times)
    else:
        times = ()
    return (at for at in times if at is not None)
