"""Evidence that moves while it is taken in, originals that were harmed, clocks that jump."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
import tiny_stages
from cases import FILES, Intake, fill, finish, labels, start
from real import chat_case, dossier

from pipeline.contract import Settings
from pipeline.ledger import Ledger, audit
from pipeline.model import Case, digest_of
from pipeline.run import Clock, build

DAYS = [datetime(year, 3, 17, tzinfo=UTC) for year in (2026, 1999, 2031, 1970)]


@contextmanager
def growing(path: Path) -> Iterator[None]:
    """Somebody goes on writing to a file."""
    end = threading.Event()

    def write() -> None:
        with path.open("ab") as stream:
            while not end.is_set():
                stream.write(b"more\n" * 1000)
                stream.flush()
                end.wait(0.001)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        yield
    finally:
        end.set()
        writer.join()


def test_what_was_copied_of_a_growing_file_is_the_truth(tmp_path: Path) -> None:
    case = Intake(fill(tmp_path / "case", {**FILES, "grows.txt": "begun\n"}))
    with growing(case.folder / "inbox" / "grows.txt"):
        for _ in range(5):
            case.take()
    case.take()
    exhibits = list(case.exhibits().values())
    assert len(exhibits) > len(FILES)
    for exhibit in exhibits:
        data = case.originals.path(exhibit.digest).read_bytes()
        assert (digest_of(data), len(data)) == (exhibit.digest, exhibit.bytes)
    assert [exhibit.withdrawn for exhibit in exhibits if exhibit.name == "grows.txt"].count(False) == 1
    assert audit(case.folder / "ledger.jsonl") == []


@pytest.mark.parametrize("harm", ["altered", "truncated", "emptied", "grown"])
def test_a_harmed_original_is_named_and_never_used(tmp_path: Path, harm: str) -> None:
    folder = fill(tmp_path / "case", FILES)
    assert finish(start(folder))[0] == 0
    before = {path: path.read_bytes() for path in (folder / "out").iterdir()}
    original = folder / "originals" / digest_of(FILES["chat.txt"].encode()).removeprefix("sha256:")
    whole = original.read_bytes()
    original.chmod(0o644)
    original.write_bytes(
        {"altered": b"X" + whole[1:], "truncated": whole[:5], "emptied": b"", "grown": whole * 2}[harm]
    )
    assert finish(start(folder)) == (5, "original-altered\n", "")
    assert {path: path.read_bytes() for path in (folder / "out").iterdir()} == before
    original.write_bytes(whole)
    assert finish(start(folder)) == (0, "", "")


def test_the_command_says_what_to_do_about_a_harmed_original_and_doing_it_helps(tmp_path: Path) -> None:
    case = chat_case(tmp_path / "案件")
    ingest = ("build", "--jobs", "1", "--until", "ingest", case)
    assert finish(dossier(*ingest))[0] == 0
    (original,) = (case / "originals").iterdir()
    original.chmod(0o644)
    original.write_bytes(b"other")
    code, out, errors = finish(dossier(*ingest))
    assert (code, out) == (5, "")
    assert "证据1（聊天.txt）" in errors
    assert str(original) in errors
    assert "inbox" in errors
    original.unlink()
    assert finish(dossier(*ingest))[0] == 0
    assert labels(case) == [("1", "聊天.txt")]


def test_a_clock_that_jumps_leaves_order_and_evidence_alone(tmp_path: Path) -> None:
    """What came first stands first, whatever the clock said; the date is that of the last that came."""
    folder = fill(tmp_path / "case", {})
    for number, day in enumerate(DAYS, start=1):
        fill(folder, {f"{number}.txt": f"file {number}"})
        build(folder, Case(), tiny_stages.ORDER, Settings(), clock=Ticking(day))
        ledger = Ledger(folder / "ledger.jsonl", Clock())
        assert ledger.newest is not None
        assert ledger.newest[:4] == f"{day.year}"
        assert audit(folder / "ledger.jsonl") == []
    assert labels(folder) == [(str(number), f"{number}.txt") for number in range(1, len(DAYS) + 1)]


class Ticking(Clock):
    """A clock that goes backwards each time it is asked, from a day on."""

    def __init__(self, day: datetime) -> None:
        super().__init__()
        object.__setattr__(self, "left", [day.replace(second=second) for second in range(60)])

    def __call__(self) -> datetime:
        left: list[datetime] = self.left  # type: ignore[attr-defined]
        return left.pop() if len(left) > 1 else left[0]


@pytest.mark.parametrize("epoch", ["0", "253402300799"])
def test_an_epoch_of_any_year_makes_a_dossier(tmp_path: Path, epoch: str) -> None:
    case = chat_case(tmp_path / "案件")
    environ = {**os.environ, "SOURCE_DATE_EPOCH": epoch}
    code, _, errors = finish(dossier("build", "--jobs", "1", "--ocr", "none", case, environ=environ))
    assert (code, "Traceback" in errors) == (0, False)
