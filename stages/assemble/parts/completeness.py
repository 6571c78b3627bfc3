"""How complete a chat is, before its transcript: its span, what is missing from it, how it came, what it proves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from pipeline.contract import Item
from pipeline.model import Message, Side
from pipeline.moment import Moment
from stages.assemble.content import Content, messages_of
from stages.assemble.layout import Book
from stages.assemble.style import CELL, LABEL, LEFT, MM, RIGHT
from stages.lang.spoken import duration

__all__ = ["Silence", "draw_completeness", "silences", "steps_back"]

_QUIET = timedelta(days=3)
_MOST = 3  # silences and steps back that are named
_LABELS = 22 * MM
_LEAD = LABEL._replace(size=9, leading=14)
_SIDES: tuple[Side, ...] = ("self", "other", "system", "unknown")
_TOTALS = ("messages", "total", "count")
_OMISSIONS = frozenset(
    {
        "chats-of-others", "chat-preview-only", "json-cut", "file-beyond-limit", "chat-count-differs", "chat-dateless",
        "chat-time-from-id", "date-order-unproved", "date-order-contradicted", "attachments-ambiguous",
        "media-digest-differs",
    }
)  # fmt: skip
"""Notes of readers that say that something of the chat is not here, or not known."""


class Silence(NamedTuple):
    """A long time between two messages that follow each other; `number` is the earlier one's."""

    number: int
    length: timedelta
    since: Moment
    until: Moment


def silences(messages: Sequence[Message]) -> list[Silence]:
    """Times of three days and more without a message, within one conversation, the longest first."""
    found = []
    for (number, (earlier, first)), (_, (later, second)) in pairwise(enumerate(_dated(messages), 1)):
        if second - first >= _QUIET and earlier.chat == later.chat and earlier.at and later.at:
            found.append(Silence(number, second - first, earlier.at, later.at))
    return sorted(found, key=lambda silence: (-silence.length, silence.number))


def steps_back(messages: Sequence[Message]) -> list[int]:
    """The numbers of messages that state an earlier time than the one before them in the same conversation."""
    latest: dict[str | None, datetime] = {}
    found = []
    for number, message in enumerate(messages, 1):
        at = message.at
        if at is None or at.start is None or at.end is None or at.grain == "day":
            continue
        first = datetime.fromisoformat(at.start)
        before = latest.get(message.chat)
        if before is not None and (before.tzinfo is None) == (first.tzinfo is None) and _last(at) < before:
            found.append(number)
        latest[message.chat] = first
    return found


def _last(at: Moment) -> datetime:
    return datetime.fromisoformat(at.end or "")


def _dated(messages: Sequence[Message]) -> Iterator[tuple[Message, datetime]]:
    """Every message with the wall clock of its time; one without takes that of the message before it."""
    when = datetime.max
    for message in messages:
        if message.at is not None and message.at.start is not None:
            when = datetime.fromisoformat(message.at.start).replace(tzinfo=None)
        yield message, when


def draw_completeness(book: Book, content: Content, item: Item, printed: int) -> None:
    """The lead of a transcript: `printed` of its messages follow."""
    words, messages = content.words, messages_of(item)
    book.flow(words("transcript-lead"), _LEAD, after=2 * MM)
    rows = (
        ("span", _span(content, messages, printed)),
        ("missing", "".join(_missing(book, content, item, messages))),
        ("silence", "".join(_silence(content, messages))),
        ("origin", "".join(_origin(content, item, messages))),
        ("proof", words("chat-proof", page=book.known.destinations.get("integrity", 0))),
    )
    for key, text in rows:
        book.need(CELL.leading)
        book.put(words(f"chat-{key}-label"), LEFT, book.y + CELL.leading / 2 + 0.38 * 7.5, LABEL)
        book.flow(text, CELL, LEFT + _LABELS, RIGHT - LEFT - _LABELS, after=1.5)
    book.y += 2 * MM
    book.rule(book.y, 0.8)
    book.y += 2 * MM


