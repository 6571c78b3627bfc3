"""Reading a piece of a picture: at which scale to look, which lines there are, what each says."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from stages.ocr.engines import Box, SeenLine
from stages.ocr.engines.ppocr.detect import Pixels, Rect, rects
from stages.ocr.engines.ppocr.ink import Ink, ink_of
from stages.ocr.engines.ppocr.networks import Runtime, load
from stages.ocr.engines.ppocr.recognise import LONGEST, cut_out, read_line
from stages.ocr.engines.ppocr.words import seen_lines

__all__ = ["MODELS", "Reader"]

MODELS = ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx")
"""The files of the detector and of the recogniser."""

_WIDTH = 608  # pixels at which a picture is first looked at: the screen of a phone shows its text 15 to 40 high then
_FLAT = 2.0  # times as wide as high: of what is wider, no more than that counts as one screen
_LARGEST = 2.0  # by how much small pictures are enlarged at the most
_FINE = 13.0  # pixels of height below which a fifth of the lines is too fine to be told apart at this scale
_CLOSER = 2.0  # by how much more such a picture is enlarged
_DOUBT = 0.3  # confidence below which pictures and icons were taken for text


class Reader:
    """Both networks of a folder, loaded once. Lines are cut out of the picture at its full size, one by one: what a
    line reads depends on no other line.
    """

    def __init__(self, folder: Path, runtime: Runtime) -> None:
        self._detector, self._recogniser = (load(folder / name, runtime) for name in MODELS)

    def read(self, image: Pixels) -> list[SeenLine]:
        """The lines in a picture (rows, columns, red green blue)."""
        lines = [line for rect in self._rects(image) for line in self._lines(image, rect)]
        return [line for line in lines if line.confidence >= _DOUBT]

    def reread(self, image: Pixels, boxes: Sequence[Box]) -> list[SeenLine | None]:
        """What stands in each box, taken as one line."""
        return [next(iter(self._lines(image, _rect(box))), None) for box in boxes]

    def _rects(self, image: Pixels) -> list[Rect]:
        """Where the lines are; looked at closer where they are fine (tablets, windows, paper) or none is seen."""
        scale = min(_LARGEST, _WIDTH / min(image.shape[1], _FLAT * image.shape[0]))
        found = rects(self._detector, image, scale)
        heights = [rect.height * scale for rect in found]
        if not heights or np.percentile(heights, 20) < _FINE:
            return rects(self._detector, image, min(_LARGEST, _CLOSER * scale))
        return found

    def _lines(self, image: Pixels, rect: Rect) -> list[SeenLine]:
        line = cut_out(image, rect)
        ink = ink_of(line)
        if rect.width > LONGEST * rect.height:
            return [found for part in _halves(rect, ink) for found in self._lines(image, part)]
        lines = seen_lines(rect, read_line(self._recogniser, line, ink), ink)
        return [_inside(line, image.shape[1], image.shape[0]) for line in lines]


def _halves(rect: Rect, ink: Ink) -> tuple[Rect, Rect]:
    """A line too long to be read at once, parted at its widest gap near the middle, there if it has none."""
    near = [gap for gap in ink.gaps if 0.25 < sum(gap) / 2 < 0.75]
    start, end = max(near, key=lambda gap: gap[1] - gap[0], default=(0.5, 0.5))
    return rect.stretch(0.0, (start + end) / 2), rect.stretch((start + end) / 2, 1.0)


def _inside(line: SeenLine, width: int, height: int) -> SeenLine:
    """The line with its boxes cut at the edges of the picture, over which those of cut-off letters reach."""

    def cut(box: Box) -> Box:
        left, top, right, bottom = box
        return (max(0.0, left), max(0.0, top), min(float(width), right), min(float(height), bottom))

    words = tuple(word._replace(box=cut(word.box)) for word in line.words)
    return line._replace(box=cut(line.box), words=words)


def _rect(box: Box) -> Rect:
    left, top, right, bottom = box
    return Rect(np.array([(left, top), (right, top), (right, bottom), (left, bottom)], dtype=np.float32))
