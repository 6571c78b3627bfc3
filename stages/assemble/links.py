"""Names of destinations, and how exhibits and pages are named where something refers to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.locate import Locator
from pipeline.model import Citation, Event, Reason, label_key
from stages.assemble.layout import Book
from stages.assemble.style import SOFT, Style
from stages.assemble.text import Span
from stages.assemble.words import Words

__all__ = [
    "Ref",
    "Refs",
    "catalogue_row",
    "cited",
    "exhibit",
    "message_name",
    "page_name",
    "pages_of",
    "place",
    "ref_order",
    "references",
    "where_words",
]

_ON_ONE_LINE = 4  # exhibits and pages that are named on one line
_MOST_PAGES = 4
_MOST_MESSAGES = 3


class Ref(NamedTuple):
    """An exhibit by its label, the page that shows what is meant, and the message's number if it is one."""

    label: str
    page: int
    message: int = 0


Refs = list[Ref]


def exhibit(label: str) -> str:
    """The destination of an exhibit's first page."""
    return f"exhibit-{label}"


def catalogue_row(label: str) -> str:
    """The destination of an exhibit's row in the catalogue."""
    return f"catalogue-{label}"


def page_name(page: int) -> str:
    """The destination of a page as such."""
    return f"page-{page}"


def message_name(label: str, number: int) -> str:
    """The destination of a message in an exhibit's transcript."""
    return f"message-{label}-{number}"


def cited(book: Book, citation: Citation) -> int | None:
    """The page that shows what a citation cites, as far as an earlier pass knows."""
    found = book.known.placed.get((citation.exhibit, citation.where))
    span = book.known.exhibits.get(citation.exhibit)
    return found or (span[0] if span else None)


def pages_of(book: Book, citations: Iterable[Citation]) -> Refs:
    """Each exhibit that is cited, with every page that shows what is cited."""
    found = {
        Ref(citation.exhibit, page, book.known.messages.get((citation.exhibit, citation.where), 0))
        for citation in citations
        if (page := cited(book, citation)) is not None
    }
    return sorted(found, key=ref_order)


def references(book: Book, reason: Reason, events: dict[str, Event]) -> Refs:
    """Each exhibit a reason rests on, with every page that shows what is meant; else with its first."""
    cites = [quote.citation for quote in reason.quotes]
    cites += [citation for event in reason.events if event in events for citation in events[event].citations]
    found = pages_of(
        book, (citation for citation in cites if not reason.exhibits or citation.exhibit in reason.exhibits)
    )
    shown = {ref.label for ref in found}
    found += [
        Ref(label, book.known.exhibits[label][0])
        for label in reason.exhibits
        if label not in shown and label in book.known.exhibits
    ]
    return sorted(found, key=ref_order)


def ref_order(ref: Ref) -> tuple[tuple[int, ...], int, int]:
    """The order in which references are named."""
    return label_key(ref.label), ref.page, ref.message


def place(words: Words, refs: Sequence[Ref], style: Style, *, inline: bool = False) -> list[Span]:
    """「证据 2、3 第 27 条 · 第 9、14 页」, every number a link; on two lines if they are many, unless `inline`."""
    if not refs:
        return [Span("—", style.in_(SOFT))]
    separator = Span(words("comma"), style)
    names = list(dict.fromkeys(ref.label for ref in refs))
    numbers = sorted({ref.page for ref in refs})
    messages = {name: sorted({ref.message for ref in refs if ref.label == name and ref.message}) for name in names}
    labels = _joined([_named(words, name, messages[name], style) for name in names], [separator])
    pages = _joined([[Span(str(page), style, page_name(page))] for page in numbers[:_MOST_PAGES]], [separator])
    many = "s" if len(numbers) > 1 else ""
    after = words("pages-more" if len(numbers) > _MOST_PAGES else "pages-after")
    is_short = len(names) + len(numbers) <= _ON_ONE_LINE and not any(messages.values())
    between = " · " if inline or is_short else "\n"
    word = Span(words("exhibits-word" if len(names) > 1 else "exhibit-word"), style)
    return [word, *labels, Span(between + words(f"page{many}-before"), style), *pages, Span(after, style)]


def _named(words: Words, label: str, messages: Sequence[int], style: Style) -> list[Span]:
    """An exhibit, with the numbers of its messages that are meant."""
    name = Span(label, style, exhibit(label))
    if not messages:
        return [name]
    numbers = [[Span(str(number), style, message_name(label, number))] for number in messages[:_MOST_MESSAGES]]
    key = "messages-more" if len(messages) > _MOST_MESSAGES else "messages-after"
    shown = _joined(numbers, [Span(words("comma"), style)])
    return [name, Span(words("messages-before"), style), *shown, Span(words(key, count=len(messages)), style)]


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


def _joined(parts: Iterable[Sequence[Span]], separator: Sequence[Span]) -> list[Span]:
    joined: list[Span] = []
    for part in parts:
        joined += [*separator, *part] if joined else part
    return joined
