"""Times of a table's column: what one cell cannot show the others may."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.moment import Moment, Zone
from stages.chats.common.cells import TimeColumn
from stages.lang.times import DateOrder
from stages.sheets.cells import wording


def read(*values: Any, order: DateOrder | None = None, zone: Zone | None = None) -> list[Moment | None]:
    column = TimeColumn(zone, order)
    for value in values:
        column.look(value)
    column.settle()
    return [column.read(value, wording(value)) for value in values]


def told(moment: Moment | None) -> tuple[str | None, str] | None:
    return None if moment is None else (moment.start, moment.grain)


def test_a_bare_date_is_midnight_only_among_times() -> None:
    assert [told(at) for at in read(date(2026, 3, 1), datetime(2026, 3, 2))] == [
        ("2026-03-01T00:00:00", "day"),
        ("2026-03-02T00:00:00", "day"),
    ]
    first, second = read(datetime(2026, 3, 1), datetime(2026, 3, 2, 9))
    assert (told(first), told(second)) == (("2026-03-01T00:00:00", "minute"), ("2026-03-02T09:00:00", "minute"))


def test_one_second_shows_that_all_have_them() -> None:
    assert [at.grain for at in read(datetime(2026, 3, 2, 9), datetime(2026, 3, 2, 9, 0, 1)) if at] == ["second"] * 2


@pytest.mark.parametrize("value", [1773190931, 1773190931.0, "1773190931", "1773190931000", 1773190931000])
def test_epochs_are_instants(value: Any) -> None:
    (at,) = read(value, zone=Zone(name="+08:00", basis="platform"))
    assert at is not None
    assert (at.start, at.zone, at.grain) == ("2026-03-11T09:02:11+08:00", "stated", "second")


@pytest.mark.parametrize("value", [True, 5, 99999, 17731909311, float("nan"), float("inf"), -1.0, "1e5", "9:00"])
def test_other_numbers_are_no_times(value: Any) -> None:
    (at,) = read(value)
    assert at is not None
    assert at.start is None


def test_blank_cells_are_none() -> None:
    assert read("", None, "  ") == [None, None, None]


def test_an_unproved_order_leaves_the_cells_unsure() -> None:
    column = TimeColumn(None, None)
    for value in ("03/04/2026", "昨天"):
        column.look(value)
    note = column.settle()
    assert note is not None
    assert note.code == "date-order-unproved"
    assert [column.is_unsure(value) for value in ("03/04/2026", "昨天", 46092)] == [True, False, False]


def test_a_stated_order_holds() -> None:
    assert told(read("03/04/2026", order="dmy")[0]) == ("2026-04-03T00:00:00", "day")


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 30)))
def test_a_serial_number_is_its_date_to_the_second(when: datetime) -> None:
    when = when.replace(microsecond=0)
    serial = (when - datetime(1899, 12, 30)).total_seconds() / 86400
    at = read(serial, datetime(2026, 3, 2, 9, 0, 1))[0]
    assert told(at) == (when.isoformat(), "second")


def test_serial_numbers_are_counted() -> None:
    column = TimeColumn(None, None)
    for value in (46092.5, "46092.25", datetime(2026, 3, 1), "2026-03-01", 1773190931):
        column.look(value)
    assert column.serials == 2


@given(st.one_of(st.text(max_size=30), st.floats(), st.integers(), st.datetimes(), st.dates(), st.none()))
def test_any_cell_is_read_without_an_error(value: Any) -> None:
    (at,) = read(value)
    assert at is None or at.said == wording(value)
