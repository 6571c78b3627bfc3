"""A table on a screen: a row of labels, and under each of them its column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.model import Line, OrderItem
from stages.screens.trades.fields import Pair
from stages.screens.trades.labels import Labels, field_of, key
from stages.screens.trades.rows import overlap
from stages.screens.trades.trade import Draft
from stages.screens.trades.values import Part, Said, amount_of, said, spot_of, trimmed, whole

__all__ = ["Column", "Heading", "cells_under", "heading_of", "rows_of"]

_ITEM = (
    ("title", r"(?:商品|宝贝|货品)(?:名称|标题|信息)?|选购商品|items?|products?(?: name)?|title"),
    ("spec", r"(?:商品)?规格(?:名称)?|sku规格|商品属性|variant|options?"),
    ("sku", r"sku(?:编码|id)?|(?:商家|商品)编码|货号"),
    ("unit_price", r"(?:商品)?单价(?:\(元\))?|(?:unit )?price"),
    ("quantity", r"(?:商品)?(?:数量|件数)(?:\(件\))?|qty|quantity"),
)
_MORE = re.compile(
    r"操作|物流|买家|客户|收件人|备注|日期|时间|action|customer|buyer|date|payment|fulfillment|order", re.IGNORECASE
)
_LABELS = 3
_FAR = 5.0  # line heights: how far one row of articles stands under the other


class Column(NamedTuple):
    """A column: its name as printed, the field it states ("" for none), and from where to where it runs."""

    name: str
    field: str
    item: str
    line: Line
    left: float
    right: float


class Heading(NamedTuple):
    """The header of a table."""

    columns: tuple[Column, ...]
    bottom: float

    def is_above(self, line: Line) -> bool:
        """Whether a line stands below the header."""
        return (line.box[1] + line.box[3]) / 2 > self.bottom

    def pairs(self, lines: Sequence[Line]) -> tuple[Pair, ...]:
        """Each column's name with what stands in it among the lines of one row."""
        found = []
        for column in self.columns:
            held = cells_under(self, lines, column)
            parts = [part for line in held if (part := trimmed(whole(line))).text]
            if parts and not column.item:
                found.append(Pair(column.field, whole(column.line), _one(column.field, parts)))
        return tuple(found)

    def add_item(self, draft: Draft, lines: Sequence[Line], currency: str | None) -> None:
        """The article that the columns of a row state."""
        values: dict[str, Said] = {}
        for column in self.columns:
            parts = [whole(line) for line in cells_under(self, lines, column)] if column.item else []
            if parts:
                values[column.item] = said(parts)
                draft.cell(column.name, values[column.item])
        money = amount_of(values["unit_price"].text, currency) if "unit_price" in values else None
        if money is None:
            values.pop("unit_price", None)
        if values:
            texts = {name: value.text for name, value in values.items() if name != "unit_price"}
            spots = tuple(spot_of(name, value) for name, value in values.items())
            draft.items.append((OrderItem(**texts, unit_price=money), spots))


def _one(field: str, parts: Sequence[Part]) -> Said:
    """What a cell states: numbers that run over lines have no blank in them."""
    glue = "" if field in ("order_id", "transaction_id", "tracking_no", "sub_order_id") else None
    return said(parts, glue=glue)


def heading_of(lines: Sequence[Line], labels: Labels) -> Heading | None:
    """The row with the most labels of a table side by side: at least three that are known, the order's among them."""
    best: list[tuple[Line, str, str]] = []
    for line in lines:
        row = [other for other in lines if overlap(line.box, other.box) > 0.6]
        named = [(other, field_of(other.text, labels), _item(other.text)) for other in row]
        heads = [
            (other, field or "", item) for other, field, item in named if field is not None or item or _is_other(other)
        ]
        known = [head for head in heads if head[1] or head[2]]
        if len(known) >= _LABELS and len(heads) > len(best) and len(heads) >= 0.7 * len(row):
            best = heads
    if not best:
        return None
    best.sort(key=lambda head: head[0].box[0])
    return Heading(_columns(best), max(line.box[3] for line, _, _ in best))


def _item(text: str) -> str:
    return next((name for name, pattern in _ITEM if re.fullmatch(pattern, key(text))), "")


def _is_other(line: Line) -> bool:
    return len(line.text) <= 12 and _MORE.search(line.text) is not None and not re.search(r"\d", line.text)


def _columns(heads: Sequence[tuple[Line, str, str]]) -> tuple[Column, ...]:
    """Columns share the width: each runs from where its label begins, or halfway to its neighbours where centred."""
    columns = []
    for at, (line, field, item) in enumerate(heads):
        left = (heads[at - 1][0].box[2] + line.box[0]) / 2 if at else float("-inf")
        right = (line.box[2] + heads[at + 1][0].box[0]) / 2 if at + 1 < len(heads) else float("inf")
        columns.append(Column(line.text.strip(), field, item, line, left, right))
    return tuple(columns)


def rows_of(heading: Heading, lines: Sequence[Line]) -> tuple[tuple[Line, ...], ...]:
    """The rows of articles under a header that has columns for them, each around its count or its price.

    The rows end where the next would stand farther away than three lines, or where a label does not fit the columns.
    """
    column = next((column for column in heading.columns if column.item in ("quantity", "unit_price")), None)
    if column is None:
        return ()
    under = sorted((line for line in lines if heading.is_above(line)), key=lambda line: line.box[1])
    anchors: list[Line] = []
    for line in cells_under(heading, under, column):
        height = line.box[3] - line.box[1]
        last = anchors[-1].box[3] if anchors else heading.bottom
        if (
            not re.search(r"\d", line.text)
            or line.box[1] - last > _FAR * height
            or _distance(column, line) > 2 * height
        ):
            break
        anchors.append(line)
    return tuple(tuple(line for line in under if _level(line, anchor, anchors)) for anchor in anchors)


def _level(line: Line, anchor: Line, anchors: Sequence[Line]) -> bool:
    """Whether a line stands in the row of an anchor: nearest to it, and no farther than two lines."""
    middle = (line.box[1] + line.box[3]) / 2
    gaps = {id(other): abs(middle - (other.box[1] + other.box[3]) / 2) for other in anchors}
    return gaps[id(anchor)] == min(gaps.values()) and gaps[id(anchor)] <= 2 * (anchor.box[3] - anchor.box[1])


def cells_under(heading: Heading, lines: Sequence[Line], column: Column) -> tuple[Line, ...]:
    """The lines of a row that stand in a column, top to bottom: set under its name, left, right or in the middle."""
    return tuple(line for line in lines if _column_of(heading, line) is column)


def _column_of(heading: Heading, line: Line) -> Column:
    return min(heading.columns, key=lambda column: _distance(column, line))


def _distance(column: Column, line: Line) -> float:
    """How far a line is from being set under a column's name by its left edge, its right edge or its middle."""
    name, box = column.line.box, line.box
    edges = (abs(box[0] - name[0]), abs(box[2] - name[2]), abs(box[0] + box[2] - name[0] - name[2]) / 2)
    return min(edges)
