"""A store that is deleted or corrupted, a disk that is full, rights that are missing, and any order of completion."""

from __future__ import annotations

import random
import resource
import shutil
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
import tiny_stages
from cases import EPOCH, FILES, PACKED, fill, finish, labels, make, published, start
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Settings
from pipeline.ledger import audit
from pipeline.model import Case
from pipeline.pools import Pool
from pipeline.run import build, clock_from

BIG = 200_000


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = fill(tmp_path_factory.mktemp("whole") / "case", PACKED)
    make(folder)
    return folder


@pytest.mark.parametrize("gone", ["work", "work/blobs", "work/keys", "out", "originals"])
def test_a_folder_deleted_in_between_costs_only_work(whole: Path, tmp_path: Path, gone: str) -> None:
    folder = tmp_path / "case"
    shutil.copytree(whole, folder)
    shutil.rmtree(folder / gone)
    make(folder)
    assert published(folder) == published(whole)
    assert labels(folder) == labels(whole)


@settings(max_examples=50, deadline=None)
@given(seed=st.integers(0, 10_000), share=st.floats(0.1, 1.0))
def test_any_corruption_of_the_store_costs_only_work(
    seed: int, share: float, whole: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    chance, folder = random.Random(seed), tmp_path_factory.mktemp("corrupted") / "case"
    shutil.copytree(whole, folder)
    for path in sorted(path for path in (folder / "work").rglob("*") if path.is_file()):
        if chance.random() < share:
            harm(path, chance)
    make(folder)
    assert published(folder) == published(whole)
    assert audit(folder / "ledger.jsonl") == []
    assert sum(make(folder).made.values()) == 0


def harm(path: Path, chance: random.Random) -> None:
    data = bytearray(path.read_bytes())
    way = chance.choice(["gone", "cut", "flip", "zero"]) if data else "gone"
    if way == "gone":
        path.unlink()
        return
    place = chance.randrange(len(data))
    if way == "cut":
        del data[place:]
    elif way == "flip":
        data[place] ^= 1 << chance.randrange(8)
    else:
        data = bytearray(len(data))
    path.write_bytes(bytes(data))


def limited(size: int) -> Callable[[], None]:
    """No file may grow beyond `size` bytes: for who writes, a full disk."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.parametrize("size", [0, 300, 700, 1000, BIG])
def test_a_full_disk_says_so_and_with_space_the_build_goes_on(tmp_path: Path, size: int) -> None:
    files = {**FILES, "long.txt": "x" * 2 * BIG}
    folder, undisturbed = fill(tmp_path / "a" / "case", files), fill(tmp_path / "b" / "case", files)
    assert finish(start(folder, preexec_fn=limited(size))) == (7, "no-space\n", "")
    assert finish(start(folder)) == (0, "", "")
    make(undisturbed)
    assert published(folder) == published(undisturbed)
    assert labels(folder) == labels(undisturbed)
    assert audit(folder / "ledger.jsonl") == []


def test_a_worker_process_on_a_full_disk_says_so_too(tmp_path: Path) -> None:
    files = {f"{number}.txt": f"{number}\n" * 2000 for number in range(4)}
    folder = fill(tmp_path / "case", files)
    assert finish(start(folder, jobs=2, preexec_fn=limited(20_000))) == (7, "no-space\n", "")
    assert finish(start(folder, jobs=2)) == (0, "", "")


class Shuffled(Pool):
    """Finishes what is in flight in an order of chance, from another thread."""

    def __init__(self, seed: int) -> None:
        self.width = 4
        self._chance = random.Random(seed)
        self._waiting: list[tuple[Future[Any], Callable[..., Any], tuple[Any, ...]]] = []
        self._lock = threading.Lock()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        with self._lock:
            self._waiting.append((future, fn, args))
        threading.Timer(0.005, self._finish_one).start()
        return future

    def _finish_one(self) -> None:
        with self._lock:
            future, fn, args = self._waiting.pop(self._chance.randrange(len(self._waiting)))
        future.set_result(fn(*args))


MANY = {**FILES, "a.txt": "raise", "b.txt": "one\n?", "c.txt": "one\n?", "d.txt": "", "e.txt": "two"}


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_any_order_of_completion_gives_the_same_bytes(seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    folders = [fill(tmp_path_factory.mktemp("order") / "case", MANY) for _ in range(2)]
    make(folders[0])
    clock = clock_from({"SOURCE_DATE_EPOCH": EPOCH})
    build(folders[1], Case(title="初晴"), tiny_stages.ORDER, Settings(), pool=Shuffled(seed), clock=clock)
    assert published(folders[1]) == published(folders[0])
    assert labels(folders[1]) == labels(folders[0])
