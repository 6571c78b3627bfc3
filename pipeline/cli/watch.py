"""dossier watch: the drop folder."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.common import ATTACH, ENGINES, jobs_of, jobs_option, json_option, language_option, print_json
from pipeline.cli.log import kind_of, listener, log_option
from pipeline.cli.speech import language as spoken
from pipeline.cli.speech import t
from pipeline.errors import Exit, say, worst

if TYPE_CHECKING:
    from concurrent.futures import Future

    from pipeline.batch import CaseRun, Cases
    from pipeline.progress import Listener
    from pipeline.watch import Outcome

__all__ = ["command"]

QUIET = 10.0


@click.command(
    "watch",
    help=t(
        "看守一个收件文件夹：放进去的案件自动处理，做好的移到 done，重复的移到 duplicate，没做成的移到 failed，"
        "里面都有“结果说明.txt”。现在的情况见 状态.html。\n\n"
        "一个文件夹就是一个案件，静置 --quiet 秒（有没传完的文件时五倍）后开始；里面有名为 READY 的文件时马上开始。"
        "同名的文件夹再放进来，新的证据并入原来的案件。再大的文件也不耽误别的案件。"
        "单独的 zip 里有 case.toml 的，解压成案件；没有的，自成一个案件。"
        "其他散放的文件，同时在场的合成一个案件，以第一个文件命名。\n\n"
        "\b\n例：\n  dossier watch 收件箱\n  dossier watch 收件箱 --once --quiet 30",
        "Watch a drop folder: cases put into it are built and end in done, duplicate or failed, with the reason in a "
        "file (结果说明.txt). 状态.html shows how things stand.\n\n"
        "A folder is a case. It is taken once it was still for --quiet seconds (five times that if a transfer in it "
        "looks unfinished), or at once if it holds a file named READY. A folder of a known name brings new evidence "
        "to that case. However large an arrival is, the others go on meanwhile. A loose zip with a case.toml is "
        "unpacked into a case, any other is a case of its own; all other loose files that are there together become "
        "one case, named after the first.\n\n"
        "\b\nExample:\n  dossier watch inbox\n  dossier watch inbox --once --quiet 30",
    ),
)
@click.argument("inbox", type=click.Path(path_type=Path, readable=False), metavar=t("收件文件夹", "INBOX"))
@click.option(
    "--once", is_flag=True, help=t("处理完现在有的就结束（定时任务用）。", "Take what is there, then end (for cron).")
)
@click.option(
    "--quiet",
    type=click.FloatRange(0),
    default=QUIET,
    show_default=f"{QUIET:g}",
    metavar="SECONDS",
    help=t("多少秒没有变化才开始。", "Seconds without a change before something is taken."),
)
@jobs_option
@click.option("--ocr", type=click.Choice(ENGINES), help=t("文字识别引擎。", "Which engine reads pictures."))
@click.option("--attach", type=click.Choice(ATTACH), help=t("PDF 里附带什么。", "What the PDFs carry along."))
@log_option
@language_option
@json_option
def command(
    inbox: Path,
    once: bool,
    quiet: float,
    jobs: int | None,
    ocr: str | None,
    attach: str | None,
    log: str | None,
    language: str | None,
    as_json: bool,
) -> int:
    """Watch until interrupted, or once; tell each case as it leaves."""
    from pipeline.batch import Cases
    from pipeline.cli.building import build
    from pipeline.pools import opened
    from pipeline.progress import both, nobody
    from pipeline.watch import Lanes, Watcher
    from pipeline.watch.names import PAGE, shown

    options = {"ocr": ocr, "attach": attach, "language": language}
    hear = listener(log, nobody)
    clock, told = _Clock(), _Told(as_json, silent=kind_of(log) in ("json", "none"))
    with _stopping(clock.wake) as stopped, opened(jobs_of(jobs), apart=True) as pool:
        cases = Cases(
            pool, lambda case, lane, listen: build(case, options, retry=True, pool=lane, progress=both(hear, listen))
        )
        watcher = Watcher(
            inbox.resolve(),
            _starting(cases, clock),
            Lanes(clock.wake),
            quiet=quiet,
            clock=clock,
            language=spoken(),
            came=told.came,
            tell=told.tell,
        )
        if not once:
            told.tell("watch-began", {"inbox": shown(str(inbox)), "seconds": f"{quiet:g}", "page": PAGE})
        (watcher.once if once else watcher.watch)(stopped)
        if stopped():
            cases.stop()
        watcher.close()
        if stopped():
            pool.stop()
    return int(Exit.INTERRUPTED if stopped() else worst(told.exits))


def _starting(cases: Cases, clock: _Clock) -> Callable[[Path, Listener], Future[CaseRun]]:
    """Start a case, and wake the watcher when it is done."""

    def start(case: Path, listen: Listener) -> Future[CaseRun]:
        future = cases.start(case, listen)
        future.add_done_callback(lambda _: clock.wake())
        return future

    return start


class _Clock:
    """The real time; a wait ends early when something happened."""

    def __init__(self) -> None:
        self._happened = threading.Event()

    @staticmethod
    def monotonic() -> float:
        """Seconds that only go forward."""
        return time.monotonic()

    @staticmethod
    def now() -> datetime:
        """The local time."""
        return datetime.now().astimezone()

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self._happened.wait(seconds)
        self._happened.clear()

    def wake(self) -> None:
        """Something happened."""
        self._happened.set()


class _Told:
    """What is printed: a line on stderr for what happens, and on stdout what came of each case."""

    def __init__(self, as_json: bool, *, silent: bool) -> None:
        self._as_json = as_json
        self._silent = silent
        self.exits: list[Exit] = []

    def tell(self, code: str, values: dict[str, Any]) -> None:
        """Something happened."""
        if self._silent:
            return
        click.echo(f"{datetime.now().astimezone():%H:%M:%S}  {say(code, values, spoken())}", err=True)

    def came(self, outcome: Outcome) -> None:
        """A case left, or went back."""
        from pipeline.watch.names import shown

        self.exits.append(outcome.exit)
        if self._as_json:
            print_json(_json(outcome), lines=True)
            return
        values = {"name": shown(outcome.name), "way": outcome.way, "sentence": outcome.sentence}
        click.echo(say("watch-line" if outcome.way else "watch-line-back", values, spoken()))


def _json(outcome: Outcome) -> dict[str, object]:
    from pipeline.watch.names import shown

    dossier = outcome.folder / "out" / "dossier.pdf" if outcome.folder else None
    run = outcome.run
    return {
        "case": shown(outcome.name),
        "exit": int(outcome.exit),
        "way": outcome.way,
        "folder": shown(str(outcome.folder)) if outcome.folder else None,
        "dossier": shown(str(dossier)) if dossier and dossier.is_file() else None,
        "known": shown(str(outcome.known)) if outcome.known else None,
        "added": [shown(name) for name in outcome.added],
        "code": outcome.code,
        "message": outcome.sentence,
        "exhibits": run.summary.get("exhibits") if run and run.summary else None,
        "pages": run.summary.get("pages") if run and run.summary else None,
        "seconds": run.seconds if run else None,
    }


@contextmanager
def _stopping(wake: Callable[[], None]) -> Iterator[Callable[[], bool]]:
    """Whether SIGTERM or SIGINT has come: the first only says so, the second ends at once."""
    asked = threading.Event()

    def ask(_number: int, _frame: FrameType | None) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()
        wake()

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield asked.is_set
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
