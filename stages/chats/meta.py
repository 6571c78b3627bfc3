"""Messenger's and Instagram's own archive (message_1.json), and the newer one of end-to-end encrypted chats.

The older one is newest first, its times are milliseconds in UTC, and each of its strings is UTF-8 taken for Latin-1.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator
from pipeline.model import Attachment, Message, MessageType, Reading, Unread
from pipeline.moment import Moment, from_epoch_ms
from stages.chats.common.account import Account, closed
from stages.chats.common.outline import paths_of
from stages.chats.common.params import params_of
from stages.chats.common.sides import sides_of
from stages.chats.common.typed import each, note_steps
from stages.lang.items import items_at, top_of

__all__ = ["READER", "repaired"]


class _File(msgspec.Struct):
    uri: str = ""


class _Share(msgspec.Struct):
    link: str | None = None
    share_text: str | None = None


class _Item(msgspec.Struct):
    """A message of either shape, under the names of the older one."""

    sender_name: str | None = None
    timestamp_ms: int | None = None
    content: str | None = None
    type: str | None = None
    photos: list[_File] = []
    videos: list[_File] = []
    audio_files: list[_File] = []
    files: list[_File] = []
    gifs: list[_File] = []
    sticker: _File | None = None
    share: _Share | None = None
    call_duration: int | None = None
    is_unsent: bool | None = None
    reactions: list[msgspec.Raw] = []


class _Sealed(msgspec.Struct, rename="camel"):
    """A message of the archive of encrypted chats."""

    sender_name: str | None = None
    timestamp: int | None = None
    text: str | None = None
    type: str | None = None
    media: list[_File] = []
    is_unsent: bool | None = None
    reactions: list[msgspec.Raw] = []

    def plain(self) -> _Item:
        """The same under the names of the older shape."""
        kind = _kind_of_name(self.media[0].uri) if self.media else None
        item = _Item(
            sender_name=self.sender_name, timestamp_ms=self.timestamp, content=self.text,
            type=self.type, is_unsent=self.is_unsent, reactions=self.reactions,
        )  # fmt: skip
        setattr(
            item, {"image": "photos", "video": "videos", "voice": "audio_files"}.get(kind or "", "files"), self.media
        )
        return item


_MEDIA: tuple[tuple[str, MessageType], ...] = (
    ("photos", "image"),
    ("gifs", "image"),
    ("videos", "video"),
    ("audio_files", "voice"),
    ("files", "file"),
)
_TYPES: dict[str, MessageType] = {
    "Share": "link",
    "Call": "call",
    "Subscribe": "system",
    "Unsubscribe": "system",
    "link": "link",
    "call": "call",
    "sticker": "sticker",
}
_EXTENSIONS: dict[MessageType, str] = {
    "image": "jpg jpeg png gif webp heic",
    "video": "mp4 mov webm",
    "voice": "aac m4a mp3 ogg opus wav",
}


def _kind_of_name(name: str) -> MessageType:
    ending = name.rpartition(".")[2].lower()
    return next((kind for kind, endings in _EXTENSIONS.items() if ending in endings.split()), "file")


def repaired(text: str) -> str:
    """A string of the older archive as it was written: its characters are the bytes of UTF-8.

    One that holds other characters than bytes can be, or whose bytes are not UTF-8, stays as it is.
    """
    if text.isascii():
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _sniff(source: Source) -> Score | None:
    paths = paths_of(source)
    if {"messages.item.sender_name", "messages.item.timestamp_ms"} <= paths:
        return Score(value=0.95, reason="chat-meta-keys")
    if "messages.item.senderName" in paths and {"threadName", "participants"} & paths:
        return Score(value=0.9, reason="chat-meta-sealed-keys")
    if {"participants.item.name", "messages", "thread_path"} <= paths:
        return Score(value=0.8, reason="chat-meta-keys")
    return None


def _read(source: Source) -> Reading:
    items = items_at(source.data, "messages")
    if items is None:
        return closed(READER, Unread(code="chat-item-unknown"), "items")
    top = top_of(source.data) or {}
    sealed = "threadName" in top or (not top and "messages.item.senderName" in paths_of(source))
    fix: Callable[[str], str] = str if sealed else repaired
    account = Account("items", len(items.items))
    if sealed:
        found = [(where, item.plain()) for where, item in each(account, items, _Sealed, "/messages")]
    else:
        found = list(each(account, items, _Item, "/messages"))
    chat = _Chat(account, source, fix, found)
    people = [fix(name) for name in _participants(top)]
    chat.take(people)
    return account.reading(READER, declared=_declared(top, people, fix), encoding="utf-8")


class _Chat:
    """The messages of one archive."""

    def __init__(self, account: Account, source: Source, fix: Callable[[str], str], items: list[tuple[Locator, _Item]]):
        self.account, self.fix, self.items = account, fix, items
        self.params = params_of(source)
        self.zone = self.params.zone_for(source.name)
        self.altered = False

    def take(self, participants: list[str]) -> None:
        """Every item as a record, and what is to be said of the whole."""
        names = [self.text(item.sender_name) for _, item in self.items if item.sender_name]
        pair = (participants[0], participants[1]) if len(participants) == 2 else None
        sides = sides_of(names, pair, self.params.people)
        for where, item in self.items:
            sender = self.text(item.sender_name) or None
            kind = _type(item)
            self.account.records.append(
                Message(
                    where=where,
                    at=self.at(where, item.timestamp_ms),
                    sender=sender,
                    side="system" if kind == "system" else sides.get(sender or "", "unknown"),
                    type=kind,
                    text=self.body(item),
                    attachments=self.attachments(item),
                    recalled=bool(item.is_unsent),
                )
            )
        self.remark()

    def text(self, said: str | None) -> str:
        """A string as it was written."""
        fixed = self.fix(said or "")
        self.altered = self.altered or fixed != (said or "")
        return fixed

    def at(self, where: Locator, epoch: int | None) -> Moment | None:
        """The time of a message, None with a note if it states none that is one."""
        if epoch is not None:
            try:
                return from_epoch_ms(str(epoch), epoch, self.zone)
            except (ValueError, OverflowError):
                pass  # beyond the calendar: said below
        self.account.note("chat-time-unreadable", where, said=str(epoch if epoch is not None else ""))
        return None

    def body(self, item: _Item) -> str:
        """The wording, with the link that was shared and what stood beside it."""
        lines = [self.text(item.content)] if item.content else []
        for said in (item.share.share_text, item.share.link) if item.share else ():
            if said and not any(self.text(said) in line for line in lines):
                lines.append(self.text(said))
        return "\n".join(lines)

    def attachments(self, item: _Item) -> tuple[Attachment, ...]:
        """The files that the message names, by their path in the archive."""
        files = [file for name, _ in _MEDIA for file in getattr(item, name)]
        if item.sticker:
            files.append(item.sticker)
        return tuple(Attachment(name=self.text(file.uri)) for file in files if file.uri)

    def remark(self) -> None:
        """What holds for the file as a whole."""
        note_steps(self.account, may_be_newest_first=True)
        if self.altered:
            self.account.note("chat-mojibake-repaired")
        reacted = sum(bool(item.reactions) for _, item in self.items)
        if reacted:
            self.account.note("chat-reactions-left", count=reacted)


def _type(item: _Item) -> MessageType:
    if item.is_unsent:
        return "recall"
    if item.call_duration is not None:
        return "call"
    if item.sticker:
        return "sticker"
    media = next((kind for name, kind in _MEDIA if getattr(item, name)), None)
    if media is not None:
        return media
    known = _TYPES.get(item.type or "", "text")
    return "link" if item.share and known == "text" and not item.content else known


class _Person(msgspec.Struct):
    name: str = ""


def _participants(top: dict[str, msgspec.Raw]) -> list[str]:
    try:
        people = msgspec.json.decode(top.get("participants", b"[]"), type=list[_Person | str])
    except (msgspec.DecodeError, UnicodeDecodeError):
        return []
    return [person if isinstance(person, str) else person.name for person in people]


def _declared(top: dict[str, msgspec.Raw], people: list[str], fix: Callable[[str], str]) -> dict[str, str | int]:
    stated: dict[str, str | int] = {}
    for key in ("threadName", "title"):
        try:
            stated["name"] = fix(msgspec.json.decode(top.get(key, b""), type=str))
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue
    if people:
        stated["people"] = "、".join(people)
        stated["chat"] = "private" if len(people) == 2 else "group"
    return stated


READER = Reader(id="meta-json", version=1, grade="A", sniff=_sniff, read=_read)
