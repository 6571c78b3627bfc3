"""Names of destinations, and how exhibits and pages are named where something refers to them."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.locate import Locator
from pipeline.model import Citation, Event, Reason, label_key
from stages.assemble.layout import Book
from stages.assemble.style import SOFT, Style
from stages.assemble.text import Span
from stages.assemble.words import Words

__all__ = ["Refs", "catalogue_row", "cited", "exhibit", "page_name", "place", "references", "where_words"]

_ON_ONE_LINE = 2  # exhibits that are named on one line with their pages

Refs = list[tuple[str, int]]
"""Exhibits by label, each with the page that shows what is meant."""


def exhibit(label: str) -> str:
    """The destination of an exhibit's first page."""
    return f"exhibit-{label}"


def catalogue_row(label: str) -> str:
    """The destination of an exhibit's row in the catalogue."""
    return f"catalogue-{label}"


def page_name(page: int) -> str:
    """The destination of a page as such."""
    return f"page-{page}"


def cited(book: Book, citation: Citation) -> int | None:
    """The page that shows what a citation cites, as far as an earlier pass knows."""
    found = book.known.placed.get((citation.exhibit, citation.where))
    span = book.known.exhibits.get(citation.exhibit)
    return found or (span[0] if span else None)


def references(book: Book, reason: Reason, events: dict[str, Event]) -> Refs:
    """Each exhibit a reason rests on, with the first page that shows it."""
    cites = [quote.citation for quote in reason.quotes]
    cites += [citation for event in reason.events if event in events for citation in events[event].citations]
    pages: dict[str, int] = {}
    for citation in cites:
        page = cited(book, citation)
        if page is not None and (not reason.exhibits or citation.exhibit in reason.exhibits):
            pages.setdefault(citation.exhibit, page)
    for label in reason.exhibits:
        if label in book.known.exhibits:
            pages.setdefault(label, book.known.exhibits[label][0])
    return sorted(pages.items(), key=lambda entry: label_key(entry[0]))


def place(words: Words, refs: Refs, style: Style, *, inline: bool = False) -> list[Span]:
    """「证据 2、3 · 第 9、14 页」, every number a link; on two lines if there are many and it is not `inline`."""
    if not refs:
        return [Span("—", style.in_(SOFT))]
    separator = Span(words("comma"), style)
    labels = _joined([Span(label, style, exhibit(label)) for label, _ in refs], separator)
    pages = _joined([Span(str(page), style, page_name(page)) for page in sorted({page for _, page in refs})], separator)
    before, after = words("pages-before"), words("pages-after")
    between = " · " if inline or len(refs) <= _ON_ONE_LINE else "\n"
    return [Span(words("exhibit-word"), style), *labels, Span(between + before, style), *pages, Span(after, style)]


def where_words(words: Words, where: Locator) -> str:
    """A place inside a file, in words."""
    parts = [words("place-member", name=where.member)] if where.member else []
    if where.lines:
        first, last = where.lines
        parts.append(
            words("place-line", first=first) if first == last else words("place-lines", first=first, last=last)
        )
    if where.sheet is not None and where.rows:
        parts.append(f"{where.sheet}!{', '.join(map(str, where.rows))}")
    if where.page is not None:
        parts.append(words("place-page", page=where.page))
    if where.frame is not None:
        parts.append(words("place-frame", frame=where.frame))
    parts += [value for value in (where.pointer, where.tag) if value]
    if where.box:
        parts.append(words("place-box", box=", ".join(f"{side:.0f}" for side in where.box)))
    if where.span:
        parts.append(words("place-bytes", first=where.span[0], last=where.span[1]))
    return " ".join(parts)


def _joined(spans: Iterable[Span], separator: Span) -> list[Span]:
    joined: list[Span] = []
    for span in spans:
        joined += [separator, span] if joined else [span]
    return joined
