"""From copied lines to messages: the file's own shape first, its order of day and month, then one message a head."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from pipeline.contract import Reader, Source
from pipeline.locate import Locator
from pipeline.model import Message, Reading
from pipeline.moment import Grain, Moment, dateless
from stages.chats.common.account import LineAccount
from stages.chats.common.dates import Order, calendar_day, order_note, order_of
from stages.chats.common.days import Days
from stages.chats.common.forwarded import is_preview
from stages.chats.common.lines import Lines, numbers_of
from stages.chats.common.params import params_of
from stages.chats.common.sides import sides_of
from stages.chats.wechat_paste.heads import MAYBE, Head, head_of, name_of, usual_shape
from stages.chats.wechat_share.content import Content, content_of
from stages.chats.wechat_share.lines import is_notice, recalled_by

__all__ = ["Pasted", "blocks_in", "cards_in", "heads_in"]

_MORE = re.compile(r"[\[【〔]|聊天记录|撤回|^「|^\s+$")
"""What a text holds that may be more than text."""

_TEXT = Content("text")


def heads_in(lines: list[str]) -> dict[int, Head]:
    """Every line that has the form of a head, by its number."""
    found: dict[int, Head] = {}
    for number in numbers_of(lines, MAYBE):
        head = head_of(lines[number])
        if head is not None:
            found[number] = head
    return found


def blocks_in(lines: list[str]) -> dict[int, str]:
    """Every name that stands alone with a colon, a blank line above it and words below it, by its number."""
    found: dict[int, str] = {}
    for number, line in enumerate(lines):
        name = name_of(line) if line[-1:] in "：: " and line else None
        if name and not (number and lines[number - 1].strip()) and "".join(lines[number + 1 : number + 2]).strip():
            found[number] = name
    return found


def cards_in(lines: list[str]) -> list[tuple[int, int]]:
    """The first and the last line of each card of a text that is nothing but previews; empty if it is more."""
    blocks: list[list[int]] = [[]]
    for number, line in enumerate(lines):
        if line.strip():
            blocks[-1].append(number)
        elif blocks[-1]:
            blocks.append([])
    blocks = [block for block in blocks if block]
    if not all(is_preview([lines[number] for number in block]) for block in blocks):
        return []
    return [(block[0], block[-1]) for block in blocks]


class Pasted(LineAccount):
    """One copied text."""

    def __init__(self, lines: Lines, source: Source) -> None:
        super().__init__(lines)
        params = params_of(source)
        self.matched = lines.matched
        self.days = Days(params.zone_for(source.name))
        self.people, self.stated = params.people, params.order_for(source.name)
        self.moments: dict[str, Moment] = {}
        self.latest = ""
        self.order = Order(None, "unproved")
        found = heads_in(self.matched)
        self.timed = self.usual(found)
        self.alike = found.keys() - self.timed.keys()
        """The lines that have the form of a head and are none."""
        self.heads: Mapping[int, str] = self.all_heads()
        self.sides = sides_of(self.heads.values(), None, self.people)

    def usual(self, heads: dict[int, Head]) -> dict[int, Head]:
        """The heads in the file's own shape, which also follow a blank line if most do; others were pasted."""
        if not heads:
            return {}
        shape, padded = usual_shape(heads.values())
        own = {
            number: head
            for number, head in heads.items()
            if head.shape == shape and (None in (head.padded, padded) or head.padded == padded)
        }
        apart = {number for number in own if self.is_open(number - 1)}
        return {number: own[number] for number in sorted(apart)} if 2 * len(apart) > len(own) else own

    def all_heads(self) -> dict[int, str]:
        """The timed heads, and those that state a name only: of somebody who is known here, or of all where none is."""
        known = {head.name for head in self.timed.values()}
        blocks = blocks_in(self.matched)
        named = {number: name for number, name in blocks.items() if name in known or not self.timed}
        timed = {number: head.name for number, head in self.timed.items()}
        return dict(sorted((named | timed).items()))

    def is_open(self, number: int) -> bool:
        """Whether a line is blank, the app's own, or beyond the file's ends."""
        if not 0 <= number < len(self.matched):
            return True
        return not self.matched[number].strip() or self.is_notice(number)

    def is_notice(self, number: int) -> bool:
        """Whether a line is the app's own."""
        line = self.matched[number]
        return ("撤回" in line and recalled_by(line) is not None) or is_notice(line)

    def read(self, reader: Reader) -> Reading:
        """Everything the text states."""
        cards = [] if self.heads else cards_in(self.matched)
        if cards:
            self.take_cards(cards)
        else:
            self.decide_order()
            self.walk()
        return self.reading(reader, encoding=self.lines.encoding)

    def take_cards(self, cards: list[tuple[int, int]]) -> None:
        """A text of previews: each is one record."""
        for first, last in cards:
            self.add(first, last, list(range(first, last + 1)), None)
        self.aside += self.total - sum(last - first + 1 for first, last in cards)

    def decide_order(self) -> None:
        """In which order the file's dates put day and month; where nothing shows it, its messages have no date."""
        dates = [head.date for head in self.timed.values()]
        self.order = order_of(dates, stated=self.stated)
        note = order_note(self.order) if dates else None
        if note is not None:
            self.notes.append(note)

    def walk(self) -> None:
        """Every line once: each head with what follows it, and what stands above the first."""
        for head, end in pairwise([-1, *self.heads, self.total]):
            if head < 0:
                self.take_lines(0, end)
            else:
                self.take_message(head, end)
        untimed = sum(record.at is None and record.side != "system" for record in self.records)
        if untimed:
            self.note("chat-untimed", count=untimed)

    def take_lines(self, first: int, end: int) -> None:
        """Lines that belong to no message."""
        for number in range(first, end):
            if number in self.lines.lost:
                self.refuse_line("line-not-decodable", number)
            elif not self.matched[number].strip():
                self.aside += 1
            elif self.is_notice(number):
                self.add_notice(number, recall=recalled_by(self.matched[number]) is not None)
            else:
                self.refuse_line("chat-line-outside", number)

    def take_message(self, number: int, end: int) -> None:
        """The message that begins at a head and ends before `end`; the app's own lines behind it are not its text."""
        last = self.last_filled(number, end)
        notices: list[int] = []
        while last > number + 1 and self.is_notice(last) and self.is_open(last - 1):
            notices.insert(0, last)
            last = self.last_filled(number, last)
        self.refuse_lost(number + 1, last)
        for place in range(number + 1, last + 1):
            if place in self.alike:
                self.note_line("chat-lookalike", place, said=self.matched[place].strip()[:40])
        self.add(number, last, list(range(number + 1, last + 1)), self.heads[number])
        self.aside += end - last - 1 - len(notices)
        for place in notices:
            self.add_notice(place, recall=recalled_by(self.matched[place]) is not None)

    def last_filled(self, first: int, end: int) -> int:
        """The last line before `end` that is not blank, `first` if all are."""
        last = end - 1
        while last > first and not self.matched[last].strip() and last not in self.lines.lost:
            last -= 1
        return last

    def add(self, first: int, last: int, numbers: list[int], sender: str | None) -> None:
        """One message with the text of some lines, or a card that nobody is named for."""
        if self.lines.lost:
            numbers = [number for number in numbers if number not in self.lines.lost]
        text = "\n".join([self.lines.shown[number] for number in numbers])
        content = _TEXT
        if not text or _MORE.search(text):
            content = content_of([self.matched[number] for number in numbers])
        if content.empty:
            self.note_line("chat-empty-message", first)
        if content.preview:
            self.note_line("chat-preview-only", first, last)
        recall = content.type == "recall"
        self.records.append(
            Message(
                where=Locator(lines=(first + 1, last + 1)),
                at=self.at(first),
                sender=sender,
                text=text,
                type=content.type,
                side="system" if recall else self.sides.get(sender or "", "unknown"),
                attachments=content.attachments,
                recalled=recall,
                reply_to=content.quoted,
            )
        )

    def at(self, number: int) -> Moment | None:
        """The moment of the head on a line; None if it states none. What is odd about it is noted."""
        head = self.timed.get(number)
        if head is None:
            return None
        found = self.moments.get(head.said)
        if found is None:
            found = self.moments[head.said] = self.moment(head)
        if found.start is None and self.order.order is not None:
            self.note_line("chat-time-unreadable", number, said=head.said)
        if head.odd:
            self.note_line("chat-clock-odd", number, said=head.said)
        if found.start is not None:
            if found.start < self.latest:
                self.note_line("chat-time-goes-back", number, said=head.said)
            self.latest = found.start
        return found

    def moment(self, head: Head) -> Moment:
        """The same, worked out; dateless where the order of day and month is unknown, or there is no such time."""
        day = calendar_day(head.date, self.order.order) if self.order.order else None
        if day is None or head.clock is None:
            grain: Grain = "second" if "s" in head.shape[2] else "minute"
            return dateless(head.said, grain, self.days.zone)
        return self.days.at(head.said, (day.year, day.month, day.day), head.clock)
