"""The exhibits, one after another: pictures, records, chats, each under its own number."""

from __future__ import annotations

from pipeline.contract import Item
from pipeline.model import Line, Message
from stages.assemble.content import Content
from stages.assemble.layout import Book
from stages.assemble.links import catalogue_row, exhibit
from stages.assemble.masks import TRADES
from stages.assemble.parts.picture import draw_picture
from stages.assemble.parts.sheet import draw_sheet
from stages.assemble.parts.transcript import draw_transcript
from stages.assemble.style import CELL, HEAD, LABEL, LEFT, MM
from stages.assemble.table import Column, Row, table
from stages.assemble.text import Span

__all__ = ["draw_exhibits"]


def draw_exhibits(book: Book, content: Content) -> None:
    """Draws every exhibit that has something to show; the others stand in the part on what was not read."""
    shown = [item for item in content.items if content.has_pages(item)]
    for at, item in enumerate(shown):
        label = item.exhibit.label
        first = len(book.pages) + 1
        _open(book, content, item, is_first=at == 0)
        _draw(book, content, item)
        book.exhibits[label] = (first, len(book.pages))
        _number_parts(book, content, label)


def _open(book: Book, content: Content, item: Item, *, is_first: bool) -> None:
    """The exhibit's first page, with its entry in the outline."""
    words, label = content.words, item.exhibit.label
    name = f"{words('exhibit', label=label)} {content.name(item)}"
    kind = "clean-page" if label in content.shots else "printed-page"
    book.open(f"{words('exhibit', label=label)} · {content.name(item)} · {words(kind)}", words("exhibit", label=label))
    if is_first:
        book.reach("exhibits", words("exhibits"))
    page = book.known.exhibits.get(label, (book.page.number, 0))[0]
    book.reach(exhibit(label), f"{name} · {words('page', page=page)}", 1)
    book.flow(content.heading(item, catalogue_row(label)), HEAD)


def _number_parts(book: Book, content: Content, label: str) -> None:
    """The feet of an exhibit's pages say which of how many they are."""
    first, last = book.exhibits[label]
    if last > first:
        for page in book.pages[first - 1 : last]:
            page.foot += content.words("part", part=page.number - first + 1, parts=last - first + 1)


def _draw(book: Book, content: Content, item: Item) -> None:
    records = [record for reading in item.readings for record in reading.records]
    is_picture = item.exhibit.label in content.shots
    if is_picture:
        draw_picture(book, content, item)
    parts = (
        (draw_sheet, any(isinstance(record, TRADES) for record in records) and not is_picture),
        (draw_transcript, any(isinstance(record, Message) for record in records) and not is_picture),
        (_members, bool(item.ingested and item.ingested.members)),
    )
    chosen = [draw for draw, applies in parts if applies]
    for draw in chosen:
        draw(book, content, item)
    if not chosen and not is_picture:
        _lines(book, content, item)


def _members(book: Book, content: Content, item: Item) -> None:
    """What an archive or a mail holds, each file with the exhibit it became."""
    words = content.words
    is_archive = item.ingested is not None and item.ingested.kind == "archive"
    book.flow(words("archive-lead" if is_archive else "mail-lead"), LABEL._replace(size=9, leading=14), after=4 * MM)
    members = [other for other in content.items if other.exhibit.parent == item.exhibit.label]
    widths = (("column-number", 24 * MM), ("column-file", 108 * MM), ("column-bytes", 38 * MM))
    columns = [Column(words(key), width) for key, width in widths]
    rows = [
        Row([[Span(other.exhibit.label, CELL, exhibit(other.exhibit.label))], content.say(other.exhibit.name),
             f"{other.exhibit.bytes:,}"])
        for other in members
    ]  # fmt: skip
    table(book, columns, rows)


def _lines(book: Book, content: Content, item: Item) -> None:
    """Lines of text that stand in no picture, and records of other kinds, as they were read."""
    book.flow(content.words("plain-lead"), LABEL._replace(size=9, leading=14), after=4 * MM)
    for reading in item.readings:
        for record in reading.records:
            book.show(item.exhibit.label, record.where)
            text = getattr(record, "text", None) or getattr(record, "basis", "")
            if text and isinstance(record, Line):
                book.flow(content.say(text), CELL, LEFT)
