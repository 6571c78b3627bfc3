"""Labels by their class."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stages.screens.trades.labels import (
    MONEY_FIELDS,
    NUMBER_FIELDS,
    PAYMENT,
    REFUND,
    STEPS,
    TIME_FIELDS,
    TRADE,
    Labels,
    field_of,
    key,
    simple,
)


@pytest.mark.parametrize(
    ("label", "field"),
    [
        ("订单编号", "order_id"),
        ("訂單編號：", "order_id"),
        ("平台订单号:", "order_id"),
        ("Order No.", "order_id"),
        ("子订单编号", "sub_order_id"),
        ("支付宝交易号", "transaction_id"),
        ("物流单号", "tracking_no"),
        ("运单号", "tracking_no"),
        ("Tracking number", "tracking_no"),
        ("下单时间", "times.created"),
        ("拍下时间", "times.created"),
        ("Order placed", "times.created"),
        ("付款时间", "times.paid"),
        ("发货时间", "times.shipped"),
        ("最晚发货时间", "times.promised_ship"),
        ("签收时间", "times.signed"),
        ("确认收货时间", "times.confirmed"),
        ("成交时间", "times.completed"),
        ("关闭时间", "times.closed"),
        ("退款申请时间", "times.refund_applied"),
        ("退款成功时间", "times.refunded"),
        ("实付款", "amounts.paid"),
        ("商家实收", "amounts.received"),
        ("运费", "amounts.shipping"),
        ("店铺优惠券", "amounts.discount"),
        ("优惠合计", "amounts.discount_total"),
        ("商品总价", "amounts.goods"),
        ("订单总额", "amounts.payable"),
        ("Grand total", "amounts.payable"),
        ("退款金额", "amounts.refunded"),
        ("收货人", "buyer.name"),
        ("收货地址 >", "buyer.address"),
        ("联系电话", "buyer.phone"),
        ("买家昵称", "buyer.nick"),
        ("物流公司", "carrier"),
        ("配送方式", "delivery"),
        ("快递", "delivery"),
        ("店铺名称", "party"),
        ("订单状态", "status"),
        ("买家留言", "text"),
        ("支付方式", ""),
        ("发票抬头", ""),
    ],
)
def test_a_label_names_its_field(label: str, field: str) -> None:
    assert field_of(label) == field


@pytest.mark.parametrize("text", ["", "的", "你们什么时候发货", "质量很好", "2026-03-11", "¥19.90", "x" * 40])
def test_what_is_no_label(text: str) -> None:
    assert field_of(text) is None


def test_the_same_words_mean_something_else_elsewhere() -> None:
    assert field_of("订单号", PAYMENT) == "transaction_id"
    assert field_of("商户订单号", PAYMENT) == "order_id"
    assert field_of("申请时间", (*REFUND, *TRADE)) == "times.refund_applied"
    assert field_of("付款", TRADE) is None
    assert field_of("付款", STEPS) == "times.paid"


def test_what_stands_around_a_label_does_not_count() -> None:
    assert key("【订单编号】：") == key("订单编号 >") == "订单编号"
    assert key("运费(快递)") == "运费"


@given(st.text(max_size=30))
def test_simple_forms_keep_every_character_at_its_place(text: str) -> None:
    assert len(simple(text)) == len(text)
    assert simple(simple(text)) == simple(text)


@given(st.text(max_size=30))
def test_every_wording_is_a_known_field_or_none(text: str) -> None:
    names = {name for name, _ in (*TRADE, *PAYMENT, *REFUND)}
    assert field_of(text) in {None, *names}


def test_the_kinds_of_fields_do_not_overlap() -> None:
    assert not TIME_FIELDS & MONEY_FIELDS
    assert not NUMBER_FIELDS & (TIME_FIELDS | MONEY_FIELDS)


@pytest.mark.parametrize("labels", [TRADE, PAYMENT, REFUND, STEPS])
def test_no_pattern_has_a_group_of_its_own(labels: Labels) -> None:
    assert not any(re.compile(pattern).groups for _, pattern in labels)


@given(st.sampled_from([TRADE, PAYMENT, REFUND, STEPS]), st.data())
def test_the_first_label_that_fits_is_the_field(labels: Labels, data: st.DataObject) -> None:
    said = data.draw(
        st.sampled_from([pattern for _, pattern in labels]).flatmap(lambda one: st.from_regex(one, fullmatch=True))
    )
    wording = key(said)
    first = next((name for name, pattern in labels if re.fullmatch(pattern, wording)), None)
    assert field_of(said, labels) == (first if 1 < len(wording) <= 24 else None)
