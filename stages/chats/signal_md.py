"""signal-export's Markdown: "[2019-12-24, 12:23] Name: text", quotations below ">", attachments as links."""

from __future__ import annotations

import re
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
from stages.chats.discord_json import kind_of_name

__all__ = ["READER"]

_HEAD = re.compile(
    r"\[(?P<said>\d{4}-\d\d-\d\d,? \d\d:\d\d(?::\d\d)?)\] (?P<name>[^:\n]{1,80}):(?: (?P<text>.*))?",
    re.DOTALL | re.ASCII,
)
_HEAD_AT_START = re.compile(r"\s*\[\d{4}-\d\d-\d\d,? \d\d:\d\d", re.ASCII)
_LINK = re.compile(r"!?\[(?P<label>[^\[\]]{0,200})\]\((?P<path>(?:\./)?media/[^()\n]{1,300})\)")
_REACTIONS = re.compile(r" ?\(- .{1,400} -\) *")
_ONLY_HERE = re.compile(r"\]\((?:\./)?media/|^>|\(- .{1,80}: .{1,12} -\)", re.MULTILINE)


class _Head(NamedTuple):
    said: str
    name: str
    text: str


def _head_of(line: str) -> _Head | None:
    match = _HEAD.fullmatch(line) if line[:3] in ("[19", "[20") else None
    return _Head(match["said"], match["name"].strip(), (match["text"] or "")) if match else None


def _signature(text: str) -> bool:
    return _HEAD_AT_START.match(text) is not None


def _sniff(source: Source) -> Score | None:
    """The form of the head is shared with others: the name of the file, or what only this tool writes, decides."""
    lines = [line for line in head_lines(source, _signature)[:400] if line.strip()]
    heads = [head for line in lines[:60] if (head := _head_of(line))]
    if not heads or _head_of(lines[0]) is None:
        return None
    if source.name.lower().endswith(".md"):
        return Score(value=0.95, reason="chat-signal-shape")
    own = any(head.name == "Me" for head in heads) and _ONLY_HERE.search("\n".join(lines)) is not None
    return Score(value=0.9, reason="chat-signal-shape") if own else None


def _read(source: Source) -> Reading:
    lines = open_lines(source, _signature)
    if isinstance(lines, Unread):
        return closed(READER, lines)
    chat = _Chat(lines, source)
    chat.take()
    return chat.reading(READER, encoding=lines.encoding)


class _Chat(Talk):
    """One chat."""

    def __init__(self, lines: Lines, source: Source) -> None:
        super().__init__(lines)
        self.people = params_of(source).people
        self.heads = {number: head for number, line in enumerate(lines.matched) if (head := _head_of(line))}
        self.times = Chronicle(self, source, (head.said for head in self.heads.values()))
        self.private = len({head.name for head in self.heads.values()} - {"Me"}) == 1
        self.reacted = 0

    def take(self) -> None:
        """Take every line once."""
        self.take_each(list(self.heads), self._message)
        if self.reacted:
            self.note("chat-reactions-left", count=self.reacted)

    def _message(self, first: int, end: int) -> None:
        head = self.heads[first]
        last = self.filled_end(first + 1, end)
        quoted: list[str] = []
        body: list[str] = []
        for line in [head.text, *self.lines.shown[first + 1 : last]]:
            self.reacted += bool(_REACTIONS.fullmatch(line[-420:]))
            if line.startswith(">"):
                quoted.append(line[1:].strip())
            elif not _REACTIONS.fullmatch(line[:420]):
                body.append(line.rstrip(" "))
        while body and not body[-1]:
            body.pop()
        while len(body) > 1 and not body[0]:
            body.pop(0)
        links = [match["path"] for line in body for match in _LINK.finditer(line)]
        bare = not any(_LINK.sub("", line).strip() for line in body)
        kind: MessageType | None = kind_of_name(links[0]) if links and bare else None
        self.add(
            first, last, body,
            at=self.times.at(head.said, Locator(lines=(first + 1, first + 1))),
            sender=head.name,
            side=side_of((head.name,), self.people, own=head.name == "Me", private=self.private),
            kind=kind,
            attachments=[Attachment(name=name) for name in links],
            reply_to="\n".join(line for line in quoted if line) or None,
        )  # fmt: skip


READER = Reader(id="signal-md", version=1, grade="B", sniff=_sniff, read=_read)
