"""What the typed cells of a whole sheet show about its time columns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from pipeline.moment import Grain
from stages.sheets.container import Row

__all__ = ["Typed"]


class Typed:
    """What the typed cells of a whole sheet show about its time columns.

    A column that holds clock times turns a bare date into midnight; one time with seconds shows that the sheet keeps
    them. Until then a typed time is taken to reach the minute, which is never too narrow.
    """

    def __init__(self, columns: Sequence[int]) -> None:
        self.columns = columns
        self.with_clock: set[int] = set()
        self.with_seconds = False

    def look(self, row: Row) -> None:
        """Take in one row."""
        for column in self.columns:
            value = row.cells[column] if column < len(row.cells) else None
            if isinstance(value, datetime):
                self.with_clock.add(column)
                self.with_seconds = self.with_seconds or value.second != 0

    @property
    def grain(self) -> Grain:
        """How fine a typed time of this sheet is."""
        return "second" if self.with_seconds else "minute"
