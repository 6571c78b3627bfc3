"""WeChat's share text: what the app makes of selected messages sent by mail ("…在微信上的聊天记录如下，请查收。").

The date stands only in separators and the time reaches the minute. Times are those of the phone, without a zone.
Names are the exporter's remarks. Nothing marks the exporter's own messages, and blank lines inside a message
cannot be told from padding: one is kept.
"""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.contract import Reader, Score, Source
from pipeline.locate import lines_of
from pipeline.model import Reading, Unread
from stages.chats.common.account import closed
from stages.chats.common.lines import head_lines, open_lines
from stages.chats.common.params import params_of
from stages.chats.wechat_share.lines import day_of, header_of, title_of
from stages.chats.wechat_share.read import Chat
from stages.lang.text import plain

__all__ = ["READER"]

_MARKUP = re.compile(r"\s*<[!a-zA-Z]")
_TITLE_WITHIN = 12
"""A title further down belongs to something else, a mail for instance."""


def _filled(text: str) -> list[str]:
    return [line for line in lines_of(plain(text)) if line and not line.isspace()]


def _title_stands(lines: list[str]) -> bool:
    return any(title_of(line) for line in lines[:_TITLE_WITHIN])


def _shape_stands(lines: list[str]) -> bool:
    """A separator with a header as the next line that is not blank: the shape of a text whose title was cut off."""
    return any(day_of(line) and header_of(after) for line, after in pairwise(lines))


def _signature(text: str) -> bool:
    lines = _filled(text)
    return _title_stands(lines) or _shape_stands(lines)


def _sniff(source: Source) -> Score | None:
    lines = [line for line in head_lines(source, _signature) if line and not line.isspace()]
    if lines and _MARKUP.match(lines[0]):
        return None
    if _title_stands(lines):
        return Score(value=1.0, reason="chat-title")
    return Score(value=0.7, reason="chat-shape") if _shape_stands(lines) else None


def _read(source: Source) -> Reading:
    lines = open_lines(source, _signature)
    return (
        closed(READER, lines) if isinstance(lines, Unread) else Chat(lines, params_of(source), source.name).read(READER)
    )


READER = Reader(
    id="wechat-share",
    version=1,
    grade="A",
    sniff=_sniff,
    read=_read,
)
