"""From the words of an engine to the lines of a picture: spacing, overlaps between pieces, reading order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.locate import Locator
from pipeline.model import Line, Word
from stages.ocr.engines import Seen
from stages.raster.slices import Slice

__all__ = ["in_reading_order", "lines_of", "spaced", "without_twins"]

# Ideographs, kana, Hangul, their punctuation and full-width forms: no spaces stand between them.
_WIDE = re.compile(
    r"[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
_MUCH_HIGHER = 1.8  # times the middling height of a line's words
_COLUMN_GAP = 1.0  # heights of the line between two words beyond which they stand apart, in any script


def lines_of(seen: Sequence[Seen], top: int) -> list[Line]:
    """The lines of these words; `top` is the row of the picture at which their piece starts.

    A word much higher than the others of its line is a line of its own: an avatar or an icon beside a bubble.
    """
    words = [Word(text=word.text, box=_moved(word.box, top), confidence=round(word.confidence, 4)) for word in seen]
    usual = median(_height(word) for word in words)
    apart = [word for word in words if _height(word) > _MUCH_HIGHER * usual and any(map(str.isalnum, word.text))]
    return [_line(tuple(word for word in words if word not in apart)), *(_line((word,)) for word in apart)]


def _line(words: tuple[Word, ...]) -> Line:
    """As high as its middling word: single words inside a Chinese line are given uneven boxes."""
    left, upper, right, lower = _around([word.box for word in words])
    if len(words) > 2:
        upper, lower = median(word.box[1] for word in words), median(word.box[3] for word in words)
    box = (left, upper, right, lower)
    letters = sum(len(word.text) for word in words)
    confidence = sum(word.confidence * len(word.text) for word in words) / letters
    return Line(where=Locator(box=box), text=spaced(words), box=box, confidence=round(confidence, 4), words=words)


def spaced(words: Sequence[Word | Seen]) -> str:
    """Words as one text: a space between two Latin words and over a wide gap, none beside a Chinese character."""
    if not words:
        return ""
    parts = [words[0].text]
    for left, right in pairwise(words):
        height = max(left.box[3] - left.box[1], right.box[3] - right.box[1])
        apart = right.box[0] - left.box[2] > _COLUMN_GAP * height
        touching = _WIDE.match(left.text[-1]) or _WIDE.match(right.text[0])
        parts.append(right.text if touching and not apart else " " + right.text)
    return "".join(parts)


def without_twins(pieces: Sequence[tuple[Slice, Sequence[Line]]]) -> list[Line]:
    """The lines of overlapping pieces, each once: of two, the one farther from the edge at which its piece was cut."""
    kept: list[Line] = []
    above: list[Line] = []
    end = 0
    for piece, lines in pieces:
        fresh = list(lines)
        for old in [line for line in above if line.box[3] > piece.top]:
            twin = next((line for line in fresh if line.box[1] < end and _is_same_place(old, line)), None)
            if twin is None:
                continue
            if end - old.box[3] >= twin.box[1] - piece.top:
                fresh.remove(twin)
            else:
                kept.remove(old)
        kept += fresh
        above, end = fresh, piece.bottom
    return kept


def in_reading_order(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Top to bottom, and left to right among lines that stand on one row."""
    ordered: list[Line] = []
    row: list[Line] = []
    for line in sorted(lines, key=lambda line: (line.box[1], line.box[0], line.box[3], line.box[2], line.text)):
        if row and (line.box[1] + line.box[3]) / 2 > row[0].box[3]:
            ordered += sorted(row, key=lambda line: line.box[0])
            row = []
        row.append(line)
    return (*ordered, *sorted(row, key=lambda line: line.box[0]))


def _height(word: Word) -> float:
    return word.box[3] - word.box[1]


def _moved(box: tuple[float, float, float, float], top: int) -> tuple[float, float, float, float]:
    return (box[0], box[1] + top, box[2], box[3] + top)


def _around(boxes: Sequence[tuple[float, float, float, float]]) -> tuple[float, float, float, float]:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def _is_same_place(one: Line, other: Line) -> bool:
    """Whether the boxes share more than half of the smaller one's width and of its height."""
    return _shared(one.box[::2], other.box[::2]) and _shared(one.box[1::2], other.box[1::2])


def _shared(one: Sequence[float], other: Sequence[float]) -> bool:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common > 0.5 * min(one[1] - one[0], other[1] - other[0])
