"""How far a batch is, on stderr: a line for each case that ends, and on a terminal what is under way below them."""

from __future__ import annotations

import shutil
import threading
import time
from typing import TYPE_CHECKING

import click

from pipeline.cli.speech import t

if TYPE_CHECKING:
    from pipeline.batch import CaseRun
    from pipeline.progress import Listener, Progress

__all__ = ["Bar", "Lines", "Logged"]

PAUSE = 0.1
"""Seconds between two drawings."""


class Lines:
    """A plain line for each case that ends."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._made = 0
        self._started = time.monotonic()

    def listen(self, name: str) -> Listener:
        """Who hears how far a case is: nobody, before its end."""
        del name
        return _nobody

    def done(self, name: str, came: CaseRun) -> None:
        """A case ended."""
        self._done += 1
        self._made += came.summary is not None
        code, seconds = int(came.exit), _span(came.seconds)
        ending = t(f"退出码 {code}，用时 {seconds}", f"exit {code} after {seconds}")
        click.echo(f"[{self._done}/{self._total}] {name}  {ending}{self._left()}", err=True)

    def clear(self) -> None:
        """Nothing stays drawn."""

    def _left(self) -> str:
        """The time left, should the rest take as long a case as those made so far."""
        rest = self._total - self._done
        if not self._made or not rest:
            return ""
        left = _span((time.monotonic() - self._started) / self._made * rest)
        return t(f"，还需约 {left}", f", about {left} left")


class Bar(Lines):
    """The same, and below it a line that says what is under way. Cases tell of themselves from threads of their own."""

    def __init__(self, total: int) -> None:
        super().__init__(total)
        self._busy: dict[str, Progress] = {}
        self._lock = threading.Lock()
        self._drawn = 0.0

    def listen(self, name: str) -> Listener:
        """Who hears how far a case is."""

        def hear(progress: Progress) -> None:
            if not progress.stage:
                return
            with self._lock:
                self._busy[name] = progress
                if time.monotonic() - self._drawn > PAUSE:
                    self._draw()

        return hear

    def done(self, name: str, came: CaseRun) -> None:
        """A case ended."""
        with self._lock:
            self._busy.pop(name, None)
            self._wipe()
            super().done(name, came)
            self._draw()

    def clear(self) -> None:
        """Wipe the line."""
        with self._lock:
            self._busy.clear()
            self._wipe()

    def _draw(self) -> None:
        self._drawn = time.monotonic()
        under_way = t("，", ", ").join(
            f"{name} {progress.stage} {progress.done}/{progress.total}" for name, progress in self._busy.items()
        )
        text = f"{self._done}/{self._total}{self._left()}  {under_way}"
        width = shutil.get_terminal_size().columns
        click.echo(f"\r\x1b[K{_cut(text, width - 1)}", err=True, nl=False)

    @staticmethod
    def _wipe() -> None:
        click.echo("\r\x1b[K", err=True, nl=False)


class Logged(Lines):
    """A log instead: every case tells it all."""

    def __init__(self, hear: Listener) -> None:
        super().__init__(0)
        self._hear = hear

    def listen(self, name: str) -> Listener:
        """Who hears how far a case is: the log, which knows it by its folder."""
        del name
        return self._hear

    def done(self, name: str, came: CaseRun) -> None:
        """The log has heard it."""


def _nobody(progress: Progress) -> None:
    del progress


def _cut(text: str, columns: int) -> str:
    """As much of a text as fits; Chinese takes two columns a character."""
    used = 0
    for place, character in enumerate(text):
        used += 2 if ord(character) >= 0x1100 else 1
        if used > columns:
            return text[:place]
    return text


def _span(seconds: float) -> str:
    if seconds < 90:
        return t(f"{seconds:.0f} 秒", f"{seconds:.0f} s")
    if seconds < 5400:
        return t(f"{seconds / 60:.0f} 分钟", f"{seconds / 60:.0f} min")
    return t(f"{seconds / 3600:.1f} 小时", f"{seconds / 3600:.1f} h")
