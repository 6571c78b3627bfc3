"""Reading loose files without a case: what `dossier read` shows, one entry a file."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import msgspec

from pipeline.contract import Inputs, Item, Made, Settings, Shape, Stage, counting, itemised, nested
from pipeline.errors import DossierError, Language, say, wording
from pipeline.execute import failure_of
from pipeline.limits import LIMITS, Limits, TimeUp, bounded
from pipeline.model import Balance, Case, Digest, Exhibit, Ingested, Note, Reading, Receipt, Unread
from stages import ORDER

__all__ = ["items_of", "not_read", "read_file"]


def read_file(path: str, settings: Settings, language: Language, limits: Limits = LIMITS) -> list[dict[str, Any]]:
    """The entries of one file: itself, and for an archive each of its members (interface, "read --json")."""
    with tempfile.TemporaryDirectory() as scratch:
        return [_entry(item, language) for item in items_of(path, settings, Path(scratch), limits)]


def not_read(path: str, code: str, language: Language, limits: Limits = LIMITS) -> list[dict[str, Any]]:
    """The entries of a file at which the process that read it ended."""
    with tempfile.TemporaryDirectory() as scratch:
        return [_entry(_Loose(Settings(), Path(scratch), limits).lost(path, code), language)]


def items_of(path: str, settings: Settings, scratch: Path, limits: Limits = LIMITS) -> Iterator[Item]:
    """A file and its members with what was read from each; `scratch` is an empty folder, needed as long as they are.

    Each stage has its `limits`, as in a build: one that fails leaves an `Unread` and the others go on.
    """
    return _Loose(settings, scratch, limits).items(path)


class _Loose:
    """A loose file and its members, as the stages over single exhibits see them."""

    def __init__(self, settings: Settings, scratch: Path, limits: Limits) -> None:
        self._settings, self._scratch, self._limits = settings, scratch, limits
        self._paths: dict[Digest, Path] = {}
        self._names: dict[str, Digest] = {}
        self._each = [stage for stage in ORDER if stage.shape is Shape.EACH]

    def items(self, path: str) -> Iterator[Item]:
        """The file with what was read from it, then each of its members; stages see no folder above the file."""
        base = Path(path).name
        whole = self._take(base, Path(path))
        made = self._run(self._each[0], whole, {})
        members = [self._take(f"{base}/{name}", held) for name, held in self._unpacked(made)]
        yield self._read(whole, made, path)
        for member in members:
            inside = self._run(self._each[0], member, {})
            lost = () if isinstance(inside, Unread) else nested(member, cast("Ingested", inside.document))
            yield self._read(member, inside, path + member.name.removeprefix(base), lost)

    def lost(self, path: str, code: str) -> Item:
        """A file at which the process that read it ended."""
        whole = self._take(path, Path(path))
        values: dict[str, str | int] = {"stage": self._each[0].name, "seconds": round(self._limits.seconds)}
        return itemised(whole, None, (), (Unread(code=code, values=values),))

    def _take(self, name: str, path: Path) -> Exhibit:
        with path.open("rb") as file:
            digest = "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()
        self._paths[digest] = path
        self._names[name] = digest
        receipt = Receipt(name=name, received="")
        return Exhibit(label="1", digest=digest, bytes=path.stat().st_size, receipts=(receipt,))

    def _unpacked(self, made: Made | Unread) -> Iterator[tuple[str, Path]]:
        """The members of an archive, each in a file; `files` of a made archive are named by their index."""
        if isinstance(made, Unread):
            return
        for index, member in enumerate(cast("Ingested", made.document).members):
            content = made.files[str(index)]
            path = self._scratch / f"member-{index}" if isinstance(content, bytes) else content
            if isinstance(content, bytes):
                path.write_bytes(content)
            yield member.name, path

    def _read(self, exhibit: Exhibit, first: Made | Unread, shown: str, beside: tuple[Unread, ...] = ()) -> Item:
        """Every stage that takes this file, in order, after what the first one made of it."""
        named = msgspec.structs.replace(exhibit, receipts=(Receipt(name=shown, received=""),))
        if isinstance(first, Unread):
            return itemised(named, None, (), (first,))
        ingested = cast("Ingested", first.document)
        documents: dict[str, Any] = {self._each[0].name: ingested}
        lost = [*beside]
        for stage in self._each[1:]:
            if stage.accepts(ingested) and documents.keys() >= {*stage.needs}:
                given = {need: documents[need] for need in (*stage.needs, *stage.uses) if need in documents}
                made = self._run(stage, exhibit, given)
                if isinstance(made, Unread):
                    lost.append(made)
                else:
                    documents[stage.name] = made.document
        gave = [stage.name for stage in self._each[1:] if stage.name in documents]
        readings = tuple(cast("Reading", documents[name]) for name in gave if name in counting(self._each, gave))
        return itemised(named, ingested, readings, tuple(lost))

    def _run(self, stage: Stage, exhibit: Exhibit, documents: dict[str, Any]) -> Made | Unread:
        inputs = Inputs(
            exhibit=exhibit,
            siblings=self._names if stage.reads_siblings else {},
            documents=documents,
            path=self._paths.__getitem__,
            scratch=Path(tempfile.mkdtemp(dir=self._scratch)),
        )
        try:
            with bounded(self._limits):
                return stage.run(inputs, stage.configure(Case(), self._settings))
        except DossierError:
            raise
        except (TimeUp, Exception) as fault:
            return failure_of(stage.name, self._limits, fault)


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
