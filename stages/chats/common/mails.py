"""Mails as records: what `eml` and `mbox` share. A mail that carries a shared WeChat chat gives its messages too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

import msgspec

from pipeline.contract import Source
from pipeline.locate import WHOLE, Locator, lines_of
from pipeline.mime import Section, Text, TooComplex
from pipeline.model import Attachment, Mail, Message, Note, Reading, Record, Unread, bare, digest_of
from pipeline.moment import Moment, dateless, span
from stages.chats import wechat_share
from stages.chats.common.params import Params, params_of
from stages.chats.common.sides import side_of
from stages.lang.mail import Letter, Person, attachments_in, date_of, header, headers_of, letters_in, people_in

__all__ = ["Opened", "arrival_of", "opened"]

_CLOCKS_DIFFER = timedelta(minutes=10)
"""How far the clocks of sender and server may be apart before it is said."""


class Opened(NamedTuple):
    """What one mail gave, those inside it included. `mails` counts them; `chat` is the reading of the chat it holds."""

    records: tuple[Record, ...] = ()
    notes: tuple[Note, ...] = ()
    unread: tuple[Unread, ...] = ()
    mails: int = 1
    chat: Reading | None = None
    letters: tuple[Letter, ...] = ()


def opened(data: bytes, source: Source, *, where: Locator = WHOLE, number: int | None = None) -> Opened:
    """The records of a mail. `where` is its place in the file, `number` its place among the mails of an mbox."""
    try:
        letters = letters_in(data)
    except TooComplex:
        return Opened(unread=(Unread(code="mail-too-complex", where=where),))
    desk = _Desk(source, "" if number is None else f"{number}/")
    for letter in letters:
        desk.take(letter, Locator(member=desk.prefix + letter.number) if letter.number else where, letters)
    chats = desk.chats
    return Opened(
        tuple(desk.records), tuple(desk.notes), tuple(desk.unread), len(letters), chats[0] if chats else None,
        tuple(letters),
    )  # fmt: skip


def arrival_of(letter: Letter) -> str | None:
    """When the last server took the mail in, as it wrote it: the top line of the Received chain."""
    lines = headers_of(letter.message, "received")
    return lines[0].rpartition(";")[2].strip() or None if lines else None


class _Desk:
    """Takes the mails of one file as they lie inside each other."""

    def __init__(self, source: Source, prefix: str) -> None:
        self.prefix = prefix
        self.records: list[Record] = []
        self.notes: list[Note] = []
        self.unread: list[Unread] = []
        self.chats: list[Reading] = []
        self._source = source
        self._params: Params = params_of(source)

    def take(self, letter: Letter, where: Locator, letters: Iterable[Letter]) -> None:
        """One mail, and the chat that its text is."""
        bodies = [(body, body.text()) for body in letter.bodies]
        self._remark(bodies, where)
        chat = self._chat(bodies)
        text = _joined(found.text for _, found in bodies) if chat is None else _title(chat)
        mail = self._mail(letter, where, text, letters)
        self.records.append(mail)
        if letter.is_cut and not letter.number:
            self._refuse("mail-cut", where)
        if chat is not None:
            self._add_chat(chat, mail)

    def _mail(self, letter: Letter, where: Locator, text: str, letters: Iterable[Letter]) -> Mail:
        message = letter.message
        sender = next(iter(people_in(message, "from", "sender")), Person("", ""))
        recipients = people_in(message, "to", "cc", "bcc")
        return Mail(
            where=where,
            at=self._at(letter, where),
            sender=sender.name or sender.address or None,
            sender_id=sender.address or None,
            side=side_of((sender.name, sender.address), self._params.people, own=None, private=None),
            text=text,
            attachments=tuple(self._attached(letter, letters)),
            reply_to=_id(header(message, "in-reply-to")),
            subject=header(message, "subject"),
            to=tuple(person.said for person in recipients),
            message_id=_id(header(message, "message-id")),
        )

    def _attached(self, letter: Letter, letters: Iterable[Letter]) -> Iterable[Attachment]:
        """The mail's attachments, which are at hand: the mail holds their bytes."""
        return (
            Attachment(name=part.name, found=True, sha256=bare(digest_of(part.section.data())))
            for owner, part in attachments_in(letters)
            if owner is letter
        )

    def _at(self, letter: Letter, where: Locator) -> Moment:
        raw = next(iter(headers_of(letter.message, "date")), "")
        at = date_of(raw) if raw else dateless("", "second")
        if at.start is None:
            self._note("chat-time-unreadable" if raw else "mail-undated", where, **({"said": raw} if raw else {}))
        elif at.zone == "unknown":
            self._note("mail-without-zone", where, said=raw)
        received = arrival_of(letter)
        distance = span(date_of(received), at) if received else None
        if distance and distance[0] > _CLOCKS_DIFFER:
            self._note("mail-received-first", where, said=raw, received=received or "")
        return at

    def _remark(self, bodies: list[tuple[Section, Text]], where: Locator) -> None:
        """What is to be said about the wording, and how it was decoded."""
        if not bodies or not any(found.text.strip() for _, found in bodies):
            self._note("mail-without-text", where)
        if bodies and all(body.media_type == "text/html" for body, _ in bodies):
            self._note("mail-html", where)
        for body, found in bodies:
            stated = body.stated_charset
            if not found.whole:
                self._refuse("mail-charset-lost", where, stated=stated or "?")
            elif not found.as_stated:
                self._note("mail-charset", where, stated=stated or "?", used=found.encoding)

    def _note(self, code: str, where: Locator, **values: str | int) -> None:
        self.notes.append(Note(code=code, values=values, where=where))

    def _refuse(self, code: str, where: Locator, **values: str | int) -> None:
        self.unread.append(Unread(code=code, values=values, where=where))

    # A chat in a mail ----------------------------------------------------------------------------------------------

    def _chat(self, bodies: list[tuple[Section, Text]]) -> Reading | None:
        """The shared WeChat chat that the text is, its places inside its section."""
        for body, found in bodies:
            source = Source(data=found.text.encode("utf-8", "replace"), name=self._source.name, params=self._params)
            if wechat_share.READER.sniff(source) is not None:
                reading = wechat_share.READER.read(source)
                return _inside(reading, self.prefix + body.number) if reading.records else None
        return None

    def _add_chat(self, chat: Reading, mail: Mail) -> None:
        """The messages of the chat; the files they name are the mail's."""
        self.chats.append(chat)
        self.records += (_of_chat(record, mail, chat) for record in chat.records)
        self._note("mail-holds-chat", mail.where, count=len(chat.records))
        self.notes += chat.notes
        self.unread += chat.unread


