"""What apps print in and around bubbles, in classes of wordings: kinds of messages, marks, notices, fields to fill."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from pipeline.model import MessageType
from pipeline.moment import Moment, Zone
from stages.lang.match import Span
from stages.lang.screen_times import Anchor, find_times, read_time
from stages.lang.text import plain

__all__ = [
    "before_mark",
    "clock_at_end",
    "file_named",
    "find_times",
    "is_amount",
    "is_clock",
    "is_divider",
    "is_edited",
    "is_field",
    "is_mark",
    "is_quote",
    "is_recall",
    "is_typing",
    "joined",
    "kind_of",
    "quoted_words",
    "time_before_mark",
    "time_of",
    "without_badges",
]

_CLOCK = re.compile(
    r"(?:(?:上午|下午|凌晨|清晨|早上|早晨|中午|傍晚|晚上|夜里)\s*)?\d{1,2}\s*[:：]\s*\d{2}(?:\s*[:：]\s*\d{2})?"
    r"(?:\s*[AaPp]\.?\s?[Mm]\.?)?",
    re.ASCII,
)
_CAPITALS = re.compile(r"(?!(?:AM|PM)\b)[A-Z]{2,}")
_EDITED = r"已编辑|编辑过|edited"
_TICKS = r"[✓✔√☑◎○⊙⏱/\\|.·•,'`\-]{1,4}|[vVwWJj/√✓]{1,3}"
_STATE = (
    r"(?:全部|对方)?[已未][读讀]|\d+人[已未][读讀]|(?:已|未)?送达|已发送|发送中[.…]*|发送失败|重新发送|已撤回"
    r"|(?:Not )?Delivered|Read|Unread|Seen|Sent|Sending[.…]*"
)
_MARK = re.compile(rf"(?:{_STATE}|{_EDITED}|{_TICKS}|翻译|由.{{1,10}}(?:提供)?翻译|Translated.{{0,20}})", re.IGNORECASE)
_STATE_AT = re.compile(rf"(?:{_STATE})\b", re.IGNORECASE)
_EDITED_END = re.compile(rf"\s*(?:{_EDITED})\s*$", re.IGNORECASE)
_EDITED_FIRST = re.compile(rf"(?:(?:{_EDITED})\s*)?", re.IGNORECASE)
_IS_EDITED = re.compile(_EDITED, re.IGNORECASE)
_TAIL = re.compile(rf"(?:\s*(?:{_TICKS})){{0,3}}\s*$")

_RECALL = re.compile(
    r".{0,40}撤回了(?:一条|1条|成员|你的|该)?.{0,12}消息(?:\s*[，,]?\s*重新编辑|[。.])?|.{0,30}收回(?:了)?(?:一則)?訊息"
    r"|.{0,40}(?:recalled|unsent|deleted) (?:a|this) message[.。]?|(?:this message was|message) deleted[.。]?"
    r"|(?:此|这条|該)(?:消息|訊息)已(?:被)?(?:删除|刪除|撤回)[。.]?",
    re.IGNORECASE,
)
_DIVIDER = re.compile(
    r"(?:以下|以上)(?:是|为|為)(?:新消息|新訊息|历史消息)|(?:上次|刚刚)(?:看|阅读)到这里|(?:查看|加载)?更多消息|没有更多(?:消息|了)?"
    r"|\d* ?(?:new|unread) messages?|以下為尚未閱讀的訊息",
    re.IGNORECASE,
)
_TYPING = re.compile(r"(?:对方)?正在(?:输入|讲话|说话).{0,4}|typing\W{0,3}|.{0,20} is typing\W{0,3}", re.IGNORECASE)
_FIELD = re.compile(
    r"按住\s*说话|按住\s*說話"
    r"|(?:请|在此|点击)?(?:输入|说点|发送|发|聊|回复|写)(?:入)?(?:什么|点什么|消息|信息|文字|内容|新消息|一条消息)?(?:吧)?[.…。]*"
    r"|(?:type|write|send|enter|start)?\s*(?:an?|your)?\s*(?:text |new )?(?:message|iMessage|reply)(?: here)?[.…]*"
    r"|发送给(?:\s|[#＃@]).{1,30}|Message [#＃@].{1,40}|Aa|Send|发送\(S\)",
    re.IGNORECASE,
)

_AMOUNT = re.compile(
    r"(?:[¥￥$€£]|HK\$|US\$|RMB|CNY)\s*\d[\d,]*(?:\.\d{1,2})?|\d[\d,]*(?:\.\d{1,2})?\s*元", re.IGNORECASE
)
_TRANSFER = re.compile(
    r"(?:微信|支付宝|QQ|银行卡)?转账.{0,12}|.{0,8}(?:发起了一笔|向你|给你|给对方)转账.{0,4}|(?:已|待|请|请确认|确认|未)(?:被)?(?:接收|收款|领取|收钱)"
    r"|(?:已|被|已被)(?:退还|退回|拒收).{0,4}|(?:已)?过期(?:退还)?.{0,4}|你已收款.{0,8}|.{0,8}已(?:被)?(?:收款|接收|退还).{0,6}",
)
_PACKET = re.compile(r"(?:微信|QQ|支付宝|拼手气|普通|口令)?红包|恭喜发财.{0,8}|大吉大利.{0,4}")
_VOICE = re.compile(r"\D{0,6}\d{1,3}\s*(?:[\"“”″〃'‘’′]{1,2}|秒|s)\D{0,3}|\[语音\](?:\s*\d+.{0,2})?", re.IGNORECASE)
_CALL = re.compile(
    r"(?:(?:语音|视频|网络)?(?:通话|聊天|电话)(?:时长|中断|结束|已取消|取消|未接通)?"
    r"|(?:对方)?(?:已取消|无应答|已拒绝|忙线中|未接听|不在线)"
    r"|(?:missed |cancell?ed |declined )?(?:voice|video|audio|group)? ?call(?: ended| declined| cancell?ed)?"
    r"|no answer|tap to call back)"
    r"(?:[,，]?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?|[,，]?\s*\d+ ?(?:sec|min|秒|分).{0,8})?",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\S.{0,120}\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|txt|csv|apk|mp3|mp4|mov|m4a|wav|jpe?g|png|heic|psd|ofd|wps|et)",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"\d+(?:\.\d+)?\s*[KMGT]?i?B?(?:\s*[/·•].*)?(?:未下载|已下载|已发送|已接收)?", re.IGNORECASE | re.ASCII
)
_CARD_END = re.compile(
    r"(?:微信)?小程序|公众号(?:名片)?|个人名片|视频号.{0,10}|查看(?:详情|订单|商品|更多)|点击查看.{0,6}|聊天记录|立即(?:购买|查看|评价)"
)
_PLACE = re.compile(r"位置|(?:live )?location", re.IGNORECASE)
_ORDER = re.compile(r"订单(?:编|單)?[号號]|訂單(?:編)?號|order (?:no|number|id|#)", re.IGNORECASE)
_PRICE = re.compile(r"[¥￥$€£]\s?\d")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_HOLDERS: dict[str, MessageType] = {
    "图片": "image", "照片": "image", "Photo": "image", "Image": "image", "视频": "video", "Video": "video",
    "文件": "file", "动画表情": "sticker", "表情": "sticker", "Sticker": "sticker", "位置": "location",
    "共享位置": "location", "Location": "location", "Live location": "location", "链接": "link", "红包": "red-packet",
}  # fmt: skip
_HOLDER = re.compile(rf"\[(?P<what>{'|'.join(sorted(_HOLDERS, key=len, reverse=True))})\]", re.IGNORECASE)

_BADGE = re.compile(
    r"\s*(?:LV\.?\s?\d{1,3}|\[?(?:群主|管理员|官方|店主|机器人|智能客服|自动回复|活跃|潜水|冒泡|吐槽|传说)\]?"
    r"|(?:Owner|Admin|Bot)\b)(?=\s|$|[\u3400-\u9fff])\s*",
    re.IGNORECASE,
)
_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef“”‘’…—]")
_ONE_TOKEN = re.compile(r"[A-Za-z]{0,4}\d+")
_NAME = 24
"""Letters that a name has at most."""
_QUOTED = re.compile(r"(?P<name>[^：:]{1,24})[：:]\s*(?P<words>\S.*)", re.DOTALL)


def _bare(text: str) -> str:
    return plain(text).strip()


def is_clock(text: str) -> bool:
    """Whether the text is a time of day alone, the marks of a message's state aside."""
    bare = _STATE_AT.sub("", _IS_EDITED.sub("", _bare(text))).strip()
    return _CLOCK.fullmatch(_TAIL.sub("", bare).strip()) is not None


