"""The account of a file: what became of each of its lines or items, so that nothing is dropped without a word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from pipeline.contract import Reader
from pipeline.locate import Locator
from pipeline.model import Balance, Message, Note, Reading, Unread
from stages.chats.common.lines import Lines

__all__ = ["Account", "LineAccount", "closed"]

_MOST = 1 << 63
"""Where JSON ends for most programs."""


class Account:
    """Collects what a reader finds. Each unit (line or item) is a record's, put aside for a reason, or unread."""

    def __init__(self, unit: Literal["lines", "items", "rows"], total: int) -> None:
        self.unit: Literal["lines", "items", "rows"] = unit
        self.total = total
        self.records: list[Message] = []
        self.notes: list[Note] = []
        self.unread: list[Unread] = []
        self.aside = 0
        """Units that belong to no record, for a reason: headers, borders, blank lines, what is not asked for."""
        self.refused = 0
        """Units that stay unread."""

    def note(self, code: str, where: Locator | None = None, **values: str | int) -> None:
        """Say something about a place."""
        self.notes.append(Note(code=code, values=values, where=where))

    def refuse(self, code: str, where: Locator | None, units: int = 1, **values: str | int) -> None:
        """Leave something unread and say why."""
        self.unread.append(Unread(code=code, values=values, where=where))
        self.refused += units

    def reading(self, reader: Reader, *, declared: dict[str, str | int] | None = None, encoding: str | None = None,
                records: Iterable[Message] | None = None) -> Reading:  # fmt: skip
        """Everything; the units that are neither aside nor refused are the records'."""
        return Reading(
            reader=reader.tag,
            format=reader.id,
            records=tuple(self.records if records is None else records),
            balance=Balance(
                unit=self.unit, total=self.total, records=self.total - self.aside - self.refused,
                skipped=self.aside, unread=self.refused,
            ),
            notes=tuple(self.notes),
            unread=tuple(self.unread),
            declared=_sound(declared or {}),
            encoding=encoding,
        )  # fmt: skip


def _sound(declared: dict[str, str | int]) -> dict[str, str | int]:
    """What is declared, as far as it is words or a number that can be kept: files may say anything there."""
    return {
        name: value
        for name, value in declared.items()
        if isinstance(value, str) or (type(value) is int and abs(value) < _MOST)
    }


class LineAccount(Account):
    """The account of a text. Numbers of lines are from 0 here and from 1 in what is said about them."""

    def __init__(self, lines: Lines) -> None:
        super().__init__("lines", len(lines.shown))
        self.lines = lines

    def note_line(self, code: str, number: int, last: int | None = None, **values: str | int) -> None:
        """Say something about a line, or those from `number` to `last`."""
        self.note(code, Locator(lines=(number + 1, (number if last is None else last) + 1)), **values)

    def add_notice(self, number: int, *, recall: bool) -> None:
        """A line of the app's own, which states no time: that somebody took a message back, or something else."""
        self.records.append(
            Message(where=Locator(lines=(number + 1, number + 1)), at=None, sender=None, side="system",
                    text=self.lines.shown[number], type="recall" if recall else "system", recalled=recall)
        )  # fmt: skip

    def refuse_line(self, code: str, number: int) -> None:
        """Leave a line unread; lines in a row for one reason share one entry."""
        last = self.unread[-1] if self.unread else None
        self.refused += 1
        if last is not None and last.code == code and last.where and last.where.lines and last.where.lines[1] == number:
            self.unread[-1] = Unread(code=code, where=Locator(lines=(last.where.lines[0], number + 1)))
        else:
            self.unread.append(Unread(code=code, where=Locator(lines=(number + 1, number + 1))))

    def refuse_lost(self, first: int, last: int) -> None:
        """Of the lines from `first` to `last`, a record's, those that did not decode are unread."""
        if self.lines.lost:
            for number in range(first, last + 1):
                if number in self.lines.lost:
                    self.refuse_line("line-not-decodable", number)


def closed(reader: Reader, unread: Unread, unit: Literal["lines", "items", "rows"] = "lines") -> Reading:
    """The reading of a file that cannot be opened."""
    balance = Balance(unit=unit, total=0, records=0)
    return Reading(reader=reader.tag, format=reader.id, records=(), balance=balance, unread=(unread,))
