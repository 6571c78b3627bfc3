"""Mail as bytes: its sections by number, the text of one, and the mails of an mbox. Nothing here repairs or fills in.

Sections are numbered as IMAP does (RFC 3501, 6.4.5): "1.2" is the second part of the first. A mail that is no
multipart has the one section "1"; a mail attached as message/rfc822 has its sections below its own number.
"""

from __future__ import annotations

import binascii
import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import CloseBoundaryNotFoundDefect, StartBoundaryNotFoundDefect
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from typing import BinaryIO, NamedTuple

__all__ = [
    "MAX_DEPTH",
    "MAX_SECTIONS",
    "Section",
    "Text",
    "TooComplex",
    "decode_text",
    "html_text",
    "mails_in",
    "parse",
    "section_at",
    "unescaped",
]

MAX_DEPTH = 40
"""Multiparts and mails inside one another."""
MAX_SECTIONS = 5_000

_LINE = 1 << 16
_UTF8_MARK = b"\xef\xbb\xbf"
_HEADER = re.compile(rb"[!-9;-~]+:|>?From ")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)
_CHINESE = frozenset("gb2312 gb_2312-80 gb_2312 gbk x-gbk cp936 ms936 gb18030 gb-2312 chinese euc-cn euccn".split())


class TooComplex(ValueError):
    """A mail with more sections, or deeper, than any program makes."""


class Text(NamedTuple):
    """A text, the codec that gave it, and whether that is the one which was stated and every byte decoded."""

    text: str
    encoding: str
    as_stated: bool = True
    whole: bool = True


class _Raw(Compat32):
    """Headers as they stand, with bytes beyond ASCII as surrogates: they are decoded here, and strictly."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        del name
        return value


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a mail by its number; the mail itself has none. A mail inside it has its own sections as children."""

    number: str
    part: Message
    children: tuple[Section, ...] = ()

    @property
    def media_type(self) -> str:
        """The stated type, text/plain where none is."""
        return self.part.get_content_type()

    @property
    def is_cut(self) -> bool:
        """Whether the boundary that ends its parts is missing, or the one that begins them."""
        return any(isinstance(defect, CloseBoundaryNotFoundDefect | StartBoundaryNotFoundDefect)
                   for defect in self.part.defects)  # fmt: skip

    @property
    def is_mail(self) -> bool:
        """Whether it is a mail inside the mail."""
        return bool(self.number) and _mail_inside(self.part) is not None

    def data(self) -> bytes:
        """What it holds, with its transfer encoding undone; of a mail inside the mail, that mail."""
        inside = _mail_inside(self.part)
        if inside is not None:
            return inside.as_bytes(policy=_Raw(mangle_from_=False, max_line_length=None))
        if self.part.is_multipart():
            return b"\n".join(bytes(part) for part in self.part.get_payload() if isinstance(part, Message))
        try:
            data = self.part.get_payload(decode=True)
        except (ValueError, binascii.Error, UnicodeError):
            data = str(self.part.get_payload()).encode("utf-8", "surrogateescape")
        return data if isinstance(data, bytes) else b""

    @property
    def stated_charset(self) -> str | None:
        """The charset as the part labels it."""
        label = self.part.get_param("charset")
        return label[2] if isinstance(label, tuple) else label

    def text(self) -> Text:
        """The text of a text part; of HTML, what a mail program shows of it."""
        decoded = decode_text(self.data(), self.stated_charset)
        return decoded._replace(text=html_text(decoded.text)) if self.media_type == "text/html" else decoded

    def walk(self) -> Iterator[Section]:
        """Itself and everything below it, in the order of the bytes."""
        yield self
        for child in self.children:
            yield from child.walk()


