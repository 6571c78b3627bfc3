"""Lines are found whatever their size, colour, lean and surroundings, and nothing that has strokes is lost unseen."""

import math
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from stages.ocr.segment import TextLine, leaning, segment
from stages.ocr.segment.components import components, connected, spans
from stages.ocr.segment.lines import rows_of
from stages.ocr.segment.strokes import strokes
from stages.ocr.segment.tilt import LEVEL, Tilt, tilt_of

CHINESE = ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2)
TEXTS = ["订单编号 5163883558697127889", "您好，在的，请问有什么可以帮您", "Thank you for waiting", "实付款 ¥293.00"]
Box = tuple[float, float, float, float]


def font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(CHINESE[0], size, index=CHINESE[1])


def drawn(
    size: int, *, width: int = 1080, height: int = 1600, ink: str = "black", ground: str = "white"
) -> tuple[Image.Image, list[Box]]:
    """Four lines of text and the boxes of their ink."""
    image = Image.new("RGB", (width, height), ground)
    pen = ImageDraw.Draw(image)
    boxes = []
    for number, text in enumerate(TEXTS):
        at = (size, size + number * 3 * size)
        pen.text(at, text, font=font(size), fill=ink)
        boxes.append(pen.textbbox(at, text, font=font(size)))
    return image.convert("L"), boxes


def is_found(box: Box, lines: tuple[TextLine, ...], slack: float) -> bool:
    """Whether one line has this box, but for so many pixels."""
    return any(all(abs(one - other) <= slack for one, other in zip(box, line.box, strict=True)) for line in lines)


@pytest.mark.parametrize(
    ("size", "width", "height"),
    [(14, 390, 600), (20, 540, 900), (40, 1080, 1600), (44, 1440, 2400), (100, 3000, 4000), (14, 1280, 800),
     (40, 2048, 2400)],
    ids=["thumbnail", "half", "phone", "large-phone", "camera", "desktop", "tablet"],
)  # fmt: skip
def test_lines_of_any_size_are_found_where_they_are(size: int, width: int, height: int) -> None:
    image, boxes = drawn(size, width=width, height=height)
    found = segment(image)
    assert len(found.lines) == len(boxes)
    assert all(is_found(box, found.lines, size * 0.3) for box in boxes)


@pytest.mark.parametrize(
    ("ink", "ground"),
    [("white", "black"), ("#888", "#111"), ("#999", "white"), ("black", "#95ec69"), ("white", "#ff2442"),
     ("#576b95", "white")],
)  # fmt: skip
def test_lines_of_any_colour_are_found(ink: str, ground: str) -> None:
    image, boxes = drawn(40, ink=ink, ground=ground)
    lines = segment(image).lines
    assert all(is_found(box, lines, 12) for box in boxes)


@pytest.mark.parametrize("degrees", [-4, -1.5, 1, 3])
def test_lines_that_lean_are_found_with_their_lean(degrees: float) -> None:
    image, boxes = drawn(40)
    lines = segment(image.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=255)).lines
    assert len(lines) == len(boxes)
    for line in lines:
        assert math.degrees(math.atan(line.slope)) == pytest.approx(-degrees, abs=0.5)
        assert line.height < 60  # of the text, and not of the box around it


def test_a_screenshot_is_level() -> None:
    for size in (14, 20, 40):
        assert {line.slope for line in segment(drawn(size)[0]).lines} == {0.0}


def test_frames_rules_and_grounds_are_no_text() -> None:
    image, boxes = drawn(40)
    pen = ImageDraw.Draw(image)
    for left, top, right, bottom in boxes:
        pen.rounded_rectangle((left - 24, top - 20, right + 24, bottom + 20), 30, outline=90, width=3)
    pen.line((0, 800, 1080, 800), fill=200, width=2)
    pen.ellipse((800, 900, 1000, 1100), fill=120)
    lines = segment(image).lines
    assert all(is_found(box, lines, 14) for box in boxes)
    assert all(line.bottom - line.top < 70 for line in lines)


