"""A record on one line, as `dossier read` shows it to a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.cli.speech import t
from pipeline.errors import plain
from pipeline.model import Line, Mail, Message, MessageType, Record, Review, Times, Trade
from pipeline.moment import Moment

__all__ = ["kind_shown", "short", "shown", "units"]

_MOST = 12
"""How many records of a file are shown; --json prints all."""
_WIDEST = 60

_KINDS = {
    "message": ("消息", "message"),
    "mail": ("邮件", "mail"),
    "order": ("订单", "order"),
    "payment": ("支付", "payment"),
    "refund": ("退款", "refund"),
    "shipment": ("包裹", "parcel"),
    "scan": ("物流", "scan"),
    "settlement": ("结算", "settlement"),
    "review": ("评价", "review"),
    "dating": ("日期", "date"),
    "line": ("文字行", "line of text"),
}
_TYPES: dict[MessageType, tuple[str, str]] = {
    "text": ("（空白）", "(empty)"),
    "image": ("［图片］", "[picture]"),
    "voice": ("［语音］", "[voice]"),
    "video": ("［视频］", "[video]"),
    "file": ("［文件］", "[file]"),
    "sticker": ("［表情］", "[sticker]"),
    "link": ("［链接］", "[link]"),
    "location": ("［位置］", "[location]"),
    "transfer": ("［转账］", "[transfer]"),
    "red-packet": ("［红包］", "[red packet]"),
    "call": ("［通话］", "[call]"),
    "poll": ("［投票］", "[poll]"),
    "system": ("［系统消息］", "[notice]"),
    "recall": ("［撤回了一条消息］", "[recalled message]"),
    "other": ("［其他消息］", "[other message]"),
}
"""What stands for a message that has no words."""

_UNITS = {
    "lines": "行",
    "rows": "行",
    "items": "项",
    "pixel rows": "像素行",
    "pages": "页",
    "members": "个文件",
    "bytes": "字节",
}
_SIDES = {"self": ("本方", "self"), "other": ("对方", "other"), "system": ("系统", "system"), "unknown": ("", "")}


def shown(records: Sequence[Record]) -> Iterator[str]:
    """The first records, what they mean before the bare lines of text; and how many more there are."""
    lines = [record for record in records if isinstance(record, Line)]
    meant = [record for record in records if not isinstance(record, Line)]
    first: Sequence[Record] = meant or lines
    yield from map(plain, map(_told, first[:_MOST]))
    if len(first) > _MOST:
        rest = len(first) - _MOST
        yield t(f"…另有 {rest} 条（--json 全部列出）", f"… {rest} more (--json lists all)")
    if meant and lines:
        yield t(f"文字 {len(lines)} 行（--json 全部列出）", f"{len(lines)} lines of text (--json lists all)")


def _told(record: Record) -> str:
    if isinstance(record, Line):
        return short(record.text)
    return "  ".join(filter(None, (f"[{kind_shown(str(record.__struct_config__.tag))}]", *_parts(record))))


def _parts(record: Any) -> Iterator[str]:
    if isinstance(record, Mail):
        who = record.sender or t(*_SIDES[record.side])
        yield from (_when(record.at), who, short(record.subject or ""), short(record.text))
    elif isinstance(record, Message):
        yield from _message(record)
    elif isinstance(record, Review):
        yield from (_when(record.at), record.author or "", record.rating or "", short(record.text))
    elif isinstance(record, Trade):
        yield from _trade(record)
    else:
        yield from (_when(getattr(record, "at", None)), short(getattr(record, "text", "")))


def _message(message: Message) -> Iterator[str]:
    """Time, conversation, who said it on which side, the words, and what is special about it."""
    side = t(*_SIDES[message.side])
    yield _when(message.at)
    yield f"〔{message.chat}〕" if message.chat else ""
    yield f"{message.sender}{t('（', ' (')}{side}{t('）', ')')}" if message.sender and side else message.sender or side
    yield short(message.text) or t(*_TYPES[message.type])
    yield t("（已编辑）", "(edited)") if message.edited else ""
    yield t("（已撤回）", "(recalled)") if message.recalled and message.type != "recall" else ""
    for attachment in message.attachments:
        lost = "" if attachment.found else t("，不在手边", ", not at hand")
        yield t(f"附件：{attachment.name}{lost}", f"attached: {attachment.name}{lost}")


def _trade(record: Trade) -> Iterator[str]:
    amounts = record.amounts
    paid = amounts.paid or amounts.received or amounts.payable
    back = amounts.refunded if amounts.refunded and amounts.refunded.value != "0.00" else None
    yield _when(_first(record.times))
    yield record.order_id or record.transaction_id or ""
    yield record.status or ""
    yield f"{paid.value} {paid.currency}" if paid else ""
    yield t(f"已退 {back.value} {back.currency}", f"refunded {back.value} {back.currency}") if back else ""
    yield " ".join(filter(None, (part for parcel in record.tracking[:1] for part in (parcel.carrier, parcel.number))))
    yield short(record.text or "")


def _first(times: Times) -> Moment | None:
    return next((at for name in times.__struct_fields__ if (at := getattr(times, name)) is not None), None)


def _when(at: Moment | None) -> str:
    """A time as it was said, and what it means where people cannot tell: where it was resolved, or counts seconds."""
    if at is None or at.start is None or (at.date == "stated" and not at.said.isdecimal()):
        return at.said if at else ""
    return f"{at.said} → {at.start[:16].replace('T', ' ')}"


def kind_shown(kind: str) -> str:
    """What a kind of record is called."""
    return t(*_KINDS[kind])


def units(unit: str) -> str:
    """What the account of a file counts, in Chinese."""
    return _UNITS[unit]


def short(text: str) -> str:
    """The beginning of a text, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _WIDEST else flat[:_WIDEST] + "…"
