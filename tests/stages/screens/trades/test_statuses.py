"""Statuses and buttons by their wording and their place."""

from __future__ import annotations

import pytest

from stages.screens.trades.statuses import buttons_on, headline, is_status, status_in
from stages.screens.trades.values import whole
from tests.stages.screens.pages import At, line_of, page_of


@pytest.mark.parametrize(
    "text",
    ["交易成功", "待发货", "已发货，待收货", "卖家已发货", "等待买家付款", "已签收", "运输中", "派送中", "退款成功",
     "商家已同意退款", "已存入零钱", "部分发货", "已收货", "Delivered", "partially refunded", "Payment successful",
     "訂單已完成"],
)  # fmt: skip
def test_a_status(text: str) -> None:
    assert is_status(text) or status_in(whole(line_of(At(text, 0, 0)))) is not None


@pytest.mark.parametrize("text", ["完成", "", "查看物流", "你们发货了吗", "2026-03-11", "商家已发货，等待揽收", "评价"])
def test_no_status(text: str) -> None:
    assert not is_status(text)


def test_a_status_before_its_explanation() -> None:
    found = status_in(whole(line_of(At("已签收，签收人：本人", 0, 0))))
    assert found is not None
    assert found.text == "已签收"


def test_badges_in_one_row_are_one_status() -> None:
    page = page_of(At("Paid", 60, 100), At("Unfulfilled", 300, 104), At("Order details", 60, 300))
    found = headline(page, page.lines, ())
    assert found is not None
    assert found.text == "Paid Unfulfilled"


@pytest.mark.parametrize(("high", "status"), [(80.0, "完成"), (40.0, None)])
def test_a_bare_word_is_a_status_only_where_it_is_set_large(high: float, status: str | None) -> None:
    page = page_of(At("完成", 60, 100, high), *(At(f"第{at}行字", 60, 300 + 60 * at, 40) for at in range(5)))
    found = headline(page, page.lines, ())
    assert (found.text if found else None) == status


def test_words_of_buttons_are_buttons_unless_they_are_a_value() -> None:
    page = page_of(At("查看物流", 60, 100), At("再次购买", 400, 100), At("订单详情", 60, 200))
    assert buttons_on(page, set()) == (0, 1)
    assert buttons_on(page, {id(page.lines[0])}) == (1,)
