"""Times as people see them on a screen: "昨天 21:14", "3天前", "星期二 14:03", "03-02", "刚刚", "编辑于 03-05".

A closed grammar: what it does not know is no time. A time without a date of its own is resolved against the moment at
which the screen was captured, to everything it can mean there; without such an anchor it has no date. What cannot be
true of that capture is a conflict and has no date either.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta, timezone
from typing import Literal, NamedTuple

from pipeline.moment import Grain, Moment, Zone, dateless, moment
from stages.lang.screen_shapes import Clock, Unit, Words, find_times, read_words

__all__ = ["Anchor", "Conflict", "Resolved", "find_times", "read_time", "resolve"]

Conflict = Literal[
    "time-after-capture", "time-ambiguous", "time-mark-disagrees", "time-no-such-day", "time-weekday-disagrees"
]
"""What is wrong with a time: it lies after the capture, it can mean days apart, it says 13:05 PM, its day is in no
calendar, it states a weekday that its date is not."""

_GRAINS: tuple[Grain, ...] = ("millisecond", "second", "minute", "hour", "day", "month", "year")
_UNIT_GRAINS: dict[Unit, Grain] = {
    "now": "hour", "second": "second", "minute": "minute", "half-hour": "minute", "hour": "hour", "day": "day",
    "week": "month", "month": "month", "year": "year",
}  # fmt: skip
_LENGTHS: dict[Unit, tuple[timedelta, timedelta]] = {
    "second": (timedelta(seconds=1), timedelta(seconds=1)),
    "minute": (timedelta(minutes=1), timedelta(minutes=1)),
    "half-hour": (timedelta(minutes=30), timedelta(minutes=30)),
    "hour": (timedelta(hours=1), timedelta(hours=1)),
    "day": (timedelta(days=1), timedelta(days=1)),
    "week": (timedelta(days=7), timedelta(days=7)),
    "month": (timedelta(days=30), timedelta(days=31)),
    "year": (timedelta(days=360), timedelta(days=366)),
}
"""The shortest and the longest that apps take a unit for: some count a month as 30 days, a year as twelve of them."""
_JUST_NOW = timedelta(hours=1)
"""Apps say "just now" of what is younger than the least unit they print: of some that is an hour."""
_WEEK = 7


class Anchor(NamedTuple):
    """When a screen was captured, and what says so (an EXIF tag, a pattern of file names, with the clock it shows).

    `at` is an interval by the clock of the phone: a date alone is the whole day.
    """

    at: Moment
    basis: str


class Resolved(NamedTuple):
    """A time as resolved, and what is wrong with it: then it has no date, but for "time-mark-disagrees"."""

    moment: Moment
    conflict: Conflict | None = None


def read_time(said: str, *, zone: Zone | None = None, anchor: Anchor | None = None) -> Moment | None:
    """The moment that a wording states as a whole, a place after it aside; None if it is no time of the grammar.

    `zone` is that of times that state none. Without a date of its own and without an anchor, or where the two
    contradict each other, the moment has no date: `resolve` says why.
    """
    resolved = resolve(said, zone=zone, anchor=anchor)
    return resolved.moment if resolved else None


def resolve(said: str, *, zone: Zone | None = None, anchor: Anchor | None = None) -> Resolved | None:
    """What `read_time` gives, and the conflict where there is one."""
    words = read_words(said)
    if words is None:
        return None
    zone = Zone(name=words.offset, basis="stated") if words.offset else zone
    try:
        resolved = _resolve(words, zone, anchor)
    except (OverflowError, ValueError):  # before the year 1
        return None
    odd = resolved.conflict is None and words.clock is not None and words.clock.odd
    return Resolved(resolved.moment, "time-mark-disagrees") if odd else resolved


def _resolve(words: Words, zone: Zone | None, anchor: Anchor | None) -> Resolved:
    if words.year is not None:
        return _stated(words, zone)
    capture = _Capture.of(anchor, zone) if anchor is not None else None
    if capture is None:
        return Resolved(dateless(words.said, _grain(words), zone))
    if words.ago is not None:
        return Resolved(_elapsed(words, *words.ago, capture))
    return _on_a_day(words, capture)


def _stated(words: Words, zone: Zone | None) -> Resolved:
    day = date(words.year or 0, words.month or 0, words.day or 0)
    if words.weekday not in (None, day.weekday()):
        return Resolved(dateless(words.said, _grain(words), zone), "time-weekday-disagrees")
    return Resolved(moment(words.said, *_numbers(day, words.clock), grain=_grain(words), zone=zone))


class _Capture(NamedTuple):
    """The capture by wall clock: its first and last second, both in `zone` (none: wall clocks without one)."""

    first: datetime
    last: datetime
    zone: Zone | None
    anchor: Anchor

    @classmethod
    def of(cls, anchor: Anchor, zone: Zone | None) -> _Capture | None:
        """None where the anchor has no date. Without a zone the anchor's own offset is the phone's."""
        first, last = anchor.at.first, anchor.at.last
        if first is None or last is None:
            return None
        if first.tzinfo is None:
            if zone is None:
                return cls(first, last, None, anchor)
            return cls(_readings(first, zone)[0], _readings(last, zone)[1], zone, anchor)
        zone = zone or Zone(name=first.isoformat()[-6:], basis=anchor.at.zone)
        return cls(_fixed(first, zone), _fixed(last, zone), zone, anchor)

    @property
    def days(self) -> tuple[date, ...]:
        """The days that can be the capture's; more than a year of them are no capture."""
        count = (self.last.date() - self.first.date()).days + 1
        return tuple(self.first.date() + timedelta(days=at) for at in range(min(count, 367)))

    def fixed(self, when: datetime) -> datetime:
        """An instant by the clock of the capture's zone."""
        return _fixed(when, self.zone) if self.zone else when

    def back(self, when: datetime, length: timedelta) -> tuple[datetime, datetime]:
        """So long before: by elapsed time or by wall clock, which differ where the clock was changed between."""
        if self.zone is None:
            return when - length, when - length
        wall = _readings(when.replace(tzinfo=None) - length, self.zone)
        both = (self.fixed(when - length), *wall)
        return min(both), max(both)

    def moment(self, said: str, first: datetime, last: datetime, grain: Grain) -> Moment:
        """The time between two bounds, none after the capture."""
        last = max(min(last, self.last), first)
        timespec = "milliseconds" if grain == "millisecond" else "seconds"
        return Moment(
            said=said,
            start=first.isoformat(timespec=timespec),
            end=last.isoformat(timespec=timespec),
            grain=grain,
            zone=self.zone.basis if self.zone else "unknown",
            date="anchored",
            anchor=self.anchor.basis,
        )


