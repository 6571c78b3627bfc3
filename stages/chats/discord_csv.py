"""DiscordChatExporter's CSV: AuthorID, Author, Date, Content, Attachments, Reactions."""

from __future__ import annotations

from pipeline.contract import Reader, Score, Source
from pipeline.model import Attachment, Message, MessageType, Reading, Unread
from stages.chats.common.account import Account, closed
from stages.chats.common.chronicle import Chronicle
from stages.chats.common.columns import cells_of, has_columns, open_columns
from stages.chats.common.params import params_of
from stages.chats.common.sides import side_of
from stages.chats.discord_json import kind_of_name

__all__ = ["READER"]

_COLUMNS = ("authorid", "author", "date", "content", "attachments")


def _sniff(source: Source) -> Score | None:
    return Score(value=0.95, reason="chat-discord-columns") if has_columns(source, _COLUMNS) else None


def _read(source: Source) -> Reading:
    columns = open_columns(source, _COLUMNS)
    if isinstance(columns, Unread):
        return closed(READER, columns, "rows")
    account, params = Account("rows", columns.total), params_of(source)
    rows = list(cells_of(account, columns))
    stamps = Chronicle(account, source, (cells["date"] for _, cells in rows))
    for where, cells in rows:
        sender = cells["author"]
        names = (sender, sender.removesuffix("#0000"), cells["authorid"])
        files = [name.strip() for name in cells["attachments"].split(",") if name.strip()]
        account.records.append(
            Message(
                where=where,
                at=stamps.at(cells["date"], where),
                sender=sender or None,
                sender_id=cells["authorid"] or None,
                side=side_of(names, params.people, own=None, private=None),
                type=_type(files),
                text=cells["content"].replace("\r\n", "\n"),
                attachments=tuple(Attachment(name=name) for name in files),
            )
        )
    reacted = sum(bool(cells.get("reactions")) for _, cells in rows)
    if reacted:
        account.note("chat-reactions-left", count=reacted)
    return account.reading(READER, encoding=columns.sheet.encoding)


def _type(files: list[str]) -> MessageType:
    return kind_of_name(files[0]) if files else "text"


READER = Reader(id="discord-csv", version=1, grade="A", sniff=_sniff, read=_read)
