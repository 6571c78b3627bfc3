"""Every reader of chats, in the order in which they are listed. The best score wins; none is preferred by its place."""

from __future__ import annotations

from pipeline.contract import Reader
from stages.chats import qianniu_txt, wechat_share

__all__ = ["READERS"]

READERS: tuple[Reader, ...] = (
    qianniu_txt.READER,
    wechat_share.READER,
)  # fmt: skip
