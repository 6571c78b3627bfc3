"""One conversation that several exhibits show: a message seen twice is one event, with the citations of both.

Exports state the time of each message; screenshots overlap each other and show few times. Messages are aligned in the
order of each exhibit, so that the same words said twice stay two, and joined only where their times can be the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations, pairwise

import msgspec

from pipeline.contract import Item
from pipeline.model import Citation, Event, label_key
from pipeline.moment import Moment, span
from stages.lang.match import folded
from stages.timeline.alike import LONG, Alike

__all__ = ["can_be_one", "joined", "one_of", "spoken"]

_GRAINS = ("millisecond", "second", "minute", "hour", "day", "month", "year")
_BASES = ("stated", "anchored", "inferred", "unknown")
_TELLING = 4
"""Characters that a run of equal messages must have: a lone "好的" is said in many places."""


def joined(events: Sequence[Event], items: Iterable[Item]) -> list[Event]:
    """The events, each message of a conversation once; those of other roles as they are."""
    pictures = {item.exhibit.label for item in items if item.ingested and item.ingested.kind in ("image", "pdf")}
    messages = [event for event in events if event.role == "chat.message"]
    if not any(label in pictures for event in messages for label in event.exhibits):
        return list(events)
    groups = _groups(messages, pictures)
    kept = {members[0].id: one_of(members) for members in groups}
    gone = {member.id for members in groups for member in members[1:]}
    return [kept.get(event.id, event) for event in events if event.id not in gone]


def _groups(messages: Sequence[Event], pictures: set[str]) -> list[list[Event]]:
    """The messages that are one and the same, the surest statement first; messages alone are left out."""
    chats: dict[str, list[Event]] = {}
    for event in messages:
        for label in event.exhibits:
            chats.setdefault(label, []).append(event)
    for label, chat in chats.items():
        chat.sort(key=lambda event, label=label: _place(event, label))  # type: ignore[misc]
    words = {label: [spoken(event.text) for event in chat] for label, chat in chats.items()}
    alike = Alike(wording for said in words.values() for wording in said)
    together = {event.id: [event] for event in messages}
    for one, other in _meeting(words, pictures, alike):
        for left, right in _aligned(chats[one], words[one], chats[other], words[other], alike):
            _unite(together, left, right)
    groups = {id(members): members for members in together.values() if len(members) > 1}
    return [sorted(members, key=_weight) for members in groups.values()]


def _meeting(words: Mapping[str, Sequence[str]], pictures: set[str], alike: Alike) -> list[tuple[str, str]]:
    """Pairs of exhibits, one a picture at least, that have enough of the same words to be aligned, in their order."""
    longest = max(len(words[label]) for label in words if label in pictures)
    saying: dict[tuple[str, ...], list[str]] = {}
    for label in sorted(words, key=label_key):
        for key in dict.fromkeys(_tellings(words[label])):
            saying.setdefault(key, []).append(label)
    pairs = {pair for labels in saying.values() for pair in combinations(labels, 2)}
    for label, said in words.items():
        if label in pictures or len(said) <= longest:  # else it is the longer one of each pair
            misread = (other for wording in dict.fromkeys(said) for other in alike.of(wording))
            pairs |= {_ordered(label, other) for wording in misread for other in saying[(wording,)] if other != label}
    return sorted((pair for pair in pairs if pictures & {*pair}), key=lambda pair: tuple(map(label_key, pair)))


def _ordered(one: str, other: str) -> tuple[str, str]:
    return (one, other) if label_key(one) < label_key(other) else (other, one)


def _tellings(said: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Each wording that tells something by itself, and each two shorter ones in a row."""
    yield from ((wording,) for wording in said if len(wording) >= _TELLING)
    yield from (pair for pair in pairwise(said) if max(map(len, pair)) < _TELLING)


def _unite(together: dict[str, list[Event]], left: Event, right: Event) -> None:
    """Join the groups of two messages, unless that would join two messages of one exhibit."""
    mine, theirs = together[left.id], together[right.id]
    labels = [{label for event in members for label in event.exhibits} for members in (mine, theirs)]
    if mine is not theirs and labels[0].isdisjoint(labels[1]):
        mine += theirs
        for event in theirs:
            together[event.id] = mine


def _aligned(
    left: Sequence[Event], mine: Sequence[str], right: Sequence[Event], words: Sequence[str], alike: Alike
) -> list[tuple[Event, Event]]:
    """Pairs of messages with the same words, in the order of both exhibits, whose times can be the same."""
    if len(mine) < len(words):
        return [(two, one) for one, two in _aligned(right, words, left, mine, alike)]
    places = {wording: at for at, wording in reversed([*enumerate(mine)])}
    theirs = [_likest(said, places, alike) for said in words]
    if set(mine).isdisjoint(theirs):
        return []
    return [
        (left[block.a + step], right[block.b + step])
        for block in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks()
        if sum(map(len, mine[block.a : block.a + block.size])) >= _TELLING
        for step in range(block.size)
        if can_be_one(left[block.a + step], right[block.b + step])
    ]


def spoken(text: str) -> str:
    """The letters and digits of a text, where it has any: engines see no emoji, and read marks in many ways."""
    words = folded(text)[0]
    return "".join(filter(str.isalnum, words)) or words


def _likest(words: str, places: Mapping[str, int], alike: Alike) -> str:
    """Of the other wordings the one that an engine may have misread as `words`; the words themselves if none."""
    if len(words) < LONG or words in places:
        return words
    like = (other for other in alike.of(words) if other in places)
    return min(like, key=lambda other: (len(other), places[other]), default=words)


def can_be_one(left: Event, right: Event) -> bool:
    """Whether their times overlap, as far as they are known."""
    if left.at.start is None or right.at.start is None:
        return True
    apart = span(left.at, right.at)
    return apart is not None and apart[0].total_seconds() <= 0 <= apart[1].total_seconds()


def one_of(members: Sequence[Event]) -> Event:
    """One event: the surest statement of it, with the citations of all; its own first."""
    if len(members) == 1:
        return members[0]
    best, *rest = sorted(members, key=_weight)
    others = sorted((cite for event in rest for cite in event.citations), key=_citation_place)
    citations = tuple(dict.fromkeys((*best.citations, *others)))
    exhibits = tuple(sorted({cite.exhibit for cite in citations}, key=label_key))
    return msgspec.structs.replace(best, citations=citations, exhibits=exhibits)


def _weight(event: Event) -> tuple[object, ...]:
    """The surest first: a stated date and a fine time before an inferred one, read from bytes before seen."""
    at, first = event.at, event.citations[0]
    return (
        _BASES.index(at.date),
        _GRAINS.index(at.grain),
        _width(at),
        first.certainty != "exact",
        _citation_place(first),
    )


def _width(at: Moment) -> float:
    return (at.last - at.first).total_seconds() if at.first and at.last else 0.0


def _place(event: Event, label: str) -> tuple[object, ...]:
    return next(cite.where.sort_key() for cite in event.citations if cite.exhibit == label)


def _citation_place(citation: Citation) -> tuple[object, ...]:
    return (label_key(citation.exhibit), citation.where.sort_key())
