"""Frames around lines: what is one bubble, what is a card, what is none."""

from __future__ import annotations

import msgspec
import pytest

from stages.screens.chats.bubbles import chat_of
from stages.screens.chats.columns import Frame, contrast, frames_of, straight
from stages.screens.page import Page
from tests.stages.screens.chats.drawn import Chat, read, said


def frames(page: Page) -> list[Frame]:
    boxes, area = straight(page)
    return frames_of(page, boxes, area)


def talk() -> Chat:
    return Chat().title("橘子汽水").middle("2026年3月12日 21:20").say("left", "在吗").say("right", "在的", "您说")


def test_lines_of_one_panel_are_one_frame() -> None:
    assert [len(frame.lines) for frame in frames(talk().page())] == [1, 2]


def test_what_stands_on_the_bare_page_is_in_no_frame() -> None:
    assert frames(Chat().title("橘子汽水").middle("2026年3月12日 21:20").page()) == []


def test_a_line_as_large_as_its_bubble_is_framed_where_others_have_its_ground() -> None:
    """An engine's box may be as large as the bubble, so that nothing of this is left around it."""
    chat = talk().say("right", "好的亲")
    line = chat.lines[-1]
    assert line.look is not None
    chat.lines[-1] = msgspec.structs.replace(line, box=line.look.panel)
    assert said(read(chat))[-1] == ("self", "好的亲")


def test_an_icon_in_the_bar_is_no_frame() -> None:
    chat = talk()
    icon = Chat(size=12.0, top=70.0, edge=40.0).say("right", "000")
    page = chat.page()
    assert len(frames(Page(box=page.box, lines=(*icon.lines, *page.lines)))) == 2


@pytest.mark.parametrize(("small", "card"), [("微信红包", True), ("", False)])
def test_a_small_last_line_makes_a_card(small: str, card: bool) -> None:
    chat = talk().say("left", "恭喜发财", "大吉大利", small=small)
    assert frames(chat.page())[-1].is_card is card


def test_a_clock_at_the_foot_makes_no_card() -> None:
    chat = Chat(edge=30.0).say("left", "That's not me", "who signed", clock="4:47 AM")
    assert not any(frame.is_card for frame in frames(chat.page()))


def test_the_lines_that_stand_in_a_card_are_of_its_bubble() -> None:
    chat = talk()
    room = int((chat.width - 2 * chat.edge - 1.1 * chat.size) / (0.95 * chat.size))
    chat.say("left", "我" * room, "合计 ¥459.00", "订单编号：697350216253")
    page = chat.page()
    bubble = chat_of(page).bubbles[-1]
    assert [page.lines[at].text for at in bubble.lines][1:] == ["合计 ¥459.00", "订单编号：697350216253"]


def test_contrast_is_that_of_the_channel_that_differs_most() -> None:
    assert contrast("#000000", "#00ff10") == 255
    assert contrast("#123456", "#123456") == 0
