"""The screens of a picture: several phones side by side or one under the other are several pages, a PDF has its own.

Phones are told by their status bars. Without them two halves are phones only where each is as slim as a phone, nothing
reaches across, and their rows do not go together: the sides of a chat and the columns of a table do.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from pipeline.model import Ingested, Line
from stages.screens.order import rows_of
from stages.screens.page import Box, Page, around
from stages.screens.status import bar_of, clocks_of, is_status_row

__all__ = ["pages_of"]

_LEAST, _MOST = 1.5, 2.6  # height by width of what may be a phone that shows no status bar
_FEW = 4  # lines that a phone shows at least, where no status bar tells it
_TOGETHER = 0.35  # heights of a line: rows that go together
_SHARE = 0.5  # of the lines: those that go together with the neighbour's in a table
_MARGIN = 0.12  # of a phone's width: how near to its left edge something begins
_GAP = 0.4  # heights of a line: what screens on one ground leave free between them
_LEAST_WIDE, _LEAST_HIGH = 0.15, 0.3  # of the picture: the least that a screen among others takes
_SHORT = 0.5  # of the width: the least height of a phone among others
_ACROSS = 0.6  # of the width: what a status bar covers from its clock to its battery
_ABOVE = 0.7  # heights of a line: what stands over a status bar belongs to it


def pages_of(lines: Sequence[Line], ingested: Ingested) -> tuple[Page, ...]:
    """The pages in reading order; together they hold every line once."""
    if not lines:
        return ()
    numbers = sorted({line.page for line in lines if line.page is not None})
    if not numbers:
        box = (0.0, 0.0, float(ingested.width or 0), float(ingested.height or 0))
        return tuple(_screens(Page(box=box, lines=tuple(lines))))
    return tuple(
        Page(box=around(line.box for line in held), lines=held, number=number)
        for number in numbers
        if (held := tuple(line for line in lines if line.page == number))
    )


def _screens(page: Page) -> list[Page]:
    """The phones of a picture, left to right, in each column top to bottom."""
    columns = _on_backdrop(page) or _parted(page, _columns(page), axis=0)
    return [screen for column in columns for screen in _stacked(column)]


def _on_backdrop(page: Page) -> list[Page]:
    """Screens laid out on a ground of their own: their panels leave stretches free from top to bottom."""
    if any(line.look is None for line in page.lines):
        return []
    panels = {at: line.look.panel for at, line in enumerate(page.lines) if line.look is not None}
    size = median(line.box[3] - line.box[1] for line in page.lines)
    groups: list[list[int]] = []
    reached = float("-inf")
    for at in sorted(panels, key=lambda at: panels[at][0]):
        if panels[at][0] - reached > _GAP * size:
            groups.append([])
        groups[-1].append(at)
        reached = max(reached, panels[at][2])
    boxes = [around(panels[at] for at in group) for group in groups]
    if len(groups) < 2 or not all(_is_screen(box, page) for box in boxes) or min(map(len, groups)) < _FEW - 1:
        return []
    parts = zip(groups, boxes, strict=True)
    return [
        Page(box=box, lines=tuple(page.lines[at] for at in sorted(group)), number=page.number) for group, box in parts
    ]


def _is_screen(box: Box, page: Page) -> bool:
    """Whether a box is large enough for a screen among others."""
    return box[2] - box[0] >= _LEAST_WIDE * page.width and box[3] - box[1] >= _LEAST_HIGH * page.height


def _columns(page: Page) -> list[float]:
    """Where one phone ends and the next begins, from left to right."""
    bar = [page.lines[at] for at in next(iter(rows_of([line.box for line in page.lines])), [])]
    clocks = [place for place, line in enumerate(bar) if clocks_of(line)]
    if len(clocks) < 2:
        return _halves(page)
    before = clocks[0]  # signs that a phone shows left of its clock
    ends = [clock - before for clock in clocks[1:]]
    cuts = [_gutter(page, bar[end - 1].box[2], bar[end].box[0]) for end in ends]
    found = [cut for cut in cuts if cut is not None]
    whole = len(found) == len(ends) and all(_has_bar(part) for part in _parted(page, found, axis=0))
    return found if whole else _halves(page)


def _has_bar(page: Page) -> bool:
    bar = bar_of(page)
    return bar is not None and bar.clock is not None


def _gutter(page: Page, left: float, right: float) -> float | None:
    """The middle of the widest stretch between two signs over which no line runs."""
    spans = sorted((line.box[0], line.box[2]) for line in page.lines)
    widest, middle, reached = 0.0, None, left
    for begin, end in [*spans, (right, right)]:
        if begin > right:
            break
        if begin - reached > widest:
            widest, middle = begin - reached, (begin + reached) / 2
        reached = max(reached, end)
    return middle


def _halves(page: Page) -> list[float]:
    """The cut between two phones without status bars, if the picture is two of them."""
    cut = (page.box[0] + page.box[2]) / 2
    parts = _parted(page, [cut], axis=0)
    if len(parts) < 2 or not all(_LEAST <= part.height / max(1.0, part.width) <= _MOST for part in parts):
        return []
    crossing = any(line.box[0] < cut < line.box[2] or _reaches_across(line, cut) for line in page.lines)
    if crossing or not all(len(part.lines) >= _FEW and _is_filled(part) for part in parts):
        return []
    return [] if _go_together(*parts) else [cut]


def _reaches_across(line: Line, cut: float) -> bool:
    """Whether a line's panel goes on well beyond the cut: a card, or the ground of one screen."""
    if line.look is None:
        return False
    size = line.box[3] - line.box[1]
    return line.look.panel[0] < cut - size and line.look.panel[2] > cut + size


