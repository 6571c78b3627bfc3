"""Messages as Feishu's interface lists them: times in milliseconds, people by id, the content as JSON in a string."""

from __future__ import annotations

from typing import Any

import msgspec

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator
from pipeline.model import Attachment, Message, MessageType, Reading, Unread
from pipeline.moment import Moment, Zone, from_epoch_ms
from stages.chats.common.account import Account, closed
from stages.chats.common.outline import paths_of
from stages.chats.common.params import params_of
from stages.chats.common.sides import side_of
from stages.chats.common.typed import each, note_steps
from stages.lang.items import items_at

__all__ = ["READER"]

_LISTS: tuple[tuple[str, ...], ...] = (("data", "items"), ("items",), ())
_KEYS = ("message_id", "msg_type", "create_time")
_TYPES: dict[str, MessageType] = {
    "text": "text",
    "post": "text",
    "image": "image",
    "file": "file",
    "folder": "file",
    "audio": "voice",
    "media": "video",
    "sticker": "sticker",
    "interactive": "other",
    "share_chat": "other",
    "share_user": "other",
    "merge_forward": "other",
    "location": "location",
    "video_chat": "call",
    "vote": "poll",
    "hongbao": "red-packet",
    "system": "system",
}


class _Body(msgspec.Struct):
    content: str | None = None


class _Sender(msgspec.Struct):
    id: str | None = None
    sender_type: str | None = None
    name: str | None = None


class _Mention(msgspec.Struct):
    key: str = ""
    name: str = ""


class _Item(msgspec.Struct):
    message_id: str
    create_time: int | str
    msg_type: str = "text"
    deleted: bool = False
    updated: bool = False
    sender: _Sender | None = None
    body: _Body | None = None
    mentions: list[_Mention] | None = None
    parent_id: str | None = None
    chat_id: str | None = None


def _sniff(source: Source) -> Score | None:
    paths = paths_of(source)
    for path in _LISTS:
        prefix = ".".join([*path, "item"])
        if {f"{prefix}.{key}" for key in _KEYS} <= paths and f"{prefix}.body" in paths:
            return Score(value=0.95, reason="chat-feishu-keys")
    return None


def _read(source: Source) -> Reading:
    found = next(((path, items) for path in _LISTS if (items := items_at(source.data, *path)) is not None), None)
    if found is None:
        return closed(READER, Unread(code="chat-item-unknown"), "items")
    path, items = found
    account, params = Account("items", len(items.items)), params_of(source)
    zone = params.zone_for(source.name)
    for where, item in each(account, items, _Item, "".join(f"/{key}" for key in path)):
        person = item.sender or _Sender()
        kind: MessageType = "recall" if item.deleted else _TYPES.get(item.msg_type, "other")
        text, files = _content(item)
        account.records.append(
            Message(
                where=where,
                at=_at(account, where, item.create_time, zone),
                sender=person.name or person.id or None,
                sender_id=person.id or None,
                side="system"
                if kind == "system"
                else side_of((person.name, person.id), params.people, own=None, private=None),
                type=kind,
                text=text,
                attachments=tuple(Attachment(name=name) for name in files),
                edited=item.updated and not item.deleted,
                recalled=item.deleted,
                reply_to=item.parent_id or None,
                chat=item.chat_id or None,
            )
        )
    note_steps(account, may_be_newest_first=True)
    if any(record.sender and record.sender == record.sender_id for record in account.records):
        account.note("chat-names-are-ids")
    return account.reading(READER, encoding="utf-8")


def _at(account: Account, where: Locator, said: int | str, zone: Zone | None) -> Moment | None:
    """Milliseconds, which the interface writes as a string."""
    text = str(said)
    if text.isdecimal() and text.isascii() and len(text) < 17:
        try:
            return from_epoch_ms(text, int(text), zone)
        except ValueError:
            pass  # beyond the calendar: said below
    account.note("chat-time-unreadable", where, said=text[:40])
    return None


def _content(item: _Item) -> tuple[str, list[str]]:
    """The wording of a message and the files it names; what is not JSON in the string is the wording itself."""
    raw = (item.body.content if item.body else None) or ""
    try:
        content = msgspec.json.decode(raw) if raw[:1] in "{[" and raw else raw
    except (msgspec.DecodeError, RecursionError):
        content = raw
    files: list[str] = []
    lines = _lines(content, files)
    text = "\n".join(lines)
    for mention in item.mentions or ():
        if mention.key and mention.name:
            text = text.replace(mention.key, f"@{mention.name}")
    return text, files


def _lines(content: Any, files: list[str]) -> list[str]:
    """The lines of a content: a text, a rich text by paragraphs, or what a card says in words."""
    if not isinstance(content, dict):
        return [content] if isinstance(content, str) and content else []
    localised = [
        value for value in content.values() if isinstance(value, dict) and isinstance(value.get("content"), list)
    ]
    if localised:
        return _lines(localised[0], files)
    said = [content[key] for key in ("title", "text", "template", "name") if isinstance(content.get(key), str)]
    name = content.get("file_name") or content.get("image_key") or content.get("file_key")
    if isinstance(name, str):
        files.append(name)
    paragraphs = content.get("content")
    if isinstance(paragraphs, list):
        said += [_paragraph(part, files) for part in paragraphs if isinstance(part, list)]
    return [line for line in said if line]


def _paragraph(parts: list[Any], files: list[str]) -> str:
    said = []
    for part in parts:
        if not isinstance(part, dict):
            continue
        text, tag = part.get("text"), part.get("tag")
        if tag in ("img", "media") and isinstance(part.get("image_key"), str):
            files.append(part["image_key"])
        elif tag == "at":
            said.append(f"@{part.get('user_name') or part.get('user_id') or ''}")
        elif isinstance(text, str):
            href = part.get("href")
            said.append(f"{text} ({href})" if isinstance(href, str) and href != text else text)
    return "".join(said)


READER = Reader(id="feishu-json", version=1, grade="C", sniff=_sniff, read=_read)
