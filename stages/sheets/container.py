"""Opening a table by its first bytes: a workbook through calamine, anything else as delimited text.

A sheet gives its rows anew each time it is asked, one at a time: a sheet of 200,000 rows is never held as cells.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, BinaryIO, NamedTuple

from pipeline.contract import Tool
from pipeline.model import Value
from stages.lang.encoding import LOST, Refused, damaged_head_of, encoding_of, head_of, keeps_lines
from stages.lang.text import header_key

__all__ = [
    "HEADER_ROWS",
    "Cannot",
    "Fits",
    "Row",
    "Sheet",
    "Stream",
    "Table",
    "engine",
    "forget",
    "header_keys",
    "is_workbook",
    "open_table",
]

HEADER_ROWS = 60
"""How many rows may stand above the data."""

Fits = Callable[[frozenset[str]], bool]
"""Whether a row of header keys is the header that somebody looks for."""

Stream = Callable[[], BinaryIO]
"""Opens a file from its first byte on."""

_CHUNK = 1 << 20
_DELIMITERS = (",", "\t", ";", "|")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FIELD_LIMIT = 1 << 20
_LOCKED = re.compile(
    re.escape("EncryptedPackage".encode("utf-16-le"))  # a locked xlsx is a stream of an OLE file
    + rb"|\x09\x08\x10\x00\x00\x06\x05\x00.{12}(?:\x86\x00\x00\x00)?\x2f\x00",  # in an xls a record behind the first
    re.DOTALL,
)


class Row(NamedTuple):
    """One row: its number as Excel shows it, its cells, and the columns filled from the top of a merged cell.

    `lines` is how many physical lines of delimited text it takes; 0 where the row, or one before it, breaks the rules
    of delimited text, so that its cells mean nothing. A row that is not `decoded` holds bytes that nobody can read: it
    has no cells, and no lines either.
    """

    number: int
    cells: Sequence[Any]
    filled: Collection[int] = ()
    lines: int = 1
    decoded: bool = True


@dataclass(frozen=True)
class Sheet:
    """One sheet. `errors` are the cells (row, column from 1) that hold a formula error.

    Only in text: `delimiter`, and `nulls`, the number of NUL characters in it.
    """

    name: str
    rows: Callable[[], Iterator[Row]]
    visible: bool = True
    errors: frozenset[tuple[int, int]] = frozenset()
    encoding: str | None = None
    delimiter: str | None = None
    nulls: int = 0


@dataclass(frozen=True)
class Table:
    """A table that could be opened."""

    sheets: tuple[Sheet, ...]


@dataclass(frozen=True)
class Cannot:
    """A table that could not be opened: a code of the wording table and the values of its sentence."""

    code: str
    offset: int = 0


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are a zip or OLE container rather than text."""
    return data.startswith((_ZIP, _OLE))


def open_table(
    data: bytes,
    fits: Fits,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    whole: bool = True,
    stream: Stream | None = None,
    chinese: bool = True,
) -> Table | Cannot | None:
    """The sheets of a table; None for a text in which no row fits, unless a declared encoding is why.

    `fits` decides between delimiters and lets GB18030 pass. Without `whole` only the head of a text is decoded,
    which is enough to recognise it. With `stream`, which opens the file, `data` of a text are its first bytes.
    A text that is no UTF-8 may be GB18030 only where `chinese`: names in Latin letters fit in any encoding.
    Of a damaged text the rows that hold a wrong byte are not `decoded`, as long as its lines can be told.
    """
    if is_workbook(data):
        return _workbook(data)
    delimiters = (delimiter,) if delimiter else _DELIMITERS

    def shows(text: str) -> bool:
        return _delimiter(text, delimiters, fits) is not None

    def signature(text: str) -> bool:
        return chinese and shows(text)

    head = head_of(data, encoding, signature) or damaged_head_of(data, encoding, shows)
    found = _delimiter(head.text, delimiters, fits) if head else None
    if found and head and not whole:
        return Table((Sheet("", lambda: _head_rows(head.text, found)),))
    if found is None and encoding is None:
        return None
    opened = stream or partial(io.BytesIO, data)
    checked = encoding_of(data, encoding, signature, opened)
    whole = not isinstance(checked, Refused)
    if isinstance(checked, Refused):
        if not (found and head and keeps_lines(head.encoding)):
            return Cannot("table-not-decodable", checked.offset) if checked.tried else None
        checked = head.encoding
    if found is None:
        return None
    rows = partial(_text_rows, opened, checked, found, whole=whole)
    return Table((Sheet("", rows, encoding=checked, delimiter=found, nulls=_nulls(opened, checked)),))


def engine(_: Value) -> tuple[Tool, ...]:
    """What opens workbooks: its version decides results."""
    from importlib.metadata import version

    return (Tool(name="python-calamine", version=version("python-calamine")),)


def forget() -> None:
    """Let go of the workbook that was opened last, and of the names that were looked at."""
    _workbook.cache_clear()
    _key.cache_clear()
    _names.cache_clear()


def header_keys(cells: Iterable[Any]) -> frozenset[str]:
    """The names of a row as they are matched."""
    return frozenset(key for cell in cells if isinstance(cell, str) and (key := _key(cell)))


