"""What the columns of a table mean: a layout is data, and a plan is a layout found in one sheet's header."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import msgspec

from pipeline.model import Value
from pipeline.moment import Zone
from stages.lang.money import Unit
from stages.lang.text import header_key
from stages.lang.times import DateOrder
from stages.sheets.cells import NULLS

__all__ = ["AMOUNTS", "BUYER", "FIELDS", "FREE", "ITEM", "NUMBERS", "TIMES", "Column", "Direction", "Format", "Kind",
           "Layout", "Rules", "layout_in"]  # fmt: skip

Kind = Literal["order", "payment", "refund", "shipment", "scan", "settlement"]
Direction = Literal["in", "out", "neutral"]

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
NUMBERS = ("order_id", "sub_order_id", "transaction_id", "tracking_no")
"""Words for columns of numbers by which one record is found from another."""

TRADE = ("sub_order_id", "transaction_id", "status", "party", "text", "direction", "currency")
FIELDS = ("order_id", "carrier", "tracking_no", *TRADE, *BUYER, *ITEM, *TIMES, *AMOUNTS)
"""Every word for a column."""

FREE = frozenset({"title", "spec", "text", "status", "nick", "name", "party", "address", "direction"})
"""Columns of free text, in which a dash is a dash and not an empty cell."""


class Column(NamedTuple):
    """Where a field stands: the header's name, and for an amount its unit and sign."""

    header: str
    unit: Unit = "yuan"
    negate: bool = False


class Format(Value, frozen=True, kw_only=True):
    """A table format as data: the schema of a file in formats/. Names are as they are printed.

    A header is this format's if it holds `all_of`, one name of each group in `one_of`, one of `any_of` (where there
    are any) and none of `none_of`, and if a row above it matches `banner` (where there is one). Of several names for a
    field the first one present counts. Rows with an equal field `by` are one record; without it every row is one.
    `units` and `negated` are about columns of amounts; `directions` says which words mean in, out and neutral, `sides`
    which way the money went whose amount stands in that column; `combine` names columns of which the later ones
    complete the time in the first. `declares` are patterns with one group for what rows above the header and below the
    data state (count, in_count, in_sum, out_count, out_sum are checked); `ends` is one for the row that ends the data.
    `zone` is stated by the format itself or, with `zone_stated`, by a row above the header that matches it; times of a
    `local` format are those of the shop's own clock, so that no platform's zone holds. With `proves_order` one date
    that can be read in one way only settles the order of day and month in all others. `withheld` are beginnings of
    columns that never enter a record; `to_the_second`: the platform writes seconds, so that a time without them was
    saved again by a spreadsheet.
    """

    id: str
    version: int
    grade: Literal["A", "B", "C", "D"]
    kind: Kind
    by: str | None = None
    all_of: tuple[str, ...]
    any_of: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    none_of: tuple[str, ...] = ()
    banner: str | None = None
    columns: dict[str, str | tuple[str, ...]]
    units: dict[str, Unit] = {}
    negated: tuple[str, ...] = ()
    directions: dict[str, Direction] = {}
    sides: dict[str, Direction] = {}
    combine: tuple[str, ...] = ()
    fill_down: tuple[str, ...] = ()
    date_order: DateOrder | None = None
    currency: str = "CNY"
    nulls: tuple[str, ...] = ()
    declares: dict[str, str] = {}
    ends: str | None = None
    zone: str | None = None
    zone_stated: str | None = None
    local: bool = False
    proves_order: bool = False
    withheld: tuple[str, ...] = ()
    to_the_second: bool = False


@dataclass(frozen=True)
class Layout:
    """A format with its names as they are matched, and its patterns."""

    format: Format
    all_of: frozenset[str]
    any_of: frozenset[str]
    one_of: tuple[frozenset[str], ...]
    none_of: frozenset[str]
    columns: Mapping[str, tuple[str, ...]]
    banner: re.Pattern[str] | None

    def fits(self, keys: frozenset[str]) -> bool:
        """Whether a row of header keys is this format's header: also one by which its records can be told apart."""
        by = self.columns[self.format.by] if self.format.by else ()
        return (
            self.all_of <= keys
            and not self.none_of & keys
            and (not self.any_of or bool(self.any_of & keys))
            and all(group & keys for group in self.one_of)
            and (not by or not keys.isdisjoint(by))
        )

    @property
    def is_chinese(self) -> bool:
        """Whether any of its names is: a format with names in Latin letters only proves no encoding."""
        return not all(name.isascii() for names in self.columns.values() for name in names)

    def matched(self, keys: frozenset[str]) -> int:
        """How many of its names a header row holds."""
        known = self.all_of.union(self.any_of, *self.one_of, *self.columns.values())
        return len(known & keys)


def layout_in(text: str) -> Layout:
    """The layout that the text of a file in formats/ declares; ValueError where it names no field or is no format."""
    found = msgspec.convert(tomllib.loads(text), Format)
    unknown = sorted({*found.columns, *found.units, *found.negated, *found.sides} - set(FIELDS))
    if unknown or (found.by is not None and found.by not in found.columns):
        raise ValueError(f"{found.id}: no such fields: {unknown or found.by}")
    return Layout(
        format=found,
        all_of=_keys(found.all_of),
        any_of=_keys(found.any_of),
        one_of=tuple(map(_keys, found.one_of)),
        none_of=_keys(found.none_of),
        columns={name: tuple(map(header_key, _names(printed))) for name, printed in found.columns.items()},
        banner=re.compile(found.banner) if found.banner else None,
    )


def _names(printed: str | tuple[str, ...]) -> tuple[str, ...]:
    return (printed,) if isinstance(printed, str) else printed


def _keys(names: Iterable[str]) -> frozenset[str]:
    return frozenset(map(header_key, names))


@dataclass(frozen=True, kw_only=True)
class Rules:
    """How the rows under a header are read, whoever declared it: a format, or a person in case.toml."""

    kind: Kind = "order"
    by: str | None = "order_id"
    columns: Mapping[str, Column] = field(default_factory=dict)
    zone: Zone | None = None
    order: DateOrder | None = None
    proves_order: bool = False
    currency: str = "CNY"
    directions: Mapping[str, Direction] = field(default_factory=dict)
    sides: Mapping[str, Direction] = field(default_factory=dict)
    combine: tuple[int, ...] = ()
    fill_down: tuple[int, ...] = ()
    skip: re.Pattern[str] | None = None
    ends: re.Pattern[str] | None = None
    declares: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    nulls: frozenset[str] = frozenset()
    withheld: tuple[str, ...] = ()
    to_the_second: bool = False

    def nulls_of(self, name: str) -> frozenset[str]:
        """What stands for nothing in the column of a field."""
        return self.nulls if name in FREE else self.nulls | NULLS
