"""What the columns of a table of messages are called, and what their words for sides and types mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from pipeline.model import MessageType, Side
from stages.chats.common.placeholders import PLACEHOLDERS
from stages.lang.text import header_key

__all__ = ["FIELDS", "NAMES", "Taken", "by_cells", "by_names", "side_word", "type_word"]

_PRINTED: dict[str, str] = {
    "time": "发送时间 消息时间 聊天时间 发言时间 时间 日期时间 咨询时间 创建时间 send_time sendtime msg_time msgtime"
    " message_time create_time createtime created_at timestamp datetime time strtime date 日期",
    "sender": "发送人 发送者 发送方 发言人 发信人 发件人 消息发送人 发送人昵称 发送者昵称 昵称 姓名 sender sender_name"
    " sendername from from_name fromuser nickname nick author 客服 顾客 买家 客户",
    "text": "消息内容 聊天内容 发送内容 内容 消息 正文 文本 文本内容 聊天记录 content text message msg body strcontent",
    "side": "消息方向 方向 发送方类型 发送者类型 发送人类型 角色 身份 是否本人 是否自己 是否商家 direction role is_self"
    " isself issend issender is_sender sender_type side",
    "to": "接收人 接收者 接收方 收件人 receiver recipient to to_name touser",
    "type": "消息类型 类型 消息类别 msg_type msgtype message_type type type_name",
    "id": "消息id 消息编号 消息号 msg_id msgid message_id messageid id",
    "sender_id": "发送人id 发送者id 用户id 账号 sender_id senderid user_id userid from_id",
    "chat": "会话 会话id 会话名称 会话编号 聊天对象 群名 对话 chat chat_name conversation session session_id room",
    "attachment": "附件 附件名 文件名 图片名 attachment attachments file file_name filename",
}
NAMES: dict[str, tuple[str, ...]] = {
    field: tuple(map(header_key, printed.split())) for field, printed in _PRINTED.items()
}
"""The words by which a column of each field is known, the surest first."""

FIELDS = tuple(NAMES)
"""Every word for a column in a declaration."""

_WHO = tuple(map(header_key, ("客服", "顾客", "买家", "客户")))
"""Columns that name one of two sides; beside the other's they do not say who sent a message."""

_SIDES: dict[Side, str] = {
    "self": "客服 商家 卖家 店铺 店家 商户 人工客服 智能客服 机器人 我 自己 本人 我方 发送 发出 send sent out outgoing"
    " self me seller robot agent staff service merchant shop",
    "other": "买家 顾客 客户 用户 访客 消费者 对方 接收 收到 received receive in incoming other buyer customer user"
    " client visitor",
    "system": "系统 系统消息 平台 system",
}
_SIDE_WORDS: dict[str, Side] = {word: side for side, words in _SIDES.items() for word in words.split()}
_YES_NO: dict[str, Side] = {"1": "self", "true": "self", "是": "self", "yes": "self", "0": "other", "false": "other",
                            "否": "other", "no": "other"}  # fmt: skip
_ASKS_OWN = frozenset(map(header_key, "是否本人 是否自己 是否商家 is_self isself issend issender is_sender".split()))
_TYPE_WORDS: dict[str, MessageType] = {
    **dict.fromkeys("文本 文字 文本消息 文字消息 text txt".split(), "text"),
    **dict.fromkeys("系统 系统消息 系统通知 提示 system notice".split(), "system"),
    **dict.fromkeys("撤回 撤回消息 消息撤回 recall revoke recalled".split(), "recall"),
    **{f"{word}消息": kind for word, kind in PLACEHOLDERS.items()},
    **PLACEHOLDERS,
}


class Taken(NamedTuple):
    """Columns by their names: `columns` are field and printed name, `doubtful` those of which none could be taken."""

    columns: dict[str, str]
    doubtful: Mapping[str, tuple[str, ...]]


def by_names(names: Iterable[str]) -> Taken:
    """The columns of a header as far as their names tell."""
    printed: dict[str, str] = {}
    for name in names:
        printed.setdefault(header_key(name), name)
    printed.pop("", None)
    columns: dict[str, str] = {}
    doubtful: dict[str, tuple[str, ...]] = {}
    for field, words in NAMES.items():
        found = [word for word in words if word in printed]
        sides = [word for word in found if word in _WHO]
        if field == "sender" and len(sides) > 1 and len(sides) == len(found):
            doubtful[field] = tuple(printed[word] for word in sides)
        elif found:
            columns[field] = printed[found[0]]
    return Taken(columns, doubtful)


def by_cells(names: Iterable[str], cells_of: Callable[[str], Iterable[str]]) -> Taken:
    """The same, with a look at what stands under the sender's heading: mostly words for sides make it the side's."""
    headings = list(names)
    taken = by_names(headings)
    sender = taken.columns.get("sender")
    said = [cell for cell in cells_of(sender) if cell] if sender else []
    sides = [cell for cell in said if side_word(cell, sender or "") is not None]
    if sender is None or "side" in taken.columns or not said or 5 * len(sides) < 4 * len(said):
        return taken
    others = by_names(name for name in headings if name != sender)
    rest = {field: name for field, name in others.columns.items() if field == "sender"}
    columns = {field: name for field, name in taken.columns.items() if field != "sender"}
    return Taken({**columns, **rest, "side": sender}, others.doubtful)


def side_word(said: str, header: str) -> Side | None:
    """The side that a cell names; 1 and 0 only under a header that asks whether the message is one's own."""
    word = said.casefold()
    if header_key(header) in _ASKS_OWN and word in _YES_NO:
        return _YES_NO[word]
    return _SIDE_WORDS.get(word)


def type_word(said: str) -> MessageType | None:
    """The type that a cell names."""
    return _TYPE_WORDS.get(said.strip("[]【】").casefold())
