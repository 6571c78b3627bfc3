"""A build: where plan, store, ledger and pool meet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
from filelock import FileLock, Timeout

from pipeline import __version__
from pipeline.account import Account
from pipeline.contract import Item, Settings, Shape, Stage
from pipeline.decisions import addressed, record_rulings
from pipeline.errors import CaseBusy, DossierError, MachineLacks, NothingUsable, UsageError, VerificationFailed
from pipeline.execute import ItemRef, Task, drain
from pipeline.intake import Register, duplicates, evidence_folder, named, take
from pipeline.journal import JOURNAL, Journal
from pipeline.ledger import Ledger, stamp
from pipeline.limits import LIMITS, Limits
from pipeline.model import Case, Digest, Exhibit, Ingested, Note, decode, digest_of, encode
from pipeline.plan import Plan, arrivals_of, cut, why
from pipeline.pools import Pool, opened
from pipeline.progress import Listener, nobody
from pipeline.publish import allowed, former, publish, write_run
from pipeline.store import Missing, Originals, Record, Store, writing
from pipeline.usage import NO_COST, Cost

SUMS = "SHA256SUMS"
"""The output whose digest stands for all of them in the ledger."""

__all__ = ["Built", "Clock", "build", "clock_from"]


@dataclass(frozen=True, kw_only=True)
class Clock:
    """The time now, or the one time that SOURCE_DATE_EPOCH fixes for everything that is written."""

    fixed: datetime | None = None

    def __call__(self) -> datetime:
        """An aware time in UTC."""
        return self.fixed or datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Built:
    """What a build gave. `out` is where files were published, `changed` whether any of them had to be written.

    `documents` are those of the ALL stages, by name; `made` and `reused` count tasks by stage; `notes` are what
    concerns the case as a whole.
    """

    exhibits: tuple[Exhibit, ...]
    documents: Mapping[str, Any]
    made: Mapping[str, int]
    reused: Mapping[str, int]
    notes: tuple[Note, ...]
    out: Path | None
    changed: bool
    refs: tuple[ItemRef, ...]
    store: Store
    cost: Cost = NO_COST
    """What its tasks took together."""

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Every exhibit with its readings, decoded when first asked for."""
        return tuple(ref.load(self.store) for ref in self.refs)

    @property
    def unread(self) -> tuple[ItemRef, ...]:
        """The exhibits of which something could not be read."""
        return tuple(ref for ref in self.refs if ref.status in {"partly", "unread"})

    @property
    def unopened(self) -> tuple[str, ...]:
        """The names of files and folders that could not be opened this time: what is new in them is not in it."""
        return _unopened(self.notes)


def clock_from(environ: Mapping[str, str]) -> Clock:
    """The clock that an environment asks for; UsageError if SOURCE_DATE_EPOCH is no number of seconds."""
    epoch = environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return Clock()
    try:
        fixed = datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError("wrong-epoch", value=epoch) from error
    if fixed < datetime.fromtimestamp(0, UTC):
        raise UsageError("wrong-epoch", value=epoch)
    return Clock(fixed=fixed)


def build(
    folder: Path,
    case: Case,
    order: Sequence[Stage],
    settings: Settings,
    *,
    jobs: int = 1,
    pool: Pool | None = None,
    clock: Clock,
    out: Path | None = None,
    until: str | None = None,
    retry: bool = False,
    progress: Listener = nobody,
    limits: Limits = LIMITS,
) -> Built:
    """Run the ordered stages on a case and publish what they make, in `pool`, else in one of `jobs` of its own.

    With `until`, the stages up to that one run, and files are published only where `out` says so, lest a whole
    dossier is mixed with parts of a newer one. Raises DossierError for all that a person can mend.
    """
    if not folder.is_dir():
        raise UsageError("not-a-case", case=folder)
    target = out or (None if until else folder / "out")
    if target:
        allowed(target, folder)
    stages = cut(order, until)
    with _locked(folder), nullcontext(pool) if pool else opened(jobs) as tasks:
        plan = Plan(
            order=stages, case=case, settings=settings, folder=folder, store=Store(folder / "work"), limits=limits
        )
        journal = Journal(folder / "work" / JOURNAL, clock)
        account = Account(folder, journal, clock, progress)
        work = _Build(plan=plan, pool=tasks, clock=clock, retry=retry, journal=journal, account=account)
        try:
            return work.run(target)
        except Missing as lost:
            raise CaseBusy("case-disturbed", case=folder) from lost
        finally:
            journal.flush()


