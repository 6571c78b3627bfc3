"""From the lines of an export to messages: the file's own shape first, then its names and its order of dates."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import msgspec

from pipeline.contract import Reader, Source
from pipeline.locate import Locator
from pipeline.model import Message, Reading
from pipeline.moment import Moment
from stages.chats.common.account import LineAccount
from stages.chats.common.dates import Order, Parts, calendar_day, order_note, order_of
from stages.chats.common.lines import Lines
from stages.chats.common.params import params_of
from stages.chats.common.sides import sides_of
from stages.chats.whatsapp.body import body_of, is_group_notice, unsent
from stages.chats.whatsapp.headers import GROUPS, Shape, alike, parts_of, year_leads
from stages.chats.whatsapp.locales import CHAT_NAMES
from stages.chats.whatsapp.names import Names
from stages.chats.whatsapp.stamps import Stamps
from stages.lang.text import plain

__all__ = ["Chat", "chat_name"]

_CAPS = (40_000, 10_000)
"""How many messages WhatsApp exports at most, without media and with: as users report."""

_NEAR = 400
"""One part in so many of a cap may be missing from an export that reached it: notices count in one way or another."""

_FILE_DAYS = re.compile(
    r"(?:(?:IMG|VID|PTT|AUD|STK|DOC)-(?P<plain>20\d{6})-WA|-(?P<dashed>20\d\d-\d\d-\d\d)-\d\d-\d\d-\d\d)", re.ASCII
)
_MARKS = "\u200e\u200f"
_CHAT_NAMES = tuple(re.compile(shape, re.IGNORECASE) for shape in CHAT_NAMES)
_ENDINGS = re.compile(r"\.(?:txt|zip)$", re.IGNORECASE)


class Chat:
    """One export whose headers `header` matches."""

    def __init__(self, lines: Lines, source: Source, shape: Shape, header: re.Pattern[str]) -> None:
        self.lines, self.header, self.name = lines, header, source.name
        self.groups = [header.groupindex.get(group, 0) for group in GROUPS]
        self.params = params_of(source)
        self.account = LineAccount(lines)
        self.starts: list[int] = []
        self.dates: list[str] = []
        self.named: list[tuple[str, date]] = []
        self.names = Names(
            [name for person in self.params.people for name in (person.name, *person.aliases)],
            bracketed=shape.opens == "[",
        )
        self.group = False
        self.before = ""
        self.survey()
        parts = self.parts()
        self.order = self.decide_order(parts)
        self.stamps = Stamps(
            {said: self.day_in_order(numbers) for said, numbers in parts.items()},
            self.params.zone_for(self.name),
            settled=self.order.order is not None,
        )

    # The file as a whole ------------------------------------------------------------------------------------------

    def survey(self) -> None:
        """Where messages begin, and what is needed of all of them: dates in order, names, dates of named files."""
        last = ""
        match, date_at = self.header.match, self.groups[1]
        for number, line in enumerate(self.lines.matched):
            head = match(line)
            if head is None:
                continue
            self.starts.append(number)
            said, end = head[date_at], head.end()
            if said != last:
                self.dates.append(said)
                last = said
            self.names.see(line, end)
            if "-20" in line and (day := _day_of_file(line, end)):
                self.named.append((said, day))
        self.names.settle()

    def parts(self) -> dict[str, Parts]:
        """The numbers of each date of the file."""
        found = {said: parts_of(said) for said in self.dates}
        if not year_leads(found.values()):
            return found
        return {
            said: (f"20{first}" if len(first) == 2 else first, second, third)
            for said, (first, second, third) in found.items()
        }

    def decide_order(self, parts: dict[str, Parts]) -> Order:
        """The order of day and month, proved by the digits, by names of files, or by the order of the file."""
        return order_of(
            [parts[said] for said in self.dates],
            stated=self.params.order_for(self.name),
            named=[(parts[said], day) for said, day in self.named],
        )

    def day_in_order(self, parts: Parts) -> date | None:
        """The day that a date means, in the order of the file; none of a calendar that is not known."""
        day = calendar_day(parts, self.order.order) if self.order.order else None
        return day if day and 2000 <= day.year < 2100 else None

    # Messages -----------------------------------------------------------------------------------------------------

    def reading(self, reader: Reader) -> Reading:
        """Everything the file states."""
        self.preamble()
        self.account.records = [self.take(*span) for span in pairwise([*self.starts, len(self.lines.shown)])]
        self.remarks()
        senders = list(dict.fromkeys(message.sender for message in self.account.records if message.sender))
        name = chat_name(self.name)
        kind = self.kind(name, senders)
        declared: dict[str, str | int] = {"name": name} if name else {}
        if kind:
            declared["chat"] = kind
        records = self.sided(senders, kind)
        return self.account.reading(reader, declared=declared, encoding=self.lines.encoding, records=records)

    def preamble(self) -> None:
        """The lines above the first header: blank ones aside, others unread."""
        for number in range(self.starts[0] if self.starts else len(self.lines.shown)):
            if number in self.lines.lost:
                self.account.refuse_line("line-not-decodable", number)
            elif self.lines.matched[number].strip():
                self.account.refuse_line("chat-line-outside", number)
            else:
                self.account.aside += 1

    def take(self, start: int, end: int) -> Message:
        """One message: its header's line and those below it up to `end`, or up to one that did not decode."""
        if self.lines.lost:
            end = self.up_to_lost(start, end)
        matched, shown = self.lines.matched[start], self.lines.shown[start]
        head = self.header.match(matched)
        assert head is not None
        name, after = self.names.split(matched, head.end())
        text = plainly = matched[after:]
        if shown is not matched:
            text = shown[_place(shown, matched, after) :]
        if end - start > 1:
            text, plainly = self.with_rest(text, plainly, start, end)
        body = body_of(text, plainly) if name else unsent(text, plainly)
        app = body.app
        if app:
            self.group = self.group or is_group_notice(plainly)
        at = self.at(head, start, app)
        return Message(
            where=Locator(lines=(start + 1, end)), at=at, sender=None if app or not name else name, text=text,
            type=body.type, side="system" if app else "unknown", attachments=body.attachments, edited=body.edited,
            recalled=body.recalled,
        )  # fmt: skip

    def up_to_lost(self, start: int, end: int) -> int:
        """Where a message ends that has a damaged line below it: that line may have begun another, and nobody knows
        whose the lines after it are.
        """
        cut = next((number for number in range(start + 1, end) if number in self.lines.lost), end)
        for number in range(cut, end):
            lost = number in self.lines.lost
            self.account.refuse_line("line-not-decodable" if lost else "chat-line-outside", number)
        return cut

    def with_rest(self, text: str, plainly: str, start: int, end: int) -> tuple[str, str]:
        """A text as it stands and as it is matched, with the lines below its first."""
        self.look_inside(start, end)
        whole = "\n".join((text, *self.lines.shown[start + 1 : end]))
        if self.lines.shown is self.lines.matched:
            return whole, whole
        return whole, "\n".join((plainly, *self.lines.matched[start + 1 : end]))

    def at(self, head: re.Match[str], number: int, app: bool) -> Moment:
        """The time of a header, with what is to be said about it. Notices are stamped when they please."""
        shown, matched = self.lines.shown[number], self.lines.matched[number]
        said, day, before, clock, second, after = head.group(*self.groups)
        if shown is not matched:
            first, last = head.span("stamp")
            said = shown[_place(shown, matched, first) : _place(shown, matched, last)].strip(_MARKS)
        at, remark = self.stamps.read(said, day, before, clock, second, after)
        if remark:
            self.account.note_line(remark, number, said=said)
        if at.start is not None and not app:
            if at.start < self.before:
                self.account.note_line("chat-time-goes-back", number, said=said)
            self.before = at.start
        return at

    def look_inside(self, start: int, end: int) -> None:
        """Say which lines of a message below its first look like headers."""
        for number in range(start + 1, end):
            line = self.lines.matched[number]
            if (line[:1] == "[" or line[:1].isdecimal()) and (span := alike(line)):
                self.account.note_line("chat-lookalike", number, said=line[span[0] : span[1]])

    def remarks(self) -> None:
        """What is to be said about the file as a whole."""
        note = order_note(self.order) if self.starts else None
        if note is not None:
            self.account.notes.append(note)
        for name in self.names.with_colon:
            self.account.note("whatsapp-name-colon", name=name)
        count = len(self.account.records)
        if any(abs(count - cap) <= cap // _NEAR for cap in _CAPS):
            self.account.note("whatsapp-probably-cut", count=count)

    def kind(self, name: str | None, senders: list[str]) -> str | None:
        """Group where a notice or the number of people shows it, private where the chat is named after one of two."""
        if self.group or len(senders) > 2:
            return "group"
        return "private" if name in senders else None

    def sided(self, senders: list[str], kind: str | None) -> list[Message]:
        """The records, with the sides that the case gives their senders."""
        pair = (senders[0], senders[1]) if kind == "private" and len(senders) == 2 else None
        sides = sides_of(senders, pair, self.params.people)
        known = {name: side for name, side in sides.items() if side != "unknown"}
        if not known:
            return self.account.records
        return [
            msgspec.structs.replace(message, side=known[message.sender]) if message.sender in known else message
            for message in self.account.records
        ]


def _place(shown: str, matched: str, count: int) -> int:
    """Where, in a line as it stands, the first `count` characters of it as matched end."""
    if len(shown) == len(matched):
        return count
    for place, char in enumerate(shown):
        if not count:
            return place
        count -= len(plain(char))
    return len(shown)


def _day_of_file(line: str, start: int) -> date | None:
    """The date in the name of the file that a message holds."""
    match = _FILE_DAYS.search(line, start)
    digits = (match["plain"] or match["dashed"]).replace("-", "") if match else ""
    return calendar_day((digits[:4], digits[4:6], digits[6:]), "ymd") if digits else None


def chat_name(path: str) -> str | None:
    """The chat's name, from the name of the file or of the archive or folder it lies in."""
    for part in reversed(path.split("/")):
        text = _ENDINGS.sub("", plain(part)).strip()
        for shape in _CHAT_NAMES:
            if match := shape.fullmatch(text):
                return match["name"].strip()
    return None
