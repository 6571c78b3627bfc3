"""What the dates of a whole file prove about the order of day and month in them."""

from __future__ import annotations

import re

from stages.lang.times import DateOrder

__all__ = ["DateOrders"]

_DATE = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d{2})(?!\d)", re.ASCII)
_MONTHS = 12


class DateOrders:
    """A date with a part that is no month settles the order in all others; two that differ settle nothing."""

    def __init__(self) -> None:
        self._proved: set[DateOrder] = set()

    def look(self, said: str) -> None:
        """Take in a cell."""
        match = _DATE.match(said)
        if match is None:
            return
        first, second = int(match[1]), int(match[2])
        if first > _MONTHS >= second:
            self._proved.add("dmy")
        elif second > _MONTHS >= first:
            self._proved.add("mdy")

    @property
    def order(self) -> DateOrder | None:
        """The order, None where it is not settled."""
        return next(iter(self._proved)) if len(self._proved) == 1 else None
