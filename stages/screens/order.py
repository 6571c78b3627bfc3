"""The order in which a person reads a screen: rows of label and value, paragraphs beside dates, cards in columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from stages.screens.page import Box, Page

__all__ = ["page_order", "reading_order", "rows_of"]

_BAND = 0.75  # heights of a line: a gap that parts what belongs together
_GUTTER = 0.8  # heights of a line: between columns
_ALIGNED = 0.3  # heights of a line: rows of two columns that are one row
_PITCH = 1.3  # heights of a line: from one line to the next in a list of labels
_GRID = 0.75  # of the lines of the first column: those that begin a row, if they are labels
_TOUCHING = 0.3  # heights of a line: panes that touch
_HIGH = 0.6  # of the page: how high a pane of a window is
_OVERLAP = 0.5  # of the lower line: what lines of a row share in height


def rows_of(boxes: Sequence[Box]) -> list[list[int]]:
    """The lines by rows, top to bottom, each left to right: lines are beside each other if they share their height."""
    rows: list[list[int]] = []
    for at in sorted(range(len(boxes)), key=lambda at: (_middle(boxes[at]), boxes[at][0])):
        if rows and all(_shared(boxes[at], boxes[other]) >= _OVERLAP for other in rows[-1]):
            rows[-1].append(at)
        else:
            rows.append([at])
    return [sorted(row, key=lambda at: boxes[at][0]) for row in rows]


def reading_order(boxes: Sequence[Box]) -> tuple[int, ...]:
    """The lines by their index in the order of reading.

    Cut into bands at empty rows; a band with a gutter is read column by column, unless its columns are one grid of
    rows: labels and values stand on common lines, a date and the paragraph beside it do not.
    """
    return tuple(_ordered(list(range(len(boxes))), boxes))


def page_order(page: Page) -> tuple[int, ...]:
    """The lines of a page in the order of reading: the panes of a window one after the other."""
    return tuple(pane[at] for pane in _panes(page) for at in reading_order([page.lines[line].box for line in pane]))


def _panes(page: Page) -> list[list[int]]:
    """The lines by the panes of a window, left to right: stretches that no panel of a line reaches across."""
    panels = {at: line.look.panel for at, line in enumerate(page.lines) if line.look is not None}
    if len(panels) < len(page.lines) or not panels:
        return [list(range(len(page.lines)))]
    near = _TOUCHING * _height(list(panels), [line.box for line in page.lines])
    groups: list[list[int]] = []
    reached = float("-inf")
    for at in sorted(panels, key=lambda at: panels[at][0]):
        if panels[at][0] >= reached - near:
            groups.append([])
        groups[-1].append(at)
        reached = max(reached, panels[at][2])
    if any(panels[group[0]][0] > page.box[0] and not _is_high(group, page) for group in groups):
        return [list(range(len(page.lines)))]
    return [sorted(group) for group in groups]


def _is_high(group: Sequence[int], page: Page) -> bool:
    tops = [line.look.panel for at in group if (line := page.lines[at]).look is not None]
    return max(panel[3] for panel in tops) - min(panel[1] for panel in tops) >= _HIGH * page.height


def _ordered(held: list[int], boxes: Sequence[Box]) -> list[int]:
    if len(held) < 2:
        return held
    bands = _cut(held, boxes, axis=1, gap=_BAND * _height(held, boxes))
    if len(bands) > 1:
        return [at for band in bands for at in _ordered(band, boxes)]
    columns = _cut(held, boxes, axis=0, gap=_GUTTER * _height(held, boxes))
    if len(columns) > 1 and not _is_grid(columns, boxes):
        return [at for column in columns for at in _ordered(column, boxes)]
    rows = rows_of([boxes[at] for at in held])
    return [held[at] for row in rows for at in row]


def _cut(held: Sequence[int], boxes: Sequence[Box], *, axis: int, gap: float) -> list[list[int]]:
    """The lines parted wherever nothing stands for `gap`, along x (0) or y (1)."""
    groups: list[list[int]] = []
    reached = float("-inf")
    for at in sorted(held, key=lambda at: (boxes[at][axis], boxes[at][1 - axis])):
        if not groups or boxes[at][axis] - reached > gap:
            groups.append([])
        groups[-1].append(at)
        reached = max(reached, boxes[at][axis + 2])
    return groups


def _is_grid(columns: Sequence[Sequence[int]], boxes: Sequence[Box]) -> bool:
    """Whether the lines of the first column have others on their height, as labels have values.

    Among many columns lines as close as those of a paragraph are one cell of a table.
    """
    first, *rest = columns
    pitches = [_middle(boxes[below]) - _middle(boxes[at]) for at, below in pairwise(first)]
    if rest[1:] and pitches and median(pitches) < _PITCH * _height(first, boxes):
        return False
    near = _ALIGNED * _height(first, boxes)
    others = [_middle(boxes[at]) for column in rest for at in column]
    met = sum(min(abs(_middle(boxes[at]) - other) for other in others) <= near for at in first)
    return met >= _GRID * len(first)


def _height(held: Sequence[int], boxes: Sequence[Box]) -> float:
    return median(boxes[at][3] - boxes[at][1] for at in held)


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2


def _shared(one: Box, other: Box) -> float:
    return (min(one[3], other[3]) - max(one[1], other[1])) / max(1e-6, min(one[3] - one[1], other[3] - other[1]))
