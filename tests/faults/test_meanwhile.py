"""What others do to a case while it is built: they kill a worker, take rights away, remove its work, build it too."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cases import PACKED, at_the_gate, fill, finish, labels, published, start
from processes import held_to_modes, until

from pipeline.ledger import audit

FILES = {**PACKED, "gate.txt": "gate"}
Process = subprocess.Popen[bytes]
Begin = Callable[..., Process]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The case, built without any trouble."""
    folder = fill(tmp_path_factory.mktemp("whole") / "case", FILES)
    (folder / "open").touch()
    assert finish(start(folder)) == (0, "", "")
    return folder


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return fill(tmp_path / "case", FILES)


@pytest.fixture
def begin(case: Path) -> Iterator[Callable[..., Process]]:
    """Begins a build of the case; none outlives its test."""
    begun: list[Process] = []

    def begin(**options: Any) -> Process:
        begun.append(start(case, **options))
        return begun[-1]

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


def came(case: Path, *before: int) -> int:
    """Who has come to the gate."""
    return until(lambda: next((pid for pid in at_the_gate(case) if pid not in before), None))


def remove(folder: Path) -> None:
    """Whoever works in it may put something back meanwhile."""
    shutil.rmtree(folder, ignore_errors=True)


def go_on(case: Path, process: Process) -> tuple[int, str, str]:
    (case / "open").touch()
    return finish(process)


def assert_as(case: Path, whole: Path) -> None:
    assert published(case) == published(whole)
    assert labels(case) == labels(whole)
    assert audit(case / "ledger.jsonl") == []


def test_a_killed_worker_s_task_is_done_by_another(case: Path, begin: Begin, whole: Path) -> None:
    process = begin(jobs=2)
    first = came(case)
    assert first != process.pid
    os.kill(first, signal.SIGKILL)
    assert came(case, first) != first
    assert go_on(case, process) == (0, "", "")
    assert_as(case, whole)


@pytest.mark.parametrize(("closed", "jobs"), [("ledger.jsonl", 1), ("work/blobs", 2), ("work/keys", 1), (".", 2)])
def test_rights_taken_away_in_the_middle_are_told_and_given_back_it_goes_on(
    case: Path, begin: Begin, whole: Path, closed: str, jobs: int
) -> None:
    gate = case.parent / "gate"
    (case / "open").symlink_to(gate)
    process = begin(jobs=jobs, preexec_fn=held_to_modes)
    came(case)
    mode = (case / closed).stat().st_mode
    (case / closed).chmod(0o500 if closed == "." else 0)
    gate.touch()
    code, said, errors = finish(process)
    (case / closed).chmod(mode)
    assert (code, errors) == (7, "")
    assert said in {"no-rights\n", "no-rights-read\n"}
    assert finish(start(case, preexec_fn=held_to_modes)) == (0, "", "")
    assert_as(case, whole)


@pytest.mark.parametrize(
    ("gone", "jobs"),
    [("work", 1), ("work", 2), ("work/blobs", 1), ("work/keys", 2), ("work/scratch", 1), ("originals", 2)],
)
def test_a_folder_removed_in_the_middle_harms_nothing(
    case: Path, begin: Begin, whole: Path, gone: str, jobs: int
) -> None:
    process = begin(jobs=jobs)
    came(case)
    remove(case / gone)
    code, said, errors = go_on(case, process)
    assert errors == ""
    assert (code, said) in {(0, ""), (75, "case-disturbed\n")}
    assert finish(start(case)) == (0, "", "")
    assert_as(case, whole)


def test_a_ledger_removed_in_the_middle_is_not_begun_anew(case: Path, begin: Begin) -> None:
    process = begin()
    came(case)
    kept = (case / "ledger.jsonl").rename(case.parent / "kept")
    assert go_on(case, process) == (5, "ledger-lost\n", "")
    assert not (case / "ledger.jsonl").exists()
    kept.rename(case / "ledger.jsonl")
    assert finish(start(case)) == (0, "", "")


def test_of_two_builds_at_once_one_is_busy(case: Path, begin: Begin, whole: Path) -> None:
    process = begin()
    came(case)
    before = (case / "ledger.jsonl").read_bytes()
    assert finish(start(case)) == (75, "case-busy\n", "")
    assert (case / "ledger.jsonl").read_bytes() == before
    assert go_on(case, process) == (0, "", "")
    assert_as(case, whole)


def test_the_lock_of_a_killed_build_is_free(case: Path, begin: Begin, whole: Path) -> None:
    process = begin()
    came(case)
    process.kill()
    process.communicate()
    assert (case / "work" / "lock").exists()
    (case / "open").touch()
    assert finish(start(case)) == (0, "", "")
    assert_as(case, whole)


def test_two_builds_that_take_the_lock_from_each_other_keep_the_ledger_whole(
    case: Path, begin: Begin, whole: Path
) -> None:
    """Who removes work/ removes the lock in it: then a second build can begin beside the first."""
    first = begin()
    waiting = came(case)
    remove(case / "work")
    second = begin()
    came(case, waiting)
    (case / "open").touch()
    ends = [finish(first), finish(second)]
    assert {errors for _, _, errors in ends} == {""}
    assert {code for code, _, _ in ends} <= {0, 75}
    assert audit(case / "ledger.jsonl") == []
    assert finish(start(case)) == (0, "", "")
    assert_as(case, whole)
