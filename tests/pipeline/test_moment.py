"""Moments: intervals with stated bases, ordered without guessing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import decode, encode
from pipeline.moment import (
    Before,
    Grain,
    Moment,
    Zone,
    before,
    dateless,
    from_epoch_ms,
    moment,
    parse_zone,
    within,
)

SHANGHAI = Zone(name="Asia/Shanghai", basis="platform")
BERLIN = Zone(name="Europe/Berlin", basis="case")
GRAINS = get_args(Grain)

walls = st.datetimes(min_value=datetime(1980, 1, 1), max_value=datetime(2100, 1, 1))
zones = st.sampled_from([None, SHANGHAI, BERLIN, Zone(name="+05:30", basis="stated")])


@st.composite
def moments(draw: st.DrawFn) -> Moment:
    wall = draw(walls)
    parts = (wall.year, wall.month, wall.day, wall.hour, wall.minute, wall.second, wall.microsecond // 1000)
    grain = draw(st.sampled_from(GRAINS))
    depth = {"year": 1, "month": 2, "day": 3, "hour": 4, "minute": 5, "second": 6, "millisecond": 7}[grain]
    return moment(wall.isoformat(), *parts[:depth], grain=grain, zone=draw(zones))


def test_a_minute_lasts_to_its_last_second() -> None:
    at = moment("昨天 21:14", 2026, 3, 11, 21, 14, grain="minute", zone=SHANGHAI, date_basis="anchored", anchor="x")
    assert (at.start, at.end) == ("2026-03-11T21:14:00+08:00", "2026-03-11T21:14:59+08:00")
    assert (at.zone, at.date, at.anchor) == ("platform", "anchored", "x")


@pytest.mark.parametrize(
    ("grain", "end"),
    [
        ("year", "2024-12-31T23:59:59"),
        ("month", "2024-02-29T23:59:59"),
        ("day", "2024-02-01T23:59:59"),
        ("hour", "2024-02-01T00:59:59"),
        ("second", "2024-02-01T00:00:00"),
    ],
)
def test_the_end_follows_from_the_grain(grain: Grain, end: str) -> None:
    assert moment("x", 2024, 2, grain=grain).end == end


def test_a_millisecond_starts_where_it_ends() -> None:
    at = moment("x", 2026, 3, 11, 1, 26, 48, 7, grain="millisecond", zone=SHANGHAI)
    assert at.start == at.end == "2026-03-11T01:26:48.007+08:00"


def test_no_zone_no_offset() -> None:
    at = moment("2026-03-11 01:26", 2026, 3, 11, 1, 26, grain="minute")
    assert at.zone == "unknown"
    assert at.start == "2026-03-11T01:26:00"


@pytest.mark.parametrize(
    "numbers", [(2026, 2, 30), (2026, 13, 1), (2026, 1, 1, 24), (2026, 1, 1, 1, 60), (2026, 1, 1, 1, 1, 61)]
)
def test_what_is_no_time_is_refused(numbers: tuple[int, ...]) -> None:
    with pytest.raises(ValueError):
        moment("x", *numbers, grain="second")


def test_a_repeated_hour_spans_both_readings() -> None:
    at = moment("2026-10-25 02:30", 2026, 10, 25, 2, 30, grain="minute", zone=BERLIN)
    assert at.start == "2026-10-25T02:30:00+02:00"
    assert at.end == "2026-10-25T02:30:59+01:00"


def test_an_epoch_is_a_stated_instant() -> None:
    at = from_epoch_ms("1773711012345", 1773711012345, SHANGHAI)
    assert at.first == datetime(2026, 3, 17, 1, 30, 12, 345000, tzinfo=UTC)
    assert (at.zone, at.grain) == ("stated", "millisecond")
    assert from_epoch_ms("x", 1773711012345, None, grain="second").start == "2026-03-17T01:30:12+00:00"
    with pytest.raises(ValueError):
        from_epoch_ms("x", 10**17, None)


def test_a_date_that_cannot_be_known_has_no_bounds() -> None:
    at = dateless("14:03", "minute", SHANGHAI)
    assert (at.start, at.end, at.date) == (None, None, "unknown")
    assert before(at, at) is Before.CANNOT_TELL


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": "2026-03-11T00:00:00", "end": None, "zone": "unknown", "date": "stated"},
        {"start": "2026-03-11T00:00:00", "end": "2026-03-11T00:00:00", "zone": "case", "date": "stated"},
        {"start": "2026-03-11T00:00:01", "end": "2026-03-11T00:00:00", "zone": "unknown", "date": "stated"},
        {"start": None, "end": None, "zone": "unknown", "date": "stated"},
    ],
)
def test_contradictions_cannot_be_constructed(wrong: dict[str, str | None]) -> None:
    with pytest.raises(ValueError):
        Moment(said="x", grain="second", **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "hours"), [("+08:00", 8), ("+0800", 8), ("-05", -5), ("Z", 0), ("Asia/Shanghai", 8)])
def test_zones_are_names_or_offsets(name: str, hours: int) -> None:
    assert datetime(2026, 3, 1, tzinfo=parse_zone(name)).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize("name", ["Mars", "+8:0:0", "+25:00", "+08:99", "", "../etc/passwd", "+٠٨:٠٠"])
def test_what_is_no_zone_is_refused(name: str) -> None:
    with pytest.raises(ValueError):
        parse_zone(name)


def test_zoneless_and_zoned_within_a_day_cannot_be_told() -> None:
    zoneless = moment("x", 2026, 3, 11, 12, grain="second")
    near = moment("x", 2026, 3, 12, 1, grain="second", zone=SHANGHAI)
    far = moment("x", 2026, 3, 14, 12, grain="second", zone=SHANGHAI)
    assert before(zoneless, near) is Before.CANNOT_TELL
    assert before(zoneless, far) is Before.YES
    assert before(far, zoneless) is Before.NO


def test_a_second_lasts_until_the_next_begins() -> None:
    minute = moment("x", 2026, 3, 11, 1, 26, grain="minute")
    following = moment("x", 2026, 3, 11, 1, 27, grain="minute")
    inside = moment("x", 2026, 3, 11, 1, 26, 59, 999, grain="millisecond")
    assert before(minute, following) is Before.YES
    assert before(inside, following) is Before.YES
    assert before(minute, inside) is Before.CANNOT_TELL
    assert within(moment("x", 2026, 3, 11, 1, 26, 30, grain="second"), minute)
    assert not within(minute, following)


@given(moments())
@settings(deadline=None)
def test_the_canonical_form_round_trips(at: Moment) -> None:
    assert decode(encode(at), Moment) == at


@given(moments(), moments())
@settings(deadline=None)
def test_before_is_a_strict_order(left: Moment, right: Moment) -> None:
    answers = before(left, right), before(right, left)
    assert answers in {
        (Before.YES, Before.NO),
        (Before.NO, Before.YES),
        (Before.CANNOT_TELL, Before.CANNOT_TELL),
    }


@given(moments(), moments(), moments())
@settings(deadline=None)
def test_before_is_transitive_on_one_kind_of_clock(a: Moment, b: Moment, c: Moment) -> None:
    kinds = {part.zone == "unknown" for part in (a, b, c)}
    if len(kinds) == 1 and before(a, b) is Before.YES and before(b, c) is Before.YES:
        assert before(a, c) is Before.YES


@given(st.lists(moments(), max_size=12))
@settings(deadline=None)
def test_sorting_is_total_and_never_contradicts_before(found: list[Moment]) -> None:
    ordered = sorted(found, key=Moment.sort_key)
    assert sorted(map(id, ordered)) == sorted(map(id, found))
    for index, left in enumerate(ordered):
        for right in ordered[index + 1 :]:
            if (left.zone == "unknown") == (right.zone == "unknown"):
                assert before(left, right) is not Before.NO


@given(moments())
@settings(deadline=None)
def test_the_interval_has_the_length_of_its_grain(at: Moment) -> None:
    assert at.first is not None
    assert at.until is not None
    shortest = {
        "year": 365 * 86400,
        "month": 28 * 86400 - 3600,
        "day": 86400 - 3600,
        "hour": 3600,
        "minute": 60,
        "second": 1,
    }
    length = (at.until - at.first).total_seconds()
    assert length == pytest.approx(0.001) if at.grain == "millisecond" else length >= shortest[at.grain]
