"""The rows of the table: conversation, date, message."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from stages.chats.common.dates import Parts
from stages.chats.common.qq import CLOCK

__all__ = ["Said", "day_of", "row_of"]

_TAGS = re.compile(r"(<[^<>]*>)")
_CLOCK = re.compile(CLOCK, re.ASCII)
_DAY = re.compile(r"日期\s*[:：]\s*(\d{1,4})[-/.年](\d{1,2})[-/.月](\d{1,4})日?\s*", re.ASCII)
_SOURCE = re.compile(r"""<img\b[^>]*?\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_BREAKS = ("<br", "</p", "</div")
PICTURE = "[图片]"
"""What stands in a text where the page shows a picture, as QQ's own text export writes it."""


class Said(NamedTuple):
    """A message of the table, as it stands; `pictures` are the sources of what it shows."""

    who: str
    clock: str
    mark: str | None
    said: str
    text: str
    pictures: tuple[str, ...]


def row_of(row: str) -> Said | str:
    """The message that a row holds, or else its plain text."""
    blocks = _blocks(_TAGS.split(row))
    name, rest = _inner(blocks[0]) if blocks else ([], [])
    said = _text(rest)[0].strip()
    clock = _CLOCK.fullmatch(said) if name else None
    if clock is None:
        return " ".join(_text(block)[0].strip() for block in blocks).strip()
    text, pictures = _text([token for block in blocks[1:] for token in block])
    return Said(_text(name)[0].strip(), clock["clock"], clock["before"] or clock["after"], said, text, pictures)


def day_of(text: str) -> Parts | None:
    """The three numbers of a date row."""
    match = _DAY.fullmatch(text)
    return (match[1], match[2], match[3]) if match else None


def _blocks(tokens: list[str]) -> list[list[str]]:
    """The outermost divisions of a row, each without its own tags; text outside of any is one too."""
    blocks: list[list[str]] = []
    depth = 0
    for token in tokens:
        tag = token[:5].lower()
        if tag.startswith("<div"):
            if not depth:
                blocks.append([])
            else:
                blocks[-1].append(token)
            depth += 1
        elif tag == "</div":
            depth = max(0, depth - 1)
            if depth:
                blocks[-1].append(token)
        elif depth:
            blocks[-1].append(token)
        elif token.strip() and not token.startswith("<"):
            blocks.append([token])
    return blocks


def _inner(block: list[str]) -> tuple[list[str], list[str]]:
    """What stands in the first division of a block, and what follows it; nothing if there is none."""
    start = next((place for place, token in enumerate(block) if token[:4].lower() == "<div"), None)
    end = next((place for place, token in enumerate(block) if token[:5].lower() == "</div"), None)
    if start is None or end is None or end < start:
        return [], []
    return block[start + 1 : end], block[:start] + block[end + 1 :]


def _text(tokens: list[str]) -> tuple[str, tuple[str, ...]]:
    """The text as the page shows it, and the sources of its pictures."""
    parts: list[str] = []
    pictures: list[str] = []
    for token in tokens:
        if not token.startswith("<"):
            parts.append(_shown(token))
        elif token.lower().startswith(_BREAKS):
            parts.append("\n")
        elif match := _SOURCE.match(token):
            parts.append(PICTURE)
            pictures.append(unescape(next(filter(None, match.groups()), "")))
    return "".join(parts).rstrip("\n"), tuple(source for source in pictures if source)


def _shown(token: str) -> str:
    """The characters of a piece of text: line ends of the file are none of the page's, &nbsp; is QQ's blank."""
    if "\n" in token:
        token = " ".join(token.split()) if token.strip() else ""
    return unescape(token).replace("\xa0", " ")
