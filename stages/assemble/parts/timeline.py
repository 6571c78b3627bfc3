"""The timeline: every dated fact in order, what its time rests on, and where it stands."""

from __future__ import annotations

from pipeline.model import Event
from stages.assemble.content import Content
from stages.assemble.layout import Book
from stages.assemble.links import exhibit, pages_of, place
from stages.assemble.style import BODY, CELL, INK, LEFT, MM, SMALL, WIDTH
from stages.assemble.table import Column, Row, table
from stages.assemble.text import Span
from stages.assemble.words import Words

__all__ = ["draw_timeline"]

_LONGEST = 160  # characters of an event's text
_DOUBTFUL = frozenset({"disputed", "corrected"})
_WIDTHS = (10 * MM, 45 * MM, 19 * MM, WIDTH - 112 * MM, 38 * MM)


def draw_timeline(book: Book, content: Content) -> None:
    """Draws the section."""
    words, line = content.words, content.timeline
    book.section("timeline", words("timeline"), words("timeline-lead", count=len(line.events)))
    if line.events:
        table(book, _columns(content), [_row(book, content, event) for event in line.events])
    else:
        book.flow(words("timeline-none"), BODY)
    if line.untimed:
        book.heading(words("untimed"))
        table(book, _columns(content), [_row(book, content, event) for event in line.untimed])
    if line.conflicts:
        book.heading(words("conflicts"))
        for conflict in line.conflicts:
            _bullet(book, content, content.say(conflict.message), conflict.events)
    if line.gaps:
        book.heading(words("gaps"))
        for gap in line.gaps:
            _bullet(book, content, content.say(gap.get("message") or " – ".join(gap.values())), ())


def _columns(content: Content) -> list[Column]:
    titles = ("number", "time", "role", "text", "pages")
    return [Column(content.words(f"column-{key}"), width) for key, width in zip(titles, _WIDTHS, strict=True)]


def _row(book: Book, content: Content, event: Event) -> Row:
    words = content.words
    role = [Span(words.known(f"role-{event.role}", event.role), CELL)]
    refs = pages_of(book, event.citations)
    text = _shortened(content, event)
    doubts = {content.certainty(citation) for citation in event.citations if citation.certainty in _DOUBTFUL}
    text += [Span("\n" + doubt, SMALL) for doubt in sorted(doubts)]
    return Row([str(event.number), _time(content, event), role, text, place(words, refs, CELL)], f"event-{event.id}")


def _shortened(content: Content, event: Event) -> list[Span]:
    """What happened; a long message begins here and stands in full in its transcript."""
    text = content.say(_text(content.words, event))
    if len(text) <= _LONGEST:
        return [Span(text, CELL)]
    first = event.citations[0]
    number = content.message_numbers.get((first.exhibit, first.where))
    key = "in-full-message" if number else "in-full"
    target = f"message-{first.exhibit}-{number}" if number else exhibit(first.exhibit)
    full = content.words(key, label=first.exhibit, number=number)
    return [Span(text[:_LONGEST].rstrip() + "…", CELL), Span(full, CELL, target)]


def _text(words: Words, event: Event) -> str:
    who = words("comma").join(event.actors)
    is_new = event.amount is not None and event.amount.value not in event.text
    amount = f" {event.amount.value} {event.amount.currency}" if event.amount and is_new else ""
    return (
        f"{who}{words('colon')}{event.text}{amount}"
        if who and event.role in {"chat.message", "mail.sent"}
        else event.text + amount
    )


def _time(content: Content, event: Event) -> list[Span]:
    words = content.words
    soft = SMALL._replace(leading=CELL.leading - 2)
    shown = words.time(event.at)
    spans = [Span(shown, CELL)]
    if event.at.said != shown:
        spans.append(Span("\n" + words("said", said=content.say(event.at.said)), soft))
    spans.append(Span("\n" + words.basis(event.at), soft))
    if any(event.id == later for _, later in content.timeline.order_unknown):
        spans.append(Span("\n" + words("order-unknown"), soft.in_(INK).bold()))
    return spans


def _bullet(book: Book, content: Content, text: str, events: tuple[str, ...]) -> None:
    numbers = [str(content.events[event].number) for event in events if event in content.events]
    spans = [Span("· " + text, CELL)]
    if numbers:
        shown = content.words("conflict-events", numbers=content.words("comma").join(numbers))
        spans.append(Span(shown, CELL, f"event-{events[0]}"))
    book.flow(spans, CELL, LEFT, WIDTH, after=2)
