"""Who speaks in rows that part name and text by a blank, where names and texts hold blanks too."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

__all__ = ["Names"]


class Names:
    """Splits rows by the names that are `known`, and by what all rows of the file show.

    A first word that two rows share, and no second word, is a name; one that stands but once is a name only where a
    single word follows. Anything else is not told apart.
    """

    def __init__(self, rows: Iterable[str], known: Iterable[str]) -> None:
        self.known = sorted({name for name in known if name}, key=len, reverse=True)
        self.shared: dict[str, list[str]] = {}
        self.count: dict[str, int] = {}
        for row in rows:
            words = row.split(" ")
            first = words[0]
            self.count[first] = self.count.get(first, 0) + 1
            self.shared[first] = _common(self.shared.get(first, words[:8]), words)

    def split(self, row: str) -> tuple[str, str] | None:
        """Name and text of a row; None where they cannot be told apart."""
        for name in self.known:
            if row.startswith(name + " "):
                return name, row[len(name) + 1 :]
        first, blank, text = row.partition(" ")
        if not (blank and first and text.strip()):
            return None
        alone = self.count.get(first, 0) < 2
        return (first, text) if (" " not in text.strip() if alone else len(self.shared[first]) == 1) else None


def _common(one: list[str], other: list[str]) -> list[str]:
    """The words with which both begin."""
    return [mine for mine, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))]
