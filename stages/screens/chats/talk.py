"""From the bubbles of a page to its messages: who said what, of what kind, and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from pipeline.locate import Locator
from pipeline.model import Attachment, Line, LineRole, Message, MessageType, Note, Person, Side, Spot
from pipeline.moment import Before, Moment, before
from stages.lang.match import Span
from stages.screens.chats import words as words
from stages.screens.chats.bubbles import Bubble, Chat, chat_of
from stages.screens.chats.columns import contrast, height
from stages.screens.chats.heading import Heading, heading_of
from stages.screens.chats.times import Clock, Entry, Separator, Timed, timed
from stages.screens.page import Box, Context, Found, Page, around, place, spot

__all__ = ["read", "side_of"]

_SMALLER = 0.9  # of the usual line: what is set smaller than the words
_NOTICE_GAP = 0.8  # heights of a line between the rows of one notice
_HOLE = 3.0  # heights of a line, beyond the usual gap, in which nothing is written
_COLOURED = 60  # of 255: how far the channels of a name in colour differ
_SIDES: dict[str | None, Side] = {"customer": "other", "applicant": "self"}
_OPPOSITE: dict[Side, Side] = {"self": "other", "other": "self"}


class _Part(NamedTuple):
    """A passage of a line, by its index in the page."""

    line: int
    span: Span


@dataclass
class _Draft:
    """A message without its time."""

    parts: list[_Part]
    box: Box
    kind: MessageType = "text"
    side: Side = "unknown"
    sender: str | None = None
    text: str = ""
    named: _Part | None = None
    clock: Clock | None = None
    quoted: tuple[int, ...] = ()
    edited: bool = False
    recalled: bool = False
    attachments: tuple[Attachment, ...] = ()
    used: set[int] = field(default_factory=set)


def read(page: Page, context: Context, *, names_inside: bool = False) -> Found:
    """The messages of a page. `names_inside`: in groups a name may stand in the bubble, above the words, in colour."""
    return _Talk(page, chat_of(page), context, names_inside=names_inside).found()


class _Talk:
    def __init__(self, page: Page, chat: Chat, context: Context, *, names_inside: bool) -> None:
        self.page, self.chat, self.context, self.names_inside = page, chat, context, names_inside
        self.heading: Heading = heading_of(page, chat)
        self.clocked = self.is_clocked()
        self.is_group = self.heading.is_group or any(self.names_itself(bubble) for bubble in chat.bubbles)
        self.right, self.left = _sides(self.heading.name, context.people)

    def text(self, at: int) -> str:
        """The wording of a line."""
        return self.page.lines[at].text

    def found(self) -> Found:
        """Messages top to bottom, with what was not understood counted."""
        entries: list[tuple[float, Separator | _Draft]] = [
            *((self.chat.boxes[at][1], Separator(self.text(at), at)) for at in self.separators()),
            *((draft.box[1], draft) for draft in (*self.notices(), *self.drafts())),
        ]
        entries.sort(key=lambda entry: entry[0])
        drafts = [entry for _, entry in entries if isinstance(entry, _Draft)]
        order: list[Entry] = [entry if isinstance(entry, Separator) else entry.clock for _, entry in entries]
        records = tuple(
            self.message(draft, when) for draft, when in zip(drafts, timed(order, self.context), strict=True)
        )
        roles: dict[int, LineRole] = dict.fromkeys(self.chat.fields, "button")
        used = {at for draft in drafts for at in draft.used} | set(self.separators()) | self.heading.lines | set(roles)
        return Found(records=records, roles=roles, notes=(*_order(records), *self.holes(entries), *self.aside(used)))

    # What stands in the middle

    def separators(self) -> list[int]:
        """The lines in the middle that state a time."""
        return [at for at in self.chat.centred if at not in self.heading.lines and self.is_time(at)]

    def is_time(self, at: int) -> bool:
        """Whether a line as a whole is a time."""
        return words.time_of(self.text(at)) is not None

    def notices(self) -> list[_Draft]:
        """The app's own lines in the middle, rows of one notice together."""
        found: list[_Draft] = []
        for at in self.chat.centred:
            text = self.text(at)
            if at in self.heading.lines or self.is_time(at) or words.is_divider(text) or not _speaks(text):
                continue
            box = self.chat.boxes[at]
            last = found[-1] if found else None
            if last and box[1] - last.box[3] < _NOTICE_GAP * height(box) and self.is_next_row(last, box):
                last.parts.append(self.whole(at))
                last.box = around((last.box, box))
            else:
                found.append(_Draft(parts=[self.whole(at)], box=box, side="system", kind="system"))
        for draft in found:
            draft.text = words.joined([self.text(part.line) for part in draft.parts])
            draft.used = {part.line for part in draft.parts}
            if words.is_recall(draft.text):
                draft.kind, draft.recalled = "recall", True
        return found

    def is_next_row(self, draft: _Draft, box: Box) -> bool:
        """Whether nothing else stands between a notice and the line below it."""
        return not any(draft.box[3] <= bubble.box[1] <= box[1] for bubble in self.chat.bubbles)

    def whole(self, at: int) -> _Part:
        """A whole line as a part."""
        return _Part(at, Span(0, len(self.text(at))))

    # What stands in bubbles

    def is_clocked(self) -> bool:
        """Whether the bubbles carry the time of day inside them, as most of them do or none."""
        carrying = sum(self.inner_clock(bubble, clocked=True) is not None for bubble in self.chat.bubbles)
        return 2 * carrying > len(self.chat.bubbles)

    def inner_clock(self, bubble: Bubble, *, clocked: bool) -> Clock | None:
        """The time of day at the foot of a bubble: a small line of its own, or the end of its last line."""
        for at in reversed(self.rows(bubble.lines)):
            text = self.text(at)
            if words.is_mark(text):
                continue
            span = words.clock_at_end(text)
            if span is None or not clocked:
                return None
            alone = words.is_clock(text)
            if alone and len(bubble.lines) == 1:
                return None
            return Clock(text[span.start : span.end], at, span)
        return None

    def rows(self, lines: Iterable[int]) -> list[int]:
        """Lines in reading order: by rows, left to right."""
        boxes = self.chat.boxes
        rows: list[list[int]] = []
        for at in sorted(lines, key=lambda at: boxes[at][1] + boxes[at][3]):
            if rows and boxes[at][1] + boxes[at][3] < 2 * boxes[rows[-1][0]][3]:
                rows[-1].append(at)
            else:
                rows.append([at])
        return [at for row in rows for at in sorted(row, key=lambda at: boxes[at][0])]

    def drafts(self) -> list[_Draft]:
        """A message for each bubble that has words."""
        found: list[_Draft] = []
        for bubble in self.chat.bubbles:
            if self.clocked and all(words.is_clock(self.text(at)) for at in bubble.lines):
                continue  # a picture with its time on it
            draft = self.draft(bubble, found[-1] if found else None)
            if draft.parts:
                found.append(draft)
        return found

    def draft(self, bubble: Bubble, before: _Draft | None) -> _Draft:
        """The message of a bubble; `before` is the one above it."""
        draft = _Draft(parts=[], box=bubble.box)
        if bubble.sure:
            draft.side = self.right if bubble.side == "right" else self.left
        draft.clock = self.inner_clock(bubble, clocked=self.clocked)
        for at in self.rows(bubble.lines):
            draft.used.add(at)
            if not self.is_aside(draft, at, bubble):
                draft.parts.append(self.rest(draft, at))
        self.dress(draft, bubble)
        self.name(draft, bubble, before)
        lines = [self.text(part.line)[part.span.start : part.span.end] for part in draft.parts]
        draft.kind = words.kind_of(lines, is_card=self.is_card(bubble, draft)) if lines else "other"
        if draft.kind in ("transfer", "red-packet"):
            self.drop_icons(draft, lines)
        if lines and words.is_recall(words.joined(lines)):
            draft.kind, draft.recalled = "recall", True
        draft.text = words.joined(lines) if draft.kind in ("text", "recall") else " ".join(lines)
        name = words.file_named(lines) if draft.kind == "file" else None
        draft.attachments = (Attachment(name=name),) if name else ()
        return draft

    def is_aside(self, draft: _Draft, at: int, bubble: Bubble) -> bool:
        """Whether a line in a bubble is a mark of the app (read, edited, the time) and no words of the message."""
        text = self.text(at)
        edited = words.is_edited(text)
        if draft.clock and at == draft.clock.line and words.is_clock(text):
            draft.edited |= edited
            return True
        small = height(self.chat.boxes[at]) < _SMALLER * self.chat.size
        if len(bubble.lines) > 1 and at == self.rows(bubble.lines)[-1] and small and words.is_mark(text):
            draft.edited |= edited
            return True
        return False

    def rest(self, draft: _Draft, at: int) -> _Part:
        """A line's words without the time of day at its end, where that is the message's."""
        whole = self.whole(at)
        if draft.clock and draft.clock.line == at:
            rest = self.text(at)[: draft.clock.span.start]
            end = words.before_mark(rest.rstrip())
            draft.edited |= end < len(rest.rstrip())
            return _Part(at, Span(0, end))
        return whole

    def drop_icons(self, draft: _Draft, lines: list[str]) -> None:
        """Leave out of a transfer what is no word and no number: its icon, read as a letter."""
        for part, text in list(zip(draft.parts, lines, strict=True)):
            if len(text.strip()) == 1 and not text.strip().isdecimal():
                draft.parts.remove(part)
                lines.remove(text)
                draft.used.discard(part.line)

    def is_card(self, bubble: Bubble, draft: _Draft) -> bool:
        """Whether a bubble has a ground unlike most of its side, and a last row set smaller."""
        same = [other for other in self.chat.bubbles if other.side == bubble.side and other is not bubble]
        alike = sum(contrast(other.ground, bubble.ground) <= _COLOURED // 2 for other in same)
        if len(draft.parts) < 2 or 2 * alike >= max(1, len(same)):
            return False
        rows = [height(self.chat.boxes[part.line]) for part in draft.parts]
        return rows[-1] < max(rows[:-1])

    # What stands around them

    def dress(self, draft: _Draft, bubble: Bubble) -> None:
        """Take the marks, times and quotes around a bubble."""
        quoted = list(bubble.quoted)
        for at in (*bubble.beside, *bubble.below):
            text = self.text(at)
            if words.is_mark(text):
                draft.edited |= words.is_edited(text)
                draft.used.add(at)
            elif (span := self.time_in(at)) is not None:
                draft.clock = draft.clock or Clock(text[span.start : span.end], at, span)
                draft.used.add(at)
            elif at in bubble.below and self.is_quote(at):
                quoted.append(at)
        draft.quoted = tuple(self.rows(quoted))
        draft.used.update(quoted)

    def time_in(self, at: int) -> Span | None:
        """Where a line around a bubble states its time, if it says nothing else but how the message fares."""
        text = self.text(at)
        if words.is_clock(text):
            return words.clock_at_end(text)
        return self.whole(at).span if self.is_time(at) else words.time_before_mark(text)

    def is_quote(self, at: int) -> bool:
        """Whether a small line under a bubble is what it answers."""
        return height(self.chat.boxes[at]) < _SMALLER * self.chat.size and words.is_quote(self.text(at))

    def name(self, draft: _Draft, bubble: Bubble, before: _Draft | None) -> None:
        """Who speaks: the name above or in the bubble, in a private chat the title; with what the case says of them."""
        named = self.name_above(draft, bubble) or self.name_inside(draft, bubble)
        if named is not None:
            draft.named = named
            draft.sender = self.text(named.line)[named.span.start : named.span.end].strip()
            draft.side = side_of(draft.sender, self.context.people) or draft.side
        elif not bubble.sure:
            return
        elif bubble.side == "left" and self.is_group:
            if self.names_inside and before and before.side == draft.side:
                draft.sender, draft.named = before.sender, before.named
        elif bubble.side == "left" and self.heading.line is not None:
            draft.sender, draft.named = self.heading.name, self.whole(self.heading.line)

    def name_above(self, draft: _Draft, bubble: Bubble) -> _Part | None:
        """The name in the small line above a bubble, and the time where one is printed beside it."""
        found = None
        for at in self.rows(bubble.above):
            text = self.text(at)
            times = [span for span in words.find_times(text) if span.start == 0 or span.end == len(text.rstrip())]
            if times:
                draft.clock = draft.clock or Clock(text[times[-1].start : times[-1].end], at, times[-1])
            start = times[0].end if times and times[0].start == 0 else 0
            end = times[-1].start if times and times[-1].start > 0 else len(text)
            begin = start + words.without_badges(text[start:end]).start
            is_name = found is None and bool(text[begin:end].strip())
            if is_name:
                found = _Part(at, _trimmed(text, begin, end))
            if is_name or times or begin == end:
                draft.used.add(at)
        return found

    def name_inside(self, draft: _Draft, bubble: Bubble) -> _Part | None:
        """The name at the top of a bubble, set in a colour of its own."""
        return draft.parts.pop(0) if len(draft.parts) > 1 and self.names_itself(bubble) else None

    def names_itself(self, bubble: Bubble) -> bool:
        """Whether a name stands in a left bubble above its words: short, and in a colour that they have not."""
        lines = [self.page.lines[at] for at in self.rows(bubble.lines)]
        if not self.names_inside or bubble.side != "left" or len(lines) < 2:
            return False
        first, second = lines[:2]
        apart = not (words.clock_at_end(first.text) or words.is_clock(second.text))
        return apart and _is_coloured(first) and not _is_coloured(second)

    # Records and notes

    def message(self, draft: _Draft, when: Timed) -> Message:
        """The record."""
        lines = [self.page.lines[part.line] for part in draft.parts]
        quoted = [self.page.lines[at] for at in draft.quoted]
        spots: list[Spot] = [spot("text", self.page.lines[part.line], part.span) for part in draft.parts]
        spots += [spot("at", self.page.lines[line], span) for line, span in when.sources]
        spots += [spot("sender", self.page.lines[draft.named.line], draft.named.span)] if draft.named else []
        spots += [spot("reply_to", line) for line in quoted]
        return Message(
            where=place(lines),
            at=when.at,
            sender=draft.sender,
            text=draft.text,
            type=draft.kind,
            side=draft.side,
            attachments=draft.attachments,
            edited=draft.edited,
            recalled=draft.recalled,
            reply_to=words.quoted_words([line.text for line in quoted]) if quoted else None,
            spots=tuple(spots),
        )

    def aside(self, used: set[int]) -> tuple[Note, ...]:
        """A note of the lines that are in no message, no time and no part of the screen that is known."""
        left = [line for at, line in enumerate(self.page.lines) if at not in used and line.role == "text"]
        if not left:
            return ()
        return (Note(code="screen-chat-aside", values={"count": len(left)}, where=place(left)),)

    def holes(self, entries: Sequence[tuple[float, Separator | _Draft]]) -> tuple[Note, ...]:
        """A note of the stretches between messages in which nothing is written: pictures, stickers."""
        boxes = [entry.box if isinstance(entry, _Draft) else self.chat.boxes[entry.line] for _, entry in entries]
        gaps = [(above[3], below[1]) for above, below in pairwise(boxes)]
        if not gaps:
            return ()
        usual = median(low - high for high, low in gaps)
        empty = [(high, low) for high, low in gaps if low - high > usual + _HOLE * self.chat.size]
        if not empty:
            return ()
        box = (self.page.box[0], empty[0][0], self.page.box[2], empty[0][1])
        where = Locator(page=self.page.number, box=box)
        return (Note(code="screen-chat-hole", values={"count": len(empty)}, where=where),)


def _order(records: Sequence[Message]) -> tuple[Note, ...]:
    """A note where a time is earlier than one above it."""
    latest: Moment | None = None
    back: list[Message] = []
    for record in records:
        at = record.at
        if at is None or at.first is None or at.date == "inferred":
            continue
        if latest is not None and before(at, latest) is Before.YES:
            back.append(record)
        latest = at if latest is None or before(latest, at) is Before.YES else latest
    if not back:
        return ()
    return (Note(code="screen-chat-order", values={"count": len(back)}, where=back[0].where),)


def _speaks(text: str) -> bool:
    """Whether a text has at least two letters: less is an icon."""
    return sum(map(str.isalpha, text)) >= 2


def _trimmed(text: str, start: int, end: int) -> Span:
    passage = text[start:end]
    return Span(start + len(passage) - len(passage.lstrip()), start + len(passage.rstrip()))


def _is_coloured(line: Line) -> bool:
    if line.look is None:
        return False
    channels = [int(line.look.ink[at : at + 2], 16) for at in (1, 3, 5)]
    return max(channels) - min(channels) > _COLOURED


def side_of(name: str | None, people: Iterable[Person]) -> Side | None:
    """The side the case gives a name; None if it gives none, or two."""
    found = {_SIDES.get(person.side, "unknown") for person in people if name in (person.name, *person.aliases)}
    return found.pop() if len(found) == 1 else None


def _sides(title: str | None, people: Iterable[Person]) -> tuple[Side, Side]:
    """The sides of the right and the left bubbles: the phone is the applicant's, unless the title names them."""
    left = side_of(title, people) or "other"
    return ("other", "self") if left == "self" else ("self", left)
