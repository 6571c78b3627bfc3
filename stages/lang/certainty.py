"""How sure the reading of a passage is: what two engines agree on, what they do not, and what a person ruled."""

from __future__ import annotations

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
    other = _counterpart(line.text, span, line.witness.text)
    if folded(other)[0] == folded(line.text[span.start : span.end])[0]:
        return Sureness("agreed", max(line.confidence, line.witness.confidence))
    return Sureness("disputed", min(line.confidence, line.witness.confidence), other)


def weakest(spots: Iterable[Spot]) -> Spot | None:
    """Of several passages the one that is least sure: what they say together is no surer than that."""
    return min(spots, key=lambda spot: (_RISING.index(spot.certainty), spot.confidence), default=None)


def _counterpart(text: str, span: Span, other: str) -> str:
    """The passage of `other` that stands where `span` stands in `text`."""
    start: int | None = None
    end = 0
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, text, other, autojunk=False).get_opcodes():
        inserted = i1 == i2
        if i2 < span.start or i1 > span.end or (inserted and i1 in (0, len(text)) and not _inside(i1, span)):
            continue
        if not inserted and (i2 == span.start or i1 == span.end):
            continue
        low = j1 + (max(span.start - i1, 0) if tag == "equal" else 0)
        high = j1 + (min(span.end, i2) - i1) if tag == "equal" else j2
        start = low if start is None else start
        end = high
    return other[start:end].strip() if start is not None else ""


def _inside(at: int, span: Span) -> bool:
    return span.start < at < span.end
