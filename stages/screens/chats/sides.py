"""On which side of a chat a bubble stands: only what its edges prove is said, all else is left open.

Both edges are known where they mirror each other, as columns of portraits make them; else an edge is known where a
bubble begins at it that cannot begin at the other one. What begins at a known edge and not at the other stands there;
what reaches both is whose its ground or the name above it proves, and else nobody's.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from statistics import median
from typing import Literal, NamedTuple

from stages.screens.chats.columns import Frame, contrast

__all__ = ["Side", "Told", "sides_of"]

Side = Literal["left", "right"]

_OFF = 0.6  # heights of a line: how far a bubble may begin from the edge of its side
_SAME_EDGE = 0.3  # heights of a line: edges of bubbles that are one
_TIE = 0.15  # heights of a line: a bubble that is so much nearer to one edge begins there
_LEAN = 0.06  # of the width: how much farther a bubble reaches to its own side, clearly
_EVEN = 0.04  # of the width: how evenly a card reaches both edges
_SAME_GROUND, _OTHER_GROUND = 12, 24  # of 255 in any channel


class Told(NamedTuple):
    """The side of a frame, None for what begins at neither edge; whether it reaches both as evenly as a card does.

    Where it is not `sure`, `side` is only the edge that a frame is nearest to.
    """

    side: Side | None
    wide: bool = False
    sure: bool = True


class _Place(NamedTuple):
    """How far a frame reaches from the axis to either side, and how far it is off the edge there."""

    reach: tuple[float, float]
    off: tuple[float, float]
    size: float

    @property
    def edges(self) -> tuple[float, float]:
        """How far the edges are from the axis."""
        return self.reach[0] + self.off[0], self.reach[1] + self.off[1]

    def begins(self, side: int, most: float = _OFF) -> bool:
        """Whether it begins at the left edge (0) or the right one (1)."""
        return abs(self.off[side]) <= most * self.size

    def is_nearer(self, side: int, tie: float) -> bool:
        """Whether it is clearly nearer to an edge than to the other one."""
        return abs(self.off[1 - side]) - abs(self.off[side]) >= tie

    def leans(self, side: int, width: float) -> bool:
        """Whether it reaches clearly farther to a side than to the other one."""
        return self.reach[side] - self.reach[1 - side] > _LEAN * width


def sides_of(frames: Sequence[Frame], area: tuple[float, float]) -> list[Told]:
    """The side of each frame in the column `area` (where it begins and ends)."""
    width = area[1] - area[0]
    places = _places(frames, area)
    tie = _tie(places)
    mirrored = bool(places) and abs(places[0].edges[0] - places[0].edges[1]) <= tie
    known = [mirrored or any(_is_proof(place, side, width, tie) for place in places) for side in (0, 1)]
    told = [_by_edges(place, known, width, tie) for place in places]
    return [_by_ground(at, frames, told) for at in range(len(frames))]


def _places(frames: Sequence[Frame], area: tuple[float, float]) -> list[_Place]:
    axis = sum(area) / 2
    reaches = [(axis - frame.box[0], frame.box[2] - axis) for frame in frames]
    edges = _edges(reaches, [frame.size for frame in frames])
    return [
        _Place((left, right), (edges[0] - left, edges[1] - right), frame.size)
        for (left, right), frame in zip(reaches, frames, strict=True)
    ]


def _tie(places: Sequence[_Place]) -> float:
    """By how much a frame must be nearer to one edge: more where frames do not meet their edges exactly."""
    met = [min(map(abs, place.off)) for place in places if place.begins(0) or place.begins(1)]
    return _TIE * median(place.size for place in places) + median(met) if met else 0.0


def _is_proof(place: _Place, side: int, width: float, tie: float) -> bool:
    """Whether a frame can belong to one side only: it begins there, leans there, and does not reach the other edge."""
    return (
        place.begins(side, _SAME_EDGE)
        and not place.begins(1 - side)
        and place.is_nearer(side, tie)
        and place.leans(side, width)
    )


def _by_edges(place: _Place, known: Sequence[bool], width: float, tie: float) -> Told:
    """The side that the edges prove: the nearer one of two known ones; else a known one, for what leans there too.

    An icon in a card may hide where it begins, if it leans clearly.
    """
    nearest = 0 if abs(place.off[0]) <= abs(place.off[1]) else 1
    level = abs(place.reach[0] - place.reach[1])
    if not place.begins(nearest, _OFF if level <= _LEAN * width else 2 * _OFF):
        return Told(None)
    if all(known):
        clear = place.is_nearer(nearest, tie)
    else:
        if any(known) and place.begins(known.index(True)):
            nearest = known.index(True)
        elif not place.is_nearer(nearest, tie):
            nearest = 0 if place.reach[0] >= place.reach[1] else 1
        clear = place.leans(nearest, width)
    return Told("left" if nearest == 0 else "right", level <= _EVEN * width, clear)


def _by_ground(at: int, frames: Sequence[Frame], told: Sequence[Told]) -> Told:
    """A frame that reaches both edges is of the side that alone has bubbles of its ground, if grounds tell sides."""
    here, frame = told[at], frames[at]
    if here.side is None or here.sure:
        return here
    same = {
        other.side
        for other, held in zip(told, frames, strict=True)
        if other.side and other.sure and contrast(held.ground, frame.ground) <= _SAME_GROUND
    }
    differs = any(
        other.side and not (other.sure and other.side in same) and contrast(held.ground, frame.ground) > _OTHER_GROUND
        for other, held in zip(told, frames, strict=True)
    )
    return Told(same.pop(), here.wide) if len(same) == 1 and differs and not frame.is_card else here


def _edges(reaches: Sequence[tuple[float, float]], sizes: Sequence[float]) -> tuple[float, float]:
    """How far from the axis the bubbles of either side reach: the edges at which most frames begin.

    Of pairs at which as many begin the one that they meet most exactly wins, then one that mirrors itself, then the
    widest: bubbles lean to their own side.
    """
    near = _SAME_EDGE * median(sizes) if sizes else 0.0
    lefts, rights = (_distinct([reach[side] for reach in reaches], near / 8) for side in (0, 1))

    def explained(pair: tuple[float, float]) -> tuple[int, int, bool, float]:
        offs = [min(abs(a - b) for a, b in zip(pair, reach, strict=True)) for reach in reaches]
        met = [off for off in offs if off <= near]
        return len(met), -round(2 * sum(met) / near) if near else 0, abs(pair[0] - pair[1]) <= near / 4, sum(pair)

    return max(product(lefts, rights), key=explained, default=(0.0, 0.0))


def _distinct(values: Sequence[float], near: float) -> list[float]:
    """The values without those that are near to a greater one."""
    found: list[float] = []
    for value in sorted(values, reverse=True):
        if not found or found[-1] - value > near:
            found.append(value)
    return found
