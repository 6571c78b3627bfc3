"""The rows of a PNG, a band at a time: decoded without holding the whole picture, and counted against its header.

Decoders fill up what is missing without a word, so that rows are counted here.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np
from PIL import Image

__all__ = ["Head", "bands", "head_of", "holds_all_rows"]

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.Struct(">IIBBBBB")
_CHUNK = 1 << 16
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
_EIGHT_BITS = {1: 0, 2: 4, 3: 2, 4: 6}  # the colour type whose pixels, of eight bits a channel, have as many bytes
_LOOKS = frozenset({b"PLTE", b"tRNS"})
_SAYS = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt"})
_MOST_KEPT = 1 << 20  # bytes of a chunk: no longer one says how the picture looks or lies


class Head(NamedTuple):
    """What a PNG says of itself: the numbers of its header, its colours and its metadata as chunks (name, content)."""

    width: int
    height: int
    bits: int
    colour: int
    interlace: int
    chunks: tuple[tuple[bytes, bytes], ...]

    @property
    def row_bytes(self) -> int:
        """Bytes of an unfiltered row."""
        return (self.width * self._pixel_bits + 7) // 8

    @property
    def step(self) -> int:
        """Bytes from a pixel to the next, as filters count them."""
        return max(1, self._pixel_bits // 8)

    @property
    def streams(self) -> bool:
        """Whether its rows can be decoded a band at a time."""
        return not self.interlace and self.step in _EIGHT_BITS

    @property
    def _pixel_bits(self) -> int:
        return self.bits * _CHANNELS.get(self.colour, 1)

    def band(self, height: int, rows: bytes) -> Image.Image:
        """A picture of these rows (each with its filter) and the same colours; not yet decoded."""
        header = _HEADER.pack(self.width, height, self.bits, self.colour, 0, 0, 0)
        return _opened(header, tuple(chunk for chunk in self.chunks if chunk[0] in _LOOKS), rows)

    def empty(self) -> Image.Image:
        """A picture of one pixel with the same metadata."""
        return _opened(
            _HEADER.pack(1, 1, 8, 0, 0, 0, 0), tuple(chunk for chunk in self.chunks if chunk[0] in _SAYS), b"\0\0"
        )


def head_of(path: Path) -> Head | None:
    """The head of a PNG; None for anything else."""
    with path.open("rb") as file:
        head = file.read(33)
        if len(head) < 33 or not head.startswith(_SIGNATURE) or head[12:16] != b"IHDR":
            return None
        width, height, bits, colour, _, _, interlace = _HEADER.unpack(head[16:29])
        return Head(width, height, bits, colour, interlace, tuple(_beside_rows(file)))


def bands(path: Path, head: Head, rows: int) -> Iterator[Image.Image]:
    """The picture in bands of `rows` rows, the last one lower, each in the mode that Pillow gives such a file.

    EOFError where rows are missing, zlib.error where they are damaged.
    """
    above = bytes(head.row_bytes)
    with path.open("rb") as file:
        file.seek(len(_SIGNATURE))
        filtered = _Buffered(_unpacked(_compressed(file)))
        for top in range(0, head.height, rows):
            count = min(rows, head.height - top)
            band, above = _band(head, above, filtered.take(count * (1 + head.row_bytes)))
            yield band


def _band(head: Head, above: bytes, filtered: bytes) -> tuple[Image.Image, bytes]:
    """These rows as a picture, and the last of them unfiltered; `above` is the unfiltered row above them."""
    rows = len(filtered) // (1 + head.row_bytes)
    if head.bits == 8:  # Pillow keeps such pixels byte by byte
        with head.band(rows + 1, b"\0" + above + filtered) as band:
            return band.crop((0, 1, head.width, rows + 1)), band.crop((0, rows, head.width, rows + 1)).tobytes()
    plain = _unfiltered(head, above, filtered)
    return head.band(rows, np.pad(plain, ((0, 0), (1, 0))).tobytes()), plain[-1].tobytes()


def holds_all_rows(path: Path) -> bool:
    """Whether the compressed rows unpack to at least what the header needs. zlib.error if they are damaged."""
    with path.open("rb") as file:
        file.seek(16)
        needed = _needed(file.read(13))
        file.seek(len(_SIGNATURE))
        count = 0
        for piece in _unpacked(_compressed(file)):
            count += len(piece)
            if count >= needed:
                return True
        return count >= needed


def _needed(header: bytes) -> int:
    """Bytes of all rows of a picture with this header: one for the filter and the samples of each row."""
    width, height, bits, colour, _, _, interlace = _HEADER.unpack(header)
    bits *= _CHANNELS.get(colour, 1)
    total = 0
    for left, top, across, down in _ADAM7 if interlace else ((0, 0, 1, 1),):
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + (columns * bits + 7) // 8)
    return total


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """Name and length of every chunk before the end; each stands at its content when it is given."""
    while len(head := file.read(8)) == 8 and head[4:] != b"IEND":
        length = int.from_bytes(head[:4], "big")
        following = file.tell() + length + 4
        yield head[4:], length
        file.seek(following)


def _beside_rows(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    for name, length in _chunks(file):
        if name in _LOOKS | _SAYS and length <= _MOST_KEPT:
            yield name, file.read(length)


def _compressed(file: BinaryIO) -> Iterator[bytes]:
    """The compressed rows, piece by piece, from a file that stands at its first chunk."""
    for name, length in _chunks(file):
        while name == b"IDAT" and length > 0 and (piece := file.read(min(length, _CHUNK))):
            length -= len(piece)
            yield piece


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    for piece in pieces:
        waiting = piece
        while waiting and not unpacker.eof:
            yield unpacker.decompress(waiting, _CHUNK)
            waiting = unpacker.unconsumed_tail


class _Buffered:
    """Pieces of bytes, taken in lengths of one's own."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._held = bytearray()

    def take(self, length: int) -> bytes:
        while len(self._held) < length:
            piece = next(self._pieces, None)
            if piece is None:
                raise EOFError("truncated rows")
            self._held += piece
        taken = bytes(self._held[:length])
        del self._held[:length]
        return taken


def _unfiltered(head: Head, above: bytes, filtered: bytes) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """Rows without their filters: Pillow decodes them as pixels of as many bytes, below the row above them."""
    rows = len(filtered) // (1 + head.row_bytes)
    header = _HEADER.pack(head.row_bytes // head.step, rows + 1, 8, _EIGHT_BITS[head.step], 0, 0, 0)
    with _opened(header, (), b"\0" + above + filtered) as image:
        return np.frombuffer(image.tobytes(), np.uint8).reshape(rows + 1, head.row_bytes)[1:]


def _opened(header: bytes, chunks: tuple[tuple[bytes, bytes], ...], rows: bytes) -> Image.Image:
    parts = [(b"IHDR", header), *chunks, (b"IDAT", zlib.compress(rows, 0)), (b"IEND", b"")]
    framed = (len(data).to_bytes(4, "big") + name + data + zlib.crc32(data, zlib.crc32(name)).to_bytes(4, "big")
              for name, data in parts)  # fmt: skip
    return Image.open(io.BytesIO(_SIGNATURE + b"".join(framed)), formats=("PNG",))
