"""The journal: why each result was made, and that it costs nothing to lose."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import tiny_stages
from cases import EPOCH, FILES, PACKED, fill, published

from pipeline import journal
from pipeline.contract import Settings, Tool
from pipeline.errors import DossierError
from pipeline.journal import Line, lines_in, reasons
from pipeline.model import Case
from pipeline.run import Built, build, clock_from

CLOCK = clock_from({"SOURCE_DATE_EPOCH": EPOCH})
INGEST, READ, GATHER, SEAL = tiny_stages.ORDER


def run(folder: Path, **options: Any) -> Built:
    fixed = {"case": Case(title="申诉"), "order": tiny_stages.ORDER, "settings": Settings(), "jobs": 1, "clock": CLOCK}
    return build(folder, **{**fixed, **options})


def path_of(case: Path) -> Path:
    return case / "work" / "journal.jsonl"


def news(case: Path, act: Callable[[], object]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The reasons in the lines that an act adds, by stage and label."""
    before = len(lines_in(path_of(case)))
    act()
    return {(line.stage, line.label): line.why for line in lines_in(path_of(case))[before:]}


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return fill(tmp_path / "case", FILES)


def test_every_task_leaves_a_line(case: Path) -> None:
    built = run(case)
    lines = lines_in(path_of(case))
    assert {line.why for line in lines} == {("new",)}
    stages = [line.stage for line in lines]
    assert {stage: stages.count(stage) for stage in stages} == built.made
    read = next(line for line in lines if (line.stage, line.label) == ("read", "1"))
    assert (read.build, read.at, read.name, read.version) == (1, "2026-03-17T01:30:12Z", "chat.txt", "1")
    assert read.parts["tools:tongue"] == "1"
    assert read.read.keys() == {"ingest"}
    assert built.store.recall(read.key) is not None
    assert read.made is not None
    assert built.store.named(read.made) == built.store.recall(read.key).document  # type: ignore[union-attr]
    seal = lines[-1]
    assert (seal.stage, seal.label, seal.name, seal.files) == ("seal", "", "", 2)
    assert {"exhibits", "status", "documents:read", "documents:gather", "custody"} <= seal.parts.keys()


def test_it_holds_no_words_of_the_evidence(case: Path) -> None:
    fill(case, {"bug.txt": "raise"})
    run(case)
    text = path_of(case).read_text("utf-8")
    assert "chat.txt" in text
    assert not any(word in text for word in ("签收", "P3663", "31 小时", "申诉", "林小姐"))


def test_a_change_of_the_case_is_named(case: Path) -> None:
    run(case)
    told = news(case, lambda: run(case, case=Case(title="other")))
    assert told == {("gather", ""): ("parameters:title",), ("seal", ""): ("documents:gather",)}
    assert {line.build for line in lines_in(path_of(case))} == {1, 2}


def test_another_version_or_tool_is_named(case: Path) -> None:
    run(case)
    order = (INGEST, replace(READ, version="2", tools=lambda _: (Tool(name="tongue", version="2"),)), GATHER, SEAL)
    told = news(case, lambda: run(case, order=order))
    assert told[("read", "1")] == ("tools:tongue", "version")
    assert ("gather", "") not in told


def test_a_long_version_of_a_tool_is_a_fingerprint(case: Path) -> None:
    order = (INGEST, replace(READ, tools=lambda _: (Tool(name="model", version="sha256:" + "ab" * 32),)), GATHER, SEAL)
    run(case, order=order)
    line = next(line for line in lines_in(path_of(case)) if line.stage == "read")
    assert len(line.parts["tools:model"]) == 12


def test_new_evidence_is_named_and_what_follows_comes_after(case: Path) -> None:
    run(case)
    fill(case, {"new.txt": "x"})
    told = news(case, lambda: run(case))
    assert told[("ingest", "4")] == told[("read", "4")] == ("new",)
    assert told[("gather", "")] == ("exhibits", "status", "documents:ingest", "documents:read")
    assert told[("seal", "")][-1] == "custody"


