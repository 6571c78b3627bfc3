"""The common names of an order table's columns, for drafting only."""

from __future__ import annotations

import pytest

from stages.orders.layout import FIELDS
from stages.orders.names import NAMES, by_names


def test_every_word_is_one_of_a_declaration() -> None:
    assert set(NAMES) <= set(FIELDS)


def test_a_name_means_one_field() -> None:
    names = [name for words in NAMES.values() for name in words]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("heading", "field"),
    [("订单编号", "order_id"), ("订单 编号", "order_id"), ("Order_ID", "order_id"), ("实付金额(元)", "paid_amount"),
     ("实付金额（元）", "paid_amount"), ("快递单号", "tracking_no"), ("订单付款时间", "paid")],
)  # fmt: skip
def test_a_heading_is_known(heading: str, field: str) -> None:
    assert by_names([heading]) == {field: heading}


def test_the_surest_name_is_taken() -> None:
    assert by_names(["单号", "订单号", "", "随便"]) == {"order_id": "订单号"}
