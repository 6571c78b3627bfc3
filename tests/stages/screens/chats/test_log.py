"""Chats without bubbles: a sender and a time on one row, the words below; lists that look alike are none."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.locate import Locator
from pipeline.model import Line, Person
from pipeline.wording import WORDINGS
from stages.screens.chats import log
from stages.screens.page import Box, Context, Found, Page
from tests.stages.screens.chats.drawn import CHINA, kinds, messages, pictured, plain
from tests.stages.screens.pages import wide

TALK = [
    ("阿狸不吃鱼", "2026-05-18 07:54", "你们是不是跑路了"),
    ("木木家居", "2026-05-18 09:02", "在的，您说"),
    ("阿狸不吃鱼", "2026-05-18 09:04", "好哒"),
    ("木木家居", "2026-05-18 13:27", "已经为您登记"),
]


def row(text: str, left: float, top: float, high: float = 40.0) -> Line:
    """A line without a look, as the text layer of a page gives it."""
    box: Box = (left, top, left + wide(text, high), top + high)
    return Line(where=Locator(box=box), text=text, box=box, confidence=1.0)


def listed(talk: list[tuple[str, str, str]], *, together: bool = False, indent: float = 0.0, title: str = "") -> Page:
    """A list of messages: the time at the right of the name's row, or in one line with the name."""
    lines, top = [row(title, 300.0, 20.0)] if title else [], 100.0
    for name, time, words in talk:
        lines += [row(f"{name} {time}", 100.0, top)] if together else [row(name, 100.0, top), row(time, 700.0, top)]
        for text in words.split("\n"):
            top += 55.0
            lines.append(row(text, 100.0 + indent, top))
        top += 110.0
    return Page(box=(0.0, 0.0, 1080.0, top), lines=tuple(line for line in lines if line.text))


def read(page: Page, context: Context = CHINA) -> Found:
    assert log.LAYOUT.sniff(page) is not None
    return log.LAYOUT.read(page, context)


def told(found: Found) -> list[tuple[str | None, str | None, str]]:
    return [(message.sender, message.at and message.at.said, message.text) for message in messages(found)]


@pytest.mark.parametrize("together", [False, True], ids=["two lines", "one line"])
@pytest.mark.parametrize("indent", [0.0, 40.0])
def test_each_message_has_its_sender_its_time_and_its_words(together: bool, indent: float) -> None:
    found = read(listed(TALK, together=together, indent=indent))
    assert told(found) == TALK
    assert {message.side for message in messages(found)} == {"unknown"}
    assert not found.notes


@pytest.mark.parametrize("name", ["62-left-only"])
def test_a_labelled_list_gives_its_messages(name: str) -> None:
    page, truth = pictured(name)
    found = [(message.sender, plain(message.text)) for message in messages(read(page))]
    assert found == [(record["sender"], plain(record["text"])) for record in truth]


def test_a_side_is_what_the_case_says_of_the_sender() -> None:
    shop = Person(name="木木家居", side="applicant")
    found = read(listed(TALK), Context(zone=CHINA.zone, people=(shop,)))
    assert [message.side for message in messages(found)] == ["unknown", "self", "unknown", "self"]


def test_words_over_several_rows_are_one_message_and_cite_every_row() -> None:
    found = read(listed([TALK[0], ("木木家居", "2026-05-18 09:02", "在的，您\n说"), *TALK[2:]]))
    message = messages(found)[1]
    assert message.text == "在的，您说"
    assert [spot.text for spot in message.spots if spot.field == "text"] == ["在的，您", "说"]
    assert [spot.text for spot in message.spots if spot.field == "sender"] == ["木木家居"]


def test_a_recall_is_told() -> None:
    found = read(listed([*TALK, ("木木家居", "2026-05-18 13:30", "撤回了一条消息")]))
    assert (messages(found)[-1].type, messages(found)[-1].recalled) == ("recall", True)


def test_a_day_between_the_messages_dates_the_clocks_below_it() -> None:
    page = listed([(name, time[-5:], words) for name, time, words in TALK])
    day = row("—— 2026年5月18日 ——", 380.0, 30.0)
    found = read(Page(box=page.box, lines=(day, *page.lines)))
    first = messages(found)[0].at
    assert first is not None
    assert first.start == "2026-05-18T07:54:00+08:00"
    assert not found.notes


def test_clocks_without_a_day_have_none() -> None:
    found = read(listed([(name, time[-5:], words) for name, time, words in TALK]))
    assert all(message.at is not None and message.at.start is None for message in messages(found))


def test_the_field_to_type_in_is_no_message_and_the_title_is_counted() -> None:
    page = listed(TALK, title="# 售后")
    field = row("发送给 # 售后", 130.0, page.box[3] + 60)
    found = read(Page(box=page.box, lines=(*page.lines, field)))
    assert found.roles == {len(page.lines): "button"}
    assert len(messages(found)) == len(TALK)
    assert kinds(found.notes) == ["screen-chat-aside"]


def test_a_title_that_says_it_is_a_record_needs_fewer_messages() -> None:
    two = [TALK[0], TALK[1]]
    assert log.LAYOUT.sniff(listed(two)) is None
    assert told(read(listed(two, title="阿狸不吃鱼和木木家居的聊天记录"))) == two


DATES = ["2026-05-18", "2026-05-17", "2026-05-16"]
OTHERS = {
    "conversations, newest first": [(name, time, words) for name, time, words in reversed(TALK)],
    "everyone once": [(f"客户{at}", time, words) for at, (_, time, words) in enumerate(TALK)],
    "reviews, by day alone": [("匿名用户", date, "质量很差") for date in reversed(DATES)],
    "times without names": [("", time, words) for _, time, words in TALK],
    "two only": TALK[:2],
    "heads without words": [(name, time, "") for name, time, _ in TALK],
    "all at one time": [(name, TALK[0][1], words) for name, _, words in TALK],
}


@pytest.mark.parametrize("talk", OTHERS.values(), ids=list(OTHERS))
def test_lists_that_are_no_chat(talk: list[tuple[str, str, str]]) -> None:
    assert log.LAYOUT.sniff(listed(talk)) is None


@pytest.mark.parametrize(
    "name", ["00-wechat", "07-whatsapp", "24-shop-review", "23-xhs-comments", "36-track", "26-review-desk"]
)
def test_other_pages_are_no_log(name: str) -> None:
    assert log.LAYOUT.sniff(pictured(name)[0]) is None


def test_a_page_without_lines_is_no_log() -> None:
    assert log.LAYOUT.sniff(Page(box=(0, 0, 10, 10), lines=())) is None
    assert not log.LAYOUT.read(Page(box=(0, 0, 10, 10), lines=()), CHINA).records


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from([*TALK, ("木木", "12:30", "好"), ("木木", "昨天 08:00", "已读")]), max_size=6))
def test_every_line_of_a_log_is_cited_or_counted(talk: list[tuple[str, str, str]]) -> None:
    page = listed(talk, title="聊天记录")
    found = log.LAYOUT.read(page, CHINA)
    if not found.records:
        return
    cited = {spot.where.box for message in messages(found) for spot in message.spots}
    counted = sum(int(note.values["count"]) for note in found.notes)
    assert len(page.lines) - len({line.box for line in page.lines} & cited) <= counted + 2 * len(talk)
    assert all(message.text for message in messages(found))


def test_it_is_worded_in_both_languages() -> None:
    assert all(WORDINGS["reads-screen-chat-log"][1:])
