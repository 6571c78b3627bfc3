"""Slack's export: one JSON list for each day of a channel, with the people and channels in files beside its folder.

`ts` is a message's id and its time; people are named by ids, which users.json turns into names.
"""

from __future__ import annotations

import html
import re
from typing import Any, NamedTuple

import msgspec

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator
from pipeline.model import Attachment, Message, MessageType, Reading, Unread
from pipeline.moment import Moment, Zone, from_epoch_ms
from stages.chats.common.account import Account, closed
from stages.chats.common.outline import paths_of
from stages.chats.common.params import Params, params_of
from stages.chats.common.sides import side_of
from stages.chats.common.typed import each, note_steps
from stages.lang.encoding import HEAD
from stages.lang.items import items_at

__all__ = ["READER"]

_TS = re.compile(rb'"ts"\s*:\s*"\d{9,10}\.\d{6}"')
_STAMP = re.compile(r"\d{1,11}(?:\.\d{1,6})?", re.ASCII)
_NOTICES = re.compile(
    r"(?:channel|group|mpim)_(?:join|leave|topic|purpose|name|archive|unarchive|convert_to_private|posting_permissions)"
    r"|(?:un)?pinned_item|bot_(?:add|remove|enable|disable)|reminder_add|huddle_thread|sh_room_(?:created|shared)"
)
_GONE = frozenset({"tombstone", "message_deleted"})
_MARKUP = re.compile(r"<(?P<sign>[@#!]?)(?P<what>[^<>|\n]{1,2000})(?:\|(?P<label>[^<>\n]{0,2000}))?>")


class _Profile(msgspec.Struct):
    display_name: str | None = None
    real_name: str | None = None
    name: str | None = None


class _User(msgspec.Struct):
    id: str = ""
    name: str | None = None
    real_name: str | None = None
    profile: _Profile | None = None


class _Channel(msgspec.Struct):
    id: str = ""
    name: str = ""
    members: list[str] = []


class _File(msgspec.Struct):
    name: str | None = None
    title: str | None = None
    mimetype: str | None = None


class _Extra(msgspec.Struct):
    """What a bot, or the preview of a link, adds to a message."""

    pretext: str | None = None
    title: str | None = None
    text: str | None = None
    fallback: str | None = None
    from_url: str | None = None


class _Item(msgspec.Struct):
    ts: str
    type: str = "message"
    subtype: str | None = None
    user: str | None = None
    username: str | None = None
    bot_id: str | None = None
    bot_profile: _Profile | None = None
    user_profile: _Profile | None = None
    text: str | None = None
    thread_ts: str | None = None
    edited: Any = None
    files: list[_File | None] = []
    attachments: list[_Extra | None] = []
    reactions: list[msgspec.Raw] = []


class _Book(NamedTuple):
    """The names of people and channels by id, and the conversation of this file: its name and its kind."""

    users: dict[str, str]
    channels: dict[str, str]
    name: str
    private: bool | None


def _sniff(source: Source) -> Score | None:
    paths = paths_of(source)
    if {"item.ts", "item.type"} <= paths and {"item.text", "item.user", "item.bot_id"} & paths:
        return Score(value=0.95, reason="chat-slack-ts") if _TS.search(source.data[:HEAD]) else None
    return None


def _read(source: Source) -> Reading:
    items = items_at(source.data)
    if items is None:
        return closed(READER, Unread(code="chat-item-unknown"), "items")
    account = Account("items", len(items.items))
    chat = _Chat(account, _book(source), params_of(source), source.name)
    for where, item in each(account, items, _Item, ""):
        chat.take(where, item)
    chat.remark()
    declared: dict[str, str | int] = {"name": chat.book.name} if chat.book.name else {}
    if chat.book.private is not None:
        declared["chat"] = "private" if chat.book.private else "group"
    return account.reading(READER, declared=declared, encoding="utf-8")


def _book(source: Source) -> _Book:
    """What the files beside the channel's folder state."""
    users = {user.id: _name_of(user) for user in _list(source, "users.json", _User)}
    folder = source.name.rpartition("/")[0].rpartition("/")[2]
    channels: dict[str, str] = {}
    private: bool | None = None
    for file in ("channels.json", "groups.json", "mpims.json", "dms.json"):
        for channel in _list(source, file, _Channel):
            channels[channel.id] = channel.name
            if folder and folder in (channel.id, channel.name):
                private = file == "dms.json"
                members = [users.get(member, member) for member in channel.members]
                folder = channel.name or "、".join(members) or folder
    return _Book(users, channels, folder, private)


