"""Processes as the system lists them, and children that lack the rights of root."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import struct
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

_T = TypeVar("_T")
_PR_CAPBSET_DROP = 24
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2
_OF_THIS_THREAD = struct.pack("Ii", 0x20080522, 0)
"""Whose capabilities are meant, and in which layout they are given (capset(2))."""


def children(parent: int) -> list[int]:
    return [int(pid) for path in Path(f"/proc/{parent}/task").glob("*/children") for pid in _text(path).split()]


def descendants(parent: int) -> list[int]:
    return [pid for child in children(parent) for pid in (child, *descendants(child))]


def command(pid: int) -> str:
    return _text(Path(f"/proc/{pid}/cmdline")).replace("\0", " ")


def _text(path: Path) -> str:
    """Nothing, where the process is gone."""
    try:
        return path.read_text()
    except OSError:
        return ""


def alive(pid: int) -> bool:
    """Whether it runs: who ended and waits for a parent to ask how does not."""
    return _text(Path(f"/proc/{pid}/stat")).rpartition(")")[2].split()[:1] not in ([], ["Z"], ["X"])


def until(found: Callable[[], _T | None], seconds: float = 120) -> _T:
    """The first thing that is found, looked for again and again."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if thing := found():
            return thing
        time.sleep(0.005)
    raise AssertionError("it did not come")


def hearing() -> None:
    """For a child before it begins: it hears the signals that end it, though the tests run where some are ignored."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def held_to_modes() -> None:
    """For a child before it begins: modes of files hold for it as for everybody, though it be root's."""
    if os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
        if libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "the right of root cannot be dropped")


@contextlib.contextmanager
def without_overrides() -> Iterator[None]:
    """In here modes of files hold for this thread as for everybody, though it be root's."""
    libc, held = ctypes.CDLL(None), ctypes.create_string_buffer(24)
    assert libc.capget(_OF_THIS_THREAD, held) == 0
    effective, *others = struct.unpack("6I", held)
    kept = effective & ~(1 << _CAP_DAC_OVERRIDE | 1 << _CAP_DAC_READ_SEARCH)
    assert libc.capset(_OF_THIS_THREAD, struct.pack("6I", kept, *others)) == 0
    try:
        yield
    finally:
        assert libc.capset(_OF_THIS_THREAD, held) == 0
