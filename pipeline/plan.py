"""What has to be done: the ordered stages, a case and its exhibits become tasks, as far as one can tell by now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import msgspec

from pipeline.contract import Custody, Settings, Stage, counting, nested, status_of, unheard
from pipeline.errors import UsageError
from pipeline.execute import ItemRef, Ref, Task
from pipeline.intake import Arrival
from pipeline.limits import Limits
from pipeline.model import (
    Case,
    Digest,
    Exhibit,
    Ingested,
    Note,
    Reading,
    Unread,
    decode,
    numbers_in,
)
from pipeline.store import Record, Store
from pipeline.tasks import Maker

__all__ = ["Plan", "Sheet", "Why", "arrivals_of", "cut", "why"]

Why = str
"""Why a task would run: reused (it would not), new, retry."""


class _Glance(msgspec.Struct):
    """A reading without its records decoded: enough to tell a status, cheap for a big table."""

    format: str
    records: tuple[msgspec.Raw, ...]
    unread: tuple[msgspec.Raw, ...]


@dataclass(kw_only=True)
class Sheet:
    """What is known of one exhibit so far: the documents by stage, and what failed on it."""

    exhibit: Exhibit
    ingested: Ingested | None = None
    documents: dict[str, Ref] = field(default_factory=dict)
    failed: list[Unread] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    """The stages that failed on it: those that need them do not run."""


@dataclass(kw_only=True)
class Plan:
    """The tasks of one build. It knows what was made so far and hands out what can run next."""

    order: tuple[Stage, ...]
    case: Case
    settings: Settings
    folder: Path
    store: Store
    limits: Limits
    sheets: dict[str, Sheet] = field(default_factory=dict)
    """By label, in order of label."""
    made: dict[str, Ref] = field(default_factory=dict)
    """The documents of the ALL stages."""
    _items: tuple[ItemRef, ...] | None = None
    """The items as long as nothing new is known of them."""

    def __post_init__(self) -> None:
        seen: set[str] = set()
        for stage in self.order:
            if stage.name in seen or not seen.issuperset((*stage.needs, *stage.uses)):
                raise ValueError(f"stage {stage.name} stands twice, or before what it needs")
            seen.add(stage.name)

    def place(self, exhibits: Iterable[Exhibit]) -> None:
        """Take over the exhibits as they now stand; what is known of them stays."""
        before = self.sheets
        self.sheets = {}
        self._items = None
        for exhibit in exhibits:
            sheet = before.get(exhibit.label) or Sheet(exhibit=exhibit)
            sheet.exhibit = exhibit
            self.sheets[exhibit.label] = sheet

    def each(self, stage: Stage) -> list[tuple[Sheet, Task]]:
        """The tasks of an EACH stage: one for each exhibit it accepts and has not been asked about."""
        sheets = [sheet for sheet in self.sheets.values() if self.takes(stage, sheet)]
        if not sheets:
            return []
        maker = Maker(self, stage)
        return [(sheet, maker.one(sheet)) for sheet in sheets]

    def all(self, stage: Stage, notes: tuple[Note, ...], custody: Custody) -> Task:
        """The one task of an ALL stage."""
        return Maker(self, stage).all(notes, custody if stage.needs_custody else None)

    def note_down(self, stage: Stage, sheet: Sheet, record: Record) -> None:
        """What came of a stage on an exhibit."""
        self._items = None
        if record.document is None:
            failure = record.failure or Unread(code="task-failed", values={"stage": stage.name, "error": ""})
            values = dict(sorted({"name": sheet.exhibit.name, **failure.values}.items()))
            sheet.failed.append(msgspec.structs.replace(failure, values=values))
            sheet.broken.add(stage.name)
            return
        sheet.documents[stage.name] = _ref(stage, record)
        if stage.document is Ingested:
            sheet.ingested = decode(self.store.get(record.document), Ingested)
            if sheet.exhibit.parent:
                sheet.failed += nested(sheet.exhibit, sheet.ingested)

    def note_all(self, stage: Stage, record: Record) -> None:
        """What an ALL stage made."""
        self.made[stage.name] = _ref(stage, record)

    def lost(self) -> frozenset[Digest]:
        """The members of archives that could not be opened this time: their bytes may be nowhere."""
        closed = {label for label, sheet in self.sheets.items() if sheet.ingested is None}
        return frozenset(sheet.exhibit.digest for sheet in self.sheets.values() if sheet.exhibit.parent in closed)

    def siblings(self) -> dict[str, Digest]:
        """Every file that is at hand, by each of its names."""
        live = (sheet.exhibit for sheet in self.sheets.values() if not sheet.exhibit.withdrawn)
        return {receipt.name: exhibit.digest for exhibit in live for receipt in exhibit.receipts}

    def links(self, stages: Iterable[str]) -> frozenset[str]:
        """The numbers that the trades of these stages' readings bear."""
        names = tuple(stages)
        refs = (sheet.documents[name] for sheet in self.sheets.values() for name in names if name in sheet.documents)
        readings = (decode(self.store.get(ref.digest), Reading) for ref in refs)
        return frozenset[str]().union(*map(numbers_in, readings))

    @cached_property
    def _reads(self) -> bool:
        return any(stage.document is Reading for stage in self.order)

    def items(self) -> tuple[ItemRef, ...]:
        """Every exhibit with what was read from it and its status, in order of label."""
        if self._items is None:
            self._items = tuple(self._item(sheet) for sheet in self.sheets.values())
        return self._items

    def _item(self, sheet: Sheet) -> ItemRef:
        gave = [ref for ref in sheet.documents.values() if ref.kind is Reading]
        live = counting(self.order, (ref.stage for ref in gave))
        readings = tuple(ref for ref in gave if ref.stage in live)
        failed = tuple(sheet.failed)
        glances = [decode(self.store.get(ref.digest), _Glance) for ref in readings]
        if self._reads and not sheet.broken:
            heard = any(glance.format != "none" or glance.unread for glance in glances)
            failed += unheard(sheet.exhibit, sheet.ingested, heard=heard)
        return ItemRef(
            exhibit=sheet.exhibit,
            status=status_of(
                sheet.exhibit,
                sheet.ingested,
                records=sum(len(glance.records) for glance in glances),
                unread=len(failed) + sum(len(glance.unread) for glance in glances),
            ),
            ingested=next((ref for ref in sheet.documents.values() if ref.kind is Ingested), None),
            readings=readings,
            failed=failed,
        )

    def takes(self, stage: Stage, sheet: Sheet) -> bool:
        """Whether a stage has an exhibit before it that it accepts and was not asked about yet."""
        if sheet.exhibit.withdrawn or stage.name in sheet.documents or stage.name in sheet.broken:
            return False
        if stage.document is Ingested:
            return stage.accepts(None)
        ready = sheet.ingested is not None and sheet.broken.isdisjoint(stage.needs)
        return ready and stage.accepts(sheet.ingested)


