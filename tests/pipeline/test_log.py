"""What is told on stderr: whole lines with stable keys, whatever happens to whoever reads them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tiny_stages
from cases import EPOCH, FILES, fill

from pipeline.cli import log
from pipeline.contract import Settings
from pipeline.errors import UsageError
from pipeline.model import Case
from pipeline.progress import Listener, Progress, both, nobody
from pipeline.run import build, clock_from

KEYS = (
    "at event case stage label name why done total made reused seconds cpu memory exit code".split()
)  # fmt: skip
CLOCK = clock_from({"SOURCE_DATE_EPOCH": EPOCH})
Told = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def told(capfd: pytest.CaptureFixture[str]) -> Told:
    """The JSON lines on stderr since it was last asked."""
    return lambda: [json.loads(line) for line in capfd.readouterr().err.splitlines()]


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    monkeypatch.delenv("DOSSIER_LOG", raising=False)


def run(folder: Path, listener: Listener) -> None:
    order = tiny_stages.ORDER
    build(folder, Case(title="申诉"), order, Settings(), clock=CLOCK, progress=listener)


def test_a_line_has_every_key_and_the_time_of_the_clock(tmp_path: Path, told: Told) -> None:
    run(fill(tmp_path, FILES), log.listener("json"))
    lines = told()
    assert {tuple(line) for line in lines} == {tuple(sorted(KEYS))}
    assert {line["at"] for line in lines} == {"2026-03-17T01:30:12.000Z"}
    assert {line["case"] for line in lines} == {str(tmp_path)}
    task = next(line for line in lines if line["event"] == "task-done" and line["stage"] == "read")
    assert (task["label"], task["name"], task["why"], task["made"], task["code"]) == ("1", "chat.txt", ["new"], 1, None)
    assert task["memory"] > 1_000_000
    over_all = next(line for line in lines if line["event"] == "task-done" and line["stage"] == "gather")
    assert (over_all["label"], over_all["name"], over_all["exit"]) == (None, None, None)


def test_the_order_of_events(tmp_path: Path, told: Told) -> None:
    case = fill(tmp_path, FILES)
    run(case, log.listener("json"))
    told()
    run(case, log.listener("json"))
    events = [(line["stage"], line["event"], line["done"], line["total"], line["reused"]) for line in told()]
    assert events[:3] == [
        ("ingest", "stage-begun", 0, 3, None),
        ("ingest", "stage-reused", 3, 3, 3),
        ("ingest", "stage-done", 3, 3, 3),
    ]
    assert len(events) == 12


def test_a_failure_is_told_by_its_code_and_no_words_of_the_evidence(tmp_path: Path, told: Told) -> None:
    run(fill(tmp_path, {**FILES, "bug.txt": "raise"}), log.listener("json"))
    lines = told()
    failed = [line for line in lines if line["code"]]
    assert [(line["event"], line["name"], line["code"]) for line in failed] == [("task-done", "bug.txt", "task-failed")]
    assert not any(word in json.dumps(lines, ensure_ascii=False) for word in ("签收", "P3663", "林小姐", "申诉"))


def test_text_is_a_line_a_stage(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    case = fill(tmp_path, {**FILES, "bug\nname.txt": "raise"})
    run(case, log.listener("text"))
    lines = capfd.readouterr().err.splitlines()
    assert all(line.startswith(f"{case}  ") for line in lines)
    assert [line.split("  ")[1] for line in lines] == ["ingest", "read", "read", "gather", "seal"]
    assert "bug\\nname.txt  task-failed" in lines[1]
    assert "新做 4，沿用 0" in lines[0]


@pytest.mark.parametrize("kind", ["none", None])
def test_nothing_is_told_where_nobody_looks(
    tmp_path: Path, kind: str | None, capfd: pytest.CaptureFixture[str]
) -> None:
    run(fill(tmp_path, FILES), log.listener(kind))
    assert capfd.readouterr().err == ""


def test_the_environment_chooses_and_the_option_overrules_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOSSIER_LOG", "json")
    assert isinstance(log.listener(), log.JsonLog)
    assert isinstance(log.listener("text"), log.TextLog)
    assert log.listener("none") is nobody
    monkeypatch.setenv("DOSSIER_LOG", "")
    assert log.listener(None, otherwise=log.bar) is log.bar
    monkeypatch.setenv("DOSSIER_LOG", "xml")
    with pytest.raises(UsageError) as wrong:
        log.listener()
    assert wrong.value.values["name"] == "DOSSIER_LOG"


def test_the_bar_draws_one_line_and_wipes_it(capfd: pytest.CaptureFixture[str]) -> None:
    log.bar(Progress(event="stage-begun", stage="ocr", done=0, total=2))
    log.bar(Progress(event="case-done"))
    log.bar(Progress(event="stage-done", stage="ocr", done=2, total=2))
    assert capfd.readouterr().err == "\rocr：0/2\r"


def test_lines_of_several_cases_stay_whole(told: Told) -> None:
    hear = log.listener("json")
    progress = Progress(event="task-done", case="案件", name="证" * 3000)
    threads = [threading.Thread(target=lambda: [hear(progress) for _ in range(50)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [line["case"] for line in told()] == ["案件"] * 200


def test_a_folder_whose_name_is_no_utf_8_is_told(told: Told) -> None:
    log.listener("json")(Progress(event="case-begun", case=os.fsdecode("案".encode("gbk"))))
    assert told()[0]["case"] == "\\udcb0\\udcb8"


def test_a_name_cannot_steer_a_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    for kind in ("json", "text"):
        log.listener(kind)(Progress(event="task-done", case="案\x1b[2J", name="a\u202eb\nc\x9b", code="task-failed"))
    said = capfd.readouterr().err
    assert len(said.splitlines()) == 2
    assert all(letter.isprintable() for letter in said.replace("\n", ""))


def test_two_can_listen() -> None:
    first: list[Progress] = []
    second: list[Progress] = []
    both(first.append, second.append)(Progress(event="note"))
    assert first == second == [Progress(event="note")]


@pytest.mark.parametrize("closed", [False, True])
def test_a_log_that_nobody_reads_harms_no_build(tmp_path: Path, closed: bool) -> None:
    """stderr is a pipe whose reader is gone, or not there from the start."""
    case = fill(tmp_path, FILES)
    code = (
        "import sys, tiny_stages; from pathlib import Path; from pipeline.cli import log;"
        "from pipeline.contract import Settings; from pipeline.model import Case; from pipeline.run import *;"
        "built = build(Path(sys.argv[1]), Case(), tiny_stages.ORDER, Settings(), clock=Clock(),"
        " progress=log.listener('json')); print(sum(built.made.values()));"
        "sys.stderr and print('after', file=sys.stderr)"
    )
    reader, writer = os.pipe()
    os.close(reader)
    here = Path(tiny_stages.__file__).parent
    done = subprocess.run(
        [sys.executable, "-c", code, str(case)],
        stdout=subprocess.PIPE,
        stderr=writer,
        preexec_fn=(lambda: os.close(2)) if closed else None,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(here), str(here.parents[1])])},
    )
    os.close(writer)
    assert (done.returncode, done.stdout) == (0, b"8\n")
