"""The mail twin of a share text: its markup as lines of text, each with the bytes and the line it stands in.

A block (`<p>`, `<div>`) is a line and `<br>` ends one. Blanks of the markup are one blank as a browser shows them, and
`&nbsp;` is a space, as the app writes every space of a name or a text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

__all__ = ["Line", "lines_in"]

_TAG = re.compile(
    r"(?P<comment><!--)|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,15})(?P<rest>[^<>]{0,8192})>|<![^<>]{0,1024}>"
)
_BLOCKS = frozenset(
    "p div li ul ol tr td th table tbody h1 h2 h3 h4 h5 h6 blockquote center section body html hr pre head".split()
)
_BOLD = frozenset({"strong", "b"})
_ENDS = {"<!--": re.compile("-->")} | {
    name: re.compile(rf"</{name}\s{{0,8}}>", re.IGNORECASE) for name in ("style", "script", "title")
}
"""What begins something that is not shown, and where it ends."""

_SOURCE = re.compile(r"""\bsrc\s*=\s*["']?(?P<name>[^"'\s>]{1,1024})""", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")


class Line(NamedTuple):
    """A line as a browser shows it. `first` and `last` are physical lines from 0, `span` the characters it stands in.

    `bold` is how many of its characters, from the first, are bold; `alone` whether a block holds this line only.
    """

    text: str
    bold: int
    alone: bool
    span: tuple[int, int]
    first: int
    last: int


def lines_in(markup: str) -> list[Line]:
    """The lines of a mail's markup."""
    breaks = [match.start() for match in re.finditer("\n", markup)]
    return [
        line._replace(first=bisect_right(breaks, line.span[0] - 1), last=bisect_right(breaks, line.span[1] - 2))
        for line in _Page().lines_of(markup)
    ]


class _Page:
    """The lines of a page, as they are met. `_open` are those of the block that is open."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._bold_until = 0
        self._length = 0
        self._depth = 0
        self._span: tuple[int, int] | None = None
        self._open: list[Line] = []

    def lines_of(self, markup: str) -> Iterator[Line]:
        for start, end, tag in _pieces(markup):
            if tag is None:
                self._say(markup[start:end], start, end)
                continue
            name = (tag["name"] or "").lower()
            if name in _BOLD:
                self._depth = max(0, self._depth + (-1 if tag["end"] else 1))
            elif name == "img":
                self._put(_picture(tag["rest"]), start, end)
            elif name == "br":
                self._end_line(start, end)
            elif name in _BLOCKS:
                yield from self._end_block(start)
        yield from self._end_block(len(markup))

    def _say(self, raw: str, start: int, end: int) -> None:
        text = _SPACE.sub(" ", raw)
        if not self._length or self._parts[-1].endswith(" "):
            text = text.removeprefix(" ")
        if text:
            lead = len(raw) - len(raw.lstrip(" \t\r\n\f"))
            tail = len(raw) - len(raw.rstrip(" \t\r\n\f"))
            inner = (start + lead, end - tail) if lead < len(raw) else (start, start + 1)
            self._put(unescape(text).replace("\u00a0", " "), *inner)

    def _put(self, text: str, start: int, end: int) -> None:
        self._parts.append(text)
        if self._depth and (self._bold_until == self._length or not text.strip()):
            self._bold_until = self._length + len(text)
        self._length += len(text)
        self._span = (self._span[0] if self._span else start, end)

    def _end_line(self, start: int, end: int) -> None:
        """The line ends here; one that holds nothing is the place of its `<br>`."""
        text = "".join(self._parts)
        bold = min(self._bold_until, len(text.rstrip()))
        self._open.append(Line(text.rstrip(), bold, False, self._span or (start, end), 0, 0))
        self._parts, self._bold_until, self._length, self._span = [], 0, 0, None

    def _end_block(self, start: int) -> Iterator[Line]:
        if self._parts:
            self._end_line(start, start)
        if len(self._open) == 1:
            self._open[0] = self._open[0]._replace(alone=True)
        yield from self._open
        self._open, self._depth = [], 0


def _pieces(markup: str) -> Iterator[tuple[int, int, re.Match[str] | None]]:
    """The tags, and what stands between them; comments, styles and scripts are left out.

    One that has no end hides nothing: the beginning of a comment is then text like any other.
    """
    place = search = 0
    endless: set[str] = set()
    while match := _TAG.search(markup, search):
        start, end = match.span()
        name = (match["name"] or match["comment"] or "").lower()
        hides = name in _ENDS and not match["end"] and name not in endless
        closing = _ENDS[name].search(markup, end) if hides else None
        if closing is None and hides:
            endless.add(name)
        if closing is None and match["comment"]:
            search = end
            continue
        if start > place:
            yield place, start, None
        if closing is None:
            yield start, end, match
        place = search = closing.end() if closing else end
    if place < len(markup):
        yield place, len(markup), None


def _picture(attributes: str) -> str:
    """What stands for a picture in a share text, with its file."""
    match = _SOURCE.search(attributes)
    name = match["name"] if match and not match["name"].startswith("data:") else ""
    name = unescape(name.removeprefix("cid:").split("?")[0].replace("\\", "/").rpartition("/")[2])
    return f"[图片: {name}]" if name else "[图片]"
