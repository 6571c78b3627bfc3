"""WeChat on screens: who said what and when, cards, recalls, quotes, groups, people the case knows."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.model import Message, Person
from pipeline.moment import moment
from stages.lang.screen_times import Anchor
from stages.screens.chats.wechat import LAYOUT
from stages.screens.page import Context
from tests.stages.screens.chats.drawn import CHINA, Chat, kinds, messages, read, said

FIRST = "2026年3月12日 21:20"


def chat(name: str = "橘子汽水", time: str = FIRST) -> Chat:
    """The top of a chat, with a message of either side so that it is one."""
    return Chat().title(name).middle(time).say("left", "在吗").say("right", "您好，在的")


def told(held: Chat, context: Context = CHINA) -> list[Message]:
    """The messages after the first two."""
    return messages(read(held, None, context))[2:]


def at(message: Message) -> tuple[Any, ...]:
    """When a message was sent."""
    assert message.at is not None
    return (message.at.said, message.at.start, message.at.end, message.at.date)


def test_the_title_names_the_other_one_and_the_phone_s_owner_has_no_name() -> None:
    first, second = messages(read(chat(), LAYOUT))
    assert (first.side, first.sender) == ("other", "橘子汽水")
    assert (second.side, second.sender) == ("self", None)
    assert [spot.text for spot in first.spots if spot.field == "sender"] == ["橘子汽水"]


def test_rows_of_a_bubble_are_one_text_and_its_place_holds_them_all() -> None:
    (message,) = told(chat().say("left", "订单编号：", "5163883558697127889"))
    assert message.text == "订单编号：5163883558697127889"
    assert [spot.text for spot in message.spots if spot.field == "text"] == ["订单编号：", "5163883558697127889"]
    boxes = [spot.where.box for spot in message.spots if spot.field == "text"]
    assert message.where.box is not None
    assert message.where.box[1] == min(box[1] for box in boxes if box)
    assert message.where.box[3] == max(box[3] for box in boxes if box)


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (("Hi Kevin, your", "order is on its way"), "Hi Kevin, your order is on its way"),
        (("我买的是", "iPhone 壳"), "我买的是iPhone 壳"),
        (("P3663745249", "42915524"), "P366374524942915524"),
        (("I paid 12", "30 of them"), "I paid 12 30 of them"),
    ],
)
def test_a_space_joins_latin_rows_only(rows: tuple[str, ...], text: str) -> None:
    assert told(chat().say("left", *rows))[0].text == text


def test_the_message_below_a_time_has_it_and_those_after_it_the_whole_interval() -> None:
    held = chat().say("left", "人呢").middle("2026年3月13日 08:05").say("right", "来了").say("right", "抱歉")
    first, second, third, fourth, fifth = messages(read(held, LAYOUT))
    assert at(first) == (FIRST, "2026-03-12T21:20:00+08:00", "2026-03-12T21:20:59+08:00", "stated")
    assert at(second) == at(third) == (FIRST, "2026-03-12T21:20:00+08:00", "2026-03-13T08:05:59+08:00", "inferred")
    assert at(fourth)[:2] == ("2026年3月13日 08:05", "2026-03-13T08:05:00+08:00")
    assert fifth.at is None
    assert [spot.text for spot in third.spots if spot.field == "at"] == [FIRST]


def test_the_capture_ends_the_last_interval() -> None:
    capture = moment("x", 2026, 3, 14, 9, 30, 12, grain="second", zone=CHINA.zone)
    context = Context(zone=CHINA.zone, anchor=Anchor(capture, "EXIF DateTimeOriginal"))
    second = messages(read(chat(time="昨天 21:20"), LAYOUT, context))[1]
    assert at(second)[1:] == ("2026-03-13T21:20:00+08:00", "2026-03-14T09:30:12+08:00", "inferred")


def test_above_the_first_time_there_is_none() -> None:
    held = Chat().title("橘子汽水").say("left", "在吗").say("right", "在").middle(FIRST).say("left", "好")
    assert [message.at is None for message in messages(read(held, LAYOUT))] == [True, True, False]


def test_a_time_without_a_date_has_none_unless_its_neighbours_leave_one_day() -> None:
    held = chat().middle("昨天 23:32").say("left", "甲").middle("星期五 06:55").say("left", "乙")
    alone = told(held)
    assert [message.at and message.at.date for message in alone] == ["unknown", "unknown"]
    between = told(held.middle("2026年3月13日 08:24").say("left", "丙"))
    assert at(between[0])[1:] == ("2026-03-12T23:32:00+08:00", "2026-03-12T23:32:59+08:00", "inferred")
    assert at(between[1])[1:] == ("2026-03-13T06:55:00+08:00", "2026-03-13T06:55:59+08:00", "inferred")


def test_a_weekday_that_is_not_that_of_the_only_day_leaves_it_without_a_date() -> None:
    held = chat().middle("星期一 23:32").say("left", "甲").middle("2026年3月13日 08:24").say("left", "乙")
    assert told(held)[0].at is not None
    assert told(held)[0].at.date == "unknown"  # type: ignore[union-attr]


def test_times_that_go_back_are_said() -> None:
    held = chat().middle("2026年3月11日 08:00").say("left", "甲")
    assert "screen-chat-order" in kinds(read(held, LAYOUT).notes)
    assert "screen-chat-order" not in kinds(read(chat(), LAYOUT).notes)


@pytest.mark.parametrize(
    ("rows", "small", "ground", "kind", "text"),
    [
        (("¥88.50",), "已被接收", "#fa9d3b", "transfer", "¥88.50 已被接收"),
        (("¥12.00",), "补偿您的运费", "#fa9d3b", "transfer", "¥12.00 补偿您的运费"),
        (("恭喜发财，大吉大利",), "微信红包", "#fa9d3b", "red-packet", "恭喜发财，大吉大利 微信红包"),
        (('12"',), "", "", "voice", '12"'),
        (("通话时长 03:12",), "", "", "call", "通话时长 03:12"),
        (("发票扫描件.pdf",), "1.2 MB", "", "file", "发票扫描件.pdf 1.2 MB"),
        (("https://example.com/a",), "", "", "link", "https://example.com/a"),
        (("[图片]",), "", "", "image", "[图片]"),
        (("法式碎花连衣裙",), "小程序", "", "link", "法式碎花连衣裙 小程序"),
        (("¥88.50",), "", "", "text", "¥88.50"),
        (("他撤回了一条消息就跑了",), "", "", "text", "他撤回了一条消息就跑了"),
        (("给我发个红包",), "", "", "text", "给我发个红包"),
    ],
)
def test_the_kind_of_a_message(rows: tuple[str, ...], small: str, ground: str, kind: str, text: str) -> None:
    (message,) = told(chat().say("right", *rows, small=small, ground=ground))
    assert (message.type, message.text) == (kind, text)


def test_a_file_is_named() -> None:
    (message,) = told(chat().say("left", "发票扫描件.pdf", small="1.2 MB"))
    assert [attachment.name for attachment in message.attachments] == ["发票扫描件.pdf"]


def test_lines_in_the_middle_are_the_app_s_and_rows_of_one_notice_are_one() -> None:
    held = chat().middle("“橘子汽水”撤回了一条消息").middle("以上是打招呼的内容")
    recall, notice = told(held)
    assert (recall.side, recall.type, recall.recalled, recall.sender) == ("system", "recall", True, None)
    assert (notice.side, notice.type, notice.text) == ("system", "system", "以上是打招呼的内容")


def test_what_is_quoted_under_a_bubble_is_not_its_text() -> None:
    held = chat().say("left", "我要退款").small("橘子汽水：都五天了还没动静", below=True).say("right", "好")
    first, _ = told(held)
    assert (first.text, first.reply_to) == ("我要退款", "都五天了还没动静")
    assert "reply_to" in {spot.field for spot in first.spots}


def test_in_a_group_the_names_stand_above_the_bubbles() -> None:
    held = Chat().title("打包发货群(54)").middle(FIRST).small("阿青").say("left", "先别回复").say("right", "好的")
    held.small("运营Mia").say("left", "收到").say("left", "明天发")
    assert [message.sender for message in messages(read(held, LAYOUT))] == ["阿青", None, "运营Mia", None]


def test_the_case_says_who_is_who() -> None:
    shop = Person(name="初晴女装旗舰店", side="applicant")
    context = Context(zone=CHINA.zone, people=(shop,))
    assert said(read(chat("初晴女装旗舰店"), LAYOUT, context)) == [("self", "在吗"), ("other", "您好，在的")]
    clerk = Person(name="小美", aliases=("客服小美",), side="applicant")
    group = (
        Chat()
        .title("售后群(3)")
        .middle(FIRST)
        .small("客服小美")
        .say("left", "在的")
        .say("right", "好")
        .say("left", "嗯")
    )
    sides = [side for side, _ in said(read(group, LAYOUT, Context(zone=CHINA.zone, people=(clerk,))))]
    assert sides == ["self", "self", "other"]


def test_someone_typing_is_no_name() -> None:
    assert messages(read(chat("对方正在输入..."), LAYOUT))[0].sender is None


def test_a_stretch_without_words_is_noted() -> None:
    held = chat()
    held.top += 500
    held.say("left", "你看图").say("right", "收到").say("left", "嗯")
    assert [note.values for note in read(held, LAYOUT).notes if note.code == "screen-chat-hole"] == [{"count": 1}]
