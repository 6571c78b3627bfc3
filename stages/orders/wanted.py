"""Which records of a table may be read: those of the orders the case is about, and nobody else's."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pipeline.model import Note
from stages.lang.numbers import linked
from stages.sheets.cells import EXACT_DIGITS, is_suspect
from stages.sheets.container import Row

__all__ = ["Wanted"]


class Wanted:
    """The rows to read: of the numbers named; where none is named, of the only record there is; with None, of all.

    `links` are further numbers of the same orders, of their payments and parcels.
    """

    def __init__(self, only: Iterable[str] | None, links: Iterable[str] = ()) -> None:
        self.all = only is None
        self.only = frozenset(only or ())
        self.numbers = frozenset(filter(None, map(linked, (*self.only, *links))))
        self.kept: dict[str, list[tuple[int, Row]]] = {}
        self.found: set[str] = set()
        self.others: set[str] = set()
        self.other_rows = 0
        self.near: dict[str, list[tuple[int, int]]] = {}
        """For a wanted number the rows, sheet and row number, whose own number differs only where digits were lost."""
        self._stems = {number[:EXACT_DIGITS]: number for number in self.numbers if number[EXACT_DIGITS:].isdecimal()}

    def wants(self, numbers: Collection[str]) -> bool:
        """Whether a record that bears these numbers was asked for by one of them."""
        return self.all or not self.numbers.isdisjoint(map(linked, numbers))

    def take(self, key: str, numbers: Collection[str], sheet: int, row: Row) -> None:
        """Keep a row of the record `key`, which bears these numbers, or count it."""
        if self.all or self.numbers:
            if self.wants(numbers):
                self.found.update(map(linked, numbers))
                self.kept.setdefault(key, []).append((sheet, row))
                return
        elif not self.others:
            self.kept.setdefault(key, []).append((sheet, row))
            if len(self.kept) == 1:
                return
            self.others.update(self.kept)
            self.other_rows = sum(map(len, self.kept.values())) - 1
            self.kept.clear()
        self.others.add(key)
        self.other_rows += 1
        for number in numbers:
            if number[:EXACT_DIGITS] in self._stems and is_suspect(number):
                self.near.setdefault(self._stems[number[:EXACT_DIGITS]], []).append((sheet, row.number))

    @property
    def kept_rows(self) -> int:
        """How many rows were kept."""
        return sum(map(len, self.kept.values()))

    @property
    def missing(self) -> tuple[str, ...]:
        """The named numbers that no row bears."""
        return tuple(sorted(number for number in self.only if linked(number) not in self.found))

    def note(self) -> Note | None:
        """What is said about the rows that were let go."""
        if not self.others:
            return None
        code = "other-orders-left-out" if self.numbers else "several-orders"
        return Note(code=code, values={"orders": len(self.others), "rows": self.other_rows})
