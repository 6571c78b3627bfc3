"""What containers say before anything is decoded: HEIC and AVIF by their brands, PDF, and where a file should end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Literal

__all__ = ["is_cut_off", "is_pdf", "iso_picture", "starts_as_pdf"]

_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"})
_AVIF = frozenset({b"avif", b"avis"})
_EITHER = frozenset({b"mif1", b"msf1"})

_PDF = re.compile(rb"(?:\xef\xbb\xbf)?[\r\n]{0,8}%PDF-")
_TIFF: dict[bytes, Literal["little", "big"]] = {b"II*\x00": "little", b"MM\x00*": "big"}
_BOXES = frozenset({b"ftyp", b"meta", b"mdat", b"moov", b"idat", b"free", b"skip", b"uuid"})
_LARGE = 1  # a box that states its length in eight bytes after its name
_TO_THE_END = 0


def iso_picture(head: bytes) -> Literal["HEIC", "AVIF"] | None:
    """Which picture an ISO base media file (ISO/IEC 14496-12) holds by its brands, the major one first; or none.

    `head` are its first bytes, as many as its list of brands takes. Of the brands that leave the coding open AVIF is
    taken only where it is named.
    """
    named = _brands(head)
    if not named or named[0] not in _HEIC | _AVIF | _EITHER:
        return None
    known = [brand for brand in named if brand in _HEIC | _AVIF]
    return "AVIF" if known and known[0] in _AVIF else "HEIC"


def _brands(head: bytes) -> tuple[bytes, ...]:
    if head[4:8] != b"ftyp":
        return ()
    length = min(int.from_bytes(head[:4], "big"), len(head))
    return (head[8:12], *(head[at : at + 4] for at in range(16, length - 3, 4)))


def is_pdf(head: bytes) -> bool:
    """Whether a file that begins so is a PDF; a byte order mark and line ends may come first."""
    return _PDF.match(head) is not None


def starts_as_pdf(path: Path) -> bool:
    """Whether a file is a PDF by its first bytes."""
    with path.open("rb") as file:
        return is_pdf(file.read(128))


def is_cut_off(path: Path) -> bool:
    """Whether the file ends before its container does: an ISO box runs past it, or the first directory of a TIFF."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(8)
        if head[:4] in _TIFF:
            return int.from_bytes(head[4:], _TIFF[head[:4]]) + 2 > size
        return head[4:] == b"ftyp" and any(end > size for end in _box_ends(file, size))


def _box_ends(file: BinaryIO, size: int) -> Iterator[int]:
    """Where every box of the outermost level ends; what follows the last and is no box counts as appended."""
    at = 0
    while at < size:
        file.seek(at)
        head = file.read(16)
        length = int.from_bytes(head[:4], "big")
        if length == _LARGE and len(head) == 16:
            length = int.from_bytes(head[8:], "big")
        if length == _TO_THE_END or length < 8 or head[4:8] not in _BOXES:
            return
        at += length
        yield at
