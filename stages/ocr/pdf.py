"""A PDF in, the lines of its pages out: from the text layer where it is what people see, else read as a picture.

Boxes are in points from the top left of the page as it is shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from statistics import median
from typing import Any, NamedTuple, TypeVar

import msgspec
import numpy as np
import numpy.typing as npt
import pypdfium2
from PIL import Image, ImageDraw

from pipeline.contract import Inputs
from pipeline.locate import Locator, Unlocatable
from pipeline.model import Balance, Line, Look, Note, Reading, Unread, Word
from stages.lang.match import folded
from stages.ocr import Params
from stages.ocr.choice import engines_of
from stages.ocr.engines import Box, EngineFailed
from stages.ocr.read import read_picture
from stages.ocr.text_layer import Layer, LayerLine, around, layer_of, text_of
from stages.raster.decode import Refused
from stages.raster.looks import look_of
from stages.raster.pdf import drawn, frame_of, opened

__all__ = ["READER", "ReadLines", "ReadPicture", "read_pages", "read_pdf", "reread"]

READER = "pdf-text@1"

ReadPicture = Callable[[Image.Image], Reading]
"""Reads a picture (mode RGB): lines in its pixels."""

ReadLines = Callable[[Image.Image, Sequence[Box]], Sequence[str | None]]
"""What an engine reads in these boxes of a picture, each one line of text."""

_CHANGE, _EDGES, _LEAST_ROWS = 24, 12, 6  # rows that cross so many edges, and so many of them, may hold text
_RULE = 36  # rows: strokes of text are lower, rows of a table higher
_CHECKED = 6  # lines of a page's layer that are compared with what an engine reads there
_ALIKE = 0.5  # how alike they are at the least where the layer is what people see
_AROUND = 0.08  # of a line's height: what is painted over around it, for the soft edges of its ink
_FEW = 0.02  # the share of characters without meaning that a layer may hold


_Edges = npt.NDArray[np.bool_]
_Pixels = npt.NDArray[np.uint8]
_Said = TypeVar("_Said", Note, Unread)


class _Page(NamedTuple):
    """What was made of a page: its lines, the reader of each kind, and what is to be said of it.

    `skipped` says that it holds pictures that nobody was asked to read; `declared` names the engines that were.
    """

    lines: tuple[Line, ...] = ()
    readers: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    unread: tuple[Unread, ...] = ()
    skipped: bool = False
    declared: Mapping[str, str | int] = {}


def read_pages(inputs: Inputs, params: Params) -> Reading:
    """What stands on the pages of the exhibit; pictures on them are read by the engine of `params`."""
    if params.engine == "none":
        return read_pdf(inputs.original(), None)
    engines = engines_of(params.engine, params.languages, params.seconds)

    def read_lines(image: Image.Image, boxes: Sequence[Box]) -> Sequence[str | None]:
        try:
            return [seen and seen.text for seen in engines[0].reread(image, boxes, inputs.scratch)]
        except EngineFailed:  # a layer that nothing contradicts stands
            return [None] * len(boxes)

    def look(image: Image.Image) -> Reading:
        return read_picture(engines, image, params.band, inputs.scratch)

    return read_pdf(inputs.original(), look, read_lines)


def read_pdf(path: Path, read_picture: ReadPicture | None, read_lines: ReadLines | None = None) -> Reading:
    """The lines of all pages. Without `read_picture` only text layers are read; `read_lines` checks them by samples."""
    try:
        with opened(path) as document:
            pages = [_read(document, number, read_picture, read_lines) for number in range(1, len(document) + 1)]
    except Refused as refused:
        why = Unread(code=refused.code, values=refused.values)
        return _reading([_Page(unread=(why,))])
    return _reading(pages)


def _reading(pages: Sequence[_Page]) -> Reading:
    unread = sum(bool(page.unread) for page in pages)
    skipped = sum(page.skipped and not page.unread for page in pages)
    lines = tuple(line for page in pages for line in page.lines)
    notes = [note for page in pages for note in page.notes]
    if not lines and not unread and not skipped:
        notes.append(Note(code="no-text"))
    return Reading(
        reader="+".join(dict.fromkeys(reader for page in pages for reader in page.readers)) or READER,
        format="pdf",
        records=lines,
        balance=Balance(
            unit="pages", total=len(pages), records=len(pages) - unread - skipped, skipped=skipped, unread=unread
        ),
        notes=tuple(notes),
        unread=tuple(reason for page in pages for reason in page.unread),
        declared={name: version for page in pages for name, version in page.declared.items()},
    )


def _read(document: Any, number: int, read_picture: ReadPicture | None, read_lines: ReadLines | None) -> _Page:
    try:
        page = document[number - 1]
        frame, image = frame_of(page), drawn(page)
        layer = layer_of(page, frame, np.asarray(image.convert("L")))
    except pypdfium2.PdfiumError:
        return _Page(unread=(Unread(code="pdf-page-broken", values={"page": number}, where=Locator(page=number)),))
    scale = image.width / max(1.0, frame.size[0])
    notes = list(_doubts(layer, number))
    lines = () if _is_garbled(layer) else layer.lines
    if lines and read_lines is not None and not _is_what_is_seen(lines, image, scale, read_lines):
        notes, lines = [_note("pdf-layer-differs", number)], ()
    pixels = np.asarray(image)
    exact = tuple(_exact(line, number, pixels, scale) for line in lines)
    rest = _without(image, exact, scale) if exact else image
    if not _may_hold_text(rest):
        return _Page(exact, (READER,) if exact else (), tuple(notes))
    if read_picture is None:
        return _Page(exact, (READER,) if exact else (), (*notes, _note("pdf-page-not-read", number)), skipped=not exact)
    return _with_pictures(exact, tuple(notes), read_picture(rest), number, scale)


def _with_pictures(exact: tuple[Line, ...], notes: tuple[Note, ...], seen: Reading, number: int, scale: float) -> _Page:
    """A page's own lines with those that an engine saw in the rest of it."""
    read = tuple(_on_page(record, number, scale) for record in seen.records if isinstance(record, Line))
    lines = sorted((*exact, *read), key=lambda line: (line.box[1], line.box[0])) if exact and read else (*exact, *read)
    said = tuple(note for note in seen.notes if note.code != "no-text")
    return _Page(
        tuple(lines),
        ((READER,) if exact else ()) + ((seen.reader,) if read else ()),
        notes + tuple(_placed(note, number, scale) for note in said) + (_recognised(number, exact) if read else ()),
        tuple(_placed(reason, number, scale) for reason in seen.unread),
        declared=seen.declared,
    )


