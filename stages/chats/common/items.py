"""The items of a long JSON list, each as its own bytes: decoded one by one, and those of half a file too."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

__all__ = ["Items", "fault_of", "items_at", "top_of"]

Raw = msgspec.Raw
_PLACE = re.compile(r"\(byte (\d+)\)")


class Items(NamedTuple):
    """`items` are the values of a list as JSON; `fault` is the byte at which the file stops being JSON, if it does."""

    items: list[Raw]
    fault: int | None = None


def top_of(data: bytes) -> dict[str, Raw] | None:
    """The values of the object that the file is, each as JSON; None if it is no object or no JSON."""
    try:
        return msgspec.json.decode(_text(data), type=dict[str, Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def items_at(data: bytes, *path: str) -> Items | None:
    """The list that stands at a path of keys; None if there is none. Of a broken file, the items before its fault."""
    try:
        value: Any = Raw(_text(data))
        for key in path:
            value = msgspec.json.decode(value, type=dict[str, Raw])[key]
        return Items(msgspec.json.decode(value, type=list[Raw]))
    except (KeyError, msgspec.ValidationError):
        return None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        items = list(_salvaged(data, ".".join([*path, "item"])))
        return Items(items, fault_of(data)) if items else None


def fault_of(data: bytes) -> int | None:
    """The byte from which on a file is not JSON: its length where the end is missing, None where it is whole."""
    try:
        msgspec.json.decode(_text(data), type=Raw)
    except UnicodeDecodeError as error:
        return error.start
    except (msgspec.DecodeError, RecursionError) as error:
        place = _PLACE.search(str(error))
        return int(place[1]) if place else len(data)
    return None


def _salvaged(data: bytes, prefix: str) -> Iterator[Raw]:
    """The items before the fault of a broken file, by a reader that goes event by event."""
    import ijson

    try:
        for value in ijson.items(io.BytesIO(_text(data)), prefix, use_float=True):
            yield Raw(msgspec.json.encode(value))
    except (ijson.JSONError, UnicodeDecodeError):
        return


def _text(data: bytes) -> bytes:
    return data.removeprefix(b"\xef\xbb\xbf")
