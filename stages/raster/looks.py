"""How a line of a picture looks: the colours of its ground and ink, and the panel of even ground that it stands on."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.model import Look

__all__ = ["look_of"]

Pixels = npt.NDArray[np.uint8]
"""Rows, columns, red green blue."""
Box = tuple[float, float, float, float]

_EVEN = 14  # of 255 in any channel: how much the ground may vary, for the noise of JPEG
_BESIDE = 0.3  # of the line's height: how far from its ends the ground is walked
_SHARE = 0.6  # of the way from the ground to the farthest colour: what is ink
_STEP = 16  # levels of one channel that count as one colour


def look_of(pixels: Pixels, box: Box) -> Look:
    """The look of the line in `box`; the panel ends where the ground changes, and is at least the box."""
    height = box[3] - box[1]
    part = _crop(pixels, (box[0] - height / 4, box[1] - height / 8, box[2] + height / 4, box[3] + height / 8))
    ground = _commonest(part)
    away = np.abs(part.astype(np.int16) - ground).max(axis=1)
    ink = np.median(part[away >= _SHARE * max(1, int(away.max()))], axis=0)
    return Look(ground=_hex(ground), ink=_hex(ink), panel=_panel(pixels, box, ground))


def _crop(pixels: Pixels, box: Box) -> Pixels:
    left, top = max(0, int(box[0])), max(0, int(box[1]))
    part = pixels[top : max(top + 1, int(box[3])), left : max(left + 1, int(box[2]))]
    return part.reshape(-1, 3) if part.size else np.full((1, 3), 255, np.uint8)


def _commonest(part: Pixels) -> npt.NDArray[np.float64]:
    """The colour that most pixels have, of those that fall into the commonest cell of a coarse cube."""
    cells = (part // _STEP).astype(np.int32) @ np.array([256, 16, 1])
    held = part[cells == np.bincount(cells).argmax()]
    return np.asarray(np.median(held, axis=0), dtype=np.float64)


def _panel(pixels: Pixels, box: Box, ground: npt.NDArray[np.float64]) -> Box:
    left, top, right, bottom = box
    beside = _BESIDE * (bottom - top)
    rows = ((top + bottom) / 2, top - beside / 2, bottom + beside / 2)
    columns = (left - beside, right + beside)
    rows_of, columns_of = pixels, pixels.transpose(1, 0, 2)
    return (
        min(left, *(_walk(rows_of, row, left - beside, -1, ground, left) for row in rows)),
        min(top, *(_walk(columns_of, column, (top + bottom) / 2, -1, ground, top) for column in columns)),
        max(right, *(_walk(rows_of, row, right + beside, 1, ground, right) for row in rows)),
        max(bottom, *(_walk(columns_of, column, (top + bottom) / 2, 1, ground, bottom) for column in columns)),
    )


def _walk(
    tracks: Pixels, track: float, start: float, step: int, ground: npt.NDArray[np.float64], otherwise: float
) -> float:
    """How far the ground goes on along a row (or a column) from `start`; `otherwise` where it is not there at all."""
    at, begin = int(track), int(start)
    if not (0 <= at < tracks.shape[0] and 0 <= begin < tracks.shape[1]):
        return otherwise
    line = tracks[at, begin:] if step > 0 else tracks[at, begin::-1]
    other = np.abs(line - ground).max(axis=1) > _EVEN
    length = int(other.argmax()) if other.any() else len(other)
    if length == 0:
        return otherwise
    return float(begin + length) if step > 0 else float(begin - length + 1)


def _hex(colour: npt.NDArray[np.float64]) -> str:
    return "#" + "".join(f"{round(float(value)):02x}" for value in colour)
