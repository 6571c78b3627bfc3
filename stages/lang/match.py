"""Finding a quoted wording in text that a person typed or a machine read, without ever finding what is not there."""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

__all__ = ["Span", "find", "folded"]

_INVISIBLE = {"Cf", "Cc", "Zs", "Zl", "Zp"}


class Span(NamedTuple):
    """A half-open range of characters in the text as it stands."""

    start: int
    end: int


class _Folds(dict[str, str]):
    """What each character is compared as, worked out once: nothing for a blank or an invisible sign."""

    def __missing__(self, char: str) -> str:
        shown = "" if unicodedata.category(char) in _INVISIBLE else unicodedata.normalize("NFKC", char).casefold()
        found = self[char] = "".join(piece for piece in shown if not piece.isspace())
        return found


_FOLDS = _Folds()


def folded(text: str) -> tuple[str, list[int]]:
    """The text for comparison (NFKC, case folded, no blanks nor invisible signs), and each character's origin."""
    out: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        for piece in _FOLDS[char]:
            out.append(piece)
            origin.append(index)
    return "".join(out), origin


def find(wording: str, text: str) -> tuple[Span, ...]:
    """Every place in `text` that reads `wording`, blanks and width aside.

    A wording that begins or ends with a Latin letter or a digit is found only where that word or number ends too:
    "12" does not stand in "2026-03-125".
    """
    needle, _ = folded(wording)
    hay, origin = folded(text)
    if not needle:
        return ()
    spans = []
    at = hay.find(needle)
    while at >= 0:
        span = Span(origin[at], origin[at + len(needle) - 1] + 1)
        if _stands_alone(text, span):
            spans.append(span)
        at = hay.find(needle, at + 1)
    return tuple(spans)


def _stands_alone(text: str, span: Span) -> bool:
    before = text[span.start - 1] if span.start else ""
    after = text[span.end] if span.end < len(text) else ""
    return not (_glued(before, text[span.start]) or _glued(text[span.end - 1], after))


def _glued(left: str, right: str) -> bool:
    return bool(left and right) and all(char.isascii() and char.isalnum() for char in (left, right))
