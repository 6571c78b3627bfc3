"""The ground a chat stands on: its column of the window, the tilt of a photograph, and the frames around its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from pipeline.model import Line
from stages.screens.chats.words import is_clock, time_of
from stages.screens.page import Box, Page, around

__all__ = ["Frame", "contrast", "frames_of", "height", "straight"]

_TOUCH = 0.004  # of the width: how near a panel that ends at the edge of the screen comes to it
_INSET = 2.2  # heights of a line: what is farther from either edge, as far from both, stands in the middle of nothing
_CENTRED = 0.1  # of the width, in all: how far left and right of a centred line may differ
_ALL = 0.93  # of the screen's width: a panel that is its ground, in spite of a tilt
_FRAMED = 0.02  # of the width: a screen that ends so far inside the picture is photographed
_SAME = 0.6  # of the smaller of two panels: what they share if they are one
_STACKED = 0.4  # heights of a line: how exactly panels that cross stand under each other if they are one
_EVEN, _SHADED = 8, 40  # of 255 in any channel: grounds that are one, and one in uneven light
_FOOT = 0.8  # of the highest line: what is set smaller at the foot of a card
_IN = 2.0  # heights of a line: what is set so far in stands beside a picture
_ICON = 0.4  # of the usual height of words in frames: what is set smaller is an icon
_TILT = 0.15  # columns a row, the steepest that a photograph is taken to be
_UPRIGHT = 0.004  # columns a row that are none


@dataclass(frozen=True, kw_only=True)
class Frame:
    """Lines that stand on one panel. `size` is the height of a middling line, `letters` how many there are in all.

    `is_card`: its last line is set smaller, or words stand beside a picture, as in no bubble.
    """

    lines: tuple[int, ...]
    box: Box
    ground: str
    size: float
    letters: int
    is_card: bool = False


def height(box: Box) -> float:
    """Of a box."""
    return box[3] - box[1]


def straight(page: Page) -> tuple[tuple[Box, ...], tuple[float, float]]:
    """The lines' boxes with the tilt of a photograph taken out, and where the chat's column begins and ends."""
    boxes = tuple(line.box for line in page.lines)
    area = _column(page)
    if not _is_photographed(page, area):
        return boxes, area
    slope, axis = _axis(page, area)
    middle = (page.box[1] + page.box[3]) / 2
    half = min(axis - area[0], area[1] - axis)
    return tuple(_sheared(box, slope, middle) for box in boxes), (axis - half, axis + half)


def _is_photographed(page: Page, area: tuple[float, float]) -> bool:
    """Whether the screen ends inside the picture on both sides."""
    return min(area[0] - page.box[0], page.box[2] - area[1]) > _FRAMED * page.width


def _sheared(box: Box, slope: float, middle: float) -> Box:
    off = slope * ((box[1] + box[3]) / 2 - middle)
    return (box[0] - off, box[1], box[2] - off, box[3])


def _column(page: Page) -> tuple[float, float]:
    """The chat's column: the screen in a photograph; in a window what lies between a list and a panel of details."""
    panels = [line.look.panel for line in page.lines if line.look]
    left = min((panel[0] for panel in panels), default=page.box[0])
    right = max((panel[2] for panel in panels), default=page.box[2])
    inset = min(left - page.box[0], page.box[2] - right) > _FRAMED * page.width
    if inset and any(_is_bare(line, right - left) for line in page.lines):
        off = _FRAMED * page.width  # the edge of a photographed screen is nowhere straight
        return left + off, right - off
    touch = _TOUCH * page.width
    left, right = page.box[0] + touch, page.box[2] - touch
    if page.width < 0.9 * page.height:
        return left, right
    ends = [panel[2] for panel in panels if panel[2] < left + page.width / 2]
    begins = [panel[0] for panel in panels if panel[0] > left + page.width / 2]
    list_end, details = _shared(ends, page.width), _shared(begins, page.width)
    return (list_end or left, details or right)


def _is_bare(line: Line, width: float) -> bool:
    """Whether a line stands on the ground of the screen: as wide as that, and hardly filled."""
    if line.look is None:
        return False
    panel = line.look.panel[2] - line.look.panel[0]
    return panel > _ALL * width and line.box[2] - line.box[0] < panel / 2


