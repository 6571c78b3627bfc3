"""Many machines: what a task costs beyond its work, what use is made of workers, how much one driver can plan."""

from __future__ import annotations

import logging
import pickle
import random
import shutil
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future, wait
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.batch import CHAT, ORDERS
from benchmarks.screenshots import draw
from pipeline.away import Parcel, Refused, Returned
from pipeline.batch import Cases
from pipeline.cluster import Cluster
from pipeline.contract import Inputs, Made, Settings
from pipeline.execute import Outcome, Task, drain
from pipeline.model import Case, Exhibit, Receipt, Value
from pipeline.pools import Inline, Pool
from pipeline.run import Built, build, clock_from
from pipeline.store import Originals, Store
from pipeline.usage import NO_COST
from stages import ORDER

__all__ = ["table"]

WIDTHS = (1, 2, 4)
TASKS = 200
"""Tasks to measure the overhead of one with."""

PAYLOAD = 300_000
"""Bytes that travel with each of them, as many as a screenshot has."""

WORK = 0.5
"""Seconds that a task of the efficiency runs takes. It waits: no machine at hand has a processor for each worker."""

EACH = 24
"""Such tasks a worker."""

CASES = 10_000
WAVE = 100
"""So many cases lie on the disk at a time."""

PICTURES = 6
CLOCK = clock_from({"SOURCE_DATE_EPOCH": "1773711012"})


class Pause(Value, frozen=True, kw_only=True):
    """What a task of these runs is told, and what it answers."""

    seconds: float


def pause(inputs: Inputs, params: Pause) -> Made:
    """Open the exhibit, and wait instead of working."""
    assert inputs.data()
    time.sleep(params.seconds)
    return Made(document=params)


