"""The moments of headers, put together from days and minutes that are worked out once: a chat has many of each."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from pipeline.moment import Grain, Moment, Zone, dateless, moment
from stages.chats.whatsapp.headers import hour_at

__all__ = ["Stamps"]

_OFFSET = 19
"""Where, in an ISO 8601 time of seconds, the offset begins."""


class _Minute(NamedTuple):
    """A time of day as written, by a clock of 24 (`wall` is HH:MM), and what is to be said about it."""

    wall: str
    remark: str


class Stamps:
    """The times of one file. `days` are the days its dates mean; `settled`: the order of its dates is known."""

    def __init__(self, days: Mapping[str, date | None], zone: Zone | None, *, settled: bool) -> None:
        self._days, self._zone, self._settled = days, zone, settled
        self._minutes: dict[str, _Minute] = {}
        self._offsets = {said: _offset(day, zone) for said, day in days.items() if day}
        self._isos = {said: day.isoformat() for said, day in days.items() if day}
        self._basis = zone.basis if zone else "unknown"
        self._last: Moment | None = None

    def read(self, said: str, day: str, before: str, clock: str, second: str, after: str) -> tuple[Moment, str]:
        """The moment of a header, by its parts, and the code of what is to be said about it, or nothing."""
        minute = self._minutes.get(clock + before + after) or self._minute(clock, before, after)
        if self._last is not None and self._last.said == said:
            return self._last, minute.remark
        grain: Grain = "second" if second else "minute"
        if not minute.wall or (second and int(second) > 59) or (self._settled and day not in self._isos):
            return dateless(said, grain, self._zone), "chat-time-unreadable"
        offset = self._offsets.get(day)
        if offset is None:
            at = self._slowly(said, day, minute.wall, second, grain)
        else:
            wall = f"{self._isos[day]}T{minute.wall}:"
            start = f"{wall}{_ascii(second) if second else '00'}{offset}"
            end = start if second else f"{wall}59{offset}"
            at = Moment(said=said, start=start, end=end, grain=grain, zone=self._basis, date="stated")
        self._last = at
        return at, minute.remark

    def _minute(self, clock: str, before: str, after: str) -> _Minute:
        hour, minute = hour_at(clock[:-3], before, after), int(clock[-2:])
        wall = "" if hour.value is None or minute > 59 else f"{hour.value:02}:{minute:02}"
        found = _Minute(wall, "chat-clock-odd" if hour.odd else "")
        return self._minutes.setdefault(clock + before + after, found)

    def _slowly(self, said: str, day: str, wall: str, second: str, grain: Grain) -> Moment:
        """On a day without a date, or one in which the zone's offset changes."""
        when = self._days[day]
        if when is None:
            return dateless(said, grain, self._zone)
        numbers = (when.year, when.month, when.day, int(wall[:2]), int(wall[3:]), int(second or 0))
        return moment(said, *numbers, grain=grain, zone=self._zone)


def _offset(day: date, zone: Zone | None) -> str | None:
    """The offset of a whole day as ISO 8601 writes it; None where it changes within the day."""
    whole = moment("", day.year, day.month, day.day, grain="day", zone=zone)
    assert whole.start is not None
    assert whole.end is not None
    return whole.start[_OFFSET:] if whole.start[_OFFSET:] == whole.end[_OFFSET:] else None


def _ascii(digits: str) -> str:
    return digits if digits.isascii() else f"{int(digits):02}"