def _span(content: Content, messages: Sequence[Message], printed: int) -> str:
    words = content.words
    times = sorted((at for message in messages if (at := message.at) and at.start), key=Moment.sort_key)
    first, last = (words.time(times[0]), words.time(times[-1])) if times else (words("unknown"), words("unknown"))
    counts = Counter(message.side for message in messages)
    sides = words("comma").join(
        words(f"chat-side-{side}", count=f"{counts[side]:,}") for side in _SIDES if counts[side]
    )
    text = words("completeness", first=first, last=last, count=f"{len(messages):,}", sides=sides)
    if printed == len(messages):
        return text
    return text + words("chat-shortened", printed=f"{printed:,}", rest=f"{len(messages) - printed:,}")


def _missing(book: Book, content: Content, item: Item, messages: Sequence[Message]) -> Iterator[str]:
    """What the file states to be more than was read, what was not read, taken back, or not handed in."""
    found = [*_totals(content, item, messages), *_absent(content, messages)]
    found += dict.fromkeys(content.say(content.words.why(note)) for note in item.notes if note.code in _OMISSIONS)
    if item.unread:
        page = book.known.destinations.get("unread", 0)
        found.append(content.words("completeness-unread", count=len(item.unread), page=page))
    yield from found or [content.words("chat-nothing-missing")]


def _totals(content: Content, item: Item, messages: Sequence[Message]) -> Iterator[str]:
    declared = {key: value for reading in item.readings for key, value in reading.declared.items()}
    totals = [value for key in _TOTALS if isinstance(value := declared.get(key), int)]
    if totals:
        key = "completeness-agrees" if totals[0] == len(messages) else "completeness-differs"
        yield content.words(key, declared=f"{totals[0]:,}", count=f"{len(messages):,}")


def _absent(content: Content, messages: Sequence[Message]) -> Iterator[str]:
    words = content.words
    recalled = [number for number, one in enumerate(messages, 1) if one.recalled or one.type == "recall"]
    edited = [number for number, one in enumerate(messages, 1) if one.edited]
    attached = [attachment for message in messages for attachment in message.attachments]
    lost = sum(attachment.sha256 not in content.by_digest for attachment in attached)
    for key, numbers in (("chat-recalled", recalled), ("chat-edited", edited)):
        if numbers:
            yield words(key, count=len(numbers), numbers=_numbers(content, numbers))
    if attached:
        yield words("chat-attached-lost" if lost else "chat-attached-all", count=len(attached), lost=lost)


def _numbers(content: Content, numbers: Sequence[int]) -> str:
    words = content.words
    shown = words("comma").join(map(str, numbers[:_MOST]))
    return shown + (words("numbers-more") if len(numbers) > _MOST else "")


def _silence(content: Content, messages: Sequence[Message]) -> Iterator[str]:
    words = content.words
    quiet, back = silences(messages), steps_back(messages)
    language = content.language
    if quiet:
        shown = words("semicolon").join(
            words("chat-silence", number=one.number, next=one.number + 1, length=duration(one.length, language),
                  since=words.time(one.since), until=words.time(one.until))
            for one in quiet[:_MOST]
        )  # fmt: skip
        yield words("chat-silences", count=len(quiet), shown=shown)
    if back:
        yield words("chat-steps-back", count=len(back), numbers=_numbers(content, back))
    if not quiet and not back:
        yield words("chat-no-silence")


def _origin(content: Content, item: Item, messages: Sequence[Message]) -> Iterator[str]:
    """How the chat came, and what its times rest on."""
    words = content.words
    formats = dict.fromkeys(words.format(reading.format) for reading in item.readings if reading.records)
    yield words("chat-origin", formats=words("comma").join(formats))
    times = [message.at for message in messages if message.at is not None and message.at.start is not None]
    if not times:
        yield words("chat-zone-none")
        return
    for zone in dict.fromkeys(at.zone for at in times):
        offset = next((_offset(at) for at in times if at.zone == zone), "")
        yield words(f"chat-zone-{zone}", offset=offset)
    grain = Counter(at.grain for at in times).most_common(1)[0][0]
    yield words("chat-grain", grain=words(f"grain-{grain}"))


def _offset(at: Moment) -> str:
    start = at.start or ""
    return start[-6:] if start[-6:-5] in ("+", "-") else "UTC"
