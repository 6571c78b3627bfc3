"""Which rows are kept, which are counted, and that both together are all of them."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Source
from stages.orders import Params
from stages.orders.engine import refused
from stages.orders.readers import ORDERS
from stages.orders.wanted import Wanted
from stages.sheets.container import Row

IDS = st.lists(st.sampled_from(["A", "B", "C", "D"]), max_size=30)

READER = next(reader for reader in ORDERS if reader.id == "xiaohongshu-orders")


def take_all(wanted: Wanted, ids: list[str]) -> Wanted:
    for number, order_id in enumerate(ids, start=2):
        wanted.take(order_id, (order_id,), 0, Row(number, [order_id]))
    return wanted


@given(IDS, st.sets(st.sampled_from(["A", "B", "X"]), min_size=1))
@settings(max_examples=100, deadline=None)
def test_named_orders_are_kept_and_all_others_counted(ids: list[str], only: set[str]) -> None:
    wanted = take_all(Wanted(only), ids)
    assert set(wanted.kept) == set(ids) & only
    assert wanted.others == set(ids) - only
    assert wanted.kept_rows + wanted.other_rows == len(ids)


@given(IDS)
@settings(max_examples=100, deadline=None)
def test_of_several_unnamed_orders_none_is_kept(ids: list[str]) -> None:
    wanted = take_all(Wanted(()), ids)
    assert bool(wanted.kept) == (len(set(ids)) == 1)
    assert wanted.kept_rows + wanted.other_rows == len(ids)
    note = wanted.note()
    if len(set(ids)) > 1:
        assert note is not None
        assert note.values == {"orders": len(set(ids)), "rows": len(ids)}
    else:
        assert note is None


@given(IDS)
@settings(max_examples=50, deadline=None)
def test_without_a_limit_every_row_is_kept(ids: list[str]) -> None:
    wanted = take_all(Wanted(None), ids)
    assert {order_id: len(rows) for order_id, rows in wanted.kept.items()} == dict(Counter(ids))
    assert wanted.note() is None


HEADER = "订单号,SKU规格,SKU件数,商家应收金额(元)（支付金额）,承诺发货时间\n"
LINES = st.sampled_from(
    ["A,M,1,5,\n", "B,M,1,5,\n", "\n", ",,,,\n", ",M,1,5,\n", "6.9E+18,M,1,5,\n", "A,M\n", "A,M,1,5,,x\n",
     "合计,,,9,\n", "订单号,SKU规格,,,\n", '"A",M,"一\n二",5,\n']
)  # fmt: skip


@given(st.lists(LINES, max_size=25), st.sampled_from([(), ("A",), ("A", "B"), None]))
@settings(max_examples=100, deadline=None)
def test_every_row_is_accounted_for(lines: list[str], only: tuple[str, ...] | None) -> None:
    data = (HEADER + "".join(lines)).encode()
    reading = READER.read(Source(data=data, name="x", params=Params(only=only)))
    balance = reading.balance
    assert balance.total == len(lines) + 1
    rows = [row for record in reading.records for row in record.where.rows or ()]
    assert len(rows) == len(set(rows)) == balance.records
    assert all(1 < row <= balance.total for row in rows)
    lost = {row for span in reading.unread if span.where and span.where.rows for row in span.where.rows}
    assert len(lost - set(rows)) == balance.unread


@given(st.lists(LINES, max_size=15))
@settings(max_examples=50, deadline=None)
def test_naming_an_order_reads_what_reading_all_reads_of_it(lines: list[str]) -> None:
    data = (HEADER + "".join(lines)).encode()
    every = READER.read(Source(data=data, name="x", params=Params(only=None)))
    named = READER.read(Source(data=data, name="x", params=Params(only=("A",))))
    assert named.records == tuple(record for record in every.records if getattr(record, "order_id", None) == "A")


@pytest.mark.parametrize("code", ["table-broken", "table-encrypted", "table-too-large", "header-not-found"])
def test_a_file_of_which_nothing_could_be_read(code: str) -> None:
    reading = refused("table@1", "table", code)
    assert (reading.records, reading.balance.total, [span.code for span in reading.unread]) == ((), 0, [code])
