"""Doing one task, and many.

`perform` is the one function that runs in a pool. It takes a task whose inputs are digests, reads them from the case,
runs the stage, keeps what it made in the store, and returns an outcome; it never raises. `drain` feeds tasks to a
pool and finds the guilty one when a worker dies.
"""

from __future__ import annotations

import errno
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.contract import Custody, Inputs, Item, Made, Tool, no_tools
from pipeline.errors import DossierError, Status
from pipeline.limits import LIMITS, Limits, TimeUp, bounded
from pipeline.model import Digest, Exhibit, Ingested, Note, Reading, Unread, Value, decode, encode
from pipeline.pools import Pool
from pipeline.store import Missing, Originals, Record, Store, lacking
from pipeline.usage import NO_COST, Cost, Meter

__all__ = [
    "ItemRef",
    "Outcome",
    "Ref",
    "Task",
    "bytes_of",
    "drain",
    "failure_of",
    "perform",
]


@dataclass(frozen=True, kw_only=True)
class Ref:
    """A document in the store, with the type it decodes to and the files made with it."""

    stage: str
    digest: Digest
    kind: type[Value]
    files: Mapping[str, Digest] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ItemRef:
    """An Item whose documents are still in the store."""

    exhibit: Exhibit
    status: Status
    ingested: Ref | None = None
    readings: tuple[Ref, ...] = ()
    failed: tuple[Unread, ...] = ()

    def load(self, store: Store) -> Item:
        """The item itself; Missing if the store lost a document."""
        return Item(
            exhibit=self.exhibit,
            status=self.status,
            ingested=decode(store.get(self.ingested.digest), Ingested) if self.ingested else None,
            readings=tuple(decode(store.get(ref.digest), Reading) for ref in self.readings),
            failed=self.failed,
        )


@dataclass(frozen=True, kw_only=True)
class Task:
    """One run of a stage, small enough to send: functions by name, inputs by digest, the case by its folder."""

    key: str
    stage: str
    run: Callable[[Inputs, Any], Made]
    params: Value
    case: Path
    name: str
    """What it works on, for progress and for people: a file's name, or nothing for all exhibits."""
    label: str = ""
    """The label of the exhibit, for the same; the stage does not see it."""
    limits: Limits = LIMITS
    tools: tuple[Tool, ...] = ()
    """The tools whose fingerprints are in its key: whoever runs it needs the very same."""
    find_tools: Callable[[Any], tuple[Tool, ...]] = no_tools
    """How the tools of a machine are found, given the parameters."""
    exhibit: Exhibit | None = None
    siblings: Digest | None = None
    """The document that holds the names and digests of all files, if the stage sees them: they may be very many."""
    links: frozenset[str] = frozenset()
    items: tuple[ItemRef, ...] = ()
    documents: tuple[Ref, ...] = ()
    custody: Custody | None = None
    notes: tuple[Note, ...] = ()
    unpacks: bool = False
    """Whether its files are members of an archive: bytes as received, which never enter the store."""
    opens_exhibits: bool = False
    """Whether it opens the bytes of every exhibit in `items`."""
    parts: Mapping[str, str] = field(default_factory=dict)
    """What its key was made of: a short fingerprint of each part, by name."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a task: a record for the key table, or an error that a person has to mend first."""

    key: str
    record: Record | None
    error: DossierError | None = None
    cost: Cost = NO_COST
    missing: tuple[Digest, ...] = ()
    """Bytes that it asked for and that were not at hand."""


def perform(task: Task) -> Outcome:
    """Run one task. Whatever goes wrong is in the outcome; only an interrupt by the user passes through."""
    meter = Meter()
    record, error = None, None
    missing: list[Digest] = []
    try:
        with bounded(task.limits):
            record = _run(task, missing)
    except DossierError as mendable:
        error = mendable
    except (TimeUp, Exception, SystemExit) as fault:
        if isinstance(fault, Missing) and fault.args[0] not in missing:
            missing.append(fault.args[0])
        error = lacking(fault, task.case) if isinstance(fault, OSError) else None
        record = None if error else _failed(task, fault)
    return Outcome(key=task.key, record=record, error=error, cost=meter.cost(), missing=tuple(missing))


def drain(pool: Pool, tasks: Iterable[Task]) -> Iterator[tuple[Task, Outcome]]:
    """Outcomes in order of completion, with at most twice the pool's width of tasks in flight.

    When a worker dies, every task in flight is suspect: each runs alone until the guilty one dies again.
    """
    waiting = iter(tasks)
    running: dict[Future[Outcome], Task] = {}
    while True:
        for task in islice(waiting, max(0, 2 * pool.width - len(running))):
            running[pool.submit(perform, task)] = task
        if not running:
            return
        done = wait(running, return_when=FIRST_COMPLETED).done
        broke = any(_broke(future) for future in done)
        if broke:
            done = wait(running).done
        finished = [(task, future) for future, task in running.items() if future in done]
        running = {future: task for future, task in running.items() if future not in done}
        yield from ((task, future.result()) for task, future in finished if not _broke(future))
        yield from ((task, _alone(pool, task)) for task, future in finished if _broke(future))


