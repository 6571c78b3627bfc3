"""Photographs of screens are tilted: rows run downhill, so that a value stands level with the next label.

The tilt shows in the edges that a screen keeps: sheared back by it, left and right edges stand under each other. The
layouts then read the page as if it were level; what they cite stands where it stands in the picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import msgspec
import numpy as np

from pipeline.contract import Score
from pipeline.locate import Locator
from pipeline.model import Line, Record
from stages.screens.page import Box, Context, Found, Page

__all__ = ["level", "levelled", "tilt_of"]

_STEPS = tuple(step / 200 for step in range(-24, 25))
"""Slopes that are tried: rows that fall or rise by up to 12 in 100."""
_NEAR = 0.25  # of a line's height: how exactly edges stand under each other
_FAR = 12  # lines: how many neighbours below a line are compared with it
_SURER = 1.15  # how much better than none a tilt must fit to be one
_LEAST = 6
_ROW = 0.15  # of the lower height: how exactly the middles of a row agree
_FEW = 2  # pairs that are level by chance


def tilt_of(lines: Sequence[Line]) -> float:
    """By how much rows fall per unit to the right (negative: rise); 0 where the edges stand straight, or are few."""
    return _tilt(tuple(line.box for line in lines)) if len(lines) >= _LEAST else 0.0


@lru_cache(maxsize=8)
def _tilt(boxes: tuple[Box, ...]) -> float:
    """The same of boxes; kept, for every layout asks for the same page."""
    fits = _fits(boxes)
    best = max(_STEPS, key=lambda slope: (fits[slope], -abs(slope)))
    straight = max(fits[slope] for slope in _STEPS if abs(slope) < 0.008)
    surely = abs(best) >= 0.01 and fits[best] >= _SURER * straight
    return best if surely and not _level_rows(boxes, 0.0) > 2 * _level_rows(boxes, best) + _FEW else 0.0


def _level_rows(boxes: Sequence[Box], slope: float) -> int:
    """How many pairs of lines stand side by side in one row, when the page is turned back by a slope."""
    held = np.array(boxes)
    middles = (held[:, 1] + held[:, 3]) / 2 - slope * (held[:, 0] + held[:, 2]) / 2
    near = _ROW * np.minimum.outer(held[:, 3] - held[:, 1], held[:, 3] - held[:, 1])
    return (int((np.abs(np.subtract.outer(middles, middles)) <= near).sum()) - len(boxes)) // 2


def _fits(held: Sequence[Box]) -> dict[float, float]:
    """For each slope how many edges stand under another one when the page is sheared back; the exacter, the more."""
    boxes = np.array(sorted(held, key=lambda box: box[1]))
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    slopes, fits = np.array(_STEPS)[:, None], np.zeros(len(_STEPS))
    for below in range(1, min(_FAR, len(boxes) - 1) + 1):
        near = np.maximum(_NEAR * (boxes[:-below, 3] - boxes[:-below, 1]), 1e-6)
        down = middles[below:] - middles[:-below]
        for side in (0, 2):
            across = boxes[below:, side] - boxes[:-below, side]
            off = (across + slopes * down) / near
            fits += np.maximum(0.0, 1 - off * off).sum(axis=1)
    return dict(zip(_STEPS, fits.tolist(), strict=True))


def level(page: Page, tilt: float) -> Page:
    """The page with the boxes of its lines and words turned back by the tilt."""
    if tilt == 0:
        return page
    return Page(box=page.box, lines=tuple(_levelled_line(line, tilt) for line in page.lines), number=page.number)


def levelled(
    sniff: Callable[[Page], Score | None], read: Callable[[Page, Context], Found]
) -> tuple[Callable[[Page], Score | None], Callable[[Page, Context], Found]]:
    """A layout's two functions for pages that are tilted as well; they get no status bar."""

    def sniff_level(page: Page) -> Score | None:
        body = _body(page)
        return sniff(level(body, tilt_of(body.lines)))

    def read_level(page: Page, context: Context) -> Found:
        body = _body(page)
        tilt = tilt_of(body.lines)
        found = read(level(body, tilt), context)
        records = found.records if tilt == 0 else tuple(_put_back(record, tilt) for record in found.records)
        places = [at for at, line in enumerate(page.lines) if line.role != "status"]
        roles = {places[at]: role for at, role in found.roles.items()}
        return Found(records=records, roles=roles, notes=found.notes)

    return sniff_level, read_level


def _body(page: Page) -> Page:
    """The page without the phone's status bar."""
    return Page(box=page.box, lines=tuple(line for line in page.lines if line.role != "status"), number=page.number)


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
