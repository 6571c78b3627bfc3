"""Where the ink of a line is within the rectangle that was cut out around it."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from stages.ocr.engines.ppocr.detect import Pixels

__all__ = ["Ink", "ink_of"]

_CONTRAST = 0.4  # of the strongest contrast to the ground: what is ink
_FAINT = 24  # of 255: contrast below which there is no ink to be told


class Ink(NamedTuple):
    """`top` and `bottom` as parts of the height; `gaps` between ink as (start, end), parts of the width, the margins
    at both ends among them; `height` of the ink as a part of the width.
    """

    top: float
    bottom: float
    gaps: tuple[tuple[float, float], ...]
    height: float

    @property
    def extent(self) -> float:
        """From the first ink to the last, as a part of the width."""
        return 1.0 - sum(end - start for start, end in self.gaps if start == 0 or end == 1)

    @property
    def pieces(self) -> int:
        """How many pieces of ink stand beside each other."""
        return 1 + sum(start > 0 and end < 1 for start, end in self.gaps)


def ink_of(line: Pixels) -> Ink:
    """The ink of a line that was cut out (rows, columns, red green blue); all of it where none can be told."""
    rows, columns = line.shape[:2]
    gray = cv2.cvtColor(line, cv2.COLOR_RGB2GRAY).astype(np.int16)
    away = np.abs(gray - int(np.median(gray)))
    strongest = float(np.percentile(away, 99))
    mask = np.asarray(away > max(_CONTRAST * strongest, _FAINT))
    inked = np.flatnonzero(mask.any(axis=1))
    if not inked.size:
        return Ink(0.0, 1.0, (), rows / columns)
    top, bottom = int(inked[0]), int(inked[-1]) + 1
    gaps = tuple((start / columns, end / columns) for start, end in _runs(np.asarray(~mask.any(axis=0))))
    return Ink(top / rows, bottom / rows, gaps, (bottom - top) / columns)


def _runs(flags: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.diff(flags.astype(np.int8), prepend=0, append=0)
    return list(zip(np.flatnonzero(edges > 0).tolist(), np.flatnonzero(edges < 0).tolist(), strict=True))
