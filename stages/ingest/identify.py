"""One file in, one answer out: its type, its size, what is inside, and what cannot be read of it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from pipeline.contract import Inputs, Made
from pipeline.model import Balance, Exhibit, Ingested, Note, Unread
from stages.ingest import archive, mail, types
from stages.ingest.text import SAMPLE, text_type
from stages.lang.mail import is_mail, is_mbox
from stages.raster.decode import Refused, inspect

__all__ = ["MAX_WORKBOOK", "identify"]

MAX_WORKBOOK = 1 << 30
"""Bytes of a workbook's parts, unpacked."""

_SEVERAL = frozenset({"TIFF", "HEIC"})  # their further pictures are pages or shots, and no animation
_WORKBOOK_STREAMS = tuple(name.encode("utf-16-le") for name in ("Workbook\0", "Book\0"))
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_OUTLOOK_STREAM = "__nameid_version1.0".encode("utf-16-le")  # [MS-OXMSG] 2.2.3: every .msg has it


def identify(inputs: Inputs, customers: tuple[str, ...] | None = None) -> Made:
    """What the exhibit is. Broken, locked and unknown files are answers like any other.

    `customers` are the people whose mails are opened, of a file that holds those of several.
    """
    if inputs.exhibit is None:
        raise LookupError("a file is identified by itself")
    path = inputs.original()
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    found = by_content(path, head)
    if found.media_type == "application/zip":
        ingested, files = archive.unpack(path, inputs.scratch)
        return Made(document=_with_names(ingested, inputs.exhibit, found), files=files)
    if found.media_type in (mail.EML, mail.MBOX):
        ingested, files = mail.unpack(path, found.media_type, inputs.scratch, customers)
        return Made(document=_with_names(ingested, inputs.exhibit, found), files=files)
    return Made(document=_with_names(_described(path, head, found), inputs.exhibit, found))


def by_content(path: Path, head: bytes) -> types.FileType:
    """The type of the file at `path`, which begins with `head`."""
    if not head:
        return types.named("application/x-empty")
    found = types.by_signature(head)
    if found == types.ZIP:
        inner = archive.container(path)
        return found if inner is None else inner.type
    if found == types.OLE:
        has_workbook = any(stream in path.read_bytes() for stream in _WORKBOOK_STREAMS)
        return types.named("application/vnd.ms-excel") if has_workbook else found
    return found or types.named(_text_type(head) or "application/octet-stream")


def _text_type(head: bytes) -> str | None:
    """The media type of text: a mail may hold bytes of any charset, and is one by its headers."""
    return mail.MBOX if is_mbox(head) else mail.EML if is_mail(head) else text_type(head)


def _described(path: Path, head: bytes, found: types.FileType) -> Ingested:
    if found.media_type in types.DECODABLE:
        return _picture(path, found)
    if found.kind == "pdf":
        return _document(path, found)
    reason = _why_unread(path, head, found)
    return _plain(path, found, () if reason is None else (reason,))


def _why_unread(path: Path, head: bytes, found: types.FileType) -> Unread | None:
    if found.kind == "empty":
        return Unread(code="file-empty")
    if found == types.OLE and _ENCRYPTED_STREAM in path.read_bytes():
        return Unread(code="workbook-encrypted")
    if found == types.OLE and _OUTLOOK_STREAM in path.read_bytes():
        return Unread(code="outlook-mail")
    if found.media_type in types.PACKED:
        return Unread(code="archive-format", values={"type": found.label})
    if found.kind in ("text", "table"):
        return _too_large(path, head)
    if found.label != "?":
        return Unread(code="type-not-supported", values={"type": found.label})
    return Unread(code="type-unknown")


def _too_large(path: Path, head: bytes) -> Unread | None:
    """A workbook is a zip as well, and may be a bomb."""
    workbook = archive.container(path) if head.startswith(b"PK") else None
    if workbook is None or workbook.unpacked <= MAX_WORKBOOK:
        return None
    return Unread(code="workbook-too-large", values={"megabytes": workbook.unpacked >> 20, "limit": MAX_WORKBOOK >> 20})


def _plain(path: Path, found: types.FileType, unread: tuple[Unread, ...]) -> Ingested:
    size = path.stat().st_size
    lost = size if unread else 0
    balance = Balance(unit="bytes", total=size, records=size - lost, unread=lost)
    return Ingested(media_type=found.media_type, kind=found.kind, balance=balance, unread=unread)


def _picture(path: Path, found: types.FileType) -> Ingested:
    try:
        facts = inspect(path)
    except Refused as refused:
        return _plain(path, found, (Unread(code=refused.code, values=refused.values),))
    notes = []
    if facts.frames > 1:
        code = "picture-pages" if facts.format in _SEVERAL else "picture-frames"
        notes.append(Note(code=code, values={"frames": facts.frames}))
    if not facts.ended:
        notes.append(Note(code="picture-without-end"))
    return Ingested(
        media_type=found.media_type,
        kind="image",
        balance=Balance(unit="pixel rows", total=facts.height, records=facts.height),
        width=facts.width,
        height=facts.height,
        notes=tuple(notes),
    )


def _document(path: Path, found: types.FileType) -> Ingested:
    from stages.raster.pdf import count_pages

    try:
        pages = count_pages(path)
    except Refused as refused:
        return _plain(path, found, (Unread(code=refused.code, values=refused.values),))
    balance = Balance(unit="pages", total=pages, records=pages)
    return Ingested(media_type=found.media_type, kind="pdf", balance=balance)


def _with_names(ingested: Ingested, exhibit: Exhibit, found: types.FileType) -> Ingested:
    """With a note for every name whose extension says something else; none is wrong for an empty or a locked file."""
    if ingested.kind == "empty" or any(reason.code == "workbook-encrypted" for reason in ingested.unread):
        return ingested
    wrong = types.misnamed((receipt.name for receipt in exhibit.receipts), found)
    notes = tuple(Note(code="name-misleads", values={"name": name, "type": found.label}) for name in wrong)
    return msgspec.structs.replace(ingested, notes=ingested.notes + notes)
