"""千牛: messages copied in its window and pasted into a text.

A head is the nick glued to the time (`昵称2026-3-2 14:03:05`), nick and time on two lines, or `客服A --> 买家` before
the time. Lines such as 已读 are states of a message and none of its text; recalls and handovers state no time.
Nothing says which side is the exporter's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pipeline.contract import Reader, Score, Source
from pipeline.locate import lines_of
from pipeline.model import Person, Reading, Side, Unread
from stages.chats.common.account import closed
from stages.chats.common.lines import Lines, head_lines, open_lines
from stages.chats.common.params import params_of
from stages.chats.common.sides import sides_of
from stages.chats.common.stamped import STAMP, Head, Transcript, clock_of, is_name, recalled_by, usual
from stages.lang.text import plain

__all__ = ["READER"]

_GLUED = re.compile(rf"(?P<nick>.{{1,80}}?)(?P<gap> *){STAMP}\s*", re.ASCII)
_ALONE = re.compile(rf"{STAMP}\s*", re.ASCII)
_ARROW = re.compile(r"(?P<sender>.{1,48}?)\s*(?:-{1,2}>|→|=>)\s*(?P<to>.{1,48}?)")
_STATES = frozenset("已读 未读 发送中 发送失败 已送达 送达".split())
_HANDOVER = re.compile(r"由\s*\S.{0,60}?\s*转交给\s*\S.{0,60}")
_CARD = re.compile(r"[¥￥]\s*\d[\d,.]*|`?https?://\S+`?", re.IGNORECASE)
_OPPOSITE: dict[Side, Side] = {"self": "other", "other": "self"}


def _head_at(lines: list[str], number: int) -> Head | None:
    """The head that may begin on a line."""
    line = lines[number]
    if line.rstrip()[-3:-2] == ":":
        match = _GLUED.fullmatch(line)
        if match is not None:
            return _head(match["nick"], match, 1)
    after = lines[number + 1] if number + 1 < len(lines) else ""
    match = _ALONE.fullmatch(after) if after[:2] in ("19", "20") else None
    return _head(line, match, 2) if match else None


def _head(who: str, match: re.Match[str], lines: int) -> Head | None:
    """The head of a nick, or of the two people of an arrow."""
    who = who.strip()
    arrow = _ARROW.fullmatch(who) if ">" in who or "→" in who else None
    sender, to = (arrow["sender"], arrow["to"]) if arrow else (who, None)
    if not is_name(sender) or sender in _STATES:
        return None
    said = match["said"]
    shape = f"{lines}{match['sep']}"
    return Head(sender, said, shape, lines=lines, to=to, clock=clock_of(said))


def _heads(lines: list[str]) -> dict[int, Head]:
    """Every place that has the form of a head."""
    found: dict[int, Head] = {}
    for number in range(len(lines)):
        if number - 1 in found and found[number - 1].lines == 2:
            continue
        head = _head_at(lines, number) if lines[number] else None
        if head is not None:
            found[number] = head
    return found


def _signature(text: str) -> bool:
    return _score(lines_of(plain(text))) is not None


def _sniff(source: Source) -> Score | None:
    return _score(head_lines(source, _signature))


def _score(lines: list[str]) -> Score | None:
    """By what is 千牛's alone; a text that does not begin with a head was cut, and needs more of it."""
    heads = _heads(lines)
    glued = sum(1 for number, head in heads.items() if head.lines == 1 and _is_glued(lines[number]))
    states = sum(1 for line in lines if line.strip() in _STATES)
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if not heads or (first not in heads and not _is_notice(lines[first])):
        return Score(value=0.6, reason="qianniu-heads") if states and glued > 1 else None
    if any(head.to for head in heads.values()) or (glued and 2 * glued >= len(heads)):
        return Score(value=0.9, reason="qianniu-heads")
    if states:
        return Score(value=0.85, reason="qianniu-states")
    if len(heads) > 1 and all(head.lines == 2 and len(head.clock) == 6 for head in heads.values()):
        return Score(value=0.5, reason="qianniu-two-lines")
    return None


def _is_glued(line: str) -> bool:
    match = _GLUED.fullmatch(line)
    return match is not None and not match["gap"]


def _is_notice(line: str) -> bool:
    """Whether a line is the client's own."""
    return recalled_by(line) is not None or ("转交给" in line and _HANDOVER.fullmatch(line.strip()) is not None)


