"""QQ: as WeChat, with whether the other one is online under the title, and ranks beside the names of a group."""

from __future__ import annotations

import re

from pipeline.contract import Score
from stages.screens.chats import talk
from stages.screens.chats.signs import Signs, is_chinese, signs_of
from stages.screens.page import Context, Found, Layout, Page

__all__ = ["LAYOUT"]

_ONLINE = re.compile(
    r"(?:手机|电脑|QQ|iPhone|iPad|安卓|Android|平板|手表)?\s*(?:在线|离线|隐身|忙碌|离开|Q我吧|请勿打扰|学习中|听歌中).{0,14}|对方正在使用.{2,12}"
)
_RANK = re.compile(r"(?:LV\.?\s?\d{1,3}|群主|管理员|活跃|潜水|吐槽|传说|冒泡)(?:\s*\S{1,8})?", re.IGNORECASE)


def _sniff(page: Page) -> Score | None:
    signs = signs_of(page)
    if not signs.likeness or not _is_so(page, signs):
        return None
    return Score(value=signs.score(0.04), reason="screen-chat-qq")


def _is_so(page: Page, signs: Signs) -> bool:
    """Not only the geometry of a chat, but QQ's own words in the title bar or beside the names."""
    if signs.clocked or not is_chinese(page):
        return False
    bar = (page.lines[at].text.strip() for at in signs.heading.lines)
    names = (page.lines[at].text.strip() for bubble in signs.chat.bubbles for at in bubble.above)
    return any(map(_ONLINE.fullmatch, bar)) or any(map(_RANK.fullmatch, names))


def _read(page: Page, context: Context) -> Found:
    return talk.read(page, context)


LAYOUT = Layout(id="qq", version=1, grade="C", sniff=_sniff, read=_read)
