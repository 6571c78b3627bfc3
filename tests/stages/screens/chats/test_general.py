"""Chats of no app in particular: customer service with names and times above the bubbles, marks beside them, SMS."""

from __future__ import annotations

import pytest

from pipeline.wording import WORDINGS
from stages.screens.chats import general as chat
from stages.screens.chats import qq, wechat, whatsapp
from stages.screens.chats.general import LAYOUT
from stages.screens.chats.words import clock_at_end, is_clock, is_field, is_mark, is_recall, joined, time_of
from tests.stages.screens.chats.drawn import Chat, messages, pictured, plain, read, said


def service() -> Chat:
    """Customer service: name and time above each bubble."""
    held = Chat(right="#cfe8ff").title("买家会话")
    held.small("小鹿乱撞 2026-03-11 10:21:07").say("left", "还有货吗")
    held.small("初晴:小美 2026-03-11 10:21:40", "right").say("right", "有的哦")
    return held.small("小鹿乱撞 2026-03-13 19:02:11").say("left", "袖口开线，", "我要退货")


def test_name_and_time_above_a_bubble_are_its_sender_and_its_time() -> None:
    first, second, third = messages(read(service(), LAYOUT))
    assert (first.sender, first.side, second.sender, second.side) == ("小鹿乱撞", "other", "初晴:小美", "self")
    assert third.at is not None
    assert (third.at.start, third.at.grain, third.text) == ("2026-03-13T19:02:11+08:00", "second", "袖口开线，我要退货")


def test_a_mark_beside_a_bubble_is_no_message() -> None:
    held = (
        Chat(right="#ffe0e4")
        .title("栗子妈妈")
        .middle("2026年3月12日 21:51")
        .say("left", "差太多了吧")
        .say("right", "已登记")
    )
    held.small("已读", "right", below=True).say("left", "行吧").say("right", "收到").small("未读", "right", below=True)
    assert [text for _, text in said(read(held, LAYOUT))] == ["差太多了吧", "已登记", "行吧", "收到"]


def test_messages_with_a_receipt_and_a_title_that_is_a_number() -> None:
    held = Chat(edge=40, left="#e9e9eb", right="#34c759").title("+86 138 0013 8000").middle("TODAY AT 9:02 AM")
    held.say("left", "Your parcel has arrived").say("right", "Thanks").small("Delivered", "right", below=True)
    first, second = messages(read(held, LAYOUT))
    assert (first.sender, first.at and first.at.said) == ("+86 138 0013 8000", "TODAY AT 9:02 AM")
    assert second.text == "Thanks"


@pytest.mark.parametrize("name", ["08-xhs-service", "09-imessage", "10-qianniu"])
def test_labelled_pictures(name: str) -> None:
    page, truth = pictured(name)
    found = [(side, plain(text)) for side, text in said(read(page, LAYOUT))]
    assert found == [(record["side"], plain(record["text"])) for record in truth]


def test_a_page_of_paragraphs_is_no_chat() -> None:
    held = Chat().title("物流详情")
    for text in ("您的包裹已发出", "已到达杭州", "派送中", "已签收"):
        held.middle(text)
    assert LAYOUT.sniff(held.page()) is None


def test_an_empty_page_is_no_chat() -> None:
    assert LAYOUT.sniff(Chat().page()) is None


@pytest.mark.parametrize(
    ("text", "clock"),
    [("ok 5:50 PM √", "5:50 PM"), ("好 14:06", "14:06"), ("Edited 10:05 ✓✓", "10:05"), ("下午3:21", "下午3:21")],
)
def test_the_time_of_day_at_the_end(text: str, clock: str) -> None:
    span = clock_at_end(text)
    assert span is not None
    assert text[span.start : span.end] == clock


@pytest.mark.parametrize("text", ["2026-03-12 14:06", "尺码 12:30:1", "价格 88", "昨天", ""])
def test_no_time_of_day_at_the_end(text: str) -> None:
    assert clock_at_end(text) is None


def test_marks_fields_and_recalls_are_told_from_words() -> None:
    assert all(map(is_mark, ("已读", "未读", "已讀", "Delivered", "✓✓", "已编辑", "Seen")))
    assert not any(map(is_mark, ("好的", "已读不回", "I have read it", "对")))
    assert all(map(is_field, ("Message", "按住 说话", "发消息...", "Type a message", "说点什么...", "请输入消息")))
    assert not any(map(is_field, ("发货", "Send it back", "请问在吗", "message me tomorrow please")))
    assert all(map(is_recall, ("你撤回了一条消息", '"橘子"撤回了一条消息', "This message was deleted", "此訊息已刪除")))
    assert not any(map(is_recall, ("消息", "delete it", "我要撤回")))
    assert all(map(is_clock, ("14:06", "2:51 AM ✓")))
    assert not any(map(is_clock, ("昨天 14:06", "14件")))


def test_a_time_in_capitals_is_read_and_quoted_as_it_stands() -> None:
    found = time_of("MAR 3 AT 9:12 AM")
    assert found is not None
    assert found.said == "MAR 3 AT 9:12 AM"


def test_joining_nothing_gives_nothing() -> None:
    assert joined([]) == ""
    assert joined(["a", "", "b"]) == "a b"


CODES = [
    *(f"reads-screen-{layout.LAYOUT.id}" for layout in (wechat, qq, whatsapp, chat)),
    "screen-chat-aside",
    "screen-chat-hole",
    "screen-chat-order",
]


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_worded_in_both_languages(code: str) -> None:
    assert all(sentence.format(count=2) for sentence in WORDINGS[code][1:])
