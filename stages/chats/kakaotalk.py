"""KakaoTalk's exports: the text of Android and iOS, that of the PC, and the CSV of the Mac.

On phones each message states its date; on the PC the date stands in a ruled line above. Minutes of the device, no zone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator
from pipeline.model import Attachment, Message, MessageType, Reading, Side, Unread
from stages.chats.common.account import Account, closed
from stages.chats.common.chronicle import Chronicle
from stages.chats.common.columns import cells_of, has_columns, open_columns
from stages.chats.common.lines import Lines, head_lines, open_lines
from stages.chats.common.params import params_of
from stages.chats.common.sides import side_of
from stages.chats.common.talk import Talk
from stages.chats.common.written import stamp_of

__all__ = ["CSV", "TEXT"]

_TITLE = re.compile(
    r"(?P<with>.+?) ?님과 카카오톡 대화|(?P<group>.+?) (?:\d+ )?카카오톡 대화|KakaoTalk Chats? with (?P<en>.+)"
)
_SAVED = re.compile(r"(?:저장한 날짜|Date Saved|Saved Date) ?: ?(?P<said>.+)", re.IGNORECASE)
_RULED = re.compile(r"-{5,} ?(?P<said>[^-].{4,50}?) ?-{5,}")
_SHAPE = re.compile(r"^-{5,} ?[^-\n]{5,50}-{5,}\r?$|^\[[^\n]{1,80}?\] \[(?:오전|오후) ", re.MULTILINE)
_CLOCK = r"(?:(?:오전|오후|[AP]M) ?)?\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?"
_PHONE = re.compile(
    r"(?P<said>(?:\d{4}(?:년|\.) ?\d{1,2}(?:월|\.) ?\d{1,2}(?:일|\.)|[A-Z][a-z]{2,8} \d{1,2}, \d{4}(?: at)?)"
    rf",? {_CLOCK})(?:(?P<comma>,) (?P<rest>.*))?",
    re.DOTALL | re.ASCII,
)
_PC = re.compile(rf"\[(?P<name>.{{1,80}}?)\] \[(?P<said>{_CLOCK})\](?: (?P<text>.*))?", re.DOTALL | re.ASCII)
_NOTICE = re.compile(
    r".{1,80}님이 .{0,80}(?:들어왔|나갔|초대했|초대하였|내보냈|가렸)습니다[.。]?(?: .{0,40})?"
    r"|.{1,80} (?:joined this chatroom|left this chatroom|left|invited .{1,80})[.]?|채팅방 관리자가 .{1,60}"
)
_DELETED = frozenset({"삭제된 메시지입니다.", "삭제된 메시지입니다", "This message was deleted.", "Message deleted."})
_WORDS: dict[MessageType, str] = {
    "image": r"사진(?: \d+장)?|Photo|\d+ photos|[0-9a-f]{32,64}\.(?:jpe?g|png|gif|webp)",
    "video": r"동영상|Video|[0-9a-f]{32,64}\.mp4",
    "voice": r"음성메시지|Voice Note|[0-9a-f]{32,64}\.m4a",
    "sticker": r"이모티콘|\(이모티콘\)|Emoticons?|Sticker",
    "file": r"(?:파일|File): .+",
    "call": r"(?:보이스톡|페이스톡|Voice Call|Video Call|Face Talk|Voice Talk).{0,30}",
    "location": r"(?:지도|위치|Location): .+",
}
_KINDS = {kind: re.compile(words, re.IGNORECASE) for kind, words in _WORDS.items()}
_FILE = re.compile(r"(?:(?:파일|File): )?(?P<name>[^\n/]+\.\w{2,5})")
_COLUMNS = ("date", "user", "message")


class _Head(NamedTuple):
    """Where a message begins: the wording of its time, and what follows it; `name` is known on the PC only."""

    said: str
    rest: str
    name: str | None = None


def _kind(text: str) -> MessageType:
    line = text.strip()
    if line in _DELETED:
        return "recall"
    if not line or len(line) > 120 or "\n" in line:
        return "text"
    return next((kind for kind, shape in _KINDS.items() if shape.fullmatch(line)), "text")


def _files(text: str, kind: MessageType) -> tuple[Attachment, ...]:
    match = _FILE.fullmatch(text.strip()) if kind in ("image", "video", "voice", "file") else None
    return (Attachment(name=match["name"]),) if match else ()


def _title_of(line: str) -> tuple[str, bool | None] | None:
    """The name in a title, and whether the chat is private, as far as it tells."""
    match = _TITLE.fullmatch(line.strip()) if "카카오톡" in line or "KakaoTalk" in line else None
    if match is None:
        return None
    return (match["with"] or match["group"] or match["en"]).strip(), True if match["with"] else None


def _signature(text: str) -> bool:
    return "카카오톡" in text[:400] or "KakaoTalk" in text[:400] or _SHAPE.search(text[:4_000]) is not None


def _sniff(source: Source) -> Score | None:
    lines = head_lines(source, _signature)[:60]
    if any(_title_of(line) for line in lines[:3]):
        return Score(value=1.0, reason="chat-kakao-title")
    ruled = any(_RULED.fullmatch(line) for line in lines) and any(_PC.fullmatch(line) for line in lines)
    phone = sum(1 for line in lines if (match := _PHONE.fullmatch(line)) and match["comma"] and " : " in match["rest"])
    return Score(value=0.85, reason="chat-kakao-shape") if ruled or phone >= 2 else None


def _read(source: Source) -> Reading:
    lines = open_lines(source, _signature)
    if isinstance(lines, Unread):
        return closed(TEXT, lines)
    chat = _Chat(lines, source)
    chat.walk()
    return chat.reading(TEXT, declared=chat.declared(), encoding=lines.encoding)


class _Chat(Talk):
    """One text export."""

    def __init__(self, lines: Lines, source: Source) -> None:
        super().__init__(lines)
        self.people = params_of(source).people
        self.title: tuple[str, bool | None] | None = None
        self.saved = ""
        self.heads: dict[int, _Head] = {}
        self.days: dict[int, str] = {}
        self._find()
        self.names = _prefixes(head.rest for head in self.heads.values() if head.name is None)
        self.own = self._own()
        dates = [*self.days.values(), *(head.said for head in self.heads.values())]
        self.times = Chronicle(self, source, dates)

    def _find(self) -> None:
        """The lines that begin a message, and those that state a day; on the PC each message stands below one."""
        day = ""
        for number, line in enumerate(self.lines.matched):
            ruled = _RULED.fullmatch(line) if line[:5] == "-----" else None
            pc = _PC.fullmatch(line) if line[:1] == "[" else None
            phone = _PHONE.fullmatch(line) if line[:1].isalnum() else None
            if ruled and stamp_of(ruled["said"]):
                self.days[number] = day = ruled["said"].strip()
            elif pc:
                self.heads[number] = _Head(f"{day} {pc['said']}".strip(), pc["text"] or "", pc["name"])
            elif phone and not phone["comma"]:
                self.days[number] = phone["said"]
            elif phone:
                self.heads[number] = _Head(phone["said"], phone["rest"])
        self._keep_usual()

    def _keep_usual(self) -> None:
        """A line in the form of the other device is a quotation."""
        pc = sum(head.name is not None for head in self.heads.values())
        usual = pc * 2 >= len(self.heads)
        for number, head in list(self.heads.items()):
            if (head.name is not None) != usual:
                del self.heads[number]
                self.note_line("chat-lookalike", number, said=self.lines.matched[number][:40])

    def walk(self) -> None:
        """Every line once."""
        starts = sorted([*self.heads, *self.days])
        first = starts[0] if starts else len(self.lines.shown)
        for number in range(first):
            self._above(number)
        for start, end in pairwise([*starts, len(self.lines.shown)]):
            if start in self.days:
                self.aside += 1
                self._loose(start + 1, end, self.days[start])
            else:
                self._message(start, end, self.heads[start])

    def _above(self, number: int) -> None:
        line = self.lines.matched[number]
        saved, title = _SAVED.fullmatch(line.strip()), _title_of(line)
        if saved or title:
            self.saved, self.title = saved["said"] if saved else self.saved, title or self.title
            self.aside += 1
        else:
            self.pass_line(number)

    def _loose(self, first: int, end: int, day: str) -> None:
        """Lines below a day and above its first message: notices of the app, which state no time."""
        for number in range(first, end):
            if _NOTICE.fullmatch(self.lines.matched[number].strip()):
                self._notice(number, day)
            else:
                self.pass_line(number)

    def _notice(self, number: int, day: str) -> None:
        at = self.times.day(day)
        self.add(number, number + 1, [self.lines.shown[number]], at=at, sender=None, kind="system")

    def _message(self, first: int, end: int, head: _Head) -> None:
        """The message that begins here; below it, on the PC, notices have lines of their own."""
        last = end
        notices: list[int] = []
        while last > first + 1 and (self.is_blank(last - 1) or _NOTICE.fullmatch(self.lines.matched[last - 1].strip())):
            last -= 1
            if not self.is_blank(last):
                notices.insert(0, last)
        if not notices:
            last = self.filled_end(first + 1, end)
        name, text = (head.name, head.rest) if head.name is not None else self._parted(head.rest)
        body = [text, *self.lines.shown[first + 1 : last]]
        kind: MessageType = _kind("\n".join(body)) if name is not None else "system"
        self.add(
            first, last, body,
            at=self.times.at(head.said, Locator(lines=(first + 1, first + 1))),
            sender=name,
            side=self._side(name),
            kind=kind,
            attachments=_files(text, kind),
        )  # fmt: skip
        if notices:
            self._loose(last, end, head.said)

    def _parted(self, rest: str) -> tuple[str | None, str]:
        """Name and text of a phone's row: at the colon up to which most rows are alike; none where it has none."""
        parts = rest.split(" : ")
        if len(parts) < 2:
            return None, rest
        best = max(range(1, len(parts)), key=lambda cut: (self.names[" : ".join(parts[:cut])], cut == 1, cut))
        while best + 1 < len(parts) and self.names[" : ".join(parts[: best + 1])] == self.names[parts[0]] > 1:
            best += 1
        return " : ".join(parts[:best]), " : ".join(parts[best:])

    def _side(self, name: str | None) -> Side:
        """By the case, and by what the title tells of a private chat."""
        if name is None:
            return "system"
        return side_of((name,), self.people, own=None if self.own is None else name == self.own, private=True)

    def _own(self) -> str | None:
        """In a private chat with the one whom the title names: the other of its two people."""
        named = next((found for line in self.lines.matched[:3] if (found := _title_of(line))), None)
        heads = self.heads.values()
        senders = {head.name if head.name is not None else self._parted(head.rest)[0] for head in heads} - {None}
        if named is None or not named[1] or len(senders) != 2 or named[0] not in senders:
            return None
        return (senders - {named[0]}).pop()

    def declared(self) -> dict[str, str | int]:
        """What the first lines state."""
        stated: dict[str, str | int] = {}
        if self.title:
            stated["name"] = self.title[0]
            if self.title[1]:
                stated["chat"] = "private"
        if self.saved:
            stated["saved"] = self.saved
        return stated


