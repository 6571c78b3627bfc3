"""Parts that repeat around each order number."""

from __future__ import annotations

import pytest

from stages.screens.trades.blocks import blocks_of, cards_of
from tests.stages.screens.pages import At, page_of

TEXTS = [(f"订单号{at}", f"商品{at}", f"实付{at}") for at in range(3)]


def stacked(order: tuple[int, ...], scale: float = 1.0) -> tuple[list[At], list[str]]:
    lines = [
        At(texts[piece], 60, (200 + 300 * at + 60 * row) * scale, 40 * scale)
        for at, texts in enumerate(TEXTS)
        for row, piece in enumerate(order)
    ]
    return lines, [texts[0] for texts in TEXTS]


@pytest.mark.parametrize("scale", [0.5, 1.0, 2.0])
@pytest.mark.parametrize(("order", "at"), [((0, 1, 2), "first"), ((1, 2, 0), "last"), ((1, 0, 2), "within")])
def test_every_line_goes_to_its_own_number(order: tuple[int, ...], at: str, scale: float) -> None:
    lines, names = stacked(order, scale)
    page = page_of(*lines)
    numbers = [line for line in page.lines if line.text in names]
    blocks = blocks_of(page.lines, numbers, at)  # type: ignore[arg-type]
    assert [{line.text for line in block} for block in blocks] == [set(texts) for texts in TEXTS]


def test_cards_are_the_even_grounds_on_which_the_numbers_stand() -> None:
    lines = []
    for at, texts in enumerate(TEXTS):
        panel = (20.0, 180.0 + 300 * at, 1060.0, 420.0 + 300 * at)
        lines += [At(text, 60, 200 + 300 * at + 60 * row, 40, panel=panel) for row, text in enumerate(texts)]
    page = page_of(*lines, At("我的订单", 400, 60))
    numbers = [line for line in page.lines if line.text.startswith("订单号")]
    blocks = cards_of(page.lines, numbers)
    assert blocks is not None
    assert [{line.text for line in block} for block in blocks] == [set(texts) for texts in TEXTS]


def test_one_ground_for_all_is_no_card() -> None:
    lines, names = stacked((0, 1, 2))
    page = page_of(*lines)
    assert cards_of(page.lines, [line for line in page.lines if line.text in names]) is None
