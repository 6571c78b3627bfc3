"""Where a span of a line's text stands in the picture."""

from __future__ import annotations

from pipeline.model import Line, Word
from stages.lang.match import Span

__all__ = ["span_box"]

_WIDE = 0x2E80
_WORD_SLACK, _LINE_SLACK = 0.35, 0.25
"""By how much a word, and a whole line, may be wider or narrower than its characters ask for."""
_ROOM = 0.2
"""Of the height: a share is an estimate, and its edge should not run through a character."""


def span_box(line: Line, span: Span) -> tuple[float, float, float, float]:
    """The part of a line's box that a span takes, as high as the line.

    By the words under it where their boxes are as wide as their characters ask for; else by the span's share of the
    line where the line is evenly set; else the whole line, which is never wrong.
    """
    height = line.box[3] - line.box[1]
    words = _words_under(line, span)
    if words and all(_is_even(word.text, word.box[2] - word.box[0], height, _WORD_SLACK) for word in words):
        return (min(word.box[0] for word in words), line.box[1], max(word.box[2] for word in words), line.box[3])
    width = line.box[2] - line.box[0]
    if not _is_even(line.text, width, height, _LINE_SLACK):
        return line.box
    total = _ems(line.text)
    left = line.box[0] + width * _ems(line.text[: span.start]) / total - _ROOM * height
    right = line.box[0] + width * _ems(line.text[: span.end]) / total + _ROOM * height
    return (max(left, line.box[0]), line.box[1], min(right, line.box[2]), line.box[3])


def _ems(text: str) -> float:
    """The width of text in ems: Chinese characters are square, the others about half as wide."""
    return sum(1.0 if ord(char) >= _WIDE else 0.55 for char in text)


def _is_even(text: str, width: float, height: float, slack: float) -> bool:
    wanted = _ems(text) * height
    return wanted > 0 and abs(width - wanted) <= slack * wanted


def _words_under(line: Line, span: Span) -> list[Word]:
    """The words that a span touches, none where words and text disagree."""
    ends = _word_ends(line) or []
    starts = [0, *(end for _, end in ends)]
    return [word for (word, end), begin in zip(ends, starts, strict=False) if begin < span.end and end > span.start]


def _word_ends(line: Line) -> list[tuple[Word, int]] | None:
    """Each word with the place in the line's text where it ends, or None where they cannot be laid over it."""
    at = 0
    ends: list[tuple[Word, int]] = []
    for word in line.words:
        begin = line.text.find(word.text, at)
        if begin < 0 or line.text[at:begin].strip():
            return None
        at = begin + len(word.text)
        ends.append((word, at))
    return ends if ends and not line.text[at:].strip() else None