def _shared(edges: Sequence[float], width: float) -> float | None:
    """The edge that at least four panels have in common, the commonest first; None without one."""
    near = 0.003 * width
    counted = [(sum(abs(edge - other) <= near for other in edges), edge) for edge in edges]
    count, edge = max(counted, default=(0, 0.0))
    return edge if count >= 4 else None


def _axis(page: Page, area: tuple[float, float]) -> tuple[float, float]:
    """Slope and middle of the axis that the times between the bubbles stand on, as photographs tilt it."""
    middle, width = sum(area) / 2, area[1] - area[0]
    points = [
        ((line.box[1] + line.box[3]) / 2, (line.box[0] + line.box[2]) / 2)
        for line in page.lines
        if abs((line.box[0] + line.box[2]) / 2 - middle) < 0.15 * width and time_of(line.text) is not None
    ]
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(points) if b[0] > a[0]]
    slope = median(slopes) if slopes else 0.0
    if not _UPRIGHT < abs(slope) < _TILT or max(slopes) - min(slopes) > abs(slope):
        return 0.0, middle
    level = (page.box[1] + page.box[3]) / 2
    return slope, median(x - slope * (y - level) for y, x in points)


def frames_of(page: Page, boxes: Sequence[Box], area: tuple[float, float]) -> list[Frame]:
    """The panels that hold lines as a bubble or a card does: closed on every side, and filled from their left."""
    groups: list[list[int]] = []
    panels: list[Box] = []
    shaded = _is_photographed(page, area)
    grounds = _framed_grounds(page, boxes, area)
    for at, line in enumerate(page.lines):
        panel = _panel(line, boxes[at], area, grounds)
        if panel is None:
            continue
        lines = [[page.lines[member] for member in group] for group in groups]
        home = next((k for k, held in enumerate(panels) if _is_one(panel, line, held, lines[k], shaded=shaded)), None)
        if home is None:
            groups.append([at])
            panels.append(panel)
        else:
            groups[home].append(at)
            panels[home] = around((panels[home], panel))
    frames = [_frame(page, boxes, group, panel) for group, panel in zip(groups, panels, strict=True)]
    kept = _whole([frame for frame in frames if _is_filled(frame, boxes)], page)
    least = _ICON * median([frame.size for frame in kept] or [0.0])
    outer = [frame for frame in kept if frame.size >= least and sum(_holds(frame, other) for other in kept) < 2]
    return _completed(page, boxes, outer)


def _completed(page: Page, boxes: Sequence[Box], frames: Sequence[Frame]) -> list[Frame]:
    """The frames with the lines of their ground that stand in them, in the middle or beside a picture."""
    held = {at for frame in frames for at in frame.lines}
    free = [at for at, line in enumerate(page.lines) if at not in held and line.look and line.role == "text"]
    found: list[Frame] = []
    for frame in frames:
        more = [
            at
            for at in free
            if _is_within(boxes[at], frame.box) and contrast(_ground(page.lines[at]), frame.ground) <= _EVEN
        ]
        found.append(_frame(page, boxes, sorted((*frame.lines, *more)), frame.box) if more else frame)
    return found


def _is_within(box: Box, outer: Box) -> bool:
    return outer[0] <= box[0] and outer[1] <= box[1] and box[2] <= outer[2] and box[3] <= outer[3]


def _panel(line: Line, box: Box, area: tuple[float, float], grounds: frozenset[str]) -> Box | None:
    """The line's panel beside its straightened box; None where it runs to the edge of the screen.

    Nor is it one where it is no wider than its line, unless it is of the `grounds` of others, nor a bubble's where the
    line stands in the middle of it and of the screen.
    """
    if line.look is None or line.role != "text":
        return None
    off = box[0] - line.box[0]
    left, top, right, bottom = line.look.panel
    left, right = left + off, right + off
    if left <= area[0] or right >= area[1]:
        return None
    before, after = sorted((box[0] - left, right - box[2]))
    centred = abs(box[0] + box[2] - sum(area)) < _CENTRED * (area[1] - area[0])
    is_middle = centred and before > _INSET * height(box) and after < _INSET * before
    wider = before + after >= 0.2 * height(box) or _ground(line) in grounds
    return (left, top, right, bottom) if wider and not is_middle else None


