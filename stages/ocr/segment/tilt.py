"""How the rows of text of a picture lean: not at all on a screenshot, differently from place to place on a photo."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stages.ocr.segment.components import Components
from stages.ocr.segment.strokes import EM

__all__ = ["LEVEL", "Tilt", "tilt_of"]

Floats = npt.NDArray[np.float64]

_LEAST = math.tan(math.radians(0.35))  # less than this is level
_MOST = math.tan(math.radians(15))
_LONG = 4  # times as long as thick: what has a direction
_LOWER = 0.97  # of their height on a level picture: how high rows that lean are at most when laid flat
_AGREE = math.tan(math.radians(1.5))  # how far one row may lean from its neighbours
_ENOUGH = 6  # rows that tell how the lean changes over the picture


@dataclass(frozen=True, kw_only=True)
class Tilt:
    """A row through (x, y) rises by `slope + down * (y - origin y) + across * (x - origin x)` pixels a pixel."""

    slope: float = 0.0
    down: float = 0.0
    across: float = 0.0
    origin: tuple[float, float] = (0.0, 0.0)

    def at(self, x: float, y: float) -> float:
        """The slope of a row at this place."""
        return self.slope + self.down * (y - self.origin[1]) + self.across * (x - self.origin[0])

    def flat(self, x: Floats, y: Floats) -> Floats:
        """At which height the row through each place crosses the upright through the origin."""
        run = x - self.origin[0]
        return y - (self.slope + self.across * run / 2) * run - self.down * (y - self.origin[1]) * run

    def bent(self, x: float, flat: float) -> float:
        """The height at `x` of the row that is at height `flat` by the origin: the inverse of `flat`."""
        run = x - self.origin[0]
        rise = (self.slope + self.across * run / 2) * run
        return (flat + rise - self.down * self.origin[1] * run) / (1 - self.down * run)


LEVEL = Tilt()


def tilt_of(found: Components) -> Tilt:
    """The lean of the long components; level where there are none, and where no lean makes their rows lower."""
    tilt = _fitted(found)
    if tilt is LEVEL or _heights(found, tilt) > _LOWER * _heights(found, LEVEL):
        return LEVEL
    return tilt


def _heights(found: Components, tilt: Tilt) -> float:
    """The summed heights of the components, laid flat, that are wide enough to tell."""
    flat = tilt.flat((found.starts + found.ends) / 2, found.rows.astype(np.float64))
    heights = np.maximum.reduceat(flat, found.firsts) - np.minimum.reduceat(flat, found.firsts) + 1
    width, height = found.sizes
    return float(heights[(width > _LONG * height / 2) & (width > _LONG * EM) & (height < 4 * EM)].sum())


def _fitted(found: Components) -> Tilt:
    slopes, weights, x, y = _directions(found)
    if not len(slopes):
        return LEVEL
    middle = _weighted_median(slopes, weights)
    agreeing = np.abs(slopes - middle) < _AGREE
    slopes, weights, x, y = slopes[agreeing], weights[agreeing], x[agreeing], y[agreeing]
    origin = (found.shape[1] / 2, found.shape[0] / 2)
    if len(slopes) < _ENOUGH:
        return Tilt(slope=middle, origin=origin) if abs(middle) > _LEAST else LEVEL
    terms = np.stack((np.ones_like(x), y - origin[1], x - origin[0]), axis=1)
    root = np.sqrt(weights)
    slope, down, across = (
        float(value) for value in np.linalg.lstsq(terms * root[:, None], slopes * root, rcond=None)[0]
    )
    fitted = np.abs(terms @ (slope, down, across))
    if np.average(fitted > _LEAST, weights=weights) < 0.25:  # a share of the text
        return LEVEL
    return Tilt(slope=slope, down=down, across=across, origin=origin)


def _directions(found: Components) -> tuple[Floats, Floats, Floats, Floats]:
    """Of each component that has a direction: slope, weight (by its length), and centre."""
    length = (found.ends - found.starts).astype(np.float64)
    middle = (found.starts + found.ends - 1) / 2
    mass = np.bincount(found.labels, length, len(found))
    x = np.bincount(found.labels, length * middle, len(found)) / mass
    y = np.bincount(found.labels, length * found.rows, len(found)) / mass
    across, down = middle - x[found.labels], found.rows - y[found.labels]
    xx = np.bincount(found.labels, length * (across**2 + (length**2 - 1) / 12), len(found)) / mass
    xy = np.bincount(found.labels, length * across * down, len(found)) / mass
    yy = np.bincount(found.labels, length * down**2, len(found)) / mass
    slope = xy / np.maximum(xx, 1e-9)
    thick = np.sqrt(12 * np.maximum(yy - slope * xy, 0))
    long = np.sqrt(12 * xx)
    has = (long > _LONG * np.maximum(thick, EM * 2 / 3)) & (np.abs(slope) < _MOST) & (thick < 2 * EM)
    return slope[has], long[has] ** 2, x[has], y[has]


def _weighted_median(values: Floats, weights: Floats) -> float:
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])
