"""Which of many wordings an engine may have misread as another one, without comparing each with each.

Two wordings that are like (`difflib`'s ratio) differ in few characters, so they share most runs of three: a wording is
compared with those alone that have enough of its runs, and these are found by the rarest ones.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher

__all__ = ["LONG", "Alike"]

LONG = 8
"""Characters from which on a wording can be a misread one: shorter ones are like too many others."""

_TENTHS = 9
"""How like two wordings are, of ten."""
_RUN = 3
"""With up to a tenth of both changed, one of `LONG` characters or more keeps a run of three."""


class Alike:
    """The wordings that can be misread ones, by the runs of characters they have."""

    def __init__(self, wordings: Iterable[str]) -> None:
        self._having: dict[str, list[str]] = {}
        self._found: dict[str, frozenset[str]] = {}
        for wording in dict.fromkeys(wordings):
            for run in _runs(wording):
                self._having.setdefault(run, []).append(wording)

    def of(self, words: str) -> frozenset[str]:
        """The others that may be these words misread; none of words too short to tell."""
        if len(words) < LONG:
            return frozenset()
        if words not in self._found:
            self._found[words] = frozenset(self._like(words))
        return self._found[words]

    def _like(self, words: str) -> Iterable[str]:
        runs = _runs(words)
        matcher = SequenceMatcher(None, b=words, autojunk=False)
        for other in self._sharing(runs, _changes(words, len(words) * (20 - _TENTHS) // _TENTHS)):
            if other == words or len(runs & _runs(other)) < len(runs) - _RUN * _changes(words, len(other)):
                continue
            matcher.set_seq1(other)
            if matcher.real_quick_ratio() >= _TENTHS / 10 and matcher.ratio() >= _TENTHS / 10:
                yield other

    def _sharing(self, runs: frozenset[str], changes: int) -> Iterable[str]:
        """The wordings that keep a run when some characters are changed: each change takes three runs at most."""
        rare = sorted(runs, key=lambda run: (len(self._having.get(run, ())), run))
        return dict.fromkeys(other for run in rare[: _RUN * changes + 1] for other in self._having.get(run, ()))


def _changes(words: str, length: int) -> int:
    """In how many characters at most these words and a like wording of some length differ."""
    return (len(words) + length) * (10 - _TENTHS) // 10


def _runs(wording: str) -> frozenset[str]:
    return frozenset(wording[at : at + _RUN] for at in range(len(wording) - _RUN + 1))