@lru_cache(maxsize=8192)
def _key(cell: str) -> str:
    """A name as it is matched; every format looks at the same rows."""
    return header_key(cell)


def _delimiter(head: str, delimiters: Iterable[str], fits: Fits) -> str | None:
    for delimiter in delimiters:
        if any(map(fits, _names(head, delimiter))):
            return delimiter
    return None


@lru_cache(maxsize=16)
def _names(head: str, delimiter: str) -> tuple[frozenset[str], ...]:
    """The names in each of the first rows; every format looks at the same ones."""
    return tuple(header_keys(row.cells) for row in _first(_head_rows(head, delimiter)))


def _head_rows(head: str, delimiter: str) -> Iterator[Row]:
    rows = _records(io.StringIO(head, newline=""), delimiter)
    return rows if LOST.search(head) is None else map(_without_lost, rows)


def _first(rows: Iterator[Row]) -> Iterator[Row]:
    for row in rows:
        if row.number > HEADER_ROWS:
            return
        yield row


def _text_rows(stream: Stream, encoding: str, delimiter: str, *, whole: bool) -> Iterator[Row]:
    with io.TextIOWrapper(stream(), encoding, "strict" if whole else "surrogateescape", newline="") as text:
        rows = _records(text, delimiter)
        yield from rows if whole else map(_without_lost, rows)


def _without_lost(row: Row) -> Row:
    """The row, without anything of it if a byte of it did not decode."""
    return Row(row.number, (), (), 0, decoded=False) if any(map(LOST.search, row.cells)) else row


def _nulls(stream: Stream, encoding: str) -> int:
    with stream() as file:
        if encoding != "utf-16":
            return sum(chunk.count(0) for chunk in iter(partial(file.read, _CHUNK), b""))
        text = io.TextIOWrapper(file, encoding=encoding, newline="")
        return sum(chunk.count("\0") for chunk in iter(partial(text.read, _CHUNK), ""))


def _records(stream: Iterable[str], delimiter: str) -> Iterator[Row]:
    """Records as Excel numbers them: blank lines count, its own first line `sep=,` does not.

    After a field beyond the limit nobody can tell where rows begin: all that follow are broken.
    """
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(stream, delimiter=delimiter)
    number, broken = 0, False
    while True:
        number, line = number + 1, reader.line_num
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells, broken = [], True
        if number == 1 and len(cells) <= 2 and "".join(cells[:1]).lower().startswith("sep="):
            number = 0
            continue
        yield Row(number, cells, (), 0 if broken else reader.line_num - line)


@lru_cache(maxsize=1)
def _workbook(data: bytes) -> Table | Cannot:
    """The workbook, kept until the next one or `forget`: it is recognised and then read, and parsed once."""
    import zipfile
    import zlib

    import python_calamine as calamine

    from stages.sheets import xlsx

    if data.startswith(_OLE) and _LOCKED.search(data):
        return Cannot("table-encrypted")
    try:
        errors = xlsx.error_cells(data) if data.startswith(_ZIP) else {}
        book = calamine.load_workbook(io.BytesIO(data))
        sheets = tuple(_sheet(book, meta, errors) for meta in book.sheets_metadata if _holds_cells(meta))
    except xlsx.TooLarge:
        return Cannot("table-too-large")
    except (calamine.CalamineError, zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, RuntimeError):
        return Cannot("table-broken")
    return Table(sheets)


def _holds_cells(meta: Any) -> bool:
    return str(meta.typ).endswith("WorkSheet")


def _sheet(book: Any, meta: Any, errors: dict[str, frozenset[tuple[int, int]]]) -> Sheet:
    source = book.get_sheet_by_name(meta.name)
    visible = str(meta.visible).endswith(".Visible")
    return Sheet(meta.name, partial(_sheet_rows, source), visible, errors.get(meta.name, frozenset()))


def _sheet_rows(source: Any) -> Iterator[Row]:
    """Rows from the first on, padded to column A, with merged cells filled downward in their own column."""
    if source.start is None:
        return
    padding = [""] * source.start[1]
    merges = _merges(source)
    numbered = enumerate(source.iter_rows())
    if not merges:
        yield from (Row(index + 1, padding + cells if padding else cells) for index, cells in numbered)
        return
    held: dict[int, tuple[int, Any]] = {}
    for index, cells in numbered:
        cells = padding + cells if padding else cells
        filled = []
        for column, (bottom, value) in list(held.items()):
            if index > bottom:
                del held[column]
            elif column < len(cells) and cells[column] == "":
                cells[column] = value
                filled.append(column)
        for column, bottom in merges.get(index, ()):
            if column < len(cells):
                held[column] = (bottom, cells[column])
        yield Row(index + 1, cells, filled)


def _merges(source: Any) -> dict[int, list[tuple[int, int]]]:
    """Merged cells that reach over several rows: first row -> (column, last row), from 0."""
    starts: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in source.merged_cell_ranges or ():
        if bottom > top:
            starts.setdefault(top, []).append((left, bottom))
    return starts
