"""Moments of one zone, made quickly: a chat has many on one day, and the day is worked out once."""

from __future__ import annotations

from pipeline.moment import Grain, Moment, Zone, moment

__all__ = ["Day", "Days"]

Day = tuple[int, int, int]
"""Year, month and day."""


class Days:
    """Makes the moments of wall clocks in one zone (None: unknown)."""

    def __init__(self, zone: Zone | None) -> None:
        self.zone = zone
        self._basis = zone.basis if zone else "unknown"
        self._known: dict[Day, tuple[str, str] | None] = {}

    def day(self, said: str, day: Day) -> Moment:
        """A whole day; ValueError if there is none such."""
        return moment(said, *day, grain="day", zone=self.zone)

    def at(self, said: str, day: Day, clock: str) -> Moment:
        """The minute or the second that `clock`, HH:MM or HH:MM:SS, shows; ValueError if there is no such day."""
        known = self._known[day] if day in self._known else self._learn(day)
        if known is None:
            grain: Grain = "minute" if len(clock) == 5 else "second"
            return moment(said, *day, *map(int, clock.split(":")), grain=grain, zone=self.zone)
        date, offset = known
        if len(clock) == 5:
            return Moment(said=said, start=f"{date}T{clock}:00{offset}", end=f"{date}T{clock}:59{offset}",
                          grain="minute", zone=self._basis, date="stated")  # fmt: skip
        start = f"{date}T{clock}{offset}"
        return Moment(said=said, start=start, end=start, grain="second", zone=self._basis, date="stated")

    def _learn(self, day: Day) -> tuple[str, str] | None:
        """A date and its offset as ISO 8601 writes them; None where the offset changes within the day."""
        whole = self.day("", day)
        first, last = whole.start or "", whole.end or ""
        self._known[day] = (first[:10], first[19:]) if first[19:] == last[19:] else None
        return self._known[day]
