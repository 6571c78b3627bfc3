"""Connected components of a mask, as runs of pixels, in numpy alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

__all__ = ["Components", "Ints", "Mask", "components", "connected", "spans"]

Mask = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.intp]


@dataclass(frozen=True, kw_only=True)
class Components:
    """The components of a mask of `shape`: runs of pixels (`rows`, `starts` to before `ends`), each with its label.

    Labels count from 0; runs are in the order of their labels, and top to bottom within one.
    """

    shape: tuple[int, int]
    rows: Ints
    starts: Ints
    ends: Ints
    labels: Ints

    def __len__(self) -> int:
        return int(self.labels[-1]) + 1 if len(self.labels) else 0

    @cached_property
    def firsts(self) -> Ints:
        """The index of each component's first run."""
        return np.flatnonzero(np.diff(self.labels, prepend=-1))

    @cached_property
    def boxes(self) -> Ints:
        """Left, top, right, bottom of each: shape (count, 4)."""
        if not len(self):
            return np.zeros((0, 4), np.intp)
        return np.stack(
            (
                np.minimum.reduceat(self.starts, self.firsts),
                np.minimum.reduceat(self.rows, self.firsts),
                np.maximum.reduceat(self.ends, self.firsts),
                np.maximum.reduceat(self.rows, self.firsts) + 1,
            ),
            axis=1,
        )

    @property
    def sizes(self) -> tuple[Ints, Ints]:
        """Width and height of each."""
        return self.boxes[:, 2] - self.boxes[:, 0], self.boxes[:, 3] - self.boxes[:, 1]

    @cached_property
    def areas(self) -> Ints:
        """Pixels of each."""
        return np.bincount(self.labels, self.ends - self.starts, len(self)).astype(np.intp)

    def shares(self, mask: Mask) -> npt.NDArray[np.float64]:
        """The part of each that lies in a mask of the same shape."""
        before = np.zeros((self.shape[0], self.shape[1] + 1), np.intp)
        np.cumsum(mask, axis=1, out=before[:, 1:])
        within = before[self.rows, self.ends] - before[self.rows, self.starts]
        return np.asarray(np.bincount(self.labels, within, len(self)) / np.maximum(self.areas, 1))

    def mask(self, kept: Mask) -> Mask:
        """The pixels of those components that are `kept`."""
        height, width = self.shape
        runs = kept[self.labels]
        edges = np.zeros(height * (width + 1), np.int8)
        edges[self.rows[runs] * (width + 1) + self.starts[runs]] = 1
        edges[self.rows[runs] * (width + 1) + self.ends[runs]] = -1
        return np.asarray(np.cumsum(edges, dtype=np.int8).reshape(height, width + 1)[:, :-1] > 0)


def components(mask: Mask) -> Components:
    """The components of a mask: pixels that touch, be it at a corner."""
    height, width = mask.shape
    edges = np.diff(np.pad(mask, ((0, 0), (1, 1))).view(np.int8), axis=1).ravel()
    rows, starts = np.divmod(np.flatnonzero(edges == 1), width + 1)  # far quicker than by rows and columns
    ends = np.flatnonzero(edges == -1) % (width + 1)
    labels = connected(len(rows), *_touching(rows * (width + 2), starts, ends, width + 2))
    order = np.argsort(labels, kind="stable")
    return Components(
        shape=(height, width), rows=rows[order], starts=starts[order], ends=ends[order], labels=labels[order]
    )


def _touching(offsets: Ints, starts: Ints, ends: Ints, pitch: int) -> tuple[Ints, Ints]:
    """Pairs of runs, of successive rows, that touch; `offsets` is where each one's row begins in one long row."""
    first = np.searchsorted(offsets + ends, offsets + pitch + starts, "left")
    behind = np.searchsorted(offsets + starts, offsets + pitch + ends, "right")
    return spans(first, behind)


def spans(firsts: Ints, ends: Ints) -> tuple[Ints, Ints]:
    """Pairs of an index and each number in `firsts[index]` to before `ends[index]`."""
    counts = np.maximum(ends - firsts, 0)
    index = np.repeat(np.arange(len(firsts)), counts)
    within = np.arange(len(index)) - np.repeat(np.cumsum(counts) - counts, counts)
    return index, firsts[index] + within


def connected(count: int, ones: Ints, others: Ints) -> Ints:
    """A label for each of `count` things, the same where pairs (`ones`, `others`) connect them; counted from 0."""
    least = np.arange(count)
    while True:
        low = np.minimum(least[ones], least[others])
        before = least.copy()
        np.minimum.at(least, before[ones], low)
        np.minimum.at(least, before[others], low)
        while True:
            shorter = least[least]
            if np.array_equal(shorter, least):
                break
            least = shorter
        if np.array_equal(least, before):
            return np.unique(least, return_inverse=True)[1].astype(np.intp)
