"""Chats without bubbles: forwarded records (聊天记录), message histories, 飞书, 钉钉, Slack, Teams in a list.

Every message has a head, its sender and its time on one row, and its words below, all from one left edge. That lists
of reviews and of conversations look alike is why more must hold: times of day that never go back, and senders who
speak again or a title that says it is a record. A list has no sides: a side is only what the case says of the sender.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.contract import Score
from pipeline.model import LineRole, Message, Note
from stages.lang.match import Span
from stages.lang.screen_shapes import read_words
from stages.screens.chats import words as words
from stages.screens.chats.columns import height
from stages.screens.chats.signs import signs_of
from stages.screens.chats.talk import side_of
from stages.screens.chats.times import Clock, Entry, Separator, Timed, timed
from stages.screens.order import rows_of
from stages.screens.page import Context, Found, Layout, Page, place, spot

__all__ = ["LAYOUT"]

_ALIGNED = 0.6  # heights of a line: how exactly heads begin at their edge
_INDENT = 3.0  # heights of a line: how far words may begin from that edge
_APART = 1.3  # heights of a line: rows farther apart are no words of one message
_SHARE = 0.6  # of the letters of a page that stand in heads and words
_LEAST, _LEAST_TITLED = 3, 2
_TITLE = re.compile(
    r".*(?:聊天|消息|会话|對話|对话)(?:记录|紀錄|記錄).{0,24}|.*chat (?:history|log|records?).*", re.IGNORECASE
)
_HAS_CLOCK = re.compile(r"\d\s*[:：]\s*\d\d")
_LONGEST = 24  # letters of a name


class _Head(NamedTuple):
    """Who speaks and when, on one row of the page: lines by index and the passages in them."""

    name: tuple[int, Span]
    clock: Clock
    row: tuple[int, ...]


class _Entry(NamedTuple):
    """A message: its head and the lines of its words, top to bottom."""

    head: _Head
    lines: tuple[int, ...]


class _Log(NamedTuple):
    entries: tuple[_Entry, ...]
    days: tuple[int, ...]
    titled: bool


@lru_cache(maxsize=2)
def _log_of(page: Page) -> _Log | None:
    """The page as a log; None where it is none."""
    if any(line.look is not None for line in page.lines) and signs_of(page).likeness:
        return None
    lines = [at for at, line in enumerate(page.lines) if line.role == "text"]
    rows = [tuple(lines[at] for at in row) for row in rows_of([page.lines[at].box for at in lines])]
    heads = _at_one_edge(page, [head for row in rows if (head := _head(page, row)) is not None])
    if not heads:
        return None
    titled = any(_TITLE.fullmatch(page.lines[at].text.strip()) for row in rows for at in row if row < heads[0].row)
    log = _Log(tuple(_entries(page, heads, rows)), tuple(_days(page, rows)), titled)
    return log if _is_log(page, log) else None


def _head(page: Page, row: Sequence[int]) -> _Head | None:
    """The head that a row is: a name, and behind it a time with a time of day; nothing else."""
    last = row[-1]
    text = page.lines[last].text
    time = next((span for span in reversed(words.find_times(text)) if span.end == len(text.rstrip())), None)
    if time is None or not _HAS_CLOCK.search(text[time.start : time.end]) or len(row) > 3:
        return None
    first = page.lines[row[0]].text
    end = time.start if row[0] == last else len(first)
    if row[0] != last and text[: time.start].strip():
        return None
    name = first[:end]
    if not any(map(str.isalpha, name)) or len(name.strip()) > _LONGEST or words.time_of(name.strip()) is not None:
        return None
    begin = len(name) - len(name.lstrip())
    span = Span(begin, len(name.rstrip()))
    return _Head((row[0], span), Clock(text[time.start : time.end], last, time), tuple(row))


def _at_one_edge(page: Page, heads: Sequence[_Head]) -> list[_Head]:
    """The heads that begin at the edge at which most do."""
    near = _ALIGNED * _size(page)
    lefts = [page.lines[head.name[0]].box[0] for head in heads]
    edge = max(lefts, key=lambda left: sum(abs(left - other) <= near for other in lefts), default=0.0)
    return [head for head, left in zip(heads, lefts, strict=True) if abs(left - edge) <= near]


def _entries(page: Page, heads: Sequence[_Head], rows: Sequence[tuple[int, ...]]) -> Iterator[_Entry]:
    """Each head with the rows below it that go on without a gap, up to the next head."""
    size = _size(page)
    firsts = {head.row: head for head in heads}
    starts = [at for at, row in enumerate(rows) if row in firsts]
    for start, stop in zip(starts, [*starts[1:], len(rows)], strict=True):
        head, held = firsts[rows[start]], []
        edge, low = page.lines[head.name[0]].box[0], max(page.lines[at].box[3] for at in rows[start])
        for at in (at for row in rows[start + 1 : stop] for at in row):
            left, top, _, bottom = page.lines[at].box
            text = page.lines[at].text
            if top - low > _APART * size or words.is_field(text):
                break
            if -_ALIGNED * size <= left - edge <= _INDENT * size and words.time_of(text) is None:
                held.append(at)
                low = max(low, bottom)
        yield _Entry(head, tuple(held))


def _days(page: Page, rows: Sequence[tuple[int, ...]]) -> Iterator[int]:
    """The lines that state a day for those below them, between rules or alone."""
    for row in rows:
        text = _unruled(page.lines[row[0]].text)
        if len(row) == 1 and not words.is_clock(text) and words.time_of(text) is not None:
            yield row[0]


def _unruled(text: str) -> str:
    return text.strip(" -—–─━_·|")


def _size(page: Page) -> float:
    return median([height(line.box) for line in page.lines] or [0.0])


def _is_log(page: Page, log: _Log) -> bool:
    """Whether heads with words under them are a chat: enough of them, in time, by senders who speak again."""
    spoken = [entry for entry in log.entries if entry.lines]
    if len(spoken) < (_LEAST_TITLED if log.titled else _LEAST) or len(spoken) < len(log.entries) - 1:
        return False
    names = {_passage(page, *entry.head.name) for entry in log.entries}
    if len(names) == len(log.entries) and not log.titled:
        return False
    held = {at for entry in log.entries for at in (*entry.head.row, *entry.lines)} | set(log.days)
    letters = [(len(line.text), at in held) for at, line in enumerate(page.lines) if line.role == "text"]
    share = sum(count for count, inside in letters if inside) / sum(count for count, _ in letters)
    return share >= _SHARE and _goes_on(log)


def _goes_on(log: _Log) -> bool:
    """Whether the times never go back, as far as they can be compared, and go on at least once; a day ends a run."""
    keys = [_key(entry.head.clock.said) for entry in log.entries]
    pairs = [
        (above[1], below[1])
        for above, below in pairwise(keys)
        if above is not None and below is not None and above[0] == below[0]
    ]
    back = sum(below < above for above, below in pairs)
    return back <= (len(log.days) if log.days and len(pairs) > 1 else 0) and any(
        above < below for above, below in pairs
    )


def _key(said: str) -> tuple[tuple[bool, bool], tuple[int, ...]] | None:
    """What a time is compared by, with which of year and month it states; None where it is told by a weekday or so."""
    found = read_words(said)
    if found is None or found.clock is None or found.ago is not None or found.weekday is not None:
        return None
    numbers = (found.year or 0, found.month or 0, found.day or 0, found.clock.hour, found.clock.minute)
    return (found.year is None, found.month is None), numbers


def _passage(page: Page, at: int, span: Span) -> str:
    return page.lines[at].text[span.start : span.end]


def _sniff(page: Page) -> Score | None:
    log = _log_of(page)
    return Score(value=0.75 if log.titled else 0.6, reason="screen-chat-log") if log else None


def _read(page: Page, context: Context) -> Found:
    log = _log_of(page)
    if log is None:
        return Found()
    entries = [entry for entry in log.entries if entry.lines]
    order: list[tuple[int, Entry]] = [
        *((entry.head.row[0], entry.head.clock) for entry in entries),
        *((day, Separator(_unruled(page.lines[day].text), day)) for day in log.days),
    ]
    clocks = [clock for _, clock in sorted(order, key=lambda placed: placed[0])]
    records = tuple(
        _message(page, context, entry, when) for entry, when in zip(entries, timed(clocks, context), strict=True)
    )
    roles: dict[int, LineRole] = {at: "button" for at, line in enumerate(page.lines) if words.is_field(line.text)}
    known = {at for entry in entries for at in (*entry.head.row, *entry.lines)} | {*log.days, *roles}
    aside = [line for at, line in enumerate(page.lines) if at not in known and line.role == "text"]
    notes = (Note(code="screen-chat-aside", values={"count": len(aside)}, where=place(aside)),) if aside else ()
    return Found(records=records, roles=roles, notes=notes)


def _message(page: Page, context: Context, entry: _Entry, when: Timed) -> Message:
    lines = [page.lines[at] for at in entry.lines]
    rows = [line.text for line in lines]
    text, sender = words.joined(rows), _passage(page, *entry.head.name)
    recalled = words.is_recall(text)
    spots = [spot("text", line) for line in lines]
    spots += [spot("at", page.lines[at], span) for at, span in when.sources]
    spots.append(spot("sender", page.lines[entry.head.name[0]], entry.head.name[1]))
    return Message(
        where=place(lines),
        at=when.at,
        sender=sender,
        text=text,
        type="recall" if recalled else words.kind_of(rows, is_card=False),
        side=side_of(sender, context.people) or "unknown",
        recalled=recalled,
        spots=tuple(spots),
    )


LAYOUT = Layout(id="chat-log", version=1, grade="C", sniff=_sniff, read=_read)
