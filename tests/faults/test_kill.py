"""Killed at any moment and run again: the same bytes, the same labels, a sound ledger."""

from __future__ import annotations

import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from cases import FILES, PACKED, at_the_gate, fill, finish, kill_after, killed_in_turn, labels, make, published, start
from processes import alive, hearing, until

from pipeline.ledger import audit

KILLS = 28
ROUNDS = 4


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    folder = fill(tmp_path_factory.mktemp("undisturbed") / "case", PACKED)
    begin = time.monotonic()
    assert finish(start(folder)) == (0, "", "")
    return folder, time.monotonic() - begin


def kill_often(folder: Path, seed: int, duration: float) -> None:
    """Kill builds of one case at random moments; one that was done before its moment makes the next come sooner."""
    chance, killed = random.Random(seed), 0
    while killed < ROUNDS:
        if kill_after(start(folder), chance.uniform(0.2, 1.0) * duration):
            killed += 1
        else:
            duration *= 0.9


@pytest.mark.kill
def test_killed_at_any_moment_and_run_again(undisturbed: tuple[Path, float], tmp_path: Path) -> None:
    whole, duration = undisturbed
    seeds = range(KILLS // ROUNDS)
    folders = [fill(tmp_path / str(seed) / "case", PACKED) for seed in seeds]
    with ThreadPoolExecutor(2) as side_by_side:
        list(side_by_side.map(lambda folder, seed: kill_often(folder, seed, duration), folders, seeds))
    for folder in folders:
        make(folder)
        assert_as_undisturbed(folder, whole)


@pytest.mark.kill
def test_killed_before_each_thing_it_does_to_the_disk(undisturbed: tuple[Path, float], tmp_path: Path) -> None:
    """Each on the case that the kill before it left behind, until a build gets through, and each on a fresh one."""
    whole, _ = undisturbed
    worn = fill(tmp_path / "worn" / "case", PACKED)
    steps = range(3, 100, 8)
    folders = [fill(tmp_path / str(step) / "case", PACKED) for step in steps]
    with ThreadPoolExecutor(2) as side_by_side:
        through = side_by_side.submit(killed_in_turn, *((worn, step) for step in range(1, 1000, 5)))
        killed = side_by_side.submit(killed_in_turn, *zip(folders, steps, strict=True))
        *before, last = through.result()
        assert (set(before), len(before) > 4, last) == ({-signal.SIGKILL}, True, 0)
        assert killed.result() == [-signal.SIGKILL] * len(folders)
    for folder in [worn, *folders]:
        make(folder)
        assert_as_undisturbed(folder, whole)


def assert_as_undisturbed(folder: Path, whole: Path) -> None:
    assert published(folder) == published(whole)
    assert labels(folder) == labels(whole)
    assert audit(folder / "ledger.jsonl") == []
    assert not list(folder.glob("originals/.*"))
    assert not list(folder.glob("work/*/**/.*.part"))


@pytest.mark.kill
def test_a_killed_driver_takes_its_workers_with_it(tmp_path: Path) -> None:
    folder = fill(tmp_path / "case", {"a.txt": "gate", "b.txt": "gate b"})
    process = start(folder, jobs=2)
    workers = at_work(folder)
    process.kill()
    process.communicate()
    assert until(lambda: not any(map(alive, workers)))


@pytest.mark.kill
def test_an_interrupt_stops_cleanly_and_the_next_build_goes_on(tmp_path: Path) -> None:
    folder = fill(tmp_path / "case", {**FILES, "a.txt": "gate", "b.txt": "gate b"})
    process = start(folder, jobs=2, preexec_fn=hearing)
    workers = at_work(folder)
    process.send_signal(signal.SIGINT)
    code, out, errors = finish(process)
    assert (code, out, errors) == (130, "", "")
    assert not any(alive(pid) for pid in workers)
    (folder / "open").touch()
    assert finish(start(folder)) == (0, "", "")


def at_work(case: Path) -> list[int]:
    """Both workers, once they stand at the gate."""
    return until(lambda: pids if len(pids := at_the_gate(case)) == 2 else None)
