"""One build, told as it goes: what `build`, `check`, `batch` and `watch` start from."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from concurrent.futures import CancelledError
from contextlib import nullcontext
from pathlib import Path

import msgspec

from pipeline import report, run
from pipeline.cli import log
from pipeline.cli.common import case_of, jobs_of, limits_of, settings_of
from pipeline.errors import DossierError, Exit, UsageError
from pipeline.model import Case
from pipeline.pools import Pool, opened
from pipeline.progress import Listener, Progress
from stages import ORDER
from stages.appraise.platforms import zones

__all__ = ["build"]


def build(
    case: Path,
    options: Mapping[str, str | None],
    *,
    jobs: int | None = None,
    until: str | None = None,
    out: Path | None = None,
    retry: bool = False,
    platform: str | None = None,
    pool: Pool | None = None,
    progress: Listener | None = None,
) -> run.Built:
    """Build a case with the stages of the product, told from `case-begun` to `case-done`.

    `platform` stands in for the case's own, `pool` for one with `jobs`. Without `progress` it is told on stderr, as
    DOSSIER_LOG says.
    """
    told = _Told(case, progress or log.listener())
    try:
        loaded = _loaded(case, platform)
        settings, _ = settings_of(loaded, **options)
        with nullcontext(pool) if pool else opened(jobs_of(jobs), apart=True) as tasks:
            built = run.build(
                case,
                loaded,
                ORDER,
                settings,
                pool=tasks,
                clock=run.clock_from(os.environ),
                out=out,
                until=until,
                retry=retry,
                progress=told.hear,
                limits=limits_of(),
            )
    except BaseException as error:
        told.failed(error)
        raise
    told.done(built)
    return built


def _loaded(case: Path, platform: str | None) -> Case:
    loaded = case_of(case)
    if platform is None:
        return loaded
    if platform not in zones():
        raise UsageError("wrong-choice", name="--platform", value=platform, choices="、".join(zones()))
    return msgspec.structs.replace(loaded, platform=platform)


class _Told:
    """A case as its listener hears it: begun at once, then what happens, then how it ended."""

    def __init__(self, case: Path, hear: Listener) -> None:
        self.hear = hear
        self._case = str(case)
        self._started = time.monotonic()
        hear(Progress(event="case-begun", case=self._case))

    def done(self, built: run.Built) -> None:
        """It was made: what deserves a look, and how it ended."""
        for note in built.notes:
            self.hear(Progress(event="note", case=self._case, code=note.code))
        for item in built.items:
            label, name = item.exhibit.label, item.exhibit.name
            for code in dict.fromkeys(span.code for span in item.unread if item.status != "withdrawn"):
                self.hear(Progress(event="note", case=self._case, label=label, name=name, code=code))
        made, reused = sum(built.made.values()), sum(built.reused.values())
        self._end(
            report.exit_of(built), made=made, reused=reused, cpu=round(built.cost.cpu, 3), memory=built.cost.memory
        )

    def failed(self, error: BaseException) -> None:
        """It was not: by which exit code, and why."""
        if isinstance(error, DossierError):
            self._end(error.exit, code=error.code)
        elif isinstance(error, OSError):
            self._end(Exit.LACKING, code="machine-error")
        elif isinstance(error, Exception) and not isinstance(error, CancelledError):
            self._end(Exit.BUG, code="bug")
        else:
            self._end(Exit.INTERRUPTED, code="interrupted")

    def _end(self, exit_: Exit, **told: int | float | str) -> None:
        seconds = round(time.monotonic() - self._started, 3)
        self.hear(
            Progress(event="case-done", case=self._case, exit=int(exit_), seconds=seconds, **told)  # type: ignore[arg-type]
        )
