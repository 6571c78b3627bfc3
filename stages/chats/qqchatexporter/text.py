"""QQChatExporter's text: blocks of "name:", "时间: …", "内容: …" and the files a message has, parted by blank lines."""

from __future__ import annotations

import re

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator, lines_of
from pipeline.model import Attachment, Message, MessageType, Reading, Side, Unread
from pipeline.moment import Moment
from stages.chats.common.account import LineAccount, closed
from stages.chats.common.days import Days
from stages.chats.common.lines import Lines, head_lines, open_lines
from stages.chats.common.params import params_of
from stages.chats.common.placeholders import kind_of
from stages.chats.common.qq import Who, own_of, recalled_by
from stages.chats.common.sides import side_of
from stages.chats.qqchatexporter.message import KINDS
from stages.lang.text import plain

__all__ = ["TXT"]

_MARK = "[QQChatExporter"
_TIME = re.compile(r"时间: ?(?P<said>(\d{4})[-/](\d{1,2})[-/](\d{1,2}) (?P<clock>\d{1,2}:\d\d:\d\d))", re.ASCII)
_NUMBER = re.compile(r"\[\d{1,9}\]", re.ASCII)
_FIELD = re.compile(r"(?P<key>聊天名称|聊天类型|参与人数|导出时间|消息总数|时间范围): ?(?P<value>.*)")
_FILES = re.compile(r"资源: ?(?P<count>\d{1,4}) ?个文件", re.ASCII)
_FILE = re.compile(r" *- (?P<kind>[^:：]{1,20})[:：] ?(?P<name>.*)")
_DONE = re.compile(r"总计导出 ?\d+ ?条消息", re.ASCII)
_RULE = re.compile(r"={10,}")
_TITLES = frozenset({"QQ聊天记录导出文件", "导出完成"})
_CHATS = {"私聊": "private", "private": "private", "群聊": "group", "group": "group"}
_SYSTEM = frozenset({"系统消息", "系统"})


