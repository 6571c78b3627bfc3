from __future__ import annotations

import pytest

from pipeline.model import Review
from stages.screens.reviews.note import LAYOUT
from tests.stages.screens.pages import At, found_by, page_of, truth_of

HEAD = (At("21:28", 72, 46), At("5G", 880, 46), At("大橙子不甜", 264, 159, 50), At("关注", 920, 161, 44))
BODY = (
    At("避雷这家店！真的会谢", 48, 678, 57),
    At("茶饼有霉点，泡出来一股仓库味，老板非说", 48, 781, 50),
    At("这是陈香。", 48, 853, 50),
    At("赠品没有给，问客服说活动已经结束了。", 48, 925, 50),
    At("#避雷 #小满母婴优选", 48, 1018, 50),
)
FOOT = (At("说点什么...", 90, 2290, 40), At("122", 700, 2288, 44), At("199", 900, 2288, 44))
THREAD = (
    At("共 71 条评论", 48, 1400, 40),
    At("Luna_09", 174, 1500, 40),
    At("同款，我的也裂了", 174, 1560, 50),
    At("昨天 13:36 广东", 174, 1630, 37),
    At("回复", 600, 1630, 37),
    At("403", 980, 1560, 37),
)


def reviews(*lines: At) -> list[Review]:
    return [record for record in found_by(LAYOUT, page_of(*lines)).records if isinstance(record, Review)]


def test_a_note_is_its_author_title_text_and_date_and_its_thread_follows() -> None:
    note, comment = reviews(*HEAD, *BODY, At("03-11 上海", 48, 1114, 40), *THREAD, *FOOT)
    assert note.author == "大橙子不甜"
    assert note.text.split("\n") == [
        "避雷这家店！真的会谢", "茶饼有霉点，泡出来一股仓库味，老板非说这是陈香。",
        "赠品没有给，问客服说活动已经结束了。", "#避雷 #小满母婴优选",
    ]  # fmt: skip
    assert note.at is not None
    assert (note.at.said, note.at.start) == ("03-11", "2026-03-11T00:00:00+08:00")
    assert (note.likes, note.rating, note.reply_to) == (None, None, None)
    assert (comment.author, comment.text, comment.likes) == ("Luna_09", "同款，我的也裂了", "403")


@pytest.mark.parametrize(
    ("printed", "said"),
    [
        ("编辑于 03-05 上海", "编辑于 03-05"),
        ("编辑于03-05", "编辑于03-05"),
        ("昨天 21:14 浙江", "昨天 21:14"),
        ("2026-02-10", "2026-02-10"),
        ("3天前", "3天前"),
        ("发布于 2小时前", "发布于 2小时前"),
    ],
)
def test_the_date_is_kept_as_printed_without_the_place(printed: str, said: str) -> None:
    note, *_ = reviews(*HEAD, *BODY, At(printed, 48, 1114, 40), *THREAD, *FOOT)
    assert note.at is not None
    assert note.at.said == said


def test_what_stands_in_the_picture_over_a_note_is_no_text_of_it() -> None:
    picture = (At("新品上市", 400, 300, 80), At("1/4", 980, 560, 36))
    note, *_ = reviews(*HEAD, *picture, *BODY, At("03-11 上海", 48, 1114, 40), *THREAD, *FOOT)
    assert note.text.startswith("避雷这家店")


def test_the_bar_at_the_end_and_the_button_beside_the_name_are_no_text() -> None:
    page = page_of(*HEAD, *BODY, At("03-11 上海", 48, 1114, 40), *THREAD, *FOOT)
    found = found_by(LAYOUT, page)
    told = {page.lines[at].text: role for at, role in found.roles.items()}
    assert {told["122"], told["199"], told["说点什么..."]} == {"button"}
    assert next(line.role for line in page.lines if line.text == "关注") == "button"
    assert all(told[line.text] == "text" for line in BODY)


def test_a_note_whose_date_is_further_down_has_none() -> None:
    lines = tuple(At("内容" * 9, 48, 678 + at * 72, 50) for at in range(20))
    (note,) = reviews(*HEAD, *lines, At("共 71 条评论", 48, 2150, 40), *FOOT)
    assert note.at is None
    assert note.text.startswith("内容")


def test_a_page_with_only_the_thread_of_a_note_gives_only_comments() -> None:
    (comment,) = reviews(*HEAD, *THREAD, *FOOT)
    assert comment.author == "Luna_09"


def test_an_english_note_is_read_alike() -> None:
    head = (At("9:41", 72, 46), At("LTE", 880, 46), At("priya", 264, 159, 50), At("Follow", 860, 161, 44))
    body = (
        At("Do not buy here", 48, 678, 57),
        At("The mug arrived cracked and", 48, 781, 50),
        At("nobody answers.", 48, 853, 50),
    )
    note, *_ = reviews(
        *head,
        *body,
        At("Edited on Mar 12", 48, 960, 40),
        At("12 comments", 48, 1100, 40),
        At("Add a comment...", 90, 2290),
    )
    assert (note.author, note.text) == ("priya", "Do not buy here\nThe mug arrived cracked and nobody answers.")
    assert note.at is not None
    assert note.at.start == "2026-03-12T00:00:00+08:00"


@pytest.mark.parametrize(
    "name",
    [
        "00-wechat",
        "03-wechat-group",
        "06-qq",
        "07-whatsapp",
        "24-shop-review",
        "30-order-xhs",
        "36-track",
        "39-receipt",
    ],
)
def test_other_screens_are_no_notes(name: str) -> None:
    page, _ = truth_of(name)
    assert LAYOUT.sniff(page) is None


@pytest.mark.parametrize("name", ["20-xhs-note", "21-xhs-note", "22-xhs-note-long"])
def test_labelled_notes_are_read_as_they_are(name: str) -> None:
    page, truth = truth_of(name)
    found = [record for record in found_by(LAYOUT, page).records if isinstance(record, Review)]
    true = [record for record in truth["records"] if not record.get("may")]
    assert [review.author for review in found][: len(true)] == [record["author"] for record in true]
    tags = "".join(true[0].get("optional", []))
    assert found[0].text.replace("\n", "").replace(tags, "") == true[0]["text"].replace("\n", "")
