"""The items of a long JSON list, each as its own bytes: decoded one by one, and those of a broken file too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec

__all__ = ["Items", "Placed", "fault_of", "items_at", "objects_in", "top_of", "top_values"]

Raw = msgspec.Raw
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_PLACE = re.compile(r"\(byte (\d+)\)")
_TOKEN = re.compile(
    rb'"(?P<text>(?:[^"\\]++|\\.)*+)(?P<end>")?(?:[ \t\r\n]*(?P<key>:))?|(?P<open>[\[{])|(?P<close>[\]}])|[-+.\w]++',
    re.DOTALL,
)


class Items(NamedTuple):
    """`items` are the values of a list as JSON; `fault` is the byte from which on the file is not, None for a whole
    one. An item of a broken file may itself be broken: that shows when it is decoded.
    """

    items: list[Raw]
    fault: int | None = None


class Placed(NamedTuple):
    """An object as JSON, and the JSON pointer to it."""

    pointer: str
    raw: Raw


@dataclass
class _Open:
    """A container that is not yet closed: where it starts, its pointer, and the key or place of its value."""

    start: int
    pointer: str
    is_list: bool
    key: str = ""
    place: int = -1

    def step(self) -> None:
        """A value begins in it."""
        self.place += 1

    def inner(self) -> str:
        """The pointer of that value."""
        return f"{self.pointer}/{self.place if self.is_list else self.key}"


class _Child(NamedTuple):
    """A value that stands whole in a container: its key in an object, and where it starts and ends."""

    key: bytes | None
    start: int
    end: int


def top_of(data: bytes) -> dict[str, Raw] | None:
    """The values of the object that the file is, each as JSON; None if it is no object or no JSON."""
    try:
        return msgspec.json.decode(_text(data), type=dict[str, Raw])
    except _BROKEN:
        return None


def top_values(data: bytes, *path: str) -> dict[str, Raw]:
    """The same, or those of the object at a path of keys; of a broken file the values that stand whole in it, and none
    of what is no object.
    """
    whole = None if path else top_of(data)
    if whole is not None:
        return whole
    text = _text(data)
    return {
        child.key.decode("utf-8", "replace"): Raw(text[child.start : child.end])
        for child in _children(text, tuple(key.encode() for key in path))
        if child.key is not None
    }


def items_at(data: bytes, *path: str) -> Items | None:
    """The list that stands at a path of keys; None if there is none. Of a broken file, the items that stand whole."""
    try:
        value: Any = Raw(_text(data))
        for key in path:
            value = msgspec.json.decode(value, type=dict[str, Raw])[key]
        return Items(msgspec.json.decode(value, type=list[Raw]))
    except (KeyError, msgspec.ValidationError):
        return None
    except _BROKEN:
        found = _salvaged(_text(data), tuple(key.encode() for key in path))
        mark = len(data) - len(_text(data))
        return found if found is None or found.fault is None else Items(found.items, found.fault + mark)


def objects_in(data: bytes, deepest: int) -> Iterator[Placed]:
    """Every object that stands whole in a broken file, inside at most so many others; an inner one before its outer."""
    text = _text(data)
    opened: list[_Open] = []
    for token in _TOKEN.finditer(text):
        if token["key"]:
            if opened:
                opened[-1].key = _escaped(token["text"])
        elif token["close"]:
            done = opened.pop() if opened else None
            if done is not None and not done.is_list and len(opened) <= deepest:
                yield Placed(done.pointer, Raw(text[done.start : token.end()]))
        elif opened:
            opened[-1].step()
        if token["open"]:
            pointer = opened[-1].inner() if opened and len(opened) <= deepest else ""
            opened.append(_Open(token.start(), pointer, token["open"] == b"["))


def _escaped(key: bytes) -> str:
    """A key, as it stands between its quotes, as a step of a JSON pointer (RFC 6901)."""
    try:
        said = msgspec.json.decode(b'"%b"' % key, type=str)
    except _BROKEN:
        said = key.decode("utf-8", "replace")
    return said.replace("~", "~0").replace("/", "~1")


def fault_of(data: bytes) -> int | None:
    """The byte from which on a file is not JSON: its length where the end is missing, None where it is whole."""
    try:
        msgspec.json.decode(_text(data), type=Raw)
    except _BROKEN as error:
        place = _PLACE.search(str(error))
        return int(place[1]) + len(data) - len(_text(data)) if place else len(data)
    return None


def _salvaged(text: bytes, path: tuple[bytes, ...]) -> Items | None:
    """The items of a broken file up to where none stands whole any more; None without any.

    There is no fault beside them where all that is broken is an item.
    """
    children = [child for child in _children(text, path) if child.key is None]
    if not children:
        return None
    place = fault_of(text) or 0
    fault = None if any(child.start <= place < child.end for child in children) else place
    return Items(
        [Raw(text[child.start : child.end]) for child in children], fault if _is_closed(text) else children[-1].end
    )


def _is_closed(text: bytes) -> bool:
    """Whether every bracket and quote is closed, and nothing follows the last."""
    depth, closed = 0, False
    for token in _TOKEN.finditer(text):
        if closed or (token["text"] is not None and token["end"] is None):
            return False
        depth += (token["open"] is not None) - (token["close"] is not None)
        closed = depth <= 0
    return depth == 0


def _children(text: bytes, path: tuple[bytes, ...]) -> Iterator[_Child]:
    """The whole values in the container at a path, in a file that may be cut or broken: brackets are counted, never
    followed, so that no depth of nesting is too much.
    """
    depth = on_path = start = 0
    key: bytes | None = None
    for token in _TOKEN.finditer(text):
        inside = on_path == len(path) + 1
        if token["open"]:
            if depth == on_path <= len(path) and key == (path[depth - 1] if depth else key):
                on_path, key = depth + 1, None
            elif inside and depth == on_path:
                start = token.start()
            depth += 1
        elif token["close"]:
            depth = max(depth - 1, 0)
            if inside and depth == on_path:
                yield _Child(key, start, token.end())
            if inside and depth < on_path:
                return
            on_path = min(on_path, depth)
        elif token["text"] is not None and token["end"] is None:
            return
        elif token["key"]:
            key = token["text"] if depth == on_path else key
        elif inside and depth == on_path:
            yield _Child(key, *token.span())


def _text(data: bytes) -> bytes:
    return data.removeprefix(b"\xef\xbb\xbf")
