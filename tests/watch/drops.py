"""A drop folder under a simulated clock: hours pass in no time, and builds are those of the tiny stages."""

from __future__ import annotations

import os
import signal
import stat
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, wait
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import tiny_stages

from pipeline.batch import CaseRun, Cases
from pipeline.case import load
from pipeline.contract import Settings
from pipeline.errors import DossierError, Exit, Language
from pipeline.intake import scan
from pipeline.model import digest_of
from pipeline.pools import Inline, Pool
from pipeline.progress import Listener
from pipeline.run import Built, build, clock_from
from pipeline.store import write_aside
from pipeline.watch import Aside, Outcome, Watcher
from pipeline.watch.names import EXITS, names_in

EPOCH = clock_from({"SOURCE_DATE_EPOCH": "1773711012"})
T = TypeVar("T")
Files = Mapping[str, str | bytes]


class Clock:
    """Time that only passes while somebody waits; what is planned happens meanwhile, in order."""

    def __init__(self) -> None:
        self.time = 0.0
        self.plan: list[tuple[float, int, Callable[[], None]]] = []

    def monotonic(self) -> float:
        return self.time

    def now(self) -> datetime:
        return datetime(2026, 3, 17, tzinfo=UTC) + timedelta(seconds=self.time)

    def wait(self, seconds: float) -> None:
        until = self.time + seconds
        while self.plan and self.plan[0][0] <= until:
            self.time, _, happen = self.plan.pop(0)
            happen()
        self.time = until

    def at(self, seconds: float, happen: Callable[[], None]) -> None:
        """Plan something."""
        self.plan.append((seconds, len(self.plan), happen))
        self.plan.sort(key=lambda planned: planned[:2])


def tiny(case: Path, pool: Pool, listen: Listener) -> Built:
    """A build with the stages of the machinery's own tests, and the real case.toml."""
    loaded = load(case, {})
    return build(case, loaded, tiny_stages.ORDER, Settings(), pool=pool, clock=EPOCH, progress=listen)


def start(case: Path, listen: Listener) -> Future[CaseRun]:
    """Build a case as a batch would; the future is done."""
    future = Cases(Inline(), tiny).start(case, listen)
    wait([future])
    return future


def at_once(size: int, do: Callable[[], T], /) -> Future[T]:
    """Instead of another thread."""
    del size
    future: Future[T] = Future()
    try:
        future.set_result(do())
    except Exception as error:
        future.set_exception(error)
    return future


class Drop:
    """An inbox, who watches it, and what came of what was dropped."""

    def __init__(self, inbox: Path, clock: Clock | None = None) -> None:
        self.inbox = inbox
        self.clock = clock or Clock()
        self.came: list[Outcome] = []
        self.told: list[str] = []
        inbox.mkdir(parents=True, exist_ok=True)

    def watcher(
        self,
        build: Callable[..., Future[CaseRun]] = start,
        quiet: float = 10.0,
        language: Language = "zh-CN",
        aside: Aside = at_once,
    ) -> Watcher:
        """A fresh watcher."""

        def tell(code: str, values: dict[str, Any]) -> None:
            self.told.append(code)

        return Watcher(
            self.inbox, build, aside, quiet=quiet, clock=self.clock, language=language, came=self.came.append, tell=tell
        )

    def put(self, name: str, files: Files) -> Path:
        """Drop a folder."""
        return put(self.inbox / name, files)

    def once(self, **options: Any) -> list[Outcome]:
        """One run of `--once`; what came of it."""
        before = len(self.came)
        watcher = self.watcher(**options)
        watcher.once(lambda: False)
        watcher.close()
        return self.came[before:]

    def watch(self, seconds: float, **options: Any) -> None:
        """Watch for so long, by the simulated clock."""
        until, watcher = self.clock.time + seconds, self.watcher(**options)
        watcher.watch(lambda: self.clock.time >= until)
        watcher.close()

    def exits(self) -> dict[str, list[str]]:
        """The names in each exit."""
        return {way: sorted(names_in(self.inbox / way)) for way in EXITS}

    def reason(self, way: str, name: str) -> str:
        return (self.inbox / way / name / "结果说明.txt").read_bytes().decode("utf-8-sig")


def put(folder: Path, files: Files) -> Path:
    """A folder with these files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def everything(inbox: Path) -> set[str]:
    """The digests of all bytes below the inbox, where people see them: not in work/, out/, nor as originals."""
    return {digest_of(path.read_bytes()) for path in plain_files(inbox)}


def plain_files(folder: Path) -> Iterator[Path]:
    for home, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in ("work", "originals", "out")]
        for name in files:
            path = Path(home, name)
            if stat.S_ISREG(path.lstat().st_mode) and path.suffix != ".lock":
                yield path


def originals_hold(case: Path) -> bool:
    """Whether each original has the bytes that its name says."""
    return all(digest_of(path.read_bytes()) == f"sha256:{path.name}" for path in (case / "originals").iterdir())


def quick(case: Path, listen: Listener) -> Future[CaseRun]:
    """Instead of a build: takes the evidence down in one file. For tests of what comes before and after it."""
    del listen
    future: Future[CaseRun] = Future()
    try:
        title = load(case, {}).title
        texts = sorted(found.path.read_bytes() for found in scan(case)[0])
        (case / "out").mkdir(exist_ok=True)
        aside, _, _ = write_aside(case / "out", (repr((title, texts)).encode(),))
        aside.replace(case / "out" / "words.txt")
        future.set_result(CaseRun(case=case, exit=Exit.COMPLETE, summary={"exhibits": len(texts)}))
    except DossierError as error:
        future.set_result(CaseRun(case=case, exit=error.exit, error=error))
    return future


def kill_before(step: int, folder: Path) -> list[int]:
    """Kill this process before the so manyth thing it changes below a folder; counts them (0: never kill)."""
    done = [0]
    writes = os.O_WRONLY | os.O_RDWR

    def watch(event: str, args: tuple[Any, ...]) -> None:
        changes = event in ("os.rename", "os.remove", "os.rmdir", "os.mkdir") or (event == "open" and args[2] & writes)
        if changes and str(args[0]).startswith(str(folder)):
            done[0] += 1
            if done[0] == step:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    return done


def apart(work: Callable[[], None]) -> int:
    """Do something in a process of its own; how it ended."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def layout(inbox: Path) -> dict[str, bytes]:
    """What lies where, but for what is made again or told: results, reasons, the page."""
    told = {"结果说明.txt", "状态.html"}
    return {
        path.relative_to(inbox).as_posix(): path.read_bytes() for path in plain_files(inbox) if path.name not in told
    }
