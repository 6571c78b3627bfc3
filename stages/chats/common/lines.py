"""A text opened as lines: as they stand, as they are matched, and which of them did not decode."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from pipeline.contract import Source
from pipeline.locate import WHOLE, lines_of
from pipeline.model import Unread
from stages.lang.encoding import Refused, decode, decode_lines, head_of
from stages.lang.text import has_marks, plain

__all__ = ["Lines", "head_lines", "numbers_of", "numbers_with", "open_lines"]

Signature = Callable[[str], bool]


class Lines(NamedTuple):
    """`shown` are the lines as they stand and as they are quoted; `matched` the same without invisible marks and with
    plain blanks, for matching only. `lost` are the numbers, from 0, of lines that did not decode: empty in both.
    """

    shown: list[str]
    matched: list[str]
    lost: frozenset[int]
    encoding: str


def head_lines(source: Source, signature: Signature) -> list[str]:
    """The lines of the first 64 KiB, without invisible marks: what a format is recognised by. Empty if no text.

    `signature` says whether a text shows what its format is known by: only then may it be GB18030. The last line may
    be cut.
    """
    head = head_of(source.data, signature=signature)
    return lines_of(plain(head.text)) if head else []


def open_lines(source: Source, signature: Signature) -> Lines | Unread:
    """All lines of a file; of a damaged one those that decode. `Unread` where none can be told from another."""
    decoded = decode(source.data, signature=signature)
    if not isinstance(decoded, Refused):
        lines: list[str | None] = [*lines_of(decoded.text)]
        return _lines(lines, decoded.encoding, marked=has_marks(decoded.text))
    head = head_of(source.data, signature=signature)
    encoding = head.encoding if head else decoded.tried[-1] if decoded.tried else "utf-8"
    if encoding == "utf-16":
        return Unread(code="text-not-decodable", values={"offset": decoded.offset}, where=WHOLE)
    return _lines(decode_lines(source.data, encoding), encoding, marked=True)


def numbers_of(lines: list[str], shape: re.Pattern[str]) -> list[int]:
    """The numbers, from 0, of the lines in which a shape is found: all at once, for most lines hold nothing.

    The shape is searched in the whole text (`re.MULTILINE`) and must not match a line feed.
    """
    text = "\n".join(lines)
    numbers: list[int] = []
    number = place = 0
    for match in shape.finditer(text):
        number += text.count("\n", place, match.start())
        place = match.start()
        if not numbers or numbers[-1] != number:
            numbers.append(number)
    return numbers


def numbers_with(lines: list[str], words: Iterable[str]) -> set[int]:
    """The numbers, from 0, of the lines that hold one of these words, none of which has a line feed.

    Each word is looked for in the whole text, which is many times faster than a look at each line.
    """
    text = "\n".join(lines)
    return {number for word in words for number in _numbers_with(text, word)}


def _numbers_with(text: str, word: str) -> Iterator[int]:
    number = place = 0
    at = text.find(word)
    while at >= 0:
        number += text.count("\n", place, at)
        yield number
        end = text.find("\n", at)
        if end < 0:
            return
        number, place = number + 1, end + 1
        at = text.find(word, place)


def _lines(lines: list[str | None], encoding: str, *, marked: bool) -> Lines:
    lost = frozenset(number for number, line in enumerate(lines) if line is None)
    shown = [line or "" for line in lines]
    return Lines(shown, list(map(plain, shown)) if marked else shown, lost, encoding)
