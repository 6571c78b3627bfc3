"""One line out of all events: merged, totally ordered, numbered, with what agrees, disputes and cannot be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING

import msgspec

from pipeline.contract import Item
from pipeline.errors import Language, say
from pipeline.model import Citation, Conflict, Event, Timeline, Trade, label_key
from pipeline.moment import Before, before, within
from stages.lang.numbers import orders_by_number
from stages.timeline.chats import joined
from stages.timeline.events import events_of, role_rank
from stages.timeline.review import review_events
from stages.timeline.words import words_for

if TYPE_CHECKING:
    from stages.timeline import Params

__all__ = ["draw"]

_ONE_PER_ORDER = frozenset(
    {"order.created", "order.paid", "order.shipped", "order.signed", "order.completed", "order.closed"}
)

_STEPS = ("order.created", "order.paid", "order.shipped", "order.signed", "order.confirmed")
"""What follows on what in an order; a platform may complete or close one at any time."""

_OF_FILES = frozenset({"photo.taken", "screenshot.captured", "file.dated"})
_WIDTH = ("millisecond", "second", "minute", "hour", "day", "month", "year")
_DATE_STRENGTH = ("stated", "anchored", "inferred", "unknown")
_ZONE_STRENGTH = ("stated", "platform", "case", "unknown")


def draw(items: tuple[Item, ...], params: Params) -> Timeline:
    """The timeline of a case; withdrawn exhibits state nothing."""
    words = words_for(params.language)
    live = [item for item in items if item.status != "withdrawn"]
    orders = orders_by_number(_trades(live))
    found = [event for item in live for event in events_of(item, words, orders)]
    posted, notes = review_events(live, params.review, params.people, params.zone, words)
    merged = joined(_folded(_merged([*found, *posted])), live)
    dated = sorted((event for event in merged if event.at.start is not None), key=_place)
    undated = sorted((event for event in merged if event.at.start is None), key=_place)
    language: Language = "en" if params.language == "en" else "zh-CN"
    dated, conflicts = _compared(dated, language)
    conflicts += tuple(_impossible(dated, language))
    numbered = [msgspec.structs.replace(event, number=number) for number, event in enumerate([*dated, *undated], 1)]
    return Timeline(
        zone=params.zone.name if params.zone else None,
        events=tuple(numbered[: len(dated)]),
        untimed=tuple(numbered[len(dated) :]),
        order_unknown=tuple(_unordered(dated)),
        conflicts=conflicts,
        notes=notes,
    )


def _trades(items: Iterable[Item]) -> Iterator[Trade]:
    for item in items:
        for reading in item.readings:
            yield from (record for record in reading.records if isinstance(record, Trade))


def _place(event: Event) -> tuple[object, ...]:
    """The total order of events: it depends on nothing but them."""
    first = event.citations[0]
    return (*event.at.sort_key(), role_rank(event.role), label_key(first.exhibit), first.where.sort_key(), event.id)


def _merged(events: Iterable[Event]) -> list[Event]:
    """Identical facts become one event with all their citations, in the order of exhibit and place."""
    by_id: dict[str, list[Event]] = {}
    for event in events:
        by_id.setdefault(event.id, []).append(event)
    return [part for same in by_id.values() for part in _joined(same)]


def _joined(same: list[Event]) -> Iterator[Event]:
    """The same fact from several exhibits is one event; the same words twice in one chat stay two."""
    depth: dict[int, list[Event]] = {}
    seen: dict[str, int] = {}
    for event in sorted(same, key=lambda event: _citation_place(event.citations[0])):
        exhibit = event.exhibits[0]
        repeat = seen.get(exhibit, 0)
        seen[exhibit] = repeat + 1
        depth.setdefault(repeat, []).append(event)
    for repeat, group in depth.items():
        citations = tuple(sorted((cite for event in group for cite in event.citations), key=_citation_place))
        exhibits = tuple(dict.fromkeys(cite.exhibit for cite in citations))
        identity = group[0].id if repeat == 0 else f"{group[0].id}-{repeat + 1}"
        best = min(group, key=lambda event: (_ZONE_STRENGTH.index(event.at.zone), _DATE_STRENGTH.index(event.at.date)))
        yield msgspec.structs.replace(best, id=identity, citations=citations, exhibits=exhibits)


def _folded(events: list[Event]) -> list[Event]:
    """What one file says of its own date twice is one event: the finer statement, with both citations."""
    kept: list[Event] = []
    for event in sorted(events, key=lambda event: _WIDTH.index(event.at.grain)):
        twin = next((other for other in kept if event.role in _OF_FILES and _states_the_same(event, other)), None)
        if twin is None:
            kept.append(event)
        else:
            citations = tuple(sorted((*twin.citations, *event.citations), key=_citation_place))
            kept[kept.index(twin)] = msgspec.structs.replace(twin, citations=citations)
    return kept


def _states_the_same(coarse: Event, fine: Event) -> bool:
    return coarse.role == fine.role and coarse.exhibits == fine.exhibits and within(fine.at, coarse.at)


def _citation_place(citation: Citation) -> tuple[object, ...]:
    return (label_key(citation.exhibit), citation.where.sort_key())


def _compared(events: list[Event], language: Language) -> tuple[list[Event], tuple[Conflict, ...]]:
    """What happens once to an order, stated twice: the statements agree, or they are a conflict."""
    groups: dict[tuple[str, str | None], list[Event]] = {}
    for event in events:
        if event.role in _ONE_PER_ORDER:
            groups.setdefault((event.role, event.order_id), []).append(event)
    agrees: dict[str, list[str]] = {}
    disputes: dict[str, list[str]] = {}
    conflicts: list[Conflict] = []
    for (_, order_id), group in groups.items():
        for left, right in combinations(group, 2):
            kin = within(left.at, right.at) or within(right.at, left.at)
            table = agrees if kin else disputes
            table.setdefault(left.id, []).append(right.id)
            table.setdefault(right.id, []).append(left.id)
            if not kin:
                values = {"left": left.at.said, "right": right.at.said, "what": left.text, "order": order_id or "—"}
                message = say("times-disagree", values, language)
                conflicts.append(Conflict(code="times-disagree", message=message, events=(left.id, right.id)))
    return [
        msgspec.structs.replace(
            event, agrees=tuple(agrees.get(event.id, ())), disputes=tuple(disputes.get(event.id, ()))
        )
        for event in events
    ], tuple(conflicts)


def _impossible(events: list[Event], language: Language) -> Iterator[Conflict]:
    """Steps of one order that are stated in an order in which they cannot have happened."""
    steps: dict[str | None, dict[str, list[Event]]] = {}
    for event in events:
        if event.role in _STEPS:
            steps.setdefault(event.order_id, {}).setdefault(event.role, []).append(event)
    for order_id, roles in steps.items():
        stated = [roles[role] for role in _STEPS if role in roles]
        for earlier, later in pairwise(stated):
            for left, right in product(earlier, later):
                if before(right.at, left.at) is Before.YES:
                    values = {"order": order_id or "—", "left": left.text, "right": right.text,
                              "left_at": left.at.said, "right_at": right.at.said}  # fmt: skip
                    message = say("times-impossible", values, language)
                    yield Conflict(code="times-impossible", message=message, events=(left.id, right.id))


def _unordered(events: list[Event]) -> Iterator[tuple[str, str]]:
    for left, right in pairwise(events):
        if before(left.at, right.at) is Before.CANNOT_TELL and not _ordered_by_file(left, right):
            yield left.id, right.id


def _ordered_by_file(left: Event, right: Event) -> bool:
    """Messages of one chat stand in its order, even inside one minute, where the sort put them so."""
    if not left.role == right.role == "chat.message":
        return False
    places = {citation.exhibit: citation.where.sort_key() for citation in left.citations}
    later = {citation.exhibit: citation.where.sort_key() for citation in right.citations}
    return any(places[exhibit] <= later[exhibit] for exhibit in places.keys() & later.keys())
