"""Records to events: one event for each time a record states, under the role that time has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import get_args

from pipeline.contract import Item
from pipeline.model import (
    Citation,
    Dating,
    Event,
    Line,
    Mail,
    Message,
    Order,
    Payment,
    Person,
    Reading,
    Refund,
    Role,
    Scan,
    Shipment,
    Spot,
    Trade,
    short_id,
)
from pipeline.moment import Moment, dateless
from stages.lang.certainty import weakest
from stages.lang.numbers import numbers_of
from stages.lang.people import person_of
from stages.timeline.words import Words

__all__ = ["cited", "event", "events_of", "lines_in", "role_rank", "said_in"]

NO_ORDERS: Mapping[str, str] = {}
_ROLES: tuple[Role, ...] = get_args(Role)

_PAYMENT_ROLES: dict[str, Role] = {
    "paid": "payment.made",
    "refund_applied": "refund.applied",
    "refunded": "refund.paid",
}
"""A receipt of a payment says nothing about the steps of an order."""

_ORDER_ROLES: dict[str, Role] = {
    "created": "order.created",
    "paid": "order.paid",
    "shipped": "order.shipped",
    "signed": "order.signed",
    "confirmed": "order.confirmed",
    "completed": "order.completed",
    "refund_applied": "refund.applied",
    "refunded": "refund.paid",
    "closed": "order.closed",
    "scanned": "parcel.scan",
}


def role_rank(role: Role) -> int:
    """The place of a role among events of one moment: the order in which things usually happen."""
    return _ROLES.index(role)


def events_of(item: Item, words: Words, orders: Mapping[str, str] = NO_ORDERS) -> Iterator[Event]:
    """Every event but its messages that the readings of one exhibit state, the undated ones with an undated moment.

    `orders` gives the order that a number belongs to: a payment's and a parcel's events are that order's.
    """
    for reading in item.readings:
        for record in reading.records:
            if isinstance(record, Order | Payment | Refund | Shipment | Scan):
                yield from _trade(item, reading, record, words, orders)
            elif isinstance(record, Dating):
                yield _dating(item, reading, record, words)


def event(
    *,
    role: Role,
    at: Moment,
    text: str,
    content: str,
    citation: Citation,
    actors: tuple[str, ...] = (),
    order_id: str | None = None,
    trade: Trade | None = None,
) -> Event:
    """An event whose id depends on what happened and when, not on where it was read nor on the language.

    `content` is the language-free wording that tells two events of one role and moment apart.
    """
    amount = trade.amounts.paid if trade is not None and role in {"order.paid", "payment.made"} else None
    return Event(
        id=short_id([role, at.start or at.said, at.end, at.grain, actors, order_id, content]),
        number=0,
        role=role,
        at=at,
        text=text,
        actors=actors,
        amount=amount,
        order_id=order_id,
        citations=(citation,),
        exhibits=(citation.exhibit,),
    )


def said_in(item: Item, words: Words, people: Iterable[Person]) -> Iterator[tuple[Reading, Message, Event]]:
    """Every message of one exhibit with its event, the undated ones with an undated moment."""
    for reading in item.readings:
        for record in reading.records:
            if isinstance(record, Message):
                yield reading, record, _message(item, reading, record, words, people)


def _message(item: Item, reading: Reading, message: Message, words: Words, people: Iterable[Person]) -> Event:
    """A message; who sent it is the person that the case joins the name to, else the name as written."""
    sure = weakest(spot for spot in message.spots if spot.field in ("text", "at"))
    sender = person_of((message.sender, message.sender_id), people) or message.sender
    subject, name = (message.subject, message.message_id) if isinstance(message, Mail) else (None, None)
    said = "\n".join(filter(None, (subject, message.text)))
    return event(
        role="mail.sent" if isinstance(message, Mail) else "chat.message",
        at=message.at or dateless("", "minute"),
        text=said or words.message_type(message.type),
        content=(name or "") + " ".join(said.split()) + "".join(sorted(part.name for part in message.attachments)),
        citation=(
            item.cite(reading, message.where, message.text, sure.certainty, sure.confidence, sure.other)
            if sure
            else item.cite(reading, message.where, message.text)
        ),
        actors=(sender,) if sender else (),
    )


def _trade(item: Item, reading: Reading, record: Trade, words: Words, orders: Mapping[str, str]) -> Iterator[Event]:
    order_id = _order_of(record, orders)
    for name, role in (_PAYMENT_ROLES if isinstance(record, Payment) else _ORDER_ROLES).items():
        at: Moment | None = getattr(record.times, name)
        if at is None:
            continue
        seen = next((spot for spot in record.spots if spot.field == f"times.{name}"), None)
        yield event(
            role=role,
            at=at,
            text=words.trade(role, record),
            content=record.text or "" if role == "parcel.scan" else "",
            citation=cited(item, reading, seen) if seen else item.cite(reading, record.where, at.said),
            order_id=order_id,
            trade=record,
        )


def _order_of(record: Trade, orders: Mapping[str, str]) -> str | None:
    """The order that a record's numbers name without doubt, else the number that it states."""
    named = {orders[number] for number in numbers_of(record) if number in orders}
    return named.pop() if len(named) == 1 and not isinstance(record, Order) else record.order_id


def cited(item: Item, reading: Reading, spot: Spot) -> Citation:
    """The citation of a passage seen in a picture."""
    return item.cite(reading, spot.where, spot.text, spot.certainty, spot.confidence, spot.other)


def _dating(item: Item, reading: Reading, record: Dating, words: Words) -> Event:
    return event(
        role=record.role,
        at=record.at,
        text=words.dating(record.role, record.basis),
        content=item.exhibit.digest,
        citation=item.cite(reading, record.where, record.text),
    )


def lines_in(item: Item) -> Iterator[tuple[Reading, Line]]:
    """The lines seen in a picture, with the reading they come from."""
    for reading in item.readings:
        for record in reading.records:
            if isinstance(record, Line):
                yield reading, record
