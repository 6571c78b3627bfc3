"""WechatExporter: chats saved as text from a phone's backup, "阿青 (2026-03-02 14:03:05):正文" below a title.

Times are those of the computer that exported, without a zone. A reply begins with what it quotes: `「甲：…」`, a rule.
Lines without a head are the app's notices, or the further lines of a message: of the app are those that it is known
to write, and what stands above the first message. Its files may hold binary rubbish, which stays unread.
"""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator, lines_of
from pipeline.model import Message, Reading, Unread
from pipeline.moment import Moment, dateless
from stages.chats.common.account import closed
from stages.chats.common.days import Days
from stages.chats.common.lines import Lines, head_lines, numbers_of, open_lines
from stages.chats.common.params import params_of
from stages.chats.common.sides import sides_of
from stages.chats.common.talk import Talk
from stages.chats.wechat_share.content import content_of
from stages.chats.wechat_share.lines import is_notice, recalled_by
from stages.lang.text import plain

__all__ = ["READER"]

_TITLE = re.compile(r"(?P<name>\S.*?) +- +微信聊天记录\s*")
_HEAD = re.compile(
    r"(?P<name>\S.{0,80}?)(?P<gap> ?)\((?P<said>(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d) "
    r"(?P<clock>(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d))\):(?P<text>.*)",
    re.ASCII | re.DOTALL,
)
_MAYBE = re.compile(r"\d:\d\d\):")


def _title_of(line: str) -> str | None:
    match = _TITLE.fullmatch(line) if "微信聊天记录" in line else None
    return match["name"] if match else None


def _score(lines: list[str]) -> Score | None:
    first = next((line for line in lines if line.strip()), "")
    heads = [match for number in numbers_of(lines, _MAYBE) if (match := _HEAD.fullmatch(lines[number]))]
    if _title_of(first) is not None:
        return Score(value=0.95 if heads else 0.6, reason="chat-exporter-title")
    own = sum(match["gap"] == " " and match["text"][:1] != " " for match in heads)
    filled = sum(bool(line.strip()) for line in lines)
    if own < 2 or 3 * own < filled or 5 * own < 4 * len(heads):
        return None
    return Score(value=0.8, reason="chat-exporter-shape")


def _signature(text: str) -> bool:
    return _score(lines_of(plain(text))) is not None


def _sniff(source: Source) -> Score | None:
    return _score(head_lines(source, _signature))


class _Export(Talk):
    """One exported chat."""

    def __init__(self, lines: Lines, source: Source) -> None:
        super().__init__(lines)
        params = params_of(source)
        self.matched = lines.matched
        self.days = Days(params.zone_for(source.name))
        found = {number: _HEAD.fullmatch(self.matched[number]) for number in numbers_of(self.matched, _MAYBE)}
        self.heads = {number: match for number, match in found.items() if match}
        self.sides = sides_of((match["name"] for match in self.heads.values()), None, params.people)
        self.declared: dict[str, str | int] = {}
        self.latest = ""

    def read(self) -> Reading:
        """Everything the text states."""
        for head, end in pairwise([-1, *self.heads, self.total]):
            if head < 0:
                self.take_top(end)
            else:
                self.take_message(head, end)
        return self.reading(READER, declared=self.declared, encoding=self.lines.encoding)

    def take_top(self, end: int) -> None:
        """What stands above the first message: the title, and notices."""
        for number in range(end):
            name = _title_of(self.matched[number]) if not self.declared else None
            if number in self.lines.lost:
                self.refuse_line("line-not-decodable", number)
            elif name is not None:
                self.declared = {"title": self.matched[number].strip(), "name": name}
                self.aside += 1
            elif not self.matched[number].strip():
                self.aside += 1
            else:
                self.add_notice(number, recall=recalled_by(self.matched[number]) is not None)

    def take_message(self, number: int, end: int) -> None:
        """The message whose head stands on a line, with the lines below it that are not the app's own."""
        own = [place for place in range(number + 1, end) if self.is_notice(place)]
        stop = own[0] if own else end
        last = stop - 1
        while last > number and self.is_blank(last):
            last -= 1
        self.add_message(number, last)
        self.aside += stop - last - 1
        for place in range(stop, end):
            if place in own:
                self.add_notice(place, recall=recalled_by(self.matched[place]) is not None)
            else:
                self.pass_line(place)

    def is_notice(self, number: int) -> bool:
        """Whether a line is the app's own."""
        line = self.matched[number]
        return ("撤回" in line and recalled_by(line) is not None) or is_notice(line)

    def add_message(self, first: int, last: int) -> None:
        """One message."""
        head = self.heads[first]
        self.refuse_lost(first, last)
        numbers = [number for number in range(first + 1, last + 1) if number not in self.lines.lost]
        shown = self.lines.shown[first]
        body = [shown[shown.index("):") + 2 :], *(self.lines.shown[number] for number in numbers)]
        matched = [head["text"], *(self.matched[number] for number in numbers)]
        content = content_of(matched)
        if content.empty:
            self.note_line("chat-empty-message", first)
        if content.preview:
            self.note_line("chat-preview-only", first, last)
        recall = content.type == "recall"
        self.records.append(
            Message(
                where=Locator(lines=(first + 1, last + 1)),
                at=self.at(first, head),
                sender=head["name"],
                text="\n".join(body),
                type=content.type,
                side="system" if recall else self.sides[head["name"]],
                attachments=content.attachments,
                recalled=recall,
                reply_to=content.quoted,
            )
        )

    def at(self, number: int, head: re.Match[str]) -> Moment:
        """The moment of a head; one of a day that does not exist has no date."""
        said = head["said"]
        try:
            found = self.days.at(said, (int(head["year"]), int(head["month"]), int(head["day"])), head["clock"])
        except ValueError:
            self.note_line("chat-time-unreadable", number, said=said)
            return dateless(said, "second", self.days.zone)
        if (found.start or "") < self.latest:
            self.note_line("chat-time-goes-back", number, said=said)
        self.latest = found.start or ""
        return found


def _read(source: Source) -> Reading:
    lines = open_lines(source, _signature)
    return closed(READER, lines) if isinstance(lines, Unread) else _Export(lines, source).read()


READER = Reader(id="wechatexporter-txt", version=1, grade="C", sniff=_sniff, read=_read)
