"""Long pictures are cut between lines of text, without losing a row."""

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from stages.raster.slices import OVERLAP, Slice, slices


def lined(rows: int, lines: Sequence[tuple[int, int]], width: int = 120) -> Image.Image:
    """A picture with "text": blocks of strokes at these vertical extents."""
    image = Image.new("L", (width, rows), 255)
    draw = ImageDraw.Draw(image)
    for top, bottom in lines:
        for left in range(4, width - 4, 4):
            draw.line((left, top, left + 2, bottom - 1), fill=0)
    return image


def evenly(rows: int, pitch: int = 40, ink: int = 26) -> list[tuple[int, int]]:
    return [(top, top + ink) for top in range(7, rows - ink, pitch)]


def check(pieces: Sequence[Slice], rows: int, height: int) -> None:
    assert pieces[0].top == 0
    assert pieces[-1].bottom == rows
    for piece in pieces:
        assert 0 < piece.bottom - piece.top <= height
    for above, below in itertools.pairwise(pieces):
        assert above.top < below.top <= above.bottom < below.bottom


def test_what_fits_stays_whole() -> None:
    assert slices(lined(100, []), 100) == (Slice(0, 100),)


def test_too_low_pieces_are_refused() -> None:
    with pytest.raises(ValueError, match="too small"):
        slices(lined(100, []), 7)


def test_cuts_fall_between_lines() -> None:
    lines = evenly(3000)
    pieces = slices(lined(3000, lines), 500)
    check(pieces, 3000, 500)
    assert all(above.bottom == below.top for above, below in itertools.pairwise(pieces))
    for piece in pieces[:-1]:
        assert not any(top < piece.bottom < bottom for top, bottom in lines)


def test_as_few_pieces_as_there_can_be() -> None:
    assert len(slices(lined(3000, evenly(3000)), 500)) == 7
    assert len(slices(lined(1010, evenly(1010)), 500)) == 3
    assert slices(lined(200, []), 100) == (Slice(0, 100), Slice(100, 200))


def test_an_empty_picture_is_cut_without_overlap() -> None:
    pieces = slices(lined(2000, []), 600)
    assert len(pieces) == 4
    assert all(above.bottom == below.top for above, below in itertools.pairwise(pieces))


def test_edges_that_run_down_the_page_do_not_prevent_a_cut() -> None:
    image = lined(2000, evenly(2000))
    draw = ImageDraw.Draw(image)
    for left in (1, 118):
        draw.line((left, 0, left, 2000), fill=0)
    pieces = slices(image, 500)
    assert all(above.bottom == below.top for above, below in itertools.pairwise(pieces))


def test_noise_leaves_no_clean_row_so_pieces_overlap() -> None:
    noise = Image.fromarray(np.random.default_rng(7).integers(0, 255, (1500, 80), dtype=np.uint8))
    pieces = slices(noise, 400)
    check(pieces, 1500, 400)
    assert {above.bottom - below.top for above, below in itertools.pairwise(pieces)} == {OVERLAP}


def test_a_known_line_in_noise_is_not_cut() -> None:
    noise = Image.fromarray(np.random.default_rng(7).integers(0, 255, (1500, 80), dtype=np.uint8))
    keep = [(370.0, 420.0)]
    pieces = slices(noise, 400, keep)
    assert pieces[0].bottom == 370
    check(pieces, 1500, 400)


def test_known_lines_that_overlap_everywhere_are_shown_whole_in_the_next_piece() -> None:
    noise = Image.fromarray(np.random.default_rng(7).integers(0, 255, (900, 80), dtype=np.uint8))
    keep = [(float(top), float(top + 60)) for top in range(0, 840, 20)]
    pieces = slices(noise, 300, keep)
    check(pieces, 900, 300)
    for top, bottom in keep:
        assert any(piece.top <= top and bottom <= piece.bottom for piece in pieces)


def test_a_line_higher_than_a_piece_does_not_stop_the_cutting() -> None:
    check(slices(lined(2000, []), 300, [(100, 1900)]), 2000, 300)


def test_colour_is_as_good_as_grey() -> None:
    grey = lined(1200, evenly(1200))
    assert slices(grey.convert("RGB"), 400) == slices(grey, 400)


def test_measuring_in_bands_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    image = lined(1200, evenly(1200))
    whole = slices(image, 300)
    monkeypatch.setattr("stages.raster.slices._BAND", 120 * 17)
    assert slices(image, 300) == whole


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_every_row_is_there_in_order_and_no_line_is_lost(data: st.DataObject) -> None:
    rows = data.draw(st.integers(20, 900))
    height = data.draw(st.integers(8, 400))
    tops = data.draw(st.lists(st.integers(0, rows - 1), max_size=25))
    extents = [(top, min(rows, top + data.draw(st.integers(1, 60)))) for top in tops]
    keep = [(float(top), float(bottom)) for top, bottom in extents]
    image = lined(rows, extents if data.draw(st.booleans()) else [], width=40)
    pieces = slices(image, height, keep, overlap=data.draw(st.integers(0, 80)))
    check(pieces, rows, height)
    for top, bottom in keep:
        if bottom - top <= height // 2:
            assert any(piece.top <= top and bottom <= piece.bottom for piece in pieces)
    assert pieces == slices(image, height, keep, overlap=48) or len(pieces) > 1


@settings(max_examples=40, deadline=None)
@given(rows=st.integers(100, 3000), height=st.integers(60, 500), pitch=st.integers(20, 50))
def test_between_regular_lines_there_is_always_a_clean_cut(rows: int, height: int, pitch: int) -> None:
    lines = evenly(rows, pitch, pitch - 12)
    pieces = slices(lined(rows, lines), height, [(float(top), float(bottom)) for top, bottom in lines])
    check(pieces, rows, height)
    assert all(above.bottom == below.top for above, below in itertools.pairwise(pieces))
