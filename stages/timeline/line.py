"""One line out of all events: merged, totally ordered, numbered, with what agrees, disputes and cannot be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING

import msgspec

from pipeline.contract import Item
from pipeline.errors import Language, say
from pipeline.model import Citation, Conflict, Event, Timeline, Trade, label_key
from pipeline.moment import Before, before, within
from stages.lang.numbers import orders_by_number
from stages.timeline.chats import joined
from stages.timeline.events import events_of, role_rank, said_in
from stages.timeline.exports import Lack, Said, platform_of, united
from stages.timeline.review import review_events
from stages.timeline.words import Words, words_for

if TYPE_CHECKING:
    from stages.timeline import Params

__all__ = ["draw"]

_ONE_PER_ORDER = frozenset(
    {"order.created", "order.paid", "order.shipped", "order.signed", "order.completed", "order.closed"}
)

_STEPS = ("order.created", "order.paid", "order.shipped", "order.signed", "order.confirmed")
"""What follows on what in an order; a platform may complete or close one at any time."""

_SHOWN = 24  # characters of a message that a conflict names
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
    seen, exported = _talk(live, params, words)
    posted, notes = review_events(live, params.review, params.people, params.zone, words)
    talk, lacks = united(exported, params.people)
    merged = joined(_folded(_merged([*found, *seen, *posted], talk)), live)
    dated = sorted((event for event in merged if event.at.start is not None), key=_place)
    undated = sorted((event for event in merged if event.at.start is None), key=_place)
    language: Language = "en" if params.language == "en" else "zh-CN"
    dated, conflicts = _compared(dated, language)
    conflicts += (*_impossible(dated, language), *_lacking(lacks, merged, language))
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


def _talk(items: Iterable[Item], params: Params, words: Words) -> tuple[list[Event], list[Said]]:
    """The messages that pictures show, and those of exports."""
    seen: list[Event] = []
    exported: list[Said] = []
    for item in items:
        is_picture = item.ingested is not None and item.ingested.kind in ("image", "pdf")
        for reading, message, event in said_in(item, words, params.people):
            if is_picture:
                seen.append(event)
            else:
                exported.append(Said(event, message, item.exhibit.label, platform_of(reading)))
    return seen, exported


def _merged(events: Iterable[Event], talk: Iterable[Event]) -> list[Event]:
    """Identical facts become one event with all their citations, in the order of exhibit and place.

    `talk` are the messages of exports: those of them that are one are one already.
    """
    by_id: dict[str, list[Event]] = {}
    told = {id(event): event for event in talk}
    for event in (*events, *told.values()):
        by_id.setdefault(event.id, []).append(event)
    return [part for same in by_id.values() for part in (_joined(same, told) if len(same) > 1 else same)]


def _joined(same: list[Event], told: Mapping[int, Event]) -> Iterator[Event]:
    """The same fact from several exhibits is one event; the same words twice in one chat stay two."""
    depth: dict[int, list[Event]] = {}
    seen: dict[str, int] = {}
    for event in sorted(same, key=lambda event: _citation_place(event.citations[0])):
        exhibit = "" if id(event) in told else event.exhibits[0]
        repeat = seen.get(exhibit, 0)
        seen[exhibit] = repeat + 1
        depth.setdefault(repeat, []).append(event)
    for repeat, group in depth.items():
        citations = group[0].citations
        if len(group) > 1:
            citations = tuple(sorted((cite for event in group for cite in event.citations), key=_citation_place))
        exhibits = tuple(sorted({cite.exhibit for cite in citations}, key=label_key))
        identity = group[0].id if repeat == 0 else f"{group[0].id}-{repeat + 1}"
        best = min(group, key=lambda event: (_ZONE_STRENGTH.index(event.at.zone), _DATE_STRENGTH.index(event.at.date)))
        yield msgspec.structs.replace(best, id=identity, citations=citations, exhibits=exhibits)


def _folded(events: list[Event]) -> list[Event]:
    """What one file says of its own date twice is one event: the finer statement, with both citations."""
    kept: list[Event] = []
    dated = [event for event in events if event.role in _OF_FILES]
    for event in sorted(dated, key=lambda event: _WIDTH.index(event.at.grain)):
        twin = next((other for other in kept if _states_the_same(event, other)), None)
        if twin is None:
            kept.append(event)
        else:
            citations = tuple(sorted((*twin.citations, *event.citations), key=_citation_place))
            kept[kept.index(twin)] = msgspec.structs.replace(twin, citations=citations)
    return [*(event for event in events if event.role not in _OF_FILES), *kept]


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


def _lacking(lacks: Iterable[Lack], events: Iterable[Event], language: Language) -> Iterator[Conflict]:
    """Messages that one of two exports of a chat does not have, though it has those around them."""
    lacks = list(lacks)
    held = {lack.held for lack in lacks}
    ids = {(cite.exhibit, cite.where): event.id for event in events for cite in event.citations if cite.exhibit in held}
    for lack in lacks:
        first = lack.messages[0]
        values = {"lacking": lack.lacking, "held": lack.held, "count": len(lack.messages),
                  "at": first.event.at.said, "text": " ".join(first.event.text.split())[:_SHOWN]}  # fmt: skip
        missing = (ids[said.label, said.message.where] for said in lack.messages)
        message = say("chat-export-lacks", values, language)
        yield Conflict(code="chat-export-lacks", message=message, events=tuple(dict.fromkeys(missing)))


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
