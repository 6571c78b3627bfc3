"""评价管理 of a merchant on a computer: a table with a head, one review a row, cells that wrap."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.contract import Score
from pipeline.model import LineRole, Record
from stages.lang.screen_times import find_times
from stages.lang.text import header_key
from stages.screens.order import rows_of
from stages.screens.page import Context, Found, Layout, Page
from stages.screens.reviews.parts import Draft, Piece, draft_review, high, rating_in, whole
from stages.screens.status import is_button

__all__ = ["LAYOUT"]

_BY = r"(?:买家|用户|客户|会员|评价人|评论人)"
_HEADS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (
            "text",
            rf"(?:评价|评论)(?:内容|详情|信息)|{_BY}(?:评价|评论)(?:内容)?|(?:review|comment)s?(?: (?:text|content))?",
        ),
        (
            "rating",
            r"(?:商品|综合|评价)?评分|(?:评价)?星级|(?:评价|评分)(?:等级|类型|结果)|(?:star )?ratings?|stars?|score",
        ),
        ("author", rf"(?:评价)?{_BY}(?:昵称|名称|信息|账号|id)?|buyer|customer(?: name)?|reviewer|user"),
        (
            "at",
            r"(?:评价|评论|发布|创建|提交)?(?:时间|日期)|订单/时间|(?:review |posted )?(?:date|time)|created(?: at)?",
        ),
        ("answer", r"(?:商家|卖家|我的|店铺)(?:回复|回覆)|回复内容|(?:seller |shop |your )?(?:reply|response)"),
        ("order", r"(?:订单|交易)(?:编?号|信息|id)|order(?: (?:no\.?|number|id))?"),
        ("", r"商品(?:信息|名称|id)?|宝贝|状态|回复状态|处理状态|操作|序号|图片|items?|products?|status|actions?|#"),
    )
)
"""What columns hold, by their heads as `header_key` gives them; "" is a column of no field."""
_NUMBER = re.compile(r"[A-Za-z]{0,3}\d{10,}")
_STATE = re.compile(r"[未已待]回[复覆]|-{1,2}|无|暂无|none|n/a", re.IGNORECASE)
_EDGE = 0.8  # heights of a line: how far left of its head a cell may begin
_SAME_ROW = 0.6  # heights of a line


class _Table(NamedTuple):
    """The columns left to right, their fields and where each begins, and under the head the lines by index."""

    fields: tuple[str, ...]
    lefts: tuple[float, ...]
    head: tuple[int, ...]
    lines: tuple[int, ...]


def _table_of(page: Page) -> _Table | None:
    """The table under the first row that names a text and two more columns, one of them of a review."""
    for row in rows_of([line.box for line in page.lines]):
        heads = [(at, name) for at in row if (name := _head(page.lines[at].text)) is not None]
        names = [name for _, name in heads]
        if len(heads) < 3 or names.count("text") != 1 or not {"rating", "author", "at", "order"} & set(names):
            continue
        floor = max(page.lines[at].box[3] for at, _ in heads)
        left = page.lines[heads[0][0]].box[0]
        size = high(page.lines[heads[0][0]].box)
        lines = [
            at for at, line in enumerate(page.lines)
            if line.box[1] >= floor - 0.2 * size and line.box[0] >= left - _EDGE * size
        ]  # fmt: skip
        lefts = tuple(page.lines[at].box[0] - _EDGE * size for at, _ in heads)
        return _Table(tuple(names), lefts, tuple(at for at, _ in heads), tuple(lines))
    return None


def _head(text: str) -> str | None:
    wording = header_key(text).strip(" ?？↑↓▲▼⇅")
    return next((name for name, pattern in _HEADS if pattern.fullmatch(wording)), None)


def _rows(page: Page, table: _Table) -> list[Mapping[str, list[int]]]:
    """The cells of each row by field, lines top to bottom."""
    columns: dict[str, list[int]] = {}
    for at in table.lines:
        columns.setdefault(_field(page, table, at), []).append(at)
    tops = _tops(page, columns)
    rows: list[dict[str, list[int]]] = [{} for _ in tops]
    for field, cells in columns.items():
        for at in cells:
            place = sum(top <= _middle(page, at) for top in tops) - 1
            if place >= 0:
                rows[place].setdefault(field, []).append(at)
    return list(rows)


def _field(page: Page, table: _Table, at: int) -> str:
    left = page.lines[at].box[0]
    place = max((number for number, begin in enumerate(table.lefts) if begin <= left), default=0)
    return table.fields[place]


def _tops(page: Page, columns: Mapping[str, Sequence[int]]) -> list[float]:
    """Where each row begins: at the cells that a row has one of, or between them where cells are set in the middle."""
    marks = [at for at in columns.get("rating", ()) if rating_in(page.lines[at].text)]
    marks = marks or [at for at in columns.get("order", ()) if _NUMBER.search(page.lines[at].text)]
    marks = marks or [at for at in columns.get("at", ()) if find_times(page.lines[at].text)]
    boxes = [page.lines[at].box for at in marks]
    if not boxes:
        return []
    texts = [page.lines[at].box for at in columns.get("text", ())]
    size = high(boxes[0])
    if any(box[3] < boxes[0][1] for box in texts):
        middles = [(box[1] + box[3]) / 2 for box in boxes]
        between = [(one + other) / 2 for one, other in pairwise(middles)]
        return [float("-inf"), *between]
    return [box[1] - _SAME_ROW * size for box in boxes]


def _records(page: Page, row: Mapping[str, Sequence[int]], context: Context) -> list[Record]:
    """The review of a row, and the answer where the table prints it."""
    cells = {field: _texts(page, row.get(field, ())) for field in ("author", "rating", "text", "answer")}
    ratings = [Piece(piece.line, span) for piece in cells["rating"] if (span := rating_in(piece.line.text))]
    if not cells["text"] and not ratings:
        return []
    draft = Draft(
        author=cells["author"],
        rating=ratings[0] if ratings else None,
        time=_time(page, row),
        body=cells["text"],
        others=tuple(page.lines[at] for at in row.get("order", ())),
    )
    review = draft_review(draft, context)
    answer = tuple(piece for piece in cells["answer"] if not _STATE.fullmatch(piece.text))
    if not answer:
        return [review]
    return [review, draft_review(Draft(body=answer, reply_to=review.author, side="self"), context)]


def _texts(page: Page, cells: Sequence[int]) -> tuple[Piece, ...]:
    lines = [page.lines[at] for at in cells]
    return tuple(whole(line) for line in lines if not is_button(line.text) and line.text.strip())


def _time(page: Page, row: Mapping[str, Sequence[int]]) -> Piece | None:
    """The time of a row, in its own column or under the order's number."""
    for field in ("at", "order", "author"):
        for at in row.get(field, ()):
            spans = find_times(page.lines[at].text)
            if spans:
                return Piece(page.lines[at], spans[0])
    return None


def _middle(page: Page, at: int) -> float:
    box = page.lines[at].box
    return (box[1] + box[3]) / 2


def _sniff(page: Page) -> Score | None:
    table = _table_of(page)
    if table is None or not _rows(page, table):
        return None
    return Score(value=0.96 if {"rating", "author"} & set(table.fields) else 0.86, reason="screen-review-table")


def _read(page: Page, context: Context) -> Found:
    table = _table_of(page)
    if table is None:
        return Found()
    records = [record for row in _rows(page, table) for record in _records(page, row, context)]
    return Found(records=tuple(records), roles=_roles(page, table))


def _roles(page: Page, table: _Table) -> dict[int, LineRole]:
    """The menu left of the table, and the actions in its rows."""
    left = min(page.lines[at].box[0] for at in table.head)
    menu = [at for at, line in enumerate(page.lines) if line.box[2] < left - high(line.box)]
    actions = [at for at in table.lines if is_button(page.lines[at].text)]
    return dict.fromkeys((*menu, *actions), "button")


LAYOUT = Layout("review-table", 1, "D", _sniff, _read)
