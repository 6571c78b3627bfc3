"""Facts that follow from the timeline by rule, for the applicant and for the customer alike.

Each rule takes what the evidence states and says nothing where a time is missing or an order cannot be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Literal, NamedTuple

from pipeline.contract import Item
from pipeline.errors import Language, say
from pipeline.locate import Locator
from pipeline.model import Event, Message, Order, Reason, Role, Timeline
from pipeline.moment import Before, Moment, before
from stages.lang.spoken import day_and_time, duration

__all__ = ["facts_of"]

_SLOW = timedelta(hours=24)
"""An answer later than this is told as a fact for the customer (a day: the longest service promise common in shops)."""


class _Turn(NamedTuple):
    """What the customer wrote before the shop answered: the first of those messages, and the answer if any."""

    asked: Event
    answered: Event | None


def facts_of(items: Sequence[Item], timeline: Timeline, language: Language) -> tuple[Reason, ...]:
    """All facts the rules find, in the order of the story."""
    return (
        *_shipping(items, timeline, language),
        *_arrival(timeline, language),
        *_replies(items, timeline, language),
        *_refunds(timeline, language),
    )


def _reason(
    code: str, language: Language, side: Literal["applicant", "customer"], events: Iterable[Event], **values: str | int
) -> Reason:
    cited = tuple(events)
    exhibits = tuple(dict.fromkeys(label for event in cited for label in event.exhibits))
    return Reason(
        text=say(code, values, language),
        side=side,
        events=tuple(event.id for event in cited),
        exhibits=exhibits,
        sources=len(exhibits),
        strength=cited[0].citations[0].certainty if cited else "",
    )


def _only(timeline: Timeline, role: Role) -> Event | None:
    """The one undisputed event of a role; none where there are several orders or the times disagree."""
    found = [event for event in timeline.events if event.role == role and not event.disputes]
    return found[0] if len({event.order_id for event in found}) == 1 else None


def _shipping(items: Sequence[Item], timeline: Timeline, language: Language) -> Iterator[Reason]:
    paid, shipped = _only(timeline, "order.paid"), _only(timeline, "order.shipped")
    if shipped is None:
        return
    if paid is not None and before(paid.at, shipped.at) is Before.YES:
        yield _reason(
            "fact-shipped-after",
            language,
            "applicant",
            (paid, shipped),
            paid=day_and_time(paid.at, language),
            shipped=day_and_time(shipped.at, language),
            length=_between(paid.at, shipped.at, language),
        )
    promised = _promised(items, shipped.order_id)
    if promised is not None:
        order = before(shipped.at, promised)
        values = {"promised": day_and_time(promised, language), "shipped": day_and_time(shipped.at, language)}
        if order is Before.YES:
            yield _reason("fact-shipped-in-time", language, "applicant", (shipped,), **values)
        elif order is Before.NO:
            yield _reason("fact-shipped-late", language, "customer", (shipped,), **values)


def _promised(items: Sequence[Item], order_id: str | None) -> Moment | None:
    stated = {
        record.times.promised_ship
        for item in items
        for reading in item.readings
        for record in reading.records
        if isinstance(record, Order) and record.order_id == order_id and record.times.promised_ship
    }
    return stated.pop() if len(stated) == 1 else None


def _arrival(timeline: Timeline, language: Language) -> Iterator[Reason]:
    review = _only(timeline, "review.posted")
    roles: tuple[Role, ...] = ("order.signed", "order.confirmed", "order.completed")
    for role in roles:
        event = _only(timeline, role)
        if event is None:
            continue
        values = {"what": event.text, "at": day_and_time(event.at, language)}
        if review is None:
            yield _reason("fact-arrived", language, "applicant", (event,), **values)
        elif before(event.at, review.at) is Before.YES:
            length = _between(event.at, review.at, language)
            yield _reason("fact-arrived-before-review", language, "applicant", (event, review), length=length, **values)
        elif before(event.at, review.at) is Before.NO:
            yield _reason("fact-arrived-after-review", language, "customer", (event, review), **values)


def _refunds(timeline: Timeline, language: Language) -> Iterator[Reason]:
    applied, paid = _only(timeline, "refund.applied"), _only(timeline, "refund.paid")
    if applied is not None:
        yield _reason("fact-refund-applied", language, "customer", (applied,), at=day_and_time(applied.at, language))
    if paid is not None:
        yield _reason("fact-refund-paid", language, "applicant", (paid,), at=day_and_time(paid.at, language))


def _replies(items: Sequence[Item], timeline: Timeline, language: Language) -> Iterator[Reason]:
    turns = list(_turns(items, timeline))
    answered = [turn for turn in turns if turn.answered is not None]
    if answered:
        slowest = max(answered, key=lambda turn: _at_most(turn))
        first = answered[0]
        events = [part for turn in dict.fromkeys((first, slowest)) for part in (turn.asked, turn.answered) if part]
        values: dict[str, str | int] = {
            "turns": len(turns),
            "answered": len(answered),
            "first": duration(_at_most(first), language),
            "longest": duration(_at_most(slowest), language),
        }
        slow = _at_most(slowest) > _SLOW
        code = "fact-replies" if len(answered) == len(turns) else "fact-replies-some"
        yield _reason(code, language, "customer" if slow else "applicant", events, **values)
    for turn in turns:
        if turn.answered is None:
            yield _reason(
                "fact-unanswered", language, "customer", (turn.asked,), at=day_and_time(turn.asked.at, language)
            )


def _turns(items: Sequence[Item], timeline: Timeline) -> Iterator[_Turn]:
    sides = _sides(items)
    asked: Event | None = None
    for event in timeline.events:
        side = sides.get((event.citations[0].exhibit, event.citations[0].where))
        if side == "other":
            asked = asked or event
        elif side == "self" and asked is not None:
            yield _Turn(asked, event)
            asked = None
    if asked is not None:
        yield _Turn(asked, None)


def _sides(items: Sequence[Item]) -> dict[tuple[str, Locator], str]:
    return {
        (item.exhibit.label, record.where): record.side
        for item in items
        for reading in item.readings
        for record in reading.records
        if isinstance(record, Message) and record.type not in ("system", "recall")
    }


def _at_most(turn: _Turn) -> timedelta:
    """The longest the answer can have taken, given how fine the two times are."""
    if turn.answered is None or turn.asked.at.first is None or turn.answered.at.until is None:
        return timedelta(0)
    return turn.answered.at.until - turn.asked.at.first


def _between(left: Moment, right: Moment, language: Language) -> str:
    """The time between two moments; "about" where either is coarser than a second."""
    if left.first is None or right.first is None:
        return ""
    length = duration(right.first - left.first, language)
    exact = {left.grain, right.grain} <= {"second", "millisecond"}
    return length if exact else say("about", {"length": length}, language)
