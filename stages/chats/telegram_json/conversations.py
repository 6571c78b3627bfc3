"""The conversations of Telegram's result.json: one that is the file, or those of an account; of half a file, too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from stages.lang.items import fault_of, items_at, top_of, top_values

__all__ = ["Conversation", "Conversations", "conversations"]

Raw = msgspec.Raw
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_MARK = b"\xef\xbb\xbf"
_LISTS = ("chats", "left_chats")


class Conversation(NamedTuple):
    """A chat: `type` and `id` as written, its messages as JSON, and where their list stands."""

    name: str | None
    type: str
    id: str
    items: list[Raw]
    pointer: str


class Conversations(NamedTuple):
    """`owner` is the id of the account that was exported; `fault` the byte from which on the file is not JSON."""

    chats: list[Conversation]
    owner: str | None = None
    fault: int | None = None


class _Person(msgspec.Struct):
    user_id: Any = None


class _Chat(msgspec.Struct):
    name: Any = None
    type: Any = None
    id: Any = None
    messages: list[Raw] | None = None

    def named(self, pointer: str) -> Conversation:
        """The conversation, whose messages stand at `pointer`."""
        name = self.name if isinstance(self.name, str) else None
        kind, identity = ("" if value is None else str(value) for value in (self.type, self.id))
        return Conversation(name, kind, identity, self.messages or [], pointer)


def conversations(data: bytes) -> Conversations | None:
    """All conversations; None for a file that holds none."""
    data = data.removeprefix(_MARK)
    top = top_of(data)
    if top is None:
        chats = _of_broken(data)
        return Conversations(chats, _owner(top_values(data)), fault_of(data)) if chats else None
    if "messages" in top:
        chat = _decoded(data, _Chat)
        return Conversations([chat.named("/messages")]) if chat and chat.messages is not None else None
    if not any(key in top for key in _LISTS):
        return None
    found = [
        chat.named(f"/{key}/list/{number}/messages")
        for key in _LISTS
        for number, raw in enumerate(_listed(data, key))
        if (chat := _decoded(raw, _Chat))
    ]
    return Conversations(found, _owner(top))


def _owner(top: dict[str, Raw]) -> str | None:
    """The id of the account, where the file holds its owner."""
    person = _decoded(top.get("personal_information", b"{}"), _Person)
    return str(person.user_id) if person and person.user_id is not None else None


def _decoded(data: bytes | Raw, kind: type[Any]) -> Any:
    try:
        return msgspec.json.decode(data, type=kind)
    except _BROKEN:
        return None


def _listed(data: bytes, key: str) -> list[Raw]:
    found = items_at(data, key, "list")
    return found.items if found else []


def _of_broken(data: bytes) -> list[Conversation]:
    """The conversations before the fault of a broken file."""
    found = items_at(data, "messages")
    if found is not None:
        return [_salvaged(data, "/messages")]
    return [chat for key in _LISTS for chat in _listed_in_broken(data, key)]


def _listed_in_broken(data: bytes, key: str) -> Iterator[Conversation]:
    """The conversations of a list: those that stand whole, and what there is of the one in which the fault is."""
    start = re.search(rb'"%s"\s*:\s*\{[^\[\]{}]*"list"\s*:\s*\[' % key.encode(), data)
    if start is None:
        return
    whole, place = _listed(data, key), start.end()
    for number, raw in enumerate(whole):
        pointer = f"/{key}/list/{number}/messages"
        chat = _decoded(raw, _Chat)
        yield chat.named(pointer) if chat else _salvaged(bytes(raw), pointer)
        place = data.find(bytes(raw), place) + len(bytes(raw))
    rest = data[place:].lstrip(b", \t\r\n")
    if rest.startswith(b"{"):
        yield _salvaged(rest, f"/{key}/list/{len(whole)}/messages")


def _salvaged(data: bytes, pointer: str) -> Conversation:
    """What there is of a broken conversation."""
    own = {key: _decoded(raw, object) for key, raw in top_values(data).items() if key in ("name", "type", "id")}
    found = items_at(data, "messages")
    return _Chat(**own, messages=found.items if found else []).named(pointer)
