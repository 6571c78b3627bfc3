"""An arrival is taken in apart from the scan: however large it is, the others go on, and it can be stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

import pytest
from cases import zipped

from pipeline.pools import Stopped
from pipeline.watch.lanes import LARGE, Lanes
from pipeline.watch.meter import Meter, size
from pipeline.watch.names import PAGE, names_in
from tests.watch.drops import Drop, T, at_once, put


class Held:
    """Large things are begun when they are released."""

    def __init__(self) -> None:
        self.held: list[Callable[[], None]] = []

    def __call__(self, size: int, do: Callable[[], T], /) -> Future[T]:
        if size < LARGE:
            return at_once(size, do)
        future: Future[T] = Future()

        def begin() -> None:
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(do())
                except BaseException as error:
                    future.set_exception(error)

        self.held.append(begin)
        return future

    def release(self) -> None:
        while self.held:
            self.held.pop()()


@pytest.fixture
def drop(tmp_path: Path) -> Drop:
    return Drop(tmp_path / "收件箱")


def giant(folder: Path) -> Path:
    """A case with a large file, which takes no room on the disk."""
    put(folder, {"a.txt": "1"})
    with (folder / "监控.mp4.txt").open("wb") as file:
        file.truncate(LARGE)
    return folder


def claims(drop: Drop) -> list[str]:
    return [path.name for path in (drop.inbox / ".claims").iterdir() if path.is_dir()]


def test_a_large_arrival_holds_up_no_other(drop: Drop) -> None:
    giant(drop.inbox / "大案")
    held = Held()
    watcher = drop.watcher(aside=held)
    for number in range(3):
        drop.put(f"小案{number}", {"a.txt": f"{number}"})
        for _ in range(8):
            watcher.turn()
            drop.clock.wait(2)
    assert drop.exits()["done"] == ["小案0", "小案1", "小案2"]
    page = (drop.inbox / PAGE).read_text("utf-8")
    assert "大案" in page
    assert "已收下，等着读取" in page
    held.release()
    watcher.turn()
    watcher.close()
    assert "大案" in drop.exits()["done"]


@pytest.mark.parametrize("packed", [False, True])
def test_stopped_before_it_was_read_it_is_handed_back(drop: Drop, packed: bool) -> None:
    if packed:
        put(drop.inbox, {"大案.zip": zipped({"case.toml": b"", "a.txt": b"1"}) + bytes(LARGE)})
    else:
        giant(drop.inbox / "大案")
    name = "大案.zip" if packed else "大案"
    drop.watch(30, aside=Held())
    assert drop.told[-1] == "watch-handed-back"
    assert name in names_in(drop.inbox)
    assert claims(drop) == []
    drop.watch(30)
    assert [out.way for out in drop.came] == ["failed" if packed else "done"]


def test_a_zip_that_is_being_unpacked_is_in_hand_under_the_name_of_its_case(drop: Drop) -> None:
    packed = zipped({"店C/case.toml": b"", "店C/a.txt": b"1", "店C/b.txt": bytes(LARGE)})
    put(drop.inbox, {"打包.zip": packed})
    held = Held()
    watcher = drop.watcher(aside=held)
    for _ in range(8):
        watcher.turn()
        drop.clock.wait(2)
    drop.put("店C", {"c.txt": "2"})
    for _ in range(8):
        watcher.turn()
        drop.clock.wait(2)
    assert (drop.inbox / "店C").is_dir()
    assert "同名的案件正在处理" in (drop.inbox / PAGE).read_text("utf-8")
    held.release()
    for _ in range(8):
        watcher.turn()
        drop.clock.wait(2)
    watcher.close()
    assert drop.exits() == {"done": ["店C"], "duplicate": [], "failed": []}
    assert drop.came[-1].added == ("c.txt",)


def test_large_ones_wait_for_large_ones_only() -> None:
    woken, release = threading.Semaphore(0), threading.Event()
    lanes = Lanes(woken.release)
    large = [lanes(LARGE, release.wait) for _ in range(5)]
    assert [lanes(1, lambda number=number: number).result(timeout=30) for number in range(5)] == list(range(5))  # type: ignore[misc]
    assert not any(future.done() for future in large)
    assert large[-1].cancel()
    release.set()
    assert all(future.result(timeout=30) for future in large[:-1])
    assert all(woken.acquire(timeout=30) for _ in range(10))


def test_what_is_raised_apart_is_in_the_future() -> None:
    def stopped() -> None:
        raise Stopped

    assert isinstance(Lanes(lambda: None)(1, stopped).exception(timeout=30), Stopped)


def test_a_meter_counts_and_ends_the_reading(tmp_path: Path) -> None:
    meter, file = Meter(), put(tmp_path, {"a.txt": "123"}) / "a.txt"
    meter.begin("watch-page-reads", 3)
    assert meter.digest(file).startswith("sha256:a665a459")
    assert (meter.code, meter.done, meter.total) == ("watch-page-reads", 3, 3)
    meter.stop()
    with pytest.raises(Stopped):
        meter.digest(file)


def test_sizes_as_people_read_them() -> None:
    assert [size(count) for count in (0, 650_000, 13_000_000, 3 << 30)] == ["0 KB", "635 KB", "12.4 MB", "3.00 GB"]
