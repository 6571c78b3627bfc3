"""The entries of a list that is dated line by line: each a time and the words that belong to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Literal, NamedTuple

from pipeline.model import Line
from pipeline.moment import Moment
from stages.screens.page import Box, Context, around
from stages.screens.trades.labels import field_of
from stages.screens.trades.rows import in_rows, overlap
from stages.screens.trades.statuses import is_status
from stages.screens.trades.values import Part, Said, said, time_of, times_in, whole

__all__ = ["Entry", "entries_on"]

_SEPARATORS = " ,，|·、:：-—"
_NAME = re.compile(r"(?:时间|時間|日期|date|time|(?: on| at))\s*[:：]?\s*$", re.IGNORECASE)
"""What a label of a time ends with: no words of an entry."""
_LETTER = re.compile(r"[\u3400-\u9fffA-Za-z]")
_SIGN = re.compile(r"[\u3400-\u9fffA-Za-z\d]")
_LOOSE = 1.6  # line heights: how far apart the lines of one entry may stand
_SLACK = 0.2  # line heights: how much more two gaps alike differ where an engine framed the lines
_FAR = 3.5  # line heights: words farther from their neighbours are of the same list no more
_LEVEL = 0.5  # of the lower one's height: how much a time and what stands in its row share
_ASIDE = 6.0  # line heights: what begins farther from the first words is of another column
Side = Literal["beside", "above", "below"]


class Entry(NamedTuple):
    """A time as printed, over one or two lines, and its words."""

    at: Moment
    time: Said
    said: Said


class _Stamp(NamedTuple):
    """A time on the screen with the passage behind it or before it in its own line.

    `box` is where it stands to its words: without the day's heading, where it has one.
    """

    at: Moment
    parts: tuple[Part, ...]
    rest: tuple[Part, ...]
    box: Box

    @property
    def text(self) -> str:
        return " ".join(part.text for part in self.parts)


def entries_on(lines: Sequence[Line], context: Context) -> tuple[Entry, ...]:
    """The entries top to bottom. Words are given to the time they stand beside, else above or below, as all are."""
    stamps = _stamps(lines, context)
    if not stamps:
        return ()
    timed = {id(part.line) for stamp in stamps for part in stamp.parts}
    words = _words([line for line in lines if id(line) not in timed and not _NAME.search(line.text)])
    own = any(stamp.rest for stamp in stamps)
    side: Side = "above" if own and _are_inline(stamps) else _side(stamps, words)
    return tuple(_entry(stamp, held) for stamp, held in zip(stamps, _shared_out(stamps, words, side), strict=True))


def _entry(stamp: _Stamp, words: Sequence[Line]) -> Entry:
    parts = in_rows((*stamp.rest, *map(whole, words)), lambda part: part.line.box)
    if len(parts) > 1 and is_status(parts[0].text):
        rest = said(parts[1:])
        return Entry(stamp.at, said(stamp.parts), Said(f"{parts[0].text} {rest.text}", tuple(parts)))
    return Entry(stamp.at, said(stamp.parts), said(parts))


def _words(lines: Sequence[Line]) -> list[Line]:
    """The lines that can be words: all but the dots and icons that an engine read left of where words begin."""
    long = [line for line in lines if len(_LETTER.findall(line.text)) > 3]
    if not long:
        return []
    left = median(line.box[0] for line in long)
    height = median(line.box[3] - line.box[1] for line in long)
    return [line for line in lines if line in long or (_SIGN.search(line.text) and line.box[0] >= left - 0.8 * height)]


def _stamps(lines: Sequence[Line], context: Context) -> list[_Stamp]:
    """The times, top to bottom: date and clock in one passage, the date over the clock, or a day's heading."""
    alone = [stamp for line in lines if (stamp := _in_line(line, context)) is not None]
    days = [stamp for stamp in alone if _has_date(stamp) and not _has_clock(stamp)]
    found = [stamp for stamp in alone if _has_date(stamp) and _has_clock(stamp)]
    clocks = [stamp for stamp in alone if not _has_date(stamp)]
    headings = [day for day in days if _is_heading(day, clocks, lines)]
    own = _matched([day for day in days if day not in headings], clocks)
    for clock in clocks:
        above = [day for day in headings if day.box[1] < clock.box[1]]
        half = own.get(id(clock))
        day = half or max(above, key=lambda day: day.box[1], default=None)
        box = around((half.box, clock.box)) if half is not None else clock.box
        joined = _joined(day, clock, box, context) if day is not None else None
        if joined is not None:
            found.append(joined)
    used = {id(part.line) for stamp in found for part in stamp.parts}
    found += [day for day in days if id(day.parts[0].line) not in used]
    return sorted(found, key=lambda stamp: stamp.parts[-1].line.box[1])


