"""How the bytes of a text are decoded: a strict ladder, never statistics.

Byte order mark, then what was declared, then UTF-8, then GB18030, the last only if the decoded text shows what the
caller knows about its format: GB18030 decodes other encodings without an error, so that it proves nothing alone.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO, NamedTuple

__all__ = ["HEAD", "LOST", "Decoded", "Refused", "damaged_head_of", "decode", "decode_lines", "encoding_of", "head_of",
           "keeps_lines"]  # fmt: skip

HEAD = 65_536
"""How many bytes a format is recognised by."""

LOST = re.compile("[\udc80-\udcff]")
"""What stands, in a text decoded with the error handler `surrogateescape`, for a byte that does not decode."""

Signature = Callable[[str], bool]
_CHUNK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_LINED = frozenset({"utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "big5", "big5hkscs", "cp950", "cp932"})
"""Codecs in which a line feed is one byte that stands for nothing else."""


class Decoded(NamedTuple):
    """A text and the name of the codec that gave it."""

    text: str
    encoding: str


class Refused(NamedTuple):
    """No step of the ladder holds: the byte, from 0, at which its last step (the last of `tried`) fails."""

    offset: int
    tried: tuple[str, ...]


def _nothing_known(_: str) -> bool:
    return False


def encoding_of(
    data: bytes,
    declared: str | None = None,
    signature: Signature = _nothing_known,
    stream: Callable[[], BinaryIO] | None = None,
) -> str | Refused:
    """The codec that decodes all of `data`, checked in pieces so that a large file is never held as text.

    With `stream`, which opens the file, `data` are its first bytes, at least `HEAD` of them.
    """
    opened = stream or partial(io.BytesIO, data)
    tried = list(_ladder(data, declared, signature))
    fault = 0
    for encoding in tried:
        with opened() as file:
            found = _first_fault(file, encoding)
        if found is None:
            return encoding
        fault = found
    return Refused(fault, tuple(tried))


def decode(data: bytes, declared: str | None = None, signature: Signature = _nothing_known) -> Decoded | Refused:
    """The text of `data` and its encoding, or the byte at which the ladder ends."""
    encoding = encoding_of(data, declared, signature)
    return encoding if isinstance(encoding, Refused) else Decoded(data.decode(encoding), encoding)


def head_of(data: bytes, declared: str | None = None, signature: Signature = _nothing_known) -> Decoded | None:
    """The first 64 KiB as text, by the same ladder: what a format is recognised by.

    A head that holds a damaged byte is still recognised by what stands before it.
    """
    heads = [(_head(data, encoding), encoding) for encoding in _ladder(data, declared, signature)]
    for (text, whole), encoding in heads:
        if whole:
            return Decoded(text, encoding)
    return next((Decoded(text, encoding) for (text, _), encoding in heads if signature(text)), None)


def damaged_head_of(data: bytes, declared: str | None, signature: Signature) -> Decoded | None:
    """The head of a damaged text by the first step of the ladder in which what decodes of it shows the signature.

    What does not decode stands in it as `LOST`.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), declared)
    for encoding in (marked,) if marked else ("utf-8", "gb18030"):
        if keeps_lines(encoding):
            text = data[:HEAD].decode(encoding, "surrogateescape")
            if signature(text):
                return Decoded(text, encoding)
    return None


def keeps_lines(encoding: str) -> bool:
    """Whether a damaged text in this encoding can be taken line by line, so that a wrong byte costs its own only."""
    return _known(encoding) and codecs.lookup(encoding).name in _LINED


def decode_lines(data: bytes, encoding: str) -> list[str | None]:
    """The physical lines of a damaged text, each decoded strictly on its own; None where a line does not decode.

    Only for encodings in which a line feed is one byte that stands for nothing else (UTF-8, GB18030).
    """
    lines = data.removeprefix(codecs.BOM_UTF8).split(b"\n")
    if lines and lines[-1] == b"":
        lines.pop()
    return [_strict(line.removesuffix(b"\r"), encoding.removesuffix("-sig")) for line in lines]


def _strict(line: bytes, encoding: str) -> str | None:
    try:
        return line.decode(encoding)
    except UnicodeDecodeError:
        return None


def _ladder(data: bytes, declared: str | None, signature: Signature) -> Iterator[str]:
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    if marked is not None:
        yield marked
        return
    if declared is not None:
        if _known(declared):
            yield declared
        return
    yield "utf-8"
    if signature(_head(data, "gb18030")[0]):
        yield "gb18030"


def _known(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding)._is_text_encoding
    except LookupError:
        return False


def _head(data: bytes, encoding: str) -> tuple[str, bool]:
    """The head as far as it decodes, and whether it does to its end."""
    head = data[:HEAD]
    decoder = codecs.getincrementaldecoder(encoding)
    try:
        return decoder().decode(head, final=len(data) <= HEAD), True
    except UnicodeDecodeError as error:
        return decoder().decode(head[: error.start]), False
    except UnicodeError:
        return "", False


def _first_fault(file: BinaryIO, encoding: str) -> int | None:
    """The offset of the first byte that does not decode, or None."""
    decoder, start, chunk = codecs.getincrementaldecoder(encoding)(), 0, b" "
    while chunk:
        chunk = file.read(_CHUNK)
        held = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            return start - held + error.start
        except UnicodeError:
            return start
        start += len(chunk)
    return None