def _recognised(number: int, exact: Sequence[Line]) -> tuple[Note, ...]:
    return (_note("pdf-part-recognised" if exact else "pdf-page-recognised", number),)


def _doubts(layer: Layer, number: int) -> Iterator[Note]:
    where = Locator(page=number)
    if layer.unseen:
        yield Note(code="pdf-layer-unseen", values={"page": number, "characters": layer.unseen}, where=where)
    if layer.unmapped:
        yield Note(code="pdf-layer-unmapped", values={"page": number, "characters": layer.unmapped}, where=where)


def _note(code: str, number: int) -> Note:
    return Note(code=code, values={"page": number}, where=Locator(page=number))


def _is_garbled(layer: Layer) -> bool:
    known = sum(len(line.text) for line in layer.lines)
    return layer.unmapped > _FEW * (known + layer.unmapped)


def _is_what_is_seen(lines: Sequence[LayerLine], image: Image.Image, scale: float, read_lines: ReadLines) -> bool:
    """Whether an engine reads on the page about what the layer says: its longest lines are compared."""
    longest = sorted(lines, key=lambda line: len(line.text), reverse=True)[:_CHECKED]
    read = read_lines(image, [_scaled(line.box, scale) for line in longest])
    alike = [
        SequenceMatcher(None, folded(line.text)[0], folded(other)[0], autojunk=False).ratio()
        for line, other in zip(longest, read, strict=True)
        if other is not None
    ]
    return not alike or median(alike) >= _ALIKE


