"""DiscordChatExporter's JSON: a channel with its messages, whose times carry their offset."""

from __future__ import annotations

import msgspec

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator
from pipeline.model import Attachment, Message, MessageType, Reading, Unread
from pipeline.moment import Moment
from stages.chats.common.account import Account, closed
from stages.chats.common.outline import paths_of
from stages.chats.common.params import params_of
from stages.chats.common.sides import side_of
from stages.chats.common.typed import each, note_steps
from stages.chats.common.written import moment_of, stamp_of
from stages.lang.items import items_at, top_of

__all__ = ["READER", "kind_of_name"]

_KEYS = frozenset({"messages.item.author.name", "messages.item.timestamp", "messages.item.content"})
_NOTICES = frozenset(
    "RecipientAdd RecipientRemove ChannelNameChange ChannelIconChange ChannelPinnedMessage GuildMemberJoin "
    "ThreadCreated".split()
)
_EXTENSIONS: dict[MessageType, str] = {
    "image": "jpg jpeg png gif webp bmp heic",
    "video": "mp4 mov webm mkv avi",
    "voice": "ogg mp3 m4a wav opus aac",
}


class _Author(msgspec.Struct):
    id: str | None = None
    name: str = ""
    nickname: str | None = None


class _File(msgspec.Struct, rename="camel"):
    url: str = ""
    file_name: str = ""


class _Named(msgspec.Struct):
    name: str = ""


class _Embed(msgspec.Struct):
    title: str | None = None
    url: str | None = None
    description: str | None = None


class _Reference(msgspec.Struct, rename="camel"):
    message_id: str | None = None


class _Item(msgspec.Struct, rename="camel"):
    timestamp: str
    author: _Author
    type: str = "Default"
    timestamp_edited: str | None = None
    content: str | None = None
    attachments: list[_File] = []
    embeds: list[_Embed] = []
    stickers: list[_Named] = []
    reactions: list[msgspec.Raw] = []
    reference: _Reference | None = None


class _Channel(msgspec.Struct):
    type: str = ""
    name: str | None = None


def kind_of_name(name: str) -> MessageType:
    """What a file is, by the extension of its name."""
    ending = name.partition("?")[0].rpartition(".")[2].lower()
    return next((kind for kind, endings in _EXTENSIONS.items() if ending in endings.split()), "file")


def _sniff(source: Source) -> Score | None:
    paths = paths_of(source)
    if not {"guild.name", "channel.name"} <= paths or "messages" not in paths:
        return None
    return Score(value=0.95 if paths >= _KEYS else 0.8, reason="chat-discord-keys")


def _read(source: Source) -> Reading:
    items = items_at(source.data, "messages")
    if items is None:
        return closed(READER, Unread(code="chat-item-unknown"), "items")
    account, params = Account("items", len(items.items)), params_of(source)
    top = top_of(source.data) or {}
    declared = _declared(top)
    private = declared.get("chat") == "private" if "chat" in declared else None
    reacted = 0
    for where, item in each(account, items, _Item, "/messages"):
        kind, sender = _type(item), item.author.nickname or item.author.name
        names = (sender, item.author.name, item.author.id)
        reacted += bool(item.reactions)
        account.records.append(
            Message(
                where=where,
                at=_at(account, where, item.timestamp),
                sender=sender or None,
                sender_id=item.author.id,
                side="system" if kind == "system" else side_of(names, params.people, own=None, private=private),
                type=kind,
                text=_text(item),
                attachments=tuple(
                    Attachment(name=file.url if _is_local(file.url) else file.file_name or file.url)
                    for file in item.attachments
                ),
                edited=item.timestamp_edited is not None,
                reply_to=item.reference.message_id if item.reference else None,
            )
        )
    note_steps(account)
    if reacted:
        account.note("chat-reactions-left", count=reacted)
    stated = declared.get("messages")
    if stated is not None and stated != len(items.items) and items.fault is None:
        account.note("chat-count-differs", declared=stated, found=len(items.items))
    return account.reading(READER, declared=declared, encoding="utf-8")


def _is_local(url: str) -> bool:
    """Whether the file was saved beside the export, rather than left on the server."""
    return bool(url) and "://" not in url


def _at(account: Account, where: Locator, said: str) -> Moment | None:
    stamp = stamp_of(said)
    at = moment_of(said, stamp, None, None) if stamp else None
    if at is None:
        account.note("chat-time-unreadable", where, said=said[:40])
    return at


def _text(item: _Item) -> str:
    """The wording; of a message that is but a card (a bot's), what the card says."""
    if item.content:
        return item.content
    said = [part for card in item.embeds for part in (card.title, card.description, card.url) if part]
    return "\n".join(said or [sticker.name for sticker in item.stickers])


def _type(item: _Item) -> MessageType:
    if item.type == "Call":
        return "call"
    if item.type in _NOTICES:
        return "system"
    if item.attachments:
        return kind_of_name(item.attachments[0].file_name or item.attachments[0].url)
    if item.stickers and not item.content:
        return "sticker"
    return "link" if item.embeds and not item.content else "text"


def _declared(top: dict[str, msgspec.Raw]) -> dict[str, str | int]:
    stated: dict[str, str | int] = {}
    try:
        channel = msgspec.json.decode(top.get("channel", b"{}"), type=_Channel)
        guild = msgspec.json.decode(top.get("guild", b"{}"), type=_Named)
        count = msgspec.json.decode(top.get("messageCount", b"null"), type=int | None)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return stated
    if channel.name:
        stated["name"] = channel.name
    if guild.name:
        stated["server"] = guild.name
    if channel.type:
        stated["chat"] = "private" if channel.type == "DirectTextChat" else "group"
    if count is not None:
        stated["messages"] = count
    return stated


READER = Reader(id="discord-json", version=1, grade="A", sniff=_sniff, read=_read)
