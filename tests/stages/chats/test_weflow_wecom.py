"""WeFlow's and EchoTrace's JSON of WeChat, and 企业微信's archive."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.locate import reread
from pipeline.model import MessageType, Reading
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

WEFLOW, WECOM = reader_of("weflow-json"), reader_of("wecom-jsonl")


def said(text: Any = "你好", *, send: Any = 0, kind: Any = "文本消息", at: Any = NOON, **more: Any) -> dict[str, Any]:
    who = ("wxid_shop", "初晴") if send == 1 else ("wxid_lin", "林小姐")
    return {"localId": 1, "createTime": at, "formattedTime": "2026-03-02 14:03:05", "type": kind, "localType": 1,
            "content": text, "isSend": send, "senderUsername": who[0], "senderDisplayName": who[1], **more}  # fmt: skip


def document(*items: Any, avatar: int = 10, **session: Any) -> dict[str, Any]:
    block = {
        "wxid": "wxid_lin",
        "displayName": "林小姐",
        "type": "私聊",
        "messageCount": len(items),
        "avatar": "A" * avatar,
    }
    return {"weflow": {"version": "2"}, "session": {**block, **session}, "avatars": {}, "messages": list(items)}


def read(*items: Any, params: Params = SHANGHAI, **session: Any) -> Reading:
    return WEFLOW.read(source_of(document(*items, **session), params=params))


@pytest.mark.parametrize("avatar", [10, 3_000_000])
@pytest.mark.parametrize("echotrace", [True, False])
def test_pictures_before_the_messages_do_not_hide_the_format(avatar: int, echotrace: bool) -> None:
    whole = document(said(), said("好", send=1), avatar=avatar)
    if echotrace:
        del whole["weflow"]
    source = source_of(whole)
    assert known_to(source) == {"weflow-json"}
    reading = WEFLOW.read(source)
    first, second = messages(reading)
    assert [(message.sender, message.sender_id, message.side) for message in (first, second)] == [
        ("林小姐", "wxid_lin", "other"),
        ("初晴", "wxid_shop", "self"),
    ]
    assert json.loads(reread(source.data, second.where))["content"] == second.text == "好"
    assert reading.declared == {"name": "林小姐", "chat": "private", "messages": 2}
    assert (codes(reading), balance(reading)) == ([], (2, 2, 0, 0))


@pytest.mark.parametrize(
    ("word", "kind"),
    [("文本消息", "text"), ("图片消息", "image"), ("语音消息", "voice"), ("视频消息", "video"), ("文件消息", "file"),
     ("动画表情", "sticker"), ("引用消息", "text"), ("转账消息", "transfer"), ("红包消息", "red-packet"),
     ("系统消息", "system"), ("新种类", "other"), (None, "other"), (3, "other")],
)  # fmt: skip
def test_the_word_tells_the_type(word: Any, kind: MessageType) -> None:
    assert messages(read(said(kind=word)))[0].type == kind


def test_no_sender_is_the_app() -> None:
    notice, recall = messages(read(said("以上是打招呼的内容", send=None), said('"甲" 撤回了一条消息', send=None)))
    assert (notice.type, notice.side) == ("system", "system")
    assert (recall.type, recall.recalled, recall.side) == ("recall", True, "system")


@pytest.mark.parametrize(("content", "text"), [(None, ""), (7, "7"), ({"a": "甲"}, '{"a":"甲"}'), ("", "")])
def test_content_of_any_kind(content: Any, text: str) -> None:
    assert messages(read(said(content)))[0].text == text


def test_the_epoch_counts() -> None:
    reading = read(said(formattedTime="2026-03-02 07:03:05"), said(formattedTime="2026-03-09 14:03:05"))
    assert {start_of(message) for message in messages(reading)} == {"2026-03-02T14:03:05+08:00"}
    assert [(note.code, note.values["count"]) for note in reading.notes] == [("chat-times-differ", 1)]


@pytest.mark.parametrize("at", [float(NOON), str(NOON), NOON * 1000])
def test_the_epoch_may_be_written_otherwise(at: Any) -> None:
    reading = read(said(at=at))
    assert (codes(reading), (start_of(messages(reading)[0]) or "")[:19]) == ([], "2026-03-02T14:03:05")


def test_a_count_that_disagrees_is_told() -> None:
    assert codes(read(said(), messageCount=9)) == ["chat-count-differs"]


def test_quotes_and_files() -> None:
    message = messages(read(said(quotedContent="原话", localPath="media/a.jpg", fileName="a.jpg")))[0]
    assert (message.reply_to, [part.name for part in message.attachments]) == ("原话", ["media/a.jpg"])


def test_a_group_has_no_other_side() -> None:
    reading = read(said(), said(send=1), type="群聊")
    assert ([message.side for message in messages(reading)], reading.declared["chat"]) == (["unknown", "self"], "group")


@pytest.mark.parametrize("bad", [None, 5, "x", [], {}, {"localId": 3}])
def test_what_is_no_message_stays_unread(bad: Any) -> None:
    reading = read(said(), bad)
    assert (lost(reading), balance(reading)) == (["chat-item-unknown"], (2, 1, 0, 1))


def test_half_a_file_is_read_as_far_as_it_goes() -> None:
    data = json.dumps(document(said("一"), said("二")), ensure_ascii=False).encode()
    reading = WEFLOW.read(source_of(data[:-40]))
    assert (len(reading.records), lost(reading), reading.declared["name"]) == (1, ["json-cut"], "林小姐")


@pytest.mark.parametrize("data", [{"session": {}, "messages": [{"x": 1}]}, {"messages": [said()]}, [said()], "session"])
def test_other_json_is_not_known(data: Any) -> None:
    assert "weflow-json" not in known_to(source_of(data))


# 企业微信 -----------------------------------------------------------------------------------------------------------


BUYER, STAFF = "wmXJqDAAAexample0001", "AQing"


def sent(
    number: int = 1, kind: str = "text", block: Any = None, *, own: bool = False, action: str = "send", **more: Any
) -> dict[str, Any]:
    return {
        "msgid": f"{number}_external", "action": action, "from": STAFF if own else BUYER,
        "tolist": [BUYER if own else STAFF], "roomid": "", "msgtime": NOON * 1000 + 123, "msgtype": kind,
        kind: {"content": "你好"} if block is None else block, **more,
    }  # fmt: skip


def archive(*records: Any, params: Params = SHANGHAI) -> Reading:
    lines = (record if isinstance(record, str) else json.dumps(record, ensure_ascii=False) for record in records)
    return WECOM.read(source_of("\n".join(lines), params=params))


def test_an_archive_tells_the_firm_from_its_customers() -> None:
    source = source_of(json.dumps(sent()) + "\n" + json.dumps(sent(2, own=True)) + "\n")
    assert known_to(source) == {"wecom-jsonl"}
    found = messages(WECOM.read(source))
    assert [(message.sender_id, message.side) for message in found] == [(BUYER, "other"), (STAFF, "self")]
    assert start_of(found[0]) == "2026-03-02T14:03:05.123+08:00"
    assert [message.where.lines for message in found] == [(1, 1), (2, 2)]


def test_a_recall_marks_the_message_it_names_and_keeps_it() -> None:
    reading = archive(
        sent(1, own=True), sent(2, "revoke", {"pre_msgid": "1_external"}, own=True, action="recall"), sent(3)
    )
    taken, recall, other = messages(reading)
    assert (taken.text, taken.type, taken.recalled, taken.side) == ("你好", "text", True, "self")
    assert (recall.type, recall.recalled, recall.side, recall.reply_to) == ("recall", True, "system", "1_external")
    assert other.recalled is False


@pytest.mark.parametrize(
    ("kind", "block", "expected", "text", "files"),
    [
        ("image", {"md5sum": "ab", "sdkfileid": "x"}, "image", "", ["ab"]),
        ("file", {"filename": "单.pdf", "md5sum": "ab"}, "file", "单.pdf", ["单.pdf"]),
        ("voice", {"sdkfileid": "x"}, "voice", "", ["x"]),
        ("link", {"title": "笔记", "link_url": "https://a.example"}, "link", "笔记\nhttps://a.example", []),
        ("location", {"address": "某路 1 号"}, "location", "某路 1 号", []),
        ("mixed", {"item": [{"type": "text"}]}, "other", '[{"type":"text"}]', []),
        ("text", "直接写的", "text", "", []),
        ("neu", {}, "other", "", []),
    ],
)
def test_types_of_the_archive(kind: str, block: Any, expected: MessageType, text: str, files: list[str]) -> None:
    message = messages(archive(sent(1, kind, block)))[0]
    assert (message.type, message.text, [part.name for part in message.attachments]) == (expected, text, files)


def test_a_switch_of_the_account_is_a_notice_of_the_chat() -> None:
    switch = {"msgid": "9", "action": "switch", "time": NOON * 1000, "user": STAFF}
    found = messages(archive(sent(), switch))
    assert (found[1].type, found[1].side, found[1].sender, found[1].chat) == ("system", "system", STAFF, None)


def test_people_of_the_firm_among_themselves_are_on_no_side() -> None:
    inside = {**sent(), "from": "Li", "tolist": [STAFF]}
    assert messages(archive(inside))[0].side == "unknown"


@pytest.mark.parametrize("ident", ["wongxiaoming", "woody", "wm"])
def test_a_name_that_begins_like_a_customers_id_is_none(ident: str) -> None:
    assert messages(archive({**sent(own=True), "from": ident, "tolist": [BUYER]}))[0].side == "self"


def test_of_several_conversations_only_the_customers_are_read() -> None:
    params = Params(zone=SHANGHAI.zone, customers=(BUYER,), people=OF_LIN.people)
    reading = archive(sent(), {**sent(2), "from": "wmOtherCustomer00001"}, sent(3, own=True), params=params)
    assert (len(reading.records), codes(reading), balance(reading)) == (2, ["chats-of-others"], (3, 2, 1, 0))


def test_lines_that_are_no_records_stay_unread() -> None:
    reading = archive(sent(), "", "{", '{"msgid": "1", "action": "fly"}', "[]", '{"action": "send"}')
    assert balance(reading) == (6, 1, 1, 4)
    assert lost(reading) == ["json-line-broken", "chat-item-unknown", "json-line-broken", "chat-item-unknown"]


@pytest.mark.parametrize(
    "text", ['{"msgid": 1}', '{"action": "send"}', '{"msgid": "1", "action": "open", "msgtime": 1}', "msgid"]
)
def test_other_lines_are_not_known(text: str) -> None:
    assert "wecom-jsonl" not in known_to(source_of(text))
