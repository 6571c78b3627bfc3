"""Files that only name the people and channels of an export beside them: they are read with it and state no message."""

from __future__ import annotations

from typing import Any

import msgspec

from pipeline.contract import Reader, Score, Source
from pipeline.model import Note, Reading, Unread
from stages.chats.common.account import Account, closed
from stages.chats.common.utf8 import utf8_of

__all__ = ["READER"]

_SLACK = {"users.json": "profile", "channels.json": "members", "groups.json": "members", "dms.json": "members",
          "mpims.json": "members"}  # fmt: skip
"""Slack's lists, and a key that each of their entries has."""

_GOOGLE = {"group_info.json": "members", "user_info.json": "user"}
"""Google Chat's, and a key of the object that each is."""


def _sniff(source: Source) -> Score | None:
    name = source.name.rpartition("/")[2].lower()
    if name not in _SLACK and name not in _GOOGLE:
        return None
    return Score(value=0.9, reason="chat-companion") if _entries(source, name) else None


def _read(source: Source) -> Reading:
    entries = _entries(source, source.name.rpartition("/")[2].lower())
    if not entries:
        return closed(READER, Unread(code="chat-companion-empty"), "items")
    account = Account("items", len(entries))
    account.aside = len(entries)
    account.notes.append(Note(code="chat-companion-read", values={"count": len(entries)}))
    return account.reading(READER, encoding="utf-8")


def _entries(source: Source, name: str) -> list[Any]:
    """What the file lists; nothing where it is another file of that name."""
    try:
        value = msgspec.json.decode(utf8_of(source.data)[0])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return []
    if name in _GOOGLE:
        return [value] if isinstance(value, dict) and _GOOGLE[name] in value else []
    key = _SLACK.get(name, "")
    entries = value if isinstance(value, list) else []
    return entries if all(isinstance(entry, dict) and key in entry and "id" in entry for entry in entries) else []


READER = Reader(id="chat-companion", version=1, grade="A", sniff=_sniff, read=_read)