def _prefixes(rests: Iterable[str]) -> Counter[str]:
    """How many rows begin with each wording that may be a name: what stands before one of the first colons."""
    found: Counter[str] = Counter()
    for rest in rests:
        parts = rest.split(" : ", 4)
        found.update(" : ".join(parts[:cut]) for cut in range(1, len(parts)))
    return found


def _sniff_csv(source: Source) -> Score | None:
    if source.data[:3] == b"\xef\xbb\xbf" or source.data[:1] in b'"D':
        return Score(value=0.8, reason="chat-kakao-columns") if _is_kakao(source) else None
    return None


def _is_kakao(source: Source) -> bool:
    """Whether the header is exactly these three columns."""
    first = source.data[:64].removeprefix(b"\xef\xbb\xbf").partition(b"\n")[0].decode("ascii", "replace")
    return first.replace('"', "").strip() == "Date,User,Message" and has_columns(source, _COLUMNS)


def _read_csv(source: Source) -> Reading:
    columns = open_columns(source, _COLUMNS)
    if isinstance(columns, Unread):
        return closed(CSV, columns, "rows")
    account, people = Account("rows", columns.total), params_of(source).people
    rows = list(cells_of(account, columns))
    times = Chronicle(account, source, (cells["date"] for _, cells in rows))
    for where, cells in rows:
        text = cells["message"].replace("\r\n", "\n")
        kind = "system" if _NOTICE.fullmatch(text) else _kind(text)
        account.records.append(
            Message(
                where=where,
                at=times.at(cells["date"], where),
                sender=cells["user"] or None,
                side="system" if kind == "system" else side_of((cells["user"],), people, own=None, private=None),
                type=kind,
                text=text,
                attachments=_files(text, kind),
                recalled=kind == "recall",
            )
        )
    return account.reading(CSV, encoding=columns.sheet.encoding)


TEXT = Reader(id="kakaotalk-txt", version=1, grade="B", sniff=_sniff, read=_read)
CSV = Reader(id="kakaotalk-csv", version=1, grade="B", sniff=_sniff_csv, read=_read_csv)
