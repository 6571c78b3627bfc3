"""What sjzar/chatlog answers as JSON: a list of WeChat messages, or an object around it; each time has its offset.

Its `seq` is the second of the message and three more digits; some wrappers give `timestamp` in milliseconds instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator
from pipeline.model import Attachment, Reading, Unread
from pipeline.moment import Moment
from stages.chats.common.account import Account, closed
from stages.chats.common.epochs import Epochs
from stages.chats.common.json_list import open_list
from stages.chats.common.offsets import with_offset
from stages.chats.common.params import params_of
from stages.chats.common.posts import Post, Posts, wording
from stages.chats.common.utf8 import utf8_of
from stages.chats.common.wechat_types import type_of

__all__ = ["READER"]

_KEYS = ("", "messages", "data", "items")
_OWN_KEYS = (b'"talker"', b'"isSelf"', b'"isChatRoom"')
_START = re.compile(rb'\s*(?:\[\s*\{|\{\s*"(?:\\.|[^"\\]){0,40}"\s*:)')
_FILES = {"image": ("path", "imgfile"), "video": ("path", "videofile"), "voice": ("path",), "file": ("path", "title")}


class _Item(msgspec.Struct, gc=False, rename="camel"):
    """A message; any value may be of any type."""

    seq: Any = None
    time: Any = None
    timestamp: Any = None
    talker: Any = None
    talker_name: Any = None
    is_chat_room: Any = None
    sender: Any = None
    sender_name: Any = None
    is_self: Any = None
    type: Any = None
    sub_type: Any = None
    content: Any = None
    contents: Any = None


def _sniff(source: Source) -> Score | None:
    head = utf8_of(source.data, head=True).data
    known = _START.match(head) and all(key in head for key in _OWN_KEYS) and b'"sender"' in head
    return Score(value=1.0, reason="chatlog-keys") if known else None


def _read(source: Source) -> Reading:
    found = open_list(source, _KEYS)
    if isinstance(found, Unread):
        return closed(READER, found, "items")
    account = found.account()
    posts = Posts(params_of(source))
    epochs = Epochs(params_of(source).zone_for(source.name))
    posts.all = list(_posts(found.each(account, _Item), epochs, posts, account))
    posts.settle(account)
    return account.reading(READER, declared=_declared(posts), encoding=found.encoding)


def _posts(items: Iterator[tuple[Locator, _Item]], epochs: Epochs, posts: Posts, account: Account) -> Iterator[Post]:
    for where, item in items:
        if item.type is None or (item.time is None and item.timestamp is None and item.seq is None):
            account.refuse("chat-item-unknown", where)
            continue
        chat = wording(item.talker)
        if chat not in posts.private:
            posts.private[chat] = not (item.is_chat_room or chat.endswith("@chatroom"))
            posts.titles[chat] = wording(item.talker_name) or chat
        yield _post(where, item, _at(item, epochs), chat)


def _post(where: Locator, item: _Item, at: Moment | None, chat: str) -> Post:
    contents = item.contents if isinstance(item.contents, dict) else {}
    text = wording(item.content) or "\n".join(filter(None, (wording(contents.get(key)) for key in _TOLD)))
    kind = type_of(_number(item.type), _number(item.sub_type), text)
    ident = wording(item.sender) or None
    files = [wording(contents.get(key)) for key in _FILES.get(kind, ())]
    return Post(
        where, at, wording(item.sender_name) or ident, text, kind,
        own=item.is_self if isinstance(item.is_self, bool) else None, sender_id=ident, chat=chat,
        attachments=tuple(Attachment(name=name) for name in [name for name in files if name][:1]),
        recalled=kind == "recall", reply_to=_quoted(contents.get("refer")),
    )  # fmt: skip


_TOLD = ("title", "desc", "url")
"""What `contents` says of a card that has no text of its own."""


def _at(item: _Item, epochs: Epochs) -> Moment | None:
    """By the wording with its offset; else by the epoch, or by the second that `seq` begins with."""
    stated = with_offset(item.time) or epochs.at(item.timestamp)
    if stated is None and type(item.seq) is int and item.seq > 10**12:
        return epochs.at(item.seq // 1000)
    return stated


def _quoted(refer: Any) -> str | None:
    """The wording that a reply quotes."""
    return (wording(refer.get("content")) or None) if isinstance(refer, dict) else None


def _number(value: Any) -> int:
    return value if type(value) is int else int(value) if isinstance(value, str) and value.isdecimal() else 0


def _declared(posts: Posts) -> dict[str, str | int]:
    if len(posts.titles) != 1:
        return {}
    chat, title = next(iter(posts.titles.items()))
    return {"name": title, "chat": "private" if posts.private[chat] else "group"}


READER = Reader(id="chatlog-json", version=1, grade="B", sniff=_sniff, read=_read)
