"""Telegram Desktop's pages: messages.html, messages2.html and so on, a thousand messages each.

A message that continues the one before (`joined`) states no sender. Titles of times hold the offset since 2021; older
pages have the wall clock of the exporting computer. What was forwarded is inside the message, under its own sender.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from pipeline.contract import Reader, Score, Source
from pipeline.locate import WHOLE, Locator
from pipeline.model import Attachment, Message, MessageType, Reading, Unread
from pipeline.moment import Grain, Moment, Zone, moment
from stages.chats.common.account import Account, closed
from stages.chats.common.params import params_of
from stages.chats.common.sides import sides_of
from stages.chats.common.typed import note_steps
from stages.lang.encoding import HEAD, Refused, decode, decode_lines, head_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

__all__ = ["READER"]

_MESSAGE = re.compile(rb'<div class="message (?:default|service)\b[^>]*?\bid="(message-?\d+)"')
_TIME = re.compile(r"(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d)(?::(\d\d))?(?: UTC(?P<offset>[+-]\d\d:\d\d))?", re.ASCII)
_ID = re.compile(r"#go_to_message(-?\d+)")
_FILED: frozenset[MessageType] = frozenset({"image", "video", "voice", "file", "sticker"})
_END = 200
"""Characters at the end of a page among which it is closed."""

_PAGE = re.compile(r"messages(\d*)\.html", re.ASCII)
_KINDS: dict[str, MessageType] = {
    "photo_wrap": "image", "sticker_wrap": "sticker", "video_file_wrap": "video", "animated_wrap": "image",
    "media_photo": "image", "media_video": "video", "media_voice_message": "voice", "media_audio_file": "file",
    "media_file": "file", "media_location": "location", "media_live_location": "location", "media_venue": "location",
    "media_call": "call", "media_contact": "other", "media_game": "other", "media_invoice": "other",
    "media_poll": "poll",
    "media_sticker": "sticker", "media_animation": "image", "media_photo_file": "image",
}  # fmt: skip


def _is_page(text: str) -> bool:
    return 'class="page_wrap' in text and 'class="history"' in text


def _sniff(source: Source) -> Score | None:
    if b"page_wrap" not in source.data[:HEAD]:
        return None
    head = head_of(source.data, signature=_is_page)
    return Score(value=0.95, reason="telegram-html") if head and _is_page(head.text) else None


def _read(source: Source) -> Reading:
    from selectolax.lexbor import LexborHTMLParser

    decoded = decode(source.data)
    if isinstance(decoded, Refused):
        lines = decode_lines(source.data, "utf-8")
        text = "\n".join("" if line is None else line for line in lines)
    else:
        lines, text = [], decoded.text
    tree = LexborHTMLParser(text)
    history = tree.css_first("div.history")
    if history is None:
        return closed(READER, Unread(code="telegram-html-nested", where=WHOLE), "items")
    nodes = [node for node in history.iter() if "message" in _classes(node)]
    account = Account("items", len(nodes))
    page = _Page(source, account, text)
    for number, line in enumerate(lines, 1):
        if line is None:
            account.refuse("line-not-decodable", Locator(lines=(number, number)), units=0)
    for node in nodes:
        page.take(node)
    note_steps(account)
    if "</html>" not in text[-_END:]:
        account.note("telegram-html-cut", account.records[-1].where if account.records else None)
    title = tree.css_first("div.page_header div.text")
    name = _plain(title) if title is not None else ""
    encoding = "utf-8" if isinstance(decoded, Refused) else decoded.encoding
    return account.reading(READER, declared={"name": name} if name else {}, encoding=encoding, records=page.sided())


class _Page:
    """One page. `lines` tell on which line of the file each message begins."""

    def __init__(self, source: Source, account: Account, text: str) -> None:
        self.account, self.params = account, params_of(source)
        self.zone = self.params.zone_for(source.name)
        self.source, self.places = source, _places(text)
        self.sender: str | None = None
        self.forwarded = self.missing = 0

    def take(self, node: LexborNode) -> None:
        """One message, notice or divider between days."""
        place = self.places.get(node.attributes.get("id") or "")
        where = Locator(lines=place) if place else WHOLE
        classes = _classes(node)
        if "service" in classes:
            self.notice(node, where)
            return
        body = _child(node, "body")
        if body is None:
            self.account.refuse("chat-item-unknown", where)
            return
        name = _child(body, "from_name")
        if name is not None:
            self.sender = _name(name)
        elif "joined" not in classes:
            self.sender = None
        elif self.sender is None:
            self.sender = _sender_before(self.source)
            if self.sender is None:
                self.account.note("telegram-sender-above", where)
        self.account.records.append(self.message(body, where))

    def message(self, body: LexborNode, where: Locator) -> Message:
        """A message of somebody."""
        parts = {kind: part for part in body.iter() for kind in _classes(part)}
        text = _text(parts["text"]) if "text" in parts and "forwarded" not in _classes(parts["text"]) else ""
        inner = parts.get("forwarded")
        if inner is not None:
            self.forwarded += 1
            text = "\n".join(filter(None, (text, *map(_text, _within(inner, "text")))))
        found = _media(body) if "media_wrap" in parts or inner is not None else _NO_MEDIA
        self.missing += found.missing
        reply = parts["reply_to"].css_first("a") if "reply_to" in parts else None
        answered = _ID.search(str(reply.attributes.get("href") or "") if reply is not None else "")
        return Message(
            where=where, at=self.at(parts.get("date"), where), sender=self.sender,
            text=text or found.text, type=found.type, attachments=found.files,
            reply_to=answered[1] if answered else None,
        )  # fmt: skip

    def notice(self, node: LexborNode, where: Locator) -> None:
        """A divider between days, or what the app says; it states no time."""
        text = _plain(node)
        if str(node.attributes.get("id") or "").startswith("message-"):
            self.account.aside += 1
            return
        self.account.records.append(Message(where=where, at=None, sender=None, text=text, type="system", side="system"))

    def at(self, date: LexborNode | None, where: Locator) -> Moment | None:
        """The time in the title of a date: to the second, with its offset if it has one."""
        said = str(date.attributes.get("title") or "") if date is not None else ""
        match = _TIME.match(said)
        if match is not None:
            day, month, year, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
            zone = Zone(name=match["offset"], basis="stated") if match["offset"] else self.zone
            grain: Grain = "second" if match[6] else "minute"
            try:
                return moment(said, year, month, day, hour, minute, second, grain=grain, zone=zone)
            except ValueError:
                pass  # no such time: said below
        self.account.note("chat-time-unreadable", where, said=said)
        return None

    def sided(self) -> list[Message]:
        """The records, with the sides that the case gives their senders."""
        import msgspec

        for code, count in (("telegram-forwarded", self.forwarded), ("telegram-files-missing", self.missing)):
            if count:
                self.account.note(code, count=count)
        records = self.account.records
        sides = sides_of((record.sender for record in records if record.sender), None, self.params.people)
        return [
            msgspec.structs.replace(record, side=sides[record.sender]) if record.sender else record
            for record in records
        ]


class _Media(NamedTuple):
    """What a message holds beside its text: its type, files by their path, and what the page says of it.

    `missing` counts the files that were left out of the export: they have a name and no path.
    """

    type: MessageType = "text"
    files: tuple[Attachment, ...] = ()
    text: str = ""
    missing: int = 0


_NO_MEDIA = _Media()


def _media(body: LexborNode) -> _Media:
    """The media of a message, of the forwarded one inside it too."""
    kind: MessageType = "text"
    files: list[str] = []
    said: list[str] = []
    missing = 0
    for wrap in _within(body, "media_wrap"):
        parts = [part for part in wrap.iter() if part.tag in ("a", "div")]
        kind = next((_KINDS[name] for part in parts for name in _classes(part) if name in _KINDS), "other")
        links = [str(link.attributes.get("href") or "") for link in wrap.css("a")]
        files += [link for link in links if link and ":" not in link]
        said += [_plain(part) for part in parts] + [link for link in links if ":" in link]
        title = wrap.css_first("div.title")
        if not links and kind in _FILED and title is not None:
            files.append(_plain(title))
            missing += 1
    attachments = tuple(Attachment(name=name) for name in dict.fromkeys(files) if name)
    return _Media(kind, attachments, "\n".join(filter(None, said)), missing)


def _sender_before(source: Source) -> str | None:
    """Who wrote the last message of the page before, if that page is there."""
    from selectolax.lexbor import LexborHTMLParser

    own = source.name.rpartition("/")[2]
    match = _PAGE.fullmatch(own)
    for number in range(int(match[1] or 1) - 1 if match and len(match[1]) < 6 else 0, 0, -1):
        data = source.bytes_beside(f"messages{number if number > 1 else ''}.html")
        if data is None:
            return None
        names = LexborHTMLParser(data.decode("utf-8", "replace")).css("div.message > div.body > div.from_name")
        if names:
            return _name(names[-1])
    return None


def _places(text: str) -> dict[str, tuple[int, int]]:
    """On which lines of the file each message stands, by its id."""
    data = text.encode()
    found: dict[str, tuple[int, int]] = {}
    line, place, last = 1, 0, ""
    for match in _MESSAGE.finditer(data):
        line += data.count(b"\n", place, match.start())
        place = match.start()
        if last:
            found[last] = (found[last][0], max(found[last][0], line - 1))
        last = match[1].decode()
        found[last] = (line, line)
    if last:
        end = line + data.count(b"\n", place, len(data.rstrip()))
        found[last] = (found[last][0], max(found[last][0], end))
    return found


def _classes(node: LexborNode) -> list[str]:
    return (node.attributes.get("class") or "").split()


def _child(node: LexborNode, kind: str) -> LexborNode | None:
    return next((child for child in node.iter() if kind in _classes(child)), None)


def _within(node: LexborNode, kind: str) -> list[LexborNode]:
    return list(node.css(f"div.{kind}"))


def _name(node: LexborNode) -> str:
    """The name, without the date that stands beside a forwarded one."""
    return "".join(child.text(deep=True) for child in node.iter(include_text=True) if child.tag != "span").strip()


def _plain(node: LexborNode) -> str:
    """The words of a part on lines of their own."""
    lines = (line.strip() for line in node.text(deep=True).split("\n"))
    return "\n".join(filter(None, lines))


def _text(node: LexborNode) -> str:
    """The wording: `<br>` ends a line, and the page's own indentation is none of it."""
    return "".join(_wording(node)).strip(" \n")


def _wording(node: LexborNode) -> Iterator[str]:
    for child in node.iter(include_text=True):
        if child.tag == "br":
            yield "\n"
        elif child.tag == "-text":
            yield child.text(deep=False).replace("\n", "")
        else:
            yield from _wording(child)


READER = Reader(id="telegram-html", version=1, grade="A", sniff=_sniff, read=_read)
