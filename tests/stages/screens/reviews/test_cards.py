from __future__ import annotations

import pytest

from pipeline.model import Review
from stages.screens.page import Page
from stages.screens.reviews.cards import LAYOUT
from tests.stages.screens.pages import At, found_by, page_of, truth_of

TITLE = (At("17:56", 48, 39), At("5G", 880, 39), At("评价中心", 440, 135, 57))


def reviews(page: Page) -> list[Review]:
    return [record for record in found_by(LAYOUT, page).records if isinstance(record, Review)]


def listed(top: float, author: str, rating: str, when: str, *text: str) -> list[At]:
    """Labels at the left, values at the right, the text under them."""
    rows = [("买家昵称", author), ("综合评分", rating), ("评价时间", when), ("关联订单", "P190883003889684261")]
    lines = [
        line for at, (label, value) in enumerate(rows)
        for line in (At(label, 66, top + at * 60, 41), At(value, 0, top + at * 60, 41, right=1015))
    ]  # fmt: skip
    lines += [At(said, 66, top + 260 + at * 62, 47) for at, said in enumerate(text)]
    foot = top + 280 + len(text) * 62
    return [*lines, At("申诉", 690, foot, 41), At("去回复", 860, foot, 41)]


def inlined(top: float, author: str, rating: str, when: str, *text: str) -> list[At]:
    """Every label with its value in one line, as on many pages of back ends."""
    rows = ["订单号：P760596303320417376", f"评价人：{author}", f"评价时间：{when}", f"评分：{rating}", "评价内容："]
    lines = [At(row, 66, top + at * 72, 57) for at, row in enumerate(rows)]
    lines += [At(said, 66, top + (5 + at) * 72, 57) for at, said in enumerate(text)]
    foot = top + (5 + len(text)) * 72 + 40
    return [*lines, At("申诉", 812, foot, 48), At("回复", 983, foot, 48)]


def headed(top: float, author: str, rating: str, when: str, *text: str) -> list[At]:
    """Number and time in a head, the article at the left, name and rating over the text at its right."""
    lines = [At("订单号 P182755069037992014", 60, top, 30), At(f"评价时间 {when}", 520, top, 30)]
    lines += [At("户外自动帐篷", 60, top + 60, 30), At(author, 420, top + 60, 30), At(rating, 640, top + 60, 30)]
    return lines + [At(said, 420, top + 100 + at * 40, 32) for at, said in enumerate(text)]


@pytest.mark.parametrize("card", [listed, inlined, headed])
def test_a_card_is_a_review_with_what_its_labels_say(card) -> None:  # type: ignore[no-untyped-def]
    first = card(
        300, "周***8", "3分", "2026-02-08 02:05:41", "手链戴三天就断，珠子滚得到处都是，送人的礼", "物，丢脸丢大了"
    )
    second = card(1100, "大力出奇迹", "1分", "2026-03-13 14:13:02", "一股塑料味")
    one, other = reviews(page_of(*TITLE, *first, *second))
    assert (one.author, one.rating) == ("周***8", "3分")
    assert one.text == "手链戴三天就断，珠子滚得到处都是，送人的礼物，丢脸丢大了"
    assert one.at is not None
    assert (one.at.said, one.at.date) == ("2026-02-08 02:05:41", "stated")
    assert (other.author, other.rating, other.text) == ("大力出奇迹", "1分", "一股塑料味")


def test_labels_that_an_engine_ran_on_to_their_numbers_are_labels() -> None:
    lines = headed(300, "周***8", "3分", "2026-02-08 02:05:41", "一股塑料味")
    glued = [line._replace(text=line.text.replace("号 P", "号P").replace("时间 ", "时间")) for line in lines]
    (review,) = reviews(page_of(*TITLE, *glued))
    assert (review.author, review.rating, review.text) == ("周***8", "3分", "一股塑料味")
    assert review.at is not None
    assert review.at.said == "2026-02-08 02:05:41"


def test_the_number_of_the_order_is_inside_the_place_of_its_review() -> None:
    (review,) = reviews(page_of(*TITLE, *listed(300, "周***8", "3分", "2026-02-08 02:05:41", "一股塑料味")))
    box = review.where.box
    assert box is not None
    assert box[1] <= 300
    assert box[3] >= 480 + 41
    assert {spot.field for spot in review.spots} == {"author", "rating", "at", "text"}


def test_an_answer_on_the_card_is_a_reply() -> None:
    card = inlined(300, "周***8", "3分", "2026-02-08 02:05:41", "一股塑料味")
    review, reply = reviews(page_of(*TITLE, *card, At("商家回复：亲，抱歉", 66, 900, 57)))
    assert (review.text, reply.text, reply.reply_to, reply.side) == ("一股塑料味", "亲，抱歉", "周***8", "self")


def test_an_english_card_is_read_alike() -> None:
    rows = [
        "Order number: 988224",
        "Customer: Priya Nair",
        "Review date: March 12, 2026",
        "Rating: 2/5",
        "Review: Arrived cracked",
    ]
    (review,) = reviews(page_of(*(At(row, 66, 300 + at * 72, 50) for at, row in enumerate(rows))))
    assert (review.author, review.rating, review.text) == ("Priya Nair", "2/5", "Arrived cracked")
    assert review.at is not None
    assert review.at.start == "2026-03-12T00:00:00+08:00"


def test_labels_of_orders_make_no_review() -> None:
    rows = ["订单号：P760596303320417376", "买家：周***8", "下单时间：2026-02-08 02:05:41", "实付款：¥270.80"]
    assert LAYOUT.sniff(page_of(*TITLE, *(At(row, 66, 300 + at * 72, 50) for at, row in enumerate(rows)))) is None


@pytest.mark.parametrize(
    "name",
    [
        "00-wechat",
        "20-xhs-note",
        "23-xhs-comments",
        "24-shop-review",
        "26-review-desk",
        "30-order-xhs",
        "35-back-office",
    ],
)
def test_other_screens_are_no_cards(name: str) -> None:
    page, _ = truth_of(name)
    assert LAYOUT.sniff(page) is None
