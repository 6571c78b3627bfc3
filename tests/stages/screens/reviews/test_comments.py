from __future__ import annotations

import msgspec
import pytest

from pipeline.model import Person, Review, Word
from stages.screens.page import Context
from stages.screens.reviews.comments import LAYOUT, TITLE
from tests.stages.screens.pages import ANCHORED, At, found_by, line_of, page_of, truth_of, with_roles

GREY, BLACK = "#999999", "#222222"
STATUS = (At("07:54", 32, 26, 32), At("5G", 800, 26, 32))
TITLED = At("97 条评论", 440, 98, 40)


def comment(name: str, text: str, when: str, top: float, *, left: float = 174, likes: str | None = None) -> list[At]:
    lines = text.split("/")
    held = [At(name, left, top, 40, GREY)]
    held += [At(line, left, top + 58 + at * 70, 50, BLACK) for at, line in enumerate(lines)]
    foot = top + 58 + len(lines) * 70
    held += [At(when, left, foot, 37, GREY), At("回复", left + 420, foot, 37, GREY)]
    return held + ([At(likes, 980, top + 62, 37, GREY)] if likes else [])


def read(*lines: At, context: Context = ANCHORED) -> list[Review]:
    found = found_by(LAYOUT, page_of(*STATUS, TITLED, *lines), context)
    return [record for record in found.records if isinstance(record, Review)]


def test_a_comment_is_its_author_its_text_and_when_and_where_it_was_written() -> None:
    lines = comment("momo酱", "客服回复特别慢，问了三遍才说会帮我登/记。", "昨天 21:14 浙江", 300, likes="512")
    (review,) = read(*lines)
    assert (review.author, review.text) == ("momo酱", "客服回复特别慢，问了三遍才说会帮我登记。")
    assert (review.likes, review.reply_to, review.rating, review.side) == ("512", None, None, "unknown")
    assert review.at is not None
    assert (review.at.said, review.at.start) == ("昨天 21:14", "2026-03-16T21:14:00+08:00")


def test_every_field_names_its_place() -> None:
    (review,) = read(*comment("momo酱", "第一行写得满满当当的/第二行", "3天前 四川", 300, likes="9"))
    spots = [(spot.field, spot.text) for spot in review.spots]
    assert spots == [
        ("author", "momo酱"), ("at", "3天前"), ("likes", "9"), ("text", "第一行写得满满当当的"), ("text", "第二行"),
    ]  # fmt: skip
    boxes = [spot.where.box for spot in review.spots]
    whole = review.where.box
    assert whole is not None
    assert all(box is not None and whole[0] <= box[0] and whole[1] <= box[1] and box[3] <= whole[3] for box in boxes)


def test_a_reply_set_further_in_answers_the_comment_over_it() -> None:
    first = comment("momo酱", "同款，我的也裂了", "昨天 13:36", 300)
    answer = comment("安可数码配件", "亲，请提供订单号。", "昨天 15:36 福建", 520, left=264)
    again = comment("林小姐", "我的也是", "03-02", 740, left=264)
    other = comment("路人甲", "蹲一个后续", "2026-02-10 浙江", 960)
    reviews = read(*first, *answer, *again, *other)
    assert [(review.author, review.reply_to) for review in reviews] == [
        ("momo酱", None), ("安可数码配件", "momo酱"), ("林小姐", "momo酱"), ("路人甲", None),
    ]  # fmt: skip


def test_a_text_that_names_whom_it_answers_is_a_reply_to_them() -> None:
    reviews = read(
        *comment("momo酱", "还没发货吗", "昨天 13:36", 300),
        *comment("小店", "回复 momo酱：今天已经发出了", "昨天 15:36", 520, left=264),
    )
    assert (reviews[1].reply_to, reviews[1].text) == ("momo酱", "回复 momo酱：今天已经发出了")


@pytest.mark.parametrize("badge", ["作者", "博主", "店主", "Author"])
def test_a_badge_is_no_part_of_the_name(badge: str) -> None:
    lines = comment("安可数码配件", "您好，我们核实了出库录像。", "4天前 浙江", 300)
    apart = [At(f"{badge}", 520, 302, 34, "#ff2442")]
    assert read(*lines, *apart)[0].author == "安可数码配件"
    together = [At(f"安可数码配件 {badge}", 174, 300, 40, GREY), *lines[1:]]
    assert read(*together)[0].author == "安可数码配件"


def test_a_badge_read_into_the_name_is_told_by_its_distance() -> None:
    lines = [line_of(at) for at in (*STATUS, TITLED, *comment("安可配件作者", "您好", "4天前", 300))]
    words, left = [], 174.0
    for char in "安可配件作者":
        left += 20.0 if char == "作" else 0.0
        words.append(Word(text=char, box=(left, 300, left + 38, 340), confidence=0.9))
        left += 40.0
    place = next(at for at, line in enumerate(lines) if line.text == "安可配件作者")
    lines[place] = msgspec.structs.replace(lines[place], words=tuple(words))
    page = page_of()
    page = with_roles(type(page)(box=page.box, lines=tuple(lines)))
    (review,) = found_by(LAYOUT, page).records
    assert isinstance(review, Review)
    assert review.author == "安可配件"


def test_a_name_that_ends_like_a_badge_stays_where_nothing_sets_it_off() -> None:
    assert read(*comment("网文作者", "支持", "4天前 浙江", 300))[0].author == "网文作者"


