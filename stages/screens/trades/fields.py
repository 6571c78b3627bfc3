"""Labels and their values on a screen, by geometry: beside each other, in one line, one under the other, or glued."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from pipeline.model import Line
from stages.screens.page import Box, Context, around, place
from stages.screens.trades.carriers import names_carrier
from stages.screens.trades.labels import MONEY_FIELDS, NUMBER_FIELDS, TIME_FIELDS, TRADE, Labels, field_of
from stages.screens.trades.rows import in_rows, overlap
from stages.screens.trades.steps import steps_on
from stages.screens.trades.values import Part, Said, amount_of, number_of, said, time_of, trimmed, whole

__all__ = ["Pair", "fits", "is_known", "pairs_of"]

_INLINE = re.compile(
    r"(?:^|(?<=[\s|，,；;、)）】]))((?:[A-Za-z#./]+ ){0,3}[A-Za-z#./]+|[^\s:：|，,；;、]{2,14})\s*(?:[:：]"
    r"|[.．](?=\s))"
)
_UNKNOWN = re.compile(r"(?:[\u3400-\u9fff]{2,8}|[A-Z][A-Za-z]*(?: [A-Za-z]+){0,2})")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_TYPED = TIME_FIELDS | MONEY_FIELDS | NUMBER_FIELDS | {"delivery"}
_HAN = r"[\u3400-\u9fff·*＊]"
_GLUED = {
    "payee": re.compile(rf"(?![已将会可的正须]){_HAN}{{2,20}}"),
    "payer": re.compile(rf"(?![已将会可的正须]){_HAN}{{2,20}}"),
    "buyer.name": re.compile(
        r"(?![已将会可的正须])(?:[\u3400-\u9fff]{1,3}[*＊]{1,2}|[\u3400-\u9fff*＊]{2,4}\s*1[\d*]{10})"
    ),
    "buyer.address": re.compile(r"[\u3400-\u9fff]{2,9}?[省市区县州].*"),
}
"""Values that an engine glues to their label, so unlike prose that they are told from it."""
_PROSE = frozenset({"buyer.address", "receiver", "text", "party", "status"})
"""Fields whose value may run over several lines."""

_BESIDE = 0.35  # of the lower line's height: by how much a value beside its label overlaps it
_UNDER = 1.5  # line heights: how far under its label a value may begin
_ALIGNED = 0.8  # line heights: how exactly edges or middles are set one under the other
_SEVERAL = 3
_SHORT = 5  # characters: how long the halves of a label over two lines are
_TIGHT = 0.9  # line heights: the gap between the lines of one value


class Pair(NamedTuple):
    """A label and its value as printed. `field` is "" where the label names no field that is known."""

    field: str
    label: Part
    value: Said


class _Label(NamedTuple):
    """A label that fills its line (but for a colon): its value stands elsewhere."""

    field: str
    part: Part

    @property
    def box(self) -> Box:
        return self.part.line.box


def _top_down(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple(sorted(pairs, key=lambda pair: (pair.label.line.box[1], pair.label.line.box[0])))


def _rest_of(label: Line, lines: Sequence[Line], labels: Labels) -> Line | None:
    """The line right under a label's beginning that is its end: 收货地 over 址."""
    if len(label.text) > _SHORT or not _CHINESE.search(label.text):
        return None
    height = label.box[3] - label.box[1]
    for line in lines:
        close = -0.3 * height <= line.box[1] - label.box[3] <= _TIGHT * height
        under = close and min(abs(line.box[0] - label.box[0]), abs(line.box[2] - label.box[2])) <= 0.5 * height
        if under and len(line.text) <= _SHORT and field_of(label.text + line.text, labels):
            return line
    return None


def _as_one(upper: Line, lower: Line) -> Line:
    """A label over two lines as one."""
    box = around((upper.box, lower.box))
    return msgspec.structs.replace(upper, text=upper.text + lower.text, box=box, words=(), where=place((upper, lower)))


