"""QQ's messages as a phone shares them and a computer copies them: name and time in one line, the body below.

What the app says itself (who took a message back, how many friends two people share) stands between the messages,
without a time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from datetime import time
from itertools import pairwise
from typing import NamedTuple

from pipeline.contract import Reader, Source
from pipeline.locate import Locator
from pipeline.model import Message, MessageType, Reading, Side
from pipeline.moment import Moment, dateless
from stages.chats.common.account import LineAccount
from stages.chats.common.dates import Parts, calendar_day, order_note, order_of
from stages.chats.common.days import Days
from stages.chats.common.lines import Lines
from stages.chats.common.params import params_of
from stages.chats.common.placeholders import kind_of
from stages.chats.common.qq import SYSTEM_IDS, Who, is_notice, is_odd, met, recalled_by, time_of_day, who_of
from stages.chats.common.sides import sides_of
from stages.lang.text import plain

__all__ = ["Copied", "Head"]


class Head(NamedTuple):
    """A header: who, the date as three numbers if it has one, the time, its marker and the wording of both.

    `shape` is what the headers of one file have alike; `opened` whether a blank line stands above, None where that
    cannot show.
    """

    who: str
    day: Parts | None
    clock: str
    mark: str | None
    said: str
    shape: str
    opened: bool | None = None


class Copied:
    """One text. `head_of` and `day_of` tell a header and a line that dates those below it (its three numbers)."""

    def __init__(
        self,
        lines: Lines,
        source: Source,
        head_of: Callable[[str], Head | None],
        day_of: Callable[[str], Parts | None] = lambda _: None,
        *,
        titles: bool = False,
    ) -> None:
        self.shown, self.matched, self.lost = lines.shown, lines.matched, lines.lost
        self.account = LineAccount(lines)
        self.params = params_of(source)
        self.zone = self.params.zone_for(source.name)
        self.moments = Days(self.zone)
        self.days = {number: parts for number, line in enumerate(self.matched) if line and (parts := day_of(line))}
        self.heads, self.alike = self.find_heads(head_of)
        self.order = order_of(self.dates(), stated=self.params.order_for(source.name))
        self.senders = self.meet(titles=titles)
        self.names = {who.name for who in self.senders.values()}
        self.places = sorted(self.days)
        self.last = ""

    def find_heads(self, head_of: Callable[[str], Head | None]) -> tuple[dict[int, Head], list[int]]:
        """The headers, in the shape that most of them have, and the lines that only look like one."""
        found: dict[int, Head] = {}
        for number, line in enumerate(self.matched):
            head = head_of(line) if number not in self.days else None
            if head is not None:
                found[number] = head._replace(opened=self.opened(number - 1))
        shapes: dict[str, int] = {}
        for head in found.values():
            shapes[head.shape] = shapes.get(head.shape, 0) + 1
        usual = max(shapes, key=lambda shape: shapes[shape], default="")
        shown = [head.opened for head in found.values() if head.opened is not None]
        opened = 2 * sum(shown) >= len(shown) > 0
        fits = {
            number: head
            for number, head in found.items()
            if head.shape == usual and (head.opened is not False or not opened)
        }  # fmt: skip
        return fits, [number for number in found if number not in fits]

    def opened(self, number: int) -> bool | None:
        """Whether a line is blank; None where the file, a date or the app's own words stand instead."""
        if number < 0 or number in self.days:
            return None
        line = self.matched[number]
        if not line or line.isspace():
            return True
        return None if recalled_by(line) is not None or is_notice(line) else False

    def dates(self) -> list[Parts]:
        """Every date of the file, in its order."""
        return [*self.days.values(), *(head.day for head in self.heads.values() if head.day is not None)]

    def meet(self, *, titles: bool) -> dict[str, Who]:
        """Who writes here, by what stands in the headers; `titles`: whether a group's title may stand before a name."""
        written = [head.who for head in self.heads.values()]
        return met(written) if titles else {who: who_of(who) for who in dict.fromkeys(written)}

    # Reading in order ---------------------------------------------------------------------------------------------

    def reading(self, reader: Reader) -> Reading:
        """Everything the text states."""
        for number in self.alike:
            self.account.note_line("chat-lookalike", number, said=self.matched[number].strip()[:40])
        sides = sides_of((who.name for who in self.senders.values()), None, self.params.people)
        places = [*self.heads, len(self.shown)]
        self.between(0, places[0])
        for first, end in pairwise(places):
            self.take(first, end, sides)
        undated = sum(1 for record in self.account.records if record.at is not None and record.at.start is None)
        note = order_note(self.order) if self.dates() else None
        if note is not None:
            self.account.notes.append(note)
        if undated and not (note and self.order.order is None):
            self.account.note("qq-dateless", count=undated)
        return self.account.reading(reader, encoding=self.account.lines.encoding)

    def between(self, first: int, end: int) -> None:
        """The lines from `first` to `end`, which belong to no header."""
        for number in range(first, end):
            line = self.matched[number]
            if number in self.lost:
                self.account.refuse_line("line-not-decodable", number)
            elif number in self.days or not line or line.isspace():
                self.account.aside += 1
            elif recalled_by(line) is not None or is_notice(line):
                self.notice(number)
            else:
                self.account.refuse_line("chat-line-outside", number)

    def take(self, first: int, end: int, sides: dict[str, Side]) -> None:
        """The message that a header begins, and what stands between it and the next."""
        head = self.heads[first]
        who = self.senders[head.who]
        stop = next((number for number in range(first + 1, end) if number in self.days), end)
        notices = self.notices(first, stop)
        last = self.filled(first, notices[0] if notices else stop)
        self.account.refuse_lost(first, last)
        text = "\n".join(self.shown[first + 1 : last + 1])
        recall = recalled_by(plain(text)) is not None
        kind: MessageType = "recall" if recall else kind_of(plain(text).split("\n"))
        system = who.id in SYSTEM_IDS
        self.account.records.append(
            Message(
                where=Locator(lines=(first + 1, last + 1)),
                at=self.at(first, head),
                sender=who.name,
                sender_id=who.id,
                text=text,
                type="system" if system and not recall else kind,
                side="system" if system else sides.get(who.name, "unknown"),
                recalled=recall,
            )
        )
        self.between(last + 1, end)

    def notices(self, first: int, end: int) -> list[int]:
        """The app's own lines at the end of a body; none where they are all of it."""
        found: list[int] = []
        place = end - 1
        while place > first and place not in self.lost:
            line = self.matched[place]
            if self.is_own(line):
                found.insert(0, place)
            elif line.strip():
                break
            place -= 1
        return found if place > first else []

    def is_own(self, line: str) -> bool:
        """Whether the app says it, of somebody who is known here."""
        name = recalled_by(line)
        return is_notice(line) if name is None else name in {"你", "对方", ""} or name in self.names

    def filled(self, first: int, end: int) -> int:
        """The last line before `end` that is no padding."""
        last = end - 1
        while last > first and not self.matched[last].strip() and last not in self.lost:
            last -= 1
        return last

    def notice(self, number: int) -> None:
        """A line of the app's own, which states no time."""
        recall = recalled_by(self.matched[number]) is not None
        self.account.records.append(
            Message(
                where=Locator(lines=(number + 1, number + 1)), at=None, sender=None, text=self.shown[number],
                type="recall" if recall else "system", side="system", recalled=recall,
            )
        )  # fmt: skip

    def at(self, number: int, head: Head) -> Moment | None:
        """The moment of a header: by its own date, else by the date above it, else without one."""
        parts = head.day or self.day_above(number)
        try:
            at = self.moment_of(parts, head)
        except ValueError:
            self.account.note_line("chat-time-unreadable", number, said=head.said)
            return None
        if head.mark and is_odd(head.clock):
            self.account.note_line("chat-clock-odd", number, said=head.said)
        if at.start is not None:
            if at.start < self.last:
                self.account.note_line("chat-time-goes-back", number, said=at.said)
            self.last = at.start
        return at

    def moment_of(self, parts: Parts | None, head: Head) -> Moment:
        """The moment; ValueError if there is no such day or time of day."""
        clock = time_of_day(head.clock, head.mark)
        if parts is None or self.order.order is None:
            time.fromisoformat(clock)
            return dateless(head.said, "second", self.zone)
        day = calendar_day(parts, self.order.order)
        numbers = (day.year, day.month, day.day) if day else (0, 0, 0)
        return self.moments.at(self.wording(parts, head), numbers, clock)

    def wording(self, parts: Parts, head: Head) -> str:
        """What is quoted for a time: with the date of the line above where the header has none."""
        return head.said if head.day else f"{'-'.join(parts)} {head.said}"

    def day_above(self, number: int) -> Parts | None:
        """The last date that stands above a line."""
        found = bisect_left(self.places, number)
        return self.days[self.places[found - 1]] if found else None
