"""Where tasks run: in this process, or in spawned ones. Each is an Executor; the machinery knows nothing else of it."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from multiprocessing.connection import Connection
from typing import Any, TypeVar

__all__ = ["Inline", "Processes", "opened"]

_T = TypeVar("_T")


class Inline(Executor):
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


class Processes(Executor):
    """Spawned worker processes that are replaced when one of them dies.

    Workers ignore the keyboard's interrupt (the driver decides) and hold one end of a leash: when the driver lets go
    of the other end, or is gone itself, they end at once.
    """

    def __init__(self, width: int) -> None:
        self._width = width
        self._context = multiprocessing.get_context("spawn")
        self._held, self._leash = self._context.Pipe(duplex=False)
        self._workers: ProcessPoolExecutor | None = None

    def submit(self, fn: Callable[..., _T], /, *args: Any, **kwargs: Any) -> Future[_T]:
        """Hand it to a worker; starts workers as they are needed, afresh after a break."""
        if self._workers is not None:
            # OSError: a worker died while this call was starting another, and the queues it needs are closed already
            with contextlib.suppress(BrokenExecutor, OSError):
                return self._workers.submit(fn, *args, **kwargs)
            self._workers.shutdown()
        self._workers = ProcessPoolExecutor(
            self._width, mp_context=self._context, initializer=_begin, initargs=(self._held,)
        )
        return self._workers.submit(fn, *args, **kwargs)

    def stop(self) -> None:
        """End every worker now, whatever it does."""
        self._leash.close()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for what runs, unless stopped, and end the workers."""
        if self._workers is not None:
            self._workers.shutdown(wait=wait, cancel_futures=cancel_futures)
        self._leash.close()
        self._held.close()


@contextlib.contextmanager
def opened(jobs: int) -> Iterator[Executor]:
    """A pool for `jobs` tasks at a time: inline for one, processes for more. Leaving by an exception stops it."""
    pool = Inline() if jobs <= 1 else Processes(jobs)
    try:
        yield pool
    except BaseException:
        pool.stop()
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


def _begin(leash: Connection) -> None:
    """Set up a worker: one thread for each tesseract, no interrupt, and the leash."""
    os.environ["OMP_THREAD_LIMIT"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, args=(leash,), daemon=True).start()


def _follow(leash: Connection) -> None:
    with contextlib.suppress(EOFError, OSError):
        leash.recv_bytes()
    os._exit(1)
