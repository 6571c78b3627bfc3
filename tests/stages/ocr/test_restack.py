"""Strips are dark on white at one size, sheets hold each strip once, and boxes find their way back."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from stages.ocr.engines import Seen
from stages.ocr.restack import Sheet, Strip, cut, sheets
from stages.ocr.segment import TextLine


def picture(ink: int, ground: int) -> Image.Image:
    """Bars in (100, 50, 300, 90)."""
    image = Image.new("L", (400, 200), ground)
    pen = ImageDraw.Draw(image)
    for left in range(100, 300, 20):
        pen.rectangle((left, 50, left + 9, 89), fill=ink)
    return image


def strip_of(line: TextLine, image: Image.Image | None = None, height: int = 24) -> Strip:
    strip = cut(image or picture(0, 255), line, height)
    assert strip is not None
    return strip


@pytest.mark.parametrize(("ink", "ground"), [(0, 255), (255, 0), (90, 30), (120, 200), (255, 150)])
def test_ink_is_black_on_white_whichever_was_lighter(ink: int, ground: int) -> None:
    strip = strip_of(TextLine(100, 50, 300, 90), picture(ink, ground))
    pixels = np.asarray(strip.image)
    dark = np.flatnonzero(pixels.min(axis=1) < 64)
    assert pixels[0].min() > 200
    assert dark[-1] - dark[0] + 1 == pytest.approx(24, abs=2)


def test_nothing_stands_out_of_one_colour() -> None:
    assert cut(Image.new("L", (400, 200), 77), TextLine(100, 50, 300, 90), 24) is None


def test_a_low_line_is_enlarged_no_further_than_asked() -> None:
    dash = TextLine(100, 50, 300, 54)
    free, bound = cut(picture(0, 255), dash, 24), cut(picture(0, 255), dash, 24, 30)
    assert free is None or free.scale == pytest.approx(6)
    assert bound is None or bound.scale == pytest.approx(0.8)


@given(st.floats(0, 390), st.floats(0, 190), st.floats(5, 300), st.floats(5, 60), st.floats(-0.1, 0.1))
@settings(max_examples=60, deadline=None)
def test_a_strip_of_any_line_even_at_the_edge_can_be_cut(
    left: float, top: float, width: float, height: float, slope: float
) -> None:
    line = TextLine(left, top, min(400, left + width), min(200, top + height), slope)
    strip = cut(picture(0, 255), line, 24)
    assert strip is None or min(strip.image.size) >= 4


def test_a_line_that_leans_is_cut_level() -> None:
    image = picture(0, 255).rotate(-4, Image.Resampling.BICUBIC, center=(200, 70), fillcolor=255)
    level, turned = strip_of(TextLine(100, 50, 300, 90)), strip_of(TextLine(100, 50, 300, 90, 0.07), image)
    assert turned.image.size == level.image.size
    difference = np.abs(np.asarray(level.image, dtype=float) - np.asarray(turned.image, dtype=float))
    assert difference.mean() < 12


@given(st.lists(st.tuples(st.integers(20, 600), st.integers(8, 90)), min_size=1, max_size=90))
@settings(max_examples=40, deadline=None)
def test_every_strip_is_on_one_sheet_and_its_boxes_are_its_own(sizes: list[tuple[int, int]]) -> None:
    line = TextLine(0, 0, 10, 10)
    strips = [Strip(line, Image.new("L", size, number % 200), 0, 0, 1) for number, size in enumerate(sizes)]
    stacked: list[Sheet] = list(sheets(strips))
    placed = []
    for sheet in stacked:
        assert sheet.image.height < 2600 + 200
        for row, top in enumerate(sheet.tops):
            strip = strips[sheet.first + row]
            box = (16.0, float(top), 16.0 + strip.image.width, float(top + strip.image.height))
            assert sheet.place(box) == (sheet.first + row, (0, 0, *strip.image.size))
            assert sheet.image.getpixel((17, top + 1)) == (sheet.first + row) % 200
            placed.append(sheet.first + row)
    assert placed == list(range(len(strips)))


def test_what_lies_above_the_first_strip_is_on_none() -> None:
    (sheet,) = sheets([strip_of(TextLine(100, 50, 300, 90))])
    assert sheet.place((0, 0, 5, 5)) is None


def test_words_stand_where_they_were_cut_out() -> None:
    strip = strip_of(TextLine(100, 50, 300, 90))
    k = strip.scale
    words = [
        Seen("付款", ((100 - strip.left) * k, 9, (180 - strip.left) * k, 22), 1),
        Seen("时间", ((190 - strip.left) * k, 2, (270 - strip.left) * k, 30), 1),
    ]
    assert strip.places(words) == [pytest.approx((100, 50, 180, 90)), pytest.approx((190, 50, 270, 90))]


def test_boxes_that_cannot_be_are_replaced_by_shares_of_the_line() -> None:
    strip = strip_of(TextLine(100, 50, 300, 90))
    words = [Seen("付款", (0, 0, 1, 9), 1), Seen("时间", (1, 0, 2, 9), 1), Seen("12", (1, 0, 400, 9), 1)]
    assert strip.places(words) == [
        pytest.approx((100, 50, 180, 90)), pytest.approx((180, 50, 260, 90)), pytest.approx((260, 50, 300, 90)),
    ]  # fmt: skip


@given(st.integers(0, 10_000), st.floats(-0.1, 0.1))
@settings(max_examples=60, deadline=None)
def test_words_follow_each_other_inside_their_line(seed: int, slope: float) -> None:
    chance = random.Random(seed)
    line = TextLine(100, 50, 300, 90, slope)
    strip = Strip(line, Image.new("L", (150, 40)), 93, 43, 0.6)
    words = []
    for _ in range(chance.randrange(1, 6)):
        left = chance.randrange(140)
        words.append(Seen(chance.choice(["付款", "a", "2026"]), (left, 0, left + chance.randrange(1, 60), 9), 1))
    places = strip.places(sorted(words, key=lambda word: word.box[0]))
    assert len(places) == len(words)
    assert all(100 - 1e-6 <= left <= right <= 300 + 1e-6 for left, _, right, _ in places)
    assert [box[0] for box in places] == sorted(box[0] for box in places)
