"""Who a name in the evidence is, by what the case says."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.model import Person

__all__ = ["person_of"]


def person_of(names: Iterable[str | None], people: Iterable[Person]) -> str | None:
    """The person of the case whom any of the names, or ids, stands for; None if it is nobody, or several people."""
    written = {name for name in names if name}
    found = {person.name for person in people if not written.isdisjoint((person.name, *person.aliases))}
    return found.pop() if len(found) == 1 else None
