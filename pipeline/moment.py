"""Moments: what a piece of evidence says about time, as an interval and never as a bare instant.

A moment keeps the wording, the first and the last second it can mean, how fine it is, and on what basis its zone
and its date are known. Without a zone there is no offset and no UTC number; nothing here reads a clock.
"""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from enum import StrEnum
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

__all__ = [
    "Before",
    "Grain",
    "Moment",
    "Zone",
    "before",
    "dateless",
    "from_epoch_ms",
    "moment",
    "parse_zone",
    "span",
    "within",
]

Grain = Literal["year", "month", "day", "hour", "minute", "second", "millisecond"]
ZoneBasis = Literal["stated", "platform", "case", "unknown"]
DateBasis = Literal["stated", "anchored", "inferred", "unknown"]

_WITHIN_A_DAY = frozenset({"day", "hour", "minute", "second", "millisecond"})

# The widest distance between two wall clocks on Earth that show the same instant is 26 h (UTC-12 to UTC+14);
# the interface settles on 14 h, the widest offset from UTC itself.
ZONELESS_DOUBT = timedelta(hours=14)


class Moment(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, gc=False):
    """A time as evidence states it.

    `start` and `end` are ISO 8601 and both inclusive, `end` at the last whole second of the grain (a millisecond:
    start = end, with three digits). They carry an offset unless `zone` is unknown, and are null when the date
    cannot be known. `anchor` says what a relative time was resolved against.
    """

    said: str
    start: str | None
    end: str | None
    grain: Grain
    zone: ZoneBasis
    date: DateBasis
    anchor: str | None = None

    def __post_init__(self) -> None:
        if (self.start is None) != (self.end is None) or (self.start is None) != (self.date == "unknown"):
            raise ValueError("a moment has both bounds or, with an unknown date, neither")
        if self.start is None or self.end is None:
            return
        first = datetime.fromisoformat(self.start)
        if (first.tzinfo is None) != (self.zone == "unknown"):
            raise ValueError("a moment carries an offset exactly when its zone is known")
        if self.end != self.start and datetime.fromisoformat(self.end) < first:
            raise ValueError("a moment ends before it starts")

    @property
    def first(self) -> datetime | None:
        """The first instant it can mean."""
        return None if self.start is None else datetime.fromisoformat(self.start)

    @property
    def last(self) -> datetime | None:
        """The last whole second (or the millisecond) it can mean."""
        return None if self.end is None else datetime.fromisoformat(self.end)

    @property
    def until(self) -> datetime | None:
        """The instant after it: a second lasts until the next begins."""
        if self.last is None:
            return None
        return self.last + (timedelta(milliseconds=1) if self.grain == "millisecond" else timedelta(seconds=1))

    def sort_key(self) -> tuple[bool, datetime, datetime]:
        """Total order by wall clock for the zone-less and by instant for the rest; the undated come last."""
        if self.first is None or self.last is None:
            return (True, datetime.min, datetime.min)
        return (False, _comparable(self.first), _comparable(self.last))


class Zone(msgspec.Struct, frozen=True, kw_only=True):
    """A zone and the basis on which it is taken: `name` is an IANA name or an offset such as +08:00."""

    name: str
    basis: ZoneBasis

    @property
    def info(self) -> tzinfo:
        """The zone itself."""
        return parse_zone(self.name)


