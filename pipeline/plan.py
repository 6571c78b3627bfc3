"""What has to be done: the ordered stages, a case and its exhibits become tasks, each with the key of its inputs.

A key covers all that a stage can see and nothing else, and speaks of what upstream made by content. So equal keys
mean equal results, and a change that reads the same stops where it reads the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from pipeline.contract import Custody, Settings, Stage, counting, nested, status_of, unheard
from pipeline.errors import UsageError
from pipeline.execute import ItemRef, Ref, Task
from pipeline.intake import Arrival
from pipeline.limits import Limits
from pipeline.model import Case, Digest, Exhibit, Ingested, Note, Reading, Unread, decode, digest_of, encode, numbers_in
from pipeline.store import Record, Store

__all__ = ["KEY_SCHEMA", "Plan", "Sheet", "Why", "arrivals_of", "cut", "why"]

KEY_SCHEMA = 1
"""Raised when keys mean something else than before: everything is made anew then."""

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
        for exhibit in exhibits:
            sheet = before.get(exhibit.label) or Sheet(exhibit=exhibit)
            sheet.exhibit = exhibit
            self.sheets[exhibit.label] = sheet

    def each(self, stage: Stage) -> list[tuple[Sheet, Task]]:
        """The tasks of an EACH stage: one for each exhibit it accepts and has not been asked about."""
        sheets = [sheet for sheet in self.sheets.values() if self._takes(stage, sheet)]
        if not sheets:
            return []
        maker = _Maker(self, stage)
        return [(sheet, maker.one(sheet)) for sheet in sheets]

    def all(self, stage: Stage, notes: tuple[Note, ...], custody: Custody) -> Task:
        """The one task of an ALL stage."""
        return _Maker(self, stage).all(notes, custody if stage.needs_custody else None)

    def note_down(self, stage: Stage, sheet: Sheet, record: Record) -> None:
        """What came of a stage on an exhibit."""
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
        return tuple(self._item(sheet) for sheet in self.sheets.values())

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

    def _takes(self, stage: Stage, sheet: Sheet) -> bool:
        if sheet.exhibit.withdrawn or stage.name in sheet.documents or stage.name in sheet.broken:
            return False
        if stage.document is Ingested:
            return stage.accepts(None)
        ready = sheet.ingested is not None and sheet.broken.isdisjoint(stage.needs)
        return ready and stage.accepts(sheet.ingested)


class _Maker:
    """Makes the tasks of one stage; its parameters and tools are asked for once."""

    def __init__(self, plan: Plan, stage: Stage) -> None:
        self._plan = plan
        self._stage = stage
        self._params = stage.configure(plan.case, plan.settings)
        self._tools = stage.tools(self._params)
        self._fixed = {
            "schema": KEY_SCHEMA,
            "stage": stage.name,
            "version": stage.version,
            "document": msgspec.json.schema(stage.document),
            "params": self._params,
            "tools": [(tool.name, tool.version) for tool in self._tools],
        }
        self._siblings = plan.siblings() if stage.reads_siblings else {}
        if stage.reads_siblings:
            self._fixed["siblings"] = digest_of(encode(self._siblings))
        self._links = plan.links(stage.links_from)
        if stage.links_from:
            self._fixed["links"] = sorted(self._links)

    def one(self, sheet: Sheet) -> Task:
        """The task on one exhibit, which shows the stage no more than its key covers."""
        names = sheet.exhibit.receipts if self._stage.reads_name else ()
        shown = Exhibit(
            label="",
            digest=sheet.exhibit.digest,
            bytes=sheet.exhibit.bytes,
            receipts=tuple(msgspec.structs.replace(receipt, received="") for receipt in names),
        )
        wanted = (*self._stage.needs, *self._stage.uses)
        documents = tuple(sheet.documents[name] for name in wanted if name in sheet.documents)
        key = self._key({"exhibit": shown, "documents": _named(documents)})
        around = {"siblings": self._siblings, "links": self._links}
        return self._task(
            key, sheet.exhibit.name, label=sheet.exhibit.label, exhibit=shown, documents=documents, **around
        )

    def all(self, notes: tuple[Note, ...], custody: Custody | None) -> Task:
        """The task on all exhibits."""
        items, documents = self._plan.items(), tuple(self._plan.made.values())
        shown = [
            {
                "exhibit": item.exhibit,
                "status": item.status,
                "ingested": item.ingested.digest if item.ingested else None,
                "readings": [(ref.stage, ref.digest) for ref in item.readings],
                "failed": item.failed,
            }
            for item in items
        ]
        key = self._key({"items": shown, "documents": _named(documents), "notes": notes, "custody": custody})
        return self._task(key, "", items=items, documents=documents, notes=notes, custody=custody)

    def _key(self, inputs: Mapping[str, Any]) -> str:
        return hashlib.sha256(encode({**self._fixed, "inputs": inputs})).hexdigest()

    def _task(self, key: str, name: str, **inputs: Any) -> Task:
        return Task(
            key=key,
            stage=self._stage.name,
            run=self._stage.run,
            params=self._params,
            case=self._plan.folder.absolute(),
            name=name,
            limits=self._plan.limits,
            tools=self._tools,
            find_tools=self._stage.tools,
            opens_exhibits=self._stage.opens_exhibits,
            unpacks=self._stage.document is Ingested,
            **inputs,
        )


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


def _named(documents: Iterable[Ref]) -> list[tuple[str, str, dict[str, str]]]:
    return [(ref.stage, ref.digest, dict(ref.files)) for ref in documents]
