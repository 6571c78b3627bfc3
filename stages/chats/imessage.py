"""imessage-exporter's text: a line of time, one of the sender ("Me" is oneself), the text, and a blank line."""

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

_TIME = re.compile(
    r"(?P<indent> *)(?P<said>[A-Z][a-z]{2} \d{2}, \d{4} {1,2}\d{1,2}:\d\d:\d\d [AP]M)(?P<rest>.*)", re.ASCII | re.DOTALL
)
_TIME_AT_START = re.compile(r"\s*[A-Z][a-z]{2} \d{2}, \d{4} {1,2}\d{1,2}:\d\d:\d\d [AP]M", re.ASCII)
_STATE = re.compile(r"\((?:Read|Delivered) .{1,80}\)")
_EDITED = re.compile(r"Edited .{1,40} later: .*", re.DOTALL)
_UNSENT = re.compile(r".{1,80} unsent (?:a|this) message(?: part)?.{0,60}[!.]?")
_PATH = re.compile(r"(?:/|~/|[A-Za-z]:\\|attachments/|\./|\.\./).{0,300}/?[^/\\\n]{1,150}\.[A-Za-z0-9]{2,5}")
_TAPBACKS = "Tapbacks:"
_REPLY = "This message responded to an earlier message."


class _Head(NamedTuple):
    """A line of time: `rest` is what the app says on it itself, empty for a message; `indent` that of an answer."""

    said: str
    rest: str
    indent: int


def _head_of(line: str) -> _Head | None:
    match = _TIME.fullmatch(line) if "M" in line[:60] and ", " in line[:40] else None
    if match is None:
        return None
    rest = match["rest"].strip()
    return _Head(match["said"], "" if _STATE.fullmatch(rest) else rest, len(match["indent"]))


def _signature(text: str) -> bool:
    return _TIME_AT_START.match(text) is not None


def _sniff(source: Source) -> Score | None:
    lines = head_lines(source, _signature)[:40]
    first = next((number for number, line in enumerate(lines) if line.strip()), None)
    if first is None or _head_of(lines[first]) is None or first + 1 >= len(lines):
        return None
    heads = [number for number, line in enumerate(lines) if _head_of(line)]
    apart = 2 * sum(number == first or not lines[number - 1].strip() for number in heads) > len(heads)
    return Score(value=0.9, reason="chat-imessage-shape") if apart else None


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
        self.heads = self._heads()
        self.times = Chronicle(self, source, (head.said for head in self.heads.values()))
        senders = {self._sender(number) for number, head in self.heads.items() if not head.rest}
        self.private = len(senders - {"Me"}) == 1
        self.reacted = 0

    def _heads(self) -> dict[int, _Head]:
        """Lines of time that stand below a blank line, or are indented as answers are; others were pasted."""
        found: dict[int, _Head] = {}
        for number, line in enumerate(self.lines.matched):
            head = _head_of(line)
            if head is None:
                continue
            if number == 0 or not self.lines.matched[number - 1].strip() or head.indent:
                found[number] = head
            else:
                self.note_line("chat-lookalike", number, said=line.strip()[:40])
        return found

    def _sender(self, number: int) -> str:
        below = self.lines.matched[number + 1 : number + 2]
        return below[0].strip() if below else ""

    def take(self) -> None:
        """Take every line once."""
        self.take_each(list(self.heads), self._message)
        if self.reacted:
            self.note("chat-reactions-left", count=self.reacted)

    def _message(self, first: int, end: int) -> None:
        head = self.heads[first]
        at = self.times.at(head.said, Locator(lines=(first + 1, first + 1)))
        last = self.filled_end(first + 1, end)
        if head.rest:
            kind: MessageType = "recall" if _UNSENT.fullmatch(head.rest) else "system"
            self.add(first, last, [head.rest, *self.lines.shown[first + 1 : last]], at=at, sender=None, kind=kind)
            return
        sender = self._sender(first) if last > first + 1 else ""
        body, edited, answer = self._body(first + 2, last, head.indent)
        files = [line.strip() for line in body if _PATH.fullmatch(line.strip()[:470])]
        recalled = len(body) == 1 and _UNSENT.fullmatch(body[0].strip()) is not None
        alone = files and len(files) == sum(bool(line.strip()) for line in body)
        self.add(
            first, last, body,
            at=at,
            sender=sender or None,
            side=side_of((sender,), self.people, own=sender == "Me", private=self.private),
            kind="recall" if recalled else kind_of_name(files[0]) if alone else None,
            attachments=[Attachment(name=name) for name in files],
            edited=edited,
            reply_to=answer,
        )  # fmt: skip

    def _body(self, first: int, end: int, indent: int) -> tuple[list[str], bool, str | None]:
        """The text without its indent and what the app says below it: tapbacks are counted, not listed."""
        body: list[str] = []
        edited, answer = False, None
        tapbacks = False
        for number in range(first, end):
            shown = self.lines.shown[number]
            line = shown[indent:] if not shown[:indent].strip() else shown
            plain = line.strip()
            if plain == _TAPBACKS:
                tapbacks = True
                self.reacted += 1
            elif tapbacks and line.startswith("    "):
                continue
            elif plain == _REPLY:
                answer = plain
            else:
                edited = edited or _EDITED.fullmatch(plain) is not None
                tapbacks = False
                body.append(line)
        while body and not body[-1].strip():
            body.pop()
        return body, edited, answer


READER = Reader(id="imessage-txt", version=1, grade="B", sniff=_sniff, read=_read)
