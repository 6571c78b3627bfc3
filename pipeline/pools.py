"""Where tasks run: in this process, or in spawned ones. Each is an Executor; the machinery knows nothing else of it."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from functools import partial
from multiprocessing.connection import Connection
from typing import Any, NamedTuple, TypeVar

from pipeline.limits import confine

__all__ = ["Inline", "Pool", "Processes", "Stopped", "let_go", "opened"]

_T = TypeVar("_T")


class Stopped(BaseException):
    """The pool was stopped. No `except Exception` holds up who still wants something of it."""


class Pool(Executor):
    """An executor that knows how many tasks it runs at a time, and can be stopped."""

    width: int = 1

    def stop(self) -> None:
        """End what runs, now. Whoever waits for it, or asks for more, gets Stopped or CancelledError."""
        raise NotImplementedError


class Inline(Pool):
    """Runs at once, in this process: the serial twin of the rest."""

    def submit(self, fn: Callable[..., _T], /, *args: Any, **kwargs: Any) -> Future[_T]:
        """Run it now; the future is done. An interrupt by the user passes through."""
        future: Future[_T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future

    def stop(self) -> None:
        """Nothing runs between two calls."""


class Processes(Pool):
    """Spawned worker processes, started as they are needed and replaced when they die.

    Each is a pool of one: the library's own pool, when it starts a worker while another dies, can lose its head and
    all that waits for it. So a death breaks one task and no other, too. Workers ignore the keyboard's interrupt (the
    driver decides) and hold one end of a leash: when the driver lets go of the other end, or is gone itself, they end.
    """

    def __init__(self, width: int) -> None:
        self.width = width
        self._stopped = False
        self._context = multiprocessing.get_context("spawn")
        self._held, self._leash = self._context.Pipe(duplex=False)
        self._lock = threading.RLock()
        self._waiting: deque[_Call] = deque()
        self._idle: list[ProcessPoolExecutor] = []
        self._busy: set[ProcessPoolExecutor] = set()

    def submit(self, fn: Callable[..., _T], /, *args: Any, **kwargs: Any) -> Future[_T]:
        """Hand it to a free worker, or let it wait for one; Stopped if the pool was."""
        call = _Call(Future(), partial(fn, *args, **kwargs))
        with self._lock:
            if self._stopped:
                raise Stopped
            self._waiting.append(call)
            self._hand_out()
        return call.future

    def stop(self) -> None:
        """End every worker now, whatever it does."""
        with self._lock:
            self._stopped = True
            self._cancel()
            self._leash.close()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for what runs, unless stopped, and end the workers."""
        with self._lock:
            if cancel_futures:
                self._cancel()
            workers = [*self._idle, *self._busy]
        for worker in workers:
            worker.shutdown(wait=wait)
        self._leash.close()
        self._held.close()

    def _hand_out(self) -> None:
        while self._waiting and len(self._busy) < self.width:
            worker = self._idle.pop() if self._idle else self._start()
            try:
                running = worker.submit(self._waiting[0].work)
            except BrokenExecutor:
                worker.shutdown(wait=False)  # it died while it had nothing to do
                continue
            self._busy.add(worker)
            running.add_done_callback(partial(self._take_back, worker, self._waiting.popleft().future))

    def _take_back(self, worker: ProcessPoolExecutor, future: Future[Any], running: Future[Any]) -> None:
        error = running.exception()
        with self._lock:
            self._busy.discard(worker)
            if isinstance(error, BrokenExecutor):
                worker.shutdown(wait=False)
            else:
                self._idle.append(worker)
            self._hand_out()
        if error is None:
            future.set_result(running.result())
        else:
            future.set_exception(error)

    def _start(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(1, mp_context=self._context, initializer=_begin, initargs=(self._held,))

    def _cancel(self) -> None:
        while self._waiting:
            let_go(self._waiting.popleft().future)


class _Call(NamedTuple):
    future: Future[Any]
    work: Callable[[], Any]


def let_go(future: Future[Any]) -> None:
    """Cancel a future that nothing works on, and wake who waits for it (`cancel` alone does not)."""
    if future.cancel():
        future.set_running_or_notify_cancel()


@contextlib.contextmanager
def opened(jobs: int, *, apart: bool = False, scheduler: str | None = None, store: str | None = None) -> Iterator[Pool]:
    """A pool for `jobs` tasks at a time: inline for one, processes for more, and for one too where it has to be apart.

    With the address of a dask scheduler, the workers of that; `store` is a URL that they all reach. Leaving by an
    exception stops it. MachineLacks where the scheduler cannot be used.
    """
    pool = _pool(jobs, apart=apart, scheduler=scheduler, store=store)
    try:
        yield pool
    except BaseException:
        pool.stop()
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


def _pool(jobs: int, *, apart: bool, scheduler: str | None, store: str | None) -> Pool:
    if scheduler:
        from pipeline.cluster import Cluster

        return Cluster(scheduler, store)
    return Processes(jobs) if apart or jobs > 1 else Inline()


def _begin(leash: Connection) -> None:
    """Set up a worker: one thread for each tesseract, no interrupt, no way out, no word of a library, and the leash."""
    confine()
    if not sys.warnoptions:
        warnings.simplefilter("ignore")
    os.environ["OMP_THREAD_LIMIT"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, args=(leash,), daemon=True).start()


def _follow(leash: Connection) -> None:
    with contextlib.suppress(EOFError, OSError):
        leash.recv_bytes()
    os._exit(1)
