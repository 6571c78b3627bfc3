"""Pictures of the exhibits: how they are cut into pieces, and how each piece is written.

A picture that is placed whole, unhidden and upright keeps its compressed bytes; anything else is decoded when it is
written and compressed again. Metadata is never among the bytes that are written.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image, ImageDraw

from pipeline.contract import Item
from pipeline.model import Line, bare
from stages.assemble.masks import Privacy, Seen, seen
from stages.assemble.pdf.objects import Lazy, Raw, name
from stages.raster.decode import Refused, open_upright
from stages.raster.slices import Slice, slices

__all__ = ["TALLEST", "Pictures", "Piece", "Shot"]

TALLEST = 2.36
"""Height by width of the tallest piece: what a page shows beside the notes."""

_WHOLE_UP_TO = 2.62  # a phone's whole screen stays on one page
_NARROW, _MOST_PIECES = 200, 11  # pixels; a strip this narrow says little and takes no more pages than that
_INK = (0x1B, 0x1D, 0x21)
_JPEG_QUALITY = 90
_PNG = b"\x89PNG\r\n\x1a\n"
_APP, _COMMENT = range(0xE0, 0xF0), 0xFE
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""A marker that ends the compressed rows of a scan."""


class Piece(NamedTuple):
    """Rows `top` to `bottom` of a picture, and the key of their image."""

    top: int
    bottom: int
    key: str


class Shot(NamedTuple):
    """A picture of an exhibit as it is placed: size in pixels, upright; lines in the order read."""

    width: int
    height: int
    pieces: tuple[Piece, ...]
    lines: tuple[Seen, ...]

    @property
    def hidden(self) -> bool:
        """Whether anything in it is hidden."""
        return any(line.hidden for line in self.lines)


