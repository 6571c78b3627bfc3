"""A chat as a readable transcript: numbered messages, the applicant right, the customer left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.contract import Item
from pipeline.locate import Locator
from pipeline.model import Mark, Message
from stages.assemble.choice import in_transcript
from stages.assemble.content import Content, messages_of
from stages.assemble.layout import Book, height_of
from stages.assemble.links import exhibit, message_name
from stages.assemble.page import Box, Disc, Link, Picture
from stages.assemble.parts.completeness import draw_completeness
from stages.assemble.parts.spoken import Quoted, body, is_notice
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
    SOFT,
    STRONG,
    WHITE,
    WIDTH,
    Colour,
    Style,
)
from stages.assemble.text import Span, TextLine

__all__ = ["draw_transcript"]

_TEXT = CELL._replace(size=9.5, leading=15)
_NOTICE = SMALL._replace(size=8.5, leading=13)
_NUMBERS = 12 * MM  # the column of message numbers
_WIDEST = 104 * MM
_PAD = 5.0
_NUMBER = Style("bold", 8, 10, WHITE)
_THUMB = 42 * MM
_DASHED = (2.4, 1.8)


class _Bubble(NamedTuple):
    """How a message is drawn: where it starts, how wide, in what colours and line, and in which style."""

    x: float
    width: float
    fill: Colour | None
    stroke: Colour | None
    style: Style = _TEXT
    dash: tuple[float, ...] = ()


def draw_transcript(book: Book, content: Content, item: Item) -> None:
    """Draws the messages of an exhibit: all of them, or of a long chat what is cited, with what is left out stated."""
    words, label = content.words, item.exhibit.label
    messages = messages_of(item)
    marks = _marks(content, label, messages)
    wanted = content.shown_places.union((label, messages[at].where) for at in marks)
    shown = in_transcript(label, messages, wanted)
    draw_completeness(book, content, item, sum(map(len, shown)))
    quoted = Quoted(messages)
    last = 0
    chat, day = None, ""
    for stretch in shown:
        _left_out(book, content, messages, range(last, stretch.start))
        for at in stretch:
            message = messages[at]
            if message.chat != chat:
                chat, day = message.chat, ""
                _chat(book, words("chat-named", name=content.say(chat or words("unknown"))))
            on = (message.at.start or "")[:10] if message.at else ""
            if on and on != day:
                day = on
                _day(book, day)
            _message(book, content, label, at + 1, message, marks.get(at, []), quoted)
        last = stretch.stop
    _left_out(book, content, messages, range(last, len(messages)))


def _marks(content: Content, label: str, messages: Sequence[Message]) -> dict[int, list[Mark]]:
    """The marks of each message, by its index."""
    own = content.marks.get(label, ())
    at = {message.where: index for index, message in enumerate(messages)} if own else {}
    found: dict[int, list[Mark]] = {}
    for mark in own:
        index = at.get(mark.where)
        if index is None:
            index = next((index for index, one in enumerate(messages) if _holds(one.where, mark.where)), None)
        if index is not None:
            found.setdefault(index, []).append(mark)
    return found


def _holds(own: Locator, place: Locator) -> bool:
    """Whether the lines of a place are among a message's own."""
    if not (place.lines and own.lines and place.member == own.member):
        return False
    return own.lines[0] <= place.lines[0] and place.lines[1] <= own.lines[1]


def _chat(book: Book, name: str) -> None:
    """The heading of one of several conversations."""
    book.y += 3 * MM
    book.need(STRONG.leading + 60)
    book.flow(name, STRONG)
    book.rule(book.y, 0.8)
    book.y += 2 * MM


def _day(book: Book, day: str) -> None:
    book.need(90)
    book.y += 2 * MM
    _centred(book, day)
    book.y += 4.5 * MM


def _centred(book: Book, text: str) -> None:
    book.put(text, (LEFT + RIGHT - book.width(text, SMALL)) / 2, book.y + 8, SMALL)


def _left_out(book: Book, content: Content, messages: Sequence[Message], left: range) -> None:
    """That messages are left out here: how many, which, and from when to when."""
    if not left:
        return
    times = [at for index in left if (at := messages[index].at) is not None and at.start is not None]
    values = {"count": f"{len(left):,}", "first": left.start + 1, "last": left.stop}
    text = content.words("left-out", **values)
    if times:
        first, last = content.words.time(times[0]), content.words.time(times[-1])
        text = content.words("left-out-dated", **values, since=first, until=last)
    lines = book.lines(text, WIDTH - 2 * _NUMBERS, _NOTICE)
    book.y += 2 * MM
    height = height_of(lines, _NOTICE) + 2 * _PAD
    book.need(height + 2 * MM)
    book.draw(Box(LEFT + _NUMBERS, book.y, WIDTH - 2 * _NUMBERS, height, LINE, None, 0.6, _DASHED, 3.5))
    top = book.y + _PAD
    for line in lines:
        book.line(line, (LEFT + RIGHT - line.width) / 2, top, _NOTICE)
        top += _NOTICE.leading
    book.y += height + 2 * MM


