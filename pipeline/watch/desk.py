"""What becomes of a claimed case: a known one or a new one, and by which exit it leaves."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock

from pipeline.batch import CaseRun
from pipeline.errors import Exit, Language, MachineLacks, UsageError
from pipeline.store import sync_folder
from pipeline.watch import reasons
from pipeline.watch.claims import EXITS_LOCK, Claim
from pipeline.watch.known import Contents, Known, contents
from pipeline.watch.merge import Merged, merge
from pipeline.watch.meter import Meter
from pipeline.watch.names import CLAIMS, DONE, DUPLICATE, FAILED, free, key, names_in, shown
from pipeline.watch.tree import Tree, look_at

__all__ = ["TRIES", "Decision", "Desk", "Outcome", "Work"]

TRIES = 3
"""So often a case is built whose evidence changes while that goes on."""

OUT = "out"
_MADE = frozenset({Exit.COMPLETE, Exit.UNREAD})
_OF_THE_MACHINE = frozenset({"no-space", "case-busy"})
"""Codes of errors that say nothing about the case: it is handed back and tried again."""


@dataclass(kw_only=True)
class Work:
    """A case in hand that has to be built. `tree` is its evidence as it was when that began."""

    claim: Claim
    case: Path
    have: Contents
    tree: Tree
    merged: Merged | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a case left: by which exit, or back to the inbox (None), and why. `name` is that under which it came."""

    name: str
    exit: Exit
    way: str | None
    folder: Path | None
    sentence: str
    code: str | None = None
    known: Path | None = None
    added: tuple[str, ...] = ()
    run: CaseRun | None = None


class Decision(NamedTuple):
    """The case that has to be built, and what of the claim left already, if anything did."""

    work: Work | None
    outcome: Outcome | None