class Before(StrEnum):
    """The answer to "did this come first?"."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot be told"


def parse_zone(name: str) -> tzinfo:
    """An IANA name or an offset (+08:00, +0800, Z) as a tzinfo; ValueError if it is neither."""
    text = name.strip()
    if text in {"Z", "z", "UTC"}:
        return UTC
    if text[:1] in {"+", "-"}:
        digits = text[1:].replace(":", "")
        if len(digits) == 2:
            digits += "00"
        if len(digits) != 4 or not digits.isdecimal() or not digits.isascii():
            raise ValueError(f"not an offset: {name!r}")
        hours, minutes = int(digits[:2]), int(digits[2:])
        if hours > 14 or minutes > 59:
            raise ValueError(f"not an offset: {name!r}")
        delta = timedelta(hours=hours, minutes=minutes)
        return timezone(-delta if text[0] == "-" else delta)
    try:
        return ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"no such zone: {name!r}") from error


def moment(
    said: str,
    year: int,
    month: int = 1,
    day: int = 1,
    hour: int = 0,
    minute: int = 0,
    second: int = 0,
    millisecond: int = 0,
    *,
    grain: Grain,
    zone: Zone | None = None,
    date_basis: DateBasis = "stated",
    anchor: str | None = None,
) -> Moment:
    """A moment from the numbers read; ValueError if they are no date or no time of day.

    A local time that a zone skips or repeats (daylight saving) spans both of its readings: it is never guessed.
    """
    if not 0 <= millisecond <= 999:
        raise ValueError(f"not a millisecond: {millisecond}")
    first = datetime(year, month, day, hour, minute, second, millisecond * 1000)
    last = _last(first, grain)
    offset = "" if zone is None else _offset(zone.name, year, month, day) if grain in _WITHIN_A_DAY else None
    if offset is None:
        assert zone is not None
        start, end = _iso(_readings(first, zone.info)[0], grain), _iso(_readings(last, zone.info)[-1], grain)
    else:
        start = _iso(first, grain) + offset
        end = start if last is first else _iso(last, grain) + offset
    return Moment(said=said, start=start, end=end, grain=grain, zone=zone.basis if zone else "unknown",
                  date=date_basis, anchor=anchor)  # fmt: skip


def from_epoch_ms(said: str, epoch_ms: int, zone: Zone | None, *, grain: Grain = "millisecond") -> Moment:
    """A moment from milliseconds since 1970-01-01 UTC: the instant is stated, the zone only shows it.

    `grain` is second or millisecond. ValueError beyond the years 1 to 9999.
    """
    try:
        instant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=epoch_ms)
        shown = instant.astimezone(zone.info if zone else UTC)
    except OverflowError as error:
        raise ValueError(f"not a time: {epoch_ms}") from error
    if grain == "second":
        shown = shown.replace(microsecond=0)
    return Moment(
        said=said, start=_iso(shown, grain), end=_iso(shown, grain), grain=grain, zone="stated", date="stated"
    )


def dateless(said: str, grain: Grain, zone: Zone | None = None) -> Moment:
    """A time whose date cannot be known."""
    return Moment(said=said, start=None, end=None, grain=grain, zone=zone.basis if zone else "unknown", date="unknown")


def before(left: Moment, right: Moment) -> Before:
    """Whether `left` came before `right`, as far as the evidence can tell."""
    if left.first is None or left.until is None or right.first is None or right.until is None:
        return Before.CANNOT_TELL
    doubt = timedelta(0)
    if (left.first.tzinfo is None) != (right.first.tzinfo is None):
        doubt = ZONELESS_DOUBT
    a_first, a_until = _comparable(left.first), _comparable(left.until)
    b_first, b_until = _comparable(right.first), _comparable(right.until)
    if a_until + doubt <= b_first:
        return Before.YES
    if b_until + doubt <= a_first:
        return Before.NO
    return Before.CANNOT_TELL


def within(inner: Moment, outer: Moment) -> bool:
    """Whether all that `inner` can mean lies inside `outer`, on the same kind of clock."""
    if inner.first is None or inner.last is None or outer.first is None or outer.last is None:
        return False
    if (inner.first.tzinfo is None) != (outer.first.tzinfo is None):
        return False
    return outer.first <= inner.first and inner.last <= outer.last


def span(left: Moment, right: Moment) -> tuple[timedelta, timedelta] | None:
    """The least and the most time that can lie between two moments; None where their clocks cannot be compared."""
    if left.first is None or left.until is None or right.first is None or right.until is None:
        return None
    if (left.first.tzinfo is None) != (right.first.tzinfo is None):
        return None
    return right.first - left.until, right.until - left.first


def _last(first: datetime, grain: Grain) -> datetime:
    if grain in ("second", "millisecond"):
        return first
    if grain == "year":
        return first.replace(month=12, day=31, hour=23, minute=59, second=59)
    if grain == "month":
        days = calendar.monthrange(first.year, first.month)[1]
        return first.replace(day=days, hour=23, minute=59, second=59)
    if grain == "day":
        return first.replace(hour=23, minute=59, second=59)
    if grain == "hour":
        return first.replace(minute=59, second=59)
    return first.replace(second=59)


@lru_cache(maxsize=1 << 14)
def _offset(zone: str, year: int, month: int, day: int) -> str | None:
    """The offset that a zone has all through a day, as ISO 8601 writes it; None where it changes within the day.

    A chat has many messages a day, and a zone's rules are slow to ask.
    """
    info = parse_zone(zone)
    if not isinstance(info, timezone):
        bounds = (datetime(year, month, day, tzinfo=info), datetime(year, month, day, 23, 59, 59, tzinfo=info))
        offsets = {when.replace(fold=fold).utcoffset() for when in bounds for fold in (0, 1)}
        if len(offsets) > 1:
            return None
    return datetime(year, month, day, tzinfo=info).isoformat()[19:]


def _readings(wall: datetime, info: tzinfo) -> tuple[datetime, datetime]:
    """The earliest and the latest instant that a wall clock can mean, each at a fixed offset."""
    both = (wall.replace(tzinfo=info, fold=0), wall.replace(tzinfo=info, fold=1))
    fixed = [when.replace(tzinfo=timezone(when.utcoffset() or timedelta(0)), fold=0) for when in both]
    return min(fixed), max(fixed)


def _comparable(when: datetime) -> datetime:
    """Zoned moments by UTC; a zone-less wall clock takes the place it would have in China.

    That only gives a mixed list one stable order: within the doubt of a zone `before` answers "cannot be told".
    """
    if when.tzinfo is None:
        return when - timedelta(hours=8) if when > datetime(1, 1, 2) else when
    try:
        return when.astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        return when.replace(tzinfo=None)


def _iso(when: datetime, grain: Grain) -> str:
    return when.isoformat("T", "milliseconds" if grain == "millisecond" else "seconds")
