"""From the rows of one record on one sheet to an order, a payment, a parcel: only what cells state, and a note for what
differs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

from pipeline.locate import Locator
from pipeline.model import (
    Amounts,
    Buyer,
    Money,
    Note,
    Order,
    OrderItem,
    Payment,
    Refund,
    Scan,
    Settlement,
    Shipment,
    Times,
    Tracking,
    Trade,
    Unread,
)
from pipeline.moment import Moment
from stages.lang import money, times
from stages.lang.text import header_key
from stages.orders.layout import AMOUNTS, BUYER, ITEM, TIMES, Column, Direction, Kind, Rules
from stages.sheets.cells import clean, identifier, is_damaged, is_null, wording
from stages.sheets.container import Row, Sheet
from stages.sheets.headers import Header
from stages.sheets.typed import Typed

__all__ = ["build"]

_T = TypeVar("_T")
_CIPHER = re.compile(r"\$\$?[^$\s]+(?:\$[^$\s]*)*\$|##[^#\s]+#*|~[^~\s]+~\S*", re.ASCII)
"""How Douyin and Youzan print a name, a number or an address that they have encrypted."""

_RECORDS: dict[Kind, type[Trade]] = {
    "order": Order,
    "payment": Payment,
    "refund": Refund,
    "shipment": Shipment,
    "scan": Scan,
    "settlement": Settlement,
}


class Built(NamedTuple):
    """A record with what is to be said about it."""

    record: Trade
    notes: tuple[Note, ...]
    unread: tuple[Unread, ...]


def build(rows: Sequence[Row], header: Header, rules: Rules, sheet: Sheet, typed: Typed) -> Built:
    """One record from its rows, in row order."""
    return _Builder(rows, header, rules, sheet, typed).build()


class _Builder:
    def __init__(self, rows: Sequence[Row], header: Header, rules: Rules, sheet: Sheet, typed: Typed) -> None:
        self.rows, self.header, self.rules, self.sheet, self.typed = rows, header, rules, sheet, typed
        self.where = self.at(*rows)
        self.notes: list[Note] = []
        self.unread: list[Unread] = []
        self.to_the_minute = False

    def build(self) -> Built:
        amounts = {AMOUNTS[name]: found for name in AMOUNTS if (found := self.amount(name)) is not None}
        refunds = [found.refunded for found in amounts.values() if found.refunded is not None]
        status = self.one("status")
        refunds += [stated] if (stated := money.refunded(status or "", self.rules.currency)) else []
        totals: dict[str, Money] = {name: found.money for name, found in amounts.items()}
        if len(refunds) == 1:
            totals.setdefault("refunded", refunds[0])
        record = _RECORDS[self.rules.kind](
            where=self.where,
            order_id=self.identifier("order_id"),
            sub_order_id=self.identifier("sub_order_id"),
            transaction_id=self.identifier("transaction_id"),
            status=status,
            direction=self.direction() or self.side(totals),
            party=self.one("party"),
            text=self.one("text"),
            tracking=self.tracking(),
            buyer=Buyer(**{name: self.one(name) for name in BUYER}),
            items=self.items(),
            amounts=Amounts(**totals),
            times=Times(**{name: self.moment(name) for name in TIMES}),
            cells=self.cells(),
        )
        self.remarks()
        return Built(record, tuple(self.notes), tuple(self.unread))

    def at(self, *rows: Row) -> Locator:
        return Locator(sheet=self.sheet.name, rows=tuple(row.number for row in rows))

    def note(self, code: str, *rows: Row, **values: str | int) -> None:
        self.notes.append(Note(code=code, values=values, where=self.at(*rows) if rows else self.where))

    def raw(self, row: Row, name: str) -> Any:
        column = self.header.at.get(name)
        return row.cells[column] if column is not None and column < len(row.cells) else ""

    def said(self, row: Row, name: str) -> str:
        """What a field's cell states, empty if it states nothing."""
        found = clean(wording(self.raw(row, name)))
        return "" if is_null(found, self.rules.nulls_of(name)) else found

    def one(self, name: str) -> str | None:
        """What all rows agree on; rows that differ are noted and nothing is chosen."""
        return self.agreed(name, [self.said(row, name) for row in self.rows])

    def agreed(self, name: str, stated: Sequence[_T]) -> _T | None:
        found = list(dict.fromkeys(value for value in stated if value))
        if len(found) > 1:
            self.note("rows-differ", header=self.label(name), count=len(found))
        return found[0] if len(found) == 1 else None

    def label(self, name: str) -> str:
        return self.header.name(self.header.at[name]) if name in self.header.at else name

    def identifier(self, name: str) -> str | None:
        return self.agreed(name, [self.number(row, name) for row in self.rows])

    def number(self, row: Row, name: str) -> str:
        """An identifier, empty where a spreadsheet has cut its digits."""
        if is_damaged(self.raw(row, name)):
            self.note("id-damaged", row, header=self.label(name))
            return ""
        found = identifier(self.raw(row, name))
        return "" if is_null(found, self.rules.nulls_of(name)) else found

    def direction(self) -> Direction | None:
        """Which way the money went, by the format's own words: to some a stroke is one of them."""
        said = self.agreed("direction", [clean(wording(self.raw(row, "direction"))) for row in self.rows])
        found = self.rules.directions.get(header_key(said)) if said else None
        if said and found is None and not is_null(said, self.rules.nulls_of("direction")):
            self.note("direction-unknown", said=said)
        return found

    def side(self, amounts: dict[str, Money]) -> Direction | None:
        """Which way the money went, by the only column of two that states an amount."""
        sides = self.rules.sides.items()
        found = [way for name, way in sides if (stated := amounts.get(AMOUNTS[name])) and float(stated.value)]
        return found[0] if len(found) == 1 else None

    def tracking(self) -> tuple[Tracking, ...]:
        found = ((self.said(row, "carrier") or None, _parcel(self.number(row, "tracking_no"))) for row in self.rows)
        return tuple(Tracking(carrier=carrier, number=number) for carrier, number in dict.fromkeys(found) if number)

    def items(self) -> tuple[OrderItem, ...]:
        stated = ({name: self.said(row, name) or None for name in ITEM} for row in self.rows)
        return tuple(self.item(row, texts) for row, texts in zip(self.rows, stated, strict=True) if any(texts.values()))

    def item(self, row: Row, texts: dict[str, str | None]) -> OrderItem:
        price = self.money(row, "unit_price")
        if texts["sku"]:
            texts["sku"] = self.number(row, "sku") or None
        texts.pop("unit_price")
        return OrderItem(**texts, unit_price=price.money if price else None)

    def amount(self, name: str) -> money.Amount | None:
        """The amount that one cell states for the order. Several cells may be parts or repeats: none is chosen."""
        column = self.header.at.get(name)
        stated = [row for row in self.rows if column not in row.filled and self.said(row, name)]
        found = [self.money(row, name) for row in stated]
        if len(stated) > 1:
            self.note("amount-by-row", *stated, header=self.label(name), count=len(stated))
            return None
        return found[0] if found else None

    def money(self, row: Row, name: str) -> money.Amount | None:
        said = self.said(row, name)
        if not said:
            return None
        column = self.rules.columns.get(name, Column(header=""))
        currency = self.said(row, "currency").upper() or self.rules.currency
        found = money.amount(said, unit=column.unit, currency=currency, negate=column.negate)
        if found is None:
            self.refuse("amount-not-understood", row, name, said)
        return found

    def moment(self, name: str) -> Moment | None:
        stated = [self.time(row, name) for row in self.rows]
        return self.agreed(name, [found for found in stated if found is not None])

    def time(self, row: Row, name: str) -> Moment | None:
        said, value = self.time_said(row, name)
        if not said:
            return None
        found: Moment | None
        if isinstance(value, date):
            found = times.from_value(value, said, zone=self.rules.zone, grain=self.typed.grain)
        else:
            found = times.parse(said, zone=self.rules.zone, order=self.rules.order)
        if found is None:
            self.refuse("time-not-understood", row, name, said)
        else:
            self.to_the_minute = self.to_the_minute or found.grain == "minute"
        return found

    def time_said(self, row: Row, name: str) -> tuple[str, Any]:
        """A time cell's wording and value; a date that declared columns complete is joined with them."""
        column = self.header.at.get(name)
        combine = self.rules.combine
        if combine and column == combine[0]:
            parts = [wording(row.cells[index]) if index < len(row.cells) else "" for index in combine]
            return (" ".join(part for part in parts if part) if parts[0] else ""), None
        value = self.raw(row, name)
        said = wording(value) if isinstance(value, date) else self.said(row, name)
        if type(value) is date and column in self.typed.with_clock:
            value = datetime(value.year, value.month, value.day)
        return said, value

    def refuse(self, code: str, row: Row, name: str, said: str) -> None:
        values: dict[str, str | int] = {"header": self.label(name), "said": said[:80]}
        self.unread.append(Unread(code=code, values=values, where=self.at(row)))

    def cells(self) -> tuple[tuple[str, str], ...]:
        """Every filled cell of the first row, and of the others those that differ from it."""
        first = self.rows[0].cells
        found = [self.cell(column, value) for column, value in enumerate(first)]
        for row in self.rows[1:]:
            for column, value in enumerate(row.cells):
                if column not in row.filled and (column >= len(first) or value != first[column]):
                    found.append(self.cell(column, value))
        return tuple(cell for cell in found if cell[1] and not self.is_withheld(cell[0]))

    def cell(self, column: int, value: Any) -> tuple[str, str]:
        return self.header.name(column), wording(value)

    def is_withheld(self, name: str) -> bool:
        return bool(self.rules.withheld) and header_key(name).startswith(self.rules.withheld)

    def remarks(self) -> None:
        """What is to be said about the rows as such."""
        self.remark_identity()
        self.remark_encrypted()
        if self.rules.to_the_second and self.to_the_minute:
            self.note("saved-again")
        self.remark_errors()
        for row in self.rows:
            if any(wording(value) for value in row.cells[len(self.header.names) :]):
                self.note("row-wider", row)
            elif len(row.cells) < _filled_width(self.header.names):
                self.note("row-narrower", row)

    def remark_identity(self) -> None:
        names = [name for column, name in enumerate(self.header.names) if self.is_withheld(name)
                 and any(column < len(row.cells) and wording(row.cells[column]) for row in self.rows)]  # fmt: skip
        if names:
            self.note("identity-left-out", count=len(names))

    def remark_encrypted(self) -> None:
        """What a platform encrypts of its buyers stays as it is, and nothing is made of it."""
        rows = [row for row in self.rows if any(_CIPHER.fullmatch(self.said(row, name)) for name in BUYER)]
        if rows:
            self.note("cells-encrypted", *rows)

    def remark_errors(self) -> None:
        for row in self.rows:
            columns = sorted(column for number, column in self.sheet.errors if number == row.number)
            names = [self.header.name(column - 1) for column in columns]
            if names:
                self.note("formula-error", row, headers="、".join(names))


def _parcel(number: str) -> str:
    """A parcel's number without the "No:" that some exports put before it."""
    return number[3:].strip() if number[:3].lower() == "no:" else number


def _filled_width(names: Sequence[str]) -> int:
    return max((index + 1 for index, name in enumerate(names) if name), default=0)
