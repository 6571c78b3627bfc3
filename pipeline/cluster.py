"""Tasks on the machines of a dask scheduler, behind the same seam as the processes of this one.

What dask gives: workers that come and go, and a task of a lost worker run by another. What is ours: the bytes that a
task needs travel with it or lie in a shared store, a worker that is not fit refuses and another takes it, nothing that
comes back is kept before its digest is right, and a task on a frozen worker gets a second copy elsewhere.
"""

from __future__ import annotations

import contextlib
import logging
import pickle
import re
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Future
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pipeline.away import Parcel, Refused, Returned, at_worker, needs, program
from pipeline.errors import DossierError, MachineLacks
from pipeline.execute import Outcome, Task, bytes_of, perform
from pipeline.model import Digest, digest_of
from pipeline.pools import Pool, Stopped, let_go
from pipeline.shelf import Shelf
from pipeline.store import Missing, Originals, Store

__all__ = ["Cluster"]

_T = TypeVar("_T")

ANSWER = 10.0
"""Seconds to wait for the scheduler."""

PATIENCE = 30.0
"""Seconds to wait for its first worker."""

ALONE = 300.0
"""Seconds without any worker after which a build gives up."""

LOOK = 1.0
"""Seconds between two looks at the workers."""

SLOW = 8.0
"""A task gets a second copy when it takes so many times as long as the longest of its stage so far."""

AT_LEAST = 60.0
"""Seconds that no task gets a second copy before."""

MOST_SENT = 20
"""How often one task is sent, each time with more of what it asked for."""


@dataclass(eq=False, kw_only=True)
class _Call:
    """A task on its way. `extra` are bytes that it turned out to need, `refused` the workers that would not have it."""

    task: Task
    future: Future[Outcome] = field(default_factory=Future)
    extra: list[Digest] = field(default_factory=list)
    refused: dict[str, Refused] = field(default_factory=dict)
    copies: list[Any] = field(default_factory=list)
    since: float = field(default_factory=time.monotonic)
    sent: int = 0
    inline: bool = False
    """Whether its bytes travel with it although there is a shared store, which has lost some."""


