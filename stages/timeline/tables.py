"""timeline.json and timeline.csv."""

from __future__ import annotations

import csv
import io

import msgspec

from pipeline.model import Event, Timeline, encode
from stages.lang.spoken import full

__all__ = ["files", "safe"]

_HEADER = (
    "number",
    "time",
    "start",
    "end",
    "role",
    "text",
    "actors",
    "amount",
    "order_id",
    "exhibits",
    "quote",
    "where",
)
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def files(timeline: Timeline) -> dict[str, bytes]:
    """The two files of a timeline, by name. CSV is UTF-8 with BOM, so that a spreadsheet program opens it right."""
    shown = msgspec.to_builtins(timeline)
    del shown["notes"]
    pretty = msgspec.json.format(encode(shown), indent=2)
    return {"timeline.json": pretty + b"\n", "timeline.csv": _csv(timeline)}


def safe(cell: str) -> str:
    """A cell that no spreadsheet program takes for a formula (CWE-1236): such text gets a leading apostrophe."""
    return "'" + cell if cell.startswith(_FORMULA) else cell


def _csv(timeline: Timeline) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(_HEADER)
    for event in (*timeline.events, *timeline.untimed):
        writer.writerow([safe(cell) for cell in _row(event)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _row(event: Event) -> tuple[str, ...]:
    first = event.citations[0]
    return (
        str(event.number),
        full(event.at),
        event.at.start or "",
        event.at.end or "",
        event.role,
        event.text,
        "、".join(event.actors),
        f"{event.amount.value} {event.amount.currency}" if event.amount else "",
        event.order_id or "",
        "、".join(event.exhibits),
        first.quote,
        encode(first.where).decode(),
    )
