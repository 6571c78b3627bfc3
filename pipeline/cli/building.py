"""One build with its progress line: what `build`, `check` and `show-config` start from."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import click
import msgspec

from pipeline import run
from pipeline.cli.common import case_of, jobs_of, on_terminal, settings_of
from pipeline.cli.speech import t
from pipeline.errors import UsageError
from pipeline.pools import Pool
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
    progress: Callable[[run.Progress], None] | None = None,
) -> run.Built:
    """Build a case with the stages of the product; progress goes to stderr, drawn only on a terminal.

    `platform` stands in for the case's own, `pool` for one with `jobs`, `progress` for what is drawn.
    """
    loaded = case_of(case)
    if platform is not None:
        if platform not in zones():
            raise UsageError("wrong-choice", name="--platform", value=platform, choices="、".join(zones()))
        loaded = msgspec.structs.replace(loaded, platform=platform)
    settings, _ = settings_of(loaded, **options)
    return run.build(
        case,
        loaded,
        ORDER,
        settings,
        jobs=jobs_of(jobs),
        pool=pool,
        clock=run.clock_from(os.environ),
        out=out,
        until=until,
        retry=retry,
        progress=progress or (_draw if on_terminal() else _quiet),
    )


def _draw(progress: run.Progress) -> None:
    done = progress.done >= progress.total
    text = t(
        f"{progress.stage}：{progress.done}/{progress.total}", f"{progress.stage}: {progress.done}/{progress.total}"
    )
    click.echo(f"\r\x1b[K{'' if done else text}", err=True, nl=False)


def _quiet(progress: run.Progress) -> None:
    del progress
