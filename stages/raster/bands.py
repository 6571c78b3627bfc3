"""Pictures piece by piece, top to bottom, so that memory does not grow with the height of a long screenshot.

The rows of a PNG are decoded as they are needed; other formats do not allow that, and Pillow holds them whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from PIL import Image

from stages.raster.decode import strips
from stages.raster.slices import OVERLAP, Slice, measured, slices_of

__all__ = ["cuts", "parts", "pieces"]


def pieces(
    path: Path, height: int, keep: Sequence[tuple[float, float]] = (), overlap: int = OVERLAP
) -> Iterator[tuple[int, Image.Image]]:
    """The picture in pieces of at most `height` rows, each with the row it begins at: upright, mode RGB.

    Cut as `slices_of` cuts. `Refused` as by `open_upright`, possibly after some pieces were given.
    """
    where = cuts(path, height, keep, overlap)
    for cut, part in zip(where, parts(path, where), strict=True):
        yield cut.top, part.convert("RGB")


def cuts(
    path: Path, height: int, keep: Sequence[tuple[float, float]] = (), overlap: int = OVERLAP
) -> tuple[Slice, ...]:
    """Where a picture is cut: see `slices_of`."""
    picture = strips(path)
    if picture.height <= height:
        return (Slice(0, picture.height),)
    return slices_of(measured(picture.found, picture.height), height, keep, overlap)


def parts(path: Path, where: Iterable[Slice]) -> Iterator[Image.Image]:
    """These rows of a picture, upright, mode RGB or L. No slice may begin above the one before it."""
    found = strips(path).found
    held: list[tuple[int, Image.Image]] = []
    reached = 0
    for cut in where:
        held = [(top, strip) for top, strip in held if top + strip.height > cut.top]
        while reached < cut.bottom:
            strip = next(found)
            if reached + strip.height > cut.top:
                held.append((reached, strip))
            reached += strip.height
        yield _joined(held, cut)


def _joined(held: Sequence[tuple[int, Image.Image]], cut: Slice) -> Image.Image:
    first = held[0][1]
    whole = Image.new(first.mode, (first.width, cut.bottom - cut.top))
    for top, strip in held:
        whole.paste(strip, (0, top - cut.top))
    return whole