@pytest.mark.parametrize("pitch", [1.15, 1.3, 1.6])
@pytest.mark.parametrize("size", [14, 22, 40])
def test_lines_set_close_are_told_apart(size: int, pitch: float) -> None:
    image = Image.new("L", (1080, 1600), 255)
    pen = ImageDraw.Draw(image)
    boxes = []
    for number in range(12):
        at, text = (2 * size, 200 + round(number * pitch * size)), TEXTS[number % 2]
        pen.text(at, text, font=font(size), fill=40)
        boxes.append(pen.textbbox(at, text, font=font(size)))
    lines = segment(image).lines
    assert len(lines) == len(boxes)
    assert all(is_found(box, lines, size * 0.3) for box in boxes)


@pytest.mark.parametrize("times", [2, 3])
def test_a_sum_much_larger_than_the_rows_below_it_is_a_line(times: int) -> None:
    image = Image.new("L", (1080, 1900), 255)
    pen = ImageDraw.Draw(image)
    pen.text((360, 200), "-413.86", font=font(36 * times), fill=0)
    for number in range(12):
        pen.text((60, 700 + 90 * number), TEXTS[number % 4], font=font(36), fill=90)
    lines = segment(image).lines
    assert len(lines) == 13
    assert is_found(pen.textbbox((360, 200), "-413.86", font=font(36 * times)), lines, 12 * times)


def test_a_picture_beside_text_is_no_large_line() -> None:
    image, boxes = drawn(40)
    grain = np.random.default_rng(7).integers(0, 255, (30, 30), dtype=np.uint8)
    image.paste(Image.fromarray(grain).resize((300, 300), Image.Resampling.BICUBIC), (700, 900))
    lines = segment(image).lines
    assert all(is_found(box, lines, 14) for box in boxes)
    assert all(line.height < 80 for line in lines)


def test_two_columns_are_two_lines() -> None:
    image = Image.new("L", (1080, 800), 255)
    pen = ImageDraw.Draw(image)
    pen.text((60, 300), "商品总价", font=font(40), fill=0)
    pen.text((800, 300), "¥270.80", font=font(40), fill=0)
    assert len(segment(image).lines) == 2


@pytest.mark.parametrize("size", [(1, 1), (1, 500), (500, 1), (9, 9), (30, 2000)])
@pytest.mark.parametrize("shade", [0, 255])
def test_pictures_without_text_have_no_lines(size: tuple[int, int], shade: int) -> None:
    assert segment(Image.new("L", size, shade)).lines == ()


@given(seed=st.integers(0, 10_000))
@settings(max_examples=25, deadline=None)
def test_every_component_is_in_one_row_or_dropped_and_rows_hold_their_components(seed: int) -> None:
    chance = random.Random(seed)
    image = Image.new("L", (300, 240), chance.choice((0, 255, 128)))
    pen = ImageDraw.Draw(image)
    for _ in range(chance.randrange(12)):
        at = (chance.randrange(280), chance.randrange(220))
        pen.text(at, chance.choice(TEXTS)[: chance.randrange(1, 9)], font=font(chance.choice((12, 18, 26))), fill=60)
    found = components(strokes(np.asarray(image)))
    rows = rows_of(found, LEVEL)
    assert len(rows.owners) == len(found.labels)
    held = rows.owners >= 0
    boxes = rows.boxes[rows.owners[held]]
    assert (boxes[:, 0] <= found.starts[held]).all()
    assert (boxes[:, 2] >= found.ends[held]).all()
    assert (boxes[:, 1] <= found.rows[held]).all()
    assert (boxes[:, 3] > found.rows[held]).all()
    assert set(rows.owners[held].tolist()) == set(range(len(rows.boxes)))


