"""What one line says: cut out upright, brought to the network's height, decoded character by character."""

from __future__ import annotations

import math
from typing import NamedTuple

import cv2
import numpy as np

from stages.ocr.engines.ppocr.detect import Pixels, Rect
from stages.ocr.engines.ppocr.ink import Ink
from stages.ocr.engines.ppocr.networks import Network

__all__ = ["LONGEST", "Character", "cut_out", "read_line"]

LONGEST = 50
"""Times its height that a line may be long to be read at once: more letters take more memory and are read no better."""

_HEIGHT = 48  # pixels of a line as the network was trained
_COLUMN = 8  # pixels of width for one column of its answer
_STEP = 16  # widths are multiples of this: a runtime prepares for each width it has not met
_CLOSE = 2.2  # columns to a character below which of two like figures side by side one may be lost
_TOUCHING = 1.9  # and of two like letters, which words have fewer of
_FEW = 4  # characters of a line that can tell how close they stand
_LOOSE = 2.8  # columns to a character at which such a line is read
_MOST = 1.6  # times that a line is stretched for its ink alone, which may be specks
_WIDEST = 3200  # pixels of width at that height, to which a line may be stretched


class Character(NamedTuple):
    """A character, its middle as a part of the line's length, its probability."""

    text: str
    at: float
    probability: float


def cut_out(image: Pixels, rect: Rect) -> Pixels:
    """The line in a rectangle, upright and undistorted."""
    width, height = max(1, round(rect.width)), max(1, round(rect.height))
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    turn = cv2.getPerspectiveTransform(rect.corners, target)
    line = cv2.warpPerspective(image, turn, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(line, dtype=np.uint8)


def read_line(network: Network, line: Pixels, ink: Ink) -> list[Character]:
    """The characters of a line, left to right, blanks among them; a line set close is read stretched.

    How close its letters stand its ink tells, where it is one piece a letter; what was read tells it surely.
    """
    height, width = line.shape[:2]
    wide = max(1, min(_WIDEST, math.ceil(width * _HEIGHT / height)))
    spread = wide * ink.extent / _COLUMN / ink.pieces
    if ink.pieces >= _FEW and spread < _CLOSE:
        wide = min(_WIDEST, math.ceil(wide * min(_MOST, _LOOSE / spread)))
    found = _read(network, line, wide)
    if len(found) < _FEW:
        return found
    room = wide * (found[-1].at - found[0].at) / _COLUMN / (len(found) - 1)
    figures = sum(char.text.isdigit() for char in found)
    if room >= (_CLOSE if figures >= _FEW else _TOUCHING):
        return found
    return _read(network, line, min(_WIDEST, math.ceil(wide * _LOOSE / room)))


def _read(network: Network, line: Pixels, wide: int) -> list[Character]:
    method = cv2.INTER_AREA if line.shape[0] > _HEIGHT else cv2.INTER_CUBIC
    small = cv2.resize(line, (wide, _HEIGHT), interpolation=method)
    padded = np.zeros((1, 3, _HEIGHT, math.ceil(wide / _STEP) * _STEP), dtype=np.float32)
    padded[0, :, :, :wide] = small.transpose(2, 0, 1)[::-1] / np.float32(127.5) - 1
    return _decoded(network, network.run(padded)[0], wide)


def _decoded(network: Network, answer: np.ndarray[tuple[int, int], np.dtype[np.float32]], wide: int) -> list[Character]:
    """By connectionist temporal classification: of equal neighbours one counts, class 0 is none, the last a blank."""
    best = answer.argmax(axis=1)
    fresh = np.flatnonzero((best != 0) & (best != np.concatenate(([0], best[:-1]))))
    return [
        Character(
            network.characters[best[column] - 1] if best[column] <= len(network.characters) else " ",
            min(1.0, (column + 0.5) * _COLUMN / wide),
            float(answer[column, best[column]]),
        )
        for column in fresh
    ]
