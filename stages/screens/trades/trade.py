"""From pairs of label and value to the fields of a trade record, each with the spot where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, Literal, TypeVar

from pipeline.model import Amounts, Buyer, Line, Money, Note, OrderItem, Spot, Times, Tracking, Trade
from pipeline.moment import Moment, within
from stages.screens.page import Context, place
from stages.screens.trades.carriers import carrier_in
from stages.screens.trades.fields import Pair
from stages.screens.trades.labels import MONEY_FIELDS, NUMBER_FIELDS, TIME_FIELDS, field_of
from stages.screens.trades.people import Contact, contact_in
from stages.screens.trades.values import Part, Said, amount_of, number_of, said, spot_of, time_of

__all__ = ["Draft"]

_T = TypeVar("_T", bound=Trade)
_PARCEL = re.compile(r"[A-Za-z]{0,5}[\dA-Za-z*]*\d{4}[\d*]*\d(?:[A-Za-z]{2})?(?![\d*])")
_PENDING = re.compile(
    r"待|中$|处理中|审核|申请|拒绝|关闭|取消|撤销|pending|declined|rejected|closed|cancel|requested"
    r"|open",
    re.IGNORECASE,
)
"""States of a refund in which nothing was refunded yet, or will be: its amount then is only what was asked for."""
_TEXTS = frozenset({"status", "party", "text", "buyer.nick"})
_BUYER = ("nick", "name", "phone", "address")


class Draft:
    """A record as it is put together. A field stated twice in different wordings stays empty, and is noted."""

    def __init__(self, context: Context, currency: str | None) -> None:
        self.context, self.currency = context, currency
        self.values: dict[str, Any] = {}
        self.spots: dict[str, Spot] = {}
        self.cells: list[tuple[str, str]] = []
        self.items: list[tuple[OrderItem, tuple[Spot, ...]]] = []
        self.parcels: list[tuple[Tracking, Said | None, Said]] = []
        self.lines: list[Line] = []
        self.notes: list[Note] = []
        self.differing: set[str] = set()

    def add(self, pairs: Iterable[Pair]) -> None:
        """Take in pairs: each is a cell, and the value of its field where it can be read as such."""
        pairs = tuple(pairs)
        carriers = [named for pair in pairs if (named := _carrier_of(pair)) is not None]
        for pair in pairs:
            self.cell(pair.label.text, pair.value)
            if not pair.field and field_of(pair.label.text) in TIME_FIELDS | MONEY_FIELDS | NUMBER_FIELDS:
                values: dict[str, str | int] = {"label": pair.label.text[:20], "said": pair.value.text[:40]}
                self.notes.append(Note(code="screen-value-not-read", values=values, where=pair.label.line.where))
            self.take(pair, carriers)

    def take(self, pair: Pair, carriers: Sequence[Said]) -> None:
        """Set the field of a pair."""
        field, value = pair.field, pair.value
        if field in TIME_FIELDS:
            self.put(field, time_of(value.text, self.context), value)
        elif field in MONEY_FIELDS:
            self.put(field, self.money(field, value.text), value)
        elif field == "delivery":
            self.parcel_beside(value)
        elif field == "tracking_no":
            self.parcel(value, carriers[len(self.parcels)] if len(self.parcels) < len(carriers) else None)
        elif field in ("order_id", "sub_order_id", "transaction_id"):
            self.put(field, number_of(value.text), value)
        elif field in _TEXTS:
            self.put(field, value.text, value)
        elif field == "receiver" or field.startswith("buyer."):
            self.contact(field, value)

    def money(self, field: str, text: str) -> Money | None:
        """An amount; a discount is stated by how much it takes off, with or without its minus."""
        found = amount_of(text, self.currency)
        if found is not None and field.startswith("amounts.discount"):
            return Money(value=found.value.removeprefix("-"), currency=found.currency)
        return found

    def cell(self, label: str, value: Said) -> None:
        """A label with its value as printed."""
        self.cells.append((label.strip().rstrip(":："), value.text))
        self.lines += [part.line for part in value.parts]

    def put(self, field: str, found: object, value: Said) -> None:
        """Set a field, once: what differs from an earlier wording of it empties it."""
        if found is None or field in self.differing:
            return
        known = self.values.get(field)
        if known is not None and _says(known, found):
            return
        if known is not None and _says(found, known):
            known = None
        if known is not None:
            self.differ(field)
            return
        self.values[field] = found
        self.spots[field] = spot_of(field, value)
        self.lines += [part.line for part in value.parts]

    def differ(self, field: str) -> None:
        """Empty a field that is stated in two ways; several discounts are parts, and no contradiction."""
        self.differing.add(field)
        spot = self.spots.pop(field)
        del self.values[field]
        if field != "amounts.discount":
            self.notes.append(Note(code="screen-field-differs", values={"field": field}, where=spot.where))

    def rename(self, field: str, to: str) -> None:
        """Take a field for another one."""
        self.values[to] = self.values.pop(field)
        self.spots[to] = _renamed(self.spots.pop(field), to)

    def parcel(self, value: Said, carrier: Said | None) -> None:
        """A parcel's number, with the carrier that stands beside it or under its own label."""
        first = value.parts[0] if len(value.parts) == 1 else None
        match = _PARCEL.search(first.text) if first is not None else None
        number = number_of(value.text) or (match[0] if match else None)
        if number is None:
            return
        spoken = said((first.cut(*match.span()),)) if first is not None and match and number == match[0] else value
        named = carrier_in(first) if first is not None else None
        self.track(number, spoken, said((named,)) if named is not None else carrier)

    def parcel_beside(self, value: Said) -> None:
        """A parcel whose number stands behind its carrier, with no label of its own."""
        if len(value.parts) == 1 and re.search(r"\d{8}", value.text):
            self.parcel(value, None)

    def track(self, number: str, value: Said, carrier: Said | None) -> None:
        """A parcel, once."""
        if number not in {tracking.number for tracking, _, _ in self.parcels}:
            self.parcels.append((Tracking(carrier=carrier.text if carrier else None, number=number), carrier, value))
            self.lines += [part.line for part in (*value.parts, *(carrier.parts if carrier else ()))]

    def contact(self, field: str, value: Said) -> None:
        """A buyer's field; a name beside a phone number in one wording is taken apart."""
        inner = contact_in(value.parts[0]) if field in ("receiver", "buyer.name", "buyer.address") else None
        if inner is not None:
            self.person(inner, value.parts[1:])
        elif field == "buyer.phone" or field != "receiver":
            self.put(field, value.text, value)

    def person(self, found: Contact, more: Sequence[Part] = ()) -> None:
        """The name, the phone number and the address that were found together."""
        address = (*((found.address,) if found.address else ()), *more)
        for field, parts in (("name", found.name), ("phone", found.phone), ("address", address)):
            held = parts if isinstance(parts, tuple) and not isinstance(parts, Part) else (parts,) if parts else ()
            if held:
                value = said(held)
                self.put(f"buyer.{field}", value.text, value)

    def record(self, kind: type[_T], *, direction: Literal["in", "out", "neutral"] | None = None) -> _T:
        """The record, its place around every line that it was read from."""
        get = self.values.get
        moments: dict[str, Moment] = _under(self.values, "times.")
        amounts: dict[str, Money] = _under(self.values, "amounts.")
        if "discount_total" in amounts:
            self.rename("amounts.discount_total", "amounts.discount")
            amounts["discount"] = amounts.pop("discount_total")
        if "refunded" in amounts and "refunded" not in moments and _PENDING.search(get("status") or ""):
            del amounts["refunded"], self.spots["amounts.refunded"]
        known = {name: money for name, money in amounts.items() if name in Amounts.__struct_fields__}
        self.spots = {name: spot for name, spot in self.spots.items() if _is_kept(name)}
        return kind(
            where=place(self.lines),
            order_id=get("order_id"),
            sub_order_id=get("sub_order_id"),
            transaction_id=get("transaction_id"),
            tracking=tuple(tracking for tracking, _, _ in self.parcels),
            buyer=Buyer(**{name: get(f"buyer.{name}") for name in _BUYER}),
            items=tuple(item for item, _ in self.items),
            amounts=Amounts(**known),
            direction=direction,
            party=get("party"),
            status=get("status"),
            times=Times(**moments),
            text=get("text"),
            cells=tuple(self.cells),
            spots=(*self.spots.values(), *self.parcel_spots(), *self.item_spots()),
        )

    def parcel_spots(self) -> list[Spot]:
        """Where the parcels stand."""
        spots = []
        for at, (_, carrier, number) in enumerate(self.parcels):
            spots += [spot_of(f"tracking.{at}.carrier", carrier)] if carrier else []
            spots.append(spot_of(f"tracking.{at}.number", number))
        return spots

    def item_spots(self) -> list[Spot]:
        """Where the articles stand."""
        return [
            _renamed(spot, f"items.{at}.{spot.field}") for at, (_, spots) in enumerate(self.items) for spot in spots
        ]


