"""What is in hand: each claim is looked at, built and let go in turn, apart from the scan and from one another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future, wait
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from pipeline.batch import CaseRun
from pipeline.errors import Exit
from pipeline.pools import Stopped
from pipeline.progress import Listener, Progress
from pipeline.watch.claims import Claim
from pipeline.watch.desk import Decision, Desk, Outcome, Work
from pipeline.watch.meter import Meter
from pipeline.watch.names import key
from pipeline.watch.page import Working

__all__ = ["Aside", "Job", "Jobs", "Start"]

PATIENCE = 10.0
"""Seconds that a read gets to end when all is stopped. A share that hangs does not keep the program."""

T = TypeVar("T")

Start = Callable[[Path, Listener], "Future[CaseRun]"]
"""Begins to build a case; the future never raises."""


class Aside(Protocol):
    """Does something over so many bytes apart from the scan, now or later; what it raises is in the future."""

    def __call__(self, size: int, do: Callable[[], T], /) -> Future[T]:
        """Begin."""


@dataclass(kw_only=True)
class Job:
    """A claim, while it is looked at (`decision`) or built (`run`); `arrival` is the key under which it came."""

    claim: Claim
    name: str
    arrival: str | None
    meter: Meter = field(default_factory=Meter)
    decision: Future[Decision] | None = None
    work: Work | None = None
    run: Future[CaseRun] | None = None
    tries: int = 0
    progress: Progress | None = None

    def hear(self, progress: Progress) -> None:
        """Keep what is shown of it. Called by the thread of the case."""
        if progress.stage:
            self.progress = progress

    def shown(self) -> Working:
        """How far it is."""
        if self.run is None or self.work is None:
            return Working(self.name, self.meter.code, self.meter.done, self.meter.total)
        if self.progress is None:
            kept = _kept(self.work.case)
            return Working(
                self.name,
                "watch-page-copies" if kept else "watch-page-begins",
                kept,
                self.work.tree.bytes if kept else 0,
            )
        return Working(self.name, f"watch-stage-{self.progress.stage}", self.progress.done, self.progress.total)


class Jobs:
    """All claims in hand. `left` hears what leaves; `gave_up` gets a job that the machine could not do."""

    def __init__(
        self,
        desk: Desk,
        start: Start,
        aside: Aside,
        *,
        left: Callable[[Outcome], None],
        gave_up: Callable[[Job, Exception], None],
    ) -> None:
        self._desk = desk
        self._start = start
        self._aside = aside
        self._left = left
        self._gave_up = gave_up
        self._jobs: list[Job] = []

    def __len__(self) -> int:
        return len(self._jobs)

    def __iter__(self) -> Iterator[Job]:
        return iter(self._jobs)

    @property
    def names(self) -> set[str]:
        """What the names of the cases in hand compare by."""
        return {key(job.name) for job in self._jobs}

    def add(self, claim: Claim, arrival: str | None, size: int) -> None:
        """Go on with a claim of so many bytes."""
        job = Job(claim=claim, name=claim.name, arrival=arrival)
        self._jobs.append(job)
        job.decision = self._aside(size, partial(self._desk.route, claim, job.meter))

    def go_on(self) -> None:
        """Take each as far as it is done; what is stopped stays, for `close`."""
        while sum(self._step(job) for job in list(self._jobs)):
            pass

    def stop(self) -> list[tuple[Job, bool]]:
        """End all reading. What is still in hand, and whether nobody works at it any more."""
        for job in self._jobs:
            job.meter.stop()
        at_desk = [job.decision for job in self._jobs if job.decision and not job.decision.cancel()]
        wait(at_desk, timeout=PATIENCE)
        for job in list(self._jobs):
            if job.decision and job.decision.done() and not job.decision.cancelled():
                self._step(job, going_on=False)
        held = [(job, job.decision is None or job.decision.done()) for job in self._jobs]
        self._jobs.clear()
        return held

    def _step(self, job: Job, *, going_on: bool = True) -> bool:
        """Whether it came a step further."""
        if job.run is not None and job.run.done():
            return self._built(job, job.run.result())
        if job.decision is None or not job.decision.done():
            return False
        try:
            decision = job.decision.result()
        except (Stopped, CancelledError):
            return False
        except Exception as error:
            self._drop(job, error)
            return True
        job.decision, job.work = None, decision.work
        if decision.outcome is not None:
            self._left(decision.outcome)
        if decision.work is None:
            self._jobs.remove(job)
            job.claim.close()
        elif going_on:
            job.name, job.tries, job.progress = decision.work.case.name, job.tries + 1, None
            job.run = self._start(decision.work.case, job.hear)
        return True

    def _built(self, job: Job, run: CaseRun) -> bool:
        if run.exit == Exit.INTERRUPTED:
            return False
        assert job.work is not None
        job.run = None
        if self._desk.is_the_machines(run):
            assert run.error is not None
            self._drop(job, run.error)
        else:
            job.meter = Meter()
            job.decision = self._aside(0, partial(self._desk.end, job.work, run, job.tries, job.meter))
        return True

    def _drop(self, job: Job, error: Exception) -> None:
        self._jobs.remove(job)
        self._gave_up(job, error)


def _kept(case: Path) -> int:
    """Bytes that a build has copied so far."""
    try:
        return sum(path.stat().st_size for path in (case / "originals").iterdir())
    except OSError:
        return 0
