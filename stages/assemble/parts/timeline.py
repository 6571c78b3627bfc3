"""The timeline: every dated fact in order, what its time rests on, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.model import Event, label_key
from stages.assemble.choice import TALK
from stages.assemble.content import Content
from stages.assemble.layout import Book
from stages.assemble.links import exhibit, message_name, pages_of, place
from stages.assemble.style import BODY, CELL, INK, LEFT, MM, SMALL, WIDTH
from stages.assemble.table import Column, Row, table
from stages.assemble.text import Span
from stages.assemble.words import Words

__all__ = ["draw_timeline"]

_LONGEST = 160  # characters of an event's text
_MOST_NUMBERS = 6  # of the events of a conflict
_DOUBTFUL = frozenset({"disputed", "corrected"})
_NUMBER, _WIDTHS = 10 * MM, (43 * MM, 17 * MM, WIDTH - 108 * MM, 38 * MM)


def draw_timeline(book: Book, content: Content) -> None:
    """Draws the section."""
    words, line = content.words, content.timeline
    book.section("timeline", words("timeline"), _lead(content))
    columns = _columns(book, content)
    if line.events:
        table(book, columns, _rows(book, content, line.events))
    else:
        book.flow(words("timeline-none"), BODY)
    if line.untimed:
        book.heading(words("untimed"))
        table(book, columns, _rows(book, content, line.untimed))
    if line.conflicts:
        book.heading(words("conflicts"))
        for conflict in line.conflicts:
            _bullet(book, content, content.say(conflict.message), conflict.events)
    if line.gaps:
        book.heading(words("gaps"))
        for gap in line.gaps:
            _bullet(book, content, content.say(gap.get("message") or " – ".join(gap.values())), ())


def _lead(content: Content) -> str:
    events = content.timeline.events
    left_out = sum(not _is_printed(content, event) for event in (*events, *content.timeline.untimed))
    lead = content.words("timeline-lead", count=len(events))
    return lead + (content.words("timeline-shortened", count=f"{left_out:,}") if left_out else "")


def _is_printed(content: Content, event: Event) -> bool:
    return event.role not in TALK or event.id in content.told


def _rows(book: Book, content: Content, events: Sequence[Event]) -> Iterator[Row]:
    """A row for each event, and one for each run of messages that are left out."""
    for is_printed, group in groupby(events, key=lambda event: _is_printed(content, event)):
        if is_printed:
            yield from (_row(book, content, event) for event in group)
        else:
            yield _left_out(content, list(group))


def _left_out(content: Content, events: Sequence[Event]) -> Row:
    """How many messages are left out here, from when to when, and where they stand."""
    words, soft = content.words, SMALL._replace(size=8, leading=CELL.leading)
    first, last = events[0], events[-1]
    numbers = f"{first.number}" if first is last else f"{first.number}–\n{last.number}"
    times = tuple(words.time(event.at) for event in (first, last))
    time = times[0] if times[0] == times[1] else words("from-to", first=times[0], last=times[1])
    places = words("comma").join(_stretches(content, events))
    text = words("timeline-left-out", count=f"{len(events):,}", places=places)
    return Row([[Span(cell, soft)] for cell in (numbers, time, "", text, "")])


def _stretches(content: Content, events: Sequence[Event]) -> Iterator[str]:
    """The exhibits that hold these messages, with the first and the last number in each."""
    held: dict[str, list[int]] = {}
    for event in events:
        for cite in event.citations:
            held.setdefault(cite.exhibit, []).append(content.message_numbers.get((cite.exhibit, cite.where), 0))
    for label in sorted(held, key=label_key):
        numbers = sorted(filter(None, held[label]))
        key = "left-out-exhibit" if not numbers else "left-out-place" if numbers[1:] else "left-out-message"
        yield content.words(key, label=label, first=numbers[0] if numbers else 0, last=numbers[-1] if numbers else 0)


def _columns(book: Book, content: Content) -> list[Column]:
    """The columns; that of the numbers is as wide as the last one, at the expense of the text."""
    last = f"{len(content.timeline.events) + len(content.timeline.untimed)}–"
    number = max(_NUMBER, book.width(last, CELL) + 8)
    time, role, text, pages = _WIDTHS
    widths = (number, time, role, text - (number - _NUMBER), pages)
    titles = ("number", "time", "role", "text", "pages")
    return [Column(content.words(f"column-{key}"), width) for key, width in zip(titles, widths, strict=True)]


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
    target = message_name(first.exhibit, number) if number else exhibit(first.exhibit)
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
    if event.id in content.unsure:
        spans.append(Span("\n" + words("order-unknown"), soft.in_(INK).bold()))
    return spans


def _bullet(book: Book, content: Content, text: str, events: tuple[str, ...]) -> None:
    numbers = [str(content.events[event].number) for event in events if event in content.events]
    spans = [Span("· " + text, CELL)]
    if numbers:
        key = "conflict-events" if len(numbers) <= _MOST_NUMBERS else "conflict-events-more"
        listed = content.words("comma").join(numbers[:_MOST_NUMBERS])
        spans.append(Span(content.words(key, numbers=listed, count=len(numbers)), CELL, f"event-{events[0]}"))
    book.flow(spans, CELL, LEFT, WIDTH, after=2)