class Cluster(Pool):
    """The workers of a scheduler. `width` follows the number of their threads.

    MachineLacks where dask is not installed, the scheduler does not answer, or it has no worker.
    """

    def __init__(self, address: str, store: str | None = None, *, slow: float = AT_LEAST) -> None:
        self._client = _connect(address)
        self._shelf = Shelf(store) if store else None
        self._slow = slow
        self._lock = threading.RLock()
        self._calls: set[_Call] = set()
        self._longest: dict[str, float] = {}
        self._workers: dict[str, int] = {}
        self._seen = time.monotonic()
        self._stopped = threading.Event()
        self._look()
        threading.Thread(target=self._watch, daemon=True, name="cluster").start()

    def submit(self, fn: Callable[..., _T], /, *args: Any, **kwargs: Any) -> Future[_T]:
        """Send a task; only `perform` travels."""
        if fn is not perform or len(args) != 1 or kwargs:
            raise TypeError("only perform(task) runs on other machines")
        if self._stopped.is_set():
            raise Stopped
        call = _Call(task=args[0])
        with self._lock:
            self._calls.add(call)
        self._send(call)
        return call.future  # type: ignore[return-value]

    def stop(self) -> None:
        """Let go of every task; workers notice and end theirs."""
        self._stopped.set()
        with self._lock:
            calls = list(self._calls)
            self._calls.clear()
        for call in calls:
            let_go(call.future)
        with contextlib.suppress(Exception):
            self._client.cancel([copy for call in calls for copy in call.copies], force=True)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the scheduler; it and its workers stay."""
        del wait, cancel_futures
        self._stopped.set()
        with contextlib.suppress(Exception):
            self._client.close(timeout=5)

    def _send(self, call: _Call, workers: list[str] | None = None) -> None:
        """Send a task to any worker that has not refused it, or to one of some."""
        try:
            parcel = pickle.dumps(self._parcel(call))
            with self._lock:
                fit = workers or [address for address in self._workers if address not in call.refused]
            restricted = fit if call.refused or workers else None
            copy = self._client.submit(
                at_worker,
                program(),
                parcel,
                key=f"dossier-{call.task.stage}-{secrets.token_hex(8)}",
                pure=False,
                workers=restricted,
                allow_other_workers=False,
            )
        except DossierError as error:
            self._end(call, Outcome(key=call.task.key, record=None, error=error))
            return
        except Exception as lost:
            self._end(call, _lost(call.task, f"{type(lost).__name__}: {lost}"))
            return
        with self._lock:
            call.copies.append(copy)
        copy.add_done_callback(lambda done: self._came(call, done))

    def _parcel(self, call: _Call) -> Parcel:
        task = call.task
        path = bytes_of(task.case, Store(task.case / "work"))
        wanted = dict.fromkeys((*needs(task), *call.extra))
        if self._shelf is None or call.inline:
            blobs = {digest: path(digest).read_bytes() for digest in wanted}
            return Parcel(task=task, blobs=blobs)
        for digest in wanted:
            self._shelf.put(digest, path(digest))
        return Parcel(task=task, away=tuple(wanted), store=self._shelf.url)

    def _came(self, call: _Call, copy: Any) -> None:
        """A copy of a task came to an end. Runs in a thread of dask's, which must hear of no error."""
        try:
            if not call.future.done() and not self._stopped.is_set():
                self._take(call, *_result(copy))
        except _Broken as broken:
            self._fail(call, broken)
        except CancelledError:
            self._gone(call, copy)
        except Exception as lost:
            self._end(call, _lost(call.task, f"{type(lost).__name__}: {lost}"))

    def _gone(self, call: _Call, copy: Any) -> None:
        """The scheduler dropped a copy: it was restarted, or lost what the copy was made of."""
        with self._lock:
            call.copies = [other for other in call.copies if other is not copy]
            if not call.copies and not self._stopped.is_set():
                self._end(call, _lost(call.task, "cancelled"))

    def _take(self, call: _Call, came: Returned | Refused, worker: str) -> None:
        if isinstance(came, Returned):
            if self._lacks(call, came.outcome):
                self._send(call)
                return
            came = self._kept(call, came) or came
        if isinstance(came, Returned):
            self._end(call, came.outcome)
            return
        call.refused[worker] = came
        self._refresh()
        if any(address not in call.refused for address in self._workers):
            self._send(call)
            return
        where = {"path": f"{worker} {came.values['path']}"} if "path" in came.values else {}
        error = MachineLacks(came.code, **{"worker": worker, **came.values, **where})
        self._end(call, Outcome(key=call.task.key, record=None, error=error))

    def _lacks(self, call: _Call, outcome: Outcome) -> bool:
        """Whether it asked for bytes that it did not have and that are here: then they go with it next time."""
        here = [digest for digest in outcome.missing if self._has(call.task, digest)]
        call.sent += 1
        if not here or call.sent > MOST_SENT:
            return False
        known = {*needs(call.task), *call.extra}
        call.inline = call.inline or not known.isdisjoint(here)
        call.extra += [digest for digest in here if digest not in known]
        return True

    @staticmethod
    def _has(task: Task, digest: Digest) -> bool:
        try:
            bytes_of(task.case, Store(task.case / "work"))(digest)
        except Missing:
            return False
        return True

    def _kept(self, call: _Call, came: Returned) -> Refused | None:
        """Keep what was made; why another worker has to do it, where that cannot be."""
        outcome = came.outcome
        if isinstance(outcome.error, MachineLacks):
            return Refused(code=outcome.error.code, values=outcome.error.values)
        if outcome.record is None and outcome.error is None:
            return Refused(code="worker-garbled")
        try:
            return None if outcome.record is None or self._keep(call.task, came) else Refused(code="worker-garbled")
        except DossierError as error:
            self._end(call, Outcome(key=call.task.key, record=None, error=error))
            return None

    def _keep(self, task: Task, came: Returned) -> bool:
        """Keep what was made; False where it is not what the outcome names."""
        record = came.outcome.record
        assert record is not None
        named = [*record.files.values(), *([record.document] if record.document else [])]
        if any(digest not in came.blobs or digest_of(came.blobs[digest]) != digest for digest in named):
            return False
        store = Store(task.case / "work")
        shelf = Originals(task.case / "originals") if task.unpacks else store
        for digest in record.files.values():
            shelf.put(came.blobs[digest])
        if record.document:
            store.put(came.blobs[record.document])
        return True

    def _end(self, call: _Call, outcome: Outcome) -> None:
        with self._lock:
            self._calls.discard(call)
            taken = time.monotonic() - call.since
            self._longest[call.task.stage] = max(self._longest.get(call.task.stage, 0.0), taken)
            if call.future.done():
                return
            call.future.set_result(outcome)
        self._drop(call)

    def _fail(self, call: _Call, error: BaseException) -> None:
        with self._lock:
            self._calls.discard(call)
            if not call.future.done():
                call.future.set_exception(error)
        self._drop(call)

    def _drop(self, call: _Call) -> None:
        """Let go of the copies that are still under way."""
        left = [copy for copy in call.copies if not copy.done()]
        with contextlib.suppress(Exception):
            if left:
                self._client.cancel(left, force=True)
        call.copies.clear()

    def _watch(self) -> None:
        while not self._stopped.wait(LOOK):
            with contextlib.suppress(Exception):
                self._refresh()
                self._give_up()
                self._hurry()

    def _look(self) -> None:
        """The workers at the start; MachineLacks if none comes."""
        until = time.monotonic() + PATIENCE
        while not self._refresh():
            if time.monotonic() > until:
                self.shutdown()
                raise MachineLacks("no-workers", seconds=round(PATIENCE))
            time.sleep(0.2)

    def _refresh(self) -> bool:
        workers = {address: int(threads) for address, threads in self._client.nthreads().items()}
        with self._lock:
            self._workers = workers
            self.width = max(1, sum(workers.values()))
            if workers:
                self._seen = time.monotonic()
        return bool(workers)

    def _give_up(self) -> None:
        """End every task when no worker has been there for long."""
        if time.monotonic() - self._seen < ALONE:
            return
        with self._lock:
            calls = list(self._calls)
        for call in calls:
            error = MachineLacks("no-workers", seconds=round(ALONE))
            self._end(call, Outcome(key=call.task.key, record=None, error=error))

    def _hurry(self) -> None:
        """Send a second copy of what takes far too long to a worker that has nothing to do. The first result counts."""
        now = time.monotonic()
        with self._lock:
            late = [call for call in self._calls if len(call.copies) == 1 and now - call.since > self._usual(call)]
        if not late:
            return
        at_work = self._client.processing()
        for call in late:
            idle = [address for address, keys in at_work.items() if not keys and address not in call.refused]
            if idle:
                self._send(call, workers=idle)

    def _usual(self, call: _Call) -> float:
        return max(self._slow, SLOW * self._longest.get(call.task.stage, 0.0))