@given(seed=st.integers(0, 10_000), left=st.integers(0, 60), top=st.integers(0, 60))
@settings(max_examples=12, deadline=None)
def test_lines_lie_inside_their_picture_and_move_with_it(seed: int, left: int, top: int) -> None:
    chance = random.Random(seed)
    image = Image.new("L", (540, 700), 255)
    pen = ImageDraw.Draw(image)
    for row in range(5):
        text = chance.choice(TEXTS)
        pen.text((chance.randrange(40, 100), 60 + 100 * row), text, font=font(chance.choice((18, 20, 24))), fill=0)
    moved = Image.new("L", image.size, 255)
    moved.paste(image, (left, top))
    still, shifted = segment(image).lines, segment(moved).lines
    assert len(still) == len(shifted) == 5
    for line in (*still, *shifted):
        assert -1 <= line.left < line.right <= 541
        assert -1 <= line.top < line.bottom <= 701
    for one, other in zip(
        sorted(still, key=lambda line: line.top), sorted(shifted, key=lambda line: line.top), strict=True
    ):
        assert other.top - one.top == pytest.approx(top, abs=2)
        assert other.left - one.left == pytest.approx(left, abs=2)


@given(st.integers(0, 2**32 - 1), st.floats(0.05, 0.7))
@settings(max_examples=40, deadline=None)
def test_components_are_what_flooding_finds(seed: int, share: float) -> None:
    mask = np.random.default_rng(seed).random((14, 17)) < share
    found = components(mask)
    assert np.array_equal(found.mask(np.ones(len(found), np.bool_)), mask)
    assert found.areas.sum() == mask.sum()
    labels = np.full(mask.shape, -1)
    for row, start, end, label in zip(found.rows, found.starts, found.ends, found.labels, strict=True):
        labels[row, start:end] = label
    pieces = 0
    left = {(int(y), int(x)) for y, x in np.argwhere(mask)}
    while left:
        todo, piece = [left.pop()], set()
        while todo:
            y, x = todo.pop()
            piece.add(int(labels[y, x]))
            near = {(y + dy, x + dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)} & left
            left -= near
            todo += near
        assert len(piece) == 1
        pieces += 1
    assert pieces == len(found)


def test_a_label_for_what_is_connected() -> None:
    assert connected(5, np.array([0, 3]), np.array([1, 1])).tolist() == [0, 0, 1, 0, 2]
    assert connected(0, np.array([], np.intp), np.array([], np.intp)).tolist() == []


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20, deadline=None)
def test_the_share_of_a_component_in_a_mask_is_counted_by_pixels(seed: int) -> None:
    chance = np.random.default_rng(seed)
    mask, other = chance.random((9, 13)) < 0.4, chance.random((9, 13)) < 0.5
    found = components(mask)
    shares = found.shares(other)
    for label, share in enumerate(shares):
        alone = found.mask(np.arange(len(found)) == label)
        assert share == pytest.approx((alone & other).sum() / alone.sum())
    assert ((shares >= 0) & (shares <= 1)).all()


def test_spans_are_pairs() -> None:
    index, number = spans(np.array([2, 5, 0]), np.array([4, 5, 1]))
    assert list(zip(index.tolist(), number.tolist(), strict=True)) == [(0, 2), (0, 3), (2, 0)]


@given(st.floats(-0.1, 0.1), st.floats(-5e-5, 5e-5), st.floats(-5e-5, 5e-5), st.floats(0, 500), st.floats(0, 900))
@settings(max_examples=60, deadline=None)
def test_laying_flat_has_a_way_back(slope: float, down: float, across: float, x: float, y: float) -> None:
    tilt = Tilt(slope=slope, down=down, across=across, origin=(250.0, 450.0))
    flat = float(tilt.flat(np.array([x]), np.array([y]))[0])
    assert tilt.bent(x, flat) == pytest.approx(y, abs=1e-6)


def test_no_text_is_level() -> None:
    assert tilt_of(components(np.zeros((20, 30), np.bool_))) is LEVEL


def test_a_known_box_of_a_leaning_picture_becomes_a_leaning_line() -> None:
    image, boxes = drawn(40)
    assert [line.box for line in leaning(image, boxes)] == [pytest.approx(box) for box in boxes]
    turned = image.rotate(3, Image.Resampling.BICUBIC, fillcolor=255)
    known = [line.box for line in segment(turned).lines]
    for line, box in zip(leaning(turned, known), known, strict=True):
        assert line.slope == pytest.approx(-0.052, abs=0.01)
        assert line.height < box[3] - box[1]
        assert line.box == pytest.approx(box, abs=8)