def parse(data: bytes) -> Section:
    """A mail with its sections. A byte order mark before the headers, which would hide them, is passed over.

    TooComplex beyond `MAX_DEPTH` and `MAX_SECTIONS`.
    """
    try:
        message = BytesParser(policy=_Raw()).parsebytes(data.removeprefix(_UTF8_MARK))
        mail = Section(number="", part=message, children=_sections(message, "", 0))
    except RecursionError as error:
        raise TooComplex from error
    if sum(1 for _ in mail.walk()) > MAX_SECTIONS:
        raise TooComplex
    return mail


def section_at(data: bytes, number: str) -> Section | None:
    """The section of that number; in an mbox "3/1.2" is section 1.2 of the third mail. None if there is none."""
    ordinal, _, inner = number.rpartition("/")
    if ordinal:
        spans = list(mails_in(io.BytesIO(data)))
        if not ordinal.isdecimal() or not 0 < int(ordinal) <= len(spans):
            return None
        start, end = spans[int(ordinal) - 1]
        data = unescaped(data[start:end])
    try:
        return next((found for found in parse(data).walk() if found.number == inner), None)
    except TooComplex:
        return None


def _sections(message: Message, prefix: str, depth: int) -> tuple[Section, ...]:
    """The sections of a mail: its parts, or the one that it is."""
    if _is_multipart(message):
        return _parts(message, prefix, depth)
    return (Section(number=f"{prefix}1", part=message),)


def _parts(message: Message, prefix: str, depth: int) -> tuple[Section, ...]:
    if depth > MAX_DEPTH:
        raise TooComplex
    found = []
    for place, part in enumerate(message.get_payload(), 1):
        assert isinstance(part, Message)
        number, inside = f"{prefix}{place}", _mail_inside(part)
        children: tuple[Section, ...] = ()
        if inside is not None:
            children = _sections(inside, f"{number}.", depth + 1)
        elif _is_multipart(part):
            children = _parts(part, f"{number}.", depth + 1)
        found.append(Section(number=number, part=part, children=children))
    return tuple(found)


def _is_multipart(message: Message) -> bool:
    return message.is_multipart() and message.get_content_maintype() == "multipart"


def _mail_inside(part: Message) -> Message | None:
    if part.get_content_type() not in ("message/rfc822", "message/global") or not part.is_multipart():
        return None
    inside = part.get_payload(0)
    return inside if isinstance(inside, Message) else None


# Text ---------------------------------------------------------------------------------------------------------------


def decode_text(data: bytes, label: str | None) -> Text:
    """Text under a stated charset. Labels are often wrong: gb2312 is written for all of GB18030, and where the bytes
    are not what the label says they are UTF-8 if all of them fit it. What then still fails is marked with U+FFFD.
    """
    stated = _codec(label)
    if data.startswith(_UTF8_MARK):
        return Text(data.decode("utf-8-sig", "replace"), "utf-8", as_stated=stated in (None, "ascii", "utf-8"))
    utf8 = _strict(data, "utf-8")
    if utf8 is not None and (stated in (None, "ascii", "utf-8") or _is_chinese_utf8(utf8)):
        return Text(utf8, "utf-8", as_stated=utf8.isascii() or stated == "utf-8")
    strict = _strict(data, stated) if stated else None
    if stated and strict is not None:
        return Text(strict, stated)
    if utf8 is not None:
        return Text(utf8, "utf-8", as_stated=False)
    other = _strict(data, "gb18030") if stated in (None, "ascii", "utf-8") else None
    if other is not None:
        return Text(other, "gb18030", as_stated=False)
    return Text(data.decode(stated or "utf-8", "replace"), stated or "utf-8", whole=False)


def _codec(label: str | None) -> str | None:
    """The codec for a label; None where it is missing or names none."""
    name = (label or "").strip().strip("\"'").lower()
    if name in _CHINESE:
        return "gb18030"
    try:
        found = codecs.lookup(name) if name else None
    except (LookupError, ValueError):
        return None
    if found is None or not found._is_text_encoding or found.name in ("idna", "punycode", "unicode_escape"):
        return None
    return found.name


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, ValueError):
        return None


