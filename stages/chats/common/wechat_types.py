"""WeChat's own numbers for the types of messages, and its recall notices, as tools that read its files keep them."""

from __future__ import annotations

import re

from pipeline.model import MessageType

__all__ = ["is_recall", "type_of"]

_TYPES: dict[int, MessageType] = {
    1: "text", 3: "image", 34: "voice", 42: "other", 43: "video", 47: "sticker", 48: "location", 50: "call",
    62: "video", 10000: "system", 10002: "system",
}  # fmt: skip
_APP: dict[int, MessageType] = {
    1: "text", 3: "link", 4: "link", 5: "link", 6: "file", 8: "sticker", 19: "other", 33: "link", 36: "link",
    51: "link", 57: "text", 62: "system", 63: "link", 74: "file", 87: "system", 2000: "transfer",
    2001: "red-packet", 2003: "red-packet",
}  # fmt: skip
_RECALL = re.compile(r"撤回了?(?:一条|成员的一条)消息|recalled a message|<sysmsg[^>]{0,80}revokemsg|<revokemsg>")


def type_of(number: int, sub: int, text: str) -> MessageType:
    """The type by number and, for 49, by the number below it; a notice that a message was taken back is a recall."""
    kind = _APP.get(sub, "link" if sub else "other") if number == 49 else _TYPES.get(number, "other")
    return "recall" if kind == "system" and is_recall(text) else kind


def is_recall(text: str) -> bool:
    """Whether a notice says that a message was taken back."""
    return _RECALL.search(text, 0, 2000) is not None
