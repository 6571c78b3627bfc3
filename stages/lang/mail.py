"""What a mail says: its people, its date, its wording and its attachments, from headers and parts as they stand.

Headers are decoded strictly: encoded words (RFC 2047), parameters in pieces (RFC 2231), and raw bytes, which should
not stand there but do.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from email.errors import HeaderParseError, MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses
from typing import NamedTuple

from pipeline.mime import Section, decode_text, parse
from pipeline.moment import Moment, Zone, dateless, moment

__all__ = [
    "HEAD",
    "Letter",
    "Part",
    "Person",
    "attachments_in",
    "date_of",
    "header",
    "headers_of",
    "is_mail",
    "is_mbox",
    "letters_in",
    "people_in",
]

HEAD = 1 << 16
"""How many bytes show what a file is."""

_UTF8_MARK = b"\xef\xbb\xbf"
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_BREAKS = re.compile(r"[\r\n]+[ \t]*")
_NAME = re.compile(rb"([!-9;-~]+):[^\r\n]*")
_SAVED_PAGE = re.compile(rb"^From:\s*<Saved? by\b", re.IGNORECASE | re.MULTILINE)
_SENT = frozenset({b"from", b"received", b"message-id", b"return-path"})
_USUAL = _SENT | {b"to", b"cc", b"date", b"subject", b"mime-version", b"delivered-to", b"reply-to", b"content-type"}
_EXTENSIONS = {
    "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif", "image/webp": ".webp", "image/bmp": ".bmp",
    "image/heic": ".heic", "application/pdf": ".pdf", "application/zip": ".zip", "text/plain": ".txt",
    "text/html": ".html", "text/csv": ".csv", "text/calendar": ".ics", "message/delivery-status": ".txt",
}  # fmt: skip


class Person(NamedTuple):
    """A name as displayed, empty if there is none, and an address."""

    name: str
    address: str

    @property
    def said(self) -> str:
        """Both, as mail programs write them."""
        return f"{self.name} <{self.address}>" if self.name and self.address else self.name or self.address


class Part(NamedTuple):
    """An attachment: its section, the name it is given, and the name under which it is kept: each once in a file."""

    section: Section
    name: str
    kept: str


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail, or one inside another: its number as a section (empty for the outer one), the sections that are its
    wording, and its attachments without those of mails inside it. `is_cut`: whether its end is missing.
    """

    number: str
    message: Message
    bodies: tuple[Section, ...]
    attachments: tuple[Section, ...]
    is_cut: bool = False


def is_mail(head: bytes) -> bool:
    """Whether a file that begins so is a mail: headers up to the first blank line, and some that only mails have.

    A page saved as MHTML has the headers of a mail that nobody sent: it is none.
    """
    block = head[:HEAD].removeprefix(_UTF8_MARK)
    block, blank, _ = block.replace(b"\r\n", b"\n").partition(b"\n\n")
    lines = block.split(b"\n") if blank else block.split(b"\n")[:-1]
    names: set[bytes] = set()
    for line in lines:
        match = _NAME.match(line)
        if match is None and not (names and line[:1] in (b" ", b"\t")):
            return False
        if match is not None:
            names.add(match[1].lower())
    return bool(names & _SENT) and len(names & _USUAL) >= 2 and not _SAVED_PAGE.search(block)


def is_mbox(head: bytes) -> bool:
    """Whether a file that begins so is an mbox: a "From " line, and the headers of a mail after it."""
    first, _, rest = head.removeprefix(_UTF8_MARK).partition(b"\n")
    return first.startswith(b"From ") and is_mail(rest)


# Headers ------------------------------------------------------------------------------------------------------------


def header(message: Message, name: str) -> str | None:
    """The first header of that name, decoded; None if there is none."""
    raw = message.get(name)
    return None if raw is None else _decoded(raw).strip()


def headers_of(message: Message, name: str) -> list[str]:
    """Every header of that name as it stands, without its folds."""
    return [_FOLD.sub("", raw).strip() for raw in message.get_all(name, [])]


def people_in(message: Message, *names: str) -> tuple[Person, ...]:
    """The people in the headers of those names, in order. What has no address is a name."""
    found = []
    for raw in (raw for name in names for raw in headers_of(message, name)):
        people = [Person(_decoded(name).strip(), address.strip()) for name, address in getaddresses([raw])]
        known = [person for person in people if person != ("", "")]
        found += known or [Person(_decoded(raw), "")] if raw else []
    return tuple(Person(person.name, _decoded(person.address)) for person in found)


def _decoded(raw: str) -> str:
    """A header's wording: encoded words decoded by their charset, raw bytes as UTF-8 or else as GB18030."""
    text = _BREAKS.sub(lambda fold: " " if fold[0][-1:] in " \t" else "", raw)
    if not text.isascii():
        text = decode_text(text.encode("utf-8", "surrogateescape"), None).text
    if "=?" not in text:
        return text
    try:
        pieces = decode_header(text)
    except (HeaderParseError, MessageError, binascii.Error, ValueError):
        return text
    words = (
        piece if isinstance(piece, str) else decode_text(piece, charset).text if charset else _latin(piece)
        for piece, charset in pieces
    )
    return "".join(words) or text


def _latin(piece: bytes) -> str:
    """What stands between encoded words: `decode_header` gives it as raw-unicode-escape."""
    return piece.decode("raw-unicode-escape", "replace")