def pairs_of(lines: Sequence[Line], context: Context, labels: Labels = TRADE, *, currency: str | None = None) -> tuple[
    Pair, ...
]:  # fmt: skip
    """Every label with its value, top to bottom. A label without a value gives none."""
    steps = steps_on(lines, context)
    held = {id(part.line) for step in steps for part in (step.name, *step.time.parts)}
    pairing = _Pairing([line for line in lines if id(line) not in held], context, labels, currency)
    return _top_down((*pairing.pairs(), *(Pair(*step) for step in steps)))


def fits(field: str, text: str, context: Context, currency: str | None) -> bool:
    """Whether a wording is a value of the field's type; every wording is one of free text."""
    if field in TIME_FIELDS:
        return time_of(text, context) is not None
    if field in MONEY_FIELDS:
        return amount_of(text, currency) is not None
    if field == "delivery":
        return names_carrier(text)
    if field == "tracking_no":
        return re.search(r"\d{6}", text.replace(" ", "")) is not None
    return number_of(text) is not None if field in NUMBER_FIELDS else bool(text)


def is_known(pair: Pair, labels: Labels = TRADE) -> bool:
    """Whether the label is one of the classes; else it is only built like a label."""
    return bool(pair.field) or field_of(pair.label.text, labels) is not None


def _stand_so(left: Line, right: Line, known: Sequence[Pair]) -> bool:
    """Whether a line begins where most labels begin, and one beside it begins or ends where their values do."""
    near = _ALIGNED * (left.box[3] - left.box[1])
    labels = sum(abs(pair.label.line.box[0] - left.box[0]) <= near for pair in known)
    values = [pair.value.parts[-1].line.box for pair in known]
    sides = sum(min(abs(box[0] - right.box[0]), abs(box[2] - right.box[2])) <= near for box in values)
    return 2 * min(labels, sides) > len(known)


def _parts_of(lines: Iterable[Line]) -> list[Part]:
    return [part for line in in_rows(lines, lambda line: line.box) if (part := trimmed(whole(line))).text]


