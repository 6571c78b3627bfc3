"""New evidence for a known case goes to that case. Nothing is written over and nothing is removed."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path, PurePath

from pipeline.intake import evidence_folder
from pipeline.watch.known import Contents
from pipeline.watch.names import WRAPPED, free_in, vacant
from pipeline.watch.tree import READY

__all__ = ["Merged", "merge"]


@dataclass(frozen=True, kw_only=True)
class Merged:
    """What a known case got: names of evidence, and of papers with the name that the former one now has, if any."""

    evidence: tuple[str, ...]
    papers: tuple[tuple[str, str | None], ...]


def merge(drop: Path, have: Contents, known: Path, theirs: Contents) -> Merged:
    """Move what is new from a dropped folder into the known case; what that has already stays in the drop.

    Evidence keeps its path; where another file is there already, it goes below 补充-1. A paper takes the place of the
    former one, which is kept beside it with a number. May be killed and called again at any point.
    """
    merged = Merged(evidence=_evidence(drop, have, known, theirs), papers=_papers(drop, have, known, theirs))
    _wrappers(drop, known)
    with contextlib.suppress(OSError):
        if not (drop / READY).lstat().st_size:
            (drop / READY).unlink()  # a signal, which was heard
    return merged


def _evidence(drop: Path, have: Contents, known: Path, theirs: Contents) -> tuple[str, ...]:
    source, target = evidence_folder(drop), evidence_folder(known)
    there, moved = set(theirs.evidence), []
    for found, digest in have.files:
        if digest in there:
            continue
        there.add(digest)
        path = vacant(target, PurePath(found.path.relative_to(source)), own=target == known)
        path.parent.mkdir(parents=True, exist_ok=True)
        found.path.rename(path)
        moved.append(found.name)
        _prune(found.path.parent, drop)
    return tuple(moved)


def _wrappers(drop: Path, known: Path) -> None:
    """What the drop was taken out of goes along, since it says how the evidence came."""
    with contextlib.suppress(OSError):
        for around in list((drop / WRAPPED).iterdir()):
            (known / WRAPPED).mkdir(parents=True, exist_ok=True)
            around.rename(free_in(known / WRAPPED, around.name))


def _prune(folder: Path, drop: Path) -> None:
    """Remove the folders that are empty now."""
    with contextlib.suppress(OSError):
        while folder != drop:
            folder.rmdir()
            folder = folder.parent


def _papers(drop: Path, have: Contents, known: Path, theirs: Contents) -> tuple[tuple[str, str | None], ...]:
    moved = []
    for name, digest in have.papers.items():
        if theirs.papers.get(name) == digest:
            continue
        former = None
        if os.path.lexists(known / name):
            former = _former(known, name)
            (known / name).rename(known / former)
        (drop / name).rename(known / name)
        moved.append((name, former))
    return tuple(moved)


def _former(known: Path, name: str) -> str:
    """The first of case.1.toml, case.2.toml … that is not taken."""
    path, number = PurePath(name), 1
    while os.path.lexists(known / f"{path.stem}.{number}{path.suffix}"):
        number += 1
    return f"{path.stem}.{number}{path.suffix}"
