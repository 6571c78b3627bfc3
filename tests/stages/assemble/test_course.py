"""The drawing of the course of events: true to scale, legible, and never outside its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.locate import Locator
from pipeline.model import Citation, Event, Role
from pipeline.moment import Moment, moment
from stages.assemble.content import Content
from stages.assemble.fonts import Fonts
from stages.assemble.layout import Book
from stages.assemble.page import Box, Disc, Glyphs, Rule
from stages.assemble.parts.course import HEIGHT, draw_course
from stages.assemble.style import ACCENT, LEFT, RIGHT, TOP
from tests.stages.assemble import sample
from tests.stages.assemble.drawing import a_book, edited, glyphs, in_language, text

CITE = Citation(exhibit="2", sha256="0" * 64, where=Locator(lines=(1, 1)), quote="", reader="r@1", certainty="exact")
ROLES = get_args(Role)


def event(number: int, role: str, at: Moment | str) -> Event:
    when = sample.at(at) if isinstance(at, str) else at
    return Event(id=f"{number:016x}", number=number, role=role, at=when, text="", citations=(CITE,))  # type: ignore[arg-type]


def course(fonts: Fonts, content: Content, events: Sequence[Event], chosen: str | None = None) -> Book:
    book = a_book(fonts, content.language)
    timeline = edited(content.timeline, events=tuple(events))
    appraisal = edited(content.appraisal, review_event=chosen)
    draw_course(book, replace(content, timeline=timeline, appraisal=appraisal))
    return book


def words(book: Book) -> list[str]:
    return [mark.text for mark in glyphs(book.pages)]


def discs(book: Book) -> list[Disc]:
    return [mark for mark in book.page.marks if isinstance(mark, Disc)]


def bars(book: Book) -> list[Box]:
    return [mark for mark in book.page.marks if isinstance(mark, Box)]


def reviews(book: Book) -> list[Rule]:
    return [mark for mark in book.page.marks if isinstance(mark, Rule) and mark.colour == ACCENT]


def test_three_lanes_and_the_review_across_them(fonts: Fonts, content: Content) -> None:
    book = course(fonts, content, content.timeline.events)
    assert words(book)[:3] == ["订单", "物流", "沟通"]
    assert {"付款", "发货", "签收", "评价发布", "31 小时 8 分"} <= set(words(book))
    (line,) = reviews(book)
    lanes = [mark.y for mark in glyphs(book.pages)[:3]]
    assert line.y < lanes[0] < lanes[2] < line.to_y


def test_places_are_true_to_time(fonts: Fonts, content: Content) -> None:
    times = ("2026-03-01 00:00:00", "2026-03-02 00:00:00", "2026-03-05 00:00:00")
    events = [event(n, "parcel.scan", time) for n, time in enumerate(times)]
    first, second, third = sorted(disc.x for disc in discs(course(fonts, content, events)))
    assert (third - second) / (second - first) == pytest.approx(3)


def test_days_are_named_in_even_steps(fonts: Fonts, content: Content) -> None:
    events = [event(1, "order.paid", "2026-03-01 12:00:00"), event(2, "order.signed", "2026-03-05 12:00:00")]
    assert [word for word in words(course(fonts, content, events)) if "-" in word] == ["3-02", "3-03", "3-04", "3-05"]


def test_a_year_has_no_more_days_than_can_be_read(fonts: Fonts, content: Content) -> None:
    events = [event(1, "order.paid", "2025-01-01 00:00:00"), event(2, "order.signed", "2026-01-01 00:00:00")]
    book = course(fonts, content, events)
    named = [mark for mark in glyphs(book.pages) if "-" in mark.text]
    assert 5 <= len(named) <= 10
    assert all(right.x - left.x > fonts.width(left.text, left.face, left.size) for left, right in pairwise(named))


def test_messages_that_touch_are_one_block(fonts: Fonts, content: Content) -> None:
    close = [event(n, "chat.message", f"2026-03-01 12:0{n}:00") for n in range(5)]
    apart = [event(9, "chat.message", "2026-03-04 12:00:00")]
    first, last = bars(course(fonts, content, close + apart))
    assert first.x < last.x
    assert first.width < 6


def test_the_time_to_shipping_needs_minutes(fonts: Fonts, content: Content) -> None:
    paid = event(1, "order.paid", "2026-03-01 10:00:00")
    in_minutes = event(2, "order.shipped", "2026-03-01 10:40:00")
    assert "40 分钟" in words(course(fonts, content, [paid, in_minutes]))
    by_day = event(2, "order.shipped", sample.at("2026-03-03", grain="day"))
    assert not [word for word in words(course(fonts, content, [paid, by_day])) if "小时" in word]
    backwards = event(2, "order.shipped", "2026-02-27 10:00:00")
    assert not [word for word in words(course(fonts, content, [backwards, paid])) if "小时" in word]


def test_a_time_without_a_zone_is_not_compared_with_one_that_has_one(fonts: Fonts, content: Content) -> None:
    paid = event(1, "order.paid", moment("2026-03-01 10:00", 2026, 3, 1, 10, 0, grain="minute"))
    shipped = event(2, "order.shipped", "2026-03-02 10:00:00")
    book = course(fonts, content, [paid, shipped])
    assert {"付款", "发货"} <= set(words(book))
    assert not [word for word in words(book) if "小时" in word]


def test_it_speaks_english(fonts: Fonts, content: Content) -> None:
    said = text(course(fonts, in_language(content, "en"), content.timeline.events))
    for word in ("Order", "Parcel", "Talk", "Paid", "Review posted", "31 h 8 min"):
        assert word in said


def test_the_review_that_is_appealed_against_is_the_one_drawn(fonts: Fonts, content: Content) -> None:
    events = [
        event(1, "review.posted", "2026-03-01 10:00:00"),
        event(2, "review.posted", "2026-03-20 10:00:00"),
        event(3, "order.paid", "2026-03-02 10:00:00"),
    ]
    early, late = (reviews(course(fonts, content, events, one.id)) for one in events[:2])
    assert len(early) == len(late) == 1
    assert early[0].x < late[0].x
    assert len(reviews(course(fonts, content, events))) == 1


@pytest.mark.parametrize("events", [[], [("photo.taken", "2026-03-01 10:00:00")], [("file.dated", "2026-03-01")]])
def test_without_dated_events_it_says_so(fonts: Fonts, content: Content, events: list[tuple[str, str]]) -> None:
    book = course(fonts, content, [event(n, role, at) for n, (role, at) in enumerate(events)])
    assert words(book) == ["没有带日期的事件。"]


@pytest.mark.parametrize("never", ["9999-12-31 23:59:59", "0001-01-01 00:00:00"])
def test_dates_that_mean_never_are_drawn_too(fonts: Fonts, content: Content, never: str) -> None:
    events = [event(1, "order.paid", "2026-03-01 10:00:00"), event(2, "order.closed", never)]
    book = course(fonts, content, events)
    assert len(discs(book)) >= 2
    assert all(LEFT < disc.x < RIGHT for disc in discs(book))


MOMENTS = st.datetimes(datetime(2025, 1, 1), datetime(2026, 12, 31)).map(
    lambda when: sample.at(f"{when:%Y-%m-%d %H:%M:%S}")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ROLES), MOMENTS), max_size=25), st.sampled_from(["zh-CN", "en"]))
def test_nothing_is_drawn_outside_its_place(
    fonts: Fonts, content: Content, made: list[tuple[str, Moment]], language: str
) -> None:
    ordered = sorted(made, key=lambda one: one[1].first or datetime.min.replace(tzinfo=UTC))
    events = [event(n, role, at) for n, (role, at) in enumerate(ordered)]
    book = course(fonts, in_language(content, language), events)
    assert len(book.pages) == 1
    for mark in book.page.marks:
        if isinstance(mark, Glyphs):
            assert mark.x >= LEFT
            assert mark.x + fonts.width(mark.text, mark.face, mark.size) <= RIGHT + 12
        elif isinstance(mark, Disc):
            assert LEFT < mark.x - mark.radius < mark.x + mark.radius < RIGHT
        if isinstance(mark, Glyphs | Disc):
            assert TOP - 8 <= mark.y <= TOP + HEIGHT + 4
    assert book.y <= TOP + HEIGHT + 4


@settings(max_examples=40, deadline=None)
@given(st.lists(MOMENTS, min_size=2, max_size=6))
def test_names_never_cover_each_other(fonts: Fonts, content: Content, times: list[Moment]) -> None:
    roles = ("order.created", "order.paid", "order.shipped", "refund.applied", "refund.paid", "order.completed")
    ordered = sorted(times, key=lambda at: at.start or "")
    events = [event(n, roles[n], at) for n, at in enumerate(ordered)]
    book = course(fonts, content, events)
    names = {content.words(f"role-{role}") for role in roles}
    by_lane: dict[float, list[Glyphs]] = {}
    for mark in glyphs(book.pages):
        if mark.text in names:
            by_lane.setdefault(mark.y, []).append(mark)
    for marks in by_lane.values():
        row = sorted(marks, key=lambda mark: mark.x)
        assert all(left.x + fonts.width(left.text, left.face, left.size) <= right.x for left, right in pairwise(row))


def test_the_last_day_stays_inside_the_margin(fonts: Fonts, content: Content) -> None:
    events = [event(1, "order.paid", sample.at("2026-03-11 01:26:48")), event(2, "order.shipped", "2026-03-17 00:30")]
    book = course(fonts, content, events)
    assert "3-17" in words(book)
    assert all(mark.x + fonts.width(mark.text, mark.face, mark.size) <= RIGHT + 0.1 for mark in glyphs(book.pages))