class _Text:
    """One file. A block begins at `starts`, numbers of lines from 0, and its time stands at `times`."""

    def __init__(self, lines: Lines, source: Source) -> None:
        self.shown, self.matched = lines.shown, lines.matched
        self.account = LineAccount(lines)
        params = params_of(source)
        self.people, self.moments = params.people, Days(params.zone_for(source.name))
        self.blocks = self.find_blocks()
        self.declared: dict[str, str | int] = {}
        self.last = ""

    def find_blocks(self) -> list[tuple[int, int]]:
        """Where each message begins, and the line of its time: after a blank line, or at the beginning."""
        found: list[tuple[int, int]] = []
        for number, line in enumerate(self.matched):
            if line[:3] == "时间:" and _TIME.fullmatch(line.rstrip()):
                start = self.start_of(number)
                if start == 0 or not self.matched[start - 1].strip():
                    found.append((start, number))
        return found

    def start_of(self, number: int) -> int:
        """The first line of the block whose time that is: above it stand the name, and the number."""
        start = number
        if start and self.matched[start - 1].rstrip().endswith((":", "：")):
            start -= 1
        return start - 1 if start and _NUMBER.fullmatch(self.matched[start - 1].strip()) else start

    def reading(self) -> Reading:
        """Everything the text states."""
        footer = self.footer()
        first = self.blocks[0][0] if self.blocks else footer
        for number in range(first):
            self.take_outside(number)
        sides = self.sides()
        ends = [start for start, _ in self.blocks[1:]] + [footer]
        for (start, time), end in zip(self.blocks, ends, strict=False):
            self.take(start, time, end, sides)
        for number in range(footer, len(self.shown)):
            self.take_outside(number)
        total = self.declared.get("messages")
        if isinstance(total, int) and total != len(self.blocks):
            self.account.note("chat-count-differs", declared=total, found=len(self.blocks))
        return self.account.reading(TXT, declared=self.declared, encoding=self.account.lines.encoding)

    def sides(self) -> dict[str, Side]:
        """Whose side each name is on; a private chat bears the name of the other one."""
        names = {name for start, time in self.blocks if (name := self.sender(start, time)) and name not in _SYSTEM}
        people = [Who(name) for name in sorted(names)]
        title = str(self.declared.get("name")) if self.declared.get("chat") == "private" else None
        return {
            who.name: side_of((who.name,), self.people, own=own_of(who, title, people), private=True) for who in people
        }

    def footer(self) -> int:
        """Where the tool's own last lines begin."""
        after = self.blocks[-1][1] if self.blocks else 0
        for number in range(len(self.matched) - 1, max(after, len(self.matched) - 12), -1):
            if self.matched[number].strip() == "导出完成" and _RULE.fullmatch(self.matched[number - 1].strip()):
                return number - 1
        return len(self.matched)

    def take_outside(self, number: int) -> None:
        """A line above the first block or below the last."""
        line = self.matched[number].strip()
        field = _FIELD.fullmatch(line)
        if number in self.account.lines.lost:
            self.account.refuse_line("line-not-decodable", number)
            return
        if field is not None:
            self.declare(field["key"], field["value"].strip())
        elif line and not (line in _TITLES or line[0] == "[" or _RULE.fullmatch(line) or _DONE.fullmatch(line)):
            self.account.refuse_line("chat-line-outside", number)
            return
        self.account.aside += 1

    def declare(self, key: str, value: str) -> None:
        """A line of the heading."""
        if key == "聊天名称" and value:
            self.declared["name"] = value
        elif key == "聊天类型" and value.casefold() in _CHATS:
            self.declared["chat"] = _CHATS[value.casefold()]
        elif key == "消息总数" and value.isascii() and value.isdecimal() and len(value) < 10:
            self.declared["messages"] = int(value)
        elif key == "导出时间":
            self.declared.setdefault("exported", value)

    def sender(self, start: int, time: int) -> str | None:
        """The name above the time, if one stands there."""
        line = self.shown[time - 1].rstrip() if time > start else ""
        return line[:-1] or None if line.endswith((":", "：")) else None

    def take(self, start: int, time: int, end: int, sides: dict[str, Side]) -> None:
        """The message of a block."""
        last = end - 1
        while last > time and not self.matched[last].strip() and last not in self.account.lines.lost:
            last -= 1
        self.account.aside += end - 1 - last
        self.account.refuse_lost(start, last)
        kind, body, files, reply = self.parts(time + 1, last + 1)
        text = "\n".join(body)
        sender = self.sender(start, time)
        recall = recalled_by(plain(text)) is not None
        system = sender in _SYSTEM or kind == "system"
        notice: MessageType = "recall" if recall else "system"
        self.account.records.append(
            Message(
                where=Locator(lines=(start + 1, last + 1)),
                at=self.at(time),
                sender=sender,
                text=text,
                type=notice if recall or system else kind or kind_of(plain(text).split("\n")),
                side="system" if system else sides.get(sender or "", "unknown"),
                attachments=tuple(Attachment(name=name) for name in files),
                recalled=recall,
                reply_to=reply,
            )
        )

    def parts(self, first: int, end: int) -> tuple[MessageType | None, list[str], list[str], str | None]:
        """The type a block states, its wording, the files it names, and what it quotes."""
        kind, reply = None, None
        if first < end and self.matched[first].startswith("类型:"):
            kind = KINDS.get(self.matched[first][3:].strip().casefold())
            first += 1
        while end > first and self.matched[end - 1].startswith(("回复: ", "提及: ")):
            if self.matched[end - 1].startswith("回复: "):
                reply = self.shown[end - 1][4:].partition(" - ")[2] or self.shown[end - 1][4:]
            end -= 1
        files = self.files(first, end)
        end -= len(files) + 1 if files else 0
        body = self.shown[first:end]
        if body and body[0].startswith("内容:"):
            body = [body[0][3:].removeprefix(" "), *body[1:]]
        return kind, body, files, reply

    def files(self, first: int, end: int) -> list[str]:
        """The files at the end of a block: as many as the line above them says."""
        names: list[str] = []
        place = end - 1
        while place > first and (match := _FILE.fullmatch(self.matched[place])):
            names.insert(0, match["name"].strip())
            place -= 1
        head = _FILES.fullmatch(self.matched[place].strip()) if place >= first and names else None
        return names if head and int(head["count"]) == len(names) else []

    def at(self, number: int) -> Moment | None:
        """The moment of a block."""
        match = _TIME.fullmatch(self.matched[number].rstrip())
        if match is None:
            return None
        said, clock = match["said"], match["clock"]
        try:
            at = self.moments.at(said, (int(match[2]), int(match[3]), int(match[4])), clock.zfill(8))
        except ValueError:
            self.account.note_line("chat-time-unreadable", number, said=said)
            return None
        if (at.start or "") < self.last:
            self.account.note_line("chat-time-goes-back", number, said=said)
        self.last = at.start or self.last
        return at


def _signature(text: str) -> bool:
    return _MARK in text[:4096] or _has_block(text)


def _has_block(text: str) -> bool:
    """Whether a name, a time and a content stand in a row."""
    lines = lines_of(plain(text))
    for number in range(1, len(lines) - 1):
        if lines[number][:3] == "时间:" and _TIME.fullmatch(lines[number].rstrip()):
            return lines[number - 1].rstrip().endswith((":", "：")) and lines[number + 1].startswith(("内容:", "类型:"))
    return False


def _sniff(source: Source) -> Score | None:
    text = "\n".join(head_lines(source, _signature))
    if text.lstrip().startswith(_MARK):
        return Score(value=1.0, reason="qqchatexporter-marks")
    return Score(value=0.8, reason="qqchatexporter-shape") if _has_block(text) else None


def _read(source: Source) -> Reading:
    lines = open_lines(source, _signature)
    return closed(TXT, lines) if isinstance(lines, Unread) else _Text(lines, source).reading()


TXT = Reader(id="qqchatexporter-txt", version=1, grade="A", sniff=_sniff, read=_read)