def _exact(line: LayerLine, number: int, pixels: _Pixels, scale: float) -> Line:
    words = tuple(
        Word(text=text_of(word), box=_round(around(char.cell for char in word)), confidence=1.0) for word in line.words
    )
    box = _round(line.box)
    look = look_of(pixels, _scaled(box, scale))
    return Line(
        where=Locator(page=number, box=box), text=line.text, box=box, confidence=1.0, words=words, page=number,
        exact=True, look=_in_points(look, scale),
    )  # fmt: skip


def _on_page(line: Line, number: int, scale: float) -> Line:
    """A line in pixels of the drawn page, in points of the page."""
    box = _round(_scaled(line.box, 1 / scale))
    words = tuple(msgspec.structs.replace(word, box=_round(_scaled(word.box, 1 / scale))) for word in line.words)
    look = _in_points(line.look, scale) if line.look else None
    where = Locator(page=number, box=box)
    return msgspec.structs.replace(line, where=where, box=box, words=words, look=look, page=number)


def _in_points(look: Look, scale: float) -> Look:
    return msgspec.structs.replace(look, panel=_round(_scaled(look.panel, 1 / scale)))


def _placed(said: _Said, number: int, scale: float) -> _Said:
    box = said.where.box if said.where else None
    where = Locator(page=number, box=_round(_scaled(box, 1 / scale))) if box else Locator(page=number)
    return msgspec.structs.replace(said, where=where)


def _without(image: Image.Image, lines: Iterable[Line], scale: float) -> Image.Image:
    """The page with these lines painted over in the colour of their ground."""
    rest = image.copy()
    draw = ImageDraw.Draw(rest)
    for line in lines:
        pad = _AROUND * (line.box[3] - line.box[1]) * scale
        left, top, right, bottom = _scaled(line.box, scale)
        draw.rectangle((left - pad, top - pad, right + pad, bottom + pad), fill=line.look.ground if line.look else None)
    return rest


def _may_hold_text(image: Image.Image) -> bool:
    """Whether rows of a picture cross as many edges as text does; the upright rules of a table do not count."""
    gray = np.asarray(image.convert("L"), dtype=np.int16)
    edges = np.abs(np.diff(gray, axis=1)) > _CHANGE
    busy = (edges & ~_tall(edges, _RULE)).sum(axis=1) > _EDGES
    return int(busy.sum()) >= _LEAST_ROWS


def _tall(edges: _Edges, rows: int) -> _Edges:
    """Those edges that go on straight down for at least so many rows (an opening by an upright line)."""
    if edges.shape[0] < rows:
        return np.zeros_like(edges)
    count = np.cumsum(np.pad(edges, ((1, 0), (0, 0))), axis=0, dtype=np.int32)
    begins = (count[rows:] - count[:-rows] == rows).astype(np.int32)
    inside = np.cumsum(np.pad(begins, ((0, rows - 1), (0, 0))), axis=0, dtype=np.int32)
    inside[rows:] -= np.cumsum(begins, axis=0, dtype=np.int32)[: edges.shape[0] - rows]
    return inside > 0


def _scaled(box: Box, scale: float) -> Box:
    return (box[0] * scale, box[1] * scale, box[2] * scale, box[3] * scale)


def _round(box: Box) -> Box:
    """To a hundredth of a point."""
    return (round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))


def reread(path: Path, where: Locator) -> str:
    """What the text layer says in a box of a page; Unlocatable where it says nothing, or the page is not there."""
    if where.page is None or where.box is None:
        raise Unlocatable("a place in a PDF is a box of a page")
    try:
        with opened(path) as document:
            if not 1 <= where.page <= len(document):
                raise Unlocatable(f"no page {where.page}")
            page = document[where.page - 1]
            layer = layer_of(page, frame_of(page), np.asarray(drawn(page).convert("L")))
    except Refused as refused:
        raise Unlocatable("not a PDF that can be opened") from refused
    found = [part.text for line in layer.lines if (part := line.within(where.box)).words]
    if not found:
        raise Unlocatable("the text layer says nothing there")
    return "\n".join(found)
