"""Lines cut out of a picture and stacked on white sheets, one a row, as an engine reads them best; and the way back."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple
from unicodedata import east_asian_width

import numpy as np
from PIL import Image

from stages.ocr.engines import Box, Seen
from stages.ocr.segment import TextLine

__all__ = ["Sheet", "Strip", "cut", "sheets"]

_MARGIN = 0.18  # of a line's height, cut out with it on every side
_GAP = 16  # white pixels between rows
_SHEET = 2600  # pixels of height at which a sheet is full
_FAINT = 14  # of 255: what differs less from its ground shows no text
_NARROW, _WIDE = 0.35, 1.3  # of the height of its letters: how wide a word may be for each
_TURN = 0.006  # a slope that a strip is turned upright for

Span = tuple[float, float]


class Strip(NamedTuple):
    """A line cut out and made dark on white.

    `left` and `top` are its corner in the level picture, `scale` its pixels for one of the picture.
    """

    line: TextLine
    image: Image.Image
    left: float
    top: float
    scale: float

    def places(self, words: Sequence[Seen]) -> list[Box]:
        """Where in the picture the words of this strip stand, left to right, each as high as the line.

        Where an engine's boxes cannot be those of its words, every letter is given its share of the line.
        """
        spans = [(self._x(word.box[0]), self._x(word.box[2])) for word in words]
        if not _is_even(spans, words, self.line.height):
            spans = _shares([word.text for word in words], self.line)
        return [self.line.around((left, self.line.top, right, self.line.bottom)) for left, right in spans]

    def _x(self, x: float) -> float:
        return min(max(self.left + x / self.scale, self.line.left), self.line.right)


def _is_even(spans: Sequence[Span], words: Sequence[Seen], height: float) -> bool:
    """Whether the words follow each other, none much wider or narrower than its letters."""
    if any(after[0] < before[0] or after[0] < before[1] - height / 2 for before, after in pairwise(spans)):
        return False
    ems = [_ems(word.text) * height for word in words]
    return all(
        _NARROW * em <= right - left <= _WIDE * (em + height) for (left, right), em in zip(spans, ems, strict=True)
    )


def _shares(texts: Sequence[str], line: TextLine) -> list[Span]:
    """The line parted among words by the widths that their letters commonly have."""
    ends = list(accumulate((_ems(text) for text in texts), initial=0.0))
    em = (line.right - line.left) / ends[-1]
    return [(line.left + before * em, line.left + after * em) for before, after in pairwise(ends)]


def _ems(text: str) -> float:
    return sum(1.0 if east_asian_width(letter) in "WF" else 0.5 for letter in text)


def cut(picture: Image.Image, line: TextLine, height: int, least: float = 0.0) -> Strip | None:
    """The strip of a line of `picture` (mode L), its letters `height` pixels high; None where nothing stands out.

    A line lower than `least` pixels is enlarged only as much as one that high: a dash need not become a bar.
    """
    margin = _MARGIN * line.height + 1
    left, top = max(0.0, line.left - margin), line.top - margin
    right, bottom = min(picture.width, line.right + margin), line.bottom + margin
    scale = height / max(line.height, least, 4.0)
    size = (max(4, round((right - left) * scale)), max(4, round((bottom - top) * scale)))
    if abs(line.slope) < _TURN:
        top, bottom = max(0.0, top), min(picture.height, bottom)
        size = (size[0], max(4, round((bottom - top) * scale)))
        found = picture.resize(size, _kind(scale), box=(left, top, right, bottom))
    else:
        found = _turned(picture, line, (left, top, right, bottom), scale, size)
    plain = _dark_on_white(found)
    return None if plain is None else Strip(line, plain, left, top, scale)


def _kind(scale: float) -> Image.Resampling:
    return Image.Resampling.LANCZOS if scale < 1 else Image.Resampling.BICUBIC


def _turned(picture: Image.Image, line: TextLine, box: Box, scale: float, size: tuple[int, int]) -> Image.Image:
    """The strip of a line that leans: what surrounds it is scaled, then turned about the middle of the line."""
    left, top = box[:2]
    around = line.around(box)
    part = (
        max(0, math.floor(around[0] - line.height)), max(0, math.floor(around[1])),
        min(picture.width, math.ceil(around[2] + line.height)), min(picture.height, math.ceil(around[3])),
    )  # fmt: skip
    near = picture.crop(part)
    near = near.resize((max(1, round(near.width * scale)), max(1, round(near.height * scale))), _kind(scale))
    centre = (line.left + line.right) / 2, (line.top + line.bottom) / 2
    x, y = (centre[0] - part[0]) * scale, (centre[1] - part[1]) * scale
    u, v = (centre[0] - left) * scale, (centre[1] - top) * scale
    lean = line.slope
    matrix = (1.0, -lean, x - u + lean * v, lean, 1.0, y - v - lean * u)
    ground = int(np.median(np.asarray(near)))
    return near.transform(size, Image.Transform.AFFINE, matrix, Image.Resampling.BICUBIC, fillcolor=ground)


def _dark_on_white(strip: Image.Image) -> Image.Image | None:
    """The strip with its ground white and its ink black, whichever was the lighter one."""
    pixels = np.asarray(strip, dtype=np.float32)
    ground, low, high = (float(value) for value in np.percentile(pixels, (50, 1, 99)))
    ink = low if ground - low >= high - ground else high
    if abs(ink - ground) < _FAINT:
        return None
    shades = np.clip((ink - np.arange(256, dtype=np.float32)) / (ink - ground), 0, 1) * 255
    return strip.point(shades.astype(np.uint8).tolist())


class Sheet(NamedTuple):
    """Strips on white, one under the other: `tops` is where each begins, `first` the number of the first."""

    image: Image.Image
    tops: tuple[int, ...]
    first: int

    def place(self, box: Box) -> tuple[int, Box] | None:
        """On which strip, counted over all sheets, a box on this sheet lies by its middle, and the box there."""
        row = bisect_right(self.tops, (box[1] + box[3]) / 2) - 1
        if row < 0:
            return None
        top = self.tops[row]
        return self.first + row, (box[0] - _GAP, box[1] - top, box[2] - _GAP, box[3] - top)


def sheets(strips: Sequence[Strip]) -> Iterator[Sheet]:
    """All strips, in their order, on as few sheets as their height asks for."""
    first = 0
    while first < len(strips):
        tops, end = [_GAP], first + 1
        below = _GAP + strips[first].image.height + _GAP
        while end < len(strips) and below < _SHEET:
            tops.append(below)
            below += strips[end].image.height + _GAP
            end += 1
        yield _sheet(tuple(strips[first:end]), tuple(tops), below, first)
        first = end


def _sheet(strips: tuple[Strip, ...], tops: tuple[int, ...], height: int, first: int) -> Sheet:
    image = Image.new("L", (max(strip.image.width for strip in strips) + 2 * _GAP, height), 255)
    for strip, top in zip(strips, tops, strict=True):
        image.paste(strip.image, (_GAP, top))
    return Sheet(image, tops, first)
