"""What a JSON file holds, seen from its first bytes: the paths of its keys, by which formats are told apart."""

from __future__ import annotations

import io
from functools import lru_cache

from pipeline.contract import Source
from stages.lang.encoding import HEAD

__all__ = ["paths_of"]

_MOST_EVENTS = 4_000
_DEEPEST = 4


def paths_of(source: Source) -> frozenset[str]:
    """The keys of the head of a JSON file as paths ("messages.item.sender_name"); empty if it is no JSON.

    An item of a list is named "item". Keys more than four levels down are left out.
    """
    head = source.data[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    return _paths(head) if head[:1] in (b"{", b"[") else frozenset()


@lru_cache(maxsize=2)
def _paths(head: bytes) -> frozenset[str]:
    """Every reader asks about the same head."""
    import ijson

    found: set[str] = set()
    try:
        for number, (prefix, event, value) in enumerate(ijson.parse(io.BytesIO(head), buf_size=2048, use_float=True)):
            if event == "map_key" and prefix.count(".") < _DEEPEST:
                found.add(f"{prefix}.{value}" if prefix else str(value))
            if number >= _MOST_EVENTS:
                break
    except (ijson.JSONError, UnicodeDecodeError):
        pass  # the head ends within a value, or stops being JSON: what came before counts
    return frozenset(found)
