"""One conversation in several exhibits: exports and overlapping screenshots become one chat."""

from __future__ import annotations

import random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Item
from pipeline.locate import Locator
from pipeline.model import Event, Message, ReviewClaim, Side, Spot
from pipeline.moment import Moment
from stages.timeline import Params
from stages.timeline.line import draw
from tests.made import SHANGHAI, at, item, message

PARAMS = Params(language="zh-CN", zone=SHANGHAI, review=ReviewClaim())
SAID = (
    "您好，包裹破损了",
    "好的",
    "请看图，盒子全扁了",
    "亲，抱歉刚才在核对晚班订单",
    "什么时候能补发",
    "今天就补发给您",
)


def interval(first: str, last: str) -> Moment:
    """A message whose own time a screenshot does not show."""
    end = at(last).end
    return msgspec.structs.replace(at(first), end=end, date="inferred")


def bubble(top: int, text: str, when: Moment | None, side: Side = "other") -> Message:
    box = (40.0, float(top), 600.0, top + 40.0)
    spots = (Spot(field="text", text=text, where=Locator(box=box), confidence=0.9),)
    return Message(where=Locator(box=box), at=when, sender=None, text=text, side=side, spots=spots)


def export(*texts: str) -> Item:
    return item(
        "1", "聊天.txt", *(message(n, f"2026-03-12 10:{n:02}", "林小姐", text) for n, text in enumerate(texts, 1))
    )


def shot(label: str, *bubbles: Message) -> Item:
    return item(label, f"截图{label}.png", *bubbles, kind="image", reader="engine@1")


def events(*items: Item) -> list[Event]:
    timeline = draw(items, PARAMS)
    return [event for event in (*timeline.events, *timeline.untimed) if event.role == "chat.message"]


def spread(*texts: str) -> list[Message]:
    return [bubble(100 * n, text, interval("2026-03-12 10:00", "2026-03-12 11:00")) for n, text in enumerate(texts, 1)]


def test_a_message_in_an_export_and_a_screenshot_is_one_event_with_the_exports_time() -> None:
    found = events(export(*SAID), shot("2", *spread(*SAID[1:4])))
    assert [event.text for event in found] == list(SAID)
    assert [event.exhibits for event in found] == [("1",), ("1", "2"), ("1", "2"), ("1", "2"), ("1",), ("1",)]
    assert found[1].at == at("2026-03-12 10:02")
    assert [cite.exhibit for cite in found[1].citations] == ["1", "2"]


def test_what_only_the_screenshot_shows_stays() -> None:
    found = events(export(*SAID[:2]), shot("2", *spread(*SAID)))
    assert sorted(event.text for event in found) == sorted(SAID)


def test_overlapping_screenshots_are_one_chat() -> None:
    found = events(shot("1", *spread(*SAID[:4])), shot("2", *spread(*SAID[2:])))
    assert sorted(event.text for event in found) == sorted(SAID)
    assert [event.exhibits for event in found if event.text == SAID[3]] == [("1", "2")]


def test_a_misread_character_joins_where_the_rest_is_the_same() -> None:
    found = events(export(*SAID), shot("2", *spread("亲，抱歉刚才在核对晚班汀单")))
    assert [event.text for event in found] == list(SAID)
    assert found[3].citations[1].quote == "亲，抱歉刚才在核对晚班汀单"


def test_an_emoji_that_no_engine_sees_makes_no_other_message() -> None:
    found = events(export(*SAID, "谢谢您的理解😊"), shot("2", *spread("谢谢您的理解")))
    assert [event.exhibits for event in found][-1] == ("1", "2")


def test_times_that_exclude_each_other_stay_two() -> None:
    later = bubble(100, SAID[0], at("2026-03-14 09:00"))
    assert len(events(export(SAID[0]), shot("2", later))) == 2


def test_an_undated_message_joins_its_dated_twin() -> None:
    found = events(export(*SAID), shot("2", *(bubble(n * 100, text, None) for n, text in enumerate(SAID, 1))))
    assert [event.exhibits for event in found] == [("1", "2")] * len(SAID)


def test_a_word_said_everywhere_joins_nothing_by_itself() -> None:
    assert len(events(export("好的"), shot("2", *spread("好的")))) == 2


def test_the_same_words_twice_stay_two() -> None:
    found = events(export("在吗在吗", "在吗在吗"), shot("2", *spread("在吗在吗", "在吗在吗")))
    assert [event.exhibits for event in found] == [("1", "2"), ("1", "2")]


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(SAID), min_size=1, max_size=8))
def test_no_message_of_one_exhibit_is_ever_lost(rng: random.Random, texts: list[str]) -> None:
    cuts = [sorted(rng.sample(range(len(texts) + 1), 2)) for _ in range(2)]
    shots = [shot(str(n), *spread(*texts[a:b])) for n, (a, b) in enumerate(cuts, 2)]
    found = events(export(*texts), *shots)
    for held in (export(*texts), *shots):
        label = held.exhibit.label
        cited = [cite.where for event in found for cite in event.citations if cite.exhibit == label]
        assert sorted(place.sort_key() for place in cited) == sorted(
            record.where.sort_key() for record in held.readings[0].records
        )