def test_names_siblings_and_links_are_parts(case: Path) -> None:
    read = replace(READ, reads_name=True, reads_siblings=True)
    linked = replace(READ, name="linked", links_from=("read",))
    order = (INGEST, read, linked, GATHER, SEAL)
    run(case, order=order)
    (case / "inbox" / "chat.txt").rename(case / "inbox" / "talk.txt")
    told = news(case, lambda: run(case, order=order))
    assert told[("read", "1")] == ("names", "siblings")
    assert told[("read", "2")] == ("siblings",)
    assert "links" in next(line for line in lines_in(path_of(case)) if line.stage == "linked").parts


def test_a_lost_result_is_named(case: Path) -> None:
    built = run(case)
    line = next(line for line in lines_in(path_of(case)) if (line.stage, line.label) == ("read", "2"))
    (case / "work" / "keys" / f"{line.key}.json").unlink()
    assert news(case, lambda: run(case)) == {("read", "2"): ("damaged",)}
    assert built.documents == run(case).documents


def test_a_second_try_is_named(tmp_path: Path) -> None:
    case = fill(tmp_path, {"a.txt": "one", "b.txt": "die once"})
    order = (INGEST, replace(READ, run=tiny_stages.read_badly), GATHER, SEAL)
    run(case, order=order, jobs=2)
    crashed = next(line for line in lines_in(path_of(case)) if line.code)
    assert (crashed.stage, crashed.name, crashed.code, crashed.made) == ("read", "b.txt", "task-crashed", None)
    (case / "work" / "mended").touch()
    assert news(case, lambda: run(case, order=order, jobs=2, retry=True))[("read", "2")] == ("retry",)


def test_a_stage_over_all_that_failed_is_tried_again(tmp_path: Path) -> None:
    case = fill(tmp_path, {"a.txt": "break the gathering"})

    def fail() -> None:
        with pytest.raises(DossierError):
            run(case)

    assert news(case, fail)[("gather", "")] == ("new",)
    assert news(case, fail) == {("gather", ""): ("failed-before",)}


def test_a_former_result_that_fits_again_is_told_once(case: Path) -> None:
    run(case)
    run(case, case=Case(title="other"))
    told = news(case, lambda: run(case))
    assert told == {("gather", ""): ("reused",), ("seal", ""): ("reused",)}
    assert news(case, lambda: run(case)) == {}
    assert news(case, lambda: run(case, case=Case(title="third")))[("gather", "")] == ("parameters:title",)


def test_without_a_journal_nothing_is_lost_but_the_reasons(case: Path) -> None:
    run(case)
    before = published(case)
    path_of(case).unlink()
    assert sum(run(case).made.values()) == 0
    assert published(case) == before
    assert {line.why for line in lines_in(path_of(case))} == {("reused",)}


@pytest.mark.parametrize("torn", [b'{"build":7', b"\xff\xfe\n", b'{"build":"x"}\n'])
def test_what_cannot_be_read_is_passed_over(case: Path, torn: bytes) -> None:
    run(case)
    with path_of(case).open("ab") as stream:
        stream.write(torn)
    fill(case, {"new.txt": "x"})
    told = news(case, lambda: run(case))
    assert told[("ingest", "4")] == ("new",)
    assert [line.build for line in lines_in(path_of(case))][-1] == 2


def test_a_journal_that_cannot_be_written_harms_nobody(case: Path) -> None:
    path_of(case).mkdir(parents=True)
    assert run(case).made == {"ingest": 3, "read": 3, "gather": 1, "seal": 1}
    assert lines_in(path_of(case)) == ()


