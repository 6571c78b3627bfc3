"""Why each result was made: a line for every task of a build, in `work/journal.jsonl`.

The journal is for people who look. Nothing is built of it, and it may be deleted: what it says of `why` then begins
anew. It holds names, digests and costs, never words of the evidence. Only the holder of the case's lock writes it.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.execute import Task
from pipeline.ledger import stamp
from pipeline.model import Digest, Value, bare, encode, learnt
from pipeline.store import Record, write_aside
from pipeline.usage import NO_COST, Cost

__all__ = ["JOURNAL", "Journal", "Line", "lines_in", "reasons", "short"]

JOURNAL = "journal.jsonl"
"""Its name in `work/`."""

MOST = 16 << 20
"""Bytes from which on a journal is cut to the newest line of each stage and exhibit, if that takes off half of it."""

_AT_ONCE = 256
"""Lines that are written together; a kill loses no more than these."""

_RANK = {"exhibits": 1, "siblings": 1, "links": 1, "status": 2, "documents": 3, "notes": 4, "custody": 4}
"""What of a key stands behind the rest among the reasons."""

_T = TypeVar("_T")


class Line(Value, frozen=True, kw_only=True):
    """A result that came into force: made by a task, or, where `why` is `reused`, one of an earlier build again.

    `build` counts the builds of which the journal tells, `at` is ISO 8601 in UTC by the build's clock; `label` and
    `name` are empty for a stage over all exhibits. `parts` are short fingerprints of what the key was made of, `read`
    the documents that were read, `made` the one that was made, by stage and by the first digits of their digests.
    """

    build: int
    at: str
    stage: str
    version: str
    label: str
    name: str
    key: str
    why: tuple[str, ...]
    parts: dict[str, str]
    read: dict[str, str]
    made: str | None = None
    files: int = 0
    code: str | None = None
    seconds: float = 0.0
    cpu: float = 0.0
    engine: float = 0.0
    memory: int = 0


class _Last(msgspec.Struct, gc=False):
    """Of a line, what the next one is compared with. The rest is read again when it is needed, at `place`."""

    build: int
    stage: str
    label: str
    key: str
    code: str | None
    place: int = 0


class _Parts(msgspec.Struct):
    parts: dict[str, str]


class Journal:
    """The journal of one case while it is built. What cannot be written is let go: no build is harmed."""

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self._path = path
        self._clock = clock
        self._new: list[bytes] = []
        self._whole = False
        with contextlib.suppress(OSError):
            _cut(path)
        self._last: dict[tuple[str, str], _Last] = {}
        self._build = 1
        for place, _, last in _lines(path, _Last):
            last.place = place
            self._last[last.stage, last.label] = last
            self._build = max(self._build, last.build + 1)

    def why(self, task: Task, record: Record | None) -> tuple[str, ...]:
        """Why a task is made; `record` is what the store recalls, if it is tried again in spite of it."""
        last = self._last.get((task.stage, task.label))
        if record is not None:
            return ("retry",)
        if last is None:
            return ("new",)
        if last.key == task.key:
            return ("failed-before",) if last.code else ("damaged",)
        return reasons(self._parts(last), task.parts)

    def made(self, task: Task, record: Record, why: tuple[str, ...], cost: Cost) -> None:
        """A task was made."""
        self._note(task, record, why, cost)

    def reused(self, task: Task, record: Record) -> None:
        """A result of an earlier build is taken; a line only where it is not the one that was in force."""
        last = self._last.get((task.stage, task.label))
        if last is None or last.key != task.key:
            self._note(task, record, ("reused",), NO_COST)

    def flush(self) -> None:
        """Write what is new."""
        with contextlib.suppress(OSError):
            if self._new:
                with self._path.open("ab") as stream:
                    stream.write(self._end() + b"".join(self._new))
        self._new.clear()

    def _parts(self, last: _Last) -> dict[str, str]:
        with contextlib.suppress(OSError, msgspec.MsgspecError, UnicodeDecodeError), self._path.open("rb") as stream:
            stream.seek(last.place)
            return msgspec.json.decode(stream.readline(), type=learnt(_Parts)).parts
        return {}

    def _end(self) -> bytes:
        """The end of a last line that a kill tore, before the first line of this build."""
        torn = not self._whole and _torn(self._path)
        self._whole = True
        return b"\n" if torn else b""

    def _note(self, task: Task, record: Record, why: tuple[str, ...], cost: Cost) -> None:
        line = Line(
            build=self._build,
            at=stamp(self._clock()),
            stage=task.stage,
            version=task.parts.get("version", ""),
            label=task.label,
            name=task.name,
            key=task.key,
            why=why,
            parts=dict(task.parts),
            read={ref.stage: short(ref.digest) for ref in task.documents},
            made=short(record.document) if record.document else None,
            files=len(record.files),
            code=record.failure.code if record.failure else None,
            seconds=round(cost.seconds, 3),
            cpu=round(cost.cpu, 3),
            engine=round(cost.engine, 3),
            memory=cost.memory,
        )
        self._new.append(encode(line) + b"\n")
        if len(self._new) >= _AT_ONCE:
            self.flush()


def reasons(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the parts in which two keys differ, causes before what follows from them; else `program`."""
    differ = {name for name in {*before, *now} if before.get(name) != now.get(name)}
    return tuple(sorted(differ, key=lambda name: (_RANK.get(name.partition(":")[0], 0), name))) or ("program",)


def lines_in(path: Path) -> tuple[Line, ...]:
    """The lines of a journal as far as they can be read; none where there is no journal."""
    return tuple(line for _, _, line in _lines(path, Line))


def short(digest: Digest) -> str:
    """The first digits of a digest: enough to know it again within a case."""
    return bare(digest)[:12]


def _lines(path: Path, kind: type[_T]) -> Iterator[tuple[int, bytes, _T]]:
    """Where each line begins, its bytes, and what it says."""
    decoder = msgspec.json.Decoder(learnt(kind))
    place = 0
    with contextlib.suppress(OSError), path.open("rb") as stream:
        for raw in stream:
            begun, place = place, place + len(raw)
            try:
                line = decoder.decode(raw)
            except (msgspec.MsgspecError, UnicodeDecodeError):
                continue
            yield begun, raw, line


def _torn(path: Path) -> bool:
    with path.open("rb") as stream:
        if not stream.seek(0, os.SEEK_END):
            return False
        stream.seek(-1, os.SEEK_END)
        return stream.read() != b"\n"


def _cut(path: Path) -> None:
    """Leave the newest line of each stage and exhibit, where a journal is long and that is at most half of it."""
    size = path.stat().st_size
    if size <= MOST:
        return
    newest: dict[tuple[str, str], bytes] = {}
    for _, raw, last in _lines(path, _Last):
        newest.pop((last.stage, last.label), None)
        newest[last.stage, last.label] = raw
    if sum(map(len, newest.values())) <= size // 2:
        aside, _, _ = write_aside(path.parent, newest.values())
        aside.replace(path)
