"""How a line of a picture looks: the colours of its ground and ink, and the panel of even ground that it stands on.

Grounds are compared along the way and not with one colour, in bands of several pixels: the noise of JPEG, the moiré
of a photographed screen and the drift of a gradient are ground, an edge that comes within a few pixels is not.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from pipeline.model import Look

__all__ = ["look_of"]

Pixels = npt.NDArray[np.uint8]
"""Rows, columns, red green blue."""
Colour = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]

_EDGE = (4.0, 7.0)  # of 255 in any channel, within a few pixels: where an even ground ends, and a noisy one
_DRIFT = 40.0  # how far the ground may drift in all
_SLOW = 5  # times as many pixels, within which an edge comes that is met at a slant: a round corner
_NOISY = 2.0  # of 255: what a ground varies by that is as noisy as can be
_REACH = 0.1  # of the line's height: within how many pixels an edge comes, and half the breadth of a band
_BESIDE = (0.14, 0.05)  # of the line's height: how far from its ends the ground is walked
_BEGIN = (8.0, 18.0)  # of 255 in any channel: how far the ground beside a line may be from that between its letters
_BODY = 0.2  # of the line's height, at its top and bottom: where the feet of the line above can be
_SHARE = 0.6  # of the way from the ground to the farthest colour: what is ink
_STEP = 16  # levels of one channel that count as one colour
_SAMPLE = 1600  # pixels of a line that are enough to tell its colours
_STRETCH = 240  # pixels that a walk looks at first


def look_of(pixels: Pixels, box: Box) -> Look:
    """The look of the line in `box`; the panel ends where the ground changes, and is at least the box."""
    height = box[3] - box[1]
    part = _sample(pixels, (box[0] - height / 4, box[1] - height / 8, box[2] + height / 4, box[3] + height / 8))
    colour, spread = _commonest(part)
    body = _sample(pixels, (box[0], box[1] + _BODY * height, box[2], box[3] - _BODY * height))
    away = np.abs(body - colour).max(axis=1)
    ink = np.median(body[away >= _SHARE * away.max()], axis=0)
    ground = _Ground(colour, min(1.0, spread / _NOISY))
    return Look(ground=_hex(colour), ink=_hex(ink), panel=_panel(pixels, box, ground))


def _sample(pixels: Pixels, box: Box) -> npt.NDArray[np.int16]:
    """The colours in a box, evenly thinned where they are many."""
    left, top = max(0, int(box[0])), max(0, int(box[1]))
    part = pixels[top : max(top + 1, int(box[3])), left : max(left + 1, int(box[2]))]
    if not part.size:
        return np.full((1, 3), 255, np.int16)
    thin = max(1, int((part.shape[0] * part.shape[1] / _SAMPLE) ** 0.5))
    return part[::thin, ::thin].reshape(-1, 3).astype(np.int16)


class _Ground(NamedTuple):
    """The colour of a ground and its noise, from 0 (drawn) to 1 (photographed)."""

    colour: Colour
    noise: float

    def is_near(self, patch: npt.NDArray[np.uint8]) -> bool:
        """Whether the mean colour of a patch is the ground's."""
        return bool(np.abs(patch.mean(axis=0) - self.colour).max() <= self.between(_BEGIN))

    def between(self, limits: tuple[float, float]) -> float:
        """The limit for this noise, of that for an even ground and that for a noisy one."""
        return limits[0] + self.noise * (limits[1] - limits[0])


