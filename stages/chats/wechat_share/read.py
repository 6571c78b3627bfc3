"""From the lines of a share text to messages: two passes, one to see the file's own shape, one to read in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from pipeline.contract import Reader
from pipeline.locate import Locator
from pipeline.model import Message, Reading
from pipeline.moment import Moment, dateless
from stages.chats.common.account import LineAccount
from stages.chats.common.days import Day, Days
from stages.chats.common.lines import Lines, numbers_with
from stages.chats.common.params import Params
from stages.chats.common.sides import sides_of
from stages.chats.wechat_share.content import Content, content_of
from stages.chats.wechat_share.lines import (
    DASHES,
    NOTICE_WORDS,
    Title,
    day_of,
    header_of,
    is_greeting,
    is_lookalike,
    is_notice,
    recalled_by,
    title_of,
)

__all__ = ["Chat"]

_FIRSTS = frozenset(DASHES + "「")
_WORDS = ("聊天记录", "撤回", *NOTICE_WORDS)
"""What a line begins with, or holds, that may be more than text: most do neither."""

_COLONS = frozenset(":：")
_BRACKET = re.compile(r"[\[【〔]")
_TEXT = Content("text")


class Chat(LineAccount):
    """One share text. `bold` are the lines that alone may be headers and `apart` those that are paragraphs of their
    own, where the markup of a mail says so.
    """

    def __init__(self, lines: Lines, params: Params, name: str, *, bold: frozenset[int] | None = None,
                 apart: frozenset[int] = frozenset()) -> None:  # fmt: skip
        super().__init__(lines)
        self.shown, self.matched, self.lost, _ = lines
        self.people, self.days = params.people, Days(params.zone_for(name))
        self.bold, self.apart = bold, apart
        self.day: tuple[str, Day] | None = None
        """The separator that holds: its wording and its date."""
        self.moments: dict[str, Moment] = {}
        """Those of the present day, by their time."""
        self.clock = ""
        self.titled = False
        clocks = [number for number, line in enumerate(self.matched) if line[-3:-2] in _COLONS]
        suspects = numbers_with(self.matched, _WORDS)
        suspects.update(number for number, line in enumerate(self.matched) if line[:1] in _FIRSTS)
        self.heads = self.find_heads(clocks)
        self.suspects = sorted(suspects.union(clocks) - self.heads.keys(), reverse=True)
        """The lines that may be more than text, the last first."""
        self.names = frozenset(sender for sender, _ in self.heads.values())
        self.title = self.find_title()
        self.pair = self.title.pair(self.names) if self.title else None
        self.sides = sides_of((sender for sender, _ in self.heads.values()), self.pair, self.people)

    def find_heads(self, clocks: Iterable[int]) -> dict[int, tuple[str, str]]:
        """The headers, sender and time by line: lines of that form which also stand between blank lines as most of
        them do in this file.
        """
        matched, last = self.matched, len(self.matched) - 1
        found: dict[int, tuple[str, str]] = {}
        names: dict[str, str] = {}
        touched_above, touched_below = set[int](), set[int]()
        for number in clocks:
            parts = header_of(matched[number]) if self.bold is None or number in self.bold else None
            if parts is None:
                continue
            found[number] = (names.setdefault(parts[0], parts[0]), parts[1])
            if matched[number - 1] and not self.is_open(number - 1):
                touched_above.add(number)
            if number < last and matched[number + 1] and not self.is_open(number + 1):
                touched_below.add(number)
        if self.bold is not None:
            return found
        pasted = {number for touched in (touched_above, touched_below) if 2 * len(touched) <= len(found)
                  for number in touched}  # fmt: skip
        return {number: head for number, head in found.items() if number not in pasted} if pasted else found

    def is_open(self, number: int) -> bool:
        """Whether a line is padding or a border: blank, beyond the file's ends, a separator or the title."""
        if not 0 <= number < len(self.matched):
            return True
        line = self.matched[number]
        return not line or line.isspace() or day_of(line) is not None or title_of(line) is not None

    def find_title(self) -> Title | None:
        """The title above the first message."""
        first = next(iter(self.heads), len(self.matched))
        return next((title for line in self.matched[:first] if (title := title_of(line))), None)

    def read(self, reader: Reader) -> Reading:
        """Everything the text states."""
        self.walk()
        if self.pair is not None and self.pair[0] == self.pair[1]:
            self.note("chat-same-name", name=self.pair[0])
        return self.reading(reader, declared=self.declared(), encoding=self.lines.encoding)

    def declared(self) -> dict[str, str | int]:
        """What the title states."""
        if self.title is None:
            return {}
        stated: dict[str, str | int] = {"title": self.title.said, "chat": "group" if self.title.group else "private"}
        if self.title.group:
            stated["name"] = self.title.group
        if self.pair is not None:
            stated["people"] = "、".join(self.pair)
        return stated

    # Reading in order ---------------------------------------------------------------------------------------------

    def walk(self) -> None:
        """Every line once: padding and borders aside, each header with what follows it, the rest unread."""
        borders = [-1, *self.heads, len(self.shown)]
        for head, end in pairwise(borders):
            number = self.take_message(head, end) if head >= 0 else 0
            while number < end:
                self.take_line(number)
                number += 1
        undated = sum(1 for record in self.records if record.at is not None and record.at.start is None)
        if undated:
            self.note("chat-dateless", count=undated)

    def take_line(self, number: int) -> None:
        """A line that belongs to no message."""
        line = self.matched[number]
        if number in self.lost:
            self.refuse_line("line-not-decodable", number)
        elif not line or line.isspace() or self.is_border(number):
            self.aside += 1
        elif is_notice(line) or self.is_recall(line):
            self.notice(number)
        elif not self.records and is_greeting(line):
            self.aside += 1
        else:
            self.refuse_line("chat-line-outside", number)

    def is_border(self, number: int) -> bool:
        """Whether the line is the title or a date separator, which then holds for what follows."""
        line = self.matched[number]
        title = title_of(line)
        if title is not None:
            if self.titled or self.records:
                self.note_line("chat-second-title", number)
            self.titled = True
            return True
        return self.is_day(number)

    def is_day(self, number: int) -> bool:
        """A separator with a date that exists; one that states none takes the date away rather than keep the last."""
        day = day_of(self.matched[number])
        if day is None:
            return False
        self.moments = {}
        try:
            self.days.day(*day)
        except ValueError:
            self.note_line("chat-no-such-day", number, said=day[0])
            self.day, self.clock = None, ""
            return True
        if self.day is not None and day[1] < self.day[1]:
            self.note_line("chat-date-goes-back", number, said=day[0])
        self.day, self.clock = day, ""
        return True

    def take_message(self, number: int, border: int) -> int:
        """The message that begins at a header and ends before `border`; gives back the number of the line after it."""
        while self.suspects and self.suspects[-1] <= number:
            self.suspects.pop()
        matched = self.matched
        filled = [place for place in range(number + 1, border) if matched[place] and not matched[place].isspace()]
        if not filled or self.lost or (self.suspects and self.suspects[-1] < border):
            return self.take_suspect(number, border)
        self.add(number, filled[-1], filled)
        self.aside += border - filled[-1] - 1
        return border

    def take_suspect(self, number: int, border: int) -> int:
        """The same, where lines may be more than text."""
        end = next((place for place in range(number + 1, border) if self.ends_body(place)), border)
        last = self.trimmed(number, end)
        notices = self.notices_after(number, last)
        last = self.trimmed(number, notices[0]) if notices else last
        filled = [place for place in range(number + 1, last + 1) if self.look_inside(place)]
        if not filled:
            self.note_line("chat-empty-message", number)
        self.add(number, last, filled, suspect=True)
        self.aside += end - last - 1 - len(notices)
        for place in notices:
            self.notice(place)
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
        if not line:
            return False
        if line[0] in DASHES:
            return self.parts(number)
        if "聊天记录如下" in line and title_of(line) is not None:
            after = self.next_filled(number)
            return after is not None and self.parts(after)
        return False

    def parts(self, number: int) -> bool:
        """Whether the line is a separator that parts messages."""
        line = self.matched[number]
        if not line or day_of(line) is None:
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
        for place in range(last, first, -1):
            if self.matched[place].strip():
                if not self.is_notice_at(place):
                    return found
                found.insert(0, place)
            elif place in self.lost:
                return found
        return []

    def is_notice_at(self, number: int) -> bool:
        """Whether the line is the app's own and a paragraph of its own."""
        line = self.matched[number]
        if not (is_notice(line) or self.is_recall(line)):
            return False
        return number in self.apart or (self.is_open(number - 1) and self.is_open(number + 1))

    def is_recall(self, line: str) -> bool:
        """Whether the line says that somebody known here took a message back."""
        name = recalled_by(line) if "撤回" in line else None
        return name is not None and (name in {"你", "对方"} or name in self.names or line.strip()[:1] in '"“')

    def add(self, first: int, last: int, filled: list[int], *, suspect: bool = False) -> None:
        """One message: its text stands in the lines of `filled`; unless one is `suspect` it has no more than text."""
        sender, time = self.heads[first]
        at = self.moments.get(time) or self.new_moment(time)
        clock = time if len(time) == 5 else "0" + time
        if clock < self.clock:
            self.note_line("chat-time-goes-back", first, said=at.said)
        self.clock = clock
        text = self.shown[filled[0]] if len(filled) == 1 else "\n".join(self.body(filled))
        content = _TEXT
        if suspect or _BRACKET.search(text):
            content = content_of([self.matched[number] for number in filled])
            if content.preview:
                self.note_line("chat-preview-only", first, last)
        self.records.append(
            Message(
                where=Locator(lines=(first + 1, last + 1)),
                at=at,
                sender=sender,
                text=text,
                type=content.type,
                side="system" if content.type == "recall" else self.sides[sender],
                attachments=content.attachments,
                recalled=content.type == "recall",
                reply_to=content.quoted,
            )
        )

    def body(self, filled: list[int]) -> list[str]:
        """The text of the lines of a message that are not blank, with one blank line where some stand between."""
        if not filled or filled[-1] - filled[0] == len(filled) - 1:
            return [self.shown[number] for number in filled]
        body = [self.shown[filled[0]]]
        for before, number in pairwise(filled):
            body += [self.shown[number]] if number == before + 1 else ["", self.shown[number]]
        return body

    def look_inside(self, number: int) -> bool:
        """Whether a line inside a message is filled; one that looks like more than text is noted."""
        line = self.matched[number]
        if not line or line.isspace():
            if number in self.lost:
                self.refuse_line("line-not-decodable", number)
            return False
        imitates = header_of(line) is not None or is_lookalike(line) if line[-1].isdecimal() else False
        if imitates or (line[0] in DASHES and day_of(line) is not None):
            self.note_line("chat-lookalike", number, said=line.strip()[:40])
        elif "聊天记录如下" in line and title_of(line) is not None:
            self.note_line("chat-second-title", number)
        return True

    def new_moment(self, time: str) -> Moment:
        """The moment of a header under the separator that stands above it; many messages share a minute."""
        if self.day is None:
            at = dateless(time, "minute", self.days.zone)
        else:
            said, day = self.day
            at = self.days.at(f"{said} {time}", day, time if len(time) == 5 else "0" + time)
        self.moments[time] = at
        return at

    def notice(self, number: int) -> None:
        """A line of the app's own: it stands under a day and states no time."""
        recall = recalled_by(self.matched[number]) is not None
        self.records.append(
            Message(
                where=Locator(lines=(number + 1, number + 1)),
                at=self.days.day(*self.day) if self.day else None,
                sender=None,
                text=self.shown[number],
                type="recall" if recall else "system",
                side="system",
                recalled=recall,
            )
        )
