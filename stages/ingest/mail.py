"""Taking the attachments out of mails: every part is wording for the readers, a file of its own, or refused."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.locate import Locator
from pipeline.mime import TooComplex
from pipeline.model import Balance, Ingested, Member, Unread
from stages.ingest import archive
from stages.lang.mail import Letter, Part, attachments_in, letters_in
from stages.lang.mbox import MAX_MAIL, choose_mails, mails_of

__all__ = ["EML", "MBOX", "unpack"]

EML, MBOX = "message/rfc822", "application/mbox"


def unpack(
    path: Path, media_type: str, scratch: Path, customers: tuple[str, ...] | None
) -> tuple[Ingested, dict[str, Path]]:
    """What a mail or an mbox holds: the attachments as members, written into `scratch` under their index.

    Of an mbox with the mails of several people only those with the customers are opened.
    """
    taking = _Taking(scratch)
    if media_type == EML:
        if path.stat().st_size <= MAX_MAIL:
            taking.mail(path.read_bytes(), "", {})
        else:
            taking.refuse("mail-too-large", None, megabytes=MAX_MAIL >> 20)
    else:
        taking.mbox(path, customers)
    return taking.ingested(media_type), taking.files


class _Taking:
    """One run over the attachments of one file."""

    def __init__(self, scratch: Path) -> None:
        self.files: dict[str, Path] = {}
        self._scratch = scratch
        self._members: list[Member] = []
        self._unread: list[Unread] = []
        self._parts = self._skipped = self._bytes = 0

    def ingested(self, media_type: str) -> Ingested:
        """What came of it. Wording counts as a record: the readers of mails take it."""
        lost = len(self._unread)
        return Ingested(
            media_type=media_type,
            kind="text",
            balance=Balance(
                unit="members", total=self._parts, records=self._parts - self._skipped - lost, skipped=self._skipped,
                unread=lost,
            ),
            members=tuple(self._members),
            unread=tuple(self._unread),
        )  # fmt: skip

    def mbox(self, path: Path, customers: tuple[str, ...] | None) -> None:
        """The mails of the customers, one at a time; the others are skipped unopened."""
        taken: dict[str, int] = {}
        with path.open("rb") as stream:
            choice = choose_mails(stream, customers)
            for mail in mails_of(stream, choice.mails):
                if mail.data:
                    self.mail(mail.data, f"{mail.number}/", taken)
                else:
                    self.refuse("mail-too-large", Locator(span=(mail.start, mail.end)), megabytes=MAX_MAIL >> 20)
        self._skipped += choice.total - len(choice.mails)
        self._parts += choice.total - len(choice.mails)

    def mail(self, data: bytes, prefix: str, taken: dict[str, int]) -> None:
        """One mail with those inside it."""
        try:
            letters = letters_in(data)
        except TooComplex:
            self.refuse("mail-too-complex", None)
            return
        self._parts += sum(max(1, len(letter.bodies)) for letter in letters)
        for part in _parts(letters, taken):
            self._take(part, prefix)

    def refuse(self, code: str, where: Locator | None, **values: str | int) -> None:
        """Leave a part, or all, unread."""
        self._parts += 1
        self._unread.append(Unread(code=code, values=values, where=where))

    def _take(self, part: Part, prefix: str) -> None:
        where, shown = Locator(member=prefix + part.section.number), archive.shown(part.name)
        if archive.is_hostile(part.name):
            self.refuse("attachment-name", where, member=shown)
            return
        data = part.section.data()
        if len(self._members) >= archive.MAX_MEMBERS or self._bytes + len(data) > archive.MAX_TOTAL:
            self.refuse("attachments-too-many", where, member=shown)
            return
        target = self._scratch / f"member-{len(self._members)}"
        target.write_bytes(data)
        digest = "sha256:" + hashlib.sha256(data).hexdigest()
        self.files[str(len(self._members))] = target
        self._members.append(Member(name=part.kept, digest=digest, bytes=len(data)))
        self._bytes += len(data)
        self._parts += 1


def _parts(letters: Iterable[Letter], taken: dict[str, int]) -> Iterator[Part]:
    return (part for _, part in attachments_in(letters, taken))
