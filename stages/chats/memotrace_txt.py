"""留痕 (MemoTrace, WeChatMsg): chats saved as text, "2026-03-02 14:03:05 阿青", the body, a blank line.

Times are those of the computer that exported, to the second and without a zone. The heads are one shape of those that
people copy, and are read as those are.
"""

from __future__ import annotations

from pipeline.contract import Reader, Score, Source
from pipeline.locate import lines_of
from pipeline.model import Reading, Unread
from stages.chats.common.account import closed
from stages.chats.common.lines import head_lines, open_lines
from stages.chats.wechat_paste import is_of_memotrace, stands
from stages.chats.wechat_paste.heads import usual_shape
from stages.chats.wechat_paste.read import Pasted, heads_in
from stages.lang.text import plain

__all__ = ["READER"]


def _score(lines: list[str]) -> Score | None:
    heads = heads_in(lines)
    if not heads or not is_of_memotrace(*usual_shape(heads.values())):
        return None
    stand = stands(lines, {number: head.name for number, head in heads.items()})
    return Score(value=0.7 if stand == 2 else 0.5, reason="chat-time-first") if stand else None


def _signature(text: str) -> bool:
    return _score(lines_of(plain(text))) is not None


def _sniff(source: Source) -> Score | None:
    return _score(head_lines(source, _signature))


def _read(source: Source) -> Reading:
    lines = open_lines(source, _signature)
    return closed(READER, lines) if isinstance(lines, Unread) else Pasted(lines, source).read(READER)


READER = Reader(id="memotrace-txt", version=1, grade="B", sniff=_sniff, read=_read)
