"""Pictures as objects of a PDF: with their own compressed bytes where a PDF shows them right, else compressed again.

Metadata is never among the bytes that are written.
"""

from __future__ import annotations

import io
import re
import struct
from typing import Any

from PIL import Image

from stages.assemble.pdf.objects import Raw, name

__all__ = ["as_it_is", "compressed"]

_JPEG_QUALITY = 90
_PNG = b"\x89PNG\r\n\x1a\n"
_APP, _COMMENT = range(0xE0, 0xF0), 0xFE
_START_OF_SCAN, _END_OF_IMAGE = 0xDA, 0xD9
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""A marker that ends the compressed rows of a scan."""


def as_it_is(data: bytes) -> tuple[dict[str, Any], bytes] | None:
    """The entries and the stream of a file's picture; None where a PDF cannot show its bytes as they are."""
    return _jpeg_as_it_is(data) if data[:2] == b"\xff\xd8" else _png_as_it_is(data)


def compressed(piece: Image.Image, *, lossy: bool) -> tuple[dict[str, Any], bytes]:
    """A decoded picture (RGB or L): as JPEG if it came from a lossy format, else lossless."""
    out = io.BytesIO()
    if lossy:
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
