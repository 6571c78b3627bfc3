"""Facts that follow from the timeline by rule, for the applicant and for the customer alike.

Each rule takes what the evidence states and says nothing where a time is missing or an order cannot be told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any, Literal, NamedTuple

from pipeline.contract import Item
from pipeline.errors import Language, say
from pipeline.locate import Locator
from pipeline.model import Event, Mail, Message, Order, Reason, Role, Timeline, label_key
from pipeline.moment import Before, Moment, before, span
from stages.lang.spoken import day_and_time, duration

__all__ = ["BEARS_OUT", "facts_of"]

BEARS_OUT = frozenset({"fact-shipped-late", "fact-review-before-shipped"})
"""Rules whose facts bear the customer out where the review speaks of time."""

_SLOW = timedelta(hours=24)
"""An answer later than this is told as a fact for the customer."""

_NEW_TURN = timedelta(hours=4)
"""A message that follows the customer's own last one after this long asks anew: the one before had no answer."""

_MOST_UNANSWERED = 6
"""How many messages without an answer are told one by one."""

_COURTESIES = frozenset(
    "好 好的 好滴 好呀 好嘞 嗯 嗯嗯 行 行吧 可以 收到 收到了 知道了 明白 明白了 没问题 谢谢 谢谢亲 谢谢您 感谢 辛苦了 "
    "ok okay thanks thankyou".split()
)
"""Whole messages that ask nothing, so that no answer is missing after them."""


class _Turn(NamedTuple):
    """What the customer wrote before the shop answered: the first of those messages, and the answer if any."""

    asked: Event
    answered: Event | None


def facts_of(
    items: Sequence[Item], timeline: Timeline, stated: Moment | None, language: Language
) -> tuple[Reason, ...]:
    """All facts the rules find, in the order of the story.

    `stated` is when the review was posted by the applicant's own word: it counts only against the applicant.
    """
    return (
        *_shipping(items, timeline, language),
        *_lateness(items, timeline, stated, language),
        *_arrival(timeline, language),
        *_replies(items, timeline, language),
        *_refunds(timeline, language),
    )


def _reason(
    code: str, language: Language, side: Literal["applicant", "customer"], events: Iterable[Event], **values: str | int
) -> Reason:
    cited = tuple(events)
    exhibits = tuple(sorted({label for event in cited for label in event.exhibits}, key=label_key))
    return Reason(
        text=say(code, values, language),
        side=side,
        events=tuple(event.id for event in cited),
        exhibits=exhibits,
        sources=len(exhibits),
        strength=cited[0].citations[0].certainty if cited else "",
        rule=code,
    )


def _only(timeline: Timeline, role: Role) -> Event | None:
    """The one undisputed event of a role; none where there are several orders or a conflict touches it."""
    doubtful = {identity for conflict in timeline.conflicts for identity in conflict.events}
    found = [event for event in timeline.events if event.role == role and event.id not in doubtful]
    return found[0] if len({event.order_id for event in found}) == 1 else None


def _shipping(items: Sequence[Item], timeline: Timeline, language: Language) -> Iterator[Reason]:
    paid, shipped = _only(timeline, "order.paid"), _only(timeline, "order.shipped")
    if shipped is None:
        return
    length = _between(paid.at, shipped.at, language) if paid is not None else None
    if paid is not None and length is not None and before(paid.at, shipped.at) is Before.YES:
        yield _reason(
            "fact-shipped-after",
            language,
            "applicant",
            (paid, shipped),
            paid=day_and_time(paid.at, language),
            shipped=day_and_time(shipped.at, language),
            length=length,
        )
    promised = _promised(items, shipped.order_id)
    if promised is not None:
        values = {"promised": day_and_time(promised, language), "shipped": day_and_time(shipped.at, language)}
        if before(shipped.at, promised) is Before.YES:
            yield _reason("fact-shipped-in-time", language, "applicant", (shipped,), **values)


def _lateness(items: Sequence[Item], timeline: Timeline, stated: Moment | None, language: Language) -> Iterator[Reason]:
    """Shipped after the promise, or after the review: told even where the statements of the time disagree."""
    shipped = [event for event in timeline.events if event.role == "order.shipped"]
    if not shipped or len({event.order_id for event in shipped}) > 1:
        return
    said = day_and_time(shipped[0].at, language)
    promised = _promised(items, shipped[0].order_id)
    if promised is not None and all(before(event.at, promised) is Before.NO for event in shipped):
        values = {"promised": day_and_time(promised, language), "shipped": said}
        yield _reason("fact-shipped-late", language, "customer", shipped, **values)
    review = _only(timeline, "review.posted")
    posted = review.at if review else stated
    if posted is not None and all(before(posted, event.at) is Before.YES for event in shipped):
        cited = (review, *shipped) if review else tuple(shipped)
        values = {"review": day_and_time(posted, language), "shipped": said}
        yield _reason("fact-review-before-shipped", language, "customer", cited, **values)


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
        length = _between(event.at, review.at, language) if review is not None else None
        if review is None or length is None:
            yield _reason("fact-arrived", language, "applicant", (event,), **values)
        elif before(event.at, review.at) is Before.YES:
            yield _reason("fact-arrived-before-review", language, "applicant", (event, review), length=length, **values)
        elif before(event.at, review.at) is Before.NO and role != "order.completed":  # platforms complete by themselves
            yield _reason("fact-arrived-after-review", language, "customer", (event, review), **values)


