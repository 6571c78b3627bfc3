"""Finding the lines of text in a picture, with numpy and Pillow alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PIL import Image

from stages.ocr.engines import Box
from stages.ocr.segment.components import Components, components
from stages.ocr.segment.lines import Rows, rows_of
from stages.ocr.segment.strokes import EM, Gray, strokes
from stages.ocr.segment.tilt import Tilt, tilt_of

__all__ = ["Segmentation", "TextLine", "leaning", "segment"]


class TextLine(NamedTuple):
    """A line of text: its box in a picture where it lies level, turned about its middle by `slope` (rise a pixel)."""

    left: float
    top: float
    right: float
    bottom: float
    slope: float = 0.0

    @property
    def height(self) -> float:
        """From the top of its letters to their bottom."""
        return self.bottom - self.top

    def around(self, box: Box) -> Box:
        """What a box inside this line, which counts as level, takes up in the picture."""
        middle = (self.left + self.right) / 2
        x = (box[0], box[2])
        rises = [self.slope * (value - middle) for value in x]
        return (box[0], box[1] + min(rises), box[2], box[3] + max(rises))

    @property
    def box(self) -> Box:
        """Left, top, right, bottom of what it takes up in the picture."""
        return self.around((self.left, self.top, self.right, self.bottom))


class Segmentation(NamedTuple):
    """The lines of a picture, by rows; and how many components of strokes were taken for no text."""

    lines: tuple[TextLine, ...]
    dropped: int


_START = 540, 960  # pixels of width at which an upright and a lying picture is looked at first
_MOST_PIXELS = 6_000_000
_FIT = EM * 0.67, EM * 1.5  # heights of common text that are looked at as they are
_COARSE = 2.5  # how much smaller letters are looked at that are too high for the others' scale
_HIGHER, _LYING = 1.8 * EM, 1.6  # the least height of such, in the finer look, and their width by their height


def segment(image: Image.Image) -> Segmentation:
    """The lines of text in a picture (mode L), whatever their size, colour and lean."""
    scale = _clamped(image, _width(image) / image.width)
    look = _Look.at(image, scale)
    usual = look.usual_height()
    if not _FIT[0] <= usual <= _FIT[1]:
        better = _clamped(image, scale * EM / usual)
        if abs(math.log(better / scale)) > 0.2:
            look = _Look.at(image, better)
    lines, dropped = look.lines()
    return Segmentation((*lines, *_large(image, look.scale, lines)), dropped)


def _large(image: Image.Image, scale: float, lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines much higher than the others, such as a sum above the rows of a receipt."""
    found, _ = _Look.at(image, scale / _COARSE).lines()
    return [
        line
        for line in found
        if line.height > _HIGHER / scale
        and line.right - line.left > _LYING * line.height
        and not any(_meet(line.box, other.box) for other in lines)
    ]


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def leaning(image: Image.Image, boxes: Sequence[Box]) -> tuple[TextLine, ...]:
    """Lines whose boxes are known, with the lean that the picture (mode L) has there."""
    scale = _clamped(image, _width(image) / image.width)
    tilt = tilt_of(components(strokes(_scaled(image, scale))))
    return tuple(_leaning(box, tilt.at((box[0] + box[2]) / 2 * scale, (box[1] + box[3]) / 2 * scale)) for box in boxes)


def _leaning(box: Box, slope: float) -> TextLine:
    """The line inside a box that stands around it: lower than the box by what the line rises."""
    left, top, right, bottom = box
    rise = min(abs(slope) * (right - left), (bottom - top) * 0.6) / 2
    return TextLine(left, top + rise, right, bottom - rise, slope)


def _clamped(image: Image.Image, scale: float) -> float:
    return min(scale, 2.0, math.sqrt(_MOST_PIXELS / (image.width * image.height)))


def _width(image: Image.Image) -> int:
    return _START[0] if image.height >= image.width else _START[1]


def _scaled(image: Image.Image, scale: float) -> Gray:
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return np.asarray(image.resize(size, Image.Resampling.BOX if scale < 1 else Image.Resampling.BICUBIC))


class _Look(NamedTuple):
    """A picture seen at a scale: its components of strokes, their lean and their rows."""

    scale: float
    found: Components
    tilt: Tilt
    rows: Rows

    @classmethod
    def at(cls, image: Image.Image, scale: float) -> _Look:
        found = components(strokes(_scaled(image, scale)))
        tilt = tilt_of(found)
        return cls(scale, found, tilt, rows_of(found, tilt))

    def usual_height(self) -> float:
        boxes = self.rows.boxes
        height, width = boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]
        wide = width > 2 * height
        if not wide.any():
            return EM
        order = np.argsort(height[wide])
        reached = np.cumsum(width[wide][order])
        return float(height[wide][order][np.searchsorted(reached, reached[-1] / 2)])

    def lines(self) -> tuple[list[TextLine], int]:
        lines = []
        for left, top, right, bottom in self.rows.boxes.tolist():
            middle, scale = (left + right) / 2, self.scale
            upper, lower = self.tilt.bent(middle, top), self.tilt.bent(middle, bottom)
            slope = self.tilt.at(middle, (upper + lower) / 2)
            lines.append(TextLine(left / scale, upper / scale, right / scale, lower / scale, slope))
        return lines, int((self.rows.owners < 0).sum())
