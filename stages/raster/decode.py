"""Pictures from untrusted bytes: decoded whole, upright and in one of two modes, or refused with a reason.

Only the formats of `FORMATS` are ever handed to Pillow, and nothing is decoded before its stated size has been
compared with `MAX_PIXELS`. Originals are opened for reading only.
"""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, UnidentifiedImageError

from stages.raster import containers, jpeg, png

__all__ = [
    "FORMATS",
    "MAX_PIXELS",
    "MAX_SIDE",
    "Facts",
    "Refused",
    "Strips",
    "exif_of",
    "inspect",
    "open_upright",
    "strips",
]

MAX_PIXELS = 300_000_000
"""The most pixels of one picture: a 1,440 px wide screenshot of 208,000 px height, or any camera of today."""

MAX_SIDE = 500_000
"""The longest side in pixels."""

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF")
"""Pillow's names of what it decodes; HEIC comes through pi-heif. A JPEG with several pictures (MPO) is a JPEG."""

_BRANDS_WITHIN = 256
_MAY_BE_CUT = frozenset({"picture-format", "picture-broken"})
_NAMES = {"MPO": "JPEG", "HEIF": "HEIC"}
_STRIP = 500_000  # pixels decoded at a time

_CUT_OFF = re.compile(r"truncated|end.of.file|insufficient input|cannot read full", re.IGNORECASE)
_NO_MEMORY = re.compile(r"out of memory|memory allocation|not enough memory|cannot allocate", re.IGNORECASE)
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_DNG_VERSION = 0xC612
_ON_ITS_SIDE = frozenset({5, 6, 7, 8})


class Refused(Exception):
    """A picture that is not decoded: `code` is of the wording table, `values` fill its sentence.

    picture-too-large, picture-truncated, picture-broken, picture-format or picture-raw.
    """

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class Facts(NamedTuple):
    """What a picture is, once all of it has been decoded. Width and height in pixels, upright.

    `ended` is False for a JPEG that lacks its end mark, or rows before it (decoders fill up what may be missing), and
    for a container that is cut behind its first picture.
    """

    format: str
    width: int
    height: int
    frames: int
    ended: bool = True


def exif_of(data: bytes) -> bytes:
    """The EXIF block of a HEIC or AVIF picture, empty if it has none. `Refused` if the picture does not open."""
    with _guarded(), _open(io.BytesIO(data)) as image:
        return bytes(image.info.get("exif") or b"")


class Strips(NamedTuple):
    """A picture in parts: width and height in pixels, upright, and its rows in strips (RGB or L), top to bottom."""

    width: int
    height: int
    found: Iterator[Image.Image]


def inspect(path: Path) -> Facts:
    """Decodes a picture once and says what it is; `Refused` if it does not decode whole."""
    with _opened(path) as image:
        name = _NAMES.get(str(image.format), str(image.format))
        frames = 1 if name == "JPEG" else _frames(image)
        orientation = _decoded(path, image)
        ended = jpeg.holds_all_rows(path.read_bytes(), image) if name == "JPEG" else not containers.is_cut_off(path)
        width, height = image.size
        if orientation in _ON_ITS_SIDE:
            width, height = height, width
    return Facts(name, width, height, frames, ended)


def open_upright(path: Path) -> Image.Image:
    """The first picture of a file at full size: upright, mode RGB or L, transparency on white.

    `Refused` if its format is unknown, it is too large, or it does not decode whole.
    """
    with _opened(path) as image:
        image.load()
        turn = _UPRIGHT.get(_orientation(image))
        plain = _plain(image)
        return plain if turn is None else plain.transpose(turn)


def strips(path: Path) -> Strips:
    """What `open_upright` gives, in parts: of an upright PNG one strip is in memory at a time, of a JPEG no copy.

    `Refused` as by `open_upright`, also while strips are taken.
    """
    with _opened(path) as image:
        size, head = image.size, png.head_of(path)
        if head is not None and head.streams and _orientation(head.empty()) == 1:
            return Strips(*size, _streamed(path, head))
        if image.format == "JPEG" and _orientation(image) == 1:
            image.load()
            return Strips(*size, _cut(image))
    whole = open_upright(path)
    return Strips(*whole.size, iter((whole,)))


