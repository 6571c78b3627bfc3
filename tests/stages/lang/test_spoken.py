"""Moments and durations in words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pipeline.moment import dateless, moment
from stages.lang.spoken import clock, day_and_time, duration, full
from tests.made import at


@pytest.mark.parametrize(
    ("seconds", "zh", "en"),
    [
        (40, "40 秒", "40 s"),
        (240, "4 分钟", "4 min"),
        (31 * 3600 + 8 * 60 + 33, "31 小时 8 分", "31 h 8 min"),
        (7200, "2 小时", "2 h"),
        (3 * 86400 + 5 * 3600, "3 天 5 小时", "3 d 5 h"),
        (5 * 86400, "5 天", "5 d"),
    ],
)
def test_durations_are_cut_to_two_units(seconds: int, zh: str, en: str) -> None:
    assert duration(timedelta(seconds=seconds), "zh-CN") == zh
    assert duration(timedelta(seconds=seconds), "en") == en


def test_a_moment_is_said_as_fine_as_it_is() -> None:
    assert day_and_time(at("2026-03-11 01:26:48"), "zh-CN") == "3 月 11 日 01:26"
    assert day_and_time(at("2026-03-11 01:26"), "en") == "11 Mar 01:26"
    assert day_and_time(moment("x", 2026, 3, 11, grain="day"), "zh-CN") == "3 月 11 日"
    assert day_and_time(moment("x", 2026, 3, grain="month"), "zh-CN") == "3 月"
    assert day_and_time(moment("x", 2026, grain="year"), "en") == "2026"
    assert day_and_time(dateless("14:03", "minute"), "zh-CN") == "14:03"
    assert clock(moment("x", 2026, 3, 11, grain="day")) == ""


@pytest.mark.parametrize(
    ("grain", "shown"),
    [
        ("year", "2026"),
        ("month", "2026-03"),
        ("day", "2026-03-11"),
        ("hour", "2026-03-11 01"),
        ("minute", "2026-03-11 01:26"),
        ("second", "2026-03-11 01:26:48"),
        ("millisecond", "2026-03-11 01:26:48.007"),
    ],
)
def test_the_full_form_is_no_finer_than_what_was_read(grain: str, shown: str) -> None:
    assert full(moment("x", 2026, 3, 11, 1, 26, 48, 7, grain=grain)) == shown  # type: ignore[arg-type]
