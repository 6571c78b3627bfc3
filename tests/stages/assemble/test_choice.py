"""What of long chats is printed: what is cited, both ends, and the count of everything else."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pipeline.locate import Locator
from pipeline.model import Appraisal, Citation, Conflict, Event, Mark, Message, Quote, Reason, Role, Timeline
from pipeline.moment import moment
from stages.assemble.choice import cited_places, in_transcript, on_timeline

NOTHING = Appraisal(headline="", statements=(), claims=(), facts=(), for_customer=(), advice="gather")


def place(number: int) -> Locator:
    return Locator(lines=(number, number))


def said(count: int) -> list[Message]:
    return [Message(where=place(n), at=None, sender="甲", text=f"话{n}") for n in range(1, count + 1)]


def citation(number: int, label: str = "3") -> Citation:
    return Citation(exhibit=label, sha256="0", where=place(number), quote="", reader="r@1", certainty="exact")


def event(number: int, text: str = "好的", role: Role = "chat.message") -> Event:
    at = moment("", 2026, 3, 1 + number // 1440, number // 60 % 24, number % 60, grain="minute")
    return Event(id=f"e{number}", number=number, role=role, at=at, text=text, citations=(citation(number),))


def line(events: Iterable[Event], **values: object) -> Timeline:
    return Timeline(zone=None, events=tuple(events), **values)  # type: ignore[arg-type]


def shown(count: int, *cited: int) -> list[tuple[int, int]]:
    """First and last number of each stretch that is printed."""
    wanted = frozenset(("3", place(number)) for number in cited)
    return [(part.start + 1, part.stop) for part in in_transcript("3", said(count), wanted)]


def test_a_chat_of_four_hundred_messages_is_printed_whole() -> None:
    assert shown(400) == [(1, 400)]
    assert shown(1, 1) == [(1, 1)]


def test_of_a_longer_one_both_ends_and_what_is_cited_with_twenty_on_either_side() -> None:
    assert shown(1000) == [(1, 10), (991, 1000)]
    assert shown(1000, 500) == [(1, 10), (480, 520), (991, 1000)]


def test_stretches_that_touch_are_one() -> None:
    assert shown(1000, 31, 60) == [(1, 80), (991, 1000)]
    assert shown(1000, 500, 541) == [(1, 10), (480, 561), (991, 1000)]
    assert shown(1000, 32) == [(1, 52), (991, 1000)], "a single message is not worth leaving out"
    assert shown(1000, 33) == [(1, 10), (13, 53), (991, 1000)]


def test_what_is_cited_in_another_exhibit_is_no_reason() -> None:
    wanted = frozenset([("4", place(500))])
    assert len(in_transcript("3", said(1000), wanted)) == 2


@given(st.integers(401, 3000), st.lists(st.integers(1, 3000), max_size=30))
def test_stretches_ascend_hold_all_that_is_cited_and_leave_gaps(count: int, cited: list[int]) -> None:
    parts = shown(count, *cited)
    numbers = [number for first, last in parts for number in range(first, last + 1)]
    assert numbers == sorted(set(numbers))
    assert {1, 10, count - 9, count} <= set(numbers)
    assert {number for number in cited if number <= count} <= set(numbers)
    assert all(later[0] - earlier[1] > 2 for earlier, later in pairwise(parts))


def test_a_few_messages_are_all_on_the_timeline() -> None:
    timeline = line([event(n) for n in range(1, 41)])
    assert on_timeline(timeline, frozenset(), ()) == {f"e{n}" for n in range(1, 41)}


def test_of_many_the_ends_the_cited_the_disputed_and_those_that_name_the_order_are() -> None:
    events = [event(n) for n in range(1, 500)]
    events[99] = event(100, "单号 SF3006662992881 已发出")
    conflict = Conflict(code="chat-export-lacks", message="", events=tuple(f"e{n}" for n in range(300, 400)))
    timeline = line(events, conflicts=(conflict,))
    told = on_timeline(timeline, frozenset([("3", place(200))]), ["SF3006662992881"])
    assert told == {"e1", "e100", "e200", "e300", "e301", "e302", "e303", "e499"}


def test_gaps_of_one_or_two_messages_are_filled() -> None:
    timeline = line([event(n) for n in range(1, 500)])
    told = on_timeline(timeline, frozenset(("3", place(n)) for n in (3, 6, 10)), ())
    assert {f"e{n}" for n in range(1, 7)} <= told
    assert not {"e7", "e8", "e9"} & told


def test_an_order_named_in_every_message_does_not_fill_the_pages() -> None:
    timeline = line([event(n, "关于订单 P1") for n in range(1, 2000)])
    assert len(on_timeline(timeline, frozenset(), ["P1"])) < 60


def test_mails_and_undated_messages_are_counted_with_the_others() -> None:
    mails = [event(n, role="mail.sent") for n in range(1, 30)]
    undated = tuple(event(n) for n in range(100, 130))
    told = on_timeline(line(mails, untimed=undated), frozenset(), ())
    assert told == {"e1", "e29"}


def test_every_place_that_a_reason_or_a_mark_rests_on_is_cited() -> None:
    timeline = line([event(n) for n in range(1, 6)])
    quote = Quote(says="", citation=citation(7))
    fact = Reason(text="", side="applicant", events=("e2", "gone"), quotes=(quote,))
    appraisal = Appraisal(
        headline="", statements=(), claims=(), facts=(fact,), for_customer=(), advice="gather",
        review_quotes=(Quote(says="", citation=citation(9, "1")),),
    )  # fmt: skip
    mark = Mark(number=1, exhibit="3", where=place(8), title="", text="")
    wanted = {("3", place(2)), ("3", place(7)), ("3", place(8)), ("1", place(9))}
    assert cited_places(timeline, appraisal, [mark]) == wanted
    assert cited_places(timeline, NOTHING, []) == frozenset()
