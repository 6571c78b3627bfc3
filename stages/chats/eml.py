"""A mail saved as a file (.eml): one record for it, one for each mail inside it, and the chat it carries, if any."""

from __future__ import annotations

from pipeline.contract import Reader, Score, Source
from pipeline.model import Balance, Reading
from stages.chats.common.mails import Opened, arrival_of, opened
from stages.lang.mail import is_mail

__all__ = ["READER"]


def _sniff(source: Source) -> Score | None:
    return Score(value=0.95, reason="mail-headers") if is_mail(source.data) else None


def _read(source: Source) -> Reading:
    found = opened(source.data, source)
    return Reading(
        reader=READER.tag,
        format=READER.id,
        records=found.records,
        balance=_balance(found),
        notes=found.notes,
        unread=found.unread,
        declared=_declared(found),
        encoding=found.letters[0].bodies[0].text().encoding if found.letters and found.letters[0].bodies else None,
    )


def _balance(found: Opened) -> Balance:
    """In mails; of a mail that is a chat, in lines of the chat."""
    if found.chat is not None:
        return found.chat.balance
    lost = 0 if found.records else found.mails
    return Balance(unit="items", total=found.mails, records=found.mails - lost, unread=lost)


def _declared(found: Opened) -> dict[str, str | int]:
    """When the mail arrived, and what the chat in it states."""
    stated: dict[str, str | int] = dict(found.chat.declared) if found.chat else {}
    arrival = arrival_of(found.letters[0]) if found.letters else None
    return {**stated, "received": arrival} if arrival else stated


READER = Reader(id="eml", version=1, grade="A", sniff=_sniff, read=_read)
