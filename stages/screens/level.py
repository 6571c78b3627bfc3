"""Photographs of screens are tilted: rows run downhill, so that a value stands level with the next label.

The tilt shows in the edges that a screen keeps: sheared back by it, left and right edges stand under each other. The
layouts then read the page as if it were level; what they cite stands where it stands in the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from pipeline.contract import Score
from pipeline.locate import Locator
from pipeline.model import Line, Record
from stages.screens.page import Box, Context, Found, Page

__all__ = ["level", "levelled", "tilt_of"]

_STEPS = tuple(step / 200 for step in range(-24, 25))
"""Slopes that are tried: rows that fall or rise by up to 12 in 100."""
_NEAR = 0.2  # of a line's height: how exactly edges stand under each other
_FAR = 12  # lines: how many neighbours below a line are compared with it
_SURER = 1.25  # how much better than none a tilt must fit to be one
_LEAST = 6


def tilt_of(lines: Sequence[Line]) -> float:
    """By how much rows fall per unit to the right (negative: rise); 0 where the edges stand straight, or are few."""
    if len(lines) < _LEAST:
        return 0.0
    fits = {slope: _fit(lines, slope) for slope in _STEPS}
    best = max(fits, key=lambda slope: (fits[slope], -abs(slope)))
    level = max(fits[slope] for slope in _STEPS if abs(slope) < 0.008)
    return best if abs(best) >= 0.01 and fits[best] >= _SURER * level else 0.0


def _fit(lines: Sequence[Line], slope: float) -> int:
    """How many edges stand under another one when the page is sheared back."""
    ordered = sorted(lines, key=lambda line: line.box[1])
    count = 0
    for at, line in enumerate(ordered):
        near = _NEAR * (line.box[3] - line.box[1])
        for other in ordered[at + 1 : at + 1 + _FAR]:
            drift = slope * (_middle(other.box) - _middle(line.box))
            count += abs(other.box[0] - line.box[0] + drift) < near
            count += abs(other.box[2] - line.box[2] + drift) < near
    return count


def level(page: Page, tilt: float) -> Page:
    """The page with the boxes of its lines and words turned back by the tilt."""
    if tilt == 0:
        return page
    return Page(box=page.box, lines=tuple(_levelled_line(line, tilt) for line in page.lines), number=page.number)


def levelled(
    sniff: Callable[[Page], Score | None], read: Callable[[Page, Context], Found]
) -> tuple[Callable[[Page], Score | None], Callable[[Page, Context], Found]]:
    """A layout's two functions for pages that are tilted as well."""

    def sniff_level(page: Page) -> Score | None:
        return sniff(level(page, tilt_of(page.lines)))

    def read_level(page: Page, context: Context) -> Found:
        tilt = tilt_of(page.lines)
        found = read(level(page, tilt), context)
        if tilt == 0:
            return found
        return Found(
            records=tuple(_put_back(record, tilt) for record in found.records), roles=found.roles, notes=found.notes
        )

    return sniff_level, read_level


def _levelled_line(line: Line, tilt: float) -> Line:
    box = _turned(line.box, tilt)
    words = tuple(msgspec.structs.replace(word, box=_turned(word.box, tilt)) for word in line.words)
    return msgspec.structs.replace(line, box=box, words=words)


def _put_back(record: Record, tilt: float) -> Record:
    spots = tuple(
        msgspec.structs.replace(spot, where=_located(spot.where, tilt)) for spot in getattr(record, "spots", ())
    )
    moved = msgspec.structs.replace(record, where=_located(record.where, tilt))
    return msgspec.structs.replace(moved, spots=spots) if spots else moved


def _located(where: Locator, tilt: float) -> Locator:
    return where if where.box is None else msgspec.structs.replace(where, box=_turned_back(where.box, tilt))


def _turned(box: Box, tilt: float) -> Box:
    """A box where it stands on the level page; its height without what the slope of its line adds."""
    across, down = (box[0] + box[2]) / 2, _middle(box)
    high = max((box[3] - box[1]) - abs(tilt) * (box[2] - box[0]), 0.4 * (box[3] - box[1]))
    left, middle = box[0] + tilt * down, down - tilt * across
    return (left, middle - high / 2, left + box[2] - box[0], middle + high / 2)


def _turned_back(box: Box, tilt: float) -> Box:
    """The box in the picture of a box on the level page."""
    across, down = (box[0] + box[2]) / 2, _middle(box)
    middle = (down + tilt * across) / (1 + tilt * tilt)
    shift = tilt * middle
    high = (box[3] - box[1]) + abs(tilt) * (box[2] - box[0])
    return (box[0] - shift, middle - high / 2, box[2] - shift, middle + high / 2)


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2
