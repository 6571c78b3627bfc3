"""Cutting long pictures into pieces at rows that touch no text.

The same cuts serve the recognition of text, which wants pieces of bounded height, and the pages of the document.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

__all__ = ["OVERLAP", "Measured", "Slice", "measured", "slices", "slices_of"]

OVERLAP = 48
"""Rows that two pieces share where no clean row was found: a line of ordinary text fits into it."""

_BAND = 2_000_000  # pixels measured at a time
_CHANGE = 24  # of 255: what counts as a change between neighbouring pixels
_EDGES = 12  # a row between lines crosses the edges of bubbles, cards and avatars, but no letters
_NEAR = 6  # a break may lie as far from the even height as this part of a piece
_PLAIN = 12  # of 255: how much the pixels of a row of one colour may differ
_WIDE_GAP, _GAP = 12, 4  # rows without change: between lines of text, and at the very least

_Rows = npt.NDArray[np.bool_]


class Slice(NamedTuple):
    """Rows `top` (inclusive) to `bottom` (exclusive)."""

    top: int
    bottom: int


class Measured(NamedTuple):
    """For each place between two rows (rows + 1 places): whether both are alike and cross few edges (`quiet`), and
    whether both are of one colour (`plain`).
    """

    quiet: _Rows
    plain: _Rows

    @property
    def height(self) -> int:
        """Rows of the picture."""
        return int(self.quiet.size) - 1


def slices(
    image: Image.Image, height: int, keep: Sequence[tuple[float, float]] = (), overlap: int = OVERLAP
) -> tuple[Slice, ...]:
    """The pieces of a picture that is at hand whole: see `slices_of`."""
    if image.height <= height:
        return (Slice(0, image.height),)
    return slices_of(measured(_strips(image), image.height), height, keep, overlap)


def slices_of(
    rows: Measured, height: int, keep: Sequence[tuple[float, float]] = (), overlap: int = OVERLAP
) -> tuple[Slice, ...]:
    """The pieces of a picture, top to bottom, none higher than `height`; together they cover every row.

    `keep` are vertical extents (top, bottom) of lines that are known; none is cut where a clean row exists. Where
    none does, the next piece starts `overlap` rows earlier, and early enough to show such a line whole if it is not
    higher than half a piece. As few pieces as clean cuts allow, and of much the same height.
    ValueError if `height` is below 8.
    """
    if height < 8:
        raise ValueError(f"pieces of {height} rows are too small")
    if rows.height <= height:
        return (Slice(0, rows.height),)
    free = _free_of(keep, rows.height)
    gaps, breaks = _Gaps(free & rows.quiet), _Gaps(free & rows.plain)
    overlap = min(overlap, height // 4)
    pieces = []
    top = 0
    while rows.height - top > height:
        cut, is_clean = _cut(gaps, breaks, free, top, height)
        pieces.append(Slice(top, cut))
        top = cut if is_clean else _restart(keep, top, cut, overlap, height)
    return (*pieces, Slice(top, rows.height))


def measured(strips: Iterable[Image.Image], height: int) -> Measured:
    """The rows of a picture of `height` rows that comes in strips, top to bottom."""
    quiet, plain = np.zeros((2, height + 1), dtype=np.bool_)
    top, above = 0, None
    for strip in strips:
        band = np.asarray(strip.convert("L"), dtype=np.int16)
        joined = band if above is None else np.concatenate((above, band))
        alike = (np.abs(np.diff(joined, axis=0)) <= _CHANGE).all(axis=1)
        few = (np.abs(np.diff(joined, axis=1)) > _CHANGE).sum(axis=1) <= _EDGES
        one = np.ptp(joined, axis=1) <= _PLAIN
        top += strip.height
        between = slice(top - few.size + 1, top)
        quiet[between] = alike & few[:-1] & few[1:]
        plain[between] = alike & one[:-1] & one[1:]
        above = band[-1:]
    return Measured(quiet, plain)


def _cut(gaps: _Gaps, breaks: _Gaps, free: _Rows, top: int, height: int) -> tuple[int, bool]:
    """Where the piece that starts at `top` ends, and whether that row is clean.

    Best is a break near the even height: rows of one colour from edge to edge, which cut no bubble and no card.
    """
    rows, half, last = free.size - 1, top + height // 2, top + height
    pieces = math.ceil((rows - top) / height)
    fewest = rows - (pieces - 1) * height  # an earlier cut costs one piece more
    even = top + (rows - top) // pieces
    found = breaks.nearest(even, max(fewest, half), last, _WIDE_GAP)
    if found is not None and abs(found - even) <= height // _NEAR:
        return found, True
    for first, least in (
        (max(fewest, half), _WIDE_GAP),
        (max(fewest, half), _GAP),
        (half, _WIDE_GAP),
        (half, _GAP),
        (top + height // 8, _GAP),
    ):
        found = gaps.nearest(even, first, last, least)
        if found is not None:
            return found, True
    known = np.flatnonzero(free[half : last + 1])
    return (half + int(known[-1]) if known.size else last), False


class _Gaps:
    """The runs of clean rows of a picture."""

    def __init__(self, clean: _Rows) -> None:
        edges = np.diff(clean.astype(np.int8), prepend=0, append=0)
        self._starts, self._ends = np.flatnonzero(edges > 0), np.flatnonzero(edges < 0)

    def nearest(self, wanted: int, first: int, last: int, least: int) -> int | None:
        """The middle, as far as it lies within first..last, of the run of at least `least` rows nearest `wanted`."""
        fit = (self._ends > first) & (self._starts <= last) & (self._ends - self._starts >= least)
        runs = np.flatnonzero(fit)
        if not runs.size:
            return None
        middles = (np.maximum(self._starts[runs], first) + np.minimum(self._ends[runs] - 1, last)) // 2
        return int(middles[np.abs(middles - wanted).argmin()])


def _restart(keep: Sequence[tuple[float, float]], top: int, cut: int, overlap: int, height: int) -> int:
    """Where the next piece starts after a cut that was forced: above every line that the cut goes through."""
    crossed = [math.floor(start) for start, end in keep if start < cut < end and cut - start <= height // 2]
    return max(top + 1, min([cut - overlap, *crossed]))


def _free_of(keep: Sequence[tuple[float, float]], rows: int) -> _Rows:
    """For each of the rows + 1 places between rows: whether a cut there goes through none of `keep`."""
    free = np.ones(rows + 1, dtype=np.bool_)
    for start, end in keep:
        free[max(0, math.floor(start) + 1) : max(0, math.ceil(end))] = False
    return free


def _strips(image: Image.Image) -> Iterator[Image.Image]:
    rows = max(8, _BAND // image.width)
    for top in range(0, image.height, rows):
        yield image.crop((0, top, image.width, min(top + rows, image.height)))