class Pictures:
    """All pictures of a document. One decoded picture is kept at a time: its pieces are written one after another."""

    def __init__(self, rules: Privacy) -> None:
        self._rules = rules
        self._last: tuple[Path, Image.Image] | None = None
        self.objects: dict[str, Lazy] = {}

    def shot(self, item: Item, path: Path) -> Shot | None:
        """The picture of an exhibit; None if it is none or does not decode."""
        size = self._size(item, path)
        if size is None:
            return None
        width, height = size
        lines = [record for reading in item.readings for record in reading.records if isinstance(record, Line)]
        shown = seen(lines, self._rules)
        cuts = self._cuts(path, width, height, lines)
        hidden = [box for line in shown for box in line.hidden]
        pieces = []
        for at, cut in enumerate(cuts, 1):
            key = f"{bare(item.exhibit.digest)[:32]}-{at}"
            within = tuple(box for box in hidden if box[3] > cut.top and box[1] < cut.bottom)
            whole = len(cuts) == 1 and not within
            self.objects[key] = Lazy(partial(self._written, path, cut, within, whole=whole))
            pieces.append(Piece(cut.top, cut.bottom, key))
        return Shot(width, height, tuple(pieces), shown)

    def _size(self, item: Item, path: Path) -> tuple[int, int] | None:
        made = item.ingested
        if made is None or made.kind != "image":
            return None
        if made.width and made.height:
            return made.width, made.height
        try:
            return self._decoded(path).size
        except Refused:
            return None

    def _cuts(self, path: Path, width: int, height: int, lines: Sequence[Line]) -> tuple[Slice, ...]:
        if height <= _WHOLE_UP_TO * width:
            return (Slice(0, height),)
        keep = [(line.box[1], line.box[3]) for line in lines]
        tallest = max(8, int(TALLEST * width))
        if width < _NARROW:
            tallest = max(tallest, -(-height // _MOST_PIECES))
        return slices(self._decoded(path), tallest, keep)

    def _decoded(self, path: Path) -> Image.Image:
        if self._last is None or self._last[0] != path:
            self._last = None
            self._last = (path, open_upright(path))
        return self._last[1]

    def _written(
        self, path: Path, cut: Slice, hidden: Sequence[tuple[float, float, float, float]], *, whole: bool
    ) -> tuple[dict[str, Any], bytes]:
        data = path.read_bytes()
        is_jpeg = data[:2] == b"\xff\xd8"
        if whole:
            as_it_is = _jpeg_as_it_is(data) if is_jpeg else _png_as_it_is(data)
            if as_it_is is not None:
                return as_it_is
        del data
        piece = self._decoded(path).crop((0, cut.top, self._decoded(path).width, cut.bottom))
        draw = ImageDraw.Draw(piece)
        for left, top, right, bottom in hidden:
            draw.rectangle(
                (left, top - cut.top, right, bottom - cut.top), fill=_INK if piece.mode == "RGB" else _INK[0]
            )
        return _compressed(piece, jpeg=is_jpeg)


def _compressed(piece: Image.Image, *, jpeg: bool) -> tuple[dict[str, Any], bytes]:
    """A decoded piece: JPEG for what came as JPEG, lossless for the rest."""
    out = io.BytesIO()
    if jpeg:
        piece.save(out, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
        return _jpeg_entries(*piece.size, 1 if piece.mode == "L" else 3), out.getvalue()
    piece.save(out, "PNG", compress_level=6)
    made = _png_as_it_is(out.getvalue())
    if made is None:
        raise AssertionError("Pillow writes plain PNG files for RGB and L")
    return made


def _png_as_it_is(data: bytes) -> tuple[dict[str, Any], bytes] | None:
    """A PNG's own compressed rows; None where a PDF cannot show them as they are."""
    if not data.startswith(_PNG):
        return None
    palette, rows, at, size = b"", [], len(_PNG), None
    while at + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + length]
        at += 12 + length
        if kind == b"IHDR":
            size = struct.unpack(">IIBBBBB", body)
        elif kind == b"PLTE":
            palette = body
        elif kind in {b"tRNS", b"eXIf"}:
            return None  # transparency, or an orientation that must be looked at
        elif kind == b"IDAT":
            rows.append(body)
        elif kind == b"IEND":
            break
    if size is None or size[3] not in {0, 2, 3} or size[2] > 8 or size[6]:
        return None
    return _png_entries(size, palette), b"".join(rows)


def _png_entries(size: tuple[int, ...], palette: bytes) -> dict[str, Any]:
    width, height, bits, colour = size[:4]
    space = {0: name("DeviceGray"), 2: name("DeviceRGB")}.get(colour)
    indexed = Raw(b"[/Indexed /DeviceRGB %d <%s>]" % (len(palette) // 3 - 1, palette.hex().encode()))
    parms = Raw(
        b"<< /Predictor 15 /Colors %d /BitsPerComponent %d /Columns %d >>" % (3 if colour == 2 else 1, bits, width)
    )
    return {**_image(width, height), "ColorSpace": space or indexed, "BitsPerComponent": bits,
            "Filter": name("FlateDecode"), "DecodeParms": parms}  # fmt: skip


def _jpeg_as_it_is(data: bytes) -> tuple[dict[str, Any], bytes] | None:
    """A JPEG without its metadata; None if it lies on its side or has colours that a PDF would show otherwise."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "MPO")) as image:
            channels = {"L": 1, "RGB": 3}.get(image.mode)
            if channels is None or image.getexif().get(0x0112, 1) != 1 or image.format != "JPEG":
                return None
            size = image.size
    except (OSError, SyntaxError, ValueError):
        return None
    kept = _without_metadata(data)
    return None if kept is None else (_jpeg_entries(*size, channels), kept)


def _without_metadata(data: bytes) -> bytes | None:
    """The JPEG with no application segments but JFIF's and Adobe's colour mark, no comments, nothing appended."""
    kept, at, has_scan = [data[:2]], 2, False
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != _END_OF_IMAGE:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        segment = data[at : at + 2 + length]
        if marker == _START_OF_SCAN:
            has_scan, end = True, _MARKER.search(data, at + 2 + length)
            kept.append(data[at : end.start() if end else len(data)])
            at += len(kept[-1])
            continue
        is_colour = marker == 0xEE and segment[4:9] == b"Adobe"
        is_jfif = marker == 0xE0 and segment[4:8] == b"JFIF"
        if not (marker in _APP or marker == _COMMENT) or is_colour:
            kept.append(segment)
        elif is_jfif:
            kept.append(_plain_jfif(segment))
        at += 2 + length
    return b"".join((*kept, b"\xff\xd9")) if has_scan else None


def _plain_jfif(segment: bytes) -> bytes:
    """JFIF's segment without its thumbnail."""
    return segment[:2] + (16).to_bytes(2) + segment[4:16] + b"\x00\x00"


def _jpeg_entries(width: int, height: int, channels: int) -> dict[str, Any]:
    space = name("DeviceGray" if channels == 1 else "DeviceRGB")
    return {**_image(width, height), "ColorSpace": space, "BitsPerComponent": 8, "Filter": name("DCTDecode")}


def _image(width: int, height: int) -> dict[str, Any]:
    return {"Type": name("XObject"), "Subtype": name("Image"), "Width": width, "Height": height}