def _message(
    book: Book, content: Content, label: str, number: int, message: Message, marks: list[Mark], quoted: Quoted
) -> None:
    style = _NOTICE if is_notice(message) else _TEXT
    lines = book.lines(body(content, label, number, message, quoted, style), _WIDEST - 2 * _PAD, style)
    pictures = _pictures(content, message)
    beside = min((height for _, _, height in pictures), default=0)
    book.need(min(len(lines), 3) * style.leading + 2 * _PAD + SMALL.leading + 4 + beside)
    book.reach(message_name(label, number))
    book.show(label, message.where)
    book.messages[label, message.where] = number
    for mark in marks:
        book.show(label, mark.where)
    bubble = _bubble(message, max(line.width for line in lines), marks, style)
    book.put(str(number), LEFT, book.y + 8, LABEL.bold() if marks else LABEL)
    if style is _TEXT:
        _above(book, content, message, bubble)
    _bubbles(book, lines, bubble, marks)
    _thumbnails(book, pictures, message, bubble)
    for mark in marks:
        _note(book, content, mark)
    book.y += 5


def _bubble(message: Message, width: float, marks: list[Mark], style: Style) -> _Bubble:
    wide = width + 2 * _PAD
    stroke = ACCENT if marks else None
    if style is _NOTICE:
        is_recall = message.recalled or message.type == "recall"
        x = (LEFT + _NUMBERS + RIGHT - wide) / 2
        return _Bubble(x, wide, None, stroke or (SOFT if is_recall else None), style, _DASHED if is_recall else ())
    dash = _DASHED if message.recalled else ()
    if message.side == "self":
        return _Bubble(RIGHT - wide, wide, FAINT, stroke or (SOFT if dash else None), style, dash)
    if message.side == "other":
        return _Bubble(LEFT + _NUMBERS, wide, WHITE, stroke or (SOFT if dash else LINE), style, dash)
    return _Bubble(LEFT + _NUMBERS, wide, None, stroke or (SOFT if dash else None), style, dash)


def _above(book: Book, content: Content, message: Message, bubble: _Bubble) -> None:
    """Sender and time over the bubble."""
    words = content.words
    sender = content.speaker(message) or words("message-no-sender")
    text = f"{sender}　{words.clock(message.at) if message.at else words('message-no-time')}"
    if message.side == "self":
        book.put(text, RIGHT, book.y + 8, LABEL, right=True)
    else:
        book.put(text, bubble.x, book.y + 8, LABEL)
    book.y += SMALL.leading


def _bubbles(book: Book, lines: tuple[TextLine, ...], bubble: _Bubble, marks: list[Mark]) -> None:
    """The bubble, cut where a page ends."""
    at = 0
    leading = bubble.style.leading
    while at < len(lines):
        fits = max(1, int((book.room - 2 * _PAD) // leading))
        part = lines[at : at + fits]
        height = len(part) * leading + 2 * _PAD - 3
        if bubble.fill or bubble.stroke:
            weight = 1.3 if marks else 0.5
            book.draw(Box(bubble.x, book.y, bubble.width, height, bubble.stroke, bubble.fill, weight, bubble.dash, 3.5))
        if at == 0:
            for place, mark in enumerate(marks):
                _disc(book, bubble.x - 8 - 15 * place, book.y + height / 2, mark)
        book.block(part, bubble.x + _PAD, book.y + _PAD - 1.5, bubble.style)
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


def _pictures(content: Content, message: Message) -> list[tuple[Picture, str, float]]:
    """Pictures among the attachments that are exhibits of their own, each with its exhibit and its height."""
    found = []
    for attachment in message.attachments:
        held = content.by_digest.get(attachment.sha256 or "")
        shot = content.shots.get(held.exhibit.label) if held else None
        if held is not None and shot is not None:
            piece = shot.pieces[0]
            scale = min(_THUMB / piece.width, _THUMB / piece.height)
            size = (piece.width * scale, piece.height * scale)
            found.append((Picture(0, 0, *size, piece.key), held.exhibit.label, size[1] + 6))
    return found


def _thumbnails(book: Book, pictures: Sequence[tuple[Picture, str, float]], message: Message, bubble: _Bubble) -> None:
    """The pictures in place, each leading to its exhibit."""
    for picture, label, height in pictures:
        book.need(height)
        x = RIGHT - picture.width if message.side == "self" else bubble.x
        shown = picture._replace(x=x, y=book.y + 3)
        book.draw(shown, Link(x, shown.y, shown.width, shown.height, exhibit(label)))
        book.y += picture.height + 3
