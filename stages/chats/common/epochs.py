"""Seconds and milliseconds since 1970 as moments, for the many messages of an export: a quarter of an hour is worked
out once and its seconds are filled in.
"""

from __future__ import annotations

import math
from typing import Any

from pipeline.moment import Moment, Zone, from_epoch_ms

__all__ = ["Epochs", "epoch_ms", "wall_agrees"]

_QUARTER = 900
_SECONDS_END = 10**11
"""From here on (the year 5138) a number is milliseconds, whatever the format says."""
_MOST = 10**14
_KEPT = 1 << 15


class Epochs:
    """The epochs of one file. `zone` shows them, UTC without one; `milliseconds` counts those given so by mistake."""

    def __init__(self, zone: Zone | None) -> None:
        self._zone = zone
        self._quarters: dict[int, tuple[str, int, str] | None] = {}
        self.milliseconds = 0

    def at(self, value: Any) -> Moment | None:
        """The moment of an epoch as a file has it; None where it is none."""
        if type(value) is int and 0 < value < _SECONDS_END:
            return self._second(value)
        found = epoch_ms(value)
        if found is None:
            return None
        if found[1]:
            self.milliseconds += 1
            return from_epoch_ms(str(value), found[0], self._zone)
        grain, seconds = ("millisecond", 0) if found[0] % 1000 else ("second", found[0] // 1000)
        return self._second(seconds) if grain == "second" else from_epoch_ms(str(value), found[0], self._zone)

    def _second(self, value: int) -> Moment:
        key, rest = divmod(value, _QUARTER)
        if key not in self._quarters:
            if len(self._quarters) > _KEPT:
                self._quarters.clear()
            self._quarters[key] = self._quarter(key)
        quarter = self._quarters[key]
        if quarter is None:
            return from_epoch_ms(str(value), value * 1000, self._zone, grain="second")
        hour, minute, offset = quarter
        start = f"{hour}{minute + rest // 60:02d}:{rest % 60:02d}{offset}"
        return Moment(said=str(value), start=start, end=start, grain="second", zone="stated", date="stated")

    def _quarter(self, key: int) -> tuple[str, int, str] | None:
        """What the seconds of a quarter share: the wording up to the minutes, its first minute, and the offset.

        None where the zone's offset changes within it, or is no whole number of quarters.
        """
        first, last = (from_epoch_ms("", at * 1000, self._zone, grain="second").start or ""
                       for at in (key * _QUARTER, (key + 1) * _QUARTER - 1))  # fmt: skip
        minute = int(first[14:16])
        even = minute % 15 == 0 and first[17:19] == "00" and first[:14] == last[:14] and first[19:] == last[19:]
        return (first[:14], minute, first[19:]) if even else None


def epoch_ms(value: Any) -> tuple[int, bool] | None:
    """Milliseconds since 1970, and whether the value itself is in them; None for what is no epoch.

    Digits in quotes count, zero and less do not: exporters write them where they know no time.
    """
    if isinstance(value, str):
        value = value.strip()
        if not (value.isascii() and value.isdecimal() and len(value) <= 14):
            return None
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    if not 0 < value < _MOST:
        return None
    return (int(value), True) if value >= _SECONDS_END else (round(value * 1000), False)


def wall_agrees(said: Any, seconds: int) -> bool:
    """Whether a wall clock ("2026-03-02 14:03:05") can show an epoch in some zone: they differ by whole quarters.

    What is no such wording says nothing against it.
    """
    from datetime import datetime

    try:
        shown = datetime.fromisoformat(said)
    except (TypeError, ValueError):
        return True
    if shown.tzinfo is not None:
        return abs(int(shown.timestamp()) - seconds) < 1
    gap = int((shown - datetime(1970, 1, 1)).total_seconds()) - seconds
    return abs(gap) <= 14 * 3600 and (gap % _QUARTER == 0 or (len(said) == 16 and gap % 60 == -seconds % 60))
