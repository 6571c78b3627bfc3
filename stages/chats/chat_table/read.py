"""From the rows of a declared table to messages: a pass to see what the columns hold, one to read them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from pipeline.contract import Reader
from pipeline.locate import Locator
from pipeline.model import Attachment, Message, MessageType, Reading, Side, Unread
from pipeline.model import Source as Declared
from pipeline.moment import Moment
from stages.chats.chat_table.columns import FIELDS, Taken, by_cells, side_word, type_word
from stages.chats.common.account import Account
from stages.chats.common.cells import TimeColumn
from stages.chats.common.choice import chosen
from stages.chats.common.params import Params
from stages.chats.common.placeholders import kind_of
from stages.chats.common.sides import side_of, sides_of
from stages.chats.common.stamped import recalled_by
from stages.lang.text import header_key
from stages.sheets.cells import is_damaged, is_suspect, wording
from stages.sheets.container import Row, Sheet, Table
from stages.sheets.declared import (
    column_of,
    fits_declared,
    header_row,
    missing,
    order_of,
    pattern_of,
    places,
    refusal,
    sheets_of,
    zone_of,
)
from stages.sheets.headers import Header, first_row, header_of, nearest

__all__ = ["MessageTable"]


_SAMPLE = 50
"""How many rows show what a column holds."""


class _Found(NamedTuple):
    """A sheet with its header, the columns of the case's declaration in it, and its times."""

    sheet: Sheet
    header: Header
    combine: tuple[int, ...]
    times: TimeColumn


