"""What a stage is and what a reader is.

A stage is a value with a pure function: it gets `Inputs`, gives `Made`, and sees no clock, environment, locale,
network or working directory. Stages come to the machinery as values; the machinery imports none.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any, BinaryIO, Literal

from pipeline.errors import Status
from pipeline.locate import Locator
from pipeline.model import (
    Balance,
    Case,
    Certainty,
    Citation,
    Digest,
    Exhibit,
    Ingested,
    Note,
    Reading,
    Unread,
    Value,
    bare,
)
from pipeline.moment import Zone

__all__ = [
    "Custody",
    "CustodyRecord",
    "Inputs",
    "Item",
    "Made",
    "Reader",
    "Score",
    "Settings",
    "Shape",
    "Source",
    "Stage",
    "Tool",
    "choose",
    "counting",
    "itemised",
    "nested",
    "no_tools",
    "read_best",
    "status_of",
    "unheard",
    "zone_of",
]


class Shape(Enum):
    """How often a stage runs: once for each exhibit it accepts, or once for all."""

    EACH = "each"
    ALL = "all"


class Tool(Value, frozen=True, kw_only=True):
    """Something outside the project that decides a result: its name and a fingerprint of version and data."""

    name: str
    version: str
    path: str | None = None


class Settings(Value, frozen=True, kw_only=True):
    """What the command line may set, resolved: the same values give the same dossier."""

    ocr: str = "auto"
    language: str | None = None
    attach: str = "manifest"
    zone: str | None = None
    date_order: str | None = None
    format: str | None = None
    every_order: bool = False
    """Whether tables give every order they hold: only for looking at a file, never for a case."""


def zone_of(case: Case, settings: Settings) -> Zone | None:
    """The zone of times that state none: the command line's, else the case's or its platform's; else unknown."""
    if settings.zone is not None:
        return Zone(name=settings.zone, basis="case")
    return Zone(name=case.zone, basis=case.zone_basis) if case.zone is not None else None


class CustodyRecord(Value, frozen=True, kw_only=True):
    """One evidence record of the ledger, as the integrity page prints it. `at` is ISO 8601 in UTC.

    `machine` and `text` are, for a decision, what was read and what a person ruled that stands there.
    """

    at: str
    action: str
    label: str | None
    name: str | None
    digest: Digest | None
    machine: str | None = None
    text: str | None = None


class Custody(Value, frozen=True, kw_only=True):
    """The evidence chain as the dossier cites it. `made` is the dossier's date, ISO 8601 in UTC."""

    evidence_head: str
    made: str
    case: str
    """The name of the case folder."""
    records: tuple[CustodyRecord, ...] = ()
    stages: dict[str, str] = {}
    """The stages of the product and their versions."""


