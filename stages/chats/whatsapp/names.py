"""Who wrote a message: the part before the colon, decided with all names of the file in view.

A name may itself hold a colon, and so may a notice; the first colon is only where to begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from stages.chats.whatsapp.headers import LONGEST_NAME
from stages.chats.whatsapp.locales import COLON_NOTICES

__all__ = ["Names"]

_COLON_NOTICE = re.compile(COLON_NOTICES, re.IGNORECASE)


class Names:
    """The names of a file: every line is seen, then they are settled. `known` are those the case gives.

    `bracketed`: every line has a name (iOS). A line is given with the name before its first colon and a blank, None
    where it has none, and where its text begins then.
    """

    def __init__(self, known: Iterable[str], *, bracketed: bool) -> None:
        self._bracketed = bracketed
        self._seen: dict[str, dict[str, int]] = {}
        self.plain: set[str] = set()
        self._longer: dict[str, list[str]] = {}
        self._are_names: dict[str, str] = {}
        for name in known:
            if ": " in name:
                self._longer.setdefault(name.partition(": ")[0], []).append(name)

    def see(self, name: str, line: str, end: int) -> None:
        """Count what further names a line may have: none any more once one line of this name has no second colon."""
        longer = self._seen.setdefault(name, {})
        further = line.find(": ", end, end + LONGEST_NAME)
        if further < 0:
            self.plain.add(name)
        else:
            full = f"{name}: {line[end:further]}"
            longer[full] = longer.get(full, 0) + 1

    def settle(self) -> None:
        """Names with a colon are those that recur, where all that begins with the shorter one continues so."""
        for name, longer in self._seen.items():
            if longer and name not in self.plain and min(longer.values()) >= 2:
                self._longer.setdefault(name, []).extend(longer)
        self.with_colon = sorted({name for names in self._longer.values() for name in names})

    def split(self, head: re.Match[str]) -> tuple[str, int]:
        """The name and where the text begins; no name where nobody is named."""
        name: str | None = head["name"]
        if name is None:
            return self._split_tight(head.string, head.end())
        known = self._are_names.get(name)
        if known is None:
            known = self._are_names[name] = "" if name in self._longer or not _is_name(name) else name.strip()
        return (known, head.end()) if known else self._split_long(head, name)

    def _split_long(self, head: re.Match[str], name: str) -> tuple[str, int]:
        """What begins like a name with a colon, or is a notice that quotes something."""
        start = head.start("name")
        for full in self._longer.get(name, ()):
            if head.string.startswith(full + ": ", start):
                return full, start + len(full) + 2
        return (name.strip(), head.end()) if _is_name(name) else ("", start)

    def _split_tight(self, line: str, start: int) -> tuple[str, int]:
        """A colon without a blank: `Bob:Hi`, or a message that is empty."""
        cut = line.find(":", start)
        name = line[start:cut]
        if cut < 0 or not _is_name(name):
            return "", start
        sure = self._bracketed or cut == len(line) - 1 or name in self._seen
        return (name.strip(), cut + 1) if sure else ("", start)


def _is_name(name: str) -> bool:
    """Whether it is a name and not the beginning of a notice that quotes something."""
    return 0 < len(name) <= LONGEST_NAME and not name.isspace() and _COLON_NOTICE.search(name) is None