def time_of(text: str, zone: Zone | None = None, anchor: Anchor | None = None) -> Moment | None:
    """The moment that a line as a whole states, set in capitals or not."""
    found = read_time(text, zone=zone, anchor=anchor)
    if found is None and text.isupper() and text.isascii():
        small = _CAPITALS.sub(lambda word: word[0].capitalize() if word[0] != "AT" else "at", text)
        found = read_time(small, zone=zone, anchor=anchor)
    return msgspec.structs.replace(found, said=text) if found is not None and found.said != text else found


def clock_at_end(text: str) -> Span | None:
    """The time of day without a date that a text ends with, the marks of a message's state aside."""
    end = _TAIL.search(text)
    stop = len(text[: end.start() if end else len(text)].rstrip())
    last = next((span for span in reversed(find_times(text[:stop])) if span.end == stop), None)
    if last is None:
        return None
    edited = _EDITED_FIRST.match(text, last.start, last.end)
    start = edited.end() if edited else last.start
    return Span(start, last.end) if _CLOCK.fullmatch(text, start, last.end) else None


def time_before_mark(text: str) -> Span | None:
    """The time that a text is, a mark of the message's state behind it aside; None where it is more than that."""
    first = next((span for span in find_times(text) if not text[: span.start].strip()), None)
    rest = text[first.end :] if first else text
    return first if first and (not rest.strip() or is_mark(rest)) else None


