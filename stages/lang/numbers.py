"""Numbers of orders, payments and parcels: as records share them, and which records they join.

Only equal numbers join. A number that two orders share joins nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pipeline.model import Order, Trade

__all__ = ["linked", "numbers_of", "orders_by_number"]

_PREFIX = re.compile(r"T\d{3}P(?=\d)", re.ASCII)
_SUFFIX = re.compile(r"(?<=\d)[_*].*", re.ASCII | re.DOTALL)
_SHORTEST = 6
"""A shorter number is used by many at once."""


def linked(number: str) -> str:
    """A number as payments and orders share it.

    A payment names a Taobao order as T200P<order>, and a refund its payment as <payment>_<more> or <payment>*<more>.
    """
    if number[:1] != "T" and "_" not in number and "*" not in number:
        return number
    return _SUFFIX.sub("", _PREFIX.sub("", number, count=1))


def numbers_of(record: Trade) -> frozenset[str]:
    """The numbers by which a record is joined with others."""
    own = (record.order_id, record.sub_order_id, record.transaction_id, *(part.number for part in record.tracking))
    return frozenset(linked(number) for number in own if number and len(number) >= _SHORTEST)


def orders_by_number(records: Iterable[Trade]) -> Mapping[str, str]:
    """For each number that orders bear the one order that bears it."""
    found: dict[str, set[str]] = {}
    for record in records:
        if isinstance(record, Order) and record.order_id:
            for number in numbers_of(record):
                found.setdefault(number, set()).add(record.order_id)
    return {number: orders.pop() for number, orders in found.items() if len(orders) == 1}
