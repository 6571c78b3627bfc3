from __future__ import annotations

import pytest

from pipeline.model import Review
from stages.screens.page import Page
from stages.screens.reviews.back_end import LAYOUT
from tests.stages.screens.pages import At, found_by, page_of, truth_of

LEFTS = (160, 480, 900, 1000, 1160, 1420)
HEADS = ("商品信息", "评价内容", "评分", "用户", "订单/时间", "操作")
Cells = tuple[str, ...]


def table(*rows: Cells, heads: Cells = HEADS, high: float = 26, pitch: float = 110, middle: bool = False) -> Page:
    """A window with a menu and a table; "/" breaks a cell, `middle` sets cells in the middle of their rows."""
    lines = [At(name, 20, 60 + at * 60, high) for at, name in enumerate(("首页", "订单管理", "评价管理"))]
    lines += [At("评价管理", 160, 20, 34), At("评价时间", 160, 76, high), At("评分", 400, 76, high)]
    lines += [At(name, left, 140, high) for name, left in zip(heads, LEFTS, strict=False)]
    most = max(len(cell.split("/")) for row in rows for cell in row) if middle else 0
    for number, row in enumerate(rows):
        for cell, left in zip(row, LEFTS, strict=False):
            parts = cell.split("/") if cell else []
            top = 200 + number * pitch + ((most - len(parts)) * high * 0.55 if middle else 0)
            lines += [At(part, left, top + at * high * 1.1, high) for at, part in enumerate(parts)]
    return page_of(*lines, width=1600, height=900)


ROWS = (
    ("法式连衣裙/杏色；M", "说好48小时发货，拖到第五天/才有物流。", "1分", "爱吃芒果的/阿狸",
     "P147149419366407285/2026-09-22 22:31:02", "回复/申诉"),
    ("手冲咖啡滤杯", "就一般。", "3分", "南山有木", "P737844422884612410/2026-08-09 04:56:00", "回复/申诉"),
)  # fmt: skip


def reviews(page: Page) -> list[Review]:
    return [record for record in found_by(LAYOUT, page).records if isinstance(record, Review)]


@pytest.mark.parametrize("middle", [False, True])
def test_every_row_is_a_review_with_the_cells_that_wrap_put_together(middle: bool) -> None:
    first, second = reviews(table(*ROWS, middle=middle))
    assert (first.author, first.rating, first.text) == ("爱吃芒果的阿狸", "1分", "说好48小时发货，拖到第五天才有物流。")
    assert (second.author, second.rating, second.text) == ("南山有木", "3分", "就一般。")
    assert first.at is not None
    assert (first.at.said, first.at.date) == ("2026-09-22 22:31:02", "stated")
    assert [spot.field for spot in first.spots] == ["author", "author", "rating", "at", "text", "text"]


def test_the_number_of_the_order_is_inside_the_place_of_its_review() -> None:
    first, second = reviews(table(*ROWS))
    boxes = [review.where.box for review in (first, second)]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[0][2] >= LEFTS[4] + 100
    assert boxes[0][3] <= boxes[1][1]


def test_a_column_of_answers_gives_replies_and_a_state_none() -> None:
    heads = ("评价内容", "评分", "买家昵称", "评价时间", "商家回复", "操作")
    rows = (
        ("质量差", "差评", "m***o", "2026-03-12 08:35", "亲，抱歉让您久等了", "申诉"),
        ("很好", "好评", "林小姐", "2026-03-13 08:35", "未回复", "回复"),
    )
    review, reply, other = reviews(table(*rows, heads=heads))
    assert (review.author, review.rating) == ("m***o", "差评")
    assert (reply.text, reply.reply_to, reply.side) == ("亲，抱歉让您久等了", "m***o", "self")
    assert (other.author, other.text) == ("林小姐", "很好")


def test_an_english_table_is_read_alike() -> None:
    heads = ("Product", "Review", "Rating", "Customer", "Date", "Status")
    rows = (("Mug", "Arrived cracked", "2 stars", "Priya Nair", "March 12, 2026", "Published"),)
    (review,) = reviews(table(*rows, heads=heads))
    assert (review.author, review.rating, review.text) == ("Priya Nair", "2 stars", "Arrived cracked")
    assert review.at is not None
    assert review.at.start == "2026-03-12T00:00:00+08:00"


def test_menu_and_actions_are_buttons() -> None:
    page = table(*ROWS)
    found = found_by(LAYOUT, page)
    told = [page.lines[at].text for at, role in found.roles.items() if role == "button"]
    assert sorted(told) == sorted(["首页", "订单管理", "评价管理", "回复", "申诉", "回复", "申诉"])


def test_a_table_of_orders_is_none_of_reviews() -> None:
    heads = ("商品信息", "订单编号", "买家昵称", "实收款", "下单时间", "操作")
    rows = (("连衣裙", "P147149419366407285", "m***o", "¥270.80", "2026-03-11 01:23", "详情"),)
    assert LAYOUT.sniff(table(*rows, heads=heads)) is None


def test_a_head_without_rows_is_none() -> None:
    assert LAYOUT.sniff(table(("", ""))) is None


@pytest.mark.parametrize(
    "name", ["00-wechat", "05-wechat-desktop", "24-shop-review", "30-order-xhs", "35-back-office", "36-track"]
)
def test_other_screens_are_no_tables_of_reviews(name: str) -> None:
    page, _ = truth_of(name)
    assert LAYOUT.sniff(page) is None


def test_a_labelled_table_is_read_as_it_is() -> None:
    page, truth = truth_of("26-review-desk")
    assert [(review.author, review.text, review.rating) for review in reviews(page)] == [
        (record["author"], record["text"], record["rating"]) for record in truth["records"]
    ]