def _is_filled(page: Page) -> bool:
    """Whether a part has a left margin of its own, as a screen has."""
    return min(line.box[0] for line in page.lines) - page.box[0] <= _MARGIN * page.width


def _go_together(left: Page, right: Page) -> bool:
    """Whether rows of one part go on in the other, as those of a table or of labels and values do."""
    size = median(line.box[3] - line.box[1] for line in (*left.lines, *right.lines))
    middles = [_middle(line) for line in left.lines]
    met = sum(min(abs(_middle(line) - other) for other in middles) <= _TOGETHER * size for line in right.lines)
    return met > _SHARE * len(right.lines)


def _stacked(page: Page) -> list[Page]:
    """The phones of a column, each from its status bar down."""
    cuts: list[float] = []
    last = page.box[1]
    for row in rows_of([line.box for line in page.lines]):
        lines = [page.lines[at] for at in row]
        top = min(line.box[1] for line in lines)
        if top - last >= _SHORT * page.width and _is_full_bar(page, lines):
            cuts.append(top - _ABOVE * (lines[0].box[3] - lines[0].box[1]))
            last = top
    return _parted(page, cuts, axis=1)


def _is_full_bar(page: Page, lines: Sequence[Line]) -> bool:
    """Whether a row further down is a status bar: a clock and signs, from one side of the screen to the other."""
    if len(lines) < 2 or not is_status_row(lines, page) or not any(clocks_of(line) for line in lines):
        return False
    begin, end = min(line.box[0] for line in lines), max(line.box[2] for line in lines)
    return end - begin >= _ACROSS * page.width


def _parted(page: Page, cuts: Sequence[float], *, axis: int) -> list[Page]:
    """The page cut across x (0) or y (1); a line belongs where its middle is, parts without lines are none."""
    edges = [page.box[axis], *cuts, page.box[axis + 2]]
    parts = []
    for begin, end in pairwise(edges):
        box = (begin, page.box[1], end, page.box[3]) if axis == 0 else (page.box[0], begin, page.box[2], end)
        first, last = begin == edges[0], end == edges[-1]
        held = tuple(
            line for line in page.lines
            if (first or begin <= _centre(line, axis)) and (last or _centre(line, axis) < end)
        )  # fmt: skip
        if held:
            parts.append(Page(box=box, lines=held, number=page.number))
    return parts


def _centre(line: Line, axis: int) -> float:
    return (line.box[axis] + line.box[axis + 2]) / 2


def _middle(line: Line) -> float:
    return _centre(line, 1)
