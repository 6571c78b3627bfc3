"""Cases side by side: the trouble of one stops no other, a giant starves none, and all can be stopped."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import wait
from pathlib import Path

import pytest
import tiny_stages
from cases import EPOCH, FILES, at_the_gate, fill, published
from processes import until

from pipeline.batch import CaseRun, Cases, Listen
from pipeline.contract import Settings
from pipeline.errors import Exit, UsageError
from pipeline.ledger import audit
from pipeline.model import Case
from pipeline.pools import Pool, opened
from pipeline.run import Built, build, clock_from

CLOCK = clock_from({"SOURCE_DATE_EPOCH": EPOCH})


def tiny(case: Path, pool: Pool, listen: Listen) -> Built:
    if case.name == "wrong":
        raise UsageError("not-a-case", case=case)
    if case.name == "bug":
        raise KeyError("a bug")
    return build(case, Case(title="初晴"), tiny_stages.ORDER, Settings(), pool=pool, clock=CLOCK, progress=listen)


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with opened(2, apart=True) as processes:
        yield processes


def came(pool: Pool, *folders: Path) -> dict[str, CaseRun]:
    cases = Cases(pool, tiny)
    return {future.result().case.name: future.result() for future in [cases.start(folder) for folder in folders]}


def test_the_trouble_of_one_stops_no_other(pool: Pool, tmp_path: Path) -> None:
    good = [fill(tmp_path / name, FILES) for name in ("a", "b")]
    partly = fill(tmp_path / "partly", {**FILES, "c.txt": "die"})
    runs = came(pool, good[0], tmp_path / "wrong", tmp_path / "bug", partly, good[1], tmp_path / "nowhere")
    assert {name: run.exit for name, run in runs.items()} == {
        "a": Exit.COMPLETE,
        "wrong": Exit.USAGE,
        "bug": Exit.BUG,
        "partly": Exit.UNREAD,
        "b": Exit.COMPLETE,
        "nowhere": Exit.USAGE,
    }
    assert published(good[0]) == published(good[1]) | {"manifest.json": published(good[0])["manifest.json"]} | {
        "SHA256SUMS": published(good[0])["SHA256SUMS"]
    }
    assert runs["bug"].bug == "KeyError: 'a bug'"
    assert runs["wrong"].why("zh-CN") is not None
    assert runs["a"].why("zh-CN") is None
    assert runs["a"].cpu > 0
    assert runs["a"].memory > 0


def test_side_by_side_gives_the_same_bytes_as_alone(pool: Pool, tmp_path: Path) -> None:
    folders = [fill(tmp_path / str(number) / "case", FILES) for number in range(3)]
    alone = fill(tmp_path / "alone" / "case", FILES)
    tiny(alone, pool, lambda _: None)
    cases = Cases(pool, tiny)
    wait([cases.start(folder) for folder in folders])
    assert [published(folder) for folder in folders] == [published(alone)] * 3


def test_a_giant_starves_no_small_one(pool: Pool, tmp_path: Path) -> None:
    """The giant comes first and has many times the work; every small one ends before it."""
    giant = fill(tmp_path / "giant", {f"{number}.txt": f"{number}\n" * 200 for number in range(150)})
    small = [fill(tmp_path / f"small {number}", FILES) for number in range(6)]
    ended: list[str] = []
    cases = Cases(pool, tiny)
    futures = [cases.start(folder) for folder in [giant, *small]]
    for future in futures:
        future.add_done_callback(lambda done: ended.append(done.result().case.name))
    wait(futures)
    assert ended[-1] == "giant"
    assert len(ended) == 7


def test_no_more_cases_are_open_than_there_is_room_for(pool: Pool, tmp_path: Path) -> None:
    open_now, most, lock, both = set(), [0], threading.Lock(), threading.Barrier(2)

    def watched(case: Path, lane: Pool, listen: Listen) -> Built:
        with lock:
            open_now.add(case)
            most[0] = max(most[0], len(open_now))
        try:
            both.wait(120)
            return tiny(case, lane, listen)
        finally:
            with lock:
                open_now.discard(case)

    cases = Cases(pool, watched, at_once=2)
    runs = wait([cases.start(fill(tmp_path / str(number), FILES)) for number in range(6)]).done
    assert {run.result().exit for run in runs} == {Exit.COMPLETE}
    assert most[0] == 2


def test_stopped_they_are_interrupted_and_another_run_goes_on(tmp_path: Path) -> None:
    slow = fill(tmp_path / "slow", {**FILES, "a.txt": "gate", "b.txt": "gate b"})
    waiting = [fill(tmp_path / str(number), FILES) for number in range(3)]
    with opened(2, apart=True) as pool:
        cases = Cases(pool, tiny, at_once=1)
        futures = [cases.start(folder) for folder in [slow, *waiting]]
        until(lambda: len(at_the_gate(slow)) == 2)
        cases.stop()
        assert [future.result().exit for future in futures] == [Exit.INTERRUPTED] * 4
        assert cases.start(waiting[0]).result().exit == Exit.INTERRUPTED
    assert futures[0].result().why("en") is not None
    (slow / "open").touch()
    with opened(2, apart=True) as pool:
        assert {run.exit for run in came(pool, slow, *waiting).values()} == {Exit.COMPLETE}
    assert audit(slow / "ledger.jsonl") == []


def test_two_of_one_case_are_told_that_it_is_busy(pool: Pool, tmp_path: Path) -> None:
    folder, cases = fill(tmp_path / "case", {**FILES, "a.txt": "gate"}), Cases(pool, tiny)
    first = cases.start(folder)
    until(lambda: at_the_gate(folder))
    assert cases.start(folder).result().exit == Exit.BUSY
    (folder / "open").touch()
    assert first.result().exit == Exit.COMPLETE
