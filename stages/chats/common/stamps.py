"""Wall clocks of a table's cells, without a zone: their order is decided once for the whole file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.contract import Source
from pipeline.moment import Moment, dateless
from stages.chats.common.account import Account
from stages.chats.common.dates import Parts, order_note, order_of
from stages.chats.common.params import params_of
from stages.lang.times import parse

__all__ = ["Stamps"]

_DATE = re.compile(r"\s*(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})(?!\d)")
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d\d(:\d\d)?(?!\d)", re.ASCII)


class Stamps:
    """The stamps of one file: the zone is the case's, and the order of day and month what the file proves."""

    def __init__(self, stamps: Iterable[str], source: Source, account: Account) -> None:
        params = params_of(source)
        self._zone = params.zone_for(source.name)
        parts = [found for stamp in dict.fromkeys(stamps) if (found := _parts(stamp))]
        order = order_of(parts, stated=params.order_for(source.name))
        note = order_note(order) if parts else None
        if note and any(len(first) < 3 for first, _, _ in parts):
            account.notes.append(note)
        self._order = order.order
        self._known: dict[str, Moment | None] = {}

    def at(self, stamp: str) -> Moment | None:
        """The moment of a cell, without a date where its date or the order of its date is not known; None for a cell
        without a time of day.
        """
        if stamp not in self._known:
            self._known[stamp] = parse(stamp, zone=self._zone, order=self._order) or self._dateless(stamp)
        return self._known[stamp]

    def _dateless(self, stamp: str) -> Moment | None:
        clock = _CLOCK.search(stamp)
        return dateless(stamp, "second" if clock[1] else "minute", self._zone) if clock else None


def _parts(stamp: str) -> Parts | None:
    match = _DATE.match(stamp)
    return (match[1], match[3], match[4]) if match else None