@dataclass(kw_only=True)
class _Build:
    plan: Plan
    pool: Pool
    clock: Clock
    retry: bool
    journal: Journal
    account: Account
    keys: list[str] = field(default_factory=list)
    notes: tuple[Note, ...] = ()

    def run(self, out: Path | None) -> Built:
        self.plan.store.sweep()
        self.originals = Originals(self.plan.folder / "originals")
        self.originals.sweep()
        self.ledger = self._open_ledger()
        self.register = Register(self.ledger)
        refused = take(self.plan.folder, self.register, self.originals)
        self._place(refused)
        for stage in self.plan.order:
            if stage.shape is Shape.EACH:
                self._run_each(stage)
                if stage.document is Ingested:
                    self._unpack(stage, refused)
                    self._rule()
            else:
                self._need_something()
                self._run_all(stage)
        files = self._outputs()
        changed = out is not None and publish(out, files, self.plan.store)
        self._record(out, files, changed)
        return self._built(out, changed)

    def _open_ledger(self) -> Ledger:
        """The ledger; VerificationFailed where there was one, for a new one would allot the labels anew."""
        path = self.plan.folder / "ledger.jsonl"
        if not path.exists() and (self.originals.holds_any() or (self.plan.folder / "out" / "manifest.json").exists()):
            raise VerificationFailed("ledger-lost", path=path)
        return Ledger(path, self.clock)

    def _place(self, refused: tuple[Note, ...]) -> None:
        exhibits = self.register.exhibits()
        self.plan.place(exhibits)
        self.notes = (*refused, *duplicates(exhibits))
        if all(exhibit.withdrawn for exhibit in exhibits):
            if closed := _unopened(refused):
                raise MachineLacks("no-rights-read", path=evidence_folder(self.plan.folder) / closed[0])
            raise NothingUsable("nothing-usable", case=self.plan.folder, files=0)

    def _unpack(self, stage: Stage, refused: tuple[Note, ...]) -> None:
        """Give the members of archives their labels, and look at what they are."""
        arrivals, closed = arrivals_of(self.plan.sheets.values())
        self.register.reconcile(arrivals, "archive", closed)
        self._place(refused)
        self._run_each(stage)

    def _rule(self) -> None:
        """Address the rulings of a person to the exhibits they are about, and write down what is new of them."""
        exhibits = self.register.exhibits()
        rulings, lost = addressed(self.plan.case.rulings, exhibits)
        record_rulings(self.ledger, rulings, exhibits)
        self.plan.case = msgspec.structs.replace(self.plan.case, rulings=rulings)
        self.notes += lost

    def _need_something(self) -> None:
        refs = self.plan.items()
        if all(ref.status in {"unread", "withdrawn"} for ref in refs):
            raise NothingUsable("nothing-usable", case=self.plan.folder, files=len(refs))

    def _run_each(self, stage: Stage) -> None:
        wanted = self.plan.each(stage)
        sheets = {task.key: sheet for sheet, task in wanted}
        for task, record in self._run(stage, [task for _, task in wanted]):
            self.plan.note_down(stage, sheets[task.key], record)

    def _run_all(self, stage: Stage) -> None:
        custody = self.ledger.custody(named(Path(self.plan.folder.resolve().name))[0], self._made(), self.plan.order)
        task = self.plan.all(stage, self.notes, custody)
        for _, record in self._run(stage, [task]):
            if record.document is None:
                failure = record.failure.values if record.failure else {}
                error = failure.get("error") or (record.failure.code if record.failure else "")
                raise DossierError("stage-failed", stage=stage.name, error=error)
            self.plan.note_all(stage, record)

    def _made(self) -> str:
        """The dossier's date: the fixed clock, else the newest evidence."""
        return stamp(self.clock.fixed) if self.clock.fixed else self.ledger.newest or stamp(self.clock())

    def _run(self, stage: Stage, tasks: list[Task]) -> Iterator[tuple[Task, Record]]:
        """Records of all tasks: what the store recalls first, in order, then what is made, as it completes."""
        if not tasks:
            return
        store, account = self.plan.store, self.account
        self.keys += [task.key for task in tasks]
        account.begin(stage, tasks)
        reasons: dict[str, tuple[str, ...]] = {}
        for task in tasks:
            record = store.recall(task.key, self.originals if task.unpacks else None)
            if record is None or why(record, retry=self.retry) != "reused":
                reasons[task.key] = self.journal.why(task, record)
                continue
            account.reuse(task, record)
            yield task, record
        account.recalled(stage)
        for task, outcome in drain(self.pool, (task for task in tasks if task.key in reasons)):
            if outcome.error:
                raise outcome.error
            if outcome.record is None or not self.plan.lost().issuperset(outcome.missing):
                raise CaseBusy("case-disturbed", case=self.plan.folder)
            if outcome.record.document or stage.shape is Shape.EACH:
                store.remember(task.key, outcome.record)
            account.make(task, outcome, outcome.record, reasons[task.key])
            yield task, outcome.record
        account.end(stage)

    def _outputs(self) -> dict[str, Digest]:
        """What is published, in the order of the stages: the last word of a name counts."""
        return {
            name: self.plan.made[stage.name].files[name]
            for stage in self.plan.order
            for name in stage.publishes
            if stage.name in self.plan.made and name in self.plan.made[stage.name].files
        }

    def _record(self, out: Path | None, files: Mapping[str, Digest], changed: bool) -> None:
        """Write down what was done; a build that did nothing leaves no trace."""
        made, reused = self.account.made, self.account.reused
        if any(made.values()) or changed:
            keys = digest_of(encode(sorted(self.keys)))
            body = {"tool": __version__, "made": made, "reused": reused, "keys": keys}
            self.ledger.append("made" if any(made.values()) else "reused", body)
        if out is None:
            return
        sums, sealed = files.get(SUMS), self.ledger.last("sealed")
        if sums and (sealed is None or sealed.body["sums"] != sums):
            self.ledger.append("sealed", {"sums": sums, "evidence_head": self.ledger.evidence_head})
        if any(made.values()) or changed or former(out) != files:
            write_run(out, self.account.surroundings(self.pool, files))

    def _built(self, out: Path | None, changed: bool) -> Built:
        store, plan = self.plan.store, self.plan
        torn = tuple(Note(code="ledger-recovered", values={"kept": name}) for name in self.ledger.recovered)
        return Built(
            exhibits=self.register.exhibits(),
            documents={name: decode(store.get(ref.digest), ref.kind) for name, ref in plan.made.items()},
            made=self.account.made,
            reused=self.account.reused,
            notes=(*self.notes, *torn),
            out=out,
            changed=changed,
            refs=plan.items(),
            store=store,
            cost=self.account.cost,
        )


def _unopened(notes: tuple[Note, ...]) -> tuple[str, ...]:
    return tuple(str(note.values["name"]) for note in notes if note.code == "cannot-open")


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the case; CaseBusy at once if another program does."""
    work = folder / "work"
    with writing(work):
        work.mkdir(parents=True, exist_ok=True)
        lock = FileLock(work / "lock")
        try:
            lock.acquire(timeout=0)
        except Timeout as held:
            raise CaseBusy("case-busy", case=folder) from held
    try:
        yield
    finally:
        lock.release()