def _framed_grounds(page: Page, boxes: Sequence[Box], area: tuple[float, float]) -> frozenset[str]:
    """The grounds of panels that are wider than their lines: an engine's box may be as large as its bubble."""
    return frozenset(
        _ground(line) for at, line in enumerate(page.lines) if _panel(line, boxes[at], area, frozenset()) is not None
    )


def _whole(frames: Sequence[Frame], page: Page) -> list[Frame]:
    """The frames, with a time of day that a picture parts from the words of its bubble put back to them."""
    found: list[Frame] = []
    for frame in frames:
        row = [at for at, other in enumerate(found) if _goes_on(other, frame, page)]
        if row:
            other = found[row[0]]
            found[row[0]] = replace(other, lines=(*other.lines, *frame.lines), box=around((other.box, frame.box)))
        else:
            found.append(frame)
    return found


def _goes_on(frame: Frame, tail: Frame, page: Page) -> bool:
    """Whether a frame that is a time of day alone stands right of another's words, on one row and one ground."""
    words, clock = (around(page.lines[at].box for at in held.lines) for held in (frame, tail))
    shared = min(frame.box[3], tail.box[3]) - max(frame.box[1], tail.box[1])
    return (
        all(is_clock(page.lines[at].text) for at in tail.lines)
        and shared > 0.6 * min(height(frame.box), height(tail.box))
        and words[2] <= clock[0]
        and tail.box[0] - frame.box[2] < 3 * frame.size
        and contrast(frame.ground, tail.ground) <= _EVEN
    )


def _is_one(panel: Box, line: Line, held: Box, group: Sequence[Line], *, shaded: bool) -> bool:
    """Whether a line's panel is that of a group: they cover each other, on one ground; `shaded` in uneven light."""
    wide, high = min(panel[2], held[2]) - max(panel[0], held[0]), min(panel[3], held[3]) - max(panel[1], held[1])
    if wide <= 0 or high <= 0:
        return False
    stacked = all(abs(panel[side] - held[side]) <= _STACKED * height(line.box) for side in (0, 2))
    smaller = min((box[2] - box[0]) * height(box) for box in (panel, held))
    if wide * high < _SAME * smaller and not stacked:
        return False
    off = min(contrast(_ground(line), _ground(other)) for other in group)
    sides = sum(abs(a - b) <= 0.15 * height(line.box) for a, b in zip(panel, held, strict=True))
    return off <= _EVEN or (off <= _SHADED and (shaded or sides >= 2))


def contrast(one: str, other: str) -> int:
    """How far two colours (#rrggbb) are from each other, in the channel that differs most."""
    return max(abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) for at in (1, 3, 5))


def _frame(page: Page, boxes: Sequence[Box], group: Sequence[int], panel: Box) -> Frame:
    return Frame(
        lines=tuple(group),
        box=around((panel, *(boxes[at] for at in group))),
        ground=_ground(page.lines[group[0]]),
        size=median(height(boxes[at]) for at in group),
        letters=sum(len(page.lines[at].text) for at in group),
        is_card=_is_card(page, boxes, group),
    )


def _is_card(page: Page, boxes: Sequence[Box], group: Sequence[int]) -> bool:
    """Whether lines are set as in a card: the last one smaller, or some far in from where the others begin."""
    held = sorted((boxes[at] for at in group if not is_clock(page.lines[at].text)), key=lambda box: box[1])
    if len(held) < 2:
        return False
    size = max(map(height, held))
    begins = [box[0] for box, above in zip(held[1:], held, strict=False) if box[1] > (above[1] + above[3]) / 2]
    return height(held[-1]) < _FOOT * size or max(begins, default=held[0][0]) - held[0][0] > _IN * size


def _ground(line: Line) -> str:
    return line.look.ground if line.look else "#ffffff"


def _is_filled(frame: Frame, boxes: Sequence[Box]) -> bool:
    """Whether the lines begin near the frame's left and top, as words in a bubble do (an icon may come first)."""
    text = around(boxes[at] for at in frame.lines)
    return text[0] - frame.box[0] <= 4.5 * frame.size and text[1] - frame.box[1] <= 2.5 * frame.size


def _holds(outer: Frame, inner: Frame) -> bool:
    if outer is inner:
        return False
    return _is_within(inner.box, outer.box)
