"""Tables with thin rules: the head is repeated on every page, and a row that is taller than a page is continued."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from stages.assemble.layout import Book
from stages.assemble.page import Box, Rule, Triangle
from stages.assemble.style import BOTTOM, CELL, INK, LABEL, LEFT, TOP, WHITE, Style
from stages.assemble.text import Span, TextLine

__all__ = ["Cell", "Column", "Row", "Tag", "draw_row", "row_height", "table", "tag"]

_GAP, _PAD = 6.0, 4.6  # between columns; above and below the text of a row


class Column(NamedTuple):
    """A column: its head and its width in points."""

    title: str
    width: float


class Tag(NamedTuple):
    """A verdict: its shape (the name of a finding) and its word."""

    shape: str
    word: str


Cell = str | Sequence[Span] | Tag


class Row(NamedTuple):
    """A row, where it can be reached from, and the exhibit's place it shows."""

    cells: Sequence[Cell]
    name: str = ""


def table(book: Book, columns: Sequence[Column], rows: Iterable[Row], style: Style = CELL) -> None:
    """Draws a table over as many pages as it takes."""
    _head(book, columns)
    for row in rows:
        cells = [
            _lines(book, cell, column.width - _GAP, style) for cell, column in zip(row.cells, columns, strict=True)
        ]
        height = max(len(lines) for lines in cells) * style.leading + 2 * _PAD
        if height > book.room and book.y > TOP + 2 * LABEL.leading:
            book.turn()
            _head(book, columns)
        if row.name:
            book.reach(row.name)
        _row(book, columns, row, cells, style)


def row_height(book: Book, columns: Sequence[Column], row: Row, style: Style = CELL) -> float:
    """How tall a row is when it is not cut."""
    cells = (_lines(book, cell, column.width - _GAP, style) for cell, column in zip(row.cells, columns, strict=True))
    return max(len(lines) for lines in cells) * style.leading + 2 * _PAD


def draw_row(book: Book, columns: Sequence[Column], row: Row, style: Style = CELL) -> None:
    """One row at the current place."""
    cells = [_lines(book, cell, column.width - _GAP, style) for cell, column in zip(row.cells, columns, strict=True)]
    _row(book, columns, row, cells, style)


def head(book: Book, columns: Sequence[Column]) -> None:
    """The head of a table."""
    _head(book, columns)


def _head(book: Book, columns: Sequence[Column]) -> None:
    book.need(LABEL.leading + 40)
    x = LEFT
    for column in columns:
        book.block(book.lines(column.title, column.width, LABEL)[:1], x, book.y, LABEL)
        x += column.width
    book.y += LABEL.leading + 4
    book.rule(book.y, 0.8)


def _row(book: Book, columns: Sequence[Column], row: Row, cells: Sequence[tuple[TextLine, ...]], style: Style) -> None:
    done, total = 0, max(len(lines) for lines in cells)
    while done < total:
        fits = max(1, int((book.room - 2 * _PAD + 1e-6) // style.leading))
        part = [lines[done : done + fits] for lines in cells]
        _part(book, columns, row, part, style, first=done == 0)
        done += fits
        if done < total:
            book.turn()
            _head(book, columns)


def _part(
    book: Book, columns: Sequence[Column], row: Row, part: Sequence[tuple[TextLine, ...]], style: Style, *, first: bool
) -> None:
    x, top, bottom = LEFT, book.y + _PAD, book.y
    for cell, column, lines in zip(row.cells, columns, part, strict=True):
        if isinstance(cell, Tag):
            if first:
                tag(book, cell, x, top, style)
            bottom = max(bottom, top + style.leading)
        else:
            bottom = max(bottom, book.block(lines, x, top, style))
        x += column.width
    book.y = bottom + _PAD
    book.rule(min(book.y, BOTTOM + _PAD))


def _lines(book: Book, cell: Cell, width: float, style: Style) -> tuple[TextLine, ...]:
    return (TextLine((), 0.0),) if isinstance(cell, Tag) else book.lines(cell, width, style)


def tag(book: Book, cell: Tag, x: float, top: float, style: Style) -> float:
    """A verdict in its own shape, so that it survives a grey fax; returns its width."""
    word = style._replace(size=8, colour=WHITE if cell.shape == "contradicted" else INK)
    pad = 4.5 + (5 if cell.shape == "partly" else 0)
    width, height = book.width(cell.word, word) + 4.5 + pad, style.leading - 1.2
    y = top + 0.6
    if cell.shape == "contradicted":
        book.draw(Box(x, y, width, height, fill=INK))
    elif cell.shape == "no-evidence":
        book.draw(Rule(x, y + height, x + width, y + height, 0.8, INK, (0.8, 1.6)))
    else:
        book.draw(Box(x, y, width, height, stroke=INK, weight=0.8, dash=(2.2, 1.6) if cell.shape == "opinion" else ()))
    if cell.shape == "partly":
        book.draw(Triangle(x, y, 9, height, INK))
    book.put(cell.word, x + pad, top + style.leading / 2 + 0.38 * 8, word)
    return width