def cut(order: Sequence[Stage], until: str | None) -> tuple[Stage, ...]:
    """The stages up to and with `until`; UsageError lists the names if there is no such stage."""
    if until is None:
        return tuple(order)
    names = [stage.name for stage in order]
    if until not in names:
        raise UsageError("unknown-stage", stage=until, stages=" ".join(names))
    return tuple(order[: names.index(until) + 1])


def why(record: Record | None, *, retry: bool) -> Why:
    """Why a task would run, by what the store recalls under its key."""
    if record is None:
        return "new"
    return "retry" if retry and record.transient else "reused"


def arrivals_of(sheets: Iterable[Sheet]) -> tuple[list[Arrival], list[str]]:
    """The members of the archives at hand, in order, and the names of the archives that could not be listed."""
    arrivals: list[Arrival] = []
    closed: list[str] = []
    for sheet in sheets:
        if sheet.exhibit.withdrawn or sheet.exhibit.parent:
            continue
        if sheet.ingested is None:
            closed.append(sheet.exhibit.name)
            continue
        arrivals += (
            Arrival(
                name=f"{sheet.exhibit.name}/{member.name}",
                digest=member.digest,
                bytes=member.bytes,
                parent=sheet.exhibit.label,
            )
            for member in sheet.ingested.members
        )
    return arrivals, closed


def _ref(stage: Stage, record: Record) -> Ref:
    assert record.document is not None
    return Ref(stage=stage.name, digest=record.document, kind=stage.document, files=record.files)
