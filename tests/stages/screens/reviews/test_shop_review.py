from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest

from pipeline.model import Review
from stages.screens.page import Page
from stages.screens.reviews.parts import rating_in
from stages.screens.reviews.shop_review import LAYOUT
from tests.stages.screens.pages import At, found_by, page_of, truth_of, with_roles

TITLE = (At("22:35", 72, 46), At("5G", 880, 46), At("商品评价", 440, 150, 57))
CHIPS = (At("有图 115", 84, 287, 40), At("客服态度差 7", 320, 287, 40), At("全部 160", 700, 287, 40))


def card(
    top: float, *lines: At, name: str = "打工人小周", when: str = "2026-02-17", rating: str | None = "差"
) -> list[At]:
    held = [At(name, 222, top, 47), At(when, 0, top + 33, 40, "#999999", right=1010)]
    held += [At(rating, 465, top + 66, 40)] if rating else []
    return [*held, *(line._replace(top=top + line.top) for line in lines)]


def body(text: str, top: float = 216) -> list[At]:
    return [At(line, 78, top + at * 72, 50) for at, line in enumerate(text.split("/"))]


def reviews(*lines: At) -> list[Review]:
    return [
        record for record in found_by(LAYOUT, page_of(*TITLE, *CHIPS, *lines)).records if isinstance(record, Review)
    ]


ARTICLE = At("已购：单只装 款式随机", 78, 140, 40, "#999999")


def test_a_review_is_its_buyer_rating_date_and_text() -> None:
    lines = body("店里的好评一看就是刷的，语气都一模一样/客服回复特别慢。")
    (review,) = reviews(*card(540, ARTICLE, *lines, At("136", 960, 420, 40)))
    assert (review.author, review.rating, review.likes) == ("打工人小周", "差", "136")
    assert review.text == "店里的好评一看就是刷的，语气都一模一样客服回复特别慢。"
    assert review.at is not None
    assert (review.at.said, review.at.start) == ("2026-02-17", "2026-02-17T00:00:00+08:00")
    assert {spot.field for spot in review.spots} == {"author", "rating", "at", "likes", "text"}


def test_what_was_added_later_and_the_answer_are_records_of_their_own() -> None:
    later = At("10天后追评", 78, 300, 44, "#ff2442")
    added = At("图三是收到的样子。", 78, 360, 50)
    answer = At("商家回复：抱歉让您久等了，仓库因为盘点延", 108, 460, 44)
    second = At("迟了一天发货。", 108, 520, 44)
    review, again, reply = reviews(*card(540, ARTICLE, *body("质量差。"), later, added, answer, second))
    assert review.text == "质量差。"
    assert (again.author, again.text, again.at) == ("打工人小周", "图三是收到的样子。", None)
    assert (reply.side, reply.reply_to, reply.author) == ("self", "打工人小周", None)
    assert reply.text == "抱歉让您久等了，仓库因为盘点延迟了一天发货。"
    assert reply.where.box is not None
    assert review.where.box is not None
    assert reply.where.box[1] >= review.where.box[3]


def test_an_answer_under_its_label_is_read_alike() -> None:
    label, text = At("商家回复", 108, 300, 40), At("亲，请提供订单号。", 108, 350, 44)
    _, reply = reviews(*card(540, ARTICLE, *body("质量差。"), label, text))
    assert reply.text == "亲，请提供订单号。"


def test_the_buyer_s_words_about_answers_are_no_answer() -> None:
    (review,) = reviews(*card(540, ARTICLE, *body("客服回复特别慢，问了三遍才说会帮我登记。")))
    assert review.text == "客服回复特别慢，问了三遍才说会帮我登记。"