def _read(source: Source) -> Reading:
    lines = open_lines(source, _signature)
    return closed(READER, lines) if isinstance(lines, Unread) else _Pasted(lines, source).reading(source)


class _Pasted:
    """One pasted text: a conversation."""

    def __init__(self, lines: Lines, source: Source) -> None:
        self.matched = lines.matched
        self.lost = lines.lost
        self.transcript = Transcript(lines, params_of(source).zone_for(source.name))
        self.heads = _heads_of(_heads(lines.matched))

    def reading(self, source: Source) -> Reading:
        """Every line once."""
        sides = _sides(self.heads.values(), params_of(source).people)
        number = 0
        while number < len(self.matched):
            head = self.heads.get(number)
            if head is not None:
                number = self.message(number, head, sides[head.sender])
                continue
            self.line(number)
            number += 1
        return self.transcript.reading(READER, encoding=self.transcript.lines.encoding)

    def line(self, number: int) -> None:
        """A line that belongs to no message."""
        if _is_notice(self.matched[number]):
            self.transcript.notice(number)
        elif self.matched[number].strip() in _STATES:
            self.transcript.aside += 1
        else:
            self.transcript.pass_line(number)

    def message(self, number: int, head: Head, side: Side) -> int:
        """The message of a head; gives back the number of the line after it."""
        begin = end = number + head.lines
        while end < len(self.matched) and end not in self.heads and end not in self.lost:
            end += 1
        last = self.last_of(begin, end)
        states = {place for place in range(begin, last) if self.matched[place].strip() in _STATES}
        self.transcript.take(number, last, head, side, aside=states)
        self.as_card(begin, last)
        for place in range(last, end):
            self.line(place)
        return end

    def last_of(self, begin: int, end: int) -> int:
        """Where the text ends: before the padding, the states and the client's notices that stand last."""
        last = end
        while last > begin:
            line = self.matched[last - 1]
            if line.strip() and line.strip() not in _STATES and not _is_notice(line):
                break
            last -= 1
        return last

    def as_card(self, begin: int, end: int) -> None:
        """A text of which every line but a title is a price or an address is the card of an article."""
        lines = [line.strip() for line in self.matched[begin:end] if line.strip()]
        card = sum(1 for line in lines if _CARD.fullmatch(line))
        if card and len(lines) - card <= 1 and any("http" in line for line in lines):
            self.transcript.retype("link")


def _heads_of(candidates: dict[int, Head]) -> dict[int, Head]:
    """The heads; a head on two lines in a text of others only of somebody who is met there too."""
    shapes = Counter(head.shape for head in candidates.values())
    if not shapes:
        return {}
    shape = shapes.most_common(1)[0][0]
    kept = usual(candidates, shape)
    names = {head.sender for head in kept.values()} | {head.to for head in kept.values()}
    others = {
        number: head
        for number, head in candidates.items()
        if head.shape != shape and head.shape[1:] == shape[1:] and head.sender in names
    }
    return dict(sorted((kept | others).items()))


def _sides(heads: Iterable[Head], people: Iterable[Person]) -> dict[str, Side]:
    """The side of each name: by the case, then that of its shop; of two parties, one side shows the other.

    Sub-accounts are `店铺:子账号`, and an arrow leads from one side to the other.
    """
    spoken = list(heads)
    names = list(dict.fromkeys(name for head in spoken for name in (head.sender, head.to) if name))
    known = sides_of(names, None, people)
    parties: dict[str, Side] = {}
    for name in names:
        party = name.partition(":")[0]
        parties[party] = known[name] if parties.get(party, "unknown") == "unknown" else parties[party]
    arrows = {(head.sender.partition(":")[0], head.to.partition(":")[0]) for head in spoken if head.to}
    pairs = arrows | ({tuple(parties)} if len(parties) == 2 else set())
    for one, other in sorted(pair for pair in pairs if len(set(pair)) == 2):
        for left, right in ((one, other), (other, one)):
            if parties[left] == "unknown" and parties[right] in _OPPOSITE:
                parties[left] = _OPPOSITE[parties[right]]
    return {name: parties[name.partition(":")[0]] if side == "unknown" else side for name, side in known.items()}


READER = Reader(
    id="qianniu-paste",
    version=1,
    grade="B",
    sniff=_sniff,
    read=_read,
)
