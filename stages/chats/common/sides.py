"""Whose side a name in a chat is on: only what the case says, and what follows from it for certain."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.model import Person, Side

__all__ = ["side_of", "sides_of"]

_SIDES: dict[str | None, Side] = {"customer": "other", "applicant": "self"}
_OPPOSITE: dict[Side, Side] = {"self": "other", "other": "self"}


def sides_of(names: Iterable[str], title: tuple[str, str] | None, people: Iterable[Person]) -> dict[str, Side]:
    """The side of each name. `title` are the two people of a private chat, None for a group or an unknown title.

    A chat of two people has two sides: where one is known, so is the other. The title may call a person by another
    name than the messages do; when one name is the same in both, the remaining two are one person.
    """
    senders = tuple(dict.fromkeys(names))
    known = {name: _side(name, people) for name in (*senders, *(title or ()))}
    if title is None or title[0] == title[1] or len(senders) != 2:
        if title is not None and title[0] == title[1]:
            known[title[0]] = "unknown"
        return {name: known[name] for name in senders}
    sides = _same_person(senders, title, known)
    first, second = (sides[name] for name in senders)
    if first == "unknown" and second in _OPPOSITE:
        sides[senders[0]] = _OPPOSITE[second]
    elif second == "unknown" and first in _OPPOSITE:
        sides[senders[1]] = _OPPOSITE[first]
    return sides


def _side(name: str, people: Iterable[Person]) -> Side:
    """The side the case gives a name; unknown if it gives none, or two."""
    found = {_SIDES.get(person.side, "unknown") for person in people if name in (person.name, *person.aliases)}
    return found.pop() if len(found) == 1 else "unknown"


def _same_person(senders: tuple[str, ...], title: tuple[str, str], known: dict[str, Side]) -> dict[str, Side]:
    """The senders' sides, with that of the name which the title has for a sender."""
    sides = {name: known[name] for name in senders}
    strangers = [name for name in senders if name not in title]
    unseen = [name for name in title if name not in senders]
    if len(strangers) == 1 and len(unseen) == 1 and sides[strangers[0]] == "unknown":
        sides[strangers[0]] = known[unseen[0]]
    return sides


def side_of(names: Iterable[str | None], people: Iterable[Person], *, own: bool | None, private: bool | None) -> Side:
    """The side of a message of which the export tells whether it is the exporter's `own`.

    `names` are the sender's names and id. What the case says wins; in a chat of two the other one is the other side.
    """
    known = {_side(name, people) for name in names if name} - {"unknown"}
    if len(known) == 1:
        return known.pop()
    if own:
        return "self"
    return "other" if own is False and private else "unknown"
