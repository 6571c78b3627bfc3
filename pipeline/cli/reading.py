"""Reading loose files without a case: what `dossier read` shows, one entry a file."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import msgspec

from pipeline.contract import Inputs, Item, Made, Settings, Shape, Stage, counting, itemised
from pipeline.errors import Language, say, wording
from pipeline.model import Balance, Case, Exhibit, Ingested, Note, Reading, Receipt, Unread
from stages import ORDER

__all__ = ["read_file"]


def read_file(path: str, settings: Settings, language: Language) -> list[dict[str, Any]]:
    """The entries of one file: itself, and for an archive each of its members (interface, "read --json")."""
    with tempfile.TemporaryDirectory() as scratch:
        return list(_entries(Path(path), path, settings, language, Path(scratch)))


def _entries(path: Path, name: str, settings: Settings, language: Language, scratch: Path) -> Iterator[dict[str, Any]]:
    item, files = _read(path, name, settings, scratch)
    yield _entry(item, language)
    for index, member in enumerate(item.ingested.members if item.ingested else ()):
        held = scratch / f"member-{index}"
        held.write_bytes(_bytes_of(files, member.digest))
        inside, _ = _read(held, f"{name}/{member.name}", settings, scratch)
        yield _entry(inside, language)


def _bytes_of(made: Made, digest: str) -> bytes:
    for held in made.files.values():
        data = held if isinstance(held, bytes) else held.read_bytes()
        if "sha256:" + hashlib.sha256(data).hexdigest() == digest:
            return data
    raise LookupError(digest)


def _read(path: Path, name: str, settings: Settings, scratch: Path) -> tuple[Item, Made]:
    """Every stage over single exhibits that takes this file, in order."""
    with path.open("rb") as file:
        digest = "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
    exhibit = Exhibit(
        label="1", digest=digest, bytes=path.stat().st_size, receipts=(Receipt(name=Path(name).name, received=""),)
    )
    each = [stage for stage in ORDER if stage.shape is Shape.EACH]
    first = _run(each[0], exhibit, path, settings, scratch, {})
    ingested = cast("Ingested", first.document)
    documents: dict[str, Any] = {each[0].name: ingested}
    for stage in each[1:]:
        if stage.accepts(ingested):
            given = {need: documents[need] for need in (*stage.needs, *stage.uses) if need in documents}
            documents[stage.name] = _run(stage, exhibit, path, settings, scratch, given).document
    gave = [stage.name for stage in each[1:] if stage.name in documents]
    readings = tuple(cast("Reading", documents[name]) for name in gave if name in counting(each, gave))
    named = msgspec.structs.replace(exhibit, receipts=(Receipt(name=name, received=""),))
    return itemised(named, ingested, readings), first


def _run(
    stage: Stage, exhibit: Exhibit, path: Path, settings: Settings, scratch: Path, documents: dict[str, Any]
) -> Made:
    params = stage.configure(Case(), settings)
    held = Path(tempfile.mkdtemp(dir=scratch))
    return stage.run(Inputs(exhibit=exhibit, documents=documents, path=lambda _: path, scratch=held), params)


def _entry(item: Item, language: Language) -> dict[str, Any]:
    """One object of `read --json`: the reading that gave most, with the dates of a picture's metadata after it."""
    ingested = item.ingested
    main = max(item.readings, key=lambda reading: (reading.reader != "exif@1", len(reading.records)), default=None)
    records = [record for reading in _main_first(item.readings, main) for record in reading.records]
    return {
        "file": {
            "name": item.exhibit.name,
            "sha256": item.exhibit.digest.removeprefix("sha256:"),
            "bytes": item.exhibit.bytes,
            "media_type": ingested.media_type if ingested else None,
        },
        "status": item.status,
        "format": main.format if main else (ingested.kind if ingested else None),
        "reader": main.reader if main else None,
        "records": records,
        "notes": [_said(note, item, language) for note in item.notes],
        "unread": [_said(span, item, language) for span in item.unread],
        "balance": _balance(item, main),
        "declared": dict(main.declared) if main else {},
    }


def _main_first(readings: tuple[Reading, ...], main: Reading | None) -> list[Reading]:
    return sorted(readings, key=lambda reading: reading is not main)


def _balance(item: Item, main: Reading | None) -> Balance | None:
    if main is not None and main.balance.total:
        return main.balance
    own = item.ingested.balance if item.ingested else None
    if own is not None and item.status == "unread":
        return Balance(unit=own.unit, total=own.total, records=0, unread=own.total)
    return own


def _said(note: Note | Unread, item: Item, language: Language) -> dict[str, Any]:
    """A note or an unread span in words; only notes have a severity."""
    values = {"name": item.exhibit.name, "label": item.exhibit.label, **note.values}
    where = msgspec.to_builtins(note.where) if note.where else {"whole": True}
    said = {"code": note.code, "message": say(note.code, values, language), "where": where}
    return {**said, "severity": wording(note.code).severity} if isinstance(note, Note) else said
