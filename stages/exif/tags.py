"""A picture's metadata as text by tag, and the dates in it.

A time is spread over tags: the date and time of day, its fraction of a second, its offset.
"""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import exifread

from pipeline.locate import Locator, Unlocatable
from pipeline.model import Dating, Note, Role
from pipeline.moment import Grain, Moment, Zone, moment, parse_zone
from stages.raster.decode import exif_of

__all__ = ["KEPT", "Tags", "datings", "editor", "read_tags", "reread", "unparsed"]

Tags = Mapping[str, str]

KEPT = (
    "Image Make",
    "Image Model",
    "Image Software",
    "Image DateTime",
    "EXIF DateTimeOriginal",
    "EXIF DateTimeDigitized",
    "EXIF SubSecTime",
    "EXIF SubSecTimeOriginal",
    "EXIF SubSecTimeDigitized",
    "EXIF OffsetTime",
    "EXIF OffsetTimeOriginal",
    "EXIF OffsetTimeDigitized",
    "GPS GPSDate",
)
"""The tags that are read. Places and serial numbers are personal data and stay where they are."""

logging.getLogger("exifread").setLevel(logging.CRITICAL)  # what matters of it is said in notes

_DATE = re.compile(r"(\d{4})[:/-](\d\d)[:/-](\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?", re.ASCII)
_UNSET = re.compile(r"[0\s:/-]*")
_EDITORS = re.compile(
    r"photoshop|lightroom|gimp|snapseed|picsart|pixelmator|affinity|paint\.net|acdsee|photoscape|vsco|facetune|canva"
    r"|paintshop|corel|imagemagick|meitu|beautyplus|faceu|美图|美颜|醒图|轻颜|天天p图|黄油相机|光影魔术手|稿定",
    re.IGNORECASE,
)
_XMP = b"<x:xmpmeta"
_PNG = b"\x89PNG\r\n\x1a\n"
_EXIF = b"Exif\x00\x00"


class _Stamp(NamedTuple):
    """A date tag with its companions."""

    tag: str
    fraction: str
    offset: str


_TAKEN = _Stamp("EXIF DateTimeOriginal", "EXIF SubSecTimeOriginal", "EXIF OffsetTimeOriginal")
_WRITTEN = (
    _Stamp("EXIF DateTimeDigitized", "EXIF SubSecTimeDigitized", "EXIF OffsetTimeDigitized"),
    _Stamp("Image DateTime", "EXIF SubSecTime", "EXIF OffsetTime"),
)


def read_tags(data: bytes) -> Tags:
    """The wording of every tag of `KEPT` that is there and holds something. ValueError if the metadata is damaged."""
    try:
        found = exifread.process_file(
            io.BytesIO(_block(data)), details=False, extract_thumbnail=False, truncate_tags=False
        )
    except MemoryError:
        raise
    except Exception as error:  # the parser raises what struct, slicing and arithmetic raise on hostile bytes
        raise ValueError("damaged metadata") from error
    tags = {name: _clean(str(found[name])) for name in KEPT if name in found}
    if "GPS GPSDate" in tags:
        tags["GPS GPSDate"] = f"{tags['GPS GPSDate']} {_clock(found.get('GPS GPSTimeStamp'))}"
    return {name: text for name, text in tags.items() if text}


def reread(data: bytes, where: Locator) -> str:
    """What stands in the tag that `where` names; Unlocatable if it is not there."""
    tags = read_tags(data)
    if where.tag is None or where.tag not in tags:
        raise Unlocatable(f"no tag {where.tag!r}")
    return tags[where.tag]


