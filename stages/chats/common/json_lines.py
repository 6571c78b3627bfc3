"""A file of one JSON value a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, TypeVar

import msgspec

from pipeline.locate import Locator
from stages.chats.common.account import Account
from stages.chats.common.utf8 import utf8_of

__all__ = ["Lines", "lines_of_json"]

_T = TypeVar("_T")


class Lines(NamedTuple):
    """The physical lines of a file as UTF-8, and the encoding in which they stand in it."""

    lines: list[bytes]
    encoding: str

    @property
    def total(self) -> int:
        """How many lines there are."""
        return len(self.lines)

    def each(
        self, account: Account, decoder: msgspec.json.Decoder[_T], *, comment: bytes | None = None
    ) -> Iterator[tuple[Locator, _T]]:
        """Each line with its place; blank lines and comments are put aside, one that does not decode is unread."""
        for number, line in enumerate(self.lines, start=1):
            text = line.strip()
            if not text or (comment and text.startswith(comment)):
                account.aside += 1
                continue
            where = Locator(lines=(number, number))
            try:
                yield where, decoder.decode(text)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                account.refuse("json-line-broken", where)


def lines_of_json(data: bytes) -> Lines:
    """The lines of a file; a final line end opens none."""
    text, encoding = utf8_of(data)
    lines = text.split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    return Lines(lines, encoding)
