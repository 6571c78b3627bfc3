"""From the lines of a LINE export to messages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pipeline.contract import Source
from pipeline.model import MessageType, Side
from pipeline.moment import Moment, dateless, moment
from stages.chats.common.clock import hour_of
from stages.chats.common.dates import calendar_day, order_note, order_of
from stages.chats.common.lines import Lines
from stages.chats.common.params import params_of
from stages.chats.common.sides import sides_of
from stages.chats.common.talk import Talk
from stages.chats.common.written import Stamp, stamp_of, weekday_of
from stages.chats.line.names import Names
from stages.chats.line.rows import Row, day_line, is_recall, is_saved, kind_of_notice, row_of, title_of

__all__ = ["Chat"]

_MIDNIGHT = {"上午", "午前", "凌晨"}
"""With these an hour of 12 is written by some for midnight and by others for noon."""


class Chat(Talk):
    """One export."""

    def __init__(self, lines: Lines, source: Source) -> None:
        super().__init__(lines)
        self.params = params_of(source)
        self.zone = self.params.zone_for(source.name)
        self.title: str | None = None
        self.private: bool | None = None
        self.saved = ""
        self.clock = -1
        self.name = source.name
        self.days: dict[int, Stamp] = {}
        self.rows: dict[int, Row] = {}
        self.ends: dict[int, int] = {}
        self.undecided = 0
        self._moments: dict[tuple[date, str], Moment] = {}
        self._find()
        self.names = Names((row.text for row in self.rows.values() if not row.tabbed), self._known_names())
        self.sides = self._sides()

    def _find(self) -> None:
        """Days and rows; a row that stands inside the quotes of a message is none."""
        matched = self.lines.matched
        number = 0
        while number < len(matched):
            line = matched[number]
            row = row_of(line)
            if row is not None:
                self.rows[number] = row
                self.ends[number] = self._end_of_quote(number, row)
                number = self.ends[number]
                continue
            stamp = stamp_of(line) if day_line(line) else None
            if stamp is not None:
                self.days[number] = stamp
            number += 1
        tabbed = sum(row.tabbed for row in self.rows.values())
        if tabbed * 2 >= len(self.rows) and tabbed < len(self.rows):
            self._drop_untabbed()

    def _drop_untabbed(self) -> None:
        """Where rows have tabs, a line that begins with a time and has none is text, unless it is a recall."""
        for number, row in list(self.rows.items()):
            if not row.tabbed and not is_recall(row.text):
                del self.rows[number]
                self.note_line("chat-lookalike", number, said=row.said)

    def _end_of_quote(self, first: int, row: Row) -> int:
        """The line after the closing quote of a message of several lines, or after `first` if it opens none.

        Neither a day nor a row that opens quotes of its own can stand inside.
        """
        if not row.tabbed or not row.text.startswith('"') or (len(row.text) > 1 and row.text.endswith('"')):
            return first + 1
        inside: list[int] = []
        for number in range(first + 1, len(self.lines.matched)):
            line = self.lines.matched[number]
            other = row_of(line)
            if other is not None:
                if other.text.startswith('"'):
                    break
                inside.append(number)
            elif day_line(line) and stamp_of(line):
                break
            elif line.endswith('"'):
                for place in inside:
                    self.note_line("chat-lookalike", place, said=self.lines.matched[place][:40])
                return number + 1
        return first + 1

    def _known_names(self) -> Iterator[str]:
        for line in self.lines.matched[:5]:
            found = title_of(line)
            if found is not None:
                self.title, self.private = found
                yield self.title
        for person in self.params.people:
            yield from (person.name, *person.aliases)

    def _senders(self) -> list[str]:
        said = (row.name if row.tabbed else (self.names.split(row.text) or ("",))[0] for row in self.rows.values())
        return list(dict.fromkeys(name for name in said if name))

    def _sides(self) -> dict[str, Side]:
        """By the case; in a private chat the one whom the title names is the other side, and the second is oneself."""
        senders = self._senders()
        sides = sides_of(senders, None, self.params.people)
        strangers = [name for name in senders if name != self.title]
        if len(senders) > 2 and self.title is not None:
            self.private = False
        if not self.private or self.title is None or len(strangers) > 1:
            return sides
        if strangers and self.title in senders:
            known = sides_of(senders, (self.title, strangers[0]), self.params.people)
            return {**known, **{name: "self" for name in strangers if known[name] == "unknown"},
                    **({self.title: "other"} if known[self.title] == "unknown" else {})}  # fmt: skip
        return {**sides, self.title: "other" if sides.get(self.title, "unknown") == "unknown" else sides[self.title]}

    def walk(self) -> None:
        """Every line once."""
        self._settle_order()
        number = self._preamble()
        day: tuple[int, date | None] | None = None
        while number < len(self.lines.shown):
            if number in self.rows:
                number = self._row(number, day)
            elif number in self.days:
                day = self._day(number, day)
                number += 1
            elif is_recall(self.lines.matched[number]):
                self.add(
                    number, number + 1, [self.lines.shown[number]], at=self._whole_day(day), sender=None, kind="recall"
                )
                number += 1
            else:
                self.pass_line(number)
                number += 1
        if self.undecided:
            self.note("chat-names-undecided", count=self.undecided)

    def _settle_order(self) -> None:
        stamps = [(stamp.parts, weekday_of(self.lines.matched[number])) for number, stamp in self.days.items()]
        found = order_of(
            [parts for parts, _ in stamps],
            stated=self.params.order_for(self.name),
            weekdays=[(parts, day) for parts, day in stamps if day is not None],
        )
        self.order = found.order
        note = order_note(found) if stamps else None
        if note is not None:
            self.notes.append(note)

    def _preamble(self) -> int:
        """The lines above the first day or row: the title and when the file was saved, and nothing else."""
        first = min([*self.days, *self.rows], default=len(self.lines.shown))
        for number in range(first):
            line = self.lines.matched[number]
            saved = is_saved(line)
            self.saved = saved or self.saved
            if saved or title_of(line) is not None:
                self.aside += 1
            else:
                self.pass_line(number)
        return first

    def _day(self, number: int, before: tuple[int, date | None] | None) -> tuple[int, date | None]:
        """The day that a line states; None where the order is not known or there is no such day."""
        self.aside += 1
        parts, said = self.days[number].parts, self.lines.matched[number].strip()
        order = "ymd" if len(parts[0]) == 4 else self.order
        day = calendar_day(parts, order) if order else None
        if order and day is None:
            self.note_line("chat-no-such-day", number, said=said)
        if day and before and before[1] and day < before[1]:
            self.note_line("chat-date-goes-back", number, said=said)
        self.clock = -1
        return number, day

    def _whole_day(self, day: tuple[int, date | None] | None) -> Moment | None:
        """The day itself, for what states no time."""
        if day is None or day[1] is None:
            return None
        when = day[1]
        return moment(self.lines.matched[day[0]].strip(), when.year, when.month, when.day, grain="day", zone=self.zone)

    def _row(self, first: int, day: tuple[int, date | None] | None) -> int:
        """The message that begins here; gives the line after it."""
        row, end = self.rows[first], max(self.ends[first], first + 1)
        while end < len(self.lines.shown) and not (
            end in self.rows or end in self.days or is_recall(self.lines.matched[end])
        ):
            end += 1
        last = self.filled_end(first + 1, end)
        name, text = self._parted(row)
        at = self._at(first, row, day)
        body = self._body(first, last, text)
        kind: MessageType | None = kind_of_notice(text) if not name and row.tabbed else None
        if name is None and is_recall(row.text):
            kind = "recall"
        elif name and (text.startswith("☎") or "☎" in text[:3]):
            kind = "call"
        if name is None and kind is None:
            self.undecided += 1
        self.add(first, last, body, at=at, sender=name or None, side=self.sides.get(name or "", "unknown"), kind=kind)
        return end

    def _parted(self, row: Row) -> tuple[str | None, str]:
        if row.tabbed:
            return row.name, row.text
        parts = None if is_recall(row.text) else self.names.split(row.text)
        return parts or (None, row.text)

    def _body(self, first: int, last: int, text: str) -> list[str]:
        """The lines of the text as they stand, without the quotes around several."""
        shown = self.lines.shown[first]
        start = shown if text and text in shown else self.lines.matched[first]
        body = [start[start.rindex(text) :] if text else "", *self.lines.shown[first + 1 : last]]
        if len(body) > 1 and body[0].startswith('"') and body[-1].endswith('"') and text.startswith('"'):
            body[0], body[-1] = body[0][1:], body[-1][:-1]
        return body

    def _at(self, number: int, row: Row, day: tuple[int, date | None] | None) -> Moment | None:
        """The moment of a row under its day."""
        hour = hour_of(row.hour, row.before)
        if hour is None or row.minute > 59:
            self.note_line("chat-time-unreadable", number, said=row.said)
            return None
        if row.before and (row.hour == 0 or row.hour > 12):
            self.note_line("chat-clock-odd", number, said=row.said)
        if row.before in _MIDNIGHT and row.hour == 12:
            self.note_line("chat-line-twelve", number, said=row.said)
        if hour * 60 + row.minute < self.clock:
            self.note_line("chat-time-goes-back", number, said=row.said)
        self.clock = hour * 60 + row.minute
        if day is None or day[1] is None:
            return dateless(row.said, "minute", self.zone)
        key = (day[1], row.said)
        if key not in self._moments:
            said = f"{self.lines.matched[day[0]].strip()} {row.said}"
            when = day[1]
            self._moments[key] = moment(
                said, when.year, when.month, when.day, hour, row.minute, grain="minute", zone=self.zone
            )
        return self._moments[key]

    def declared(self) -> dict[str, str | int]:
        """What the first lines state."""
        stated: dict[str, str | int] = {}
        if self.title is not None:
            stated["name"] = self.title
        if self.private is not None:
            stated["chat"] = "private" if self.private else "group"
        if self.saved:
            stated["saved"] = self.saved
        return stated