class Desk:
    """Decides over cases in hand, several at a time. All it does may be killed, and done again by another."""

    def __init__(self, inbox: Path, known: Known, now: Callable[[], datetime], language: Language) -> None:
        self._inbox = inbox
        self._known = known
        self._now = now
        self._language = language

    def route(self, claim: Claim, meter: Meter) -> Decision:
        """What becomes of what was taken. OSError or MachineLacks if the disk does not let us."""
        claim.unpack(meter)
        drop, known = claim.at("new"), claim.at("old")
        if drop is None:
            assert known is not None
            return Decision(self._work(claim, known, contents(known, meter)), None)
        tree = look_at(drop)
        if tree.nested:
            inside = [drop.name, *tree.nested] if tree.is_case else tree.nested
            return Decision(None, self._several(claim, drop, inside, meter))
        try:
            have = contents(drop, meter)
        except MachineLacks:
            return Decision(self._work(claim, drop, Contents()), None)  # the build says so
        if known is not None:
            return self._join(claim, drop, have, known, contents(known, meter, "watch-page-compares"))
        return self._look_up(claim, drop, have, meter)

    def end(self, work: Work, run: CaseRun, tries: int, meter: Meter) -> Decision:
        """What becomes of a case that was built: built again if its evidence changed meanwhile, else it leaves."""
        if tries < TRIES and _evidence_tree(work.case) != work.tree:
            return Decision(self._work(work.claim, work.case, contents(work.case, meter), work.merged), None)
        return Decision(None, self._leave(work, run, meter))

    def _leave(self, work: Work, run: CaseRun, meter: Meter) -> Outcome:
        if run.exit not in _MADE:
            lines, way = reasons.failed(work.case, run, work.merged, self._language), FAILED
        else:
            lines, way = reasons.made(work.case, run, work.merged, self._language), DONE
        why = "" if way == DONE else reasons.sentence(work.case, run, self._language)
        is_new = way == DONE and work.claim.at("old") is None
        before = self._known.made()
        twin = self._known.same(work.have, meter) if is_new else None  # may take long: not while others wait
        with self._alone():
            if is_new and twin is None:
                twin = self._known.same(work.have, meter, before)
            if twin is not None:
                return self._leave_again(work.claim, work.case, twin, work.have)
            folder = self._out(work.claim, work.case, way, lines, work.have)
        return Outcome(
            name=work.case.name,
            exit=run.exit,
            way=way,
            folder=folder,
            sentence=why or reasons.headline_of(folder),
            code=run.error.code if run.error else None,
            added=work.merged.evidence if work.merged else (),
            run=run,
        )

    @staticmethod
    def is_the_machines(run: CaseRun) -> bool:
        """Whether the case is not to blame, nor anything that a look at it could mend."""
        return run.error is not None and run.error.code in _OF_THE_MACHINE

    def _work(self, claim: Claim, case: Path, have: Contents, merged: Merged | None = None) -> Work:
        return Work(claim=claim, case=case, have=have, tree=_evidence_tree(case), merged=merged)

    def _look_up(self, claim: Claim, drop: Path, have: Contents, meter: Meter) -> Decision:
        """Whether it is a known case: one that gets what is new, or one that this is a duplicate of.

        MachineLacks if something in it cannot be opened, so that there is no telling.
        """
        while (named := self._known.named(drop.name)) is not None and not look_at(named).nested:
            if have.closed:
                raise MachineLacks("no-rights-read", path=shown(have.closed[0]))
            theirs = contents(named, meter, "watch-page-compares")
            if not have.has_news_for(theirs) and named.parent.name != FAILED:
                return Decision(None, self._leave_again(claim, drop, named, have))
            with contextlib.suppress(FileNotFoundError):
                return self._join(claim, drop, have, claim.fetch(named), theirs)
        if (twin := self._known.same(have, meter)) is not None:
            return Decision(None, self._leave_again(claim, drop, twin, have))
        return Decision(self._work(claim, drop, have), None)

    def _join(self, claim: Claim, drop: Path, have: Contents, known: Path, theirs: Contents) -> Decision:
        merged = merge(drop, have, known, theirs)
        work = self._work(claim, known, theirs.joined(have), merged)
        return Decision(work, self._leave_rest(claim, drop, known, merged))

    def _several(self, claim: Claim, drop: Path, inside: list[str], meter: Meter) -> Outcome:
        """Cases in a folder that is one case: the evidence of different buyers must not meet."""
        code = "watch-nested" if len(inside) > 1 else "watch-nested-one"
        error = UsageError(code, names="、".join(map(shown, inside[:5])), count=len(inside))
        run = CaseRun(case=drop, exit=error.exit, error=error)
        lines = reasons.failed(drop, run, None, self._language)
        folder = self._out(claim, drop, FAILED, lines, contents(drop, meter))
        said = error.say(self._language)
        return Outcome(
            name=drop.name, exit=run.exit, way=FAILED, folder=folder, sentence=said, code=error.code, run=run
        )

    def _leave_again(self, claim: Claim, drop: Path, known: Path, have: Contents) -> Outcome:
        """Nothing is new in it: it leaves as a duplicate, with a copy of what was made before."""
        if (known / OUT).is_dir() and not os.path.lexists(drop / OUT):
            copy = claim.scratch("copy") / OUT
            shutil.copytree(known / OUT, copy, symlinks=True)
            copy.rename(drop / OUT)
        lines = list(reasons.again(known, None, (), self._language))
        return self._duplicate(claim, drop, known, lines, have)

    def _leave_rest(self, claim: Claim, drop: Path, known: Path, merged: Merged) -> Outcome | None:
        """What the known case had already leaves as a duplicate, if there is anything."""
        left = look_at(drop)
        if left.hollow:
            shutil.rmtree(drop)
            return None
        home = self._inbox / DONE / known.name
        names = [path for path in left.files if not path.startswith("work/")]
        lines = list(reasons.again(home, merged, names, self._language))
        return self._duplicate(claim, drop, home, lines, contents(drop))

    def _duplicate(self, claim: Claim, drop: Path, known: Path, lines: list[str], have: Contents) -> Outcome:
        folder = self._out(claim, drop, DUPLICATE, iter(lines), have)
        return Outcome(name=drop.name, exit=Exit.COMPLETE, way=DUPLICATE, folder=folder, sentence=lines[0], known=known)

    def _out(self, claim: Claim, case: Path, way: str, lines: Iterator[str], have: Contents) -> Path:
        reasons.write(case, lines, self._now(), self._language, claim.scratch("aside"))
        self._known.enter(case, have)
        exit_ = self._inbox / way
        exit_.mkdir(exist_ok=True)
        there = {key(name) for name in names_in(exit_)}
        target = exit_ / free(case.name, lambda name: key(name) in there)
        case.rename(target)
        sync_folder(exit_)
        return target

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """While one watcher lets a case leave, no other does: of two that hold the same, the second sees the first."""
        with FileLock(self._inbox / CLAIMS / EXITS_LOCK, timeout=30):
            yield


def _evidence_tree(case: Path) -> Tree:
    """What a build does not write itself."""
    own = ("originals", "work", OUT, "ledger.jsonl")
    return Tree(entries=frozenset(entry for entry in look_at(case).entries if Path(entry.path).parts[0] not in own))
