"""A second look at the lines of a reading that carry quoted passages: only those parts of the picture are read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
from PIL import Image

from pipeline.contract import Inputs
from pipeline.model import Line, Reading
from stages.ocr import Params
from stages.ocr.choice import engines_of
from stages.ocr.second import Second
from stages.ocr.witness import carries_passage
from stages.raster.bands import pieces
from stages.raster.containers import starts_as_pdf
from stages.raster.pdf import drawn, frame_of, opened

__all__ = ["witnessed_passages"]


def witnessed_passages(inputs: Inputs, seen: Reading, params: Params, passages: tuple[str, ...]) -> Reading:
    """The reading, in which the lines that carry one of the passages (folded) have a witness where there can be one."""

    lines = [record for record in seen.records if isinstance(record, Line)]
    open_ones = [line for line in lines if line.witness is None and not line.exact]
    wanted = [line for line in open_ones if carries_passage(line.text, passages)]
    if not wanted:
        return seen
    second = Second(engines_of(params.engine, params.languages, params.seconds)[-1], inputs.scratch, params.band)
    for image, held, top, scale in _places(inputs.original(), wanted, params.band):
        second.show(image, held, top=top, scale=scale)
    fresh = dict(zip(wanted, second.witnessed(wanted), strict=True))
    records = tuple(fresh.get(record, record) if isinstance(record, Line) else record for record in seen.records)
    return msgspec.structs.replace(seen, records=records, notes=(*seen.notes, *second.notes()))


def _places(path: Path, lines: list[Line], band: int) -> Iterator[tuple[Image.Image, list[Line], int, float]]:
    """The pieces or pages with these lines: the picture, its lines, its first row, its pixels for a unit of boxes."""
    if starts_as_pdf(path):
        with opened(path) as document:
            for number in sorted({line.page for line in lines if line.page is not None}):
                image = drawn(document[number - 1])
                scale = image.width / max(1.0, frame_of(document[number - 1]).size[0])
                yield image, [line for line in lines if line.page == number], 0, scale
        return
    for top, image in pieces(path, band):
        held = [line for line in lines if top <= line.box[1] and line.box[3] <= top + image.height]
        if held:
            yield image, held, top, 1.0
