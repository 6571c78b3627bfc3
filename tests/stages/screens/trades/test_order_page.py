"""Order pages of any platform give an `Order` with what they print."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Order, Refund
from pipeline.wording.screens import ROWS
from stages.screens.trades.order_page import LAYOUT
from tests.stages.screens.pages import ANCHORED, At, page_of
from tests.stages.screens.trades.drawn import column, lines_at, read, records_of, rows, value

HEAD = [At("卖家已发货", 40, 150, 60), At("还剩9天自动确认收货", 40, 222, 40)]
WHO = [At("王** 159****9938", 60, 300, 44), At("江苏省南京市鼓楼区中山北路52号", 60, 360, 38, ink="#999999")]
GOODS = [
    At("初晴女装 ›", 60, 480, 44),
    At("云南古树普洱茶饼357g", 300, 560, 44),
    At("春款 礼盒装", 300, 620, 36, ink="#999999"),
    At("¥270.80", 0, 560, 44, right=1020),
    At("x2", 0, 620, 36, right=1020, ink="#999999"),
]
SUMS = rows(("商品总价", "¥541.60"), ("运费", "¥0.00"), ("店铺优惠", "-¥41.60"), ("实付款", "¥500.00"), top=760)
FACTS = rows(
    ("订单编号", "P366374524942915524 复制"),
    ("下单时间", "2026-03-11 01:23:58"),
    ("付款时间", "2026-03-11 01:26:48"),
    ("发货时间", "2026-03-12 08:35:21"),
    ("支付方式", "微信支付"),
    ("物流公司", "顺丰速运"),
    ("物流单号", "SF3006662992881"),
    top=1200,
)
BUTTONS = [At("申请售后", 430, 2250, 40), At("查看物流", 850, 2250, 40)]
PAGE = [*HEAD, *WHO, *GOODS, *SUMS, *FACTS, *BUTTONS]


@pytest.fixture(scope="module")
def order() -> Any:
    (found,) = read(LAYOUT, *PAGE)
    return found


def test_the_number_the_parcel_and_the_status(order: Any) -> None:
    assert isinstance(order, Order)
    assert order.order_id == "P366374524942915524"
    assert [(parcel.carrier, parcel.number) for parcel in order.tracking] == [("顺丰速运", "SF3006662992881")]
    assert order.status == "卖家已发货"


def test_the_buyer_without_a_label(order: Any) -> None:
    buyer = order.buyer
    assert (buyer.name, buyer.phone, buyer.address) == ("王**", "159****9938", "江苏省南京市鼓楼区中山北路52号")


def test_the_articles(order: Any) -> None:
    (item,) = order.items
    assert (item.title, item.spec, item.quantity) == ("云南古树普洱茶饼357g", "春款 礼盒装", "2")
    assert value(item.unit_price) == "270.80 CNY"


def test_amounts_a_discount_by_what_it_takes_off(order: Any) -> None:
    sums = order.amounts
    assert [value(money) for money in (sums.goods, sums.shipping, sums.discount, sums.paid, sums.received)] == [
        "541.60 CNY", "0.00 CNY", "41.60 CNY", "500.00 CNY", None,
    ]  # fmt: skip


def test_times(order: Any) -> None:
    times = order.times
    assert times.created.start == "2026-03-11T01:23:58+08:00"
    assert times.shipped.start == "2026-03-12T08:35:21+08:00"
    assert times.signed is None


def test_every_label_is_kept_with_its_value_as_printed(order: Any) -> None:
    assert ("支付方式", "微信支付") in order.cells
    assert ("店铺优惠", "-¥41.60") in order.cells


def test_every_field_has_its_spot_and_what_it_says_stands_there(order: Any) -> None:
    page = page_of(*PAGE)
    spots = {spot.field: spot for spot in order.spots}
    assert {"order_id", "times.paid", "amounts.paid", "tracking.0.number", "tracking.0.carrier", "buyer.name",
            "items.0.title", "items.0.unit_price", "status"} <= set(spots)  # fmt: skip
    for spot in order.spots:
        assert spot.where.box is not None
        assert any(spot.text in line.text for line in lines_at(page, spot.where.box)), spot


def test_buttons_are_told() -> None:
    page = page_of(*PAGE)
    assert {page.lines[at].text for at in LAYOUT.read(page, ANCHORED).roles} == {"申请售后", "查看物流"}


def test_a_lower_half_without_a_title_is_read() -> None:
    (order,) = read(LAYOUT, *SUMS, *FACTS)
    assert order.order_id == "P366374524942915524"
    assert order.items == ()
    assert order.status is None


def test_lines_of_label_and_value_in_one() -> None:
    facts = column("订单编号：260311-123456789012345 复制", "下单时间：2026-03-11 10:22:01", "物流公司：中通快递",
                   "快递单号：75812345678901 复制", "实付：¥60.30（免运费）")  # fmt: skip
    (order,) = read(LAYOUT, *facts)
    assert order.order_id == "260311-123456789012345"
    assert value(order.amounts.paid) == "60.30 CNY"
    assert order.tracking[0].carrier == "中通快递"


def test_an_english_order() -> None:
    (order,) = read(
        LAYOUT,
        At("Order #5447", 100, 120, 50),
        At("March 13, 2026 at 10:30 am from Online Store", 60, 200, 40),
        At("Partially refunded", 80, 270, 40),
        At("Fulfilled", 480, 270, 40),
        At("Hand-thrown ceramic mug, 350 ml", 240, 400, 46),
        At("$75.18", 0, 400, 46, right=1020),
        At("$75.18 x 1", 240, 455, 40, ink="#999999"),
        *rows(("Subtotal", "$75.18"), ("Shipping", "Free"), ("Total", "$75.18"), top=600),
        At("Shipping address", 60, 900, 46),
        At("48 Harbour Street, Flat 3B", 60, 955, 46),
        At("Leeds LS2 7EW", 60, 1010, 46),
        At("Tracking number", 60, 1120, 46),
        At("1Z2669345979494252", 60, 1175, 46),
    )
    assert (order.order_id, order.status) == ("#5447", "Partially refunded Fulfilled")
    assert order.times.created.start == "2026-03-13T10:30:00+08:00"
    assert order.items[0].title == "Hand-thrown ceramic mug, 350 ml"
    assert (value(order.items[0].unit_price), order.items[0].quantity) == ("75.18 USD", "1")
    assert value(order.amounts.shipping) == "0.00 USD"
    assert order.buyer.address == "48 Harbour Street, Flat 3B Leeds LS2 7EW"
    assert order.tracking[0].number == "1Z2669345979494252"


def test_articles_in_a_table() -> None:
    header = [At(text, left, 900, 30) for text, left in (("商品", 60), ("单价", 400), ("数量", 600), ("应付", 800))]
    goods = [
        At(text, left, 960 + 60 * row, 30)
        for row, held in enumerate((("碎花连衣裙", "¥189.00", "1", "¥179.00"), ("针织衫", "¥89.00", "2", "¥178.00")))
        for text, left in zip(held, (60, 400, 600, 800), strict=True)
    ]
    facts = column("订单编号：6921234567890123456", "下单时间：2026-03-11 10:22:01", "发货时间：2026-03-12 18:01:55")
    (order,) = read(LAYOUT, *facts, *header, *goods)
    assert [(item.title, item.quantity, value(item.unit_price)) for item in order.items] == [
        ("碎花连衣裙", "1", "189.00 CNY"),
        ("针织衫", "2", "89.00 CNY"),
    ]
    assert order.amounts.payable is None


def test_a_page_of_an_after_sale_is_a_refund() -> None:
    facts = rows(("退款金额", "¥189.00"), ("申请时间", "2026-03-14 10:00:00"), ("退款时间", "2026-03-15 11:00:00"),
                 ("退款编号", "112233445566778899"), ("订单编号", "4123456789012345678"))  # fmt: skip
    (refund,) = read(LAYOUT, At("退款成功", 40, 150, 60), *facts)
    assert isinstance(refund, Refund)
    assert (refund.order_id, refund.status) == ("4123456789012345678", "退款成功")
    assert value(refund.amounts.refunded) == "189.00 CNY"
    assert refund.times.refund_applied.start == "2026-03-14T10:00:00+08:00"


def test_a_refund_that_is_asked_for_is_not_refunded() -> None:
    facts = rows(("退款金额", "¥189.00"), ("申请时间", "2026-03-14 10:00:00"), ("订单编号", "4123456789012345678"))
    (refund,) = read(LAYOUT, At("退款中", 40, 150, 60), *facts)
    assert refund.amounts.refunded is None
    assert ("退款金额", "¥189.00") in refund.cells


def test_two_wordings_of_one_field_are_no_field_and_are_noted() -> None:
    page = page_of(*SUMS, *FACTS, *rows(("实付款", "¥499.00"), top=2000))
    found = LAYOUT.read(page, ANCHORED)
    (order,) = found.records
    assert isinstance(order, Order)
    assert order.amounts.paid is None
    assert [note.code for note in found.notes] == ["screen-field-differs"]


def test_several_discounts_are_parts_of_one_that_is_not_printed() -> None:
    (order,) = read(LAYOUT, *FACTS, *rows(("店铺优惠", "-¥20.00"), ("平台优惠", "-¥8.00"), top=300))
    assert order.amounts.discount is None
    assert ("平台优惠", "-¥8.00") in order.cells


@pytest.mark.parametrize(
    "lines",
    [
        [
            At("您好，订单号：5163883558697127889 什么时候发货？", 200, 300),
            At("马上为您查", 300, 500),
            At("昨天 21:14", 480, 420),
        ],
        [At("momo酱", 60, 200), At("质量不错，订单编号发给客服了", 60, 300), At("2026-03-11", 60, 380)],
        rows(("账号", "chuqing"), ("版本", "8.1.2"), ("时间", "2026-03-11 10:22:01")),
    ],
)
def test_chats_reviews_and_settings_are_no_orders(lines: list[At]) -> None:
    assert LAYOUT.sniff(page_of(*lines)) is None


@settings(max_examples=15, deadline=None)
@given(st.floats(0.4, 2.5), st.floats(0, 500), st.floats(0, 3000))
def test_size_and_place_make_no_difference(scale: float, right: float, down: float) -> None:
    def moved(line: At) -> At:
        left, edge = line.left * scale + right, None if line.right is None else line.right * scale + right
        return line._replace(left=left, top=line.top * scale + down, high=line.high * scale, right=edge)

    (plain,) = read(LAYOUT, *SUMS, *FACTS, *GOODS)
    (order,) = records_of(LAYOUT, page_of(*map(moved, [*SUMS, *FACTS, *GOODS]), width=1080 * scale + right))
    assert (order.order_id, order.amounts, order.times, order.items) == (
        plain.order_id, plain.amounts, plain.times, plain.items,
    )  # fmt: skip


def test_what_it_says_is_worded() -> None:
    assert {"reads-screen-order-page", "screen-labels-known", "screen-field-differs"} <= set(ROWS)


def test_a_day_of_a_step_does_not_contradict_the_time_of_a_label() -> None:
    steps = [At("买家下单", 60, 100, 30), At("2026-03-11", 60, 140, 26), At("01:23:58", 66, 170, 26)]
    steps += [At("卖家发货", 560, 100, 30), At("2026-03-12", 560, 140, 26)]
    page = page_of(*steps, *SUMS, *FACTS)
    found = LAYOUT.read(page, ANCHORED)
    (order,) = found.records
    assert isinstance(order, Order)
    assert order.times.created is not None
    assert order.times.shipped is not None
    assert (order.times.created.grain, order.times.shipped.grain) == ("second", "second")
    assert found.notes == ()


def test_a_value_that_is_none_of_its_label_is_said() -> None:
    found = LAYOUT.read(page_of(*FACTS, *rows(("运费", "到付"), top=2000)), ANCHORED)
    assert [(note.code, note.values) for note in found.notes] == [
        ("screen-value-not-read", {"label": "运费", "said": "到付"})
    ]
    assert "screen-value-not-read" in ROWS
