"""QQ's message manager, saved as a web archive (MHT): a page of one table, and the pictures it shows, in base64.

Such files reach many gigabytes: they are read as a stream, and of the pictures only the digests are kept. They count
as found, since their bytes are inside the file; a note says that they are no files of their own. A message stands
under a row with its date. The colour of a name is not always right in real files and is not taken for a side.
"""

from __future__ import annotations

from pipeline.contract import Reader, Score, Source
from pipeline.model import Reading
from stages.chats.qq_mht.archive import Archive
from stages.chats.qq_mht.read import Table

__all__ = ["READER"]

_MARKS = (b"Save by Tencent MsgMgr", b"Subject: Tencent IM Message", b"Subject:Tencent IM Message")


def _sniff(source: Source) -> Score | None:
    head = source.data[:4096]
    found = any(mark in head for mark in _MARKS) and b"multipart/related" in head.lower()
    return Score(value=1.0, reason="qq-mht-heading") if found else None


def _read(source: Source) -> Reading:
    with source.stream() as stream:
        table = Table(Archive(stream), source)
        table.take()
    return table.reading(READER)


READER = Reader(id="qq-mht", version=1, grade="B", sniff=_sniff, read=_read, streams=True)
