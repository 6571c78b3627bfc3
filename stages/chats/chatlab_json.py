"""ChatLab's interchange format as one JSON document (versions 0.0.1 to 1.0.0 are seen): the header `chatlab`, the
`meta` of the chat, its `members` and its `messages`.
"""

from __future__ import annotations

import re

from pipeline.contract import Reader, Score, Source
from pipeline.model import Reading, Unread
from stages.chats.common.account import closed
from stages.chats.common.chatlab import ChatLab, Entry, stated
from stages.chats.common.json_list import open_list
from stages.chats.common.params import params_of
from stages.chats.common.utf8 import utf8_of
from stages.lang.encoding import HEAD

__all__ = ["READER"]

_HEADER = re.compile(rb'"chatlab"\s*:\s*\{')
_MESSAGES = re.compile(rb'"messages"\s*:\s*\[')


def _sniff(source: Source) -> Score | None:
    """By the two keys. Pictures of the members may stand between them, so that the second may be far away."""
    head = utf8_of(source.data, head=True).data.lstrip()
    if not head.startswith(b"{"):
        return None
    ends = (head, source.data[-HEAD:])
    if not any(map(_HEADER.search, ends)):
        return None
    whole = any(map(_MESSAGES.search, ends)) or _MESSAGES.search(source.data)
    return Score(value=1.0 if whole else 0.8, reason="chatlab-header")


def _read(source: Source) -> Reading:
    found = open_list(source, ("messages",), ("chatlab", "meta", "members"))
    if isinstance(found, Unread):
        return closed(READER, found, "items")
    account = found.account()
    chat = ChatLab(account, params_of(source), source.name)
    members = found.top.get("members")
    chat.describe(found.top.get("meta"), members if isinstance(members, list) else ())
    chat.take(found.each(account, Entry))
    declared = stated(found.top.get("chatlab"), found.top.get("meta"))
    return account.reading(READER, declared=declared, encoding=found.encoding)


READER = Reader(id="chatlab-json", version=1, grade="A", sniff=_sniff, read=_read)
