"""The types of file by their first bytes, and the extensions under which each may stand."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import NamedTuple

from pipeline.model import Kind
from stages.raster.containers import is_pdf, iso_picture

__all__ = ["DECODABLE", "OLE", "PACKED", "ZIP", "FileType", "by_signature", "misnamed", "named"]


class FileType(NamedTuple):
    """A media type, the kind that decides which stages take it, its name for people and its extensions."""

    media_type: str
    kind: Kind
    label: str
    extensions: frozenset[str]


def _type(media_type: str, kind: Kind, label: str, extensions: str) -> FileType:
    return FileType(media_type, kind, label, frozenset(extensions.split()))


_TEXT = "txt text log csv tsv md json jsonl ndjson html htm xml mht mhtml eml mbox ini yaml yml srt toml vcf ics"
_TYPES = {
    known.media_type: known
    for known in (
        _type("image/png", "image", "PNG", "png apng"),
        _type("image/jpeg", "image", "JPEG", "jpg jpeg jpe jfif"),
        _type("image/webp", "image", "WebP", "webp"),
        _type("image/gif", "image", "GIF", "gif"),
        _type("image/bmp", "image", "BMP", "bmp dib"),
        _type("image/heic", "image", "HEIC", "heic heif hif"),
        _type("image/avif", "image", "AVIF", "avif"),
        _type("image/tiff", "image", "TIFF", "tif tiff dng"),
        _type("application/pdf", "pdf", "PDF", "pdf"),
        _type("application/zip", "archive", "ZIP", "zip"),
        _type("application/vnd.rar", "archive", "RAR", "rar"),
        _type("application/x-7z-compressed", "archive", "7z", "7z"),
        _type("application/gzip", "archive", "gzip", "gz tgz"),
        _type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "table", "XLSX", "xlsx xlsm xlsb"),
        _type("application/vnd.oasis.opendocument.spreadsheet", "table", "ODS", "ods"),
        _type("application/vnd.ms-excel", "table", "XLS", "xls et"),
        _type("application/x-ole-storage", "unknown", "OLE", "doc ppt msg wps"),
        _type("application/vnd.openxmlformats-officedocument", "unknown", "Office", "docx pptx"),
        _type("video/mp4", "unknown", "MP4", "mp4 mov m4v 3gp m4a"),
        _type("text/plain", "text", "TXT", _TEXT),
        _type("text/html", "text", "HTML", _TEXT),
        _type("application/json", "text", "JSON", _TEXT),
        _type("message/rfc822", "text", "EML", _TEXT),
        _type("application/mbox", "text", "MBOX", _TEXT),
        _type("application/octet-stream", "unknown", "?", ""),
        _type("application/x-empty", "empty", "?", ""),
    )
}
_EXTENSIONS = frozenset[str]().union(*(known.extensions for known in _TYPES.values()))

DECODABLE = frozenset(known.media_type for known in _TYPES.values() if known.kind == "image")
PACKED = frozenset({"application/vnd.rar", "application/x-7z-compressed", "application/gzip"})
ZIP = _TYPES["application/zip"]
OLE = _TYPES["application/x-ole-storage"]

_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"PK\x03\x04", "application/zip"),
    (b"PK\x05\x06", "application/zip"),
    (b"PK\x07\x08", "application/zip"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
)
_ISO_PICTURES = {"HEIC": "image/heic", "AVIF": "image/avif"}
_BMP_HEADERS = frozenset({12, 16, 40, 52, 56, 64, 108, 124})


def named(media_type: str) -> FileType:
    """The type of that media type; KeyError if there is none."""
    return _TYPES[media_type]


def by_signature(head: bytes) -> FileType | None:
    """The type that the first bytes announce, or none: then it is text, or unknown."""
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return _TYPES[media_type]
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _TYPES["image/webp"]
    if head[4:8] == b"ftyp":
        return _TYPES[_ISO_PICTURES.get(iso_picture(head) or "", "video/mp4")]
    if is_pdf(head):
        return _TYPES["application/pdf"]
    # Text may begin with "BM" too, so the size of the header that follows decides.
    if head[:2] == b"BM" and len(head) >= 18 and int.from_bytes(head[14:18], "little") in _BMP_HEADERS:
        return _TYPES["image/bmp"]
    return None


def misnamed(names: Iterable[str], found: FileType) -> list[str]:
    """Those of the names whose extension belongs to another type of file, each once, in order.

    None for a file whose type is not known: nothing is said of it but that.
    """
    if found.label == "?":
        return []
    wrong = []
    for name in dict.fromkeys(names):
        extension = PurePosixPath(name).suffix[1:].lower()
        if extension in _EXTENSIONS and extension not in found.extensions:
            wrong.append(name)
    return wrong
