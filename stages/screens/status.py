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

__all__ = ["Bar", "bar_of", "buttons_of", "clocks_of", "is_button", "is_status_row", "roles_of"]

_CLOCK = re.compile(r"(?:(?:上午|下午|早上|晚上|凌晨)\s?)?(?:[01]?\d|2[0-3])[:：][0-5]\d(?:\s?[AaPp]\.?[Mm]\.?)?")
_SIGNS = re.compile(
    r"\[?\d{1,3}\]|[2-6]G\+?|[45]GA|5G-?A|LTE|VoLTE|VoNR|HD\d?|NR|H\+|E|NFC|Wi-?Fi(?:\s?\d)?|\d{1,3}\s?%"
    r"|\d+(?:\.\d+)?\s?(?:[KMG]B?|B|[KMG]b)/s|[KMG]?B/s",
    re.IGNORECASE,
)
_CARRIERS = re.compile(
    r"中国移动|中国联通|中国电信|中国广电|中國移動|中國聯通|中國電信|中華電信|無服務|无服务|仅限紧急呼叫|飞行模式"
    r"|China (?:Mobile|Unicom|Telecom)|CMCC|CUCC|CTCC|Vodafone|T-Mobile|AT&T|Verizon|Orange|SOS|No Service",
    re.IGNORECASE,
)
_RUN = re.compile(rf"[\W_lIi1a]{{0,5}}.?(?:{_SIGNS.pattern})\W*\d{{0,3}}", re.IGNORECASE)
_BATTERY = re.compile(r"\d{1,3}")
_TOP = 0.13  # of the width: how far down a status bar reaches, on a photograph a little more
_PHOTO_TOP = 0.3
_MIDDLE = (0.35, 0.65)  # of the width: where a clock alone is a chat's time and no status bar
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
    first = [at for row in rows[:2] for at in row if _is_beside(page, rows[0], at)]
    lines = [page.lines[at] for at in first]
    sure = any(clocks_of(line) for line in lines) and any(_signs(line) for line in lines)
    deep = max(line.box[3] for line in lines) - page.box[1]
    if deep > (_PHOTO_TOP if sure else _TOP) * page.width or not is_status_row(lines, page):
        return None
    clocks = [(at, Span(*match.span())) for at in first if (match := _clock_in(page.lines[at]))]
    return Bar(tuple(sorted(first)), clocks[0] if clocks else None)


def is_status_row(lines: Sequence[Line], page: Page) -> bool:
    """Whether a row is a status bar: a clock at one side, or signs of a phone, and little that is neither."""
    clocks = [line for line in lines if _clock_in(line)]
    signs = sum(_signs(line) for line in lines)
    strange = [line for line in lines if not _clock_in(line) and not _signs(line) and not _is_small(line)]
    if strange or len(clocks) > 1:
        return False
    if clocks and signs:
        return True
    if clocks:
        box = clocks[0].box
        middle = ((box[0] + box[2]) / 2 - page.box[0]) / max(1.0, page.width)
        return middle < _MIDDLE[0] and "m" not in clocks[0].text.lower()
    return signs >= 2 and len(lines) >= 2


def clocks_of(line: Line) -> list[float]:
    """Where the clock of a line of a status bar begins, if it holds one."""
    match = _clock_in(line)
    if match is None:
        return []
    return [line.box[0] + (line.box[2] - line.box[0]) * match.start() / max(1, len(line.text))]


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
    return at in row or off <= 0.9 * max(box[3] - box[1], first[3] - first[1])


def _clock_in(line: Line) -> re.Match[str] | None:
    """The clock of a line of a bar: the whole of it, or one of its words."""
    for match in _CLOCK.finditer(line.text):
        rest = _CARRIERS.sub(" ", f"{line.text[: match.start()]} {line.text[match.end() :]}").split()
        around = line.text[match.start() - 1 : match.start()] + line.text[match.end() : match.end() + 1]
        if not around.strip() and all(_is_sign(word) or _BATTERY.fullmatch(word) or len(word) <= 2 for word in rest):
            return match
    return None


def _signs(line: Line) -> int:
    """How many signs of a bar a line holds; a bare number counts where it is beside others."""
    text, carriers = _CARRIERS.subn(" ", _CLOCK.sub(" ", line.text))
    words = [text.strip()] if _SIGNS.fullmatch(text.strip()) else text.split()
    known = [word for word in words if _is_sign(word) or _BATTERY.fullmatch(word)]
    strange = [word for word in words if word not in known and len(word) > 2]
    return 0 if strange else len(known) + carriers


def _is_sign(word: str) -> bool:
    """One sign, or several run together with an icon before them."""
    return _SIGNS.fullmatch(word) is not None or _RUN.fullmatch(word) is not None


def _is_small(line: Line) -> bool:
    """What an icon is read as."""
    return len(line.text.strip()) <= 3
