"""One picture in, its lines out: piece by piece, by one engine, with a second one as its stand-in and its witness."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np
from PIL import Image

from pipeline.contract import Inputs
from pipeline.locate import Locator
from pipeline.model import Balance, Line, Note, Reading, Unread
from stages.ocr import Params
from stages.ocr.choice import engines_of
from stages.ocr.engines import Engine, EngineFailed, SeenLine
from stages.ocr.join import in_reading_order, lines_of, without_twins
from stages.ocr.second import Second
from stages.ocr.witness import carries_facts
from stages.raster.bands import pieces
from stages.raster.decode import Refused
from stages.raster.looks import look_of
from stages.raster.slices import Slice, slices

__all__ = ["read", "read_picture"]


def read(inputs: Inputs, params: Params) -> Reading:
    """What stands in the exhibit, in pixels of the upright picture."""
    try:
        parts = pieces(inputs.original(), params.band)
        if params.engine == "none":
            return _left_out(sum(image.height for _, image in parts))
        engines = engines_of(params.engine, params.languages, params.seconds)
        return _read_pieces(engines, parts, params.band, inputs.scratch)
    except Refused as refused:
        size = inputs.original().stat().st_size
        return Reading(
            reader="raster@1",
            format="image",
            records=(),
            balance=Balance(unit="bytes", total=size, records=0, unread=size),
            unread=(Unread(code=refused.code, values=refused.values),),
        )


def read_picture(engines: Sequence[Engine], image: Image.Image, band: int, scratch: Path) -> Reading:
    """What the engines see in a picture: cut into pieces of at most `band` rows."""
    cuts = slices(image, band)
    parts = ((cut.top, image.crop((0, cut.top, image.width, cut.bottom)).convert("RGB")) for cut in cuts)
    return _read_pieces(engines, parts, band, scratch)


@dataclass
class _Gathered:
    """What was read of the pieces so far."""

    read: list[tuple[Slice, list[Line]]] = field(default_factory=list)
    readers: list[str] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    height: int = 0
    left_aside: int = 0


def _read_pieces(
    engines: Sequence[Engine], parts: Iterable[tuple[int, Image.Image]], band: int, scratch: Path
) -> Reading:
    """A piece that no engine reads stays unread; the others are kept."""
    found = _Gathered()
    second = Second(engines[1], scratch, band) if len(engines) > 1 else None
    for top, image in parts:
        piece = Slice(top, top + image.height)
        _read_piece(engines, piece, image, scratch, found, second)
        found.height = piece.bottom
    lines = in_reading_order(without_twins(found.read))
    if second is not None:
        lines = tuple(second.witnessed(lines))
        found.notes += second.notes()
    no_text = () if lines or found.unread else (Note(code="no-text"),)
    return Reading(
        reader="+".join(dict.fromkeys(found.readers)) or engines[0].reader,
        format="image",
        records=lines,
        balance=_balance(found.height, [piece for piece, _ in found.read]),
        notes=(*found.notes, *_left_aside(found.left_aside), *no_text),
        unread=tuple(found.unread),
        declared={tool.name: tool.version for engine in engines for tool in engine.fingerprint()[:1]},
    )


def _read_piece(
    engines: Sequence[Engine],
    piece: Slice,
    image: Image.Image,
    scratch: Path,
    found: _Gathered,
    second: Second | None,
) -> None:
    place = Locator(box=(0, piece.top, image.width, piece.bottom))
    failures: list[EngineFailed] = []
    for engine in engines:
        try:
            seen = engine.read(image, scratch)
        except EngineFailed as failed:
            failures.append(failed)
            continue
        lines = _lines([line for line in seen if line.words], piece.top, image)
        found.left_aside += sum(not line.words for line in seen)
        found.notes += (
            Note(code="engine-stood-in", values={"engine": engine.reader, "failed": failed.code}, where=place)
            for failed in failures
        )
        if second is not None and not failures:
            second.show(image, (line for line in lines if carries_facts(line.text)), top=piece.top)
        found.read.append((piece, lines))
        found.readers.append(engine.reader)
        return
    found.unread += (Unread(code=failed.code, values=failed.values, where=place) for failed in failures)


def _lines(seen: Iterable[SeenLine], top: int, image: Image.Image) -> list[Line]:
    """The lines of a piece, in pixels of the picture, with their looks."""
    pixels = np.asarray(image)
    return [_with_look(line, pixels, top) for found in seen for line in lines_of(found.words, top)]


def _with_look(line: Line, pixels: np.ndarray[tuple[int, int, int], np.dtype[np.uint8]], top: int) -> Line:
    left, upper, right, lower = line.box
    look = look_of(pixels, (left, upper - top, right, lower - top))
    panel = (look.panel[0], look.panel[1] + top, look.panel[2], look.panel[3] + top)
    return msgspec.structs.replace(line, look=msgspec.structs.replace(look, panel=panel))


def _left_aside(places: int) -> tuple[Note, ...]:
    """What is said of places that looked like text and were taken for something else."""
    return (Note(code="shapes-left-out", values={"count": places}),) if places else ()


def _left_out(height: int) -> Reading:
    balance = Balance(unit="pixel rows", total=height, records=0, skipped=height)
    return Reading(reader="none@1", format="image", records=(), balance=balance, notes=(Note(code="ocr-off"),))


def _balance(height: int, read: list[Slice]) -> Balance:
    """Rows of the picture inside the pieces that were read; where two overlap a row counts once."""
    done = reached = 0
    for piece in read:
        done += piece.bottom - max(piece.top, reached)
        reached = piece.bottom
    return Balance(unit="pixel rows", total=height, records=done, unread=height - done)
