"""What is personal in this case, and where it stands in pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.contract import Item
from pipeline.model import Case, Line, Message, Order, Payment, Refund, Scan, Settlement, Shipment, Word
from stages.lang import privacy

__all__ = ["TRADES", "Privacy", "Seen", "privacy_of", "seen"]

TRADES = (Order, Payment, Refund, Shipment, Scan, Settlement)
_PAD = 3.0  # pixels around what is hidden
_EDGE = 0.1  # of an em: how far a mask reaches where words stand evenly
_REACH = 0.35  # of the character beside it: how far a mask reaches where they do not
_UNEVEN = 0.35  # how far a word's width may be off before its box is not trusted
_TALLER = 0.15  # of the line's height: how far a mask reaches above and below
_LATIN_ENDS = 0x2E80

_Rect = tuple[float, float, float, float]


class _Latin(NamedTuple):
    """How wide a digit is, in ems, and any other Latin character; a Chinese one is one em wide."""

    digit: float
    other: float


_NARROWEST, _LIKELY, _WIDEST = _Latin(0.5, 0.2), _Latin(0.55, 0.55), _Latin(0.62, 1.0)


class Privacy(NamedTuple):
    """The names and addresses known from orders, and the numbers and names that stay."""

    names: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()

    def mask(self, text: str) -> str:
        """The text as it is printed."""
        return privacy.mask(text, self.names, self.addresses, self.keep)

    def spans(self, text: str) -> tuple[privacy.Hidden, ...]:
        """What to hide in a text."""
        return privacy.spans(text, self.names, self.addresses, self.keep)


class Seen(NamedTuple):
    """A line of a picture as the document shows it: what is hidden, and what stays to be found with its place."""

    line: Line
    hidden: tuple[_Rect, ...]
    text: tuple[tuple[_Rect, str], ...]


def privacy_of(case: Case, items: Iterable[Item]) -> Privacy:
    """What the orders of this case, and the labels in its texts, say about persons."""
    records = [record for item in items for reading in item.readings for record in reading.records]
    trades = [record for record in records if isinstance(record, TRADES)]
    own = {case.applicant.name, case.applicant.account, case.review.author}
    texts = [record.text for record in records if isinstance(record, Line | Message)]
    names = {
        *(trade.buyer.name for trade in trades),
        *(name for text in texts for name in privacy.names_in(text)),
    } - own
    numbers = {number for trade in trades for number in (trade.order_id, trade.sub_order_id, trade.transaction_id)}
    numbers |= {tracking.number for trade in trades for tracking in trade.tracking}
    numbers |= {case.review.order_id, case.applicant.contact, case.applicant.name, case.review.author, *case.only}
    return Privacy(
        _sorted(names), _sorted({trade.buyer.address for trade in trades}), _sorted(number for number in numbers)
    )


def seen(lines: Sequence[Line], rules: Privacy) -> tuple[Seen, ...]:
    """Every line with what is hidden in it. An address is also found where it runs on into the next line,
    and a name below its label.
    """
    hidden = [{(found.start, found.end) for found in rules.spans(line.text)} for line in lines]
    for at in range(len(lines) - 1):
        if _goes_on(lines[at], lines[at + 1]):
            _across(lines[at].text, lines[at + 1].text, rules, hidden[at], hidden[at + 1])
    return tuple(_seen(line, _merged(places)) for line, places in zip(lines, hidden, strict=True))


def _sorted(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(sorted({value for value in values if value}))


def _goes_on(upper: Line, lower: Line) -> bool:
    height = upper.box[3] - upper.box[1]
    return upper.page == lower.page and (
        0 <= lower.box[1] - upper.box[3] + height / 2 < 1.5 * height and abs(lower.box[0] - upper.box[0]) < 2 * height
    )


def _across(upper: str, lower: str, rules: Privacy, above: set[tuple[int, int]], below: set[tuple[int, int]]) -> None:
    for found in rules.spans(upper + lower):
        if found.kind == "address" and found.start < len(upper) < found.end:
            above.add((found.start, len(upper)))
            below.add((0, found.end - len(upper)))
        elif found.kind == "name" and found.start == len(upper):
            below.add((0, found.end - len(upper)))


def _merged(places: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(places):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _seen(line: Line, hidden: list[tuple[int, int]]) -> Seen:
    edges = [0, *(edge for place in hidden for edge in place), len(line.text)]
    open_parts = [(edges[at], edges[at + 1]) for at in range(0, len(edges), 2)]
    text = tuple(
        (_rectangle(line, start, end), line.text[start:end])
        for start, end in open_parts
        if line.text[start:end].strip()
    )
    return Seen(line, tuple(_cover(line, start, end) for start, end in hidden), text)


def _cover(line: Line, start: int, end: int) -> _Rect:
    """What is painted over: rather a neighbour's edge too much than a stroke of the hidden character left.

    Engines place words inside a Chinese line unevenly, while the line's own box is right: a mask then takes in both
    places, and some of the character beside it.
    """
    left, _, right, _ = _rectangle(line, start, end, whole=True)
    em = (line.box[2] - line.box[0]) / max(_ems(line.text, _LIKELY), 1.0)
    before = after = _EDGE * em
    if not _is_even(line, start, end, em):
        share = _share(line.text, line.box, start, end, whole=True)
        left, right = min(left, share[0]), max(right, share[2])
        before, after = (_ems(text, _LIKELY) * em * _REACH for text in (line.text[:start][-1:], line.text[end:][:1]))
    left -= before if line.text[:start].strip() else _PAD
    right += after if line.text[end:].strip() else _PAD
    pad = max(_PAD, _TALLER * (line.box[3] - line.box[1]))
    return (left, line.box[1] - pad, right, line.box[3] + pad)


def _is_even(line: Line, start: int, end: int, em: float) -> bool:
    """Whether the words at a place, and those beside it, are as wide as their characters."""
    words = [word for at, word in _placed(line) if at <= end and start <= at + len(word.text)]
    widths = [(word.box[2] - word.box[0], _ems(word.text, _LIKELY) * em) for word in words]
    return bool(words) and all(abs(width - likely) <= _UNEVEN * likely for width, likely in widths)


def _rectangle(line: Line, start: int, end: int, *, whole: bool = False) -> _Rect:
    """Where characters of a line stand: by its words where they add up to it, else by their share of its width.

    `whole` takes in all that they may cover: Latin letters differ in width.
    """
    boxes = _word_boxes(line, start, end, whole=whole)
    if boxes:
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return (min(lefts), min(tops), max(rights), max(bottoms))
    return _share(line.text, line.box, start, end, whole=whole)


def _word_boxes(line: Line, start: int, end: int, *, whole: bool) -> list[_Rect]:
    boxes = []
    for at, word in _placed(line):
        if at < end and start < at + len(word.text):
            within = max(0, start - at), min(len(word.text), end - at)
            boxes.append(_share(word.text, word.box, *within, whole=whole))
    return boxes


def _placed(line: Line) -> list[tuple[int, Word]]:
    """The words with their places in the text; none if they do not add up to it."""
    placed, at = [], 0
    if _bare(line.text) != _bare("".join(word.text for word in line.words)):
        return []
    for word in line.words:
        found = line.text.find(word.text, at)
        if found < 0:
            return []
        placed.append((found, word))
        at = found + len(word.text)
    return placed


def _bare(text: str) -> str:
    return "".join(text.split())


def _share(text: str, box: _Rect, start: int, end: int, *, whole: bool) -> _Rect:
    """The part of a box that characters likely take, or the `whole` part that they may take."""
    narrow, wide = (_NARROWEST, _WIDEST) if whole else (_LIKELY, _LIKELY)
    width = box[2] - box[0]
    left = _portion(_ems(text[:start], narrow), _ems(text[start:], wide))
    right = _portion(_ems(text[:end], wide), _ems(text[end:], narrow))
    return (box[0] + width * left, box[1], box[0] + width * right, box[3])


def _ems(text: str, latin: _Latin) -> float:
    return sum(1.0 if ord(char) >= _LATIN_ENDS else latin.digit if char.isdecimal() else latin.other for char in text)


def _portion(part: float, rest: float) -> float:
    return part / (part + rest) if part else 0.0
