"""Names of destinations, and how exhibits and pages are named where something refers to them."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.locate import Locator
from pipeline.model import Citation, Event, Reason, label_key
from stages.assemble.layout import Book
from stages.assemble.style import SOFT, Style
from stages.assemble.text import Span
from stages.assemble.words import Words

__all__ = ["Refs", "catalogue_row", "cited", "exhibit", "page_name", "pages_of", "place", "references", "where_words"]

_ON_ONE_LINE = 4  # exhibits and pages that are named on one line
_MOST_PAGES = 4

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


def pages_of(book: Book, citations: Iterable[Citation]) -> Refs:
    """Each exhibit that is cited, with every page that shows what is cited."""
    found = {(citation.exhibit, page) for citation in citations if (page := cited(book, citation)) is not None}
    return sorted(found, key=_order)


def references(book: Book, reason: Reason, events: dict[str, Event]) -> Refs:
    """Each exhibit a reason rests on, with every page that shows what is meant; else with its first."""
    cites = [quote.citation for quote in reason.quotes]
    cites += [citation for event in reason.events if event in events for citation in events[event].citations]
    found = pages_of(
        book, (citation for citation in cites if not reason.exhibits or citation.exhibit in reason.exhibits)
    )
    shown = {label for label, _ in found}
    found += [
        (label, book.known.exhibits[label][0])
        for label in reason.exhibits
        if label not in shown and label in book.known.exhibits
    ]
    return sorted(found, key=_order)


def _order(reference: tuple[str, int]) -> tuple[tuple[int, ...], int]:
    return label_key(reference[0]), reference[1]


def place(words: Words, refs: Refs, style: Style, *, inline: bool = False) -> list[Span]:
    """「证据 2、3 · 第 9、14 页」, every number a link; on two lines if there are many and it is not `inline`."""
    if not refs:
        return [Span("—", style.in_(SOFT))]
    separator = Span(words("comma"), style)
    names = list(dict.fromkeys(label for label, _ in refs))
    numbers = sorted({page for _, page in refs})
    labels = _joined([Span(label, style, exhibit(label)) for label in names], separator)
    pages = _joined([Span(str(page), style, page_name(page)) for page in numbers[:_MOST_PAGES]], separator)
    many = "s" if len(numbers) > 1 else ""
    after = words("pages-more" if len(numbers) > _MOST_PAGES else "pages-after")
    between = " · " if inline or len(names) + len(numbers) <= _ON_ONE_LINE else "\n"
    word = Span(words("exhibits-word" if len(names) > 1 else "exhibit-word"), style)
    return [word, *labels, Span(between + words(f"page{many}-before"), style), *pages, Span(after, style)]


def where_words(words: Words, where: Locator) -> str:
    """A place inside a file, in words."""
    parts = [words("place-member", name=where.member)] if where.member else []
    if where.lines:
        first, last = where.lines
        parts.append(
            words("place-line", first=first) if first == last else words("place-lines", first=first, last=last)
        )
    if where.rows:
        sheet = words("place-sheet", name=where.sheet) if where.sheet else ""
        key = "place-row" if len(where.rows) == 1 else "place-rows"
        parts.append(sheet + words(key, rows=words("comma").join(map(str, where.rows))))
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
