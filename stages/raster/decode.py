"""Pictures from untrusted bytes: decoded whole, upright and in one of two modes, or refused with a reason.

Only the formats of `FORMATS` are ever handed to Pillow, and nothing is decoded before its stated size has been
compared with `MAX_PIXELS`. Originals are opened for reading only.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, UnidentifiedImageError

from stages.raster import jpeg, png

__all__ = ["FORMATS", "MAX_PIXELS", "MAX_SIDE", "Facts", "Refused", "inspect", "open_upright"]

MAX_PIXELS = 300_000_000
"""The most pixels of one picture: a 1,440 px wide screenshot of 208,000 px height, or any camera of today."""

MAX_SIDE = 500_000
"""The longest side in pixels."""

FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
"""Pillow's names of what is decoded. A JPEG with several pictures (MPO) is a JPEG."""

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
_ON_ITS_SIDE = frozenset({5, 6, 7, 8})


class Refused(Exception):
    """A picture that is not decoded: `code` is of the wording table, `values` fill its sentence.

    picture-too-large, picture-truncated, picture-broken or picture-format.
    """

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class Facts(NamedTuple):
    """What a picture is, once all of it has been decoded. Width and height in pixels, upright.

    `ended` is False for a JPEG that lacks its end mark, or rows before it: decoders fill up what may be missing.
    """

    format: str
    width: int
    height: int
    frames: int
    ended: bool = True


def inspect(path: Path) -> Facts:
    """Decodes a picture once and says what it is; `Refused` if it does not decode whole."""
    with _opened(path) as image:
        name = "JPEG" if image.format == "MPO" else str(image.format)
        frames = 1 if name == "JPEG" else _frames(image)
        image.load()
        if name == "PNG" and not png.holds_all_rows(path):
            raise Refused("picture-truncated")
        ended = name != "JPEG" or jpeg.holds_all_rows(path.read_bytes(), image)
        width, height = image.size
        if _orientation(image) in _ON_ITS_SIDE:
            width, height = height, width
    return Facts(name, width, height, frames, ended)


def open_upright(path: Path) -> Image.Image:
    """The first picture of a file at full size: upright by its EXIF, mode RGB or L, transparency on white.

    `Refused` if its format is unknown, it is too large, or it does not decode whole.
    """
    with _opened(path) as image:
        image.load()
        orientation = _orientation(image)
        plain = _plain(image)
        turn = _UPRIGHT.get(orientation)
        return plain if turn is None else plain.transpose(turn)


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """The picture before it is decoded; whatever a decoder raises on hostile bytes comes out as `Refused`."""
    with warnings.catch_warnings():
        # Pillow's own limits are a module global; ours is checked below, before anything is decoded.
        warnings.simplefilter("ignore")
        try:
            with _without_global_limit(), Image.open(path, formats=FORMATS) as image:
                _check_size(*image.size)
                yield image
        except (Refused, FileNotFoundError, PermissionError, IsADirectoryError):
            raise
        except UnidentifiedImageError as error:
            raise Refused("picture-format") from error
        except Exception as error:  # decoders raise struct.error, SyntaxError, zlib.error, IndexError and more
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
    truncated = isinstance(error, EOFError) or "truncated" in str(error).lower()
    return "picture-truncated" if truncated else "picture-broken"


def _frames(image: Image.Image) -> int:
    return int(getattr(image, "n_frames", 1))


def _orientation(image: Image.Image) -> int:
    """The orientation tag, 1 where there is none: damaged metadata does not make a picture unreadable."""
    try:
        value = image.getexif().get(_ORIENTATION, 1)
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
