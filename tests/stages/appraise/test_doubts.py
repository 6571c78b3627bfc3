"""What a person should look at: disputed readings that are cited, and quotes that are nearly there."""

from __future__ import annotations

import msgspec

from pipeline.contract import Item
from pipeline.locate import Locator
from pipeline.model import Claim, Line, Message, Ready, ReviewClaim, Spot, Witness
from stages.appraise.claims import Mute, answer
from stages.appraise.doubts import doubts
from stages.timeline import Params
from stages.timeline.line import draw
from tests.made import SHANGHAI, item, line, order

NUMBER = "P366374524942915524"
OTHER = Witness(reader="second@1", text="订单编号 P366374524942915S24", confidence=0.6)
DISPUTED = msgspec.structs.replace(line(100, f"订单编号 {NUMBER}"), witness=OTHER)


def shot(*lines: Line, label: str = "3") -> Item:
    return item(label, f"图{label}.png", *lines, kind="image", reader="engine@1")


def found(*items: Item, quotes: tuple[str, ...] = ()) -> list[Ready]:
    names = tuple(held.exhibit.name for held in items)
    claim = Claim(says="没发货", answer="已发货", stance="contradicted", evidence=names, quotes=quotes)
    timeline = draw(items, Params(language="zh-CN", zone=SHANGHAI, review=ReviewClaim()))
    return list(doubts(items, [answer(claim, items, Mute(), "zh-CN")], timeline, "zh-CN"))


def test_a_quoted_passage_that_two_engines_read_differently_is_listed_with_its_place() -> None:
    (ready,) = found(shot(DISPUTED), quotes=(NUMBER,))
    assert (ready.code, ready.severity, ready.exhibits) == ("reading-disputed", "should", ("3",))
    assert ready.citation is not None
    assert (ready.citation.quote, ready.citation.other) == (NUMBER, "P366374524942915S24")
    assert ready.citation.where.box is not None
    assert NUMBER in ready.message
    assert "P366374524942915S24" in ready.message


def test_a_dispute_that_nobody_cites_is_not_listed() -> None:
    assert found(shot(DISPUTED), quotes=("订单编号",)) == []
    assert found(shot(DISPUTED)) == []


def test_a_place_is_listed_once() -> None:
    assert len(found(shot(DISPUTED), quotes=(NUMBER, NUMBER.lower()))) == 1


def test_disputes_stand_in_the_order_of_exhibits_and_places() -> None:
    lower = msgspec.structs.replace(DISPUTED, box=(40, 500, 400, 540), where=Locator(box=(40, 500, 400, 540)))
    listed = found(shot(lower, DISPUTED, label="10"), shot(DISPUTED, label="2"), quotes=(NUMBER,))
    assert [ready.exhibits for ready in listed] == [("2",), ("10",), ("10",)]
    tops = [ready.citation.where.box[1] for ready in listed if ready.citation and ready.citation.where.box]
    assert tops[1] < tops[2]


def test_a_quote_misread_by_a_character_is_shown_with_its_nearest_line() -> None:
    (ready,) = found(shot(line(10, "别的"), line(100, "订单编号 P366374524942915S24 复制")), quotes=(NUMBER,))
    assert (ready.code, ready.severity) == ("quote-nearly", "info")
    assert ready.citation is not None
    assert ready.citation.quote == "P366374524942915S24"


def test_nothing_like_the_quote_is_no_hint() -> None:
    assert found(shot(line(100, "今天天气很好")), quotes=(NUMBER,)) == []


def test_a_table_is_read_from_bytes_and_gives_no_hint() -> None:
    assert found(item("1", "订单.xlsx", order("P366374524942915525")), quotes=(NUMBER,)) == []


def test_of_a_message_only_the_line_that_is_disputed_is_listed() -> None:
    lines = [line(100, "非常抱歉，衣服本身有没有"), msgspec.structs.replace(line(150, "受到影响"), witness=OTHER)]
    spots = [
        Spot(field="text", text=held.text, where=held.where, confidence=0.9, certainty=sure, other=other)
        for held, sure, other in zip(lines, ("agreed", "disputed"), (None, "受到彭响"), strict=True)
    ]
    place = Locator(box=(40, 100, 400, 190))
    said = Message(where=place, at=None, sender=None, text="非常抱歉，衣服本身有没有受到影响", spots=tuple(spots))
    (ready,) = found(item("7", "聊天.png", *lines, said, kind="image"))
    assert ready.citation is not None
    assert (ready.citation.quote, ready.citation.where, ready.citation.other) == (
        "受到影响",
        lines[1].where,
        "受到彭响",
    )
