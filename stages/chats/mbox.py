"""A mailbox saved as one file (.mbox), read mail by mail: a big one is never held."""

from __future__ import annotations

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator
from pipeline.model import Balance, Note, Reading, Record, Unread
from stages.chats.common.mails import opened
from stages.chats.common.params import params_of
from stages.lang.mail import is_mbox
from stages.lang.mbox import MAX_MAIL, choose_mails, mails_of

__all__ = ["READER"]


def _sniff(source: Source) -> Score | None:
    return Score(value=0.95, reason="mbox-headers") if is_mbox(source.data) else None


def _read(source: Source) -> Reading:
    """Every mail that may be read, at its bytes; the mails of others are counted and left out."""
    records: list[Record] = []
    notes: list[Note] = []
    unread: list[Unread] = []
    read = 0
    with source.stream() as stream:
        choice = choose_mails(stream, params_of(source).customers)
        for mail in mails_of(stream, choice.mails):
            where = Locator(span=(mail.start, mail.end))
            if not mail.data:
                unread.append(Unread(code="mail-too-large", values={"megabytes": MAX_MAIL >> 20}, where=where))
                continue
            found = opened(mail.data, source, where=where, number=mail.number)
            records += found.records
            notes += found.notes
            unread += found.unread
            read += bool(found.records)
    if choice.read < choice.conversations:
        values: dict[str, str | int] = {"count": choice.conversations, "read": choice.read}
        notes.insert(0, Note(code="chats-of-others", values=values))
    if not choice.total:
        unread.append(Unread(code="mbox-without-mails"))
    left = choice.total - len(choice.mails)
    return Reading(
        reader=READER.tag,
        format=READER.id,
        records=tuple(records),
        balance=Balance(unit="items", total=choice.total, records=read, skipped=left,
                        unread=choice.total - left - read),
        notes=tuple(notes),
        unread=tuple(unread),
        declared={"mails": choice.total},
    )  # fmt: skip


READER = Reader(id="mbox", version=1, grade="A", sniff=_sniff, read=_read, streams=True)
