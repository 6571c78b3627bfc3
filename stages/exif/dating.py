"""The reading of one picture's dates."""

from __future__ import annotations

from pipeline.contract import Inputs
from pipeline.locate import WHOLE
from pipeline.model import Balance, Dating, Note, Reading, Unread
from stages.exif import Params, names, tags

__all__ = ["READER", "date"]

READER = "exif@1"
_PNG = b"\x89PNG"


def date(inputs: Inputs, params: Params) -> Reading:
    """Every date that the exhibit's metadata and its names state, in that order."""
    if inputs.exhibit is None:
        raise LookupError("a picture is dated by itself")
    data = inputs.data()
    unread: tuple[Unread, ...] = ()
    try:
        found = tags.read_tags(data)
    except ValueError:
        found, unread = {}, (Unread(code="exif-broken", where=WHOLE),)
    entries: list[Dating | Note] = [
        *tags.datings(found, params.zone, is_png=data.startswith(_PNG)),
        *names.datings((receipt.name for receipt in inputs.exhibit.receipts), params.zone),
    ]
    records = tuple(entry for entry in entries if isinstance(entry, Dating))
    invalid = tuple(entry for entry in entries if isinstance(entry, Note))
    total = len(entries) + len(unread)
    return Reading(
        reader=READER,
        format="picture-dates",
        records=records,
        balance=Balance(unit="items", total=total, records=len(records), skipped=len(invalid), unread=len(unread)),
        notes=(*invalid, *_remarks(found, data)),
        unread=unread,
        declared=dict(found),
    )


def _remarks(found: tags.Tags, data: bytes) -> list[Note]:
    remarks = []
    software = tags.editor(found)
    if software is not None:
        remarks.append(Note(code="picture-edited", values={"software": software}))
    further = tags.unparsed(data)
    if any(further.values()):
        remarks.append(Note(code="metadata-not-read", values=further))
    return remarks
