"""What the tests of the readers of chat tools' files share."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.contract import Reader, Source
from pipeline.model import Digest, Message, Person, Reading
from pipeline.moment import Zone
from stages.chats import Params
from stages.chats.formats import READERS

SHANGHAI = Params(zone=Zone(name="Asia/Shanghai", basis="platform"))
OF_LIN = Params(
    zone=SHANGHAI.zone, people=(Person(name="林小姐", side="customer"),), customers=("林小姐",)
)  # fmt: skip
NOON = 1_772_431_385
"""2026-03-02T14:03:05+08:00."""


def reader_of(ident: str) -> Reader:
    return next(reader for reader in READERS if reader.id == ident)


def source_of(data: Any, name: str = "chat", params: Params = SHANGHAI, siblings: Mapping[str, Digest] = {}) -> Source:
    """A file of some bytes, of a text, or of a value as JSON."""
    if not isinstance(data, str | bytes):
        data = json.dumps(data, ensure_ascii=False)
    return Source(data=data.encode() if isinstance(data, str) else data, name=name, params=params, siblings=siblings)


def known_to(source: Source) -> set[str]:
    """The readers that say they know it."""
    return {reader.id for reader in READERS if reader.sniff(source) is not None}


def messages(reading: Reading) -> list[Message]:
    return [record for record in reading.records if isinstance(record, Message)]


def start_of(message: Message) -> str | None:
    return message.at.start if message.at else None


def codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.notes]


def lost(reading: Reading) -> list[str]:
    return [span.code for span in reading.unread]


def balance(reading: Reading) -> tuple[int, int, int, int]:
    held = reading.balance
    return held.total, held.records, held.skipped, held.unread


def table(rows: Iterable[Iterable[Any]], *, mark: bool = False, end: str = "\r\n") -> bytes:
    """Delimited text as exporters write it."""
    text = io.StringIO()
    csv.writer(text, lineterminator=end).writerows(rows)
    return (b"\xef\xbb\xbf" if mark else b"") + text.getvalue().encode()
