"""Drafting a declaration from a table: its header, the common names of columns, and what stands under them.

What neither names nor cells decide is left to the person, as a line that has no effect and lists the choices.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.cli.speech import t
from pipeline.contract import Reader, Source, choose
from stages.chats.chat_table.columns import by_cells
from stages.chats.chat_table.columns import by_names as message_columns
from stages.chats.common.cells import TimeColumn
from stages.orders.names import by_names as order_columns
from stages.sheets.cells import wording
from stages.sheets.container import Cannot, Row, Sheet, Table, forget, header_keys, open_table
from stages.sheets.headers import top_rows

__all__ = ["Draft", "draft_of", "lines_of"]

_SAMPLE = 50
_MOST = 64 << 20
_NEEDED = {
    "chat-table": ("time", "sender", "text"),
    "table": ("order_id",),
    None: ("time", "sender", "text", "order_id"),
}


class Draft(NamedTuple):
    """What could be told: `known` is a reader that knows the file already; `headings` are empty where no header is.

    `columns` are field and heading; `undecided` the needed fields with the headings that may be it. `unsure_dates`
    and `unsure_amounts` are headings whose order of day and month, or whose unit, the cells do not show.
    """

    file: str
    known: str | None = None
    format: str | None = None
    sheet: str | None = None
    headings: tuple[str, ...] = ()
    columns: dict[str, str] = {}
    undecided: dict[str, tuple[str, ...]] = {}
    unsure_dates: tuple[str, ...] = ()
    unsure_amounts: tuple[str, ...] = ()
    free_times: tuple[str, ...] = ()
    """Headings of an order table whose cells are times, of nobody knows what."""

    @property
    def needs_choice(self) -> bool:
        """Whether the draft does not do as it stands."""
        return self.format is None or bool(self.undecided)


class _Seen(NamedTuple):
    """A header row, and some of the rows below it."""

    sheet: Sheet
    names: tuple[str, ...]
    rows: list[Row]

    def column(self, name: str) -> list[Any]:
        """The filled cells of a column."""
        place = self.names.index(name)
        return [row.cells[place] for row in self.rows if place < len(row.cells) and wording(row.cells[place])]


def draft_of(path: Path) -> Draft:
    """The draft of a file."""
    with path.open("rb") as file:
        data = file.read(_MOST)
    try:
        reader, _ = choose(_readers(), Source(data=data, name=path.name, whole=path))
        if reader is not None:
            return Draft(path.name, known=reader.id)
        table = _open(data)
        seen = [found for sheet in table.sheets if sheet.visible and (found := _seen(sheet))] if table else []
        best = max(seen, key=lambda found: _worth(found.names), default=None)
        if best is None:
            return Draft(path.name)
        return _drafted(path.name, best, best.sheet.name if len(seen) > 1 else None)
    finally:
        forget()


def _readers() -> tuple[Reader, ...]:
    from stages.chats.formats import READERS as CHATS
    from stages.orders.readers import READERS as TABLES

    return (*CHATS, *TABLES)


def _open(data: bytes) -> Table | None:
    """By a header that holds common names, else as any table of several columns."""

    def known(keys: frozenset[str]) -> bool:
        return len(keys) > 1 and _worth(keys) > 1

    for fits in (known, lambda keys: len(keys) > 1):
        table = open_table(data, fits)
        if isinstance(table, Table):
            return table
        if isinstance(table, Cannot):
            return None
    return None


def _worth(names: Any) -> int:
    """How many columns the names tell."""
    return max(len(message_columns(names).columns), len(order_columns(names)))


def _seen(sheet: Sheet) -> _Seen | None:
    """The row with the most names that are known, the widest of them, the first of those."""
    rows = [row for row in top_rows(sheet) if len(header_keys(row.cells)) > 1]
    header = max(rows, key=lambda row: (_worth(map(wording, row.cells)), len(header_keys(row.cells)), -row.number),
                 default=None)  # fmt: skip
    if header is None:
        return None
    below = (row for row in sheet.rows() if row.number > header.number and any(map(wording, row.cells)))
    return _Seen(sheet, tuple(map(wording, header.cells)), list(islice(below, _SAMPLE)))


def _drafted(file: str, seen: _Seen, sheet: str | None) -> Draft:
    headings = tuple(dict.fromkeys(name for name in seen.names if name))
    messages = by_cells(headings, lambda name: map(wording, seen.column(name)))
    orders = order_columns(headings)
    form = _format(messages.columns, orders)
    columns = dict(messages.columns if form == "chat-table" else orders if form == "table" else {})
    doubtful = dict(messages.doubtful) if form == "chat-table" else {}
    if form == "chat-table" and "time" not in columns:
        times = [name for name in headings if name not in columns.values() and _holds_times(seen.column(name))]
        if len(times) == 1:
            columns["time"] = times[0]
    free = tuple(name for name in headings if name not in columns.values())
    undecided = {field: doubtful.get(field, free) for field in _NEEDED[form] if field not in columns}
    dates = tuple(name for name in columns.values() if _is_unsure(seen.column(name)))
    amounts = tuple(columns[field] for field in _AMOUNTS if field in columns and _is_bare(columns[field], seen))
    spare = free if form == "table" else ()
    undated = tuple(name for name in spare if _holds_times(seen.column(name)))
    return Draft(file, None, form, sheet, headings, columns, undecided, dates, amounts, undated)


_AMOUNTS = ("goods", "shipping", "discount", "payable", "amount", "paid_amount", "received", "refunded_amount")


def _format(messages: dict[str, str], orders: dict[str, str]) -> str | None:
    """Which kind of table it is, if the names tell."""
    if "order_id" in orders and len(orders) > len(messages):
        return "table"
    if "text" in messages and ("time" in messages or "sender" in messages):
        return "chat-table"
    return "table" if "order_id" in orders else None


def _holds_times(cells: list[Any]) -> bool:
    """Whether most cells of a column are times."""
    column = TimeColumn(None, "ymd")
    read = [column.read(cell, wording(cell)) for cell in cells]
    return bool(read) and 5 * sum(1 for at in read if at is not None and at.start is not None) >= 4 * len(read)


def _is_unsure(cells: list[Any]) -> bool:
    """Whether a column holds dates of which nothing shows the order of day and month."""
    column = TimeColumn(None, None)
    for cell in cells:
        column.look(cell)
    column.settle()
    return any(column.is_unsure(cell) for cell in cells)


def _is_bare(name: str, seen: _Seen) -> bool:
    """Whether a column of amounts may be in 分: whole numbers, and no unit in its name."""
    cells = [wording(cell) for cell in seen.column(name)]
    return bool(cells) and all(cell.isdecimal() for cell in cells) and not any(unit in name for unit in "元¥￥")


# Printing ------------------------------------------------------------------------------------------------------------


def lines_of(draft: Draft) -> list[str]:
    """The draft as lines of TOML, ready to be pasted."""
    if draft.known is not None:
        return [t(f"# “{_shown(draft.file)}”不需要说明：程序认得这种格式（{draft.known}）。",
                  f"# “{_shown(draft.file)}” needs no declaration: its format is known ({draft.known}).")]  # fmt: skip
    if not draft.headings:
        return [
            t(f"# “{_shown(draft.file)}”里没有找到表格，无法起草。", f"# No table was found in “{_shown(draft.file)}”.")
        ]
    return list(_block(draft))


def _block(draft: Draft) -> Iterator[str]:
    yield t("# 按列名和内容起草，请逐行核对后粘贴进 case.toml。以 # 开头的行不起作用。",
            "# Drafted by headings and cells: check every line, then paste it into case.toml.")  # fmt: skip
    yield "[[sources]]"
    yield f"file = {_quoted(draft.file)}"
    if draft.format is None:
        yield t('# 看不出是哪种表格：聊天记录写 "chat-table"，订单写 "table"。',
                '# Messages or orders? "chat-table" for messages, "table" for orders.')  # fmt: skip
        yield '# format = "chat-table"'
    else:
        yield f"format = {_quoted(draft.format)}"
    if draft.sheet is not None:
        yield f"sheet = {_quoted(draft.sheet)}"
    for field, name in draft.columns.items():
        yield f"columns.{field} = {_quoted(name)}"
    yield from _choices(draft)
    yield from _doubts(draft)


def _choices(draft: Draft) -> Iterator[str]:
    """The needed columns that a person has to choose, and the headings that stand for nothing yet."""
    for field, names in draft.undecided.items():
        listed = "、".join(map(_shown, names)) or "—"
        yield t(f"# {_MEANING[field][0]}是哪一列？从这些里选一个：{listed}",
                f"# Which column is {_MEANING[field][1]}? One of: {listed}")  # fmt: skip
        yield f"# columns.{field} = {_quoted(names[0] if names else '')}"
    for name in draft.free_times:
        yield t(f"# “{_shown(name)}”里是时间：下单写 created，付款 paid，发货 shipped，签收 signed，完成 completed。",
                f"# “{_shown(name)}” holds times: of what? created, paid, shipped, signed or completed.")  # fmt: skip
        yield f"# columns.created = {_quoted(name)}"
    named = {*draft.columns.values(), *(name for names in draft.undecided.values() for name in names)}
    named.update(draft.free_times)
    rest = [name for name in draft.headings if name not in named]
    if rest:
        listed = "、".join(map(_shown, rest))
        yield t(f"# 没有用到的列：{listed}", f"# Columns not used: {listed}")


_MEANING = {
    "time": ("发送时间（time）", "the time"),
    "sender": ("发送人（sender）", "the sender"),
    "text": ("消息内容（text）", "the text"),
    "order_id": ("订单号（order_id）", "the order number"),
}


def _doubts(draft: Draft) -> Iterator[str]:
    """What the cells do not show: units, the order of dates, the zone."""
    for field, name in draft.columns.items():
        if name in draft.unsure_amounts:
            yield t(f"# “{_shown(name)}”都是整数：如果单位是分，请把上面那一行换成：",
                    f"# “{_shown(name)}” holds whole numbers: if in fen, put this in its place:")  # fmt: skip
            yield f'# columns.{field} = {{ column = {_quoted(name)}, unit = "fen" }}'
    if draft.unsure_dates:
        yield t('# 日期分不清日和月的先后：日/月/年写 "dmy"，月/日/年写 "mdy"。',
                '# Nothing shows whether dates put the day or the month first: "dmy" or "mdy".')  # fmt: skip
        yield '# time.order = "dmy"'
    yield t("# 表里的时间属于哪个时区；不写则按案件的时区理解。", "# The zone of its times; without it, the case's.")
    yield '# time.zone = "Asia/Shanghai"'


def _quoted(text: str) -> str:
    """A basic string of TOML: JSON's escapes are among its own, save the one character that JSON leaves bare."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _shown(name: str) -> str:
    """A heading within a comment, which holds no line end and no other control character."""
    return "".join(letter if letter.isprintable() else " " for letter in " ".join(name.split()))[:40]
