"""What people copy from WeChat on a computer: "阿青 2026/03/02 2:51 PM", "阿青(2026-03-02 14:51)", and the body.

Date and clock are those of the computer's region, without a zone. Copied without times there is only "阿青：" above a
body; the preview of a forwarded chat is its title and up to four lines. Headers with the time first and the seconds
are those of MemoTrace (`memotrace_txt`), which are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.contract import Reader, Score, Source
from pipeline.locate import lines_of
from pipeline.model import Reading, Unread
from stages.chats.common.account import closed
from stages.chats.common.lines import head_lines, open_lines
from stages.chats.wechat_paste.heads import Head, is_likely, usual_shape
from stages.chats.wechat_paste.read import Pasted, blocks_in, cards_in, heads_in
from stages.lang.text import plain

__all__ = ["READER", "is_of_memotrace", "stands"]

_MOST_ABOVE = 3
"""What somebody wrote above the messages is short."""

_RULE = re.compile(r"[=*_—-]{5,}")
"""What programs draw above messages, and copying does not."""

_WITH_ID = re.compile(r".*[(（<][A-Za-z0-9_@.-]{5,}[)）>]")
"""A name with an account: those that programs save."""

_WITHIN = 40
"""A text of previews only is short."""


def stands(lines: list[str], heads: Mapping[int, str]) -> int:
    """How far a text is one of copied messages, by its heads and their names: 2 if it begins with one, 1 if it has
    several further down, 0 if most heads have no words below them, as in a log, or are no likely names,
    or have accounts in them.
    """
    said = sum("".join(lines[number + 1 : number + 2]).strip() != "" and number + 1 not in heads for number in heads)
    likely = sum(is_likely(name) and not _WITH_ID.fullmatch(name) for name in heads.values())
    if 2 * said <= len(heads) or 2 * likely <= len(heads):
        return 0
    above = [line for line in lines[: next(iter(heads))] if line.strip()]
    if not above:
        return 2
    return 1 if len(heads) > 1 and len(above) <= _MOST_ABOVE and not any(map(_RULE.search, above)) else 0


def is_of_memotrace(shape: tuple[str, ...], padded: bool | None) -> bool:
    """Whether heads are time first, year first with hyphens and zeros, to the second of a clock of 24 hours."""
    return shape == ("time-first", "-", "s", "", "y") and padded is not False


def _score(lines: list[str]) -> Score | None:
    heads = heads_in(lines)
    if heads:
        return _score_of_heads(lines, heads)
    if 2 <= len(lines) <= _WITHIN and cards_in(lines):
        return Score(value=0.8, reason="chat-card-title")
    blocks = blocks_in(lines)
    if len(blocks) > 1 and len(set(blocks.values())) < len(blocks) and stands(lines, blocks) == 2:
        return Score(value=0.4, reason="chat-names-only")
    return None


def _score_of_heads(lines: list[str], heads: dict[int, Head]) -> Score | None:
    shape, padded = usual_shape(heads.values())
    stand = stands(lines, {number: head.name for number, head in heads.items()})
    if is_of_memotrace(shape, padded) or not stand:
        return None
    to_the_second = shape[0] == "name-first" and shape[2] == "s"
    if to_the_second and (shape[1] == "/" or len(heads) == 1):
        return None  # the clipboard of QQ, and what any program writes
    if stand < 2:
        return Score(value=0.5, reason="chat-paste-shape")
    if shape[0] == "time-first":
        return Score(value=0.6, reason="chat-time-first")
    return Score(value=0.75 if len(heads) > 1 else 0.65, reason="chat-paste-shape")


def _signature(text: str) -> bool:
    return _score(lines_of(plain(text))) is not None


def _sniff(source: Source) -> Score | None:
    return _score(head_lines(source, _signature))


def _read(source: Source) -> Reading:
    lines = open_lines(source, _signature)
    return closed(READER, lines) if isinstance(lines, Unread) else Pasted(lines, source).read(READER)


READER = Reader(id="wechat-paste", version=1, grade="A", sniff=_sniff, read=_read)
