"""Cases side by side: each is built in a thread of its own, and all share one pool in turn.

The trouble of a case is a value like any other and stops no other. A thread plans and keeps books; the work is done
in the pool.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import CancelledError, Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from pipeline import report
from pipeline.errors import DossierError, Exit, Language, say
from pipeline.lanes import Shared
from pipeline.pools import Pool, Stopped
from pipeline.progress import Progress
from pipeline.run import Built
from pipeline.store import lacking
from pipeline.usage import peak_memory

__all__ = ["Build", "CaseRun", "Cases", "Listen"]

Listen = Callable[[Progress], None]
Build = Callable[[Path, Pool, Listen], Built]
"""Builds one case in a pool, telling how far it is."""

LEAST = 4
"""So many cases are open at a time at the least, that small ones go on beside a few giants."""

PATIENCE = 15.0
"""Seconds that open cases get to end when all is stopped. What a case has written is sound at any moment."""


@dataclass(frozen=True, kw_only=True)
class CaseRun:
    """What came of a case: its exit code; the summary of what was made, or the error, or the bug that stopped it.

    `seconds` by the clock from its first step to its last, `cpu` seconds of its tasks and its thread, `memory` the
    peak of a process in bytes.
    """

    case: Path
    exit: Exit
    summary: dict[str, Any] | None = None
    error: DossierError | None = None
    bug: str | None = None
    seconds: float = 0.0
    cpu: float = 0.0
    memory: int = 0

    def why(self, language: Language) -> str | None:
        """Why nothing was made, as a sentence; None if something was."""
        if self.error:
            return self.error.say(language)
        if self.bug:
            return say("bug", {"error": self.bug}, language)
        return say("interrupted", {}, language) if self.exit == Exit.INTERRUPTED else None


class Cases:
    """Builds cases as they are handed in, a few at a time."""

    def __init__(self, pool: Pool, build: Build, at_once: int | None = None) -> None:
        self._shared = Shared(pool)
        self._build = build
        self._room = at_once or max(LEAST, 2 * pool.width)
        self._lock = threading.RLock()
        self._waiting: deque[_Job] = deque()
        self._open: set[_Job] = set()
        self._stopped = False

    def start(self, case: Path, listen: Listen | None = None) -> Future[CaseRun]:
        """Build a case as soon as there is room. The future never raises."""
        job = _Job(case, listen or _nobody, Future())
        with self._lock:
            self._waiting.append(job)
            self._begin()
        return job.future

    def stop(self) -> None:
        """End everything now. What is not done is interrupted; another build of it goes on where it stopped."""
        with self._lock:
            self._stopped = True
            waiting, running = list(self._waiting), list(self._open)
            self._waiting.clear()
        self._shared.stop()
        for job in waiting:
            self._end(job, CaseRun(case=job.case, exit=Exit.INTERRUPTED))
        wait([job.future for job in running], timeout=PATIENCE)
        for job in running:
            self._end(job, CaseRun(case=job.case, exit=Exit.INTERRUPTED))

    def _begin(self) -> None:
        while self._waiting and len(self._open) < self._room and not self._stopped:
            job = self._waiting.popleft()
            self._open.add(job)
            threading.Thread(target=self._work, args=(job,), daemon=True, name=job.case.name).start()
        if self._stopped:
            while self._waiting:
                job = self._waiting.popleft()
                self._end(job, CaseRun(case=job.case, exit=Exit.INTERRUPTED))

    def _work(self, job: _Job) -> None:
        came = self._run(job)
        with self._lock:
            self._open.discard(job)
            self._begin()
        self._end(job, came)

    def _end(self, job: _Job, came: CaseRun) -> None:
        with self._lock:
            if not job.future.done():
                job.future.set_result(came)

    def _run(self, job: _Job) -> CaseRun:
        started, cpu = time.monotonic(), time.thread_time()
        built, error, bug, lane = None, None, None, None
        try:
            lane = self._shared.lane()
            built = self._build(job.case, lane, self._listening(job.listen))
            exit_, summary = report.exit_of(built), report.summary(built)
        except (Stopped, CancelledError):
            exit_, summary = Exit.INTERRUPTED, None
        except DossierError as mendable:
            exit_, summary, error = mendable.exit, None, mendable
        except Exception as trouble:
            error = _machine(trouble, job.case)
            bug = None if error else f"{type(trouble).__name__}: {trouble}"
            exit_, summary = error.exit if error else Exit.BUG, None
        finally:
            if lane:
                lane.shutdown()
        return CaseRun(
            case=job.case,
            exit=exit_,
            summary=summary,
            error=error,
            bug=bug,
            seconds=round(time.monotonic() - started, 3),
            cpu=round((built.cost.cpu if built else 0.0) + time.thread_time() - cpu, 3),
            memory=max(peak_memory(), built.cost.memory if built else 0),
        )

    def _listening(self, listen: Listen) -> Listen:
        def hear(progress: Progress) -> None:
            if self._stopped:
                raise Stopped
            listen(progress)

        return hear


class _Job(NamedTuple):
    case: Path
    listen: Listen
    future: Future[CaseRun]


def _machine(trouble: Exception, case: Path) -> DossierError | None:
    return lacking(trouble, case) if isinstance(trouble, OSError) else None


def _nobody(progress: Progress) -> None:
    del progress
