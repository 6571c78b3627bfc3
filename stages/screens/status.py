"""What on a screen is not its text: the phone's status bar, and the buttons and bars of the app.

Told by structure: the status bar is the first row and holds nothing but its own kinds of signs; a button is one of a
closed set of words that stands in a row of others, behind a text, on a panel across the screen, or in the last bar. A
word alone on its bubble is what somebody wrote.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.model import Line, LineRole
from stages.lang.match import Span
from stages.lang.text import header_key
from stages.screens.controls import ACTIONS, INLINE, INPUTS, TABS
from stages.screens.order import rows_of
from stages.screens.page import Page
from stages.screens.phone_signs import read_signs

__all__ = ["Bar", "bar_of", "buttons_of", "clocks_of", "is_button", "is_status_row", "roles_of"]

_TOP = 0.13  # of the width: how far down a status bar reaches, on a photograph a little more
_PHOTO_TOP = 0.3
_MIDDLE = (0.35, 0.65)  # of the width: where a clock alone is a chat's time, and beyond which one is a list's
_TILT = 0.1  # how much a photograph's rows rise or fall: signs of a phone stand so far off their clock's height
_DOUBTFUL = 0.92  # how surely what is no icon is read
_JUNK = 4  # signs: what icons beside each other are read as
_BACK = re.compile(r"[<‹〈＜く←]")
_END = 0.3  # of the width: how high the bars at the end of a page are
_EDGE = 0.01  # of the width: a panel that reaches the edge is the ground of a bar
_WIDE = 0.55  # of the width: a panel that takes so much and holds one short word is a button

_ICONS = re.compile(r"[<>‹›«»…⋯·•=+×✕✖＜＞←→↑↓▲▼△▽◁▷♡♥☆★○●◯□■〇⊕⊙☰|\\/]{1,3}|\.{3}|[Xx口日回Q〈〉（(]")
"""What an icon is read as."""


class Bar(NamedTuple):
    """The status bar: its lines by index, and where its clock stands, if it shows one."""

    lines: tuple[int, ...]
    clock: tuple[int, Span] | None


def roles_of(page: Page) -> dict[int, LineRole]:
    """The roles of the lines that are no text, by index."""
    bar = bar_of(page)
    roles: dict[int, LineRole] = dict.fromkeys(buttons_of(page), "button")
    return roles | dict.fromkeys(bar.lines if bar else (), "status")


def bar_of(page: Page) -> Bar | None:
    """The status bar of a page, None where it shows none: the first row, if every line of it is of a bar's kinds."""
    rows = rows_of([line.box for line in page.lines])
    if not rows:
        return None
    first = [at for row in rows[:3] for at in row if _is_beside(page, rows[0], at)]
    lines = [page.lines[at] for at in first]
    signs = [read_signs(line.text) for line in lines]
    sure = any(sign.clock for sign in signs) and any(sign.networks or sign.gauges for sign in signs)
    deep = max(line.box[3] for line in lines) - page.box[1]
    if deep > (_PHOTO_TOP if sure else _TOP) * page.width:
        return None
    if not is_status_row(lines, page) and not _over_heading(page, first):
        return None
    clocks = [(at, sign.clock) for at, sign in zip(first, signs, strict=True) if sign.clock is not None]
    return Bar(tuple(sorted(first)), clocks[0] if clocks else None)


def is_status_row(lines: Sequence[Line], page: Page) -> bool:
    """Whether a row is a status bar: a clock at one side, or signs of a phone, and little that is neither."""
    signs = [read_signs(line.text) for line in lines]
    clocks = [line for line, sign in zip(lines, signs, strict=True) if sign.clock is not None]
    networks, gauges = sum(sign.networks for sign in signs), sum(sign.gauges for sign in signs)
    strange = [line for line, sign in zip(lines, signs, strict=True) if sign.strange and not _is_junk(line)]
    if len(clocks) > 1 or (strange and not _is_carrier(strange, clocks, lines, page)):
        return False
    if not clocks:
        return networks >= 1 and networks + gauges >= 2 and len(lines) >= 2
    middle = _across(clocks[0], page)
    if networks or gauges:
        return networks > 0 or middle < _MIDDLE[1]
    return middle < _MIDDLE[0] and (len(lines) > 1 or "m" not in clocks[0].text.lower())


