"""OLE compound files, as old Excel and locked workbooks are: just enough of MS-CFB for a reader to find the streams."""

from __future__ import annotations

import struct
from collections.abc import Mapping

__all__ = ["compound", "locked_xls", "locked_xlsx", "xls"]

_SECTOR = 512
_CHAIN_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SMALL = 4096  # shorter streams would stand in a stream of their own, which nothing here needs
_BOF = struct.pack("<HHHHHHII", 0x0809, 16, 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6)
_EOF = struct.pack("<HH", 0x000A, 0)


def compound(streams: Mapping[str, bytes]) -> bytes:
    """A file with these streams, each filled up to 4 KiB."""
    sectors: list[bytes] = []
    chain: list[int] = []

    def put(data: bytes) -> int:
        start = len(sectors)
        for at in range(0, len(data), _SECTOR):
            sectors.append(data[at : at + _SECTOR].ljust(_SECTOR, b"\0"))
            chain.append(len(sectors))
        chain[-1] = _CHAIN_END
        return start

    placed = [(name, put(data.ljust(_SMALL, b"\0")), max(_SMALL, len(data))) for name, data in streams.items()]
    entries = [_entry("Root Entry", 5, _CHAIN_END, 0, child=1)]
    for number, (name, start, size) in enumerate(placed, start=1):
        entries.append(_entry(name, 2, start, size, right=number + 1 if number < len(placed) else _FREE))
    directory = put(b"".join(entries))
    table = len(sectors)
    chain.append(_TABLE)
    sectors.append(struct.pack("<128I", *chain, *[_FREE] * (128 - len(chain))))
    return _header(directory, table) + b"".join(sectors)


def locked_xlsx() -> bytes:
    """What Excel writes for a workbook with a password: the zip, encrypted, as a stream."""
    return compound(
        {
            "EncryptionInfo": b"\x04\x00\x04\x00\x40\x00\x00\x00<?xml version='1.0' encoding='UTF-8'?><encryption/>",
            "EncryptedPackage": struct.pack("<Q", 5000) + bytes(range(256)) * 20,
        }
    )


def locked_xls(*, method: int = 1, protected: bool = False) -> bytes:
    """An old workbook with a password: a record after the first says so. `method` 0 is XOR, 1 is RC4."""
    guard = struct.pack("<HH", 0x0086, 0) if protected else b""
    return compound({"Workbook": _BOF + guard + struct.pack("<HHH", 0x002F, 54, method) + bytes(52) + _EOF})


def xls() -> bytes:
    """An old workbook without sheets and without a password."""
    return compound({"Workbook": _BOF + _EOF})


def _entry(name: str, kind: int, start: int, size: int, *, right: int = _FREE, child: int = _FREE) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    links = struct.pack("<III", _FREE, right, child)
    return raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1) + links + bytes(36) + struct.pack(
        "<IQ", start, size
    )  # fmt: skip


def _header(directory: int, table: int) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, directory, 0, _SMALL, _CHAIN_END, 0, _CHAIN_END, 0)
    return head + struct.pack("<109I", table, *[_FREE] * 108)
