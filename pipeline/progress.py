"""What a build tells whoever listens: how far it is, what it just did and why, and how it ended.

A listener may be called from several threads, one a case. What it is told holds names of files, never their words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from pipeline.model import Value

__all__ = ["Happening", "Listener", "Progress", "both", "nobody"]

Happening = Literal["case-begun", "stage-begun", "stage-reused", "task-done", "stage-done", "note", "case-done"]
"""`stage-reused` comes once the store was asked, if it knew anything; `task-done` for each task that was made."""


class Progress(Value, frozen=True, kw_only=True):
    """One thing that happened. What does not apply, or is not known, is empty or None.

    `case` is the folder as it was given, `label` and `name` the exhibit that was worked on, `why` the reasons for which
    a task was made. `done` of the `total` tasks of a stage are finished. `made` and `reused` count the tasks that this
    is about, `seconds`, `cpu` (seconds) and `memory` (the peak, in bytes) are what those that were made took. `exit`
    stands in `case-done`; `code` is a code of the wording table: of a failure, a note, an error.
    """

    event: Happening
    case: str = ""
    stage: str = ""
    label: str = ""
    name: str = ""
    why: tuple[str, ...] = ()
    done: int | None = None
    total: int | None = None
    made: int | None = None
    reused: int | None = None
    seconds: float | None = None
    cpu: float | None = None
    memory: int | None = None
    exit: int | None = None
    code: str = ""


Listener = Callable[[Progress], None]
"""Must be quick. What it raises ends the build: that is how a batch is stopped."""


def nobody(progress: Progress) -> None:
    """Hears nothing."""
    del progress


def both(first: Listener, second: Listener) -> Listener:
    """Tells two."""

    def hear(progress: Progress) -> None:
        first(progress)
        second(progress)

    return hear
