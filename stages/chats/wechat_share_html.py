"""The share text of WeChat as the mail shows it: a `<p>` a line, dates centred, sender and time in `<strong>`.

The markup becomes the lines of a share text, which one code reads. Where every message has lines of its own in the
file, these are its place; else (the whole mail on one line) it is the range of its bytes.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from typing import TypeVar

import msgspec

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator
from pipeline.model import Balance, Note, Reading, Record, Unread
from stages.chats.common.account import closed
from stages.chats.common.lines import Lines, open_lines
from stages.chats.common.params import params_of
from stages.chats.wechat_share.lines import day_of, title_of
from stages.chats.wechat_share.markup import Line, lines_in
from stages.chats.wechat_share.read import Chat
from stages.lang.encoding import head_of
from stages.lang.text import plain

__all__ = ["READER"]

_BLOCK = re.compile(r"<(?:p|div|br|td|html|body|strong|b)\b", re.IGNORECASE)
_HEADER = re.compile(r"(?P<name>.*\S)\s+(?P<time>(?:[01]?\d|2[0-3]):[0-5]\d)", re.ASCII)
_DATE = re.compile(r"\d{4}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日)", re.ASCII)


def _filled(text: str) -> list[str]:
    return [shown for line in lines_in(text) if (shown := plain(line.text).strip())] if _BLOCK.search(text) else []


def _title_stands(lines: Sequence[str]) -> bool:
    return any(title_of(line) for line in lines[:12])


def _shape_stands(text: str) -> bool:
    """A date separator, and below it a header in bold."""
    lines = [line for line in _as_text(lines_in(text)) if line[0].strip()] if _BLOCK.search(text) else []
    return any(day_of(plain(line)) and bold for (line, _), (_, bold) in pairwise(lines))


def _signature(text: str) -> bool:
    return "聊天记录如下" in text or "—" in text or "&mdash;" in text


def _sniff(source: Source) -> Score | None:
    head = head_of(source.data, signature=_signature)
    if head is None or not _BLOCK.search(head.text) or not _signature(head.text):
        return None
    if _title_stands(_filled(head.text)):
        return Score(value=1.0, reason="chat-title")
    return Score(value=0.7, reason="chat-shape") if _shape_stands(head.text) else None


def _as_text(lines: Sequence[Line]) -> list[tuple[str, bool]]:
    """The lines as a share text has them, and whether each has the form of a header."""
    return [_line(line) for line in lines]


def _line(line: Line) -> tuple[str, bool]:
    """A header has its name and most likely its time in bold, and two spaces between them; a date has dashes."""
    text = plain(line.text).strip()
    if line.bold and (match := _HEADER.fullmatch(text)) and line.bold >= len(match["name"]):
        return f"{match['name']}  {match['time']}", True
    if line.alone and _DATE.fullmatch(text):
        return f"—————  {text}  —————", False
    return line.text, False


def _read(source: Source) -> Reading:
    opened = open_lines(source, _signature)
    if isinstance(opened, Unread):
        return closed(READER, opened)
    lines = lines_in("\n".join(opened.shown))
    made = _as_text(lines)
    shown = [text for text, _ in made]
    text = Lines(shown, list(map(plain, shown)), frozenset(), opened.encoding)
    bold = frozenset(number for number, (_, is_bold) in enumerate(made) if is_bold)
    apart = frozenset(number for number, line in enumerate(lines) if line.alone)
    reading = Chat(text, params_of(source), source.name, bold=bold, apart=apart).read(READER)
    return _Places(source.data, opened, lines).placed(reading)


class _Places:
    """Where the lines of the text stand in the file. All numbers of lines are from 1."""

    def __init__(self, data: bytes, opened: Lines, lines: Sequence[Line]) -> None:
        self._data, self._opened, self._lines = data, opened, lines

    def placed(self, reading: Reading) -> Reading:
        """The reading with its places in the file, and the account of it."""
        places = [self._physical(record.where.lines or (1, 1)) for record in reading.records]
        if all(one[1] < other[0] for one, other in pairwise(places)) or self._opened.encoding == "utf-16":
            return self._by_lines(_moved(reading, lambda where: Locator(lines=self._physical(where))))
        spans = self._spans()
        reading = _moved(reading, lambda where: Locator(span=(spans[where[0] - 1][0], spans[where[1] - 1][1])))
        return self._by_bytes(reading)

    def _physical(self, lines: tuple[int, int]) -> tuple[int, int]:
        """The lines of the file in which a range of the lines of the text stands."""
        return self._lines[lines[0] - 1].first + 1, self._lines[lines[1] - 1].last + 1

    def _by_lines(self, reading: Reading) -> Reading:
        lost = {number + 1 for number in self._opened.lost}
        unread = lost.union(*(_numbers(span.where) for span in reading.unread))
        held = set[int]().union(*(_numbers(record.where) for record in reading.records)) - unread
        total = len(self._opened.shown)
        balance = Balance(unit="lines", total=total, records=len(held), unread=len(unread),
                          skipped=total - len(held) - len(unread))  # fmt: skip
        return msgspec.structs.replace(reading, balance=balance, unread=reading.unread + self._lost())

    def _by_bytes(self, reading: Reading) -> Reading:
        """The account is of the lines that the mail shows, and those of the file that did not decode."""
        lost, balance = self._lost(), reading.balance
        balance = Balance(unit="items", total=balance.total + len(lost), records=balance.records,
                          skipped=balance.skipped, unread=balance.unread + len(lost))  # fmt: skip
        return msgspec.structs.replace(reading, balance=balance, unread=reading.unread + lost)

    def _lost(self) -> tuple[Unread, ...]:
        numbers = sorted(self._opened.lost)
        return tuple(Unread(code="line-not-decodable", where=Locator(lines=(line + 1, line + 1))) for line in numbers)

    def _spans(self) -> list[tuple[int, int]]:
        """The bytes of each line of the text."""
        encoding = self._opened.encoding.removesuffix("-sig")
        mark = len(codecs.BOM_UTF8) if self._data.startswith(codecs.BOM_UTF8) else 0
        starts = [mark, *(match.end() for match in re.finditer(b"\n", self._data))]
        chars = list(accumulate((len(line) + 1 for line in self._opened.shown), initial=0))
        spans: list[tuple[int, int]] = []
        known = (0, 0, 0)
        for line in self._lines:
            bounds = []
            for place in line.span:
                number = min(max(bisect_right(chars, place) - 1, 0), len(self._opened.shown) - 1)
                column = place - chars[number]
                behind = known[1:] if known[0] == number and known[1] <= column else (0, 0)
                size = behind[1] + len(self._opened.shown[number][behind[0] : column].encode(encoding))
                known = (number, column, size)
                bounds.append(starts[number] + size)
            spans.append((bounds[0], max(bounds)))
        return spans


def _numbers(where: Locator | None) -> range:
    return range(where.lines[0], where.lines[1] + 1) if where and where.lines else range(0)


_Placed = TypeVar("_Placed", Record, Note, Unread)


def _moved(reading: Reading, place: Callable[[tuple[int, int]], Locator]) -> Reading:
    """The reading with another place for each that is a range of lines."""

    def move(said: _Placed) -> _Placed:
        where = said.where
        return msgspec.structs.replace(said, where=place(where.lines)) if where and where.lines else said

    return msgspec.structs.replace(
        reading,
        records=tuple(map(move, reading.records)),
        notes=tuple(map(move, reading.notes)),
        unread=tuple(map(move, reading.unread)),
    )


READER = Reader(id="wechat-share-html", version=1, grade="C", sniff=_sniff, read=_read)
