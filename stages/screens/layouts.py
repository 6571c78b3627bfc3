"""Every layout of screens that is known. The best score wins; a tie asks, never first come."""

from __future__ import annotations

from stages.screens import back_end_reviews, chat, comments, note, qq, shop_review, wechat, whatsapp
from stages.screens.page import Layout

__all__ = ["LAYOUTS"]

LAYOUTS: tuple[Layout, ...] = (
    wechat.LAYOUT,
    qq.LAYOUT,
    whatsapp.LAYOUT,
    chat.LAYOUT,
    note.LAYOUT,
    comments.LAYOUT,
    shop_review.LAYOUT,
    back_end_reviews.LAYOUT,
)
