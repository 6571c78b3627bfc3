"""The cases that were here before: which evidence they hold, so that what comes again is known by its name or bytes.

Each case in an exit has its own small index in its `work/`, and so moves with it; where one is missing it is made
again. It only serves to search: whatever it finds is read again before anything is decided.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from pipeline.intake import Found, scan
from pipeline.model import Digest, Value, decode, encode
from pipeline.store import write_aside
from pipeline.watch.meter import Meter
from pipeline.watch.names import CLAIMS, DONE, EXITS, FAILED, PAPERS, key

__all__ = ["Contents", "Known", "contents"]

INDEX = "work/arrived.json"


@dataclass(frozen=True)
class Contents:
    """What a case holds: its evidence with the digest of each file, and what people wrote, by name.

    `closed` are the names of what could not be opened.
    """

    files: tuple[tuple[Found, Digest], ...] = ()
    papers: Mapping[str, Digest] = field(default_factory=dict)
    closed: tuple[str, ...] = ()

    @property
    def evidence(self) -> frozenset[Digest]:
        """The bytes of the evidence, under whatever names."""
        return frozenset(digest for _, digest in self.files)

    def has_news_for(self, known: Contents) -> bool:
        """Whether it holds evidence, or a paper, that the known case does not."""
        papers = {item for item in self.papers.items() if item not in known.papers.items()}
        return bool(self.evidence - known.evidence or papers)

    def joined(self, more: Contents) -> Contents:
        """What a case holds that got all of `more`."""
        return Contents(self.files + more.files, {**self.papers, **more.papers})


class _Index(Value, frozen=True, kw_only=True):
    evidence: tuple[Digest, ...]


def contents(case: Path, meter: Meter | None = None, code: str = "watch-page-reads") -> Contents:
    """Read all of a case's evidence, told to `meter` as `code`. MachineLacks if its folder cannot be listed."""
    meter = meter or Meter()
    found, notes = scan(case)
    meter.begin(code, sum(map(_size, found)))
    files: list[tuple[Found, Digest]] = []
    closed = [str(note.values["name"]) for note in notes if note.code == "cannot-open"]
    for file in found:
        try:
            files.append((file, meter.digest(file.path)))
        except FileNotFoundError:
            continue  # gone since it was listed
        except OSError:
            closed.append(file.name)
    papers: dict[str, Digest] = {}
    for name in PAPERS:
        with contextlib.suppress(OSError):
            papers[name] = meter.digest(case / name)
    return Contents(tuple(files), papers, tuple(closed))


def _size(file: Found) -> int:
    with contextlib.suppress(OSError):
        return file.path.lstat().st_size
    return 0


class Known:
    """The cases in the exits of an inbox."""

    def __init__(self, inbox: Path) -> None:
        self._inbox = inbox
        self._seen: dict[tuple[str, int], frozenset[Digest]] = {}

    def named(self, name: str) -> Path | None:
        """The case of this name that was made, else that failed."""
        for way in (DONE, FAILED):
            for case in self._cases(way, name):
                return Path(case)
        return None

    def made(self) -> frozenset[str]:
        """The paths of the cases that were made."""
        return frozenset(self._cases(DONE))

    def same(self, have: Contents, meter: Meter, but: Container[str] = ()) -> Path | None:
        """A case that was made of exactly the same evidence, and is not among those that were looked at already."""
        wanted = have.evidence
        for case in self._cases(DONE) if wanted else ():
            if case in but or self._evidence(case, meter) != wanted:
                continue
            if contents(Path(case), meter, "watch-page-compares").evidence == wanted:
                return Path(case)
        return None

    def taken(self, name: str) -> bool:
        """Whether any exit has this name."""
        return any(True for way in EXITS for _ in self._cases(way, name))

    def enter(self, case: Path, have: Contents) -> None:
        """Write a case's index."""
        index = case / INDEX
        index.parent.mkdir(exist_ok=True)
        told = encode(_Index(evidence=tuple(sorted(have.evidence))))
        aside, _, _ = write_aside(self._inbox / CLAIMS, (told,))
        aside.replace(index)

    def _evidence(self, case: str, meter: Meter) -> frozenset[Digest]:
        index = f"{case}/{INDEX}"
        try:
            stamp = (case, os.stat(index).st_mtime_ns)  # noqa: PTH116
            if stamp not in self._seen:
                self._seen[stamp] = frozenset(decode(Path(index).read_bytes(), _Index).evidence)
            return self._seen[stamp]
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            have = contents(Path(case), meter, "watch-page-compares")
            with contextlib.suppress(OSError):
                self.enter(Path(case), have)
            return have.evidence

    def _cases(self, way: str, wanted: str | None = None) -> Iterator[str]:
        """The paths of the cases in an exit, or of those of one name. There may be very many: no Path for each."""
        with contextlib.suppress(FileNotFoundError), os.scandir(self._inbox / way) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                named = wanted is None or key(entry.name) == key(wanted)
                if named and entry.is_dir(follow_symlinks=False):
                    yield entry.path
