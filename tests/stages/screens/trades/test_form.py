"""Any other page of labels and values."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.model import Order, Payment, Refund, Shipment
from pipeline.wording.screens import ROWS
from stages.screens.layouts import LAYOUTS
from stages.screens.read import read_page
from stages.screens.trades.form import LAYOUT
from tests.stages.screens.pages import ANCHORED, At, page_of
from tests.stages.screens.trades.drawn import column, read, rows, value


def only(*lines: At) -> Any:
    found = read(LAYOUT, *lines)
    assert len(found) == 1
    return found[0]


WAYBILL = (
    At("申通快递", 60, 60, 60),
    At("标准快递", 800, 60, 36),
    At("770039925825247", 300, 300, 40),
    At("司徒**", 120, 400, 44),
    At("133****1739", 300, 400, 44),
    At("福建省厦门市思明区湖滨南路****", 60, 455, 44),
    At("订单号：522624623833012353", 60, 600, 36),
    At("打印时间：2026-05-16 12:02:20", 60, 650, 36),
)


def test_a_waybill_is_a_shipment() -> None:
    found = only(*WAYBILL)
    assert isinstance(found, Shipment)
    assert (found.tracking[0].carrier, found.tracking[0].number) == ("申通快递", "770039925825247")
    assert found.order_id == "522624623833012353"
    assert (found.buyer.name, found.buyer.phone) == ("司徒**", "133****1739")


def test_a_paper_form_with_values_under_their_labels() -> None:
    lines = column("订单编号", "696897334353265931", "快递单号", "YT6112221744569", "联系电话", "175****7416", step=50)
    found = only(At("退换货登记单", 400, 100, 60), *lines)
    assert isinstance(found, Shipment)
    assert (found.order_id, found.tracking[0].number) == ("696897334353265931", "YT6112221744569")


def test_an_invoice_is_an_order_with_what_is_payable() -> None:
    facts = (("网购订单号", "P118358596439302018"), ("价税合计(小写)", "¥259.00"), ("开票日期", "2026-03-11"))
    found = only(*rows(*facts))
    assert isinstance(found, Order)
    assert (found.order_id, value(found.amounts.payable)) == ("P118358596439302018", "259.00 CNY")
    assert found.times.created is None


def test_a_notice_of_a_refund() -> None:
    found = only(*column("订单编号：P118358596439302018", "退款金额：¥59.70", "退款时间：2026-03-15 10:00:00"))
    assert isinstance(found, Refund)
    assert value(found.amounts.refunded) == "59.70 CNY"


def test_a_payment_by_its_number() -> None:
    found = only(*column("支付流水号：20260311220014", "付款时间：2026-03-11 01:26:48", "实付金额：¥59.70"))
    assert isinstance(found, Payment)
    assert (found.transaction_id, value(found.amounts.paid)) == ("20260311220014", "59.70 CNY")


@pytest.mark.parametrize(
    "lines",
    [
        column("情况说明", "本店于2026年05月收到投诉", "特此说明", "2026年05月29日"),
        column("订单编号：P118358596439302018", "感谢您的光临", "欢迎再来"),
        column("付款时间：2026-03-11 01:26:48", "发货时间：2026-03-12 01:26:48"),
        column("订单编号：P1183585964", "实付款：¥5.00", "订单编号：P9983585964", "实付款：¥6.00"),
        column(
            "订单号：P118358596439302018",
            "运单号：YT6112221744569",
            *(f"第{at}段说别的话" for at in range(9)),
        ),
    ],
)
def test_prose_one_fact_and_several_orders_are_no_form(lines: list[At]) -> None:
    assert LAYOUT.sniff(page_of(*lines)) is None


def test_every_layout_that_knows_a_page_wins() -> None:
    page = page_of(
        *rows(("订单编号", "P118358596439302018"), ("下单时间", "2026-03-11 01:23:58"), ("实付款", "¥59.70"))
    )
    scores = {layout.id: score.value for layout in LAYOUTS if (score := layout.sniff(page)) is not None}
    assert min(scores, key=lambda layout: scores[layout]) == "form"
    assert len(scores) > 1


def test_what_no_other_layout_knows_is_read_by_it() -> None:
    assert [type(record) for record in read_page(page_of(*WAYBILL), ANCHORED).records] == [Shipment]


def test_no_field_is_without_a_place_or_a_value() -> None:
    found = only(*WAYBILL)
    assert {spot.field for spot in found.spots} == {
        "order_id", "buyer.name", "buyer.phone", "buyer.address", "tracking.0.carrier", "tracking.0.number",
    }  # fmt: skip
    assert all(spot.text for spot in found.spots)


def test_what_it_says_is_worded() -> None:
    assert {"reads-screen-form", "screen-labels-known"} <= set(ROWS)
