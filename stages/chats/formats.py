"""Every reader of chats, in the order in which they are listed. The best score wins; none is preferred by its place."""

from __future__ import annotations

from pipeline.contract import Reader
from stages.chats import (
    eml,
    jd_log,
    line,
    mbox,
    qianniu_paste,
    qianniu_txt,
    qq_paste,
    qq_share,
    qq_txt,
    wechat_share,
)

__all__ = ["READERS"]

READERS: tuple[Reader, ...] = (
    eml.READER,
    jd_log.READER,
    line.READER,
    mbox.READER,
    qianniu_paste.READER,
    qianniu_txt.READER,
    qq_paste.READER,
    qq_share.READER,
    qq_txt.READER,
    wechat_share.READER,
)  # fmt: skip
