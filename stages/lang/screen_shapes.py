"""The words of times as screens print them: a closed grammar that says what the words say and resolves nothing.

Forms seen on Chinese and English phones: full and year-less dates, names of days and weekdays, clocks with day parts,
elapsed times ("3天前"), each alone or together, with what apps print around them (编辑于, a place, an offset).
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from pipeline.moment import Grain, parse_zone
from stages.lang.match import Span
from stages.lang.places import PLACES

__all__ = ["Clock", "Unit", "Words", "find_times", "read_words"]

_Parts = dict[str, str | None]
_LEAP = 2000
Unit = Literal["now", "second", "minute", "half-hour", "hour", "day", "week", "month", "year"]


class Clock(NamedTuple):
    """A time of day by 24 hours. `odd`: printed as an hour of 24 beside AM or PM."""

    hour: int
    minute: int
    second: int
    millisecond: int
    grain: Grain
    odd: bool = False


class Words(NamedTuple):
    """What a time's words say. `said` is the wording without a place that follows; `weekday` counts from Monday, 0.

    A day is given by year, month and day, by month and day, by `days_ago` (昨天 is 1), by `weekday` alone, or not at
    all (a clock alone); `ago` is an elapsed time. `offset` is the zone the words themselves state.
    """

    said: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    days_ago: int | None = None
    weekday: int | None = None
    ago: tuple[int, Unit] | None = None
    clock: Clock | None = None
    offset: str | None = None


def _names(*spellings: str) -> dict[str, int]:
    """Each spelling with the place of its group: "a|b", "c" gives a 0, b 0, c 1."""
    return {name: place for place, group in enumerate(spellings) for name in group.split("|")}


def _either(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


_MONTHS = _names(
    "January|Jan", "February|Feb", "March|Mar", "April|Apr", "May", "June|Jun", "July|Jul", "August|Aug",
    "September|Sept|Sep", "October|Oct", "November|Nov", "December|Dec",
)  # fmt: skip
_WEEK = _names("Monday|Mon", "Tuesday|Tues|Tue", "Wednesday|Wed", "Thursday|Thurs|Thur|Thu", "Friday|Fri",
               "Saturday|Sat", "Sunday|Sun") | {
    stem + day: place for stem in ("星期", "周", "週", "礼拜", "禮拜")
    for place, days in enumerate(("一", "二", "三", "四", "五", "六", "日天")) for day in days
}  # fmt: skip
_DAYS = _names("今天|今日|Today|today|TODAY", "昨天|昨日|Yesterday|yesterday|YESTERDAY", "前天|前日", "大前天")
_UNIT_NAMES: dict[Unit, str] = {
    "second": "秒|秒钟|秒鐘|seconds|second|secs|sec|s",
    "minute": "分钟|分鐘|分|minutes|minute|mins|min|m",
    "hour": "小时|小時|个小时|個小時|hours|hour|hrs|hr|h",
    "day": "天|日|days|day|d",
    "week": "周|週|星期|个星期|個星期|礼拜|禮拜|weeks|week|wks|wk|w",
    "month": "个月|個月|months|month|mos|mo",
    "year": "年|years|year|yrs|yr|y",
}
_UNITS: dict[str, Unit] = {name: unit for unit, names in _UNIT_NAMES.items() for name in names.split("|")}
_COUNTS = {"一": 1, "二": 2, "两": 2, "兩": 2, **{name: at for at, name in enumerate("三四五六七八九十", start=3)}}

_PREFIX = (
    r"(?:(?:(?:最后|最後)?(?:编辑|編輯|发布|發布|發佈|评论|評論|更新|回复|回覆|发表|發表|修改|追评|追評|创建|創建)[于於]"
    r"|(?:[Ll]ast )?(?:[Ee]dited|[Pp]osted|[Uu]pdated|[Rr]eviewed|[Cc]ommented|[Rr]eplied|[Pp]ublished)(?: on| at)?"
    r")\s*[:·]?\s*)?"
)
_AMPM = r"[AaPp]\.?[Mm]\b\.?"
_PARTS = "上午|下午|中午|凌晨|早上|早晨|清晨|晚上|傍晚"
_CLOCK = (
    rf"(?P<clock>(?:(?P<part>{_PARTS})\s*|(?P<lead>{_AMPM})\s*)?(?P<hour>\d{{1,2}})"
    r"(?::(?P<minute>\d{2}|\d\s\d(?=:))(?::(?P<second>\d{2})(?:\.(?P<fraction>\d{3}))?)?"
    r"|[点點时時](?:(?P<cn_minute>\d{1,2})分(?:(?P<cn_second>\d{1,2})秒)?|(?(part)|(?!)))"
    rf"|(?=\s*{_AMPM}))(?:\s*(?P<trail>{_AMPM}))?)"
)
_HOURS: dict[str, range] = {
    "A": range(12),
    "P": range(12, 24),
    "凌晨": range(7),
    "清晨": range(4, 10),
    "早上": range(4, 12),
    "早晨": range(4, 12),
    "上午": range(12),
    "中午": range(11, 15),
    "下午": range(12, 24),
    "傍晚": range(16, 21),
    "晚上": range(17, 24),
}
"""The hours that a day part can name. 晚上12:30 is in none: it is the end of one day or the start of the next."""
_BARE = r"(?:(?<=UTC)|(?<=GMT)|(?=\+))"  # "09:00-12:00" states no offset
_OFFSET = rf"(?:\s*\(?(?:(?:UTC|GMT)?(?P<offset>{_BARE}[+-]\d{{1,2}}(?::?\d{{2}})?)|(?P<utc>Z|UTC|GMT))(?![\d:+-])\)?)?"
_WEEKDAY = rf"(?:\s*[(,]?\s*(?P<weekday>{_either(_WEEK)})\)?)?"
_REST = rf"{_WEEKDAY}(?:(?P<gap>\s*[T,·]?\s*(?:at\s+)?){_CLOCK}{_OFFSET})?"
_LEADING = rf"(?:(?P<leading>{_either(_WEEK)})\.?,?\s+)?"
_MONTH = rf"(?P<word>{_either(_MONTHS)})\.?"
_ENGLISH_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})(?![\d:])"
_LEFT = r"(?<![0-9A-Za-z¥$€£#_*+])(?<![0-9][.:/\-])(?<![A-Za-z][/\-.])"
_RIGHT = r"(?![0-9%*]|(?!IP\s?[属屬])[A-Za-z])(?![.:/\-][0-9])"  # engines leave out the blank before IP属地
_NO_RANGE = (  # "10-15天" is no date
    r"(?!\s*(?:[天个個件分秒年元块斤岁歲码碼折次人]|小[时時]|[周週](?![一二三四五六日天])|月|日内|工作日|days?\b|hours?\b))"
)
_SHAPES = tuple(
    re.compile(_LEFT + _PREFIX + shape + _RIGHT, re.ASCII)
    for shape in (
        r"(?P<year>\d{4})(?P<sep>[-/.])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})" + _REST,
        r"(?:(?P<year>\d{4})\s*年\s*)?(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})\s*[日号號](?!内)" + _REST,
        r"(?P<month>\d{2})-(?P<day>\d{2})" + _NO_RANGE + _REST,
        r"(?P<a>\d{1,2})/(?P<b>\d{1,2})(?:/(?P<year>\d{4}))?" + _NO_RANGE + _REST,
        rf"{_LEADING}{_MONTH}\s*{_ENGLISH_DAY}(?:,?\s*{_YEAR})?{_REST}",
        rf"{_LEADING}{_ENGLISH_DAY}\s*{_MONTH}(?:,?\s*{_YEAR})?{_REST}",
        rf"(?P<named>{_either(_DAYS)}){_REST}",
        rf"(?P<alone>{_either(_WEEK)})(?:(?P<gap>,?\s*(?:at\s+)?){_CLOCK}{_OFFSET})?",
        _CLOCK + _OFFSET,
        rf"(?P<count>\d{{1,3}}|[{''.join(_COUNTS)}]|[Aa]n?(?=\s))\s*(?P<unit>{_either(_UNITS)})"
        r"\s*(?:之?前(?![往后後提])|ago)",
        r"(?P<half>半个?小时前|半個?小時前|[Hh]alf an hour ago)",
        r"(?P<now>刚刚|剛剛|刚才|剛才|[Jj]ust now)",
    )
)
_PLACE = re.compile(rf"\s*(?:·\s*)?(?:IP\s*[属屬]地\s*[:：]?\s*)?(?:{'|'.join(PLACES)})")
_START = re.compile(
    r"(?<![A-Za-z])[A-Za-z]|(?<!\d)\d"
    r"|[今昨前大星周週礼禮刚剛半一二两兩三四五六七八九十上下中凌早晚傍清编編发發评評更回修追创創最]"
)


def read_words(said: str) -> Words | None:
    """What a whole wording says as a time, a place after it aside; None if it is none."""
    text = _level(said)
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
    for stop, words in _matches(text, begin):
        if stop == end or _PLACE.fullmatch(text, stop, end):
            return words._replace(said=said[begin:stop])
    return None


def find_times(text: str) -> tuple[Span, ...]:
    """The times inside a text, left to right, each the longest at its place, none inside a number or a name."""
    level = _level(text)
    spans: list[Span] = []
    for start in _START.finditer(level):
        if not spans or start.start() >= spans[-1].end:
            ends = [end for end, _ in _matches(level, start.start())]
            spans += [Span(start.start(), max(ends))] if ends else []
    return tuple(spans)


def _level(text: str) -> str:
    """The text in one width, every character at its place."""
    folded = (unicodedata.normalize("NFKC", char) for char in text)
    return "".join(new if len(new) == 1 else old for new, old in zip(folded, text, strict=True)).replace("∶", ":")


def _matches(text: str, at: int) -> Iterator[tuple[int, Words]]:
    """What stands at a place as a time, by shape, with where it ends."""
    for shape in _SHAPES:
        match = shape.match(text, at)
        words = _words(match) if match is not None else None
        if match is not None and words is not None:
            yield match.end(), words


def _words(match: re.Match[str]) -> Words | None:
    parts: _Parts = match.groupdict()
    words = Words(match[0])
    if parts.get("now") or parts.get("half"):
        return words._replace(ago=(0, "now") if parts.get("now") else (1, "half-hour"))
    if (count := parts.get("count")) is not None:
        number = int(count) if count.isdecimal() else _COUNTS.get(count, 1)
        return words._replace(ago=(number, _UNITS[str(parts["unit"])]))
    dated = _dated(words, parts)
    if dated is None or not _told_apart(match):
        return None
    if parts.get("clock") is None:
        return dated
    clock, offset = _clock(parts), _offset(parts)
    return dated._replace(clock=clock, offset=offset) if clock and offset != "" else None


def _dated(words: Words, parts: _Parts) -> Words | None:
    """The words with their day; None if it is a day of no year."""
    weekday = parts.get("weekday") or parts.get("leading") or parts.get("alone")
    words = words._replace(weekday=_WEEK[weekday]) if weekday else words
    if named := parts.get("named"):
        return words._replace(days_ago=_DAYS[named])
    if parts.get("a") is not None:
        month, day = _slashed(parts)
    elif word := parts.get("word"):
        month, day = _MONTHS[word] + 1, int(parts["day"] or 0)
    elif parts.get("month") is not None:
        month, day = int(parts["month"] or 0), int(parts["day"] or 0)
    else:
        return words
    said = parts.get("year")
    year = int(said) if said else None
    return words._replace(year=year, month=month, day=day) if _is_day(year, month, day) else None


def _slashed(parts: _Parts) -> tuple[int, int]:
    """Month and day of 03/12: only in an order that the digits or Chinese words beside them prove, else (0, 0)."""
    first, second = int(parts["a"] or 0), int(parts["b"] or 0)
    if _is_ratio(parts):
        return 0, 0
    if first > 12:
        return second, first
    beside = (parts.get("part") or "") + (parts.get("weekday") or "")
    proved = second > 12 or first == second or not beside.isascii()
    return (first, second) if proved else (0, 0)


def _is_ratio(parts: _Parts) -> bool:
    """Whether a bare 5/5 or 10/13 may as well be a mark out of so many, or a page."""
    bare = not (parts.get("year") or parts.get("clock") or parts.get("weekday"))
    return bare and "0" not in ((parts["a"] or "")[:1], (parts["b"] or "")[:1])


def _is_day(year: int | None, month: int, day: int) -> bool:
    year = _LEAP if year is None else year
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def _told_apart(match: re.Match[str]) -> bool:
    """Whether date and clock are told apart: glued together, only two digits each leave one reading."""
    parts = match.groupdict()
    if not parts.get("clock") or not match.start("clock") or parts.get("part") or parts.get("lead"):
        return True
    if not match.string[match.start("clock") - 1].isdigit():
        return True
    return bool(parts.get("sep") or parts.get("month")) and all(
        len(parts[name] or "") == 2 for name in ("month", "day", "hour")
    )


def _clock(parts: _Parts) -> Clock | None:
    """The time of day; None where the numbers are none, or no such hour stands beside such a word."""
    minute, second = parts["minute"] or parts["cn_minute"], parts["second"] or parts["cn_second"]
    minute = minute.replace(" ", "") if minute else None  # engines set a narrow 1 off: "23:1 0:22"
    ampm = parts["lead"] or parts["trail"]
    part = parts["part"] or (ampm[0].upper() if ampm else "")
    if (parts["part"] and ampm) or (parts["lead"] and parts["trail"]) or (minute is None and not part):
        return None
    hour = _hour(int(parts["hour"] or 0), part)
    numbers = (int(minute or 0), int(second or 0), int(parts["fraction"] or 0))
    if hour is None or max(numbers[:2]) > 59:
        return None
    grain: Grain = "millisecond" if parts["fraction"] else "second" if second else "minute" if minute else "hour"
    return Clock(hour, *numbers, grain, odd=bool(ampm) and int(parts["hour"] or 0) > 12)


def _hour(said: int, part: str) -> int | None:
    """The hour of 24 that an hour beside a day part means: one of the hours of that part, by 12 or by 24."""
    if said > 23:
        return None
    if not part:
        return said
    fitting = [hour for hour in _HOURS[part] if said == hour or (1 <= said <= 12 and said % 12 == hour % 12)]
    return fitting[0] if len(fitting) == 1 else None


def _offset(parts: _Parts) -> str | None:
    """The offset the words state as parse_zone takes it, None if they state none, "" if it is none."""
    if parts["utc"]:
        return "UTC"
    said = parts["offset"]
    if said is None:
        return None
    hours, _, minutes = said[1:].partition(":")
    if len(hours) > 2:
        hours, minutes = hours[:-2], hours[-2:]
    offset = f"{said[0]}{int(hours):02d}:{minutes or '00'}"
    try:
        parse_zone(offset)
    except ValueError:
        return ""
    return offset
