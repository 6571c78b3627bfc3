"""Moments made day by day are those that are made one by one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.moment import Zone, moment
from stages.chats.common.days import Days

ZONES = [None, *(Zone(name=name, basis="case") for name in ("Asia/Shanghai", "+05:30", "Europe/Berlin"))]


@given(st.sampled_from(ZONES), st.dates(), st.integers(0, 23), st.integers(0, 59), st.none() | st.integers(0, 59))
@settings(max_examples=150, deadline=None)
def test_the_same_as_one_by_one(zone: Zone | None, date: object, hour: int, minute: int, second: int | None) -> None:
    day = (date.year, date.month, date.day)  # type: ignore[attr-defined]
    clock = f"{hour:02}:{minute:02}" + ("" if second is None else f":{second:02}")
    try:
        expected = moment(
            "x", *day, hour, minute, second or 0, grain="minute" if second is None else "second", zone=zone
        )
    except (ValueError, OverflowError):
        return
    days = Days(zone)
    assert days.at("x", day, clock) == expected
    assert days.at("x", day, clock) == expected


@pytest.mark.parametrize(
    ("day", "clock"), [((2026, 3, 29), "02:30"), ((2026, 10, 25), "02:30"), ((2026, 10, 25), "12:00:01")]
)
def test_a_day_on_which_the_offset_changes(day: tuple[int, int, int], clock: str) -> None:
    zone = Zone(name="Europe/Berlin", basis="case")
    numbers = map(int, clock.split(":"))
    expected = moment("x", *day, *numbers, grain="minute" if len(clock) == 5 else "second", zone=zone)
    assert Days(zone).at("x", day, clock) == expected


@pytest.mark.parametrize("day", [(2026, 2, 30), (2026, 13, 1), (0, 1, 1)])
def test_no_such_day(day: tuple[int, int, int]) -> None:
    days = Days(None)
    for _ in range(2):
        with pytest.raises(ValueError, match=r"\w"):
            days.at("x", day, "10:00")
    with pytest.raises(ValueError, match=r"\w"):
        days.day("x", day)


def test_a_whole_day() -> None:
    assert Days(ZONES[1]).day("3月2日", (2026, 3, 2)).start == "2026-03-02T00:00:00+08:00"
