"""Reading a piece of a picture: at which scale to look, which lines there are, what each says."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from stages.ocr.engines import Box, SeenLine
from stages.ocr.engines.ppocr.detect import Pixels, Rect, rects
from stages.ocr.engines.ppocr.networks import Runtime, load
from stages.ocr.engines.ppocr.recognise import cut_out, read_line
from stages.ocr.engines.ppocr.words import seen_line

__all__ = ["MODELS", "Reader"]

MODELS = ("PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx")
"""The files of the detector and of the recogniser."""

_WIDTH = 640  # pixels at which the screen of a phone is looked at
_DOUBT = 0.5  # mean probability below which pictures and icons were taken for text


class Reader:
    """Both networks of a folder, loaded once."""

    def __init__(self, folder: Path, runtime: Runtime) -> None:
        self._detector, self._recogniser = (load(folder / name, runtime) for name in MODELS)

    def read(self, image: Pixels) -> list[SeenLine]:
        """The lines in a picture (rows, columns, red green blue)."""
        seen = rects(self._detector, image, _WIDTH / image.shape[1])
        lines = (self._line(image, rect) for rect in seen)
        return [line for line in lines if line is not None and line.confidence >= _DOUBT]

    def reread(self, image: Pixels, boxes: list[Box]) -> list[SeenLine | None]:
        """What stands in each box, taken as one line."""
        return [self._line(image, _rect(box)) for box in boxes]

    def _line(self, image: Pixels, rect: Rect) -> SeenLine | None:
        return seen_line(rect, read_line(self._recogniser, cut_out(image, rect)))


def _rect(box: Box) -> Rect:
    left, top, right, bottom = box
    return Rect(np.array([(left, top), (right, top), (right, bottom), (left, bottom)], dtype=np.float32))
