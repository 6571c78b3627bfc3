"""Which folders below a root are cases (interface, "The case folder")."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.intake import LITTER, OWN, natural
from pipeline.store import reading

__all__ = ["Found", "cases_below"]

_MARKS = ("case.toml", "ledger.jsonl")


@dataclass(frozen=True, kw_only=True)
class Found:
    """The cases below a root in natural order of path, the loose files that belong to none, and closed folders."""

    cases: tuple[Path, ...]
    loose: tuple[Path, ...]
    closed: tuple[Path, ...]


def cases_below(root: Path, supported: Callable[[Path], bool]) -> Found:
    """Every case at or below a root.

    A case is a folder with case.toml, ledger.jsonl or inbox/; else the topmost one below the root that directly holds
    a file that `supported` knows. No case lies inside a case. Links are not followed, hidden folders not entered.
    MachineLacks if the root itself cannot be listed.
    """
    with reading(root):
        entries = _listed(root)
    if _marked(entries):
        return Found(cases=(root,), loose=(), closed=())
    search = _Search(supported)
    search.below(entries)
    loose = [Path(entry.path) for entry in _files(entries) if supported(Path(entry.path))]
    return Found(cases=_sorted(search.cases), loose=_sorted(loose), closed=_sorted(search.closed))


class _Search:
    def __init__(self, supported: Callable[[Path], bool]) -> None:
        self._supported = supported
        self.cases: list[Path] = []
        self.closed: list[Path] = []

    def below(self, entries: list[os.DirEntry[str]]) -> None:
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False) or entry.name.startswith("."):
                continue
            try:
                inside = _listed(Path(entry.path))
            except FileNotFoundError:
                continue
            except OSError:
                self.closed.append(Path(entry.path))
                continue
            if _marked(inside) or any(self._supported(Path(file.path)) for file in _files(inside)):
                self.cases.append(Path(entry.path))
            else:
                self.below(inside)


def _listed(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return list(entries)


def _marked(entries: list[os.DirEntry[str]]) -> bool:
    return any(
        entry.is_file(follow_symlinks=False) if entry.name in _MARKS else entry.is_dir(follow_symlinks=False)
        for entry in entries
        if entry.name in (*_MARKS, "inbox")
    )


def _files(entries: list[os.DirEntry[str]]) -> Iterator[os.DirEntry[str]]:
    for entry in entries:
        own = any(fnmatch.fnmatchcase(entry.name, pattern) for pattern in (*OWN, *LITTER))
        if not own and not entry.name.startswith(".") and entry.is_file(follow_symlinks=False):
            yield entry


def _sorted(paths: list[Path]) -> tuple[Path, ...]:
    return tuple(sorted(paths, key=lambda path: natural(path.as_posix())))
