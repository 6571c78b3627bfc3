"""小红书 open platform: orders as its API answers them, times in epoch milliseconds, money in fen.

An absent time and 0 both mean none. One order may travel in several parcels.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from pipeline.contract import Reader, Score, Source
from pipeline.locate import WHOLE, Locator
from pipeline.model import Amounts, Balance, Money, Note, Order, OrderItem, Reading, Times, Tracking, Unread
from pipeline.moment import Moment, from_epoch_ms
from stages.lang import money
from stages.lang.items import fault_of, objects_in
from stages.orders.params import all_of, json_cut, params_of
from stages.orders.wanted import Wanted

__all__ = ["READER"]

_ID, _VERSION = "xiaohongshu-api", 1
_STATUS = {
    1: "已下单待付款", 2: "已支付处理中", 3: "清关中", 4: "待发货", 5: "部分发货", 6: "待收货", 7: "已完成",
    8: "已关闭", 9: "已取消", 10: "换货申请中",
}  # fmt: skip
_TIMES = {
    "created": "createdTime",
    "paid": "paidTime",
    "promised_ship": "promiseLastDeliveryTime",
    "shipped": "deliveryTime",
    "completed": "finishTime",
    "closed": "cancelTime",
}
_AMOUNTS = {
    "paid": "totalPayAmount",
    "shipping": "totalShippingFree",
    "discount": "totalMerchantDiscount",
    "received": "merchantActualReceiveAmount",
}
"""Fields of an order and the keys of the API; totalShippingFree is its own spelling."""

_EARLIEST = 10**12
_DEEPEST = 12
"""An answer wraps its orders a few times; what is nested deeper holds none."""

_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_Json = dict[str, Any]


def _sniff(source: Source) -> Score | None:
    head = source.data[:65_536]
    if b'"orderId"' not in head or b'"orderStatus"' not in head or b'"createdTime"' not in head:
        return None
    return Score(value=0.95, reason="keys-known")


def _read(source: Source) -> Reading:
    data = all_of(source)
    try:
        top = msgspec.json.decode(data)
    except _BROKEN:
        found = list(_whole_orders(data))
        return _Orders(source).reading(found, unread=json_cut(source, fault_of(data), len(found)))
    return _Orders(source).reading(list(_orders_in(top, "")))


def _whole_orders(data: bytes) -> Iterator[tuple[str, _Json]]:
    """The orders that stand whole in a broken file."""
    for pointer, raw in objects_in(data, _DEEPEST):
        try:
            value = msgspec.json.decode(raw)
        except _BROKEN:
            continue
        if _is_order(value):
            yield pointer, value


def _orders_in(value: Any, pointer: str) -> Iterator[tuple[str, _Json]]:
    """Every order in the answer, however it is wrapped, with its pointer."""
    if pointer.count("/") > _DEEPEST:
        return
    if isinstance(value, dict):
        if _is_order(value):
            yield pointer, value
            return
        for key, inner in value.items():
            escaped = key.replace("~", "~0").replace("/", "~1")
            yield from _orders_in(inner, f"{pointer}/{escaped}")
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _orders_in(inner, f"{pointer}/{place}")


def _is_order(value: _Json) -> bool:
    created = value.get("createdTime")
    return "orderId" in value and "orderStatus" in value and isinstance(created, int) and created >= _EARLIEST


class _Orders:
    """The orders of one answer, as far as they are asked for."""

    def __init__(self, source: Source) -> None:
        self.params = params_of(source)
        self.wanted = Wanted(self.params.only)
        self.unread: list[Unread] = []

    def reading(self, found: list[tuple[str, _Json]], unread: Unread | None = None) -> Reading:
        """The orders that were found; `unread` is what follows them in a broken file, one more item."""
        kept = [(pointer, order) for pointer, order in found if self.is_wanted(str(order["orderId"]), len(found))]
        records = tuple(self.order(pointer, order) for pointer, order in kept)
        others = len(found) - len(kept)
        code = "other-orders-left-out" if self.wanted.numbers else "several-orders"
        notes = (Note(code=code, values={"orders": others, "rows": others}),) if others else ()
        lost = (unread,) if unread else ()
        return _reading(
            records,
            notes=notes,
            unread=(*self.unread, *lost),
            total=len(found) + len(lost),
            skipped=others,
            lost=len(lost),
        )

    def is_wanted(self, order_id: str, count: int) -> bool:
        return self.wanted.wants((order_id,)) if self.wanted.all or self.wanted.numbers else count == 1

    def order(self, pointer: str, order: _Json) -> Order:
        where = Locator(pointer=pointer) if pointer else WHOLE
        return Order(
            where=where,
            order_id=str(order["orderId"]),
            transaction_id=_text(order.get("outTradeNo")),
            status=_status(order["orderStatus"]),
            text=_text(order.get("customerRemark")),
            tracking=_parcels(order),
            items=tuple(_item(item) for item in _list(order.get("skuList"))),
            amounts=Amounts(**{name: _fen(order.get(key)) for name, key in _AMOUNTS.items()}),
            times=Times(**{name: self.moment(order.get(key), key, where) for name, key in _TIMES.items()}),
            cells=tuple((key, str(value)) for key, value in order.items() if isinstance(value, str | int | float)),
        )

    def moment(self, value: Any, key: str, where: Locator) -> Moment | None:
        if value in (None, 0, "", "0"):
            return None
        try:
            return from_epoch_ms(str(value), int(value), self.params.zone)
        except (ValueError, TypeError, OverflowError):
            values: dict[str, str | int] = {"header": key, "said": str(value)[:80]}
            self.unread.append(Unread(code="time-not-understood", values=values, where=where))
            return None


def _status(value: Any) -> str | None:
    said = _STATUS.get(value) if type(value) is int else None
    return said or _text(value)


def _parcels(order: _Json) -> tuple[Tracking, ...]:
    parts = [order, *_list(order.get("simpleDeliveryOrderList"))]
    found = ((_text(part.get("expressCompanyCode")), _text(part.get("expressTrackingNo"))) for part in parts)
    return tuple(Tracking(carrier=carrier, number=number) for carrier, number in dict.fromkeys(found) if number)


def _item(item: _Json) -> OrderItem:
    quantity = item.get("skuQuantity")
    return OrderItem(
        title=_text(item.get("skuName")),
        sku=_text(item.get("skuId")),
        spec=_text(item.get("skuSpec")),
        quantity=None if quantity is None else str(quantity),
        unit_price=None,
    )


def _fen(value: Any) -> Money | None:
    found = money.amount(str(value), unit="fen") if isinstance(value, int) and not isinstance(value, bool) else None
    return found.money if found else None


def _text(value: Any) -> str | None:
    return str(value) if isinstance(value, str | int) and value != "" else None


def _list(value: Any) -> list[_Json]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _reading(
    records: tuple[Order, ...],
    *,
    total: int,
    notes: tuple[Note, ...] = (),
    unread: tuple[Unread, ...] = (),
    skipped: int = 0,
    lost: int = 0,
) -> Reading:
    balance = Balance(unit="items", total=total, records=total - skipped - lost, skipped=skipped, unread=lost)
    return Reading(
        reader=READER.tag, format=_ID, records=records, balance=balance, notes=notes, unread=unread, encoding="utf-8"
    )


READER = Reader(id=_ID, version=_VERSION, grade="B", sniff=_sniff, read=_read)
