"""The same dossier by machines that come and go, lie, freeze, fill up, or have another program."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sys
import threading
import time
import types
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import far_stages
import pytest
import tiny_stages
from cases import EPOCH, FILES, PACKED, fill, labels, published
from distributed import Client
from processes import children

from pipeline import cluster as cluster_module
from pipeline.away import Returned
from pipeline.cli.app import run as dossier
from pipeline.cluster import Cluster
from pipeline.contract import Settings, Stage, Tool
from pipeline.errors import MachineLacks
from pipeline.execute import Task, drain
from pipeline.ledger import audit
from pipeline.limits import Limits
from pipeline.model import Case
from pipeline.pools import Inline, Pool
from pipeline.run import Built, build, clock_from
from pipeline.shelf import Shelf, cache_of

CLOCK = clock_from({"SOURCE_DATE_EPOCH": EPOCH})
CHAT = "林小姐 和 阿青 在微信上的聊天记录如下，请查收。\n\n—————  2026-03-12  —————\n\n\n林小姐  10:00\n\n发货了吗\n"


def make(folder: Path, pool: Pool, order: Sequence[Stage] = tiny_stages.ORDER, seconds: float = 600) -> Built:
    limits = Limits(seconds=seconds)
    return build(folder, Case(title="初晴"), order, Settings(), pool=pool, clock=CLOCK, limits=limits)


def twins(tmp_path: Path, files: dict[str, str | bytes]) -> tuple[Path, Path]:
    return fill(tmp_path / "here" / "case", files), fill(tmp_path / "away" / "case", files)


def words(built: Built) -> list[str]:
    return [record.text for item in built.items for read in item.readings for record in read.records]  # type: ignore[union-attr]


def pids(machines: Client) -> dict[str, int]:
    return dict(machines.run(os.getpid))


def until(true: Callable[[], Any], what: str) -> Any:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if found := true():
            return found
        time.sleep(0.05)
    raise AssertionError(what)


def test_the_same_bytes_as_on_one_machine(cluster: Cluster, tmp_path: Path) -> None:
    here, away = twins(tmp_path, PACKED)
    make(here, Inline())
    built = make(away, cluster)
    assert published(away) == published(here)
    assert labels(away) == labels(here)
    assert audit(away / "ledger.jsonl") == []
    assert sum(make(away, cluster).made.values()) == 0
    assert cluster.width == 2
    assert built.cost.cpu > 0


def test_the_same_dossier_by_the_command(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    here, away = twins(tmp_path, {"聊天.txt": CHAT})
    assert dossier(["build", str(here), "--jobs", "1", "--ocr", "none"]) == 0
    assert dossier(["batch", str(away.parent), "--scheduler", address, "--ocr", "none"]) == 0
    assert published(away) == published(here)


def test_what_a_stage_asks_for_besides_is_sent_after_it(cluster: Cluster, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"{number}.txt": f"text {number}" for number in range(3)}
    here, away = twins(tmp_path, files)
    make(here, Inline(), far_stages.BESIDE)
    assert "2.txt: text 2" in words(make(away, cluster, far_stages.BESIDE))[0]
    assert published(away) == published(here)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Path]:
    """A shared store, and no copies of it left behind."""
    yield tmp_path / "store"
    shutil.rmtree(copies_of(tmp_path / "store"), ignore_errors=True)


def copies_of(store: Path) -> Path:
    """Where the workers of this machine keep what they had from a store."""
    return cache_of(Shelf(store.as_uri()))._folder


def test_bytes_go_through_a_shared_store(address: str, tmp_path: Path, store: Path) -> None:
    here, away = twins(tmp_path, {**PACKED, "beside.txt": "x"})
    make(here, Inline(), far_stages.BESIDE)
    pool = Cluster(address, store.as_uri())
    try:
        make(away, pool, far_stages.BESIDE)
        assert published(away) == published(here)
        assert not list(store.rglob("*.part"))
        _harm(store)
        shutil.rmtree(away / "work")
        make(away, pool, far_stages.BESIDE)
    finally:
        pool.shutdown()
    assert published(away) == published(here)


def _harm(store: Path) -> None:
    """Change, cut and remove what lies in the store and in the workers' copies of it."""
    copies = list(copies_of(store).iterdir())
    assert copies
    for number, path in enumerate([*sorted(store.rglob("*")), *sorted(copies)]):
        if path.is_file():
            if number % 2:
                path.unlink()
            else:
                path.write_bytes(b"another")


