"""Every layout of screens that is known. The best score wins; a tie asks, never first come."""

from __future__ import annotations

from stages.screens.chats import general as chat
from stages.screens.chats import log as chat_log
from stages.screens.chats import qq, wechat, whatsapp
from stages.screens.page import Layout
from stages.screens.reviews import back_end as back_end_reviews
from stages.screens.reviews import cards as review_cards
from stages.screens.reviews import comments, note, shop_review
from stages.screens.trades import back_office, form, order_page, payment, track

__all__ = ["LAYOUTS"]

LAYOUTS: tuple[Layout, ...] = (
    wechat.LAYOUT,
    qq.LAYOUT,
    whatsapp.LAYOUT,
    chat.LAYOUT,
    chat_log.LAYOUT,
    note.LAYOUT,
    comments.LAYOUT,
    shop_review.LAYOUT,
    back_end_reviews.LAYOUT,
    review_cards.LAYOUT,
    order_page.LAYOUT,
    track.LAYOUT,
    payment.LAYOUT,
    back_office.LAYOUT,
    form.LAYOUT,
)
