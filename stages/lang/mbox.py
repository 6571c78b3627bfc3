"""The mails of an mbox, one at a time, and which of them may be read: those with the people the case is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from pipeline.mime import mails_in, parse, unescaped
from stages.lang.customers import chosen
from stages.lang.mail import people_in

__all__ = ["MAX_MAIL", "Choice", "Spanned", "choose_mails", "mails_of"]

MAX_MAIL = 256 << 20
"""Bytes of one mail that are held at once."""
_HEADERS = 1 << 18


class Spanned(NamedTuple):
    """A mail of an mbox: its place from 1, its bytes from `start` to `end`, and what it holds; nothing if too large."""

    number: int
    start: int
    end: int
    data: bytes


class Choice(NamedTuple):
    """The numbers of the mails that may be read; how many conversations there are, and how many of them are read."""

    mails: frozenset[int]
    total: int
    conversations: int
    read: int


def mails_of(stream: BinaryIO, wanted: frozenset[int]) -> Iterator[Spanned]:
    """The mails of those numbers one by one, so that a big mbox is never held."""
    for number, (start, end) in enumerate(_spans(stream), 1):
        if number in wanted:
            stream.seek(start)
            held = end - start <= MAX_MAIL
            yield Spanned(number, start, end, unescaped(stream.read(end - start)) if held else b"")


def _spans(stream: BinaryIO) -> list[tuple[int, int]]:
    stream.seek(0)
    return list(mails_in(stream))


def choose_mails(stream: BinaryIO, customers: tuple[str, ...] | None) -> Choice:
    """Which mails may be read. A conversation is what the same people wrote each other."""
    mails: dict[str, list[int]] = {}
    people: dict[str, set[str]] = {}
    total = 0
    for number, (start, end) in enumerate(_spans(stream), 1):
        stream.seek(start)
        found = _people(unescaped(stream.read(min(end - start, _HEADERS))))
        key = "\n".join(sorted(address for address, _ in found))
        mails.setdefault(key, []).append(number)
        people.setdefault(key, set()).update(*found)
        total = number
    kept = chosen(people, customers)
    numbers = frozenset(number for key in kept for number in mails[key])
    return Choice(numbers, total, len(people), len(kept))


def _people(head: bytes) -> set[tuple[str, str]]:
    """Addresses in small letters with their names: of who wrote a mail and who got it."""
    headers = head.replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n"
    message = parse(headers).part
    return {(person.address.casefold(), person.name) for person in people_in(message, "from", "to", "cc")}
