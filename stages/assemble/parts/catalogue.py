"""证据目录: every exhibit with its source, what it proves, its pages, and what is to be said about it."""

from __future__ import annotations

from pipeline.contract import Item
from stages.assemble.content import Content
from stages.assemble.layout import Book
from stages.assemble.links import catalogue_row, exhibit
from stages.assemble.parts.brief import quoted
from stages.assemble.style import CELL, MM, SMALL, WIDTH
from stages.assemble.table import Cell, Column, Row, table
from stages.assemble.text import Span

__all__ = ["draw_catalogue", "purposes"]

_WIDTHS = (13 * MM, 39 * MM, 31 * MM, WIDTH - 118 * MM, 16 * MM, 19 * MM)
_MOST_PURPOSES = 3


def draw_catalogue(book: Book, content: Content) -> None:
    """Draws the section."""
    words = content.words
    lead = words("catalogue-lead", page=book.known.destinations.get("integrity", 0))
    book.section("catalogue", words("catalogue"), lead)
    titles = ("number", "name", "source", "purpose", "page", "remark")
    columns = [Column(words(f"column-{key}"), width) for key, width in zip(titles, _WIDTHS, strict=True)]
    table(book, columns, [_row(book, content, item) for item in content.items])


def purposes(content: Content, item: Item) -> list[str]:
    """What an exhibit proves: "through exactly this, proves that"."""
    words, label = content.words, item.exhibit.label
    found = [words("purpose-review")] if content.is_review(item) else []
    for reason in content.reasons():
        if label in reason.exhibits and (wordings := quoted(content, reason, label)):
            says = content.say(reason.answers)
            found.append(words("purpose-answers", quotes=content.say(wordings), says=says))
        elif label in reason.exhibits:
            quotes = [quote.citation.quote for quote in reason.quotes if quote.citation.exhibit == label]
            fact = content.say(reason.text).rstrip("。.")
            key = "purpose-by" if quotes else "purpose"
            found.append(words(key, quote=content.say("".join(quotes[:1])), fact=fact))
    return list(dict.fromkeys(found))


def _row(book: Book, content: Content, item: Item) -> Row:
    own = item.exhibit
    link = exhibit(own.label)
    soft = SMALL._replace(leading=CELL.leading)
    name = [Span(content.name(item), CELL, link), Span("\n" + content.say(own.name.rsplit("/", 1)[-1]), soft)]
    pages = book.known.exhibits.get(own.label)
    shown = "—" if pages is None else f"{pages[0]}" if pages[0] == pages[1] else f"{pages[0]}–{pages[1]}"
    cells: list[Cell] = [
        [Span(own.label, CELL, link)], name, _source(content, item), _purpose(content, item),
        [Span(shown, CELL, link)], _remark(content, item),
    ]  # fmt: skip
    return Row(cells, catalogue_row(own.label))


def _packed(content: Content, parent: str) -> str:
    """What an exhibit came in: an archive, or a mail."""
    kinds = {item.exhibit.label: item.ingested.kind for item in content.items if item.ingested}
    return "source-archive" if kinds.get(parent) == "archive" else "source-mail"


def _source(content: Content, item: Item) -> str:
    words, own = content.words, item.exhibit
    source = words(_packed(content, own.parent), label=own.parent) if own.parent else words("source-inbox")
    if item.ingested and item.ingested.kind in ("image", "pdf"):
        return source
    formats = dict.fromkeys(reading.format for reading in item.readings if reading.records)
    named = [words.format(name) for name in formats if name != "none"]
    return words("source-reader", source=source, format=words("comma").join(named)) if named else source


def _purpose(content: Content, item: Item) -> str:
    words, found = content.words, purposes(content, item)
    if item.status in {"unread", "withdrawn"} and not found:
        return words("purpose-unused")
    if not found:
        return words("purpose-none")
    shown = words("semicolon").join(found[:_MOST_PURPOSES])
    more = len(found) - _MOST_PURPOSES
    return shown + words("semicolon") + words("purpose-more", count=more) if more > 0 else shown


def _remark(content: Content, item: Item) -> str:
    words = content.words
    parts = [words(f"status-{item.status}")]
    shot = content.shots.get(item.exhibit.label)
    if shot and shot.hidden:
        parts.append(words("masked"))
    if len(item.exhibit.receipts) > 1:
        parts.append(words("received-twice", count=len(item.exhibit.receipts)))
    return words("comma").join(parts)
