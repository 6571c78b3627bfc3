"""Names in the drop folder: those that are its own, those that mean the same, and those that we have to make up."""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

from pipeline.intake import OWN

__all__ = [
    "CLAIMS",
    "DONE",
    "DUPLICATE",
    "EXITS",
    "FAILED",
    "GATHERED",
    "PAGE",
    "PAPERS",
    "REASON",
    "WRAPPED",
    "fit",
    "free",
    "free_in",
    "inner_name",
    "is_own",
    "is_reserved",
    "key",
    "names_in",
    "shown",
    "vacant",
]

DONE, DUPLICATE, FAILED = EXITS = ("done", "duplicate", "failed")
PAGE = "状态.html"
REASON = "结果说明.txt"
CLAIMS = ".claims"
PAPERS = ("case.toml", "decisions.toml", "statement.md")
"""What people write about a case, beside its evidence."""

WRAPPED, GATHERED = "work/wrapped", "work/gathered"
"""In a case: the folder that it was taken out of, and that it was made of several loose files."""

_MORE = "补充"
_LONGEST = 200
"""Bytes of a name that we make up; file systems take 255."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICE = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def key(name: str) -> str:
    """The same for names that some file system takes for one: case and Unicode composition do not count."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


_RESERVED = {key(name) for name in (*EXITS, PAGE)}


def shown(name: str) -> str:
    """A name on one line, for people: bytes that are not UTF-8 as GB18030, what cannot be printed as an escape."""
    data = os.fsencode(name)
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return _printable(data.decode(encoding))
    return _printable(data.decode("utf-8", "backslashreplace"))


def names_in(folder: Path) -> list[str]:
    """The names of what lies in a folder."""
    return [path.name for path in folder.iterdir()]


def fit(name: str) -> str:
    """A name that every file system takes, as near to `name` as can be; its extension stays."""
    plain = _FORBIDDEN.sub("_", os.fsencode(name).decode("utf-8", "replace")).strip().rstrip(". ")
    plain = f"_{plain}" if _DEVICE.match(plain) or not plain or plain.startswith((".", "~$")) else plain
    suffix = PurePath(plain).suffix
    suffix = suffix if len(suffix.encode()) <= 20 else ""
    stem = plain.removesuffix(suffix) if suffix else plain
    while len((stem + suffix).encode()) > _LONGEST:
        stem = stem[:-1]
    return stem.rstrip(". ") + suffix


def free(name: str, taken: Callable[[str], bool]) -> str:
    """The name, or with the first number behind it that is not taken."""
    if not taken(name):
        return name
    suffix = PurePath(name).suffix if len(PurePath(name).suffix) <= 6 else ""
    stem = fit(name.removesuffix(suffix) if suffix else name)
    return next(numbered for number in _from(2) if not taken(numbered := f"{stem} ({number}){suffix}"))


def free_in(folder: Path, name: str) -> Path:
    """A path in a folder at which nothing is, for this name."""
    return folder / free(name, lambda wanted: os.path.lexists(folder / wanted))


def vacant(folder: Path, path: PurePath, *, own: bool = False) -> Path:
    """Where a file can be put below a folder without touching what is there: at its path, else below 补充-1, 补充-2 …

    With `own` the folder is a case itself, whose own names are no place for evidence. Links are not followed.
    """
    if not (own and is_own(path.parts[0])) and _is_vacant(folder, path):
        return folder / path
    return next(folder / more / path for n in _from(1) if _is_vacant(folder, PurePath(more := f"{_MORE}-{n}") / path))


def is_reserved(name: str) -> bool:
    """Whether a name in the inbox is one of the drop folder's own, or hidden."""
    return name.startswith(".") or key(name) in _RESERVED


def inner_name(outer: str, inside: str) -> str:
    """The name of a case that is taken out of a folder: its own, if it can be one."""
    name = PurePath(inside).name
    return outer if is_reserved(name) else name


def is_own(name: str) -> bool:
    """Whether a name at the top of a case is one of its own."""
    return any(fnmatchcase(name, pattern) for pattern in (*OWN, "inbox"))


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)


def _is_vacant(folder: Path, path: PurePath) -> bool:
    if os.path.lexists(folder / path):
        return False
    above = [folder / parent for parent in path.parents][:-1]
    return all(not os.path.lexists(parent) or (parent.is_dir() and not parent.is_symlink()) for parent in above)


def _from(number: int) -> Iterator[int]:
    while True:
        yield number
        number += 1
