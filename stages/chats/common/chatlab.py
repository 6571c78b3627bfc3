"""ChatLab's messages, in whatever file they stand: its types, its people, and what Xiaohongshu's flavour adds.

Times are seconds since 1970. The tool that saves Xiaohongshu's web chat works them out from the ids of the messages,
for the page shows coarse ones: they are inferred. It names the exporter 我, keeps a file's place in the text
("[本地文件] media/images/a.jpg") and a reply as "[回复 甲：…]".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from pipeline.locate import Locator
from pipeline.model import Attachment, MessageType
from pipeline.moment import Moment
from stages.chats.common.account import Account
from stages.chats.common.epochs import Epochs
from stages.chats.common.params import Params
from stages.chats.common.posts import Post, Posts, wording

__all__ = ["ChatLab", "Entry", "stated"]

_TYPES: dict[int, MessageType] = {
    0: "text", 1: "image", 2: "voice", 3: "video", 4: "file", 5: "sticker", 7: "link", 8: "location",
    20: "red-packet", 21: "transfer", 22: "other", 23: "call", 24: "link", 25: "text", 26: "other", 27: "other",
    80: "system", 81: "recall", 99: "other",
}  # fmt: skip
_LOCAL_FILE = re.compile(r"\[本地文件\][ \t]*(?P<path>[^\r\n]*[^\s])")
_REPLY = re.compile(r"\[回复[ \u00a0]+")
_ID = re.compile(r"[0-9a-f]{12,20}", re.ASCII | re.IGNORECASE)
_ID_SHIFT, _ID_EPOCH = 24, 0x180000000
"""How Xiaohongshu's ids hold the time: their last part, without its lowest 24 bits and less this number (from the
working code of the exporter)."""
_YEAR_2013, _YEAR_2100 = 1_356_998_400, 4_102_444_800
_XIAOHONGSHU = frozenset({"xiaohongshu", "xhs", "rednote", "小红书"})


class Entry(msgspec.Struct, gc=False, rename="camel"):
    """A message as a file has it: any value may be of any type, and most may be missing."""

    platform_message_id: Any = None
    sender: Any = None
    account_name: Any = None
    group_nickname: Any = None
    timestamp: Any = None
    type: Any = None
    content: Any = None
    reply_to: Any = None
    reply_to_message_id: Any = None

    def is_message(self) -> bool:
        """Whether it says who or when, and what."""
        return (self.sender or self.timestamp or self.account_name) is not None and (
            self.content is not None or self.type is not None
        )


def stated(header: Any, meta: Any) -> dict[str, str | int]:
    """What the head of an export states about it."""
    header, meta = _dict(header), _dict(meta)
    names = {"name": meta.get("name"), "chat": meta.get("type"), "platform": meta.get("platform"),
             "version": header.get("version"), "exported": header.get("exportedAt"),
             "generator": header.get("generator")}  # fmt: skip
    return {key: value for key, value in names.items() if isinstance(value, str | int) and value != ""}


class ChatLab:
    """The messages of one export, for which `meta` and `members` may come before or after them."""

    def __init__(self, account: Account, params: Params, name: str) -> None:
        self._account = account
        self._epochs = Epochs(params.zone_for(name))
        self._posts = Posts(params)
        self._members: dict[str, str] = {}
        self._meta: dict[str, Any] = {}
        self._from_ids = 0
        self._differ: list[tuple[Locator, str]] = []

    def describe(self, meta: Any, members: Iterable[Any]) -> None:
        """Take what the export says about the chat and its people."""
        self._meta = _dict(meta)
        for member in map(_dict, members):
            name = member.get("accountName") or member.get("groupNickname")
            if isinstance(name, str):
                self._members[wording(member.get("platformId"))] = name

    def take(self, entries: Iterable[tuple[Locator, Entry]]) -> None:
        """Read all messages and settle them in the account."""
        group = self._meta.get("type") == "group"
        self._posts.private[""] = self._meta.get("type") == "private"
        self._posts.titles[""] = wording(self._meta.get("name"))
        of_xhs = wording(self._meta.get("platform")).strip().lower() in _XIAOHONGSHU
        self._posts.all = list(self._posts_of(entries, of_xhs=of_xhs, group=group))
        self._posts.settle(self._account)
        if self._epochs.milliseconds:
            self._account.note("chat-epochs-in-ms", count=self._epochs.milliseconds)
        if self._from_ids:
            self._account.note("chat-time-from-id", count=self._from_ids)
        if self._differ:
            where, said = self._differ[0]
            self._account.note("chat-time-not-of-id", where, said=said, count=len(self._differ))

    def _posts_of(self, entries: Iterable[tuple[Locator, Entry]], *, of_xhs: bool, group: bool) -> Iterator[Post]:
        owner = wording(self._meta.get("ownerId")) or None
        for where, entry in entries:
            if not entry.is_message():
                self._account.refuse("chat-item-unknown", where)
                continue
            ident = wording(entry.sender) or None
            account_name = wording(entry.account_name) or self._members.get(ident or "")
            nickname = wording(entry.group_nickname)
            sender = (nickname if group and nickname else account_name) or nickname or ident
            kind = _TYPES.get(entry.type, "other") if type(entry.type) is int else "other"
            text = wording(entry.content)
            yield Post(
                where, self._moment(entry, where, of_xhs=of_xhs), sender, text, kind,
                own=_own(ident, account_name, owner, of_xhs=of_xhs), sender_id=ident, alias=account_name,
                attachments=_files(text), recalled=kind == "recall", reply_to=_reply(entry, text),
            )  # fmt: skip

    def _moment(self, entry: Entry, where: Locator, *, of_xhs: bool) -> Moment | None:
        at = self._epochs.at(entry.timestamp)
        if not of_xhs or at is None or not isinstance(entry.platform_message_id, str):
            return at
        last = entry.platform_message_id.rpartition(".")[2]
        if not _ID.fullmatch(last):
            return at
        self._from_ids += 1
        seconds = (int(last, 16) >> _ID_SHIFT) - _ID_EPOCH
        if _YEAR_2013 < seconds < _YEAR_2100 and seconds != entry.timestamp:
            self._differ.append((where, at.said))
        return msgspec.structs.replace(at, date="inferred", anchor=f"platformMessageId {entry.platform_message_id}")


def _own(ident: str | None, name: str | None, owner: str | None, *, of_xhs: bool) -> bool | None:
    """Whether the exporter sent it: by the owner that the file names, or by the name 我 of Xiaohongshu's flavour."""
    if owner is not None:
        return ident == owner
    return name == "我" if of_xhs else None


def _files(text: str) -> tuple[Attachment, ...]:
    """The files that the text gives a place for."""
    if "[本地文件]" not in text:
        return ()
    return tuple(Attachment(name=match["path"]) for match in _LOCAL_FILE.finditer(text))


def _reply(entry: Entry, text: str) -> str | None:
    """What a reply quotes, with its brackets paired; else the id it names."""
    start = _REPLY.match(text)
    if start is not None:
        depth = 1
        for place in range(start.end(), min(len(text), start.end() + 2000)):
            depth += {"[": 1, "]": -1}.get(text[place], 0)
            if not depth:
                return text[start.end() : place]
    return wording(entry.reply_to) or wording(entry.reply_to_message_id) or None


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
