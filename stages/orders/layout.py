"""What the columns of a table mean: a layout is data, and a plan is a layout found in one sheet's header."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.moment import Zone
from stages.lang.money import Unit
from stages.lang.text import header_key
from stages.lang.times import DateOrder
from stages.sheets.cells import NULLS

__all__ = ["AMOUNTS", "BUYER", "FIELDS", "FREE", "ITEM", "TIMES", "Column", "Layout", "Rules", "columns",
           "keys"]  # fmt: skip

TIMES = (
    "created",
    "paid",
    "promised_ship",
    "shipped",
    "signed",
    "confirmed",
    "completed",
    "refund_applied",
    "refunded",
    "closed",
    "scanned",
)
"""Fields of `Times`; a column of a table names them by these words."""

AMOUNTS = {
    "goods": "goods",
    "shipping": "shipping",
    "discount": "discount",
    "amount": "payable",
    "payable": "payable",
    "received": "received",
    "paid_amount": "paid",
    "refunded_amount": "refunded",
}
"""The word for a column -> the field of `Amounts`. A bare amount is what the order came to, not that it was paid."""

BUYER = ("nick", "name", "phone", "address")
ITEM = ("title", "sku", "spec", "quantity", "unit_price")
TRADE = ("sub_order_id", "transaction_id", "status", "party", "text")
FIELDS = ("order_id", "carrier", "tracking_no", *TRADE, *BUYER, *ITEM, *TIMES, *AMOUNTS)
"""Every word for a column."""

FREE = frozenset({"title", "spec", "text", "status", "nick", "name", "party", "address"})
"""Columns of free text, in which a dash is a dash and not an empty cell."""


class Column(NamedTuple):
    """Where a field stands: the header's name, and for an amount its unit and sign."""

    header: str
    unit: Unit = "yuan"
    negate: bool = False


@dataclass(frozen=True, kw_only=True)
class Layout:
    """A table format as data. Names are header keys; of several names for a field the first one present counts.

    `withheld` are beginnings of columns that never enter a record; `to_the_second`: the platform writes seconds, so
    that a time without them was saved again by a spreadsheet.
    """

    id: str
    version: int
    all_of: frozenset[str]
    any_of: frozenset[str] = frozenset()
    none_of: frozenset[str] = frozenset()
    columns: Mapping[str, tuple[str, ...]]
    withheld: tuple[str, ...] = ()
    to_the_second: bool = False

    def fits(self, keys: frozenset[str]) -> bool:
        """Whether a row of header keys is this format's header."""
        return self.all_of <= keys and not self.none_of & keys and (not self.any_of or bool(self.any_of & keys))

    def matched(self, keys: frozenset[str]) -> int:
        """How many of its names a header row holds."""
        known = self.all_of | self.any_of | {name for names in self.columns.values() for name in names}
        return len(known & keys)


def keys(*names: str) -> frozenset[str]:
    """Names as they are printed, as they are matched."""
    return frozenset(map(header_key, names))


def columns(**names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Fields and the names of their columns as they are printed, as they are matched."""
    return {name: tuple(map(header_key, printed)) for name, printed in names.items()}


@dataclass(frozen=True, kw_only=True)
class Rules:
    """How the rows under a header are read, whoever declared it: a layout, or a person in case.toml."""

    columns: Mapping[str, Column] = field(default_factory=dict)
    zone: Zone | None = None
    order: DateOrder | None = None
    combine: tuple[int, ...] = ()
    fill_down: tuple[int, ...] = ()
    skip: re.Pattern[str] | None = None
    nulls: frozenset[str] = frozenset()
    withheld: tuple[str, ...] = ()
    to_the_second: bool = False

    def nulls_of(self, name: str) -> frozenset[str]:
        """What stands for nothing in the column of a field."""
        return self.nulls if name in FREE else self.nulls | NULLS