def _list(source: Source, name: str, kind: type[Any]) -> list[Any]:
    """What a file above the channel's folder, or beside the day, lists; nothing if it is not there or not a list."""
    data = source.bytes_beside(f"../{name}") or source.bytes_beside(name)
    items = items_at(data) if data else None
    found = []
    for item in items.items if items else ():
        try:
            found.append(msgspec.json.decode(item, type=kind))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
    return found


def _name_of(user: _User) -> str:
    profile = user.profile or _Profile()
    return profile.display_name or user.real_name or profile.real_name or user.name or user.id


class _Chat:
    """The messages of one day."""

    def __init__(self, account: Account, book: _Book, params: Params, name: str) -> None:
        self.account, self.book, self.params = account, book, params
        self.zone: Zone | None = params.zone_for(name)
        self.reacted = 0
        self.nameless: dict[str, None] = {}

    def take(self, where: Locator, item: _Item) -> None:
        """One message."""
        kind = _type(item)
        sender = self.sender(item)
        self.reacted += bool(item.reactions)
        names = (sender, item.user)
        side = side_of(names, self.params.people, own=None, private=self.book.private)
        self.account.records.append(
            Message(
                where=where,
                at=self.at(where, item.ts),
                sender=sender,
                sender_id=item.user or item.bot_id,
                side="system" if kind == "system" else side,
                type=kind,
                text=self.text(item),
                attachments=tuple(Attachment(name=name) for file in item.files if (name := _file_name(file))),
                edited=item.edited is not None,
                recalled=kind == "recall",
                reply_to=item.thread_ts if item.thread_ts != item.ts else None,
            )
        )

    def sender(self, item: _Item) -> str | None:
        """The name that the message itself states, else that of users.json, else the id."""
        if item.username:
            return item.username
        if item.user in self.book.users:
            return self.book.users[item.user]
        for profile in (item.user_profile, item.bot_profile):
            if profile and (name := profile.display_name or profile.real_name or profile.name):
                return name
        if item.user:
            self.nameless[item.user] = None
        return item.user or item.bot_id

    def at(self, where: Locator, stamp: str) -> Moment | None:
        """The time that the id states, to the second: its fraction may be but a count."""
        if _STAMP.fullmatch(stamp):
            try:
                return from_epoch_ms(stamp, int(stamp.partition(".")[0]) * 1000, self.zone, grain="second")
            except ValueError:
                pass  # beyond the calendar: said below
        self.account.note("chat-time-unreadable", where, said=stamp[:40])
        return None

    def text(self, item: _Item) -> str:
        """The wording, with what a bot added, and without the preview of a link."""
        lines = [item.text] if item.text else []
        for extra in item.attachments:
            if extra and not (item.text and extra.from_url):
                said = [part for part in (extra.pretext, extra.title, extra.text) if part] or [extra.fallback or ""]
                lines += [part for part in said if part and part not in lines]
        return html.unescape(_MARKUP.sub(self.markup, "\n".join(lines))) if lines else ""

    def markup(self, match: re.Match[str]) -> str:
        """A mention by name, a link by its label and address."""
        sign, what, label = match["sign"], match["what"], match["label"]
        if sign == "@":
            return "@" + (self.book.users.get(what) or label or what)
        if sign == "#":
            return "#" + (label or self.book.channels.get(what) or what)
        if sign == "!":
            return "@" + (label or what.partition("^")[0]).removeprefix("@")
        if ":" not in what:
            return match[0]
        address = what.removeprefix("mailto:").removeprefix("tel:")
        return f"{label} ({what})" if label and label not in (what, address, what.partition("://")[2]) else address

    def remark(self) -> None:
        """What holds for the file as a whole."""
        note_steps(self.account)
        if self.reacted:
            self.account.note("chat-reactions-left", count=self.reacted)
        if self.nameless:
            self.account.note("chat-names-missing", count=len(self.nameless), file="users.json")


def _type(item: _Item) -> MessageType:
    subtype = item.subtype or ""
    if subtype in _GONE:
        return "recall"
    if _NOTICES.fullmatch(subtype):
        return "system"
    file = next((file for file in item.files if file), None)
    if file is None:
        return "text"
    kinds: dict[str, MessageType] = {"image": "image", "video": "video", "audio": "voice"}
    return kinds.get((file.mimetype or "").partition("/")[0], "file")


def _file_name(file: _File | None) -> str:
    return (file.name or file.title or "") if file else ""


READER = Reader(id="slack-json", version=1, grade="A", sniff=_sniff, read=_read)
