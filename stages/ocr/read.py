"""One picture in, its lines out: decoded upright, cut into pieces, read piece by piece."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from pipeline.contract import Inputs
from pipeline.locate import Locator
from pipeline.model import Balance, Line, Note, Reading, Unread
from stages.ocr import Params
from stages.ocr.choice import engines_of
from stages.ocr.engines import Engine, EngineFailed
from stages.ocr.join import in_reading_order, lines_of, without_twins
from stages.raster.decode import Refused, open_upright
from stages.raster.slices import Slice, slices

__all__ = ["read", "read_picture"]


def read(inputs: Inputs, params: Params) -> Reading:
    """What stands in the exhibit, in pixels of the upright picture."""
    try:
        image = open_upright(inputs.original()).convert("RGB")
    except Refused as refused:
        size = inputs.original().stat().st_size
        return Reading(
            reader="raster@1",
            format="image",
            records=(),
            balance=Balance(unit="bytes", total=size, records=0, unread=size),
            unread=(Unread(code=refused.code, values=refused.values),),
        )
    if params.engine == "none":
        balance = Balance(unit="pixel rows", total=image.height, records=0, skipped=image.height)
        return Reading(reader="none@1", format="image", records=(), balance=balance, notes=(Note(code="ocr-off"),))
    engine, *_ = engines_of(params.engine, params.languages, params.seconds)
    return read_picture(engine, image, params.band, inputs.scratch)


def read_picture(engine: Engine, image: Image.Image, band: int, scratch: Path) -> Reading:
    """What an engine sees in a picture (mode RGB). A piece that it fails on stays unread; the others are kept."""
    pieces: list[tuple[Slice, list[Line]]] = []
    unread: list[tuple[Slice, Unread]] = []
    for piece in slices(image, band):
        try:
            seen = engine.read(image.crop((0, piece.top, image.width, piece.bottom)), scratch)
        except EngineFailed as failed:
            place = Locator(box=(0, piece.top, image.width, piece.bottom))
            unread.append((piece, Unread(code=failed.code, values=failed.values, where=place)))
        else:
            pieces.append((piece, [line for found in seen for line in lines_of(found.words, piece.top)]))
    lines = in_reading_order(without_twins(pieces))
    return Reading(
        reader=engine.reader,
        format="image",
        records=lines,
        balance=_balance(image.height, [piece for piece, _ in pieces]),
        notes=() if lines or unread else (Note(code="no-text"),),
        unread=tuple(failure for _, failure in unread),
        declared={tool.name: tool.version for tool in engine.fingerprint()[:1]},
    )


def _balance(height: int, pieces: list[Slice]) -> Balance:
    """Rows of the picture inside the pieces that were read; where two overlap a row counts once."""
    done = reached = 0
    for piece in pieces:
        done += piece.bottom - max(piece.top, reached)
        reached = piece.bottom
    return Balance(unit="pixel rows", total=height, records=done, unread=height - done)
