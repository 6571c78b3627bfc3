"""The timeline: every fact once, in one order, with its citations."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Item
from pipeline.locate import Locator
from pipeline.model import Amounts, Dating, Event, Message, Money, Payment, ReviewClaim, Spot, Timeline, Times
from pipeline.moment import Before, before, dateless, moment
from stages.timeline import Params
from stages.timeline.line import draw
from tests.made import SHANGHAI, at, item, line, message, order

PARAMS = Params(language="zh-CN", zone=SHANGHAI, review=ReviewClaim())
TIMES = {"created": "2026-03-11 01:23:58", "paid": "2026-03-11 01:26:48", "shipped": "2026-03-12 08:35:21"}


def drawn(*items: Item, params: Params = PARAMS) -> Timeline:
    return draw(items, params)


def test_an_order_gives_one_event_for_each_of_its_times() -> None:
    timeline = drawn(item("1", "订单.xlsx", order(**TIMES)))
    assert [event.role for event in timeline.events] == ["order.created", "order.paid", "order.shipped"]
    paid = timeline.events[1]
    assert paid.citations[0].quote == "2026-03-11 01:26:48"
    assert paid.citations[0].certainty == "exact"
    assert paid.amount is not None
    assert paid.amount.value == "270.80"
    assert "270.80" in paid.text
    assert "SF3006662992881" in timeline.events[2].text
    assert [event.number for event in timeline.events] == [1, 2, 3]


def test_a_promise_is_no_event() -> None:
    assert drawn(item("1", "a", order(promised_ship="2026-03-13 00:00:00"))).events == ()


def test_the_same_fact_from_two_exhibits_is_one_event_with_both() -> None:
    timeline = drawn(item("1", "a.xlsx", order(**TIMES)), item("2", "b.xlsx", order(rows=(3,), **TIMES)))
    assert len(timeline.events) == 3
    assert timeline.events[0].exhibits == ("1", "2")
    assert [citation.where.rows for citation in timeline.events[0].citations] == [(17,), (3,)]


def test_the_same_words_twice_in_one_chat_stay_two() -> None:
    chat = [message(1, "2026-03-12 10:00", "林小姐", "在吗"), message(2, "2026-03-12 10:00", "林小姐", "在吗")]
    timeline = drawn(item("1", "chat.txt", *chat), item("2", "again.txt", chat[0]))
    assert [event.exhibits for event in timeline.events] == [("1", "2"), ("1",)]
    assert len({event.id for event in timeline.events}) == 2


def test_two_times_for_one_thing_are_a_conflict() -> None:
    other = TIMES | {"shipped": "2026-03-14 08:35:21"}
    timeline = drawn(item("1", "a.xlsx", order(**TIMES)), item("2", "b.xlsx", order(**other)))
    conflict = timeline.conflicts[0]
    assert conflict.code == "times-disagree"
    assert "2026-03-14 08:35:21" in conflict.message
    shipped = [event for event in timeline.events if event.role == "order.shipped"]
    assert shipped[0].disputes == (shipped[1].id,)
    assert set(conflict.events) == {event.id for event in shipped}


def test_a_coarser_time_that_holds_the_finer_one_agrees() -> None:
    timeline = drawn(
        item("1", "a.xlsx", order(paid="2026-03-11 01:26:48")), item("2", "b.xlsx", order(paid="2026-03-11 01:26"))
    )
    assert timeline.conflicts == ()
    assert timeline.events[0].agrees == (timeline.events[1].id,)


def test_file_order_decides_inside_a_minute() -> None:
    chat = [message(number, "2026-03-12 10:00", "林小姐", text) for number, text in enumerate("丙乙甲", 1)]
    timeline = drawn(item("1", "chat.txt", *chat))
    assert [event.text for event in timeline.events] == ["丙", "乙", "甲"]
    assert timeline.order_unknown == ()


def test_an_order_that_cannot_be_told_is_said() -> None:
    chat = message(1, "2026-03-11 01:26", "林小姐", "付好了")
    timeline = drawn(item("1", "chat.txt", chat), item("2", "a.xlsx", order(paid="2026-03-11 01:26:48")))
    assert timeline.order_unknown == ((timeline.events[0].id, timeline.events[1].id),)


def test_a_notice_of_a_whole_day_is_not_said_to_stand_before_its_messages() -> None:
    notice = Message(where=Locator(lines=(90, 90)), at=moment("2026-03-12", 2026, 3, 12, grain="day", zone=SHANGHAI),
                     sender=None, text="你撤回了一条消息", type="recall", side="system")  # fmt: skip
    timeline = drawn(item("1", "chat.txt", message(1, "2026-03-12 10:00", "林小姐", "在吗"), notice))
    assert [event.text for event in timeline.events] == ["你撤回了一条消息", "在吗"]
    assert timeline.order_unknown == ((timeline.events[0].id, timeline.events[1].id),)


def test_steps_in_an_impossible_order_are_a_conflict() -> None:
    wrong = order(created="2026-03-11 01:23:58", paid="2026-03-11 01:20:00", shipped="2026-03-10 08:00:00")
    codes = [conflict.code for conflict in drawn(item("1", "a.xlsx", wrong)).conflicts]
    assert codes == ["times-impossible", "times-impossible"]


def test_the_undated_stand_apart() -> None:
    undated = Message(where=Locator(lines=(1, 2)), at=dateless("14:03", "minute"), sender="林小姐", text="你好")
    timeline = drawn(item("1", "chat.txt", undated, message(2, "2026-03-12 10:00", "林小姐", "在吗")))
    assert [event.text for event in timeline.events] == ["在吗"]
    assert [event.text for event in timeline.untimed] == ["你好"]
    assert timeline.untimed[0].number == 2


def test_a_withdrawn_exhibit_states_nothing() -> None:
    import msgspec

    gone = msgspec.structs.replace(item("1", "a.xlsx", order(**TIMES)), status="withdrawn")
    assert drawn(gone).events == ()


def test_a_date_in_a_file_name_is_cited_as_such() -> None:
    dating = Dating(
        where=Locator(whole=True),
        role="screenshot.captured",
        at=at("2026-03-17 09:30:12"),
        text="20260317-093012",
        basis="x",
    )
    event = drawn(item("1", "Screenshot_20260317-093012.png", dating, kind="image")).events[0]
    assert event.role == "screenshot.captured"
    assert event.citations[0].quote == "20260317-093012"


@pytest.mark.parametrize(
    ("shown", "posted", "events", "codes"),
    [
        ("2026-03-16 21:14 浙江", "2026-03-16 21:14", 1, []),
        ("2026-03-17 21:14", "2026-03-16 21:14", 0, ["review-time-not-seen"]),
        ("三月十六", "三月十六", 0, ["review-time-unclear"]),
        ("2026-02-30 21:14", "2026-02-30 21:14", 0, ["review-time-unclear"]),
    ],
)
def test_the_review_is_a_fact_only_where_its_exhibit_shows_it(
    shown: str, posted: str, events: int, codes: list[str]
) -> None:
    review = ReviewClaim(author="momo酱", posted=posted, exhibit="评价.png", order_id="P1")
    params = Params(language="zh-CN", zone=SHANGHAI, review=review)
    timeline = drawn(item("1", "评价.png", line(100, shown), kind="image"), params=params)
    assert len(timeline.events) == events
    assert [note.code for note in timeline.notes] == codes
    for event in timeline.events:
        assert event.citations[0].certainty == "single"
        assert event.at.start == "2026-03-16T21:14:00+08:00"


@st.composite
def cases(draw_from: st.DrawFn) -> tuple[Item, ...]:
    minute = st.integers(0, 5).map(lambda number: f"2026-03-12 10:0{number}")
    chats = [
        item(
            str(label),
            f"{label}.txt",
            *(message(n, draw_from(minute), "林", draw_from(st.sampled_from("甲乙丙"))) for n in range(1, 4)),
        )
        for label in range(1, draw_from(st.integers(1, 4)) + 1)
    ]
    return (*chats, item("9", "o.xlsx", order(paid=draw_from(minute), shipped=draw_from(minute))))


def identities(events: tuple[Event, ...]) -> list[str]:
    return [event.id for event in events]


@given(cases(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_arrival_changes_nothing(items: tuple[Item, ...], shuffle: random.Random) -> None:
    shuffled = list(items)
    shuffle.shuffle(shuffled)
    assert draw(tuple(shuffled), PARAMS) == draw(items, PARAMS)


@given(cases())
@settings(max_examples=50, deadline=None)
def test_nothing_is_lost_and_nothing_sorted_against_the_evidence(items: tuple[Item, ...]) -> None:
    timeline = draw(items, PARAMS)
    cited = [citation for event in timeline.events for citation in event.citations]
    records = sum(len(reading.records) for found in items for reading in found.readings)
    assert len(cited) == records + 1
    assert len(set(identities(timeline.events))) == len(timeline.events)
    for left, right in zip(timeline.events, timeline.events[1:], strict=False):
        assert before(left.at, right.at) is not Before.NO


def test_a_receipt_of_a_payment_is_no_step_of_an_order() -> None:
    paid = Payment(
        where=Locator(box=(0, 0, 9, 9)),
        amounts=Amounts(paid=Money(value="8.00", currency="CNY")),
        times=Times(paid=at("2026-03-13 19:06:24"), confirmed=at("2026-03-13 19:07:51")),
    )
    timeline = drawn(item("1", "转账.png", paid, kind="image"))
    assert [(event.role, event.text) for event in timeline.events] == [("payment.made", "支付 8.00 CNY")]


def test_a_time_seen_in_a_picture_cites_the_place_where_it_stands() -> None:
    place = Locator(box=(500, 300, 900, 340))
    spot = Spot(field="times.paid", text="2026-03-11 01:26:48", where=place, confidence=0.9, certainty="agreed")
    seen = msgspec.structs.replace(
        order(paid="2026-03-11 01:26:48"), where=Locator(box=(0, 0, 1080, 2400)), spots=(spot,)
    )
    (event,) = drawn(item("1", "订单.png", seen, kind="image")).events
    assert (event.citations[0].where, event.citations[0].certainty) == (place, "agreed")
