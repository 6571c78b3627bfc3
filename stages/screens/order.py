"""The order in which a person reads a screen: rows of label and value, paragraphs beside dates, cards in columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median

from stages.screens.level import level, tilt_of
from stages.screens.page import Box, Page

__all__ = ["page_order", "reading_order", "rows_of"]

_BAND = 0.75  # heights of a line: a gap that parts what belongs together
_GUTTER = 0.8  # heights of a line: between columns
_ALIGNED = 0.3  # heights of a line: rows of two columns that are one row
_PITCH = 1.3  # heights of a line: from one line to the next in a list of labels
_GRID = 0.75  # of the lines of the first column: those that begin a row, if they are labels
_TOUCHING = 0.3  # heights of a line: panes that touch
_HIGH = 0.6  # of the page: how high a pane of a window is
_GROUND = 0.35  # of the page: how high its ground is, where a heading or an input parts it
_OVERLAP = 0.5  # of the lower line: what lines of a row share in height
_ASIDE = 4.0  # heights of a line: what stands so far off is at the side of a row, and no column
_ACROSS = 0.95  # of the page's width: the panel of a bar over the panes of a window
_EXACT = 0.15  # heights of a line: what stands on one height without any tilt
_FULL, _ALIKE = 2.2, 0.08  # heights of a line: what a line that runs on leaves free, and how lines of one text differ
_STATED = 0.4  # of the lines of a column: those that state a label with its value, if the column is a list of them

_COUNT = re.compile(r"\W{0,2}\d[\d,.]*\s?[万wk]?\+?", re.IGNORECASE)
_STATEMENT = re.compile(r"[^:：\d]{1,12}[:：]\s*\S.*")


def rows_of(boxes: Sequence[Box]) -> list[list[int]]:
    """The lines by rows, top to bottom, each left to right: lines are beside each other if they share their height."""
    rows: list[list[int]] = []
    for at in sorted(range(len(boxes)), key=lambda at: (_middle(boxes[at]), boxes[at][0])):
        if rows and all(_shared(boxes[at], boxes[other]) >= _OVERLAP for other in rows[-1]):
            rows[-1].append(at)
        else:
            rows.append([at])
    return [sorted(row, key=lambda at: boxes[at][0]) for row in rows]


def reading_order(boxes: Sequence[Box], texts: Sequence[str] = ()) -> tuple[int, ...]:
    """The lines by their index in the order of reading.

    Cut into bands at empty rows; a band with a gutter is read column by column, unless its columns are one grid of
    rows: labels and values stand on common lines, a date and the paragraph beside it do not. Lists that state labels
    with their values in one line (`texts`) are columns.
    """
    return tuple(_ordered(list(range(len(boxes))), boxes, texts or [""] * len(boxes)))


def page_order(page: Page) -> tuple[int, ...]:
    """The lines of a page in the order of reading: the panes of a window one after the other."""
    lines = _levelled(page).lines
    return tuple(
        pane[at]
        for pane in _panes(page)
        for at in reading_order([lines[line].box for line in pane], [lines[line].text for line in pane])
    )


def _levelled(page: Page) -> Page:
    """The page turned back by its tilt, where its rows then stand level better than they do."""
    tilt = tilt_of(page.lines)
    turned = level(page, tilt)
    return turned if tilt and _met(turned) > _met(page) else page


def _met(page: Page) -> int:
    """How many lines stand exactly on the height of the next one beside them."""
    boxes = sorted((line.box for line in page.lines), key=_middle)
    near = _EXACT * _height(range(len(boxes)), boxes)
    return sum(
        _middle(other) - _middle(one) <= near and (one[2] <= other[0] or other[2] <= one[0])
        for one, other in pairwise(boxes)
    )


def _panes(page: Page) -> list[list[int]]:
    """The lines by the panes of a window, left to right: stretches that no panel of a line reaches across. A bar over
    all of them comes first, one under them last."""
    panels = {at: line.look.panel for at, line in enumerate(page.lines) if line.look is not None}
    every = list(range(len(page.lines)))
    if len(panels) < len(page.lines) or not panels:
        return [every]
    bars = {at for at, panel in panels.items() if panel[2] - panel[0] >= _ACROSS * page.width}
    held = {at: panel for at, panel in panels.items() if at not in bars}
    if not held:
        return [every]
    top, end = min(panel[1] for panel in held.values()), max(panel[3] for panel in held.values())
    size = _height(every, [line.box for line in page.lines])
    over = [at for at in bars if panels[at][3] <= top + _TOUCHING * size]
    under = [at for at in bars if panels[at][1] >= end - _TOUCHING * size]
    if len(over) + len(under) < len(bars):
        return [every]
    groups = _side_by_side(held, _TOUCHING * size)
    if len(groups) < 2 or any(panels[group[0]][0] > page.box[0] and not _is_high(group, page) for group in groups):
        return [every]
    return [sorted(group) for group in (over, *groups, under)]


def _side_by_side(panels: Mapping[int, Box], near: float) -> list[list[int]]:
    """The lines grouped where no panel reaches from one group into the next."""
    groups: list[list[int]] = []
    reached = float("-inf")
    for at in sorted(panels, key=lambda at: panels[at][0]):
        if panels[at][0] >= reached - near:
            groups.append([])
        groups[-1].append(at)
        reached = max(reached, panels[at][2])
    return groups


def _is_high(group: Sequence[int], page: Page) -> bool:
    """Whether a group of lines is a pane: high, and on a ground that is no cell of a table."""
    tops = [line.look.panel for at in group if (line := page.lines[at]).look is not None]
    whole = max(panel[3] for panel in tops) - min(panel[1] for panel in tops)
    return whole >= _HIGH * page.height and max(panel[3] - panel[1] for panel in tops) >= _GROUND * page.height


def _ordered(held: list[int], boxes: Sequence[Box], texts: Sequence[str]) -> list[int]:
    if len(held) < 2:
        return held
    bands = _with_lists(_cut(held, boxes, axis=1, gap=_BAND * _height(held, boxes)), boxes, texts)
    if len(bands) > 1:
        return [at for band in bands for at in _ordered(band, boxes, texts)]
    columns = _cut(held, boxes, axis=0, gap=_GUTTER * _height(held, boxes))
    if len(columns) > 1 and (_are_lists(columns, texts) or not _is_grid(columns, boxes, texts)):
        return [at for column in columns for at in _ordered(column, boxes, texts)]
    strips = _cut(held, boxes, axis=1, gap=0.0) if len(columns) == 1 else []
    if len(strips) > 1:
        return [at for strip in strips for at in _ordered(strip, boxes, texts)]
    rows = rows_of([boxes[at] for at in held])
    return [held[at] for row in rows for at in row]


def _with_lists(bands: list[list[int]], boxes: Sequence[Box], texts: Sequence[str]) -> list[list[int]]:
    """The bands, those of lists side by side put together, with the headings over them."""
    found: list[list[int]] = []
    for band in bands:
        states = len(band) > 1 and _are_stated(band, texts)
        if (
            states
            and found
            and len(found[-1]) > 1
            and (_are_stated(found[-1], texts) or _are_over(found[-1], band, boxes))
        ):
            found[-1] = [*found[-1], *band]
        else:
            found.append(band)
    return found


def _are_stated(lines: Sequence[int], texts: Sequence[str]) -> bool:
    return sum(_STATEMENT.fullmatch(texts[at]) is not None for at in lines) >= _STATED * len(lines)


def _are_over(heads: Sequence[int], below: Sequence[int], boxes: Sequence[Box]) -> bool:
    """Whether each of some headings begins where a line under them begins."""
    near = _height(heads, boxes)
    return all(min(abs(boxes[at][0] - boxes[other][0]) for other in below) <= near for at in heads)


def _are_lists(columns: Sequence[Sequence[int]], texts: Sequence[str]) -> bool:
    """Whether each column is a list of labels with their values."""
    return all(len(column) > 1 and _are_stated(column, texts) for column in columns)


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


def _is_grid(columns: Sequence[Sequence[int]], boxes: Sequence[Box], texts: Sequence[str]) -> bool:
    """Whether the lines of the first column have others on their height, as labels have values.

    Among many columns lines as close as those of a paragraph are one cell of a table.
    """
    first, *rest = columns
    pitches = [_middle(boxes[below]) - _middle(boxes[at]) for at, below in pairwise(first)]
    if rest[1:] and pitches and median(pitches) < _PITCH * _height(first, boxes):
        return False
    near = _ALIGNED * _height(first, boxes)
    others = [at for column in rest for at in column]
    met = sum(min(abs(_middle(boxes[at]) - _middle(boxes[other])) for other in others) <= near for at in first)
    counts = any(_COUNT.fullmatch(texts[at].strip()) for at in others)
    return met >= _GRID * len(first) or (not counts and _is_aside(first, others, boxes))


def _is_aside(first: Sequence[int], others: Sequence[int], boxes: Sequence[Box]) -> bool:
    """Whether others stand at the end of rows of the first column, as a date at the side of a name: they are fewer,
    each on the height of a line of it that ends there, narrower than it or far off."""
    near = _ALIGNED * _height(first, boxes)
    right, left = max(boxes[at][2] for at in first), min(boxes[at][0] for at in others)
    partners = [min(first, key=lambda line: abs(_middle(boxes[at]) - _middle(boxes[line]))) for at in others]
    level = all(
        abs(_middle(boxes[at]) - _middle(boxes[line])) <= near for at, line in zip(others, partners, strict=True)
    )
    if len(others) >= len(first) or not level or any(_runs_on(line, first, boxes) for line in partners):
        return False
    wide = right - min(boxes[at][0] for at in first)
    return left - right >= _ASIDE * _height(first, boxes) or max(boxes[at][2] for at in others) - left < wide


def _runs_on(line: int, column: Sequence[int], boxes: Sequence[Box]) -> bool:
    """Whether a line of a column is full and one of the same height follows it: a paragraph, not to be broken."""
    below = [at for at in column if boxes[at][1] > _middle(boxes[line])]
    if not below:
        return False
    after = min(below, key=lambda at: boxes[at][1])
    high, next_high = boxes[line][3] - boxes[line][1], boxes[after][3] - boxes[after][1]
    full = max(boxes[at][2] for at in column) - boxes[line][2] <= _FULL * high
    return full and abs(high - next_high) <= _ALIKE * high


def _height(held: Sequence[int], boxes: Sequence[Box]) -> float:
    return median(boxes[at][3] - boxes[at][1] for at in held)


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2


def _shared(one: Box, other: Box) -> float:
    return (min(one[3], other[3]) - max(one[1], other[1])) / max(1e-6, min(one[3] - one[1], other[3] - other[1]))