def _on_a_day(words: Words, capture: _Capture) -> Resolved:
    """A time on a day that the capture's day decides: everything it can mean, if that is one stretch of days."""
    days = _candidates(words, capture)
    fitting = [day for day in days if words.weekday in (None, day.weekday())]
    grain = _grain(words)
    conflict: Conflict | None = None
    spans = [(day, *_span(words.said, day, words.clock, grain, capture.zone)) for day in fitting]
    past = [(day, first, last) for day, first, last in spans if first <= capture.last]
    if not days:
        conflict = "time-ambiguous" if words.month is None else "time-no-such-day"
    elif not past:
        conflict = "time-after-capture" if fitting else "time-weekday-disagrees"
    elif (past[-1][0] - past[0][0]).days >= len(past):
        conflict = "time-ambiguous"
    if conflict:
        return Resolved(dateless(words.said, grain, capture.zone), conflict)
    grain = grain if len(past) == 1 else _coarser(grain, "day")
    return Resolved(capture.moment(words.said, past[0][1], past[-1][2], grain))


def _candidates(words: Words, capture: _Capture) -> list[date]:
    """The days it can mean, in order: one for each day the capture can have, none where a weekday is the capture's."""
    if words.month is not None:
        years = range(capture.first.year, capture.last.year + 1)
        month, day = words.month, words.day or 0
        return [date(year, month, day) for year in years if day <= monthrange(year, month)[1]]
    if words.days_ago is None and words.weekday is not None:
        back = [(day.weekday() - words.weekday) % _WEEK for day in capture.days]
        found = {day - timedelta(days=days) for day, days in zip(capture.days, back, strict=True)}
        return sorted(found) if all(back) else []
    return [day - timedelta(days=words.days_ago or 0) for day in capture.days]


