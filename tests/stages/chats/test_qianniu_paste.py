"""千牛 clipboard: heads glued, on two lines or with an arrow; states, recalls, handovers and cards."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from pipeline.contract import Source
from pipeline.model import Person
from stages.chats.qianniu_paste import READER
from tests.stages.chats.shops import (
    CUSTOMER,
    codes,
    damaged,
    messages,
    quoted_where_cited,
    read,
    said,
    samples,
    score,
    tiles,
)

SHOP = "云岫家居:小满"
TALK = f"momo酱2026-3-11 9:02:11\n在吗\n{SHOP}2026-3-11 9:02:40\n在的\n已读\n"


def test_glued_heads() -> None:
    reading = read(READER, TALK, people=(CUSTOMER,))
    first, second = messages(reading)
    assert (first.sender, first.text, first.where.lines, first.side) == ("momo酱", "在吗", (1, 2), "other")
    assert first.at is not None
    assert (first.at.start, first.at.said, first.at.zone) == ("2026-03-11T09:02:11", "2026-3-11 9:02:11", "unknown")
    assert (second.sender, second.text, second.where.lines, second.side) == (SHOP, "在的", (3, 4), "self")
    assert (reading.balance.skipped, codes(reading)) == (1, [])


def test_the_digits_of_a_nick_are_not_the_year() -> None:
    assert said(read(READER, "tb123452026-3-11 9:02:11\n好\n")) == [("tb12345", "好")]


@pytest.mark.parametrize(
    "head", [f"{SHOP}\n2026-03-11 09:02:40", f"{SHOP} 2026-03-11 09:02:40", f"{SHOP}2026-03-11 09:02:40"]
)
def test_every_form_of_a_head(head: str) -> None:
    text = f"momo酱{head.removeprefix(SHOP)}\n在吗\n{head}\n在的\n第二行\n已读\n"
    assert said(read(READER, text)) == [("momo酱", "在吗"), (SHOP, "在的\n第二行")]


@pytest.mark.parametrize("arrow", [" --> ", "-->", " -> ", "→", " => "])
def test_an_arrow_names_both_sides(arrow: str) -> None:
    text = f"客服A{arrow}momo酱 2026-03-11 09:02:40\n在的\n客服B{arrow}momo酱\n2026-03-11 09:03:40\n我来\n"
    reading = read(READER, text, people=(CUSTOMER,))
    assert messages(reading)[0].side == "self"
    assert said(reading)[0][0] == "客服A"


def test_a_head_on_two_lines_among_others_needs_a_known_name() -> None:
    text = f"{TALK}momo酱\n2026-3-11 9:05:00\n谢谢\n发货时间\n2026-3-10 9:00:00\n"
    reading = read(READER, text)
    assert said(reading)[-1] == ("momo酱", "谢谢\n发货时间\n2026-3-10 9:00:00")
    assert codes(reading) == ["chat-lookalike"]


@pytest.mark.parametrize("state", ["已读", "未读", "发送中", " 已读 "])
def test_states_are_no_text(state: str) -> None:
    reading = read(READER, f"{SHOP}2026-3-11 9:02:40\n一\n{state}\n二\n{state}\n")
    assert said(reading) == [(SHOP, "一\n二")]
    assert (reading.balance.records, reading.balance.skipped) == (3, 2)


def test_a_message_of_nothing_but_its_state_is_noted() -> None:
    reading = read(READER, f"{SHOP}2026-3-11 9:02:40\n已读\n")
    assert (said(reading), codes(reading)) == ([(SHOP, "")], ["chat-empty-message"])


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("momo酱 撤回了一条消息", "recall"),
        ("你撤回了一条消息", "recall"),
        ("由 服务助手 转交给 云岫家居:阿槿", "system"),
    ],
)
def test_notices_stand_in_place_without_a_time(line: str, kind: str) -> None:
    reading = read(READER, f"{TALK}{line}\nmomo酱2026-3-11 9:06:00\n好\n")
    notice = messages(reading)[2]
    assert (notice.type, notice.side, notice.at, notice.text) == (kind, "system", None, line)
    assert notice.recalled is (kind == "recall")
    assert len(messages(reading)) == 4


def test_the_card_of_an_article_is_a_link() -> None:
    card = "陶瓷杯 雾蓝\n¥ 59.00\n`https://item.example.com/item.htm?id=1`"
    reading = read(READER, f"{SHOP}2026-3-11 9:02:40\n{card}\n{SHOP}2026-3-11 9:02:41\n看看\n这个\n{card}\n")
    assert [(message.type, message.text) for message in messages(reading)] == [
        ("link", card),
        ("text", f"看看\n这个\n{card}"),
    ]


@pytest.mark.parametrize(
    "line", ["发货时间：2026-3-10 18:20:33", "您的包裹已签收，2026-3-10 18:20:33", "旧2025-1-1 10:00:00"]
)
def test_times_inside_a_text_are_no_heads(line: str) -> None:
    reading = read(READER, f"{TALK}{SHOP}2026-3-11 9:03:00\n查到：\n{line}\n")
    assert said(reading)[-1] == (SHOP, f"查到：\n{line}")
    assert codes(reading) == ["chat-lookalike"]


def test_sides_follow_from_the_case_and_the_shop() -> None:
    text = f"{TALK}云岫家居:阿槿2026-3-11 9:04:00\n我来\n"
    assert [message.side for message in messages(read(READER, text, people=(CUSTOMER,)))] == ["other", "self", "self"]
    own = (Person(name=SHOP, side="applicant"),)
    assert [message.side for message in messages(read(READER, text, people=own))] == ["other", "self", "self"]
    assert {message.side for message in messages(read(READER, text))} == {"unknown"}
    third = f"{text}路人2026-3-11 9:05:00\n我是他爱人\n"
    assert [message.side for message in messages(read(READER, third, people=(CUSTOMER,)))][1:] == ["unknown"] * 3


def test_a_conversation_that_was_cut() -> None:
    reading = read(READER, "没有头的一行\n已读\n" + TALK)
    assert (len(reading.records), codes(reading)) == (2, ["chat-line-outside"])
    assert 0 < score(READER, "没有头的一行\n已读\n" + TALK) < score(READER, TALK)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "阿青 2026-03-02 14:51:20\n你好\n\n林小姐 2026-03-02 14:52:20\n好\n",
        "阿青 2026/3/2 14:51\n你好\n",
        "订单备注\n发货时间：2026-3-10 18:20:33\n签收时间：2026-3-11 18:20:33\n",
        "2026-03-02 14:03:05 昵称(123456)\n你好\n",
        "/*****************以下为一通会话******/\nmomo 2026-03-02 14:03:05\n在吗\t\n",
        "发货\n2026-3-10 18:20:33\n",
    ],
)
def test_other_texts_are_not_recognised(text: str) -> None:
    assert score(READER, text) == 0


def test_messages_stand_where_they_are_cited() -> None:
    for data in samples("qianniu-paste"):
        quoted_where_cited(READER.read(Source(data=data, name="x")), data)


@given(damaged("qianniu-paste"))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_without_an_error(data: bytes) -> None:
    source = Source(data=data, name="x")
    READER.sniff(source)
    tiles(READER.read(source))
