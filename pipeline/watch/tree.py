"""All of what arrived, as it was seen at one time, and what can be told of it by its names alone."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path, PurePath
from typing import NamedTuple

from pipeline.intake import LITTER
from pipeline.watch.names import PAPERS, REASON, WRAPPED

__all__ = ["DEEPEST", "PARTIAL", "READY", "Entry", "Tree", "entry_of", "is_like", "look_at"]

PARTIAL = ("*.part", "*.crdownload", "*.download", "*.tmp", "~$*")
"""Names of what is still being transferred, or open in an office program."""

READY = "READY"

DEEPEST = 3
"""So many folders down a case is looked for: packing, unpacking and dragging put folders around it."""


class Entry(NamedTuple):
    """A file or folder below what arrived, by its path there: bytes and time for a file, else -1 and the kind."""

    path: str
    size: int
    time: int


_CASE = (PAPERS[0], "ledger.jsonl")
_OWN_FOLDERS = ("originals", "work", "out")
_AROUND = ("desktop.ini", READY, REASON, "work/arrived.json")
"""What may lie around a case beside litter: the last two since the folder came back from an exit."""


@dataclass(frozen=True, kw_only=True)
class Tree:
    """All of what arrived, as it was seen at one time. Two that are equal show that nothing changed."""

    entries: frozenset[Entry]

    @cached_property
    def files(self) -> list[str]:
        """The paths of plain files, hidden ones and litter left out."""
        return sorted(entry.path for entry in self.entries if entry.size >= 0 and not _is_litter(entry.path))

    @cached_property
    def partial(self) -> list[str]:
        """The paths that look as if their transfer had not ended."""
        return sorted(entry.path for entry in self.entries if entry.size >= 0 and is_like(entry.path, PARTIAL))

    @cached_property
    def cut(self) -> list[str]:
        """Those of them whose whole file is not there either."""
        return [path for path in self.partial if os.path.splitext(path)[0] not in self.files]  # noqa: PTH122

    @cached_property
    def locks(self) -> list[str]:
        """Those of them that say that an office program has a document open."""
        return [path for path in self.partial if is_like(path, ("~$*",))]

    @cached_property
    def ready(self) -> bool:
        """Whether somebody said that it is all there."""
        return any(entry.path == READY for entry in self.entries)

    @cached_property
    def bytes(self) -> int:
        """How much it is."""
        return sum(entry.size for entry in self.entries if entry.size > 0)

    @cached_property
    def is_case(self) -> bool:
        """Whether it says that it is a case itself."""
        return any(path in _CASE for path in self.files)

    @cached_property
    def nested(self) -> list[str]:
        """The folders in it that are cases themselves: they hold a case.toml, or the ledger of one that was built."""
        cases = [PurePath(path) for path in self.files if is_like(path, _CASE) and not _is_mac(path)]
        homes = {path.parent for path in cases} - {PurePath()}
        own = {home / name for home in (PurePath(), *homes) for name in _OWN_FOLDERS}
        inboxes = {home / "inbox" for home in (PurePath(), *homes)}
        return sorted(str(home) for home in homes - inboxes if not own & {home, *home.parents})

    @cached_property
    def wraps(self) -> str | None:
        """The path of the one case in it, if there is nothing around that but litter, and nothing odd about it."""
        if len(self.nested) != 1 or len(PurePath(self.nested[0]).parts) > DEEPEST:
            return None
        home = self.nested[0]
        places = {f"{home}/{name}" for name in (*_OWN_FOLDERS, "inbox", WRAPPED)}
        for entry in self.entries:
            is_folder = entry.size < 0 and entry.time == stat.S_IFDIR
            if entry.path.startswith(f"{home}/"):
                if entry.path in places and not is_folder:
                    return None
            elif not (is_folder or _is_litter(entry.path) or _is_mac(entry.path) or entry.path in _AROUND):
                return None
        return home

    @property
    def hollow(self) -> bool:
        """Whether there are only folders in it."""
        return all(entry.time == stat.S_IFDIR and entry.size < 0 for entry in self.entries)

    @cached_property
    def evidence(self) -> bool:
        """Whether there is more in it than what people write about a case."""
        return any(path not in (*PAPERS, READY) for path in self.files)


def look_at(path: Path) -> Tree:
    """All below a folder, or the one file. OSError if it cannot be listed; folders below it that cannot are noted."""
    if path.is_dir() and not path.is_symlink():
        return Tree(entries=frozenset(_below(str(path), "")))
    return Tree(entries=frozenset({entry_of(path.name, path.lstat())}))


def _below(folder: str, above: str) -> Iterator[Entry]:
    with os.scandir(folder) as scan:
        entries = list(scan)
    for entry in entries:
        path = above + entry.name
        try:
            found = entry.stat(follow_symlinks=False)
            yield entry_of(path, found)
            if stat.S_ISDIR(found.st_mode):
                yield from _below(entry.path, path + os.sep)
        except FileNotFoundError:
            continue
        except OSError:
            yield Entry(path, -1, -1)


def entry_of(path: str, found: os.stat_result) -> Entry:
    """What a path is, as it was found."""
    if stat.S_ISREG(found.st_mode):
        return Entry(path, found.st_size, found.st_mtime_ns)
    return Entry(path, -1, stat.S_IFMT(found.st_mode))


def is_like(path: str, patterns: Iterable[str]) -> bool:
    """Whether the last name of a path fits any pattern."""
    name = path.rpartition(os.sep)[2]
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _is_mac(path: str) -> bool:
    return "__MACOSX" in PurePath(path).parts


def _is_litter(path: str) -> bool:
    hidden = path.startswith(".") or f"{os.sep}." in path
    return hidden or (is_like(path, LITTER) and not is_like(path, PARTIAL))
