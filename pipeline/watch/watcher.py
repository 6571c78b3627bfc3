"""The watcher: turn after turn it lets go what is done, goes on with what a dead one left, looks, and takes."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from filelock import FileLock

from pipeline.errors import DossierError, Exit, Language, MachineLacks, UsageError, say
from pipeline.store import lacking, reading, writing
from pipeline.watch.arrivals import Arrival, Eye, Look, Refused, Stillness
from pipeline.watch.claims import EXITS_LOCK, Claim, dead, names_in_hand, sweep
from pipeline.watch.desk import Desk, Outcome
from pipeline.watch.jobs import Aside, Job, Jobs, Start
from pipeline.watch.known import Known
from pipeline.watch.names import CLAIMS, EXITS, PAPERS, fit, free, inner_name, key, names_in, shown
from pipeline.watch.page import Page, Waiting, Working
from pipeline.watch.tree import Tree, look_at
from pipeline.watch.unzip import name_of

__all__ = ["POLL", "Clock", "Watcher"]

POLL, CALM = 2.0, 5.0
"""Seconds from one look at the inbox to the next, and after some minutes in which nothing came."""

PAUSE = 60.0
"""Seconds until what the machine could not do is tried again."""

BUSY, IDLE = 4, 25
"""So many times as long as a look took is waited until the next, while something goes on, and while nothing does."""

LONGEST = 30.0
"""Seconds that are waited for that reason at the most."""


class Clock(Protocol):
    """What the watcher knows of time."""

    def monotonic(self) -> float:
        """Seconds that only go forward."""

    def now(self) -> datetime:
        """The local time, for what is shown."""

    def wait(self, seconds: float) -> None:
        """Let so much time pass, or less if something happened."""


class Watcher:
    """Watches one inbox. `came` hears each case that leaves, `tell` a code with values for all else worth a line."""

    def __init__(
        self,
        inbox: Path,
        start: Start,
        aside: Aside,
        *,
        quiet: float,
        clock: Clock,
        language: Language,
        came: Callable[[Outcome], None],
        tell: Callable[[str, dict[str, Any]], None],
    ) -> None:
        self._inbox = inbox
        self._claims = inbox / CLAIMS
        self._clock = clock
        self._language = language
        self._came = came
        self._tell = tell
        self._still = Stillness(quiet)
        self._eye = Eye(inbox)
        self._known = Known(inbox)
        desk = Desk(inbox, self._known, clock.now, language)
        self._jobs = Jobs(desk, start, aside, left=self._left, gave_up=self._gave_up)
        self._paused: dict[str, tuple[float, str]] = {}
        self._expected: dict[str, Tree] | None = None
        self._busy = clock.monotonic()
        self._told: set[tuple[str, str]] = set()
        self._last: tuple[list[Waiting], list[Refused]] = ([], [])
        self._page = Page(inbox, clock, language)
        _prepare(inbox)

    def watch(self, stopped: Callable[[], bool]) -> None:
        """Turn after turn, until stopped. Should the inbox be out of reach for a time, it is looked for again."""
        reachable = True
        while not stopped():
            began = self._clock.monotonic()
            try:
                self.turn()
            except (OSError, MachineLacks) as error:
                if reachable:
                    self._tell("watch-unreachable", {"inbox": shown(str(self._inbox)), "error": _said(error)})
                reachable = False
                self._clock.wait(PAUSE)
                continue
            reachable = True
            self._rest(self._clock.monotonic() - began, stopped)

    def _rest(self, took: float, stopped: Callable[[], bool]) -> None:
        """Until the next look. What is done meanwhile goes on at once, without one."""
        now = self._clock.monotonic()
        if is_busy := bool(self._jobs or any(wait.left for wait in self._last[0])):
            self._busy = now
        usual = min(CALM, max(POLL, (now - self._busy) / 30))
        until = now + max(usual, min(LONGEST, (BUSY if is_busy else IDLE) * took))
        while not stopped() and (left := until - self._clock.monotonic()) > 0:
            self._clock.wait(left)
            self._jobs.go_on()

    def once(self, stopped: Callable[[], bool]) -> None:
        """What is there now: until it was taken, or has changed again, which leaves it to the next run."""
        self._adopt()
        self._expected = {arrival.key: arrival.tree for arrival in self._look().arrivals}
        while not stopped():
            began = self._clock.monotonic()
            waiting = self.turn()
            if not waiting and not self._jobs:
                break
            soon = min((seconds for seconds in waiting if seconds > 0), default=POLL)
            self._clock.wait(max(min(POLL, soon), BUSY * (self._clock.monotonic() - began)))
        for wait in self._last[0]:
            reason = say(wait.code, wait.values, self._language)
            self._tell("watch-left-for-next", {"name": shown(wait.name), "reason": reason})

    def turn(self) -> list[float]:
        """One turn; with `once`, the seconds that those which this run will still take have to wait."""
        self._jobs.go_on()
        self._adopt()
        seen, now = self._look(), self._clock.monotonic()
        self._still.forget_all_but(seen.arrivals)
        self._tell_refused(seen.refused)
        waiting = [wait for arrival in seen.arrivals if (wait := self._one(arrival, now))]
        self._page.show(waiting, seen.refused, self._working())
        self._last = (waiting, seen.refused)
        self._jobs.go_on()
        return [wait.left or 0.0 for wait in waiting if wait.expected]

    def close(self) -> None:
        """Let go what is done, and hand back the rest, for the next to go on with."""
        self._jobs.go_on()
        for job, is_let_go in self._jobs.stop():
            back = False
            if is_let_go:
                with contextlib.suppress(OSError):
                    back = not job.claim.recover(self._inbox) or job.claim.hand_back(self._inbox)
                job.claim.close()
            self._tell("watch-handed-back" if back else "watch-stays-claimed", {"name": shown(job.name)})
        self._page.show(*self._last, [], stopped=True)

    def _look(self) -> Look:
        with reading(self._inbox):
            return self._eye.look(self._clock.monotonic())

    def _one(self, arrival: Arrival, now: float) -> Waiting | None:
        """Take an arrival, or say why not yet."""
        left = self._still.left(arrival, now)
        name = self._name(arrival) if left <= 0 else arrival.names[0]
        code, values = self._why_not(arrival, name, left, now)
        if code is None:
            self._take(arrival, name)
            return None
        expected = self._is_expected(arrival, code, name)
        return Waiting(name=arrival.names[0], code=code, values=values, left=max(left, 0.0), expected=expected)

    def _why_not(self, arrival: Arrival, name: str, left: float, now: float) -> tuple[str | None, dict[str, Any]]:
        tree = arrival.tree
        until, reason = self._paused.get(arrival.key, (now, ""))
        if not tree.files:
            return "watch-wait-empty", {}
        if not tree.evidence and not tree.ready and self._known.named(name) is None:
            return "watch-wait-papers", {}
        if until > now:
            return "watch-wait-pause", {"seconds": round(until - now), "reason": reason}
        if left > 0 and tree.partial:
            names = "、".join(shown(path) for path in tree.partial[:3])
            code = "watch-wait-open" if tree.partial == tree.locks else "watch-wait-partial"
            return code, {"seconds": round(left), "names": names}
        if left > 0:
            return "watch-wait-still", {"seconds": round(left)}
        if arrival.kind != "loose" and key(name) in names_in_hand(self._claims):
            return "watch-wait-same", {}
        if self._expected is not None and self._expected.get(arrival.key) != tree:
            return "watch-wait-next", {}
        return None, {}

    def _is_expected(self, arrival: Arrival, code: str, name: str) -> bool:
        """With `once`: whether it will be taken in this run."""
        if self._expected is None or self._expected.get(arrival.key) != arrival.tree:
            return False
        mine = code == "watch-wait-same" and key(name) in self._jobs.names
        return mine or code in ("watch-wait-still", "watch-wait-partial", "watch-wait-open")

    def _name(self, arrival: Arrival) -> str:
        """The name of the case that an arrival becomes."""
        if arrival.kind == "folder":
            return inner_name(arrival.names[0], arrival.tree.wraps or arrival.names[0])
        if arrival.kind == "zip":
            return name_of(self._inbox / arrival.names[0])
        names = [name for name in arrival.names if name not in PAPERS] or arrival.names
        stem = fit(Path(names[0]).stem)
        if len(names) > 1:
            stem = say("watch-loose-name", {"name": stem, "count": len(names)}, self._language)
        there = {key(name) for name in names_in(self._inbox)} | set(names_in_hand(self._claims))
        return free(stem, lambda name: key(name) in there or self._known.taken(name))

    def _take(self, arrival: Arrival, name: str) -> None:
        claim = Claim.open(self._claims)
        try:
            taken = claim.take(self._inbox, arrival, name)
        except FileNotFoundError:
            taken = claim.recover(self._inbox)
        except OSError as error:
            self._give_up(claim, error, name, arrival.key)
            return
        if not taken:
            self._eye.forget(arrival.names[0])
            claim.close()
            return
        self._tell("watch-took", {"name": shown(claim.name), "count": len(arrival.tree.files)})
        self._jobs.add(claim, arrival.key, arrival.tree.bytes)

    def _adopt(self) -> None:
        now = self._clock.monotonic()
        held = {job.claim.folder.name for job in self._jobs}
        held |= {name for name, (until, _) in self._paused.items() if until > now}
        for claim in dead(self._claims, held):
            try:
                whole = claim.recover(self._inbox)
            except OSError as error:
                self._give_up(claim, error, claim.name, None)
                continue
            if not whole:
                claim.close()
                continue
            self._tell("watch-resumed", {"name": shown(claim.name)})
            self._jobs.add(claim, None, look_at(claim.folder).bytes)

    def _gave_up(self, job: Job, error: Exception) -> None:
        self._give_up(job.claim, error, job.name, f"folder:{job.name}", job.arrival)

    def _give_up(self, claim: Claim, error: Exception, name: str, *arrivals: str | None) -> None:
        """The machine's trouble: hand the case back, and try again after a pause. Told once."""
        known = error if isinstance(error, DossierError) else None
        if known is None and isinstance(error, OSError):
            known = lacking(error, self._inbox) or MachineLacks("machine-error", error=error.strerror or "", path=name)
        code, exit_ = (known.code, known.exit) if known else ("bug", Exit.BUG)
        reason = known.say(self._language) if known else say("bug", {"error": repr(error)}, self._language)
        pause = (self._clock.monotonic() + PAUSE, reason)
        is_news = all(self._paused.get(arrival or "", (0.0, ""))[1] != reason for arrival in arrivals)
        self._paused |= {claim.folder.name: pause} | {arrival: pause for arrival in arrivals if arrival}
        try:
            if claim.recover(self._inbox):
                claim.hand_back(self._inbox)
        except OSError:
            self._tell("watch-stays-claimed", {"name": shown(name)})
        claim.close()
        if is_news:
            self._came(Outcome(name=name, exit=exit_, way=None, folder=None, sentence=reason, code=code))

    def _left(self, outcome: Outcome) -> None:
        self._page.left(outcome.folder)
        self._came(outcome)

    def _working(self) -> Iterator[Working]:
        yield from (job.shown() for job in self._jobs)
        mine = self._jobs.names
        for compared, name in names_in_hand(self._claims).items():
            if compared not in mine:
                yield Working(name, "watch-page-elsewhere")

    def _tell_refused(self, refused: Iterable[Refused]) -> None:
        """Each once, as long as it is there."""
        here = {(item.name, item.code) for item in refused}
        for name, code in sorted(here - self._told):
            self._tell(code, {"name": shown(name)})
        self._told = here


def _said(error: Exception) -> str:
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def _prepare(inbox: Path) -> None:
    """Make what has to be there. DossierError where the inbox is none, or cannot be written."""
    if not inbox.is_dir():
        raise UsageError("watch-no-inbox", inbox=inbox)
    if (inbox / "ledger.jsonl").exists() or ((inbox / "case.toml").exists() and (inbox / "inbox").is_dir()):
        raise UsageError("watch-is-a-case", inbox=inbox)
    with writing(inbox):
        for name in (*EXITS, CLAIMS):
            folder = inbox / name
            try:
                folder.mkdir(exist_ok=True)
            except FileExistsError as error:
                raise MachineLacks("watch-exit-taken", path=folder) from error
            if folder.is_symlink() or folder.stat().st_dev != inbox.stat().st_dev:
                raise MachineLacks("watch-exit-elsewhere", path=folder)
            if not os.access(folder, os.W_OK):
                raise MachineLacks("no-rights", path=folder)
        sweep(inbox / CLAIMS)
        try:
            with FileLock(inbox / CLAIMS / EXITS_LOCK):
                pass
        except NotImplementedError as error:
            raise MachineLacks("watch-no-locks", path=inbox) from error
