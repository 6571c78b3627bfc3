"""Only equal numbers join records, and none that two orders share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.locate import WHOLE
from pipeline.model import Order, Payment, Scan, Tracking
from stages.lang.numbers import linked, numbers_of, orders_by_number


@pytest.mark.parametrize(
    ("number", "shared"),
    [
        ("T200P2417325900034567890", "2417325900034567890"),
        ("2026031122001412345678901234_R1", "2026031122001412345678901234"),
        ("2026031122001412345678901234*R1", "2026031122001412345678901234"),
        ("P366374524942915524", "P366374524942915524"),
        ("260311-123456789012345", "260311-123456789012345"),
        ("T200P", "T200P"),
        ("TP123456", "TP123456"),
        ("txn_1Qx", "txn_1Qx"),
        ("", ""),
    ],
)
def test_a_number_as_it_is_shared(number: str, shared: str) -> None:
    assert linked(number) == shared


@given(st.text(max_size=30))
def test_what_is_shared_is_shared_as_it_is(number: str) -> None:
    assert linked(linked(number)) == linked(number) or number.startswith("T")


def test_the_numbers_of_a_record() -> None:
    parcels = (Tracking(carrier="顺丰", number="SF1420260312071"), Tracking(carrier=None, number="12"))
    order = Order(
        where=WHOLE, order_id="P366374524942915524", transaction_id="T200P2417325900034567890", tracking=parcels
    )
    assert numbers_of(order) == {"P366374524942915524", "2417325900034567890", "SF1420260312071"}


def test_a_number_of_two_orders_joins_none() -> None:
    shared = (Tracking(carrier=None, number="SF1420260312071"),)
    first = Order(where=WHOLE, order_id="P366374524942915524", tracking=shared)
    second = Order(where=WHOLE, order_id="P366374524942915999", tracking=shared)
    found = orders_by_number(
        (first, second, Payment(where=WHOLE, order_id="B0000001"), Scan(where=WHOLE, tracking=shared))
    )
    assert found == {"P366374524942915524": "P366374524942915524", "P366374524942915999": "P366374524942915999"}
    assert orders_by_number((first,))["SF1420260312071"] == "P366374524942915524"
