"""The geometry that chats share: which lines stand in one bubble, on which side, and what stands around it.

Everything is told by structure: panels of even ground, the axis that both sides lean away from, edges that bubbles of
one side have in common, distances in heights of a line. No colour and no number of pixels is known beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, product
from statistics import median
from typing import Literal, NamedTuple

from stages.screens.chats.columns import Frame, contrast, frames_of, height, straight
from stages.screens.chats.words import is_field, is_quote, kind_of
from stages.screens.page import Box, Page

__all__ = ["Bubble", "Chat", "chat_of"]

Side = Literal["left", "right"]

_OFF = 0.6  # heights of a line: how far a bubble may begin from the edge of its side
_SAME_EDGE = 0.3  # heights of a line: edges of bubbles that are one
_LEAN = 0.06  # of the width: how much farther a bubble reaches to its own side, clearly
_TIE = 0.15  # heights of a line: a bubble that is so much nearer to one edge belongs there
_EVEN = 0.04  # of the width: how evenly a card reaches both edges
_EXACT = 0.05  # heights of a line, as exactly as panels are measured
_SAME_GROUND = 12  # of 255 in any channel
_MIDDLE = 0.025  # of the width: how far the middle of a centred line may be off
_SMALLER = 0.92  # of the words: the size a quote is set in
_NEAR = 1.3  # heights of a line between a bubble and a line that belongs to it
_ALIGNED = 1.6  # heights of a line between edges that are one edge


@dataclass(frozen=True, kw_only=True)
class Bubble:
    """A bubble: its lines by their index in the page, its panel, its side, and the lines that belong to it.

    `wide`: it reaches both edges as evenly as a card does, so its side is told by its ground; `sure`: it could be told.
    `quoted` stand on a panel inside it. `above`, `below` and `beside` have no panel of their own there.
    """

    lines: tuple[int, ...]
    box: Box
    side: Side
    ground: str
    wide: bool = False
    sure: bool = True
    quoted: tuple[int, ...] = ()
    above: tuple[int, ...] = ()
    below: tuple[int, ...] = ()
    beside: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Chat:
    """A page as a chat: bubbles top to bottom, and by index the lines in the middle, at the top, and all others.

    `fields` are lines in the field to type in below the chat and beside it.
    `size` is the height of a middling line in the bubbles. `boxes` are the lines' boxes with the tilt taken out.
    """

    bubbles: tuple[Bubble, ...]
    centred: tuple[int, ...]
    top: tuple[int, ...]
    others: tuple[int, ...]
    fields: tuple[int, ...]
    size: float
    boxes: tuple[Box, ...]
    area: tuple[float, float]


@lru_cache(maxsize=2)
def chat_of(page: Page) -> Chat:
    """The page read as a chat, whether or not it is one."""
    boxes, area = straight(page)
    frames = frames_of(page, boxes, area)
    floor = _floor(page, frames, boxes, area)
    frames = [frame for frame in frames if frame.box[3] <= floor or boxes[frame.lines[0]][1] < floor]
    quotes = [frame for at, frame in enumerate(frames) if _is_quote(page, frame, frames[:at] + frames[at + 1 :])]
    frames = [frame for frame in frames if frame not in quotes]
    sides = _sides(frames, area)
    bubbles, inside = _bubbles(frames, sides)
    bubbles = _with_quotes(bubbles, quotes)
    size = median([height(boxes[at]) for bubble in bubbles for at in bubble.lines] or list(map(height, boxes)) or [1.0])
    held = {at for bubble in bubbles for at in (*bubble.lines, *bubble.quoted)} | inside
    fields = [at for at in range(len(boxes)) if at not in held and boxes[at][1] >= floor]
    free = [at for at in range(len(boxes)) if at not in held and at not in fields and page.lines[at].role == "text"]
    middle = [at for at in free if _is_centred(boxes[at], area, size)]
    first = min((bubble.box[1] for bubble in bubbles), default=0.0)
    loose = [at for at in free if at not in middle]
    bubbles, loose = _with_company(bubbles, loose, boxes, size, area)
    top = [at for at in (*middle, *loose) if boxes[at][3] <= first]
    return Chat(
        bubbles=tuple(bubbles),
        centred=tuple(middle),
        top=tuple(sorted(top)),
        others=tuple(at for at in loose if at not in top),
        fields=tuple(fields),
        size=size,
        boxes=boxes,
        area=area,
    )


def _floor(page: Page, frames: Sequence[Frame], boxes: Sequence[Box], area: tuple[float, float]) -> float:
    """The row at which the field to type in begins: the lowest frame, if it is wide and hardly filled, or says so."""
    lowest = max(frames, key=lambda frame: frame.box[3], default=None)
    if lowest is None or len(lowest.lines) != 1:
        return page.box[3]
    line, width = lowest.lines[0], lowest.box[2] - lowest.box[0]
    hollow = boxes[line][2] - boxes[line][0] < 0.5 * width and width > 0.5 * (area[1] - area[0])
    text = page.lines[line].text
    voice = kind_of([text], is_card=False) == "voice"
    return boxes[line][1] if (hollow and not voice) or is_field(text) else page.box[3]


class _Told(NamedTuple):
    """The side of a frame, None for what begins at neither edge; whether it is wide, and whether its side is sure."""

    side: Side | None
    wide: bool = False
    sure: bool = True


def _sides(frames: Sequence[Frame], area: tuple[float, float]) -> list[_Told]:
    """The side of each frame, by the edges that the bubbles of a side have in common.

    Where a bubble is so wide that it reaches both edges, its ground says whose it is, else the edge it is nearer to,
    else the way it leans.
    """
    axis, width = sum(area) / 2, area[1] - area[0]
    reaches = [(axis - frame.box[0], frame.box[2] - axis) for frame in frames]
    edges = _edges(reaches, [frame.size for frame in frames])
    offs = [(edges[0] - left, edges[1] - right) for left, right in reaches]
    sides = [_side(*off, frame.size) for off, frame in zip(offs, frames, strict=True)]
    grounds = [(frame.ground, side) for frame, side in zip(frames, sides, strict=True) if side in ("left", "right")]
    found: list[_Told] = []
    for frame, side, off, (left, right) in zip(frames, sides, offs, reaches, strict=True):
        same = {other for ground, other in grounds if contrast(ground, frame.ground) <= _SAME_GROUND}
        if side is None and (len(frame.lines) > 1 or same) and abs(left - right) > _LEAN * width:
            side = _side(*off, frame.size, 2 * _OFF)  # an icon in a card hides where it begins
        if side != "both":
            found.append(_Told(side))
            continue
        told = same.pop() if len(same) == 1 else _nearer(*off, frame.size)
        wide = abs(left - right) <= _EVEN * width
        found.append(_Told(told or ("left" if left >= right else "right"), wide, told is not None or not wide))
    return found


def _side(left: float, right: float, size: float, most: float = _OFF) -> Side | Literal["both"] | None:
    """The edge that a frame is off least; both where it is equally near to them, None where it is at neither."""
    if min(abs(left), abs(right)) > most * size:
        return None
    if abs(abs(left) - abs(right)) < _TIE * size:
        return "both"
    return "left" if abs(left) < abs(right) else "right"


def _nearer(left: float, right: float, size: float) -> Side | None:
    """The edge a wide bubble is nearer to, where that can be told."""
    if abs(abs(left) - abs(right)) <= _EXACT * size:
        return None
    return "left" if abs(left) < abs(right) else "right"


def _edges(reaches: Sequence[tuple[float, float]], sizes: Sequence[float]) -> tuple[float, float]:
    """How far from the axis the bubbles of either side reach: the edges at which most frames begin.

    Of pairs at which as many begin the one that they meet most exactly wins, then the widest: bubbles lean to their
    own side.
    """
    near = _SAME_EDGE * median(sizes) if sizes else 0.0
    lefts, rights = (_distinct([reach[side] for reach in reaches], near / 8) for side in (0, 1))

    def explained(pair: tuple[float, float]) -> tuple[int, int, float]:
        offs = [min(abs(a - b) for a, b in zip(pair, reach, strict=True)) for reach in reaches]
        met = [off for off in offs if off <= near]
        return len(met), -round(2 * sum(met) / near) if near else 0, sum(pair)

    return max(product(lefts, rights), key=explained, default=(0.0, 0.0))


def _distinct(values: Sequence[float], near: float) -> list[float]:
    """The values without those that are near to a greater one."""
    found: list[float] = []
    for value in sorted(values, reverse=True):
        if not found or found[-1] - value > near:
            found.append(value)
    return found


def _bubbles(frames: Sequence[Frame], sides: Sequence[_Told]) -> tuple[list[Bubble], set[int]]:
    """The bubbles with what they quote, and the lines of frames that share a row: buttons, not bubbles."""
    rows = _in_rows(frames)
    outer = [at for at, told in enumerate(sides) if told.side is not None and at not in rows]
    nested = {
        inner: holder
        for inner in range(len(frames))
        for holder in outer
        if inner != holder and _inside(frames[inner].box, frames[holder].box)
    }
    bubbles = []
    for at in outer:
        side, wide, sure = sides[at]
        if at in nested or side is None:
            continue
        quoted = tuple(line for inner, holder in nested.items() if holder == at for line in frames[inner].lines)
        bubbles.append(
            Bubble(
                lines=frames[at].lines,
                box=frames[at].box,
                side=side,
                ground=frames[at].ground,
                wide=wide,
                sure=sure,
                quoted=quoted,
            )
        )
    return sorted(bubbles, key=lambda bubble: bubble.box[1]), {line for at in rows for line in frames[at].lines}


def _is_quote(page: Page, frame: Frame, others: Iterable[Frame]) -> bool:
    """Whether a frame is what the bubble right above it answers: set smaller, under its edge, a name and words."""
    text = "".join(page.lines[at].text for at in frame.lines)
    return is_quote(text) and any(_is_under(frame, other) for other in others)


def _is_under(frame: Frame, upper: Frame) -> bool:
    aligned = min(abs(frame.box[0] - upper.box[0]), abs(frame.box[2] - upper.box[2])) <= _OFF * upper.size
    gap = frame.box[1] - upper.box[3]
    return aligned and frame.size < _SMALLER * upper.size and -0.3 * upper.size <= gap <= _OFF * upper.size


def _with_quotes(bubbles: Sequence[Bubble], quotes: Sequence[Frame]) -> list[Bubble]:
    """The bubbles with what stands quoted under them."""
    found = list(bubbles)
    for quote in quotes:
        above = [at for at, bubble in enumerate(found) if bubble.box[1] < quote.box[1]]
        if above:
            found[above[-1]] = replace(found[above[-1]], quoted=(*found[above[-1]].quoted, *quote.lines))
    return found


def _in_rows(frames: Sequence[Frame]) -> set[int]:
    """The frames beside another one: two people never speak on one row. A small one, an avatar, is out alone."""
    found: set[int] = set()
    for one, other in combinations(range(len(frames)), 2):
        a, b = frames[one].box, frames[other].box
        shared = min(a[3], b[3]) - max(a[1], b[1])
        apart = a[2] <= b[0] or b[2] <= a[0]
        if not apart or shared <= 0.5 * min(height(a), height(b)):
            continue
        small = [at for at in (one, other) if _is_avatar(frames[at])]
        found.update(small if len(small) == 1 else (one, other))
    return found


def _is_avatar(frame: Frame) -> bool:
    """Whether a frame is about as wide as it is high, with hardly a word in it."""
    width = frame.box[2] - frame.box[0]
    return len(frame.lines) == 1 and frame.letters <= 2 and width <= 1.5 * height(frame.box)


def _inside(inner: Box, outer: Box) -> bool:
    return inner[0] >= outer[0] and inner[1] >= outer[1] and inner[2] <= outer[2] and inner[3] <= outer[3]


def _is_centred(box: Box, area: tuple[float, float], size: float) -> bool:
    width = area[1] - area[0]
    return abs((box[0] + box[2]) - sum(area)) / 2 <= max(_MIDDLE * width, 0.5 * size)


def _with_company(
    bubbles: Sequence[Bubble], loose: Iterable[int], boxes: Sequence[Box], size: float, area: tuple[float, float]
) -> tuple[list[Bubble], list[int]]:
    """The bubbles with the lines that belong to them, and the lines that belong to none."""
    company: dict[tuple[int, str], list[int]] = {}
    left = []
    for line in loose:
        outside = boxes[line][2] <= area[0] or boxes[line][0] >= area[1]
        found = None if outside else _relation(boxes[line], bubbles, size)
        if found is None:
            left.append(line)
        else:
            company.setdefault(found, []).append(line)
    dressed = [
        replace(
            bubble,
            above=tuple(company.get((at, "above"), ())),
            below=tuple(company.get((at, "below"), ())),
            beside=tuple(company.get((at, "beside"), ())),
        )
        for at, bubble in enumerate(bubbles)
    ]
    return dressed, left


def _relation(box: Box, bubbles: Sequence[Bubble], size: float) -> tuple[int, str] | None:
    """The bubble nearest to a line among those it can belong to, and how it stands to it."""
    best: tuple[float, int, str] | None = None
    for at, bubble in enumerate(bubbles):
        for relation, distance in _distances(box, bubble, size):
            if distance <= _NEAR * size and (best is None or distance < best[0]):
                best = (distance, at, relation)
    return best[1:] if best else None


def _distances(box: Box, bubble: Bubble, size: float) -> Iterable[tuple[str, float]]:
    held = bubble.box
    if min(box[3], held[3]) - max(box[1], held[1]) >= 0.4 * height(box):
        yield "beside", 0.0
        return
    own = abs(box[0] - held[0]) if bubble.side == "left" else abs(box[2] - held[2])
    if own > _ALIGNED * size and not (held[0] <= box[0] and box[2] <= held[2]):
        return
    if box[3] <= held[1] + 0.3 * size:
        yield "above", max(0.0, held[1] - box[3])
    if box[1] >= held[3] - 0.3 * size:
        yield "below", max(0.0, box[1] - held[3])
