"""QQ's messages as a phone shares them: a date between dashes ("— —  2020-2-21  — —"), then "name  23:50:12 " and the
body. Times are those of the phone, without a zone; names are the exporter's, without ids.
"""

from __future__ import annotations

import re

from pipeline.contract import Reader, Score, Source
from pipeline.locate import lines_of
from pipeline.model import Reading, Unread
from stages.chats.common.account import closed
from stages.chats.common.dates import Parts
from stages.chats.common.lines import head_lines, open_lines
from stages.chats.common.qq_copied import Copied, Head
from stages.lang.text import plain

__all__ = ["READER"]

_DASHES = "[—–―-]+ +[—–―-]+"
_DAY = re.compile(
    rf"{_DASHES}\s+(?P<year>\d{{4}})(?:[-/.]|年)(?P<month>\d{{1,2}})(?:[-/.]|月)(?P<day>\d{{1,2}})日?\s+{_DASHES}"
)
_HEADER = re.compile(r"(?P<who>\S|\S.{0,80}?\S) {2,}(?P<clock>\d{1,2}:\d\d:\d\d) ?", re.ASCII)


def _day_of(line: str) -> Parts | None:
    match = _DAY.fullmatch(line.strip()) if line[:1] in " —–―-" else None
    return (match["year"], match["month"], match["day"]) if match else None


def _head_of(line: str) -> Head | None:
    match = _HEADER.fullmatch(line) if ":" in line[-4:] else None
    return Head(match["who"], None, match["clock"], None, match["clock"], "") if match else None


def _signature(text: str) -> bool:
    """Whether a date between dashes stands there, and below it a header."""
    dated = False
    for line in lines_of(plain(text)):
        if dated and _head_of(line):
            return True
        dated = dated or _day_of(line) is not None
    return False


def _sniff(source: Source) -> Score | None:
    found = _signature("\n".join(head_lines(source, _signature)))
    return Score(value=1.0, reason="qq-share-day") if found else None


def _read(source: Source) -> Reading:
    lines = open_lines(source, _signature)
    if isinstance(lines, Unread):
        return closed(READER, lines)
    return Copied(lines, source, _head_of, _day_of).reading(READER)


READER = Reader(id="qq-share", version=1, grade="A", sniff=_sniff, read=_read)
