"""Hours of a drop folder in simulated time: two watchers, everything that can be dropped, stops and kills.

`python -m tests.watch.soak HOURS SEED` runs it by hand and prints what came of it.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from cases import zipped

from pipeline.batch import CaseRun
from pipeline.ledger import audit
from pipeline.model import digest_of
from pipeline.progress import Listener
from pipeline.watch import Aside, Watcher
from pipeline.watch.claims import Claim
from pipeline.watch.names import EXITS, PAGE, REASON, key, names_in
from tests.watch.drops import Drop, everything, originals_hold, put, start

NAMES = (
    "初晴女装",
    "Café",
    "CAFE\u0301",
    "店 2",
    "店 10",
    os.fsdecode("订单".encode("gbk")),
    "新\n行",
    "con",
    "<b>",
    "长" * 60,
)


T = TypeVar("T")


class Killed(BaseException):
    """The watcher dies here."""


class Gun:
    """Kills, when loaded, before the so manyth change on the disk."""

    def __init__(self, folder: Path) -> None:
        self.left = 0
        self._folder = str(folder)
        sys.addaudithook(self._hear)

    def _hear(self, event: str, args: tuple[Any, ...]) -> None:
        if self.left and event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir") and self._folder in str(args[0]):
            self.left -= 1
            if not self.left:
                raise Killed


class Guard:
    """A watcher that can be killed, stopped and started again."""

    def __init__(self, soak: Soak) -> None:
        self._soak = soak
        self._life = 0
        self._claims: list[Claim] = []
        self._asleep = 0.0
        self._watcher: Watcher | None = None

    def turn(self) -> None:
        """A turn, if it lives; killed or stopped, it comes again after a while."""
        soak, now = self._soak, self._soak.clock.time
        if now < self._asleep:
            return
        opened, init = self._claims, Claim.__init__

        def remember(claim: Claim, *args: Any) -> None:
            init(claim, *args)
            opened.append(claim)

        Claim.__init__ = remember  # type: ignore[method-assign]
        if soak.kills and soak.random.random() < 0.2:
            soak.gun.left = soak.random.randint(1, 30)
        try:
            self._watcher = self._watcher or soak.drop.watcher(
                self._building(self._life), aside=self._aside(self._life)
            )
            self._watcher.turn()
            if soak.kills and soak.random.random() < 0.004:
                soak.counts["stop"] += 1
                self._watcher.close()
                self._end(now + soak.random.randint(0, 60))
        except Killed:
            self._die()
        finally:
            Claim.__init__ = init  # type: ignore[method-assign]
            soak.gun.left = 0

    def _die(self) -> None:
        self._soak.counts["kill"] += 1
        for claim in self._claims:
            claim._lock.release(force=True)
        self._end(self._soak.clock.time + self._soak.random.randint(0, 60))

    def _aside(self, life: int) -> Aside:
        """Another thread: it begins some time later, unless the watcher ends before, and may be killed in it."""
        soak = self._soak

        def begin(size: int, do: Callable[[], T], /) -> Future[T]:
            del size
            future: Future[T] = Future()

            def later() -> None:
                if life != self._life or not future.set_running_or_notify_cancel():
                    return
                if soak.kills and soak.random.random() < 0.03:
                    soak.gun.left = soak.random.randint(1, 10)
                try:
                    future.set_result(do())
                except Killed:
                    self._die()
                except Exception as error:
                    future.set_exception(error)
                finally:
                    soak.gun.left = 0

            soak.clock.at(soak.clock.time + soak.random.choice((0, 0, 1, 5, 60)), later)
            return future

        return begin

    def _end(self, until: float) -> None:
        self._life += 1
        self._claims = []
        self._asleep = until
        self._watcher = None

    def _building(self, life: int) -> Callable[[Path, Listener], Future[CaseRun]]:
        """Builds that take some time, unless the watcher ends before."""

        def begin(case: Path, listen: Listener) -> Future[CaseRun]:
            future: Future[CaseRun] = Future()

            def build() -> None:
                if life == self._life:
                    future.set_result(start(case, listen).result())

            self._soak.clock.at(self._soak.clock.time + self._soak.random.choice((0, 1, 5, 90)), build)
            return future

        return begin


class Soak:
    """One run."""

    def __init__(self, inbox: Path, seed: int) -> None:
        self.random = random.Random(seed)
        self.drop = Drop(inbox)
        self.clock = self.drop.clock
        self.gun = Gun(inbox)
        self.kills = True
        self.counts: Counter[str] = Counter()
        self.number = 0
        self.kept: set[str] = set()
        """The digests of everything that was ever dropped."""

    def run(self, hours: float) -> None:
        """Arrivals for so long, then some peace."""
        end = hours * 3600
        moment = 0.0
        while (moment := moment + self.random.expovariate(1 / 75)) < end:
            self.clock.at(moment, self.arrival)
        guards = [Guard(self), Guard(self)]
        while self.clock.time < end + 1200:
            self.kills = self.clock.time < end
            for guard in guards:
                self.clock.wait(2)
                guard.turn()

    def arrival(self) -> None:
        """Something is dropped."""
        ways = (self.folder, self.slow, self.slow, self.again, self.again, self.copy, self.twin, self.broken)
        ways += (self.empty, self.packed, self.plain_zip, self.loose, self.partial, self.mend, self.ready, self.paper)
        ways += (self.wrapped, self.several)
        way = self.random.choice(ways)
        self.counts[way.__name__] += 1
        way()

    def folder(self) -> None:
        self.put(self.name(), self.files(self.random.randint(1, 4)))

    def ready(self) -> None:
        self.put(self.name(), {**self.files(1), "READY": ""})

    def wrapped(self) -> None:
        """A case as a program that unpacks leaves it: a folder in a folder."""
        inside = {f"外/{self.name()}/{path}": text for path, text in {**self.files(2), "case.toml": "[case]\n"}.items()}
        self.put(f"新建文件夹 {self.number}", {**inside, "__MACOSX/._x": self.content(), "desktop.ini": self.content()})

    def several(self) -> None:
        both = {f"{name}/{path}": text for name in "甲乙" for path, text in {**self.files(1), "case.toml": ""}.items()}
        self.put(f"三月 {self.number}", both)

    def slow(self) -> None:
        name = self.name()
        for number in range(self.random.randint(2, 5)):
            content = self.content()

            def begin(file: str = f"{number} {self.number}.txt", content: str = content) -> None:
                part = put(self.drop.inbox / name, {f"{file}.part": content[:1]}) / f"{file}.part"
                self.clock.at(self.clock.time + 7, lambda: finish(part, content))

            def finish(part: Path, content: str) -> None:
                if part.exists():
                    part.write_text(content)
                    part.rename(part.with_suffix(""))
                else:  # it was taken meanwhile: the copying program begins anew
                    put(part.parent, {part.stem: content})
                self.keep(content)

            self.clock.at(self.clock.time + 1 + number * self.random.randint(3, 14), begin)

    def again(self) -> None:
        """A known name, with something new and something old."""
        if case := self.known():
            old = {path.name: path.read_bytes() for path in case.glob("*.txt") if path.name != REASON}
            self.put(case.name, {**old, **self.files(1), "x.txt": self.content()})

    def copy(self) -> None:
        if case := self.known():
            inbox = case / "inbox" if (case / "inbox").is_dir() else case
            files = {path.name: path.read_bytes() for path in inbox.glob("*.txt") if path.name != REASON}
            self.put(case.name, files)

    def twin(self) -> None:
        if case := self.known():
            files = {path.name: path.read_bytes() for path in case.glob("*.txt") if path.name != REASON}
            self.put(self.name(), files)

    def paper(self) -> None:
        if case := self.known():
            self.put(case.name, {"case.toml": f'[case]\ntitle = "{self.content()}"\n'})

    def broken(self) -> None:
        self.put(self.name(), {**self.files(1), "case.toml": f"[case]\ntitle = “{self.content()}”\n"})

    def mend(self) -> None:
        """Somebody mends a failed case and drags it back."""
        failed = sorted((self.drop.inbox / "failed").glob("*/case.toml"))
        if failed and not os.path.lexists(self.drop.inbox / failed[0].parent.name):
            self.kept.discard(digest_of(failed[0].read_bytes()))
            failed[0].write_text("[case]\n")
            failed[0].parent.rename(self.drop.inbox / failed[0].parent.name)

    def empty(self) -> None:
        (self.drop.inbox / f"空 {self.number}").mkdir(exist_ok=True)

    def packed(self) -> None:
        """A zip that is a case. It is kept whatever comes out of it: some names lead nowhere, and stay in it."""
        folder = self.name().encode("utf-8", "replace").decode()
        files = {f"{folder}/case.toml": b"[case]\n", f"{folder}/a.txt": self.content().encode()}
        self.put("", {f"包 {self.number}.zip": zipped(files)})

    def plain_zip(self) -> None:
        self.put("", {f"聊天 {self.number}.zip": zipped({"a.txt": self.content().encode()})})

    def loose(self) -> None:
        for number in range(self.random.randint(1, 3)):
            content = self.content()
            put_it = lambda name=f"散 {self.number}.txt", content=content: self.put("", {name: content})  # noqa: E731
            self.clock.at(self.clock.time + 3 * number, put_it)

    def partial(self) -> None:
        self.put(self.name(), {**self.files(1), "b.mp4.crdownload": self.content()})

    def put(self, name: str, files: dict[str, Any]) -> None:
        folder = self.drop.inbox / name
        if not files or (name and folder.exists()):
            return  # the last one of this name has not been taken yet
        for content in put(folder, files) and files.values():
            self.keep(content)

    def keep(self, content: str | bytes) -> None:
        self.kept.add(digest_of(content.encode() if isinstance(content, str) else content))

    def known(self) -> Path | None:
        cases = sorted((self.drop.inbox / "done").iterdir())
        return self.random.choice(cases) if cases else None

    def name(self) -> str:
        return f"{self.random.choice(NAMES)} {self.random.randint(1, 12)}"

    def files(self, count: int) -> dict[str, str]:
        return {f"{self.random.choice('abcd')}{number}.txt": self.content() for number in range(count)}

    def content(self) -> str:
        self.number += 1
        return f"第 {self.number} 份证据"

    def check(self) -> None:
        """Nothing is lost, each case is in one exit, originals are what they say, ledgers are whole."""
        inbox = self.drop.inbox
        assert self.kept <= everything(inbox), "something is lost"
        exits = {way: names_in(inbox / way) for way in EXITS}
        both = [key(name) for way in ("done", "failed") for name in exits[way]]
        assert len(both) == len(set(both)), "a case is in two exits"
        assert [path.name for path in (inbox / ".claims").iterdir() if path.is_dir()] == [], "a claim is left"
        left = [name for name in names_in(inbox) if name not in (*EXITS, PAGE, ".claims")]
        assert all(name.startswith("空") for name in left), left
        for way in EXITS:
            assert all((inbox / way / name / REASON).is_file() for name in exits[way]), way
        for name in exits["done"]:
            case = inbox / "done" / name
            assert originals_hold(case), name
            assert audit(case / "ledger.jsonl") == [], name
            assert not list(case.glob("**/.*.part")), name


def main(hours: str = "24", seed: str = "1") -> None:
    """A run by hand."""
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        soak = Soak(Path(folder) / "收件箱", int(seed))
        soak.run(float(hours))
        soak.check()
        exits = {way: len(names_in(soak.drop.inbox / way)) for way in EXITS}
    took = time.perf_counter() - began
    print(
        f"{hours} h, seed {seed}: {dict(sorted(soak.counts.items()))} -> {exits}, {len(soak.kept)} files, {took:.0f} s"
    )


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1] / "faults"))
    main(*sys.argv[1:])