def _carrier_of(pair: Pair) -> Said | None:
    """The carrier of a pair: what stands under a label that says so, or a name under one that may say how as well."""
    if pair.field == "carrier":
        return pair.value
    part = pair.value.parts[0] if pair.field == "delivery" and not re.search(r"\d{6}", pair.value.text) else None
    named = carrier_in(part) if part is not None else None
    return said((named,)) if named is not None else None


def _under(values: dict[str, Any], prefix: str) -> dict[str, Any]:
    return {name.removeprefix(prefix): value for name, value in values.items() if name.startswith(prefix)}


def _is_kept(name: str) -> bool:
    return not name.startswith("amounts.") or name.removeprefix("amounts.") in Amounts.__struct_fields__


def _renamed(spot: Spot, field: str) -> Spot:
    return Spot(field=field, text=spot.text, where=spot.where, confidence=spot.confidence, certainty=spot.certainty,
                other=spot.other)  # fmt: skip


def _says(one: object, other: object) -> bool:
    """Whether a value says all that another one does: of two times the finer one, inside the coarser."""
    if isinstance(one, Moment) and isinstance(other, Moment):
        if one.start is None or other.start is None:
            return one.said == other.said
        return (one.start, one.end) == (other.start, other.end) or within(one, other)
    return one == other