def table(cases: int = CASES) -> Iterator[str]:
    """The table, line by line. Half an hour, nearly all of it for the planned cases."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        yield from _tasks(root)
        per_case = yield from _case(root)
        yield from _planned(root, cases, per_case)


def _tasks(root: Path) -> Iterator[str]:
    exhibits = _exhibits(root)
    for width in WIDTHS:
        with _workers(width) as address, _opened(Cluster(address)) as pool:
            _run(pool, _many(root, exhibits, 4 * width, 0.0))  # workers start their processes
            if width == 1:
                yield from _overhead(pool, root, exhibits)
            count = EACH * width
            wall, _ = _run(pool, _many(root, exhibits, count, WORK))
            used = count * WORK / width / wall
            yield _line(f"efficiency, {width} workers, tasks of {WORK} s", f"{used:.2f}")


def _overhead(pool: Pool, root: Path, exhibits: list[Exhibit]) -> Iterator[str]:
    inline, _ = _run(Inline(), _many(root, exhibits, TASKS, 0.0))
    wall, cpu = _run(pool, _many(root, exhibits, TASKS, 0.0))
    yield _line("a task on one machine, nothing to do", f"{1000 * inline / TASKS:.1f} ms")
    yield _line("a task through one worker, nothing to do", f"{1000 * wall / TASKS:.1f} ms")
    yield _line("overhead of a task, by the clock", f"{1000 * (wall - inline) / TASKS:.1f} ms")
    yield _line("CPU of driver and scheduler a task", f"{1000 * cpu / TASKS:.1f} ms")


def _case(root: Path) -> Iterator[str]:
    """A case of screenshots, a chat and a table through two workers: what it costs and what travels. Gives its CPU."""
    folder = root / "case"
    draw(folder / "inbox", PICTURES)
    _records(folder)
    with _workers(2) as address, _opened(Weighed(address)) as pool:
        started, before = time.monotonic(), time.process_time()
        built = _build(folder, pool)
        wall, driver = time.monotonic() - started, time.process_time() - before
    pictures = [pool.weights.get(stage, (0, 0, 0)) for stage in ("ingest", "exif", "ocr", "again", "screens")]
    yield _line(f"a case of {PICTURES} screenshots, chat and table, two workers", f"{wall:.1f} s")
    yield _line("its tasks", str(sum(built.made.values())))
    yield _line("its CPU: workers, driver and scheduler", f"{built.cost.cpu:.1f} s, {driver:.2f} s")
    yield _line("its bytes: to workers, back", _sizes(pool.weights.values()))
    yield _line("bytes of stages that read single files: to workers, back", _sizes(pictures))
    for stage, (count, sent, back) in pool.weights.items():
        yield _line(f"  {stage}, {count} tasks: to workers, back", _sizes([(count, sent, back)]))
    return built.cost.cpu  # type: ignore[return-value]


def _planned(root: Path, count: int, work: float) -> Iterator[str]:
    """Cases whose tasks are done the moment they are submitted: what is left is the driver."""
    pool = Instant()
    _build(_records(root / "model" / "case"), pool)  # keys hold the name of the folder: all are named alike
    wall = cpu = 0.0
    for first in range(0, count, WAVE):
        folders = [_records(root / "many" / str(number) / "case") for number in range(first, min(count, first + WAVE))]
        cases = Cases(pool, lambda folder, lane, _: _build(folder, lane), at_once=2)
        started, before = time.monotonic(), time.process_time()
        runs = wait([cases.start(folder) for folder in folders]).done
        wall, cpu = wall + time.monotonic() - started, cpu + time.process_time() - before
        assert all(run.result().error is None and run.result().bug is None for run in runs)
        shutil.rmtree(root / "many")
    yield _line(f"plan of {count} cases, tasks that take no time: a case", f"{1000 * wall / count:.0f} ms")
    yield _line("cases that a driver plans, per second", f"{count / wall:.1f}")
    yield _line("CPU of the driver a case", f"{1000 * cpu / count:.0f} ms")
    yield _line("tasks done, and how many of them anew", f"{pool.asked}, {pool.done}")
    yield _line("processors that such cases as above keep busy for one driver", f"{work * count / wall:.0f}")


class Weighed(Cluster):
    """A cluster that books what travels: by stage, how many tasks, bytes out and bytes back."""

    def __init__(self, address: str) -> None:
        self.weights: dict[str, tuple[int, int, int]] = {}
        super().__init__(address)

    def _parcel(self, call: Any) -> Parcel:
        parcel = super()._parcel(call)
        self._book(call, 1, len(pickle.dumps(parcel)), 0)
        return parcel

    def _take(self, call: Any, came: Returned | Refused, worker: str) -> None:
        self._book(call, 0, 0, len(pickle.dumps(came)))
        super()._take(call, came, worker)

    def _book(self, call: Any, *more: int) -> None:
        had = self.weights.get(call.task.stage, (0, 0, 0))
        self.weights[call.task.stage] = tuple(map(sum, zip(had, more, strict=True)))  # type: ignore[assignment]


class Instant(Pool):
    """Does each task once, and knows what came of it when it comes again, of another case with the same bytes."""

    width = 2

    def __init__(self) -> None:
        self._known: dict[str, tuple[Outcome, list[bytes]]] = {}
        self.asked = self.done = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """The result, kept in the case as a cluster keeps what comes back."""
        del kwargs
        task: Task = args[0]
        store = Store(task.case / "work")
        self.asked += 1
        if task.key not in self._known:
            self.done += 1
            self._known[task.key] = _learnt(fn(task), store)
        outcome, blobs = self._known[task.key]
        for data in blobs:
            store.put(data)
        future: Future[Any] = Future()
        future.set_result(outcome)
        return future

    def stop(self) -> None:
        """Nothing runs between two calls."""


def _learnt(outcome: Outcome, store: Store) -> tuple[Outcome, list[bytes]]:
    record = outcome.record
    assert record is not None
    named = [*record.files.values(), *([record.document] if record.document else [])]
    return replace(outcome, cost=NO_COST), [store.path(digest).read_bytes() for digest in named]


def _records(folder: Path) -> Path:
    (folder / "inbox").mkdir(parents=True, exist_ok=True)
    (folder / "inbox" / "chat.txt").write_text(CHAT, "utf-8")
    (folder / "inbox" / "orders.csv").write_text(ORDERS, "utf-8")
    return folder


def _build(folder: Path, pool: Pool) -> Built:
    return build(folder, Case(), ORDER, Settings(ocr="tesseract"), pool=pool, clock=CLOCK)


def _exhibits(root: Path) -> list[Exhibit]:
    """Exhibits of as many bytes as a screenshot, which do not compress."""
    originals = Originals(root / "tasks" / "originals")
    originals.folder.mkdir(parents=True)
    noise = random.Random(1).randbytes(PAYLOAD)
    found = []
    for number in range(max(TASKS, EACH * max(WIDTHS))):
        data = str(number).encode() + noise
        receipt = Receipt(name=f"{number}.bin", received="2026-03-17T00:00:00Z")
        found.append(Exhibit(label=str(number + 1), digest=originals.put(data), bytes=len(data), receipts=(receipt,)))
    return found


def _many(root: Path, exhibits: list[Exhibit], count: int, seconds: float) -> list[Task]:
    return [
        Task(
            key=f"{number:064x}",
            stage="pause",
            run=pause,
            params=Pause(seconds=seconds),
            case=root / "tasks",
            name=exhibit.name,
            exhibit=exhibit,
        )
        for number, exhibit in enumerate(exhibits[:count])
    ]


def _run(pool: Pool, tasks: list[Task]) -> tuple[float, float]:
    """Seconds by the clock and of this process's CPU that some tasks take."""
    started, before = time.monotonic(), time.process_time()
    for _, outcome in drain(pool, tasks):
        assert outcome.record is not None, outcome
        assert outcome.record.document is not None, outcome
    return time.monotonic() - started, time.process_time() - before


@contextmanager
def _workers(count: int) -> Iterator[str]:
    """A scheduler in this process, and worker processes of one thread."""
    from distributed import LocalCluster

    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with LocalCluster(n_workers=count, threads_per_worker=1, processes=True, dashboard_address=None) as local:
            yield str(local.scheduler_address)


@contextmanager
def _opened(pool: Any) -> Iterator[Any]:
    try:
        yield pool
    finally:
        pool.shutdown()


def _sizes(weights: Any) -> str:
    sent, back = (sum(column) for column in list(zip(*weights, strict=True))[1:])
    return f"{sent / 1000:.0f} kB, {back / 1000:.0f} kB"


def _line(what: str, value: str) -> str:
    return f"{what:<64}  {value:>17}"