def test_reviews_one_under_the_other_are_kept_apart() -> None:
    first = card(540, ARTICLE, *body("质量差。"))
    second = card(900, ARTICLE, *body("说是纯棉，不是。"), name="momo酱", when="2026-03-06", rating="一般")
    third = card(1260, ARTICLE, *body("很好用"), name="Luna_09", when="昨天 21:14", rating=None)
    assert [(review.author, review.rating, review.text) for review in reviews(*first, *second, *third)] == [
        ("打工人小周", "差", "质量差。"), ("momo酱", "一般", "说是纯棉，不是。"), ("Luna_09", None, "很好用"),
    ]  # fmt: skip


def test_a_date_under_the_name_is_read_alike() -> None:
    lines = [At("打工人小周", 222, 540, 47), At("2026-02-17 已购：M码", 222, 600, 40), At("质量太差了", 78, 700, 50)]
    lines += [At("momo酱", 222, 900, 47), At("2026-02-18 已购：L码", 222, 960, 40), At("好评", 78, 1060, 50)]
    assert [(review.author, review.text) for review in reviews(*lines)] == [
        ("打工人小周", "质量太差了"),
        ("momo酱", "好评"),
    ]


@pytest.mark.parametrize(
    ("printed", "rating"),
    [
        ("差", "差"), ("非常差", "非常差"), ("★★★★★差", "差"), ("★★★食1.0", "1.0"), ("—般", "一般"),
        ("评分：2.0", "2.0"),
        ("评分 2.0", "2.0"), ("5分", "5分"), ("好评", "好评"), ("1星", "1星"), ("Very poor", "Very poor"),
        ("2 out of 5 stars", "2 out of 5 stars"),
    ],
)  # fmt: skip
def test_a_rating_is_what_is_printed_behind_the_stars(printed: str, rating: str) -> None:
    (review,) = reviews(*card(540, ARTICLE, *body("质量太差了，不会再买。"), rating=printed))
    assert review.rating == rating


@pytest.mark.parametrize("printed", ["★★★★★", "★★", "★", "差点就买了", "好用", "5", "160", ""])
def test_stars_alone_and_words_are_no_rating(printed: str) -> None:
    assert rating_in(printed) is None


@pytest.mark.parametrize("stars", ["★★★★★", "★ ★ ★", "★女★★", "⭐⭐★", "★"])
def test_stars_are_neither_name_nor_text(stars: str) -> None:
    (review,) = reviews(*card(540, ARTICLE, *body("质量太差了"), rating=stars))
    assert (review.author, review.rating, review.text) == ("打工人小周", None, "质量太差了")


def doubted(page: Page, text: str, confidence: float = 0.6) -> Page:
    """The page with one of its lines read in doubt."""
    lines = (msgspec.structs.replace(line, confidence=confidence) if line.text == text else line for line in page.lines)
    return with_roles(replace(page, lines=tuple(lines)))


@pytest.mark.parametrize(
    ("stars", "ink"),
    [
        ("★會★", "#222222"), ("★食食食食超獎", "#222222"), ("女女女", "#dfdfe0"), ("實會會", "#feae1e"),
        ("合", "#feae1e"), ("☆", "#222222"),
    ],
)  # fmt: skip
def test_stars_read_as_signs_are_neither_name_nor_text_nor_rating(stars: str, ink: str) -> None:
    row = At(stars, 222, 66, 40, ink)
    page = page_of(*TITLE, *CHIPS, *card(540, row, ARTICLE, *body("质量差。"), rating=None))
    (review,) = [record for record in found_by(LAYOUT, doubted(page, stars)).records if isinstance(record, Review)]
    assert (review.author, review.rating, review.text) == ("打工人小周", None, "质量差。")
    assert stars in [line.text for line in page.lines]


@pytest.mark.parametrize(("words", "confidence"), [("哈哈哈", 0.99), ("无语", 0.6), ("还可以，凑合用", 0.6)])
def test_short_words_are_no_stars_however_they_are_read(words: str, confidence: float) -> None:
    page = page_of(*TITLE, *CHIPS, *card(540, ARTICLE, *body(words)))
    (review,) = [r for r in found_by(LAYOUT, doubted(page, words, confidence)).records if isinstance(r, Review)]
    assert review.text == words


