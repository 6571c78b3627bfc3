from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import tiny_stages
from cases import EPOCH, FILES, fill, published, zipped

from pipeline.contract import Settings, Stage
from pipeline.errors import CaseBusy, DossierError, MachineLacks, NothingUsable, UsageError, VerificationFailed
from pipeline.ledger import Ledger, audit
from pipeline.limits import Limits
from pipeline.model import Case, digest_of
from pipeline.progress import Progress
from pipeline.run import Built, Clock, build, clock_from

CLOCK = clock_from({"SOURCE_DATE_EPOCH": EPOCH})


def run(folder: Path, **options: Any) -> Built:
    fixed = {"case": Case(title="申诉"), "order": tiny_stages.ORDER, "settings": Settings(), "jobs": 1, "clock": CLOCK}
    return build(folder, **{**fixed, **options})


def entries(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    ledger = Ledger(folder / "ledger.jsonl", CLOCK)
    return [(entry.kind, entry.body) for entry in ledger.entries]


def statuses(built: Built) -> dict[str, str]:
    return {item.exhibit.name: item.status for item in built.items}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return fill(tmp_path / "case", FILES)


def test_a_build_makes_everything_and_publishes_it(case: Path) -> None:
    built = run(case)
    assert built.made == {"ingest": 3, "read": 3, "gather": 1, "seal": 1}
    assert (built.out, built.changed, built.notes, built.unread) == (case / "out", True, (), ())
    assert {path.name for path in (case / "out").iterdir()} == {"words.txt", "manifest.json", "SHA256SUMS", "run.json"}
    assert (case / "out" / "words.txt").read_text("utf-8").splitlines()[0] == "申诉"
    assert built.documents["gather"].words[0] == "下单一周都没发货"
    assert [exhibit.name for exhibit in built.exhibits] == ["chat.txt", "order 2.txt", "order 10.txt"]


def test_what_was_killed_just_before_its_end_leaves_nothing_beside_the_results(case: Path) -> None:
    run(case)
    (case / "out" / ".publishing.part").mkdir()
    assert not run(case).changed
    assert not (case / "out" / ".publishing.part").exists()


def test_a_build_again_does_nothing_and_says_so(case: Path) -> None:
    run(case)
    before = {path: path.stat().st_mtime_ns for path in case.rglob("*") if path.is_file()}
    built = run(case)
    assert built.made == {"ingest": 0, "read": 0, "gather": 0, "seal": 0}
    assert built.reused == {"ingest": 3, "read": 3, "gather": 1, "seal": 1}
    assert not built.changed
    assert {path: path.stat().st_mtime_ns for path in case.rglob("*") if path.is_file()} == before
    assert built.documents["gather"].words[0] == "下单一周都没发货"


def test_adding_one_file_costs_one_file(case: Path) -> None:
    run(case)
    fill(case, {"new.txt": "x"})
    assert run(case).made == {"ingest": 1, "read": 1, "gather": 1, "seal": 1}


def test_a_change_of_settings_costs_what_sees_it(case: Path) -> None:
    run(case)
    assert run(case, case=Case(title="other")).made == {"ingest": 0, "read": 0, "gather": 1, "seal": 1}


def test_a_stage_that_reads_the_same_stops_the_change(case: Path) -> None:
    run(case)
    order = (replace(tiny_stages.INGEST, version="2"), *tiny_stages.ORDER[1:])
    made = run(case, order=order).made
    assert made == {"ingest": 3, "read": 0, "gather": 0, "seal": 1}, "the seal names the versions of all stages"


def test_the_ledger_tells_the_build(case: Path) -> None:
    run(case)
    kinds = [kind for kind, _ in entries(case)]
    assert kinds == ["received", "received", "received", "made", "sealed"]
    made, sealed = entries(case)[-2:]
    assert made[1]["made"] == {"ingest": 3, "read": 3, "gather": 1, "seal": 1}
    assert sealed[1]["sums"] == digest_of((case / "out" / "SHA256SUMS").read_bytes())
    assert audit(case / "ledger.jsonl") == []


def test_run_json_shows_the_surroundings(case: Path) -> None:
    run(case)
    shown = json.loads((case / "out" / "run.json").read_bytes())
    assert [(stage["stage"], stage["made"]) for stage in shown["stages"]][:2] == [("ingest", 3), ("read", 3)]
    assert shown["jobs"] == 1
    assert shown["memory"] > 0
    assert shown["outputs"]["words.txt"] == digest_of((case / "out" / "words.txt").read_bytes())


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_cpu_of_a_build_holds_that_of_its_stages(case: Path, jobs: int) -> None:
    run(case, jobs=jobs)
    shown = json.loads((case / "out" / "run.json").read_bytes())
    assert shown["cpu"] >= sum(stage["cpu"] for stage in shown["stages"]) - 0.01


def test_inline_and_processes_give_the_same_bytes(case: Path, tmp_path: Path) -> None:
    other = fill(tmp_path / "other" / "case", FILES)
    run(case)
    run(other, jobs=3)
    assert published(other) == published(case)


def test_progress_goes_to_the_end(case: Path) -> None:
    seen: list[Progress] = []
    run(case, progress=seen.append)
    reads = [(step.event, step.done, step.name) for step in seen if step.stage == "read"]
    files = [("task-done", 1, "chat.txt"), ("task-done", 2, "order 2.txt"), ("task-done", 3, "order 10.txt")]
    assert reads == [("stage-begun", 0, ""), *files, ("stage-done", 3, "")]
    assert {step.total for step in seen if step.stage == "read"} == {3}
    seen.clear()
    run(case, progress=seen.append)
    reads = [(step.event, step.done, step.name) for step in seen if step.stage == "read"]
    assert reads == [("stage-begun", 0, ""), ("stage-reused", 3, ""), ("stage-done", 3, "")]


def test_trouble_with_a_file_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    case = fill(tmp_path, {"a.txt": "one", "b.txt": "raise", "c.txt": "one\n?", "d.txt": "", "e.bin": "\0"})
    built = run(case)
    expected = {"a.txt": "read", "b.txt": "unread", "c.txt": "partly", "d.txt": "unread", "e.bin": "unread"}
    assert statuses(built) == expected
    assert [ref.exhibit.name for ref in built.unread] == ["b.txt", "c.txt", "d.txt", "e.bin"]
    assert run(case).made["read"] == 0


def test_a_crash_is_tried_again_only_when_asked(tmp_path: Path) -> None:
    case = fill(tmp_path, {"a.txt": "one", "b.txt": "die once"})
    crashing = replace(tiny_stages.READ, run=tiny_stages.read_badly)
    order = (tiny_stages.INGEST, crashing, *tiny_stages.ORDER[2:])
    built = run(case, order=order, jobs=2)
    assert statuses(built) == {"a.txt": "read", "b.txt": "unread"}
    assert built.items[1].failed[0].code == "task-crashed"
    assert statuses(run(case, order=order, jobs=2)) == {"a.txt": "read", "b.txt": "unread"}
    (case / "work" / "mended").touch()
    assert run(case, order=order, jobs=2).made["read"] == 0
    again = run(case, order=order, jobs=2, retry=True)
    assert again.made["read"] == 1
    assert statuses(again) == {"a.txt": "read", "b.txt": "read"}


def test_a_task_over_its_time_is_told(tmp_path: Path) -> None:
    built = run(fill(tmp_path, {"a.txt": "one", "b.txt": "hang"}), limits=Limits(seconds=0.5))
    assert statuses(built) == {"a.txt": "read", "b.txt": "unread"}
    assert built.items[1].failed[0].code == "task-timed-out"


def test_what_the_machine_lacks_stops_the_build(tmp_path: Path) -> None:
    case = fill(tmp_path, {"a.txt": "no tongue"})
    for jobs in (1, 2):
        with pytest.raises(MachineLacks):
            run(case, jobs=jobs)


def test_a_stage_over_all_that_fails_stops_the_build_each_time(tmp_path: Path) -> None:
    case = fill(tmp_path, {"a.txt": "break the gathering"})
    for _ in range(2):
        with pytest.raises(DossierError) as failed:
            run(case)
        assert failed.value.code == "stage-failed"
        assert failed.value.values["stage"] == "gather"
        assert str(failed.value.values["error"]).startswith("KeyError (tiny_stages.py")


@pytest.mark.parametrize("files", [{}, {"a.txt": ""}, {".DS_Store": "x"}, {"a.txt": "raise"}])
def test_nothing_usable(tmp_path: Path, files: dict[str, str]) -> None:
    (tmp_path / "inbox").mkdir()
    with pytest.raises(NothingUsable):
        run(fill(tmp_path, files))
    assert not (tmp_path / "out").exists()


def test_a_case_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as missing:
        run(tmp_path / "nowhere")
    assert missing.value.code == "not-a-case"


def test_members_of_an_archive_become_exhibits(tmp_path: Path) -> None:
    inner = zipped({"deep.txt": b"deep"})
    archive = zipped({"chat.txt": b"hello", "same.txt": b"one", "inner.zip": inner})
    case = fill(tmp_path, {"a.txt": "one", "b.zip": archive})
    built = run(case)
    names = {exhibit.label: [receipt.name for receipt in exhibit.receipts] for exhibit in built.exhibits}
    assert names == {
        "1": ["a.txt", "b.zip/same.txt"],
        "2": ["b.zip"],
        "2-1": ["b.zip/chat.txt"],
        "2-2": ["b.zip/inner.zip"],
    }
    assert {item.exhibit.label: item.status for item in built.items} == {
        "1": "read",
        "2": "read",
        "2-1": "read",
        "2-2": "unread",
    }
    assert [note.code for note in built.notes] == ["same-bytes"]
    assert built.documents["gather"].words == ("one", "hello")
    assert sum(run(case).made.values()) == 0
    (case / "inbox" / "b.zip").unlink()
    assert {x.label: x.withdrawn for x in run(case).exhibits} == {"1": False, "2": True, "2-1": True, "2-2": True}


def test_members_survive_a_lost_store(tmp_path: Path) -> None:
    case = fill(tmp_path, {"b.zip": zipped({"chat.txt": b"hello"})})
    run(case)
    before = published(case)
    for blob in (case / "work" / "blobs").rglob("*"):
        if blob.is_file():
            blob.unlink()
    run(case)
    assert published(case) == before
    assert [kind for kind, _ in entries(case)].count("received") == 2


def test_notes_of_intake_reach_the_dossier(case: Path) -> None:
    (case / "inbox" / "link").symlink_to(case)
    built = run(case)
    assert [note.code for note in built.notes] == ["symlink-refused"]
    manifest = json.loads((case / "out" / "manifest.json").read_bytes())
    assert [note["code"] for note in manifest["notes"]] == ["symlink-refused"]


def test_a_torn_ledger_is_told_but_does_not_change_the_dossier(case: Path) -> None:
    run(case)
    before = published(case)
    with (case / "ledger.jsonl").open("ab") as stream:
        stream.write(b'{"at"')
    built = run(case)
    assert [note.code for note in built.notes] == ["ledger-recovered"]
    assert published(case) == before
    assert sum(built.made.values()) == 0


def test_until_runs_a_part_and_leaves_out_alone(case: Path) -> None:
    run(case)
    before = published(case)
    fill(case, {"new.txt": "x"})
    built = run(case, until="gather")
    assert built.made == {"ingest": 1, "read": 1, "gather": 1}
    assert built.out is None
    assert published(case) == before
    assert run(case).made["gather"] == 0


def test_until_publishes_where_it_is_told_to(case: Path, tmp_path: Path) -> None:
    run(case, until="gather", out=tmp_path / "part")
    assert {path.name for path in (tmp_path / "part").iterdir()} == {"words.txt", "run.json"}


@pytest.mark.parametrize("inside", ["inbox", "inbox/deep", "originals", "work/x"])
def test_results_do_not_go_where_evidence_lies(case: Path, inside: str) -> None:
    with pytest.raises(UsageError) as refused:
        run(case, out=case / inside)
    assert refused.value.code == "out-in-evidence"


def test_without_an_inbox_results_go_to_out_or_elsewhere(tmp_path: Path) -> None:
    case = tmp_path / "case"
    case.mkdir()
    (case / "a.txt").write_text("one")
    with pytest.raises(UsageError):
        run(case, out=case / "results")
    run(case, out=case / "out")
    run(case, out=tmp_path / "results")
    assert published(case) == {p.name: p.read_bytes() for p in (tmp_path / "results").iterdir() if p.name != "run.json"}


def fewer(name: str) -> tuple[Stage, ...]:
    gather = replace(tiny_stages.GATHER, publishes=(name,))
    return (*tiny_stages.ORDER[:2], gather, tiny_stages.SEAL)


def test_what_is_no_longer_made_goes_if_it_is_ours(case: Path) -> None:
    run(case)
    (case / "out" / "mine.txt").write_text("keep")
    run(case, order=fewer("inside.json"))
    names = {path.name for path in (case / "out").iterdir()}
    assert names == {"inside.json", "manifest.json", "SHA256SUMS", "run.json", "mine.txt"}


def test_what_somebody_changed_stays(case: Path) -> None:
    run(case)
    (case / "out" / "words.txt").write_text("my remarks")
    run(case, order=fewer("inside.json"))
    assert (case / "out" / "words.txt").read_text() == "my remarks"


@pytest.mark.parametrize("harm", ["gone", "changed"])
def test_a_harmed_result_is_published_again(case: Path, harm: str) -> None:
    run(case)
    before = published(case)
    words = case / "out" / "words.txt"
    words.unlink() if harm == "gone" else words.write_text("x")
    built = run(case)
    assert (sum(built.made.values()), built.changed) == (0, True)
    assert published(case) == before
    assert entries(case)[-1][0] == "reused"


def test_without_run_json_nothing_is_taken_for_ours(case: Path) -> None:
    run(case)
    (case / "out" / "run.json").write_text("{")
    run(case, order=fewer("inside.json"))
    assert (case / "out" / "words.txt").exists()


def test_an_altered_original_stops_the_build(case: Path) -> None:
    run(case)
    original = next((case / "originals").iterdir())
    original.chmod(0o644)
    original.write_bytes(b"altered")
    with pytest.raises(VerificationFailed) as altered:
        run(case)
    assert altered.value.code == "original-altered"


def test_an_altered_ledger_stops_the_build(case: Path) -> None:
    run(case)
    path = case / "ledger.jsonl"
    path.write_bytes(path.read_bytes().replace(b"chat.txt", b"chap.txt"))
    with pytest.raises(VerificationFailed):
        run(case)


def test_two_builds_of_one_case(tmp_path: Path) -> None:
    case = fill(tmp_path, {"a.txt": "one"})
    inside, finish = threading.Event(), threading.Event()

    def hold(_: Progress) -> None:
        inside.set()
        finish.wait(30)

    first = threading.Thread(target=lambda: run(case, progress=hold))
    first.start()
    try:
        assert inside.wait(30)
        with pytest.raises(CaseBusy) as busy:
            run(case)
    finally:
        finish.set()
        first.join()
    assert busy.value.values == {"case": case}
    assert sum(run(case).made.values()) == 0


def test_an_interrupt_passes_and_the_case_is_free(case: Path) -> None:
    def interrupt(step: Progress) -> None:
        if step.stage == "read":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run(case, progress=interrupt)
    assert run(case).reused["ingest"] == 3


@pytest.mark.parametrize(
    ("environ", "fixed"),
    [
        ({}, None),
        ({"SOURCE_DATE_EPOCH": ""}, None),
        ({"SOURCE_DATE_EPOCH": "0"}, datetime(1970, 1, 1, tzinfo=UTC)),
        ({"SOURCE_DATE_EPOCH": "1773711012"}, datetime(2026, 3, 17, 1, 30, 12, tzinfo=UTC)),
    ],
)
def test_the_clock_of_an_environment(environ: dict[str, str], fixed: datetime | None) -> None:
    clock = clock_from(environ)
    assert clock.fixed == fixed
    assert clock().tzinfo is UTC


@pytest.mark.parametrize("value", ["yesterday", "1.5", "9" * 30])
def test_a_wrong_epoch_is_told(value: str) -> None:
    with pytest.raises(UsageError) as wrong:
        clock_from({"SOURCE_DATE_EPOCH": value})
    assert wrong.value.values == {"value": value}


def made_at(case: Path, clock: Callable[[], datetime]) -> str:
    run(case, clock=clock)
    manifest = json.loads((case / "out" / "manifest.json").read_bytes())
    return str(manifest["custody"]["made"])


def test_the_dossier_is_dated_by_its_newest_evidence(case: Path) -> None:
    first = made_at(case, Clock())
    newest = Ledger(case / "ledger.jsonl", CLOCK).newest
    assert first == newest
    assert made_at(case, Clock()) == first


def test_a_fixed_clock_dates_the_dossier(case: Path) -> None:
    assert made_at(case, CLOCK) == "2026-03-17T01:30:12Z"
