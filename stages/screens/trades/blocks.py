"""Parts of a screen that repeat, one around each order number: cards, rows of a table, or runs of lines."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Literal

from pipeline.model import Line
from stages.screens.page import Box

__all__ = ["Block", "Place", "blocks_of", "cards_of"]

Block = tuple[Line, ...]
"""The lines of one repeated part, top to bottom."""
Place = Literal["first", "last", "within"]
"""Where in its part the number stands."""

_LOW = 2.5  # heights of its number: what is lower is a bar or a row, no card


def cards_of(lines: Sequence[Line], numbers: Sequence[Line]) -> tuple[Block, ...] | None:
    """The cards on which the numbers stand, None where they do not each stand on one of their own."""
    panels = [line.look.panel for line in numbers if line.look is not None]
    tall = all(panel[3] - panel[1] > _LOW * _height(line) for panel, line in zip(panels, numbers, strict=False))
    if len(panels) < len(numbers) or not panels or not tall:
        return None
    if any(upper[3] > lower[1] + 1 for upper, lower in itertools.pairwise(panels)):
        return None
    return tuple(tuple(line for line in lines if _inside(line, panel)) for panel in panels)


def blocks_of(lines: Sequence[Line], numbers: Sequence[Line], at: Place) -> tuple[Block, ...]:
    """A block around each of the `numbers` (lines, top to bottom).

    Where a number stands within its block the cuts are the tallest empty bands between two numbers; then the first
    block begins as far above its number as those bands do, and what lies above is no block's.
    """
    if at == "first":
        edges = [*(number.box[1] - 0.4 * _height(number) for number in numbers), float("inf")]
    elif at == "last":
        edges = [float("-inf"), *(number.box[3] + 0.4 * _height(number) for number in numbers)]
    else:
        edges = _edges(lines, numbers)
    return tuple(
        tuple(line for line in lines if top <= _middle(line) < bottom) for top, bottom in itertools.pairwise(edges)
    )


def _edges(lines: Sequence[Line], numbers: Sequence[Line]) -> list[float]:
    cuts = [_band(lines, upper, lower) for upper, lower in itertools.pairwise(numbers)]
    if not cuts:
        return [numbers[0].box[1] - 3 * _height(numbers[0]), numbers[0].box[3] + 3 * _height(numbers[0])]
    above = max(lower.box[1] - cut for cut, lower in zip(cuts, numbers[1:], strict=False))
    below = max(cut - upper.box[3] for cut, upper in zip(cuts, numbers, strict=False))
    slack = 0.3 * _height(numbers[0])
    return [numbers[0].box[1] - above - slack, *cuts, numbers[-1].box[3] + below + slack]


def _band(lines: Sequence[Line], upper: Line, lower: Line) -> float:
    """The middle of the tallest empty band between two lines; halfway where there is none."""
    between = [line for line in lines if _middle(upper) - 1 < _middle(line) <= _middle(lower) + 1]
    edge, best, cut = upper.box[3], 0.0, (upper.box[3] + lower.box[1]) / 2
    for line in sorted(between, key=lambda line: line.box[1]):
        if line.box[1] - edge > best:
            best, cut = line.box[1] - edge, (line.box[1] + edge) / 2
        edge = max(edge, line.box[3])
    return cut


def _inside(line: Line, panel: Box) -> bool:
    return panel[1] - 1 <= _middle(line) <= panel[3] + 1


def _middle(line: Line) -> float:
    return (line.box[1] + line.box[3]) / 2


def _height(line: Line) -> float:
    return line.box[3] - line.box[1]
