"""QQ's message manager, saved as text (PC QQ before 9.7.25): one or many conversations in one file.

A conversation begins with rules of "=" around its group and its object. Times are those of the computer, without a
zone, by 12 or 24 hours as Windows shows them. A message ends with a blank line; blank lines at its own end cannot be
told from it. In groups every header names an id, in chats of two none does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import msgspec

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator, lines_of
from pipeline.model import Message, MessageType, Reading, Side, Unread
from pipeline.moment import Moment
from stages.chats.common.account import LineAccount, closed
from stages.chats.common.choice import chosen
from stages.chats.common.days import Days
from stages.chats.common.lines import Lines, head_lines, open_lines
from stages.chats.common.params import params_of
from stages.chats.common.placeholders import kind_of
from stages.chats.common.qq import CLOCK, MARKS, SYSTEM_IDS, Who, is_odd, met, own_of, recalled_by, time_of_day, who_of
from stages.chats.common.sides import side_of
from stages.lang.text import plain

__all__ = ["READER"]

_TITLE = "消息记录（此消息记录为文本格式，不支持重新导入）"
_GROUP, _OBJECT = ("消息分组:", "消息分组："), ("消息对象:", "消息对象：")
_HEADER = re.compile(rf"(?P<day>\d{{4}}(?P<part>[-/.])\d{{1,2}}(?P=part)\d{{1,2}}) {CLOCK} (?P<who>\S.*)", re.ASCII)


class _Head(msgspec.Struct, gc=False):
    """A line of the form of a header: `mark` is its twelve-hour marker, `opened` whether a blank line stands above.

    `shape` is what the headers of one file have alike: what parts the date, and where the marker stands.
    """

    number: int
    day: str
    clock: str
    mark: str | None
    who: str
    shape: str
    opened: bool


class _Heads:
    """Finds headers; wordings that come again are kept once."""

    def __init__(self) -> None:
        self.known: dict[str, str] = {}

    def at(self, number: int, line: str, *, opened: bool) -> _Head | None:
        """The header that a line is by its form; a date and a time with nothing after them are none."""
        match = _HEADER.fullmatch(line)
        if match is None:
            return None
        day, part, before, clock, after, who = match.groups()
        if len(who) <= 4 and who.lower() in MARKS:
            return None
        once = self.known.setdefault
        shape = f"{part}<" if before else f"{part}>" if after else part
        return _Head(number, once(day, day), clock, before or after, once(who, who), once(shape, shape), opened)


def _usual(chats: list[list[_Head]]) -> Callable[[_Head], bool]:
    """Whether a header has the shape that most of them have: of the others each is text that looks like one.

    Whether a blank line stands above each is not shown by the first of a conversation, which follows its border. Where
    the clock is of 24 hours, what looks like a marker behind it begins the name.
    """
    shapes = Counter(head.shape for heads in chats for head in heads)
    shape = max(shapes, key=lambda shape: shapes[shape], default="")
    for head in (head for heads in chats for head in heads):
        if head.mark and head.shape == f"{shape}>":
            head.who, head.mark, head.shape = f"{head.mark} {head.who}", None, shape
    following = [head.opened for heads in chats for head in heads[1:]]
    opened = 2 * sum(following) >= len(following) > 0
    return lambda head: head.shape == shape and (head.opened or not opened)


def _is_rule(line: str) -> bool:
    return len(line) >= 20 and not line.strip("= ")


class _Chat:
    """One conversation: the name of its object, the line it begins on (its border), its headers in order."""

    def __init__(self, start: int) -> None:
        self.name: str | None = None
        self.start = start
        self.heads: list[_Head] = []
        self.lookalikes: list[int] = []
        self.group = False
        self.senders: dict[str, Who] = {}

    def meet(self, fits: Callable[[_Head], bool]) -> None:
        """Tell the headers from what only looks like one, and work out who writes here.

        Where nearly all headers name an id, those without one are none.
        """
        found, self.heads = self.heads, list(filter(fits, self.heads))
        self.senders = met(head.who for head in self.heads)
        named = [head for head in self.heads if self.senders[head.who].id]
        if len(named) < len(self.heads) and len(named) * 10 >= 9 * len(self.heads):
            self.heads = named
            self.senders = {head.who: self.senders[head.who] for head in named}
        self.group = any(who.id and who.id not in SYSTEM_IDS for who in self.senders.values())
        if len(self.heads) < len(found):
            taken = {head.number for head in self.heads}
            self.lookalikes = [head.number for head in found if head.number not in taken]

    def own(self, who: Who) -> bool | None:
        """Whether a sender is the one who saved the file; None where the file does not tell."""
        return own_of(who, self.name, self.senders.values())


class _File:
    """The lines of one file: first its borders and headers, then the messages between them."""

    def __init__(self, lines: Lines, source: Source) -> None:
        self.shown, self.matched = lines.shown, lines.matched
        self.params = params_of(source)
        self.moments = Days(self.params.zone_for(source.name))
        self.account = LineAccount(lines)
        self.days: dict[str, tuple[int, int, int]] = {}
        self.borders: set[int] = set()
        self.chats = self.find_chats()

    def reading(self) -> Reading:
        """Everything the file states about the people of the case."""
        people: dict[str, list[str]] = {}
        for chat in self.chats:
            if chat.heads:
                known = (part for who in chat.senders.values() for part in (who.name, who.id) if part)
                people.setdefault(chat.name or "", []).extend(known)
        read = chosen(people, self.params)
        for chat, after in pairwise([*self.chats, _Chat(len(self.shown))]):
            if chat.heads and (chat.name or "") not in read:
                self.account.aside += after.start - chat.start
            else:
                self.take_chat(chat, after.start, chat.name if len(people) > 1 else None)
        if len(read) < len(people):
            self.account.note("chats-of-others", count=len(people), read=len(read))
        encoding = self.account.lines.encoding
        return self.account.reading(READER, declared=self.declared(len(people)), encoding=encoding)

    def declared(self, chats: int) -> dict[str, str | int]:
        """What the borders state; the names of several conversations are those of others, too."""
        if chats > 1:
            return {"chats": chats}
        said: dict[str, str | int] = {}
        for chat in self.chats:
            if chat.heads and chat.name:
                said["name"] = chat.name
            if chat.group:
                said["chat"] = "group"
            elif any(chat.own(who) for who in chat.senders.values()):
                said["chat"] = "private"
        return said

    # Borders and headers ------------------------------------------------------------------------------------------

    def find_chats(self) -> list[_Chat]:
        """The conversations with their headers: lines of that form, in the shape that most of them have here."""
        chats, heads = [_Chat(0)], _Heads()
        opened = True
        for number, line in enumerate(self.matched):
            if not line:
                opened = True
                continue
            if line[0] in "12":
                head = heads.at(number, line, opened=opened)
                if head is not None:
                    chats[-1].heads.append(head)
                opened = False
            elif line[0] in "=消":
                opened = self.is_border(number)
                if opened:
                    self.take_border(number, chats)
            else:
                opened = line.isspace()
        fits = _usual([chat.heads for chat in chats])
        for chat in chats:
            chat.meet(fits)
        return chats

    def take_border(self, number: int, chats: list[_Chat]) -> None:
        """A border begins a conversation, unless it still belongs to the borders above."""
        line = self.matched[number]
        named = line.startswith(_OBJECT)
        if chats[-1].heads or (named and chats[-1].name is not None):
            chats.append(_Chat(number))
        if named:
            chats[-1].name = line[len(_OBJECT[0]) :].strip() or None
        self.borders.add(number)

    def is_border(self, number: int) -> bool:
        """Whether the line is the title, or stands in the rules around a group or an object."""
        line = self.matched[number]
        if line.startswith(_TITLE):
            return not self.borders
        above = self.filled(number, -1)
        if line.startswith(_GROUP + _OBJECT):
            return above is None or above in self.borders
        if not _is_rule(line):
            return False
        below = self.filled(number, 1)
        return above in self.borders or (below is not None and self.matched[below].startswith(_GROUP + _OBJECT))

    def filled(self, number: int, step: int) -> int | None:
        """The next line, up or down, that is not blank; only a few are looked at, since borders stand close."""
        for place in range(number + step, number + 4 * step, step):
            if not 0 <= place < len(self.matched):
                return None
            if self.matched[place].strip():
                return place
        return None

    # Messages -----------------------------------------------------------------------------------------------------

    def take_chat(self, chat: _Chat, end: int, name: str | None) -> None:
        """The messages of a conversation whose lines end before `end`; `name` is said where there are several."""
        first = chat.heads[0].number if chat.heads else end
        for number in range(chat.start, first):
            self.take_outside(number)
        sides: dict[str, Side] = {
            written: "system"
            if who.id in SYSTEM_IDS
            else side_of((who.name, who.id), self.params.people, own=chat.own(who), private=True)
            for written, who in chat.senders.items()
        }
        for number in chat.lookalikes:
            self.account.note_line("chat-lookalike", number, said=self.matched[number][:40])
        ends = [head.number for head in chat.heads[1:]] + [end]
        last = ""
        for head, after in zip(chat.heads, ends, strict=False):
            at = self.at(head)
            if at is not None and at.start is not None:
                if at.start < last:
                    self.account.note_line("chat-time-goes-back", head.number, said=at.said)
                last = at.start
            self.add(head, after, at, chat.senders[head.who], sides[head.who], name)

    def take_outside(self, number: int) -> None:
        """A line above the first message of a conversation."""
        line = self.matched[number]
        if number in self.account.lines.lost:
            self.account.refuse_line("line-not-decodable", number)
        elif not line or line.isspace() or number in self.borders:
            self.account.aside += 1
        else:
            self.account.refuse_line("chat-line-outside", number)

    def at(self, head: _Head) -> Moment | None:
        """The moment of a header, None where it is no time."""
        said = self.said(head)
        day = self.days.get(head.day)
        if day is None:
            year, month, date = head.day.replace("/", "-").replace(".", "-").split("-")
            day = self.days[head.day] = (int(year), int(month), int(date))
        try:
            at = self.moments.at(said, day, time_of_day(head.clock, head.mark))
        except ValueError:
            self.account.note_line("chat-time-unreadable", head.number, said=said)
            return None
        if head.mark and is_odd(head.clock):
            self.account.note_line("chat-clock-odd", head.number, said=said)
        return at

    def said(self, head: _Head) -> str:
        """The time as it stands in the line."""
        if head.mark is None:
            return f"{head.day} {head.clock}"
        line = self.matched[head.number]
        return line[: line.rindex(head.who)].rstrip()

    def add(self, head: _Head, end: int, at: Moment | None, who: Who, side: Side, chat: str | None) -> None:
        """One message; the blank lines and borders below it are no part of it."""
        first, last = head.number, self.last_of(head.number, end)
        account = self.account
        account.aside += end - 1 - last
        account.refuse_lost(first, last)
        text = self.shown[last] if last == first + 1 else "\n".join(self.shown[first + 1 : last + 1])
        kind: MessageType = "text"
        recall = "撤回了" in text and recalled_by(plain(text)) is not None
        if recall or side == "system":
            kind = "recall" if recall else "system"
        elif "]" in text or "】" in text:
            kind = kind_of(plain(text).split("\n"))
        account.records.append(
            Message(
                where=Locator(lines=(first + 1, last + 1)), at=at, sender=who.name, sender_id=who.id, text=text,
                type=kind, side=side, recalled=recall, chat=chat,
            )
        )  # fmt: skip

    def last_of(self, first: int, end: int) -> int:
        """The last line before `end` that belongs to the message which begins at `first`."""
        last = end - 1
        while last > first:
            line = self.matched[last]
            if (line and not line.isspace() and last not in self.borders) or last in self.account.lines.lost:
                break
            last -= 1
        return last


def _has_chat(text: str) -> bool:
    """Whether a text shows the title, or an object between rules."""
    return _TITLE in text[:4096] or re.search(r"^={20,}\s+消息对象[:：]", text, re.MULTILINE) is not None


def _has_heads(text: str) -> bool:
    """Whether a text has headers with ids after blank lines, or one and nothing else before it."""
    heads = _Heads()
    found = [head for line in lines_of(plain(text)) if (head := heads.at(0, line, opened=True))]
    named = sum(who_of(head.who).id is not None for head in found)
    return named >= 2 and named * 2 > len(found)


def _signature(text: str) -> bool:
    return _has_chat(text) or _has_heads(text)


def _sniff(source: Source) -> Score | None:
    text = "\n".join(head_lines(source, _signature))
    if _has_chat(text):
        return Score(value=1.0, reason="qq-title")
    return Score(value=0.8, reason="qq-headers") if _has_heads(text) else None


def _read(source: Source) -> Reading:
    lines = open_lines(source, _signature)
    return closed(READER, lines) if isinstance(lines, Unread) else _File(lines, source).reading()


READER = Reader(id="qq-txt", version=1, grade="A", sniff=_sniff, read=_read)
