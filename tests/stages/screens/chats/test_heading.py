"""The title bar: with whom a chat is, and what at the top is no title."""

from __future__ import annotations

import pytest

from pipeline.locate import Locator
from pipeline.model import Look
from stages.screens.chats.bubbles import chat_of
from stages.screens.chats.heading import Heading, heading_of
from stages.screens.page import Page
from tests.stages.screens.chats.drawn import Chat, messages, read


def heading(chat: Chat) -> Heading:
    page = chat.page()
    return heading_of(page, chat_of(page))


def talk(chat: Chat) -> Chat:
    return chat.middle("2026年3月12日 21:20").say("left", "在吗").say("right", "在的，您说").say("left", "怎么还没到")


def test_the_title_is_the_other_one() -> None:
    found = heading(talk(Chat().title("橘子汽水")))
    assert (found.name, found.is_group) == ("橘子汽水", False)


@pytest.mark.parametrize("title", ["仓库群(18)", "仓库群 （200）"])
def test_a_number_behind_the_title_is_that_of_a_group(title: str) -> None:
    found = heading(talk(Chat().title(title)))
    assert (found.name, found.is_group) == ("仓库群", True)


@pytest.mark.parametrize("title", ["对方正在输入…", "typing..."])
def test_typing_is_no_name_but_the_title(title: str) -> None:
    found = heading(talk(Chat().title(title)))
    assert found.name is None
    assert found.line is not None


@pytest.mark.parametrize("title", ["返回", "微信(3)", "...", "<"])
def test_buttons_are_no_name(title: str) -> None:
    assert heading(talk(Chat().title(title))).name is None


def test_arrows_are_no_part_of_the_name() -> None:
    assert heading(talk(Chat().title("< 橘子汽水"))).name == "橘子汽水"
    assert heading(talk(Chat().title("152 8823 3497 ›"))).name == "152 8823 3497"


def test_the_only_line_of_the_bar_is_the_name_however_small() -> None:
    chat = Chat().middle("152 8823 3497 ›", high=26.0)
    assert heading(talk(chat)).name == "152 8823 3497"


def test_two_small_lines_are_no_name() -> None:
    chat = Chat().middle("今日营业", high=26.0).middle("欢迎光临", high=26.0)
    assert heading(talk(chat)).name is None


def test_the_small_line_under_the_name_is_of_the_bar() -> None:
    chat = Chat().title("橘子汽水")
    chat.top -= 0.9 * chat.size
    chat.middle("来自商品页", high=28.0)
    found = messages(read(talk(chat)))
    assert "来自商品页" not in [message.text for message in found]
    assert {message.sender for message in found if message.side == "other"} == {"橘子汽水"}


def test_the_title_repeated_in_a_stitched_picture_is_no_message() -> None:
    chat = talk(Chat().title("橘子汽水"))
    chat.title("橘子汽水")
    chat.say("right", "已经为您登记")
    assert "橘子汽水" not in [message.text for message in messages(read(chat))]


def test_a_line_of_another_column_is_no_title() -> None:
    """A panel of details right of the chat has a heading of its own."""
    page = talk(Chat(width=1080.0)).page(right=360.0)
    box = (1500.0, 30.0, 1650.0, 80.0)
    look = Look(ground="#ededed", ink="#111111", panel=(0.0, 0.0, 1800.0, 1000.0))
    line = page.lines[0].__class__(where=Locator(box=box), text="用户信息", box=box, confidence=1.0, look=look)
    wide = Page(box=(0.0, 0.0, 1800.0, page.box[3]), lines=(line, *page.lines))
    assert heading_of(wide, chat_of(wide)).name != "用户信息"


def test_a_page_without_a_top_has_no_name() -> None:
    assert heading(Chat().say("left", "在吗").say("right", "在的")) == Heading(None, None, False, frozenset())


def test_a_title_right_above_the_first_bubble_is_no_name_of_it_alone() -> None:
    chat = Chat()
    chat.small("橘子汽水")
    line = chat.lines[-1]
    assert line.look is not None
    taller = (line.box[0], line.box[1] - 0.3 * chat.size, line.box[2], line.box[3])
    chat.lines[-1] = line.__class__(
        where=Locator(box=taller),
        text=line.text,
        box=taller,
        confidence=1.0,
        look=Look(ground=chat.paper, ink=chat.ink, panel=line.look.panel),
    )
    chat.say("left", "在吗").say("right", "在的，您说").say("left", "怎么还没到").middle("2026年3月13日 08:05")
    found = [message for message in messages(read(chat)) if message.side == "other"]
    assert [message.sender for message in found] == ["橘子汽水"] * 2
