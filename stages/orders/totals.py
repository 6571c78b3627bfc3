"""What a bill says of itself above its header and below its data, and whether its own rows agree."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pipeline.model import Note
from stages.lang import money
from stages.sheets.cells import wording

__all__ = ["Totals"]

_COUNTS = {"count": None, "in_count": "in", "out_count": "out", "neutral_count": "neutral"}
_COUNT = re.compile(r"\d{1,15}")
_SUMS = {"in_sum": "in", "out_sum": "out", "neutral_sum": "neutral"}


class Totals:
    """The counts and sums of all rows as they pass, and those that the file declares."""

    def __init__(self, patterns: Mapping[str, re.Pattern[str]]) -> None:
        self._patterns = patterns
        self.declared: dict[str, str | int] = {}
        self.rows = 0
        """How many rows of data have passed."""
        self._count: dict[str | None, int] = {}
        self._sum: dict[str | None, Decimal] = {}

    def hear(self, cells: Sequence[Any]) -> None:
        """Take in a row that is no data."""
        if not self._patterns:
            return
        text = " ".join(filter(None, map(wording, cells)))
        for name, pattern in self._patterns.items():
            match = pattern.search(text)
            if match and name not in self.declared:
                said = match[1].strip()
                self.declared[name] = int(said) if name in _COUNTS and _COUNT.fullmatch(said) else said

    def add(self, direction: str | None, said: str) -> None:
        """Take in a row's money: which way it went, and its amount as printed."""
        self._count[direction] = self._count.get(direction, 0) + 1
        found = money.amount(said) if said else None
        if found is not None:
            value = abs(Decimal(found.money.value))
            self._sum[direction] = self._sum.get(direction, Decimal()) + value

    def notes(self) -> list[Note]:
        """Where what is declared is not what is there."""
        found = []
        for name, way in _COUNTS.items():
            there = self.rows if way is None else self._count.get(way, 0)
            if isinstance(stated := self.declared.get(name), int) and stated != there:
                found.append(Note(code="declared-count-differs", values={"declared": stated, "found": there}))
        for name, way in _SUMS.items():
            stated_sum = money.amount(str(self.declared.get(name, "")))
            there_sum = self._sum.get(way, Decimal())
            if stated_sum is not None and Decimal(stated_sum.money.value) != there_sum:
                values: dict[str, str | int] = {"declared": stated_sum.money.value, "found": money.as_text(there_sum)}
                found.append(Note(code="declared-sum-differs", values=values))
        return found
