"""Messages of a JSON list, decoded one by one into a type: what does not fit it stays unread, in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TypeVar

import msgspec

from pipeline.locate import Locator
from pipeline.model import Message
from stages.chats.common.account import Account
from stages.lang.items import Items

__all__ = ["decoded", "each", "note_steps"]

T = TypeVar("T")


def each(account: Account, items: Items, kind: type[T], pointer: str) -> Iterator[tuple[Locator, T]]:
    """Each item of the list that stands at `pointer` ("" for the file itself), with its place.

    An item of another shape is unread; so is what follows the place where the file stops being JSON.
    """
    yield from decoded(account, items.items, msgspec.json.Decoder(kind, strict=False), pointer)
    if items.fault is not None:
        account.refuse("json-cut", None, units=0, offset=items.fault, count=len(items.items))


def decoded(
    account: Account, items: Iterable[msgspec.Raw], decoder: msgspec.json.Decoder[T], pointer: str
) -> Iterator[tuple[Locator, T]]:
    """Each item of the list at `pointer` as the type of the decoder, with its place; one of another shape is unread."""
    for number, item in enumerate(items):
        where = Locator(pointer=f"{pointer}/{number}")
        try:
            value = decoder.decode(item)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            account.refuse("chat-item-unknown", where)
            continue
        yield where, value


def note_steps(account: Account, *, may_be_newest_first: bool = False) -> None:
    """Note where the times of the records go against the order of the file; some formats have the newest first.

    A time without a zone is not compared with one that has one.
    """
    dated = [(record, record.at.first) for record in account.records if record.at and record.at.first]
    steps = [
        (after, late < early, late > early)
        for (_, early), (after, late) in pairwise(dated)
        if (early.tzinfo is None) == (late.tzinfo is None)
    ]
    down = sum(back for _, back, _ in steps)
    newest_first = may_be_newest_first and down > sum(ahead for _, _, ahead in steps)
    if newest_first:
        account.note("chat-newest-first")
    for record, back, ahead in steps:
        if ahead if newest_first else back:
            _note_step(account, record)


def _note_step(account: Account, record: Message) -> None:
    account.note("chat-time-goes-back", record.where, said=record.at.said if record.at else "")
