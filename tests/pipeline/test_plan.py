from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
import tiny_stages
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract import Custody, Settings, Stage, Tool, status_of
from pipeline.errors import UsageError
from pipeline.execute import Task
from pipeline.limits import LIMITS
from pipeline.locate import WHOLE
from pipeline.model import (
    Balance,
    Case,
    Exhibit,
    Ingested,
    Member,
    Message,
    Note,
    Reading,
    Receipt,
    Unread,
    decode,
    digest_of,
    encode,
)
from pipeline.plan import Plan, Sheet, arrivals_of, cut, why
from pipeline.store import Record, Store

CUSTODY = Custody(evidence_head="0" * 64, made="2026-03-17T12:00:00Z", case="case")
FAILURE = Unread(code="task-crashed", values={"stage": "read"})


def exhibit(label: str, *, text: str = "", **more: Any) -> Exhibit:
    data = (text or label).encode()
    fields = {"receipts": (Receipt(name=f"{label}.txt", received="2026-03-17T12:00:00Z"),), **more}
    return Exhibit(label=label, digest=digest_of(data), bytes=len(data), **fields)


def ingested(kind: str = "text", *, records: int = 3, unread: int = 0, members: tuple[Member, ...] = ()) -> Ingested:
    balance = Balance(unit="bytes", total=3, records=records, unread=3 - records)
    spans = tuple(Unread(code="no-reader") for _ in range(unread))
    return Ingested(media_type="x", kind=kind, balance=balance, unread=spans, members=members)  # type: ignore[arg-type]


def reading(records: int = 1, unread: int = 0) -> Reading:
    messages = tuple(Message(where=WHOLE, at=None, sender=None, text="x") for _ in range(records))
    spans = tuple(Unread(code="no-reader") for _ in range(unread))
    balance = Balance(unit="lines", total=records, records=records)
    return Reading(reader="tiny@1", format="tiny", records=messages, balance=balance, unread=spans)


class Bench:
    """A plan, and what stages made of its exhibits."""

    def __init__(self, folder: Path, order: tuple[Stage, ...] = tiny_stages.ORDER, **case: Any) -> None:
        self.store = Store(folder / "work")
        self.plan = Plan(
            order=order, case=Case(**case), settings=Settings(), folder=folder, store=self.store, limits=LIMITS
        )

    def made(self, stage: Stage, label: str, document: msgspec.Struct) -> None:
        record = Record(stage=stage.name, document=self.store.put(encode(document)))
        self.plan.note_down(stage, self.plan.sheets[label], record)

    def failed(self, stage: Stage, label: str) -> None:
        self.plan.note_down(stage, self.plan.sheets[label], Record(stage=stage.name, failure=FAILURE))

    def all(self, stage: Stage, notes: tuple[Note, ...] = (), custody: Custody = CUSTODY) -> Task:
        return self.plan.all(stage, notes, custody)

    def statuses(self) -> dict[str, str]:
        return {item.exhibit.label: item.status for item in self.plan.items()}


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    made = Bench(tmp_path)
    made.plan.place([exhibit("1"), exhibit("2"), exhibit("3", withdrawn=True)])
    return made


INGEST, READ, GATHER, SEAL = tiny_stages.ORDER


def test_every_exhibit_that_is_here_is_ingested(bench: Bench) -> None:
    tasks = [task for _, task in bench.plan.each(INGEST)]
    assert [task.name for task in tasks] == ["1.txt", "2.txt"]
    assert len({task.key for task in tasks}) == 2


def test_what_was_asked_is_not_asked_again(bench: Bench) -> None:
    bench.made(INGEST, "1", ingested())
    bench.failed(INGEST, "2")
    assert bench.plan.each(INGEST) == []


def test_a_stage_gets_what_it_accepts(bench: Bench) -> None:
    bench.made(INGEST, "1", ingested("text"))
    bench.made(INGEST, "2", ingested("image"))
    ((_, task),) = bench.plan.each(READ)
    assert task.name == "1.txt"
    assert [(ref.stage, ref.kind) for ref in task.documents] == [("ingest", Ingested)]


def test_a_stage_is_shown_no_more_than_its_key_covers(bench: Bench) -> None:
    ((_, task), _) = bench.plan.each(INGEST)
    assert task.exhibit is not None
    assert (task.exhibit.label, task.exhibit.receipts) == ("", ())
    named = altered(INGEST, reads_name=True)
    ((_, task), _) = bench.plan.each(named)
    assert task.exhibit is not None
    assert task.exhibit.receipts == (Receipt(name="1.txt", received=""),)


def altered(stage: Stage, **changes: Any) -> Stage:
    return Stage(**{**vars(stage), **changes})


