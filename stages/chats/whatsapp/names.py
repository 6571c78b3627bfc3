"""Who wrote a message: the part before the colon, decided with all names of the file in view.

A name may itself hold a colon, and so may a notice; the first colon is only where to begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from stages.chats.whatsapp.locales import COLON_NOTICES

__all__ = ["Names"]

_COLON_NOTICE = re.compile(COLON_NOTICES, re.IGNORECASE)
_LONGEST = 120
"""No name is longer; a person's has 25 characters, a group's 100."""


class Names:
    """The names of a file: every line is seen, then they are settled. `known` are those the case gives.

    `bracketed`: every line has a name (iOS). Places are those of a line as matched, `start` is where its stamp ends.
    """

    def __init__(self, known: Iterable[str], *, bracketed: bool) -> None:
        self._bracketed = bracketed
        self._counts: dict[str, int] = {}
        self._further: dict[str, dict[str, int]] = {}
        self._longer: dict[str, list[str]] = {}
        self._are_names: dict[str, str] = {}
        for name in known:
            if ": " in name:
                self._longer.setdefault(name.partition(": ")[0], []).append(name)

    def see(self, line: str, start: int) -> None:
        """Count what a line's name may be."""
        cut = line.find(": ", start)
        if cut < 0:
            cut = line.find(":", start)
        if start < cut <= start + _LONGEST:
            name = line[start:cut]
            self._counts[name] = self._counts.get(name, 0) + 1
            further = line.find(": ", cut + 2, start + _LONGEST)
            if further > 0:
                full, longer = line[start:further], self._further.setdefault(name, {})
                longer[full] = longer.get(full, 0) + 1

    def settle(self) -> None:
        """Names with a colon are those that recur, where all that begins with the shorter one continues so."""
        for name, found in self._further.items():
            recurring = {full: count for full, count in found.items() if count >= 2}
            if recurring and sum(recurring.values()) == self._counts[name]:
                self._longer.setdefault(name, []).extend(recurring)
        self._further = {}
        self.with_colon = sorted({name for names in self._longer.values() for name in names})

    def split(self, line: str, start: int) -> tuple[str, int]:
        """The name and where the text begins; ("", start) where nobody is named."""
        cut = line.find(": ", start)
        if cut < 0:
            return self._split_tight(line, start)
        name = line[start:cut]
        known = self._are_names.get(name)
        if known is None:
            known = self._are_names[name] = "" if name in self._longer or not _is_name(name) else name.strip()
        if known:
            return known, cut + 2
        for full in self._longer.get(name, ()):
            if line.startswith(full + ": ", start):
                return full, start + len(full) + 2
        return (name.strip(), cut + 2) if _is_name(name) else ("", start)

    def _split_tight(self, line: str, start: int) -> tuple[str, int]:
        """A colon without a blank: `Bob:Hi`, or a message that is empty."""
        cut = line.find(":", start)
        name = line[start:cut]
        if cut < 0 or not _is_name(name):
            return "", start
        sure = self._bracketed or cut == len(line) - 1 or self._counts.get(name, 0) >= 2
        return (name.strip(), cut + 1) if sure else ("", start)


def _is_name(name: str) -> bool:
    """Whether it is a name and not the beginning of a notice that quotes something."""
    return 0 < len(name) <= _LONGEST and not name.isspace() and _COLON_NOTICE.search(name) is None
