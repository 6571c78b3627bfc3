"""A merchant's back end: one record an order, each with what stands in its own row or card."""

from __future__ import annotations

import pytest

from pipeline.model import Order, Refund
from pipeline.wording.screens import ROWS
from stages.screens.trades.back_office import LAYOUT
from tests.stages.screens.pages import At, page_of
from tests.stages.screens.trades.drawn import lines_at, read, rows, value

ORDERS = (
    ("P366374524942915521", "2026-03-11 01:23:58", "古树普洱茶饼", "1", "270.80", "王**", "已完成"),
    ("P366374524942915522", "2026-03-12 11:20:00", "陶瓷马克杯", "2", "130.60", "李**", "待发货"),
    ("P366374524942915523", "2026-03-12 15:01:09", "碎花连衣裙", "1", "179.00", "赵*", "已发货"),
)
NAMES = ("订单编号", "下单时间", "商品", "数量", "实付金额(元)", "收货人", "订单状态")
LEFTS = (20, 320, 620, 900, 1020, 1200, 1340)


def table(names: tuple[str, ...], data: tuple[tuple[str, ...], ...], step: float = 60, high: float = 22) -> list[At]:
    lines = [At(name, left, 200, high) for name, left in zip(names, LEFTS, strict=False)]
    for row, cells in enumerate(data):
        lines += [At(cell, left, 270 + step * row, high) for cell, left in zip(cells, LEFTS, strict=False)]
    return lines


def test_a_table_row_by_row() -> None:
    found = read(LAYOUT, *table(NAMES, ORDERS), width=1500)
    assert [(order.order_id, order.status, value(order.amounts.paid), order.buyer.name) for order in found] == [
        (number, status, f"{paid} CNY", name) for number, _, _, _, paid, name, status in ORDERS
    ]
    assert [(order.items[0].title, order.items[0].quantity) for order in found] == [(row[2], row[3]) for row in ORDERS]
    assert all(isinstance(order, Order) for order in found)


def test_each_spot_stands_in_the_row_of_its_order() -> None:
    page = page_of(*table(NAMES, ORDERS), width=1500)
    for at, order in enumerate(read(LAYOUT, *table(NAMES, ORDERS), width=1500)):
        for spot in order.spots:
            assert 270 + 60 * at - 5 <= spot.where.box[1] <= 270 + 60 * at + 25
            assert any(spot.text in line.text for line in lines_at(page, spot.where.box))


def test_an_empty_cell_is_no_value_of_its_neighbour() -> None:
    data = (ORDERS[0], (*ORDERS[1][:4], "", *ORDERS[1][5:]), ORDERS[2])
    lines = [line for line in table(NAMES, data) if line.text]
    found = read(LAYOUT, *lines, width=1500)
    assert [value(order.amounts.paid) for order in found] == ["270.80 CNY", None, "179.00 CNY"]


def test_a_number_in_a_bar_begins_its_row() -> None:
    lines = [At(name, left, 200, 22) for name, left in (("宝贝", 60), ("单价", 400), ("买家", 700), ("实收款", 1000))]
    for row, (number, time, title, _, paid, name, _) in enumerate(ORDERS):
        lines.append(At(f"订单号：{number}　下单时间：{time}", 60, 250 + 180 * row, 22))
        cells = ((title, 60), ("¥189.00", 400), (name, 700), (f"¥{paid}", 1000))
        lines += [At(text, left, 330 + 180 * row, 22) for text, left in cells]
    found = read(LAYOUT, *lines, width=1280)
    assert [(order.order_id, value(order.amounts.received), order.buyer.nick) for order in found] == [
        (number, f"{paid} CNY", name) for number, _, _, _, paid, name, _ in ORDERS
    ]


def cards(*, number_first: bool) -> list[At]:
    lines = []
    for at, (number, time, title, count, paid, _, status) in enumerate(ORDERS):
        top = 200 + 560 * at
        first, last = (top, top + 330) if number_first else (top + 330, top)
        lines += [At(f"订单号 {number}", 60, first, 36), At(status, 0, first, 36, right=1020)]
        lines += [At(title, 300, top + 100, 44), At("¥189.00", 0, top + 100, 44, right=1020)]
        lines += [At("规格 M", 300, top + 155, 34, ink="#999999"), At(f"x{count}", 0, top + 155, 34, right=1020)]
        lines += [At(f"下单时间 {time}", 60, last, 36), At(f"实付 ¥{paid}", 0, top + 390, 36, right=1020)]
        if not number_first:
            lines[-1] = At(f"实付 ¥{paid}", 0, top + 270, 36, right=1020)
    return lines


@pytest.mark.parametrize("number_first", [True, False])
def test_cards_on_a_phone(number_first: bool) -> None:
    found = read(LAYOUT, *cards(number_first=number_first))
    assert [(order.order_id, value(order.amounts.paid), order.items[0].title, order.status) for order in found] == [
        (number, f"{paid} CNY", title, status) for number, _, title, _, paid, _, status in ORDERS
    ]
    assert [order.times.created.said for order in found] == [row[1] for row in ORDERS]


def test_after_sales_are_refunds_and_only_what_was_paid_back_is_refunded() -> None:
    names = ("售后单号", "订单号", "售后类型", "退款金额(元)", "申请时间", "售后状态")
    data = (
        ("R11234567", ORDERS[0][0], "仅退款", "270.80", "2026-03-14 12:00:01", "退款成功"),
        ("R21234567", ORDERS[1][0], "仅退款", "65.30", "2026-03-14 13:00:01", "待商家处理"),
    )
    lines = [At(name, 20 + 250 * at, 200, 22) for at, name in enumerate(names)]
    lines += [
        At(cell, 20 + 250 * at, 270 + 60 * row, 22) for row, cells in enumerate(data) for at, cell in enumerate(cells)
    ]
    found = read(LAYOUT, *lines, width=1500)
    assert all(isinstance(refund, Refund) for refund in found)
    assert [(refund.order_id, value(refund.amounts.refunded)) for refund in found] == [
        (ORDERS[0][0], "270.80 CNY"),
        (ORDERS[1][0], None),
    ]
    assert ("退款金额(元)", "65.30") in found[1].cells


@pytest.mark.parametrize(
    "lines",
    [
        rows(("订单编号", "P366374524942915524"), ("下单时间", "2026-03-11 01:23:58"), ("实付款", "¥270.80")),
        [At("订单号：5163883558697127889 和 订单号：5163883558697127880 一起发吗", 60, 300), At("可以的", 60, 400)],
    ],
)
def test_one_order_and_talk_of_orders_are_no_back_end(lines: list[At]) -> None:
    assert LAYOUT.sniff(page_of(*lines)) is None


def test_what_it_says_is_worded() -> None:
    assert {"reads-screen-back-office", "screen-many-orders"} <= set(ROWS)
