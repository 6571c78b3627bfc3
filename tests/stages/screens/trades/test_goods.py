"""Articles with their variant, price and count."""

from __future__ import annotations

from typing import Any

import pytest

from stages.screens.trades.goods import articles_on
from tests.stages.screens.pages import At, page_of


def articles(*lines: At, currency: str = "CNY") -> list[Any]:
    return [article.item for article in articles_on(page_of(*lines).lines, currency)]


def card(top: float = 300, scale: float = 1.0) -> list[At]:
    return [
        At("Type-C数据线60W快充", 263 * scale, top, 44 * scale),
        At("1.5米黑", 263 * scale, top + 55 * scale, 36 * scale, ink="#999999"),
        At("¥19.90", 0, top + 6 * scale, 40 * scale, right=1044 * scale),
        At("x3", 0, top + 62 * scale, 34 * scale, right=1044 * scale),
    ]


@pytest.mark.parametrize("scale", [0.5, 1.0, 1.5])
def test_title_variant_price_and_count(scale: float) -> None:
    (item,) = articles(*card(300 * scale, scale))
    assert (item.title, item.spec, item.quantity) == ("Type-C数据线60W快充", "1.5米黑", "3")
    assert (item.unit_price.value, item.unit_price.currency) == ("19.90", "CNY")


def test_several_articles_top_to_bottom() -> None:
    found = articles(*card(300), *card(600))
    assert len(found) == 2


@pytest.mark.parametrize("count", ["x2", "X2", "×2", "数量：2", "Qty: 2", "Quantity: 2"])
def test_how_many_in_every_wording(count: str) -> None:
    (item,) = articles(At("Handmade stoneware mug", 60, 300, 44), At(count, 60, 360, 36))
    assert item.quantity == "2"


def test_a_price_of_an_unclear_dollar_is_left_out() -> None:
    (item,) = articles(
        At("手工陶杯", 60, 300, 44),
        At("$450", 0, 300, 44, right=1000),
        At("x1", 0, 360, 36, right=1000),
        currency="XXX",
    )
    assert item.unit_price is None


def test_words_without_a_count_are_no_article() -> None:
    assert articles(At("手工陶杯", 60, 300, 44), At("¥45.00", 900, 300, 44)) == []


def test_every_field_of_an_article_has_its_spot() -> None:
    (article,) = articles_on(page_of(*card()).lines, "CNY")
    assert {spot.field: spot.text for spot in article.spots} == {
        "title": "Type-C数据线60W快充",
        "spec": "1.5米黑",
        "unit_price": "¥19.90",
        "quantity": "3",
    }
