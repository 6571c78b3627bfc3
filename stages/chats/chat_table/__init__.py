"""A table of messages that no reader knows: a person says in case.toml which column is which, once a file.

`dossier read --format chat-table` takes the columns by their names and says which; by itself the reader knows no file,
for many tables have a time, a name and a text.
"""

from __future__ import annotations

from pipeline.contract import Reader, Score, Source
from pipeline.model import Reading, Unread
from pipeline.model import Source as Declared
from stages.chats.chat_table.columns import by_names
from stages.chats.chat_table.read import MessageTable
from stages.chats.common.account import closed
from stages.chats.common.params import params_of
from stages.sheets.container import Cannot, forget, open_table
from stages.sheets.declared import open_declared, refusal

__all__ = ["READER", "looks_like_messages"]


def looks_like_messages(keys: frozenset[str]) -> bool:
    """Whether a row of header keys names a text and who said it or when."""
    columns = by_names(keys).columns
    return "text" in columns and ("time" in columns or "sender" in columns)


def _declared_for(source: Source) -> Declared | None:
    declared = params_of(source).declared_for(source.name)
    return declared if declared is not None and declared.format == "chat-table" else None


def _sniff(source: Source) -> Score | None:
    return Score(value=1.0, reason="columns-declared") if _declared_for(source) else None


def _read(source: Source) -> Reading:
    declared = _declared_for(source) or Declared(file=source.name, format="chat-table")
    try:
        if declared.columns:
            opened = open_declared(source.data, declared)
        else:
            known = open_table(source.data, looks_like_messages, encoding=declared.encoding)
            opened = refusal(known.code, offset=known.offset) if isinstance(known, Cannot) else known or _NO_HEADER
        if isinstance(opened, Unread):
            return closed(READER, opened, "rows")
        return MessageTable(opened, declared, source.name, params_of(source)).reading(READER)
    finally:
        forget()


_NO_HEADER = refusal("chat-header-not-found")

READER = Reader(
    id="chat-table",
    version=1,
    grade="A",
    sniff=_sniff,
    read=_read,
)
