"""Steps across a page, each with its time under it."""

from __future__ import annotations

import pytest

from stages.screens.trades.order_page import LAYOUT
from stages.screens.trades.steps import steps_on
from tests.stages.screens.pages import ANCHORED, At, page_of
from tests.stages.screens.trades.drawn import read, rows

STEPS = (
    ("提交订单", "2026-03-11 01:23:58", "times.created"),
    ("买家付款", "2026-03-11 01:26:48", "times.paid"),
    ("商家发货", "2026-03-12 08:35:21", "times.shipped"),
    ("交易完成", "2026-03-15 02:58:57", "times.completed"),
)


def bar(words: tuple[str, ...] = tuple(word for word, _, _ in STEPS), split: bool = False) -> list[At]:
    lines = []
    for at, (word, (_, time, _)) in enumerate(zip(words, STEPS, strict=True)):
        left = 60 + 260 * at
        lines.append(At(word, left + 20, 200, 32))
        if split:
            lines += [At(time[:10], left, 240, 22), At(time[11:], left + 8, 266, 22)]
        else:
            lines.append(At(time, left, 240, 20))
    return lines


@pytest.mark.parametrize("split", [False, True])
@pytest.mark.parametrize(
    "words",
    [
        ("提交订单", "买家付款", "商家发货", "交易完成"),
        ("下单", "付款", "发货", "完成"),
        ("已下单", "已付款", "已发货", "已完成"),
        ("订单创建", "支付成功", "卖家已发货", "交易成功"),
        ("Placed", "Paid", "Shipped", "Completed"),
    ],
)
def test_every_step_gets_the_time_under_it(words: tuple[str, ...], split: bool) -> None:
    found = steps_on(page_of(*bar(words, split)).lines, ANCHORED)
    assert [(step.field, step.time.text) for step in found] == [(field, time) for _, time, field in STEPS]


def test_a_step_that_is_not_reached_has_no_time() -> None:
    lines = [line for line in bar() if line.text != STEPS[3][1]]
    assert [step.field for step in steps_on(page_of(*lines).lines, ANCHORED)] == [field for _, _, field in STEPS[:3]]


def test_a_step_of_no_field_is_passed_over() -> None:
    found = steps_on(page_of(*bar(("下单", "付款", "发货", "评价"))).lines, ANCHORED)
    assert [step.field for step in found] == ["times.created", "times.paid", "times.shipped"]


def test_words_under_each_other_are_no_steps() -> None:
    lines = [At(word, 60, 200 + 120 * at, 32) for at, (word, _, _) in enumerate(STEPS)]
    times = [At(time, 60, 240 + 120 * at, 20) for at, (_, time, _) in enumerate(STEPS)]
    assert steps_on(page_of(*lines, *times).lines, ANCHORED) == ()


def test_buttons_without_times_are_no_steps() -> None:
    lines = [At(word, 60 + 260 * at, 200, 32) for at, word in enumerate(("付款", "发货", "评价"))]
    assert steps_on(page_of(*lines).lines, ANCHORED) == ()


def test_an_order_page_takes_its_times_from_its_steps() -> None:
    order = read(LAYOUT, *bar(), *rows(("订单编号", "693961332734661862205"), ("实付款", "¥45.80"), top=400))[0]
    assert order.times.shipped.said == "2026-03-12 08:35:21"
    assert order.times.completed.said == "2026-03-15 02:58:57"
    assert order.times.created.said == "2026-03-11 01:23:58"
