"""WhatsApp's export of a chat as text, as phones write it in all their languages, calendars and clocks.

Android writes `date, time - name: text`, iOS `[date, time] name: text`. Times are those of the exporting phone, without
a zone. There are no ids, and nothing marks the exporter's own messages. What an unnamed line says is the app's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.contract import Reader, Score, Source
from pipeline.locate import lines_of
from pipeline.model import Reading, Unread
from stages.chats.common.account import closed
from stages.chats.common.lines import head_lines, open_lines
from stages.chats.whatsapp.headers import NO_SHAPE, Shape, shape_of
from stages.chats.whatsapp.read import Chat, chat_name
from stages.lang.text import plain

__all__ = ["READER"]

_LOOKED_AT = 400
"""Lines by which the shape is recognised."""

_FIRST_WITHIN = 5
_NAMED = 3
"""Of so many headers one at least names a sender: a group begins with notices."""

_NOTHING = re.compile("(?!)")


def _signature(text: str) -> bool:
    return _value(lines_of(plain(text))) is not None


def _value(lines: Sequence[str]) -> float | None:
    """How sure the shape is, by the first lines; None if they do not have it."""
    lines = [line for line in lines if line.strip()][:_LOOKED_AT]
    found = shape_of(lines)
    if found is None:
        return None
    shape, header = found
    heads = [(number, line[match.end() :]) for number, line in enumerate(lines) if (match := header.match(line))]
    named = sum(1 for _, rest in heads if ":" in rest)
    if not heads or heads[0][0] >= _FIRST_WITHIN or named * _NAMED < len(heads):
        return None
    return _sureness(shape)


def _sureness(shape: Shape) -> float:
    """Brackets with seconds, or a dash after minutes, are WhatsApp's; others write brackets without seconds, or ISO dates
    in brackets, too.
    """
    if shape.opens and shape.year == "first" and shape.marks[0] == "-" and not shape.time_first:
        return 0.6 if shape.seconds else 0.4
    if shape.opens:
        return 0.9 if shape.seconds or shape.time_first else 0.4
    if shape.close == ":":
        return 0.6 if shape.seconds else 0.3
    return 0.5 if shape.seconds else 0.9


def _sniff(source: Source) -> Score | None:
    value = _value(head_lines(source, _signature))
    if value is None:
        return None
    if chat_name(source.name) or source.name.rpartition("/")[2] == "_chat.txt":
        return Score(value=1.0, reason="whatsapp-name")
    return Score(value=value, reason="whatsapp-shape")


def _read(source: Source) -> Reading:
    lines = open_lines(source, _signature)
    if isinstance(lines, Unread):
        return closed(READER, lines)
    shape, header = shape_of(lines.matched) or (NO_SHAPE, _NOTHING)
    return Chat(lines, source, shape, header).reading(READER)


READER = Reader(id="whatsapp-txt", version=1, grade="A", sniff=_sniff, read=_read)
