"""One mutant through what `dossier read` runs for a file, and what has to hold of the outcome."""

from __future__ import annotations

import tempfile
import time
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pipeline.cli.reading import items_of
from pipeline.cli.shown import shown
from pipeline.contract import Item, Settings
from pipeline.errors import say
from pipeline.limits import Limits, TimeUp, bounded
from pipeline.locate import Locator, Unlocatable, reread
from pipeline.model import Ingested, Reading, decode, encode
from pipeline.usage import Meter
from tests.fuzz.corpus import samples
from tests.fuzz.mutate import mutant

__all__ = ["LIMITS", "Verdict", "check", "verdicts"]

LIMITS = Limits(seconds=90, memory=1 << 30)
MOST_CPU = 20.0
"""Seconds of CPU for one file; the limit of time by the clock is far above, for machines that have more to do."""

SETTINGS = Settings(ocr="none", every_order=True, zone="Asia/Shanghai")
_STATUSES = {"read", "partly", "unread"}
_DEFECTS = {"task-failed", "task-timed-out", "out-of-memory"}
_REREAD = 40
"""How many records of a file are read again where they say they stand."""


class Verdict(NamedTuple):
    """What came of a mutant: its number, the family of its sample, seconds of CPU, peak bytes, how it was read, and
    the defect that showed, empty if none did."""

    index: int
    family: str
    seconds: float
    memory: int
    read: str
    defect: str


def verdicts(seed: int, indices: Sequence[int]) -> list[Verdict]:
    """The verdicts on some mutants of a seed."""
    return [_verdict(index, seed) for index in indices]


def _verdict(index: int, seed: int) -> Verdict:
    sample, data = mutant(index, seed, samples())
    meter, started = Meter(), time.process_time()
    read, defect = "", ""
    try:
        with bounded(LIMITS):
            read = check(sample.name, data)
    except TimeUp as up:
        defect = f"no end within {LIMITS.seconds:.0f} s at {_place(up)}"
    except MemoryError as lack:
        defect = f"more than {LIMITS.memory >> 20} MB at {_place(lack)}"
    except Exception as error:
        defect = f"{type(error).__name__}: {str(error)[:120]} at {_place(error)}"
    seconds = time.process_time() - started
    if seconds > MOST_CPU:
        defect = defect or f"more than {MOST_CPU:.0f} s of CPU"
    return Verdict(index, sample.family, seconds, meter.cost().memory, read, defect)


def check(name: str, data: bytes) -> str:
    """Read a file as `dossier read` does and check what holds for any; how it was read. AssertionError if not."""
    with tempfile.TemporaryDirectory() as folder:
        path, scratch = Path(folder) / name, Path(folder) / "scratch"
        scratch.mkdir()
        path.write_bytes(data)
        items = list(items_of(str(path), SETTINGS, scratch, LIMITS))
        assert path.read_bytes() == data, "the original was changed"
    assert items
    for item in items:
        _check(item)
    for reading in items[0].readings:
        _check_places(reading, data)
    return f"{items[0].status} {_format(items[0])}"


def _check(item: Item) -> None:
    for failed in item.unread:
        assert failed.code not in _DEFECTS, f"{failed.code} {failed.values}"
    assert item.status in _STATUSES
    assert item.ingested is not None
    assert (item.status == "read") == (not item.unread), "what was not read is said, and nothing else"
    assert decode(encode(item.ingested), Ingested) == item.ingested
    for said in (*item.notes, *item.unread):
        values = {"name": item.exhibit.name, "label": item.exhibit.label, **said.values}
        assert say(said.code, values, "zh-CN")
        assert say(said.code, values, "en")
    for reading in item.readings:
        kept = encode(reading)
        assert encode(decode(kept, Reading)) == kept, "what is kept is what was read"
        list(shown(reading.records))


def _check_places(reading: Reading, data: bytes) -> None:
    """Where a record says it stands, something stands."""
    encoding = (reading.encoding or "utf-8").removesuffix("-sig")
    for record in reading.records[:_REREAD]:
        where = record.where
        if where.lines is None or where.member is not None:
            continue
        assert _stands(data, where, encoding), f"{where.lines} of {reading.format}: nothing stands there"


def _stands(data: bytes, where: Locator, encoding: str) -> bool:
    """Whether something stands there; of a damaged text nobody can tell that way."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return True
    try:
        return bool(reread(data, where, encoding="utf-8-sig" if encoding == "utf-8" else encoding))
    except Unlocatable:
        return False


def _format(item: Item) -> str:
    known = [reading.format for reading in item.readings if reading.format != "none" and reading.reader != "exif@1"]
    return known[0] if known else item.ingested.kind if item.ingested else ""


def _place(error: BaseException) -> str:
    """The innermost place of our own in a traceback, and where it ended."""
    frames = list(_frames(error))
    own = [frame for frame in frames if "/stages/" in frame or "/pipeline/" in frame]
    return " < ".join(dict.fromkeys((frames[-1], *(own[-1:]))))


def _frames(error: BaseException) -> Iterator[str]:
    for frame in traceback.extract_tb(error.__traceback__):
        yield f"{'/'.join(Path(frame.filename).parts[-3:])}:{frame.lineno} {frame.name}"
