"""The preview of a merged forward: the title and the first lines of a chat that somebody passed on as one card."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["is_preview", "is_title"]

_TITLE = re.compile(r"(?:\[聊天记录\]\s*)?(?P<whose>\S.{0,60}?)的聊天记录")
_LINE = re.compile(r"[^:：]{1,40}[:：].*")
_MOST_LINES = 4
"""A card shows no more."""


def is_title(line: str) -> bool:
    """Whether the line is the title of a card: 「甲和乙的聊天记录」 or 「群聊的聊天记录」, with nothing after it."""
    return line.rstrip()[-5:] == "的聊天记录" and _TITLE.fullmatch(line.strip()) is not None


def is_preview(lines: Sequence[str]) -> bool:
    """Whether a text is such a card: its title, and one to four lines that each say who said what."""
    filled = [line.strip() for line in lines if line and not line.isspace()] if len(lines) < 12 else []
    if not 2 <= len(filled) <= _MOST_LINES + 1 or not is_title(filled[0]):
        return False
    return all(_LINE.fullmatch(line) for line in filled[1:])
