"""What sjzar/chatlog answers as text: a header "昵称(wxid) 03-02 14:03:05", the message, a blank line.

The date shrinks to what the query needed: the year, or all of the date, may be missing, and nothing in the file says
what was asked for. Such times have no date. The exporter's own id is written 我.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator
from pipeline.model import Reading, Unread
from pipeline.moment import Grain, Moment, Zone, dateless, moment
from stages.chats.common.account import LineAccount, closed
from stages.chats.common.lines import Lines, head_lines, open_lines
from stages.chats.common.params import params_of
from stages.chats.common.placeholders import kind_of
from stages.chats.common.posts import Post, Posts
from stages.chats.common.wechat_types import is_recall
from stages.lang.text import plain

__all__ = ["READER"]

_OWN = "我"
_NOTICE = "系统消息"
_ID = r"(?:wxid_\w+|gh_\w+|[A-Za-z][-\w]{4,19}|[\w@.]{4,40}@(?:chatroom|openim)|我)"
_HEAD = re.compile(
    rf"(?:(?P<name>[^\n]{{1,64}}?)\((?P<id>{_ID})\)|(?P<alone>wxid_\w+|gh_\w+|我|系统消息))"
    r"(?: \[(?P<chat>[^\]\n]{1,100})\])? "
    r"(?P<said>(?:(?:(?P<year>\d{4})-)?(?P<month>\d\d)-(?P<day>\d\d) )?(?P<clock>\d\d:\d\d(?::\d\d)?))",
    re.ASCII,
)
_QUOTED = re.compile(r"> (?P<line>.*)")
_LINK = re.compile(r"!?\[(?P<word>[^\[\]|]{1,12})(?:\|[^\n]*?)?\](?:\([^()\n]*\))?")


class _Head(NamedTuple):
    """A header: who, in which conversation, and its time as written. `shape` is what the headers of a file share."""

    name: str
    ident: str
    chat: str
    said: str
    date: tuple[str | None, str | None, str | None]
    shape: tuple[bool, bool, int]


def _head_of(line: str) -> _Head | None:
    match = _HEAD.fullmatch(line) if line[-3:-2] == ":" else None
    if match is None:
        return None
    date = (match["year"], match["month"], match["day"])
    ident = match["id"] or match["alone"]
    shape = (date[0] is not None, date[1] is not None, len(match["clock"]))
    return _Head(match["name"] or ident, ident, match["chat"] or "", match["said"], date, shape)


def _signature(text: str) -> bool:
    return _is_chatlog(plain(text).split("\n"))


def _is_chatlog(lines: Sequence[str]) -> bool:
    """Whether the text begins with a header, one of its headers has an id in brackets, and a body follows."""
    lines = [line.rstrip("\r") for line in lines]
    first = next((line for line in lines if line.strip()), "")
    if _head_of(first) is None:
        return False
    heads = [head for line in lines if (head := _head_of(line))]
    return any("wxid_" in head.ident or head.ident.endswith("@chatroom") or head.ident == _OWN != head.name
               for head in heads) or len({head.ident for head in heads if head.name != head.ident}) > 1  # fmt: skip


def _sniff(source: Source) -> Score | None:
    return Score(value=0.9, reason="chatlog-headers") if _is_chatlog(head_lines(source, _signature)) else None


def _read(source: Source) -> Reading:
    lines = open_lines(source, _signature)
    if isinstance(lines, Unread):
        return closed(READER, lines)
    account = LineAccount(lines)
    heads = _heads(lines)
    params = params_of(source)
    posts = Posts(params)
    zone = params.zone_for(source.name)
    _take_preamble(account, min(heads, default=len(lines.shown)))
    starts = [*heads, len(lines.shown)]
    for start, end in pairwise(starts):
        posts.all.append(_post(account, heads[start], start, end, zone))
    ids = {post.sender_id for post in posts.all if post.sender_id}
    posts.private = {post.chat: not post.chat and len(ids) <= 1 for post in posts.all}
    _settle(posts, account)
    return account.reading(READER, encoding=lines.encoding)


def _heads(lines: Lines) -> dict[int, _Head]:
    """The headers: of the shape that most have, for a pasted one may look alike."""
    found = {number: head for number, line in enumerate(lines.matched) if (head := _head_of(line))}
    usual = Counter(head.shape for head in found.values()).most_common(1)
    return {number: head for number, head in found.items() if head.shape == usual[0][0]}


def _take_preamble(account: LineAccount, end: int) -> None:
    for number in range(end):
        if number in account.lines.lost:
            account.refuse_line("line-not-decodable", number)
        elif account.lines.matched[number].strip():
            account.refuse_line("chat-line-outside", number)
        else:
            account.aside += 1


def _post(account: LineAccount, head: _Head, start: int, end: int, zone: Zone | None) -> Post:
    lines = account.lines
    last = end - 1
    while last > start and not lines.matched[last].strip() and last not in lines.lost:
        last -= 1
    account.aside += end - 1 - last
    account.refuse_lost(start + 1, last)
    for number in range(start + 1, last + 1):
        if _head_of(lines.matched[number]):
            account.note_line("chat-lookalike", number, said=lines.matched[number][:40])
    body = lines.shown[start + 1 : last + 1]
    text = "\n".join(body)
    notice = head.ident == _NOTICE
    kind = ("recall" if is_recall(text) else "system") if notice else kind_of(map(_bare, body))
    quoted = [match["line"] for line in body if (match := _QUOTED.fullmatch(line))]
    return Post(
        Locator(lines=(start + 1, last + 1)), _at(head, zone), head.name, text, kind,
        own=None if notice else head.ident == _OWN,
        sender_id=None if notice or head.ident == _OWN else head.ident, chat=head.chat,
        recalled=kind == "recall", reply_to="\n".join(quoted) or None,
    )  # fmt: skip


def _bare(line: str) -> str:
    """A link such as "![图片](http://…)" as the placeholder it is."""
    match = _LINK.fullmatch(line.strip())
    return f"[{match['word']}]" if match else line


def _at(head: _Head, zone: Zone | None) -> Moment:
    """The moment, if the header has a whole date; a part of one is no date."""
    grain: Grain = "minute" if head.shape[2] == 5 else "second"
    clock = head.said[-head.shape[2] :]
    if head.date[0] is None:
        return dateless(head.said, grain, zone)
    numbers = [int(part or 0) for part in (*head.date, *clock.split(":"))]
    try:
        return moment(head.said, *numbers, grain=grain, zone=zone)
    except ValueError:
        return dateless(head.said, grain, zone)


def _settle(posts: Posts, account: LineAccount) -> None:
    """Make records of the posts; a post takes several lines here, so that what is put aside is counted by line."""
    dateless_ones = [post for post in posts.all if post.at and post.at.start is None]
    units = {post.where: (post.where.lines or (1, 1)) for post in posts.all}
    before = account.aside
    posts.settle(account)
    read = {record.where for record in account.records}
    account.aside = before + sum(last - first + 1 for where, (first, last) in units.items() if where not in read)
    if dateless_ones:
        account.notes = [note for note in account.notes if note.code != "chat-times-missing"]
        account.note("chat-date-incomplete", dateless_ones[0].where, count=len(dateless_ones),
                     said=dateless_ones[0].at.said if dateless_ones[0].at else "")  # fmt: skip


READER = Reader(id="chatlog-txt", version=1, grade="B", sniff=_sniff, read=_read)
