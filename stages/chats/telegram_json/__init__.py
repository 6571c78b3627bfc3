"""Telegram Desktop's result.json: one chat, or the export of an account with many.

`date_unixtime` counts, and `date`, the wall clock of the exporting computer, only where it is missing. In a chat of
two the chat's id is the other person's. An `edited` time is also set by a reaction, so that it proves no edit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from pipeline.contract import Reader, Score, Source
from pipeline.locate import WHOLE, Locator
from pipeline.model import Attachment, MessageType, Reading, Unread
from pipeline.moment import Moment, moment
from stages.chats.common.account import Account, closed
from stages.chats.common.epochs import Epochs
from stages.chats.common.outline import paths_of
from stages.chats.common.params import params_of
from stages.chats.common.posts import Post, Posts, wording
from stages.chats.telegram_json.conversations import Conversation, conversations

__all__ = ["READER"]

_WALL = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)", re.ASCII)
_MEDIA: dict[str, MessageType] = {
    "voice_message": "voice", "audio_file": "file", "video_message": "video", "video_file": "video",
    "animation": "image", "sticker": "sticker",
}  # fmt: skip
_MIMES: dict[str, MessageType] = {"image": "image", "video": "video", "audio": "voice"}
_PRIVATE = {"personal_chat": True, "bot_chat": True, "saved_messages": None}
_SAID_BY_SERVICES = ("title", "new_title", "emoticon", "period", "discard_reason", "message_id", "amount", "members")


class _Item(msgspec.Struct, gc=False, rename={"from_": "from"}):
    """A message; any value may be of any type."""

    type: Any = None
    id: Any = None
    date: Any = None
    date_unixtime: Any = None
    edited: Any = None
    edited_unixtime: Any = None
    from_: Any = None
    from_id: Any = None
    actor: Any = None
    actor_id: Any = None
    action: Any = None
    text: Any = None
    media_type: Any = None
    mime_type: Any = None
    photo: Any = None
    file: Any = None
    file_name: Any = None
    sticker_emoji: Any = None
    location_information: Any = None
    contact_information: Any = None
    poll: Any = None
    reply_to_message_id: Any = None
    forwarded_from: Any = None
    title: Any = None
    new_title: Any = None
    emoticon: Any = None
    period: Any = None
    discard_reason: Any = None
    message_id: Any = None
    amount: Any = None
    members: Any = None


def _sniff(source: Source) -> Score | None:
    paths = paths_of(source)
    one = {"messages.item.date", "messages.item.text"} <= paths and paths & {
        "messages.item.from_id", "messages.item.actor_id", "messages.item.text_entities", "messages.item.date_unixtime",
    }  # fmt: skip
    all_ = "about" in paths and {"chats.list.item.messages", "personal_information.user_id"} & paths
    return Score(value=0.95, reason="telegram-json") if one or all_ else None


def _read(source: Source) -> Reading:
    found = conversations(source.data)
    if found is None:
        return closed(READER, Unread(code="json-without-messages", where=WHOLE), "items")
    chats = found.chats
    account = Account("items", sum(len(chat.items) for chat in chats) + (found.fault is not None))
    if found.fault is not None:
        where = Locator(span=(found.fault, len(source.data)))
        account.refuse("json-cut", where, offset=found.fault, count=account.total - 1)
    reading = _Export(source, account, found.owner)
    for number, chat in enumerate(chats):
        reading.take(chat, str(number))
    reading.posts.settle(account)
    reading.remark()
    return account.reading(READER, declared=_declared(chats), encoding="utf-8")


def _declared(chats: list[Conversation]) -> dict[str, str | int]:
    """What a file of one chat says of it."""
    if len(chats) != 1:
        return {}
    stated: dict[str, str | int] = {"name": chats[0].name} if chats[0].name else {}
    if chats[0].type:
        stated["chat"] = "private" if chats[0].type in _PRIVATE else "group"
    return stated


class _Export:
    """The messages of a file. `owner` is the id of the account, where the file tells."""

    def __init__(self, source: Source, account: Account, owner: str | None) -> None:
        params = params_of(source)
        self.account, self.owner = account, owner
        self.zone = params.zone_for(source.name)
        self.epochs = Epochs(self.zone)
        self.posts = Posts(params)
        self.missing = self.edited = self.forwarded = 0

    def take(self, chat: Conversation, key: str) -> None:
        """Every message of a conversation; `key` tells it from others of its name."""
        self.posts.titles[key] = chat.name or chat.type or chat.id
        private = self.posts.private[key] = _PRIVATE.get(chat.type, False)
        decoder = msgspec.json.Decoder(_Item)
        peer = chat.id if private else None
        for number, raw in enumerate(chat.items):
            where = Locator(pointer=f"{chat.pointer}/{number}")
            try:
                item = decoder.decode(raw)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                item = _Item()
            if item.date is None and item.date_unixtime is None and item.text is None:
                self.account.refuse("chat-item-unknown", where)
                continue
            self.posts.all.append(self.post(item, where, key, peer))

    def post(self, item: _Item, where: Locator, key: str, peer: str | None) -> Post:
        """One message."""
        service = item.type == "service"
        sender_id = item.actor_id if service else item.from_id
        identity = str(sender_id) if sender_id is not None else None
        sender = item.actor if service else item.from_
        self.edited += item.edited is not None or item.edited_unixtime is not None
        self.forwarded += item.forwarded_from is not None
        return Post(
            where, self.at(item), sender if type(sender) is str else None,
            _text(item, service=service), _type(item, service=service), self.own(identity, peer), identity,
            chat=key, attachments=self.files(item) if item.photo or item.file else (),
            reply_to=str(item.reply_to_message_id) if item.reply_to_message_id is not None else None,
        )  # fmt: skip

    def own(self, sender_id: str | None, peer: str | None) -> bool | None:
        """Whether the exporter sent it: by the account's id, or because in a chat of two the other one did not."""
        if sender_id is None:
            return None
        number = sender_id.removeprefix("user")
        if not number.isdecimal():
            return None
        if self.owner is not None:
            return number == self.owner
        return number != peer if peer else None

    def at(self, item: _Item) -> Moment | None:
        """The time: the epoch, else the wall clock."""
        said = item.date_unixtime
        if type(said) is str and said.isdecimal() and said.isascii():
            said = int(said[:15])
        at = self.epochs.at(said) if said is not None else None
        match = _WALL.match(item.date) if at is None and type(item.date) is str else None
        if match is None:
            return at
        try:
            return moment(item.date, *map(int, match.groups()), grain="second", zone=self.zone)
        except ValueError:
            return None

    def files(self, item: _Item) -> tuple[Attachment, ...]:
        """The files of a message, by their path in the export; by their name alone where they were left out."""
        found = []
        for path in (item.photo, item.file):
            if type(path) is not str or not path:
                continue
            left_out = path.startswith("(") and path.endswith(")")
            self.missing += left_out
            name = item.file_name if left_out else path
            if type(name) is str and name:
                found.append(Attachment(name=name))
        return tuple(found)

    def remark(self) -> None:
        """What holds for the file as a whole."""
        counted = (("telegram-files-missing", self.missing), ("telegram-edited-unsure", self.edited),
                   ("telegram-forwarded", self.forwarded))  # fmt: skip
        for code, count in counted:
            if count:
                self.account.note(code, count=count)


