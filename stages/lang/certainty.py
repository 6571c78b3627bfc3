"""How sure the reading of a passage is: what two engines agree on, what they do not, and what a person ruled."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from difflib import SequenceMatcher
from typing import NamedTuple

from pipeline.model import Certainty, Line, Spot
from stages.lang.match import Span, folded

__all__ = ["Sureness", "sureness", "weakest"]

_RISING: tuple[Certainty, ...] = ("disputed", "single", "corrected", "agreed", "exact")


class Sureness(NamedTuple):
    """How sure a passage is, and the other reading of it where there is one (a witness's, or the machine's)."""

    certainty: Certainty
    confidence: float
    other: str | None = None


def sureness(line: Line, span: Span) -> Sureness:
    """The certainty of a passage of a line.

    Exact where the characters stand in the bytes; corrected where a person's correction touches it; agreed where the
    second engine read the same, blanks and width aside; disputed where it read something else; else single.
    """
    touched = [fix for fix in line.corrections if fix.start < span.end and fix.end > span.start]
    if touched:
        return Sureness("corrected", 1.0, " ".join(fix.machine for fix in touched))
    if line.exact:
        return Sureness("exact", 1.0)
    if line.witness is None:
        return Sureness("single", line.confidence)
    other, is_same = _counterpart(line.text, span, line.witness.text)
    if is_same:
        return Sureness("agreed", max(line.confidence, line.witness.confidence))
    return Sureness("disputed", min(line.confidence, line.witness.confidence), other)


def weakest(spots: Iterable[Spot]) -> Spot | None:
    """Of several passages the one that is least sure: what they say together is no surer than that."""
    return min(spots, key=lambda spot: (_RISING.index(spot.certainty), spot.confidence), default=None)


def _counterpart(text: str, span: Span, other: str) -> tuple[str, bool]:
    """The passage of `other` that stands where `span` stands in `text`, and whether it reads the same."""
    mine, origins = folded(text)
    theirs, places = folded(other)
    start, end = bisect_left(origins, span.start), bisect_left(origins, span.end)
    if start == end:
        return "", True
    first, last = _aligned(mine, start, end, theirs)
    goes_on = _ends(mine, start, end)
    is_same = theirs[first:last] == mine[start:end] and _ends(theirs, first, last) == goes_on
    while not goes_on[0] and first < last and _ends(theirs, first, last)[0]:
        first -= 1
    while not goes_on[1] and first < last and _ends(theirs, first, last)[1]:
        last += 1
    return (other[places[first] : places[last - 1] + 1] if first < last else ""), is_same


def _aligned(mine: str, start: int, end: int, theirs: str) -> tuple[int, int]:
    """The range of `theirs` that lies between what the two texts share before and after a range of `mine`."""
    first, last = 0, len(theirs)
    for block in SequenceMatcher(None, mine, theirs, autojunk=False).get_matching_blocks():
        if block.a < end and start < block.a + block.size:
            inner = max(block.a, start)
            first = max(first, block.b + inner - block.a) if inner == start else first
            outer = min(block.a + block.size, end)
            last = min(last, block.b + outer - block.a) if outer == end else last
        elif block.size and block.a + block.size <= start:
            first = max(first, block.b + block.size)
        elif block.size:
            last = min(last, block.b)
    return first, max(first, last)


def _ends(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether a passage goes on from a letter or digit before it, and into one after it."""
    return _glued(text[max(0, start - 1) : start + 1]), _glued(text[end - 1 : end + 1])


def _glued(pair: str) -> bool:
    return len(pair) == 2 and pair.isascii() and pair.isalnum()
