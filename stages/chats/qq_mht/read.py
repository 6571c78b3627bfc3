"""From the rows of the table to messages: one pass over the file, then the dates and pictures that it settles."""

from __future__ import annotations

import codecs
from datetime import time
from typing import NamedTuple

from pipeline.contract import Reader, Source
from pipeline.locate import WHOLE, Locator
from pipeline.model import Attachment, Message, MessageType, Reading, Side
from pipeline.moment import Moment, dateless
from stages.chats.common.account import Account
from stages.chats.common.choice import chosen
from stages.chats.common.dates import Order, Parts, calendar_day, order_note, order_of
from stages.chats.common.days import Days
from stages.chats.common.params import params_of
from stages.chats.common.placeholders import kind_of
from stages.chats.common.qq import SYSTEM_IDS, Who, is_odd, met, own_of, recalled_by, time_of_day
from stages.chats.common.sides import side_of
from stages.chats.qq_mht.archive import Archive, Row
from stages.chats.qq_mht.table import Said, day_of, row_of

__all__ = ["Table"]

_GROUP, _OBJECT = ("消息分组:", "消息分组："), ("消息对象:", "消息对象：")


class _Chat:
    """One conversation: the name of its object, and for each message who wrote it, as it stands."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.written: list[str] = []
        self.senders: dict[str, Who] = {}
        self.sides: dict[str, Side] = {}
        self.private = False

    @property
    def group(self) -> bool:
        """Whether people write who have ids."""
        return any(who.id and who.id not in SYSTEM_IDS for who in self.senders.values())


class _Found(NamedTuple):
    """A message with the place of its row (lines, bytes), and the date and the conversation it stands under."""

    row: tuple[int, int, int, int]
    said: Said
    day: Parts | None
    chat: _Chat


class Table:
    """One archive."""

    def __init__(self, archive: Archive, source: Source) -> None:
        self.archive = archive
        self.params = params_of(source)
        self.zone = self.params.zone_for(source.name)
        self.stated = self.params.order_for(source.name)
        self.moments = Days(self.zone)
        self.found: list[_Found] = []
        self.days: list[Parts] = []
        self.day: Parts | None = None
        self.chats = [_Chat("")]
        self.refused: list[tuple[str, int, int]] = []
        self.last = ""
        self.order = Order(None, "unproved")

    # The pass over the file ---------------------------------------------------------------------------------------

    def take(self) -> None:
        """Every row once."""
        for row in self.archive.rows():
            text = self.decoded(row)
            if text is not None:
                self.take_row(row, row_of(text))

    def decoded(self, row: Row) -> str | None:
        """The text of a row; None where it has no end or does not decode."""
        if not row.closed:
            self.refused.append(("qq-mht-row-unknown", row.first, row.last))
            return None
        try:
            return row.data.decode(self.charset())
        except UnicodeDecodeError:
            self.refused.append(("line-not-decodable", row.first, row.last))
            return None

    def charset(self) -> str:
        """The encoding that the file states, where there is such a one."""
        try:
            return codecs.lookup(self.archive.charset).name
        except LookupError:
            return "utf-8"

    def take_row(self, row: Row, held: Said | str) -> None:
        """What a row says: a message, a conversation or a date for those below it, or nothing that is known."""
        if isinstance(held, Said):
            where = (row.first, row.last, row.start, row.end)
            self.found.append(_Found(where, held, self.day, self.chats[-1]))
            self.chats[-1].written.append(held.who)
        elif held.startswith(_OBJECT):
            self.chats.append(_Chat(held[len(_OBJECT[0]) :].strip()))
            self.day = None
        elif day := day_of(held):
            self.days.append(day)
            self.day = day
        elif held and not held.startswith(_GROUP) and held != "消息记录":
            self.refused.append(("qq-mht-row-unknown", row.first, row.last))

    # What it settles ----------------------------------------------------------------------------------------------

    def reading(self, reader: Reader) -> Reading:
        """Everything the file states about the people of the case."""
        account = Account("lines", self.archive.lines)
        self.order = order_of(self.days, stated=self.stated)
        self.meet()
        people: dict[str, list[str]] = {}
        for chat in self.chats:
            if chat.senders:
                parts = (part for who in chat.senders.values() for part in (who.name, who.id) if part)
                people.setdefault(chat.name, []).extend(parts)
        read = chosen(people, self.params)
        kept = [place for place, found in enumerate(self.found) if found.chat.name in read]
        for place in kept:
            account.records.append(self.message(account, place, several=len(people) > 1))
        self.tile(account, [self.found[place].row for place in kept])
        self.remark(account, len(people), len(read))
        return account.reading(reader, declared=self.declared(len(people)), encoding=self.charset())

    def meet(self) -> None:
        """Who writes in each conversation, and whose side each is on."""
        for chat in self.chats:
            chat.senders = met(chat.written)
            known = chat.senders.values()
            for written, who in chat.senders.items():
                own = own_of(who, chat.name, known)
                side = side_of((who.name, who.id), self.params.people, own=own, private=True)
                chat.sides[written] = "system" if who.id in SYSTEM_IDS else side
                chat.private = chat.private or own is True

    def where(self, place: int) -> Locator:
        """The lines of a row, or its bytes where it shares a line with another, so that lines do not tell them."""
        first, last, start, end = self.found[place].row
        above = self.found[place - 1].row[1] if place else 0
        below = self.found[place + 1].row[0] if place + 1 < len(self.found) else 0
        return Locator(span=(start, end)) if first == above or last == below else Locator(lines=(first, last))

    def message(self, account: Account, place: int, *, several: bool) -> Message:
        """The record of a row."""
        found, where = self.found[place], self.where(place)
        said, who = found.said, found.chat.senders[found.said.who]
        side = found.chat.sides[said.who]
        recall = "\n" not in said.text and recalled_by(said.text) is not None
        kind: MessageType = "recall" if recall else "system" if side == "system" else kind_of(said.text.split("\n"))
        return Message(
            where=where, at=self.at(account, where, found), sender=who.name, sender_id=who.id, text=said.text,
            type=kind, side=side, recalled=recall, attachments=tuple(map(self.attachment, said.pictures)),
            chat=(found.chat.name or None) if several else None,
        )  # fmt: skip

    def attachment(self, source: str) -> Attachment:
        """A picture, with the digest of its bytes inside the file."""
        digest = self.archive.pictures.get(source)
        return Attachment(name=source, found=digest is not None, sha256=digest)

    def at(self, account: Account, where: Locator, found: _Found) -> Moment | None:
        """The moment of a row under the date above it."""
        said = found.said
        try:
            at = self.moment_of(found.day, said)
        except ValueError:
            account.note("chat-time-unreadable", where, said=said.said)
            return None
        if said.mark and is_odd(said.clock):
            account.note("chat-clock-odd", where, said=said.said)
        if at.start is not None:
            if at.start < self.last:
                account.note("chat-time-goes-back", where, said=at.said)
            self.last = at.start
        return at

    def moment_of(self, parts: Parts | None, said: Said) -> Moment:
        """The moment; ValueError if there is no such day or time of day."""
        clock = time_of_day(said.clock, said.mark)
        if parts is None or self.order.order is None:
            time.fromisoformat(clock)
            return dateless(said.said, "second", self.zone)
        day = calendar_day(parts, self.order.order)
        numbers = (day.year, day.month, day.day) if day else (0, 0, 0)
        return self.moments.at(f"{'-'.join(parts)} {said.said}", numbers, clock)

    def tile(self, account: Account, rows: list[tuple[int, int, int, int]]) -> None:
        """Every line once: a record's, else unread, else aside (headers, dates, pictures, conversations of others)."""
        lost: set[int] = set()
        taken = {number for first, last, _, _ in rows for number in range(first, last + 1)}
        for code, first, last in self.refused:
            lines = set(range(first, last + 1)) - taken - lost
            lost |= lines
            account.refuse(code, Locator(lines=(first, last)), units=len(lines))
        if self.archive.odd is not None:
            account.refuse("qq-mht-encoding", WHOLE, units=self.archive.odd_lines, said=self.archive.odd)
        account.aside = account.total - len(taken) - account.refused

    def remark(self, account: Account, chats: int, read: int) -> None:
        """What is to be said of the file as a whole."""
        if read < chats:
            account.note("chats-of-others", count=chats, read=read)
        note = order_note(self.order) if self.days else None
        if note is not None:
            account.notes.append(note)
        undated = sum(1 for record in account.records if record.at is not None and record.at.start is None)
        if undated and note is None:
            account.note("qq-dateless", count=undated)
        shown = dict.fromkeys(part for record in account.records for part in record.attachments)
        if inside := [part for part in shown if part.found]:
            account.note("qq-mht-pictures", count=len(inside))
        names = {part.name for part in shown}
        broken = [name for name, digest in self.archive.pictures.items() if digest is None and name in names]
        if broken:
            account.note("qq-mht-picture-broken", count=len(broken), names="、".join(broken[:3]))

    def declared(self, chats: int) -> dict[str, str | int]:
        """What the rows above the messages state."""
        if chats > 1:
            return {"chats": chats}
        said: dict[str, str | int] = {}
        for chat in self.chats:
            if chat.senders and chat.name:
                said["name"] = chat.name
            if chat.group or chat.private:
                said["chat"] = "group" if chat.group else "private"
        return said
