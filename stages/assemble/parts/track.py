"""A parcel's scans as a track: one row a scan, with the place in the file where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.contract import Item
from pipeline.model import Mark, Scan
from stages.assemble.content import Content
from stages.assemble.layout import Book
from stages.assemble.links import where_words
from stages.assemble.style import ACCENT, CELL, MM, SMALL, WIDTH
from stages.assemble.table import Column, Row, table
from stages.assemble.text import Span

__all__ = ["draw_track", "tracks_of"]

_COLUMNS = (("time", 38 * MM), ("state", 24 * MM), ("value", WIDTH - 90 * MM), ("place", 28 * MM))


def tracks_of(records: Sequence[object]) -> Iterator[list[Scan]]:
    """The scans of each parcel, in the order of the file."""
    tracks: dict[tuple[str, ...], list[Scan]] = {}
    for record in records:
        if isinstance(record, Scan):
            tracks.setdefault(tuple(part.number for part in record.tracking), []).append(record)
    yield from tracks.values()


def draw_track(book: Book, content: Content, item: Item, scans: Sequence[Scan], marks: Sequence[Mark]) -> None:
    """Draws the scans of one parcel; what is cited stands out, with the numbers of its marks."""
    words = content.words
    first = scans[0]
    number = next((part.number for part in first.tracking), first.order_id or first.transaction_id or "")
    book.heading(words("record-track", id=number, count=len(scans)))
    columns = [Column(words(f"column-{name}"), width) for name, width in _COLUMNS]
    table(book, columns, (_row(book, content, item, scan, marks) for scan in scans))


def _row(book: Book, content: Content, item: Item, scan: Scan, marks: Sequence[Mark]) -> Row:
    own = [mark for mark in marks if mark.where == scan.where]
    for place in (scan.where, *(mark.where for mark in own)):
        book.show(item.exhibit.label, place)
    style = CELL.bold().in_(ACCENT) if own else CELL
    at = scan.times.scanned or scan.times.signed
    numbers = "".join(f" {mark.number}" for mark in own)
    return Row([
        [Span(content.words.time(at) if at else content.words("unknown"), style)],
        [Span(content.say(scan.status or ""), style)],
        [Span(content.say(scan.text or ""), style)],
        [Span(content.say(where_words(content.words, scan.where)), SMALL), Span(numbers, SMALL.bold().in_(ACCENT))],
    ])  # fmt: skip
