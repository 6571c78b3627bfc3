"""Rows: what stands level, whatever the engine made of the tops of lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from stages.screens.page import Box

__all__ = ["in_rows", "overlap"]

_T = TypeVar("_T")


def overlap(one: Box, other: Box) -> float:
    """How much two boxes share in height, of the lower one's height; negative where they share none."""
    shared = min(one[3], other[3]) - max(one[1], other[1])
    return shared / max(1e-6, min(one[3] - one[1], other[3] - other[1]))


def in_rows(things: Iterable[_T], box: Callable[[_T], Box]) -> list[_T]:
    """Things in reading order: row under row, each from left to right. A row is what stands level with its first."""
    rows: list[list[_T]] = []
    for thing in sorted(things, key=lambda thing: (box(thing)[1], box(thing)[0])):
        if rows and overlap(box(rows[-1][0]), box(thing)) > 0.5:
            rows[-1].append(thing)
        else:
            rows.append([thing])
    return [thing for row in rows for thing in sorted(row, key=lambda thing: box(thing)[0])]
