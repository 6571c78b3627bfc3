"""What QQChatExporter writes: documents, manifests, chunks, text."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pipeline.contract import Reader, Source
from pipeline.locate import reread
from pipeline.model import Message, Person, Reading, digest_of
from pipeline.moment import Zone
from stages.chats import Params
from stages.chats.qqchatexporter import JSON, JSONL, TXT

CHINA = Params(zone=Zone(name="Asia/Shanghai", basis="case"))
START = 1_772_431_385_000
ABOUT: dict[str, Any] = {
    "metadata": {"name": "QQChatExporter V5 / https://example.com", "version": "5.5.1"},
    "chatInfo": {"name": "林小姐", "type": "private", "selfUid": "u_shop", "selfUin": "100200300"},
}
LIN = {"uid": "u_lin", "uin": "2837465001", "name": "林小姐"}
SHOP = {"uid": "u_shop", "uin": "100200300", "name": "小安"}
NOBODY = {"uid": "未知", "uin": "0", "name": ""}


def entry(text: str = "好", sender: Mapping[str, Any] | None = LIN, **more: Any) -> dict[str, Any]:
    content = {"text": text, "html": "<b></b>", "elements": [{"type": "text", "data": {"text": text}}], "resources": []}
    base = {
        "id": "7600672345327336001",
        "seq": "1",
        "timestamp": START,
        "time": "2026-03-02 14:03:05",
        "sender": sender,
    }
    return {**base, "type": "text", "content": content, "recalled": False, "system": False, **more}


def holding(text: str, elements: list[Any], resources: Any = ()) -> dict[str, Any]:
    return {"text": text, "elements": elements, "resources": list(resources)}


def document(*messages: Any, **about: Any) -> bytes:
    return json.dumps({**ABOUT, **about, "messages": messages}, ensure_ascii=False).encode()


def read(data: bytes, params: Params = CHINA, reader: Reader = JSON) -> Reading:
    return reader.read(Source(data=data, name="聊天.json", params=params))


def messages(reading: Reading) -> list[Message]:
    return [record for record in reading.records if isinstance(record, Message)]


def one(**more: Any) -> Message:
    (message,) = messages(read(document(entry(**more))))
    return message


def codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.notes]


# Documents --------------------------------------------------------------------------------------------------------


def test_a_document_states_its_chat_and_its_tool() -> None:
    reading = read(document(entry(), statistics={"totalMessages": 1}))
    assert reading.declared == {
        "name": "林小姐", "chat": "private", "messages": 1, "tool": "QQChatExporter V5 / https://example.com 5.5.1",
    }  # fmt: skip
    assert codes(reading) == []
    assert codes(read(document(entry(), statistics={"totalMessages": 3}))) == ["chat-count-differs"]


@pytest.mark.parametrize(
    ("about", "value"),
    [
        (ABOUT, 1.0),
        ({**ABOUT, "metadata": {"name": "x"}}, 0.8),
        ({"metadata": {"name": "x"}, "chatInfo": {"name": "y"}}, None),
        ({"chatInfo": {}}, None),
    ],
)
def test_how_sure_a_document_is_known(about: dict[str, Any], value: float | None) -> None:
    score = JSON.sniff(Source(data=json.dumps({**about, "messages": []}).encode(), name="a.json"))
    assert (score.value if score else None) == value


def test_whose_message_it_is_follows_from_the_account() -> None:
    reading = read(document(entry(), entry(sender=SHOP), entry(sender={"uin": 100200300, "name": "小安"})))
    assert [message.side for message in messages(reading)] == ["other", "self", "self"]
    group = {**ABOUT["chatInfo"], "type": "group"}
    assert [message.side for message in messages(read(document(entry(), entry(sender=SHOP), chatInfo=group)))] == [
        "unknown", "self",
    ]  # fmt: skip


def test_the_written_time_is_quoted_where_it_agrees() -> None:
    said = [one(time=time).at for time in ("2026-03-02 14:03:05", "2026-03-02 14:03:09", None)]
    assert [at.said for at in said if at] == ["2026-03-02 14:03:05", str(START // 1000), str(START // 1000)]


def test_what_the_case_says_of_a_name_a_number_or_a_remark_counts() -> None:
    people = (Person(name="x", aliases=("买家林",), side="customer"), Person(name="小安", side="applicant"))
    reading = read(
        document(entry(sender={**LIN, "remark": "买家林"}), entry(sender=SHOP), chatInfo={}), Params(people=people)
    )
    assert [message.side for message in messages(reading)] == ["other", "self"]


@pytest.mark.parametrize(
    ("sender", "name", "number"),
    [
        (LIN, "林小姐", "2837465001"),
        ({"uid": "u_x", "uin": "0", "name": "甲"}, "甲", "u_x"),
        (NOBODY, None, None),
        (None, None, None),
        ({"uin": 2837465001, "nickname": "乙"}, "乙", "2837465001"),
        ({"uin": "1234567", "name": "", "groupCard": "丙"}, "丙", "1234567"),
    ],
)
def test_who_wrote(sender: dict[str, Any] | None, name: str | None, number: str | None) -> None:
    message = one(sender=sender)
    assert (message.sender, message.sender_id) == (name, number)


@pytest.mark.parametrize(
    ("timestamp", "start", "grain"),
    [
        (START, "2026-03-02T14:03:05+08:00", "second"),
        (START + 250, "2026-03-02T14:03:05.250+08:00", "millisecond"),
        (START // 1000, "2026-03-02T14:03:05+08:00", "second"),
        (str(START // 1000), "2026-03-02T14:03:05+08:00", "second"),
        ("2026-03-02T06:03:05Z", "2026-03-02T14:03:05+08:00", "second"),
        ("2026-03-02T06:03:05.250Z", "2026-03-02T14:03:05.250+08:00", "millisecond"),
        ("2026-03-02 14:03:05", "2026-03-02T14:03:05+08:00", "second"),
        (None, "2026-03-02T14:03:05+08:00", "second"),
    ],
)
def test_epochs_and_written_times(timestamp: Any, start: str, grain: str) -> None:
    at = one(timestamp=timestamp).at
    assert at is not None
    assert (at.start, at.grain) == (start, grain)


@pytest.mark.parametrize("timestamp", ["昨天", -1, 1e30, [], "2026-03-02"])
def test_what_is_no_time_gives_none(timestamp: Any) -> None:
    assert one(timestamp=timestamp, time=None).at is None


def test_times_that_differ_or_go_back_are_noted() -> None:
    assert codes(read(document(entry(time="2026-03-02 06:03:05")))) == []
    assert codes(read(document(entry(time="2026-03-02 14:03:09")))) == ["chat-times-differ"]
    assert codes(read(document(entry(), entry(timestamp=START - 5000, time=None)))) == ["chat-time-goes-back"]


@pytest.mark.parametrize(
    ("kinds", "text", "kind"),
    [
        (["image"], "[图片: a.jpg]", "image"),
        (["image", "image"], "", "image"),
        (["image", "face"], "", "text"),
        (["market_face"], "[表情]", "sticker"),
        (["audio"], "", "voice"),
        (["file"], "", "file"),
        (["forward"], "", "other"),
        (["json"], "", "link"),
    ],
)
def test_the_elements_tell_the_type(kinds: list[str], text: str, kind: str) -> None:
    elements = [{"type": name, "data": {}} for name in kinds]
    assert one(content=holding(text, elements)).type == kind
    wordy = [*elements, {"type": "text", "data": {"text": "看"}}]
    assert one(content=holding("看" + text, wordy)).type == "text"


def test_files_are_named_by_their_path_replies_by_what_they_quote() -> None:
    files = [
        {"filename": "a.jpg", "localPath": "resources/a.jpg"},
        {"filename": "b.pdf"},
        {"fileName": "c.mp4"},
        {},
        "x",
    ]
    message = one(content=holding("", [{"type": "reply", "data": {"messageId": "1", "content": "原话"}}], files))
    assert [part.name for part in message.attachments] == ["resources/a.jpg", "b.pdf", "c.mp4"]
    assert message.reply_to == "原话"
    assert one(content=holding("", [{"type": "reply", "data": {"referencedMessageId": "17"}}])).reply_to == "17"


def test_a_message_taken_back_keeps_the_text_the_tool_claims() -> None:
    reading = read(document(entry("我要差评", recalled=True)))
    (message,) = messages(reading)
    assert (message.text, message.recalled, message.side) == ("我要差评", True, "other")
    assert [(note.code, note.values) for note in reading.notes] == [
        ("qq-recalled-kept", {"count": 1, "tool": "QQChatExporter V5"})
    ]


@pytest.mark.parametrize(
    ("more", "kind"),
    [
        ({"system": True}, "system"),
        ({"type": "system"}, "system"),
        ({"sender": {"uin": "10000", "name": "系统消息"}}, "system"),
        ({"text": "林小姐撤回了一条消息", "sender": NOBODY}, "recall"),
        ({"text": "林小姐撤回了一条消息", "system": True}, "recall"),
        ({"text": "你和林小姐有3个共同好友", "sender": NOBODY}, "system"),
    ],
)
def test_sentences_of_qq_itself(more: dict[str, Any], kind: str) -> None:
    message = one(**more)
    assert (message.side, message.type, message.recalled) == ("system", kind, kind == "recall")


def test_an_item_of_another_shape_is_unread_in_its_place() -> None:
    reading = read(document(entry(), "x", entry("二"), {"id": 1}))
    assert [message.where.pointer for message in messages(reading)] == ["/messages/0", "/messages/2"]
    assert [span.where.pointer for span in reading.unread if span.where] == ["/messages/1", "/messages/3"]
    assert (reading.balance.total, reading.balance.records, reading.balance.unread) == (4, 2, 2)


def test_of_half_a_file_what_stands_before_its_fault_is_read() -> None:
    data = document(entry("一"), entry("二"), entry("三"))
    reading = read(data[: data.index("三".encode())])
    assert [message.text for message in messages(reading)] == ["一", "二"]
    assert [span.code for span in reading.unread] == ["json-cut"]
    assert reading.declared["name"] == "林小姐"


def test_the_place_of_a_message_holds_it() -> None:
    data = document(entry("一"), entry("二"))
    assert ["一" in str(reread(data, message.where)) for message in messages(read(data))] == [True, False]


def test_version_6_names_its_fields_otherwise() -> None:
    six = {"messageId": "m", "timestamp": "2026-03-02T06:03:05Z", "messageType": "image", "content": {"text": "[图片]"}}
    (message,) = messages(read(document(six)))
    assert (message.type, message.text, message.sender) == ("image", "[图片]", None)


# Chunks -----------------------------------------------------------------------------------------------------------

CHUNKS = {"chunked": {"chunks": [{"fileName": "c000001.jsonl", "relativePath": "chunks/c000001.jsonl", "count": 2}]}}
MANIFEST = json.dumps({**ABOUT, **CHUNKS}, ensure_ascii=False).encode()
CHUNK = b"".join(json.dumps(entry(text), ensure_ascii=False).encode() + b"\n" for text in ("一", "二"))


def chunk(folder: Path, prefix: str, manifest: str, data: bytes = CHUNK) -> Source:
    (folder / "manifest.json").write_bytes(MANIFEST)
    return Source(
        data=data,
        name=f"{prefix}chunks/c000001.jsonl",
        params=CHINA,
        siblings={manifest: digest_of(MANIFEST)},
        path=lambda _: folder / "manifest.json",
    )


@pytest.mark.parametrize("prefix", ["", "导出/", "a.zip/导出/"])
def test_a_chunk_takes_the_account_from_the_manifest_above(tmp_path: Path, prefix: str) -> None:
    source = chunk(tmp_path, prefix, f"{prefix}manifest.json")
    score = JSONL.sniff(source)
    assert score is not None
    reading = JSONL.read(source)
    assert [(message.text, message.side, message.where.lines) for message in messages(reading)] == [
        ("一", "other", (1, 1)), ("二", "other", (2, 2)),
    ]  # fmt: skip
    assert (reading.declared["name"], reading.declared["messages"]) == ("林小姐", 2)


def test_without_a_manifest_no_side_is_known(tmp_path: Path) -> None:
    reading = JSONL.read(chunk(tmp_path, "", "别处/manifest.json"))
    assert [message.side for message in messages(reading)] == ["unknown", "unknown"]
    assert reading.declared == {}


def test_a_chunk_that_lacks_messages_says_so(tmp_path: Path) -> None:
    reading = JSONL.read(chunk(tmp_path, "", "manifest.json", CHUNK + CHUNK + b"{\n\n"))
    assert codes(reading) == ["chat-count-differs"]
    assert (reading.balance.total, reading.balance.records, reading.balance.skipped, reading.balance.unread) == (
        6,
        4,
        1,
        1,
    )


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[]",
        b'{"_type":"message","id":"1"}',
        b'{"msgid":"1","from":"a","msgtime":1}',
        b'{"id":1,"content":"x"}',
        MANIFEST,
    ],
)
def test_other_lines_are_not_claimed(line: bytes) -> None:
    assert JSONL.sniff(Source(data=line, name="a.jsonl")) is None


@pytest.mark.parametrize("beside", [{}, {"chunks/c000001.jsonl": digest_of(b"")}])
def test_a_manifest_tells_which_chunks_are_missing(beside: dict[str, Any]) -> None:
    reading = JSON.read(Source(data=MANIFEST, name="manifest.json", siblings=beside))
    assert (reading.records, reading.balance.total, reading.balance.skipped) == ((), 1, 1)
    assert codes(reading) == ["qqchatexporter-manifest"] + ["qqchatexporter-chunks-missing"] * (not beside)


# Text -------------------------------------------------------------------------------------------------------------

HEADING = """[QQChatExporter V5 / https://example.com]
[本软件是免费的]

===============================================
           QQ聊天记录导出文件
===============================================

聊天名称: 林小姐
聊天类型: 私聊
消息总数: 1
时间范围: 2026-03-02 14:03:05 - 2026-03-02 14:03:05

"""


def block(body: str = "内容: 好", sender: str = "林小姐", time: str = "2026-03-02 14:03:05") -> str:
    return f"\n{sender}:\n时间: {time}\n{body}\n\n"


def text_of(*blocks: str) -> Reading:
    return read((HEADING + "".join(blocks)).encode(), reader=TXT)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("内容: 好", "好"),
        ("内容: 一\n\n二", "一\n\n二"),
        ("内容: 时间: 明天", "时间: 明天"),
        ("内容: a: b", "a: b"),
        ("内容:", ""),
        ("", ""),
    ],
)
def test_a_body_runs_to_the_next_block(body: str, text: str) -> None:
    first, second = messages(text_of(block(body), block(sender="小安", body="内容: 在")))
    assert (first.sender, first.text) == ("林小姐", text)
    assert (second.sender, second.text) == ("小安", "在")
    assert first.at is not None
    assert first.at.start == "2026-03-02T14:03:05+08:00"
    assert [first.side, second.side] == ["other", "self"]


def test_files_types_replies_and_numbers() -> None:
    files = "资源: 2 个文件\n  - image: a.jpg\n  - file: b c.pdf"
    body = f"类型: image\n内容: [图片: a.jpg]\n{files}\n提及: 安\n回复: 安 - 原话 - 全"
    (message,) = messages(text_of(block(body).replace("\n林小姐:", "\n[1]\n林小姐:")))
    assert (message.type, message.text, message.reply_to) == ("image", "[图片: a.jpg]", "原话 - 全")
    assert [part.name for part in message.attachments] == ["a.jpg", "b c.pdf"]
    assert message.where.lines == (14, 23)


def test_a_list_that_does_not_hold_as_many_files_as_it_says_is_text() -> None:
    (message,) = messages(text_of(block("内容: 看\n资源: 3 个文件\n  - image: a.jpg")))
    assert (message.attachments, message.text) == ((), "看\n资源: 3 个文件\n  - image: a.jpg")


def test_the_tool_s_last_lines_belong_to_no_message() -> None:
    rule = "=" * 47
    footer = f"\n{rule}\n              导出完成\n{rule}\n总计导出 1 条消息\n导出时间: 2026-04-01 17:31:41\n"
    reading = text_of(block(), footer)
    assert [message.text for message in messages(reading)] == ["好"]
    assert (codes(reading), reading.unread) == ([], ())
    assert reading.declared["exported"] == "2026-04-01 17:31:41"


def test_a_block_without_a_blank_line_above_is_text() -> None:
    (message,) = messages(text_of(block("内容: 他写：\n小安:\n时间: 2026-03-01 9:00:00\n内容: 假的")))
    assert message.text.endswith("内容: 假的")


def test_counts_times_and_strange_lines_are_said() -> None:
    reading = text_of(
        "不属于谁\n",
        block(time="2026-03-02 9:00:00"),
        block(time="2026-02-30 9:00:00"),
        block(time="2026-03-01 9:00:00"),
    )
    assert codes(reading) == ["chat-time-unreadable", "chat-time-goes-back", "chat-count-differs"]
    assert [span.code for span in reading.unread] == ["chat-line-outside"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        (HEADING, 1.0),
        (block(), 0.8),
        ("林小姐:\n好\n", None),
        ("时间: 2026-03-02 14:03:05\n内容: 好\n", None),
        ("看 [QQChatExporter V5]\n", None),
    ],
)
def test_how_sure_a_text_is_known(text: str, value: float | None) -> None:
    score = TXT.sniff(Source(data=text.encode(), name="a.txt"))
    assert (score.value if score else None) == value


def test_sentences_of_qq_in_text() -> None:
    (message,) = messages(text_of(block("内容: 林小姐撤回了一条消息", sender="系统消息")))
    assert (message.side, message.type, message.recalled) == ("system", "recall", True)
