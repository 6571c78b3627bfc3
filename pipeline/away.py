"""A task on another machine: it travels with the bytes it needs, runs as at home, and comes back with what it made.

A worker has no case. It gets a `Parcel`, lays its bytes into a folder of its own, lets a child process `perform` the
task there, and takes the folder away again. What it cannot do as the driver would, it refuses: with another program or
other tools the key of the result would lie.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import pickle
import re
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import BrokenExecutor, wait
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import pipeline
from pipeline.errors import DossierError, MachineLacks
from pipeline.execute import Outcome, Task, perform
from pipeline.limits import Limits
from pipeline.model import Digest, Unread
from pipeline.pools import Processes
from pipeline.shelf import Shelf, cache_of
from pipeline.store import Missing, Originals, Record, Store, lacking

__all__ = ["Parcel", "Refused", "Returned", "at_worker", "needs", "perform_away", "program"]

DISTRIBUTION = "dossier-evidence"
GLANCE = 0.5
"""Seconds between two looks at whether a task is still wanted."""


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """A task for a worker. `blobs` are bytes by digest, `away` those that the worker fetches from `store`, a URL."""

    task: Task
    blobs: Mapping[Digest, bytes] = field(default_factory=dict)
    away: tuple[Digest, ...] = ()
    store: str | None = None


@dataclass(frozen=True, kw_only=True)
class Returned:
    """What came of it: the outcome, and the bytes of everything that it names."""

    outcome: Outcome
    blobs: Mapping[Digest, bytes] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Refused:
    """Why this worker is not the one for it: a code of the wording table; another may be."""

    code: str
    values: Mapping[str, object] = field(default_factory=dict)


def needs(task: Task) -> tuple[Digest, ...]:
    """The digests whose bytes a task opens, as far as can be told beforehand; what it asks for besides is `missing`."""
    found = [digest for digest in (task.exhibit and task.exhibit.digest, task.siblings) if digest]
    for ref in task.documents:
        found += [ref.digest, *ref.files.values()]
    for item in task.items:
        found += [ref.digest for ref in (item.ingested, *item.readings) if ref is not None]
        if task.opens_exhibits and not item.exhibit.withdrawn:
            found.append(item.exhibit.digest)
    return tuple(dict.fromkeys(found))


@cache
def program() -> str:
    """The version of the program, with a fingerprint of its source, of Python and of the libraries that it needs."""
    sha = hashlib.sha256()
    home = Path(pipeline.__file__).parent.parent
    for package in ("pipeline", "stages"):
        for path in sorted((home / package).rglob("*")):
            if path.suffix in (".py", ".toml"):
                sha.update(path.relative_to(home).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    sha.update("\n".join([f"python {sys.version_info[:2]}", *_libraries()]).encode())
    return f"{pipeline.__version__}+{sha.hexdigest()[:12]}"


def at_worker(theirs: str, parcel: bytes) -> tuple[bytes, str]:
    """What came of a parcel of a driver with the program `theirs`, and the address of the dask worker that this is.

    Both parcel and answer are pickled: a worker opens nothing that another program packed, and neither side of dask
    has to know what is in it.
    """
    from distributed import get_worker
    from distributed.worker import thread_state  # type: ignore[attr-defined]

    worker, key = get_worker(), thread_state.key

    def wanted() -> bool:
        state = worker.state.tasks.get(key)
        return state is not None and state.state == "executing"

    came = _other_program(theirs) or perform_away(pickle.loads(parcel), wanted)  # noqa: S301
    return pickle.dumps(came), str(worker.address)


def perform_away(parcel: Parcel, wanted: Callable[[], bool]) -> Returned | Refused:
    """Run a task on this machine, which is not the driver's, and stop when it is `wanted` no more.

    Nothing of it stays but what a shared store's cache holds.
    """
    if refused := _unfit(parcel):
        return refused
    try:
        with tempfile.TemporaryDirectory(prefix="dossier-", ignore_cleanup_errors=True) as folder:
            return _at(Path(folder), parcel, wanted)
    except MachineLacks as lack:
        return Refused(code=lack.code, values=lack.values)
    except OSError as trouble:
        error = lacking(trouble, Path(tempfile.gettempdir()))
        if error is None:
            raise
        return Refused(code=error.code, values=error.values)
    except Missing as lost:
        return Returned(outcome=Outcome(key=parcel.task.key, record=None, missing=(lost.args[0],)))


def _other_program(theirs: str) -> Refused | None:
    if theirs == program():
        return None
    return Refused(code="worker-other-program", values={"here": theirs, "there": program()})


def _unfit(parcel: Parcel) -> Refused | None:
    try:
        tools = parcel.task.find_tools(parcel.task.params)
    except DossierError as lack:
        return Refused(code=lack.code, values=lack.values)
    for ours, theirs in zip(parcel.task.tools, tools, strict=False):
        if (ours.name, ours.version) != (theirs.name, theirs.version):
            values = {"tool": ours.name, "here": ours.version[:40], "there": theirs.version[:40]}
            return Refused(code="worker-other-tool", values=values)
    return None


def _at(folder: Path, parcel: Parcel, wanted: Callable[[], bool]) -> Returned | Refused:
    store, originals = Store(folder / "work"), Originals(folder / "originals")
    originals.folder.mkdir()
    for data in parcel.blobs.values():
        store.put(data)
    if parcel.store is not None:
        shared = cache_of(Shelf(parcel.store))
        for digest in parcel.away:
            shared.lay(digest, store.room(digest))
    outcome = _in_a_child(replace(parcel.task, case=folder), wanted)
    record = outcome.record
    if record is None:
        return Returned(outcome=outcome)
    shelf: Originals | Store = originals if parcel.task.unpacks else store
    blobs = {digest: shelf.path(digest).read_bytes() for digest in record.files.values()}
    if record.document is not None:
        blobs[record.document] = store.get(record.document)
    return Returned(outcome=outcome, blobs=blobs)


_own = threading.local()


def _in_a_child(task: Task, wanted: Callable[[], bool]) -> Outcome:
    """Run it in a process that belongs to this thread: a crash is told apart, and the limits hold as at home."""
    for _ in range(2):
        future = _child().submit(perform, task)
        while not wait([future], timeout=GLANCE).done:
            if not wanted():
                _own.child.stop()
                del _own.child
                raise InterruptedError
        try:
            return future.result()
        except BrokenExecutor:
            continue
    return Outcome(key=task.key, record=_crashed(task.stage, task.limits))


def _crashed(stage: str, limits: Limits) -> Record:
    failure = Unread(code="task-crashed", values={"stage": stage, "seconds": round(limits.seconds)})
    return Record(stage=stage, failure=failure, transient=True)


def _child() -> Processes:
    if not hasattr(_own, "child"):
        # dask's nanny starts its workers as daemons, which may have no children lest they outlive them. Ours hold the
        # end of a leash and do not.
        multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
        _own.child = Processes(1)
    child: Processes = _own.child
    return child


def _libraries() -> Iterable[str]:
    try:
        wanted = requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        wanted = []
    names = {match[0] for line in wanted if (match := re.match(r"[\w.-]+", line)) and line.find("extra ==") < 0}
    for name in sorted(names):
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue
