"""Messages copied from Telegram: `Name, [02.03.2026 14:03]` on a line of its own, then the text.

The clock and the order of the date are those of the computer; there is no zone, no id and nothing of files but a word
in brackets. A name may hold commas: the stamp is the last bracket of the line.
"""

from __future__ import annotations

import re

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator, lines_of
from pipeline.model import Reading, Unread
from stages.chats.common.account import closed
from stages.chats.common.chronicle import Chronicle
from stages.chats.common.lines import head_lines, open_lines
from stages.chats.common.params import params_of
from stages.chats.common.sides import sides_of
from stages.chats.common.talk import Talk
from stages.chats.common.written import stamp_of
from stages.lang.text import plain

__all__ = ["READER"]

_HEADER = re.compile(
    r"(?P<name>\S.{0,200}?),? ?\[(?P<said>\d{1,4}(?P<sep>[./-])\d{1,2}(?P=sep)\d{1,4},? "
    r"(?:[^\d\[\]]{0,8} ?)?\d{1,2}:\d\d(?::\d\d)?(?: ?[^\d\[\]]{1,8})?)\]",
)
_COMMA = re.compile(r", ?\[")
_FORWARDED = re.compile(r"\[?(?:Forwarded from|转发自|轉寄自|Переслано от)\b[^\n]{1,200}")
_FIRST_WITHIN = 3


def _header(line: str) -> re.Match[str] | None:
    """The header that a line is: one with a comma before the stamp, and a time in it."""
    if not line.endswith("]") or "[" not in line:
        return None
    match = _HEADER.fullmatch(line)
    return match if match and _COMMA.search(line) and stamp_of(match["said"]) else None


def _is_copied(text: str) -> bool:
    lines = [line for line in lines_of(plain(text)) if line.strip()]
    return any(_header(line.rstrip()) for line in lines[:_FIRST_WITHIN])


def _sniff(source: Source) -> Score | None:
    copied = _is_copied("\n".join(head_lines(source, _is_copied)[:50]))
    return Score(value=0.9, reason="telegram-paste") if copied else None


def _read(source: Source) -> Reading:
    lines = open_lines(source, _is_copied)
    if isinstance(lines, Unread):
        return closed(READER, lines)
    heads = {number: match for number, line in enumerate(lines.matched) if (match := _header(line.rstrip()))}
    talk = Talk(lines)
    times = Chronicle(talk, source, (match["said"] for match in heads.values()))
    names = [match["name"].strip() for match in heads.values()]
    sides = sides_of(names, None, params_of(source).people)
    starts = [*heads, len(lines.shown)]
    for number in range(starts[0]):
        talk.pass_line(number)
    forwarded = 0
    for (first, match), name, end in zip(heads.items(), names, starts[1:], strict=True):
        last = talk.filled_end(first + 1, end)
        body = lines.shown[first + 1 : last]
        forwarded += bool(body) and _FORWARDED.fullmatch(plain(body[0])) is not None
        at = times.at(match["said"], Locator(lines=(first + 1, last)))
        talk.add(first, last, body, at=at, sender=name, side=sides[name])
    if forwarded:
        talk.note("telegram-forwarded", count=forwarded)
    return talk.reading(READER, encoding=lines.encoding)


READER = Reader(id="telegram-paste", version=1, grade="B", sniff=_sniff, read=_read)
