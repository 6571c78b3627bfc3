"""What a command costs: CPU of its whole tree, CPU of tesseract within it, and the peak memory of each process."""

from __future__ import annotations

import contextlib
import os
import re
import resource
import shutil
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

SAMPLE = 0.05
"""Seconds between two looks at the processes. The kernel keeps each one's peak, so little can be missed."""

SHIM = """#!/bin/sh
"{program}" "$@"
status=$?
times >> "{book}"
exit $status
"""
"""Stands before tesseract on PATH and books what it cost: `times` prints the shell's CPU, then its children's."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Seconds by the clock and of CPU; `tesseract` is its part of `cpu`; memory in bytes."""

    wall: float
    cpu: float
    tesseract: float
    driver: int
    worker: int
    status: int
    output: str = field(repr=False)

    @property
    def own(self) -> float:
        """CPU beyond tesseract's, as a part of tesseract's."""
        return (self.cpu - self.tesseract) / self.tesseract if self.tesseract else float("nan")


def run(command: Sequence[str | Path], scratch: Path, variables: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end and measure it; `scratch` is a folder for the shim and its book."""
    book = _shim(scratch)
    environment = {**os.environ, "PATH": f"{scratch}:{os.environ['PATH']}", **(variables or {})}
    before, started = _children(), time.monotonic()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as process:
        watch = _Watch(process.pid)
        watch.start()
        output = process.communicate()[0]
        watch.stop()
    return Cost(
        wall=time.monotonic() - started,
        cpu=_children() - before,
        tesseract=_booked(book),
        driver=watch.driver,
        worker=watch.worker,
        status=process.returncode,
        output=output,
    )


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _shim(scratch: Path) -> Path:
    program = shutil.which("tesseract")
    if program is None:
        raise SystemExit("tesseract is missing: make setup")
    book = scratch / "times"
    book.write_text("")
    shim = scratch / "tesseract"
    shim.write_text(SHIM.format(program=program, book=book))
    shim.chmod(0o755)
    return book


def _booked(book: Path) -> float:
    lines = book.read_text().splitlines()[1::2]
    return sum(
        60 * int(minutes) + float(seconds) for minutes, seconds in re.findall(r"(\d+)m([\d.]+)s", " ".join(lines))
    )


class _Watch(threading.Thread):
    """Looks at a process and its descendants until stopped; `worker` is the largest Python process below it."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.driver = self.worker = 0
        self._pid = pid
        self._stopped = threading.Event()

    def run(self) -> None:
        while not self._stopped.wait(SAMPLE):
            self.driver = max(self.driver, _peak(self._pid))
            below = [pid for pid in _descendants(self._pid) if "python" in _name(pid)]
            self.worker = max([self.worker, *(_peak(pid) for pid in below)])

    def stop(self) -> None:
        self._stopped.set()
        self.join()


def _descendants(pid: int) -> list[int]:
    found: list[int] = []
    with contextlib.suppress(FileNotFoundError):  # it ended while it was looked at
        for listing in Path(f"/proc/{pid}/task").glob("*/children"):
            for child in map(int, _text(listing).split()):
                found += [child, *_descendants(child)]
    return found


def _name(pid: int) -> str:
    return _text(Path(f"/proc/{pid}/cmdline")).split("\0")[0]


def _peak(pid: int) -> int:
    """The most memory that a process has held, in bytes; 0 if it is gone."""
    match = re.search(r"VmHWM:\s+(\d+) kB", _text(Path(f"/proc/{pid}/status")))
    return int(match[1]) * 1024 if match else 0


def _text(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:
        return ""
