"""A shop's export of two orders as delimited text, and what a declared reading of it gives."""

from __future__ import annotations

from typing import Any

from pipeline.contract import Source
from pipeline.model import Order, Reading
from pipeline.model import Source as Declared
from pipeline.wording import WORDINGS
from stages.orders import Params
from stages.orders.table import READER

COLUMNS: dict[str, Any] = {"order_id": "订单编号", "created": "订单创建时间", "paid_amount": "实付金额", "text": "备注"}
HEAD = "订单编号,订单创建时间,实付金额,备注\n"
OURS = "1184039612750012345,2026-03-02 08:05:09,270.80,麻烦尽快发货\n"
THEIRS = "1184039612750099999,2026-03-02 09:00:00,12.00,别人的话\n"
NUMBER = "1184039612750012345"


def read(data: bytes, *, only: tuple[str, ...] | None = (NUMBER,), **declared: Any) -> Reading:
    options = {"file": "export.csv", "columns": COLUMNS, **declared}
    reading = READER.read(
        Source(data=data, name="export.csv", params=Params(only=only, sources=(Declared(**options),)))
    )
    assert {said.code for said in (*reading.notes, *reading.unread)} <= WORDINGS.keys()
    return reading


def order(reading: Reading) -> Order:
    (record,) = reading.records
    assert isinstance(record, Order)
    return record


def codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.notes] + [span.code for span in reading.unread]


def is_ours(reading: Reading, row: int) -> None:
    """Everything that `OURS` states, from this row, and nothing to remark."""
    found = order(reading)
    assert (found.order_id, found.where.rows, found.text) == (NUMBER, (row,), "麻烦尽快发货")
    assert found.times.created is not None
    assert found.times.created.start == "2026-03-02T08:05:09"
    assert found.amounts.paid is not None
    assert found.amounts.paid.value == "270.80"
    assert codes(reading) == []
