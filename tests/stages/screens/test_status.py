from __future__ import annotations

from dataclasses import replace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from stages.screens.page import Page
from stages.screens.phone_signs import read_signs
from stages.screens.status import bar_of, roles_of
from tests.stages.screens.pages import HEIGHT, WIDTH, At, page_of, truth_of, with_roles

CLOCK = At("21:28", 72, 46)
TITLE = At("商品评价", 440, 150, 57)


def marked(page: Page, role: str) -> list[str]:
    return [line.text for at, line in enumerate(page.lines) if roles_of(page).get(at) == role]


@pytest.mark.parametrize(
    "signs",
    [
        ["21:28", "5G", "53"],
        ["21:28", "5G", "73%"],
        ["9:41"],
        ["上午9:41", "4G"],
        ["中国移动", "14:03", "80%"],
        ["21:45", "75.6K/s", "4G", "52"],
        ["21:45", "0.32KB/s", "Wi-Fi", "5G", "[90]"],
        ["21:45", "ill5G", "99"],
        ["中国联通", "5G", "100%"],
        ["21:28 5G 53"],
        ["10:30", "l", "5G"],
        ["9:41 AM", "LTE", "88%"],
        ["18:54", "VPN 509KB/s HD 5G 11%"],
        ["18:54", "VPN", "61 1KB/s", "HD", "5G", "92%"],
        ["1 6:1 1", "ull 5G", "all"],
        ["21:45", "GD", "5GA"],
        ["09:30 ◎ …", "·ll 令 73"],
        ["中国移动 令", "14:03", "73"],
        ["CMCC 4G", "07:59", "36%日"],
        ["China Unicom 4G10:36 PM", "35%日"],
        ["21:285G53"],
    ],
)
def test_a_first_row_of_nothing_but_signs_is_the_status_bar(signs: list[str]) -> None:
    page = page_of(*(At(sign, 60 + at * 260, 46) for at, sign in enumerate(signs)), TITLE)
    assert marked(page, "status") == signs


@pytest.mark.parametrize(
    "first",
    [
        [At("14:03", 480, 46)],
        [At("星期二 14:03", 440, 46)],
        [At("1:16 PM", 60, 46)],
        [At("53", 60, 46)],
        [At("商品评价", 440, 46)],
        [At("21:28", 72, 46), At("订单详情", 440, 46)],
        [At("21:28", 72, 46), At("21:30", 700, 46)],
        [At("5分钟前", 72, 46), At("98", 700, 46)],
        [At("21:28", 72, 700), At("5G", 800, 700)],
        [At("14:03 已发货", 72, 46)],
        [At("14:03", 72, 46), At("已发货", 900, 46)],
        [At("14:03", 72, 46), At("已发货", 260, 46)],
        [At("Mia", 72, 46), At("14:03", 900, 46)],
        [At("小李", 72, 46), At("14:03", 900, 46)],
        [At("03-12 21:28", 72, 46)],
        [At("周五 21:28", 72, 46)],
        [At("5G手机壳", 72, 46), At("98", 900, 46)],
        [At("98%", 72, 46), At("97%", 500, 46)],
        [At("月球移动", 72, 46), At("14:03", 480, 46), At("80", 900, 46)],
    ],
)
def test_what_could_be_the_page_s_own_is_no_status_bar(first: list[At]) -> None:
    assert bar_of(page_of(*first, At("昨天下单今天就到了", 48, 900))) is None


def test_a_page_without_lines_has_none() -> None:
    assert bar_of(Page(box=(0, 0, WIDTH, HEIGHT), lines=())) is None


def test_the_clock_is_found_in_a_bar_that_was_read_as_one_line() -> None:
    bar = bar_of(page_of(At("21:28 5G 53", 72, 46), TITLE))
    assert bar is not None
    assert bar.clock == (0, (0, 5))


def test_a_bar_of_a_tilted_photograph_is_still_one_row() -> None:
    page = page_of(At("21:28", 72, 70), At("5G", 800, 46), At("53", 900, 42), TITLE)
    assert set(marked(page, "status")) == {"21:28", "5G", "53"}


def test_icons_read_as_words_are_of_the_bar_only_where_they_are_read_in_doubt() -> None:
    page = page_of(At("09:1 7", 51, 46), At("三刃凹", 940, 46), TITLE)
    doubted = [msgspec.structs.replace(line, confidence=0.8) if line.text == "三刃凹" else line for line in page.lines]
    assert marked(with_roles(replace(page, lines=tuple(doubted))), "status") == ["09:1 7", "三刃凹"]
    assert bar_of(page) is None


def test_a_clock_with_am_alone_is_one_over_the_arrow_that_leads_back() -> None:
    clock = At("6:09 AM", 72, 46)
    assert marked(page_of(clock, At("く", 40, 150), TITLE), "status") == ["6:09 AM"]
    assert bar_of(page_of(clock, TITLE)) is None


def test_a_carrier_that_nobody_listed_stands_left_of_a_clock_in_the_middle_with_the_charge_at_the_right() -> None:
    bar = [At("月球移动", 60, 46), At("14:03", 480, 46), At("80%", 930, 46)]
    assert marked(page_of(*bar, TITLE), "status") == ["月球移动", "14:03", "80%"]
    assert bar_of(page_of(bar[0], bar[1]._replace(left=820), TITLE)) is None


