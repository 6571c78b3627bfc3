"""An order's steps across the page, each with its time under it: 下单, 付款, 发货, 完成."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.model import Line
from stages.screens.page import Context
from stages.screens.trades.labels import STEPS, field_of
from stages.screens.trades.rows import overlap
from stages.screens.trades.values import Part, Said, said, time_of, whole

__all__ = ["Step", "steps_on"]

_UNDER = 2.0  # line heights: how far under its step a time may begin
_ASIDE = 1.0  # line heights: how exactly it is set under it, by its left edge or its middle
_LEAST = 2


class Step(NamedTuple):
    """A step that was reached: the field of its time, its name, and the time as printed, over one or two lines."""

    field: str
    name: Part
    time: Said


def steps_on(lines: Sequence[Line], context: Context) -> tuple[Step, ...]:
    """The steps that stand level with another one and have a time under them, left to right and top to bottom."""
    named = [(line, field) for line in lines if (field := field_of(line.text, STEPS)) is not None]
    found = []
    for line, field in named:
        level = [other for other, _ in named if other is not line and overlap(line.box, other.box) > 0.6]
        time = _time_under(line, lines, context) if level else None
        if time is not None:
            found.append((line, Step(field, whole(line), time)))
    return tuple(step for _, step in found if step.field) if len(found) >= _LEAST else ()


def _time_under(step: Line, lines: Sequence[Line], context: Context) -> Said | None:
    """The time right under a step, or the day right under it with its clock below."""
    day = _next_under(step, lines)
    if day is None:
        return None
    clock = _next_under(day, lines)
    both = said((whole(day), whole(clock)), glue=" ") if clock is not None else None
    if both is not None and time_of(both.text, context) is not None:
        return both
    return said((whole(day),)) if time_of(day.text, context) is not None else None


def _next_under(line: Line, lines: Sequence[Line]) -> Line | None:
    height = line.box[3] - line.box[1]
    under = [other for other in lines if other is not line and _is_under(line, other, height)]
    return min(under, key=lambda other: other.box[1], default=None)


def _is_under(line: Line, other: Line, height: float) -> bool:
    gap = other.box[1] - line.box[3]
    middles = abs(other.box[0] + other.box[2] - line.box[0] - line.box[2]) / 2
    aside = min(middles, abs(other.box[0] - line.box[0]))
    return -0.4 * height <= gap <= _UNDER * height and aside <= _ASIDE * height