def _of_chat(record: Record, mail: Mail, chat: Reading) -> Record:
    """A message under the name of its chat, with the mail's attachments in the place of the names it gives.

    A name that several attachments bear stays a name.
    """
    if not isinstance(record, Message):
        return record
    files = ({held for held in mail.attachments if held.name == named.name} for named in record.attachments)
    found = tuple(
        next(iter(held)) if len(held) == 1 else named for named, held in zip(record.attachments, files, strict=True)
    )
    name = chat.declared.get("name") or chat.declared.get("people") or mail.subject
    return msgspec.structs.replace(record, attachments=found, chat=record.chat or (str(name) if name else None))


def _inside(reading: Reading, member: str) -> Reading:
    """A reading of a section, with its places given in the mail."""

    def placed(where: Locator | None) -> Locator:
        return msgspec.structs.replace(where or WHOLE, member=member)

    replace = msgspec.structs.replace
    return replace(
        reading,
        records=tuple(replace(record, where=placed(record.where)) for record in reading.records),
        notes=tuple(replace(note, where=placed(note.where)) for note in reading.notes),
        unread=tuple(replace(span, where=placed(span.where)) for span in reading.unread),
    )


def _title(chat: Reading) -> str:
    """What stands for a text whose messages follow one by one."""
    return str(chat.declared.get("title", ""))


def _joined(texts: Iterable[str]) -> str:
    """The wording, its line ends as LF, without blank lines at its ends."""
    return "\n".join("\n".join(lines_of(text)) for text in texts).strip("\n")


def _id(raw: str | None) -> str | None:
    """A message id without its angle brackets; the first of several."""
    return raw.split()[0].strip("<>") or None if raw and raw.split() else None
