"""ChatLab's files, as one document and as lines, and Xiaohongshu's flavour of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.locate import reread
from pipeline.model import MessageType, Person, Reading
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
)  # fmt: skip

JSON, JSONL = reader_of("chatlab-json"), reader_of("chatlab-jsonl")
XHS = {"name": "momo酱", "platform": "xiaohongshu", "type": "private"}
EPOCH = 0x180000000


def said(
    text: Any = "你好", sender: str = "u1", name: str | None = "林小姐", at: Any = NOON, kind: Any = 0, **more: Any
) -> Any:
    return {"sender": sender, "accountName": name, "timestamp": at, "type": kind, "content": text, **more}


def document(*items: Any, meta: Any = None, members: Any = (), version: str = "0.0.2") -> dict[str, Any]:
    meta = {"name": "林小姐", "platform": "wechat", "type": "private"} if meta is None else meta
    return {"chatlab": {"version": version}, "meta": meta, "members": list(members), "messages": list(items)}


def read(*items: Any, params: Params = SHANGHAI, **parts: Any) -> Reading:
    return JSON.read(source_of(document(*items, **parts), params=params))


def id_of(seconds: int, low: int = 7) -> str:
    return f"64ab.{low}.{((seconds + EPOCH) << 24) + low:x}"


@pytest.mark.parametrize("version", ["0.0.1", "0.0.2", "1.0.0", "x"])
def test_every_version_is_read(version: str) -> None:
    source = source_of(document(said(), version=version))
    assert known_to(source) == {"chatlab-json"}
    reading = JSON.read(source)
    assert reading.declared["version"] == version
    assert (len(reading.records), balance(reading)) == (1, (1, 1, 0, 0))


def test_a_message_has_its_place_sender_and_instant() -> None:
    source = source_of(document(said("第一条"), said("第二条", sender="u2", name="阿青", at=NOON + 60)))
    reading = JSON.read(source)
    second = messages(reading)[1]
    assert json.loads(reread(source.data, second.where))["content"] == second.text == "第二条"
    assert (second.sender, second.sender_id, start_of(second)) == ("阿青", "u2", "2026-03-02T14:04:05+08:00")
    assert second.at is not None
    assert (second.at.zone, second.at.date, second.at.grain) == ("stated", "stated", "second")


@pytest.mark.parametrize(
    ("number", "kind"),
    [(0, "text"), (1, "image"), (2, "voice"), (3, "video"), (4, "file"), (5, "sticker"), (7, "link"), (8, "location"),
     (20, "red-packet"), (21, "transfer"), (22, "other"), (23, "call"), (24, "link"), (25, "text"), (26, "other"),
     (27, "other"), (80, "system"), (81, "recall"), (99, "other"), (1234, "other"), ("0", "other"), (None, "other"),
     (True, "other")],
)  # fmt: skip
def test_types(number: Any, kind: MessageType) -> None:
    message = messages(read(said(kind=number)))[0]
    assert message.type == kind
    assert message.recalled is (kind == "recall")
    assert (message.side == "system") is (kind in ("system", "recall"))


@pytest.mark.parametrize(
    ("content", "text"), [(None, ""), (5, "5"), ({"a": [1]}, '{"a":[1]}'), ("\u200e甲\n\n乙", "\u200e甲\n\n乙")]
)
def test_the_wording_is_kept(content: Any, text: str) -> None:
    assert messages(read(said(content)))[0].text == text


def test_milliseconds_by_mistake_are_noted() -> None:
    reading = read(said(at=NOON * 1000), said(at=NOON + 1))
    assert start_of(messages(reading)[0]) == "2026-03-02T14:03:05.000+08:00"
    assert codes(reading) == ["chat-epochs-in-ms"]


@pytest.mark.parametrize("at", [0, -1, None, "soon", [], 10**20])
def test_a_message_without_a_time_is_kept(at: Any) -> None:
    reading = read(said("没有时间", at=at))
    assert (messages(reading)[0].at, codes(reading)) == (None, ["chat-times-missing"])


def test_without_a_zone_the_instant_is_shown_in_utc() -> None:
    assert start_of(messages(read(said(), params=Params()))[0]) == "2026-03-02T06:03:05+00:00"


def test_the_owner_that_the_file_names_is_the_applicant() -> None:
    meta = {"name": "x", "type": "private", "ownerId": "u2"}
    found = messages(read(said(), said(sender="u2", name="阿青"), meta=meta))
    assert [message.side for message in found] == ["other", "self"]


def test_the_case_names_one_of_two_and_so_the_other() -> None:
    found = messages(read(said(), said(sender="u2", name="阿青"), said(kind=81), params=OF_LIN))
    assert [message.side for message in found] == ["other", "self", "system"]


def test_in_a_group_the_nickname_is_shown_and_sides_stay_unknown() -> None:
    meta = {"name": "群", "type": "group"}
    found = messages(read(said(groupNickname="买家小林"), said(sender="u2", name="阿青"), meta=meta, params=OF_LIN))
    assert [(message.sender, message.side) for message in found] == [("买家小林", "other"), ("阿青", "unknown")]


def test_members_name_senders_without_a_name() -> None:
    members = [{"platformId": "u1", "accountName": "林小姐"}, "x", None, {"platformId": 5}]
    found = messages(read(said(name=None), said(sender="u9", name=None), members=members))
    assert [message.sender for message in found] == ["林小姐", "u9"]


def test_a_reply_names_the_message_it_answers() -> None:
    assert messages(read(said(kind=25, replyTo="m7")))[0].reply_to == "m7"
    assert messages(read(said(kind=25, replyToMessageId=9)))[0].reply_to == "9"


def test_going_back_in_time_is_noted_once_and_the_order_kept() -> None:
    reading = read(said("一", at=NOON + 9), said("二", at=NOON), said("三", at=NOON + 1), said("四", at=NOON))
    assert [message.text for message in messages(reading)] == ["一", "二", "三", "四"]
    assert [(note.code, note.values["count"]) for note in reading.notes] == [("chat-not-in-order", 2)]


@pytest.mark.parametrize("item", [None, 5, "x", [], {}, {"sender": "u1"}, {"content": "x"}, [said()]])
def test_what_is_no_message_stays_unread(item: Any) -> None:
    reading = read(said(), item, said())
    assert (lost(reading), balance(reading)) == (["chat-item-unknown"], (3, 2, 0, 1))
    assert reading.unread[0].where is not None
    assert reading.unread[0].where.pointer == "/messages/1"


@pytest.mark.parametrize("meta", [None, 5, [], "x", {"name": 5, "type": None}])
def test_a_head_of_another_kind_does_no_harm(meta: Any) -> None:
    whole = {**document(said()), "meta": meta, "members": {"a": 1}, "chatlab": {"version": [1]}}
    assert len(JSON.read(source_of(whole)).records) == 1


def test_keys_in_any_order_and_pictures_before_the_messages() -> None:
    avatar = "data:image/png;base64," + "A" * 200_000
    whole = document(said(), members=[{"platformId": "u1", "accountName": "林小姐", "avatar": avatar}])
    assert known_to(source_of(whole)) == {"chatlab-json"}
    turned = dict(reversed(whole.items()))
    assert known_to(source_of(turned)) == {"chatlab-json"}
    assert len(JSON.read(source_of(turned)).records) == 1


def test_half_a_file_gives_its_first_messages_and_what_the_head_states() -> None:
    data = json.dumps(document(said("一"), said("二"), said("三")), ensure_ascii=False).encode()
    reading = JSON.read(source_of(data[: data.index("三".encode())]))
    assert [message.text for message in messages(reading)] == ["一", "二"]
    assert (lost(reading), balance(reading), reading.declared["name"]) == (["json-cut"], (3, 2, 0, 1), "林小姐")


def test_other_encodings() -> None:
    text = json.dumps(document(said("尺码不对")), ensure_ascii=False)
    for encoding in ("utf-8-sig", "utf-16", "gb18030"):
        source = source_of(text.encode(encoding))
        assert known_to(source) == {"chatlab-json"}
        reading = JSON.read(source)
        assert (messages(reading)[0].text, reading.encoding) == ("尺码不对", encoding)


def test_a_file_without_a_list_stays_unread() -> None:
    reading = JSON.read(source_of({"chatlab": {}, "messages": 5}))
    assert (lost(reading), balance(reading)) == (["json-without-messages"], (0, 0, 0, 0))


@pytest.mark.parametrize(
    "data", [{"messages": []}, [{"chatlab": {}}], {"text": '"chatlab": {'}, "chatlab", "", b"\xff\xfe"]
)
def test_other_files_are_not_known(data: Any) -> None:
    assert not known_to(source_of(data)) & {"chatlab-json", "chatlab-jsonl"}


# Xiaohongshu ------------------------------------------------------------------------------------------------------


def test_times_from_ids_are_marked_as_such() -> None:
    item = said(platformMessageId=id_of(NOON))
    reading = read(item, said(platformMessageId="plain", at=NOON + 5), meta=XHS)
    first, second = messages(reading)
    assert first.at is not None
    assert (first.at.date, first.at.start) == ("inferred", "2026-03-02T14:03:05+08:00")
    assert item["platformMessageId"] in (first.at.anchor or "")
    assert second.at is not None
    assert (second.at.date, second.at.anchor) == ("stated", None)
    assert codes(reading) == ["chat-time-from-id"]


def test_other_platforms_state_their_times() -> None:
    found = messages(read(said(platformMessageId=id_of(NOON))))[0]
    assert found.at is not None
    assert found.at.date == "stated"


def test_a_time_that_is_not_the_one_of_the_id_is_noted() -> None:
    reading = read(said(platformMessageId=id_of(NOON)), said(platformMessageId=id_of(NOON), at=NOON + 3600), meta=XHS)
    assert codes(reading) == ["chat-time-from-id", "chat-time-not-of-id"]
    assert [note.where.pointer for note in reading.notes if note.where] == ["/messages/1"]


def test_the_exporter_is_named_me() -> None:
    found = messages(read(said(name="momo酱"), said(sender="u2", name="我"), meta=XHS))
    assert [message.side for message in found] == ["other", "self"]
    elsewhere = messages(read(said(sender="u2", name="我")))
    assert elsewhere[0].side == "unknown"


def test_a_case_may_say_otherwise() -> None:
    params = Params(people=(Person(name="我", side="customer"),))
    assert messages(read(said(name="我"), meta=XHS, params=params))[0].side == "other"


def test_local_files_are_attachments_and_the_text_is_kept() -> None:
    text = "[图片] https://sns.example.com/a.png\n[本地文件] media/images/a b.png \n[本地文件] media/images/c.png"
    message = messages(read(said(text, kind=1), meta=XHS))[0]
    assert message.text == text
    assert [part.name for part in message.attachments] == ["media/images/a b.png", "media/images/c.png"]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("[回复 甲：你好] 好的", "甲：你好"),
        ("[回复 甲：[图片]] 好的", "甲：[图片]"),
        ("[回复 甲：没有结尾", None),
        ("我说 [回复 甲：你好]", None),
        ("[回复甲]", None),
    ],
)
def test_what_a_reply_quotes(text: str, quoted: str | None) -> None:
    assert messages(read(said(text, kind=25), meta=XHS))[0].reply_to == quoted


# Lines ------------------------------------------------------------------------------------------------------------


HEADER = {
    "_type": "header",
    "chatlab": {"version": "0.0.2"},
    "meta": {"name": "林小姐", "type": "private", "ownerId": "u2"},
}


def lines(*values: Any, end: str = "\n") -> str:
    return end.join(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False) for value in values)


def entry(**more: Any) -> dict[str, Any]:
    return {**said(**more), "_type": "message"}


def test_lines_are_read_by_their_type() -> None:
    member = {"_type": "member", "platformId": "u1", "accountName": "林小姐"}
    source = source_of(
        "\ufeff" + lines("# 说明", HEADER, member, "", entry(name=None), entry(sender="u2", name="阿青"), end="\r\n")
    )
    assert known_to(source) == {"chatlab-jsonl"}
    reading = JSONL.read(source)
    assert [(message.sender, message.side) for message in messages(reading)] == [("林小姐", "other"), ("阿青", "self")]
    assert (balance(reading), reading.declared["name"]) == ((6, 2, 4, 0), "林小姐")
    assert [message.where.lines for message in messages(reading)] == [(5, 5), (6, 6)]
    assert '"阿青"' in str(reread(source.data, messages(reading)[1].where))


def test_members_may_come_after_the_messages() -> None:
    member = {"_type": "member", "platformId": "u1", "accountName": "林小姐"}
    assert messages(JSONL.read(source_of(lines(entry(name=None), member))))[0].sender == "林小姐"


def test_lines_of_no_type_and_broken_lines_stay_unread() -> None:
    text = lines(HEADER, "{", entry(), '{"_type": "vote"}', "[]", "5", '{"_type": "message"}')
    reading = JSONL.read(source_of(text))
    assert lost(reading) == [
        "json-line-broken",
        "chat-item-unknown",
        "json-line-broken",
        "json-line-broken",
        "chat-item-unknown",
    ]
    assert balance(reading) == (7, 1, 1, 5)


def test_a_second_header_is_noted() -> None:
    assert codes(JSONL.read(source_of(lines(HEADER, entry(), HEADER)))) == ["chat-second-title"]


@pytest.mark.parametrize("text", ["# only a comment", '{"_type": "other"}', '{"a": 1}\n{"_type": "message"}', "[]", ""])
def test_other_lines_are_not_known(text: str) -> None:
    assert "chatlab-jsonl" not in known_to(source_of(text))
