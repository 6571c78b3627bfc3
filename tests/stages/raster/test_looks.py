"""The look of a line: colours and panel, whatever the picture's noise."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw, ImageFilter

from pipeline.model import Look
from stages.raster.looks import look_of

Picture = Callable[[Image.Image], Image.Image]
Box = tuple[float, float, float, float]

PAGE, GREEN, INK = (237, 237, 237), (149, 236, 105), (17, 17, 17)
PANEL = (230, 300, 1008, 500)
LINE = (262.0, 330.0, 700.0, 380.0)
SHORT = (262.0, 410.0, 330.0, 460.0)


def bubble(page: tuple[int, ...] = PAGE, ground: tuple[int, ...] = GREEN, ink: tuple[int, ...] = INK) -> Image.Image:
    """A bubble with a long and a short line, drawn as rows of strokes."""
    image = Image.new("RGB", (1179, 800), page)
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle(PANEL, 18, fill=ground)
    for box in (LINE, SHORT):
        write(draw, box, ink)
    return image


def write(draw: ImageDraw.ImageDraw, box: Box, ink: tuple[int, ...]) -> None:
    """Strokes for a line of text."""
    for x in range(int(box[0]) + 4, int(box[2]) - 8, 18):
        draw.rectangle((x, box[1] + 6, x + 5, box[3] - 6), fill=ink)


def look(image: Image.Image, box: Box = LINE) -> Look:
    return look_of(np.asarray(image.convert("RGB")), box)


def near(one: tuple[float, ...], other: tuple[float, ...], off: float) -> bool:
    return all(abs(a - b) <= off for a, b in zip(one, other, strict=True))


def as_jpeg(image: Image.Image) -> Image.Image:
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=40)
    return Image.open(buffer)


def with_noise(image: Image.Image) -> Image.Image:
    pixels: npt.NDArray[np.int16] = np.asarray(image).astype(np.int16)
    noise = np.random.default_rng(5).normal(0, 4, pixels.shape)
    return Image.fromarray((pixels + noise).clip(0, 255).astype(np.uint8))


def blurred(image: Image.Image) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(1.2))


def shaded(image: Image.Image) -> Image.Image:
    """Light that falls off to the right and to the bottom, as on a photographed screen."""
    pixels: npt.NDArray[np.float64] = np.asarray(image).astype(np.float64)
    rows, columns = np.indices(pixels.shape[:2])
    return Image.fromarray((pixels * np.expand_dims(1 - 0.10 * columns / 1179 - 0.05 * rows / 800, 2)).astype(np.uint8))


def test_the_colours_are_those_of_ground_and_ink() -> None:
    found = look(bubble())
    assert found.ground == "#95ec69"
    assert found.ink == "#111111"


def test_each_line_of_a_bubble_stands_on_the_whole_of_it() -> None:
    for box in (LINE, SHORT):
        assert near(look(bubble(), box).panel, PANEL, 24)


@pytest.mark.parametrize("change", [as_jpeg, with_noise, blurred, shaded])
def test_noise_blur_and_falling_light_leave_the_panel(change: Picture) -> None:
    for box in (LINE, SHORT):
        assert near(look(change(bubble()), box).panel, PANEL, 26)


@pytest.mark.parametrize(
    ("page", "ground", "ink"),
    [
        ((17, 17, 17), (44, 44, 44), (228, 228, 230)),
        ((237, 237, 237), (225, 225, 225), (120, 120, 120)),
        ((255, 255, 255), (0, 122, 255), (255, 255, 255)),
    ],
    ids=["dark", "grey on grey", "blue"],
)
def test_a_panel_is_told_by_its_edge_and_not_by_its_colour(
    page: tuple[int, ...], ground: tuple[int, ...], ink: tuple[int, ...]
) -> None:
    assert near(look(bubble(page, ground, ink)).panel, PANEL, 24)


def test_a_line_on_the_bare_page_has_the_page_for_its_panel() -> None:
    image = bubble()
    box = (400.0, 600.0, 700.0, 640.0)
    write(ImageDraw.Draw(image), box, (150, 150, 150))
    panel = look(image, box).panel
    assert (panel[0], panel[2]) == (0, 1179)
    assert panel[1] == pytest.approx(PANEL[3], abs=3)
    assert panel[3] == 800


def test_a_thin_outline_ends_a_panel() -> None:
    image = Image.new("RGB", (1179, 800), (255, 255, 255))
    draw = ImageDraw.Draw(image)
    draw.rectangle(PANEL, outline=(190, 190, 190), width=2)
    write(draw, LINE, INK)
    assert near(look(image).panel, PANEL, 8)


@pytest.mark.parametrize(
    "box", [(-5.0, -5.0, 40.0, 12.0), (1170.0, 790.0, 1185.0, 810.0), (1200.0, 20.0, 1300.0, 60.0)]
)
def test_a_box_over_the_picture_s_edge_has_a_look_that_holds_it(box: Box) -> None:
    panel = look(bubble(), box).panel
    assert all(edge <= side for edge, side in zip(panel[:2], box[:2], strict=True))
    assert all(edge >= side for edge, side in zip(panel[2:], box[2:], strict=True))


def test_the_same_line_has_the_same_look() -> None:
    assert look(with_noise(bubble())) == look(with_noise(bubble()))
