"""PyWxDump's CSV of a WeChat chat, which WeClone keeps: one message a row, its time a wall clock without a zone.

`talker` is the id of the sender and `room_name` that of the conversation. A file that Excel saved again has lost the
seconds and the last digits of the ids.
"""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator
from pipeline.model import Attachment, MessageType, Reading, Unread
from stages.chats.common.account import Account, closed
from stages.chats.common.params import params_of
from stages.chats.common.placeholders import PLACEHOLDERS
from stages.chats.common.posts import Post, Posts
from stages.chats.common.rows import has_header, open_rows
from stages.chats.common.stamps import Stamps
from stages.chats.common.wechat_types import is_recall

__all__ = ["READER"]

_NAMES = frozenset({"type_name", "is_sender", "talker", "msg", "createtime"})
_TYPES: dict[str, MessageType] = {
    "文本": "text", "引用回复": "text", "动画表情": "sticker", "系统通知": "system", "系统消息": "system",
    "卡片式链接": "link", "转账": "transfer", "红包封面": "red-packet", "拍一拍": "system", "群公告": "system",
    "语音通话": "call", "位置共享": "location", "用户上传的GIF表情": "sticker", "(分享)笔记": "link",
    "(分享)小程序": "link", "(分享)音乐": "link", "(分享)卡片式链接": "link", "(分享)视频号视频": "link",
    "合并转发的聊天记录": "other", "粘贴的文本": "text",
}  # fmt: skip
_OWN = {"1": True, "0": False}


def _sniff(source: Source) -> Score | None:
    return Score(value=1.0, reason="pywxdump-columns") if has_header(source, _NAMES) else None


def _read(source: Source) -> Reading:
    table = open_rows(source, _NAMES)
    if isinstance(table, Unread):
        return closed(READER, table, "rows")
    account = Account("rows", 0)
    columns = table.columns
    places = [columns.get(name, -1) for name in
              ("type_name", "is_sender", "talker", "room_name", "msg", "src", "createtime", "msgsvrid")]  # fmt: skip
    rows = []
    for where, cells in table.each(account):
        if len(cells) != table.width or cells[columns["is_sender"]].strip() not in _OWN:
            account.refuse("chat-row-broken", where)
        else:
            rows.append((where, [cells[place] if place >= 0 else "" for place in places]))
    _note_rounded([cells[7] for _, cells in rows], account)
    posts = Posts(params_of(source))
    stamps = Stamps((cells[6] for _, cells in rows), source, account)
    posts.all = [_post(where, cells, stamps) for where, cells in rows]
    posts.private = {post.chat: not post.chat.endswith("@chatroom") for post in posts.all}
    posts.settle(account)
    return account.reading(READER, encoding=table.encoding)


def _post(where: Locator, cells: list[str], stamps: Stamps) -> Post:
    type_name, own, talker, room, text, src, said, _ = cells
    kind = _type(type_name.strip())
    kind = "recall" if kind == "system" and is_recall(text) else kind
    files = (Attachment(name=src),) if src.strip() and kind not in ("text", "system", "recall") else ()
    return Post(
        where, stamps.at(said), talker or None, text, kind, own=_OWN[own.strip()], sender_id=talker or None,
        chat=room, attachments=files, recalled=kind == "recall",
    )  # fmt: skip


def _type(name: str) -> MessageType:
    return _TYPES.get(name) or PLACEHOLDERS.get(name) or ("link" if name.startswith("(分享)") else "other")


def _note_rounded(ids: Iterable[str], account: Account) -> None:
    """Excel keeps fifteen digits of a number: of nineteen the last four are then 0, in every row."""
    long = [said for said in map(str.strip, ids) if "E+" in said or (len(said) >= 18 and said.isdecimal())]
    rounded = [said for said in long if "E+" in said or said.endswith("0000")]
    if rounded and 2 * len(rounded) > len(long):
        account.note("chat-ids-rounded", count=len(rounded), said=rounded[0])


READER = Reader(id="pywxdump-csv", version=1, grade="A", sniff=_sniff, read=_read)
