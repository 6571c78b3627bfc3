"""Messages copied from PC QQ: "【title】name 2026/3/2 21:43:23", in the order and clock of Windows, and the body.

Of messages of the same day the date may be missing altogether. What the app says itself has no time at all.
"""

from __future__ import annotations

import re

from pipeline.contract import Reader, Score, Source
from pipeline.locate import lines_of
from pipeline.model import Reading, Unread
from stages.chats.common.account import closed
from stages.chats.common.lines import head_lines, open_lines
from stages.chats.common.qq import CLOCK, is_notice, recalled_by
from stages.chats.common.qq_copied import Copied, Head
from stages.lang.text import plain

__all__ = ["READER"]

_DATE = r"(?P<a>\d{1,4})(?P<part>[-/.])(?P<b>\d{1,2})(?P=part)(?P<c>\d{4}|\d{1,2})"
_HEADER = re.compile(rf"(?P<who>\S.{{0,80}}?) (?P<said>(?:{_DATE} )?{CLOCK})", re.ASCII)
_OTHERS = re.compile(r"\d[-/.年月]\d{1,2}日?$|\([\w@.-]+\)(?: \[.*\)\])?$", re.ASCII)
"""How the name before a time ends in other programs' texts: with a date of their own, or with an id."""


def _head_of(line: str) -> Head | None:
    if len(line) > 140 or line.count(":") < 2:
        return None
    match = _HEADER.fullmatch(line.rstrip())
    if match is None or match["who"].endswith((" ", ":", "：", ",", "[")) or _is_foreign(line):
        return None
    day = (match["a"], match["b"], match["c"]) if match["a"] else None
    order = "" if day is None else f"{match['part']}{'y' if len(day[0]) == 4 else 'd'}"
    mark = match["before"] or match["after"]
    side = "<" if match["before"] else ">" if mark else ""
    return Head(match["who"], day, match["clock"], mark, match["said"], order + side)


def _is_foreign(line: str) -> bool:
    """Whether another program's name stands before a time without a date."""
    match = _HEADER.fullmatch(line.rstrip()) if line.count(":") >= 2 and len(line) <= 140 else None
    return match is not None and match["a"] is None and _OTHERS.search(match["who"]) is not None


def _signature(text: str) -> bool:
    return _score(text) is not None


def _score(text: str) -> Score | None:
    """Told by what only QQ has: a title before the name, the app's own lines, seconds beside a date with slashes.

    A text whose dates have hyphens, and nothing else of QQ, may be any program's.
    """
    lines = lines_of(plain(text))
    heads = [head for line in lines if (head := _head_of(line))]
    if not heads or not _begins(lines):
        return None
    if sum(head.who[0] == "【" and "】" in head.who for head in heads) * 2 > len(heads):
        return Score(value=0.9, reason="qq-paste-titles")
    slashed = sum(head.shape[:1] == "/" for head in heads)
    if slashed * 2 > len(heads):
        return Score(value=0.8, reason="qq-paste-seconds")
    said = any(recalled_by(line) is not None or is_notice(line) for line in lines)
    undated = sum(head.day is None for head in heads)
    if undated * 2 > len(heads) and (len(heads) >= 2 or said) and not any(map(_is_foreign, lines)):
        return Score(value=0.7 if said else 0.6, reason="qq-paste-undated")
    return None


def _begins(lines: list[str]) -> bool:
    """Whether the first line that is not blank, nor the app's own, is a header: a copied text begins with one."""
    first = next((line for line in lines if line.strip() and recalled_by(line) is None and not is_notice(line)), "")
    return _head_of(first) is not None


def _sniff(source: Source) -> Score | None:
    return _score("\n".join(head_lines(source, _signature)))


def _read(source: Source) -> Reading:
    lines = open_lines(source, _signature)
    if isinstance(lines, Unread):
        return closed(READER, lines)
    return Copied(lines, source, _head_of, titles=True).reading(READER)


READER = Reader(id="qq-paste", version=1, grade="A", sniff=_sniff, read=_read)
