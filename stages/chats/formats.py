"""Every reader of chats, in the order in which they are listed. The best score wins; none is preferred by its place."""

from __future__ import annotations

from pipeline.contract import Reader
from stages.chats import (
    discord_csv,
    discord_json,
    discord_txt,
    eml,
    jd_log,
    line,
    mbox,
    memotrace_txt,
    meta,
    qianniu_paste,
    qianniu_txt,
    qq_mht,
    qq_paste,
    qq_share,
    qq_txt,
    slack,
    wechat_paste,
    wechat_share,
    wechat_share_html,
)

__all__ = ["READERS"]

READERS: tuple[Reader, ...] = (
    discord_csv.READER,
    discord_json.READER,
    discord_txt.READER,
    eml.READER,
    jd_log.READER,
    line.READER,
    mbox.READER,
    memotrace_txt.READER,
    meta.READER,
    qianniu_paste.READER,
    qianniu_txt.READER,
    qq_mht.READER,
    qq_paste.READER,
    qq_share.READER,
    qq_txt.READER,
    slack.READER,
    wechat_paste.READER,
    wechat_share.READER,
    wechat_share_html.READER,
)  # fmt: skip
