"""The bytes of a JSON file as UTF-8, which is what its decoders read."""

from __future__ import annotations

import re
from typing import NamedTuple

from stages.lang.encoding import HEAD

__all__ = ["Utf8", "utf8_of"]

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


class Utf8(NamedTuple):
    """Bytes in UTF-8 without a mark, and the encoding in which they stand in the file."""

    data: bytes
    encoding: str


def utf8_of(data: bytes, *, head: bool = False) -> Utf8:
    """The bytes, decoded anew only if they are UTF-16 (by their mark) or GB18030.

    GB18030 is what decodes as a whole and whose first letter beyond ASCII is none of UTF-8; a file that begins as
    UTF-8 is damaged where it stops being so. With `head` only the first 64 KiB are given.
    """
    part = data[:HEAD] if head else data
    if part.startswith(b"\xef\xbb\xbf"):
        return Utf8(part[3:], "utf-8-sig")
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Utf8(part.decode("utf-16", "replace").encode("utf-8", "replace"), "utf-16")
    first = _BEYOND_ASCII.search(part)
    if first is None or _UTF8.match(part, first.start()):
        return Utf8(part, "utf-8")
    try:
        text = part.decode("gb18030", "ignore" if head else "strict")
    except UnicodeDecodeError:
        return Utf8(part, "utf-8")
    return Utf8(text.encode(), "gb18030")
