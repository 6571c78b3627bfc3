"""What chatlog answers as JSON and as text."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.locate import reread
from pipeline.model import MessageType, Reading
from pipeline.moment import Zone
from stages.chats import Params
from tests.stages.chats.tools import (
    NOON,
    OF_LIN,
    SHANGHAI,
    balance,
    codes,
    known_to,
    lost,
    messages,
    reader_of,
    source_of,
    start_of,
)

JSON, TXT = reader_of("chatlog-json"), reader_of("chatlog-txt")
TIME = "2026-03-02T14:03:05+08:00"


def item(
    text: Any = "你好", *, own: Any = False, time: Any = TIME, kind: Any = 1, sub: Any = 0, **more: Any
) -> dict[str, Any]:
    return {
        "seq": NOON * 1000 + 1, "time": time, "talker": "wxid_lin", "talkerName": "林小姐", "isChatRoom": False,
        "sender": "wxid_shop" if own else "wxid_lin", "senderName": "" if own else "林小姐", "isSelf": own,
        "type": kind, "subType": sub, "content": text, **more,
    }  # fmt: skip


def read(*items: Any, params: Params = SHANGHAI) -> Reading:
    return JSON.read(source_of(list(items), params=params))


@pytest.mark.parametrize("key", [None, "messages", "data", "items"])
def test_a_list_or_an_object_around_it(key: str | None) -> None:
    items = [item(), item("今天发", own=True)]
    source = source_of(items if key is None else {"total": 2, key: items})
    assert known_to(source) == {"chatlog-json"}
    reading = JSON.read(source)
    first, second = messages(reading)
    assert json.loads(reread(source.data, second.where))["content"] == second.text == "今天发"
    assert [(message.sender, message.side) for message in (first, second)] == [
        ("林小姐", "other"),
        ("wxid_shop", "self"),
    ]
    assert (reading.declared, balance(reading)) == ({"name": "林小姐", "chat": "private"}, (2, 2, 0, 0))


def test_the_offset_of_the_file_stands_whatever_the_zone_of_the_case() -> None:
    found = messages(
        read(item(time="2026-03-02T06:03:05Z"), params=Params(zone=Zone(name="Asia/Tokyo", basis="case")))
    )[0]
    assert found.at is not None
    assert (found.at.start, found.at.zone) == ("2026-03-02T06:03:05+00:00", "stated")


def test_milliseconds_or_the_sequence_stand_in_for_the_time() -> None:
    assert start_of(messages(read(item(time=None, timestamp=NOON * 1000 + 5)))[0]) == "2026-03-02T14:03:05.005+08:00"
    assert start_of(messages(read(item(time=None)))[0]) == TIME
    assert start_of(messages(read(item(time="0001-01-01T00:00:00Z", seq=0)))[0]) is None


@pytest.mark.parametrize(
    ("kind", "sub", "contents", "expected", "files", "text"),
    [
        (3, 0, {"md5": "ab", "path": "msg\\a.dat"}, "image", ["msg\\a.dat"], ""),
        (34, 0, {"voice": "77"}, "voice", [], ""),
        (43, 0, {"videofile": "v.mp4"}, "video", ["v.mp4"], ""),
        (49, 5, {"title": "说明", "url": "https://a.example"}, "link", [], "说明\nhttps://a.example"),
        (49, 6, {"title": "报告.pdf"}, "file", ["报告.pdf"], "报告.pdf"),
        (49, 19, {"title": "聊天记录", "desc": "甲: 乙"}, "other", [], "聊天记录\n甲: 乙"),
        (47, 0, None, "sticker", [], ""),
        (99, 0, "odd", "other", [], ""),
    ],
)
def test_cards_and_files(
    kind: int, sub: int, contents: Any, expected: MessageType, files: list[str], text: str
) -> None:
    message = messages(read(item("", kind=kind, sub=sub, contents=contents)))[0]
    assert (message.type, [part.name for part in message.attachments], message.text) == (expected, files, text)


@pytest.mark.parametrize(
    ("kind", "expected"), [("3", "image"), ("9" * 5000, "other"), (10**30, "other"), ([], "other")]
)
def test_a_type_may_be_anything(kind: Any, expected: MessageType) -> None:
    assert messages(read(item(kind=kind)))[0].type == expected


def test_a_reply_keeps_what_it_quotes() -> None:
    message = messages(read(item("好", kind=49, sub=57, contents={"refer": {"content": "今天发"}})))[0]
    assert (message.type, message.text, message.reply_to) == ("text", "好", "今天发")


def test_a_recall_is_a_notice() -> None:
    message = messages(read(item('"林小姐" 撤回了一条消息', kind=10000)))[0]
    assert (message.type, message.recalled, message.side) == ("recall", True, "system")


def test_conversations_of_others_stay_out() -> None:
    reading = read(
        item(), item("别人", talker="wxid_wang", talkerName="老王", senderName="老王", sender="w"), params=OF_LIN
    )
    assert ([message.text for message in messages(reading)], codes(reading)) == (["你好"], ["chats-of-others"])
    assert balance(reading) == (2, 1, 1, 0)


def test_in_a_room_others_are_on_no_side() -> None:
    found = messages(
        read(item(talker="9@chatroom", isChatRoom=True), item(own=True, talker="9@chatroom", isChatRoom=True))
    )
    assert [message.side for message in found] == ["unknown", "self"]


@pytest.mark.parametrize("bad", [None, "x", 5, [], {}, {"talker": "x"}, {"type": 1}])
def test_what_is_no_message_stays_unread(bad: Any) -> None:
    reading = read(item(), bad)
    assert (lost(reading), balance(reading)) == (["chat-item-unknown"], (2, 1, 0, 1))


@pytest.mark.parametrize(
    "data", [[], [{"talker": "x"}], {"a": [item()["talker"]]}, "talker isSelf isChatRoom sender", "[{"]
)
def test_other_json_is_not_known(data: Any) -> None:
    assert "chatlog-json" not in known_to(source_of(data))


# Text -------------------------------------------------------------------------------------------------------------


def said(head: str, body: str) -> str:
    return f"{head}\n{body}\n\n"


LIN, ME = "林小姐(wxid_lin88)", "初晴(我)"


def read_text(text: str | bytes, params: Params = SHANGHAI) -> Reading:
    return TXT.read(source_of(text, params=params))


def test_headers_with_a_whole_date() -> None:
    source = source_of(said(f"{LIN} 2026-03-02 14:03:05", "在吗\n\n第二段") + said(f"{ME} 2026-03-02 14:04:05", "在"))
    assert known_to(source) == {"chatlog-txt"}
    reading = TXT.read(source)
    first, second = messages(reading)
    assert (first.text, first.sender, first.sender_id, first.side) == (
        "在吗\n\n第二段",
        "林小姐",
        "wxid_lin88",
        "other",
    )
    assert (second.sender, second.sender_id, second.side) == ("初晴", None, "self")
    assert start_of(second) == "2026-03-02T14:04:05+08:00"
    assert str(reread(source.data, first.where)).endswith("第二段")
    assert (balance(reading), codes(reading)) == ((8, 6, 2, 0), [])


@pytest.mark.parametrize(
    ("stamp", "grain"), [("03-02 14:03:05", "second"), ("14:03:05", "second"), ("14:03", "minute")]
)
def test_a_missing_year_or_date_is_never_guessed(stamp: str, grain: str) -> None:
    reading = read_text(said(f"{LIN} {stamp}", "在吗") + said(f"我 {stamp}", "在"))
    found = messages(reading)[0]
    assert found.at is not None
    assert (found.at.said, found.at.start, found.at.date, found.at.grain) == (stamp, None, "unknown", grain)
    assert [(note.code, note.values["count"]) for note in reading.notes] == [("chat-date-incomplete", 2)]


def test_a_day_that_does_not_exist_has_no_date() -> None:
    assert start_of(messages(read_text(said(f"{LIN} 2026-02-30 14:03:05", "x")))[0]) is None


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("[语音]", "voice"),
        ("![图片](http://127.0.0.1:5030/image/8b)", "image"),
        ("[动画表情]", "sticker"),
        ("[文件|报告.pdf](http://h/file/1)", "file"),
        ("[链接|标题](http://a)", "link"),
        ("说明 [图片]", "text"),
        ("[转账|发送 ￥5]", "transfer"),
    ],
)
def test_placeholders(body: str, kind: MessageType) -> None:
    assert messages(read_text(said(f"{LIN} 2026-03-02 14:03:05", body)))[0].type == kind


def test_notices_and_quotes() -> None:
    text = said("系统消息 2026-03-02 14:03:05", '"甲" 撤回了一条消息') + said(
        f"{LIN} 2026-03-02 14:04:05", f"> {ME} 03-02 14:03:05\n> 原话\n好"
    )
    notice, reply = messages(read_text(text))
    assert (notice.type, notice.side, notice.recalled) == ("recall", "system", True)
    assert (reply.reply_to or "").endswith("原话")


def test_a_pasted_header_of_another_shape_is_text() -> None:
    reading = read_text(
        said(f"{LIN} 2026-03-02 14:03:05", f"{LIN} 14:03:05\n他说的") + said(f"{ME} 2026-03-02 14:04:05", "好")
    )
    assert (len(messages(reading)), codes(reading)) == (2, ["chat-lookalike"])


def test_rooms_stand_in_the_header() -> None:
    heads = ("阿敏(amin2020) [客户群(9@chatroom)]", "老王(wxid_wang) [客户群(9@chatroom)]")
    found = messages(read_text("".join(said(f"{head} 2026-03-02 14:03:05", "x") for head in heads)))
    assert [(message.sender, message.side) for message in found] == [("阿敏", "unknown"), ("老王", "unknown")]


def test_what_stands_above_and_what_does_not_decode_stays_unread() -> None:
    text = ("前言\n\n" + said(f"{LIN} 2026-03-02 14:03:05", "@@\n好")).encode().replace(b"@@", b"\xff\xfe\xfd")
    reading = read_text(text)
    assert (lost(reading), balance(reading)) == (["chat-line-outside", "line-not-decodable"], (6, 2, 2, 2))
    assert messages(reading)[0].text == "\n好"


@pytest.mark.parametrize(
    "text",
    [
        "林小姐 2026-03-02 14:03:05\n在吗\n",
        "林小姐(123456) 2026/3/2 14:03:05\n在吗\n",
        "林小姐(2026-03-02 14:03)\n在吗\n",
        "说明(beta1) 14:03\n不是聊天\n",
        "正文\n林小姐(wxid_lin88) 14:03:05\n",
        "",
    ],
)
def test_other_texts_are_not_known(text: str) -> None:
    assert "chatlog-txt" not in known_to(source_of(text))
