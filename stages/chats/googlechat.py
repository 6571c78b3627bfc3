"""Google Chat's messages.json from Takeout: dates as the account's language writes them, people by name and address."""

from __future__ import annotations

from typing import Any

import msgspec

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator
from pipeline.model import Attachment, Message, MessageType, Reading, Unread
from stages.chats.common.account import Account, closed
from stages.chats.common.chronicle import Chronicle
from stages.chats.common.outline import paths_of
from stages.chats.common.params import Params, params_of
from stages.chats.common.sides import side_of
from stages.chats.common.typed import each
from stages.chats.discord_json import kind_of_name
from stages.lang.items import items_at

__all__ = ["READER"]


class _Person(msgspec.Struct):
    name: str | None = None
    email: str | None = None
    user_type: str | None = None


class _File(msgspec.Struct):
    original_name: str | None = None
    export_name: str | None = None


class _Quote(msgspec.Struct):
    text: str | None = None
    message_id: str | None = None


class _Item(msgspec.Struct):
    creator: _Person | None = None
    created_date: str | None = None
    updated_date: str | None = None
    deleted_date: str | None = None
    text: str | None = None
    message_id: str | None = None
    message_state: str | None = None
    deletion_metadata: Any = None
    attached_files: list[_File] = []
    quoted_message_metadata: _Quote | None = None
    reactions: list[msgspec.Raw] = []


class _Group(msgspec.Struct):
    name: str | None = None
    members: list[_Person] = []


_About = tuple[str | None, bool | None]
"""The own address and whether the chat is private, None where unknown."""


class _Account(msgspec.Struct):
    user: _Person


def _sniff(source: Source) -> Score | None:
    known = {"messages.item.creator", "messages.item.created_date"} <= paths_of(source)
    return Score(value=0.95, reason="chat-google-keys") if known else None


def _read(source: Source) -> Reading:
    items = items_at(source.data, "messages")
    if items is None:
        return closed(READER, Unread(code="chat-item-unknown"), "items")
    account, params = Account("items", len(items.items)), params_of(source)
    found = list(each(account, items, _Item, "/messages"))
    times = Chronicle(account, source, (_written(item) for _, item in found))
    group, own = _group(source), _own_address(source)
    private = len(group.members) == 2 if group.members else None
    for where, item in found:
        account.records.append(_message(where, item, times, params, (own, private)))
    reacted = sum(bool(item.reactions) for _, item in found)
    if reacted:
        account.note("chat-reactions-left", count=reacted)
    return account.reading(READER, declared=_declared(group, private), encoding="utf-8")


def _written(item: _Item) -> str:
    """The time of a message; of a deleted one that of its deletion, where nothing else is left."""
    return item.created_date or item.deleted_date or ""


def _message(
    where: Locator, item: _Item, times: Chronicle, params: Params, about: tuple[str | None, bool | None]
) -> Message:
    own, private = about
    person = item.creator or _Person()
    gone = item.message_state == "DELETED" or item.deletion_metadata is not None or item.deleted_date is not None
    files = [name for file in item.attached_files if (name := file.export_name or file.original_name)]
    is_own = None if own is None or person.email is None else person.email == own
    kind: MessageType = "recall" if gone else kind_of_name(files[0]) if files else "text"
    quote = item.quoted_message_metadata
    return Message(
        where=where,
        at=times.at(_written(item), where),
        sender=person.name or person.email,
        sender_id=person.email,
        side=side_of((person.name, person.email), params.people, own=is_own, private=private),
        type=kind,
        text=item.text or "",
        attachments=tuple(Attachment(name=name) for name in files),
        edited=item.updated_date is not None and not gone,
        recalled=gone,
        reply_to=(quote.text or quote.message_id) if quote else None,
    )


def _group(source: Source) -> _Group:
    """What the file beside it says of the conversation."""
    try:
        return msgspec.json.decode(source.bytes_beside("group_info.json") or b"{}", type=_Group)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return _Group()


def _own_address(source: Source) -> str | None:
    """The address of the account that was exported, if exactly one file of the same archive states one."""
    root = source.name.partition("/")[0] + "/" if "/" in source.name else ""
    found = [name for name in source.siblings if name.startswith(root) and name.endswith("/user_info.json")]
    if len(found) != 1 or source.path is None:
        return None
    try:
        return msgspec.json.decode(source.path(source.siblings[found[0]]).read_bytes(), type=_Account).user.email
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _declared(group: _Group, private: bool | None) -> dict[str, str | int]:
    stated: dict[str, str | int] = {}
    people = [person.name or person.email or "" for person in group.members]
    if group.name:
        stated["name"] = group.name
    if people:
        stated["people"] = "、".join(people)
    if private is not None:
        stated["chat"] = "private" if private else "group"
    return stated


READER = Reader(id="googlechat-json", version=1, grade="B", sniff=_sniff, read=_read)
