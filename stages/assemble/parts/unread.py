"""What could not be read, and what the readers had to say: as easy to find as the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pipeline.contract import Item
from pipeline.model import Note, Unread, encode
from stages.assemble.content import Content
from stages.assemble.layout import Book
from stages.assemble.links import catalogue_row, exhibit, where_words
from stages.assemble.style import BODY, CELL, MM, SMALL, WIDTH
from stages.assemble.table import Column, Row, table
from stages.assemble.text import Span

__all__ = ["draw_unread"]

_MOST_ALIKE = 8  # rows of one kind for one exhibit
_WIDTHS = (15 * MM, 46 * MM, WIDTH - 97 * MM, 36 * MM)


def draw_unread(book: Book, content: Content) -> None:
    """Draws the section."""
    words = content.words
    lead = words("unread-lead", page=book.known.destinations.get("integrity", 0))
    book.section("unread", words("unread"), lead)
    book.heading(words("unread-heading"))
    rows = [row for item in content.items for row in _reached(content, item, _unread(content, item))]
    if rows:
        table(book, _columns(content), rows)
    else:
        book.flow(words("unread-all-read"), BODY)
    book.heading(words("notes-heading"))
    notes = [row for item in content.items for row in _said(content, item, _once(item.notes))]
    general = (*content.notes, *content.timeline.notes, *content.appraisal.notes, *book.known.notes)
    notes += [_row(content, None, words.why(note), note) for note in _once(general)]
    if notes:
        table(book, _columns(content), notes)
    else:
        book.flow(words("notes-none"), BODY)
    for item in content.items:
        if not content.has_pages(item):
            name = exhibit(item.exhibit.label)
            page, _ = book.destinations.setdefault(name, book.destinations["unread"])
            book.exhibits[item.exhibit.label] = (page, page)


def _columns(content: Content) -> list[Column]:
    titles = ("exhibit", "file", "reason", "where")
    return [Column(content.words(f"column-{key}"), width) for key, width in zip(titles, _WIDTHS, strict=True)]


def _unread(content: Content, item: Item) -> list[Row]:
    words = content.words
    if item.status == "withdrawn":
        return [_row(content, item, words("withdrawn-note"), None)]
    rows = _said(content, item, item.unread)
    if item.status == "unread" and not rows:
        rows.append(_row(content, item, words("unread-no-reason"), None))
    return rows


def _said(content: Content, item: Item, notes: Sequence[Note | Unread]) -> list[Row]:
    """A row for each; of very many of one kind the first, and how many more there are."""
    words = content.words
    counts = Counter(note.code for note in notes)
    seen = Counter[str]()
    rows = []
    for note in notes:
        seen[note.code] += 1
        if counts[note.code] <= _MOST_ALIKE or seen[note.code] < _MOST_ALIKE:
            rows.append(_row(content, item, words.why(note), note))
        elif seen[note.code] == _MOST_ALIKE:
            more = words("notes-more", count=f"{counts[note.code] - _MOST_ALIKE + 1:,}", text=words.why(note))
            rows.append(_row(content, item, more, None))
    return rows


def _reached(content: Content, item: Item, rows: list[Row]) -> list[Row]:
    """The rows of an exhibit; what leads to one without pages of its own leads to the first."""
    if not rows or content.has_pages(item):
        return rows
    return [rows[0]._replace(name=exhibit(item.exhibit.label)), *rows[1:]]


def _once(notes: Iterable[Note]) -> list[Note]:
    """Each note once, however many readers give it."""
    return list({encode(note): note for note in notes}.values())


def _row(content: Content, item: Item | None, why: str, note: Note | Unread | None) -> Row:
    words = content.words
    where = note.where if note else None
    place = content.say(where_words(words, where)) if where else ""
    if item is None:
        return Row([words("general"), "", content.say(why), place])
    label = item.exhibit.label
    return Row([
        [Span(label, CELL, catalogue_row(label))], [Span(content.say(item.exhibit.name), CELL)],
        content.say(why), [Span(place, SMALL)],
    ])  # fmt: skip
