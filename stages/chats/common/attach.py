"""The files that messages name, found among the files of the case: by name, nearest first, and never by likeness."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import takewhile
from pathlib import PurePosixPath

import msgspec

from pipeline.contract import Source
from pipeline.model import Attachment, Digest, Message, Note, Reading, bare
from stages.lang.text import nfc, plain

__all__ = ["attached"]


def attached(reading: Reading, source: Source) -> Reading:
    """The reading with each attachment that is among the files of the case marked as found, with its digest.

    A name that several different files bear is not found, and said so; so is one that only looks alike
    ("a.jpg" for "a.jpg.png"). What a reader found itself stays.
    """
    if not any(isinstance(record, Message) and record.attachments for record in reading.records):
        return reading
    shelf = _Shelf(source)
    records = tuple(
        msgspec.structs.replace(record, attachments=tuple(map(shelf.find, record.attachments)))
        if isinstance(record, Message) and record.attachments
        else record
        for record in reading.records
    )
    return msgspec.structs.replace(reading, records=records, notes=reading.notes + shelf.notes())


class _Shelf:
    """The files of the case by base name, and what was asked for in vain."""

    def __init__(self, source: Source) -> None:
        self._folder = source.name.rpartition("/")[0]
        self._files: dict[str, dict[str, Digest]] = {}
        for name, digest in source.siblings.items():
            if name != source.name:
                self._files.setdefault(_key(name), {})[nfc(name)] = digest
        self._missing: dict[str, None] = {}
        self._several: dict[str, None] = {}
        self._alike: dict[str, str] = {}

    def find(self, attachment: Attachment) -> Attachment:
        """The attachment, with its digest if exactly one file has its name, or one is nearest."""
        if attachment.found or not attachment.name:
            return attachment
        digests = set(self._nearest(nfc(attachment.name), self._files.get(_key(attachment.name), {})))
        if len(digests) == 1:
            return msgspec.structs.replace(attachment, found=True, sha256=bare(digests.pop()))
        if digests:
            self._several[attachment.name] = None
        elif alike := self._like(attachment.name):
            self._alike[attachment.name] = alike
        else:
            self._missing[attachment.name] = None
        return attachment

    def _nearest(self, name: str, files: Mapping[str, Digest]) -> Iterable[Digest]:
        """Of the files of that base name those whose path fits what is named, then those in the nearest folder."""
        wanted = [path for path in files if path == name or path.endswith("/" + name.lstrip("./"))] or list(files)
        shared = {path: _shared(path.split("/")[:-1], self._folder.split("/")) for path in wanted}
        most = max(shared.values(), default=0)
        return (files[path] for path in wanted if shared[path] == most)

    def _like(self, name: str) -> str | None:
        """A file whose name is this one with one more extension, or less: as phones and tools change them."""
        key, stem = _key(name), PurePosixPath(_key(name)).stem
        return next((other for other in self._files if other.rpartition(".")[0] == key or other == stem), None)

    def notes(self) -> tuple[Note, ...]:
        """What is to be said, once for each reason."""
        said = []
        if self._missing:
            said.append(Note(code="attachments-missing", values=_some(self._missing)))
        if self._several:
            said.append(Note(code="attachments-ambiguous", values=_some(self._several)))
        said += [
            Note(code="attachment-alike", values={"name": name, "file": file}) for name, file in self._alike.items()
        ]
        return tuple(said)


def _key(name: str) -> str:
    """The base name as it is compared: exporters write both kinds of slash, and change case."""
    return nfc(plain(name)).replace("\\", "/").rpartition("/")[2].casefold()


def _shared(one: Iterable[str], other: Iterable[str]) -> int:
    """How many folders two paths have in common, from the first on."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _some(names: Mapping[str, None]) -> dict[str, str | int]:
    """How many names, and the first of them."""
    return {"count": len(names), "names": "、".join(list(names)[:3])}