def test_a_crash_and_a_hang_cost_one_file_each_and_no_worker(
    machines: Client, cluster: Cluster, tmp_path: Path
) -> None:
    before = pids(machines)
    built = make(fill(tmp_path / "case", {**FILES, "a.txt": "die", "b.txt": "hang"}), cluster, seconds=3)
    codes = {item.exhibit.name: [unread.code for unread in item.failed] for item in built.items if item.failed}
    assert codes == {"a.txt": ["task-crashed"], "b.txt": ["task-timed-out"]}
    assert pids(machines) == before


def test_a_killed_worker_costs_nothing(machines: Client, cluster: Cluster, tmp_path: Path) -> None:
    flag = tmp_path / "flag"
    flag.touch()
    files: dict[str, str | bytes] = {**FILES, "a.txt": f"wait\n{flag}", "b.txt": f"wait\n{flag}\n"}
    here, away = twins(tmp_path, files)
    done: list[Built] = []
    building = threading.Thread(target=lambda: done.append(make(away, cluster, far_stages.ONCE)), daemon=True)
    building.start()
    until(lambda: len(list(tmp_path.glob("flag.*"))) == 2, "both wait")
    lost, pid = next(iter(pids(machines).items()))
    os.kill(pid, signal.SIGKILL)
    until(lambda: lost not in machines.nthreads(), "the scheduler notices")
    flag.unlink()
    building.join(120)
    make(here, Inline(), far_stages.ONCE)
    assert published(away) == published(here)
    assert all(item.status == "read" for item in done[0].items)


def test_a_frozen_worker_is_overtaken(machines: Client, address: str, tmp_path: Path) -> None:
    """One of two workers freezes with a task in hand: the other, when it has nothing to do, makes a second copy."""
    flag = tmp_path / "flag"
    flag.touch()
    here, away = twins(tmp_path, {"a.txt": f"wait\n{flag}"})
    pool = Cluster(address, slow=1.0)
    building = threading.Thread(target=make, args=(away, pool, far_stages.ONCE), daemon=True)
    building.start()
    first = int(until(lambda: list(tmp_path.glob("flag.*")), "begun")[0].suffix[1:])
    frozen = next(pid for pid in pids(machines).values() if first in children(pid))
    os.kill(frozen, signal.SIGSTOP)
    try:
        until(lambda: len(list(tmp_path.glob("flag.*"))) > 1, "a second copy")
        flag.unlink()
        building.join(120)
        make(here, Inline(), far_stages.ONCE)
        assert published(away) == published(here)
    finally:
        os.kill(frozen, signal.SIGCONT)
        pool.shutdown()


def test_a_full_worker_refuses_and_another_takes_it(machines: Client, cluster: Cluster, tmp_path: Path) -> None:
    here, away = twins(tmp_path, {f"{number}.txt": f"{number}\n" * 5000 for number in range(4)})
    full = next(iter(pids(machines)))
    machines.run(_fill_up, 1000, workers=[full])
    try:
        make(away, cluster)
    finally:
        machines.run(_fill_up, resource.RLIM_INFINITY, workers=[full])
    make(here, Inline())
    assert published(away) == published(here)


def test_where_all_are_full_it_says_so(machines: Client, cluster: Cluster, tmp_path: Path) -> None:
    machines.run(_fill_up, 100)
    try:
        with pytest.raises(MachineLacks) as caught:
            make(fill(tmp_path / "case", {"a.txt": "x" * 5000}), cluster)
    finally:
        machines.run(_fill_up, resource.RLIM_INFINITY)
    assert caught.value.code == "no-space"
    assert str(caught.value.values["path"]).startswith("tcp://")


