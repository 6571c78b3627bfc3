"""WhatsApp: the time of day and the ticks inside each bubble, the day in a chip between them, names in the bubbles."""

from __future__ import annotations

from pipeline.contract import Score
from stages.screens.chats import talk
from stages.screens.chats.signs import signs_of
from stages.screens.page import Context, Found, Layout, Page

__all__ = ["LAYOUT"]


def _sniff(page: Page) -> Score | None:
    signs = signs_of(page)
    if not signs.likeness or not signs.clocked:
        return None
    return Score(value=signs.score(0.06), reason="screen-chat-whatsapp")


def _read(page: Page, context: Context) -> Found:
    return talk.read(page, context, names_inside=True)


LAYOUT = Layout(id="whatsapp", version=1, grade="C", sniff=_sniff, read=_read)
