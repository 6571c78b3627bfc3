"""WeFlow's JSON of a WeChat chat, and EchoTrace's, which is the same without the block `weflow`.

`createTime` counts and not `formattedTime`, which is of the exporting computer; `localType` cannot be relied on, the
word in `type` can. Pictures of the people stand in the file in base64, by the megabyte and before the messages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator
from pipeline.model import Attachment, MessageType, Reading, Unread
from stages.chats.common.account import Account, closed
from stages.chats.common.epochs import Epochs, wall_agrees
from stages.chats.common.json_list import open_list
from stages.chats.common.params import params_of
from stages.chats.common.posts import Post, Posts, wording
from stages.chats.common.utf8 import utf8_of
from stages.chats.common.wechat_types import is_recall

__all__ = ["READER"]

_SESSION = re.compile(rb'"session"\s*:\s*\{')
_MESSAGES = re.compile(rb'"messages"\s*:\s*\[')
_FIRST_MESSAGE = 16_384
"""Bytes behind the start of the list in which the keys of its first message stand."""
_TYPES: dict[str, MessageType] = {
    "文本": "text", "图片": "image", "语音": "voice", "视频": "video", "文件": "file", "动画表情": "sticker",
    "表情": "sticker", "位置": "location", "链接": "link", "卡片式链接": "link", "小程序": "link", "视频号": "link",
    "转账": "transfer", "红包": "red-packet", "通话": "call", "语音通话": "call", "视频通话": "call",
    "引用": "text", "系统": "system", "系统通知": "system", "拍一拍": "system", "群公告": "system", "撤回": "recall",
    "名片": "other", "聊天记录": "other",
}  # fmt: skip
_CHATS = {"群聊": "group", "私聊": "private", "group": "group", "private": "private"}
_FILES = ("local_path", "media_path", "file_path", "image_path", "video_path", "voice_path", "emoji_path", "file_name")


class _Item(msgspec.Struct, gc=False, rename="camel"):
    """A message; any value may be of any type."""

    create_time: Any = None
    formatted_time: Any = None
    type: Any = None
    content: Any = None
    is_send: Any = None
    sender_username: Any = None
    sender_display_name: Any = None
    quoted_content: Any = None
    local_path: Any = None
    media_path: Any = None
    file_path: Any = None
    image_path: Any = None
    video_path: Any = None
    voice_path: Any = None
    emoji_path: Any = None
    file_name: Any = None


def _sniff(source: Source) -> Score | None:
    head = utf8_of(source.data, head=True).data.lstrip()
    if not head.startswith(b"{") or not (_SESSION.search(head) or b'"weflow"' in head):
        return None
    start = _MESSAGES.search(source.data)
    if start is None:
        return Score(value=0.6, reason="weflow-session") if b'"weflow"' in head else None
    keys = source.data[start.end() : start.end() + _FIRST_MESSAGE]
    known = b'"createTime"' in keys and (b'"isSend"' in keys or b'"senderUsername"' in keys)
    empty = keys.lstrip().startswith(b"]") and b'"weflow"' in head
    return Score(value=1.0, reason="weflow-keys") if known or empty else None


def _read(source: Source) -> Reading:
    found = open_list(source, ("messages",), ("weflow", "session"))
    if isinstance(found, Unread):
        return closed(READER, found, "items")
    account = found.account()
    session = found.top.get("session")
    declared = _declared(session if isinstance(session, dict) else {})
    posts = Posts(params_of(source))
    posts.private[""] = declared.get("chat") == "private"
    posts.titles[""] = str(declared.get("name", ""))
    epochs = Epochs(params_of(source).zone_for(source.name))
    posts.all = list(_posts(found.each(account, _Item), epochs, account))
    posts.settle(account)
    count = declared.get("messages")
    if found.fault is None and isinstance(count, int) and count != len(found.items):
        account.note("chat-count-differs", declared=count, found=len(found.items))
    return account.reading(READER, declared=declared, encoding=found.encoding)


def _posts(items: Iterator[tuple[Locator, _Item]], epochs: Epochs, account: Account) -> Iterator[Post]:
    differ = []
    for where, item in items:
        if item.create_time is None and item.formatted_time is None:
            account.refuse("chat-item-unknown", where)
            continue
        at = epochs.at(item.create_time)
        if at is not None and at.grain == "second" and not wall_agrees(item.formatted_time, int(at.said)):
            differ.append((where, wording(item.formatted_time)))
        text = wording(item.content)
        kind = _type(wording(item.type), text)
        if item.is_send is None and kind == "text":
            kind = "recall" if is_recall(text) else "system"
        ident = wording(item.sender_username) or None
        yield Post(
            where, at, wording(item.sender_display_name) or ident, text, kind,
            own=bool(item.is_send) if item.is_send in (0, 1) else None, sender_id=ident, attachments=_files(item),
            recalled=kind == "recall", reply_to=wording(item.quoted_content) or None,
        )  # fmt: skip
    if differ:
        account.note("chat-times-differ", differ[0][0], said=differ[0][1], count=len(differ))


def _type(said: str, text: str) -> MessageType:
    """By the word, with or without 消息 behind it."""
    kind = _TYPES.get(said.removesuffix("消息"), _TYPES.get(said, "other"))
    return "recall" if kind == "system" and is_recall(text) else kind


def _files(item: _Item) -> tuple[Attachment, ...]:
    names = (wording(getattr(item, key)) for key in _FILES)
    return tuple(Attachment(name=name) for name in [name for name in names if name][:1])


def _declared(session: dict[str, Any]) -> dict[str, str | int]:
    """What the session block states: whom with, of which kind, and how many messages."""
    name = next((said for key in ("displayName", "remark", "nickname", "wxid") if (said := session.get(key))), None)
    said = {"name": name, "chat": _CHATS.get(wording(session.get("type"))), "messages": session.get("messageCount")}
    return {key: value for key, value in said.items() if isinstance(value, str | int) and not isinstance(value, bool)}


READER = Reader(id="weflow-json", version=1, grade="A", sniff=_sniff, read=_read)
