"""A chat as a readable transcript: numbered messages, the applicant right, the customer left."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.contract import Item
from pipeline.model import Mark, Message
from stages.assemble.content import Content, messages_of
from stages.assemble.layout import Book, height_of
from stages.assemble.links import exhibit
from stages.assemble.page import Box, Disc, Link, Picture
from stages.assemble.style import (
    ACCENT,
    CELL,
    FAINT,
    LABEL,
    LEFT,
    LINE,
    MM,
    RIGHT,
    SMALL,
    WHITE,
    WIDTH,
    Colour,
    Style,
)
from stages.assemble.text import Span, TextLine

__all__ = ["draw_transcript"]

_TEXT = CELL._replace(size=9.5, leading=15)
_NUMBERS = 10 * MM  # the column of message numbers
_WIDEST = 104 * MM
_PAD = 5.0
_NUMBER = Style("bold", 8, 10, WHITE)
_THUMB = 42 * MM


class _Bubble(NamedTuple):
    """How a message is drawn: where it starts, how wide, and in what colours."""

    x: float
    width: float
    fill: Colour | None
    stroke: Colour | None


def draw_transcript(book: Book, content: Content, item: Item) -> None:
    """Draws all messages of an exhibit."""
    words = content.words
    messages = messages_of(item)
    lead = LABEL._replace(size=9, leading=14)
    book.flow(words("transcript-lead", count=len(messages)), lead)
    book.flow(_completeness(book, content, item, messages), lead, after=4 * MM)
    marks = content.marks.get(item.exhibit.label, ())
    day = ""
    for number, message in enumerate(messages, 1):
        shown = (message.at.start or "")[:10] if message.at else ""
        if shown and shown != day:
            day = shown
            _day(book, day)
        own = [mark for mark in marks if _same_place(mark, message)]
        _message(book, content, item, number, message, own)


def _completeness(book: Book, content: Content, item: Item, messages: list[Message]) -> str:
    words = content.words
    times = [message.at for message in messages if message.at]
    first, last = (words.time(times[0]), words.time(times[-1])) if times else (words("unknown"), words("unknown"))
    parts = [words("completeness", first=first, last=last, count=len(messages))]
    declared = {key: value for reading in item.readings for key, value in reading.declared.items()}
    totals = [
        value for key, value in declared.items() if key in {"messages", "total", "count"} and isinstance(value, int)
    ]
    if totals and totals[0] != len(messages):
        parts.append(words("completeness-differs", declared=totals[0], count=len(messages)))
    if item.unread:
        page = book.known.destinations.get("unread", 0)
        parts.append(words("completeness-unread", count=len(item.unread), page=page))
    return "".join(parts)


def _same_place(mark: Mark, message: Message) -> bool:
    place, own = mark.where, message.where
    if place == own:
        return True
    if place.lines and own.lines and place.member == own.member:
        return own.lines[0] <= place.lines[0] and place.lines[1] <= own.lines[1]
    return False


def _day(book: Book, day: str) -> None:
    book.need(90)
    book.y += 2 * MM
    width = book.width(day, SMALL)
    middle = (LEFT + RIGHT) / 2
    book.put(day, middle - width / 2, book.y + 8, SMALL)
    book.y += 4.5 * MM


def _message(book: Book, content: Content, item: Item, number: int, message: Message, marks: list[Mark]) -> None:
    lines = book.lines(_body(content, message), _WIDEST - 2 * _PAD, _TEXT)
    book.need(min(len(lines), 3) * _TEXT.leading + 2 * _PAD + SMALL.leading + 4)
    book.reach(f"message-{item.exhibit.label}-{number}")
    book.show(item.exhibit.label, message.where)
    for mark in marks:
        book.show(item.exhibit.label, mark.where)
    bubble = _bubble(message, max(line.width for line in lines), marks)
    _above(book, content, message, number, bubble)
    _bubbles(book, lines, bubble, marks)
    for mark in marks:
        _note(book, content, mark)
    _thumbnails(book, content, message, bubble)
    book.y += 5


def _body(content: Content, message: Message) -> list[Span]:
    words = content.words
    own = {f"[{attachment.name}]" for attachment in message.attachments}
    text = content.say(message.text)
    spans = [Span(text, _TEXT)] if text and text not in own else []
    for attachment in message.attachments:
        held = content.by_digest.get(attachment.sha256 or "")
        key = "message-attached-found" if held else "message-attached-missing"
        label = held.exhibit.label if held else ""
        shown = words(key, name=content.say(attachment.name), label=label)
        spans.append(Span(("\n" if spans else "") + shown, _TEXT, exhibit(label) if held else None))
    flags = [words(f"message-{name}") for name in ("edited", "recalled") if getattr(message, name)]
    if flags:
        spans.append(Span(f"\n（{words('comma').join(flags)}）", SMALL))
    return spans or [Span(f"〔{message.type}〕", _TEXT)]


def _bubble(message: Message, width: float, marks: list[Mark]) -> _Bubble:
    wide = width + 2 * _PAD
    stroke = ACCENT if marks else None
    if message.side == "self":
        return _Bubble(RIGHT - wide, wide, FAINT, stroke)
    if message.side == "other":
        return _Bubble(LEFT + _NUMBERS, wide, WHITE, stroke or LINE)
    if message.side == "system":
        return _Bubble((LEFT + _NUMBERS + RIGHT - wide) / 2, wide, None, stroke)
    return _Bubble(LEFT + _NUMBERS, wide, None, stroke)


def _above(book: Book, content: Content, message: Message, number: int, bubble: _Bubble) -> None:
    """Number at the margin; sender and time over the bubble."""
    words = content.words
    base = book.y + 8
    book.put(str(number), LEFT, base, LABEL)
    sender = content.say(message.sender or "") or words("message-no-sender")
    time = words.time(message.at)[11:] or words.time(message.at) if message.at else words("message-no-time")
    text = f"{sender}　{time}" if message.side != "system" else time
    if message.side == "self":
        book.put(text, RIGHT, base, LABEL, right=True)
    else:
        book.put(text, bubble.x if message.side != "system" else LEFT + _NUMBERS, base, LABEL)
    book.y += SMALL.leading


def _bubbles(book: Book, lines: tuple[TextLine, ...], bubble: _Bubble, marks: list[Mark]) -> None:
    """The bubble, cut where a page ends."""
    at = 0
    while at < len(lines):
        fits = max(1, int((book.room - 2 * _PAD) // _TEXT.leading))
        part = lines[at : at + fits]
        height = len(part) * _TEXT.leading + 2 * _PAD - 3
        if bubble.fill or bubble.stroke:
            book.draw(
                Box(bubble.x, book.y, bubble.width, height, bubble.stroke, bubble.fill, 1.3 if marks else 0.5, (), 3.5)
            )
        if at == 0:
            for place, mark in enumerate(marks):
                _disc(book, bubble.x - 8 - 15 * place, book.y + height / 2, mark)
        book.block(part, bubble.x + _PAD, book.y + _PAD - 1.5, _TEXT)
        book.y += height
        at += fits
        if at < len(lines):
            book.turn()


def _disc(book: Book, x: float, y: float, mark: Mark) -> None:
    book.draw(Disc(x, y, 2.3 * MM, ACCENT))
    number = str(mark.number)
    book.put(number, x - book.width(number, _NUMBER) / 2, y + 2.9, _NUMBER)


def _note(book: Book, content: Content, mark: Mark) -> None:
    """What a mark says, below its message."""
    head = CELL.bold().in_(ACCENT)
    spans = [Span(f"{mark.number}　{content.say(mark.title)}", head), Span("　" + content.say(mark.text), CELL)]
    book.y += 2
    book.need(height_of(book.lines(spans, WIDTH - _NUMBERS), CELL))
    book.flow(spans, CELL, LEFT + _NUMBERS, WIDTH - _NUMBERS)


def _thumbnails(book: Book, content: Content, message: Message, bubble: _Bubble) -> None:
    """Pictures among the attachments that are exhibits of their own, in place."""
    for attachment in message.attachments:
        held = content.by_digest.get(attachment.sha256 or "")
        shot = content.shots.get(held.exhibit.label) if held else None
        if held is None or shot is None:
            continue
        piece = shot.pieces[0]
        scale = min(_THUMB / piece.width, _THUMB / piece.height)
        book.need(piece.height * scale + 6)
        width, height = piece.width * scale, piece.height * scale
        x = RIGHT - width if message.side == "self" else bubble.x
        book.draw(
            Picture(x, book.y + 3, width, height, piece.key),
            Link(x, book.y + 3, width, height, exhibit(held.exhibit.label)),
        )
        book.y += height + 3
