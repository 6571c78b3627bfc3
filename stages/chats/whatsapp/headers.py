"""The lines that begin a message: a date and a time in one of the shapes phones write, then a name or a notice.

Matched on plain text (invisible marks removed, every blank a space). An export writes one shape throughout, and what is
pasted into a message often has another: a line is a header only in the shape of most headers of its file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import NamedTuple

from stages.chats.common.clock import hour_of
from stages.chats.common.dates import Parts
from stages.chats.whatsapp.locales import FILLERS

__all__ = ["GROUPS", "NO_SHAPE", "Hour", "Shape", "alike", "header_of", "hour_at", "parts_of", "shape_of", "year_leads"]

_ERA = r"(?:[RHrh]|令和|平成)"
_DATE = (
    rf"(?P<date>{_ERA}?\d{{1,4}}(?:[/-]\d{{1,2}}[/-]|\. ?\d{{1,2}}\. ?|年\d{{1,2}}月){_ERA}?\d{{1,4}}"
    r"(?:日|\.(?! ?\d)|\.(?= \d{1,2}[:.]\d)| ?(?:BE|B\.E\.|AD|พ\.ศ\.|г\.))?)"
)
_WORD = r"[^\W\d_][^\d\[\]:,،/–—-]{0,14}"
_TIME = rf"(?P<before>{_WORD}?)?(?P<clock>(?P<hour>\d{{1,2}})(?P<mark>[:.])\d\d)(?:[:.](?P<second>\d\d))?"
_AFTER = rf"(?: ?(?P<after>{_WORD}?))?"
_GAP = r"(?P<gap>[,،、]? ?)"
_CLOSE = r"(?P<close>\] ?| [-–—](?: |$)|: |$)"
_DATE_FIRST = re.compile(rf"(?P<open>\[?)(?P<stamp>{_DATE}{_GAP}{_TIME})(?:{_AFTER}{_CLOSE})?")
_TIME_FIRST = re.compile(rf"(?P<open>\[?)(?P<stamp>{_TIME}(?P<after> ?{_WORD}?)?{_GAP}{_DATE})(?:{_CLOSE})?")
_DAY = re.compile(rf"({_ERA}?)(\d{{1,4}})(\D+?)(\d{{1,2}})(\D+?)({_ERA}?)(\d{{1,4}})(\D*)")
_ERAS = {"r": 2018, "令和": 2018, "h": 1988, "平成": 1988}
_BUDDHIST, _BUDDHIST_YEARS = 543, range(2450, 2650)
GROUPS = ("stamp", "date", "before", "clock", "second", "after")
"""The groups of a header: all of the time, its date, marker, hour and minute, second, marker."""

_EARLIEST = 2009
"""WhatsApp began in this year: no message is older."""

_SAMPLE = 2000
"""Headers by which the shape of a file is found."""

_RARE = 4
"""A width of numbers is not the file's where the other is at least so many times as frequent."""


class Shape(NamedTuple):
    """How a file writes its headers: whether in brackets, and the parts of date and time with what parts them.

    `year` is where the year of four digits stands: "first", "last", or "" where it has two. `eras` tell which of the
    two outer numbers is counted from an era.
    """

    opens: str
    time_first: bool
    eras: tuple[bool, bool]
    year: str
    marks: tuple[str, str, str]
    gap: str
    mark: str
    before: bool
    seconds: bool
    after: bool
    close: str

    @property
    def is_whole(self) -> bool:
        """Whether WhatsApp writes it: closed by a bracket that was opened, or else by a dash or a colon."""
        return bool(self.close) and (self.opens == "[") == (self.close == "]")


NO_SHAPE = Shape("", False, (False, False), "", ("", "", ""), "", "", False, False, False, "")
"""That of a file without headers."""


class Hour(NamedTuple):
    """An hour by a clock of 24, None where it and its marker cannot stand together. `odd`: 13:05 PM, 0:08 AM."""

    value: int | None
    odd: bool


def _general(line: str) -> re.Match[str] | None:
    """A line that begins with a date and a time in any shape."""
    match = _DATE_FIRST.match(line)
    if match is None and (line[:1] == "[" or line[:1].isdecimal()):
        match = _TIME_FIRST.match(line)
    return match


def alike(line: str) -> tuple[int, int] | None:
    """Where the stamp stands in a line that begins like a header of some shape; None if it does not."""
    match = _general(line)
    return match.span("stamp") if match else None