def test_a_stage_does_not_run_where_what_it_needs_failed(bench: Bench) -> None:
    after = altered(READ, name="after", needs=("read",))
    bench.made(INGEST, "1", ingested())
    bench.made(INGEST, "2", ingested())
    bench.failed(READ, "1")
    bench.made(READ, "2", reading())
    assert [task.name for _, task in bench.plan.each(after)] == ["2.txt"]


def test_a_stage_runs_without_what_it_only_uses(bench: Bench) -> None:
    after = altered(READ, name="after", needs=("ingest",), uses=("read",))
    bench.made(INGEST, "1", ingested())
    bench.made(INGEST, "2", ingested())
    bench.failed(READ, "1")
    bench.made(READ, "2", reading())
    given = {task.name: [ref.stage for ref in task.documents] for _, task in bench.plan.each(after)}
    assert given == {"1.txt": ["ingest"], "2.txt": ["ingest", "read"]}


def test_a_reading_that_was_superseded_counts_no_more(tmp_path: Path) -> None:
    after = altered(READ, name="after", needs=("ingest", "read"), supersedes=("read",))
    bench = Bench(tmp_path, (INGEST, READ, after))
    bench.plan.place([exhibit("1"), exhibit("2")])
    for label in ("1", "2"):
        bench.made(INGEST, label, ingested())
        bench.made(READ, label, reading())
    bench.made(after, "1", reading())
    bench.failed(after, "2")
    assert [[ref.stage for ref in item.readings] for item in bench.plan.items()] == [["after"], ["read"]]


def test_tools_are_not_asked_for_what_nobody_needs(bench: Bench) -> None:
    def missing(_: object) -> tuple[Tool, ...]:
        raise AssertionError

    bench.made(INGEST, "1", ingested("image"))
    assert bench.plan.each(altered(READ, tools=missing)) == []


def key_of(folder: Path, stage: Stage = INGEST, *, case: dict[str, Any] | None = None, **more: Any) -> str:
    bench = Bench(folder, **(case or {}))
    bench.plan.place([exhibit("1", **more)])
    ((_, task),) = bench.plan.each(stage)
    return task.key


def test_the_key_of_an_exhibit_is_its_bytes(tmp_path: Path) -> None:
    key = key_of(tmp_path)
    assert len(key) == 64
    other = (Receipt(name="b.txt", received="2027-01-01T00:00:00Z"),)
    assert key_of(tmp_path, receipts=other) == key
    assert key_of(tmp_path, text="other") != key


def test_names_are_in_the_key_of_who_reads_them_and_times_are_not(tmp_path: Path) -> None:
    stage = altered(INGEST, reads_name=True)
    key = key_of(tmp_path, stage)
    assert key != key_of(tmp_path)
    assert key_of(tmp_path, stage, receipts=(Receipt(name="b.txt", received=""),)) != key
    assert key_of(tmp_path, stage, receipts=(Receipt(name="1.txt", received="2027"),)) == key


def test_the_files_of_the_case_are_in_the_key_of_who_reads_them(tmp_path: Path) -> None:
    def task(stage: Stage, *others: Exhibit) -> Task:
        bench = Bench(tmp_path)
        bench.plan.place([exhibit("1"), *others])
        return bench.plan.each(stage)[0][1]

    stage = altered(INGEST, reads_siblings=True)
    picture, gone = exhibit("2"), exhibit("3", withdrawn=True)
    assert task(INGEST, picture).key == task(INGEST).key
    assert task(INGEST, picture).siblings is None
    alone, two, three = task(stage), task(stage, picture), task(stage, picture, gone)
    assert alone.key != two.key == three.key
    assert two.siblings is not None
    held = decode(Bench(tmp_path).plan.store.get(two.siblings), dict[str, str])
    assert held == {"1.txt": digest_of(b"1"), "2.txt": digest_of(b"2")}
    assert task(stage, exhibit("2", text="other")).key != two.key


