"""Cells: their wording as printed, what of it is a guard or a wrapper, and identifiers a spreadsheet has damaged."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from stages.lang.text import plain

__all__ = ["EXACT_DIGITS", "NULLS", "clean", "identifier", "is_damaged", "is_null", "is_suspect", "wording"]

NULLS = frozenset({"/", "-", "--", "无", "n/a", "null", "none"})
"""What stands for nothing in a column that holds no free text."""

_FORMULA_TEXT = re.compile(r'="(.*)"|=(\d+)', re.DOTALL)
_GUARD = re.compile(r"'(?=[\d=+\-@])")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
EXACT_DIGITS = 15
"""As many digits of a number a spreadsheet keeps."""

_SUSPECT = re.compile(rf"\d{{{EXACT_DIGITS}}}0+")
_EXACT = 10**EXACT_DIGITS


def wording(value: Any) -> str:
    """A cell as printed, without blanks around it.

    A number has the fifteen digits that Excel keeps, a typed date the form 2026-03-02 14:03:00.
    """
    if type(value) is str:
        return value.strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return "" if value is None else str(value)


def clean(said: str) -> str:
    """A wording without what protects it from a spreadsheet: `="123"`, `=123` and a leading apostrophe."""
    match = _FORMULA_TEXT.fullmatch(said)
    if match is not None:
        said = match[2] or match[1] or ""
    return _GUARD.sub("", said, count=1).strip() if said[:1] == "'" else said.strip()


def identifier(value: Any) -> str:
    """A number that names something, as it is matched: also without the invisible marks that copying leaves."""
    if type(value) is str and value.isalnum():
        return value
    return clean(plain(wording(value)).strip())


def is_null(said: str, tokens: Collection[str] = ()) -> bool:
    """Whether a cleaned wording stands for nothing: empty, or one of `tokens`."""
    return not said or said.casefold() in tokens


def is_damaged(value: Any) -> bool:
    """Whether an identifier has lost digits: a number beyond fifteen digits or with a fraction, or 6.92E+18."""
    if isinstance(value, bool):
        return True
    if isinstance(value, int | float):
        return value != value or abs(value) >= _EXACT or value != int(value)
    if not isinstance(value, str) or not ("e" in value or "E" in value):
        return False
    return _SCIENTIFIC.fullmatch(clean(value.strip())) is not None


def is_suspect(said: str) -> bool:
    """Whether all digits after the fifteenth are zero, as a spreadsheet leaves a long number that it rounded."""
    return said[-1:] == "0" and _SUSPECT.fullmatch(said) is not None


def _number(value: float) -> str:
    if isinstance(value, int) or (abs(value) < _EXACT and value == int(value)):
        return str(int(value))
    return format(value, ".15g")
