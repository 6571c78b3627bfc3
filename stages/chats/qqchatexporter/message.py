"""The messages of QQChatExporter's JSON (versions 4 to 6), and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from pipeline.contract import Source
from pipeline.locate import Locator
from pipeline.model import Attachment, Message, MessageType, Side
from pipeline.moment import Moment, from_epoch_ms, moment
from stages.chats.common.account import Account
from stages.chats.common.epochs import Epochs, wall_agrees
from stages.chats.common.params import params_of
from stages.chats.common.placeholders import kind_of
from stages.chats.common.qq import SYSTEM_IDS, is_notice, recalled_by
from stages.chats.common.sides import side_of

__all__ = ["KINDS", "Entry", "Export", "chat_of", "words"]

_KINDS: dict[MessageType, str] = {
    "image": "image pic picture",
    "video": "video",
    "voice": "audio voice ptt record",
    "file": "file",
    "sticker": "face market_face marketface mface sticker emoji type_17",
    "location": "location",
    "link": "json ark share link miniapp music",
    "transfer": "transfer",
    "red-packet": "red_packet redpacket wallet",
    "call": "call av_record",
    "system": "system gray_tip graytip",
    "other": "forward multi_forward multiforward contact",
}
KINDS: dict[str, MessageType] = {word: kind for kind, words in _KINDS.items() for word in words.split()}
"""The tool's words for a message's or an element's type."""

_FILE_KEYS = ("localPath", "filename", "fileName")
_REPLY_KEYS = ("content", "text", "referencedMessageId", "messageId")
_MILLISECONDS = 10**11
"""From here on an epoch is no number of seconds."""
_PRIVATE = frozenset({"private", "friend", "c2c", "1"})
_NOBODY = frozenset({"", "0", "未知", "unknown"})


class _Sender(msgspec.Struct, gc=False, frozen=True, rename="camel"):
    uid: str | int | None = None
    uin: str | int | None = None
    name: str | int | None = None
    nickname: str | int | None = None
    group_card: str | int | None = None
    remark: str | int | None = None


class _Author(NamedTuple):
    """Who a sender is: the name that is shown, the number, and the side."""

    name: str | None
    number: str | None
    side: Side


class _Content(msgspec.Struct, gc=False):
    text: Any = None
    elements: Any = None
    resources: Any = None
    reply: Any = None


_NO_SENDER = _Sender()


class Entry(msgspec.Struct, gc=False, rename="camel"):
    """One message. What it is called by changed with the versions: `id` or `messageId`, `type` or `messageType`."""

    timestamp: Any
    content: _Content | str | None
    sender: _Sender | None = None
    time: Any = None
    type: Any = None
    message_type: Any = None
    recalled: Any = False
    system: Any = False