def is_mark(text: str) -> bool:
    """Whether the text says how a message fares (read, sent, edited, ticks) and is none itself."""
    return _MARK.fullmatch(_bare(text)) is not None


def without_badges(text: str) -> Span:
    """Where the name stands in a line of names: behind ranks and offices; nothing where it holds only these."""
    start = 0
    while (match := _BADGE.match(text, start)) is not None and match.end() > start:
        start = match.end()
    return Span(start, len(text))


def is_edited(text: str) -> bool:
    """Whether a mark says that the message was changed."""
    return _IS_EDITED.search(text) is not None


def before_mark(text: str) -> int:
    """Where the words end before the mark that the message was changed, if the text ends with one."""
    match = _EDITED_END.search(text)
    return match.start() if match else len(text)


def is_recall(text: str) -> bool:
    """Whether the text says that a message was taken back."""
    return _RECALL.fullmatch(_bare(text)) is not None


def is_divider(text: str) -> bool:
    """Whether the text is a line that the app draws between messages, and nobody's."""
    return _DIVIDER.fullmatch(_bare(text).strip(" -—–─━")) is not None


def is_typing(text: str) -> bool:
    """Whether the title says that the other one is typing."""
    return _TYPING.fullmatch(_bare(text)) is not None


def is_field(text: str) -> bool:
    """Whether the text is what stands in an empty field to type in, or on the button beside it."""
    return _FIELD.fullmatch(_bare(text)) is not None


def is_amount(text: str) -> bool:
    """Whether the text is an amount of money alone."""
    return _AMOUNT.fullmatch(_bare(text)) is not None


def kind_of(rows: Sequence[str], *, is_card: bool) -> MessageType:
    """The type of a message by its rows. `is_card`: it stands on a ground of its own, as a transfer does."""
    bare = [_bare(row) for row in rows]
    if any(_PACKET.fullmatch(row) for row in bare) and (is_card or len(bare) > 1):
        return "red-packet"
    if any(map(is_amount, bare)) and (is_card or any(_TRANSFER.fullmatch(row) for row in bare)):
        return "transfer"
    if len(bare) == 1:
        return _kind_of_one(bare[0])
    if len(bare) <= 3 and all(_CALL.fullmatch(row) for row in bare):
        return "call"
    if file_named(rows):
        return "file"
    if any(map(_ORDER.match, bare)) and any(map(_PRICE.search, bare)):
        return "link"
    if _PLACE.fullmatch(bare[-1]):
        return "location"
    return "link" if _CARD_END.fullmatch(bare[-1]) else "text"


def _kind_of_one(row: str) -> MessageType:
    holder = _HOLDER.fullmatch(row)
    if holder:
        return next(kind for name, kind in _HOLDERS.items() if name.casefold() == holder["what"].casefold())
    if _VOICE.fullmatch(row):
        return "voice"
    if _CALL.fullmatch(row):
        return "call"
    return "link" if _URL.fullmatch(row) else "text"


def file_named(rows: Sequence[str]) -> str | None:
    """The file that a card of a file names: a name with its ending, and its size beside it."""
    bare = [_bare(row) for row in rows]
    name = "".join(row for row in bare if not _SIZE.fullmatch(row))
    sized = any(_SIZE.fullmatch(row) and not row.isdecimal() for row in bare)
    return name if sized and _FILE.fullmatch(name) else None


def joined(rows: Sequence[str]) -> str:
    """The rows of one bubble as one text: no space beside a Chinese character or inside a number that was too long."""
    text = ""
    for row in rows:
        piece = row.strip()
        if text and piece and not _touches(text, piece, rows):
            text += " "
        text += piece
    return text


def _touches(text: str, piece: str, rows: Sequence[str]) -> bool:
    if _WIDE.match(text[-1]) or _WIDE.match(piece[0]):
        return True
    before = next(row.strip() for row in rows if text.endswith(row.strip()) and row.strip())
    return _ONE_TOKEN.fullmatch(before) is not None and piece[0].isdecimal() and before[-1].isdecimal()


def is_quote(text: str) -> bool:
    """Whether the text is what a quote is printed as: a name, a colon, and words."""
    return _QUOTED.fullmatch(_bare(text)) is not None


def quoted_words(rows: Sequence[str]) -> str:
    """What a quote says, without the name before it: with a colon, or on a row of its own."""
    text = joined(rows)
    match = _QUOTED.fullmatch(text)
    if match is not None:
        return match["words"]
    return joined(rows[1:]) if len(rows) > 1 and len(rows[0].strip()) <= _NAME else text
