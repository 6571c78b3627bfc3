"""A MIME archive (RFC 2557) read as a stream: the rows of its page, and of its pictures no more than their digests."""

from __future__ import annotations

import binascii
import hashlib
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

__all__ = ["Archive", "Row"]

_CHUNK = 1 << 20
_MANY = 1024
_LONGEST = 4 << 20
"""Bytes of one row, beyond which the page is not taken for a table of messages."""

_END = re.compile(rb"</tr>", re.IGNORECASE)
_START = re.compile(rb"<tr\b", re.IGNORECASE)
_BOUNDARY = re.compile(rb'boundary=\s*"?([^";\r\n]{1,200})', re.IGNORECASE)
_CHARSET = re.compile(rb'charset=\s*"?([\w.-]{1,40})', re.IGNORECASE)
_PLAIN = frozenset({b"", b"7bit", b"8bit", b"binary"})


class Row(NamedTuple):
    """One row of the page's table: its first and last line, from 1, and its bytes, half-open.

    `closed`: whether the row has an end.
    """

    first: int
    last: int
    start: int
    end: int
    data: bytes
    closed: bool = True


class Archive:
    """One file. After `rows` has been run through, `pictures` has the digest of each by its location.

    None stands there for a picture that is damaged or cut. `lines` is the number of physical lines, `charset` what the
    page is said to be in, `odd` a transfer encoding of the page that is not read, and `odd_lines` how many lines that
    leaves.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._boundary = b""
        self._page = _Page()
        self._picture: _Picture | None = None
        self.pictures: dict[str, str | None] = {}
        self.lines = 0
        self.charset = "utf-8"
        self.odd: str | None = None
        self.odd_lines = 0

    def rows(self) -> Iterator[Row]:
        """The rows of the page, in order."""
        head: list[bytes] | None = []
        offset, opened = 0, True
        while chunk := self._stream.readline(_CHUNK):
            number = self.lines + 1
            if opened and chunk[:2] == b"--" and self._boundary and chunk.startswith(self._boundary, 2):
                yield from self._ended(cut=False)
                head = []
            elif head is not None:
                head = self._headed(head, chunk)
            elif self._picture is not None:
                self._picture.take(chunk)
            elif self._page.open:
                yield from self._page.take(chunk, number, offset)
            elif self._page.odd:
                self.odd_lines += chunk.endswith(b"\n")
            offset += len(chunk)
            opened = chunk.endswith(b"\n")
            self.lines += opened
        self.lines += not opened
        yield from self._ended(cut=True)

    def _headed(self, head: list[bytes], chunk: bytes) -> list[bytes] | None:
        """The lines of a part's header so far; None once a blank line ends it."""
        if chunk.strip() and len(head) < 100:
            return [*head, chunk]
        if head:
            self._begin(b"".join(head))
            return None
        return head

    def _begin(self, head: bytes) -> None:
        """What the header of the archive, or of a part, says."""
        if charset := _CHARSET.search(head):
            self.charset = charset[1].decode("ascii", "replace")
        if not self._boundary:
            boundary = _BOUNDARY.search(head)
            self._boundary = boundary[1].strip() if boundary else b""
            return
        encoding = _field(head, b"Content-Transfer-Encoding").lower()
        if _field(head, b"Content-Type").lower().startswith(b"text/html"):
            self._page.open = encoding in _PLAIN
            self._page.odd = not self._page.open
            self.odd = encoding.decode("ascii", "replace") if self._page.odd else self.odd
        elif location := _field(head, b"Content-Location"):
            self._picture = _Picture(location.decode("utf-8", "replace"), known=encoding == b"base64")

    def _ended(self, *, cut: bool) -> Iterator[Row]:
        """A part's end: of a picture its digest, of the page what is left of it."""
        if self._picture is not None:
            self.pictures[self._picture.location] = None if cut else self._picture.digest()
        self._picture = None
        yield from self._page.rest()
        self._page = _Page()


def _field(head: bytes, name: bytes) -> bytes:
    """The value of a header's field up to its first parameter; empty if it is not there."""
    match = re.search(rb"^" + re.escape(name) + rb":[ \t]*([^;\r\n]*)", head, re.IGNORECASE | re.MULTILINE)
    return match[1].strip() if match else b""


class _Page:
    """Cuts the page into rows as its lines come."""

    def __init__(self) -> None:
        self.open = self.odd = False
        self._held: list[bytes] = []
        self._size = 0
        self._line, self._start = 1, 0

    def take(self, chunk: bytes, line: int, offset: int) -> Iterator[Row]:
        """The rows that a piece of the page completes; it stands on that line, at that byte."""
        if not self._held:
            self._line, self._start = line, offset
        elif not self._held[-1].endswith(b"\n"):
            chunk = self._held.pop() + chunk  # a long line comes in pieces, and a tag may be cut
        self._held.append(chunk)
        self._size += len(chunk)
        if _END.search(chunk):
            yield from self._complete()
        elif self._size > _LONGEST:
            yield from self.rest()

    def _complete(self) -> Iterator[Row]:
        data, place = b"".join(self._held), 0
        for match in _END.finditer(data):
            yield from self._cut(data[place : match.end()], closed=True)
            place = match.end()
        left = data[place:]
        self._held = [left] if left.strip() else []
        self._size = len(left)

    def rest(self) -> Iterator[Row]:
        """What is held back, as a row without an end if there is one in it."""
        data = b"".join(self._held)
        self._held, self._size = [], 0
        yield from self._cut(data, closed=False)

    def _cut(self, data: bytes, *, closed: bool) -> Iterator[Row]:
        match = _START.search(data)
        if match is not None:
            first = self._line + data.count(b"\n", 0, match.start())
            start, end = self._start + match.start(), self._start + len(data)
            held = data[match.start() :]
            yield Row(first, first + held.rstrip().count(b"\n"), start, end, held, closed)
        self._line += data.count(b"\n")
        self._start += len(data)


class _Picture:
    """The digest of a picture, from its base64 as it comes; `known` is whether it is base64 at all."""

    def __init__(self, location: str, *, known: bool) -> None:
        self.location = location
        self._sound = known
        self._digest = hashlib.sha256()
        self._pieces: list[bytes] = []
        self._padded = False
        self._size = 0

    def take(self, chunk: bytes) -> None:
        """The next piece; many are decoded at once, since lines are short and pictures long."""
        self._pieces.append(chunk)
        if len(self._pieces) >= _MANY:
            self._decode()

    def _decode(self) -> None:
        text = b"".join(self._pieces).translate(None, b"\r\n\t ")
        whole = len(text) // 4 * 4
        self._pieces = [text[whole:]]
        if not self._sound or not whole:
            return
        if self._padded:
            self._sound = False
        self._padded = text[whole - 1 : whole] == b"="
        try:
            data = binascii.a2b_base64(text[:whole], strict_mode=True)
        except binascii.Error:
            self._sound = False
            return
        self._digest.update(data)
        self._size += len(data)

    def digest(self) -> str | None:
        """The digest in hex, of a picture that decoded to its end."""
        self._decode()
        return self._digest.hexdigest() if self._sound and self._size and not self._pieces[0] else None