class Item(Value, frozen=True, kw_only=True):
    """An exhibit with everything that was read from it, as the stages over all exhibits see it.

    `failed` holds what went wrong in the machinery (timed out, crashed): it is printed like any other Unread.
    """

    exhibit: Exhibit
    status: Status
    ingested: Ingested | None = None
    readings: tuple[Reading, ...] = ()
    failed: tuple[Unread, ...] = ()

    @property
    def notes(self) -> tuple[Note, ...]:
        """Every note on it."""
        own = self.ingested.notes if self.ingested else ()
        return own + tuple(note for reading in self.readings for note in reading.notes)

    def cite(
        self,
        reading: Reading,
        where: Locator,
        quote: str,
        certainty: Certainty = "exact",
        confidence: float | None = None,
        other: str | None = None,
    ) -> Citation:
        """A citation of what a reading found in it: exact where bytes were read, less where engines saw pixels."""
        return Citation(
            exhibit=self.exhibit.label,
            sha256=bare(self.exhibit.digest),
            where=where,
            quote=quote,
            reader=reading.reader,
            certainty=certainty,
            confidence=confidence,
            other=other,
        )

    @property
    def unread(self) -> tuple[Unread, ...]:
        """Everything on it that stayed unread."""
        own = self.ingested.unread if self.ingested else ()
        return own + self.failed + tuple(span for reading in self.readings for span in reading.unread)


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What a stage may see.

    For EACH, `exhibit` and the documents of earlier stages on it; for ALL, `items`, the documents of earlier ALL
    stages, their `files` by name, `notes` (what intake refused or met twice) and `custody`. An EACH exhibit carries
    its names only with `reads_name`, and no label; `siblings` are the names and digests of all files of the case, only
    with `reads_siblings`; `links` are the numbers that trades read by the stages in `links_from` bear. `path(digest)`
    is a read-only file with those bytes; `scratch` an empty folder.
    """

    exhibit: Exhibit | None = None
    siblings: Mapping[str, Digest] = field(default_factory=dict)
    links: frozenset[str] = frozenset()
    items: tuple[Item, ...] = ()
    documents: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, Digest] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()
    custody: Custody | None = None
    path: Callable[[Digest], Path]
    scratch: Path

    def data(self) -> bytes:
        """The bytes of the one exhibit."""
        return self.original().read_bytes()

    def original(self) -> Path:
        """The file of the one exhibit."""
        if self.exhibit is None:
            raise LookupError("this stage runs over all exhibits")
        return self.path(self.exhibit.digest)


@dataclass(frozen=True, kw_only=True)
class Made:
    """What a stage made: a document, and files by name (bytes, or a path inside `scratch`)."""

    document: Value
    files: Mapping[str, bytes | Path] = field(default_factory=dict)
    transient: bool = False
    """Whether a tool failed in a way that says nothing about the input, so that --retry tries again."""


def no_tools(params: Any) -> tuple[Tool, ...]:
    """The tools of a stage that calls none."""
    del params
    return ()


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One step of the product.

    `configure` turns case and settings into `params`, every field of which is in the key; `accepts` decides by
    what a file is (and never opens it); `tools` fingerprints what it calls; `needs` names the earlier stages whose
    documents and files it takes, `uses` those that it takes where they are there and can do without. `supersedes`
    names the earlier stages whose readings of a file count no more once it gave its own. `reads_name`: whether the
    exhibit's file names are part of its input, `reads_siblings`: whether those of all files of the case are.
    `links_from` names earlier stages whose numbers (of orders, payments, parcels) it may follow through other files.
    `opens_exhibits`: whether a stage over all exhibits opens their bytes. `publishes` names those of its files that go
    to out/.
    """

    name: str
    version: str
    shape: Shape
    document: type[Value]
    run: Callable[[Inputs, Any], Made]
    configure: Callable[[Case, Settings], Value]
    accepts: Callable[[Ingested | None], bool] = lambda _: True
    tools: Callable[[Any], tuple[Tool, ...]] = no_tools
    needs: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    reads_name: bool = False
    reads_siblings: bool = False
    links_from: tuple[str, ...] = ()
    needs_custody: bool = False
    opens_exhibits: bool = False
    publishes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Score:
    """How sure a reader is that a file is of its format, 0 to 1, and why (a code of the wording table)."""

    value: float
    reason: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file as readers get it: its bytes, the name it came under, and what was stated about it (`params`).

    Of a file beyond the stage's limit `data` are the first bytes only; a reader that `streams` takes `stream()`.
    `siblings` are the files of the case by name, this one among them; `path(digest)` is a file with those bytes.
    """

    data: bytes
    name: str
    params: Any = None
    siblings: Mapping[str, Digest] = field(default_factory=dict)
    path: Callable[[Digest], Path] | None = None
    whole: Path | None = None

    def stream(self) -> BinaryIO:
        """All bytes of the file, from the first on; to be closed."""
        return self.whole.open("rb") if self.whole else io.BytesIO(self.data)

    def beside(self, name: str) -> Digest | None:
        """The digest of the file of that name in the same folder, or the same archive; None if there is none.

        `name` may lead to a folder below ("media/a.jpg") or above ("../users.json"), never beyond the first.
        """
        folders = self.name.split("/")[:-1]
        for part in name.split("/"):
            if part != "..":
                folders.append(part)
            elif not folders:
                return None
            else:
                folders.pop()
        return self.siblings.get("/".join(folders))

    def bytes_beside(self, name: str) -> bytes | None:
        """The bytes of the file of that name beside this one."""
        digest = self.beside(name)
        return self.path(digest).read_bytes() if digest and self.path else None


@dataclass(frozen=True, kw_only=True)
class Reader:
    """One file = one format. What it reads is worded under `reads-<id>`.

    `sniff(head, name)` scores by the first 64 KiB; `read` gives records, skipped spans and unread spans that tile
    the file. `grade` is how sure we are that real files look so: A seen, B from working code, C documented, D once.
    `streams`: whether it reads files of any size through `Source.stream`.
    """

    id: str
    version: int
    grade: str
    sniff: Callable[[Source], Score | None]
    read: Callable[[Source], Reading]
    streams: bool = False

    @property
    def tag(self) -> str:
        """`id@version`, as citations name it."""
        return f"{self.id}@{self.version}"


def choose(readers: Iterable[Reader], source: Source) -> tuple[Reader | None, tuple[Reader, ...]]:
    """The reader with the best score, and those that tie with it; (None, ties) asks, (None, ()) knows none."""
    scored = [(score.value, reader) for reader in readers if (score := reader.sniff(source)) is not None]
    best = max((value for value, _ in scored), default=0.0)
    winners = tuple(reader for value, reader in scored if value == best and value > 0)
    return (winners[0], ()) if len(winners) == 1 else (None, winners)


def status_of(exhibit: Exhibit, ingested: Ingested | None, *, records: int, unread: int) -> Status:
    """How much of an exhibit was read: `records` and `unread` spans beyond what ingest itself could not read."""
    if exhibit.withdrawn:
        return "withdrawn"
    own = len(ingested.unread) if ingested else 0
    members = len(ingested.members) if ingested and not exhibit.parent else 0
    if not own + unread:
        return "read"
    closed = ingested is None or (own > 0 and ingested.balance.records == 0 and not members)
    return "unread" if closed or not records + members else "partly"


def unheard(exhibit: Exhibit, ingested: Ingested | None, *, heard: bool) -> tuple[Unread, ...]:
    """The `Unread` of a sound file that no reader knew; `heard` is whether any had something to say of it."""
    if exhibit.withdrawn or ingested is None or ingested.unread or ingested.kind == "archive" or heard:
        return ()
    return (Unread(code="no-reader", values={"name": exhibit.name}),)


def nested(exhibit: Exhibit, ingested: Ingested) -> tuple[Unread, ...]:
    """The `Unread` of an archive or a mail inside another: what it holds gets no labels."""
    if not ingested.members:
        return ()
    code = "nested-archive" if ingested.kind == "archive" else "nested-mail"
    return (Unread(code=code, values={"name": exhibit.name, "members": len(ingested.members)}),)


def counting(stages: Iterable[Stage], names: Iterable[str]) -> frozenset[str]:
    """Of the stages that gave a reading, by name, those whose readings count: no later one superseded them."""
    gave = set(names)
    gone = {old for stage in stages if stage.name in gave for old in stage.supersedes}
    return frozenset(gave - gone)


def itemised(
    exhibit: Exhibit, ingested: Ingested | None, readings: tuple[Reading, ...], failed: tuple[Unread, ...] = ()
) -> Item:
    """An exhibit with everything that was read from it, and the status that follows."""
    heard = any(reading.format != "none" or reading.unread for reading in readings)
    lost = failed + unheard(exhibit, ingested, heard=heard)
    status = status_of(
        exhibit,
        ingested,
        records=sum(len(reading.records) for reading in readings),
        unread=len(lost) + sum(len(reading.unread) for reading in readings),
    )
    return Item(exhibit=exhibit, status=status, ingested=ingested, readings=readings, failed=lost)


def read_best(
    readers: tuple[Reader, ...], source: Source, *, wanted: str | None, unit: Literal["lines", "rows"]
) -> Reading:
    """What the best of a stage's readers makes of a file, or the one that was asked for by id.

    Where none knows it the format is "none" and nothing is claimed about it; a tie is a note that names both.
    """
    ties: tuple[Reader, ...] = ()
    if wanted is None:
        reader, ties = choose(readers, source)
    else:
        reader = next((reader for reader in readers if reader.id == wanted), None)
    if reader is not None:
        return reader.read(source)
    notes = (Note(code="format-tie", values={"formats": "、".join(reader.id for reader in ties)}),) if ties else ()
    return Reading(reader="", format="none", records=(), balance=Balance(unit=unit, total=0, records=0), notes=notes)