class Export:
    """Takes the messages of one file. `about` is what stands beside them or in the manifest: `chatInfo`, `metadata`."""

    def __init__(self, account: Account, source: Source, about: Mapping[str, Any]) -> None:
        params = params_of(source)
        self.account, self.people, self.zone = account, params.people, params.zone_for(source.name)
        self.epochs = Epochs(self.zone)
        self.about = about
        chat = _object(about.get("chatInfo"))
        self.own = {words(chat.get(key)) for key in ("selfUid", "selfUin")} - _NOBODY
        self.private = words(chat.get("type")).casefold() in _PRIVATE
        self.authors: dict[_Sender, _Author] = {}
        self.kept = 0
        self.last = ""

    def take(self, entries: Iterable[tuple[Locator, Entry]]) -> None:
        """All messages, and what is to be said of them together."""
        for where, entry in entries:
            self.account.records.append(self.message(where, entry))
        if self.kept:
            tool = words(_object(self.about.get("metadata")).get("name")) or "QQChatExporter"
            self.account.note("qq-recalled-kept", count=self.kept, tool=tool.partition(" / ")[0])

    def message(self, where: Locator, entry: Entry) -> Message:
        """The record of a message."""
        content = _Content(text=entry.content) if isinstance(entry.content, str) else entry.content or _Content()
        text, author = words(content.text), self.author(entry.sender or _NO_SENDER)
        system = self.is_system(entry, text, author.number)
        notice = system and recalled_by(text) is not None
        recalled = entry.recalled is True or notice
        if recalled and not notice and text:
            self.kept += 1
        return Message(
            where=where,
            at=self.at(where, entry),
            sender=author.name,
            sender_id=author.number,
            text=text,
            type="recall" if notice else "system" if system else _kind(entry, content, text),
            side="system" if system else author.side,
            attachments=_attachments(content),
            recalled=recalled,
            reply_to=_reply(content),
        )

    def is_system(self, entry: Entry, text: str, number: str | None) -> bool:
        """Whether QQ itself speaks. Older versions of the tool type such sentences as text of nobody."""
        if entry.system is True or number in SYSTEM_IDS or KINDS.get(_type(entry)) == "system":
            return True
        return number is None and (recalled_by(text) is not None or is_notice(text))

    def author(self, sender: _Sender) -> _Author:
        """Who a sender is; whose side by the account that was exported."""
        known = self.authors.get(sender)
        if known is None:
            name, number = _named(sender)
            ids = {words(sender.uid), words(sender.uin)} - _NOBODY
            own = bool(ids & self.own) if ids and self.own else None
            names = (name, number, words(sender.remark) or None)
            side = side_of(names, self.people, own=own, private=self.private)
            known = self.authors[sender] = _Author(name, number, side)
        return known

    def at(self, where: Locator, entry: Entry) -> Moment | None:
        """The moment: the epoch, or the written time of newer versions."""
        at = self.epoch(entry.timestamp) or self.written(entry.timestamp) or self.written(entry.time)
        if at is None:
            if said := words(entry.timestamp) or words(entry.time):
                self.account.note("chat-time-unreadable", where, said=said[:40])
            return None
        start = at.start or ""
        if isinstance(entry.time, str) and entry.time[-6:] != start[13:19] and not _agrees(entry.time, at):
            self.account.note("chat-times-differ", where, said=entry.time)
        if start < self.last:
            self.account.note("chat-time-goes-back", where, said=at.said)
        self.last = start
        return at

    def epoch(self, value: Any) -> Moment | None:
        """An epoch: QQ knows no more than seconds, which the tool writes as milliseconds."""
        if type(value) is int and value >= _MILLISECONDS and value % 1000 == 0:
            at = self.epochs.at(value // 1000)
            return msgspec.structs.replace(at, said=str(value)) if at else None
        return self.epochs.at(value)

    def written(self, said: Any) -> Moment | None:
        """A time in ISO 8601: with an offset an instant, without one a wall clock."""
        try:
            when = datetime.fromisoformat(said)
        except (TypeError, ValueError):
            return None
        if len(said) < 16:
            return None
        if when.tzinfo is None:
            return moment(said, when.year, when.month, when.day, when.hour, when.minute, when.second,
                          grain="second", zone=self.zone)  # fmt: skip
        milliseconds = round(when.timestamp() * 1000)
        return from_epoch_ms(said, milliseconds, self.zone, grain="millisecond" if milliseconds % 1000 else "second")


def chat_of(about: Mapping[str, Any]) -> dict[str, str | int]:
    """What the export states of the chat and of itself."""
    chat, tool = _object(about.get("chatInfo")), _object(about.get("metadata"))
    kind = words(chat.get("type")).casefold()
    said: dict[str, str | int] = {
        "name": words(chat.get("name")),
        "chat": "private" if kind in _PRIVATE else "group" if kind in {"group", "2"} else "",
        "tool": " ".join(filter(None, (words(tool.get("name")), words(tool.get("version"))))),
    }
    total = _object(about.get("statistics")).get("totalMessages")
    if isinstance(total, int) and not isinstance(total, bool):
        said["messages"] = total
    return {key: value for key, value in said.items() if value != ""}


def words(value: Any) -> str:
    """A value as the wording it is; "" for what is none."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _named(sender: _Sender) -> tuple[str | None, str | None]:
    """The name that is shown, and the number; the tool's own id stands in where the number is not known."""
    uin, uid = words(sender.uin).strip(), words(sender.uid).strip()
    number = uin if uin not in _NOBODY else uid if uid not in _NOBODY else None
    names = (words(name) for name in (sender.name, sender.group_card, sender.nickname, sender.remark))
    name = next((name for name in names if name.strip() not in _NOBODY), None)
    return name, number


def _type(entry: Entry) -> str:
    return (words(entry.type) or words(entry.message_type)).casefold()


def _agrees(said: str, at: Moment) -> bool:
    """Whether the written time can show the instant in some zone."""
    return at.first is None or at.first.tzinfo is None or wall_agrees(said, int(at.first.timestamp()))


def _kind(entry: Entry, content: _Content, text: str) -> MessageType:
    """The type of the elements if all are of one, else text; without elements what the message says of itself."""
    found: set[MessageType] = set()
    for element in _objects(content.elements):
        said = element.get("type")
        kind = KINDS.get(said.casefold()) if isinstance(said, str) else None
        if kind is not None:
            found.add(kind)
        elif said == "text" and words(_object(element.get("data")).get("text")).strip():
            return "text"
    if len(found) == 1:
        return found.pop()
    return "text" if found else KINDS.get(_type(entry)) or kind_of(text.split("\n"))


def _attachments(content: _Content) -> tuple[Attachment, ...]:
    """The files, by the path that the export gives them, else by name."""
    names = (_first(file, _FILE_KEYS) for file in _objects(content.resources))
    return tuple(Attachment(name=name) for name in names if name) if content.resources else ()


def _reply(content: _Content) -> str | None:
    """What is quoted, or the id of it."""
    if isinstance(content.reply, dict) and (found := _first(content.reply, _REPLY_KEYS)):
        return found
    for element in _objects(content.elements):
        if element.get("type") == "reply" and (found := _first(_object(element.get("data")), _REPLY_KEYS)):
            return found
    return None


def _first(fields: dict[str, Any], keys: Iterable[str]) -> str | None:
    """The first of the keys that holds a wording."""
    return next((found for key in keys if (found := words(fields.get(key)))), None)


def _objects(value: Any) -> Iterable[dict[str, Any]]:
    """The objects of a list; what is none is passed over."""
    return [item for item in value if isinstance(item, dict)] if value and isinstance(value, list) else ()
