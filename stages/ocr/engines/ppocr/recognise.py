"""What one line says: cut out upright, brought to the network's height, decoded character by character."""

from __future__ import annotations

import math
from typing import NamedTuple

import cv2
import numpy as np

from stages.ocr.engines.ppocr.detect import Pixels, Rect
from stages.ocr.engines.ppocr.networks import Network

__all__ = ["Character", "cut_out", "read_line"]

_HEIGHT = 48  # pixels of a line as the network was trained
_FILLED = 40  # of these the line itself: with some ground around it a line reads as well and costs a sixth less
_COLUMN = 8  # pixels of width for one column of its answer
_STEP = 32  # widths are multiples of this: a runtime prepares for each width it has not met
_LONGEST = 3200  # pixels of width at that height: what is longer is squeezed


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


def read_line(network: Network, line: Pixels) -> list[Character]:
    """The characters of a line, left to right, blanks among them."""
    height, width = line.shape[:2]
    wide = max(1, min(_LONGEST, math.ceil(width * _FILLED / height)))
    method = cv2.INTER_AREA if height > _FILLED else cv2.INTER_CUBIC
    above = (_HEIGHT - _FILLED) // 2
    small = cv2.resize(line, (wide, _FILLED), interpolation=method)
    small = cv2.copyMakeBorder(small, above, _HEIGHT - _FILLED - above, 0, 0, cv2.BORDER_REPLICATE)
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
