"""One engine for every table: it finds the orders that are asked for, row by row, and accounts for all others.

Rows of other orders are counted and let go as they pass; nothing of them reaches a reading.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from pipeline.locate import WHOLE, Locator
from pipeline.model import Balance, Note, Reading, Record, Unread
from stages.lang.text import header_key
from stages.orders.build import build
from stages.orders.dates import DateOrders
from stages.orders.layout import NUMBERS, TIMES, Rules
from stages.orders.totals import Totals
from stages.orders.wanted import Wanted
from stages.sheets.cells import identifier, is_damaged, is_null, is_suspect, wording
from stages.sheets.container import Row, Sheet, Table
from stages.sheets.headers import Header
from stages.sheets.typed import Typed

__all__ = ["Engine", "Found", "refused"]

_LONGEST = 16  # digits of a count that means something
_SAYING = 2
"""As many cells has a row at most in which a bill states something about itself."""

_TRAILER = re.compile(
    r"-{10,}|共(?P<count>\d+)笔|(?P<records>\d+) record\(s\) downloaded|Seller ID ?[:：]"
    r"|(?:合计|总计|汇总)(?![\u4e00-\u9fff])"
)


class Key(NamedTuple):
    """The record that a row belongs to, and the numbers it bears."""

    key: str
    numbers: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """A sheet whose header was found, with the rules that hold under it."""

    sheet: Sheet
    header: Header
    rules: Rules


@dataclass
class Engine:
    """Reads the found sheets of one file into one reading."""

    reader: str
    format: str
    only: tuple[str, ...] | None
    links: tuple[str, ...] = ()
    notes: list[Note] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    declared: dict[str, str | int] = field(default_factory=dict)
    total: int = 0
    lost: int = 0

    def read(self, table: Table, find: Callable[[Sheet], Found | None]) -> Reading:
        """Every sheet in turn. `find` gives the header of a sheet that is to be read, None for one that is not."""
        wanted = Wanted(self.only, self.links)
        found: list[Found] = []
        seen: dict[str, str] = {}
        typed: list[Typed] = []
        for sheet in table.sheets:
            here = find(sheet)
            if here is None or (len(table.sheets) > 1 and self.is_twin(here, seen)):
                self.total += sum(1 for _ in sheet.rows())
                continue
            found.append(here)
            for name in here.header.twice:
                self.note("column-twice", Locator(sheet=sheet.name, rows=(here.header.row,)), name=name)
            typed.append(Typed([here.header.at[name] for name in TIMES if name in here.header.at]))
            found[-1] = self.pass_rows(here, len(found) - 1, wanted, typed[-1])
        records = tuple(self.records(wanted, found, typed))
        self.suggest(wanted, [here.sheet.name for here in found])
        return self.reading(records, wanted, table.sheets[0].encoding if table.sheets else None)

    def is_twin(self, here: Found, seen: dict[str, str]) -> bool:
        """Whether the same rows stand on an earlier sheet: they are read once."""
        digest = hashlib.sha256()
        for row in here.sheet.rows():
            digest.update(repr(list(map(wording, row.cells))).encode())
        content = digest.hexdigest()
        if content in seen:
            self.note("sheet-twice", sheet=here.sheet.name, other=seen[content])
            return True
        seen[content] = here.sheet.name
        return False

    def note(self, code: str, where: Locator | None = None, **values: str | int) -> None:
        """Say something about the file."""
        self.notes.append(Note(code=code, values=values, where=where))

    def lose(self, sheet: Sheet, code: str, rows: tuple[int, ...]) -> None:
        """Leave a whole sheet unread, for what is wrong in these rows of it."""
        self.unread.append(Unread(code=code, where=Locator(sheet=sheet.name, rows=rows)))
        self.lost += sum(1 for _ in sheet.rows())

    def pass_rows(self, here: Found, index: int, wanted: Wanted, typed: Typed) -> Found:
        """Let the rows of a sheet pass, in one pass and holding only those that are wanted.

        The sheet is given back with what all its rows prove.
        """
        rows = _Rows(here, typed)
        for row in here.sheet.rows():
            self.total += 1
            data = rows.filled(row) if rows.fills else row
            found = rows.key_of(data)
            if found is not None:
                wanted.take(found.key, found.numbers, index, data)
        self.report(here.sheet, rows)
        order = here.rules.order or rows.dates.order
        return replace(here, rules=replace(here.rules, order=order))

    def report(self, sheet: Sheet, rows: _Rows) -> None:
        """What the rows themselves gave rise to."""
        for code, numbers in rows.lost.items():
            self.lost += len(numbers)
            self.unread.append(
                Unread(code=code, values={"count": len(numbers)}, where=Locator(sheet=sheet.name, rows=tuple(numbers)))
            )
        for code, numbers in rows.remarked.items():
            self.note(code, Locator(sheet=sheet.name, rows=tuple(numbers)), count=len(numbers))
        if sheet.nulls:
            self.note("nul-characters", count=sheet.nulls)
        self.declared.update(rows.totals.declared)
        self.notes.extend(rows.totals.notes())

    def records(self, wanted: Wanted, found: Sequence[Found], typed: Sequence[Typed]) -> Iterable[Record]:
        """The records in the file's order: one a key and sheet."""
        groups: dict[tuple[int, str], list[Row]] = {}
        for key, kept in wanted.kept.items():
            for index, row in kept:
                groups.setdefault((index, key), []).append(row)
        for (index, _), rows in sorted(groups.items(), key=lambda group: (group[0][0], group[1][0].number)):
            here = found[index]
            built = build(rows, here.header, here.rules, here.sheet, typed[index])
            self.notes.extend(built.notes)
            self.unread.extend(built.unread)
            yield built.record

    def suggest(self, wanted: Wanted, sheets: Sequence[str]) -> None:
        """Name the rows that may be wanted, though their number does not say so any more; they stay unread."""
        for number, places in sorted(wanted.near.items()):
            for sheet in dict.fromkeys(sheet for sheet, _ in places):
                rows = tuple(row for other, row in places if other == sheet)
                where = Locator(sheet=sheets[sheet], rows=rows)
                self.note("number-near", where, number=number, rows="、".join(map(str, rows)))

    def reading(self, records: tuple[Record, ...], wanted: Wanted, encoding: str | None) -> Reading:
        """The reading with its account."""
        note = wanted.note()
        missing = wanted.missing
        notes = ([note] if note else []) + self.notes
        if missing and not self.unread:
            notes.append(Note(code="order-not-in-table", values={"orders": "、".join(missing)}))
        kept = wanted.kept_rows
        balance = Balance(unit="rows", total=self.total, records=kept, unread=self.lost,
                          skipped=self.total - kept - self.lost)  # fmt: skip
        return Reading(
            reader=self.reader,
            format=self.format,
            records=records,
            balance=balance,
            notes=tuple(notes),
            unread=tuple(self.unread),
            declared=self.declared,
            encoding=encoding,
        )


