"""A ruling changes the passage it is about, and nothing else."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from pipeline.locate import Locator
from pipeline.model import Balance, Line, Reading, Record, Ruling, Witness
from stages.decisions.apply import applied
from stages.lang.certainty import sureness
from stages.lang.match import find
from tests.made import line

WRONG, RIGHT = "P36637452494291552A", "P366374524942915524"
NUMBER = line(100, f"订单编号：{WRONG} 复制")
OTHER = line(200, "下单时间 2026-03-11")


def reading(*records: Record) -> Reading:
    balance = Balance(unit="pixel rows", total=10, records=10)
    return Reading(reader="engine@1", format="image", records=records, balance=balance)


def ruling(**changes: Any) -> Ruling:
    return Ruling(**{"exhibit": "3", "machine": WRONG, "text": RIGHT, "box": NUMBER.box, "line": 2, **changes})


def lines(made: Reading) -> list[Line]:
    return [record for record in made.records if isinstance(record, Line)]


def codes(made: Reading) -> list[str]:
    return [note.code for note in made.notes]


def test_the_passage_reads_as_ruled_and_keeps_the_machines_wording() -> None:
    made = applied(reading(NUMBER, OTHER), [ruling()])
    first, second = lines(made)
    assert first.text == f"订单编号：{RIGHT} 复制"
    assert second == OTHER
    found = sureness(first, find(RIGHT, first.text)[0])
    assert (found.certainty, found.other) == ("corrected", WRONG)
    assert codes(made) == ["decision-used"]


def test_without_a_ruling_the_reading_is_the_same() -> None:
    assert applied(reading(NUMBER, OTHER), []) == reading(NUMBER, OTHER)


def test_a_box_is_not_needed_where_the_wording_stands_once() -> None:
    assert codes(applied(reading(NUMBER, OTHER), [ruling(box=None)])) == ["decision-used"]


def test_a_wording_in_two_places_needs_its_box() -> None:
    twin = msgspec.structs.replace(line(300, NUMBER.text))
    made = applied(reading(NUMBER, twin), [ruling(box=None)])
    assert (codes(made), lines(made)) == (["decision-several"], [NUMBER, twin])
    assert [held.text == NUMBER.text for held in lines(applied(reading(NUMBER, twin), [ruling()]))] == [False, True]


def test_a_ruling_that_fits_nothing_is_said_and_changes_nothing() -> None:
    for lost in (ruling(machine="P000"), ruling(box=(900, 2000, 990, 2040)), ruling(page=2)):
        made = applied(reading(NUMBER, OTHER), [lost])
        assert (codes(made), lines(made)) == (["decision-not-there"], [NUMBER, OTHER])


def test_when_the_machine_itself_reads_what_was_ruled_the_ruling_confirms_it() -> None:
    now = msgspec.structs.replace(NUMBER, text=f"订单编号：{RIGHT}复制")
    (made,) = lines(applied(reading(now), [ruling()]))
    assert made.text == now.text
    assert sureness(made, find(RIGHT, made.text)[0]).certainty == "corrected"


def test_a_dispute_is_settled_by_confirming_the_first_reading() -> None:
    disputed = msgspec.structs.replace(
        NUMBER, text=RIGHT, witness=Witness(reader="second@1", text=WRONG, confidence=0.4)
    )
    (made,) = lines(applied(reading(disputed), [ruling(machine=RIGHT)]))
    assert sureness(made, find(RIGHT, made.text)[0]).certainty == "corrected"


def test_text_that_the_machine_did_not_see_is_added_as_the_persons() -> None:
    made = applied(reading(OTHER), [ruling(machine="", box=(40, 500, 400, 540))])
    added = lines(made)[-1]
    assert (added.text, added.where, added.confidence) == (RIGHT, Locator(box=(40, 500, 400, 540)), 0.0)
    assert sureness(added, find(RIGHT, added.text)[0]).certainty == "corrected"
    assert codes(made) == ["decision-used"]


def test_two_rulings_on_one_line_stand_side_by_side() -> None:
    first = ruling(machine="订单编号", text="订单号码")
    (made,) = lines(applied(reading(NUMBER), [ruling(), first]))
    assert made.text == f"订单号码：{RIGHT} 复制"
    assert [made.text[fix.start : fix.end] for fix in made.corrections] == ["订单号码", RIGHT]


def test_a_passage_is_ruled_on_once() -> None:
    again = ruling(machine=RIGHT, text="P0")
    assert codes(applied(reading(NUMBER), [ruling(), again])) == ["decision-used", "decision-not-there"]


WORDS = st.text(st.sampled_from("订单号P0123 ：甲"), min_size=1, max_size=12)


@given(st.lists(WORDS, min_size=1, max_size=4), st.lists(st.tuples(WORDS, WORDS), max_size=4))
def test_every_correction_names_what_stands_there_and_what_stood_there(
    texts: list[str], pairs: list[tuple[str, str]]
) -> None:
    held = [line(100 * number, text) for number, text in enumerate(texts, 1)]
    made = applied(reading(*held), [ruling(machine=old, text=new, box=None) for old, new in pairs])
    assert len(codes(made)) == len(pairs)
    for before, after in zip(held, lines(made), strict=True):
        rebuilt, at = "", 0
        for fix in after.corrections:
            assert at <= fix.start <= fix.end <= len(after.text)
            rebuilt += after.text[at : fix.start] + fix.machine
            at = fix.end
        assert rebuilt + after.text[at:] == before.text