def _commonest(part: npt.NDArray[np.int16]) -> tuple[Colour, float]:
    """The colour that most pixels have, of those in the fullest cell of a coarse cube, and how much these vary.

    Cells are also tried shifted by half of one, so that a colour on the border of two is not cut in halves.
    """
    held = max((_fullest(part, shift) for shift in (0, _STEP // 2)), key=len)
    colour = np.asarray(np.median(held, axis=0), dtype=np.float64)
    return colour, float(np.abs(held - colour).mean())


def _fullest(part: npt.NDArray[np.int16], shift: int) -> npt.NDArray[np.int16]:
    cells = ((part + shift) // _STEP).astype(np.int32) @ np.array([1024, 32, 1])
    fullest: npt.NDArray[np.int16] = part[cells == np.bincount(cells).argmax()]
    return fullest


def _panel(pixels: Pixels, box: Box, ground: _Ground) -> Box:
    """The ground beside both ends of the line, walked each way; up and down it is walked beside either end."""
    left, top, right, bottom = box
    reach = max(2, int(_REACH * (bottom - top)))
    across, down = pixels, pixels.transpose(1, 0, 2)
    row = (top + bottom) / 2
    begin, end = (_beside(pixels, box, ground, step) for step in (-1, 1))
    upper = min(top, *(_walk(down, column, row, -1, ground, reach, top) for column in (begin, end)))
    lower = max(bottom, *(_walk(down, column, row, 1, ground, reach, bottom) for column in (begin, end)))
    lefts = [_walk(across, row, begin, -1, ground, reach, left)]
    rights = [_walk(across, row, end, 1, ground, reach, right)]
    inside = min(left + (bottom - top) / 2, (left + right) / 2)
    for edge, room in ((top, upper - top), (bottom, lower - bottom)):
        if (
            abs(room) > (2 + ground.noise) * reach
        ):  # a picture beside the words ends the walk along them, not the one above or below
            clear = edge + np.copysign(max(reach + 1, abs(room) / 4), room)  # as far as can be from round corners
            lefts.append(_walk(across, clear, inside, -1, ground, reach, left))
            rights.append(_walk(across, clear, inside, 1, ground, reach, right))
    return (min(left, *lefts), upper, max(right, *rights), lower)


def _beside(pixels: Pixels, box: Box, ground: _Ground, step: int) -> float:
    """The column beside an end of the line at which the ground shows: a box may come near the edge of its panel."""
    row, edge = int((box[1] + box[3]) / 2), box[0] if step < 0 else box[2]
    columns = [edge + step * share * (box[3] - box[1]) for share in _BESIDE]
    for column in columns:
        inside = 0 <= row < pixels.shape[0] and 0 <= column < pixels.shape[1]
        if inside and ground.is_near(pixels[max(0, row - 2) : row + 3, int(column)]):
            return column
    return columns[-1]


def _walk(
    tracks: Pixels, track: float, start: float, step: int, ground: _Ground, reach: int, otherwise: float
) -> float:
    """How far the ground goes on along a row (or a column) from `start`; `otherwise` where it is not there at all."""
    at, begin = int(track), int(start)
    if not (0 <= at < tracks.shape[0] and 0 <= begin < tracks.shape[1]):
        return otherwise
    band = tracks[max(0, at - reach) : at + reach + 1 : max(1, reach // 3)]
    band = band[:, begin:] if step > 0 else band[:, begin::-1]
    if not ground.is_near(band[:, 0]):
        return otherwise
    length = _even(band, ground, reach)
    if length == 0:
        return otherwise
    return float(begin + length) if step > 0 else float(begin - length + 1)


def _even(band: Pixels, ground: _Ground, reach: int) -> int:
    """How many steps along the band the ground goes on."""
    smooth, edge = max(1, reach // 2), ground.between(_EDGE)
    lead = _SLOW * reach + smooth - 1
    total, size, done = band.shape[1], _STRETCH, 0
    colour = ground.colour[:, None]
    while done < total:
        first = max(0, done - lead)
        stretch = np.ascontiguousarray(
            band[:, first : done + size].transpose(0, 2, 1)
        )  # columns of a picture lie apart
        means = _running(stretch.mean(axis=0, dtype=np.float32), smooth)
        leaps = np.abs(means - colour).max(axis=0) > _DRIFT
        for lag, limit in ((reach, edge), (_SLOW * reach, edge * (1 + ground.noise))):
            leaps[lag:] |= np.abs(means[:, lag:] - means[:, :-lag]).max(axis=0) > limit
        if leaps.any():
            at = int(leaps.argmax())
            return first + at + smooth - 1 if first + at else 0
        done, size = done + size, 2 * size
    return int(total)


def _running(colours: npt.NDArray[np.float32], length: int) -> npt.NDArray[np.float32]:
    """Means of `length` neighbours in each channel, the last of them at each place."""
    if length == 1 or colours.shape[1] <= length:
        return colours
    sums = np.cumsum(colours, axis=1)
    sums[:, length:] -= sums[:, :-length].copy()
    return np.asarray(sums[:, length - 1 :] / length, dtype=np.float32)


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{round(float(value)):02x}" for value in colour)
