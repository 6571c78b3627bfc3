"""A span's box: never outside its line, never in a wrong place."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.locate import Locator
from pipeline.model import Line, Word
from stages.lang.boxes import span_box
from stages.lang.match import Span
from tests.made import line


def even(text: str, words: tuple[Word, ...] = ()) -> Line:
    """A line 40 px high, evenly set: 40 px a Chinese character."""
    box = (100, 50, 100 + 40 * len(text), 90)
    return Line(where=Locator(box=box), text=text, box=box, confidence=0.9, words=words)


def test_sane_words_give_their_place_across_a_gap() -> None:
    label = Word(text="付款时间", box=(40, 10, 200, 50), confidence=0.9)
    value = Word(text="01:26", box=(700, 12, 810, 48), confidence=0.9)
    wide = Line(
        where=Locator(box=(40, 10, 810, 50)),
        text="付款时间 01:26",
        box=(40, 10, 810, 50),
        confidence=0.9,
        words=(label, value),
    )
    assert span_box(wide, Span(5, 10)) == (700, 10, 810, 50)


def test_uneven_words_are_not_trusted() -> None:
    words = (
        Word(text="已被", box=(100, 50, 104, 90), confidence=0.9),
        Word(text="揽收", box=(104, 20, 260, 140), confidence=0.9),
    )
    assert span_box(even("已被揽收", words), Span(2, 4)) == (180 - 8, 50, 260, 90)


def test_an_uneven_line_is_taken_whole() -> None:
    stretched = line(10, "付款 01:26")
    wide = Line(where=stretched.where, text=stretched.text, box=(0, 10, 2000, 50), confidence=0.9)
    assert span_box(wide, Span(3, 8)) == (0, 10, 2000, 50)


@given(st.text("甲乙丙ab12", min_size=1, max_size=12), st.data())
@settings(max_examples=80, deadline=None)
def test_a_box_lies_in_its_line(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    whole = even(text)
    left, top, right, bottom = span_box(whole, Span(start, end))
    assert whole.box[0] <= left < right <= whole.box[2] + 0.001
    assert (top, bottom) == (whole.box[1], whole.box[3])
