"""What a process and its children take: seconds of CPU, bytes of memory."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

__all__ = ["cpu_seconds", "peak_memory"]


def cpu_seconds() -> float:
    """CPU seconds of this process, of its children that have ended and, on Linux, of those that still serve it."""
    return sum(os.times()[:4]) + sum(_spent(pid) for pid in _children())


def peak_memory() -> int:
    """The highest resident memory of this process or of a child of it, in bytes; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ended = max(resource.getrusage(who).ru_maxrss for who in whose) * unit
    return max([ended, *(_held(pid) for pid in _children())])


def _children() -> list[str]:
    return [pid for listing in Path("/proc/self/task").glob("*/children") for pid in _told(listing).split()]


def _spent(pid: str) -> float:
    """Fields 14 to 17 of proc(5)'s stat: user and system time of the process and of its own children, in ticks."""
    fields = _told(Path("/proc") / pid / "stat").rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK") if fields else 0.0


def _held(pid: str) -> int:
    peak = re.search(r"VmHWM:\s+(\d+) kB", _told(Path("/proc") / pid / "status"))
    return int(peak[1]) * 1024 if peak else 0


def _told(path: Path) -> str:
    """What the system says there; nothing where it does not know, or the process has ended."""
    try:
        return path.read_text()
    except OSError:
        return ""
