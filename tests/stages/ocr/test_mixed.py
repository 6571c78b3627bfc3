"""Of two readings of a line the better parts are kept, and no digit is ever made another."""

import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from stages.ocr.engines import Seen, tesseract_program
from stages.ocr.engines.tesseract import Tesseract
from stages.ocr.mixed import has_latin, merged, with_yuan

CHINESE = ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2)


def words(*texts: str, sure: float = 0.9, left: float = 0) -> list[Seen]:
    """Words of ten pixels a letter, one beside the other."""
    made = []
    for text in texts:
        made.append(Seen(text, (left, 0, left + 10 * len(text), 20), sure))
        left += 10 * len(text)
    return made


def text(found: list[Seen]) -> str:
    return "".join(word.text for word in found)


@pytest.mark.parametrize(
    ("texts", "latin"), [((), True), (("付款",), False), (("付款", "12"), True), (("付12",), False)]
)
def test_lines_that_another_model_reads_too(texts: tuple[str, ...], latin: bool) -> None:
    assert has_latin(words(*texts)) is latin


def test_the_surer_reading_of_a_run_stays_and_chinese_is_left_alone() -> None:
    first = [*words("电话", sure=0.6), *words("197xx##2797", sure=0.5, left=20)]
    other = [*words("LI", sure=0.99), *words("197****2797", sure=0.8, left=20)]
    assert text(merged(first, other)) == "电话197****2797"
    assert text(merged(first, [other[0], other[1]._replace(confidence=0.4)])) == "电话197xx##2797"


def test_a_reading_of_less_than_the_run_does_not_take_its_place() -> None:
    assert text(merged(words("51638835", sure=0.5), words("516", sure=0.99))) == "51638835"
    assert text(merged(words("51638835", sure=0.5), [])) == "51638835"


def test_a_reading_that_takes_in_the_letters_beside_the_run_does_not_take_its_place() -> None:
    assert text(merged(words("0", "付", "0"), words("0000", sure=0.99))) == "0付0"


def test_where_one_saw_nothing_the_other_is_taken() -> None:
    assert text(merged([], words("ok"))) == "ok"
    assert merged([], []) == []


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (("Y44.38",), "¥44.38"), (("实付:", "y", "268.00"), "实付:¥268.00"), (("羊9.90",), "¥9.90"),
        (("关", "-12.50"), "¥-12.50"), (("Y44",), "Y44"), (("SKY44.38",), "SKY44.38"), (("相关44.38",), "相关44.38"),
        (("1Y44.38",), "1Y44.38"), (("Y44.385",), "Y44.385"), (("V1.2.30",), "V1.2.30"), (("Y",), "Y"), ((), ""),
    ],
)  # fmt: skip
def test_the_sign_before_an_amount(texts: tuple[str, ...], said: str) -> None:
    seen = words(*texts)
    told = with_yuan(seen)
    assert text(told) == said
    assert [word.box for word in told] == [word.box for word in seen]


SOME = st.text(alphabet=string.digits + "YyVab.-:付款关羊", min_size=1, max_size=8)


@given(st.lists(SOME, max_size=6))
@settings(max_examples=200, deadline=None)
def test_no_digit_changes_and_no_word_is_lost(texts: list[str]) -> None:
    told = with_yuan(words(*texts))
    assert [len(word.text) for word in told] == [len(text) for text in texts]
    for before, word in zip(texts, told, strict=True):
        assert [one for one in before if one.isdigit()] == [one for one in word.text if one.isdigit()]


@given(st.lists(SOME, max_size=6), st.lists(SOME, max_size=6), st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=200, deadline=None)
def test_what_is_merged_was_read_by_one_of_them_left_to_right(
    one: list[str], other: list[str], sure: float, as_sure: float
) -> None:
    first, second = words(*one, sure=sure), words(*other, sure=as_sure)
    found = merged(first, second)
    assert all(word in first or word in second for word in found)
    assert [word.box[0] for word in found] == sorted(word.box[0] for word in found)
    assert bool(found) is bool(first or second)


def test_known_lines_are_read_again_by_one_process_for_each_language(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []

    real = tesseract_program.words_on

    def counted(pages: list[Image.Image], language: str, seconds: int, scratch: Path) -> list[list[Seen]]:
        calls.append(language)
        return real(pages, language, seconds, scratch)

    monkeypatch.setattr("stages.ocr.engines.tesseract.words_on", counted)
    image = Image.new("RGB", (900, 400), "white")
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(CHINESE[0], 40, index=CHINESE[1])
    boxes = []
    for number, line in enumerate(("实付款 ¥44.38", "电话151****1248", "昨天01:31")):
        pen.text((60, 40 + 100 * number), line, font=font, fill="black")
        boxes.append(pen.textbbox((60, 40 + 100 * number), line, font=font))
    seen = Tesseract(("chi_sim", "eng"), 60).reread(image, boxes, tmp_path)
    told = [line.text.replace(" ", "") if line else "" for line in seen]
    assert calls == ["chi_sim", "eng"]
    assert "¥44.38" in told[0]
    assert "151" in told[1]
    assert "1248" in told[1]
    assert told[2] == "昨天01:31"
