"""Dates of digits alone whose year comes last: 3/13/26, 03/12/2026 10:41 PM, 13.03.2026.

Day or month first: that is known where the digits leave one reading, where another date of the page proves it, or where
the user states it. Else the time stands as printed and has no date.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from pipeline.moment import Moment, dateless
from stages.lang.match import Span
from stages.lang.screen_times import find_times, read_time
from stages.screens.page import Context

__all__ = ["dates_in", "is_unordered", "order_in", "read_date"]

_DATE = re.compile(
    r"(?<![\d./:-])(?P<a>\d{1,2})(?P<sep>[/.-])(?P<b>\d{1,2})(?P=sep)(?P<c>20\d\d|(?<=/)\d\d)(?![\d/:-]|\.\d)"
    r"(?P<clock>,?\s*(?:at\s+)?\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AaPp]\.?[Mm]\b\.?)?)?",
    re.ASCII,
)
_PLACES = {"mdy": (2, 0, 1), "dmy": (2, 1, 0), "ymd": (0, 1, 2)}
"""Where year, month and day stand in each order."""


class _Day(NamedTuple):
    year: int
    month: int
    day: int


def dates_in(text: str) -> tuple[Span, ...]:
    """The times inside a text, left to right: those of the grammar, and dates of digits with their clock."""
    own = [Span(*match.span()) for match in _DATE.finditer(text) if _readings(match) and not _is_code(match, text)]
    others = find_times(text)
    others = tuple(span for span in others if all(span.end <= date.start or date.end <= span.start for date in own))
    return tuple(sorted((*own, *others)))


def read_date(said: str, context: Context) -> Moment | None:
    """The time that a wording states as a whole, None where it is none."""
    match = _DATE.fullmatch(said)
    days = _readings(match) if match is not None else {}
    if match is None or not days:
        return read_time(said, zone=context.zone, anchor=context.anchor)
    day = days.get(context.date_order or "") or (next(iter(days.values())) if len(set(days.values())) == 1 else None)
    clock = (match["clock"] or "").lstrip(", ").removeprefix("at ").strip()
    stated = day or _Day(2000, 1, 1)
    moment = read_time(f"{stated.year}-{stated.month:02}-{stated.day:02} {clock}".strip(), zone=context.zone)
    if moment is None:
        return None
    if day is None:
        return dateless(said, moment.grain, context.zone)
    return msgspec.structs.replace(moment, said=said)


def is_unordered(moment: Moment) -> bool:
    """Whether a time has no date because its digits can be read day first and month first."""
    return moment.date == "unknown" and _DATE.fullmatch(moment.said) is not None


def order_in(texts: Iterable[str]) -> str | None:
    """The order that the dates of one page prove: mdy, dmy or ymd; None where none does, or two do."""
    proved: set[str] = set()
    for text in texts:
        for match in _DATE.finditer(text):
            days = _readings(match)
            if len(days) == 1:
                proved |= set(days)
    return proved.pop() if len(proved) == 1 else None


def _is_code(match: re.Match[str], text: str) -> bool:
    """Whether digits may as well be a code: 取件码 11-4-2025."""
    return match["sep"] == "-" and not match["clock"] and match[0] != text.strip()


def _readings(match: re.Match[str]) -> dict[str, _Day]:
    """The days that a date can be, by order. A year of two digits is of this century; first it stands only padded."""
    parts = (match["a"], match["b"], match["c"])
    padded = all(len(part) == 2 for part in parts)
    orders = ("mdy", "dmy", "ymd") if padded else ("mdy", "dmy")
    days = {order: _day(parts, _PLACES[order]) for order in orders}
    return {order: day for order, day in days.items() if day is not None}


def _day(parts: Sequence[str], places: tuple[int, int, int]) -> _Day | None:
    year, month, day = (int(parts[place]) for place in places)
    year += 2000 if year < 100 else 0
    return _Day(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None
