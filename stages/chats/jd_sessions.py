"""京东咚咚: the sheet of sessions (会话记录) beside the log, a row for each: when, who, how soon, how it went.

A row is no message but the platform's own record of one conversation. It is given as a notice of the system, with
what stands in it under each heading, so that it can be cited and stands on the timeline at the time of inquiry; the
customer's name and the time join it with the log.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator
from pipeline.model import Message, Reading
from stages.chats.common.account import Account, closed
from stages.chats.common.cells import TimeColumn
from stages.chats.common.choice import chosen
from stages.chats.common.params import Params, params_of
from stages.lang.text import header_key
from stages.sheets.cells import wording
from stages.sheets.container import Cannot, Row, Sheet, Table, forget, header_keys, is_workbook, open_table
from stages.sheets.declared import refusal
from stages.sheets.headers import Header, first_row, header_of, top_rows
from stages.sheets.xlsx import may_hold

__all__ = ["READER"]

_TIME, _AGENT, _CUSTOMER = map(header_key, ("咨询时间", "客服", "顾客"))
_OTHERS = frozenset(
    map(
        header_key,
        "转接后客服 技能组 商品编号 商品名称 首次响应时间 会话时长(M) 客户消息数 客服消息数 客户/客服消息数 满意度"
        " 是否解决 cid".split(),
    )
)
_COLUMNS = {"time": (_TIME,), "customer": (_CUSTOMER,), "agent": (_AGENT,)}
_WORDS = tuple("咨询时间".encode(encoding) for encoding in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"))
_SUMS = ("合计", "总计", "汇总", "平均")
_HEAD = 65_536


class _Found(NamedTuple):
    """A sheet of sessions, its header, and its times."""

    sheet: Sheet
    header: Header
    times: TimeColumn


def _fits(keys: frozenset[str]) -> bool:
    """Whether a row is the header: the time of inquiry, agent and customer, and something about how it went."""
    return {_TIME, _AGENT, _CUSTOMER} <= keys and bool(keys & _OTHERS)


def _sniff(source: Source) -> Score | None:
    """The more of its headings are there, the surer. Only a file that can hold them is opened."""
    if is_workbook(source.data):
        if not may_hold(source.data, _TIME):
            return None
    elif not any(word in source.data[:_HEAD] for word in _WORDS):
        return None
    table = open_table(source.data, _fits, whole=False)
    if table is None or isinstance(table, Cannot):
        return None
    keys = (header_keys(row.cells) for sheet in table.sheets if sheet.visible for row in top_rows(sheet))
    matched = max((3 + len(names & _OTHERS) for names in keys if _fits(names)), default=0)
    return Score(value=matched / (matched + 1), reason="columns-known") if matched else None


def _read(source: Source) -> Reading:
    try:
        table = open_table(source.data, _fits)
        if table is None or isinstance(table, Cannot):
            code, offset = (table.code, table.offset) if table else ("header-not-found", 0)
            return closed(READER, refusal(code, offset=offset), "rows")
        return _Sessions(table, source.name, params_of(source)).reading()
    finally:
        forget()


class _Sessions:
    """One workbook, or one text, of sessions."""

    def __init__(self, table: Table, name: str, params: Params) -> None:
        self.table, self.params = table, params
        self.zone, self.order = params.zone_for(name), params.order_for(name)
        self.account = Account("rows", 0)

    def reading(self) -> Reading:
        """The sessions of the customers that may be read."""
        found = [here for sheet in self.table.sheets if (here := self.find(sheet)) is not None]
        customers = {_said(here, row, "customer"): () for here in found for row in _rows(here)}
        wanted = chosen(customers, self.params)
        count = 0
        for here in found:
            for row in here.sheet.rows():
                count += self.row(here, row, wanted, several=len(customers) > 1)
        if len(wanted) < len(customers):
            self.account.note("chats-of-others", count=len(customers), read=len(wanted))
        if self.account.records:
            self.account.note("jd-rows-are-sessions", count=len(self.account.records))
        encoding = self.table.sheets[0].encoding if self.table.sheets else None
        return self.account.reading(READER, declared={"sessions": count}, encoding=encoding)

    def find(self, sheet: Sheet) -> _Found | None:
        """The sheet with its header; the rows of one that is hidden, or is none of sessions, are put aside."""
        total = sum(1 for _ in sheet.rows())
        self.account.total += total
        row = first_row(sheet, _fits) if sheet.visible else None
        if row is None:
            self.account.aside += total
            if total:
                self.account.note("jd-sheet-other" if sheet.visible else "sheet-hidden", sheet=sheet.name)
            return None
        header = header_of(row, _COLUMNS)
        here = _Found(sheet, header, TimeColumn(self.zone, self.order))
        for row in _rows(here):
            here.times.look(row.cells[header.at["time"]])
        note = here.times.settle()
        if note is not None:
            self.account.notes.append(note)
        return here

    def row(self, here: _Found, row: Row, wanted: frozenset[str], *, several: bool) -> bool:
        """Account for a row; whether it is a session."""
        if not _is_session(here, row):
            self.pass_row(here, row)
            return False
        customer = _said(here, row, "customer")
        if customer in wanted:
            self.account.records.append(self.message(here, row, customer if several else None))
        else:
            self.account.aside += 1
        return True

    def pass_row(self, here: _Found, row: Row) -> None:
        """A row that is no session: blank, above the data, or a sum; any other one has lost its customer."""
        first = next(filter(None, map(wording, row.cells)), "")
        if row.number > here.header.row and row.lines == 0:
            self.account.refuse("row-runs-on" if row.decoded else "row-not-decodable", _at(here, row), count=1)
        elif row.number > here.header.row and first and not first.startswith(_SUMS):
            self.account.refuse("jd-session-without-customer", _at(here, row))
        else:
            self.account.aside += 1

    def message(self, here: _Found, row: Row, chat: str | None) -> Message:
        """The record of a session: everything that its row states, heading by heading."""
        cells = [(here.header.name(place), wording(value)) for place, value in enumerate(row.cells)]
        value = row.cells[here.header.at["time"]]
        at = here.times.read(value, wording(value))
        if at is not None and at.start is None and not here.times.is_unsure(value):
            self.account.note("chat-time-unreadable", _at(here, row), said=at.said[:40])
        return Message(
            where=_at(here, row),
            at=at,
            sender=None,
            side="system",
            type="system",
            text="\n".join(f"{name}：{said}" if name else said for name, said in cells if said),
            chat=chat,
        )


def _rows(here: _Found) -> Iterator[Row]:
    return (row for row in here.sheet.rows() if _is_session(here, row))


def _is_session(here: _Found, row: Row) -> bool:
    """Whether a row under the header is whole and names a customer."""
    whole = row.lines != 0 and len(row.cells) > here.header.at["time"]
    return row.number > here.header.row and whole and bool(_said(here, row, "customer"))


def _said(here: _Found, row: Row, field: str) -> str:
    place = here.header.at[field]
    return wording(row.cells[place]) if place < len(row.cells) else ""


def _at(here: _Found, row: Row) -> Locator:
    return Locator(sheet=here.sheet.name, rows=(row.number,))


READER = Reader(
    id="jd-sessions",
    version=1,
    grade="C",
    sniff=_sniff,
    read=_read,
)