def shape_of(lines: Iterable[str]) -> tuple[Shape, re.Pattern[str]] | None:
    """The shape of most headers, and what matches a header of that shape and of the file's width of numbers."""
    found = list(islice(filter(None, map(_general, lines)), _SAMPLE))
    shapes = [_shape(match) for match in found]
    counts = Counter(shape for shape in shapes if shape.is_whole)
    if not counts:
        return None
    shape = max(counts, key=counts.__getitem__)
    return shape, header_of(shape, [match for match, other in zip(found, shapes, strict=True) if other == shape])


def _shape(match: re.Match[str]) -> Shape:
    day = _DAY.fullmatch(match["date"])
    assert day is not None
    front, first, one, _, two, back, third, after = day.groups()
    return Shape(
        opens=match["open"],
        time_first=match.start("clock") < match.start("date"),
        eras=(bool(front), bool(back)),
        year="first" if len(first) > 2 else "last" if len(third) > 2 else "",
        marks=(one, two, after),
        gap=match["gap"],
        mark=match["mark"],
        before=bool(match["before"]),
        seconds=match["second"] is not None,
        after=bool(match["after"]),
        close=(match["close"] or "").strip(),
    )


def header_of(shape: Shape, examples: Sequence[re.Match[str]]) -> re.Pattern[str]:
    """What matches a header of a shape: groups date, before, clock (hour and minute), second and after.

    03/02 and 3/2 do not stand in one export: the examples show the width of the numbers.
    """
    days = [day for match in examples if (day := _DAY.fullmatch(match["date"]))]
    numbers = [_number(day[place] for day in days) for place in (2, 4, 7)]
    if shape.year:
        numbers[0 if shape.year == "first" else 2] = r"\d{3,4}"
    eras = [_ERA if era else "" for era in shape.eras]
    one, two, after = map(re.escape, shape.marks)
    date = f"(?P<date>{eras[0]}{numbers[0]}{one}{numbers[1]}{two}{eras[1]}{numbers[2]}{after})"
    hour, mark = _number(match["hour"] for match in examples), re.escape(shape.mark)
    time = (
        (rf"(?P<before>{_WORD}?)" if shape.before else "(?P<before>)")
        + rf"(?P<clock>{hour}{mark}\d\d)"
        + (r"[:.](?P<second>\d\d)" if shape.seconds else "(?P<second>)")
        + (rf" ?(?P<after>{_WORD}?)" if shape.after else "(?P<after>)")
    )
    parts = (time, date) if shape.time_first else (date, time)
    close = {"]": r"\] ?", ":": r":(?: |$)"}.get(shape.close, rf" {re.escape(shape.close)}(?: |$)")
    return re.compile(rf"{re.escape(shape.opens)}(?P<stamp>{parts[0]}{re.escape(shape.gap)}{parts[1]}){close}")


def _number(examples: Iterable[str]) -> str:
    """What matches a number of one or two digits in the width of the examples."""
    counts = Counter("bare" if len(digits) == 1 else "zero" if int(digits[0]) == 0 else "" for digits in examples)
    bare, zero = counts["bare"], counts["zero"]
    if bare and bare >= zero * _RARE:
        return r"(?!0\d)\d{1,2}"
    return r"\d\d" if zero and zero >= bare * _RARE else r"\d{1,2}"


def hour_at(hour: str, before: str, after: str) -> Hour:
    """The hour by its marker, which may stand before it or after; some words before it mark nothing."""
    front = "".join(before.split()).lower()
    marker = after.strip() or ("" if front in FILLERS else front)
    number = int(hour)
    return Hour(hour_of(number, marker or None), bool(marker) and (number == 0 or number > 12))


def parts_of(said: str) -> Parts:
    """The numbers of a date, with the year of the common era for a Buddhist or a Japanese one."""
    match = _DAY.fullmatch(said)
    assert match is not None
    return _year(match[2], match[1]), _ascii(match[4]), _year(match[7], match[6])


def year_leads(dates: Iterable[Parts]) -> bool:
    """Whether two digits in front must be the year: in last place they would be one before WhatsApp began."""
    return any(
        len(first) == 2 and len(third) <= 2 and (len(third) == 1 or 2000 + int(third) < _EARLIEST)
        for first, _, third in dates
    )


def _ascii(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(int(digit)) for digit in digits)


def _year(digits: str, era: str) -> str:
    """A part of a date that may be a year: a year of an era as the common era has it."""
    if era:
        return str(_ERAS[era.lower()] + int(digits))
    number = int(digits)
    return str(number - _BUDDHIST) if number in _BUDDHIST_YEARS else _ascii(digits)
