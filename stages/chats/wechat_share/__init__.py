"""WeChat's share text: what the app makes of selected messages sent by mail ("…在微信上的聊天记录如下，请查收。").

The date stands only in separators and the time reaches the minute. Times are those of the phone, without a zone.
Names are the exporter's remarks. Nothing marks the exporter's own messages, and blank lines inside a message
cannot be told from padding: one is kept.
"""

from __future__ import annotations

from itertools import pairwise

from pipeline.contract import Reader, Score, Source
from pipeline.locate import WHOLE, lines_of
from pipeline.model import Balance, Reading, Unread
from stages.chats.common.params import params_of
from stages.chats.wechat_share.lines import day_of, header_of, title_of
from stages.chats.wechat_share.read import Chat
from stages.lang.encoding import Decoded, Refused, decode, decode_lines, head_of
from stages.lang.text import has_marks, plain

__all__ = ["READER"]

_ID, _VERSION = "wechat-share", 1
_TITLE_WITHIN = 12
"""A title further down belongs to something else, a mail for instance."""


def _title_stands(text: str) -> bool:
    lines = [line for line in lines_of(plain(text)) if line and not line.isspace()]
    return any(title_of(line) for line in lines[:_TITLE_WITHIN])


def _shape_stands(text: str) -> bool:
    """A separator with a header as the next line that is not blank: the shape of a text whose title was cut off."""
    lines = [line for line in lines_of(plain(text)) if line and not line.isspace()]
    return any(day_of(line) and header_of(after) for line, after in pairwise(lines))


def _signature(text: str) -> bool:
    return _title_stands(text) or _shape_stands(text)


def _sniff(source: Source) -> Score | None:
    head = head_of(source.data, signature=_signature)
    if head is None:
        return None
    if _title_stands(head.text):
        return Score(value=1.0, reason="chat-title")
    return Score(value=0.7, reason="chat-shape") if _shape_stands(head.text) else None


def _read(source: Source) -> Reading:
    decoded = decode(source.data, signature=_signature)
    if isinstance(decoded, Refused):
        return _read_damaged(source, decoded)
    lines: list[str | None] = [*lines_of(decoded.text)]
    return _chat(source, lines, decoded)


def _read_damaged(source: Source, refused: Refused) -> Reading:
    """A text in which some bytes do not decode: its lines one by one, those that fail are unread."""
    head = head_of(source.data, signature=_signature)
    encoding = head.encoding if head else refused.tried[-1]
    if encoding == "utf-16":
        unread = Unread(code="text-not-decodable", values={"offset": refused.offset}, where=WHOLE)
        balance = Balance(unit="lines", total=0, records=0)
        return Reading(reader=READER.tag, format=_ID, records=(), balance=balance, unread=(unread,))
    lines = decode_lines(source.data, encoding)
    return _chat(source, lines, Decoded("\n".join(line or "" for line in lines), encoding))


def _chat(source: Source, lines: list[str | None], decoded: Decoded) -> Reading:
    params = params_of(source)
    shown = ["" if line is None else line for line in lines]
    matched = [plain(line) for line in shown] if has_marks(decoded.text) else shown
    lost = frozenset(number for number, line in enumerate(lines) if line is None)
    return Chat(shown, matched, lost, params).reading(READER.tag, _ID, decoded.encoding)


READER = Reader(
    id=_ID,
    version=_VERSION,
    grade="A",
    sniff=_sniff,
    read=_read,
)
