from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
import tiny_stages

from pipeline.contract import Inputs, Made
from pipeline.errors import MachineLacks
from pipeline.execute import Outcome, Ref, Task, bytes_of, drain, perform
from pipeline.limits import Limits
from pipeline.model import Balance, Exhibit, Ingested, Reading, Receipt, decode, digest_of
from pipeline.pools import Inline, Pool, opened
from pipeline.store import Missing, Originals, Store


class Desk:
    """A case folder to make tasks in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.store = Store(folder / "work")

    def task(self, text: str, run: Callable[[Inputs, Any], Made] = tiny_stages.read, limit: float = 30) -> Task:
        source = self.folder / "source"
        source.write_text(text)
        digest, size = Originals(self.folder / "originals").keep(source)
        receipts = (Receipt(name=f"{text}.txt", received=""),)
        exhibit = Exhibit(label="", digest=digest, bytes=size, receipts=receipts)
        key = hashlib.sha256(text.encode()).hexdigest()
        return Task(
            key=key,
            stage="read",
            run=run,
            params=tiny_stages.Params(),
            case=self.folder,
            name=f"{text}.txt",
            limits=Limits(seconds=limit),
            exhibit=exhibit,
        )

    def text(self, outcome: Outcome) -> str:
        assert outcome.record is not None
        assert outcome.record.document is not None
        reading = decode(Store(self.folder / "work").get(outcome.record.document), Reading)
        return "\n".join(record.text for record in reading.records)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture(scope="module")
def processes() -> Iterator[Pool]:
    with opened(2) as pool:
        yield pool


def codes(outcomes: dict[str, Outcome]) -> dict[str, str | None]:
    """What came of each task: the code of its failure, or none."""
    return {
        name: outcome.record.failure.code if outcome.record and outcome.record.failure else None
        for name, outcome in outcomes.items()
    }


def drained(pool: Pool, tasks: list[Task]) -> dict[str, Outcome]:
    return {task.name.removesuffix(".txt"): outcome for task, outcome in drain(pool, tasks)}


def test_a_task_keeps_what_it_made_in_the_store(desk: Desk) -> None:
    task = desk.task("one\ntwo")
    outcome = perform(task)
    assert outcome.key == task.key
    assert desk.text(outcome) == "one\ntwo"
    assert outcome.record is not None
    assert not outcome.record.transient
    assert outcome.cost.memory > 0
    assert outcome.cost.seconds >= 0
    assert not any(path.is_file() for path in (desk.folder / "work" / "scratch").rglob("*"))


def test_files_come_from_bytes_and_from_scratch(desk: Desk) -> None:
    def run(inputs: Inputs, params: object) -> Made:
        (inputs.scratch / "b.txt").write_bytes(b"from scratch")
        return Made(document=tiny_stages.Params(), files={"b": inputs.scratch / "b.txt", "a": b"bytes"})

    outcome = perform(desk.task("x", run))
    assert outcome.record is not None
    assert list(outcome.record.files.items()) == [("a", digest_of(b"bytes")), ("b", digest_of(b"from scratch"))]
    assert desk.store.get(digest_of(b"from scratch")) == b"from scratch"


def test_documents_and_their_files_are_handed_in(desk: Desk) -> None:
    file = desk.store.put(b"page")
    document = desk.store.put(b'{"title":"upstream"}')

    def run(inputs: Inputs, params: object) -> Made:
        assert inputs.documents == {"up": tiny_stages.Params(title="upstream")}
        assert inputs.path(inputs.files["page"]).read_bytes() == b"page"
        return Made(document=tiny_stages.Params())

    task = desk.task("x", run)
    ref = Ref(stage="up", digest=document, kind=tiny_stages.Params, files={"page": file})
    assert perform(Task(**{**vars(task), "documents": (ref,)})).record is not None


@pytest.mark.parametrize(
    ("text", "code", "transient"),
    [
        ("raise", "task-failed", False),
        ("leave", "task-failed", False),
        ("hog", "out-of-memory", True),
    ],
)
def test_what_goes_wrong_is_a_value(desk: Desk, text: str, code: str, transient: bool) -> None:
    record = perform(desk.task(text)).record
    assert record is not None
    assert record.failure is not None
    assert (record.failure.code, record.transient) == (code, transient)


def test_a_bug_is_told_by_its_place_and_never_by_its_message(desk: Desk) -> None:
    record = perform(desk.task("raise")).record
    assert record is not None
    assert record.failure is not None
    assert str(record.failure.values["error"]).startswith("ValueError (tiny_stages.py:")
    assert any("_misbehave" in frame for frame in record.trace)
    assert "林小姐" not in repr(record)


def test_a_reading_that_a_tool_spoilt_is_kept_and_marked(desk: Desk) -> None:
    record = perform(desk.task("x", lambda *_: Made(document=tiny_stages.Params(), transient=True))).record
    assert record is not None
    assert record.document is not None
    assert record.transient


def test_a_document_lost_on_the_way_is_tried_again(desk: Desk) -> None:
    ref = Ref(stage="up", digest=digest_of(b"gone"), kind=Ingested)
    record = perform(Task(**{**vars(desk.task("x")), "documents": (ref,)})).record
    assert record is not None
    assert record.transient


def test_what_the_machine_lacks_is_an_error_and_no_record(desk: Desk) -> None:
    outcome = perform(desk.task("no tongue"))
    assert outcome.record is None
    assert isinstance(outcome.error, MachineLacks)


def test_a_full_disk_inside_a_stage_is_an_error(desk: Desk) -> None:
    def run(inputs: Inputs, params: object) -> Made:
        Path("/dev/full").write_bytes(b"x")
        return Made(document=tiny_stages.Params())

    outcome = perform(desk.task("x", run))
    assert isinstance(outcome.error, MachineLacks)
    assert outcome.error.code == "no-space"


def test_the_deadline_ends_a_task_that_hangs(desk: Desk) -> None:
    outcome = perform(desk.task("hang", limit=0.3))
    assert codes({"hang": outcome}) == {"hang": "task-timed-out"}


def test_no_except_in_a_stage_holds_the_deadline_up(desk: Desk) -> None:
    def run(inputs: Inputs, params: object) -> Made:
        try:
            threading.Event().wait(60)
        except Exception:
            threading.Event().wait(60)
        return Made(document=tiny_stages.Params())

    assert codes({"x": perform(desk.task("x", run, limit=0.3))}) == {"x": "task-timed-out"}


def test_tasks_run_outside_the_main_thread_too(desk: Desk) -> None:
    outcomes: list[Outcome] = []
    thread = threading.Thread(target=lambda: outcomes.append(perform(desk.task("one"))))
    thread.start()
    thread.join()
    assert desk.text(outcomes[0]) == "one"


def test_bytes_are_found_among_originals_and_in_the_store(desk: Desk) -> None:
    task = desk.task("one")
    assert task.exhibit is not None
    path = bytes_of(desk.folder, desk.store)
    assert path(task.exhibit.digest).parent.name == "originals"
    assert path(desk.store.put(b"member")).read_bytes() == b"member"
    with pytest.raises(Missing):
        path(digest_of(b"nowhere"))


def test_inline_drains_everything(desk: Desk) -> None:
    outcomes = drained(Inline(), [desk.task(text) for text in ("one", "raise", "two")])
    assert codes(outcomes) == {"one": None, "raise": "task-failed", "two": None}


def test_processes_drain_everything(desk: Desk, processes: Pool) -> None:
    outcomes = drained(processes, [desk.task(f"text {number}") for number in range(9)])
    assert {name: desk.text(outcome) for name, outcome in outcomes.items()} == {
        f"text {number}": f"text {number}" for number in range(9)
    }


def test_the_guilty_one_is_found_and_the_rest_go_on(desk: Desk, processes: Pool) -> None:
    texts = ["one", "two", "die", "three", "four", "raise", "five"]
    outcomes = drained(processes, [desk.task(text) for text in texts])
    expected = dict.fromkeys(texts)
    assert codes(outcomes) == {**expected, "die": "task-crashed", "raise": "task-failed"}


def test_two_guilty_ones_are_both_found(desk: Desk, processes: Pool) -> None:
    outcomes = drained(processes, [desk.task(text) for text in ("die", "one", "die ", "two")])
    assert codes(outcomes) == {"die": "task-crashed", "one": None, "die ": "task-crashed", "two": None}


def test_a_worker_that_dies_once_costs_nothing(desk: Desk, processes: Pool) -> None:
    outcomes = drained(processes, [desk.task(text) for text in ("one", "die once", "two")])
    assert codes(outcomes) == {"one": None, "die once": None, "two": None}


def test_native_code_that_never_comes_back_is_ended(desk: Desk, processes: Pool) -> None:
    tasks = [desk.task("stuck", tiny_stages.stuck, limit=1), desk.task("one")]
    assert codes(drained(processes, tasks)) == {"stuck": "task-timed-out", "one": None}


def test_an_error_of_the_machine_comes_back_from_a_process(desk: Desk, processes: Pool) -> None:
    (outcome,) = drained(processes, [desk.task("no tongue")]).values()
    assert isinstance(outcome.error, MachineLacks)
    assert outcome.error.values == {"path": "tongue"}


class Counting(Pool):
    """Runs nothing until it must, and counts what is in flight."""

    def __init__(self) -> None:
        self.width = 2
        self.flying: list[tuple[Future[Any], Callable[..., Any], tuple[Any, ...]]] = []
        self.most = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.flying.append((future, fn, args))
        self.most = max(self.most, len(self.flying))
        threading.Timer(0.01, self.land).start()
        return future

    def land(self) -> None:
        future, fn, args = self.flying.pop()
        future.set_result(fn(*args))


def test_no_more_than_twice_the_width_is_in_flight(desk: Desk) -> None:
    pool = Counting()
    asked = iter([desk.task(str(number)) for number in range(12)])
    assert len(list(drain(pool, asked))) == 12
    assert 1 < pool.most <= 4


def test_no_tasks_start_nothing() -> None:
    assert list(drain(Counting(), [])) == []
    assert os.getpid() > 0


def test_a_document_that_could_not_be_read_back_is_a_fault_of_its_task(desk: Desk) -> None:
    def run(inputs: Inputs, params: object) -> Made:
        balance = Balance(unit="lines", total=0, records=0)
        reading = Reading(reader="a@1", format="a", records=(), balance=balance, declared={"count": 1.5})  # type: ignore[dict-item]
        return Made(document=reading)

    record = perform(desk.task("x", run)).record
    assert record is not None
    assert (record.document, record.failure and record.failure.code) == (None, "task-failed")
