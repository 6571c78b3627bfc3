"""Small files that ask for much: each is read or unread, within bounds, and its neighbours are read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest

from pipeline.cli.app import run
from pipeline.cli.reading import read_file
from pipeline.contract import Settings
from pipeline.limits import Limits
from pipeline.pools import Pool, opened
from pipeline.usage import Meter
from tests.fuzz.check import LIMITS, check
from tests.hostile.bombs import BOMBS, LACKS_MEMORY, pdf_of_many_forms
from tests.stages.chats.test_every_reader import samples_of

READERS = [path.name for path in sorted((Path(__file__).parents[2] / "fixtures" / "chats").iterdir())]
REPEATED = ("1", " ", "[", "(", "：", "9:", "<", "-", "a@", "\u200b", "2026-03-12 10:00 ", "\n ")
"""What makes a pattern that is not careful try every way there is."""


def measured(name: str, data: bytes) -> tuple[str, int]:
    """How it was read, and the peak of memory. AssertionError if it was not read as any file has to be."""
    meter = Meter()
    return check(name, data), meter.cost().memory


@pytest.fixture(scope="module")
def worker() -> Iterator[Pool]:
    with opened(1, apart=True) as pool:
        yield pool


@pytest.mark.parametrize("bomb", BOMBS)
def test_it_is_read_or_unread_and_never_too_much(worker: Pool, bomb: str) -> None:
    name, make = BOMBS[bomb]
    future = worker.submit(measured, name, make())
    if bomb in LACKS_MEMORY:
        with pytest.raises(AssertionError, match="out-of-memory"):
            future.result()
    else:
        read, memory = future.result()
        assert read.split(" ")[0] in {"read", "partly", "unread"}
        assert memory < LIMITS.memory


def test_a_page_that_never_ends_is_ended(tmp_path: Path) -> None:
    """A form of a PDF that shows itself a thousand thousand million times: native code, which hears no signal."""
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf_of_many_forms())
    with opened(1, apart=True) as pool:
        pool.submit(int, "1").result()
        try:
            read = pool.submit(read_file, str(path), Settings(ocr="none"), "en", Limits(seconds=1.0)).result()
        except BrokenExecutor:
            read = []  # as it mostly ends; on a busy machine the time may be over before the page is drawn
        assert {span["code"] for entry in read for span in entry["unread"]} <= {"task-timed-out"}
        assert pool.submit(int, "7").result() == 7


@pytest.mark.parametrize("reader", READERS)
def test_no_line_makes_a_reader_try_every_way_there_is(worker: Pool, reader: str) -> None:
    """In the middle of a sample stands one sign 20,000 times: a pattern of square cost would show in minutes."""
    small = [
        (name, data) for name, data in samples_of(reader) if name.endswith((".txt", ".csv", ".md", ".log", ".html"))
    ]
    name, data = min(small or samples_of(reader), key=lambda sample: len(sample[1]))
    lines = data.split(b"\n")
    lines.insert(len(lines) // 2, REPEATED[READERS.index(reader) % len(REPEATED)].encode() * 20_000)
    read, _ = worker.submit(measured, name.rpartition("/")[2], b"\n".join(lines)).result()
    assert read


def test_the_command_reads_what_lies_beside_bombs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = []
    for bomb in ("png-comment", "xlsx-billion-laughs", "zip-of-shared-bytes", "json-objects", "mail-nested"):
        name, make = BOMBS[bomb]
        paths.append(tmp_path / f"{bomb}{Path(name).suffix}")
        paths[-1].write_bytes(make())
    paths.append(tmp_path / "b.txt")
    paths[-1].write_bytes(next(data for name, data in samples_of("line-txt") if name.endswith(".txt")))
    assert run(["read", "--json", "--ocr", "none", "--jobs", "2", *map(str, paths)]) == 3
    entries = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [entry["file"]["name"] for entry in entries if entry["records"]] == [str(paths[-1])]
    assert all(entry["unread"] for entry in entries[:-1])
