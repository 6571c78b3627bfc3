"""Messages under headers that state date and time in full, year first: as the clients of shops and firms write them.

A reader finds the lines that have the form of a header; which of them are headers is decided over a whole
conversation, for a pasted quotation has the same form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping
from typing import NamedTuple

import msgspec

from pipeline.locate import Locator
from pipeline.model import Message, MessageType, Side
from pipeline.moment import Grain, Moment, Zone, dateless, moment
from stages.chats.common.lines import Lines
from stages.chats.common.placeholders import kind_of
from stages.chats.common.talk import Talk
from stages.lang.text import INVISIBLE

__all__ = ["STAMP", "Head", "Transcript", "after", "clock_of", "is_name", "recalled_by", "usual"]

STAMP = r"(?P<said>(?:19|20)\d\d(?P<sep>[-/.])\d{1,2}(?P=sep)\d{1,2} +\d{1,2}:\d\d(?::\d\d)?)"
"""A date and a time in a regular expression."""

_DATED = r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2} +\d{1,2}:\d\d(?::\d\d)?+"
_ALIKE = re.compile(rf"^\s*[\[【(（]?{_DATED}|{_DATED}(?:$|[)）]?[:：])", re.ASCII)
_NUMBER = re.compile(r"\d+")
_RECALL = re.compile(r'["“「]?(?P<name>[^"“”「」\n]{1,40}?)["”」]?\s*撤回了一条消息[。.]?(?:\s*\[?重新编辑\]?)?')
_NO_NAME = re.compile(r"[，。！？；,!?;]|[:：]$|(?:时间|日期|时刻|于|在)\s*[:：]?$")
_LONGEST_NAME = 48


class Head(NamedTuple):
    """The head of a message: who, and the wording of the time.

    `shape` is what of its form the others of the file share. `text` is what follows on its last line, None where the
    text begins on the next; `lines` is how many lines the head takes; `to` is whom it is addressed to, if it says so.
    `clock` are the numbers of the stamp, by which stamps are compared.
    """

    sender: str
    said: str
    shape: str = ""
    text: str | None = None
    lines: int = 1
    to: str | None = None
    clock: tuple[int, ...] = ()


def clock_of(said: str) -> tuple[int, ...]:
    """The numbers of a stamp, by which stamps are compared."""
    return tuple(map(int, _NUMBER.findall(said)))


def after(shown: str, skipped: int) -> str:
    """What a line holds behind its first characters as they are matched: invisible marks do not count."""
    if skipped <= 0:
        return shown
    if shown.isascii():
        return shown[skipped:]
    for place, character in enumerate(shown):
        skipped -= character not in INVISIBLE
        if not skipped:
            return shown[place + 1 :]
    return ""


def is_name(text: str) -> bool:
    """Whether what stands before a stamp can be a name, rather than a sentence or a label."""
    return 0 < len(text) <= _LONGEST_NAME and _NO_NAME.search(text) is None


def is_lookalike(line: str) -> bool:
    """Whether a line holds a stamp where a head has one: at its start, at its end, or before a colon."""
    return line.count(":") > 0 and "20" in line and _ALIKE.search(line.rstrip()) is not None


def recalled_by(line: str) -> str | None:
    """Who took a message back, if the line says that and nothing else."""
    match = _RECALL.fullmatch(line.strip()) if "撤回" in line else None
    return match["name"].strip() if match else None


def usual(heads: Mapping[int, Head], shape: str, known: Collection[str] = ()) -> dict[int, Head]:
    """Of the lines of one conversation that have the form of a header, by number, those that are headers.

    The others were pasted: their form is not the file's `shape`, or somebody met once, and not `known` to be here,
    speaks on a day before the conversation begins.
    """
    senders = Counter(head.sender for head in heads.values() if head.shape == shape)
    kept: dict[int, Head] = {}
    begin: tuple[int, ...] = ()
    for number, head in heads.items():
        stranger = senders[head.sender] == 1 and head.sender not in known
        if head.shape == shape and not (stranger and head.clock[:3] < begin):
            kept[number] = head
            begin = begin or head.clock[:3]
    return kept


class Transcript(Talk):
    """The account of a text, with its messages as they are taken."""

    def __init__(self, lines: Lines, zone: Zone | None) -> None:
        super().__init__(lines)
        self.zone = zone
        self._moments: dict[str, Moment] = {}
        self._clock: tuple[int, ...] = ()

    def turn(self) -> None:
        """Another conversation begins: its times are its own."""
        self._clock = ()

    def take(self, first: int, end: int, head: Head, side: Side, chat: str | None = None,
             aside: Collection[int] = (), padding: str = "") -> None:  # fmt: skip
        """The message whose head stands at `first`, and whose text ends before `end` and what blank lines are there.

        The lines of `aside` are none of its text, nor is `padding` at the end of a line.
        """
        begin = first + head.lines
        numbers = [number for number in range(begin, end) if number not in aside]
        while numbers and self.is_blank(numbers[-1]):
            numbers.pop()
        self.aside += end - begin - len(numbers)
        last = numbers[-1] if numbers else begin - 1
        self.refuse_lost(begin, last)
        for number in numbers:
            if is_lookalike(self.lines.matched[number]):
                self.note_line("chat-lookalike", number, said=self.lines.matched[number].strip()[:40])
        body = [self.lines.shown[number].rstrip(padding) if padding else self.lines.shown[number] for number in numbers]
        plain = [self.lines.matched[number] for number in numbers]
        if head.text is not None:
            body, plain = [head.text, *body], [head.text, *plain]
        filled = [line for line in plain if line.strip()]
        if not filled:
            self.note_line("chat-empty-message", first)
        recall = len(filled) == 1 and recalled_by(filled[0]) is not None
        self.records.append(
            Message(
                where=Locator(lines=(first + 1, last + 1)),
                at=self.at(first, head),
                sender=head.sender,
                text="\n".join(body),
                type="recall" if recall else kind_of(plain),
                side="system" if recall else side,
                recalled=recall,
                chat=chat,
            )
        )

    def retype(self, kind: MessageType) -> None:
        """The message taken last is of another type than its words alone tell."""
        last = self.records[-1]
        if last.type == "text":
            self.records[-1] = msgspec.structs.replace(last, type=kind)

    def notice(self, number: int, chat: str | None = None) -> None:
        """A line of the app's own, which states no time."""
        line = self.lines.matched[number]
        kind: MessageType = "recall" if recalled_by(line) is not None else "system"
        self.records.append(
            Message(where=Locator(lines=(number + 1, number + 1)), at=None, sender=None, side="system", type=kind,
                    text=self.lines.shown[number].strip(), recalled=kind == "recall", chat=chat)
        )  # fmt: skip

    def at(self, number: int, head: Head) -> Moment:
        """The moment of a stamp; what is odd about it is noted."""
        said, clock = head.said, head.clock
        found = self._moments.get(said)
        if found is None:
            found = self._moments[said] = _moment(said, clock, self.zone)
        if found.start is None:
            self.note_line("chat-time-unreadable", number, said=said)
            return found
        if clock < self._clock:
            self.note_line("chat-time-goes-back", number, said=said)
        self._clock = clock
        return found


def _moment(said: str, numbers: tuple[int, ...], zone: Zone | None) -> Moment:
    """Without a date where there is no such day or time of day."""
    grain: Grain = "second" if len(numbers) == 6 else "minute"
    try:
        return moment(said, *numbers, grain=grain, zone=zone)
    except ValueError:
        return dateless(said, grain, zone)
