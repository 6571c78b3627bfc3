"""WeChat on a phone, a tablet or a computer: avatars on both sides, times in the middle, no mark that says "read"."""

from __future__ import annotations

from pipeline.contract import Score
from stages.screens.chats import talk
from stages.screens.chats.signs import Signs, is_chinese, signs_of
from stages.screens.page import Context, Found, Layout, Page

__all__ = ["LAYOUT"]


def _sniff(page: Page) -> Score | None:
    signs = signs_of(page)
    if not signs.likeness or not _is_so(page, signs):
        return None
    return Score(value=signs.score(0.02), reason="screen-chat-wechat")


def _is_so(page: Page, signs: Signs) -> bool:
    """Times between the bubbles and none in them, in Chinese, and nothing that WeChat does not print."""
    return signs.separated > 0 and not signs.clocked and not signs.stated and is_chinese(page)


def _read(page: Page, context: Context) -> Found:
    return talk.read(page, context)


LAYOUT = Layout(id="wechat", version=1, grade="C", sniff=_sniff, read=_read)
