"""The order of day and month: given only where it is the only one that fits."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stages.chats.common.dates import Order, Parts, calendar_day, order_note, order_of
from stages.lang.times import DateOrder

DAYS = st.lists(st.dates(date(2009, 1, 1), date(2039, 12, 31)), min_size=1, max_size=30)
ORDERS: tuple[DateOrder, ...] = ("dmy", "mdy")


def written(day: date, order: DateOrder, *, digits: int = 4) -> Parts:
    year, month, number = f"{day.year:04}"[-digits:], f"{day.month:02}", f"{day.day:02}"
    return {"dmy": (number, month, year), "mdy": (month, number, year), "ymd": (year, month, number)}[order]


@given(DAYS, st.sampled_from(ORDERS), st.sampled_from([2, 4]))
def test_a_chat_in_the_order_of_its_days_is_never_read_otherwise(
    days: list[date], order: DateOrder, digits: int
) -> None:
    found = order_of([written(day, order, digits=digits) for day in sorted(days)])
    assert found.order in (order, None)


@given(DAYS, st.sampled_from(ORDERS))
def test_an_order_is_given_only_if_every_date_has_a_day_in_it(days: list[date], order: DateOrder) -> None:
    dates = [written(day, order) for day in days]
    found = order_of(dates)
    if found.proof == "day-above-12":
        assert found.order == order
        other: DateOrder = "mdy" if order == "dmy" else "dmy"
        assert any(calendar_day(parts, other) is None for parts in dates)
    elif found.order is not None:
        assert all(calendar_day(parts, found.order) for parts in dates)


@given(DAYS, st.sampled_from(ORDERS))
def test_a_day_above_12_settles_all(days: list[date], order: DateOrder) -> None:
    dates = [written(day, order) for day in days]
    if any(day.day > 12 for day in days):
        found = order_of(dates)
        assert (found.order, found.proof) == (order, "day-above-12")


@given(DAYS)
def test_a_year_in_front_is_its_own_proof_and_needs_no_word(days: list[date]) -> None:
    found = order_of([written(day, "ymd") for day in days])
    assert (found.order, found.proof) == ("ymd", "year-first")
    assert order_note(found) is None


@given(
    st.lists(st.dates(date(2020, 1, 1), date(2029, 12, 31)).filter(lambda day: day.day <= 12), min_size=1, max_size=9)
)
def test_without_a_day_above_12_what_goes_back_under_both_is_unproved(days: list[date]) -> None:
    dates = [written(day, "dmy") for day in days]
    found = order_of(dates)
    if found.proof == "no-step-back":
        assert found.order is not None
        kept = [calendar_day(parts, found.order) or date.min for parts in dates]
        assert kept == sorted(kept)
    else:
        assert (found.order, found.proof) == (None, "unproved")


def test_five_days_of_april_prove_nothing() -> None:
    found = order_of([("04", f"{day:02}", "24") for day in range(3, 8)])
    assert found == Order(None, "unproved", "04/03/24")


def test_one_step_back_is_no_proof_and_two_are() -> None:
    # 4 and 5 March, 1 April: month first this is 3 April, 3 May, 4 January, one step back
    once = [("04", "03", "24"), ("05", "03", "24"), ("01", "04", "24")]
    assert order_of(once).order is None
    twice = [*once, ("02", "04", "24"), ("01", "05", "24")]
    assert order_of(twice) == Order("dmy", "no-step-back", "01/04/24")


@pytest.mark.parametrize("order", ORDERS)
def test_the_date_in_a_name_settles_where_only_one_reading_gives_it(order: DateOrder) -> None:
    parts = ("04", "03", "24")
    day = calendar_day(parts, order)
    assert day is not None
    assert order_of([parts], named=[(parts, day)])[:2] == (order, "named")


def test_a_name_of_another_day_settles_nothing() -> None:
    parts = ("04", "03", "24")
    assert order_of([parts], named=[(parts, date(2023, 1, 1))]).proof == "unproved"
    assert order_of([("03", "03", "24")], named=[(("03", "03", "24"), date(2024, 3, 3))]).proof == "unproved"


def test_names_that_prove_opposites_contradict() -> None:
    parts, other = ("04", "03", "24"), ("05", "06", "24")
    found = order_of([parts, other], named=[(parts, date(2024, 3, 4)), (other, date(2024, 5, 6))])
    assert (found.order, found.proof) == (None, "contradicted")


def test_dates_that_prove_opposites_contradict() -> None:
    found = order_of([("13", "01", "26"), ("01", "14", "26")])
    assert found == Order(None, "contradicted", "13/01/26", "01/14/26")
    note = order_note(found)
    assert note is not None
    assert (note.code, note.values["other"]) == ("date-order-contradicted", "01/14/26")


@given(DAYS, st.sampled_from(ORDERS))
def test_what_a_person_states_wins_unless_a_date_cannot_be_so(days: list[date], order: DateOrder) -> None:
    dates = [written(day, order) for day in days]
    assert order_of(dates, stated=order) == Order(order, "stated")
    other: DateOrder = "mdy" if order == "dmy" else "dmy"
    found = order_of(dates, stated=other)
    assert (found.proof == "contradicted") == any(day.day > 12 for day in days)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(["dmy", "mdy", "ymd"]), st.sampled_from([2, 4]))
def test_a_day_is_read_as_it_was_written(day: date, order: DateOrder, digits: int) -> None:
    assert calendar_day(written(day, order, digits=digits), order) == day


@pytest.mark.parametrize("parts", [("31", "02", "2026"), ("00", "01", "26"), ("1", "1", "026"), ("1", "1", "0000")])
def test_what_is_no_day_is_none(parts: Parts) -> None:
    assert calendar_day(parts, "dmy") is None


def test_a_file_without_dates_proves_nothing() -> None:
    assert order_of([]) == Order(None, "unproved")


def test_a_gap_of_years_is_no_step_back() -> None:
    start = date(2020, 1, 5)
    dates = [written(start + timedelta(days=400 * number), "dmy") for number in range(3)]
    assert order_of(dates).order in ("dmy", None)
