"""Messages of exports that say of each who sent it in which conversation: collected, then chosen, sided and noted."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from pipeline.locate import Locator
from pipeline.model import Attachment, Message, MessageType, Side
from pipeline.moment import Moment
from stages.chats.common.account import Account
from stages.chats.common.choice import chosen
from stages.chats.common.params import Params
from stages.chats.common.sides import side_of, sides_of

__all__ = ["Post", "Posts", "wording"]


class Post(NamedTuple):
    """A message before its side is known. `own` is whether the exporter sent it; `alias` another name of the sender.

    `chat` is the id or name of its conversation.
    """

    where: Locator
    at: Moment | None
    sender: str | None
    text: str
    type: MessageType = "text"
    own: bool | None = None
    sender_id: str | None = None
    alias: str | None = None
    chat: str = ""
    attachments: tuple[Attachment, ...] = ()
    recalled: bool = False
    reply_to: str | None = None


class Posts:
    """The posts of one file. `titles` name its conversations, `private` says which are between two people."""

    def __init__(self, params: Params) -> None:
        self.all: list[Post] = []
        self.titles: dict[str, str] = {}
        self.private: dict[str, bool | None] = {}
        self._params = params

    def settle(self, account: Account) -> None:
        """Make records of the posts that may be read; the others are put aside and counted. A post is one unit."""
        chats = self._people()
        read = chosen(chats, self._params)
        if len(read) < len(chats):
            account.note("chats-of-others", count=len(chats), read=len(read))
        posts = [post for post in self.all if post.chat in read]
        account.aside += len(self.all) - len(posts)
        account.records += self._messages(posts, several=len(chats) > 1)
        _remark(posts, account)

    def _people(self) -> dict[str, set[str]]:
        """Each conversation with the names and ids in it."""
        found: dict[str, set[str]] = {}
        for post in self.all:
            names = found.get(post.chat)
            if names is None:
                names = found[post.chat] = {self.titles.get(post.chat, post.chat)}
            names.update(name for name in (post.sender, post.sender_id, post.alias) if name)
        return found

    def _messages(self, posts: Iterable[Post], *, several: bool) -> list[Message]:
        sides = self._sides(posts)
        return [
            Message(
                where=post.where, at=post.at, sender=post.sender, text=post.text, type=post.type,
                side="system" if post.type in ("system", "recall") else sides[_key(post)],
                sender_id=post.sender_id, attachments=post.attachments, recalled=post.recalled,
                reply_to=post.reply_to, chat=self.titles.get(post.chat, post.chat) if several else None,
            )
            for post in posts
        ]  # fmt: skip

    def _sides(self, posts: Iterable[Post]) -> dict[tuple[Any, ...], Side]:
        """The side of each sender; in a private chat in which two write, one that is known tells the other."""
        kinds = {_key(post): post for post in posts if post.type not in ("system", "recall")}
        people = self._params.people
        sides = {
            key: side_of((post.sender, post.sender_id, post.alias), people, own=post.own,
                         private=self.private.get(post.chat))
            for key, post in kinds.items()
        }  # fmt: skip
        for chat, private in self.private.items():
            unknown = [key for key in kinds if key[0] == chat and sides[key] == "unknown"]
            names = list({key[1] or "" for key in kinds if key[0] == chat})
            if private and unknown and len(names) == 2:
                opposite = sides_of(names, (names[0], names[1]), people)
                sides.update({key: opposite[key[1] or ""] for key in unknown})
        return sides


def _key(post: Post) -> tuple[Any, ...]:
    return post.chat, post.sender, post.sender_id, post.alias, post.own


def _remark(posts: Iterable[Post], account: Account) -> None:
    """Note, once for the file, messages that are not in the order of their times, and those without a time."""
    latest: dict[str, str] = {}
    back: list[Post] = []
    undated: list[Post] = []
    for post in posts:
        start = post.at.start if post.at else None
        if start is None:
            undated.append(post)
            continue
        before = latest.get(post.chat, "")
        if start < before and start[-6:] == before[-6:]:
            back.append(post)
        latest[post.chat] = start
    if back:
        account.note("chat-not-in-order", back[0].where, count=len(back), said=back[0].at.said if back[0].at else "")
    if undated:
        account.note("chat-times-missing", undated[0].where, count=len(undated))


def wording(value: Any) -> str:
    """The wording of a JSON value: a text as it stands, nothing for null, anything else as JSON."""
    if type(value) is str:
        return value
    return "" if value is None else msgspec.json.encode(value, enc_hook=str).decode()
