"""千牛 / 旺旺: what its message manager saves as text (账号, 单聊 and 群聊, a rule for each buyer).

The first line is the account that exported, `店铺:子账号`: what it or another account of its shop says is the
applicant's. Times reach the second, without a zone. Saved in GBK, in which emoji turned into question marks.
The older variant has neither account nor rules: `2026-03-02 14:03:05 昵称: 正文`, and bare dates between sessions.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from pipeline.contract import Reader, Score, Source
from pipeline.locate import lines_of
from pipeline.model import Message, Reading, Side, Unread
from stages.chats.common.account import closed
from stages.chats.common.choice import chosen
from stages.chats.common.lines import Lines, head_lines, open_lines
from stages.chats.common.params import params_of
from stages.chats.common.sides import side_of, sides_of
from stages.chats.common.stamped import STAMP, Head, Transcript, after, clock_of, is_name, usual
from stages.lang.text import plain

__all__ = ["READER"]

_RECORD = re.compile(
    rf"(?P<sender>[^\n]{{1,80}}?)(?P<open>[(（]){STAMP}[)）][:：](?P<gap> {{0,2}})(?P<text>.*)", re.ASCII
)
_OLDER = re.compile(rf"{STAMP} (?P<sender>[^\n]{{1,80}}?)(?:: {{1,2}}|：|:$|:(?!.*: ))(?P<text>.*)", re.ASCII)
_BUYER = re.compile(r"-{16,}\s*(?P<name>[^\s-](?:.*[^\s-])?)\s*-{16,}")
_RULE = re.compile(r"={32,}")
_TITLE = re.compile(r"=*\s*(?P<title>单聊|群聊|即时消息|系统消息|其他)\s*=*")
_DAY = re.compile(r"(?:19|20)\d\d([-/.])\d{1,2}\1\d{1,2}", re.ASCII)
_LOG_LEVELS = frozenset("DEBUG INFO WARN WARNING ERROR FATAL TRACE NOTICE CRITICAL".split())
_GROUP = "群聊"


class _Conversation(NamedTuple):
    """A part of the file: the lines from `first` to before `end`, all with one buyer, or in one group."""

    name: str
    group: bool
    first: int
    end: int


def _record_of(line: str) -> Head | None:
    """A record of the newer form. Of two stamps in a line the first one is its own."""
    if "):" not in line and "）" not in line:
        return None
    match = _RECORD.fullmatch(line)
    if match is None:
        return None
    wide = len(match["gap"]) >= 2 or not match["text"]
    return Head(match["sender"].strip(), match["said"], f"{match['open']}{match['sep']}{wide}", match["text"],
                clock=clock_of(match["said"]))  # fmt: skip


def _older_of(line: str) -> Head | None:
    match = _OLDER.fullmatch(line) if line[:1] in "12" else None
    if match is None or not is_name(match["sender"].strip()) or match["sender"].strip("[] ") in _LOG_LEVELS:
        return None
    return Head(match["sender"].strip(), match["said"], match["sep"], match["text"], clock=clock_of(match["said"]))


def _signature(text: str) -> bool:
    return _score(lines_of(plain(text))) is not None


def _sniff(source: Source) -> Score | None:
    return _score(head_lines(source, _signature))


def _score(lines: list[str]) -> Score | None:
    filled = [line for line in lines if line.strip()]
    ruled = any(_BUYER.fullmatch(line) for line in filled[:200])
    records = sum(1 for line in filled if _record_of(line))
    if records and ruled:
        return Score(value=1.0, reason="qianniu-rules")
    if records and 2 * records >= len(filled) - 6:
        return Score(value=0.7, reason="qianniu-records")
    older = [head for line in filled if (head := _older_of(line))]
    if ruled and older:
        return Score(value=0.9, reason="qianniu-rules")
    if older and 2 * len(older) >= len(filled):
        return Score(value=0.5, reason="qianniu-older")
    return None


def _read(source: Source) -> Reading:
    lines = open_lines(source, _signature)
    return closed(READER, lines) if isinstance(lines, Unread) else _Export(lines, source).reading()


class _Export:
    """One exported file."""

    def __init__(self, lines: Lines, source: Source) -> None:
        self.lines, self.params = lines, params_of(source)
        self.transcript = Transcript(lines, self.params.zone_for(source.name))
        newer = _heads(lines, _record_of)
        self.heads = newer if newer else _heads(lines, _older_of)
        shapes = Counter(head.shape for head in self.heads.values() if head.text)
        self.shape = shapes.most_common(1)[0][0] if shapes else ""
        self.account = self.account_line()
        self.shop = self.own(self.account).partition(":")[0].strip() if self.account is not None else None
        self.conversations = _conversations(lines.matched)

    def account_line(self) -> int | None:
        """The number of the line that names the account: the first that is filled, if it is nothing else."""
        number = next((number for number, line in enumerate(self.lines.matched) if line.strip()), None)
        if number is None or number in self.heads or _is_border(self.lines.matched[number]):
            return None
        return number if is_name(self.own(number)) else None

    def own(self, number: int) -> str:
        """The account as the line states it, without its label."""
        return re.sub(r"^(?:我的)?(?:账号|帐号|账户|旺旺)\s*[:：]\s*", "", self.lines.matched[number].strip())

    def is_own(self, sender: str) -> bool | None:
        """Whether a sender is the account's shop; None where the file names no account."""
        return None if self.shop is None else sender.partition(":")[0].strip() == self.shop

    def reading(self) -> Reading:
        """Every conversation that may be read."""
        people: dict[str, set[str]] = {}
        for part in self.conversations:
            senders = {head.sender for head in self.within(part).values()}
            people.setdefault(part.name, set()).update(name for name in senders if not self.is_own(name))
        spoken = {name: found for name, found in people.items() if name or found}
        wanted = chosen(spoken, self.params)
        for part in self.conversations:
            if part.name in wanted or part.name not in spoken:
                self.conversation(part, several=len(spoken) > 1)
            else:
                self.transcript.aside += part.end - part.first
        if len(wanted) < len(spoken):
            self.transcript.note("chats-of-others", count=len(spoken), read=len(wanted))
        self.remark_on_emoji()
        return self.transcript.reading(READER, declared=self.declared(spoken), encoding=self.lines.encoding)

    def within(self, part: _Conversation) -> dict[int, Head]:
        """The lines of a conversation that have the form of a header."""
        return {number: self.heads[number] for number in range(part.first, part.end) if number in self.heads}

    def conversation(self, part: _Conversation, *, several: bool) -> None:
        """The messages of one buyer or group."""
        candidates = self.within(part)
        own = {name for name in {head.sender for head in candidates.values()} if self.is_own(name)}
        heads = usual(candidates, self.shape, {part.name, *own})
        sides = self.sides(part, heads.values())
        self.transcript.turn()
        number = part.first
        while number < part.end:
            head = heads.get(number)
            if head is None:
                self.border(number)
                number += 1
                continue
            end = number + 1
            while end < part.end and end not in heads and not self.ends_text(end):
                end += 1
            self.transcript.take(
                number, end, self.quoted(number, head), sides[head.sender], part.name if several else None
            )
            number = end

    def quoted(self, number: int, head: Head) -> Head:
        """The head with the text behind it as it stands."""
        shown, matched = self.lines.shown[number], self.lines.matched[number]
        return head if shown is matched else head._replace(text=after(shown, len(matched) - len(head.text or "")))

    def ends_text(self, number: int) -> bool:
        """Whether a text ends before this line: at a border, or where a head may be among what did not decode."""
        return number in self.lines.lost or _is_border(self.lines.matched[number])

    def border(self, number: int) -> None:
        """A line between messages."""
        if number == self.account or _is_border(self.lines.matched[number]):
            self.transcript.aside += 1
        else:
            self.transcript.pass_line(number)

    def sides(self, part: _Conversation, heads: Iterable[Head]) -> dict[str, Side]:
        """The side of each sender: by the account, else by the rule that names the buyer, else by the case."""
        senders = list(dict.fromkeys(head.sender for head in heads))
        if self.account is None and part.name not in senders:
            return sides_of(senders, (senders[0], senders[1]) if len(senders) == 2 else None, self.params.people)
        own = {sender: sender != part.name and not part.group for sender in senders}
        if self.account is not None:
            own = {sender: bool(self.is_own(sender)) for sender in senders}
        people = self.params.people
        return {sender: side_of([sender], people, own=own[sender], private=not part.group) for sender in senders}

    def remark_on_emoji(self) -> None:
        """GBK has no emoji: the client wrote question marks for them."""
        if self.lines.encoding != "gb18030":
            return
        marked = sum(1 for record in self.transcript.records if isinstance(record, Message) and "?" in record.text)
        if marked:
            self.transcript.note("chat-emoji-lost", count=marked)

    def declared(self, spoken: dict[str, set[str]]) -> dict[str, str | int]:
        """What the file states about itself; the names of other conversations are nobody's business."""
        stated: dict[str, str | int] = {}
        if self.account is not None:
            stated["account"] = self.own(self.account)
        named = [part for part in self.conversations if part.name]
        if len(spoken) == 1 and named:
            stated |= {"name": named[0].name, "chat": "group" if named[0].group else "private"}
        elif len(spoken) > 1:
            stated["chats"] = len(spoken)
        return stated


