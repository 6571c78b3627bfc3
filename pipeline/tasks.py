"""From what is known of a case to tasks, each with the key of its inputs.

A key covers all that a stage can see and nothing else, and speaks of what upstream made by content. So equal keys
mean equal results, and a change that reads the same stops where it reads the same. Beside its key a task carries short
fingerprints of the parts that the key was made of, so that one can tell later why it is another than before.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from pipeline.contract import Custody, Stage
from pipeline.execute import ItemRef, Ref, Task
from pipeline.journal import short
from pipeline.model import Digest, Exhibit, Ingested, Note, Value, digest_of, encode, learnt

if TYPE_CHECKING:
    from pipeline.plan import Plan, Sheet

__all__ = ["KEY_SCHEMA", "Maker"]

KEY_SCHEMA = 1
"""Raised when keys mean something else than before: everything is made anew then."""

_schema = cache(msgspec.json.schema)

LONGEST = 40
"""Letters of a tool's version that are told as they are."""


class Maker:
    """Makes the tasks of one stage of a plan; its parameters and tools are asked for once."""

    def __init__(self, plan: Plan, stage: Stage) -> None:
        self._plan = plan
        self._stage = stage
        self._params = stage.configure(plan.case, plan.settings)
        self._tools = stage.tools(self._params)
        document = _schema(learnt(stage.document))
        self._fixed = {
            "schema": KEY_SCHEMA,
            "stage": stage.name,
            "version": stage.version,
            "document": document,
            "params": self._params,
            "tools": [(tool.name, tool.version) for tool in self._tools],
        }
        self._parts = {"version": stage.version, "program": _print([KEY_SCHEMA, document])}
        self._parts |= {f"parameters:{name}": _print(value) for name, value in _fields(self._params)}
        self._parts |= {f"tools:{tool.name}": _told(tool.version) for tool in self._tools}
        self._siblings: Digest | None = None
        if stage.reads_siblings:
            self._siblings = plan.store.put(encode(plan.siblings()))
            self._fixed["siblings"] = self._siblings
            self._parts["siblings"] = short(self._siblings)
        self._links = plan.links(stage.links_from)
        if stage.links_from:
            self._fixed["links"] = sorted(self._links)
            self._parts["links"] = _print(self._fixed["links"])

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
        inputs = {"exhibit": shown, "documents": _named(documents)}
        parts = {"exhibit": short(shown.digest), **_parts_of(documents)}
        if names:
            parts["names"] = _print(shown.receipts)
        around = {"siblings": self._siblings, "links": self._links}
        about = {"label": sheet.exhibit.label, "name": sheet.exhibit.name}
        return self._task(inputs, parts, **about, exhibit=shown, documents=documents, **around)

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
        inputs = {"items": shown, "documents": _named(documents), "notes": notes, "custody": custody}
        parts = {**_parts_of_items(items), **_parts_of(documents), "notes": _print(notes)}
        if custody is not None:
            parts["custody"] = _print(custody)
        return self._task(inputs, parts, name="", items=items, documents=documents, notes=notes, custody=custody)

    def _task(self, inputs: Mapping[str, Any], parts: Mapping[str, str], **given: Any) -> Task:
        return Task(
            key=hashlib.sha256(encode({**self._fixed, "inputs": inputs})).hexdigest(),
            parts={**self._parts, **parts},
            stage=self._stage.name,
            run=self._stage.run,
            params=self._params,
            case=self._plan.folder.absolute(),
            limits=self._plan.limits,
            tools=self._tools,
            find_tools=self._stage.tools,
            opens_exhibits=self._stage.opens_exhibits,
            unpacks=self._stage.document is Ingested,
            **given,
        )


def _parts_of(documents: Iterable[Ref]) -> dict[str, str]:
    return {f"documents:{ref.stage}": _print([ref.digest, ref.files]) for ref in documents}


def _parts_of_items(items: Iterable[ItemRef]) -> dict[str, str]:
    """What a stage over all exhibits sees of them, apart: which there are, their status, what each stage gave."""
    exhibits, status = hashlib.sha256(), hashlib.sha256()
    gave: dict[str, Any] = {}
    for item in items:
        label = item.exhibit.label
        exhibits.update(encode(item.exhibit))
        status.update(encode([label, item.status, item.failed]))
        for ref in (*((item.ingested,) if item.ingested else ()), *item.readings):
            gave.setdefault(ref.stage, hashlib.sha256()).update(f"{label} {ref.digest}\n".encode())
    of_all = {"exhibits": exhibits, "status": status, **{f"documents:{stage}": sha for stage, sha in gave.items()}}
    return {name: sha.hexdigest()[:12] for name, sha in of_all.items()}


def _fields(params: Value) -> list[tuple[str, object]]:
    return [(name, getattr(params, name)) for name in params.__struct_fields__]


def _print(value: object) -> str:
    """A short fingerprint."""
    return short(digest_of(encode(value)))


def _told(version: str) -> str:
    """A version as it is, or the fingerprint of a long one."""
    return version if len(version) <= LONGEST else _print(version)


def _named(documents: Iterable[Ref]) -> list[tuple[str, str, dict[str, str]]]:
    return [(ref.stage, ref.digest, dict(ref.files)) for ref in documents]
