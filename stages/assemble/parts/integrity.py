"""The page on integrity, for a person: digests, how to check them, who held what when, and what this does not prove."""

from __future__ import annotations

from pipeline.contract import CustodyRecord, Item
from pipeline.model import bare
from stages.assemble.content import Content
from stages.assemble.layout import Book
from stages.assemble.links import catalogue_row
from stages.assemble.page import Qr
from stages.assemble.style import CELL, LABEL, LEFT, MM, MONO, RIGHT, WIDTH
from stages.assemble.table import Column, Row, table
from stages.assemble.text import Span

__all__ = ["draw_integrity", "grouped"]

_QR = 30 * MM


def draw_integrity(book: Book, content: Content) -> None:
    """Draws the section."""
    words = content.words
    book.section("integrity", words("integrity"), words("integrity-lead"))
    book.heading(words("originals"))
    columns = [Column(words("column-exhibit"), 20 * MM), Column(words("column-digest"), 78 * MM),
               Column(words("column-file"), 52 * MM), Column(words("column-bytes"), 20 * MM)]  # fmt: skip
    table(book, columns, [_original(content, item) for item in content.items])
    _manifest(book, content)
    book.heading(words("how-to-check"))
    last = "step-3-embedded" if content.is_embedded else "step-3-beside"
    for number, step in enumerate(("step-1", "step-2", last), 1):
        _step(book, str(number), words(step))
    _custody(book, content)
    book.heading(words("limits"))
    book.flow(words("limits-text"), CELL)


def grouped(digest: str) -> str:
    """64 digits in groups of eight, four groups a line."""
    groups = [digest[at : at + 8] for at in range(0, len(digest), 8)]
    return "\n".join(" ".join(groups[at : at + 4]) for at in range(0, len(groups), 4))


def _original(content: Content, item: Item) -> Row:
    exhibit = item.exhibit
    name = content.say(exhibit.name.rsplit("/", 1)[-1])
    return Row([
        [Span(exhibit.label, CELL, catalogue_row(exhibit.label))],
        [Span(grouped(bare(exhibit.digest)), MONO._replace(size=8.4))], name, f"{exhibit.bytes:,}",
    ])  # fmt: skip


def _manifest(book: Book, content: Content) -> None:
    words = content.words
    book.heading(words("manifest-heading"), keep=_QR + 6 * MM)
    top, width = book.y, WIDTH - _QR - 8 * MM
    book.draw(Qr(RIGHT - _QR, top, _QR, f"sha256:{content.manifest_digest}"))
    book.flow(words("manifest-embedded" if content.is_embedded else "manifest-beside"), CELL, LEFT, width)
    mono = MONO._replace(size=8.4)
    book.flow(grouped(content.manifest_digest), mono, LEFT, width, after=2 * MM)
    book.flow(words("evidence-head"), LABEL)
    book.flow(grouped(bare(content.custody.evidence_head)), mono, LEFT, width)
    made = content.instant(content.custody.made)
    book.flow(f"{words('made')}{words('colon')}{made}", LABEL, LEFT, width)
    book.y = max(book.y, top + _QR + 2 * MM)


def _step(book: Book, number: str, text: str) -> None:
    book.need(2 * CELL.leading)
    book.put(number, LEFT, book.y + 4.6 + CELL.leading / 2 + 0.38 * CELL.size, CELL)
    book.y += 4.6
    book.flow(text, CELL, LEFT + 8 * MM, WIDTH - 8 * MM, after=4.6)
    book.rule(book.y)


def _named(content: Content, record: CustodyRecord) -> str:
    """The file, and for a decision what was read and what a person ruled that stands there."""
    name = record.name or "—"
    if record.text is None:
        return name
    return content.words("ruling", name=name, machine=record.machine or "—", text=record.text)


def _custody(book: Book, content: Content) -> None:
    words, records = content.words, content.custody.records
    book.heading(words("custody"))
    if not records:
        book.flow(words("custody-none"), CELL)
        return
    columns = [Column(words("column-time"), 46 * MM), Column(words("column-action"), 22 * MM),
               Column(words("column-exhibit"), 18 * MM), Column(words("column-file"), WIDTH - 86 * MM)]  # fmt: skip
    rows = [
        Row([
            content.instant(record.at),
            words.known(f"action-{record.action}", record.action),
            record.label or "—",
            content.say(_named(content, record)),
        ])
        for record in records
    ]  # fmt: skip
    table(book, columns, rows)
