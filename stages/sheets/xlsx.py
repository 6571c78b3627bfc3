"""What a workbook's own XML says that its reader does not: formula errors, and how large its sheets claim to be."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree

__all__ = ["MAX_CELLS", "TooLarge", "column_number", "error_cells", "may_hold"]

MAX_CELLS = 50_000_000
"""A sheet is held as a full rectangle while it is read: beyond this a few far-off cells would fill the memory."""

MAX_BYTES = 1 << 30
_CHUNK = 1 << 20
_FIRST_TEXTS = re.compile(r"(?:sharedStrings|worksheets/[^/]+|content)\.xml$", re.IGNORECASE)
_OVERLAP = 512
_ROW = re.compile(rb'<row\b[^>]{0,300}?\br="(\d{1,7})"')
_NEAR = 47
"""Columns up to AU: a sheet of as many rows as Excel allows may have them, so that they are not looked for."""

_CELL = re.compile(rb'\br="(A[V-Z]|[B-Z][A-Z]|[A-Z]{3})\d{1,7}"')
_ERROR = re.compile(rb'<c\b(?=[^>]{0,200}\bt="e")[^>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class TooLarge(ValueError):
    """A workbook that would not fit into memory."""


def error_cells(data: bytes) -> dict[str, frozenset[tuple[int, int]]]:
    """For every sheet by name the cells that hold a formula error, as (row, column), both from 1.

    Empty where the package does not say which part is which sheet. TooLarge before anything is held in memory.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if sum(info.file_size for info in archive.infolist()) > MAX_BYTES:
            raise TooLarge
        present = set(archive.namelist())
        return {name: _scan_part(archive, part) for name, part in _parts(archive) if part in present}


def may_hold(data: bytes, word: str) -> bool:
    """Whether a workbook can hold a word among its first texts: a cheap look before it is opened and parsed.

    A zip's shared strings stand in the order in which they are first met, those of the header in front; an old
    workbook holds its texts as UTF-16.
    """
    if not data.startswith(b"PK"):
        return word.encode("utf-16-le") in data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [name for name in archive.namelist() if name.endswith((".xml", ".XML"))]
            return any(word.encode() in _begin(archive, name) for name in parts if _FIRST_TEXTS.search(name))
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError):
        return False


def _begin(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        return stream.read(_CHUNK)


def column_number(letters: str) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    try:
        book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - expat bounds entities itself
        links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314
    except (LookupError, ValueError, ElementTree.ParseError):
        return
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            target = targets.get(sheet.get(_RELATION), "")
            yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _scan_part(archive: zipfile.ZipFile, part: str) -> frozenset[tuple[int, int]]:
    rows, columns = 0, _NEAR
    errors: set[tuple[int, int]] = set()
    with archive.open(part) as stream:
        for piece in _pieces(stream):
            rows = max([rows, *map(int, _ROW.findall(piece))])
            columns = max([columns, *(column_number(cell.decode()) for cell in set(_CELL.findall(piece)))])
            if rows * columns > MAX_CELLS:
                raise TooLarge
            if b't="e"' in piece:
                errors.update((int(row), column_number(column.decode())) for column, row in _ERROR.findall(piece))
    return frozenset(errors)


def _pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """Pieces that overlap, so that no tag is cut in all of them."""
    tail = b""
    while chunk := stream.read(_CHUNK):
        yield tail + chunk
        tail = chunk[-_OVERLAP:]
