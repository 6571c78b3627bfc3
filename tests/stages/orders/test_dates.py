"""The order of day and month in a file that does not state it: proved by the file, or not known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.contract import Source
from pipeline.model import Payment, Reading
from pipeline.moment import Zone
from stages.lang.times import DateOrder
from stages.orders import Params
from stages.orders.dates import DateOrders
from stages.orders.readers import READERS

PAYPAL = next(reader for reader in READERS if reader.id == "paypal-activity")
WOO = next(reader for reader in READERS if reader.id == "woocommerce-orders")
HEAD = "Date,Time,TimeZone,Name,Type,Status,Currency,Gross,Transaction ID\n"
PLATFORM = Zone(name="Asia/Shanghai", basis="platform")
CASE = Zone(name="America/New_York", basis="case")


@pytest.mark.parametrize(
    ("dates", "order"),
    [
        (["4/3/2026"], None),
        (["4/3/2026", "16/3/2026"], "dmy"),
        (["4/3/2026", "3/16/26"], "mdy"),
        (["16/3/2026", "3/16/2026"], None),
        (["2026/3/16", "13/13/2026", "x", ""], None),
    ],
)
def test_one_date_settles_the_others_and_two_that_differ_settle_none(dates: list[str], order: str | None) -> None:
    found = DateOrders()
    for date in dates:
        found.look(date)
    assert found.order == order


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 28)), max_size=9), st.sampled_from(["dmy", "mdy"]))
def test_an_order_is_never_the_wrong_one(days: list[tuple[int, int]], written: DateOrder) -> None:
    found = DateOrders()
    for month, day in days:
        found.look(f"{day}/{month}/2026" if written == "dmy" else f"{month}/{day}/2026")
    assert found.order in (None, written)
    assert (found.order is None) is all(day <= 12 for _, day in days)


def read(*dates: str, zone: str = "PDT", **params: object) -> Reading:
    rows = "".join(
        f"{date},10:46:49,{zone},Ann,Payment,Completed,USD,45.00,T{number}\n" for number, date in enumerate(dates)
    )
    options = {"only": None, "zone": PLATFORM, **params}
    return PAYPAL.read(Source(data=(HEAD + rows).encode(), name="p.csv", params=Params(**options)))  # type: ignore[arg-type]


def paid(reading: Reading) -> list[str | None]:
    found = []
    for record in reading.records:
        assert isinstance(record, Payment)
        found.append(record.times.paid.start if record.times.paid else None)
    return found


def test_undecided_dates_stay_unread_and_the_payment_is_kept() -> None:
    reading = read("4/3/2026", "5/3/2026")
    assert paid(reading) == [None, None]
    assert [(span.code, span.values["said"]) for span in reading.unread] == [
        ("time-not-understood", "4/3/2026 10:46:49 PDT"),
        ("time-not-understood", "5/3/2026 10:46:49 PDT"),
    ]


def test_a_date_below_settles_those_above() -> None:
    assert paid(read("4/3/2026", "16/3/2026")) == ["2026-03-04T10:46:49-07:00", "2026-03-16T10:46:49-07:00"]
    assert paid(read("4/3/2026", "3/16/2026")) == ["2026-04-03T10:46:49-07:00", "2026-03-16T10:46:49-07:00"]


def test_what_the_case_declares_needs_no_proof() -> None:
    assert paid(read("4/3/2026", date_order="dmy")) == ["2026-03-04T10:46:49-07:00"]


def test_an_abbreviation_of_several_zones_is_no_time() -> None:
    assert paid(read("16/3/2026", zone="CST")) == [None]


def test_a_date_of_a_row_that_is_let_go_still_proves() -> None:
    assert paid(read("4/3/2026", "16/3/2026", only=("T0",))) == ["2026-03-04T10:46:49-07:00"]


@pytest.mark.parametrize(("zone", "start"), [(PLATFORM, "2026-03-10T12:19:40"), (CASE, "2026-03-10T12:19:40-04:00")])
def test_the_clock_of_a_shop_is_no_platforms(zone: Zone, start: str) -> None:
    data = b"order_id,order_date,order_total\n2210,2026-03-10 12:19:40,45.00\n"
    (order,) = WOO.read(Source(data=data, name="w.csv", params=Params(only=None, zone=zone))).records
    assert order.times.created.start == start  # type: ignore[union-attr]