def _cut(image: Image.Image) -> Iterator[Image.Image]:
    """A decoded picture in strips: converted one by one, it is not held twice."""
    rows = max(8, _STRIP // image.width)
    for top in range(0, image.height, rows):
        yield _plain(image.crop((0, top, image.width, min(top + rows, image.height))))


def _streamed(path: Path, head: png.Head) -> Iterator[Image.Image]:
    bands = png.bands(path, head, max(8, _STRIP // head.width))
    while True:
        with _guarded():
            band = next(bands, None)
            strip = None if band is None else _plain(band)
        if strip is None:
            return
        yield strip


def _decoded(path: Path, image: Image.Image) -> int:
    """Decodes all of a picture, without keeping what can be decoded a strip at a time; gives its orientation."""
    head = png.head_of(path)
    if head is None:
        image.load()
        return _orientation(image)
    if head.streams:
        for band in png.bands(path, head, max(8, _STRIP // head.width)):
            band.load()
    else:
        image.load()
        if not png.holds_all_rows(path):
            raise Refused("picture-truncated")
    return _orientation(head.empty())


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """The picture before it is decoded, its size checked."""
    try:
        with _guarded(), _open(path) as image:
            _check_size(*image.size)
            yield image
    except Refused as refused:
        if refused.code in _MAY_BE_CUT and containers.is_cut_off(path):
            raise Refused("picture-truncated") from refused
        raise


def _open(source: Path | io.BytesIO) -> Image.Image:
    """By Pillow, or by pi-heif without its registering itself with Pillow, which would change every other opening."""
    if containers.iso_picture(_head(source)) == "HEIC":
        from pi_heif.as_plugin import HeifImageFile

        heic: Image.Image = HeifImageFile(source if isinstance(source, io.BytesIO) else str(source))
        return heic
    image = Image.open(source, formats=FORMATS)
    if _DNG_VERSION in getattr(image, "tag_v2", ()):  # its first picture is a thumbnail
        image.close()
        raise Refused("picture-raw")
    return image


def _head(source: Path | io.BytesIO) -> bytes:
    if isinstance(source, io.BytesIO):
        return bytes(source.getbuffer()[:_BRANDS_WITHIN])
    with source.open("rb") as file:
        return file.read(_BRANDS_WITHIN)


@contextmanager
def _guarded() -> Iterator[None]:
    """Whatever a decoder raises on hostile bytes comes out as `Refused`; a lack of memory is no fault of theirs."""
    with warnings.catch_warnings():
        # Pillow's own limits are a module global; ours is checked before anything is decoded.
        warnings.simplefilter("ignore")
        try:
            with _without_global_limit():
                yield
        except (Refused, MemoryError, FileNotFoundError, PermissionError, IsADirectoryError):
            raise
        except UnidentifiedImageError as error:
            raise Refused("picture-format") from error
        except Exception as error:  # decoders raise struct.error, SyntaxError, zlib.error, IndexError and more
            if _NO_MEMORY.search(str(error)):
                raise MemoryError from error
            raise Refused(_fault(error)) from error


@contextmanager
def _without_global_limit() -> Iterator[None]:
    before = Image.MAX_IMAGE_PIXELS
    Image.MAX_IMAGE_PIXELS = None
    try:
        yield
    finally:
        Image.MAX_IMAGE_PIXELS = before


def _check_size(width: int, height: int) -> None:
    if width < 1 or height < 1:
        raise Refused("picture-broken")
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise Refused("picture-too-large", width=width, height=height, limit=MAX_PIXELS // 1_000_000)


def _fault(error: Exception) -> str:
    truncated = isinstance(error, EOFError) or _CUT_OFF.search(str(error)) is not None
    return "picture-truncated" if truncated else "picture-broken"


def _frames(image: Image.Image) -> int:
    return int(getattr(image, "n_frames", 1))


def _orientation(image: Image.Image) -> int:
    """The orientation tag, 1 where there is none: damaged metadata does not make a picture unreadable."""
    try:
        value = image.getexif().get(_ORIENTATION, 1)
    except MemoryError:
        raise
    except Exception:
        return 1
    return value if isinstance(value, int) and value in _UPRIGHT else 1


def _plain(image: Image.Image) -> Image.Image:
    """The picture as RGB or L."""
    if image.has_transparency_data:
        return _on_white(image)
    if image.mode.startswith("I"):
        return _eight_bits(image)
    if image.mode in {"L", "1", "F"}:
        return image.convert("L")
    return image.convert("RGB")


def _on_white(image: Image.Image) -> Image.Image:
    seen = image.convert("RGBA")
    white = Image.new("RGB", seen.size, "white")
    white.paste(seen, mask=seen.getchannel("A"))
    return white


def _eight_bits(image: Image.Image) -> Image.Image:
    """The upper eight of sixteen bits; Pillow's own conversion would clip everything above 255 to white."""
    samples = np.asarray(image)
    return Image.fromarray(np.clip(samples // 256, 0, 255).astype(np.uint8))
