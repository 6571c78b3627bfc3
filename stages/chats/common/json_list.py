"""A JSON export as its list of messages: whole, or of half a file what stands before its fault."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec

from pipeline.contract import Source
from pipeline.locate import WHOLE, Locator
from pipeline.model import Unread
from stages.chats.common.account import Account
from stages.chats.common.typed import decoded
from stages.chats.common.utf8 import utf8_of
from stages.lang.items import items_at, top_values

__all__ = ["JsonList", "open_list"]

_T = TypeVar("_T")
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


class JsonList(NamedTuple):
    """`items` are the messages as JSON and `pointer` is where their list stands; `top` holds what stands beside it.

    `fault` is the byte of the file from which on it is not JSON, None for a whole one; `size` the bytes it has.
    """

    items: Sequence[msgspec.Raw]
    pointer: str
    top: dict[str, Any]
    encoding: str
    fault: int | None
    size: int

    def account(self) -> Account:
        """An empty account of its items; what follows a fault is one more, and unread."""
        account = Account("items", len(self.items) + (self.fault is not None))
        if self.fault is not None:
            exact = self.encoding.startswith("utf-8")
            where = Locator(span=(self.fault, self.size)) if exact else WHOLE
            account.refuse("json-cut", where, offset=self.fault, count=len(self.items))
        return account

    def each(self, account: Account, kind: type[_T]) -> Iterator[tuple[Locator, _T]]:
        """Each item with its place, decoded as `kind`; one that is none is unread."""
        return decoded(account, self.items, msgspec.json.Decoder(kind), self.pointer)


def open_list(source: Source, keys: Sequence[str], beside: Sequence[str] = ()) -> JsonList | Unread:
    """The list under the first of `keys` that holds one ("" for a file that is the list itself), and the values of
    the keys `beside` it; `Unread` where there is none.
    """
    data, encoding = utf8_of(source.data)
    mark = 3 if encoding == "utf-8-sig" else 0
    for key in keys:
        found = items_at(data, *filter(None, [key]))
        if found is not None:
            fault = None if found.fault is None else min(found.fault + mark, len(source.data))
            pointer = f"/{key}" if key else ""
            top = _top(data, beside) if key and beside else {}
            return JsonList(found.items, pointer, top, encoding, fault, len(source.data))
    return Unread(code="json-without-messages", where=WHOLE)


def _top(data: bytes, keys: Sequence[str]) -> dict[str, Any]:
    """The values of some keys, of a broken file those that stand whole."""
    raws = top_values(data)
    return {key: value for key in keys if key in raws and (value := _value(raws[key])) is not None}


def _value(raw: msgspec.Raw) -> Any:
    try:
        return msgspec.json.decode(raw)
    except _BROKEN:
        return None
