"""What is known of an exhibit or a stage of a case that was built: from ledger, journal and store, without a build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from pipeline.cli.explain_cited import cited
from pipeline.contract import Settings, Shape, Stage, counting
from pipeline.errors import Language, UsageError, VerificationFailed, say
from pipeline.intake import Roll
from pipeline.journal import JOURNAL, Line, lines_in
from pipeline.ledger import audit, entries_in
from pipeline.limits import LIMITS
from pipeline.model import Case, Exhibit, Ingested, Note, Reading, Unread, bare, decode, label_key
from pipeline.plan import Plan, Sheet
from pipeline.store import Missing, Originals, Store
from pipeline.wording import WORDINGS
from stages import ORDER

__all__ = ["Past", "exhibit_of", "past_of", "stage_of"]


@dataclass(frozen=True)
class Past:
    """A case as its former builds left it."""

    folder: Path
    exhibits: tuple[Exhibit, ...]
    lines: tuple[Line, ...]
    """The journal; empty where it is gone."""
    language: Language

    @cached_property
    def store(self) -> Store:
        """Where results lie."""
        return Store(self.folder / "work")

    @cached_property
    def newest(self) -> dict[tuple[str, str], Line]:
        """The line in force, by stage and label."""
        return {(line.stage, line.label): line for line in self.lines}

    @cached_property
    def by_build(self) -> dict[tuple[int, str], list[Line]]:
        """The lines of each stage in each build."""
        found: dict[tuple[int, str], list[Line]] = {}
        for line in self.lines:
            found.setdefault((line.build, line.stage), []).append(line)
        return found

    def plan(self, exhibit: Exhibit) -> tuple[Plan, Sheet]:
        """A plan for one exhibit that nothing was done about."""
        plan = Plan(order=ORDER, case=Case(), settings=Settings(), folder=self.folder, store=self.store, limits=LIMITS)
        plan.place((exhibit,))
        return plan, plan.sheets[exhibit.label]

    def whole(self) -> dict[str, Any]:
        """The documents that the newest dossier was made of, by stage; those that are lost are left out."""
        last = self.newest.get(("assemble", ""))
        digits = {**last.read, "assemble": last.made} if last else {}
        kinds = {stage.name: stage.document for stage in ORDER}
        found: dict[str, Any] = {}
        for name, begin in digits.items():
            digest = self.store.named(begin) if begin else None
            try:
                found |= {name: decode(self.store.get(digest), kinds[name])} if digest and name in kinds else {}
            except (Missing, OSError, msgspec.MsgspecError):
                continue
        return found


def past_of(folder: Path, language: Language) -> Past:
    """The past of a case; UsageError where there is none, VerificationFailed where its ledger was altered."""
    if not folder.is_dir():
        raise UsageError("not-a-case", case=folder)
    ledger = folder / "ledger.jsonl"
    if not ledger.is_file():
        raise UsageError("explain-not-built", case=folder)
    for problem in audit(ledger):
        if problem.code != "ledger-torn":
            raise VerificationFailed(problem.code, **problem.values)
    exhibits = Roll(entry for entry in entries_in(ledger) if entry.chain == "evidence").exhibits()
    return Past(folder, exhibits, lines_in(folder / "work" / JOURNAL), language)


def exhibit_of(past: Past, exhibit: Exhibit) -> dict[str, Any]:
    """Everything about one exhibit, as `--json` prints it."""
    plan, sheet = past.plan(exhibit)
    stages = [_asked(past, plan, sheet, stage) for stage in ORDER if stage.shape is Shape.EACH]
    item = plan.items()[0]
    live = counting(ORDER, (ref.stage for ref in sheet.documents.values() if ref.kind is Reading))
    for told in stages:
        stage = told["stage"]
        if stage in sheet.documents and sheet.documents[stage].kind is Reading and stage not in live:
            gave = [other.name for other in ORDER if stage in other.supersedes and other.name in sheet.documents]
            told["superseded_by"] = gave[-1] if gave else None
    return {
        "exhibit": exhibit.label,
        "name": exhibit.name,
        "sha256": bare(exhibit.digest),
        "bytes": exhibit.bytes,
        "media_type": sheet.ingested.media_type if sheet.ingested else None,
        "kind": sheet.ingested.kind if sheet.ingested else None,
        "parent": exhibit.parent,
        "members": {other.label: other.name for other in past.exhibits if other.parent == exhibit.label},
        "receipts": [{"name": r.name, "received": r.received, "channel": r.channel} for r in exhibit.receipts],
        "status": item.status if past.lines or exhibit.withdrawn else None,
        "failed": [_said(past, exhibit, unread) for unread in item.failed],
        "journal": bool(past.lines),
        "stages": stages,
        "cited": cited(past.whole(), exhibit.label),
    }


def stage_of(past: Past, stage: Stage) -> dict[str, Any]:
    """Why a stage ran the last time, on all exhibits or on each."""
    lines = [line for line in past.newest.values() if line.stage == stage.name]
    labels = {exhibit.label: exhibit.name for exhibit in past.exhibits if not exhibit.withdrawn}
    here = [line for line in lines if not line.label or line.label in labels]
    here.sort(key=lambda line: label_key(line.label) if line.label else ())
    return {
        "stage": stage.name,
        "version": stage.version,
        "shape": stage.shape.value,
        "journal": bool(past.lines),
        "last_build": max((line.build for line in here), default=None),
        "results": [_line(past, line) | {"because_of": _causes(past, line)} for line in here],
        "not_asked": [
            label for label in labels if stage.shape is Shape.EACH and (stage.name, label) not in past.newest
        ],
    }


def _asked(past: Past, plan: Plan, sheet: Sheet, stage: Stage) -> dict[str, Any]:
    """One stage on one exhibit: its line, and what came of it; or why it was not asked. The sheet learns of it."""
    told = {**_NOTHING, "stage": stage.name, "version": stage.version, "state": "not-asked"}
    line = past.newest.get((stage.name, sheet.exhibit.label))
    if not plan.takes(stage, sheet):
        return told | {"reason": _unasked(past, stage, sheet)}
    if line is None:
        return told | {"state": "not-yet"}
    told |= _line(past, line)
    record = past.store.recall(line.key, Originals(past.folder / "originals") if stage.document is Ingested else None)
    if record is None:
        return told | {"state": "lost"}
    plan.note_down(stage, sheet, record)
    if record.document is None:
        return told | {"state": "failed"}
    document = decode(past.store.get(record.document), stage.document)
    return told | {"state": "done"} | _came(past, sheet.exhibit, document)


_NOTHING: dict[str, Any] = dict.fromkeys(
    "reason why because build at read tools seconds cpu engine memory code reader format records balance notes unread"
    " superseded_by outdated".split()
)
"""What is said of a stage on an exhibit beyond its name, version and state."""


def _unasked(past: Past, stage: Stage, sheet: Sheet) -> str:
    broken = sorted(sheet.broken.intersection(stage.needs))
    if sheet.exhibit.withdrawn:
        reason = "withdrawn"
    elif broken or (sheet.ingested is None and sheet.broken):
        reason = "needs"
    else:
        reason = "not-looked" if sheet.ingested is None else "kind"
    return say(f"unasked-{reason}", {"name": " ".join(broken or sorted(sheet.broken))}, past.language)


def _line(past: Past, line: Line) -> dict[str, Any]:
    """What the journal says of a result."""
    now = next((stage.version for stage in ORDER if stage.name == line.stage), line.version)
    return {
        "label": line.label or None,
        "name": line.name or None,
        "version": line.version,
        "why": list(line.why),
        "because": because(line.why, past.language),
        "build": line.build,
        "at": line.at,
        "read": _read(line),
        "tools": {name.removeprefix("tools:"): told for name, told in line.parts.items() if name.startswith("tools:")},
        "seconds": line.seconds,
        "cpu": line.cpu,
        "engine": line.engine,
        "memory": line.memory,
        "code": line.code,
        "outdated": line.version != now,
    }


def _read(line: Line) -> dict[str, Any]:
    """What a result was made of: the exhibit's bytes, documents of earlier stages, and what else was shown."""
    stages = [name.removeprefix("documents:") for name in line.parts if name.startswith("documents:")]
    others = ("exhibits", "names", "siblings", "links", "notes", "custody")
    return {
        "bytes": line.parts.get("exhibit"),
        "documents": {stage: line.read.get(stage) for stage in stages},
        "others": [name for name in others if name in line.parts],
    }


