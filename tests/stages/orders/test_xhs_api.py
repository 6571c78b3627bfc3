"""Orders as the Xiaohongshu API answers them: milliseconds, fen, several parcels."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Source
from pipeline.locate import WHOLE, reread
from pipeline.model import Order, Reading
from stages.orders import Params
from stages.orders.xhs_api import READER

ORDER: dict[str, Any] = {
    "orderId": "P366374524942915524",
    "orderStatus": 7,
    "createdTime": 1773163180000,
    "paidTime": 1773163207000,
    "deliveryTime": 1773275721000,
    "finishTime": 0,
    "totalPayAmount": 26800,
    "totalShippingFree": 0,
    "merchantActualReceiveAmount": 25460,
    "outTradeNo": "4200002345202603110987654321",
    "customerRemark": "请尽快发货",
    "expressTrackingNo": "SF1420260312071",
    "expressCompanyCode": "shunfeng",
    "skuList": [{"skuId": "65a0", "skuName": "初晴亚麻连衣裙", "skuSpec": "米白 M", "skuQuantity": 1}],
    "simpleDeliveryOrderList": [
        {"expressTrackingNo": "SF1420260312071", "expressCompanyCode": "shunfeng"},
        {"expressTrackingNo": "SF1420260312072", "expressCompanyCode": "shunfeng"},
    ],
}


def read(value: Any, **params: Any) -> Reading:
    data = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    return READER.read(Source(data=data, name="o.json", params=Params(**{"only": None, **params})))


def orders(reading: Reading) -> list[Order]:
    return [record for record in reading.records if isinstance(record, Order)]


def test_an_order() -> None:
    (found,) = orders(read(ORDER))
    assert (found.order_id, found.status, found.text, found.where) == (
        ORDER["orderId"],
        "已完成",
        "请尽快发货",
        WHOLE,
    )
    assert found.amounts.paid is not None
    assert found.amounts.shipping is not None
    assert (found.amounts.paid.value, found.amounts.shipping.value) == ("268.00", "0.00")
    assert [parcel.number for parcel in found.tracking] == ["SF1420260312071", "SF1420260312072"]
    assert found.items[0].title == "初晴亚麻连衣裙"


def test_times_are_instants_and_zero_is_none() -> None:
    (found,) = orders(read(ORDER))
    assert found.times.paid is not None
    assert (found.times.paid.start, found.times.paid.zone) == ("2026-03-10T17:20:07.000+00:00", "stated")
    assert found.times.completed is None
    assert found.times.closed is None


@pytest.mark.parametrize(
    "wrap", [lambda order: {"data": {"orderList": [order]}}, lambda order: [order], lambda order: {"a/b": {"~": order}}]
)
def test_an_order_is_found_and_read_again_wherever_it_stands(wrap: Any) -> None:
    data = json.dumps(wrap(ORDER), ensure_ascii=False).encode()
    (found,) = orders(read(data))
    assert json.loads(reread(data, found.where, encoding="utf-8"))["orderId"] == found.order_id


def test_only_the_order_that_is_named() -> None:
    both = [ORDER, {**ORDER, "orderId": "P2", "customerRemark": "别人的"}]
    reading = read(both, only=(ORDER["orderId"],))
    assert [order.order_id for order in orders(reading)] == [ORDER["orderId"]]
    assert [note.code for note in reading.notes] == ["other-orders-left-out"]
    assert (reading.balance.total, reading.balance.records, reading.balance.skipped) == (2, 1, 1)
    assert "别人的" not in str(reading)


def test_of_several_unnamed_orders_none_is_read() -> None:
    reading = read([ORDER, {**ORDER, "orderId": "P2"}], only=())
    assert (reading.records, [note.code for note in reading.notes]) == ((), ["several-orders"])
    assert len(orders(read([ORDER], only=()))) == 1


def test_a_time_that_is_none_is_said_to_be_unread() -> None:
    reading = read({**ORDER, "paidTime": 10**30, "finishTime": "soon"})
    assert [span.code for span in reading.unread] == ["time-not-understood"] * 2
    assert orders(reading)[0].times.paid is None


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[" * 5000, json.dumps(ORDER).encode()[:-20]])
def test_what_is_no_json(data: bytes) -> None:
    assert [span.code for span in read(data).unread] == ["json-broken"]


@given(st.binary(max_size=30), st.integers(0, 900))
@settings(max_examples=100, deadline=None)
def test_any_damage(patch: bytes, at: int) -> None:
    data = json.dumps(ORDER).encode()
    reading = read(data[:at] + patch + data[at + len(patch) :])
    assert reading.balance.total == reading.balance.records + reading.balance.skipped + reading.balance.unread


@pytest.mark.parametrize("odd", [{}, [], [1], {"a": 1}, None, True, 1e308, "", "x", 10**30, -1])
def test_a_value_of_another_type_costs_no_more_than_itself(odd: object) -> None:
    for key in ORDER:
        if key != "createdTime":  # what makes it an order
            (found,) = orders(read(json.dumps({**ORDER, key: odd}).encode()))
            assert (found.order_id, found.status) != (None, None)


def test_of_half_an_answer_the_orders_before_the_cut_are_read() -> None:
    others = [{**ORDER, "orderId": f"P{number}"} for number in range(3)]
    data = json.dumps({"data": {"a/b": others}}).encode()
    cut = data[: data.rindex(b'"paidTime"')]
    reading = read(cut)
    assert [(found.order_id, found.where.pointer) for found in orders(reading)] == [
        ("P0", "/data/a~1b/0"),
        ("P1", "/data/a~1b/1"),
    ]
    (lost,) = reading.unread
    assert (lost.code, lost.values) == ("json-cut", {"offset": len(cut), "count": 2})
    balance = reading.balance
    assert (balance.total, balance.records, balance.skipped, balance.unread) == (3, 2, 0, 1)
    one = read(cut, only=("P1",))
    assert [found.order_id for found in orders(one)] == ["P1"]
    assert (one.balance.skipped, one.balance.unread) == (1, 1)


def test_a_damaged_order_costs_no_other() -> None:
    data = json.dumps([{**ORDER, "orderId": f"P{number}"} for number in range(3)]).encode()
    place = data.index(b"totalPayAmount", data.index(b"P1"))
    reading = read(data[:place] + b"\x80" + data[place + 1 :])
    assert [found.order_id for found in orders(reading)] == ["P0", "P2"]
    assert [lost.code for lost in reading.unread] == ["json-cut"]


def test_a_broken_file_of_any_depth_is_read_in_a_moment() -> None:
    assert read(b'{"orderStatus":' * 60_000 + b"1" + b"}" * 60_000 + b"]").records == ()


@given(st.integers(0, 2000))
@settings(max_examples=60, deadline=None)
def test_no_half_order_is_read_wherever_the_file_is_cut(place: int) -> None:
    data = json.dumps({"list": [{**ORDER, "orderId": f"P{number}"} for number in range(3)]}).encode()
    for found in orders(read(data[: len(data) - place])):
        assert (found.amounts.received, len(found.tracking)) == (orders(read(ORDER))[0].amounts.received, 2)
