"""Dates of digits alone: dated where their order is proved, kept undated where it is not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.contract import Settings
from pipeline.model import Case
from pipeline.wording.screens import ROWS
from stages.screens import STAGE
from stages.screens.dates import dates_in, is_unordered, order_in, read_date
from stages.screens.page import Context
from tests.stages.screens.pages import CHINA

PLAIN = Context(zone=CHINA)


def start(said: str, order: str | None = None) -> str | None:
    found = read_date(said, Context(zone=CHINA, date_order=order))
    assert found is not None
    assert found.said == said
    return found.start


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("3/13/26", "2026-03-13T00:00:00+08:00"),
        ("03/13/2026 10:41 PM", "2026-03-13T22:41:00+08:00"),
        ("13.03.2026 18:40", "2026-03-13T18:40:00+08:00"),
        ("13/03/2026, 08:05:09", "2026-03-13T08:05:09+08:00"),
        ("13/3/2026 at 9:30 am", "2026-03-13T09:30:00+08:00"),
        ("13-03-2026", "2026-03-13T00:00:00+08:00"),
        ("05/05/2026", "2026-05-05T00:00:00+08:00"),
    ],
)
def test_digits_that_leave_one_reading_are_dated(said: str, expected: str) -> None:
    assert start(said) == expected


@pytest.mark.parametrize("said", ["03/12/2026", "3/4/26", "03/12/2026 10:41 PM", "01.02.2026", "26/03/13"])
def test_digits_that_leave_two_readings_are_kept_undated(said: str) -> None:
    found = read_date(said, PLAIN)
    assert found is not None
    assert (found.said, found.start, found.date) == (said, None, "unknown")
    assert is_unordered(found)


@pytest.mark.parametrize(
    ("order", "expected"), [("mdy", "2026-03-12T00:00:00+08:00"), ("dmy", "2026-12-03T00:00:00+08:00")]
)
def test_the_order_that_is_stated_decides(order: str, expected: str) -> None:
    assert start("03/12/2026", order) == expected


def test_digits_that_prove_an_order_are_not_overruled() -> None:
    assert start("3/13/26", "dmy") == "2026-03-13T00:00:00+08:00"


def test_one_date_of_a_page_proves_the_order_of_the_others() -> None:
    assert order_in(["Shipped 03/12/2026", "Delivered 03/14/2026"]) == "mdy"
    assert order_in(["Shipped 12/03/2026", "Delivered 14/03/2026"]) == "dmy"
    assert order_in(["03/12/2026", "04/05/2026"]) is None
    assert order_in(["03/14/2026", "14/03/2026"]) is None


@pytest.mark.parametrize(
    "said", ["31/31/2026", "取件码 11-4-3025", "取件码 11-4-2025", "1.2.26", "192.168.1.20", "3/5"]
)
def test_what_is_no_such_date_is_none(said: str) -> None:
    assert not any(is_unordered(found) for span in dates_in(said) if (found := read_date(said[slice(*span)], PLAIN)))


def test_times_of_the_grammar_are_found_beside_them() -> None:
    text = "2026-03-12 08:00 and 03/04/2026 9:15 AM"
    assert [text[slice(*span)] for span in dates_in(text)] == ["2026-03-12 08:00", "03/04/2026 9:15 AM"]


def test_a_month_in_words_needs_no_order() -> None:
    found = read_date("12 Mar 2026 21:45", PLAIN)
    assert found is not None
    assert found.start == "2026-03-12T21:45:00+08:00"
    assert not is_unordered(found)


def test_the_order_is_the_settings() -> None:
    params = STAGE.configure(Case(title=""), Settings(date_order="dmy"))
    assert params.date_order == "dmy"


def test_what_it_says_is_worded() -> None:
    assert "screen-date-order" in ROWS


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)), st.sampled_from(["{m}/{d}/{y}", "{d}/{m}/{y}", "{d}.{m}.{y}"]))
def test_no_day_is_told_that_the_digits_do_not_prove(day: date, shape: str) -> None:
    said = shape.format(d=day.day, m=day.month, y=day.year)
    found = read_date(said, PLAIN)
    assert found is not None
    if found.start is not None:
        assert found.start[:10] == day.isoformat()
    else:
        assert day.day <= 12
        assert day.day != day.month