def _is_heading(day: _Stamp, clocks: Sequence[_Stamp], lines: Sequence[Line]) -> bool:
    """Whether a day heads the entries under it: it stands alone in its row, and is not the lower half of a time."""
    if day.rest or any(clock.box[1] < day.box[1] and _belong(day, clock) for clock in clocks):
        return False
    line = day.parts[0].line
    return not any(overlap(line.box, other.box) > 0.3 for other in lines if other is not line)


def _matched(days: Sequence[_Stamp], clocks: Sequence[_Stamp]) -> dict[int, _Stamp]:
    """The day of each clock that has one right beside, above or below it: the closest pairs first, each once."""
    pairs = [(day, at, clock) for day in days for at, clock in enumerate(clocks) if _belong(day, clock)]
    near = [(_gap(day, clock), at, day, clock) for day, at, clock in pairs]
    own: dict[int, _Stamp] = {}
    taken: set[int] = set()
    for _, _, day, clock in sorted(near, key=lambda held: held[:2]):
        if id(clock) not in own and id(day) not in taken:
            own[id(clock)] = day
            taken.add(id(day))
    return own


def _gap(day: _Stamp, clock: _Stamp) -> float:
    """How far apart two stamps stand in height, 0 side by side."""
    return max(0.0, clock.box[1] - day.box[3], day.box[1] - clock.box[3])


def _in_line(line: Line, context: Context) -> _Stamp | None:
    """The time that a line begins or ends with; what else stands in the line are words."""
    part = whole(line)
    times = times_in(part, context)
    if not times:
        return None
    for moment, passage in (times[0], times[-1]):
        before = _stripped(part.cut(0, passage.span.start))
        after = _stripped(part.cut(passage.span.end, len(part.text)))
        if field_of(before.text) is not None or _NAME.search(before.text):
            return None
        if not before.text:
            if re.match(r"[\d/.-]", after.text):
                return None
            return _Stamp(moment, (passage,), (after,) if after.text else (), passage.box)
        if not after.text and (is_status(before.text) or len(before.text) <= 8):
            return _Stamp(moment, (passage,), (before,), passage.box)
    return None


def _has_clock(stamp: _Stamp) -> bool:
    return (
        stamp.at.grain in ("hour", "minute", "second", "millisecond")
        and re.search(r"\d[:：时]\d", stamp.text) is not None
    )


def _has_date(stamp: _Stamp) -> bool:
    """Whether a day is named: more than a clock."""
    return (
        re.fullmatch(
            r"\s*(?:[上下]午|凌晨|早上|中午|晚上)?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?\s*(?:[AaPp]\.?[Mm]\.?)?\s*",
            stamp.text,
        )
        is None
    )


def _belong(date: _Stamp, clock: _Stamp) -> bool:
    """Whether a date and a clock are one time: side by side, or the one right under the other."""
    if date.rest:
        return False
    height = date.parts[0].height
    centre = abs(clock.box[0] + clock.box[2] - date.box[0] - date.box[2]) / 2
    edges = min(abs(clock.box[0] - date.box[0]), abs(clock.box[2] - date.box[2]), centre)
    beside = overlap(date.box, clock.box) > 0.4 and -0.5 * height <= clock.box[0] - date.box[2] <= 6 * height
    return beside or (_gap(date, clock) <= height and edges <= height and overlap(date.box, clock.box) < 0.4)