_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_RFC = re.compile(
    r"(?:[a-z]{2,9}\.?,?\s+)?(?P<day>\d{1,2})[\s-]+(?P<month>[a-z]{3})[a-z]*[\s-]+(?P<year>\d{4})\s+"
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?\s*(?P<zone>[+-]\d{4}|[a-z]{1,5})?",
    re.IGNORECASE | re.ASCII,
)
_ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})[T ](?P<hour>\d{2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_COMMENT = re.compile(r"\([^()]*\)")
_UNIVERSAL = frozenset({"gmt", "ut", "utc", "z"})


def date_of(raw: str) -> Moment:
    """The time that a Date header states. Without a zone, or with -0000 ("says nothing of the zone", RFC 5322, 3.3),
    it has none; names of zones are ambiguous (CST is two) but for GMT. What is no date is undated.
    """
    text = " ".join(_COMMENT.sub(" ", raw).split())
    match = _RFC.fullmatch(text) or _ISO.fullmatch(text)
    month = 0 if match is None else _MONTHS.get(match["month"].lower(), 0) or _number(match["month"])
    if match is None:
        return dateless(raw, "second")
    stated = match["zone"] or ""
    name = "UTC" if stated.lower() in _UNIVERSAL else stated if stated[:1] in ("+", "-") and stated != "-0000" else ""
    try:
        return moment(
            raw, int(match["year"]), month, int(match["day"]), int(match["hour"]), int(match["minute"]),
            int(match["second"] or 0), grain="second" if match["second"] else "minute",
            zone=Zone(name=name, basis="stated") if name else None,
        )  # fmt: skip
    except ValueError:
        return dateless(raw, "second")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


# Parts --------------------------------------------------------------------------------------------------------------


def letters_in(data: bytes) -> list[Letter]:
    """A mail, and after it those inside it, in order. `TooComplex` as of `pipeline.mime.parse`."""
    mail = parse(data)
    return [_letter(section) for section in mail.walk() if section.is_mail or section is mail]


def attachments_in(letters: Iterable[Letter], taken: dict[str, int] | None = None) -> Iterator[tuple[Letter, Part]]:
    """Every attachment of the mails. Names that several bear get a number before the extension, from 2 on.

    `taken` counts the names so far, for the mails of one mbox.
    """
    counts = {} if taken is None else taken
    for letter in letters:
        for section in letter.attachments:
            name = _file_name(section)
            counts[name] = count = counts.get(name, 0) + 1
            stem, dot, extension = name.rpartition(".")
            numbered = f"{stem} ({count}).{extension}" if dot and stem else f"{name} ({count})"
            yield letter, Part(section, name, name if count == 1 else numbered)


def _letter(mail: Section) -> Letter:
    message = mail.part if not mail.number else mail.part.get_payload(0)
    assert isinstance(message, Message)
    bodies = tuple(_bodies(mail.children, message.get_content_type()))
    spoken = {body.number for body in bodies} | {twin.number for twin in _twins(mail)}
    attached = tuple(leaf for leaf in _leaves(mail.children) if leaf.number not in spoken)
    is_cut = any(section.is_cut for section in mail.walk())
    return Letter(number=mail.number, message=message, bodies=bodies, attachments=attached, is_cut=is_cut)


def _bodies(sections: Sequence[Section], media_type: str) -> Iterator[Section]:
    """The sections that are the wording: of alternatives the plain one that holds text, else the first that is any."""
    choices = [list(_wording(section)) for section in sections]
    if media_type != "multipart/alternative":
        yield from (body for choice in choices for body in choice)
        return
    plain = [choice for choice in choices if any(body.media_type == "text/plain" for body in choice)]
    filled = (choice for choice in (*plain, *choices) if any(body.text().text.strip() for body in choice))
    yield from next(filled, [])


def _wording(section: Section) -> Iterator[Section]:
    if section.children and not section.is_mail:
        yield from _bodies(section.children, section.media_type)
    elif _is_wording(section):
        yield section


def _is_wording(section: Section) -> bool:
    """Whether a part is wording and no file: text without a name that is not called an attachment."""
    disposition = str(section.part.get("content-disposition") or "").strip().lower()
    attached = disposition.startswith("attachment") or _stated_name(section) is not None
    return section.media_type in ("text/plain", "text/html") and not attached


def _twins(mail: Section) -> Iterator[Section]:
    """Wording that is not read because another alternative says it, or because it is blank: no file either."""
    return (leaf for leaf in _leaves(mail.children) if _is_wording(leaf))


def _leaves(sections: Iterable[Section]) -> Iterator[Section]:
    for section in sections:
        if section.children and not section.is_mail:
            yield from _leaves(section.children)
        elif not section.is_mail:
            yield section


def _stated_name(section: Section) -> str | None:
    for name, place in (("filename", "content-disposition"), ("name", "content-type")):
        value = section.part.get_param(name, None, place)
        if isinstance(value, tuple):
            charset, _, text = value
            value = decode_text(str(text).encode("raw-unicode-escape", "replace"), charset).text
        elif value is not None:
            value = _decoded(str(value))
        if value:
            return value.strip()
    return None


def _file_name(section: Section) -> str:
    """The stated name; for a part without one, what it is and where."""
    return _stated_name(section) or f"part-{section.number}{_EXTENSIONS.get(section.media_type, '')}"
