"""From the characters of a line to its text and words: where blanks belong, and where each word stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

import numpy as np

from stages.ocr.engines import Box, Seen, SeenLine
from stages.ocr.engines.ppocr.detect import Rect
from stages.ocr.engines.ppocr.recognise import Character

__all__ = ["seen_line"]

_WIDE = 0x2E80  # from here on characters are square, and no blanks stand between them
_GAP = 2.0  # times the usual step between narrow characters: a blank that the network did not say
_HALF_WIDE, _HALF_NARROW = 0.5, 0.3  # of the line's height: half the room of a character
_GLUED = re.compile(r"(?<=\d[-/.]\d\d)(?=\d\d:\d\d)")  # a date and its time, which are never printed so


def seen_line(rect: Rect, characters: Sequence[Character]) -> SeenLine | None:
    """The line in a rectangle; None if there is nothing on it."""
    words = tuple(_word(rect, part) for part in _parts(_spaced(characters, rect.width)))
    if not words:
        return None
    text = "".join(f"{word.text} " if _ends_apart(word, after) else word.text for word, after in _followed(words))
    confidence = sum(word.confidence * len(word.text) for word in words) / sum(len(word.text) for word in words)
    return SeenLine(text, _box(rect, 0, 1), confidence, words)


def _followed(words: tuple[Seen, ...]) -> Iterator[tuple[Seen, Seen | None]]:
    yield from zip(words, (*words[1:], None), strict=True)


def _ends_apart(word: Seen, after: Seen | None) -> bool:
    """Whether a blank stands between two words: never beside a wide character."""
    return after is not None and not (_is_wide(word.text[-1]) or _is_wide(after.text[0]))


def _spaced(characters: Sequence[Character], width: float) -> list[Character]:
    """The characters with the blanks that the network left out: at gaps, and between a date and its time."""
    usual = _usual_step(characters, width)
    glued = {match.start() for match in _GLUED.finditer("".join(char.text for char in characters))}
    found: list[Character] = []
    for place, char in enumerate(characters):
        before = characters[place - 1] if place else None
        if before is not None and (place in glued or _is_gap(before, char, width, usual)):
            found.append(Character(" ", (before.at + char.at) / 2, 1.0))
        found.append(char)
    return found


def _usual_step(characters: Sequence[Character], width: float) -> float | None:
    steps = [(right.at - left.at) * width for left, right in pairwise(characters) if _are_narrow(left, right)]
    return median(steps) if len(steps) >= 3 else None


def _is_gap(left: Character, right: Character, width: float, usual: float | None) -> bool:
    return usual is not None and _are_narrow(left, right) and (right.at - left.at) * width > _GAP * usual


def _are_narrow(left: Character, right: Character) -> bool:
    return not any(_is_wide(char.text) or char.text.isspace() for char in (left, right))


def _is_wide(text: str) -> bool:
    return ord(text[0]) >= _WIDE


class _Part(list[tuple[Character, float, float]]):
    """The characters of a word, each with its left and right limit as a part of the line."""


def _parts(characters: Sequence[Character]) -> Iterator[_Part]:
    """Words: each wide character, and each run of narrow ones between blanks."""
    part = _Part()
    for place, char in enumerate(characters):
        if part and (char.text.isspace() or _is_wide(char.text) or _is_wide(part[-1][0].text)):
            yield part
            part = _Part()
        if not char.text.isspace():
            left = (characters[place - 1].at + char.at) / 2 if place else 0.0
            right = (characters[place + 1].at + char.at) / 2 if place + 1 < len(characters) else 1.0
            part.append((char, left, right))
    if part:
        yield part


def _word(rect: Rect, part: _Part) -> Seen:
    reach = (_HALF_WIDE if _is_wide(part[0][0].text) else _HALF_NARROW) * rect.height / max(1.0, rect.width)
    left = max(part[0][1], part[0][0].at - reach)
    right = min(part[-1][2], part[-1][0].at + reach)
    confidence = sum(char.probability for char, _, _ in part) / len(part)
    return Seen("".join(char.text for char, _, _ in part), _box(rect, left, right), confidence)


def _box(rect: Rect, start: float, end: float) -> Box:
    """The upright box around the part of a rectangle from `start` to `end` of its length."""
    top_left, top_right, bottom_right, bottom_left = rect.corners
    along, below = top_right - top_left, bottom_right - bottom_left
    points = np.array(
        (top_left + along * start, top_left + along * end, bottom_left + below * start, bottom_left + below * end)
    )
    left, top = points.min(axis=0)
    right, bottom = points.max(axis=0)
    return (round(float(left), 1), round(float(top), 1), round(float(right), 1), round(float(bottom), 1))