class MessageTable:
    """One table. `declared` may name no columns: then they are taken by their names, and that is noted."""

    def __init__(self, table: Table, declared: Declared, name: str, params: Params) -> None:
        self.table, self.declared, self.params = table, declared, params
        self.account = Account("rows", 0)
        self.zone = zone_of(declared, params.zone_for(name), self.account.unread)
        self.order = params.date_order or order_of(declared, None, self.account.unread)
        self.skip = pattern_of(declared.skip_rows, self.account.unread)
        self.columns = {field: column_of(stated) for field, stated in declared.columns.items() if self.known(field)}
        self.odd: dict[str, Counter[str]] = {"chat-side-unknown": Counter(), "chat-type-unknown": Counter()}

    def known(self, field: str) -> bool:
        """Whether a declared field is one of a message's; another is reported."""
        if field not in FIELDS:
            near = "、".join(nearest(field, FIELDS)) or "、".join(FIELDS)
            self.account.unread.append(refusal("declaration-unknown", option=f"columns.{field}", known=near))
        return field in FIELDS

    def reading(self, reader: Reader) -> Reading:
        """The messages of every sheet that may be read."""
        sheets = sheets_of(self.table, self.declared)
        if isinstance(sheets, Unread):
            self.account.unread.append(sheets)
            sheets = []
        found = [here for sheet in self.table.sheets if (here := self.find(sheet, sheets)) is not None]
        people: dict[str, set[str]] = {}
        for here in found:
            for row in self.rows(here):
                people.setdefault(self.chat(here, row) or "", set()).update(self.speakers(here, row))
        wanted = chosen(people, self.params)
        for here in found:
            self.read_sheet(here, wanted, several=len(people) > 1)
        if len(wanted) < len(people):
            self.account.note("chats-of-others", count=len(people), read=len(wanted))
        for code, words in self.odd.items():
            if words:
                self.account.note(code, count=words.total(), words="、".join(word[:20] for word in list(words)[:5]))
        encoding = self.table.sheets[0].encoding if self.table.sheets else None
        return self.account.reading(reader, encoding=encoding)

    # The header and its columns -----------------------------------------------------------------------------------

    def find(self, sheet: Sheet, sheets: list[Sheet]) -> _Found | None:
        """The sheet with its header; None where it is not to be read, and its rows are put aside or unread."""
        total = sum(1 for _ in sheet.rows())
        self.account.total += total
        row = self.header(sheet) if sheet in sheets and (sheet.visible or self.declared.sheet) else None
        if row is None:
            self.pass_over(sheet, sheets, total)
            return None
        taken = Taken(self.columns, {}) if self.columns else self.by_cells(sheet, row)
        columns = taken.columns
        header = header_of(row, {field: (header_key(name),) for field, name in columns.items()})
        where = Locator(sheet=sheet.name, rows=(row.number,))
        for field, name in columns.items():
            if field not in header.at:
                self.account.unread.append(missing(name, header, where))
        if "text" not in header.at:
            self.account.refuse("chat-text-not-declared", where, total)
            return None
        self.remark_on_columns(header, where, taken.doubtful)
        combine = places(self.declared.combine, header, self.account.unread, where)
        return self.looked_at(_Found(sheet, header, combine, TimeColumn(self.zone, self.order)))

    def header(self, sheet: Sheet) -> Row | None:
        """The header row: as declared, else by the names of columns."""
        from stages.chats.chat_table import looks_like_messages

        if self.columns:
            fits = fits_declared(self.declared)
            placed = self.declared.header_row is not None or self.declared.header_contains is not None
            if not placed and any(first_row(other, fits) for other in self.table.sheets):
                return first_row(sheet, fits)
            return header_row(sheet, self.declared, fits)
        return first_row(sheet, looks_like_messages)

    def pass_over(self, sheet: Sheet, sheets: list[Sheet], total: int) -> None:
        """A sheet that is not read: because it was not asked for, or because no header was found in it."""
        alone = len(self.table.sheets) == 1 or self.declared.sheet is not None
        if sheet in sheets and alone and self.declared.columns and sheet.visible and total:
            self.account.refuse("header-not-found", Locator(whole=True), total)
            return
        self.account.aside += total
        if total and sheet in sheets:
            self.account.note("chat-sheet-other" if sheet.visible else "sheet-hidden", sheet=sheet.name)

    def by_cells(self, sheet: Sheet, header: Row) -> Taken:
        """The columns by their names and by what stands in the first rows below them."""
        names = list(map(wording, header.cells))
        below = list(islice((row.cells for row in sheet.rows() if row.number > header.number), _SAMPLE))

        def cells_of(name: str) -> list[str]:
            place = names.index(name)
            return [wording(cells[place]) for cells in below if place < len(cells)]

        return by_cells(names, cells_of)

    def remark_on_columns(self, header: Header, where: Locator, doubtful: Mapping[str, tuple[str, ...]]) -> None:
        """Which columns were taken by their names, and which of a doubtful kind were not."""
        for name in header.twice:
            self.account.note("column-twice", where, name=name)
        if self.columns:
            return
        taken = "、".join(f"{field} = {header.names[place]}" for field, place in header.at.items())
        self.account.note("chat-columns-taken", where, columns=taken)
        for field, names in doubtful.items():
            self.account.note("chat-column-doubtful", where, field=field, names="、".join(names))

    def looked_at(self, here: _Found) -> _Found:
        """The sheet, once its times were seen as a whole."""
        if "time" in here.header.at:
            for row in self.rows(here):
                here.times.look(self.time_value(here, row))
        note = here.times.settle()
        if note is not None:
            self.account.notes.append(note)
        return here

    # Rows -----------------------------------------------------------------------------------------------------------

    def rows(self, here: _Found) -> Iterator[Row]:
        """The rows that are messages."""
        return (row for row in here.sheet.rows() if self.is_message(here, row))

    def is_message(self, here: _Found, row: Row) -> bool:
        """Whether a row under the header holds something, is not to be skipped, and is one row."""
        return row.number > here.header.row and row.lines != 0 and not self.is_aside(row) and not _runs_on(here, row)

    def is_aside(self, row: Row) -> bool:
        """Whether a row is blank, or declared to be skipped."""
        if not any(value is not None and (not isinstance(value, str) or value.strip()) for value in row.cells):
            return True
        return self.skip is not None and self.skip.search("\t".join(map(wording, row.cells))) is not None

    def value(self, here: _Found, row: Row, field: str) -> Any:
        """The cell of a field, empty where the table has none."""
        place = here.header.at.get(field)
        return row.cells[place] if place is not None and place < len(row.cells) else ""

    def said(self, here: _Found, row: Row, field: str) -> str:
        """The same as it is printed."""
        return wording(self.value(here, row, field))

    def time_value(self, here: _Found, row: Row) -> Any:
        """The cell of the time; joined with the declared columns that complete it."""
        if here.combine:
            return " ".join(
                filter(None, (wording(row.cells[place]) for place in here.combine if place < len(row.cells)))
            )
        return self.value(here, row, "time")

    def chat(self, here: _Found, row: Row) -> str | None:
        """The conversation of a row: what its column names, else the two people; None where the table has no column."""
        if "chat" in here.header.at:
            return self.said(here, row, "chat")
        if "to" not in here.header.at:
            return None
        return "、".join(sorted({self.said(here, row, "sender"), self.said(here, row, "to")} - {""}))

    def speakers(self, here: _Found, row: Row) -> set[str]:
        """The names and ids of the people of a row."""
        return {self.said(here, row, field) for field in ("sender", "sender_id", "to")} - {""}

    def read_sheet(self, here: _Found, wanted: frozenset[str], *, several: bool) -> None:
        """Every row of a sheet in its order."""
        sides = self.sides(here)
        last: Moment | None = None
        back = rounded = 0
        for row in here.sheet.rows():
            if not self.is_message(here, row):
                self.pass_row(here, row)
                continue
            chat = self.chat(here, row)
            if (chat or "") not in wanted:
                self.account.aside += 1
                continue
            message = self.message(here, row, sides, chat if several else None)
            self.account.records.append(message)
            identity = self.value(here, row, "id")
            rounded += is_damaged(identity) or is_suspect(wording(identity))
            back += _is_before(message.at, last)
            last = message.at if message.at and message.at.start else last
        self.remark_on_rows(here, back, rounded)

    def remark_on_rows(self, here: _Found, back: int, rounded: int) -> None:
        """What the rows of a sheet as a whole gave rise to."""
        where = Locator(sheet=here.sheet.name, rows=(here.header.row,))
        if back:
            self.account.note("chat-rows-not-in-order", where, count=back)
        if rounded:
            self.account.note("chat-ids-rounded", where)
        if here.times.serials:
            self.account.note("chat-serial-dates", where, count=here.times.serials)

    def pass_row(self, here: _Found, row: Row) -> None:
        """A row that is no message."""
        if row.number > here.header.row and (row.lines == 0 or (not self.is_aside(row) and _runs_on(here, row))):
            code = "row-runs-on" if row.decoded else "row-not-decodable"
            self.account.refuse(code, Locator(sheet=here.sheet.name, rows=(row.number,)), count=1)
        else:
            self.account.aside += 1

    def sides(self, here: _Found) -> dict[tuple[str | None, str], Side]:
        """Without a column of sides: the side of each sender in each conversation, as far as the case tells."""
        senders: dict[str | None, dict[str, None]] = {}
        for row in self.rows(here):
            name = self.said(here, row, "sender")
            if name:
                senders.setdefault(self.chat(here, row), {})[name] = None
        found: dict[tuple[str | None, str], Side] = {}
        for chat, names in senders.items():
            pair = tuple(names) if len(names) == 2 else None
            known = sides_of(names, (pair[0], pair[1]) if pair else None, self.params.people)
            found |= {(chat, name): side for name, side in known.items()}
        return found

    # One message ----------------------------------------------------------------------------------------------------

    def message(self, here: _Found, row: Row, sides: dict[tuple[str | None, str], Side], chat: str | None) -> Message:
        """The message of a row."""
        value = self.value(here, row, "text")
        text = value if isinstance(value, str) else wording(value)
        sender, sender_id = self.said(here, row, "sender") or None, self.said(here, row, "sender_id") or None
        kind = self.kind(here, row, text)
        side = self.side(here, row, sender, sender_id) or sides.get((self.chat(here, row), sender or ""), "unknown")
        if side == "system" and kind == "text":
            kind = "system"
        attachments = self.said(here, row, "attachment").split("\n")
        return Message(
            where=Locator(sheet=here.sheet.name, rows=(row.number,)),
            at=self.at(here, row),
            sender=sender,
            sender_id=sender_id,
            text=text,
            type=kind,
            side="system" if kind in ("recall", "system") else side,
            attachments=tuple(Attachment(name=name.strip()) for name in attachments if name.strip()),
            recalled=kind == "recall",
            chat=chat,
        )

    def at(self, here: _Found, row: Row) -> Moment | None:
        """The time of a row; one that cannot be read is noted."""
        if "time" not in here.header.at:
            return None
        value = self.time_value(here, row)
        found = here.times.read(value, wording(value))
        if found is not None and found.start is None and not here.times.is_unsure(value):
            where = Locator(sheet=here.sheet.name, rows=(row.number,))
            self.account.note("chat-time-unreadable", where, said=found.said[:40])
        return found

    def kind(self, here: _Found, row: Row, text: str) -> MessageType:
        """The type that the row names; else that of its text."""
        said = self.said(here, row, "type")
        found = type_word(said) if said else None
        if said and found is None:
            self.odd["chat-type-unknown"][said] += 1
        return found or ("recall" if recalled_by(text) else kind_of(text.split("\n")))

    def side(self, here: _Found, row: Row, sender: str | None, sender_id: str | None) -> Side | None:
        """The side that the case gives the sender, else the one that the row names; None where neither does."""
        known = side_of([sender, sender_id], self.params.people, own=None, private=None)
        said = self.said(here, row, "side")
        if known != "unknown" or not said:
            return None if known == "unknown" else known
        found = side_word(said, here.header.names[here.header.at["side"]])
        if found is None:
            self.odd["chat-side-unknown"][said] += 1
        return found


def _runs_on(here: _Found, row: Row) -> bool:
    """Whether an open quotation mark has swallowed rows below: a line inside a cell is itself a row with a time."""
    mark, place = here.sheet.delimiter, here.header.at.get("time")
    if row.lines < 2 or mark is None or place is None:
        return False
    width = sum(1 for name in here.header.names if name)
    for cell in row.cells:
        for line in re.split(r"\r?\n", cell if isinstance(cell, str) else "")[1:]:
            parts = line.split(mark)
            if len(parts) >= width and place < len(parts) and _is_time(here.times, parts[place]):
                return True
    return False


def _is_time(times: TimeColumn, said: str) -> bool:
    found = times.read(said, said.strip())
    return found is not None and found.start is not None


def _is_before(one: Moment | None, other: Moment | None) -> bool:
    """Whether a time is earlier than the one above it, on the same clock."""
    if one is None or other is None or one.start is None or other.start is None or one.zone != other.zone:
        return False
    return one.first is not None and other.first is not None and one.first < other.first
