"""What a task may take: seconds, and bytes of memory."""

from __future__ import annotations

import contextlib
import faulthandler
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

__all__ = ["LIMITS", "Limits", "TimeUp", "bounded", "confine"]

GRACE = 5.0
"""Seconds that a task which does not answer its deadline gets before its process is ended, or its limit if shorter."""

AGAIN = 1.0
"""Seconds after which a task is told once more that its time is over: Python drops what is raised in a destructor."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one task may take: seconds, and bytes of memory of its process and of each of its child processes."""

    seconds: float = 900.0
    memory: int = 4 << 30

    @property
    def end(self) -> float:
        """Seconds after which the process of a task that does not answer is ended."""
        return self.seconds + min(self.seconds, GRACE)


LIMITS = Limits()

_REACHES_OUT = frozenset(
    "socket.connect socket.bind socket.sendto socket.sendmsg socket.getaddrinfo socket.gethostbyname".split()
)
"""What Python tells its hooks before anything leaves for another machine (audit events)."""


class TimeUp(BaseException):
    """The task's time is over. No stage's `except Exception` holds it up."""


@contextlib.contextmanager
def bounded(limits: Limits) -> Iterator[None]:
    """Hold what runs inside to its limits: TimeUp when its seconds are over, MemoryError where it asks for too much."""
    with _deadline(limits), _memory(limits.memory):
        yield


def confine() -> None:
    """Confine a worker process for good: it reaches no other machine, and leaves no core dump, with evidence in it."""
    sys.addaudithook(_refuse)
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _refuse(event: str, _: object) -> None:
    if event in _REACHES_OUT:
        raise PermissionError(event)


@contextlib.contextmanager
def _deadline(limits: Limits) -> Iterator[None]:
    """End what runs inside after some seconds.

    A signal ends Python code and waiting, where the system has it. In a worker process a watchdog that needs no
    interpreter lock ends the process a little later, should native code not come back.
    """
    signals = hasattr(signal, "setitimer") and _alone()
    worker = multiprocessing.parent_process() is not None
    with contextlib.ExitStack() as undo:
        if worker:
            silent = undo.enter_context(Path(os.devnull).open("w"))
            faulthandler.dump_traceback_later(limits.end, exit=True, file=silent)
            undo.callback(faulthandler.cancel_dump_traceback_later)
        if signals:
            before = signal.signal(signal.SIGALRM, _time_up)
            undo.callback(signal.signal, signal.SIGALRM, before)
            signal.setitimer(signal.ITIMER_REAL, limits.seconds, AGAIN)
            undo.callback(signal.setitimer, signal.ITIMER_REAL, 0)
        yield


@contextlib.contextmanager
def _memory(size: int) -> Iterator[None]:
    """Let the process, and what it starts, hold no more than some bytes of data, where the system can hold it to that.

    The limit is on memory asked for (RLIMIT_DATA, setrlimit(2)), so that the asking fails, and not the machine.
    """
    try:
        import resource
    except ImportError:
        yield
        return
    before, most = resource.getrlimit(resource.RLIMIT_DATA)
    held = size if most == resource.RLIM_INFINITY else min(size, most)
    if not _alone():
        yield
        return
    try:
        resource.setrlimit(resource.RLIMIT_DATA, (held, most))
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (before, most))


def _alone() -> bool:
    """Whether what runs here has the process to itself: elsewhere than in its main thread others may run beside it."""
    return threading.current_thread() is threading.main_thread()


def _time_up(_number: int, _frame: FrameType | None) -> None:
    raise TimeUp