def _joined(date: _Stamp, clock: _Stamp, box: Box, context: Context) -> _Stamp | None:
    moment = time_of(f"{date.text} {clock.text}", context)
    return _Stamp(moment, (*date.parts, *clock.parts), clock.rest, box) if moment is not None else None


def _are_inline(stamps: Sequence[_Stamp]) -> bool:
    return sum(bool(stamp.rest) for stamp in stamps) * 2 > len(stamps)


def _side(stamps: Sequence[_Stamp], words: Sequence[Line]) -> Side:
    """Where the times of a list stand to their words."""
    level = [
        any(overlap(stamp.box, line.box) > 0.3 and line.box[0] > stamp.box[2] for line in words) for stamp in stamps
    ]
    if sum(level) * 2 > len(stamps):
        return "beside"
    closer_below = 0
    for stamp in stamps:
        up = min((stamp.box[1] - line.box[3] for line in words if line.box[3] <= stamp.box[1] + 2), default=None)
        down = min((line.box[1] - stamp.box[3] for line in words if line.box[1] >= stamp.box[3] - 2), default=None)
        if up is None or down is None:
            closer_below += 1 if up is None else -1
        else:
            closer_below += 1 if down < up else -1
    return "above" if closer_below > 0 else "below"


def _shared_out(stamps: Sequence[_Stamp], words: Sequence[Line], side: Side) -> list[list[Line]]:
    """The words of each time; words before the first (or after the last) and far from all are nobody's."""
    shares: list[list[Line]] = [[] for _ in stamps]
    for line in words:
        at = _owner(stamps, line, side)
        if at is not None:
            shares[at].append(line)
    reach = _reach(shares)
    return [_near(stamp, share, side, reach) for stamp, share in zip(stamps, shares, strict=True)]


def _reach(shares: Sequence[Sequence[Line]]) -> float:
    """How far apart the lines of one entry stand, in line heights, judged by the entries that have one on each side."""
    gaps = [
        (lower.box[1] - upper.box[3]) / max(1e-6, upper.box[3] - upper.box[1])
        for share in shares[1:-1]
        for upper, lower in pairwise(sorted(share, key=lambda line: line.box[1]))
    ]
    return min(_LOOSE, _SLACK + 1.3 * max(0.25, *gaps)) if gaps else _LOOSE


def _owner(stamps: Sequence[_Stamp], line: Line, side: Side) -> int | None:
    middle = (line.box[1] + line.box[3]) / 2
    level = [at for at, stamp in enumerate(stamps) if overlap(stamp.parts[-1].line.box, line.box) > _LEVEL]
    if level and side != "beside":
        return level[0]
    if side == "below":
        return next((at for at, stamp in enumerate(stamps) if middle < stamp.box[1]), None)
    above = [at for at, stamp in enumerate(stamps) if _top(stamp, side) <= middle]
    at = above[-1] if above else None
    if at is not None and side == "beside" and line.box[0] < stamps[at].box[0]:
        return None
    return at


def _top(stamp: _Stamp, side: Side) -> float:
    height = stamp.parts[0].height
    return stamp.box[1] - (0.6 * height if side == "beside" else -0.5 * height)


def _near(stamp: _Stamp, words: list[Line], side: Side, reach: float) -> list[Line]:
    """Of the words given to a time those that hang together with it, from the time outwards."""
    height = median([stamp.parts[0].height, *(line.box[3] - line.box[1] for line in words)])
    held: list[Line] = []
    edge = stamp.box[1] if side == "below" else stamp.box[3]
    for line in sorted(words, key=lambda line: line.box[1], reverse=side == "below"):
        gap = edge - line.box[3] if side == "below" else line.box[1] - edge
        aside = bool(held) and abs(line.box[0] - held[0].box[0]) > _ASIDE * height
        if gap > (_FAR if not held else reach) * height or (aside and overlap(line.box, stamp.box) < _LEVEL):
            break
        held.append(line)
        edge = line.box[1] if side == "below" else max(edge, line.box[3])
    return held


def _stripped(part: Part) -> Part:
    text = part.text
    start = len(text) - len(text.lstrip(_SEPARATORS))
    return part.cut(start, max(start, len(text.rstrip(_SEPARATORS))))
