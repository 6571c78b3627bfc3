"""The people a case is about: from a file that holds the matter of several, only theirs may be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.contract import Settings
from pipeline.model import Case
from stages.lang.text import nfc, plain

__all__ = ["chosen", "customers_of"]


def customers_of(case: Case, settings: Settings) -> tuple[str, ...] | None:
    """Every name of the reviewer and of those whom the case calls customers; None where a file is only looked at."""
    if settings.every_order:
        return None
    people = [person for person in case.people if person.side == "customer"]
    names = [case.review.author, *(name for person in people for name in (person.name, *person.aliases))]
    return tuple(dict.fromkeys(name for name in names if name))


def chosen(chats: Mapping[str, Iterable[str]], customers: tuple[str, ...] | None) -> frozenset[str]:
    """Of the conversations of a file (name, and the names and ids of its people) those that may be read.

    One conversation is what the person who handed it in meant. Of several, only those of the customers; where the
    case names none, or none of them is here, none.
    """
    if customers is None or len(chats) <= 1:
        return frozenset(chats)
    wanted = {_key(name) for name in customers}
    return frozenset(name for name, people in chats.items() if wanted & {_key(name), *map(_key, people)})


def _key(name: str) -> str:
    return nfc(plain(name)).strip().casefold()
