"""When the messages of a chat on a screen were sent: times between the bubbles, times in them, and what lies between.

A time between bubbles is that of the message below it. Those that follow came after it and before the next time: their
moment is that whole interval. Nothing above them, or nothing that ends the interval, and they have no time. A time
without a date lies between the dated ones above and below it: where only one day fits, that is its day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

import msgspec

from pipeline.moment import Moment, dateless
from stages.lang.match import Span
from stages.lang.screen_shapes import Words, read_words
from stages.lang.screen_times import read_time
from stages.screens.chats.words import is_clock, time_of
from stages.screens.page import Context

__all__ = ["Clock", "Entry", "Separator", "Timed", "timed"]

_LONGEST = 400  # days between two times that are looked through for a day that fits


class Separator(NamedTuple):
    """A line between the bubbles that states a time, by its index in the page."""

    said: str
    line: int


class Clock(NamedTuple):
    """A time printed in or beside a bubble: its wording, its line and where it stands in it."""

    said: str
    line: int
    span: Span


class Timed(NamedTuple):
    """When a message was sent, and the passages that say so."""

    at: Moment | None
    sources: tuple[tuple[int, Span | None], ...] = ()


Entry = Separator | Clock | None
"""What stands on a screen in its order: a separator, or a message with its own clock or without one."""


@dataclass
class _Above:
    """The separator above, and whether a message stands below it already."""

    moment: Moment | None = None
    line: int | None = None
    used: bool = False


def timed(entries: Sequence[Entry], context: Context) -> list[Timed]:
    """The time of each message, in order; separators give none of their own."""
    moments = _separators(entries, context)
    found: list[Timed] = []
    above = _Above()
    for at, entry in enumerate(entries):
        if isinstance(entry, Separator):
            above = _Above(moments[at], entry.line)
        elif entry is not None:
            found.append(_by_clock(entry, above, context))
        else:
            found.append(_by_separator(above, moments[at + 1 :], context))
            above.used = True
    return found


def _separators(entries: Sequence[Entry], context: Context) -> list[Moment | None]:
    """The moment of each separator, with the day where the separators around it leave only one."""
    moments = list(_read(entries, context))
    for at, entry in enumerate(entries):
        moment = moments[at]
        if isinstance(entry, Separator) and moment is not None and moment.start is None:
            above = next((other for other in reversed(moments[:at]) if other is not None and other.start), None)
            below = next((other for other in moments[at + 1 :] if other is not None and other.start), None)
            moments[at] = (_pinned(entry.said, above, below, context) if above and below else None) or moment
    return moments


def _read(entries: Sequence[Entry], context: Context) -> Iterator[Moment | None]:
    """What each separator says; a time of day alone is of the day that a separator above it names by itself."""
    day: Moment | None = None
    for entry in entries:
        if not isinstance(entry, Separator):
            yield None
            continue
        if day is not None and is_clock(entry.said):
            yield _on_day(day, entry.said, context)
            continue
        moment = time_of(entry.said, context.zone, context.anchor)
        day = moment if moment is not None and moment.grain == "day" else None
        yield moment


def _pinned(said: str, above: Moment, below: Moment, context: Context) -> Moment | None:
    """The only moment between two others that a time of day fits, with its weekday or its month and day, if printed."""
    words = read_words(said)
    if words is None or words.clock is None or words.ago is not None or above.first is None or below.last is None:
        return None
    first, last = above.first.date(), below.last.date()
    if not 0 <= (last - first).days <= _LONGEST:
        return None
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    clock = f"{words.clock.hour:02}:{words.clock.minute:02}:{words.clock.second:02}"[: 8 if words.clock.second else 5]
    read = [read_time(f"{day:%Y-%m-%d} {clock}", zone=context.zone) for day in days if _is_day(words, day)]
    fitting = [moment for moment in read if moment is not None and _is_between(moment, above, below)]
    return msgspec.structs.replace(fitting[0], said=said, date="inferred") if len(fitting) == 1 else None


def _is_day(words: Words, day: date) -> bool:
    """Whether a day is of the weekday, month and day that are printed, as far as they are."""
    printed = ((words.weekday, day.weekday()), (words.month, day.month), (words.day, day.day))
    return all(said is None or said == number for said, number in printed)


def _is_between(moment: Moment, above: Moment, below: Moment) -> bool:
    """Whether a moment can lie from the one above to the one below."""
    first, start, end, last = above.first, moment.first, moment.last, below.last
    if first is None or start is None or end is None or last is None:
        return False
    if len({when.tzinfo is None for when in (first, start, end, last)}) > 1:
        return False
    return first <= end and start <= last


def _by_clock(clock: Clock, above: _Above, context: Context) -> Timed:
    """A clock in a bubble is of the day of the separator above it; without one its day is unknown."""
    here = (clock.line, clock.span)
    if not is_clock(clock.said):
        return Timed(time_of(clock.said, context.zone, context.anchor), (here,))
    if above.moment is None or above.line is None:
        return Timed(dateless(clock.said, "minute", context.zone), (here,))
    return Timed(_on_day(above.moment, clock.said, context), ((above.line, None), here))


def _on_day(day: Moment, clock: str, context: Context) -> Moment:
    """A time of day on the day of a moment."""
    said = f"{day.said} {clock}" if day.grain == "day" else clock
    if day.first is None or day.last is None or day.first.date() != day.last.date():
        return dateless(said, "minute", context.zone)
    found = read_time(f"{day.first:%Y-%m-%d} {clock}", zone=context.zone)
    if found is None or found.start is None:
        return dateless(said, "minute", context.zone)
    return msgspec.structs.replace(found, said=said, date=day.date, anchor=day.anchor)


def _by_separator(above: _Above, below: Sequence[Moment | None], context: Context) -> Timed:
    if above.moment is None or above.line is None:
        return Timed(None)
    source = ((above.line, None),)
    if not above.used:
        return Timed(above.moment, source)
    ends = [moment for moment in below if moment is not None and moment.start is not None]
    end = ends[0] if ends else context.anchor.at if context.anchor else None
    between = _between(above.moment, end) if end else None
    return Timed(between, source) if between else Timed(None)


def _between(start: Moment, end: Moment) -> Moment | None:
    """All the time from the start of one moment to the end of another; None where they tell no such time."""
    if start.first is None or end.last is None or (start.first.tzinfo is None) != (end.last.tzinfo is None):
        return None
    if end.last < start.first:
        return None
    return msgspec.structs.replace(start, end=end.end, date="inferred")