def test_a_row_that_an_engine_parted_at_a_blank_is_one_line_of_the_text() -> None:
    (review,) = reviews(*card(540, ARTICLE, At("等了", 78, 216, 50), At("17 天，最后告诉我没货", 195, 216, 50)))
    assert review.text == "等了 17 天，最后告诉我没货"


def test_an_answer_whose_label_an_engine_parted_is_an_answer() -> None:
    label, rest = At("商家回", 108, 320, 44), At("复：抱歉让您久等了。", 218, 320, 44)
    review, reply = reviews(*card(540, ARTICLE, *body("质量差。"), label, rest))
    assert (review.text, reply.text, reply.side) == ("质量差。", "抱歉让您久等了。", "self")


def test_the_title_between_icons_is_no_filter() -> None:
    icons = (At("く", 40, 150), At("0 0 0", 1000, 160, 20))
    found = found_by(LAYOUT, page_of(*TITLE, *icons, *CHIPS, *card(540, ARTICLE, *body("质量差。"))))
    page = page_of(*TITLE, *icons, *CHIPS, *card(540, ARTICLE, *body("质量差。")))
    buttons = {page.lines[at].text for at, role in found.roles.items() if role == "button"}
    assert "商品评价" not in buttons
    assert {"有图 115", "客服态度差 7", "全部 160"} <= buttons


def test_a_rating_that_is_the_text_is_text() -> None:
    (review,) = reviews(*card(540, ARTICLE, *body("差评"), rating=None))
    assert (review.rating, review.text) == (None, "差评")


def test_filters_are_buttons() -> None:
    page = page_of(*TITLE, *CHIPS, *card(540, ARTICLE, *body("质量差。")))
    found = found_by(LAYOUT, page)
    assert {page.lines[at].text for at, role in found.roles.items() if role == "button"} == {
        line.text for line in CHIPS
    }


def test_cards_of_a_merchant_s_phone_leave_article_and_number_out_of_the_text() -> None:
    goods = [At("北欧风台灯 三档调光", 220, 330, 40), At("订单号：P632496071803728440", 220, 380, 40)]
    buttons = [At("申诉", 800, 450, 40), At("回复", 950, 450, 40)]
    lines = card(540, *body("赠品没给。"), *goods, *buttons, rating="1.0")
    (review,) = reviews(*lines)
    assert (review.text, review.rating) == ("赠品没给。", "1.0")


def test_an_english_page_is_read_alike() -> None:
    head = (At("9:41", 72, 46), At("LTE", 880, 46), At("Customer reviews", 380, 150, 57))
    lines = card(
        540, At("Purchased: blue, 350 ml", 78, 140, 40), At("The mug arrived cracked and", 78, 216, 50),
        At("nobody answers.", 78, 288, 50), At("Response from seller: We are sorry.", 108, 400, 44),
        name="Priya Nair", when="March 12, 2026", rating="2 stars",
    )  # fmt: skip
    review, reply = (record for record in found_by(LAYOUT, page_of(*head, *lines)).records)
    assert isinstance(review, Review)
    assert isinstance(reply, Review)
    assert (review.author, review.rating) == ("Priya Nair", "2 stars")
    assert review.text == "The mug arrived cracked and nobody answers."
    assert (reply.text, reply.side, reply.reply_to) == ("We are sorry.", "self", "Priya Nair")


def test_a_rating_between_the_name_and_the_date_is_read_at_any_edge() -> None:
    head = (At("9:41", 72, 46), At("LTE", 880, 46), At("Customer reviews", 150, 155, 45))
    lines = [
        line for top, name in ((300, "Chloe"), (720, "Ravi S"))
        for line in (
            At(name, 165, top, 45), At("3.0 out of 5 stars", 48, top + 70, 36),
            At("Reviewed on March 12, 2026", 48, top + 116, 30), At("Arrived broken. Avoid.", 48, top + 174, 45),
        )
    ]  # fmt: skip
    found = [record for record in found_by(LAYOUT, page_of(*head, *lines)).records if isinstance(record, Review)]
    assert [(review.author, review.rating, review.text) for review in found] == [
        (name, "3.0 out of 5 stars", "Arrived broken. Avoid.") for name in ("Chloe", "Ravi S")
    ]  # fmt: skip


