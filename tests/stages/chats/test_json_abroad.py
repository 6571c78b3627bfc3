"""The JSON archives of Messenger, Slack, Discord, Google Chat and Feishu: what each field becomes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.contract import Reader, Source
from pipeline.model import Message, Person, Reading, digest_of
from pipeline.moment import Zone
from stages.chats import discord_json, feishu, googlechat, meta, slack
from stages.chats.common.params import Params

AT = 1772433600
"""2026-03-02 06:40:00 UTC."""


def read(reader: Reader, value: Any, **more: Any) -> Reading:
    return reader.read(Source(data=json.dumps(value).encode(), name=more.pop("name", "chat.json"), **more))


def one(reading: Reading) -> Message:
    (record,) = reading.records
    assert isinstance(record, Message)
    return record


def codes(reading: Reading) -> list[str]:
    return [said.code for said in (*reading.notes, *reading.unread)]


# Messenger and Instagram ----------------------------------------------------------------------------------------------


def thread(*messages: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"participants": [{"name": "Lin"}, {"name": "Shop"}], "messages": list(messages), "title": "Lin", **more}


def said(**more: Any) -> dict[str, Any]:
    return {"sender_name": "Lin", "timestamp_ms": AT * 1000 + 5, **more}


@pytest.mark.parametrize(
    ("stored", "written"),
    [
        ("æ\x9e\x97å°\x8få§\x90", "林小姐"),
        ("plain", "plain"),
        ("caf\u00e9", "café"),
        ("caf\u00c3\u00a9", "café"),
        ("林小姐", "林小姐"),
        ("林 \u00c3\u00a9", "林 \u00c3\u00a9"),
        ("\u00f0\u009f\u0098\u0080", "😀"),
    ],
)
def test_garbled_wording_is_restored_by_one_rule(stored: str, written: str) -> None:
    assert meta.repaired(stored) == written


@given(st.text())
def test_restoring_undoes_the_export(text: str) -> None:
    try:
        stored = text.encode().decode("latin-1")
    except UnicodeEncodeError:
        return
    assert meta.repaired(stored) == text


def test_restored_wording_is_said_so() -> None:
    reading = read(meta.READER, thread(said(content="æ\x9e\x97")))
    assert (one(reading).text, codes(reading)) == ("林", ["chat-mojibake-repaired"])
    assert codes(read(meta.READER, thread(said(content="hi")))) == []


@pytest.mark.parametrize(
    ("more", "kind", "text", "files"),
    [
        ({"content": "hi"}, "text", "hi", ()),
        ({"photos": [{"uri": "a/b.jpg"}]}, "image", "", ("a/b.jpg",)),
        ({"videos": [{"uri": "a/b.mp4"}], "content": "看"}, "video", "看", ("a/b.mp4",)),
        ({"audio_files": [{"uri": "a/b.aac"}]}, "voice", "", ("a/b.aac",)),
        ({"files": [{"uri": "a/b.pdf"}]}, "file", "", ("a/b.pdf",)),
        ({"sticker": {"uri": "s.png"}}, "sticker", "", ("s.png",)),
        ({"share": {"link": "https://x"}}, "link", "https://x", ()),
        ({"share": {"link": "https://x"}, "content": "see https://x"}, "text", "see https://x", ()),
        ({"call_duration": 0, "content": "missed"}, "call", "missed", ()),
        ({"is_unsent": True}, "recall", "", ()),
    ],
)
def test_what_a_message_is(more: dict[str, Any], kind: str, text: str, files: tuple[str, ...]) -> None:
    message = one(read(meta.READER, thread(said(**more))))
    assert (message.type, message.text, tuple(part.name for part in message.attachments)) == (kind, text, files)
    assert message.recalled is (kind == "recall")


def test_milliseconds_are_stated_and_shown_in_the_zone_of_the_case() -> None:
    params = Params(zone=Zone(name="Asia/Shanghai", basis="case"))
    at = one(read(meta.READER, thread(said(content="hi")), params=params)).at
    assert at
    assert (at.said, at.start, at.zone) == ("1772433600005", "2026-03-02T14:40:00.005+08:00", "stated")


def test_the_newest_first_keeps_the_order_of_the_file() -> None:
    messages = [said(content=str(n), timestamp_ms=(AT - n) * 1000) for n in range(4)]
    reading = read(meta.READER, thread(*messages))
    assert [record.text for record in reading.records] == ["0", "1", "2", "3"]
    assert codes(reading) == ["chat-newest-first"]
    messages[2]["timestamp_ms"] = (AT - 9) * 1000
    assert codes(read(meta.READER, thread(*messages))) == ["chat-newest-first", "chat-time-goes-back"]


def test_participants_and_sides() -> None:
    people = (Person(name="Lin", side="customer"),)
    messages = (said(content="a"), said(content="b", sender_name="Shop"))
    reading = read(meta.READER, thread(*messages), params=Params(people=people))
    assert [record.side for record in reading.records if isinstance(record, Message)] == ["other", "self"]
    assert reading.declared == {"name": "Lin", "people": "Lin、Shop", "chat": "private"}


def test_the_archive_of_encrypted_chats_is_not_garbled() -> None:
    value = {
        "participants": ["Lin", "Shop"], "threadName": "Lin_1",
        "messages": [{"senderName": "Ã©", "text": "Ã©", "timestamp": AT * 1000, "media": [{"uri": "./m/a.mp4"}]}],
    }  # fmt: skip
    message = one(read(meta.READER, value))
    assert (message.sender, message.text, message.type) == ("Ã©", "Ã©", "video")


def test_items_of_another_shape_are_unread_in_their_place() -> None:
    reading = read(meta.READER, thread(said(content="a"), 7, said(content=["x"])))  # type: ignore[arg-type]
    assert [record.text for record in reading.records] == ["a"]
    assert [span.where and span.where.pointer for span in reading.unread] == ["/messages/1", "/messages/2"]
    assert (reading.balance.total, reading.balance.records, reading.balance.unread) == (3, 1, 2)


# Slack ----------------------------------------------------------------------------------------------------------------

USERS = [
    {"id": "U1", "name": "lin", "profile": {"display_name": "林小姐"}},
    {"id": "U2", "name": "shop", "real_name": "初晴客服", "profile": {"display_name": ""}},
]


def slack_source(tmp_path: Path, day: list[Any], **files: Any) -> Source:
    siblings, paths = {}, {}
    for name, value in {"users": USERS, **files}.items():
        path = tmp_path / f"{name}.json"
        path.write_text(json.dumps(value), "utf-8")
        digest = digest_of(path.read_bytes())
        siblings[f"slack.zip/{name}.json"], paths[digest] = digest, path
    data = json.dumps(day).encode()
    return Source(data=data, name="slack.zip/售后/2026-03-02.json", siblings=siblings, path=paths.__getitem__)


def slack_one(tmp_path: Path, **item: Any) -> Message:
    return one(slack.READER.read(slack_source(tmp_path, [{"type": "message", "ts": f"{AT}.000200", **item}])))


def test_slack_people_come_from_the_file_above(tmp_path: Path) -> None:
    message = slack_one(tmp_path, user="U1", text="hi")
    assert (message.sender, message.sender_id) == ("林小姐", "U1")
    assert slack_one(tmp_path, user="U2", text="hi").sender == "初晴客服"


def test_slack_people_who_are_not_listed_are_said_so(tmp_path: Path) -> None:
    reading = slack.READER.read(slack_source(tmp_path, [{"type": "message", "ts": f"{AT}.000200", "user": "U9"}]))
    assert (one(reading).sender, codes(reading)) == ("U9", ["chat-names-missing"])


def test_slack_ids_are_times(tmp_path: Path) -> None:
    at = slack_one(tmp_path, user="U1", text="hi").at
    assert at
    assert (at.said, at.start, at.grain) == (f"{AT}.000200", "2026-03-02T06:40:00+00:00", "second")


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("<@U1> hi", "@林小姐 hi"),
        ("<@U9|neu> hi", "@neu hi"),
        ("<#C1> <#C2|b>", "#售后 #b"),
        ("<!here> <!subteam^S1|@cs>", "@here @cs"),
        ("<https://x.cn/a>", "https://x.cn/a"),
        ("<https://x.cn/a|订单>", "订单 (https://x.cn/a)"),
        ("<https://x.cn|x.cn>", "https://x.cn"),
        ("&amp;lt;", "&lt;"),
        ("a < b > c", "a < b > c"),
    ],
)
def test_slack_markup(tmp_path: Path, stored: str, shown: str) -> None:
    source = slack_source(
        tmp_path, [{"type": "message", "ts": f"{AT}.000200", "text": stored}], channels=[{"id": "C1", "name": "售后"}]
    )
    assert one(slack.READER.read(source)).text == shown


def test_slack_threads_edits_and_files(tmp_path: Path) -> None:
    message = slack_one(
        tmp_path, user="U1", text="x", thread_ts=f"{AT - 5}.000100", edited={"user": "U1", "ts": "1.0"},
        files=[{"name": "a.png", "mimetype": "image/png"}],
    )  # fmt: skip
    assert (message.reply_to, message.edited, message.type) == (f"{AT - 5}.000100", True, "image")
    assert slack_one(tmp_path, user="U1", text="x", thread_ts=f"{AT}.000200").reply_to is None


@pytest.mark.parametrize(
    ("subtype", "kind", "side"),
    [("channel_join", "system", "system"), ("tombstone", "recall", "unknown"), ("me_message", "text", "unknown")],
)
def test_slack_subtypes(tmp_path: Path, subtype: str, kind: str, side: str) -> None:
    message = slack_one(tmp_path, user="U1", text="x", subtype=subtype)
    assert (message.type, message.side) == (kind, side)


def test_slack_bots_have_names_of_their_own(tmp_path: Path) -> None:
    item = {
        "subtype": "bot_message",
        "username": "助手",
        "bot_id": "B1",
        "attachments": [{"title": "SF1", "text": "到"}],
    }
    message = slack_one(tmp_path, text="", **item)
    assert (message.sender, message.sender_id, message.text) == ("助手", "B1", "SF1\n到")


def test_slack_channels_and_direct_messages_are_told_apart(tmp_path: Path) -> None:
    day = [{"type": "message", "ts": f"{AT}.000200", "user": "U1", "text": "x"}]
    channel = slack.READER.read(slack_source(tmp_path, day, channels=[{"id": "C1", "name": "售后"}]))
    assert channel.declared == {"name": "售后", "chat": "group"}
    direct = slack.READER.read(slack_source(tmp_path, day, dms=[{"id": "售后", "members": ["U1", "U2"]}]))
    assert direct.declared == {"name": "林小姐、初晴客服", "chat": "private"}


# Discord --------------------------------------------------------------------------------------------------------------


def discord(*messages: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "guild": {"name": "G"},
        "channel": {"type": "GuildTextChat", "name": "售后"},
        "messages": list(messages),
        **more,
    }


def posted(**more: Any) -> dict[str, Any]:
    author = {"id": "9", "name": "lin", "nickname": "林小姐"}
    return {"id": "1", "type": "Default", "timestamp": "2026-03-02T14:03:05.1234567+08:00", "content": "hi",
            "author": author, **more}  # fmt: skip


def test_discord_fields() -> None:
    message = one(read(discord_json.READER, discord(posted(timestampEdited="x", reference={"messageId": "7"}))))
    assert message.at
    assert (message.at.start, message.at.zone) == ("2026-03-02T14:03:05.123+08:00", "stated")
    assert (message.sender, message.sender_id, message.edited, message.reply_to) == ("林小姐", "9", True, "7")


@pytest.mark.parametrize(
    ("url", "name"), [("chat_Files/a-1.png", "chat_Files/a-1.png"), ("https://cdn/x/a.png?ex=1", "a.png")]
)
def test_discord_files_are_named_by_where_they_lie(url: str, name: str) -> None:
    message = one(read(discord_json.READER, discord(posted(attachments=[{"url": url, "fileName": "a.png"}]))))
    assert ([part.name for part in message.attachments], message.type) == ([name], "image")


def test_discord_counts_are_compared() -> None:
    reading = read(discord_json.READER, discord(posted(), messageCount=3))
    assert (codes(reading), reading.declared["messages"]) == (["chat-count-differs"], 3)
    assert codes(read(discord_json.READER, discord(posted(), messageCount=1))) == []


# Google Chat ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "start"),
    [
        ("Friday, May 29, 2026 at 3:00:29\u202fAM UTC", "2026-05-29T03:00:29+00:00"),
        ("Friday, May 29, 2026 at 3:00:29\u202fPM UTC", "2026-05-29T15:00:29+00:00"),
        ("2026年5月29日星期五 UTC 03:00:29", "2026-05-29T03:00:29+00:00"),
        ("2026年5月29日 星期五 UTC 下午3:00:29", "2026-05-29T15:00:29+00:00"),
        ("Freitag, 29. Mai 2026 um 03:00:29 UTC", "2026-05-29T03:00:29+00:00"),
        ("vendredi 29 mai 2026 à 03:00:29 UTC", "2026-05-29T03:00:29+00:00"),
        ("2026年5月29日金曜日 3時00分29秒 UTC", "2026-05-29T03:00:29+00:00"),
    ],
)
def test_google_dates_in_the_languages_of_accounts(written: str, start: str) -> None:
    value = {"messages": [{"creator": {"name": "林"}, "created_date": written, "text": "hi"}]}
    at = one(read(googlechat.READER, value)).at
    assert at
    assert (at.start, at.said, at.zone) == (start, written, "stated")


def test_google_deleted_messages_stay_in_place() -> None:
    value = {"messages": [{"creator": {"name": "林"}, "created_date": "x", "message_state": "DELETED"}]}
    reading = read(googlechat.READER, value)
    assert (one(reading).type, one(reading).recalled, codes(reading)) == ("recall", True, ["chat-time-unreadable"])


# Feishu ---------------------------------------------------------------------------------------------------------------


def feishu_one(kind: str, content: Any, **more: Any) -> Message:
    body = {"content": content if isinstance(content, str) else json.dumps(content)}
    item = {"message_id": "om_1", "create_time": f"{AT}123", "msg_type": kind, "sender": {"id": "ou_1"}, "body": body}
    return one(read(feishu.READER, {"data": {"items": [{**item, **more}]}}))


@pytest.mark.parametrize(
    ("kind", "content", "type_", "text", "files"),
    [
        ("text", {"text": "hi"}, "text", "hi", []),
        ("text", "not JSON", "text", "not JSON", []),
        ("image", {"image_key": "img_1"}, "image", "", ["img_1"]),
        ("file", {"file_key": "f", "file_name": "a.pdf"}, "file", "", ["a.pdf"]),
        ("post", {"title": "T", "content": [[{"tag": "text", "text": "a"}]]}, "text", "T\na", []),
        ("post", {"zh_cn": {"title": "T", "content": [[{"tag": "text", "text": "a"}]]}}, "text", "T\na", []),
        ("text", [1], "text", "", []),
        ("system", {"template": "x"}, "system", "x", []),
    ],
)
def test_feishu_contents(kind: str, content: Any, type_: str, text: str, files: list[str]) -> None:
    message = feishu_one(kind, content)
    assert (message.type, message.text, [part.name for part in message.attachments]) == (type_, text, files)


def test_feishu_times_recalls_and_mentions() -> None:
    mentions = [{"key": "@_user_1", "id": "ou_2", "name": "客服"}]
    message = feishu_one("text", {"text": "@_user_1 hi"}, deleted=True, parent_id="om_0", mentions=mentions)
    assert message.at
    assert message.at.start == "2026-03-02T06:40:00.123+00:00"
    assert (message.type, message.text, message.reply_to, message.sender) == ("recall", "@客服 hi", "om_0", "ou_1")
