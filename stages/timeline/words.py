"""What an event is called, in both languages."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.model import MessageType, Role, Trade

__all__ = ["Words", "words_for"]

_ROLES: dict[Role, tuple[str, str]] = {
    "order.created": ("下单", "Order placed"),
    "order.paid": ("付款", "Paid"),
    "order.shipped": ("发货", "Shipped"),
    "order.signed": ("签收", "Signed for"),
    "order.confirmed": ("确认收货", "Receipt confirmed"),
    "order.completed": ("订单完成", "Order completed"),
    "order.closed": ("订单关闭", "Order closed"),
    "refund.applied": ("申请退款", "Refund applied for"),
    "refund.paid": ("退款到账", "Refunded"),
    "payment.made": ("支付", "Payment"),
    "parcel.scan": ("物流扫描", "Parcel scanned"),
    "chat.message": ("聊天消息", "Chat message"),
    "mail.sent": ("邮件", "Mail"),
    "review.posted": ("评价发布", "Review posted"),
    "review.replied": ("评价回复", "Review replied to"),
    "screenshot.captured": ("截屏", "Screenshot taken"),
    "photo.taken": ("拍摄照片", "Photo taken"),
    "file.dated": ("文件所载日期", "Date stated by a file"),
}

_TYPES: dict[MessageType, tuple[str, str]] = {
    "text": ("（空白消息）", "(empty message)"),
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


class Words(NamedTuple):
    """The words of one language: 0 is Chinese, 1 English."""

    column: int

    def role(self, role: Role) -> str:
        """What a role is called."""
        return _ROLES[role][self.column]

    def message_type(self, kind: MessageType) -> str:
        """What stands for a message that has no text."""
        return _TYPES[kind][self.column]

    def trade(self, role: Role, record: Trade) -> str:
        """A role with what the record says about it: the amount paid, the parcel's number, the scan's words."""
        name = self.role(role)
        if role in {"order.paid", "payment.made"} and record.amounts.paid:
            return f"{name} {record.amounts.paid.value} {record.amounts.paid.currency}"
        if role == "order.shipped" and record.tracking:
            parcel = record.tracking[0]
            return " ".join(part for part in (name, parcel.carrier, parcel.number) if part)
        if role == "parcel.scan" and record.text:
            return record.text
        return name

    def dating(self, role: Role, basis: str) -> str:
        """A date that a file states about itself, with what states it."""
        if basis.startswith("file-name-"):
            basis = ("文件名", "file name")[self.column]
        return f"{self.role(role)}（据{basis}）" if self.column == 0 else f"{self.role(role)} (by {basis})"


def words_for(language: str) -> Words:
    """The words of a language."""
    return Words(1 if language == "en" else 0)