def test_who_is_who_is_told_by_the_case() -> None:
    people = (
        Person(name="安可旗舰店", aliases=("安可数码配件",), side="applicant"),
        Person(name="momo酱", side="customer"),
    )
    context = Context(zone=ANCHORED.zone, anchor=ANCHORED.anchor, people=people)
    reviews = read(
        *comment("momo酱", "还没发货吗", "昨天 13:36", 300),
        *comment("安可数码配件", "今天发出", "昨天 15:36", 520, left=264),
        *comment("路人", "蹲", "昨天 15:36", 740),
        context=context,
    )
    assert [review.side for review in reviews] == ["other", "self", "unknown"]


def test_a_day_named_in_a_text_is_no_line_of_time() -> None:
    (review,) = read(*comment("m***o", "昨天下单今天就到了/3天前还在催", "03-15", 300))
    assert review.text == "昨天下单今天就到了3天前还在催"
    assert review.at is not None
    assert review.at.said == "03-15"


def test_the_first_comment_without_its_name_has_no_author() -> None:
    cut = [At("真的会谢", 174, 160, 50, BLACK), At("昨天 13:36", 174, 230, 37, GREY), At("回复", 594, 230, 37, GREY)]
    (first, second) = read(*cut, *comment("momo酱", "同款，我的也裂了", "昨天 14:00", 400))
    assert (first.author, first.text) == (None, "真的会谢")
    assert second.author == "momo酱"


def test_the_last_comment_whose_time_is_hidden_has_none() -> None:
    cut = comment("路人甲", "蹲一个后续", "03-02", 520, likes="17")
    hidden = [line for line in cut if line.text not in ("03-02", "回复")]
    first, last = read(*comment("momo酱", "同款", "昨天 14:00", 300), *hidden)
    assert first.author == "momo酱"
    assert (last.author, last.text, last.at, last.likes) == ("路人甲", "蹲一个后续", None, "17")
    assert len(read(*comment("momo酱", "同款", "昨天 14:00", 300), hidden[0])) == 1


def test_what_the_end_of_the_page_cuts_through_is_no_comment() -> None:
    lines = comment("momo酱", "同款，我的也裂了", "昨天 13:36", 300, likes="512")
    last = [At("林小姐", 174, 2280, 40, GREY), At("我的也", 174, 2352, 46, BLACK), At("9", 980, 2352, 37, GREY)]
    assert [review.author for review in read(*lines, *last)] == ["momo酱"]


def test_a_row_that_an_engine_parted_at_a_blank_is_one_line_of_the_text() -> None:
    lines = comment("momo酱", "等了", "昨天 13:36", 300, likes="512")
    (review,) = read(*lines, At("17 天", 290, 358, 50, BLACK))
    assert review.text == "等了 17 天"


def test_an_answer_whose_begin_is_set_in_is_whole() -> None:
    lines = comment("安可数码配件", "回复 momo酱：我们愿意承担退回的运/费。", "昨天 15:36 福建", 300)
    moved = [line._replace(left=line.left + 45) if line.text.startswith("回复 momo") else line for line in lines]
    (review,) = read(*moved)
    assert review.text.endswith("我们愿意承担退回的运费。")
    assert review.reply_to == "momo酱"


def test_a_place_run_on_to_the_time_is_no_part_of_it() -> None:
    (review,) = read(*comment("momo酱", "同款，我的也裂了", "4天前IP属地：福建", 300))
    assert review.at is not None
    assert (review.text, review.at.said) == ("同款，我的也裂了", "4天前")


def test_the_time_and_the_button_read_as_one_line_are_told_apart() -> None:
    lines = comment("momo酱", "同款，我的也裂了", "昨天13:36广东回复", 300)[:-1]
    (review,) = read(*lines)
    assert review.at is not None
    assert review.at.said == "昨天13:36"


def test_an_english_thread_is_read_alike() -> None:
    lines = [
        At("All comments (2)", 60, 150, 40), At("Priya", 174, 300, 40), At("The mug arrived", 174, 358, 50),
        At("cracked.", 174, 410, 50), At("3 days ago", 174, 480, 37),
        At("Reply", 420, 480, 37), At("Like", 600, 480, 37),
    ]  # fmt: skip
    (review,) = (record for record in found_by(LAYOUT, page_of(*STATUS, *lines)).records)
    assert isinstance(review, Review)
    assert (review.author, review.text) == ("Priya", "The mug arrived cracked.")


@pytest.mark.parametrize(
    "title", ["共 71 条评论", "97 条评论", "评论 (97)", "全部评论 1.2万", "评论", "Comments", "12 comments"]
)
def test_titles_of_threads(title: str) -> None:
    assert TITLE.fullmatch(title)


@pytest.mark.parametrize("name", ["00-wechat", "07-whatsapp", "30-order-xhs", "36-track", "39-receipt", "51-notice"])
def test_other_screens_are_no_threads(name: str) -> None:
    page, _ = truth_of(name)
    assert LAYOUT.sniff(page) is None


def test_a_labelled_thread_is_read_as_it_is() -> None:
    page, truth = truth_of("23-xhs-comments")
    found = [record for record in found_by(LAYOUT, page).records if isinstance(record, Review)]
    assert [(review.author, review.likes) for review in found] == [
        (record["author"], record.get("likes")) for record in truth["records"]
    ]
    assert [review.text for review in found] == [record["text"] for record in truth["records"]]
