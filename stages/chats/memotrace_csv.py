"""MemoTrace's (WeChatMsg's) CSV of WeChat messages: one message a row, its time in seconds since 1970.

`TalkerId` is the conversation and not the sender. The last four columns (Remark, NickName, Sender and what stands
before them) came later: older files have shorter headers, and some have rows shifted against their header.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator
from pipeline.model import Reading, Unread
from pipeline.moment import Moment
from stages.chats.common.account import Account, closed
from stages.chats.common.epochs import Epochs, epoch_ms, wall_agrees
from stages.chats.common.params import params_of
from stages.chats.common.posts import Post, Posts
from stages.chats.common.rows import has_header, open_rows
from stages.chats.common.stamps import Stamps
from stages.chats.common.wechat_types import type_of

__all__ = ["READER"]

_NAMES = frozenset({"type", "issender", "createtime", "strcontent", "strtime"})
_COLUMNS = ("talkerid", "type", "subtype", "issender", "createtime", "strcontent", "strtime",
            "remark", "nickname", "sender")  # fmt: skip
_OWN = {"1": True, "0": False}
_SHIFTS = (1, -1, 2, -2)
_NUMBER = re.compile(r"-?\d{1,12}", re.ASCII)
_STAMP = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[ T]\d{1,2}:\d\d(?::\d\d)?(?: ?[AP]M)?", re.ASCII)


class _Cells(NamedTuple):
    """The cells of a row, by the name of their column; empty where there is none."""

    talkerid: str
    type: str
    subtype: str
    issender: str
    createtime: str
    strcontent: str
    strtime: str
    remark: str
    nickname: str
    sender: str

    def are_sound(self) -> bool:
        """Whether what must be numbers and times are such: the cells then stand under their own names."""
        return (
            self.issender.strip() in _OWN
            and _NUMBER.fullmatch(self.type.strip()) is not None
            and (epoch_ms(self.createtime) is not None or not self.createtime.strip())
            and (not self.strtime.strip() or _STAMP.fullmatch(self.strtime.strip()) is not None)
        )


def _sniff(source: Source) -> Score | None:
    return Score(value=1.0, reason="memotrace-columns") if has_header(source, _NAMES) else None


def _read(source: Source) -> Reading:
    table = open_rows(source, _NAMES)
    if isinstance(table, Unread):
        return closed(READER, table, "rows")
    account = Account("rows", 0)
    rows: list[tuple[Locator, _Cells]] = []
    shifted: list[Locator] = []
    longer: list[Locator] = []
    for where, cells in table.each(account):
        found, moved = _placed(cells, table.columns)
        if found is None:
            account.refuse("chat-row-broken", where)
            continue
        rows.append((where, found))
        if moved:
            shifted.append(where)
        elif any(cells[table.width :]):
            longer.append(where)
    if shifted:
        account.note("chat-columns-shifted", shifted[0], count=len(shifted))
    if longer:
        account.note("chat-cells-nameless", longer[0], count=len(longer))
    posts = Posts(params_of(source))
    posts.all = _posts(rows, source, account)
    posts.private = _private(posts.all)
    posts.titles = _titles(posts)
    posts.settle(account)
    return account.reading(READER, encoding=table.encoding)


def _placed(cells: list[str], columns: Mapping[str, int]) -> tuple[_Cells | None, bool]:
    """The cells under their names, and whether they had to be shifted; None where no shift, or more than one, fits."""
    straight = _at(cells, columns, 0)
    if straight.are_sound():
        return straight, False
    fits = [moved for shift in _SHIFTS if (moved := _at(cells, columns, shift)).are_sound() and moved.strtime.strip()]
    return (fits[0], True) if len(fits) == 1 else (None, False)


def _at(cells: list[str], columns: Mapping[str, int], shift: int) -> _Cells:
    places = ((columns[name] + shift if name in columns else -1) for name in _COLUMNS)
    return _Cells(*(cells[place] if 0 <= place < len(cells) else "" for place in places))


def _posts(rows: list[tuple[Locator, _Cells]], source: Source, account: Account) -> list[Post]:
    epochs = Epochs(params_of(source).zone_for(source.name))
    stamps = Stamps((cells.strtime for _, cells in rows if not cells.createtime.strip()), source, account)
    posts, differ = [], []
    for where, cells in rows:
        at: Moment | None = epochs.at(cells.createtime) or stamps.at(cells.strtime)
        milliseconds = epoch_ms(cells.createtime)
        if milliseconds and not wall_agrees(cells.strtime, milliseconds[0] // 1000):
            differ.append((where, cells.strtime))
        posts.append(_post(where, at, cells))
    if differ:
        account.note("chat-times-differ", differ[0][0], said=differ[0][1], count=len(differ))
    return posts


def _post(where: Locator, at: Moment | None, cells: _Cells) -> Post:
    sub = cells.subtype.strip()
    kind = type_of(int(cells.type), int(sub) if _NUMBER.fullmatch(sub) else 0, cells.strcontent)
    names: list[Any] = [name for name in (cells.nickname, cells.remark, cells.sender) if name.strip()] or [None]
    return Post(
        where, at, names[0], cells.strcontent, kind, own=_OWN[cells.issender.strip()],
        sender_id=cells.sender or None, alias=cells.remark or None, chat=cells.talkerid, recalled=kind == "recall",
    )  # fmt: skip


def _private(posts: list[Post]) -> dict[str, bool | None]:
    """Which conversations are between two people: those in which one person beside the exporter is named, or none."""
    others: dict[str, set[str]] = {post.chat: set() for post in posts}
    for post in posts:
        if not post.own and post.type not in ("system", "recall"):
            others[post.chat].add(post.sender_id or post.sender or "")
    return {chat: len(people) <= 1 and not chat.endswith("@chatroom") for chat, people in others.items()}


def _titles(posts: Posts) -> dict[str, str]:
    """Each conversation of two by the name of the one who is not the exporter."""
    names: dict[str, str] = {}
    for post in posts.all:
        if not post.own and post.sender and posts.private[post.chat] and post.type not in ("system", "recall"):
            names.setdefault(post.chat, post.alias or post.sender)
    return names


READER = Reader(id="memotrace-csv", version=1, grade="A", sniff=_sniff, read=_read)
