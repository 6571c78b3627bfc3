"""What a build does, why, and what it takes: told to who listens, noted in the journal, summed up for `run.json`."""

from __future__ import annotations

import heapq
import platform
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pipeline
from pipeline.contract import Stage
from pipeline.execute import Outcome, Task
from pipeline.journal import Journal
from pipeline.ledger import stamp
from pipeline.model import Digest
from pipeline.pools import Inline, Pool
from pipeline.progress import Happening, Listener, Progress
from pipeline.publish import Slow, StageRun, Surroundings
from pipeline.store import Record
from pipeline.usage import Cost, cpu_seconds, own_seconds, peak_memory

__all__ = ["Account"]

SLOWEST = 10
"""So many of the slowest tasks are told."""


@dataclass
class _Tally:
    """Sums over tasks, as `StageRun` tells them."""

    made: int = 0
    reused: int = 0
    seconds: float = 0.0
    cpu: float = 0.0
    engine: float = 0.0
    memory: int = 0
    elapsed: float = 0.0
    why: Counter[str] = field(default_factory=Counter)

    def add(self, cost: Cost, why: tuple[str, ...] = ()) -> None:
        """One more task that was made, and why."""
        self.made += 1
        self.seconds += cost.seconds
        self.cpu += cost.cpu
        self.engine += cost.engine
        self.memory = max(self.memory, cost.memory)
        self.why.update(why)


class Account:
    """The account of one build. The calls for a stage come between its `begin` and its `end`."""

    def __init__(self, case: Path, journal: Journal, clock: Callable[[], datetime], listener: Listener) -> None:
        self._case = str(case)
        self._journal = journal
        self._clock = clock
        self._tell = listener
        self._stages: dict[str, _Tally] = {}
        self._tools: dict[str, str] = {}
        self._slow: list[Slow] = []
        self._whole = _Tally()
        self._pass = _Tally()
        self._total = 0
        self._started, self._thread = time.monotonic(), time.thread_time()
        self._begun = self._started

    @property
    def made(self) -> dict[str, int]:
        """How many tasks of each stage were made."""
        return {name: tally.made for name, tally in self._stages.items()}

    @property
    def reused(self) -> dict[str, int]:
        """How many results of each stage were there already."""
        return {name: tally.reused for name, tally in self._stages.items()}

    @property
    def cost(self) -> Cost:
        """What all tasks took."""
        whole = self._whole
        return Cost(seconds=whole.seconds, cpu=whole.cpu, engine=whole.engine, memory=whole.memory)

    def begin(self, stage: Stage, tasks: list[Task]) -> None:
        """A stage begins with its tasks, one at least."""
        self._pass, self._total, self._begun = _Tally(), len(tasks), time.monotonic()
        self._stages.setdefault(stage.name, _Tally())
        self._tools |= {tool.name: tool.version for tool in tasks[0].tools}
        self._say("stage-begun", stage.name)

    def reuse(self, task: Task, record: Record) -> None:
        """A result was there already."""
        self._pass.reused += 1
        self._stages[task.stage].reused += 1
        self._journal.reused(task, record)

    def recalled(self, stage: Stage) -> None:
        """The store has told all it knows."""
        if self._pass.reused:
            self._say("stage-reused", stage.name, reused=self._pass.reused)

    def make(self, task: Task, outcome: Outcome, record: Record, why: tuple[str, ...]) -> None:
        """A task was made."""
        for tally in (self._pass, self._stages[task.stage], self._whole):
            tally.add(outcome.cost, why)
        slow = Slow(label=task.label, stage=task.stage, seconds=round(outcome.cost.seconds, 3))
        self._slow = heapq.nlargest(SLOWEST, [*self._slow, slow], key=lambda slow: slow.seconds)
        self._journal.made(task, record, why, outcome.cost)
        code = record.failure.code if record.failure else ""
        about = {"label": task.label, "name": task.name, "why": why, "code": code}
        self._say("task-done", task.stage, **about, made=1, reused=0, **_told(outcome.cost))

    def end(self, stage: Stage) -> None:
        """A stage is through."""
        self._stages[stage.name].elapsed += time.monotonic() - self._begun
        self._journal.flush()
        tally = self._pass
        self._say("stage-done", stage.name, made=tally.made, reused=tally.reused, **_told(tally))

    def surroundings(self, pool: Pool, files: Mapping[str, Digest]) -> Surroundings:
        """`run.json`."""
        return Surroundings(
            at=stamp(self._clock()),
            dossier=pipeline.__version__,
            jobs=pool.width,
            python=platform.python_version(),
            platform=sys.platform,
            seconds=round(time.monotonic() - self._started, 3),
            cpu=round(self._cpu(pool), 3),
            engine=round(self._whole.engine, 3),
            memory=max(peak_memory(), self._whole.memory),
            why=dict(sorted(self._whole.why.items())),
            stages=tuple(_stage_run(name, tally) for name, tally in self._stages.items()),
            slowest=tuple(sorted(self._slow, key=lambda slow: -slow.seconds)),
            tools=dict(sorted(self._tools.items())),
            outputs=dict(files),
        )

    def _say(self, event: Happening, stage: str, **told: Any) -> None:
        done = self._pass.made + self._pass.reused
        self._tell(Progress(event=event, case=self._case, stage=stage, done=done, total=self._total, **told))

    def _cpu(self, pool: Pool) -> float:
        """Of a driver with several cases only the thread of this one counts, and its tasks wherever they ran."""
        inline = isinstance(pool, Inline)
        if threading.current_thread() is not threading.main_thread():
            return time.thread_time() - self._thread + (self._whole.engine if inline else self._whole.cpu)
        return cpu_seconds() if inline else max(cpu_seconds(), own_seconds() + self._whole.cpu)


def _told(cost: Cost | _Tally) -> dict[str, Any]:
    return {"seconds": round(cost.seconds, 3), "cpu": round(cost.cpu, 3), "memory": cost.memory}


def _stage_run(name: str, tally: _Tally) -> StageRun:
    return StageRun(
        stage=name,
        made=tally.made,
        reused=tally.reused,
        why=dict(sorted(tally.why.items())),
        elapsed=round(tally.elapsed, 3),
        seconds=round(tally.seconds, 3),
        cpu=round(tally.cpu, 3),
        engine=round(tally.engine, 3),
        memory=tally.memory,
    )
