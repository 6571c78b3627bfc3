"""Pictures of the exhibits, and pages of PDF exhibits: how they are cut into pieces, and how each piece is written.

A picture that is placed whole, unhidden and upright keeps its compressed bytes; anything else is decoded when it is
written and compressed again. One picture or page is decoded at a time, a long PNG a piece at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image, ImageDraw
from pypdfium2 import PdfiumError

from pipeline.contract import Item
from pipeline.model import Line, bare
from stages.assemble.masks import Privacy, Seen, seen
from stages.assemble.pdf.objects import Lazy
from stages.assemble.pdf.pictures import as_it_is, compressed
from stages.raster.bands import cuts, parts
from stages.raster.containers import iso_picture
from stages.raster.decode import Refused, open_upright
from stages.raster.pdf import drawn, frame_of, opened
from stages.raster.slices import Slice, slices

__all__ = ["STRIP", "TALLEST", "Pictures", "Piece", "Shot"]

TALLEST = 2.36
"""Height by width of the tallest piece: what a page shows beside the notes."""

STRIP = 8
"""Width by height from which a picture is cut into pieces side by side, which a page shows one below the other."""

_WHOLE_UP_TO = 2.62  # a phone's whole screen stays on one page
_NARROW, _MOST_PIECES = 200, 11  # pixels; a strip this narrow says little and takes no more pages than that
_STRIP_WIDTH = 1_400  # pixels of a strip that a page shows at the size of print
_INK = (0x1B, 0x1D, 0x21)
_CONVERTED = {
    "image/heic": "HEIC", "image/avif": "AVIF", "image/tiff": "TIFF", "image/webp": "WebP", "image/gif": "GIF",
    "image/bmp": "BMP",
}  # fmt: skip
"""Formats whose bytes no PDF shows, and their names for people."""

Box = tuple[float, float, float, float]
Source = Callable[[], Iterator[Image.Image]]
"""The pixels of all pieces of a picture or page, one after another."""


class Piece(NamedTuple):
    """A part of a picture in its pixels, or of page `page` of a PDF in points; and the key of its image."""

    key: str
    left: float
    top: float
    right: float
    bottom: float
    page: int | None = None

    @property
    def width(self) -> float:
        """In pixels, or points of a page."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """In pixels, or points of a page."""
        return self.bottom - self.top

    def shows(self, box: Box, page: int | None) -> bool:
        """Whether the middle of a box is in it."""
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return page == self.page and self.left <= x < self.right and self.top <= y < self.bottom


class Shot(NamedTuple):
    """A picture of an exhibit as it is placed, or all pages of a PDF: lines in the order read.

    Width and height are in pixels, upright (of a PDF: of its first page, in points). `pages` is their number, 0 for
    a picture. `converted` names the format whose bytes a PDF cannot show.
    """

    width: float
    height: float
    pieces: tuple[Piece, ...]
    lines: tuple[Seen, ...]
    pages: int = 0
    converted: str = ""

    @property
    def hidden(self) -> bool:
        """Whether anything in it is hidden."""
        return any(line.hidden for line in self.lines)

    @property
    def is_strip(self) -> bool:
        """Whether it is cut into pieces side by side."""
        return self.width > STRIP * self.height and not self.pages

    @property
    def sheets(self) -> tuple[tuple[Piece, ...], ...]:
        """The pieces by the page that shows them: one each, those of a strip together."""
        if self.is_strip:
            return (self.pieces,)
        return tuple((piece,) for piece in self.pieces)


class Pictures:
    """All pictures of a document. One decoded piece is kept at a time, as they are written in their order."""

    def __init__(self, rules: Privacy) -> None:
        self._rules = rules
        self._reel = _Reel()
        self.objects: dict[str, Lazy] = {}

    def shot(self, item: Item, path: Path) -> Shot | None:
        """The picture or the pages of an exhibit; None if it is neither, or does not decode."""
        kind = item.ingested.kind if item.ingested else None
        try:
            return self._picture(item, path) if kind == "image" else self._pages(item, path) if kind == "pdf" else None
        except Refused:
            return None

    def _picture(self, item: Item, path: Path) -> Shot:
        made, lines = item.ingested, _lines(item)
        width, height = (made.width, made.height) if made and made.width and made.height else open_upright(path).size
        boxes = _boxes(path, width, height, lines)
        pieces = tuple(Piece(f"{_key(item)}-{at}", *box) for at, box in enumerate(boxes, 1))
        shown = seen(lines, self._rules)
        self._add(pieces, shown, partial(_of_picture, path, pieces), lossy=_is_lossy(path))
        if len(pieces) == 1 and not any(line.hidden for line in shown):
            again = self.objects[pieces[0].key]
            self.objects[pieces[0].key] = Lazy(lambda: as_it_is(path.read_bytes()) or again.made())
        return Shot(width, height, pieces, shown, converted=_CONVERTED.get(made.media_type, "") if made else "")

    def _pages(self, item: Item, path: Path) -> Shot | None:
        shown = seen(_lines(item), self._rules)
        pieces: list[Piece] = []
        sizes = tuple(_sizes(path))
        for number, (width, height) in enumerate(sizes, 1):
            keep = [(line.line.box[1], line.line.box[3]) for line in shown if line.line.page == number]
            rows = _page_cuts(path, number, width, height, keep) if width else ()
            here = tuple(
                Piece(f"{_key(item)}-{number}-{at}", 0, top, width, bottom, number)
                for at, (top, bottom) in enumerate(rows, 1)
            )
            self._add(here, shown, partial(_of_page, path, here), lossy=None)
            pieces += here
        if not pieces:
            return None
        return Shot(pieces[0].width, pieces[0].height, tuple(pieces), shown, pages=len(sizes))

    def _add(self, pieces: Sequence[Piece], shown: Sequence[Seen], source: Source, *, lossy: bool | None) -> None:
        for at, piece in enumerate(pieces):
            hidden = tuple(
                box for line in shown if line.line.page == piece.page for box in line.hidden if _touch(box, piece)
            )
            self.objects[piece.key] = Lazy(partial(self._written, source, at, piece, hidden, lossy))

    def _written(
        self, source: Source, at: int, piece: Piece, hidden: Sequence[Box], lossy: bool | None
    ) -> tuple[dict[str, Any], bytes]:
        """A piece with what is hidden in it painted over; with `lossy` None in the smaller of the two ways."""
        image = self._reel.piece(source, at)
        draw, scale = ImageDraw.Draw(image), image.width / piece.width
        for box in hidden:
            left, top, right, bottom = (
                (side - origin) * scale for side, origin in zip(box, (piece.left, piece.top) * 2, strict=True)
            )
            draw.rectangle((left, top, right, bottom), fill=_INK if image.mode == "RGB" else _INK[0])
        if lossy is None:
            return min((compressed(image, lossy=way) for way in (False, True)), key=lambda made: len(made[1]))
        return compressed(image, lossy=lossy)


class _Reel:
    """The pieces of the last picture that was asked for, decoded one after another."""

    def __init__(self) -> None:
        self._source: Source | None = None
        self._found: Iterator[Image.Image] = iter(())
        self._next = 0

    def piece(self, source: Source, at: int) -> Image.Image:
        """The piece at an index; going back begins anew."""
        if self._source is not source or at < self._next:
            self._source, self._found, self._next = source, source(), 0
        while True:
            image = next(self._found)
            self._next += 1
            if self._next > at:
                return image


def _lines(item: Item) -> list[Line]:
    return [record for reading in item.readings for record in reading.records if isinstance(record, Line)]


def _key(item: Item) -> str:
    return bare(item.exhibit.digest)[:32]


def _is_lossy(path: Path) -> bool:
    """Whether a file is JPEG, HEIC or AVIF."""
    with path.open("rb") as file:
        head = file.read(256)
    return head.startswith(b"\xff\xd8") or iso_picture(head) is not None


def _touch(box: Box, piece: Piece) -> bool:
    return box[3] > piece.top and box[1] < piece.bottom and box[2] > piece.left and box[0] < piece.right


def _boxes(path: Path, width: int, height: int, lines: Sequence[Line]) -> list[Box]:
    """Where a picture is cut: a long one into rows, a strip into columns between words."""
    if width > STRIP * height and width > _STRIP_WIDTH:
        keep = [(word.box[0], word.box[2]) for line in lines for word in (line.words or (line,))]
        turned = open_upright(path).transpose(Image.Transpose.TRANSPOSE)
        return [(cut.top, 0, cut.bottom, height) for cut in slices(turned, _STRIP_WIDTH, keep)]
    if height <= _WHOLE_UP_TO * width:
        return [(0, 0, width, height)]
    tallest = max(8, int(TALLEST * width))
    if width < _NARROW:
        tallest = max(tallest, -(-height // _MOST_PIECES))
    keep = [(line.box[1], line.box[3]) for line in lines]
    return [(0, cut.top, width, cut.bottom) for cut in cuts(path, tallest, keep)]


def _of_picture(path: Path, pieces: Sequence[Piece]) -> Iterator[Image.Image]:
    if any(piece.left for piece in pieces):
        whole = open_upright(path)
        return (whole.crop((int(part.left), int(part.top), int(part.right), int(part.bottom))) for part in pieces)
    return parts(path, [Slice(int(piece.top), int(piece.bottom)) for piece in pieces])


def _sizes(path: Path) -> Iterator[tuple[float, float]]:
    """Width and height of every page in points; nothing of one that is damaged."""
    with opened(path) as document:
        for number in range(len(document)):
            try:
                yield frame_of(document[number]).size
            except PdfiumError:
                yield (0.0, 0.0)


def _page(path: Path, number: int) -> Image.Image:
    with opened(path) as document:
        return drawn(document[number - 1])


def _page_cuts(
    path: Path, number: int, width: float, height: float, keep: Sequence[tuple[float, float]]
) -> list[tuple[float, float]]:
    """The rows of a page in points: whole, or cut as a long picture is."""
    if height <= _WHOLE_UP_TO * width:
        return [(0.0, height)]
    image = _page(path, number)
    scale = image.height / height
    kept = [(top * scale, bottom * scale) for top, bottom in keep]
    return [(cut.top / scale, cut.bottom / scale) for cut in slices(image, int(TALLEST * image.width), kept)]


def _of_page(path: Path, pieces: Sequence[Piece]) -> Iterator[Image.Image]:
    image = _page(path, pieces[0].page or 1)
    scale = image.width / pieces[0].width
    for piece in pieces:
        yield image.crop((0, round(piece.top * scale), image.width, min(image.height, round(piece.bottom * scale))))