def _heads(lines: Lines, head_of: Callable[[str], Head | None]) -> dict[int, Head]:
    """Every line that has the form of a header."""
    return {number: head for number, line in enumerate(lines.matched) if (head := head_of(line)) is not None}


def _is_border(line: str) -> bool:
    """Whether a line is a rule, a title between rules, the rule of a buyer, or a bare date between sessions."""
    if line[:1] in "-=" and line:
        return any(shape.fullmatch(line.strip()) for shape in (_RULE, _BUYER, _TITLE))
    text = line.strip()
    return bool(text) and len(text) < 12 and (_DAY.fullmatch(text) or _TITLE.fullmatch(text)) is not None


def _conversations(matched: list[str]) -> list[_Conversation]:
    """The file in parts, that tile it: a buyer's rule opens one, a rule of equal signs closes it."""
    parts: list[_Conversation] = []
    name, group, first = "", False, 0
    for number, line in enumerate(matched):
        title = _title_at(matched, number) if len(line) < 200 else None
        buyer = _BUYER.fullmatch(line.strip()) if line[:1] == "-" else None
        if title is not None:
            group = title == _GROUP
        if buyer is not None or (name and line[:1] == "=" and _is_border(line)):
            parts.append(_Conversation(name, group, first, number))
            name, first = buyer["name"] if buyer else "", number
    parts.append(_Conversation(name, group, first, len(matched)))
    return [part for part in parts if part.first < part.end]


def _title_at(matched: list[str], number: int) -> str | None:
    """The title of a section, which has rules around it or stands between them."""
    line = matched[number].strip()
    match = _TITLE.fullmatch(line)
    if match is None or not (line[0] == "=" or _RULE.fullmatch(matched[number - 1].strip() if number else "")):
        return None
    return match["title"]


READER = Reader(
    id="qianniu-txt",
    version=1,
    grade="B",
    sniff=_sniff,
    read=_read,
)