def test_labels_with_times_are_no_buyers() -> None:
    rows = [("下单时间", "2026-03-11 01:23:58"), ("付款时间", "2026-03-11 01:26:48"), ("评价", "2026-03-12")]
    lines = [
        line for at, (label, value) in enumerate(rows)
        for line in (At(label, 68, 600 + at * 76, 40), At(value, 0, 600 + at * 76, 40, right=1010))
    ]  # fmt: skip
    assert LAYOUT.sniff(page_of(*TITLE[:2], At("订单详情", 440, 150, 57), *lines)) is None


def test_an_empty_page_is_none() -> None:
    assert LAYOUT.sniff(Page(box=(0, 0, 100, 100), lines=())) is None


@pytest.mark.parametrize(
    "name",
    [
        "00-wechat",
        "03-wechat-group",
        "06-qq",
        "07-whatsapp",
        "20-xhs-note",
        "30-order-xhs",
        "33-order-pdd",
        "36-track",
        "39-receipt",
    ],
)
def test_other_screens_are_no_shop_reviews(name: str) -> None:
    page, _ = truth_of(name)
    assert LAYOUT.sniff(page) is None


@pytest.mark.parametrize("name", ["24-shop-review", "27-review-desk-phone"])
def test_labelled_reviews_are_read_as_they_are(name: str) -> None:
    page, truth = truth_of(name)
    found = [record for record in found_by(LAYOUT, page).records if isinstance(record, Review)]
    true = [record for record in truth["records"] if not record.get("may")]
    assert [(review.author, review.rating) for review in found[: len(true)]] == [
        (record["author"], record.get("rating")) for record in true
    ]
    assert all(record["text"].startswith(review.text) for review, record in zip(found, true, strict=False))


GREY = "#999999"
SPEC = At("5斤装 中果", 78, 140, 42, GREY)


def test_what_stands_on_the_row_of_the_date_is_no_text() -> None:
    head = [At("草莓不加糖", 182, 300, 50), At("2026-02-17", 182, 366, 42, GREY), At("奶杏色;L", 420, 366, 42, GREY)]
    stars = [At("★☆☆☆☆", 48, 450, 50, "#ff3653"), At("非常差", 300, 450, 50, "#ff3653")]
    text = [At("客服态度极差，问尺码半天不回，", 48, 530, 50), At("袖子上有一块油渍。", 48, 600, 50)]
    (review,) = reviews(*head, *stars, *text)
    assert (review.author, review.rating) == ("草莓不加糖", "非常差")
    assert review.text.replace("\n", "") == "客服态度极差，问尺码半天不回，袖子上有一块油渍。"


def test_a_faint_row_over_the_text_is_the_article() -> None:
    (review,) = reviews(*card(540, SPEC, *body("坏了一半。")))
    assert review.text == "坏了一半。"


@pytest.mark.parametrize("ink", ["#222222", "#555555"])
def test_a_first_line_whose_ink_is_hardly_fainter_stays_text(ink: str) -> None:
    (review,) = reviews(*card(540, At("真的", 78, 140, 50, ink), *body("坏了一半。")))
    assert review.text == "真的\n坏了一半。"


def test_a_faint_line_alone_is_not_taken_away() -> None:
    (review,) = reviews(*card(540, SPEC))
    assert review.text == "5斤装 中果"


