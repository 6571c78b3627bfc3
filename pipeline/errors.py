"""The exception tree, and the one table of statuses, exit codes and wordings.

DossierError            anything a person can do something about; carries a code of the wording table
├── UsageError          2   wrong arguments, wrong case.toml
├── NothingUsable       4   nothing to make a dossier from
├── VerificationFailed  5   a finished dossier or an original was altered
├── MachineLacks        7   space, rights, an engine, a language pack, a font
└── CaseBusy           75   another build holds the case
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from enum import IntEnum
from pathlib import PurePath
from typing import ClassVar, Literal

from pipeline.wording import WORDINGS, Language, Wording

__all__ = [
    "CaseBusy",
    "DossierError",
    "Exit",
    "Language",
    "MachineLacks",
    "NothingUsable",
    "Status",
    "UsageError",
    "VerificationFailed",
    "plain",
    "say",
    "wording",
    "worst",
]

Status = Literal["read", "partly", "unread", "withdrawn"]


class Exit(IntEnum):
    """What the command's exit code means (interface, "Exit codes")."""

    COMPLETE = 0
    BUG = 1
    USAGE = 2
    UNREAD = 3
    NOTHING = 4
    ALTERED = 5
    NOT_READY = 6
    LACKING = 7
    BUSY = 75
    INTERRUPTED = 130


_JOINER = "\u200d"
"""Makes one sign of several emoji."""

_WORST = (130, 1, 5, 7, 75, 2, 4, 3, 6, 0)


def worst(exits: Iterable[Exit]) -> Exit:
    """The exit code of many: the first of 130, 1, 5, 7, 75, 2, 4, 3, 6, 0 that occurred."""
    return min(exits, key=_WORST.index, default=Exit.COMPLETE)


class DossierError(Exception):
    """Something a person can mend. `code` is a key of the wording table, `values` fill its placeholders."""

    exit: ClassVar[Exit] = Exit.BUG

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def say(self, language: Language) -> str:
        """The sentence for a person."""
        return say(self.code, self.values, language)

    def __str__(self) -> str:
        return self.say("en")

    def __reduce__(self) -> tuple[object, ...]:
        return _revive, (type(self), self.code, self.values)


def _revive(kind: type[DossierError], code: str, values: dict[str, object]) -> DossierError:
    return kind(code, **values)


class UsageError(DossierError):
    """Wrong arguments, or a wrong case.toml."""

    exit = Exit.USAGE


class NothingUsable(DossierError):
    """Nothing to make a dossier from."""

    exit = Exit.NOTHING


class VerificationFailed(DossierError):
    """A finished dossier, or an original, is not what it was."""

    exit = Exit.ALTERED


class MachineLacks(DossierError):
    """The machine lacks space, rights, an engine, a language pack or a font."""

    exit = Exit.LACKING


class CaseBusy(DossierError):
    """Another build holds the case."""

    exit = Exit.BUSY


def wording(code: str) -> Wording:
    """The row of the wording table; KeyError names a code that nobody has worded."""
    return WORDINGS[code]


def say(code: str, values: Mapping[str, object], language: Language) -> str:
    """The sentence of a code with its placeholders filled; what is missing is shown, never a crash."""
    template = wording(code).zh if language == "zh-CN" else wording(code).en
    return template.format_map(_Shown({key: _on_one_line(value) for key, value in values.items()}))


def plain(text: str) -> str:
    """A name or a wording of others on one line: what would move the cursor, break or turn the line is an escape."""
    if text.isprintable():
        return text
    return "".join(letter if _stands_still(letter) else repr(letter)[1:-1] for letter in text)


def _on_one_line(value: object) -> object:
    return plain(str(value)) if isinstance(value, str | PurePath) else value


def _stands_still(letter: str) -> bool:
    return letter.isprintable() or letter == _JOINER or unicodedata.category(letter) == "Zs"


class _Shown(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return f"⟨{key}⟩"
