"""What a message holds of other messages: the preview of a merged forward, and the quotation of a reply."""

from __future__ import annotations

import re
from collections.abc import Sequence

__all__ = ["is_preview", "is_title", "quoted_in"]

_TITLE = re.compile(r"(?:\[聊天记录\]\s*)?(?P<whose>\S.{0,60}?)的聊天记录")
_LINE = re.compile(r"[^:：]{1,40}[:：].*")
_MOST_LINES = 4
"""A card shows no more."""

_RULE = re.compile(r"[-—–─－](?: ?[-—–─－]){4,}")


def is_title(line: str) -> bool:
    """Whether the line is the title of a card: 「甲和乙的聊天记录」 or 「群聊的聊天记录」, with nothing after it."""
    return line.rstrip()[-5:] == "的聊天记录" and _TITLE.fullmatch(line.strip()) is not None


def is_preview(lines: Sequence[str]) -> bool:
    """Whether a text is such a card: its title, and one to four lines that each say who said what."""
    filled = [line.strip() for line in lines if line and not line.isspace()] if len(lines) < 12 else []
    if not 2 <= len(filled) <= _MOST_LINES + 1 or not is_title(filled[0]):
        return False
    return all(_LINE.fullmatch(line) for line in filled[1:])


def quoted_in(lines: Sequence[str]) -> str | None:
    """What a reply quotes: `「甲：…」` at its beginning, with a rule of dashes below; None for any other text."""
    if not lines or lines[0][:1] != "「":
        return None
    rule = next((number for number, line in enumerate(lines) if _RULE.fullmatch(line.strip())), 0)
    quoted = "\n".join(lines[:rule]).strip()
    return quoted[1:-1] if rule and quoted.endswith("」") else None
