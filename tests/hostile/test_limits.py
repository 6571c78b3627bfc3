"""What a task may take, really taken: in this process, in a worker, and in what a worker starts."""

from __future__ import annotations

import os
import resource
import socket
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli.common import LEAST, limits_of
from pipeline.contract import Inputs, Made
from pipeline.errors import UsageError
from pipeline.execute import Outcome, Task, drain, perform
from pipeline.limits import LIMITS, Limits, TimeUp, bounded
from pipeline.model import Reading, decode
from pipeline.pools import Pool, opened
from pipeline.store import Store
from pipeline.usage import Meter
from tests.hostile import greedy

MEMORY = 1 << 30


def task(folder: Path, run: Callable[[Inputs, Any], Made]) -> Task:
    limits = Limits(seconds=60, memory=MEMORY)
    return Task(
        key=run.__name__, stage="greedy", run=run, params=greedy.Nothing(), case=folder, name="a.txt", limits=limits
    )


def text(folder: Path, outcome: Outcome) -> str:
    """What the stage said, or the code of its failure."""
    assert outcome.record is not None
    if outcome.record.failure:
        assert outcome.record.transient
        return outcome.record.failure.code
    assert outcome.record.document is not None
    return decode(Store(folder / "work").get(outcome.record.document), Reading).records[0].text


@pytest.fixture(scope="module")
def worker() -> Iterator[Pool]:
    with opened(1, apart=True) as pool:
        yield pool


@pytest.mark.parametrize("run", greedy.GREEDY, ids=lambda run: run.__name__)
def test_here_too_much_memory_is_one_failure(tmp_path: Path, run: Callable[[Inputs, Any], Made]) -> None:
    before, held = resource.getrlimit(resource.RLIMIT_DATA), Meter().cost().memory
    outcome = perform(task(tmp_path, run))
    assert text(tmp_path, outcome) == "out-of-memory"
    assert outcome.cost.memory < max(MEMORY, held + (64 << 20)), "what other tests left in this process is not its own"
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


def test_a_worker_outlives_what_asks_for_too_much(tmp_path: Path, worker: Pool) -> None:
    pid = worker.submit(os.getpid).result()
    tasks = [task(tmp_path, run) for run in (*greedy.GREEDY, greedy.modest)]
    said = {done.key: text(tmp_path, outcome) for done, outcome in drain(worker, tasks)}
    assert said.pop("modest") == str(pid)
    assert set(said.values()) == {"out-of-memory"}
    assert len(said) == len(greedy.GREEDY)


def test_what_a_task_starts_has_the_same_limit(tmp_path: Path, worker: Pool) -> None:
    outcomes = [outcome for _, outcome in drain(worker, [task(tmp_path, greedy.in_a_child)])]
    assert [text(tmp_path, outcome) for outcome in outcomes] == ["MemoryError"]


def test_a_worker_leaves_no_core_dump(worker: Pool) -> None:
    assert worker.submit(resource.getrlimit, resource.RLIMIT_CORE).result() == (0, 0)


def test_a_library_in_a_worker_warns_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    with opened(1, apart=True) as pool:
        pool.submit(warnings.warn, "Truncated File Read").result()
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("call", [socket.create_connection, socket.getaddrinfo])
def test_a_worker_reaches_no_other_machine(worker: Pool, call: Callable[..., Any]) -> None:
    arguments = (("127.0.0.1", 9),) if call is socket.create_connection else ("example.invalid", 80)
    with pytest.raises(PermissionError):
        worker.submit(call, *arguments).result()


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_deadline_that_a_destructor_swallowed_is_told_again() -> None:
    class Deaf:
        def __del__(self) -> None:
            spin()

    def spin() -> None:
        while True:
            sum(range(1000))

    def deaf_then_spinning() -> None:
        Deaf()
        spin()

    with pytest.raises(TimeUp), bounded(Limits(seconds=0.2)):
        deaf_then_spinning()


def test_the_limit_is_set_by_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DOSSIER_MEMORY", raising=False)
    assert limits_of() == LIMITS
    monkeypatch.setenv("DOSSIER_MEMORY", "2048")
    assert limits_of() == Limits(seconds=LIMITS.seconds, memory=2 << 30)


@pytest.mark.parametrize("value", ["x", "-1", "1.5", "0", "²", str(LEAST - 1)])
def test_a_limit_that_is_none_is_said_to_be(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("DOSSIER_MEMORY", value)
    with pytest.raises(UsageError, match="DOSSIER_MEMORY"):
        limits_of()