def clocks_of(line: Line) -> list[float]:
    """Where the clock of a line of a status bar begins, if it holds one."""
    signs = read_signs(line.text)
    if signs.clock is None or signs.strange:
        return []
    return [line.box[0] + (line.box[2] - line.box[0]) * signs.clock.start / max(1, len(line.text))]


def buttons_of(page: Page) -> tuple[int, ...]:
    """The lines that are buttons, tabs or empty inputs of the app, by index."""
    rows = rows_of([line.box for line in page.lines])
    return tuple(sorted(at for row in rows for at in _buttons_in(page, row)))


def is_button(text: str) -> bool:
    """Whether a wording is that of a button; whether it is one, its place decides."""
    return ACTIONS.fullmatch(header_key(text).strip("›>» ")) is not None


def _buttons_in(page: Page, row: Sequence[int]) -> list[int]:
    words = [page.lines[at].text for at in row]
    end = page.box[3] - max(page.lines[at].box[3] for at in row) <= _END * page.width
    if end and len(row) >= 3 and all(TABS.fullmatch(header_key(word)) for word in words):
        return list(row)
    found = []
    drawn = [at for at, word in zip(row, words, strict=True) if len(row) > 1 and _ICONS.fullmatch(word.strip())]
    actions = [at for at, word in zip(row, words, strict=True) if is_button(word)]
    alike = len(actions) > 1 and len(actions) + len(drawn) == len(row)
    for place, at in enumerate(row):
        line = page.lines[at]
        behind = INLINE.fullmatch(header_key(line.text)) is not None and _follows(page, row[:place])
        acts = at in actions and (alike or behind or _spans(page, line))
        types = end and INPUTS.fullmatch(header_key(line.text)) is not None
        if acts or types or at in drawn:
            found.append(at)
    return found


def _follows(page: Page, before: Sequence[int]) -> bool:
    """Whether some wording stands before it in the row; the letter on a face does not count."""
    return any(len(page.lines[at].text.strip()) > 2 for at in before)


def _spans(page: Page, line: Line) -> bool:
    """Whether a word stands in the middle of a panel across the screen, lower than a card."""
    if line.look is None:
        return False
    left, top, right, bottom = line.look.panel
    high = line.box[3] - line.box[1]
    middle = abs((line.box[0] + line.box[2]) - (left + right)) / 2
    inside = left > page.box[0] + _EDGE * page.width and right < page.box[2] - _EDGE * page.width
    return inside and right - left >= _WIDE * page.width and bottom - top <= 4 * high and middle <= high


def _is_beside(page: Page, row: Sequence[int], at: int) -> bool:
    """Whether a line stands on the height of a row, a photograph's tilt allowed for."""
    box, first = page.lines[at].box, page.lines[row[0]].box
    off = abs((box[1] + box[3]) - (first[1] + first[3])) / 2
    if at in row or off <= 0.9 * max(box[3] - box[1], first[3] - first[1]):
        return True
    signs = read_signs(page.lines[at].text)
    return signs.networks > 0 and not signs.strange and off <= _TILT * abs(box[0] - first[2])


def _is_junk(line: Line) -> bool:
    """Whether a line may be icons read as letters: few, and none of them surely."""
    return len(line.text.strip()) <= _JUNK and line.confidence < _DOUBTFUL


def _is_carrier(strange: Sequence[Line], clocks: Sequence[Line], lines: Sequence[Line], page: Page) -> bool:
    """Whether a wording is the carrier's: alone left of a clock in the middle, with the charge in % at the right."""
    if len(strange) != 1 or len(clocks) != 1 or not _MIDDLE[0] < _across(clocks[0], page) < _MIDDLE[1]:
        return False
    charged = any("%" in line.text and _across(line, page) > _MIDDLE[1] for line in lines)
    return charged and _across(strange[0], page) < _MIDDLE[0]


def _over_heading(page: Page, row: Sequence[int]) -> bool:
    """Whether a clock alone at the left stands over the row with the arrow that leads back."""
    line = page.lines[row[0]]
    signs = read_signs(line.text)
    if len(row) > 1 or signs.clock is None or signs.strange or _across(line, page) >= _MIDDLE[0]:
        return False
    below = [other for other in page.lines if 0 < other.box[1] - line.box[1] <= _TOP * page.width]
    return any(_BACK.fullmatch(other.text.strip()) and other.box[0] <= line.box[2] for other in below)


def _across(line: Line, page: Page) -> float:
    """Where the middle of a line stands, as a share of the page's width."""
    return ((line.box[0] + line.box[2]) / 2 - page.box[0]) / max(1.0, page.width)