def _type(item: _Item, *, service: bool) -> MessageType:
    if service:
        return "call" if item.action == "phone_call" else "system"
    if item.media_type is not None:
        return _MEDIA.get(item.media_type, "other") if type(item.media_type) is str else "other"
    if item.photo is not None:
        return "image"
    if item.file is not None:
        return _MIMES.get(str(item.mime_type).partition("/")[0], "file")
    if item.location_information is not None:
        return "location"
    if item.poll is not None:
        return "poll"
    return "other" if item.contact_information is not None else "text"


def _text(item: _Item, *, service: bool) -> str:
    """The wording; of what has none, what it holds."""
    text = item.text if type(item.text) is str else "".join(_pieces(item.text))
    if text:
        return text
    if service:
        return " ".join(filter(None, (wording(item.action), *map(_said, _values(item)))))
    if isinstance(item.location_information, dict):
        return ", ".join(map(wording, item.location_information.values()))
    if isinstance(item.poll, dict):
        return "\n".join((wording(item.poll.get("question")), *map(_answer, item.poll.get("answers") or ())))
    return _said(item.contact_information) or _said(item.sticker_emoji)


def _answer(answer: Any) -> str:
    return wording(answer.get("text")) if isinstance(answer, dict) else wording(answer)


def _pieces(text: Any) -> Iterator[str]:
    """The pieces of a text with entities: they follow each other without anything between."""
    for piece in text if isinstance(text, list) else ():
        if isinstance(piece, str):
            yield piece
        elif isinstance(piece, dict):
            yield wording(piece.get("text"))


def _values(item: _Item) -> Iterator[Any]:
    return (getattr(item, name) for name in _SAID_BY_SERVICES)


def _said(value: Any) -> str:
    """A value in words: the leaves of a list or an object, in their order."""
    if isinstance(value, dict):
        return "\n".join(filter(None, map(_said, value.values())))
    if isinstance(value, list):
        return "\n".join(filter(None, map(_said, value)))
    return wording(value)


READER = Reader(id="telegram-json", version=1, grade="A", sniff=_sniff, read=_read)
