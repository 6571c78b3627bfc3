"""Breaking text into lines by the rules of Chinese typesetting (避头尾).

No line begins with a closing mark or ends with an opening one, none is wider than its column, and Latin words and
numbers stay whole when they fit into a line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from stages.assemble.style import Style

__all__ = ["NO_END", "NO_START", "Piece", "Span", "TextLine", "break_lines", "can_break"]

NO_START = frozenset(
    "!%),.:;?]}¢°·’”†‡›℃∶、。〃〉》」』】〕〗〞︰﹐﹑﹒﹔﹕﹖﹗！＂％＇），．：；？］｀｜｝～…—–‐々ー＞"
)
"""Marks that no line begins with."""

NO_END = frozenset("$(£¥[{‘“〈《「『【〔〖〝﹙﹛﹝（［｛￡￥＄＃＠＜")
"""Marks that no line ends with."""

_PAIRS = frozenset({("—", "—"), ("…", "…")})
_IN_WORDS = frozenset("-_./#&+@'%:*~=\\")
_UNITS = frozenset("页处项条")  # they stay with their number
_CJK = 0x2E80
_SLACK = 1e-6


class Span(NamedTuple):
    """Text in one style, leading to a destination or not."""

    text: str
    style: Style
    link: str | None = None


class Piece(NamedTuple):
    """Part of a line in one style: from `x` (relative to the line's start), `width` wide."""

    x: float
    width: float
    text: str
    style: Style
    link: str | None


class TextLine(NamedTuple):
    """One line and its width."""

    pieces: tuple[Piece, ...]
    width: float

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(piece.text for piece in self.pieces)


class _Atom(NamedTuple):
    char: str
    width: float
    span: int


Measure = Callable[[str, Style], Sequence[float]]
"""The advance of each character of a text without line feeds in a style."""


def can_break(left: str, right: str) -> bool:
    """Whether a line may end after `left` and the next begin with `right`."""
    if right in NO_START or left in NO_END or (left, right) in _PAIRS:
        return False
    if right == " ":
        return False
    if left == " ":
        return right not in _UNITS
    return not (unicodedata.combining(right) or (_in_word(left) and _in_word(right)))


def break_lines(spans: Sequence[Span], width: float, measure: Measure) -> tuple[TextLine, ...]:
    """The lines of a text that flows into a column; a line feed ends a line. At least one line comes out."""
    atoms = [atom for at, span in enumerate(spans) for atom in _atoms(span, at, measure)]
    lines = []
    start = 0
    while start < len(atoms):
        end = _end_of_line(atoms, start, width)
        lines.append(_line(_without_end(atoms[start:end]), spans))
        start = _next_start(atoms, end)
    return tuple(lines) or (TextLine((), 0.0),)


def _atoms(span: Span, number: int, measure: Measure) -> Iterator[_Atom]:
    for at, part in enumerate(span.text.split("\n")):
        if at:
            yield _Atom("\n", 0.0, number)
        for char, width in zip(part, measure(part, span.style), strict=True):
            yield _Atom(char, width, number)


def _end_of_line(atoms: Sequence[_Atom], start: int, width: float) -> int:
    filled, at = 0.0, start
    while at < len(atoms) and atoms[at].char != "\n":
        filled += atoms[at].width
        if filled > width + _SLACK and at > start and atoms[at].char != " ":
            return _last_break(atoms, start, at)
        at += 1
    return at


def _last_break(atoms: Sequence[_Atom], start: int, full: int) -> int:
    """The last allowed break before `full`; within a run that is longer than a line, the last that is not ugly."""
    for at in range(full, start, -1):
        if can_break(atoms[at - 1].char, atoms[at].char) and _before_blanks(atoms, start, at) not in NO_END:
            return at
    for at in range(full, start, -1):
        if _after_blanks(atoms, at) not in NO_START and atoms[at - 1].char not in NO_END:
            return at
    return full


def _before_blanks(atoms: Sequence[_Atom], start: int, at: int) -> str:
    """The character that a line which is cut at `at` really ends with."""
    while at > start and atoms[at - 1].char == " ":
        at -= 1
    return atoms[at - 1].char if at > start else ""


def _after_blanks(atoms: Sequence[_Atom], at: int) -> str:
    """The character that the line after a cut at `at` really begins with."""
    while at < len(atoms) and atoms[at].char == " ":
        at += 1
    return atoms[at].char if at < len(atoms) else ""


def _next_start(atoms: Sequence[_Atom], end: int) -> int:
    if end < len(atoms) and atoms[end].char == "\n":
        return end + 1
    while end < len(atoms) and atoms[end].char == " ":
        end += 1
    return end


def _without_end(atoms: Sequence[_Atom]) -> Sequence[_Atom]:
    end = len(atoms)
    while end and atoms[end - 1].char == " ":
        end -= 1
    return atoms[:end]


def _line(atoms: Sequence[_Atom], spans: Sequence[Span]) -> TextLine:
    pieces: list[Piece] = []
    x = first = 0
    left = filled = 0.0
    while x < len(atoms):
        filled += atoms[x].width
        if x + 1 == len(atoms) or atoms[x + 1].span != atoms[x].span:
            span = spans[atoms[x].span]
            text = "".join(atom.char for atom in atoms[first : x + 1])
            pieces.append(Piece(left, filled - left, text, span.style, span.link))
            first, left = x + 1, filled
        x += 1
    return TextLine(tuple(pieces), filled)


def _in_word(char: str) -> bool:
    return ord(char) < _CJK and (char.isalnum() or char in _IN_WORDS)
