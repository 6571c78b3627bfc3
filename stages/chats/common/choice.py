"""Which conversations of a file may be read: those with the people the case is about, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from stages.chats.common.params import Params
from stages.lang import customers

__all__ = ["chosen"]


def chosen(chats: Mapping[str, Iterable[str]], params: Params) -> frozenset[str]:
    """Of the conversations of a file (name, and the names and ids of its people) those that may be read.

    One conversation is what the person who handed it in meant. Of several, only those of the case's customers; where
    the case names none, or none of them is here, none: the reader counts the rest and notes `chats-of-others`.
    """
    return customers.chosen(chats, params.customers)
