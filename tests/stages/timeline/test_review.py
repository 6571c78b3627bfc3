"""When the review was posted: what its screen shows decides, and what is only stated is no fact."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from pipeline.contract import Item
from pipeline.locate import Locator
from pipeline.model import Line, Person, Review, ReviewClaim, Spot, Timeline
from pipeline.moment import Moment
from stages.timeline import Params
from stages.timeline.line import draw
from tests.made import SHANGHAI, at, item, line

CLAIM = ReviewClaim(author="momo酱", posted="2026-03-16 21:14", exhibit="评价.png", order_id="P1")
PLACE = Locator(box=(40.0, 300.0, 300.0, 340.0))


def anchored(said: str, when: str) -> Moment:
    return msgspec.structs.replace(at(when), said=said, date="anchored", anchor="截屏时间 2026-03-17 09:30")


def review(when: Moment | None, author: str | None = "momo酱", **changes: Any) -> Review:
    spots = (Spot(field="at", text=when.said, where=PLACE, confidence=0.8, certainty="agreed"),) if when else ()
    return Review(**{"where": PLACE, "author": author, "at": when, "text": "不好", "spots": spots, **changes})


def shot(*records: Line | Review, label: str = "1", name: str = "评价.png") -> Item:
    return item(label, name, *records, kind="image", reader="engine@1")


def drawn(*items: Item, claim: ReviewClaim = CLAIM, people: tuple[Person, ...] = ()) -> Timeline:
    return draw(items, Params(language="zh-CN", zone=SHANGHAI, review=claim, people=people))


def roles(timeline: Timeline) -> list[tuple[str, str | None]]:
    return [(event.role, event.at.start) for event in timeline.events]


def codes(timeline: Timeline) -> list[str]:
    return [note.code for note in timeline.notes]


def test_the_stated_wording_on_the_screen_is_the_moment() -> None:
    made = drawn(shot(line(300, "2026-03-16 21:14 上海")))
    assert roles(made) == [("review.posted", "2026-03-16T21:14:00+08:00")]
    assert made.events[0].citations[0].quote == "2026-03-16 21:14"
    assert made.events[0].citations[0].certainty == "single"


def test_a_time_as_people_see_it_bears_the_stated_one_out() -> None:
    made = drawn(shot(line(300, "昨天 21:14 上海"), review(anchored("昨天 21:14", "2026-03-16 21:14"))))
    (event,) = made.events
    assert (event.role, event.at.said, event.citations[0].certainty) == ("review.posted", "昨天 21:14", "agreed")
    assert codes(made) == []


def test_a_screen_that_shows_another_time_wins_and_it_is_said() -> None:
    made = drawn(shot(review(at("2026-03-18 08:00"))))
    assert roles(made) == [("review.posted", "2026-03-18T08:00:00+08:00")]
    assert codes(made) == ["review-time-differs"]


def test_a_time_that_is_only_stated_is_no_event() -> None:
    for records in ((), (review(None),)):
        made = drawn(shot(line(10, "不好"), *records))
        assert (made.events, codes(made)) == ((), ["review-time-not-seen"])


def test_an_unclear_statement_is_said_and_the_screen_still_read() -> None:
    claim = msgspec.structs.replace(CLAIM, posted="三月中旬")
    made = drawn(shot(review(at("2026-03-16 21:14"))), claim=claim)
    assert (len(made.events), codes(made)) == (1, ["review-time-unclear"])


def test_without_a_statement_the_screen_alone_dates_the_review() -> None:
    claim = msgspec.structs.replace(CLAIM, posted=None)
    assert len(drawn(shot(review(at("2026-03-16 21:14"))), claim=claim).events) == 1


def test_another_persons_comment_is_not_the_review() -> None:
    claim = msgspec.structs.replace(CLAIM, posted=None)
    assert drawn(shot(review(at("2026-03-15 10:00"), author="路人甲")), claim=claim).events == ()


def test_of_several_authors_the_claimed_one_counts_by_any_of_its_names() -> None:
    claim = msgspec.structs.replace(CLAIM, posted=None)
    people = (Person(name="momo酱", aliases=("m***酱",), side="customer"),)
    shown = shot(review(at("2026-03-15 10:00"), author="路人甲"), review(at("2026-03-16 21:14"), author="m***酱"))
    made = drawn(shown, claim=claim, people=people)
    assert roles(made) == [("review.posted", "2026-03-16T21:14:00+08:00")]
    assert made.events[0].actors == ("momo酱",)


@pytest.mark.parametrize("count", [1, 2])
def test_without_an_author_only_a_single_review_is_taken(count: int) -> None:
    claim = ReviewClaim(exhibit="评价.png")
    shown = shot(*(review(at(f"2026-03-1{n} 10:00"), author=f"买家{n}") for n in range(count)))
    assert len(drawn(shown, claim=claim).events) == (1 if count == 1 else 0)


def test_the_shops_reply_is_an_event_of_its_own() -> None:
    reply = review(at("2026-03-17 09:00"), author="初晴女装", reply_to="momo酱", side="self")
    made = drawn(shot(review(at("2026-03-16 21:14")), reply))
    assert [event.role for event in made.events] == ["review.posted", "review.replied"]
    assert made.events[1].actors == ("初晴女装",)


def test_a_reply_to_somebody_else_is_none() -> None:
    reply = review(at("2026-03-17 09:00"), author="初晴女装", reply_to="路人甲", side="self")
    assert [event.role for event in drawn(shot(review(at("2026-03-16 21:14")), reply)).events] == ["review.posted"]


def test_only_the_named_exhibit_is_asked_where_one_is_named() -> None:
    other = shot(review(at("2026-03-16 21:14")), label="2", name="别的.png")
    assert codes(drawn(shot(line(1, "x")), other)) == ["review-time-not-seen"]


def test_a_masked_name_is_found_however_an_engine_read_its_o() -> None:
    claim = msgspec.structs.replace(CLAIM, author="m***o", posted=None)
    made = drawn(shot(review(at("2026-03-16 21:14"), author="m***0")), claim=claim)
    assert roles(made) == [("review.posted", "2026-03-16T21:14:00+08:00")]
    assert not drawn(shot(review(at("2026-03-16 21:14"), author="m***a")), claim=claim).events