def test_it_does_not_grow_for_ever(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(case)
    for number in range(9):
        run(case, case=Case(title=str(number)))
    long = path_of(case).stat().st_size
    newest = {(line.stage, line.label): line.key for line in lines_in(path_of(case))}
    monkeypatch.setattr(journal, "MOST", long - 1)
    told = news_after_a_cut(case)
    assert path_of(case).stat().st_size < long // 2 + 2000
    assert told == {("gather", ""): ("parameters:title",), ("seal", ""): ("documents:gather",)}
    kept = {(line.stage, line.label): line.key for line in lines_in(path_of(case)) if line.build < 11}
    assert kept == newest


def news_after_a_cut(case: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    run(case, case=Case(title="last"))
    return {(line.stage, line.label): line.why for line in lines_in(path_of(case)) if line.build == 11}


def test_of_many_exhibits_every_newest_line_is_kept(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(case)
    before = path_of(case).read_bytes()
    monkeypatch.setattr(journal, "MOST", 1)
    run(case)
    assert path_of(case).read_bytes() == before


def test_a_kill_loses_lines_and_no_results(case: Path) -> None:
    """What the store knows and the journal does not: as if it had been killed before the lines were written."""
    run(case)
    lines = path_of(case).read_bytes().splitlines(keepends=True)
    path_of(case).write_bytes(b"".join(lines[:4]))
    told = news(case, lambda: run(case))
    assert set(told.values()) == {("reused",)}
    assert len(told) == len(lines) - 4


def test_members_and_workers_make_the_same_journal(tmp_path: Path) -> None:
    def told(folder: Path, jobs: int) -> set[tuple[Any, ...]]:
        run(fill(folder, PACKED), jobs=jobs)
        lines = lines_in(path_of(folder))
        return {(line.stage, line.label, line.key, line.why, tuple(sorted(line.parts.items()))) for line in lines}

    alone = told(tmp_path / "a" / "case", 1)
    assert alone == told(tmp_path / "b" / "case", 3)
    assert {label for _, label, *_ in alone} == {"", "1", "2", "3", "4", "4-1", "4-2"}


def test_reasons_are_the_parts_that_differ() -> None:
    before = {"version": "1", "documents:a": "x", "gone": "y", "same": "z"}
    now = {"version": "2", "documents:a": "X", "come": "y", "same": "z"}
    assert reasons(before, now) == ("come", "gone", "version", "documents:a")
    assert reasons(now, now) == ("program",)


def test_a_line_prints_every_key(case: Path) -> None:
    run(case)
    for line in path_of(case).read_text("utf-8").splitlines():
        assert json.loads(line).keys() == set(Line.__struct_fields__)


def test_run_json_tells_reasons_tools_and_the_slowest(case: Path) -> None:
    run(case)
    fill(case, {"new.txt": "x"})
    run(case)
    shown = json.loads((case / "out" / "run.json").read_bytes())
    assert shown["at"] == "2026-03-17T01:30:12Z"
    assert shown["why"]["new"] == 2
    assert shown["why"]["exhibits"] == 2
    assert shown["tools"] == {"tongue": "1"}
    stages = {stage["stage"]: stage for stage in shown["stages"]}
    assert (stages["ingest"]["why"], stages["ingest"]["reused"]) == ({"new": 1}, 3)
    assert {slow["stage"] for slow in shown["slowest"]} == {"ingest", "read", "gather", "seal"}
    assert [slow["seconds"] for slow in shown["slowest"]] == sorted(
        (s["seconds"] for s in shown["slowest"]), reverse=True
    )


def test_run_json_of_another_version_is_understood(case: Path) -> None:
    run(case)
    path = case / "out" / "run.json"
    shown = json.loads(path.read_bytes())
    path.write_text(json.dumps({"outputs": shown["outputs"], "from the future": 1}))
    order = (INGEST, READ, replace(GATHER, publishes=("inside.json",)), SEAL)
    run(case, order=order)
    assert not (case / "out" / "words.txt").exists()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_case_in_a_thread_is_billed_for_itself(case: Path, jobs: int) -> None:
    thread = threading.Thread(target=run, args=(case,), kwargs={"jobs": jobs})
    thread.start()
    thread.join()
    shown = json.loads((case / "out" / "run.json").read_bytes())
    assert sum(stage["cpu"] for stage in shown["stages"]) - 0.01 <= shown["cpu"] < time.process_time()