@pytest.mark.parametrize(
    "change",
    [
        {"name": "other"},
        {"version": "2"},
        {"configure": tiny_stages.configure},
        {"tools": tiny_stages.tool_of},
        {"document": Reading},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_key_covers_all_of_a_stage(tmp_path: Path, change: dict[str, Any]) -> None:
    bench = Bench(tmp_path, title="x")
    bench.plan.place([exhibit("1")])
    sheet = bench.plan.sheets["1"]
    sheet.ingested = ingested()
    ((_, task),) = bench.plan.each(INGEST)
    ((_, changed),) = bench.plan.each(altered(INGEST, **change))
    assert task.key != changed.key


def test_the_path_of_a_tool_is_not_in_the_key(tmp_path: Path) -> None:
    def here(_: object) -> tuple[Tool, ...]:
        return (Tool(name="tongue", version="1", path="here"),)

    assert key_of(tmp_path, altered(INGEST, tools=here)) == key_of(tmp_path, altered(INGEST, tools=tiny_stages.tool_of))


def test_keys_speak_of_upstream_by_content(tmp_path: Path) -> None:
    def key(document: Ingested) -> str:
        bench = Bench(tmp_path)
        bench.plan.place([exhibit("1")])
        bench.made(altered(INGEST, version="9"), "1", document)
        ((_, task),) = bench.plan.each(READ)
        return task.key

    assert key(ingested()) == key(ingested())
    assert key(ingested()) != key(ingested(unread=1))


def filled(folder: Path, *, second: Reading | None = None, exhibits: tuple[Exhibit, ...] = ()) -> Bench:
    bench = Bench(folder, title="申诉")
    bench.plan.place(exhibits or (exhibit("1"), exhibit("2")))
    for label in ("1", "2"):
        bench.made(INGEST, label, ingested())
    bench.made(READ, "1", reading())
    bench.made(READ, "2", second or reading())
    return bench


def test_all_stages_get_items_and_what_all_stages_made(tmp_path: Path) -> None:
    bench = filled(tmp_path)
    task = bench.all(GATHER)
    assert [(item.exhibit.label, item.status, len(item.readings)) for item in task.items] == [
        ("1", "read", 1),
        ("2", "read", 1),
    ]
    assert (task.documents, task.custody, task.exhibit) == ((), None, None)
    made = Record(stage="gather", document=bench.store.put(b'{"words":[]}'), files={"x": bench.store.put(b"x")})
    bench.plan.note_all(GATHER, made)
    task = bench.all(SEAL)
    assert [(ref.stage, ref.files) for ref in task.documents] == [("gather", made.files)]
    assert task.custody == CUSTODY


CHANGES: dict[str, Callable[[Path], Task]] = {
    "a reading": lambda folder: filled(folder, second=reading(records=2)).all(GATHER),
    "a label": lambda folder: _relabelled(folder).all(GATHER),
    "a receipt": lambda folder: filled(
        folder, exhibits=(exhibit("1"), exhibit("2", receipts=(Receipt(name="2.txt", received="later"),)))
    ).all(GATHER),
    "a withdrawal": lambda folder: filled(folder, exhibits=(exhibit("1"), exhibit("2", withdrawn=True))).all(GATHER),
    "a note": lambda folder: filled(folder).all(GATHER, (Note(code="symlink-refused", values={"name": "x"}),)),
}


def _relabelled(folder: Path) -> Bench:
    bench = filled(folder)
    sheet = bench.plan.sheets["2"]
    sheet.exhibit = msgspec.structs.replace(sheet.exhibit, label="7")
    return bench


@pytest.mark.parametrize("change", CHANGES)
def test_the_key_over_all_covers(change: str, tmp_path: Path) -> None:
    assert CHANGES[change](tmp_path).key != filled(tmp_path).all(GATHER).key


def test_custody_is_in_the_key_of_who_needs_it(tmp_path: Path) -> None:
    bench = filled(tmp_path)
    later = msgspec.structs.replace(CUSTODY, made="2026-03-18T00:00:00Z")
    assert bench.all(GATHER).key == bench.all(GATHER, custody=later).key
    assert bench.all(SEAL).key != bench.all(SEAL, custody=later).key


def test_files_of_an_earlier_stage_are_in_the_key(tmp_path: Path) -> None:
    keys = set()
    for content in (b"1", b"2"):
        bench = filled(tmp_path)
        files = {"page.pdf": bench.store.put(content)}
        bench.plan.note_all(GATHER, Record(stage="gather", document=bench.store.put(b"{}"), files=files))
        keys.add(bench.all(SEAL).key)
    assert len(keys) == 2


def test_a_failure_carries_the_name_and_reaches_the_item(bench: Bench) -> None:
    bench.made(INGEST, "1", ingested())
    bench.failed(READ, "1")
    item = bench.plan.items()[0]
    assert item.status == "unread"
    assert item.failed == (Unread(code="task-crashed", values={"name": "1.txt", "stage": "read"}),)


def test_statuses_of_items(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.plan.place([exhibit(label) for label in "123456"] + [exhibit("7", withdrawn=True)])
    for label in "12345":
        bench.made(INGEST, label, ingested())
    bench.failed(INGEST, "6")
    bench.made(READ, "1", reading())
    bench.made(READ, "2", reading(records=0))
    bench.made(READ, "3", reading(records=1, unread=1))
    bench.made(READ, "4", reading(records=0, unread=1))
    bench.failed(READ, "5")
    assert bench.statuses() == {
        "1": "read",
        "2": "read",
        "3": "partly",
        "4": "unread",
        "5": "unread",
        "6": "unread",
        "7": "withdrawn",
    }


def test_a_file_that_no_stage_takes_is_unread_and_says_so(bench: Bench) -> None:
    bench.made(INGEST, "1", ingested("pdf"))
    assert [span.code for span in bench.plan.items()[0].failed] == ["no-reader"]
    assert bench.statuses()["1"] == "unread"


def test_without_a_reading_stage_nothing_is_missed(tmp_path: Path) -> None:
    bench = Bench(tmp_path, order=(INGEST,))
    bench.plan.place([exhibit("1")])
    bench.made(INGEST, "1", ingested("pdf"))
    assert bench.statuses() == {"1": "read"}


MEMBERS = (
    Member(name="b.txt", digest=digest_of(b"b"), bytes=1),
    Member(name="a.txt", digest=digest_of(b"a"), bytes=1),
)


def test_members_arrive_in_their_order_below_their_archive(bench: Bench) -> None:
    bench.made(INGEST, "1", ingested("archive", members=MEMBERS))
    arrivals, closed = arrivals_of(bench.plan.sheets.values())
    assert [(arrival.name, arrival.parent) for arrival in arrivals] == [("1.txt/b.txt", "1"), ("1.txt/a.txt", "1")]
    assert closed == ["2.txt"]


def test_an_archive_inside_an_archive_is_not_opened_and_says_so(tmp_path: Path) -> None:
    bench = Bench(tmp_path)
    bench.plan.place([exhibit("1"), exhibit("1-1", parent="1")])
    bench.made(INGEST, "1", ingested("archive", members=MEMBERS))
    bench.made(INGEST, "1-1", ingested("archive", members=MEMBERS))
    arrivals, _ = arrivals_of(bench.plan.sheets.values())
    assert len(arrivals) == 2
    nested = bench.plan.items()[1]
    assert nested.failed == (Unread(code="nested-archive", values={"name": "1-1.txt", "members": 2}),)
    assert bench.statuses() == {"1": "read", "1-1": "unread"}


def test_placing_again_keeps_what_is_known(bench: Bench) -> None:
    bench.made(INGEST, "1", ingested())
    bench.plan.place([exhibit("1"), exhibit("1-1", parent="1")])
    assert bench.plan.sheets["1"].ingested == ingested()
    assert list(bench.plan.sheets) == ["1", "1-1"]


@settings(max_examples=100, deadline=None)
@given(
    own=st.integers(0, 2),
    balance=st.integers(0, 3),
    members=st.integers(0, 2),
    records=st.integers(0, 2),
    unread=st.integers(0, 2),
)
def test_a_status_never_hides_what_is_unread(own: int, balance: int, members: int, records: int, unread: int) -> None:
    document = ingested("archive", records=balance, unread=own, members=MEMBERS[:members])
    status = status_of(exhibit("1"), document, records=records, unread=unread)
    assert (status == "read") == (own + unread == 0)
    if status == "partly":
        assert records + members > 0
    assert status_of(exhibit("1", withdrawn=True), document, records=records, unread=unread) == "withdrawn"


def test_a_broken_file_is_unread_though_its_name_tells_a_date() -> None:
    assert status_of(exhibit("1"), ingested(records=0, unread=1), records=1, unread=0) == "unread"


@pytest.mark.parametrize(("until", "count"), [(None, 4), ("seal", 4), ("read", 2), ("ingest", 1)])
def test_the_order_is_cut_after_a_stage(until: str | None, count: int) -> None:
    assert cut(tiny_stages.ORDER, until) == tiny_stages.ORDER[:count]


def test_an_unknown_stage_is_told_with_the_known_ones() -> None:
    with pytest.raises(UsageError) as unknown:
        cut(tiny_stages.ORDER, "raed")
    assert unknown.value.values == {"stage": "raed", "stages": "ingest read gather seal"}


@pytest.mark.parametrize("order", [(READ, INGEST), (INGEST, INGEST)])
def test_an_order_that_cannot_be_is_refused(order: tuple[Stage, ...], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="stands twice"):
        Bench(tmp_path, order=order)


@pytest.mark.parametrize(
    ("record", "retry", "reason"),
    [
        (None, False, "new"),
        (Record(stage="x", document="sha256:0"), True, "reused"),
        (Record(stage="x", failure=FAILURE, transient=True), False, "reused"),
        (Record(stage="x", failure=FAILURE, transient=True), True, "retry"),
        (Record(stage="x", failure=FAILURE), True, "reused"),
        (Record(stage="x", document="sha256:0", transient=True), True, "retry"),
    ],
)
def test_why_a_task_runs(record: Record | None, retry: bool, reason: str) -> None:
    assert why(record, retry=retry) == reason


def test_a_sheet_starts_empty() -> None:
    sheet = Sheet(exhibit=exhibit("1"))
    assert (sheet.ingested, sheet.documents, sheet.failed) == (None, {}, [])
