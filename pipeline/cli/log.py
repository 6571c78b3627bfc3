"""What is told on stderr while something is built: JSON lines, plain lines, a bar on a terminal, or nothing."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

from pipeline.cli.common import json_of, on_terminal
from pipeline.cli.speech import t
from pipeline.errors import UsageError, plain
from pipeline.progress import Listener, Progress, nobody

__all__ = ["JsonLog", "TextLog", "bar", "kind_of", "listener", "log_option"]

KINDS = ("json", "text", "none")

F = TypeVar("F", bound=Callable[..., Any])


def log_option(function: F) -> F:
    """--log, as every command that builds has it."""
    told = t(
        "日志：JSON 行、每步一行文字、不要（默认：终端上显示进度）。",
        "Log to stderr as JSON lines, plain lines or not at all (default: a bar on a terminal).",
    )
    return click.option("--log", type=click.Choice(KINDS), help=told)(function)


def kind_of(chosen: str | None) -> str | None:
    """The log that the option asks for, else DOSSIER_LOG; None where neither does."""
    kind = chosen or os.environ.get("DOSSIER_LOG") or None
    if kind not in (None, *KINDS):
        raise UsageError("wrong-choice", name="DOSSIER_LOG", value=kind, choices=", ".join(KINDS))
    return kind


def listener(chosen: str | None = None, otherwise: Listener | None = None) -> Listener:
    """Who hears a build: the log asked for; where none is, `otherwise`, or a bar on a terminal. UsageError as above."""
    from pipeline.run import clock_from

    kind = kind_of(chosen)
    if kind == "json":
        return JsonLog(clock_from(os.environ))
    if kind is None:
        return otherwise or (bar if on_terminal() else nobody)
    return TextLog() if kind == "text" else nobody


class _Lines:
    """Whole lines on stderr, from any thread. Where they cannot be written any more, no build is harmed."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def write(self, line: str) -> None:
        """Write one line at once."""
        with self._lock:
            try:
                sys.stderr.write(f"{line}\n")
                sys.stderr.flush()
            except (OSError, ValueError, AttributeError):
                _silence()


class JsonLog(_Lines):
    """One JSON object a line, always with the same keys; what is unknown is null."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._clock = clock

    def __call__(self, progress: Progress) -> None:
        """Write it down, with the time by the clock."""
        at = self._clock().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        told = {name: getattr(progress, name) for name in progress.__struct_fields__}
        told = {name: None if value in ("", ()) else value for name, value in told.items()}
        self.write(json_of({"at": at, **told, "case": _whole(progress.case)}, lines=True))


class TextLog(_Lines):
    """A plain line for each stage that ends, each task that failed, and the case."""

    def __call__(self, progress: Progress) -> None:
        """Write it down if it is one of these."""
        if said := _said(progress):
            self.write("  ".join(plain(part) for part in (progress.case, progress.stage, *said) if part))


def bar(progress: Progress) -> None:
    """Draw how far a stage is, on one line of the terminal."""
    if progress.done is None or progress.total is None:
        return
    text = t(
        f"{progress.stage}：{progress.done}/{progress.total}", f"{progress.stage}: {progress.done}/{progress.total}"
    )
    click.echo(f"\r\x1b[K{'' if progress.done >= progress.total else text}", err=True, nl=False)


def _said(progress: Progress) -> tuple[str, ...]:
    seconds = t(f"{progress.seconds or 0:.1f} 秒", f"{progress.seconds or 0:.1f} s")
    if progress.event == "stage-done":
        made, reused = progress.made, progress.reused
        return (t(f"新做 {made}，沿用 {reused}，用时 {seconds}", f"{made} made, {reused} reused, {seconds}"),)
    if progress.event == "task-done" and progress.code:
        return (progress.label, progress.name, progress.code)
    if progress.event == "case-done":
        return (t(f"退出码 {progress.exit}，用时 {seconds}", f"exit {progress.exit}, {seconds}"), progress.code)
    return ()


def _whole(path: str) -> str | None:
    """A path as UTF-8, should its bytes be none."""
    return path.encode("utf-8", "backslashreplace").decode() or None


def _silence() -> None:
    """Give stderr up for good: Python must not complain of it at exit either."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
