"""How a line of a picture looks: the colours of its ground and ink, and the panel of even ground that it stands on.

Grounds are compared along the way and not with one colour, in bands of several pixels: the noise of JPEG, the moiré
of a photographed screen and the drift of a gradient are ground, an edge that comes within a few pixels is not.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from pipeline.model import Look

__all__ = ["look_of"]

Pixels = npt.NDArray[np.uint8]
"""Rows, columns, red green blue."""
Colour = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]

_EDGE = 7.0  # of 255 in any channel, within a few pixels: where the ground ends
_DRIFT = 40.0  # how far the ground may drift in all
_REACH = 0.1  # of the line's height: within how many pixels an edge comes, and half the breadth of a band
_BESIDE = 0.12  # of the line's height: how far from its ends the ground is walked
_SHARE = 0.6  # of the way from the ground to the farthest colour: what is ink
_STEP = 16  # levels of one channel that count as one colour
_SAMPLE = 1600  # pixels of a line that are enough to tell its colours
_STRETCH = 240  # pixels that a walk looks at first


def look_of(pixels: Pixels, box: Box) -> Look:
    """The look of the line in `box`; the panel ends where the ground changes, and is at least the box."""
    height = box[3] - box[1]
    part = _sample(pixels, (box[0] - height / 4, box[1] - height / 8, box[2] + height / 4, box[3] + height / 8))
    ground = _commonest(part)
    away = np.abs(part - ground).max(axis=1)
    ink = np.median(part[away >= _SHARE * away.max()], axis=0)
    return Look(ground=_hex(ground), ink=_hex(ink), panel=_panel(pixels, box, ground))


def _sample(pixels: Pixels, box: Box) -> npt.NDArray[np.int16]:
    """The colours in a box, evenly thinned where they are many."""
    left, top = max(0, int(box[0])), max(0, int(box[1]))
    part = pixels[top : max(top + 1, int(box[3])), left : max(left + 1, int(box[2]))]
    if not part.size:
        return np.full((1, 3), 255, np.int16)
    thin = max(1, int((part.shape[0] * part.shape[1] / _SAMPLE) ** 0.5))
    return part[::thin, ::thin].reshape(-1, 3).astype(np.int16)


def _commonest(part: npt.NDArray[np.int16]) -> Colour:
    """The colour that most pixels have, of those that fall into the commonest cell of a coarse cube."""
    cells = (part // _STEP).astype(np.int32) @ np.array([256, 16, 1])
    held = part[cells == np.bincount(cells).argmax()]
    return np.asarray(np.median(held, axis=0), dtype=np.float64)


def _panel(pixels: Pixels, box: Box, ground: Colour) -> Box:
    """The ground beside both ends of the line, walked each way; up and down it is walked beside either end."""
    left, top, right, bottom = box
    height = bottom - top
    beside, reach = max(1.0, _BESIDE * height), max(2, int(_REACH * height))
    across, down = pixels, pixels.transpose(1, 0, 2)
    row, columns = (top + bottom) / 2, (left - beside, right + beside)
    return (
        min(left, _walk(across, row, left - beside, -1, ground, reach, left)),
        min(top, *(_walk(down, column, row, -1, ground, reach, top) for column in columns)),
        max(right, _walk(across, row, right + beside, 1, ground, reach, right)),
        max(bottom, *(_walk(down, column, row, 1, ground, reach, bottom) for column in columns)),
    )


def _walk(tracks: Pixels, track: float, start: float, step: int, ground: Colour, reach: int, otherwise: float) -> float:
    """How far the ground goes on along a row (or a column) from `start`; `otherwise` where it is not there at all."""
    at, begin = int(track), int(start)
    if not (0 <= at < tracks.shape[0] and 0 <= begin < tracks.shape[1]):
        return otherwise
    band = tracks[max(0, at - reach) : at + reach + 1 : max(1, reach // 3)]
    band = band[:, begin:] if step > 0 else band[:, begin::-1]
    length = _even(band, ground, reach)
    if length == 0:
        return otherwise
    return float(begin + length) if step > 0 else float(begin - length + 1)


def _even(band: Pixels, ground: Colour, reach: int) -> int:
    """How many steps along the band the ground goes on."""
    smooth = max(1, reach // 2)
    lead = reach + smooth - 1
    total, size, done = band.shape[1], _STRETCH, 0
    while done < total:
        first = max(0, done - lead)
        means = _running(band[:, first : done + size].mean(axis=0, dtype=np.float32), smooth)
        leaps = np.abs(means - ground).max(axis=1) > _DRIFT
        leaps[reach:] |= np.abs(means[reach:] - means[:-reach]).max(axis=1) > _EDGE
        if leaps.any():
            at = int(leaps.argmax())
            return first + at + smooth - 1 if first + at else 0
        done, size = done + size, 2 * size
    return int(total)


def _running(colours: npt.NDArray[np.float32], length: int) -> npt.NDArray[np.float32]:
    """Means of `length` neighbours, the last of them at each place."""
    if length == 1 or len(colours) <= length:
        return colours
    sums = np.cumsum(colours, axis=0)
    sums[length:] -= sums[:-length].copy()
    return np.asarray(sums[length - 1 :] / length, dtype=np.float32)


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(float(value)):02x}" for value in colour)
