"""The course of events as one small drawing: a lane each for order, parcel and talk, and the review across them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from pipeline.model import Event
from stages.assemble.content import Content
from stages.assemble.layout import Book
from stages.assemble.page import Box, Disc, Rule
from stages.assemble.style import ACCENT, CELL, INK, LABEL, LEFT, LINE, MM, RIGHT, SMALL
from stages.lang.spoken import duration

__all__ = ["HEIGHT", "draw_course"]

HEIGHT = 33 * MM
_LANE, _FIRST = 8.6 * MM, 5 * MM
_AXIS = LEFT + 16 * MM
_END = RIGHT - 3 * MM
_ORDER = ("order.created", "order.paid", "order.shipped", "order.signed", "order.confirmed", "order.completed",
          "order.closed", "refund.applied", "refund.paid", "payment.made")  # fmt: skip
_PARCEL = ("order.shipped", "parcel.scan", "order.signed")
_TALK = ("chat.message", "mail.sent", "review.replied")
_NAMED = {
    "order": ("order.paid", "order.shipped", "refund.applied", "refund.paid", "order.created", "order.completed"),
    "parcel": ("order.signed", "order.shipped"),
}
_MOST_DAYS = 9


class _Scale(NamedTuple):
    first: datetime
    last: datetime

    def x(self, when: datetime) -> float:
        share = (when - self.first) / (self.last - self.first)
        return _AXIS + (_END - _AXIS) * share


def draw_course(book: Book, content: Content) -> None:
    """Draws it at the current place; events without a date are left to the timeline."""
    words = content.words
    drawn = {*_ORDER, *_PARCEL, *_TALK, "review.posted"}
    dated = [event for event in content.timeline.events if _when(event) and event.role in drawn]
    if not dated:
        book.flow(words("course-none"), CELL)
        return
    scale = _scale([when for event in dated if (when := _when(event))])
    top = book.y + _FIRST
    for at, lane in enumerate(("order", "parcel", "talk")):
        y = top + at * _LANE
        book.put(words(f"lane-{lane}"), LEFT, y + 2.8, LABEL._replace(size=8))
        book.draw(Rule(_AXIS, y, _END, y, 0.5, LINE))
    _days(book, scale, top + 3 * _LANE - 2 * MM)
    _lane(book, content, scale, "order", _ORDER, top, dated)
    _lane(book, content, scale, "parcel", _PARCEL, top + _LANE, dated)
    _talk(book, scale, top + 2 * _LANE, dated)
    _review(book, content, scale, top, dated)
    book.y = top + 3 * _LANE + 3 * MM


def _when(event: Event) -> datetime | None:
    """The wall clock of an event, for its place on the axis."""
    return event.at.first.replace(tzinfo=None) if event.at.first else None


def _scale(times: Sequence[datetime]) -> _Scale:
    first, last = min(times), max(times)
    margin = max((last - first) * 0.04, timedelta(hours=1))
    return _Scale(first - min(margin, first - datetime.min), last + min(margin, datetime.max - last))


def _days(book: Book, scale: _Scale, y: float) -> None:
    midnight = scale.first.replace(hour=0, minute=0, second=0, microsecond=0)
    days = (scale.last - midnight).days
    for at in range(0, days + 1, max(1, -(-(scale.last - scale.first).days // _MOST_DAYS))):
        day = midnight + timedelta(days=at)
        if scale.first <= day < scale.last:
            x = scale.x(day)
            book.draw(Rule(x, y - 5, x, y - 2, 0.5, LINE))
            word = f"{day.month}-{day.day:02}"
            book.put(word, min(x + 1, RIGHT - book.width(word, SMALL)), y + 5, SMALL)


def _lane(
    book: Book, content: Content, scale: _Scale, lane: str, roles: Sequence[str], y: float, dated: Sequence[Event]
) -> None:
    events = [event for event in dated if event.role in roles]
    points = [(scale.x(when), event) for event in events if (when := _when(event))]
    if len(points) > 1:
        book.draw(Rule(points[0][0], y, points[-1][0], y, 1.4, INK))
    for x, _ in points:
        book.draw(Disc(x, y, 2.2, INK))
    named = _names(book, content, points, _NAMED[lane], y)
    if lane == "order":
        _elapsed(book, content, named, y)


def _names(
    book: Book, content: Content, points: Sequence[tuple[float, Event]], roles: Sequence[str], y: float
) -> list[tuple[float, Event]]:
    """Names the first event of each role, the weightier roles first; a name that would cover another is left out."""
    style = LABEL._replace(size=8, colour=INK)
    taken: list[tuple[float, float]] = []
    named: list[tuple[float, Event]] = []
    for role in roles:
        x, event = next(((x, event) for x, event in points if event.role == role), (0.0, None))
        if event is None:
            continue
        word = content.words(f"role-{role}")
        start = min(x + 1.5, RIGHT - book.width(word, style))
        end = start + book.width(word, style) + 4
        if all(end <= left or start >= right for left, right in taken):
            book.put(word, start, y - 5, style)
            book.draw(Disc(x, y, 2.8, INK))
            taken.append((start, end))
            named.append((x, event))
    return named


def _elapsed(book: Book, content: Content, named: Sequence[tuple[float, Event]], y: float) -> None:
    """The time from payment to shipping, where both are known to the minute."""
    by_role = {event.role: (x, event) for x, event in named}
    if "order.paid" not in by_role or "order.shipped" not in by_role:
        return
    (from_x, paid), (to_x, shipped) = by_role["order.paid"], by_role["order.shipped"]
    first, last = paid.at.first, shipped.at.first
    fine = {"minute", "second", "millisecond"}
    if first is None or last is None or not {paid.at.grain, shipped.at.grain} <= fine:
        return
    if (first.tzinfo is None) != (last.tzinfo is None) or last < first:
        return
    word = duration(last - first, content.language)
    style = SMALL
    width = book.width(word, style)
    if to_x - from_x > width:
        book.put(word, (from_x + to_x - width) / 2, y + 9, style)


def _talk(book: Book, scale: _Scale, y: float, dated: Sequence[Event]) -> None:
    """Messages as blocks; those that would touch are one block."""
    blocks: list[list[float]] = []
    for event in dated:
        when = _when(event)
        if event.role in _TALK and when:
            x = scale.x(when)
            if blocks and x - blocks[-1][1] < 4:
                blocks[-1][1] = x
            else:
                blocks.append([x, x])
    for left, right in blocks:
        book.draw(Box(left - 1.5, y - 3, right - left + 3, 6, fill=INK))


def _review(book: Book, content: Content, scale: _Scale, top: float, dated: Sequence[Event]) -> None:
    chosen = content.appraisal.review_event
    for event in dated:
        when = _when(event)
        if event.role == "review.posted" and when and chosen in {None, event.id}:
            x = scale.x(when)
            book.draw(Rule(x, top - 5 * MM, x, top + 2 * _LANE + 3 * MM, 1.2, ACCENT, (3, 2.4)))
            word = content.words("review-posted")
            style = LABEL._replace(face="bold", size=8, colour=ACCENT)
            fits_right = x + 4 + book.width(word, style) < RIGHT
            book.put(word, x + 4 if fits_right else x - 4, top + 1.5 * _LANE + 2.5, style, right=not fits_right)
            return
