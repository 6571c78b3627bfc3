"""From the lines of a share text to messages: two passes, one to see the file's own shape, one to read in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pipeline.locate import Locator
from pipeline.model import Balance, Message, Note, Reading, Side, Unread
from pipeline.moment import Moment, dateless, moment
from stages.chats.common.params import Params
from stages.chats.common.sides import sides_of
from stages.chats.wechat_share.lines import (
    DASHES,
    Title,
    attachments_of,
    day_of,
    header_of,
    is_greeting,
    is_lookalike,
    is_notice,
    recalled_by,
    title_of,
    type_of,
)
from stages.lang.text import plain

__all__ = ["Chat"]

_Day = tuple[str, int, int, int]


class _Head(NamedTuple):
    """A line that has the form of a header, and whether blank lines (or the file's ends) stand around it."""

    sender: str
    time: str
    shape: tuple[bool, bool]


class _Said(NamedTuple):
    """A message before its side is known. `first` and `last` are lines from 0."""

    first: int
    last: int
    sender: str | None
    at: Moment | None
    body: list[str]
    recall: bool
    notice: bool


class Chat:
    """One share text. `shown` are its lines as they stand, `matched` the same as they are matched, `lost` the numbers
    (from 0) of lines that did not decode.
    """

    def __init__(self, shown: list[str], matched: list[str], lost: frozenset[int], params: Params) -> None:
        self.shown, self.matched, self.lost = shown, matched, lost
        self.params, self.zone = params, params.zone
        self.notes: list[Note] = []
        self.unread: list[Unread] = []
        self.said: list[_Said] = []
        self.title: Title | None = None
        self.day: _Day | None = None
        self.moments: dict[tuple[_Day | None, str], Moment] = {}
        self.clock = ""
        self.aside = 0
        self.lost_inside = 0
        self.heads = self.find_heads()
        self.names = frozenset(head.sender for head in self.heads.values())

    def find_heads(self) -> dict[int, _Head]:
        """The headers: lines of that form which also stand between blank lines as most of them do in this file."""
        found: dict[int, _Head] = {}
        for number, line in enumerate(self.matched):
            parts = header_of(line)
            if parts is not None:
                found[number] = _Head(*parts, (self.is_open(number - 1), self.is_open(number + 1)))
        usual = tuple(2 * sum(head.shape[side] for head in found.values()) >= len(found) for side in (0, 1))
        return {
            number: head
            for number, head in found.items()
            if all(stands or not wanted for stands, wanted in zip(head.shape, usual, strict=True))
        }

    def is_open(self, number: int) -> bool:
        """Whether a line is padding or a border: blank, beyond the file's ends, a separator or the title."""
        if not 0 <= number < len(self.matched):
            return True
        line = self.matched[number]
        return not line or line.isspace() or day_of(line) is not None or title_of(line) is not None

    def reading(self, reader: str, format_: str, encoding: str) -> Reading:
        """Everything the text states."""
        self.walk()
        pair = self.title.pair(self.names) if self.title else None
        sides = sides_of(self.names_in_order(), pair, self.params.people)
        self.remark_on_people(pair)
        records = tuple(self.message(said, sides) for said in self.said)
        covered = sum(said.last - said.first + 1 for said in self.said)
        return Reading(
            reader=reader,
            format=format_,
            records=records,
            balance=Balance(
                unit="lines", total=len(self.shown), records=covered - self.lost_inside, skipped=self.aside,
                unread=len(self.shown) - covered - self.aside + self.lost_inside,
            ),
            notes=tuple(self.notes),
            unread=tuple(self.unread),
            declared=self.declared(pair),
            encoding=encoding,
        )  # fmt: skip

    def names_in_order(self) -> list[str]:
        """Each sender once, in the file's order."""
        return list(dict.fromkeys(said.sender for said in self.said if said.sender and not said.notice))

    def declared(self, pair: tuple[str, str] | None) -> dict[str, str | int]:
        """What the title states."""
        if self.title is None:
            return {}
        stated: dict[str, str | int] = {"title": self.title.said, "chat": "group" if self.title.group else "private"}
        if self.title.group:
            stated["name"] = self.title.group
        if pair is not None:
            stated["people"] = "、".join(pair)
        return stated

    def remark_on_people(self, pair: tuple[str, str] | None) -> None:
        """Two people of one name cannot be told apart."""
        if pair is not None and pair[0] == pair[1]:
            self.note("chat-same-name", name=pair[0])

    def note(self, code: str, *numbers: int, **values: str | int) -> None:
        """Say something about the lines from the first to the last number (from 0)."""
        where = Locator(lines=(numbers[0] + 1, numbers[-1] + 1)) if numbers else None
        self.notes.append(Note(code=code, values=values, where=where))

    # Reading in order ---------------------------------------------------------------------------------------------

    def walk(self) -> None:
        """Every line once: padding and borders aside, each header with what follows it, the rest unread."""
        number = 0
        while number < len(self.shown):
            if number in self.heads:
                number = self.take_message(number)
            else:
                self.take_line(number)
                number += 1
        undated = sum(1 for said in self.said if said.at is not None and said.at.start is None)
        if undated:
            self.note("chat-dateless", count=undated)

    def take_line(self, number: int) -> None:
        """A line that belongs to no message."""
        line = self.matched[number]
        if number in self.lost:
            self.refuse("line-not-decodable", number)
        elif not line or line.isspace() or self.is_border(number):
            self.aside += 1
        elif is_notice(line) or self.is_recall(line):
            self.said.append(self.notice(number))
        elif not self.said and is_greeting(line):
            self.aside += 1
        else:
            self.refuse("chat-line-outside", number)

    def refuse(self, code: str, number: int) -> None:
        """Leave a line unread; lines in a row share one entry."""
        last = self.unread[-1] if self.unread else None
        if last is not None and last.code == code and last.where and last.where.lines and last.where.lines[1] == number:
            self.unread[-1] = Unread(code=code, where=Locator(lines=(last.where.lines[0], number + 1)))
        else:
            self.unread.append(Unread(code=code, where=Locator(lines=(number + 1, number + 1))))

    def is_border(self, number: int) -> bool:
        """Whether the line is the title or a date separator, which then holds for what follows."""
        line = self.matched[number]
        title = title_of(line)
        if title is not None:
            if self.title is not None or self.said:
                self.note("chat-second-title", number)
            self.title = self.title or title
            return True
        return self.is_day(number)

    def is_day(self, number: int) -> bool:
        """A separator with a date that exists; one that states none takes the date away rather than keep the last."""
        day = day_of(self.matched[number])
        if day is None:
            return False
        try:
            moment(day[0], *day[1:], grain="day")
        except ValueError:
            self.note("chat-no-such-day", number, said=day[0])
            self.day, self.clock = None, ""
            return True
        if self.day is not None and day[1:] < self.day[1:]:
            self.note("chat-date-goes-back", number, said=day[0])
        self.day, self.clock = day, ""
        return True

    def take_message(self, number: int) -> int:
        """The message that begins at a header; gives back the number of the line after it."""
        head = self.heads[number]
        end = number + 1
        while end < len(self.shown) and end not in self.heads and not self.ends_body(end):
            end += 1
        last = self.trimmed(number, end)
        notices = self.notices_after(number, last)
        last = self.trimmed(number, notices[0]) if notices else last
        self.add(number, last, head)
        for place in range(last + 1, end):
            if place in notices:
                self.said.append(self.notice(place))
            else:
                self.aside += 1
        return end

    def trimmed(self, first: int, end: int) -> int:
        """The last line before `end` that is not padding."""
        last = end - 1
        while last > first and not self.matched[last].strip() and last not in self.lost:
            last -= 1
        return last

    def ends_body(self, number: int) -> bool:
        """Whether a body ends here: at a separator that stands by itself or above a header, or at the title above one.

        Others were pasted.
        """
        line = self.matched[number]
        if "聊天记录如下" in line and title_of(line) is not None:
            after = self.next_filled(number)
            return after is not None and self.ends_body(after)
        if not line or line[0] not in DASHES or day_of(line) is None:
            return False
        if self.is_open(number - 1) and self.is_open(number + 1):
            return True
        after = self.next_filled(number)
        return after is None or after in self.heads

    def next_filled(self, number: int) -> int | None:
        """The next line that is not blank."""
        return next((place for place in range(number + 1, len(self.matched)) if self.matched[place].strip()), None)

    def notices_after(self, first: int, last: int) -> list[int]:
        """The app's own lines at the end of a body, each a paragraph of its own; none if they are all of it."""
        found: list[int] = []
        place = last
        while (
            place > first and place not in self.lost and (self.is_notice_at(place) or not self.matched[place].strip())
        ):
            if self.matched[place].strip():
                found.insert(0, place)
            place -= 1
        return found if place > first else []

    def is_notice_at(self, number: int) -> bool:
        """Whether the line is the app's own and a paragraph of its own."""
        line = self.matched[number]
        return (is_notice(line) or self.is_recall(line)) and self.is_open(number - 1) and self.is_open(number + 1)

    def is_recall(self, line: str) -> bool:
        """Whether the line says that somebody known here took a message back."""
        name = recalled_by(line) if "撤回" in line else None
        return name is not None and (name in {"你", "对方"} or name in self.names or line.strip()[:1] in '"“')

    def add(self, first: int, last: int, head: _Head) -> None:
        """One message, with what is to be said about its lines."""
        at = self.at(head.time)
        clock = head.time.zfill(5)
        if clock < self.clock:
            self.note("chat-time-goes-back", first, said=at.said)
        self.clock = clock
        body = _one_blank(zip(self.shown[first + 1 : last + 1], self.matched[first + 1 : last + 1], strict=True))
        for number in range(first + 1, last + 1):
            self.look_inside(number)
        if not body:
            self.note("chat-empty-message", first)
        whole = [line for line in self.matched[first + 1 : last + 1] if line and not line.isspace()]
        recall = len(whole) == 1 and recalled_by(whole[0]) is not None
        self.said.append(_Said(first, last, head.sender, at, body, recall, recall))

    def look_inside(self, number: int) -> None:
        """Note a line inside a message that looks like more than text."""
        line = self.matched[number]
        if number in self.lost:
            self.lost_inside += 1
            self.refuse("line-not-decodable", number)
        elif header_of(line) is not None or is_lookalike(line) or (line[:1] in DASHES and day_of(line) is not None):
            self.note("chat-lookalike", number, said=line.strip()[:40])
        elif "聊天记录如下" in line and title_of(line) is not None:
            self.note("chat-second-title", number)

    def at(self, time: str) -> Moment:
        """The moment of a header under the separator that stands above it."""
        found = self.moments.get((self.day, time))
        if found is None:
            found = self.moments[self.day, time] = self.new_moment(time)
        return found

    def new_moment(self, time: str) -> Moment:
        """The same, worked out; many messages share a minute."""
        if self.day is None:
            return dateless(time, "minute", self.zone)
        hour, minute = time.split(":")
        return moment(f"{self.day[0]} {time}", *self.day[1:], int(hour), int(minute), grain="minute", zone=self.zone)

    def notice(self, number: int) -> _Said:
        """A line of the app's own: it stands under a day and states no time."""
        day = self.day
        at = moment(day[0], *day[1:], grain="day", zone=self.zone) if day else None
        line = self.matched[number]
        return _Said(number, number, None, at, [self.shown[number]], recalled_by(line) is not None, True)

    def message(self, said: _Said, sides: dict[str, Side]) -> Message:
        """The record."""
        side: Side = "system" if said.notice else sides.get(said.sender or "", "unknown")
        body = said.body if self.matched is self.shown else list(map(plain, said.body))
        kind = "recall" if said.recall else "system" if said.notice else type_of(body)
        return Message(
            where=Locator(lines=(said.first + 1, said.last + 1)),
            at=said.at,
            sender=said.sender,
            text="\n".join(said.body),
            type=kind,
            side=side,
            attachments=() if said.notice else attachments_of(body),
            recalled=said.recall,
        )


def _one_blank(lines: Iterable[tuple[str, str]]) -> list[str]:
    """The body, from lines as they stand and as matched: without blank lines at its ends, one where several stand."""
    body: list[str] = []
    for line, matched in lines:
        if matched and not matched.isspace():
            body.append(line)
        elif body and body[-1]:
            body.append("")
    if body and not body[-1]:
        body.pop()
    return body
