"""One format in several generations: the same bill, however it was exported, gives the same records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipeline.contract import Reader, Source
from pipeline.model import Reading, Trade
from pipeline.moment import Zone
from stages.orders import Params
from stages.orders.readers import READERS

FIXTURES = Path(__file__).parents[3] / "fixtures" / "orders"
ZONE = Zone(name="Asia/Shanghai", basis="platform")


def reader_of(name: str) -> Reader:
    return next(reader for reader in READERS if reader.id == name)


def read(format_: str, name: str) -> Reading:
    path = FIXTURES / format_ / name
    params = Params(only=None, zone=ZONE)
    return reader_of(format_).read(Source(data=path.read_bytes(), name=name, params=params, whole=path))


def facts(record: Any) -> dict[str, Any]:
    """What a record states, without where it stands and how its cells are printed."""
    assert isinstance(record, Trade)
    found = msgspec.structs.asdict(record)
    for name in ("where", "cells"):
        del found[name]
    found["times"] = {
        name: at and (at.start, at.grain, at.zone) for name, at in msgspec.structs.asdict(record.times).items()
    }
    return found


@pytest.mark.parametrize(
    ("format_", "older", "newer"),
    [("wechat-pay", "sample.csv", "sample.xlsx"), ("alipay-app", "sample.csv", "sample-2021.csv")],
)
def test_two_generations_of_a_bill_give_the_same(format_: str, older: str, newer: str) -> None:
    before, after = read(format_, older), read(format_, newer)
    assert [facts(record) for record in before.records] == [facts(record) for record in after.records]
    assert before.records
    kept = {"count", "in_count", "in_sum", "out_count", "out_sum", "neutral_count", "neutral_sum", "account", "period"}
    assert {name: before.declared.get(name) for name in kept} == {name: after.declared.get(name) for name in kept}
    assert before.unread == after.unread == ()


def test_a_workbook_that_holds_its_rows_twice_is_read_once() -> None:
    reading = read("wechat-pay", "sample.xlsx")
    assert [(note.code, note.values) for note in reading.notes] == [
        ("sheet-twice", {"sheet": "Sheet2", "other": "Sheet1"})
    ]
    assert [record.where.rows for record in reading.records] == [(19,), (20,), (21,)]
    balance = reading.balance
    assert (balance.total, balance.records, balance.skipped, balance.unread) == (42, 3, 39, 0)


def test_the_zone_is_the_one_that_the_bill_states() -> None:
    for name in ("sample.csv", "sample.xlsx"):
        for record in read("wechat-pay", name).records:
            assert isinstance(record, Trade)
            assert record.times.paid is not None
            assert (record.times.paid.zone, record.times.paid.grain) == ("stated", "second")


def test_a_neutral_payment_has_a_direction() -> None:
    ways = [record.direction for record in read("wechat-pay", "sample.csv").records if isinstance(record, Trade)]
    assert ways == ["in", "out", "neutral"]


def test_the_newer_names_of_taobao_are_the_same_columns() -> None:
    (older, _), (newer,) = (
        read("taobao-orders", "sample.csv").records,
        read("taobao-orders", "sample-newer.csv").records,
    )
    assert isinstance(older, Trade)
    assert isinstance(newer, Trade)
    for name in ("order_id", "status"):
        assert getattr(older, name) == getattr(newer, name)
    assert (older.buyer.nick, older.amounts.paid, older.times.created) == (
        newer.buyer.nick,
        newer.amounts.paid,
        newer.times.created,
    )
    assert [item.title for item in newer.items] == ["初晴亚麻连衣裙", "棉麻腰带"]


def test_a_time_of_the_deal_is_when_the_order_was_made_and_not_when_it_was_paid() -> None:
    older, newer = (read("pinduoduo-orders", name).records[0] for name in ("sample.csv", "sample-newer.csv"))
    assert isinstance(older, Trade)
    assert isinstance(newer, Trade)
    assert (older.times.paid, older.times.created) == (newer.times.created, None)
    assert newer.times.paid is None


def test_times_in_utc_are_utc_whatever_the_case_says() -> None:
    (record,) = read("stripe-balance", "sample.csv").records
    assert isinstance(record, Trade)
    assert record.times.paid is not None
    assert record.times.paid.start == "2026-03-10T17:20:07+00:00"


def test_what_a_platform_encrypts_stays_as_it_is() -> None:
    reading = read("douyin-orders", "sample.csv")
    (record,) = reading.records
    assert isinstance(record, Trade)
    assert (record.buyer.name, record.buyer.phone, record.buyer.address) == (
        "##aGVsbG8=##",
        "$2cXk9$aGk=$1$",
        "~c2VjcmV0~",
    )
    assert [note.code for note in reading.notes] == ["cells-encrypted"]


@pytest.mark.parametrize("name", ["138****1234", "林**", "x***6", "$5 off", "~", "#1", "小~明~"])
def test_masks_and_odd_names_are_not_called_encrypted(name: str) -> None:
    data = f"主订单编号,子订单编号,选购商品,收件人\n69171,69171,裙子,{name}\n".encode()
    reading = reader_of("douyin-orders").read(Source(data=data, name="d.csv", params=Params(only=None)))
    assert [note.code for note in reading.notes] == []
