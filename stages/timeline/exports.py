"""The same chat exported twice: each message is one event, and what one export lacks is told.

Twins are messages of one platform with the same words, said by the same person in the same minute; messages without
a minute of their own (notices, undated ones) are twins where those around them are. Every step takes time in
proportion to the number of messages.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from datetime import UTC, datetime
from itertools import combinations, islice
from typing import NamedTuple

import msgspec

from pipeline.model import Event, Mail, Message, Person, Reading, label_key
from stages.timeline.chats import can_be_one, one_of, spoken

__all__ = ["Lack", "Said", "platform_of", "united"]

_FAMILIES = {
    "wechat": "wechat wechatmsg memotrace pywxdump weclone chatlog weflow echotrace wechatexporter",
    "qq": "qq qqchatexporter",
    "mail": "eml mbox",
}
_PLATFORMS = {name: platform for platform, names in _FAMILIES.items() for name in names.split()}
_GENERAL = frozenset({"chatlab", "table", "messages"})
"""Formats that state their platform themselves."""

_MINUTES = frozenset({"minute", "second", "millisecond"})
_PLACEHOLDERS = frozenset(
    {"image", "voice", "video", "file", "sticker", "location", "transfer", "red-packet", "call", "recall"}
)
"""Messages whose words are those of the exporter, who words them in its own way."""

_ANY_MINUTE = (True, 0)  # of a mail that has an id
_TELLING = 4  # characters that a twin must have to be told by its words
_VOTES, _SURE = 3, 0.9  # how often, and how surely, two names stand for one person
_COMMON = 2  # messages in both exports, between which one can lack others
_TWO = 2  # people in a private chat
_STRANGERS = 5  # twins by which two exports without a common name are one chat
_LOOKED_AT = 8  # messages of the same words and minute that are compared


class Said(NamedTuple):
    """A message of an export, with its event and what it was read from."""

    event: Event
    message: Message
    label: str
    platform: str


class Lack(NamedTuple):
    """Messages of the export `held` that the export `lacking` does not have, though it has those around them."""

    lacking: str
    held: str
    messages: tuple[Said, ...]


class _Line(NamedTuple):
    """A message as it is compared."""

    said: Said
    place: int
    words: str
    minute: tuple[bool, int] | None
    """Whether its clock has a zone, and its minute; None where it has none of its own."""

    @property
    def is_notice(self) -> bool:
        return self.said.message.side == "system" or self.said.message.type in ("system", "recall")

    @property
    def format(self) -> str:
        return self.said.event.citations[0].reader

    @property
    def name(self) -> str:
        """Who said it: the person where the case joins names, else the name as written."""
        return self.said.event.actors[0] if self.said.event.actors else ""


_Pair = tuple[_Line, _Line]


def platform_of(reading: Reading) -> str:
    """The platform a reading's chat is from, by its reader's id, or as a general format states it."""
    first = reading.reader.partition("@")[0].partition("-")[0]
    stated = reading.declared.get("platform")
    name = stated.casefold() if first in _GENERAL and isinstance(stated, str) else first
    return _PLATFORMS.get(name, name)


def united(said: Sequence[Said], people: Iterable[Person] = ()) -> tuple[list[Event], list[Lack]]:
    """The events of all exports, each message once, and what one of two exports lacks.

    Of the names that exports have for a sender that of a person of the case is told.
    """
    files: dict[str, list[Said]] = {}
    for one in said:
        files.setdefault(one.label, []).append(one)
    together = {id(one.event): [one.event] for one in said}
    lacks: list[Lack] = []
    lines = {label: [_line(one, place) for place, one in enumerate(file)] for label, file in files.items()}
    for left, right in _comparable(lines):
        pairs = _twins(lines[left], lines[right])
        for mine, theirs in pairs:
            _unite(together, mine.said.event, theirs.said.event)
        lacks += _lacks(lines[left], lines[right], pairs)
    groups = {id(members): members for members in together.values()}
    known = {(person.name,) for person in people}
    return [_told(members, known) for members in groups.values()], lacks


def _comparable(lines: Mapping[str, Sequence[_Line]]) -> list[tuple[str, str]]:
    """The pairs of exports, in order of label, that have words in common which could be those of twins.

    All others have none, and of very many exports hardly any have.
    """
    holders: dict[tuple[str, str], dict[object, list[str]]] = {}
    for label, file in lines.items():
        platform = file[0].said.platform
        for words, minute in {(line.words, line.minute) for line in file}:
            holders.setdefault((platform, words), {}).setdefault(minute, []).append(label)
    pairs: set[tuple[str, str]] = set()
    for minutes in holders.values():
        for labels in minutes.values():
            pairs.update(_in_order(one, other) for one, other in combinations(labels, 2))
            pairs.update(_in_order(one, other) for one in minutes.get(None, ()) for other in labels if one != other)
    return sorted(pairs, key=lambda pair: (label_key(pair[0]), label_key(pair[1])))


def _in_order(one: str, other: str) -> tuple[str, str]:
    return (one, other) if label_key(one) < label_key(other) else (other, one)


def _told(members: Sequence[Event], known: Set[tuple[str, ...]]) -> Event:
    """One event out of its statements, by a name that the case knows if any of them has one."""
    best = one_of(members)
    named = next((event.actors for event in members if event.actors in known), best.actors)
    return best if best.actors in known or named == best.actors else msgspec.structs.replace(best, actors=named)


def _unite(together: dict[int, list[Event]], left: Event, right: Event) -> None:
    """Join the groups of two messages, unless that would join two messages of one export."""
    mine, theirs = together[id(left)], together[id(right)]
    labels = [{label for event in members for label in event.exhibits} for members in (mine, theirs)]
    if mine is not theirs and labels[0].isdisjoint(labels[1]):
        mine += theirs
        for event in theirs:
            together[id(event)] = mine


def _line(said: Said, place: int) -> _Line:
    message = said.message
    if isinstance(message, Mail) and message.message_id:
        return _Line(said, place, message.message_id, _ANY_MINUTE)
    words = f"<{message.type}>" if message.type in _PLACEHOLDERS else spoken(message.text)
    at = message.at
    if at is None or at.start is None or at.grain not in _MINUTES:
        return _Line(said, place, words, None)
    first = datetime.fromisoformat(at.start)
    zoned = first.tzinfo is not None
    minute = int((first if zoned else first.replace(tzinfo=UTC)).timestamp()) // 60
    return _Line(said, place, words, (zoned, minute))


def _twins(left: Sequence[_Line], right: Sequence[_Line]) -> list[_Pair]:
    """The messages that are in both exports, in the order of the first; none if they are not of one chat."""
    names = _known_as(left, right)
    pairs = _in_one_minute(left, right, names)
    pairs += _in_one_place(left, right, pairs, names)
    return sorted(pairs, key=lambda pair: pair[0].place) if _are_one_chat(left, right, pairs) else []


def _in_one_minute(left: Sequence[_Line], right: Sequence[_Line], names: Mapping[str, str]) -> list[_Pair]:
    waiting: dict[tuple[object, str], list[_Line]] = {}
    for line in reversed(right):
        if line.minute is not None:
            waiting.setdefault((line.minute, line.words), []).append(line)
    pairs = []
    for line in left:
        others = waiting.get((line.minute, line.words), []) if line.minute is not None else []
        for back, other in enumerate(islice(reversed(others), _LOOKED_AT), 1):
            if _fits(line, other, names):
                del others[-back]
                pairs.append((line, other))
                break
    return pairs


def _in_one_place(
    left: Sequence[_Line], right: Sequence[_Line], known: Sequence[_Pair], names: Mapping[str, str]
) -> list[_Pair]:
    """Of the messages that are left those with the same words between the same neighbours, one without a minute."""
    taken = {theirs.place for _, theirs in known}
    partner = {mine.place: theirs.place for mine, theirs in known}
    waiting: dict[str, list[int]] = {}
    for line in right:
        if line.place not in taken:
            waiting.setdefault(line.words, []).append(line.place)
    bounds = _next_partner(left, partner, len(right))
    low = -1
    pairs = []
    for line in left:
        if line.place in partner:
            low = max(low, partner[line.place])
            continue
        places = waiting.get(line.words, [])
        at = bisect_right(places, low)
        for place in places[at : at + _LOOKED_AT]:
            other = right[place]
            is_between = place < bounds[line.place] and None in (line.minute, other.minute)
            if is_between and _fits(line, other, names) and can_be_one(line.said.event, other.said.event):
                pairs.append((line, other))
                low = place
                break
    return pairs


def _next_partner(left: Sequence[_Line], partner: Mapping[int, int], last: int) -> list[int]:
    """For each message where in the other export the next one stands that has a twin there."""
    bounds = [last] * len(left)
    for line in reversed(left):
        last = partner.get(line.place, last)
        bounds[line.place] = last
    return bounds


def _fits(left: _Line, right: _Line, names: Mapping[str, str]) -> bool:
    """Whether one person said both, as far as the exports tell, in one conversation."""
    mine, theirs = left.said.message, right.said.message
    if left.is_notice or right.is_notice:
        return left.is_notice and right.is_notice
    if mine.chat and theirs.chat and mine.chat != theirs.chat:
        return False
    if "unknown" not in (mine.side, theirs.side):
        return mine.side == theirs.side
    if mine.sender_id and mine.sender_id == theirs.sender_id:
        return True
    return left.name == right.name or names.get(left.name) == right.name


def _known_as(left: Sequence[_Line], right: Sequence[_Line]) -> dict[str, str]:
    """Names of the first export with those that the second has for the same people, where what they say shows it.

    Of two people the second is known with the first.
    """
    mine, theirs = (_said_once(lines) for lines in (left, right))
    votes = Counter((line.name, theirs[key].name) for key, line in mine.items() if key in theirs)
    sums = [Counter[str](), Counter[str]()]
    for pair, count in votes.items():
        for side in (0, 1):
            sums[side][pair[side]] += count
    known = {
        one: other
        for (one, other), count in votes.items()
        if count >= _VOTES and count >= _SURE * max(sums[0][one], sums[1][other])
    }
    ours, others = (sorted({line.name for line in lines if not line.is_notice}) for lines in (left, right))
    if len(ours) == len(others) == _TWO and len(known) == 1:
        ((one, other),) = known.items()
        known[ours[1 - ours.index(one)]] = others[1 - others.index(other)]
    return known


def _said_once(lines: Sequence[_Line]) -> dict[tuple[object, str], _Line]:
    """Telling messages whose words nobody else said in their minute."""
    found: dict[tuple[object, str], _Line | None] = {}
    for line in lines:
        if line.minute is not None and len(line.words) >= _TELLING and not line.is_notice:
            key = (line.minute, line.words)
            found[key] = None if key in found else line
    return {key: line for key, line in found.items() if line is not None}


def _are_one_chat(left: Sequence[_Line], right: Sequence[_Line], pairs: Sequence[_Pair]) -> bool:
    """Whether twins are more than words that are said everywhere: most of what both exports cover is in both."""
    spoken_pairs = [mine for mine, _ in pairs if not mine.is_notice]
    if not spoken_pairs:
        return False
    smaller = min(_covered(left, right), _covered(right, left))
    matched = len(spoken_pairs)
    if any(isinstance(line.said.message, Mail) for line in spoken_pairs):
        return True
    if _people(left).isdisjoint(_people(right)):
        return matched >= _STRANGERS and 5 * matched >= 4 * smaller
    is_telling = any(len(line.words) >= _TELLING and line.words[0] != "<" for line in spoken_pairs)
    return matched >= smaller or (is_telling and 2 * matched >= smaller)


def _covered(lines: Sequence[_Line], others: Sequence[_Line]) -> int:
    """How many messages an export has of the time that the other one covers."""
    times = [line.minute for line in others if line.minute is not None]
    if not times:
        return sum(not line.is_notice for line in lines)
    first, last = min(times), max(times)
    return sum(not line.is_notice and line.minute is not None and first <= line.minute <= last for line in lines)


def _people(lines: Sequence[_Line]) -> set[str]:
    """The names and ids of those who are not the applicant."""
    talkers = [line for line in lines if not line.is_notice and line.said.message.side != "self"]
    return {name for line in talkers for name in (line.name, line.said.message.sender_id) if name}


def _lacks(left: Sequence[_Line], right: Sequence[_Line], pairs: Sequence[_Pair]) -> Iterator[Lack]:
    """What each of two exports of one chat has alone, between messages that both have.

    Two formats word much in their own way: there only texts count that the other has nothing for in their minute.
    """
    one_format = left[0].format == right[0].format
    places = [{pair[side].place for pair in pairs} for side in (0, 1)]
    alone = [
        [line for line in lines if line.place not in own and not line.is_notice]
        for lines, own in zip((left, right), places, strict=True)
    ]
    for side, (lines, others) in enumerate(((left, right), (right, left))):
        common = [pair[side].place for pair in pairs if not pair[side].is_notice]
        if len(common) < _COMMON:
            continue
        first, last = min(common), max(common)
        elsewhere = {line.minute for line in alone[1 - side]}
        missing = tuple(
            line.said
            for line in alone[side]
            if first < line.place < last
            and (one_format or (line.said.message.type == "text" and line.minute not in elsewhere))
        )
        if missing:
            yield Lack(others[0].said.label, lines[0].said.label, missing)
