"""Any other chat in bubbles: customer service (小红书, 千牛, 咚咚, 飞鸽, 拼多多), 企业微信, iMessage, Messenger."""

from __future__ import annotations

from pipeline.contract import Score
from stages.screens.chats import talk
from stages.screens.chats.signs import signs_of
from stages.screens.page import Context, Found, Layout, Page

__all__ = ["LAYOUT"]


def _sniff(page: Page) -> Score | None:
    signs = signs_of(page)
    return Score(value=signs.score(), reason="screen-chat") if signs.likeness else None


def _read(page: Page, context: Context) -> Found:
    return talk.read(page, context)


LAYOUT = Layout(id="chat", version=1, grade="C", sniff=_sniff, read=_read)
