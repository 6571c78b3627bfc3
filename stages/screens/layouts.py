"""Every layout of screens that is known. The best score wins; a tie asks, never first come."""

from __future__ import annotations

from stages.screens import (
    back_end_reviews,
    back_office,
    chat,
    comments,
    note,
    order_page,
    payment,
    qq,
    review_cards,
    shop_review,
    track,
    wechat,
    whatsapp,
)
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
    review_cards.LAYOUT,
    order_page.LAYOUT,
    track.LAYOUT,
    payment.LAYOUT,
    back_office.LAYOUT,
)
