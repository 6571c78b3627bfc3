"""Whether a JPEG holds all of its picture: decoders fill up what is missing with grey, without a word."""

from __future__ import annotations

import io
import re

from PIL import Image

__all__ = ["end_of", "holds_all_rows"]

_MARK = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")  # an escaped byte and a restart belong to the data of a scan
_WITHOUT_LENGTH = (b"\x01", b"\xd8")
_END = b"\xff\xd9"
_DATA = bytes(number * 37 % 251 + 1 for number in range(128))  # of a scan: no mark among them
_MORE = _DATA + b"".join(bytes((0xFF, restart)) + _DATA for restart in range(0xD0, 0xD8))


def holds_all_rows(data: bytes, image: Image.Image) -> bool:
    """Whether nothing of the first picture is missing; `image` is that picture, decoded.

    A decoder that has all rows takes no more bytes: if some that are put in before the end mark change the picture,
    it was cut and its end mark forged. What is cut from a picture of one scan shows as grey in its last corner, so
    that the others need no second look. A progressive picture cut between two scans has all rows, only coarser.
    """
    end = end_of(data)
    if end is None:
        return False
    is_progressive = bool(image.info.get("progressive"))
    if not is_progressive and not _ends_in_grey(image):
        return True
    scale = 1 if is_progressive else 8  # the rows of one scan can be compared at an eighth of their size
    return _pixels(data[:end], scale) == _pixels(data[:end] + _MORE, scale)


def end_of(data: bytes) -> int | None:
    """Where the end mark of the first picture stands: thumbnails and what was appended have their own."""
    at = 2
    while mark := _MARK.search(data, at):
        if mark[1] == _END[1:]:
            return mark.start()
        at = mark.end()
        if mark[1] not in _WITHOUT_LENGTH:
            at += int.from_bytes(data[at : at + 2], "big")
    return None


def _ends_in_grey(image: Image.Image) -> bool:
    """By brightness alone: colour is smoothed over from the rows above."""
    corner = image.getpixel((image.width - 1, image.height - 1))
    shares = (0.299, 0.587, 0.114) if isinstance(corner, tuple) else (1.0,)
    bands = corner if isinstance(corner, tuple) else (corner or 0,)
    brightness = sum(share * band for share, band in zip(shares, bands, strict=False))
    return abs(brightness - 128) <= 2


def _pixels(data: bytes, scale: int) -> bytes:
    with Image.open(io.BytesIO(data + _END), formats=("JPEG",)) as image:
        image.draft(None, (max(1, image.width // scale), max(1, image.height // scale)))
        return image.tobytes()
