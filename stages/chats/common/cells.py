"""The times of a table's column: typed cells, serial numbers of a spreadsheet, epochs, and wording.

A column is looked at as a whole first: what one cell cannot show (whether the sheet keeps seconds, in which order it
writes day and month) the others may.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

from pipeline.model import Note
from pipeline.moment import Grain, Moment, Zone, dateless, from_epoch_ms
from stages.chats.common.dates import Order, Parts, order_note, order_of
from stages.lang import times
from stages.lang.text import plain
from stages.lang.times import DateOrder
from stages.sheets.cells import clean

__all__ = ["TimeColumn"]

_UNSURE = re.compile(r"\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?!\d)")
_NUMBER = re.compile(r"\d{5}(?:\.\d{1,17})?|\d{10}(?:\.\d{1,6})?|\d{13}", re.ASCII)
_SERIALS = (36526, 73050)
"""Serial numbers of the days from 2000 to 2099: what a spreadsheet has under a date that lost its format."""

_DAY_ZERO = datetime(1899, 12, 30)
_SECONDS, _MILLISECONDS = (10**9, 4 * 10**9), (10**12, 4 * 10**12)


class TimeColumn:
    """A column of times. `look` takes in every cell; then `settle`, and `read` gives the moment of a cell."""

    def __init__(self, zone: Zone | None, stated: DateOrder | None) -> None:
        self._zone, self._stated = zone, stated
        self._parts: list[Parts] = []
        self._clock = self._seconds = False
        self._order: Order | None = None
        self.serials = 0
        """How many cells are serial numbers."""

    def look(self, value: Any) -> None:
        """Take in one cell."""
        if isinstance(value, str):
            match = _UNSURE.match(plain(value))
            if match is not None:
                self._parts.append((match[1], match[2], match[3]))
        self.serials += not isinstance(value, date) and _typed(value) is not None
        value = _typed(value)
        if isinstance(value, datetime):
            self._clock = self._clock or (value.hour, value.minute, value.second) != (0, 0, 0)
            self._seconds = self._seconds or value.second != 0

    def settle(self) -> Note | None:
        """Decide the order of day and month; what is to be said about it."""
        if not self._parts:
            return None
        self._order = order_of(self._parts, stated=self._stated)
        return order_note(self._order)

    def read(self, value: Any, said: str) -> Moment | None:
        """The moment of a cell, without a date where its wording is no time; None for a blank one."""
        if not said:
            return None
        number = _number(value)
        epoch = _epoch_ms(number) if number is not None else None
        if epoch is not None:
            return from_epoch_ms(said, epoch, self._zone, grain="millisecond" if epoch % 1000 else "second")
        typed = _typed(value)
        if typed is not None:
            return times.from_value(typed if self._clock else _day(typed), said, zone=self._zone, grain=self._grain)
        order = self._order.order if self._order else self._stated
        return times.parse(clean(said), zone=self._zone, order=order) or dateless(said, "day", self._zone)

    def is_unsure(self, value: Any) -> bool:
        """Whether a cell cannot be read because nothing proves the order of its day and month."""
        unproved = self._order is not None and self._order.order is None
        return unproved and isinstance(value, str) and _UNSURE.match(plain(value)) is not None

    @property
    def _grain(self) -> Grain:
        """How fine typed times are: until one shows seconds, the minute, which is never too narrow."""
        return "second" if self._seconds else "minute"


def _number(value: Any) -> float | None:
    """A number, also one that is written out; None for all else."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return value
    text = clean(value) if isinstance(value, str) else ""
    return float(text) if _NUMBER.fullmatch(text) else None


def _epoch_ms(number: float) -> int | None:
    """Milliseconds since 1970 of a number that is an epoch, in seconds or milliseconds, of the years 2001 to 2096."""
    if _SECONDS[0] <= number < _SECONDS[1]:
        return round(number * 1000)
    return int(number) if _MILLISECONDS[0] <= number < _MILLISECONDS[1] else None


def _typed(value: Any) -> date | None:
    """A typed date, or the one that a serial number stands for, to the nearest second."""
    if isinstance(value, date):
        if isinstance(value, datetime) and value.microsecond:
            return (value + timedelta(milliseconds=500)).replace(microsecond=0) if value.year < 9999 else value
        return value
    number = _number(value)
    if number is None or not _SERIALS[0] <= number < _SERIALS[1]:
        return None
    return _DAY_ZERO + timedelta(seconds=round(number * 86400))


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
