"""What WhatsApp itself writes into an export, by language: the tables of locales.toml."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

from pipeline.model import MessageType

__all__ = [
    "ATTACHED_AFTER",
    "ATTACHED_BEFORE",
    "CALLS",
    "CHAT_NAMES",
    "COLON_NOTICES",
    "DELETED",
    "EDITED",
    "ENCRYPTED",
    "FILLERS",
    "GROUP_NOTICES",
    "LOCATIONS",
    "NOTICES",
    "OMITTED",
    "POLLS",
]

_TABLES: dict[str, Any] = tomllib.loads(files(__package__).joinpath("locales.toml").read_text("utf-8"))

ATTACHED_AFTER, ATTACHED_BEFORE = frozenset(_TABLES["attached_after"]), frozenset(_TABLES["attached_before"])
CALLS, DELETED, EDITED = (frozenset(_TABLES[name]) for name in ("calls", "deleted", "edited"))
FILLERS, LOCATIONS = frozenset(_TABLES["fillers"]), frozenset(_TABLES["locations"])
POLLS: tuple[str, ...] = tuple(_TABLES["polls"])
OMITTED: dict[str, MessageType] = {phrase: kind for kind, phrases in _TABLES["omitted"].items() for phrase in phrases}
"""The phrase and the type of message that was left out; `null` is a file to be viewed once."""

CHAT_NAMES: tuple[str, ...] = tuple(_TABLES["chat_names"])
COLON_NOTICES, ENCRYPTED, GROUP_NOTICES = (
    "|".join(_TABLES[name]) for name in ("colon_notices", "encrypted", "group_notices")
)
NOTICES = "|".join((ENCRYPTED, *_TABLES["notices"]))