def _refunds(timeline: Timeline, language: Language) -> Iterator[Reason]:
    applied, paid = _only(timeline, "refund.applied"), _only(timeline, "refund.paid")
    if applied is not None:
        yield _reason("fact-refund-applied", language, "customer", (applied,), at=day_and_time(applied.at, language))
    if paid is not None:
        yield _reason("fact-refund-paid", language, "applicant", (paid,), at=day_and_time(paid.at, language))


def _replies(items: Sequence[Item], timeline: Timeline, language: Language) -> Iterator[Reason]:
    unsure = _without_time(items)
    turns = [turn for turn in _turns(items, timeline) if _is_timed(turn, unsure)]
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
    yield from _unanswered([turn.asked for turn in turns if turn.answered is None], language)


def _unanswered(asked: Sequence[Event], language: Language) -> Iterator[Reason]:
    """The latest messages without an answer, each by itself; the earlier ones in one sentence."""
    for event in asked[-_MOST_UNANSWERED:]:
        at = day_and_time(event.at, language)
        yield _reason("fact-unanswered", language, "customer", (event,), at=at, text=event.text)
    earlier = asked[:-_MOST_UNANSWERED]
    if earlier:
        first, last = (day_and_time(event.at, language) for event in (earlier[0], earlier[-1]))
        values: dict[str, str | int] = {"count": len(earlier), "first": first, "last": last}
        yield _reason("fact-unanswered-more", language, "customer", (*earlier[:1], *earlier[1:][-1:]), **values)


def _turns(items: Sequence[Item], timeline: Timeline) -> Iterator[_Turn]:
    sides = _sides(items)
    asked: Event | None = None
    last: Event | None = None
    for event in timeline.events:
        side = sides.get((event.citations[0].exhibit, event.citations[0].where))
        if side == "other" and not _courtesy(event.text):
            quiet = span(last.at, event.at) if last is not None else None
            if asked is not None and quiet is not None and quiet[0] > _NEW_TURN:
                yield _Turn(asked, None)
                asked = None
            asked, last = asked or event, event
        elif side == "self" and asked is not None:
            yield _Turn(asked, event)
            asked = None
    if asked is not None:
        yield _Turn(asked, None)


def _without_time(items: Sequence[Item]) -> dict[str, tuple[Any, ...]]:
    """Of the shop's messages whose own time no exhibit states, as screenshots show them, the last place by exhibit."""
    places = {
        item.exhibit.label: [
            record.where.sort_key()
            for reading in item.readings
            for record in reading.records
            if isinstance(record, Message)
            and record.side == "self"
            and (record.at is None or record.at.date in ("inferred", "unknown"))
        ]
        for item in items
    }
    return {label: max(own) for label, own in places.items() if own}


def _is_timed(turn: _Turn, unsure: dict[str, tuple[Any, ...]]) -> bool:
    """Whether the exhibits tell how long the answer took, or that there was none."""
    if turn.asked.at.date == "inferred" or (turn.answered and turn.answered.at.date == "inferred"):
        return False
    if turn.answered is not None:
        return True
    return not any(
        unsure[cite.exhibit] > cite.where.sort_key() for cite in turn.asked.citations if cite.exhibit in unsure
    )


def _courtesy(text: str) -> bool:
    return "".join(char for char in text.casefold() if char.isalnum()) in _COURTESIES


def _sides(items: Sequence[Item]) -> dict[tuple[str, Locator], str]:
    """The side of each message by its place. A mail of the shop's counts where it goes to a customer who wrote one."""
    placed = [
        ((item.exhibit.label, record.where), record)
        for item in items
        for reading in item.readings
        for record in reading.records
        if isinstance(record, Message) and record.type not in ("system", "recall")
    ]
    customers = {record.sender_id for _, record in placed if isinstance(record, Mail) and record.side == "other"}
    return {
        place: record.side
        for place, record in placed
        if not isinstance(record, Mail) or record.side != "self" or _goes_to(record, customers)
    }


def _goes_to(mail: Mail, customers: set[str | None]) -> bool:
    return any(address and address in recipient for recipient in mail.to for address in customers)


def _at_most(turn: _Turn) -> timedelta:
    """The longest the answer can have taken, given how fine the two times are."""
    between = span(turn.asked.at, turn.answered.at) if turn.answered else None
    return between[1] if between else timedelta(0)


def _between(left: Moment, right: Moment, language: Language) -> str | None:
    """The time between two moments; "about" where either is coarser than a second; None on different clocks."""
    if left.first is None or right.first is None or span(left, right) is None:
        return None
    length = duration(right.first - left.first, language)
    exact = {left.grain, right.grain} <= {"second", "millisecond"}
    return length if exact else say("about", {"length": length}, language)
