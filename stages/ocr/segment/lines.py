"""From components of strokes to rows of text."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from stages.ocr.segment.components import Components, Ints, Mask, connected, spans
from stages.ocr.segment.strokes import EM
from stages.ocr.segment.tilt import Tilt

__all__ = ["Rows", "rows_of"]

Floats = npt.NDArray[np.float64]

_LEAST, _MOST = EM / 3, 2 * EM  # heights of a row
_GAP = 0.9  # of the higher one's height: what may lie between two parts of a row
_SHARED = 0.55  # of the lower one's height that two parts of a row share
_TOGETHER = 1.5  # times the higher one: the height of the two together
_ALIKE = 1.9  # times the lower one: the higher of two parts, unless the lower one is a mark of punctuation
_MARK, _MARK_GAP, _MARK_SHARED = 0.55 * EM, 0.85, 0.25  # marks are low, stand close, and hang from the row
_GLYPH = 1.2 * EM  # the greatest extent of a single character
_STACKED = EM / 4  # what may lie between the upper and the lower part of a character
_TWO = 1.6  # times the usual height: two rows that touch
_VALLEY = 0.2  # of the ink of a common line of pixels: what is left between two rows that touch
_FULL = 0.12  # the least part of its box that text covers


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Rows of text in a picture laid flat: `boxes` (left, top, right, bottom), and of which row each run of pixels is,
    -1 for none.
    """

    boxes: Floats
    owners: Ints


def rows_of(found: Components, tilt: Tilt) -> Rows:
    """The rows that these components form; what is too high, too low or too thin to be text is in none."""
    runs = _Runs.of(found, tilt).parted()
    boxes = runs.boxes()
    fit = boxes[:, 3] - boxes[:, 1] <= _MOST
    groups = connected(len(boxes), *_beside(boxes, fit))
    rows = replace(runs, labels=groups[runs.labels])
    return _texts(rows, fit[runs.labels])


@dataclass(frozen=True, kw_only=True)
class _Runs:
    """Runs of pixels of a picture laid flat, with labels from 0."""

    starts: Ints
    ends: Ints
    heights: Floats
    labels: Ints

    @classmethod
    def of(cls, found: Components, tilt: Tilt) -> _Runs:
        flat = tilt.flat((found.starts + found.ends) / 2, found.rows.astype(np.float64))
        return cls(starts=found.starts, ends=found.ends, heights=flat, labels=found.labels)

    def boxes(self) -> Floats:
        """The box of each label: shape (count, 4)."""
        count = int(self.labels.max(initial=-1)) + 1
        boxes = np.empty((count, 4))
        boxes[:, :2], boxes[:, 2:] = np.inf, -np.inf
        np.minimum.at(boxes[:, 0], self.labels, self.starts)
        np.minimum.at(boxes[:, 1], self.labels, self.heights)
        np.maximum.at(boxes[:, 2], self.labels, self.ends)
        np.maximum.at(boxes[:, 3], self.labels, self.heights + 1)
        return boxes

    def parted(self) -> _Runs:
        """The same with components cut in two where two rows of text touch."""
        boxes = self.boxes()
        heights, widths = boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]
        usual = _usual_height(heights, widths)
        labels = self.labels.copy()
        for label in np.flatnonzero((heights > _TWO * usual) & (heights < 3 * _TWO * usual) & (widths > heights)):
            mine = np.flatnonzero(self.labels == label)
            cut = self._valley(mine, usual)
            if cut is not None:
                labels[mine[self.heights[mine] >= cut]] = labels.max() + 1
        return self if np.array_equal(labels, self.labels) else replace(self, labels=labels)

    def _valley(self, runs: Ints, usual: float) -> float | None:
        """The line of pixels, at least half a row from either edge, that has little ink."""
        top = self.heights[runs].min()
        lines = (self.heights[runs] - top).astype(np.intp)
        ink = np.bincount(lines, self.ends[runs] - self.starts[runs])
        edge = max(1, round(usual / 2))
        inner = ink[edge:-edge]
        if not inner.size or inner.min() > _VALLEY * np.median(ink):
            return None
        return float(top + edge + int(inner.argmin()))


def _usual_height(heights: Floats, widths: Floats) -> float:
    """The middling height of what is wider than high, by width."""
    wide = (widths > heights) & (heights >= _LEAST) & (heights <= _MOST)
    if not wide.any():
        return float(EM)
    order = np.argsort(heights[wide])
    reached = np.cumsum(widths[wide][order])
    return float(heights[wide][order][np.searchsorted(reached, reached[-1] / 2)])


def _beside(boxes: Floats, fit: Mask) -> tuple[Ints, Ints]:
    """Pairs of boxes that are parts of one row: side by side, or one above the other within a character."""
    order = np.argsort(boxes[:, 1], kind="stable")
    order = order[fit[order]]
    tops = boxes[order, 1]
    upper, lower = spans(np.arange(len(order)) + 1, np.searchsorted(tops, boxes[order, 3] + _STACKED))
    one, other = boxes[order[upper]], boxes[order[lower]]
    pairs = _in_one_row(one, other) | _in_one_glyph(one, other)
    return order[upper[pairs]], order[lower[pairs]]


def _in_one_row(one: Floats, other: Floats) -> Mask:
    high = np.maximum(one[:, 3] - one[:, 1], other[:, 3] - other[:, 1])
    low = np.minimum(one[:, 3] - one[:, 1], other[:, 3] - other[:, 1])
    shared, together = _overlap(one, other, 1)
    gap = np.maximum(one[:, 0], other[:, 0]) - np.minimum(one[:, 2], other[:, 2])
    mark = (low < _MARK) & (gap < _MARK_GAP * high)
    return np.asarray(
        (shared > np.where(mark, _MARK_SHARED, _SHARED) * low)
        & (gap < _GAP * np.maximum(high, EM * 0.7))
        & (together <= _TOGETHER * high)
        & ((high <= _ALIKE * low) | mark)
    )


def _in_one_glyph(one: Floats, other: Floats) -> Mask:
    narrow = np.minimum(one[:, 2] - one[:, 0], other[:, 2] - other[:, 0])
    shared, together = _overlap(one, other, 0)
    vertical, tall = _overlap(one, other, 1)
    return np.asarray((shared > narrow / 2) & (together <= _GLYPH) & (tall <= _GLYPH) & (vertical > -_STACKED))


def _overlap(one: Floats, other: Floats, axis: int) -> tuple[Floats, Floats]:
    """How much pairs of boxes share along an axis, and how far they reach together."""
    ends = np.minimum(one[:, axis + 2], other[:, axis + 2]), np.maximum(one[:, axis + 2], other[:, axis + 2])
    starts = np.maximum(one[:, axis], other[:, axis]), np.minimum(one[:, axis], other[:, axis])
    return ends[0] - starts[0], ends[1] - starts[1]


def _texts(rows: _Runs, fit: Mask) -> Rows:
    """Those rows whose height and fullness are those of text, counted anew."""
    boxes = rows.boxes()
    if not len(boxes):
        return Rows(boxes=boxes, owners=rows.labels)
    ink = np.bincount(rows.labels, (rows.ends - rows.starts) * fit, len(boxes))
    height, width = boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]
    kept = (height >= _LEAST) & (height <= _MOST) & (width >= _LEAST / 2) & (ink >= _FULL * height * width)
    numbers = np.where(kept, np.cumsum(kept) - 1, -1)
    return Rows(boxes=boxes[kept], owners=numbers[rows.labels])