def test_signs_of_a_photograph_that_hang_lower_than_the_clock_are_of_its_bar() -> None:
    page = page_of(At("15:55", 72, 46), At("5GA", 850, 100), At("沐沐", 440, 170))
    assert marked(page, "status") == ["15:55", "5GA"]


@pytest.mark.parametrize(
    ("text", "clock", "networks", "gauges"),
    [
        ("VPN509KB/sHD5G11%", None, 3, 2),
        ("China Unicom 4G10:36 PM", "10:36 PM", 2, 0),
        ("1 6:1 1", "1 6:1 1", 0, 0),
        ("21:285G53", "21:28", 1, 1),
        ("0.3K/s ⏰ HD 4G", None, 2, 1),
        ("4GHD", None, 2, 0),
        ("三刃回", None, 0, 0),
        ("[90]", None, 0, 1),
    ],
)
def test_signs_are_told_however_they_run_together(text: str, clock: str | None, networks: int, gauges: int) -> None:
    signs = read_signs(text)
    assert not signs.strange
    assert (signs.networks, signs.gauges) == (networks, gauges)
    assert (text[signs.clock.start : signs.clock.end] if signs.clock else None) == clock


@pytest.mark.parametrize(
    "text",
    [
        "14:03 已发货",
        "03-12 21:28",
        "21:28 21:30",
        "2026-03-12 21:28:30",
        "5G手机壳",
        "¥98",
        "共3件",
        "6GB内存",
        "Done",
    ],
)
def test_words_and_dates_are_strange_in_a_bar(text: str) -> None:
    assert read_signs(text).strange


@given(st.text(max_size=20))
def test_whatever_a_line_says_its_signs_are_told(text: str) -> None:
    signs = read_signs(text)
    assert signs.clock is None or ":" in text[signs.clock.start : signs.clock.end].translate({0xFF1A: ":", 0x2236: ":"})


@pytest.mark.parametrize(
    ("lines", "buttons"),
    [
        ([At("昨天 13:36 广东", 174, 900), At("回复", 460, 900)], ["回复"]),
        ([At("momo酱", 264, 150), At("关注", 900, 150)], ["关注"]),
        ([At("申请售后", 400, 2200), At("评价", 680, 2200)], ["申请售后", "评价"]),
        ([At("首页", 60, 2300), At("购物", 300, 2300), At("我", 800, 2300)], ["首页", "购物", "我"]),
        ([At("说点什么...", 90, 2280)], ["说点什么..."]),
        ([At("有话要说，快来评论", 90, 2280)], ["有话要说，快来评论"]),
        ([At("按住 说话", 400, 2300)], ["按住 说话"]),
        ([At("Type a message", 90, 2280)], ["Type a message"]),
        ([At("3d ago", 174, 900), At("Like", 460, 900), At("Reply", 600, 900)], ["Like", "Reply"]),
        ([At("确认收货", 440, 1900, panel=(60, 1870, 1020, 1980))], ["确认收货"]),
        ([At("‹", 40, 150), At("商品评价", 440, 150)], ["‹"]),
    ],
)  # fmt: skip
def test_buttons_stand_in_rows_behind_texts_across_the_screen_or_in_the_last_bar(
    lines: list[At], buttons: list[str]
) -> None:
    assert marked(page_of(CLOCK, At("正文在这里", 48, 600), *lines), "button") == buttons


@pytest.mark.parametrize(
    "line",
    [
        At("回复", 200, 900, panel=(170, 870, 330, 980)),
        At("赞", 800, 900, panel=(770, 870, 900, 980)),
        At("确认", 200, 2250, panel=(170, 2220, 330, 2330)),
        At("？", 200, 900),
        At("客服回复特别慢", 48, 900),
        At("回复我们的消息哦。", 108, 2300),
        At("物流详情", 440, 150, 57, panel=(0, 110, WIDTH, 230)),
    ],
)
def test_a_word_alone_is_what_somebody_wrote(line: At) -> None:
    assert marked(page_of(CLOCK, At("商品收到了", 48, 600), line), "button") == []


def test_a_letter_on_a_face_makes_no_button_of_the_bubble_beside_it() -> None:
    page = page_of(CLOCK, At("作", 60, 900), At("赞", 200, 900, panel=(170, 870, 330, 980)))
    assert marked(page, "button") == []


@pytest.mark.parametrize("name", ["20-xhs-note", "23-xhs-comments", "36-track", "03-wechat-group", "00-wechat"])
def test_no_text_of_a_labelled_page_is_taken_for_a_mark_and_every_status_bar_is_found(name: str) -> None:
    page, truth = truth_of(name)
    true = {(line["text"], round(line["bbox"][1])): line.get("role", "text") for line in truth["lines"]}
    for at, line in enumerate(page.lines):
        told = roles_of(page).get(at, "text")
        role = true[line.text, round(line.box[1])]
        assert told == role or (role == "button" and told == "text"), line.text


@given(st.text(alphabet="0123456789:GgWiFi%KB/s. 中国移动", max_size=12))
def test_whatever_the_first_row_says_a_status_bar_holds_only_the_first_row(text: str) -> None:
    page = page_of(At(text, 72, 46), At("5G", 800, 46), TITLE, At("21:28", 72, 900))
    bar = bar_of(page)
    assert bar is None or all(page.lines[at].box[1] < 100 for at in bar.lines)
