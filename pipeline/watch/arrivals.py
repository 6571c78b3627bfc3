"""What lies in the drop folder, and since when it was seen unchanged.

The scan is the truth: a share on the network tells of no changes, and the times of its files are another machine's.
What counts is what was observed, by a clock that only goes forward.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.intake import LITTER, natural
from pipeline.watch.names import EXITS, PAGE, PAPERS, is_own, key

__all__ = [
    "PARTIAL",
    "PATIENCE",
    "READY",
    "Arrival",
    "Entry",
    "Look",
    "Refused",
    "Stillness",
    "Tree",
    "look",
    "look_at",
]

PARTIAL = ("*.part", "*.crdownload", "*.download", "*.tmp", "~$*")
"""Names of what is still being transferred, or open in an office program."""

PATIENCE = 5
"""So many times longer is waited where something looks unfinished."""

READY = "READY"

Kind = Literal["folder", "zip", "loose"]
_RESERVED = {key(name) for name in (*EXITS, PAGE)}


class Entry(NamedTuple):
    """A file or folder below what arrived, by its path there: bytes and time for a file, else -1 and the kind."""

    path: str
    size: int
    time: int


_OWN_FOLDERS = ("originals", "work", "out")


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
        return sorted(entry.path for entry in self.entries if entry.size >= 0 and _is(entry.path, PARTIAL))

    @cached_property
    def ready(self) -> bool:
        """Whether somebody said that it is all there."""
        return any(entry.path == READY for entry in self.entries)

    @cached_property
    def nested(self) -> list[str]:
        """The folders in it that are cases themselves: they hold a case.toml."""
        homes = [Path(path).parent for path in self.files if Path(path).name == PAPERS[0]]
        return sorted(
            str(home) for home in homes if str(home) not in (".", "inbox") and home.parts[0] not in _OWN_FOLDERS
        )

    @property
    def hollow(self) -> bool:
        """Whether there are only folders in it."""
        return all(entry.time == stat.S_IFDIR and entry.size < 0 for entry in self.entries)

    @cached_property
    def evidence(self) -> bool:
        """Whether there is more in it than what people write about a case."""
        return any(path not in (*PAPERS, READY) for path in self.files)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What may become a case: a folder, a zip, or all other loose files together. `names` are those in the inbox."""

    kind: Kind
    names: tuple[str, ...]
    tree: Tree

    @property
    def key(self) -> str:
        """What it goes by from one scan to the next."""
        return "loose:" if self.kind == "loose" else f"{self.kind}:{self.names[0]}"


class Refused(NamedTuple):
    """What is not taken, and the code that says why."""

    name: str
    code: str


class Look(NamedTuple):
    """One scan of the inbox."""

    arrivals: list[Arrival]
    refused: list[Refused]


def look(inbox: Path) -> Look:
    """Look at all that lies in the inbox. OSError if it cannot be listed."""
    with os.scandir(inbox) as scan:
        entries = sorted(scan, key=lambda entry: natural(os.fsencode(entry.name).decode("utf-8", "replace")))
    arrivals: list[Arrival] = []
    refused: list[Refused] = []
    loose: list[os.DirEntry[str]] = []
    for entry in entries:
        if entry.name.startswith(".") or key(entry.name) in _RESERVED:
            continue
        try:
            _sort(entry, arrivals, refused, loose)
        except FileNotFoundError:
            continue  # gone since it was listed
        except OSError:
            refused.append(Refused(entry.name, "watch-closed"))
    return Look([*arrivals, *_together(loose)], refused)


def look_at(path: Path) -> Tree:
    """All below a folder, or the one file. OSError if it cannot be listed; folders below it that cannot are noted."""
    if path.is_dir() and not path.is_symlink():
        return Tree(entries=frozenset(_below(str(path), "")))
    return Tree(entries=frozenset({_entry(path.name, path.lstat())}))


class Stillness:
    """Since when each arrival was seen unchanged. A pure object: the time comes with every question."""

    def __init__(self, quiet: float) -> None:
        self._quiet = quiet
        self._since: dict[str, tuple[Tree, float]] = {}

    def left(self, arrival: Arrival, now: float) -> float:
        """Seconds that it still has to stay as it is; 0 or less: it is ready."""
        tree, since = self._since.get(arrival.key, (None, now))
        if tree != arrival.tree:
            since = now
        self._since[arrival.key] = (arrival.tree, since)
        if arrival.tree.ready:
            return 0.0
        return self._quiet * (PATIENCE if arrival.tree.partial else 1) - (now - since)

    def forget_all_but(self, arrivals: Iterable[Arrival]) -> None:
        """Forget what is no longer there: should it come again, it is new."""
        here = {arrival.key for arrival in arrivals}
        self._since = {name: seen for name, seen in self._since.items() if name in here}


def _sort(
    entry: os.DirEntry[str], arrivals: list[Arrival], refused: list[Refused], loose: list[os.DirEntry[str]]
) -> None:
    mode = entry.stat(follow_symlinks=False).st_mode
    if stat.S_ISDIR(mode):
        if _leads_out(Path(entry.path)):
            refused.append(Refused(entry.name, "watch-links-inside"))
        else:
            arrivals.append(Arrival(kind="folder", names=(entry.name,), tree=look_at(Path(entry.path))))
    elif not stat.S_ISREG(mode):
        refused.append(Refused(entry.name, "watch-link" if stat.S_ISLNK(mode) else "watch-special"))
    elif entry.name.lower().endswith(".zip") and not _is(entry.name, LITTER):
        arrivals.append(Arrival(kind="zip", names=(entry.name,), tree=look_at(Path(entry.path))))
    else:
        loose.append(entry)


def _together(loose: list[os.DirEntry[str]]) -> Iterator[Arrival]:
    """The loose files as one arrival. Those in transfer are seen, so that it waits, and left where they are."""
    entries: set[Entry] = set()
    for entry in loose:
        try:
            entries.add(_entry(entry.name, entry.stat(follow_symlinks=False)))
        except FileNotFoundError:
            continue
    tree = Tree(entries=frozenset(entries))
    names = tuple(entry.name for entry in loose if entry.name in tree.files and not _is(entry.name, PARTIAL))
    if names:
        yield Arrival(kind="loose", names=names, tree=tree)


def _leads_out(folder: Path) -> bool:
    """Whether one of the case's own places is a link: what is read or written there would be elsewhere."""
    with os.scandir(folder) as entries:
        return any(entry.is_symlink() and is_own(entry.name) for entry in entries)


def _below(folder: str, above: str) -> Iterator[Entry]:
    with os.scandir(folder) as scan:
        entries = list(scan)
    for entry in entries:
        path = above + entry.name
        try:
            found = entry.stat(follow_symlinks=False)
            yield _entry(path, found)
            if stat.S_ISDIR(found.st_mode):
                yield from _below(entry.path, path + os.sep)
        except FileNotFoundError:
            continue
        except OSError:
            yield Entry(path, -1, -1)


def _entry(path: str, found: os.stat_result) -> Entry:
    if stat.S_ISREG(found.st_mode):
        return Entry(path, found.st_size, found.st_mtime_ns)
    return Entry(path, -1, stat.S_IFMT(found.st_mode))


def _is(path: str, patterns: Iterable[str]) -> bool:
    name = path.rpartition(os.sep)[2]
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _is_litter(path: str) -> bool:
    hidden = path.startswith(".") or f"{os.sep}." in path
    return hidden or (_is(path, LITTER) and not _is(path, PARTIAL))
