"""千牛 message-manager text: records, continuation, buyers, sides, and what only looks like a header."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from pipeline.contract import Source
from pipeline.model import Person
from pipeline.moment import Zone
from stages.chats.qianniu_txt import READER
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

RULE = "=" * 64
SHOP = "云岫家居:小满"


def buyer(name: str) -> str:
    return "-" * 28 + name + "-" * 28


def export(*parts: str, account: str = SHOP, title: str = "单聊") -> str:
    return "\n".join([account, RULE, title.center(64), RULE, *parts, RULE, ""])


def record(sender: str, clock: str, text: str, day: str = "2026-03-11") -> str:
    return f"{sender}({day} {clock}):  {text}"


ONE = export(buyer("momo酱"), record("momo酱", "09:00:00", "在吗"), record(SHOP, "09:00:09", "在的"))


def test_records_have_sender_side_time_and_place() -> None:
    reading = read(READER, ONE, encoding="gbk", zone=Zone(name="Asia/Shanghai", basis="platform"))
    first, second = messages(reading)
    assert (first.sender, first.side, first.text, first.where.lines) == ("momo酱", "other", "在吗", (6, 6))
    assert first.at is not None
    assert (first.at.start, first.at.grain, first.at.zone) == ("2026-03-11T09:00:00+08:00", "second", "platform")
    assert (second.side, first.chat) == ("self", None)
    assert reading.declared == {"account": SHOP, "name": "momo酱", "chat": "private"}
    assert (codes(reading), reading.encoding) == ([], "gb18030")


def test_a_zone_that_nobody_states_is_unknown() -> None:
    assert {record.at.zone for record in messages(read(READER, ONE)) if record.at} == {"unknown"}


@pytest.mark.parametrize(
    ("sender", "side"),
    [(SHOP, "self"), ("云岫家居:阿槿", "self"), ("云岫家居", "self"), ("云岫", "other"), ("momo酱", "other")],
)
def test_every_account_of_the_shop_is_the_applicants(sender: str, side: str) -> None:
    (message,) = messages(read(READER, export(buyer("momo酱"), record(sender, "09:00:00", "您好"))))
    assert message.side == side


def test_the_case_overrides_the_account() -> None:
    people = (Person(name="云岫家居:阿槿", side="other"), Person(name="tb01", aliases=("momo酱",), side="applicant"))
    text = export(buyer("momo酱"), record("momo酱", "09:00:00", "a"), record("云岫家居:阿槿", "09:00:01", "b"))
    assert [message.side for message in messages(read(READER, text, people=people))] == ["self", "self"]


def test_in_a_group_only_the_own_shop_is_known() -> None:
    text = export(buyer("福利群"), record("momo酱", "09:00:00", "a"), record(SHOP, "09:00:01", "b"), title="群聊")
    reading = read(READER, text)
    assert [message.side for message in messages(reading)] == ["unknown", "self"]
    assert reading.declared["chat"] == "group"


def test_lines_that_follow_belong_to_the_message_and_padding_does_not() -> None:
    text = export(buyer("momo酱"), record("momo酱", "09:00:00", "第一行"), "", "第三行", "", "")
    reading = read(READER, text)
    (message,) = messages(reading)
    assert (message.text, message.where.lines) == ("第一行\n\n第三行", (6, 8))
    assert (reading.balance.records, reading.balance.unread) == (3, 0)


@pytest.mark.parametrize(
    "pasted",
    [
        "小王(2025-01-01 10:00:00):  去年就这样",
        "momo酱(2026-03-11 09:00:30): 只有一个空格",
        "momo酱(2026/03/11 09:00:30):  斜杠",
        "2026-03-11 09:00:30 momo酱: 旧写法",
        "2026-03-11 09:00:30",
        "发货时间：2026-03-11 09:00:30",
    ],
)
def test_a_pasted_header_is_text_and_noted(pasted: str) -> None:
    text = export(buyer("momo酱"), record("momo酱", "09:00:00", "看这个"), pasted, record(SHOP, "09:01:00", "好"),
                  record("momo酱", "09:02:00", "谢谢"))  # fmt: skip
    reading = read(READER, text)
    assert said(reading) == [("momo酱", f"看这个\n{pasted}"), (SHOP, "好"), ("momo酱", "谢谢")]
    assert codes(reading) == ["chat-lookalike"]


def test_the_first_stamp_of_a_line_is_its_own() -> None:
    text = export(buyer("momo酱"), record("momo酱", "09:00:00", "小王(2026-01-01 10:00:00):  说过"))
    assert said(read(READER, text)) == [("momo酱", "小王(2026-01-01 10:00:00):  说过")]


def test_names_hold_brackets_and_colons() -> None:
    name = "tb(北京): 小店"
    assert said(read(READER, export(buyer(name), record(name, "09:00:00", "嗯")))) == [(name, "嗯")]


def test_the_wording_is_kept_with_its_marks() -> None:
    text = export(buyer("momo酱"), record("momo酱", "09:00:00", " \u200e👌\ufe0f 好\u00a0的 "))
    assert said(read(READER, text)) == [("momo酱", " \u200e👌\ufe0f 好\u00a0的 ")]


@pytest.mark.parametrize(
    ("body", "kind"),
    [("[图片]", "image"), ("[表情]", "sticker"), ("看[图片]", "text"), ("momo酱撤回了一条消息", "recall")],
)
def test_types(body: str, kind: str) -> None:
    (message,) = messages(read(READER, export(buyer("momo酱"), record("momo酱", "09:00:00", body))))
    assert (message.type, message.recalled, message.side) == (
        kind,
        kind == "recall",
        "system" if kind == "recall" else "other",
    )


TWO = export(
    buyer("momo酱"), record("momo酱", "09:00:00", "我的"), RULE, buyer("别人"), record("别人", "08:00:00", "与本案无关")
)


def test_several_buyers_are_told_apart() -> None:
    reading = read(READER, TWO)
    assert [(message.chat, message.text) for message in messages(reading)] == [
        ("momo酱", "我的"),
        ("别人", "与本案无关"),
    ]
    assert (reading.declared["chats"], codes(reading)) == (2, [])


def test_of_several_buyers_only_the_cases_are_read() -> None:
    reading = read(READER, TWO, customers=("MOMO酱",), people=(CUSTOMER,))
    assert said(reading) == [("momo酱", "我的")]
    assert codes(reading) == ["chats-of-others"]
    assert "与本案无关" not in repr(reading)
    assert "别人" not in repr(reading)
    assert reading.balance.unread == 0


def test_a_case_without_customers_reads_none_of_several() -> None:
    reading = read(READER, TWO, customers=())
    assert (said(reading), codes(reading)) == ([], ["chats-of-others"])
    assert said(read(READER, ONE, customers=())) == [("momo酱", "在吗"), (SHOP, "在的")]


def test_time_that_goes_back_is_kept_and_noted() -> None:
    text = export(buyer("momo酱"), record("momo酱", "09:00:05", "后"), record(SHOP, "09:00:01", "先"))
    reading = read(READER, text)
    assert [message.text for message in messages(reading)] == ["后", "先"]
    assert codes(reading) == ["chat-time-goes-back"]


def test_a_time_that_does_not_exist_is_no_time() -> None:
    reading = read(READER, export(buyer("momo酱"), record("momo酱", "25:00:00", "几点")))
    (message,) = messages(reading)
    assert message.at is not None
    assert (message.at.start, message.at.date, codes(reading)) == (None, "unknown", ["chat-time-unreadable"])


def test_what_follows_a_damaged_line_is_nobodys() -> None:
    lines = export(buyer("momo酱"), record("momo酱", "09:00:00", "在"), "坏", "谁说的", record(SHOP, "09:01:00", "我"))
    reading = read(READER, lines.encode().replace("坏".encode(), b"\xff\xff"))
    assert said(reading) == [("momo酱", "在"), (SHOP, "我")]
    assert codes(reading) == ["line-not-decodable", "chat-line-outside"]


def test_question_marks_of_gbk_are_noted_and_those_of_utf_8_are_not() -> None:
    text = export(buyer("momo酱"), record("momo酱", "09:00:00", "好的??"))
    assert codes(read(READER, text, encoding="gbk")) == ["chat-emoji-lost"]
    assert codes(read(READER, text)) == []


OLDER = (
    "2026-03-02\n2026-03-02 14:03:05 momo酱: 在吗\n2026-03-02 14:03:09 云岫家居:小满: 在的：请讲\n等一下\n\n"
    "2026-03-03\n2026-03-03 08:00:00 momo酱:早\n"
)


def test_the_older_variant() -> None:
    reading = read(READER, OLDER, encoding="gbk", people=(CUSTOMER,))
    assert said(reading) == [("momo酱", "在吗"), ("云岫家居:小满", "在的：请讲\n等一下"), ("momo酱", "早")]
    assert [message.side for message in messages(reading)] == ["other", "self", "other"]
    assert (reading.balance.skipped, codes(reading)) == (3, [])


def test_the_older_variant_without_a_customer_has_no_sides() -> None:
    assert {message.side for message in messages(read(READER, OLDER))} == {"unknown"}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026-03-02 14:03:05 INFO: started\n2026-03-02 14:03:06 ERROR: stopped\n",
        "2026-03-02 14:03:05 昵称(123456)\n你好\n",
        "momo酱 2026-03-02 14:03:05\n你好\n",
        f"{RULE}\n单聊\n{RULE}\n没有记录",
        "---------------- 2026年3月2日 ----------------\n[小王] [下午 2:03] 你好\n",
    ],
)
def test_other_texts_are_not_recognised(text: str) -> None:
    assert score(READER, text) == 0


def test_how_sure_it_is() -> None:
    bare = record("momo酱", "09:00:00", "在吗")
    assert score(READER, ONE, "gbk") > score(READER, bare) > score(READER, OLDER) > 0


def test_messages_stand_where_they_are_cited() -> None:
    for data in samples("qianniu-txt"):
        quoted_where_cited(READER.read(Source(data=data, name="x")), data)


@given(damaged("qianniu-txt"))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_without_an_error(data: bytes) -> None:
    source = Source(data=data, name="x")
    READER.sniff(source)
    tiles(READER.read(source))