class _Pairing:
    def __init__(self, lines: Sequence[Line], context: Context, labels: Labels, currency: str | None) -> None:
        self.context, self.labels, self.currency = context, labels, currency
        self.inline: list[Pair] = []
        self.open: list[_Label] = []
        self.free: list[Line] = []
        rests: set[int] = set()
        for line in lines:
            if id(line) not in rests and field_of(line.text, labels) in (None, "delivery"):
                rest = _rest_of(line, lines, labels)
                line, rests = (_as_one(line, rest), rests | {id(rest)}) if rest is not None else (line, rests)
            if id(line) not in rests:
                self.sort_in(line)

    def sort_in(self, line: Line) -> None:
        """Whether a line is a label, holds labels with their values, or is free to be a value."""
        field = field_of(line.text, self.labels)
        if field is not None:
            self.open.append(_Label(field, whole(line)))
            return
        pairs = self.split(line)
        self.inline += pairs
        if not pairs:
            self.free.append(line)

    def split(self, line: Line) -> list[Pair]:
        """The pairs inside one line: after a colon, or glued where the rest is a value of the label's type."""
        marks = [mark for mark in _INLINE.finditer(line.text) if self.is_label(mark[1], mark.start() == 0)]
        pairs = []
        for at, mark in enumerate(marks):
            end = marks[at + 1].start() if at + 1 < len(marks) else len(line.text)
            value = trimmed(whole(line).cut(mark.end(), end))
            bar = re.search(r"\s*[|｜丨]", value.text)
            value = value.cut(0, bar.start()) if bar and bar.start() else value
            label = whole(line).cut(mark.start(1), mark.end(1))
            field = field_of(mark[1], self.labels) or ""
            if value.text.strip(" |，,；;"):
                pairs.append(Pair(field, label, said((value,))))
            elif at + 1 == len(marks):
                self.open.append(_Label(field, label))
        return pairs or ([] if marks else self.glued(line))

    def is_label(self, wording: str, first: bool) -> bool:
        if field_of(wording, self.labels) is not None:
            return True
        return first and _UNKNOWN.fullmatch(wording.strip()) is not None

    def glued(self, line: Line) -> list[Pair]:
        """A label and a value that the engine read as one line."""
        for end in range(min(len(line.text) - 1, 24), 1, -1):
            label, rest = line.text[:end], line.text[end:]
            if not _CHINESE.search(label) and not (label[-1:].isspace() or rest[:1].isspace() or rest[0] in "$£€¥-"):
                continue
            field = field_of(label, self.labels)
            if field == "":
                return []
            value = trimmed(whole(line).cut(end, len(line.text)))
            typed = field in _TYPED or (field and rest[:1].isspace() and _CHINESE.search(label))
            named = field in _GLUED and len(label) > 2 and _GLUED[field].fullmatch(value.text) is not None
            if field and (named or (typed and fits(field, value.text, self.context, self.currency))):
                return [Pair(field, whole(line).cut(0, end), said((value,)))]
        return []

    def pairs(self) -> tuple[Pair, ...]:
        beside = self.beside()
        taken = {id(line) for values in beside.values() for line in values}
        found = list(self.inline)
        for at, label in enumerate(self.open):
            right = beside.get(at, [])
            pair = self.valued(label, right) or self.under(label, taken) or self.misfit(label, right)
            if pair is not None:
                found.append(pair)
                taken.update(id(part.line) for part in pair.value.parts)
        found += self.built_alike(found, taken)
        wrapped = [self.wrapped(pair, taken) for pair in found]
        return _top_down(wrapped)

    def built_alike(self, found: Sequence[Pair], taken: set[int]) -> list[Pair]:
        """Rows of two free lines that stand where labels and their values stand: a label that no class knows."""
        known = [pair for pair in found if pair.value.parts[0].line is not pair.label.line and pair.field]
        if len(known) < _SEVERAL:
            return []
        free = [line for line in self.free if id(line) not in taken]
        pairs = []
        for left in free:
            row = [line for line in free if overlap(line.box, left.box) > 0.5]
            right = max(row, key=lambda line: line.box[0])
            if (
                len(row) == 2
                and right is not left
                and _UNKNOWN.fullmatch(left.text.strip())
                and _stand_so(left, right, known)
            ):
                pairs.append(Pair("", whole(left), said((trimmed(whole(right)),))))
        return pairs

    def beside(self) -> dict[int, list[Line]]:
        """For each open label the free lines on its right: each line goes to the label it stands level with."""
        values: dict[int, list[Line]] = {}
        heads = [(label.box, at) for at, label in enumerate(self.open)]
        others = [(pair.label.line.box, -1) for pair in self.inline]
        for line in self.free:
            level = [
                (overlap(box, line.box), box, at)
                for box, at in heads + others
                if box[2] <= line.box[0] + 0.3 * (box[3] - box[1]) and overlap(box, line.box) >= _BESIDE
            ]
            if not level:
                continue
            nearest = max(box[2] for _, box, _ in level)
            near = [held for held in level if held[1][2] > nearest - 4 * (held[1][3] - held[1][1])]
            at = max(near, key=lambda held: held[0])[2]
            if at >= 0:
                values.setdefault(at, []).append(line)
        return values

    def valued(self, label: _Label, lines: Iterable[Line]) -> Pair | None:
        """The pair of a label and what stands on its right: all of it, or the one piece that is of its type."""
        parts = _parts_of(lines)
        options = [parts, *([part] for part in parts)]
        for option in options:
            value = said(option)
            if option and (label.field not in _TYPED or fits(label.field, value.text, self.context, self.currency)):
                return Pair(label.field, label.part, value)
        return None

    def misfit(self, label: _Label, lines: Iterable[Line]) -> Pair | None:
        """The pair of a label and what stands on its right though it is of another type: of no field."""
        parts = _parts_of(lines)
        return Pair("", label.part, said(parts)) if parts and label.field != "delivery" else None

    def under(self, label: _Label, taken: set[int]) -> Pair | None:
        """The pair of a label and the free line that is set under it."""
        if not label.field:
            return None
        height = label.box[3] - label.box[1]
        below = [line for line in self.free if id(line) not in taken and self.is_under(label.box, line.box, height)]
        line = min(below, key=lambda line: line.box[1], default=None)
        value = trimmed(whole(line)) if line is not None else None
        if line is None or value is None or not fits(label.field, value.text, self.context, self.currency):
            return None
        parts = (value, *self.clock_under(label, line))
        return Pair(label.field, label.part, said(parts, glue=" "))

    def clock_under(self, label: _Label, day: Line) -> tuple[Part, ...]:
        """The clock that stands under a day, where both are one time of the label."""
        if label.field not in TIME_FIELDS:
            return ()
        height = day.box[3] - day.box[1]
        for line in self.free:
            joined = said((whole(day), whole(line)), glue=" ").text
            if line is not day and self.is_under(day.box, line.box, 0.6 * height) and self.is_time(joined):
                return (whole(line),)
        return ()

    def is_time(self, text: str) -> bool:
        """Whether a wording is a time."""
        return time_of(text, self.context) is not None

    def is_under(self, label: Box, box: Box, height: float) -> bool:
        if not -0.3 * height <= box[1] - label[3] <= _UNDER * height:
            return False
        middle = abs((box[0] + box[2]) - (label[0] + label[2])) / 2
        return min(abs(box[0] - label[0]), middle) <= _ALIGNED * height

    def wrapped(self, pair: Pair, taken: set[int]) -> Pair:
        """The pair with the lines under its value that go on with it."""
        while (line := self.next_line(pair, taken)) is not None:
            taken.add(id(line))
            glue = "" if pair.field in NUMBER_FIELDS else None
            pair = pair._replace(value=said((*pair.value.parts, trimmed(whole(line))), glue=glue))
        return pair

    def next_line(self, pair: Pair, taken: set[int]) -> Line | None:
        if pair.field not in _PROSE and pair.field not in NUMBER_FIELDS and pair.field:
            return None
        last = pair.value.parts[-1]
        box, height = last.line.box, last.height
        for line in self.free:
            close = -0.3 * height <= line.box[1] - box[3] <= _TIGHT * height
            sides = (abs(line.box[0] - last.box[0]), abs(line.box[2] - box[2]), abs(line.box[0] - box[0]))
            if id(line) in taken or not close or min(sides) > _ALIGNED * height or self.has_left(line, pair):
                continue
            if self.goes_on(pair, last, line):
                return line
        return None

    def has_left(self, line: Line, pair: Pair) -> bool:
        """Whether something stands on the left of a line, so that it belongs to that."""
        boxes = [label.box for label in self.open] + [held.label.line.box for held in self.inline]
        return any(overlap(box, line.box) >= _BESIDE and box[0] < line.box[0] for box in boxes if box != pair.label.box)

    def goes_on(self, pair: Pair, last: Part, line: Line) -> bool:
        """Whether a line is the rest of a value: words of free text, or the fewer digits left of a long number."""
        if abs((line.box[3] - line.box[1]) - last.height) > 0.4 * last.height:
            return False
        if pair.field in NUMBER_FIELDS:
            rest = trimmed(whole(line)).text
            return bool(re.fullmatch(r"[\dA-Za-z]+", rest)) and len(rest) < len(last.text) and last.text[-1:].isalnum()
        beside = pair.label.line is not last.line and pair.label.line.box[2] <= last.line.box[0]
        if not pair.field:
            return beside and bool(_CHINESE.search(line.text)) and len(pair.value.parts[0].text) > 8
        return not (line.look and last.line.look and line.look.ink != last.line.look.ink) or beside
