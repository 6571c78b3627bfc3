"""Moments and durations in words, as a sentence of the dossier says them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from pipeline.moment import Grain, Moment

__all__ = ["clock", "day_and_time", "duration", "full"]

Language = Literal["zh-CN", "en"]
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def day_and_time(at: Moment, language: Language) -> str:
    """ "3 月 11 日 01:26" or "11 Mar 01:26", as fine as the moment is; an undated one as it was said.

    A moment that may lie anywhere between two is told by both.
    """
    if at.first is None or at.last is None:
        return at.said
    first, last = _spoken(at.first, at.grain, language), _spoken(at.last, at.grain, language)
    return first if first == last else f"{first} – {last}"


def _spoken(when: datetime, grain: Grain, language: Language) -> str:
    if grain == "year":
        return f"{when.year} 年" if language == "zh-CN" else str(when.year)
    if language == "zh-CN":
        day = f"{when.month} 月" + ("" if grain == "month" else f" {when.day} 日")
    else:
        day = ("" if grain == "month" else f"{when.day} ") + _MONTHS[when.month - 1]
    return f"{day} {_clock(when, grain)}".rstrip()


def clock(at: Moment) -> str:
    """ "01:26", or nothing where the moment is no finer than a day."""
    return "" if at.first is None else _clock(at.first, at.grain)


def _clock(when: datetime, grain: Grain) -> str:
    if grain in {"year", "month", "day"}:
        return ""
    return when.strftime("%H" if grain == "hour" else "%H:%M")


def full(at: Moment) -> str:
    """ "2026-03-11 01:26:48", no finer than what was read; an undated moment as it was said.

    A moment that may lie anywhere between two is told by both.
    """
    if at.first is None or at.last is None:
        return at.said
    first, last = _full(at.first, at.grain), _full(at.last, at.grain)
    return first if first == last else f"{first} – {last}"


def _full(when: datetime, grain: Grain) -> str:
    shapes = {
        "year": "%Y",
        "month": "%Y-%m",
        "day": "%Y-%m-%d",
        "hour": "%Y-%m-%d %H",
        "minute": "%Y-%m-%d %H:%M",
        "second": "%Y-%m-%d %H:%M:%S",
        "millisecond": "%Y-%m-%d %H:%M:%S",
    }
    text = when.strftime(shapes[grain])
    return f"{text}.{when.microsecond // 1000:03d}" if grain == "millisecond" else text


def duration(length: timedelta, language: Language) -> str:
    """ "31 小时 8 分", "3 天 5 小时", "4 分钟", "40 秒": two units, the rest cut off, never rounded up."""
    total = int(length.total_seconds())
    days, rest = divmod(total, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    zh = language == "zh-CN"
    if total >= 172800:
        return _two(days, "天" if zh else "d", hours, "小时" if zh else "h")
    if total >= 3600:
        return _two(days * 24 + hours, "小时" if zh else "h", minutes, "分" if zh else "min")
    if total >= 60:
        return f"{minutes} 分钟" if zh else f"{minutes} min"
    return f"{seconds} 秒" if zh else f"{seconds} s"


def _two(first: int, unit: str, second: int, finer: str) -> str:
    return f"{first} {unit}" + (f" {second} {finer}" if second else "")
