from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.moment import Zone
from stages.lang.times import from_value, parse

CHINA = Zone(name="+08:00", basis="platform")


@pytest.mark.parametrize(
    ("said", "start", "end", "grain"),
    [
        ("2024-01-02 03:04:05", "2024-01-02T03:04:05", "2024-01-02T03:04:05", "second"),
        ("2024-01-02T03:04:05.123", "2024-01-02T03:04:05.123", "2024-01-02T03:04:05.123", "millisecond"),
        ("2020/2/21 0:00", "2020-02-21T00:00:00", "2020-02-21T00:00:59", "minute"),
        ("2024.1.2", "2024-01-02T00:00:00", "2024-01-02T23:59:59", "day"),
        ("2024年1月2日", "2024-01-02T00:00:00", "2024-01-02T23:59:59", "day"),
        ("2024年1月2日14:03", "2024-01-02T14:03:00", "2024-01-02T14:03:59", "minute"),
        ("2024年1月2日 3时4分5秒", "2024-01-02T03:04:05", "2024-01-02T03:04:05", "second"),
        ("2024年1月2日 3时4分", "2024-01-02T03:04:00", "2024-01-02T03:04:59", "minute"),
        ("2026/3/2 2:51 PM", "2026-03-02T14:51:00", "2026-03-02T14:51:59", "minute"),
        ("2026/3/2 12:51 am", "2026-03-02T00:51:00", "2026-03-02T00:51:59", "minute"),
        ("2026/3/2 下午2:51", "2026-03-02T14:51:00", "2026-03-02T14:51:59", "minute"),
        ("２０２６－０３－０２", "2026-03-02T00:00:00", "2026-03-02T23:59:59", "day"),
        ("\u200e2026-03-02\u00a008:00", "2026-03-02T08:00:00", "2026-03-02T08:00:59", "minute"),
        ("Jul-25-26", "2026-07-25T00:00:00", "2026-07-25T23:59:59", "day"),
        ("16/4/2016 10:46", "2016-04-16T10:46:00", "2016-04-16T10:46:59", "minute"),
        ("4/16/2016", "2016-04-16T00:00:00", "2016-04-16T23:59:59", "day"),
        ("5/5/2016", "2016-05-05T00:00:00", "2016-05-05T23:59:59", "day"),
    ],
)
def test_a_shape_reads_to_its_own_grain(said: str, start: str, end: str, grain: str) -> None:
    found = parse(said)
    assert found is not None
    assert (found.said, found.start, found.end, found.grain, found.zone) == (said, start, end, grain, "unknown")


@pytest.mark.parametrize(
    "said",
    [
        "",
        "昨天 21:14",
        "04-01",
        "6/4/2016",
        "01/29/16",
        "2026-03-02 24:00",
        "2026-03-02 08:60",
        "2026-02-30",
        "2026-13-01",
        "2026-03/02",
        "2026-03-1214:00",
        "2026-03-02 13:05 PM",
        "2026-03-02 0:08 am",
        "2026-03-02 上午8:00 AM",
        "0000-01-01",
        "Foo-25-26",
        "46289.48678240741",
        "20260302",
        "2026-03-02 08:00 +99:00",
        "2026-03-02 08:00 已发货",
    ],
)
def test_what_fits_no_shape_is_refused(said: str) -> None:
    assert parse(said) is None


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("2025-01-05 10:00:00 -0500", "2025-01-05T10:00:00-05:00"),
        ("2011-02-09T02:46:57-08:00", "2011-02-09T02:46:57-08:00"),
        ("2011-02-09T02:46:57Z", "2011-02-09T02:46:57+00:00"),
        ("2026-03-02 08:00 UTC+08", "2026-03-02T08:00:00+08:00"),
        ("1773711012345", "2026-03-17T09:30:12.345+08:00"),
    ],
)
def test_a_zone_in_the_cell_is_stated_and_wins(said: str, start: str) -> None:
    found = parse(said, zone=CHINA)
    assert found is not None
    assert (found.start, found.zone) == (start, "stated")


def test_a_given_zone_keeps_its_basis() -> None:
    found = parse("2026-03-02 08:00:00", zone=CHINA)
    assert found is not None
    assert (found.start, found.zone) == ("2026-03-02T08:00:00+08:00", "platform")


@pytest.mark.parametrize(("order", "day"), [("mdy", "2026-03-04"), ("dmy", "2026-04-03")])
@pytest.mark.parametrize("said", ["03/04/2026", "3/4/26"])
def test_a_declared_order_decides(said: str, order: str, day: str) -> None:
    found = parse(said, order=order)  # type: ignore[arg-type]
    assert found is not None
    assert found.start is not None
    assert found.start[:10] == day


def test_a_declared_order_is_not_bent_to_fit() -> None:
    assert parse("16/04/2026", order="mdy") is None


def test_typed_values() -> None:
    assert from_value(date(2026, 3, 2), "2026-03-02").grain == "day"
    typed = from_value(datetime(2026, 3, 2, 8, 5, 9), "x", zone=CHINA)
    assert (typed.start, typed.grain) == ("2026-03-02T08:05:09+08:00", "second")
    coarse = from_value(datetime(2026, 3, 2, 8, 5), "x", grain="minute")
    assert coarse.end == "2026-03-02T08:05:59"


moments = st.datetimes(min_value=datetime(1, 1, 1), max_value=datetime(9999, 12, 30)).map(
    lambda when: when.replace(microsecond=0)
)


