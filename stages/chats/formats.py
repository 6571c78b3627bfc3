"""Every reader of chats, in the order in which they are listed. The best score wins; none is preferred by its place."""

from __future__ import annotations

from pipeline.contract import Reader
from stages.chats import wechat_share

__all__ = ["READERS"]

READERS: tuple[Reader, ...] = (
    wechat_share.READER,
)  # fmt: skip
