"""A real build of a real screenshot whose tesseract is killed, or which itself is ended, while it reads."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from cases import finish, labels, published
from processes import alive, children, command, descendants, hearing, until
from real import chat_case, dossier

from pipeline.cli.endings import interrupted_by_term
from pipeline.ledger import audit
from tests.e2e.conftest import picture

Begin = Callable[..., subprocess.Popen[bytes]]
BUILD = ("build", "--jobs", "2", "--ocr", "tesseract")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return undisturbed(tmp_path_factory.mktemp("whole") / "案件")


def undisturbed(case: Path) -> Path:
    chat_case(case)
    (case / "inbox" / "评价.png").write_bytes(picture())
    assert finish(dossier(*BUILD, case))[0] == 0
    return case


@pytest.fixture
def case(whole: Path, tmp_path: Path) -> Path:
    """The same with nothing done yet."""
    folder = tmp_path / "案件"
    shutil.copytree(whole / "inbox", folder / "inbox")
    return folder


@pytest.fixture
def begin(case: Path) -> Iterator[Begin]:
    begun: list[subprocess.Popen[bytes]] = []

    def begin(*options: str, **kept: Any) -> subprocess.Popen[bytes]:
        begun.append(dossier(*BUILD, *options, case, **kept))
        return begun[-1]

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


def reading(process: subprocess.Popen[bytes]) -> int:
    """The tesseract that reads the picture for a build."""
    return until(lambda: next((pid for pid in descendants(process.pid) if reads(pid)), None))


def killed(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def reads(pid: int) -> bool:
    """Whether it is one at work, and not one that is asked about itself."""
    words = command(pid).split()
    return bool(words) and Path(words[0]).name == "tesseract" and "-l" in words


def test_a_killed_tesseract_costs_its_picture_a_word_and_retry_reads_it(case: Path, begin: Begin, whole: Path) -> None:
    process = begin()
    until(lambda: killed(reading(process)))
    code, out, errors = finish(process)
    assert "Traceback" not in errors
    status = {exhibit["name"]: exhibit["status"] for exhibit in manifest(case)["exhibits"]}
    assert status["聊天.txt"] == "read"
    if status["评价.png"] != "read":  # else it was read by a second try
        assert (code, status["评价.png"] in {"partly", "unread"}) == (3, True)
        assert "评价.png" in out
        assert "engine-crashed" in (case / "out" / "notes.json").read_text("utf-8")
    assert finish(begin("--retry"))[0] == 0
    assert published(case) == published(whole)


def test_a_worker_that_dies_takes_nothing_with_it_though_it_is_the_only_one(
    case: Path, begin: Begin, whole: Path
) -> None:
    process = begin("--jobs", "1")
    until(lambda: killed(at_work(process)))
    code, _, errors = finish(process)
    assert (code, "Traceback" in errors) == (0, False)
    assert published(case) == published(whole)


def at_work(process: subprocess.Popen[bytes]) -> int:
    """The worker of a build that has a tesseract read the picture."""
    return until(lambda: next((pid for pid in descendants(process.pid) if any(map(reads, children(pid)))), None))


def manifest(case: Path) -> Any:
    return json.loads((case / "out" / "manifest.json").read_bytes())


def test_a_build_that_is_ended_ends_cleanly_and_goes_on_later(case: Path, begin: Begin, whole: Path) -> None:
    process = begin(preexec_fn=hearing)
    reading(process)
    family = descendants(process.pid)
    process.send_signal(signal.SIGTERM)
    code, out, errors = finish(process)
    assert (code, out) == (130, "")
    assert "已中断。再运行一次会从停下的地方继续。" in errors
    assert "Traceback" not in errors
    assert until(lambda: not any(map(alive, family)))
    assert not (case / "out").exists()
    assert finish(begin())[0] == 0
    assert published(case) == published(whole)
    assert labels(case) == labels(whole)
    assert audit(case / "ledger.jsonl") == []


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGHUP])
def test_what_ends_a_program_interrupts_it_unless_it_was_to_be_ignored(end: signal.Signals) -> None:
    before = signal.signal(end, signal.SIG_DFL)
    try:
        with pytest.raises(KeyboardInterrupt), interrupted_by_term():
            signal.raise_signal(end)
        assert signal.signal(end, signal.SIG_IGN) == signal.SIG_DFL
        with interrupted_by_term():
            signal.raise_signal(end)
    finally:
        signal.signal(end, before)
