"""What a process and its children take: seconds of CPU, bytes of memory."""

from __future__ import annotations

import contextlib
import os
import re
import sys
import time
from dataclasses import dataclass

__all__ = ["NO_COST", "Cost", "Meter", "cpu_seconds", "own_seconds", "peak_memory"]

_highest = [0]
"""The highest peak of this process that a meter saw before it began to measure anew."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a task took: seconds by the clock, seconds of CPU with its child processes, peak memory in bytes.

    `engine` is the part of `cpu` that child processes took: tesseract, the service of an engine. `memory` is the
    peak of one process, the largest among its own and those children that worked for it.
    """

    seconds: float = 0.0
    cpu: float = 0.0
    engine: float = 0.0
    memory: int = 0


NO_COST = Cost()


class Meter:
    """Measures one task, from the making of this object on. Where others run in the same process, theirs is in it.

    Memory is that of this task and no earlier one, where the system can begin to measure a peak anew (Linux); only of
    child processes that ended the highest so far counts.
    """

    def __init__(self) -> None:
        _highest[0] = max(_highest[0], _own_peak())
        self._living = {pid: _spent(pid) for pid in _children()}
        for pid in ("self", *self._living):
            _begin_anew(pid)
        self._ended = _used(children=True)
        self._own = _used()
        self._started = time.monotonic()

    def cost(self) -> Cost:
        """What it took so far."""
        seconds = time.monotonic() - self._started
        own, ended = _used() - self._own, _used(children=True) - self._ended
        spent = {pid: _spent(pid) - self._living.get(pid, 0.0) for pid in _children()}
        engine = max(0.0, ended + sum(spent.values()) - self._died(spent))
        peaks = [_own_peak(), *(_held(pid) for pid, cpu in spent.items() if cpu > 0)]
        if ended > 0:
            peaks.append(_ended_peak())
        return Cost(seconds=seconds, cpu=own + engine, engine=engine, memory=max(peaks))

    def _died(self, spent: dict[str, float]) -> float:
        """What children that have ended since had spent before: it is in the account of the ended, and not of now."""
        return sum(cpu for pid, cpu in self._living.items() if pid not in spent)


def own_seconds() -> float:
    """CPU seconds of this process and of its children that have ended."""
    return _used() + _used(children=True)


def cpu_seconds() -> float:
    """CPU seconds of this process, of its children that have ended and, on Linux, of all below it that still live."""
    return own_seconds() + sum(map(_spent, _below("self")))


def peak_memory() -> int:
    """The highest resident memory of this process or of a child of it, in bytes; 0 where the system does not say."""
    return max([_highest[0], _own_peak(), _ended_peak(), *(_held(pid) for pid in _children())])


def _used(*, children: bool = False) -> float:
    """CPU seconds of this process, or of its children that have ended."""
    try:
        import resource
    except ImportError:
        return sum(os.times()[2:4] if children else os.times()[:2])
    used = resource.getrusage(resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _own_peak() -> int:
    return _held("self") or _most(children=False)


def _ended_peak() -> int:
    return _most(children=True)


def _most(*, children: bool) -> int:
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_CHILDREN if children else resource.RUSAGE_SELF).ru_maxrss * unit


def _begin_anew(pid: str) -> None:
    """Let the peak of a process be what it holds now: "5" to proc(5)'s clear_refs."""
    with contextlib.suppress(OSError):
        handle = os.open(f"/proc/{pid}/clear_refs", os.O_WRONLY)
        try:
            os.write(handle, b"5")
        finally:
            os.close(handle)


def _children(of: str = "self") -> list[str]:
    try:
        threads = os.listdir(f"/proc/{of}/task")  # noqa: PTH208 - before and after each task: it has to be quick
    except OSError:
        return []
    return [pid for thread in threads for pid in _told(f"/proc/{of}/task/{thread}/children").split()]


def _below(pid: str) -> list[str]:
    """The children of a process, theirs, and so on."""
    return [found for child in _children(pid) for found in (child, *_below(child))]


def _spent(pid: str) -> float:
    """Fields 14 to 17 of proc(5)'s stat: user and system time of the process and of its own children, in ticks."""
    fields = _told(f"/proc/{pid}/stat").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def _held(pid: str) -> int:
    peak = re.search(r"VmHWM:\s+(\d+) kB", _told(f"/proc/{pid}/status"))
    return int(peak[1]) * 1024 if peak else 0


def _told(path: str) -> str:
    """What the system says there; nothing where it does not know, or the process has ended."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return ""
    try:
        return os.read(handle, 1 << 16).decode("utf-8", "replace")
    except OSError:
        return ""
    finally:
        os.close(handle)
