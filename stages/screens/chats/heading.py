"""The title bar of a chat: with whom it is, and whether a group; which lines at the top belong to no message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.model import Line
from stages.screens.chats import words as words
from stages.screens.chats.bubbles import Chat
from stages.screens.chats.columns import contrast, height
from stages.screens.page import Page

__all__ = ["Heading", "heading_of"]

_AS_HIGH = 0.76  # of a line in the bubbles: a title is set as large
_AS_STRONG = 0.6  # of the contrast of the words in the bubbles
_GROUP = re.compile(r"(?P<name>.+?)\s*[（(]\s*\d{1,6}\s*[)）]")
_STATUS = re.compile(r"\d{1,2}[:：]\d{2}")
_CHROME = re.compile(
    r"[<‹〈＜←]?\s*(?:\(?\d{0,3}\+?\)?|微信|WeChat|返回|Back|消息|Chats|编辑|完成|取消|关闭|更多)(?:\s*[(（]\d+[)）])?"
)
_ARROW = re.compile(r"^\s*[<‹〈＜←]\s*|\s*[>›〉＞]\s*$")


class Heading(NamedTuple):
    """`name` is that of the other person or of the group, `line` its line; `lines` are all lines of the bar."""

    name: str | None
    line: int | None
    is_group: bool
    lines: frozenset[int]


def heading_of(page: Page, chat: Chat) -> Heading:
    """The heading; without a name where no line at the top can be one."""
    status = _status_row(page, chat)
    lines = [at for at in chat.top if at not in status]
    able = [at for at in lines if _can_be_name(page, chat, at)] or _only_one(page, chat, lines)
    line = _most_centred(chat, able)
    if line is None:
        return Heading(None, None, False, frozenset(status))
    box = chat.boxes[line]
    bar = {at for at in lines if chat.boxes[at][1] < box[3]} | _under(chat, line, lines)
    text = _ARROW.sub("", page.lines[line].text).strip()
    group = _GROUP.fullmatch(text)
    above = [at for at in (*status, *bar, line) if chat.boxes[at][1] < chat.boxes[line][3]]
    repeats = {
        at
        for at in (*chat.centred, *chat.others)
        if any(at != other and _repeats(page.lines[at], page.lines[other]) for other in above)
    }
    name = None if words.is_typing(text) else group["name"] if group else text
    return Heading(name, line, group is not None, frozenset(status | bar | {line} | repeats))


def _status_row(page: Page, chat: Chat) -> set[int]:
    """The row of the phone's own clock, if it stands at the top."""
    first = min(chat.top, key=lambda at: chat.boxes[at][1], default=None)
    known = {at for at, line in enumerate(page.lines) if line.role == "status"}
    if first is None or known:
        return known
    box = chat.boxes[first]
    row = {at for at in chat.top if chat.boxes[at][1] < box[3] and chat.boxes[at][3] > box[1]}
    return row if any(_STATUS.fullmatch(page.lines[at].text.strip()) for at in row) else set()


def _can_be_name(page: Page, chat: Chat, at: int) -> bool:
    """Whether a line is as large and as strong as the words in the bubbles, and no time, mark or button."""
    if not _is_name(page, chat, at) or height(chat.boxes[at]) < _AS_HIGH * chat.size:
        return False
    inks = [_strength(page.lines[line]) for bubble in chat.bubbles for line in bubble.lines]
    return not inks or _strength(page.lines[at]) >= _AS_STRONG * sorted(inks)[len(inks) // 2]


def _is_name(page: Page, chat: Chat, at: int) -> bool:
    """Whether a line above the chat's column has words that are no time, no mark and no button."""
    text, box = page.lines[at].text.strip(), chat.boxes[at]
    left, right = _column(chat)
    return (
        left <= (box[0] + box[2]) / 2 <= right
        and any(map(str.isalnum, text))
        and not _CHROME.fullmatch(text)
        and words.time_of(text) is None
    )


def _column(chat: Chat) -> tuple[float, float]:
    """From where to where a title can stand: where bubbles stand on both sides, between the outer edges of these."""
    sides = {bubble.side for bubble in chat.bubbles if bubble.sure}
    if len(sides) < 2:
        return chat.area
    return min(bubble.box[0] for bubble in chat.bubbles), max(bubble.box[2] for bubble in chat.bubbles)


def _only_one(page: Page, chat: Chat, lines: Sequence[int]) -> list[int]:
    """The line in the middle of the bar that may be the name, however small, if no other one may."""
    able = [at for at in lines if at in chat.centred and _is_name(page, chat, at)]
    return able if len(able) == 1 else []


def _strength(line: Line) -> int:
    """How far the ink is from its ground."""
    return contrast(line.look.ink, line.look.ground) if line.look else 255


def _most_centred(chat: Chat, able: Sequence[int]) -> int | None:
    """Of the first row of candidates, the one nearest to the middle."""
    if not able:
        return None
    first = min(able, key=lambda at: chat.boxes[at][1])
    row = [at for at in able if 2 * chat.boxes[at][1] < chat.boxes[first][1] + chat.boxes[first][3]]
    middle = sum(chat.area)
    return min(row, key=lambda at: abs(chat.boxes[at][0] + chat.boxes[at][2] - middle))


def _under(chat: Chat, line: int, lines: Sequence[int]) -> set[int]:
    """The small line right under the name: online, last seen, the shop."""
    box = chat.boxes[line]
    return {
        at
        for at in lines
        if 0 <= chat.boxes[at][1] - box[3] + 0.3 * chat.size <= 0.8 * chat.size and height(chat.boxes[at]) < height(box)
    }


def _repeats(line: Line, title: Line) -> bool:
    """Whether a line is the title again, as stitched pictures show it: the same words at the same place in the row."""
    near = 0.5 * height(title.box)
    return (
        line.text.strip() == title.text.strip()
        and abs(line.box[0] - title.box[0]) < near
        and abs(height(line.box) - height(title.box)) < near
        and (line.look is None or title.look is None or contrast(line.look.ground, title.look.ground) <= near)
    )
