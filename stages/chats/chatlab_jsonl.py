"""ChatLab's interchange format as lines of JSON: each names its `_type` (header, member, message); # is a comment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator
from pipeline.model import Reading
from stages.chats.common.account import Account
from stages.chats.common.chatlab import ChatLab, Entry, stated
from stages.chats.common.json_lines import Lines, lines_of_json
from stages.chats.common.params import params_of
from stages.chats.common.utf8 import utf8_of

__all__ = ["READER"]

_TYPED = re.compile(rb'"_type"\s*:\s*"(?:header|member|message)"')


class _Line(Entry, gc=False, rename="camel"):
    """A line of any of the three types."""

    kind: Any = msgspec.field(default=None, name="_type")
    chatlab: Any = None
    meta: Any = None
    platform_id: Any = None


def _sniff(source: Source) -> Score | None:
    for line in utf8_of(source.data, head=True).data.split(b"\n"):
        line = line.strip()
        if line and not line.startswith(b"#"):
            typed = line.startswith(b"{") and _TYPED.search(line)
            return Score(value=1.0, reason="chatlab-line") if typed else None
    return None


def _read(source: Source) -> Reading:
    lines = lines_of_json(source.data)
    account = Account("lines", lines.total)
    headers: list[_Line] = []
    members: list[dict[str, Any]] = []
    messages: list[tuple[Locator, Entry]] = []
    for where, line in _lines(lines, account):
        if line.kind == "message":
            messages.append((where, line))
        elif line.kind == "header" or line.chatlab is not None:
            headers.append(line)
            account.aside += 1
        elif line.kind == "member":
            members.append({"platformId": line.platform_id, "accountName": line.account_name,
                            "groupNickname": line.group_nickname})  # fmt: skip
            account.aside += 1
        else:
            account.refuse("chat-item-unknown", where)
    for _ in headers[1:]:
        account.note("chat-second-title")
    first = headers[0] if headers else _Line()
    chat = ChatLab(account, params_of(source), source.name)
    chat.describe(first.meta, members)
    chat.take(messages)
    return account.reading(READER, declared=stated(first.chatlab, first.meta), encoding=lines.encoding)


def _lines(lines: Lines, account: Account) -> Iterator[tuple[Locator, _Line]]:
    return lines.each(account, msgspec.json.Decoder(_Line), comment=b"#")


READER = Reader(id="chatlab-jsonl", version=1, grade="A", sniff=_sniff, read=_read)
