"""Whether a PNG holds as many rows as its header says: decoders fill up what is missing without a word."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

__all__ = ["holds_all_rows"]

_CHUNK = 1 << 16
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def holds_all_rows(path: Path) -> bool:
    """Whether the compressed rows unpack to at least what the header needs. zlib.error if they are damaged."""
    with path.open("rb") as file:
        file.seek(16)
        header = file.read(13)
        needed = _needed(header)
        file.seek(8)
        return _unpacks_to(needed, _data(file))


def _needed(header: bytes) -> int:
    """Bytes of all rows of a picture with this header: one for the filter and the samples of each row."""
    width, height = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")
    bits = header[8] * _CHANNELS.get(header[9], 1)
    passes = _ADAM7 if header[12] else ((0, 0, 1, 1),)
    total = 0
    for left, top, across, down in passes:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            total += rows * (1 + (columns * bits + 7) // 8)
    return total


def _data(file: BinaryIO) -> Iterator[bytes]:
    """The compressed rows, piece by piece, from a file that stands at its first chunk."""
    while len(head := file.read(8)) == 8 and head[4:] != b"IEND":
        length = int.from_bytes(head[:4], "big")
        if head[4:] != b"IDAT":
            file.seek(length + 4, 1)
            continue
        while length > 0 and (piece := file.read(min(length, _CHUNK))):
            length -= len(piece)
            yield piece
        file.seek(4, 1)


def _unpacks_to(needed: int, pieces: Iterator[bytes]) -> bool:
    unpacker, count = zlib.decompressobj(), 0
    for piece in pieces:
        waiting = piece
        while waiting:
            count += len(unpacker.decompress(waiting, _CHUNK))
            if count >= needed:
                return True
            waiting = unpacker.unconsumed_tail
    return count >= needed
