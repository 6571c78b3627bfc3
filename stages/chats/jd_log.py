"""京东咚咚: the log of an agent's chats (`/***以下为一通会话***/`), a block for each session.

A head is `账号 日期 时间`; lines of text often end in tabs. A session's end may state when, or be missing. The log does
not say whose side an account is on, save that of the robot (`jimi_…`), which speaks for the shop.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from pipeline.contract import Reader, Score, Source
from pipeline.model import Person, Reading, Side, Unread
from stages.chats.common.account import closed
from stages.chats.common.choice import chosen
from stages.chats.common.lines import Lines, head_lines, open_lines
from stages.chats.common.params import params_of
from stages.chats.common.sides import sides_of
from stages.chats.common.stamped import STAMP, Head, Transcript, clock_of, is_name, usual

__all__ = ["READER"]

_HEAD = re.compile(rf"(?P<sender>\S.{{0,80}}?)[ \t]+{STAMP}\s*", re.ASCII)
_BEGIN = re.compile(r"/\*{3,}\s*以下为一通会话\s*\**/?")
_END = re.compile(rf"/\*{{3,}}\s*会话结束(?:[_\s]*时间\s*[:：]\s*(?:{STAMP})?)?.{{0,200}}")
_ROBOT = "jimi_"


class _Session(NamedTuple):
    """One block: the lines from `first` to before `end`; `text` is where its messages begin and `closed` whether its
    end stands there.
    """

    first: int
    text: int
    end: int
    closed: bool
    heads: dict[int, Head]

    @property
    def people(self) -> list[str]:
        """Who speaks in it, the robot aside."""
        senders = dict.fromkeys(head.sender for head in self.heads.values())
        return [name for name in senders if not name.startswith(_ROBOT)]


def _signature(text: str) -> bool:
    return "以下为一通会话" in text


def _sniff(source: Source) -> Score | None:
    lines = head_lines(source, _signature)
    marks = any(line.startswith("/*") and _BEGIN.fullmatch(line.strip()) for line in lines)
    return Score(value=1.0, reason="jd-sessions-marked") if marks else None


def _read(source: Source) -> Reading:
    lines = open_lines(source, _signature)
    return closed(READER, lines) if isinstance(lines, Unread) else _Log(lines, source).reading()


class _Log:
    """One log."""

    def __init__(self, lines: Lines, source: Source) -> None:
        self.lines, self.params = lines, params_of(source)
        self.transcript = Transcript(lines, self.params.zone_for(source.name))
        self.sessions = _sessions(lines.matched)

    def reading(self) -> Reading:
        """Every session that may be read. Those of the same people are one conversation."""
        spoken = {self.name(session): session.people for session in self.sessions if session.heads}
        wanted = chosen(spoken, self.params)
        for session in self.sessions:
            name = self.name(session)
            if name in wanted or not session.heads:
                self.session(session, name if len(spoken) > 1 else None)
            else:
                self.transcript.aside += session.end - session.first
        if len(wanted) < len(spoken):
            self.transcript.note("chats-of-others", count=len(spoken), read=len(wanted))
        marked = sum(1 for session in self.sessions if session.text > session.first)
        return self.transcript.reading(READER, declared={"sessions": marked}, encoding=self.lines.encoding)

    def name(self, session: _Session) -> str:
        """What a conversation is called: by the case's customer, else by its people, for the log does not say more."""
        customers = [name for name in session.people if name in (self.params.customers or ())]
        return "、".join(customers or sorted(session.people))

    def session(self, session: _Session, chat: str | None) -> None:
        """The messages of a session, between its marks."""
        self.transcript.turn()
        self.transcript.aside += session.text - session.first
        if session.text > session.first and not session.closed:
            self.transcript.note_line("jd-session-open", session.first)
        sides = _sides(session, self.params.people)
        number = session.text
        while number < session.end:
            head = session.heads.get(number)
            if head is None:
                self.line(number)
                number += 1
                continue
            end = number + 1
            while end < session.end and end not in session.heads and not self.ends_text(end):
                end += 1
            self.transcript.take(number, end, head, sides[head.sender], chat, padding="\t")
            number = end

    def ends_text(self, number: int) -> bool:
        """Whether a text ends before this line: at a mark, or where a head may be among what did not decode."""
        return number in self.lines.lost or _is_mark(self.lines.matched[number])

    def line(self, number: int) -> None:
        """A line that belongs to no message."""
        if _is_mark(self.lines.matched[number]):
            self.transcript.aside += 1
        else:
            self.transcript.pass_line(number)


def _is_mark(line: str) -> bool:
    text = line.strip()
    return text[:2] == "/*" and (_BEGIN.fullmatch(text) or _END.fullmatch(text)) is not None


def _head_of(line: str) -> Head | None:
    """The head that a line is."""
    text = line.rstrip()
    match = _HEAD.fullmatch(text) if text[-3:-2] == ":" else None
    if match is None or not is_name(match["sender"].strip()):
        return None
    said = match["said"]
    return Head(match["sender"].strip(), said, match["sep"], clock=clock_of(said))


def _sessions(matched: list[str]) -> list[_Session]:
    """The log in parts, that tile it: a mark opens a session, its end or the next mark closes it."""
    starts = {number for number, line in enumerate(matched) if line[:2] == "/*" and _BEGIN.fullmatch(line.strip())}
    ends = {number for number, line in enumerate(matched) if _is_mark(line)} - starts
    bounds = sorted({0, *starts, *(number + 1 for number in ends), len(matched)})
    sessions = []
    for first, end in pairwise(bounds):
        text = first + (first in starts)
        heads = {number: head for number in range(text, end) if (head := _head_of(matched[number])) is not None}
        shape = next((head.shape for head in heads.values()), "")
        sessions.append(_Session(first, text, end, end - 1 in ends, usual(heads, shape)))
    return sessions


def _sides(session: _Session, people: tuple[Person, ...]) -> dict[str, Side]:
    """The side of each account: the robot's is the shop's; of two people one side shows the other's."""
    names = session.people
    sides = sides_of(names, (names[0], names[1]) if len(names) == 2 else None, people)
    robots: dict[str, Side] = {head.sender: "self" for head in session.heads.values() if head.sender.startswith(_ROBOT)}
    return robots | sides


READER = Reader(
    id="jd-log",
    version=1,
    grade="B",
    sniff=_sniff,
    read=_read,
)
