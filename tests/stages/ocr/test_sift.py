"""Icons, avatars and noise are told from text by confidence and shape."""

import pytest

from stages.ocr.engines import Seen
from stages.ocr.segment import TextLine
from stages.ocr.sift import is_doubtful, is_unsure, sifted, sureness, usual_height

LINE = TextLine(0, 0, 200, 40)


def words(*texts: str, sure: float = 0.95, gap: float = 4) -> list[Seen]:
    made, left = [], 0.0
    for text in texts:
        made.append(Seen(text, (left, 0, left + 20 * len(text), 20), sure))
        left += 20 * len(text) + gap
    return made


def text(found: list[Seen]) -> str:
    return "".join(word.text for word in found)


def test_confidence_is_weighed_by_letters() -> None:
    assert sureness([Seen("abc", LINE.box, 1.0), Seen("d", LINE.box, 0.6)]) == pytest.approx(0.9)
    assert sureness([]) == 0


@pytest.mark.parametrize(
    ("texts", "sure", "doubtful"),
    [
        ((), 0, True), (("付款时间",), 0.2, False), (("2026-03-11",), 0.85, True), (("2026-03-11",), 0.96, False),
        (("付款", "abcdefghij"), 0.7, True), (("付款", "abcdefghij"), 0.9, False), (("付款", "abc"), 0.7, False),
    ],
)  # fmt: skip
def test_what_another_language_reads_too(texts: tuple[str, ...], sure: float, doubtful: bool) -> None:
    assert is_doubtful(words(*texts, sure=sure)) is doubtful


def test_what_is_read_once_more() -> None:
    assert is_unsure(words("抱歉", sure=0.5), LINE)
    assert not is_unsure(words("抱歉", sure=0.9), LINE)
    assert not is_unsure(words("口", sure=0.1), TextLine(0, 0, 40, 40))


def test_the_usual_height_is_the_middling_one() -> None:
    assert usual_height([LINE, TextLine(0, 0, 9, 10), TextLine(0, 0, 9, 500)]) == 40
    assert usual_height([]) == 0


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        (("|", "订单编号"), "订单编号"), (("订单编号", "©"), "订单编号"), (("—", "…"), ""), (("Q", "254"), "254"),
        (("付款", "时间"), "付款时间"), (("|", "|"), ""),
    ],
)  # fmt: skip
def test_marks_and_icons_at_the_ends_are_left_out(texts: tuple[str, ...], kept: str) -> None:
    assert text(sifted(words(*texts, gap=20), LINE, 40)) == kept


def test_a_letter_close_to_its_neighbour_is_no_icon() -> None:
    assert text(sifted(words("Q", "254", gap=2), LINE, 40)) == "Q254"


@pytest.mark.parametrize(
    ("letter", "sure", "height", "kept"),
    [
        ("差", 0.95, 40, True), ("差", 0.5, 40, False), ("口", 0.99, 40, False), ("a", 0.99, 30, False),
        ("5", 0.95, 30, True), ("4", 0.95, 40, False), ("差", 0.95, 90, False),
    ],
)  # fmt: skip
def test_a_letter_by_itself(letter: str, sure: float, height: float, kept: bool) -> None:
    line = TextLine(0, 0, height, height)
    assert bool(sifted(words(letter, sure=sure), line, 40)) is kept


def test_short_unsure_words_stay_if_they_have_the_shape_of_their_characters() -> None:
    assert sifted(words("抱歉", sure=0.45), TextLine(0, 0, 86, 40), 40)
    assert not sifted(words("抱歉", sure=0.45), TextLine(0, 0, 40, 40), 40)
    assert not sifted(words("ab", sure=0.45), TextLine(0, 0, 86, 40), 40)
    assert not sifted(words("some words", sure=0.2), LINE, 40)
