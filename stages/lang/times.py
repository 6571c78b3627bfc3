"""Timestamps as tables print them: a closed set of shapes, each with its grain. What fits none is refused.

A cell without a year, or whose order of day and month is neither declared nor proved by its own digits, is no time.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from pipeline.moment import Grain, Moment, Zone, from_epoch_ms, moment
from stages.lang.text import plain

__all__ = ["DateOrder", "from_value", "parse"]

DateOrder = Literal["ymd", "mdy", "dmy"]

_CLOCK = (
    r"(?:(?P<half>上午|下午)\s*)?(?P<hour>\d{1,2})(?::|时)(?P<minute>\d{1,2})分?"
    r"(?:(?<=分)(?P<cn_second>\d{1,2})秒|:(?P<second>\d{2})(?:\.(?P<fraction>\d{3})(?:\d{3})?)?)?"
    r"(?:\s*(?P<ampm>[AaPp]\.?[Mm]\.?))?"
)
_OFFSET = r"(?:\s*(?:(?P<utc>Z|UTC|GMT)|(?:UTC|GMT)?(?P<offset>[+-]\d{2}(?::?\d{2})?)|(?P<named>[A-Z]{3,4})))?"
_REST = rf"(?:(?:\s+|T)?(?P<clock>{_CLOCK}){_OFFSET})?"
_SHAPES = tuple(
    re.compile(shape + _REST, re.ASCII)
    for shape in (
        r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?!\d)",
        r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
        r"(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<year>\d{4}|\d{2})(?!\d)",
        r"(?P<word>[A-Z][a-z]{2})-(?P<day>\d{1,2})-(?P<year>\d{2})(?!\d)",
    )
)
_EPOCH_MS = re.compile(r"[1-9]\d{12}", re.ASCII)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), start=1
    )
}
_NAMED = {
    "PST": "-08:00", "PDT": "-07:00", "MST": "-07:00", "MDT": "-06:00", "EST": "-05:00", "EDT": "-04:00",
    "AKST": "-09:00", "AKDT": "-08:00", "HST": "-10:00", "WET": "+00:00", "WEST": "+01:00", "CET": "+01:00",
    "CEST": "+02:00", "EET": "+02:00", "EEST": "+03:00", "MSK": "+03:00", "HKT": "+08:00", "SGT": "+08:00",
    "AWST": "+08:00", "JST": "+09:00", "KST": "+09:00", "AEST": "+10:00", "AEDT": "+11:00", "NZST": "+12:00",
    "NZDT": "+13:00",
}  # fmt: skip
"""Abbreviations of zones that stand for one offset. CST, IST, BST and their like stand for several: they are none."""

_Parts = Mapping[str, str | None]


def parse(said: str, *, zone: Zone | None = None, order: DateOrder | None = None) -> Moment | None:
    """The moment a cell states, None if it states none. An offset in the cell, or a zone's abbreviation that stands for
    one offset, wins over `zone`.

    `order` is the declared order of day and month; without it a date such as 03/04/2026 is refused.
    """
    text = unicodedata.normalize("NFKC", plain(said)).strip()
    if _EPOCH_MS.fullmatch(text):
        return from_epoch_ms(said, int(text), zone)
    for shape in _SHAPES:
        match = shape.fullmatch(text)
        if match is not None:
            return _read(said, match.groupdict(), zone, order)
    return None


def from_value(value: date, said: str, *, zone: Zone | None = None, grain: Grain | None = None) -> Moment:
    """The moment of a typed cell of a workbook: a date is a day, a date with a time as fine as `grain` says."""
    if not isinstance(value, datetime):
        return moment(said, value.year, value.month, value.day, grain="day", zone=zone)
    return moment(said, value.year, value.month, value.day, value.hour, value.minute, value.second,
                  grain=grain or "second", zone=zone)  # fmt: skip


def _read(said: str, parts: _Parts, zone: Zone | None, order: DateOrder | None) -> Moment | None:
    day = _date(parts, order)
    clock = _clock(parts)
    if day is None or clock is None or (parts["named"] and parts["named"] not in _NAMED):
        return None
    numbers, grain = clock
    try:
        return moment(said, *day, *numbers, grain=grain, zone=_zone(parts, zone))
    except (ValueError, OverflowError):
        return None


def _date(parts: _Parts, order: DateOrder | None) -> tuple[int, int, int] | None:
    year_said = parts["year"] or ""
    year = int(year_said) if len(year_said) == 4 else 2000 + int(year_said)
    word = parts.get("word")
    if word is not None:
        return (year, _MONTHS[word], int(parts["day"] or 0)) if word in _MONTHS else None
    if parts.get("a") is None:
        return year, int(parts["month"] or 0), int(parts["day"] or 0)
    first, second = int(parts["a"] or 0), int(parts["b"] or 0)
    if order is None and len(year_said) == 4:
        order = _proved(first, second)
    if order == "mdy":
        return year, first, second
    return (year, second, first) if order == "dmy" else None


def _proved(first: int, second: int) -> DateOrder | None:
    """The order that the digits themselves prove: a part above 12 is a day, and twice the same is the same."""
    if first > 12:
        return "dmy"
    return "mdy" if second > 12 or first == second else None


def _clock(parts: _Parts) -> tuple[tuple[int, int, int, int], Grain] | None:
    """Hour, minute, second, millisecond and the grain they reach; None if they are no time of day."""
    if parts["clock"] is None:
        return (0, 0, 0, 0), "day"
    hour = _hour(int(parts["hour"] or 0), parts["half"], parts["ampm"])
    if hour is None:
        return None
    minute, second = int(parts["minute"] or 0), parts["second"] or parts["cn_second"]
    if second is None:
        return (hour, minute, 0, 0), "minute"
    fraction = parts["fraction"]
    return (hour, minute, int(second), int(fraction or 0)), "millisecond" if fraction else "second"


def _hour(hour: int, half: str | None, ampm: str | None) -> int | None:
    """The hour of 24; a marker beside an hour that no twelve-hour clock shows is refused."""
    if half is None and ampm is None:
        return hour
    if not 1 <= hour <= 12 or (half is not None and ampm is not None):
        return None
    afternoon = half == "下午" or (ampm or "a")[0] in "Pp"
    return hour % 12 + (12 if afternoon else 0)


def _zone(parts: _Parts, zone: Zone | None) -> Zone | None:
    if parts["utc"]:
        return Zone(name="UTC", basis="stated")
    offset = parts["offset"] or _NAMED.get(parts["named"] or "")
    return Zone(name=offset, basis="stated") if offset else zone
