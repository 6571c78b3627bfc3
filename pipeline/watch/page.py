"""The status page: one file without scripts that shows what waits, what is worked on, and what came of the rest."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any, NamedTuple, Protocol
from urllib.parse import quote_from_bytes

from pipeline.errors import Language, say
from pipeline.watch.arrivals import Refused
from pipeline.watch.meter import size
from pipeline.watch.names import CLAIMS, DONE, DUPLICATE, EXITS, FAILED, PAGE, REASON, shown
from pipeline.watch.reasons import headline_of
from pipeline.watch.style import STYLE
from pipeline.wording import WORDINGS

__all__ = ["Page", "Waiting", "Working"]

LAST = 50
"""So many of those that left are listed."""

_OFTEN, _SELDOM = 10.0, 60.0
"""Seconds after which the page is written again while something goes on, and while nothing does."""


class _Clock(Protocol):
    def monotonic(self) -> float: ...
    def now(self) -> datetime: ...


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """What is in the inbox and not yet taken: the code that says why, and seconds left where they are known."""

    name: str
    code: str
    values: dict[str, Any] = field(default_factory=dict)
    left: float | None = None
    expected: bool = False


class Working(NamedTuple):
    """A case in hand, the code of what is done with it, and how much of how much: tasks of a stage, else bytes."""

    name: str
    code: str
    done: int | None = None
    total: int | None = None


class _Left(NamedTuple):
    """A case in an exit, and when it came there."""

    folder: Path
    at: float


class Page:
    """Writes the page when what it shows has changed, and from time to time."""

    def __init__(self, inbox: Path, clock: _Clock, language: Language) -> None:
        self._inbox = inbox
        self._clock = clock
        self._language = language
        self._left: dict[Path, _Left] = {}
        self._newest: list[_Left] = []
        self._rows: dict[_Left, str] = {}
        self._stamp: object = None
        self._looked = 0.0
        self._shown: object = None
        self._at = 0.0

    def left(self, folder: Path | None) -> None:
        """A case came to an exit."""
        if folder is not None:
            self._left.pop(folder, None)
            self._stamp = None

    def show(
        self,
        waiting: Iterable[Waiting],
        refused: Sequence[Refused],
        working: Iterable[Working],
        *,
        stopped: bool = False,
    ) -> None:
        """Write the page if there is anything new, or if it is old. That it cannot be written harms nothing."""
        waiting, working, left = list(waiting), list(working), self._recent()
        now = self._clock.monotonic()
        what = ([(wait.name, wait.code) for wait in waiting], refused, [work[:2] for work in working], left, stopped)
        is_busy = working or any(wait.left for wait in waiting)
        if what == self._shown and now - self._at < (_OFTEN if is_busy else _SELDOM):
            return
        self._shown, self._at = what, now
        text = "\n".join(self._html(waiting, refused, working, left, stopped))
        with contextlib.suppress(OSError):
            aside = self._inbox / CLAIMS / f".{secrets.token_hex(8)}.part"
            aside.write_bytes(text.encode("utf-8", "replace"))
            aside.replace(self._inbox / PAGE)

    def _recent(self) -> list[_Left]:
        """The last to leave, newest first. A file says when; only those that are new are looked at."""
        stamp = tuple(_changed(self._inbox / way) for way in EXITS)
        if stamp == self._stamp and self._clock.monotonic() - self._looked < _SELDOM:
            return self._newest
        self._stamp, self._looked = stamp, self._clock.monotonic()
        here: dict[Path, _Left] = {}
        for way in EXITS:
            with contextlib.suppress(OSError):
                for folder in (self._inbox / way).iterdir():
                    if (left := self._left.get(folder) or _left(folder)) is not None:
                        here[folder] = left
        self._left = here
        self._newest = sorted(here.values(), key=lambda left: (-left.at, left.folder))[:LAST]
        self._rows = {left: row for left, row in self._rows.items() if left in self._newest}
        return self._newest

    def _html(
        self,
        waiting: Sequence[Waiting],
        refused: Sequence[Refused],
        working: Sequence[Working],
        left: Sequence[_Left],
        stopped: bool,
    ) -> Iterator[str]:
        yield from self._head(stopped)
        if working:
            yield from self._section("watch-page-working", map(self._working, working))
        if waiting or refused:
            waits = [(shown(wait.name), self._say(wait.code, **wait.values)) for wait in waiting]
            refusals = [(shown(item.name), self._say(item.code, name=shown(item.name))) for item in refused]
            rows = [*(_row("wait", *wait) for wait in waits), *(_row("bad", *refusal) for refusal in refusals)]
            yield from self._section("watch-page-waiting", rows)
        if not working and not waiting and not refused:
            yield f'<p class="calm">{self._text("watch-page-nothing")}</p>'
        failed = [one for one in left if one.folder.parent.name == FAILED]
        if failed:
            yield from self._section("watch-page-failed", map(self._finished, failed))
        if others := [one for one in left if one not in failed]:
            yield from self._section("watch-page-left", map(self._finished, others))
        how = self._text("watch-page-how")
        yield f"<details><summary>{how}</summary><ul>"
        yield from (f"<li>{self._text(code)}</li>" for code in _RULES)
        yield "</ul></details>\n</main>\n</body>\n</html>\n"

    def _head(self, stopped: bool) -> Iterator[str]:
        at = self._clock.now().strftime("%Y-%m-%d %H:%M:%S")
        title = self._text("watch-page-title")
        yield f'<!DOCTYPE html>\n<html lang="{self._language}">\n<head>\n<meta charset="utf-8">'
        yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        yield '<meta http-equiv="refresh" content="10">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<header>"
        state = "watch-page-stopped" if stopped else "watch-page-running"
        yield f'<h1>{title}</h1><p class="state {"off" if stopped else "on"}">{self._text(state)}</p>'
        yield f'<p class="at">{self._text("watch-page-stood" if stopped else "watch-page-at", at=at)}</p></header>'

    def _section(self, code: str, rows: Iterable[str]) -> Iterator[str]:
        listed = list(rows)
        yield f'<section><h2>{self._text(code)}<span class="count">{len(listed)}</span></h2><ul class="cases">'
        yield from listed
        yield "</ul></section>"

    def _working(self, work: Working) -> str:
        done, total = work.done or 0, work.total or 0
        told = self._say(work.code) if work.code in WORDINGS else work.code
        if not total:
            return _row("work", shown(work.name), told)
        is_stage = work.code.startswith("watch-stage-")
        far = {"done": done, "total": total} if is_stage else {"done": size(done), "total": size(total)}
        bar = f'<progress max="{total}" value="{min(done, total)}"></progress>'
        return _row("work", shown(work.name), self._say("watch-page-far", what=told, **far), bar)

    def _finished(self, left: _Left) -> str:
        if left not in self._rows:
            self._rows[left] = self._row_of(left)
        return self._rows[left]

    def _row_of(self, left: _Left) -> str:
        folder, way = left.folder, left.folder.parent.name
        reason = "watch-page-mend" if way == FAILED else "watch-page-reason"
        links = [f'<a href="{_url(folder / REASON, self._inbox)}">{self._text(reason)}</a>']
        if (folder / "out" / "dossier.pdf").is_file():
            url = _url(folder / "out" / "dossier.pdf", self._inbox)
            links.insert(0, f'<a class="main" href="{url}">{self._text("watch-page-dossier")}</a>')
        when = datetime.fromtimestamp(left.at).astimezone().strftime("%m-%d %H:%M")
        headline = headline_of(folder)
        mark = "wait" if headline in _PARTLY else {DONE: "good", DUPLICATE: "same"}.get(way, "bad")
        label = self._text(f"watch-page-way-{way}")
        more = f'<p class="links"><span class="way">{label}</span>{"".join(links)}<time>{when}</time></p>'
        return _row(mark, shown(folder.name), headline, more)

    def _say(self, code: str, **values: object) -> str:
        return say(code, values, self._language)

    def _text(self, code: str, **values: object) -> str:
        return escape(self._say(code, **values))


_RULES = (
    "watch-rule-folder",
    "watch-rule-quiet",
    "watch-rule-zip",
    "watch-rule-loose",
    "watch-rule-again",
    "watch-rule-exits",
)
"""How the drop folder works, as the page, the help and the guide say it."""


_PARTLY = tuple(say("watch-made-partly", {}, language) for language in ("zh-CN", "en"))


def _row(mark: str, name: str, text: str, more: str = "") -> str:
    """A case in a list; `more` is markup."""
    return f'<li class="{mark}"><strong>{escape(name)}</strong><p>{escape(text)}</p>{more}</li>'


def _changed(exit_: Path) -> int:
    with contextlib.suppress(OSError):
        return exit_.stat().st_mtime_ns
    return 0


def _left(folder: Path) -> _Left | None:
    with contextlib.suppress(OSError):
        return _Left(folder, (folder / REASON).stat().st_mtime)
    return None


def _url(path: Path, inbox: Path) -> str:
    """A relative address, whatever bytes the name has."""
    return escape("./" + quote_from_bytes(os.fsencode(path.relative_to(inbox).as_posix())))