@given(moments, st.sampled_from("-/."), st.sampled_from([" ", "T"]))
@settings(max_examples=100, deadline=None)
def test_what_is_written_is_read_back(when: datetime, sep: str, gap: str) -> None:
    found = parse(f"{when.year:04d}{sep}{when.month}{sep}{when.day}{gap}{when:%H:%M:%S}")
    assert found is not None
    assert found.first == found.last == when


@given(moments)
@settings(max_examples=100, deadline=None)
def test_a_coarser_writing_holds_the_finer(when: datetime) -> None:
    minute = parse(f"{when.year:04d}-{when.month:02d}-{when.day:02d} {when:%H:%M}")
    day = parse(f"{when.year:04d}年{when.month}月{when.day}日")
    assert minute is not None
    assert day is not None
    assert day.first <= minute.first <= when <= minute.last <= day.last  # type: ignore[operator]
    assert minute.last - minute.first == timedelta(seconds=59)  # type: ignore[operator]


@given(st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_nothing_makes_it_fail(said: str) -> None:
    found = parse(said, order="dmy")
    assert found is None or found.said == said


@pytest.mark.parametrize(
    ("said", "start", "grain"),
    [
        ("2026-03-02 08:05:09.123456", "2026-03-02T08:05:09.123", "millisecond"),
        ("2026-03-02T08:05:09.120", "2026-03-02T08:05:09.120", "millisecond"),
        ("2026/03/02 8:05", "2026-03-02T08:05:00", "minute"),
        ("2026年3月2日下午2时3分", "2026-03-02T14:03:00", "minute"),
        ("2026年3月2日 上午12:00", "2026-03-02T00:00:00", "minute"),
        ("2026年3月2日 下午12:00:01", "2026-03-02T12:00:01", "second"),
        ("2026-3-2 02:51:07 p.m.", "2026-03-02T14:51:07", "second"),
        ("２０２６／３／２　８：０５", "2026-03-02T08:05:00", "minute"),
        ("\ufeff2026-03-02\t08:05:09 ", "2026-03-02T08:05:09", "second"),
        ("0001-01-01", "0001-01-01T00:00:00", "day"),
        ("2028-02-29 23:59:59", "2028-02-29T23:59:59", "second"),
    ],
)
def test_more_shapes_of_exports(said: str, start: str, grain: str) -> None:
    found = parse(said)
    assert found is not None
    assert (found.said, found.start, found.grain) == (said, start, grain)


@pytest.mark.parametrize(
    "said",
    [
        "2026-03-02 08:05:60",
        "2026-03-02 8时",
        "2026-03-02 08:05:9",
        "2026-03-02 08:05:09.1",
        "2026-03-02 08:05 CST",
        "2026-03-02 08:05 UTC+8",
        "2026-03-02 08:05+24:00",
        "2026-03-02 下午8:05 PM",
        "2026-02-29",
        "2026-3-2-1",
        "2026-03-02 - 2026-03-05",
        "2026-03-02 08:05,2026-03-03 09:00",
        "Foo-03-26",
        "Feb-30-26",
        "3月2日 08:05",
        "08:05:09",
        "0773711012345",
        "177371101234",
        "二〇二六年三月二日",
        "#VALUE!",
    ],
)
def test_more_that_is_no_time(said: str) -> None:
    assert parse(said, zone=CHINA) is None


@given(moments, st.integers(-14 * 60, 14 * 60), st.sampled_from(["", " ", " UTC"]), st.sampled_from([":", ""]))
@settings(max_examples=80, deadline=None)
def test_an_offset_in_the_cell_is_read_back(when: datetime, minutes: int, gap: str, colon: str) -> None:
    sign, (hours, rest) = "-" if minutes < 0 else "+", divmod(abs(minutes), 60)
    offset = f"{sign}{hours:02d}{colon}{rest:02d}"
    found = parse(f"{when.year:04d}-{when:%m-%d %H:%M:%S}{gap}{offset}", zone=CHINA)
    assert found is not None
    assert found.first is not None
    assert (found.zone, found.first.replace(tzinfo=None)) == ("stated", when)
    assert found.first.utcoffset() == timedelta(minutes=minutes)


@given(st.dates(), st.sampled_from("-/."))
@settings(max_examples=80, deadline=None)
def test_day_and_month_are_read_only_where_their_order_is_known(day: date, sep: str) -> None:
    said = f"{day.day}{sep}{day.month}{sep}{day.year:04d}"
    declared, free = parse(said, order="dmy"), parse(said)
    assert declared is not None
    assert declared.first is not None
    assert declared.first.date() == day
    assert (free is not None) == (day.day > 12 or day.day == day.month)
    assert free is None or free.start == declared.start
    assert parse(said, order="ymd") is None


@pytest.mark.parametrize(
    ("said", "offset"), [("PST", "-08:00"), ("PDT", "-07:00"), ("CET", "+01:00"), ("CEST", "+02:00"), ("JST", "+09:00")]
)
def test_an_abbreviation_that_stands_for_one_offset_states_a_zone(said: str, offset: str) -> None:
    found = parse(f"2026-03-02 08:05:09 {said}", zone=CHINA)
    assert found is not None
    assert (found.start, found.zone) == (f"2026-03-02T08:05:09{offset}", "stated")


@pytest.mark.parametrize("said", ["CST", "IST", "BST", "XYZ", "pst", "Pacific"])
def test_an_abbreviation_that_stands_for_several_makes_no_time(said: str) -> None:
    assert parse(f"2026-03-02 08:05:09 {said}", zone=CHINA) is None
