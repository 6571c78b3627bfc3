"""Whether a page is a chat at all, and of which app: what speaks for it, added up."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from stages.screens.chats import words as words
from stages.screens.chats.bubbles import Chat, chat_of
from stages.screens.chats.heading import Heading, heading_of
from stages.screens.page import Box, Page, around

__all__ = ["Signs", "is_chinese", "signs_of"]

_SHARE = 0.5  # of the letters of a page that stand where a chat has them
_BESIDE = 2  # lines on one row of a bubble: the words, and the time
_TURNS = 3  # changes of side
_ENOUGH = 2  # signs without which a page is no chat


class Signs(NamedTuple):
    """`likeness` is 0 where a page is no chat, else up to 1. `clocked`: the bubbles carry times of day inside.

    `separated` counts the times between the bubbles, `named` the bubbles with a name above, `stated` those with a
    mark that they were read.
    """

    likeness: float
    chat: Chat
    heading: Heading
    clocked: bool
    separated: int
    named: int
    stated: int

    def score(self, more: float = 0.0) -> float:
        """How sure a layout is, with what speaks for its own app in particular; less where no message has a time."""
        timed = self.separated or self.clocked or 2 * self.named > len(self.chat.bubbles)
        return round(min(0.99, (0.5 if timed else 0.3) + 0.52 * self.likeness + more), 3)


@lru_cache(maxsize=2)
def signs_of(page: Page) -> Signs:
    """The signs of a page."""
    chat = chat_of(page)
    heading = heading_of(page, chat)
    centred = [at for at in chat.centred if at not in heading.lines]
    separated = sum(words.time_of(page.lines[at].text) is not None for at in centred)
    clocks = sum(_carries_clock(page, bubble.lines) for bubble in chat.bubbles)
    clocked = 2 * clocks > len(chat.bubbles)
    named = sum(bool(bubble.above) for bubble in chat.bubbles)
    stated = sum(
        any(words.is_mark(page.lines[at].text) for at in (*bubble.beside, *bubble.below)) for bubble in chat.bubbles
    )
    signs = [
        len({bubble.side for bubble in chat.bubbles if bubble.sure}) == 2,
        separated > 0,
        clocked,
        bool(chat.fields),
        heading.name is not None and len(chat.bubbles) > 1,
        2 * named > len(chat.bubbles),
        len(chat.bubbles) > 2 and _hug_their_words(chat),
    ]
    share = _share(page, chat, heading, centred)
    spoken = clocked or chat.fields or stated or _hug_their_words(chat)
    beyond_doubt = separated > 0 or _takes_turns(chat) or (spoken and not _are_cards(page, chat))
    known = sum(signs) >= _ENOUGH and any(signs[:3]) and share >= _SHARE and not _are_rows(chat)
    likeness = share * (0.65 + 0.05 * sum(signs)) if known and beyond_doubt else 0.0
    return Signs(likeness, chat, heading, clocked, separated, named, stated)


def _are_cards(page: Page, chat: Chat) -> bool:
    """Whether most of what stands in frames stands in cards as wide as the page lets them be."""
    letters = [(sum(len(page.lines[at].text) for at in bubble.lines), bubble.wide) for bubble in chat.bubbles]
    return 2 * sum(count for count, wide in letters if wide) > sum(count for count, _ in letters)


def _takes_turns(chat: Chat) -> bool:
    """Whether bubbles stand at one edge and at the other, by turns and more than once: nothing else does."""
    sides = [bubble.side for bubble in chat.bubbles if bubble.sure]
    return sum(above != below for above, below in pairwise(sides)) >= _TURNS


def _are_rows(chat: Chat) -> bool:
    """Whether most of the frames are rows of a table: more stands side by side in them than words and a time."""
    crowded = sum(_side_by_side([chat.boxes[at] for at in bubble.lines]) > _BESIDE for bubble in chat.bubbles)
    return 2 * crowded > len(chat.bubbles)


def _side_by_side(boxes: Sequence[Box]) -> int:
    """How many boxes stand at most on one row."""
    middles = [(box[1] + box[3]) / 2 for box in boxes]
    return max((sum(box[1] < middle < box[3] for box in boxes) for middle in middles), default=0)


def _hug_their_words(chat: Chat) -> bool:
    """Whether most bubbles are as wide as their longest line asks for, as cards are not."""
    hugging = 0
    for bubble in chat.bubbles:
        text = around(chat.boxes[at] for at in bubble.lines)
        hugging += (bubble.box[2] - text[2]) - (text[0] - bubble.box[0]) <= 2 * chat.size
    return 3 * hugging > 2 * len(chat.bubbles)


def is_chinese(page: Page) -> bool:
    """Whether most letters of a page are Chinese."""
    letters = [char for line in page.lines for char in line.text if char.isalpha()]
    return 2 * sum("\u3400" <= char <= "\u9fff" for char in letters) > len(letters)


def _carries_clock(page: Page, lines: tuple[int, ...]) -> bool:
    return any(words.clock_at_end(page.lines[at].text) is not None for at in lines)


def _share(page: Page, chat: Chat, heading: Heading, centred: list[int]) -> float:
    """The share of the page's letters that stand in bubbles, beside them, or between them; the bars and
    what stands in other columns of a window aside."""
    placed = {at for at in centred if words.time_of(page.lines[at].text) is not None}
    for bubble in chat.bubbles:
        placed.update((*bubble.lines, *bubble.quoted, *bubble.above, *bubble.below, *bubble.beside))
    lines = [
        at
        for at, line in enumerate(page.lines)
        if line.role == "text"
        and at not in heading.lines
        and at not in chat.fields
        and chat.boxes[at][2] > chat.area[0]
        and chat.boxes[at][0] < chat.area[1]
    ]
    total = sum(len(page.lines[at].text) for at in lines)
    return sum(len(page.lines[at].text) for at in placed) / total if total else 0.0
