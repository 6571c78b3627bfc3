"""DiscordChatExporter's plain text: a banner, then "[date] name" above each message, and what is attached below it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator
from pipeline.model import Attachment, MessageType, Reading, Unread
from stages.chats.common.account import closed
from stages.chats.common.chronicle import Chronicle
from stages.chats.common.lines import Lines, head_lines, open_lines
from stages.chats.common.params import params_of
from stages.chats.common.sides import side_of
from stages.chats.common.talk import Talk
from stages.chats.common.written import stamp_of
from stages.chats.discord_json import kind_of_name

__all__ = ["READER"]

_BORDER = re.compile(r"={20,}")
_FACT = re.compile(r"(?P<key>Guild|Channel|Topic|After|Before): (?P<value>.+)")
_COUNT = re.compile(r"Exported (?P<count>[\d,.\u00a0 ]{1,15}) message\(s\)", re.ASCII)
_HEAD = re.compile(r"\[(?P<said>[^\[\]]{6,40})\] (?P<name>\S.{0,80}?)(?P<pinned> \(pinned\))?")
_PART = re.compile(r"\{(?P<what>Attachments|Embed|Stickers|Reactions)\}")


class _Head(NamedTuple):
    said: str
    name: str


def _signature(text: str) -> bool:
    return "\nGuild: " in text[:300].replace("\r", "") and "\nChannel: " in text[:600].replace("\r", "")


def _sniff(source: Source) -> Score | None:
    lines = head_lines(source, _signature)[:8]
    facts = {match["key"] for line in lines if (match := _FACT.fullmatch(line.strip()))}
    known = facts >= {"Guild", "Channel"} and any(_BORDER.fullmatch(line) for line in lines[:2])
    return Score(value=0.95, reason="chat-discord-banner") if known else None


def _read(source: Source) -> Reading:
    lines = open_lines(source, _signature)
    if isinstance(lines, Unread):
        return closed(READER, lines)
    chat = _Chat(lines, source)
    chat.walk()
    return chat.reading(READER, declared=chat.declared, encoding=lines.encoding)


class _Chat(Talk):
    """One export."""

    def __init__(self, lines: Lines, source: Source) -> None:
        super().__init__(lines)
        self.people = params_of(source).people
        self.declared: dict[str, str | int] = {}
        self.heads = self._heads()
        self.trailer = self._trailer()
        self.stamps = Chronicle(self, source, (head.said for head in self.heads.values()))
        self.reacted = 0

    def _heads(self) -> dict[int, _Head]:
        """The lines of that form that follow a blank line or a border: a quotation's stand in the middle."""
        found: dict[int, _Head] = {}
        for number, line in enumerate(self.lines.matched):
            match = _HEAD.fullmatch(line) if line[:1] == "[" else None
            if match and stamp_of(match["said"]):
                before = self.lines.matched[number - 1].strip() if number else ""
                if not before or _BORDER.fullmatch(before):
                    found[number] = _Head(match["said"], match["name"])
                else:
                    self.note_line("chat-lookalike", number, said=line[:40])
        return found

    def _trailer(self) -> int:
        """Where the closing banner begins: the last line that counts the messages, and the border above it."""
        for number in range(len(self.lines.matched) - 1, max(len(self.lines.matched) - 6, -1), -1):
            match = _COUNT.fullmatch(self.lines.matched[number].strip())
            if match:
                self.declared["messages"] = int(re.sub(r"\D", "", match["count"]) or 0)
                above = number - 1
                return above if above >= 0 and _BORDER.fullmatch(self.lines.matched[above].strip()) else number
        return len(self.lines.matched)

    def walk(self) -> None:
        """Every line once."""
        starts = [number for number in self.heads if number < self.trailer]
        for number in range(starts[0] if starts else self.trailer):
            self._banner(number)
        for first, end in pairwise([*starts, self.trailer]):
            self._message(first, end, self.heads[first])
        self.aside += len(self.lines.shown) - self.trailer
        if self.reacted:
            self.note("chat-reactions-left", count=self.reacted)
        stated = self.declared.get("messages")
        if stated is not None and stated != len(self.records):
            self.note("chat-count-differs", declared=stated, found=len(self.records))

    def _banner(self, number: int) -> None:
        line = self.lines.matched[number].strip()
        match = _FACT.fullmatch(line)
        if match:
            key = {"Guild": "server", "Channel": "name"}.get(match["key"], match["key"].lower())
            self.declared[key] = match["value"]
            if match["key"] == "Guild":
                self.declared["chat"] = "private" if match["value"] == "Direct Messages" else "group"
        if match or _BORDER.fullmatch(line):
            self.aside += 1
        else:
            self.pass_line(number)

    def _message(self, first: int, end: int, head: _Head) -> None:
        last = self.filled_end(first + 1, end)
        body, parts = self._parts(first + 1, last)
        files = [line.strip() for line in parts.get("Attachments", ()) if line.strip()]
        self.reacted += "Reactions" in parts
        cards = [line for line in parts.get("Embed", ()) if line.strip()]
        names = [line.strip() for line in parts.get("Stickers", ()) if line.strip()]
        kind: MessageType | None = kind_of_name(files[0]) if files else "sticker" if names and not body else None
        private = self.declared.get("chat") == "private" if "chat" in self.declared else None
        self.add(
            first, last, body or cards or names,
            at=self.stamps.at(head.said, Locator(lines=(first + 1, first + 1))),
            sender=head.name,
            side=side_of((head.name, head.name.partition("#")[0]), self.people, own=None, private=private),
            kind=kind,
            attachments=[Attachment(name=name) for name in files],
        )  # fmt: skip

    def _parts(self, first: int, end: int) -> tuple[list[str], dict[str, list[str]]]:
        """The text of a message without the blank lines at its ends, and the blocks below it by their names."""
        parts: dict[str, list[str]] = {}
        body: list[str] = []
        lines = body
        for number in range(first, end):
            match = _PART.fullmatch(self.lines.matched[number].strip())
            if match:
                lines = parts.setdefault(match["what"], [])
            else:
                lines.append(self.lines.shown[number])
        while body and not body[-1].strip():
            body.pop()
        filled = next((number for number, line in enumerate(body) if line.strip()), 0)
        return body[filled:], parts


READER = Reader(id="discord-txt", version=1, grade="A", sniff=_sniff, read=_read)
