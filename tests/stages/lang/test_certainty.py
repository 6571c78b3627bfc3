"""How sure a passage is: two engines, the bytes themselves, a person."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.locate import Locator
from pipeline.model import Correction, Line, Spot, Witness
from stages.lang.certainty import Sureness, sureness, weakest
from stages.lang.match import Span, find
from tests.made import line

LINE = line(0, "订单编号：P366374524942915524 复制", confidence=0.9)
WORDS = st.text(st.sampled_from("订单号P0123456789：- 复制"), min_size=1, max_size=24)


def seen(other: str | None, text: str = LINE.text, **changes: Any) -> Line:
    witness = Witness(reader="second@1", text=other, confidence=0.8) if other is not None else None
    return msgspec.structs.replace(LINE, text=text, witness=witness, **changes)


def of(held: Line, wording: str) -> Sureness:
    return sureness(held, find(wording, held.text)[0])


def test_one_engine_alone_is_single_with_its_confidence() -> None:
    assert of(seen(None), "P366374524942915524") == Sureness("single", 0.9)


def test_what_stands_in_the_bytes_is_exact() -> None:
    assert of(seen(None, exact=True), "P366374524942915524").certainty == "exact"


@pytest.mark.parametrize(
    "other",
    [
        "订单编号：P366374524942915524 复制",
        "订单编号: P366374524942915524复制",
        "订 单编号:Ｐ366374524942915524",
        "汀単编号 P366374524942915524 复剃",
        "P366374524942915524",
    ],
)
def test_a_passage_is_agreed_whatever_else_of_the_line_differs(other: str) -> None:
    assert of(seen(other), "P366374524942915524").certainty == "agreed"


@pytest.mark.parametrize(
    ("other", "instead"),
    [
        ("订单编号：P366374524942915S24 复制", "P366374524942915S24"),
        ("订单编号：P36637452494291552 复制", "P36637452494291552"),
        ("订单编号：P3663745249429155244 复制", "P3663745249429155244"),
        ("订单编号：复制", ""),
        ("", ""),
    ],
)
def test_a_passage_is_disputed_with_the_other_reading(other: str, instead: str) -> None:
    found = of(seen(other), "P366374524942915524")
    assert (found.certainty, found.other) == ("disputed", instead)
    assert found.confidence == 0.8


def test_a_difference_beside_the_passage_does_not_touch_it() -> None:
    held = seen("下单 2026-03-11 01:26:4B", text="下单 2026-03-11 01:26:48")
    assert of(held, "2026-03-11").certainty == "agreed"
    assert of(held, "01:26:48").certainty == "disputed"


def test_a_digit_more_at_either_end_is_a_dispute() -> None:
    assert of(seen("12026-03-11", text="2026-03-11"), "2026-03-11").certainty == "disputed"
    assert of(seen("2026-03-111", text="2026-03-11"), "2026-03-11").certainty == "disputed"


def test_a_correction_counts_only_where_it_stands() -> None:
    fixed = Correction(start=5, end=24, machine="P366374524942915S24")
    held = seen("订单编号：P366374524942915S24 复制", corrections=(fixed,))
    assert of(held, "P366374524942915524") == Sureness("corrected", 1.0, "P366374524942915S24")
    assert of(held, "订单编号").certainty == "agreed"


@given(WORDS, WORDS)
def test_an_agreed_passage_stands_in_both_readings(text: str, other: str) -> None:
    held = seen(other, text=text)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            found = sureness(held, Span(start, end))
            assert found.certainty in ("agreed", "disputed")
            if found.certainty == "agreed" and text[start:end].strip("： -"):
                assert find(text[start:end], other) or text[start:end].replace(" ", "") in other.replace(" ", "")


@given(WORDS)
def test_the_same_reading_agrees_everywhere(text: str) -> None:
    assert all(sureness(seen(text, text=text), Span(at, at + 1)).certainty == "agreed" for at in range(len(text)))


def test_several_passages_are_as_sure_as_the_weakest() -> None:
    def spot(certainty: str, confidence: float) -> Spot:
        return Spot(field="text", text="x", where=Locator(box=(0, 0, 1, 1)), confidence=confidence, certainty=certainty)  # type: ignore[arg-type]

    spots = [spot("agreed", 0.5), spot("single", 0.9), spot("single", 0.7), spot("exact", 1.0)]
    assert weakest(spots) == spots[2]
    assert weakest([*spots, spot("disputed", 1.0)]) == spot("disputed", 1.0)
    assert weakest([]) is None
