"""Bubbles by geometry: which lines share one, on which side, what belongs to it, whatever the size and the place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.screens.chats import talk
from stages.screens.chats.bubbles import chat_of
from stages.screens.chats.signs import signs_of
from stages.screens.chats.words import is_mark, time_of
from tests.stages.screens.chats.drawn import CHINA, Chat, messages, pictured, plain, read, said

CHATS = (
    "00-wechat",
    "01-wechat",
    "02-wechat-night",
    "03-wechat-group",
    "04-wechat-long",
    "05-wechat-desktop",
    "07-whatsapp",
    "08-xhs-service",
    "09-imessage",
    "10-qianniu",
    "12-wechat-half",
)
OTHERS = (
    "20-xhs-note",
    "24-shop-review",
    "26-review-desk",
    "30-order-xhs",
    "34-order-shopify",
    "36-track",
    "39-receipt",
)
LONG = "您的包裹在中转站滞留了两天我们已经联系"


def chatter(**looks: float | str) -> Chat:
    """Two people, a time, words over several rows."""
    chat = Chat(**looks)  # type: ignore[arg-type]
    chat.title("橘子汽水").middle("2026年3月12日 21:20")
    chat.say("left", "在吗").say("right", "在的，请问有什么", "可以帮您")
    return chat.say("left", "都三天了还没有", "物流").middle("2026年3月13日 08:05").say("right", "已为您登记")


TRUE = [
    ("other", "在吗"),
    ("self", "在的，请问有什么可以帮您"),
    ("other", "都三天了还没有物流"),
    ("self", "已为您登记"),
]


@pytest.mark.parametrize("name", CHATS)
def test_a_labelled_chat_gives_its_messages_in_order_each_on_its_side(name: str) -> None:
    page, truth = pictured(name)
    found = [(side, plain(text)) for side, text in said(read(page))]
    wanted = [(record["side"], plain(record["text"])) for record in truth]
    assert [message for message in found if message in wanted] == wanted


@pytest.mark.parametrize("name", OTHERS)
def test_a_page_that_is_no_chat_is_not_taken_for_one(name: str) -> None:
    page, _ = pictured(name)
    assert all(record.__class__.__name__ != "Message" for record in read(page).records)


def test_lines_of_one_panel_are_one_bubble_and_sides_are_told_by_their_edges() -> None:
    chat = chat_of(chatter().page())
    assert [(bubble.side, len(bubble.lines)) for bubble in chat.bubbles] == [
        ("left", 1),
        ("right", 2),
        ("left", 2),
        ("right", 1),
    ]
    assert not chat.others


@pytest.mark.parametrize(
    "looks",
    [
        {"left": "#2c2c2c", "right": "#3eb575", "ink": "#e4e4e6", "paper": "#111111"},
        {"left": "#e9e9eb", "right": "#0a7cff"},
        {"left": "#ffffff", "right": "#ffffff"},
        {"size": 27.0, "width": 1400.0},
        {"size": 80.0},
        {"edge": 40.0},
    ],
    ids=["dark", "blue", "one colour", "tablet", "large words", "no avatars"],
)
def test_colours_sizes_and_margins_make_no_difference(looks: dict[str, float | str]) -> None:
    assert said(read(chatter(**looks))) == TRUE


@settings(max_examples=25, deadline=None)
@given(st.floats(0.3, 4.0), st.floats(0.0, 900.0), st.floats(0.0, 900.0))
def test_moving_and_scaling_a_page_changes_nothing(scale: float, right: float, down: float) -> None:
    moved = read(chatter().page(scale=scale, right=right, down=down))
    assert said(moved) == TRUE
    assert [message.at for message in messages(moved)] == [message.at for message in messages(read(chatter()))]


def test_a_bubble_as_wide_as_both_edges_allow_is_of_the_side_of_its_ground() -> None:
    chat = chatter()
    room = int((chat.width - 2 * chat.edge - 1.1 * chat.size) / (0.95 * chat.size))
    chat.say("right", (LONG * 3)[:room], (LONG * 3)[:room]).say("left", (LONG * 3)[:room])
    assert [side for side, _ in said(read(chat))][-2:] == ["self", "other"]


def test_a_chat_of_one_side_only() -> None:
    chat = Chat().title("橘子汽水").middle("2026年3月12日 21:20").say("left", "在吗").say("left", "怎么还没发货，快点")
    assert said(read(chat)) == [("other", "在吗"), ("other", "怎么还没发货，快点")]


def test_frames_side_by_side_are_buttons_and_no_bubbles() -> None:
    chat = chatter()
    top = chat.top
    for left in (150.0, 420.0, 690.0):
        other = Chat(edge=left, top=top).say("left", "发送订单")
        chat.lines += other.lines
    chat.top = top + 200
    assert said(read(chat)) == TRUE


def test_cards_of_one_width_are_no_chat() -> None:
    chat = Chat(edge=30.0).title("商品评价")
    room = int((chat.width - 2 * chat.edge - 1.1 * chat.size) / (0.95 * chat.size))
    for _ in range(4):
        chat.say("left", "好评", (LONG * 3)[:room], small="已购 白色")
    assert signs_of(chat.page()).likeness == 0


def test_a_window_leaves_out_the_list_beside_the_chat() -> None:
    page, _ = pictured("05-wechat-desktop")
    chat = chat_of(page)
    assert chat.area[0] > 0.2 * page.width
    held = {at for bubble in chat.bubbles for at in (*bubble.lines, *bubble.beside, *bubble.above, *bubble.below)}
    assert all(chat.boxes[at][0] > chat.area[0] for at in held)


WORD = st.sampled_from(
    ["在吗", "好的", "请您提供订单编号", "why so slow", "12:30", "已读", "撤回了一条消息", "¥88.50", "+"]
)
STEP = st.tuples(st.sampled_from(["left", "right", "middle", "small"]), WORD)


@settings(max_examples=60, deadline=None)
@given(st.lists(STEP, min_size=1, max_size=9))
def test_every_line_is_in_a_message_or_a_time_or_a_role_or_counted(steps: list[tuple[str, str]]) -> None:
    chat = Chat().title("橘子汽水").middle("2026年3月12日 21:20")
    for kind, text in steps:
        if kind == "middle":
            chat.middle(text)
        elif kind == "small":
            chat.small(text)
        else:
            chat.say(kind, text)
    page = chat.page()
    found = talk.read(page, CHINA)
    cited = {spot.where.box for message in messages(found) for spot in message.spots}
    counted = sum(int(note.values["count"]) for note in found.notes if note.code == "screen-chat-aside")
    times = {line.box for line in page.lines if time_of(line.text) is not None or is_mark(line.text)}
    title = {line.box for line in page.lines if line.text == "橘子汽水"}
    lost = [
        line for at, line in enumerate(page.lines) if line.box not in cited | times | title and at not in found.roles
    ]
    assert len(lost) <= counted
    assert found == talk.read(page, CHINA)


def test_cards_that_lean_to_no_side_are_nobody_s_for_sure() -> None:
    chat = Chat(edge=60.0).title("服务通知")
    room = int((chat.width - 2 * chat.edge - 1.1 * chat.size) / (0.95 * chat.size))
    for day in ("2026年3月12日 21:20", "2026年3月13日 08:05"):
        chat.middle(day).say("left", (LONG * 3)[:room], "快递单号已更新")
    assert {side for side, _ in said(read(chat))} == {"unknown"}
