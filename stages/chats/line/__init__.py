"""LINE's text export, of phones and of the PC ("[LINE] 與X的聊天記錄").

Days stand in lines of their own, rows state hours and minutes of the exporting device. On phones tabs part time, name
and text, and a message of several lines stands in quotes; on the PC blanks part them, and names hold blanks too.
"""

from __future__ import annotations

from pipeline.contract import Reader, Score, Source
from pipeline.model import Reading, Unread
from stages.chats.common.account import closed
from stages.chats.common.lines import head_lines, open_lines
from stages.chats.line.read import Chat
from stages.chats.line.rows import day_line, row_of, title_of
from stages.lang.text import plain

__all__ = ["READER"]

_HEAD = 200
"""A day and a row stand within that many lines of a file that has lost its title."""


def _signature(text: str) -> bool:
    return (
        "[LINE]" in text[:200] or _reason([line.rstrip("\r") for line in plain(text[:20_000]).split("\n")]) is not None
    )


def _reason(lines: list[str]) -> Score | None:
    for line in lines[:5]:
        if title_of(line) is not None:
            return Score(value=1.0, reason="chat-line-title")
    head = lines[:_HEAD]
    days = {number for number, line in enumerate(head) if day_line(line)}
    rows = (row_of(head[number + 1]) for number in days if number + 1 < len(head))
    if any(row is not None and row.tabbed for row in rows):
        return Score(value=0.8, reason="chat-line-shape")
    return None


def _sniff(source: Source) -> Score | None:
    return _reason(head_lines(source, _signature))


def _read(source: Source) -> Reading:
    lines = open_lines(source, _signature)
    if isinstance(lines, Unread):
        return closed(READER, lines)
    chat = Chat(lines, source)
    chat.walk()
    return chat.reading(READER, declared=chat.declared(), encoding=lines.encoding)


READER = Reader(id="line-txt", version=1, grade="A", sniff=_sniff, read=_read)
