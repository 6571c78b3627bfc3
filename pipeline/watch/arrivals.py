"""What lies in the drop folder, and since when it was seen unchanged.

The scan is the truth: a share on the network tells of no changes, and the times of its files are another machine's.
What counts is what was observed, by a clock that only goes forward.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.intake import LITTER, natural
from pipeline.watch.names import is_own, is_reserved
from pipeline.watch.tree import PARTIAL, Entry, Tree, entry_of, is_like, look_at

__all__ = ["PATIENCE", "Arrival", "Eye", "Look", "Refused", "Stillness", "look"]

PATIENCE = 5
"""So many times longer is waited where something looks unfinished."""

SELDOM = 60.0
"""Seconds after which a folder is looked through again that nothing happens in. A change at its top shows at once."""

Kind = Literal["folder", "zip", "loose"]


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
    return Eye(inbox).look(0.0)


class _Seen(NamedTuple):
    """What a folder was when it was last looked through, and since when it is that, by a monotonic clock."""

    stamp: tuple[int, ...]
    found: Arrival | Refused
    looked: float
    since: float

    def lasts(self, stamp: tuple[int, ...], now: float) -> bool:
        """Whether it need not be looked through again: the longer nothing happened in it, the less often it is."""
        return stamp == self.stamp and now - self.looked < min(SELDOM, (now - self.since) / 10)


class Eye:
    """Looks at the inbox, time after time."""

    def __init__(self, inbox: Path) -> None:
        self._inbox = inbox
        self._seen: dict[str, _Seen] = {}

    def look(self, now: float) -> Look:
        """All that lies in the inbox. OSError if it cannot be listed."""
        with os.scandir(self._inbox) as scan:
            entries = sorted(scan, key=lambda entry: natural(os.fsencode(entry.name).decode("utf-8", "replace")))
        found: list[Arrival | Refused] = []
        loose: list[os.DirEntry[str]] = []
        before, self._seen = self._seen, {}
        for entry in entries:
            if is_reserved(entry.name):
                continue
            try:
                one = self._one(entry, before.get(entry.name), now)
            except FileNotFoundError:
                continue  # gone since it was listed
            except OSError:
                one = Refused(entry.name, "watch-closed")
            loose += [entry] if one is None else []
            found += [one] if one is not None else []
        arrivals = [one for one in found if isinstance(one, Arrival)]
        return Look([*arrivals, *_together(loose)], [one for one in found if isinstance(one, Refused)])

    def forget(self, name: str) -> None:
        """Look through it again the next time, whatever it looks like."""
        self._seen.pop(name, None)

    def _one(self, entry: os.DirEntry[str], before: _Seen | None, now: float) -> Arrival | Refused | None:
        """What an entry is; None for a loose file."""
        status = entry.stat(follow_symlinks=False)
        if not stat.S_ISDIR(status.st_mode):
            return _file(entry, status.st_mode)
        stamp = (status.st_ino, status.st_mtime_ns, status.st_ctime_ns)
        if before is None or not before.lasts(stamp, now):
            found = _folder(entry)
            since = before.since if before and before.found == found else now
            before = _Seen(stamp, found, now, since)
        self._seen[entry.name] = before
        return before.found


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


def _folder(entry: os.DirEntry[str]) -> Arrival | Refused:
    if _leads_out(Path(entry.path)):
        return Refused(entry.name, "watch-links-inside")
    return Arrival(kind="folder", names=(entry.name,), tree=look_at(Path(entry.path)))


def _file(entry: os.DirEntry[str], mode: int) -> Arrival | Refused | None:
    if not stat.S_ISREG(mode):
        return Refused(entry.name, "watch-link" if stat.S_ISLNK(mode) else "watch-special")
    if entry.name.lower().endswith(".zip") and not is_like(entry.name, LITTER):
        return Arrival(kind="zip", names=(entry.name,), tree=look_at(Path(entry.path)))
    return None


def _together(loose: list[os.DirEntry[str]]) -> Iterator[Arrival]:
    """The loose files as one arrival. Those in transfer are seen, so that it waits, and left where they are."""
    entries: set[Entry] = set()
    for entry in loose:
        try:
            entries.add(entry_of(entry.name, entry.stat(follow_symlinks=False)))
        except FileNotFoundError:
            continue
    tree = Tree(entries=frozenset(entries))
    names = tuple(entry.name for entry in loose if entry.name in tree.files and not is_like(entry.name, PARTIAL))
    if names:
        yield Arrival(kind="loose", names=names, tree=tree)


def _leads_out(folder: Path) -> bool:
    """Whether one of the case's own places is a link: what is read or written there would be elsewhere."""
    with os.scandir(folder) as entries:
        return any(entry.is_symlink() and is_own(entry.name) for entry in entries)