def _is_chinese_utf8(text: str) -> bool:
    """Whether every letter beyond ASCII took three bytes or more: text of another charset does not look so."""
    beyond = [letter for letter in text if letter > "\x7f"]
    return len(beyond) > 1 and min(beyond) >= "\u0800"


_BLOCKS = frozenset(
    "p div li ul ol tr table tbody thead h1 h2 h3 h4 h5 h6 blockquote pre hr section article header footer dl dt dd "
    "center form fieldset body".split()
)
_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "meta", "link", "-comment"})
_SPACE = re.compile(r"[ \t\r\n\f]+")


def html_text(html: str) -> str:
    """The text of HTML as lines: blocks and line breaks end a line, cells are parted by tabs, blanks are one."""
    from selectolax.lexbor import LexborHTMLParser

    root = LexborHTMLParser(html).body
    out = _Lines()
    node, entering = root, True
    while node is not None:
        if entering:
            out.enter(node.tag or "", node.text_content or "" if node.tag == "-text" else "")
            if node.tag not in _SILENT and node.child is not None:
                node = node.child
                continue
        out.leave(node.tag or "")
        if node == root:
            break
        following = node.next
        node, entering = (node.parent, False) if following is None else (following, True)
    return out.text()


class _Lines:
    """Collects the lines of a page."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._kept = 0

    def enter(self, tag: str, text: str) -> None:
        """What begins: text, a line break, a block."""
        if tag == "-text":
            self._add(text)
        elif tag == "br":
            self._end()
        elif tag in _BLOCKS:
            self._close()
        self._kept += tag == "pre"

    def leave(self, tag: str) -> None:
        """What ends."""
        if tag in _BLOCKS:
            self._close()
        elif tag in ("td", "th"):
            self._line.append("\t")
        self._kept -= tag == "pre"

    def text(self) -> str:
        """All of it."""
        self._close()
        return "\n".join(self._lines)

    def _add(self, text: str) -> None:
        if self._kept:
            first, *rest = text.replace("\r\n", "\n").split("\n")
            self._line.append(first)
            for line in rest:
                self._end()
                self._line.append(line)
            return
        text = _SPACE.sub(" ", text)
        if not self._line or self._line[-1][-1:] in (" ", "\t"):
            text = text.removeprefix(" ")
        if text:
            self._line.append(text)

    def _end(self) -> None:
        line = "".join(self._line)
        self._lines.append(line.rstrip("\n") if self._kept else line.rstrip(" \t"))
        self._line = []

    def _close(self) -> None:
        if self._line:
            self._end()


# Mbox ---------------------------------------------------------------------------------------------------------------


def mails_in(stream: BinaryIO) -> Iterator[tuple[int, int]]:
    """The mails of an mbox as half-open ranges of bytes, each with its "From " line and without the blank line after.

    A line begins a mail if it begins with "From ", a blank line (or the start of the file) stands before it and a
    header after it: the body of a mail may well hold a paragraph that begins so.
    """
    start: int | None = None
    candidate: tuple[int, int] | None = None
    offset, previous, blank = 0, b"", True
    while line := stream.readline(_LINE):
        if candidate is not None and _HEADER.match(line):
            if start is not None:
                yield start, candidate[1]
            start = candidate[0]
        candidate = None
        if blank and line.removeprefix(_UTF8_MARK if offset == 0 else b"").startswith(b"From "):
            candidate = (offset, offset - len(previous))
        blank = line in (b"\n", b"\r\n") and (not previous or previous.endswith(b"\n"))
        previous = line
        offset += len(line)
    if start is not None:
        yield start, offset - (len(previous) if blank else 0)


def unescaped(mail: bytes) -> bytes:
    """A mail of an mbox as it was: without its "From " line, and ">From " as "From "."""
    _, _, rest = mail.partition(b"\n")
    return _ESCAPED.sub(rb"\1", rest)
