"""Orders of others go no further than the picture that shows them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.locate import Locator
from pipeline.model import Order, Scan
from stages.screens.foreign import own_orders
from tests.made import line

OWN, FOREIGN = "P366374524942915524", "P111111111111111111"
NUMBERS = st.sampled_from([OWN, FOREIGN, "P366374524942915525", None])


def order(number: str | None, top: int = 0) -> Order:
    return Order(where=Locator(box=(0, top, 9, top + 9)), order_id=number)


def codes(*numbers: str | None, only: tuple[str, ...] | None = (OWN,)) -> tuple[list[str | None], list[str]]:
    kept, notes = own_orders([order(number, at) for at, number in enumerate(numbers)], only)
    return [record.order_id for record in kept if isinstance(record, Order)], [note.code for note in notes]


def test_the_orders_of_the_case_stay_and_others_are_counted() -> None:
    assert codes(OWN, FOREIGN, "P222222222222222222") == ([OWN], ["screen-other-orders"])
    assert own_orders([order(FOREIGN)], (OWN,))[1][0].values == {"orders": 1}


def test_case_and_width_make_no_other_order() -> None:
    assert codes("p366374524942915524") == (["p366374524942915524"], [])


def test_without_a_named_order_a_single_one_is_taken_and_of_several_none() -> None:
    assert codes(FOREIGN, None, only=()) == ([FOREIGN, None], [])
    assert codes(FOREIGN, OWN, None, only=()) == ([None], ["screen-several-orders"])


def test_looking_at_a_file_shows_every_order() -> None:
    assert codes(FOREIGN, OWN, only=None) == ([FOREIGN, OWN], [])


def test_a_number_nearly_that_of_the_case_is_said_to_be_looked_at() -> None:
    assert codes("P366374524942915S24") == ([], ["screen-other-orders", "screen-order-nearly"])


def test_what_names_no_order_stays() -> None:
    scan = Scan(where=Locator(box=(0, 0, 1, 1)), text="已签收")
    assert own_orders([line(0, "x"), scan, order(FOREIGN)], (OWN,))[0] == (line(0, "x"), scan)


@given(st.lists(NUMBERS, max_size=6), st.sampled_from([(), (OWN,), (FOREIGN, OWN)]))
def test_no_order_of_others_ever_passes(numbers: list[str | None], only: tuple[str, ...]) -> None:
    kept, _ = codes(*numbers, only=only)
    named = {number for number in kept if number}
    assert named <= set(only) if only else len(named) <= 1


@pytest.mark.parametrize("number", ["P36637452494291552", "P366374524942915524A"])
def test_another_length_is_no_misreading(number: str) -> None:
    assert codes(number)[1] == ["screen-other-orders"]
