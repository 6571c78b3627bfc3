"""Tables: headers, columns, rows, and what they state."""

from __future__ import annotations

import pytest

from stages.screens.trades.grid import cells_under, heading_of, rows_of
from stages.screens.trades.labels import TRADE
from stages.screens.trades.order_page import LAYOUT
from tests.stages.screens.pages import At, page_of
from tests.stages.screens.trades.drawn import column, read, value

HEAD = ("订单号", "下单时间", "实付", "快递", "运单号", "状态")
ROWS = (
    ("P808498546584697915", "2026-04-08 08:38:40", "51.80", "顺丰", "SF140680823166", "待揽收"),
    ("P282282760045014055", "2026-04-11 17:02:54", "328.80", "德邦", "DPK669635161424", "已签收"),
)
LEFTS = (30, 393, 713, 850, 1000, 1300)


def table(rows: tuple[tuple[str, ...], ...] = ROWS) -> list[At]:
    lines = [At(text, left, 60, 28) for text, left in zip(HEAD, LEFTS, strict=True)]
    for at, row in enumerate(rows):
        lines += [At(text, left, 110 + 48 * at, 28) for text, left in zip(row, LEFTS, strict=True)]
    return lines


def test_a_header_is_the_row_of_labels() -> None:
    heading = heading_of(page_of(*table()).lines, TRADE)
    assert heading is not None
    assert [column.field for column in heading.columns] == [
        "order_id", "times.created", "amounts.paid", "delivery", "tracking_no", "status",
    ]  # fmt: skip


def test_each_column_has_what_stands_under_it() -> None:
    lines = page_of(*table()).lines
    heading = heading_of(lines, TRADE)
    assert heading is not None
    under = [line for line in lines if heading.is_above(line)]
    for at, named in enumerate(heading.columns):
        assert [line.text for line in cells_under(heading, under, named)] == [row[at] for row in ROWS]


def test_two_labels_are_no_header() -> None:
    assert heading_of(page_of(At("订单号", 30, 60), At("实付", 400, 60)).lines, TRADE) is None


def test_a_column_headed_like_a_way_of_sending_names_the_carrier() -> None:
    from stages.screens.trades.back_office import LAYOUT as BACK_OFFICE

    orders = read(BACK_OFFICE, *table(), width=1770)
    assert [(order.tracking[0].carrier, order.tracking[0].number) for order in orders] == [
        ("顺丰", "SF140680823166"),
        ("德邦", "DPK669635161424"),
    ]
    assert [(order.status, value(order.amounts.paid)) for order in orders] == [
        ("待揽收", "51.80 CNY"),
        ("已签收", "328.80 CNY"),
    ]


def goods(*rows: tuple[str, ...], heads: tuple[str, ...] = ("商品", "单价", "数量", "实收款")) -> list[At]:
    lefts = (38, 447, 652, 857)
    lines = [At(text, left, 700, 24) for text, left in zip(heads, lefts, strict=True)]
    for at, row in enumerate(rows):
        lines += [At(text, left, 750 + 48 * at, 28) for text, left in zip(row, lefts, strict=False)]
    return lines


FACTS = column("订单编号：693961332734661862205", "下单时间：2026-03-11 01:23:58", "付款时间：2026-03-11 01:26:48")


def test_what_a_table_of_articles_states_once_is_the_orders() -> None:
    (order,) = read(LAYOUT, *FACTS, *goods(("冰糖橙 10斤 中果", "¥39.80", "1", "¥45.80")))
    assert value(order.amounts.received) == "45.80 CNY"
    assert [(item.title, item.quantity, value(item.unit_price)) for item in order.items] == [
        ("冰糖橙 10斤 中果", "1", "39.80 CNY")
    ]


def test_what_it_states_for_every_row_is_not() -> None:
    rows = (("冰糖橙 10斤", "¥39.80", "1", "¥45.80"), ("沃柑 5斤", "¥29.80", "1", "¥29.80"))
    (order,) = read(LAYOUT, *FACTS, *goods(*rows))
    assert order.amounts.received is None
    assert [item.title for item in order.items] == ["冰糖橙 10斤", "沃柑 5斤"]


@pytest.mark.parametrize("heads", [("商品", "单价", "备注", "实收款"), ("图片", "名称", "备注", "说明")])
def test_without_columns_of_articles_there_are_no_rows(heads: tuple[str, ...]) -> None:
    lines = page_of(*FACTS, *goods(("冰糖橙", "好", "好", "好"), heads=heads)).lines
    heading = heading_of(lines, TRADE)
    assert heading is None or rows_of(heading, lines) == ()