class _Rows:
    """The rows under one header, as they pass."""

    def __init__(self, here: Found, typed: Typed) -> None:
        self.header, self.rules, self.typed = here.header, here.rules, typed
        by = here.rules.by
        self.by = by
        self.column = here.header.at[by] if by is not None else None
        self.key = header_key(here.header.name(self.column)) if self.column is not None else ""
        self.longest = 2 * len(self.key)
        names = NUMBERS if by != "order_id" else ("order_id", "sub_order_id")
        self.numbers = [here.header.at[name] for name in names if name in here.header.at]
        self.alone = self.numbers == [self.column]
        self.totals = Totals(here.rules.declares)
        self.dates = DateOrders()
        self.clocks = [here.header.at[name] for name in TIMES if name in here.header.at and here.rules.proves_order]
        self.delimiter = here.sheet.delimiter
        self.fills = here.rules.fill_down
        self.above: dict[int, Any] = {}
        self.nulls = here.rules.nulls_of(by or "order_id")
        self.ended = False
        self.lost: dict[str, list[int]] = {}
        self.remarked: dict[str, list[int]] = {}

    def key_of(self, row: Row) -> Key | None:
        """The record a row belongs to and the numbers it bears; None for a row that is none's, or nobody can tell."""
        if not row.decoded:
            return self.lost_row("row-not-decodable", row)
        if row.number <= self.header.row:
            if row.number < self.header.row:
                self.totals.hear(row.cells)
            return None
        value = self.value(row, self.column)
        number = identifier(value)
        if not self.is_data(row, number):
            return None
        self.totals.rows += 1
        if self.delimiter is None:
            self.typed.look(row)
        for column in self.clocks:
            self.dates.look(wording(self.value(row, column)))
        if self.rules.declares:
            self.total(row)
        if self.by is None:
            return Key(str(row.number), self.numbers_of(row))
        return self.key_by(row, value, number)

    def is_data(self, row: Row, number: str) -> bool:
        """Whether a row states a record, `number` being the one that makes rows one."""
        if row.lines != 1 and self.runs_on(row):
            self.lost_row("row-runs-on", row)
            return False
        if not number and not any(map(_is_filled, row.cells)):
            return False
        if self.is_aside(row, "" if self.column in row.filled else number):
            self.totals.hear(row.cells)
            return False
        return not (self.key and len(number) <= self.longest and header_key(number) == self.key)

    def key_by(self, row: Row, value: Any, number: str) -> Key | None:
        """The key of a row whose number makes it one record with others."""
        if is_damaged(value):
            return self.lost_row("id-damaged-row", row)
        if is_null(number, self.nulls):
            return self.lost_row("row-without-order", row)
        if is_suspect(number):
            self.remarked.setdefault("id-suspect", []).append(row.number)
        return Key(number, (number,) if self.alone else self.numbers_of(row))

    def value(self, row: Row, column: int | None) -> Any:
        return row.cells[column] if column is not None and column < len(row.cells) else ""

    def numbers_of(self, row: Row) -> tuple[str, ...]:
        return tuple(identifier(self.value(row, column)) for column in self.numbers)

    def total(self, row: Row) -> None:
        """Add the row to the counts and sums that the file may declare."""
        at = self.header.at
        way = header_key(wording(self.value(row, at.get("direction"))))
        self.totals.add(self.rules.directions.get(way), wording(self.value(row, at.get("paid_amount"))))

    def lost_row(self, code: str, row: Row) -> Key | None:
        """Count a row as unread: it has no order that could be told."""
        self.lost.setdefault(code, []).append(row.number)
        return None

    def filled(self, row: Row) -> Row:
        """The row with the blanks of the declared columns filled from above."""
        if row.number <= self.header.row or not any(map(_is_filled, row.cells)):
            return row
        cells, filled = list(row.cells), list(row.filled)
        for column in self.fills:
            if column < len(cells) and _is_filled(cells[column]):
                self.above[column] = cells[column]
            elif column < len(cells):
                cells[column] = self.above.get(column, "")
                filled.append(column)
        return row._replace(cells=cells, filled=filled)

    def runs_on(self, row: Row) -> bool:
        """Whether an open quotation mark has swallowed the rows below into one cell."""
        if row.lines == 0:
            return True
        gaps, mark = len(self.header.names) - 1, self.delimiter or ","
        limit = max(1, min(gaps, 2), gaps // 2)
        return any(line.count(mark) >= limit for cell in row.cells for line in str(cell).split("\n")[1:])

    def is_aside(self, row: Row, order_id: str) -> bool:
        """Whether the row, which itself states this order number, is no data: at or after the end, or to be skipped."""
        first = _first(row.cells)
        match = _TRAILER.match(first) or (self.rules.ends.match(first) if self.rules.ends else None)
        if match is not None and order_id in ("", first):
            self.ended = True
            count = next(filter(None, match.groupdict().values()), None)
            if count and len(count) < _LONGEST:
                self.totals.declared.setdefault("count", int(count))
            return True
        if self.ended:
            if self.rules.declares and sum(map(_is_filled, row.cells)) <= _SAYING:
                return True
            self.remarked.setdefault("rows-after-end", []).append(row.number)
            return True
        skip = self.rules.skip
        return skip is not None and skip.search("\t".join(map(wording, row.cells))) is not None


def _is_filled(value: Any) -> bool:
    return value is not None and (not isinstance(value, str) or (bool(value) and not value.isspace()))


def _first(cells: Sequence[Any]) -> str:
    """The first text of a row."""
    for value in cells:
        if isinstance(value, str) and (said := value.strip()):
            return said
    return ""


def refused(reader: str, format_: str, code: str, **values: str | int) -> Reading:
    """The reading of a file of which nothing could be read."""
    unread = Unread(code=code, values=values, where=WHOLE)
    return Reading(reader=reader, format=format_, records=(), balance=Balance(unit="rows", total=0, records=0),
                   unread=(unread,))  # fmt: skip