def failure_of(stage: str, limits: Limits, fault: BaseException) -> Unread:
    """What is said of a stage that ended by a fault: its time was over, memory ran out, or it has a bug.

    A bug is told by its place and never by its message (it may quote the evidence).
    """
    values: dict[str, str | int] = {"stage": stage, "seconds": round(limits.seconds)}
    if isinstance(fault, TimeUp):
        return Unread(code="task-timed-out", values=values)
    if isinstance(fault, MemoryError) or (isinstance(fault, OSError) and fault.errno == errno.ENOMEM):
        return Unread(code="out-of-memory", values=values)
    error = f"{type(fault).__name__} ({_trace(fault)[-1]})"
    return Unread(code="task-failed", values={"stage": stage, "error": error})


def bytes_of(case: Path, store: Store, missing: list[Digest] | None = None) -> Callable[[Digest], Path]:
    """How the bytes of a digest are found in a case: among its originals, else in the store; Missing if nowhere.

    What is missing is also told in `missing`: a stage may go on without it.
    """
    originals = Originals(case / "originals")

    def path(digest: Digest) -> Path:
        kept = originals.path(digest)
        try:
            return kept if kept.exists() else store.path(digest)
        except Missing:
            if missing is not None:
                missing.append(digest)
            raise

    return path


_last_names: dict[Digest, dict[str, Digest]] = {}


def _names(store: Store, digest: Digest) -> dict[str, Digest]:
    """The names of all files, decoded once for all tasks of a build that this process does."""
    found = _last_names.get(digest)
    if found is None:
        found = decode(store.get(digest), dict[str, Digest])
        _last_names.clear()
        _last_names[digest] = found
    return found


def _run(task: Task, missing: list[Digest]) -> Record:
    store = Store(task.case / "work")
    with store.scratch() as scratch:
        inputs = Inputs(
            exhibit=task.exhibit,
            siblings=_names(store, task.siblings) if task.siblings else {},
            links=task.links,
            items=tuple(item.load(store) for item in task.items),
            documents={ref.stage: decode(store.get(ref.digest), ref.kind) for ref in task.documents},
            files={name: digest for ref in task.documents for name, digest in ref.files.items()},
            notes=task.notes,
            custody=task.custody,
            path=bytes_of(task.case, store, missing),
            scratch=scratch,
        )
        made = task.run(inputs, task.params)
        shelf: Originals | Store = Originals(task.case / "originals") if task.unpacks else store
        files = {
            name: shelf.put(content) if isinstance(content, bytes) else shelf.put_file(content)
            for name, content in sorted(made.files.items())
        }
        document = encode(made.document)
        decode(document, type(made.document))  # what could not be read back is this task's fault, and nobody else's
        return Record(stage=task.stage, document=store.put(document), files=files, transient=made.transient)


def _failed(task: Task, fault: BaseException) -> Record:
    """A failure: a bug would come again with the same input; lack of time, of memory or of a lost document may not."""
    failure = failure_of(task.stage, task.limits, fault)
    is_bug = failure.code == "task-failed"
    transient = not is_bug or isinstance(fault, Missing)
    return Record(stage=task.stage, failure=failure, transient=transient, trace=_trace(fault) if is_bug else ())


def _trace(fault: BaseException) -> tuple[str, ...]:
    frames = traceback.extract_tb(fault.__traceback__)
    return tuple(f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames)


def _transient(task: Task, code: str) -> Record:
    values: dict[str, str | int] = {"stage": task.stage, "seconds": round(task.limits.seconds)}
    return Record(stage=task.stage, failure=Unread(code=code, values=values), transient=True)


def _broke(future: Future[Outcome]) -> bool:
    return isinstance(future.exception(), BrokenExecutor)


def _alone(pool: Pool, task: Task) -> Outcome:
    """Run a suspect by itself: if the worker dies again, it was this one, of time or of a crash."""
    started = time.monotonic()
    try:
        return pool.submit(perform, task).result()
    except BrokenExecutor:
        seconds = time.monotonic() - started
        code = "task-timed-out" if seconds >= task.limits.end else "task-crashed"
        return Outcome(key=task.key, record=_transient(task, code), cost=Cost(seconds=seconds))