def english(top: float, name: str, rating: str, when: str, *lines: str) -> list[At]:
    held = [At(name, 130, top, 48), At(rating, 40, top + 90, 44, "#63676b"), At(when, 520, top + 90, 44, "#63676b")]
    return held + [At(line, 40, top + 160 + 60 * at, 48) for at, line in enumerate(lines)]


def test_an_english_list_has_the_rating_and_the_date_on_a_row_under_the_name() -> None:
    first = english(300, "Dana Whitfield", "1.0 out of 5 stars", "Apr 1, 2026", "It arrived in pieces.")
    answer = [At("Response from the owner", 140, 540, 48), At("Hi Dana, we shipped a new mug.", 140, 600, 48)]
    second = english(800, "R. Castellanos", "5.0 out of 5 stars", "Feb 23, 2026", "Beautiful glaze.")
    page = page_of(At("Customer reviews", 40, 60, 60), *first, *answer, *second)
    found = [record for record in found_by(LAYOUT, page).records if isinstance(record, Review)]
    assert [(one.author, one.rating, one.text, one.side) for one in found] == [
        ("Dana Whitfield", "1.0 out of 5 stars", "It arrived in pieces.", "unknown"),
        (None, None, "Hi Dana, we shipped a new mug.", "self"),
        ("R. Castellanos", "5.0 out of 5 stars", "Beautiful glaze.", "unknown"),
    ]


def test_what_a_page_prints_of_a_reviewer_is_neither_name_nor_text() -> None:
    head = [At("Dana Whitfield", 130, 300, 48), At("Local Guide · 12 reviews", 130, 360, 42, "#63676b")]
    line = [At("★☆☆☆☆", 40, 430, 44, "#fbbc04"), At("a month ago", 300, 430, 44, "#63676b")]
    text = [At("It arrived in pieces.", 40, 500, 48)]
    answer = [At("Response from the owner 2 weeks ago", 100, 600, 44), At("We are sorry.", 100, 660, 44)]
    review, reply = reviews(*head, *line, *text, *answer)
    assert (review.author, review.text) == ("Dana Whitfield", "It arrived in pieces.")
    assert review.at is not None
    assert review.at.said == "a month ago"
    assert (reply.text, reply.side) == ("We are sorry.", "self")
    assert reply.at is not None
    assert reply.at.said == "2 weeks ago"


def test_ratings_read_into_the_lines_of_names_are_told_apart() -> None:
    first = card(540, *body("质量差。"), name="桃桃乌龙超赞", rating=None)
    second = card(900, *body("还行吧。"), name="今晚打老虎很差", rating=None)
    third = card(1260, *body("不错的。"), name="小红薯5F20C1", rating="一般")
    assert [(review.author, review.rating) for review in reviews(*first, *second, *third)] == [
        ("桃桃乌龙", "超赞"), ("今晚打老虎", "很差"), ("小红薯5F20C1", "一般"),
    ]  # fmt: skip


def test_a_rating_behind_a_blank_is_none_of_the_name() -> None:
    (review,) = reviews(*card(540, *body("质量差。"), name="j***n 5星", rating=None))
    assert (review.author, review.rating) == ("j***n", "5星")
    assert {spot.field for spot in review.spots} == {"author", "rating", "at", "text"}


def test_one_name_that_ends_like_a_rating_stays_whole() -> None:
    first = card(540, ARTICLE, *body("质量差。"), name="心情一般", rating=None)
    second = card(900, ARTICLE, *body("还行吧。"), name="momo酱", rating=None)
    assert [review.author for review in reviews(*first, *second)] == ["心情一般", "momo酱"]


@pytest.mark.parametrize(
    ("read", "name"), [("匿***户⭐★☆☆☆", "匿***户"), ("小***5 ★★☆☆☆", "小***5"), ("小星★", "小星★")]
)
def test_stars_read_into_the_line_of_a_name_are_none_of_it(read: str, name: str) -> None:
    (review,) = reviews(*card(540, ARTICLE, *body("质量差。"), name=read, rating=None))
    assert (review.author, review.rating) == (name, None)
