"""The geometry that chats share: which lines stand in one bubble, on which side, and what stands around it.

Everything is told by structure: panels of even ground, the axis that both sides lean away from, edges that bubbles of
one side have in common, distances in heights of a line. No colour and no number of pixels is known beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations
from statistics import median

from stages.screens.chats.columns import Frame, frames_of, height, straight
from stages.screens.chats.sides import Side, Told, sides_of
from stages.screens.chats.words import is_clock, is_field, is_mark, is_quote, kind_of, time_of
from stages.screens.page import Box, Page

__all__ = ["Bubble", "Chat", "chat_of"]

_OFF = 0.6  # heights of a line: how far a quote may stand from the edge of its bubble
_MIDDLE = 0.025  # of the width: how far the middle of a centred line may be off
_SMALLER = 0.92  # of the words: the size a quote is set in
_NEAR = 1.3  # heights of a line between a bubble and a line that belongs to it
_FAR = 4.0  # heights of a line: how far from the other edge of a bubble a name ends that proves its side
_AS_HIGH = 0.9  # of the words: a title is set as large, a name is not
_ALIGNED = 1.6  # heights of a line between edges that are one edge


@dataclass(frozen=True, kw_only=True)
class Bubble:
    """A bubble: its lines by their index in the page, its panel, its side, and the lines that belong to it.

    `wide`: it reaches both edges as evenly as a card does. `sure`: its side is proven, else only the nearer edge.
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
    sides = sides_of(frames, area)
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
    bubbles, title = _without_title(bubbles, boxes, size)
    loose += title
    bubbles = [_by_name(page, bubble, boxes, size) for bubble in bubbles]
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


def _bubbles(frames: Sequence[Frame], sides: Sequence[Told]) -> tuple[list[Bubble], set[int]]:
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
    text = "".join(page.lines[at].text for at in frame.lines if not is_clock(page.lines[at].text))
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


def _without_title(bubbles: Sequence[Bubble], boxes: Sequence[Box], size: float) -> tuple[list[Bubble], list[int]]:
    """The bubbles without a title right above the first one: it is as high as the words, and no other has a name."""
    named = [bubble for bubble in bubbles if bubble.above]
    title = list(named[0].above) if named and named == [bubbles[0]] and len(bubbles) > 1 else []
    if not title or any(height(boxes[at]) < _AS_HIGH * size for at in title):
        return list(bubbles), []
    return [replace(bubbles[0], above=()), *bubbles[1:]], title


def _by_name(page: Page, bubble: Bubble, boxes: Sequence[Box], size: float) -> Bubble:
    """A bubble whose side was open, with the one that the name above it proves: set at its edge, far from the other."""
    names = [at for at in bubble.above if not _is_no_name(page.lines[at].text)]
    if bubble.sure or len(names) != 1:
        return bubble
    left, _, right, _ = boxes[names[0]]
    offs = (abs(left - bubble.box[0]), abs(bubble.box[2] - right))
    near, far = min(offs), max(offs)
    if near > _OFF * size or far < _FAR * size:
        return bubble
    return replace(bubble, side="left" if offs[0] < offs[1] else "right", sure=True)


def _is_no_name(text: str) -> bool:
    return is_quote(text) or is_mark(text) or is_clock(text) or time_of(text) is not None