def because(whys: Iterable[str], language: Language) -> list[str]:
    """Reasons as sentences, one a kind."""
    kinds: dict[str, list[str]] = {}
    for why in whys:
        code, _, name = why.partition(":")
        kinds.setdefault(code, []).append(name)
    return [
        say(f"why-{code}", {"name": " ".join(names)}, language) if f"why-{code}" in WORDINGS else code
        for code, names in kinds.items()
    ]


def _causes(past: Past, line: Line) -> list[dict[str, Any]]:
    """What the same build had made before, of the stages whose documents are the reason."""
    stages = [stage.name for stage in ORDER if f"documents:{stage.name}" in line.why]
    made = [other for stage in stages for other in past.by_build.get((line.build, stage), ())]
    made = [other for other in made if line.label in ("", other.label)]
    return [{"stage": o.stage, "label": o.label or None, "name": o.name or None, "why": list(o.why)} for o in made]


def _came(past: Past, exhibit: Exhibit, document: Any) -> dict[str, Any]:
    """What a stage gave: its records by kind, its account of the file, what it noted and what it could not read."""
    records = Counter(str(record.__struct_config__.tag) for record in getattr(document, "records", ()))
    return {
        "reader": getattr(document, "reader", None) or None,
        "format": getattr(document, "format", None),
        "records": dict(records),
        "balance": msgspec.to_builtins(getattr(document, "balance", None)),
        "notes": [_said(past, exhibit, note) for note in getattr(document, "notes", ())],
        "unread": [_said(past, exhibit, unread) for unread in getattr(document, "unread", ())],
    }


def _said(past: Past, exhibit: Exhibit, note: Note | Unread) -> dict[str, Any]:
    where = msgspec.to_builtins(note.where) if note.where else None
    message = say(note.code, {"name": exhibit.name, **note.values}, past.language)
    return {"code": note.code, "message": message, "where": where}