def datings(tags: Tags, zone: Zone | None, *, is_png: bool) -> Iterator[Dating | Note]:
    """Every date of the metadata as a record, or as a note where it is none.

    A time written at the same moment as the picture was taken says nothing more and gives no record of its own.
    """
    taken = _dated(tags, _TAKEN, "screenshot.captured" if _is_screenshot(tags, is_png) else "photo.taken", zone)
    yield from taken
    known = {entry.at.sort_key() for entry in taken if isinstance(entry, Dating)}
    for stamp in _WRITTEN:
        for entry in _dated(tags, stamp, "file.dated", zone):
            if isinstance(entry, Note) or entry.at.sort_key() not in known:
                yield entry
                known.update({entry.at.sort_key()} if isinstance(entry, Dating) else ())
    yield from _dated(tags, _Stamp("GPS GPSDate", "", ""), "file.dated", Zone(name="UTC", basis="stated"))


def editor(tags: Tags) -> str | None:
    """The program that wrote the file, if it is one for changing pictures."""
    software = tags.get("Image Software", "")
    return software if _EDITORS.search(software) else None


def unparsed(data: bytes) -> dict[str, str | int]:
    """How many pieces of further metadata there are that are not read: XMP packets, and texts of a PNG."""
    return {"xmp": data.count(_XMP), "texts": sum(1 for _ in _png_texts(data))}


def _dated(tags: Tags, stamp: _Stamp, role: Role, zone: Zone | None) -> list[Dating | Note]:
    said = tags.get(stamp.tag, "")
    if _UNSET.fullmatch(said):  # a camera whose clock was never set writes blanks or zeros
        return []
    where = Locator(tag=stamp.tag)
    at = _moment(said, tags.get(stamp.fraction, ""), _stated(tags.get(stamp.offset)) or zone)
    if at is None:
        return [Note(code="exif-date-invalid", values={"tag": stamp.tag, "text": said}, where=where)]
    return [Dating(where=where, role=role, at=at, text=said, basis=stamp.tag)]


def _moment(said: str, fraction: str, zone: Zone | None) -> Moment | None:
    match = _DATE.fullmatch(said)
    if match is None:
        return None
    year, month, day, hour, minute, second = map(int, match.groups()[:6])
    digits = match[7] or (fraction if fraction.isdecimal() and fraction.isascii() else "")
    millisecond = int(f"{digits:0<3}"[:3]) if digits else 0
    grain: Grain = "millisecond" if digits else "second"
    try:
        return moment(said, year, month, day, hour, minute, second, millisecond, grain=grain, zone=zone)
    except ValueError:
        return None


def _stated(offset: str | None) -> Zone | None:
    """The zone of an offset tag; a damaged one is as good as none."""
    if offset is None or not re.fullmatch(r"[+-]\d\d:\d\d|Z", offset, re.ASCII):
        return None
    try:
        parse_zone(offset)
    except ValueError:
        return None
    return Zone(name=offset, basis="stated")


def _is_screenshot(tags: Tags, is_png: bool) -> bool:
    """Phones write screenshots as PNG and name no camera in them."""
    return is_png and "Image Make" not in tags


def _clean(text: str) -> str:
    return text.replace("\x00", " ").strip()


def _clock(stamp: object) -> str:
    """The three numbers of a GPS time as hh:mm:ss; empty if they are none."""
    try:
        hour, minute, second = (float(number) for number in stamp.values)  # type: ignore[attr-defined]
        return f"{int(hour):02d}:{int(minute):02d}:{int(second):02d}"
    except (AttributeError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return ""


def _block(data: bytes) -> bytes:
    """The metadata block of a WebP, HEIC or AVIF, in some of which exifread misses it; any other file as it is."""
    if data[4:8] == b"ftyp":
        return exif_of(data).removeprefix(_EXIF)
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return data
    at = 12
    while at + 8 <= len(data):
        length = int.from_bytes(data[at + 4 : at + 8], "little")
        if data[at : at + 4] == b"EXIF":
            return data[at + 8 : at + 8 + length].removeprefix(_EXIF)
        at += 8 + length + length % 2
    return b""


def _png_texts(data: bytes) -> Iterator[bytes]:
    if not data.startswith(_PNG):
        return
    at = len(_PNG)
    while at + 8 <= len(data):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if name in {b"tEXt", b"zTXt", b"iTXt"}:
            yield name
        at += 12 + length
