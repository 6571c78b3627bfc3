"""Why each result was made: a line for every task of a build, in `work/journal.jsonl`.

The journal is for people who look. Nothing is built of it, and it may be deleted: what it says of `why` then begins
anew. It holds names, digests and costs, never words of the evidence. Only the holder of the case's lock writes it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import msgspec

from pipeline.execute import Task
from pipeline.ledger import stamp
from pipeline.model import Digest, Value, bare, encode
from pipeline.store import Record, write_aside
from pipeline.usage import NO_COST, Cost

__all__ = ["JOURNAL", "Journal", "Line", "lines_in", "reasons", "short"]

JOURNAL = "journal.jsonl"
"""Its name in `work/`."""

MOST = 16 << 20
"""Bytes from which on a journal is cut to the newest line of each stage and exhibit, or to half of this."""

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
    """Of a line, what the next one is compared with."""

    build: int
    stage: str
    label: str
    key: str
    parts: msgspec.Raw
    code: str | None


class Journal:
    """The journal of one case while it is built. What cannot be written is let go: no build is harmed."""

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self._path = path
        self._clock = clock
        self._last: dict[tuple[str, str], _Last] = {}
        self._build = 1
        for _, last in _lines(path, _Last):
            self._last[last.stage, last.label] = last
            self._build = max(self._build, last.build + 1)
        self._new: list[bytes] = []
        self._opened = False

    def why(self, task: Task, record: Record | None) -> tuple[str, ...]:
        """Why a task is made; `record` is what the store recalls, if it is tried again in spite of it."""
        last = self._last.get((task.stage, task.label))
        if record is not None:
            return ("retry",)
        if last is None:
            return ("new",)
        if last.key == task.key:
            return ("failed-before",) if last.code else ("damaged",)
        return reasons(msgspec.json.decode(last.parts, type=dict[str, str]), task.parts)

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
                self._open()
                with self._path.open("ab") as stream:
                    stream.write(b"".join(self._new))
        self._new.clear()

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

    def _open(self) -> None:
        """Before the first line of a build: cut what is too long, and end a line that a kill tore."""
        if self._opened:
            return
        self._opened = True
        with contextlib.suppress(FileNotFoundError):
            if self._path.stat().st_size > MOST:
                _cut(self._path)
            with self._path.open("r+b") as stream:
                if not stream.seek(0, 2):
                    return
                stream.seek(-1, 2)
                if stream.read() != b"\n":
                    stream.write(b"\n")


def reasons(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the parts in which two keys differ, causes before what follows from them; else `program`."""
    differ = {name for name in {*before, *now} if before.get(name) != now.get(name)}
    return tuple(sorted(differ, key=lambda name: (_RANK.get(name.partition(":")[0], 0), name))) or ("program",)


def lines_in(path: Path) -> tuple[Line, ...]:
    """The lines of a journal as far as they can be read; none where there is no journal."""
    return tuple(line for _, line in _lines(path, Line))


def short(digest: Digest) -> str:
    """The first digits of a digest: enough to know it again within a case."""
    return bare(digest)[:12]


def _lines(path: Path, kind: type[_T]) -> Iterator[tuple[bytes, _T]]:
    decoder = msgspec.json.Decoder(kind)
    with contextlib.suppress(OSError), path.open("rb") as stream:
        for raw in stream:
            try:
                line = decoder.decode(raw)
            except (msgspec.MsgspecError, UnicodeDecodeError):
                continue
            yield raw, line


def _cut(path: Path) -> None:
    """Keep the newest line of each stage and exhibit, and of these the last ones that fit into half of what may be."""
    newest: dict[tuple[str, str], bytes] = {}
    for raw, last in _lines(path, _Last):
        newest.pop((last.stage, last.label), None)
        newest[last.stage, last.label] = raw
    kept, size = [], 0
    for raw in reversed(newest.values()):
        size += len(raw)
        if size > MOST // 2:
            break
        kept.append(raw)
    aside, _, _ = write_aside(path.parent, reversed(kept))
    aside.replace(path)