class _Broken(BrokenExecutor):
    """The workers that ran a task died, one after the other."""


def _connect(address: str) -> Any:
    try:
        import dask
        from distributed import Client
    except ImportError as error:
        raise MachineLacks("no-dask") from error
    if not re.match(r"\w+://", address):
        raise MachineLacks("no-scheduler", address=address)
    for name in [name for name in logging.root.manager.loggerDict if name.startswith("distributed")]:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 TB"})
    # A client that found no scheduler closes itself when it is collected, and fails again, in a traceback on stderr.
    quiet = type("_Client", (Client,), {"__del__": lambda _: None})
    try:
        return quiet(address, timeout=ANSWER, set_as_default=False, name="dossier")
    except (OSError, ValueError, TypeError) as error:
        raise MachineLacks("no-scheduler", address=address) from error


def _result(copy: Any) -> tuple[Returned | Refused, str]:
    """What a copy gave, and which worker it came from."""
    from distributed.scheduler import KilledWorker

    try:
        came, worker = copy.result(timeout=PATIENCE)
    except KilledWorker as killed:
        raise _Broken(str(killed)) from killed
    return pickle.loads(came), worker  # noqa: S301


def _lost(task: Task, trouble: str) -> Outcome:
    """What is said when neither worker nor scheduler had an answer: the trouble is theirs, not the evidence's."""
    error = MachineLacks("cluster-trouble", error=trouble[:300])
    return Outcome(key=task.key, record=None, error=error)
