"""Why a file that no reader of tables knows stays closed, where that can be told: what to do about it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from pipeline.contract import Source
from pipeline.model import Reading
from stages.lang.text import header_key
from stages.orders.engine import refused
from stages.orders.known import layouts
from stages.sheets.cells import wording
from stages.sheets.container import Cannot, Table, is_workbook, open_table
from stages.sheets.headers import top_rows

__all__ = ["why_closed"]

_NAMES = (".xls", ".xlsx", ".csv", ".et")
_MARKS = b"\xef\xbb\xbf\xfe\xff \t\r\n"
"""Byte order marks and blanks, of which the bytes are no part of a tag."""

_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|table|meta|head)\b", re.I | re.S
)
_TABLE = re.compile(rb"<table\b", re.I)
_SPREADSHEET = b"urn:schemas-microsoft-com:office:"
_HEAD = 65_536
_FEW = 2
"""So many names of a header garbled in the same way are no accident."""

_LOST = re.compile("锟斤拷|\ufffd")
_WINDOWS = {bytes([byte]).decode("cp1252", "replace"): byte for byte in range(256)}
_LATIN = {**{chr(byte): byte for byte in range(256)}, **_WINDOWS}
"""The byte that a character stands for where Western text was taken for something else."""


def why_closed(source: Source) -> Reading | None:
    """What a file is that is no table yet: locked, broken, a web page under a table's name, or garbled before it came.

    None where nothing can be told.
    """
    if is_workbook(source.data):
        opened = open_table(source.data, bool)
        return refused("", "none", opened.code) if isinstance(opened, Cannot) else None
    if _is_page(source):
        return refused("", "none", "table-is-page")
    return refused("", "none", "table-garbled") if _is_garbled(source.data[:_HEAD]) else None


def _is_page(source: Source) -> bool:
    """HTML or XML that was given the name of a table, or is nothing but one."""
    head = source.data[:_HEAD].replace(b"\0", b"").lstrip(_MARKS)
    if not head.startswith(b"<"):
        return False
    named = source.name.lower().endswith(_NAMES)
    return _SPREADSHEET in head or _TABLE.match(head) is not None or (named and _PAGE.match(head) is not None)


def _is_garbled(head: bytes) -> bool:
    """Whether a row of its head would name known columns, had it not been decoded wrongly and saved so."""
    table = open_table(head, lambda keys: len(keys) >= _FEW, whole=False)
    if not isinstance(table, Table):
        return False
    return any(_was_header([wording(cell) for cell in row.cells]) for row in top_rows(table.sheets[0]))


def _was_header(cells: Iterable[str]) -> bool:
    cells = [cell for cell in cells if cell and not cell.isascii()]
    lost = sum(_LOST.search(cell) is not None and len(_LOST.findall(cell)) * 2 >= len(cell) / 3 for cell in cells)
    return max(lost, sum(map(_was_name, cells))) >= _FEW


def _was_name(cell: str) -> bool:
    """Whether the cell holds the beginning of a known name, taken for another encoding."""
    latin = bytes(_LATIN.get(letter, 0) for letter in cell)
    tries = (
        cell.encode("gb18030", "ignore").decode("utf-8", "ignore"),
        latin.decode("utf-8", "ignore"),
        latin.decode("gb18030", "ignore"),
    )
    return any(key[:_FEW] in _beginnings() and key != header_key(cell) for key in map(header_key, tries))


@cache
def _beginnings() -> frozenset[str]:
    """The first characters of every Chinese name of a column."""
    names = (name for layout in layouts() for names in layout.columns.values() for name in names)
    return frozenset(name[:_FEW] for name in names if len(name) >= _FEW and not name[:_FEW].isascii())