def _fill_up(size: int) -> None:
    """No file of this worker may grow beyond `size`: for who writes, a full disk."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def test_what_a_worker_makes_up_is_not_kept(machines: Client, cluster: Cluster, tmp_path: Path) -> None:
    here, away = twins(tmp_path, dict(FILES))
    liar = next(iter(pids(machines)))
    machines.run(_lie, workers=[liar])
    try:
        make(away, cluster)
    finally:
        machines.run(_repent, workers=[liar])
    make(here, Inline())
    assert published(away) == published(here)


def _lie() -> None:
    from pipeline import away

    true = away.perform_away

    def false(parcel: Any, wanted: Any) -> Any:
        came = true(parcel, wanted)
        if not isinstance(came, Returned):
            return came
        return Returned(outcome=came.outcome, blobs=dict.fromkeys(came.blobs, b"made up"))

    away.true, away.perform_away = true, false  # type: ignore[attr-defined]


def _repent() -> None:
    from pipeline import away

    away.perform_away = away.true  # type: ignore[attr-defined]


def test_a_worker_with_another_program_is_of_no_use(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "program", lambda: "9.9+other")
    with pytest.raises(MachineLacks) as caught:
        make(fill(tmp_path / "case", dict(FILES)), cluster)
    assert caught.value.code == "worker-other-program"
    assert caught.value.values["here"] == "9.9+other"
    assert "9.9+other" in caught.value.say("zh-CN")


def test_a_worker_opens_nothing_that_another_program_packed(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker has no module of that name: had it opened the task, it would have failed over it."""
    newer = types.ModuleType("newer_stages")
    exec("def read(inputs, params): ...", newer.__dict__)
    monkeypatch.setitem(sys.modules, "newer_stages", newer)
    monkeypatch.setattr(cluster_module, "program", lambda: "9.9+other")
    task = Task(key="0", stage="read", run=newer.read, params=tiny_stages.Params(), case=tmp_path, name="")
    ((_, outcome),) = drain(cluster, [task])
    assert outcome.error is not None
    assert outcome.error.code == "worker-other-program"


def test_a_worker_with_another_tool_is_of_no_use(cluster: Cluster, tmp_path: Path) -> None:
    """The driver's tool is of another version than the one that the workers find."""
    folder = fill(tmp_path / "case", dict(FILES))
    here = os.getpid()
    order = [_with_tool(stage, here) if stage.name == "read" else stage for stage in tiny_stages.ORDER]
    with pytest.raises(MachineLacks) as caught:
        make(folder, cluster, order)
    assert caught.value.code == "worker-other-tool"
    assert caught.value.values["tool"] == "tongue"


def _with_tool(stage: Stage, here: int) -> Stage:
    from dataclasses import replace
    from functools import partial

    return replace(stage, tools=partial(tool_of_process, here))


def tool_of_process(here: int, params: Any) -> tuple[Tool, ...]:
    del params
    return (Tool(name="tongue", version="here" if os.getpid() == here else "there"),)


def test_stopped_the_workers_end_what_they_do(machines: Client, address: str, tmp_path: Path) -> None:
    flag = tmp_path / "flag"
    flag.touch()
    folder = fill(tmp_path / "case", {"a.txt": f"wait\n{flag}"})
    pool = Cluster(address)
    ended: list[BaseException] = []

    def building() -> None:
        try:
            make(folder, pool, far_stages.ONCE)
        except BaseException as error:
            ended.append(error)

    thread = threading.Thread(target=building, daemon=True)
    thread.start()
    (held,) = until(lambda: list(tmp_path.glob("flag.*")), "begun")
    pool.stop()
    thread.join(120)
    assert len(ended) == 1
    until(lambda: not Path(f"/proc/{held.suffix[1:]}/exe").exists(), "its process ends")
    until(lambda: not any(machines.processing().values()), "its worker is free")
    pool.shutdown()


def test_no_scheduler_and_no_dask_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = fill(tmp_path / "case", {"聊天.txt": CHAT})
    monkeypatch.setattr(cluster_module, "ANSWER", 0.5)
    for wrong in ("tcp://127.0.0.1:1", "nonsense"):
        assert dossier(["build", str(folder), "--scheduler", wrong]) == 7
        assert wrong in capsys.readouterr().err
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    assert dossier(["build", str(folder), "--scheduler", "tcp://127.0.0.1:1"]) == 7
    assert "dossier-evidence[dask]" in capsys.readouterr().err


def test_only_tasks_travel(cluster: Cluster) -> None:
    with pytest.raises(TypeError):
        cluster.submit(int, "7")
