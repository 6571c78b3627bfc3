"""Lists of people and channels are known by name and content, state no message, and leave nothing unread."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pipeline.contract import Source
from stages.chats.companions import READER

USER = {"id": "U01", "name": "lin", "profile": {"display_name": "林小姐"}}
CHANNEL = {"id": "C01", "name": "售后", "members": ["U01"]}


def source(name: str, value: Any) -> Source:
    data = value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
    return Source(data=data, name=name)


@pytest.mark.parametrize(
    ("name", "value", "count"),
    [
        ("slack.zip/users.json", [USER, USER], 2),
        ("channels.json", [CHANNEL], 1),
        ("dms.json", [{"id": "D01", "members": ["U01", "U02"]}], 1),
        ("Groups/DM 1/group_info.json", {"members": []}, 1),
        ("user_info.json", {"user": {"name": "初晴客服"}}, 1),
        ("USERS.JSON", b"\xef\xbb\xbf" + json.dumps([USER]).encode(), 1),
    ],
)
def test_a_list_is_put_aside_and_said(name: str, value: Any, count: int) -> None:
    found = source(name, value)
    assert READER.sniff(found) is not None
    reading = READER.read(found)
    assert (reading.records, reading.unread) == ((), ())
    assert (reading.balance.total, reading.balance.skipped) == (count, count)
    assert [(note.code, note.values["count"]) for note in reading.notes] == [("chat-companion-read", count)]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("people.json", [USER]), ("users.json", [CHANNEL]), ("users.json", []), ("users.json", [USER, 1]),
        ("users.json", {"id": 1, "profile": {}}), ("users.json", b"[{"), ("users.json", b"\xff\xfe\x00"),
        ("users.json", b"[" * 5000), ("group_info.json", []), ("user_info.json", {"members": []}),
    ],
)  # fmt: skip
def test_another_file_of_that_name_is_none(name: str, value: Any) -> None:
    assert READER.sniff(source(name, value)) is None
    assert [span.code for span in READER.read(source(name, value)).unread] == ["chat-companion-empty"]
