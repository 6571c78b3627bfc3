"""Times as people and programs write them, in full: a date in figures or words, a clock, an offset.

The order of day and month in figures is not decided here: the parts are given as they stand, for `dates.order_of`.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from pipeline.moment import Grain, Moment, Zone, dateless, moment
from stages.chats.common.clock import hour_of
from stages.chats.common.dates import Parts, calendar_day
from stages.lang.text import plain
from stages.lang.times import DateOrder

__all__ = ["Stamp", "moment_of", "stamp_of", "weekday_of"]


class Stamp(NamedTuple):
    """What a written time states. `parts` are the numbers of the date as they stand (a date in words: year first);
    the clock is hour, minute, second and millisecond, None where it is not written. `odd`: a clock of 24 hours beside
    a marker of 12.
    """

    parts: Parts
    hour: int | None = None
    minute: int = 0
    second: int | None = None
    millisecond: int | None = None
    offset: str | None = None
    odd: bool = False


_MONTH_WORDS = (
    "jan january januar janvier enero januari gennaio janeiro",
    "feb february februar février febrero februari febbraio fevereiro",
    "mar march märz mars marzo maart março",
    "apr april avril abril aprile",
    "may mai mayo mei maggio maio",
    "jun june juni juin junio giugno junho",
    "jul july juli juillet julio luglio julho",
    "aug august août agosto augustus",
    "sep sept september septembre septiembre settembre setembro",
    "oct october oktober octobre octubre ottobre outubro okt",
    "nov november novembre noviembre novembro",
    "dec december dezember décembre diciembre dicembre dezembro dez",
)
_MONTHS = {word: number for number, words in enumerate(_MONTH_WORDS, start=1) for word in words.split()}
_WEEKDAY_WORDS = (
    "mon monday 一 週一 周一 星期一 礼拜一 月 月曜日 월 월요일",
    "tue tues tuesday 二 週二 周二 星期二 火 火曜日 화 화요일",
    "wed wednesday 三 週三 周三 星期三 水 水曜日 수 수요일",
    "thu thur thurs thursday 四 週四 周四 星期四 木 木曜日 목 목요일",
    "fri friday 五 週五 周五 星期五 金 金曜日 금 금요일",
    "sat saturday 六 週六 周六 星期六 土 土曜日 토 토요일",
    "sun sunday 日 週日 周日 星期日 星期天 日曜日 일 일요일",
)
_WEEKDAYS = {word: number for number, words in enumerate(_WEEKDAY_WORDS) for word in words.split()}

_MARK = r"上午|下午|凌晨|早上|清晨|中午|正午|傍晚|晚上|午前|午後|오전|오후|[ap]\.? ?m\b\.?"
_CLOCK = re.compile(
    rf"(?:(?P<before>{_MARK})\s*)?(?<!\d)(?P<hour>\d{{1,2}})(?::|[时時시点]\s?)(?P<minute>\d{{1,2}})[分분]?"
    rf"(?:(?::|\s?)(?P<second>\d{{1,2}})(?![\d:/])[秒초]?(?:[.,](?P<fraction>\d{{1,9}}))?)?(?:\s*(?P<after>{_MARK}))?",
    re.ASCII,
)
_OFFSET = re.compile(
    r"\[?\b(?:utc|gmt)(?P<rest>[+-]\d{1,2}(?::?\d{2})?)?\]?|(?<=\d)\s?(?P<bare>[+-]\d\d:?\d\d)$|(?<=\d)z$"
)
_CJK = re.compile(r"(?P<y>\d{4})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]", re.ASCII)
_FIGURES = re.compile(r"(?<!\d)(\d{1,4})(?P<sep>[-/.]) ?(\d{1,2})(?P=sep) ?(\d{1,4})(?!\d)", re.ASCII)
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+", re.ASCII)
_LONGEST = 80


@lru_cache(maxsize=1 << 14)
def stamp_of(said: str) -> Stamp | None:
    """What a written time states; None where a date or a clock cannot be made out without a doubt.

    A figure that belongs to neither is such a doubt; weekdays and small words are not.
    """
    text = plain(said).strip().lower()
    if not text or len(text) > _LONGEST:
        return None
    offset = _OFFSET.search(text)
    if offset is not None:
        text = text[: offset.start()] + " " + text[offset.end() :]
    clock = _CLOCK.search(text)
    rest = text[: clock.start()] + " " + text[clock.end() :] if clock else text
    parts = _date(rest)
    if parts is None:
        return None
    stamp = Stamp(parts, offset=_offset(offset) if offset else None)
    return _with_clock(stamp, clock) if clock else stamp


def _offset(match: re.Match[str]) -> str:
    written = match["rest"] or match["bare"]
    if written is None:
        return "UTC"
    hours, minutes = (written[1:].replace(":", "") + "00")[:4], ""
    if len(written) == 2:
        hours, minutes = "0" + written[1], "00"
    return f"{written[0]}{hours[:2]}:{minutes or hours[2:]}"


def _with_clock(stamp: Stamp, match: re.Match[str]) -> Stamp | None:
    """The stamp with its clock; None if hour and marker cannot stand together, or two markers are written."""
    if match["before"] and match["after"]:
        return None
    marker = match["before"] or match["after"]
    written = int(match["hour"])
    hour = hour_of(written, marker)
    if hour is None or (marker is None and written > 23):
        return None
    fraction = match["fraction"]
    return stamp._replace(
        hour=hour,
        minute=int(match["minute"]),
        second=int(match["second"]) if match["second"] else None,
        millisecond=int(f"{fraction:0<3}"[:3]) if fraction else None,
        odd=marker is not None and (written == 0 or written > 12),
    )


def _date(text: str) -> Parts | None:
    """The date in a text without its clock."""
    match = _CJK.search(text) or _FIGURES.search(text)
    if match is not None:
        left = text[: match.start()] + text[match.end() :]
        if any(character.isdecimal() for character in left):
            return None
        year, month, day = match.group("y", "m", "d") if match.re is _CJK else match.group(1, 3, 4)
        return (year, month, day)
    return _date_in_words(text)


def _date_in_words(text: str) -> Parts | None:
    """A month by name, one number that is its day and one that is a year: in whatever order they stand."""
    months = {_MONTHS[word] for word in _WORD.findall(text) if word in _MONTHS}
    numbers = _NUMBER.findall(text)
    if len(months) != 1 or len(numbers) != 2:
        return None
    years = [number for number in numbers if len(number) == 4]
    if not years and len(numbers[1]) == 2 and "-" in text:
        years = [f"20{numbers[1]}"]
        numbers = [numbers[0], years[0]]
    days = [number for number in numbers if len(number) <= 2]
    return (years[0], str(months.pop()), days[0]) if len(years) == len(days) == 1 else None


def weekday_of(said: str) -> int | None:
    """The day of the week (Monday is 0) that a written date names, None if it names none."""
    for word in _WORD.findall(_CJK.sub(" ", plain(said).lower())):
        if word in _WEEKDAYS:
            return _WEEKDAYS[word]
    return None


def moment_of(said: str, stamp: Stamp, order: DateOrder | None, zone: Zone | None) -> Moment | None:
    """The moment of a stamp: without a date where the order is not known; None if there is no such day or time.

    An offset that is written wins over `zone`.
    """
    if stamp.offset is not None:
        zone = Zone(name=stamp.offset, basis="stated")
    milli = stamp.millisecond
    grain = _grain(stamp)
    if len(stamp.parts[0]) == 4:
        order = "ymd"
    if order is None:
        return dateless(said, grain, zone)
    day: date | None = calendar_day(stamp.parts, order)
    if day is None:
        return None
    try:
        return moment(
            said, day.year, day.month, day.day, stamp.hour or 0, stamp.minute, stamp.second or 0, milli or 0,
            grain=grain, zone=zone,
        )  # fmt: skip
    except (ValueError, OverflowError):
        return None


def _grain(stamp: Stamp) -> Grain:
    if stamp.hour is None:
        return "day"
    if stamp.second is None:
        return "minute"
    return "second" if stamp.millisecond is None else "millisecond"
