"""The written times of one file: in which order it writes its dates is decided once, then each becomes a moment."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.contract import Source
from pipeline.locate import Locator
from pipeline.moment import Moment
from stages.chats.common.account import Account
from stages.chats.common.dates import order_note, order_of
from stages.chats.common.params import params_of
from stages.chats.common.written import Stamp, moment_of, stamp_of, weekday_of

__all__ = ["Chronicle"]


class Chronicle:
    """Makes the moments of a file whose times are `said`, in its order, and notes what is odd about them."""

    def __init__(self, account: Account, source: Source, said: Iterable[str]) -> None:
        params = params_of(source)
        written = [(stamp, text) for text in said if (stamp := stamp_of(text)) is not None]
        days = [(stamp.parts, day) for stamp, text in written if (day := weekday_of(text)) is not None]
        found = order_of([stamp.parts for stamp, _ in written], stated=params.order_for(source.name), weekdays=days)
        note = order_note(found) if written else None
        if note is not None:
            account.notes.append(note)
        self.account, self.order, self.zone = account, found.order, params.zone_for(source.name)
        self._moments: dict[str, Moment | None] = {}
        self._last = ""

    def at(self, said: str, where: Locator) -> Moment | None:
        """The moment of a time as written; None with a note where it cannot be read."""
        if said not in self._moments:
            stamp = stamp_of(said)
            self._moments[said] = moment_of(said, stamp, self.order, self.zone) if stamp else None
            if stamp and stamp.odd:
                self.account.note("chat-clock-odd", where, said=said)
        at = self._moments[said]
        if at is None:
            self.account.note("chat-time-unreadable", where, said=said[:40])
        elif at.start:
            if at.start < self._last[: len(at.start)]:
                self.account.note("chat-time-goes-back", where, said=said)
            self._last = at.start
        return at

    def day(self, said: str) -> Moment | None:
        """The day of a time as written, for what stands under it and states no time of its own."""
        stamp = stamp_of(said)
        return moment_of(said, Stamp(stamp.parts), self.order, self.zone) if stamp else None
