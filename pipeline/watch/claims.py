"""Claims: what a watcher has in hand. Its folder alone tells how far it is, so that a kill loses nothing.

    INBOX/.claims/<token>.lock   held as long as the watcher lives
    INBOX/.claims/<token>/
      taking/<name>    a folder that was just renamed in: not yet seen to be unchanged
      wrapped/<name>   a folder with nothing but one case folder in it, which is about to be taken out
      loose/<name>/    loose files that are being gathered into a case
      zipped/<zip>     a zip that is (about to be) unpacked into unpacked/<name>/
      beside/<zip>     it was unpacked, and goes beside what came out of it
      within/<zip>     the same, and goes into the inbox of the case: it was not unpacked, or not all of it
      new/<name>/      what arrived, whole: to be compared with the known cases, and built
      old/<name>/      the known case that gets the new evidence

Each step ends with one rename. What cannot be handed back under its own name stays claimed, and is gone on with.
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
from collections.abc import Container, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from pipeline.store import sync_folder
from pipeline.watch.arrivals import Arrival
from pipeline.watch.meter import Meter
from pipeline.watch.names import GATHERED, PAPERS, REASON, WRAPPED, free_in, inner_name, key, names_in
from pipeline.watch.tree import READY, Tree, look_at
from pipeline.watch.unzip import Unzipped, unzip

__all__ = ["EXITS_LOCK", "Claim", "dead", "names_in_hand", "sweep"]

EXITS_LOCK = "exits.lock"
"""Held while a case leaves."""

_TREES = ("taking", "wrapped", "loose", "new", "old")
_ZIPS = ("zipped", "beside", "within")
_DERIVED = ("unpacked", "copy", "aside")
"""What can be made again of what else is there."""


class Claim:
    """One claim, held."""

    def __init__(self, folder: Path, lock: FileLock) -> None:
        self.folder = folder
        self._lock = lock

    @property
    def name(self) -> str:
        """Of the case that is in hand, or of its folder in `.claims`."""
        case = self.at("new") or self.at("old") or self.at("unpacked")
        return case.name if case else self.folder.name

    @classmethod
    def open(cls, claims: Path) -> Claim:
        """A fresh one."""
        token = secrets.token_hex(8)
        lock = _lock(claims, token)
        lock.acquire(timeout=0)
        (claims / token).mkdir()
        return cls(claims / token, lock)

    def at(self, step: str) -> Path | None:
        """What lies at a step."""
        with contextlib.suppress(FileNotFoundError, StopIteration):
            return next((self.folder / step).iterdir())
        return None

    def take(self, inbox: Path, arrival: Arrival, name: str) -> bool:
        """Take what arrived, as the case `name`; False, and all as it was, if it is not as it was seen.

        OSError if it is gone, or cannot be moved.
        """
        if arrival.kind == "folder":
            return self._take_folder(inbox / arrival.names[0], arrival.tree)
        if arrival.kind == "zip":
            return self._take_zip(inbox / arrival.names[0], arrival.tree, name)
        return self._gather(inbox, arrival, name)

    def unpack(self, meter: Meter) -> None:
        """Make a case of a zip that was taken; nothing to do for anything else."""
        packed, home = self.at("zipped"), self.at("unpacked")
        if packed and home:
            unpacked = unzip(packed, home, self.scratch("copy"), meter)
            self._advance("zipped", "beside" if unpacked is Unzipped.WHOLE else "within")
            self._advance("unpacked", "new")
            self._settle()

    def recover(self, inbox: Path) -> bool:
        """Bring what was left half done to a whole step; whether there is a case to go on with."""
        self._unwrap()
        taking = self.at("taking")
        if taking and not self._put_back(taking, inbox / taking.name):
            self._advance("taking", "new")
        if self.at("loose"):
            self._scatter(inbox)
        if self.at("zipped") or (self.at("new") is None and (self.at("beside") or self.at("within"))):
            self._return_zip(inbox)
        self._settle()
        return (self.at("new") or self.at("old")) is not None

    def fetch(self, known: Path) -> Path:
        """Claim a known case back from its exit; FileNotFoundError if another did."""
        target = self._step("old") / known.name
        known.rename(target)
        return target

    def hand_back(self, inbox: Path) -> bool:
        """Put the case back into the inbox, with what was made of it so far; False if it has to stay."""
        held = [case for step in ("new", "old") if (case := self.at(step))]
        return len(held) == 1 and self._put_back(held[0], inbox / held[0].name)

    def scratch(self, name: str) -> Path:
        """An empty folder for what can be made again."""
        shutil.rmtree(self.folder / name, ignore_errors=True)
        return self._step(name)

    def close(self) -> None:
        """Let go. The folder goes with it if nothing is left in it."""
        for name in _DERIVED:
            shutil.rmtree(self.folder / name, ignore_errors=True)
        for step in (*_TREES, *_ZIPS, ""):
            with contextlib.suppress(OSError):
                (self.folder / step).rmdir()
        self._lock.release()
        if not self.folder.exists():
            self.folder.with_suffix(".lock").unlink(missing_ok=True)

    def _take_folder(self, source: Path, tree: Tree) -> bool:
        target = self._step("taking") / source.name
        source.rename(target)
        if look_at(target) != tree and self._put_back(target, source):
            return False
        self._advance("taking", "wrapped" if tree.wraps else "new")
        self._unwrap()
        return True

    def _unwrap(self) -> None:
        """Take the one case out of what is around it, which is kept in its work/: that tells where it came from."""
        if (around := self.at("wrapped")) is None:
            return
        inside = look_at(around).wraps
        if inside is not None:
            (around / inside).rename(self._step("new") / inner_name(around.name, inside))
        elif self.at("new") is None:
            self._advance("wrapped", "new")
            return
        case = self.at("new")
        assert case is not None
        (case / WRAPPED).mkdir(parents=True, exist_ok=True)
        around.rename(free_in(case / WRAPPED, around.name))

    def _take_zip(self, source: Path, tree: Tree, name: str) -> bool:
        packed = self._step("zipped") / source.name
        source.rename(packed)
        if look_at(packed) != tree:
            self._return_zip(source.parent)
            return False
        (self.scratch("unpacked") / name).mkdir()
        return True

    def _gather(self, inbox: Path, arrival: Arrival, name: str) -> bool:
        home = self._step("loose") / name
        (home / "inbox").mkdir(parents=True)
        if sum(file not in PAPERS for file in arrival.names) > 1:
            (home / GATHERED).mkdir(parents=True)
        for file in arrival.names:
            own = file in (*PAPERS, READY, REASON)
            with contextlib.suppress(FileNotFoundError):
                (inbox / file).rename((home if own else home / "inbox") / file)
        seen = {entry for entry in arrival.tree.entries if entry.path in arrival.names}
        if seen != {entry for path in _files(home) for entry in look_at(path).entries}:
            self._scatter(inbox)
            return False
        self._advance("loose", "new")
        return True

    def _settle(self) -> None:
        """Put a zip to the case that was made of it."""
        case = self.at("new")
        for step in ("beside", "within"):
            if case and (packed := self.at(step)):
                home = case if step == "beside" else case / "inbox"
                packed.rename(free_in(home, packed.name))

    def _scatter(self, inbox: Path) -> None:
        """Loose files go back, loose."""
        home = self.at("loose")
        assert home is not None
        for path in list(_files(home)):
            path.rename(free_in(inbox, path.name))
        shutil.rmtree(self.folder / "loose")

    def _return_zip(self, inbox: Path) -> None:
        for step in _ZIPS:
            if packed := self.at(step):
                packed.rename(free_in(inbox, packed.name))

    def _put_back(self, source: Path, target: Path) -> bool:
        if any(key(name) == key(target.name) for name in names_in(target.parent)):
            return False
        source.rename(target)
        sync_folder(target.parent)
        return True

    def _step(self, name: str) -> Path:
        (self.folder / name).mkdir(exist_ok=True)
        return self.folder / name

    def _advance(self, step: str, following: str) -> None:
        (self.folder / step).rename(self.folder / following)
        sync_folder(self.folder)


def sweep(claims: Path) -> None:
    """Remove what watchers left that died before they claimed anything, or while they wrote the page."""
    for left in claims.glob(".*.part"):
        left.unlink(missing_ok=True)
    for path in claims.glob("*.lock"):
        if path.name != EXITS_LOCK and not path.with_suffix("").exists():
            with contextlib.suppress(OSError), FileLock(path, timeout=0):
                path.unlink(missing_ok=True)


def dead(claims: Path, but: Container[str]) -> Iterator[Claim]:
    """Claims whose watcher is gone, now held; `but` are folders not to look at."""
    for name in sorted(names_in(claims)):
        folder = claims / name
        if name in but or "." in name or not folder.is_dir():
            continue
        lock = _lock(claims, name)
        with contextlib.suppress(Timeout):
            lock.acquire(timeout=0)
            yield Claim(folder, lock)


def _lock(claims: Path, token: str) -> FileLock:
    """One thread may take it and another let it go."""
    return FileLock(claims / f"{token}.lock", thread_local=False)


def names_in_hand(claims: Path) -> dict[str, str]:
    """The names of the cases that any watcher has in hand, under what they compare by."""
    names: dict[str, str] = {}
    for name in names_in(claims):
        for step in (*_TREES, "unpacked"):
            with contextlib.suppress(OSError):
                names |= {key(case): case for case in names_in(claims / name / step)}
    return names


def _files(home: Path) -> Iterator[Path]:
    for path in home.iterdir():
        if path.name == "inbox":
            yield from path.iterdir()
        elif path.name != "work":
            yield path
