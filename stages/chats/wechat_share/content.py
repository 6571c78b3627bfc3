"""What the body of a message of WeChat is: its type, the files it names, what it quotes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.model import Attachment, MessageType
from stages.chats.common.forwarded import is_preview, quoted_in
from stages.chats.wechat_share.lines import attachments_of, recalled_by, type_of

__all__ = ["Content", "content_of"]


class Content(NamedTuple):
    """`quoted` is what a reply quotes, `preview` says that a forwarded chat is there only in part."""

    type: MessageType
    attachments: tuple[Attachment, ...] = ()
    quoted: str | None = None
    preview: bool = False
    empty: bool = False


def content_of(lines: Sequence[str]) -> Content:
    """What the lines of a body, without invisible marks, are."""
    filled = [line for line in lines if line and not line.isspace()]
    if not filled:
        return Content("text", empty=True)
    if len(filled) == 1 and "撤回" in filled[0] and recalled_by(filled[0]) is not None:
        return Content("recall")
    kind: MessageType = "other" if is_preview(lines) else type_of(filled)
    preview = kind == "other" and "聊天记录" in filled[0]
    return Content(kind, attachments_of(filled), quoted_in(lines), preview)