def _elapsed(words: Words, count: int, unit: Unit, capture: _Capture) -> Moment:
    """From the earliest to the latest that apps can mean, whether they cut the elapsed time off or count calendar
    units. An hour's change of the clock is inside: the calendar's reading has whole days."""
    ranges = [_cut(count, unit, capture)]
    if unit not in ("now", "half-hour"):
        ranges.append(_counted(count, unit, capture))
    first, last = min(first for first, _ in ranges), max(last for _, last in ranges)
    return capture.moment(words.said, first, last, _coarser(_grain(words), capture.anchor.at.grain))


def _cut(count: int, unit: Unit, capture: _Capture) -> tuple[datetime, datetime]:
    """By elapsed time: at least so many units ago, but not one more."""
    if unit == "now":
        return capture.back(capture.first, _JUST_NOW)[0], capture.last
    shortest, longest = _LENGTHS[unit]
    return capture.back(capture.first, longest * (count + 1))[0], capture.back(capture.last, shortest * count)[1]


def _counted(count: int, unit: Unit, capture: _Capture) -> tuple[datetime, datetime]:
    """By the calendar: so many units before the capture's own second, minute, hour, day, month or year.

    A week is seven days, wherever it starts: 2 weeks are 14 to 20 days.
    """
    if unit in ("second", "minute", "hour"):
        length = _LENGTHS[unit][0]
        first, last = (_floor(when, unit) - length * count for when in (capture.first, capture.last))
        return capture.fixed(first), capture.fixed(last + length - timedelta(seconds=1))
    if unit in ("month", "year"):
        months = count * (1 if unit == "month" else 12)
        earliest, latest = (_months_back(when.date(), months) for when in (capture.first, capture.last))
        grain: Grain = "month" if unit == "month" else "year"
    else:
        further = timedelta(days=_WEEK - 1 if unit == "week" else 0)
        earliest = capture.first.date() - _LENGTHS[unit][0] * count - further
        latest, grain = capture.last.date() - _LENGTHS[unit][0] * count, "day"
    return _span("", earliest, None, grain, capture.zone)[0], _span("", latest, None, grain, capture.zone)[1]


def _floor(when: datetime, unit: Unit) -> datetime:
    when = when.replace(microsecond=0)
    if unit == "second":
        return when
    return when.replace(second=0) if unit == "minute" else when.replace(second=0, minute=0)


def _months_back(day: date, months: int) -> date:
    """The first of the month that lies so many before."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _span(said: str, day: date, clock: Clock | None, grain: Grain, zone: Zone | None) -> tuple[datetime, datetime]:
    """The first and the last of a day, a month, a year or a time of a day by its wall clock."""
    at = moment(said, *_numbers(day, clock), grain=grain, zone=zone)
    if at.first is None or at.last is None:
        raise ValueError("a moment of a day has bounds")
    return at.first, at.last


def _numbers(day: date, clock: Clock | None) -> tuple[int, int, int, int, int, int, int]:
    time = (clock.hour, clock.minute, clock.second, clock.millisecond) if clock else (0, 0, 0, 0)
    return (day.year, day.month, day.day, *time)


def _grain(words: Words) -> Grain:
    if words.ago is not None:
        return _UNIT_GRAINS[words.ago[1]]
    return words.clock.grain if words.clock else "day"


def _coarser(left: Grain, right: Grain) -> Grain:
    return max(left, right, key=_GRAINS.index)


def _fixed(when: datetime, zone: Zone) -> datetime:
    """An instant by the clock of a zone, at a fixed offset."""
    shown = when.astimezone(zone.info)
    return shown.replace(tzinfo=timezone(shown.utcoffset() or timedelta()), fold=0)


def _readings(wall: datetime, zone: Zone) -> tuple[datetime, datetime]:
    """The first and the last instant that a wall clock can mean in a zone, where its clock changes."""
    both = [_fixed(wall.replace(tzinfo=zone.info, fold=fold), zone) for fold in (0, 1)]
    return min(both), max(both)
