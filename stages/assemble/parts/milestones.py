"""What became of an order as a small drawn line: its steps in the order of their times, and the time between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple, TypeGuard

from pipeline.model import Order, Scan, Trade
from pipeline.moment import Moment
from stages.assemble.content import Content
from stages.assemble.layout import Book
from stages.assemble.page import Disc, Rule
from stages.assemble.style import INK, LABEL, LEFT, LINE, MM, SMALL, WIDTH, Style
from stages.lang.numbers import numbers_of
from stages.lang.spoken import duration

__all__ = ["Step", "draw_milestones", "steps_of"]

_STEPS = ("created", "paid", "shipped", "signed", "confirmed", "completed", "refund_applied", "refunded", "closed")
_FINE = frozenset({"minute", "second", "millisecond"})
_COLLECTED = ("已揽收", "揽收", "已收取快件", "已揽件", "揽件")
_MOST = 7
_HEIGHT = 17 * MM


class Step(NamedTuple):
    """One step: the name of its time, when it was, and the exhibit that states it."""

    name: str
    at: Moment
    exhibit: str


def steps_of(content: Content, record: Order, exhibit: str) -> list[Step]:
    """The dated steps of an order in the order of their times: its own, and those of its parcels.

    The order's own statement of a step counts before that of a parcel's scan.
    """
    found = {name: Step(name, at, exhibit) for name in _STEPS if _dated(at := getattr(record.times, name))}
    for step in _of_parcels(content, record):
        found.setdefault(step.name, step)
    return sorted(found.values(), key=lambda step: step.at.sort_key())


def draw_milestones(book: Book, content: Content, record: Trade, exhibit: str) -> None:
    """Draws the line at the current place; nothing where fewer than two steps are known."""
    steps = steps_of(content, record, exhibit)[:_MOST] if isinstance(record, Order) else []
    if len(steps) < 2:
        return
    book.need(_HEIGHT + 4 * MM)
    y, width = book.y + 6 * MM, WIDTH / len(steps)
    places = [LEFT + width * (place + 0.5) for place in range(len(steps))]
    book.draw(Rule(places[0], y, places[-1], y, 1.0, INK))
    for x, step in zip(places, steps, strict=True):
        _step(book, content, x, y, step, exhibit)
    _between(book, content, places, y, steps)
    book.y += _HEIGHT


def _step(book: Book, content: Content, x: float, y: float, step: Step, exhibit: str) -> None:
    words = content.words
    name = words(f"step-{step.name}")
    day, _, clock = words.time(step.at).partition(" ")
    book.draw(Disc(x, y, 2.6, INK))
    bold = LABEL._replace(face="bold", size=8.5, colour=INK)
    below = [(day, SMALL), (clock[:8], SMALL)]
    if step.exhibit != exhibit:
        below.append((words("exhibit", label=step.exhibit), SMALL))
    _centred(book, name, x, y - 6, bold)
    for line, (text, style) in enumerate(below):
        _centred(book, text, x, y + 10 + 9 * line, style)


def _between(book: Book, content: Content, places: Sequence[float], y: float, steps: Sequence[Step]) -> None:
    """How long it took from one step to the next, where both are known to the minute."""
    for at in range(len(steps) - 1):
        first, last = _instant(steps[at].at), _instant(steps[at + 1].at)
        if first is None or last is None or (first.tzinfo is None) != (last.tzinfo is None):
            continue
        word = duration(last - first, content.language)
        middle = (places[at] + places[at + 1]) / 2
        if book.width(word, SMALL) < places[at + 1] - places[at] - 10:
            book.draw(Rule(middle, y - 1.5, middle, y + 1.5, 0.4, LINE))
            _centred(book, word, middle, y - 4, SMALL)


def _centred(book: Book, text: str, x: float, base: float, style: Style) -> None:
    book.put(text, x - book.width(text, style) / 2, base, style)


def _of_parcels(content: Content, record: Order) -> Iterator[Step]:
    """The collection and the signature that scans of this order's parcels state, the earliest of each."""
    numbers = numbers_of(record)
    found: dict[str, Step] = {}
    for item in content.live:
        for reading in item.readings:
            for scan in reading.records:
                if isinstance(scan, Scan) and not numbers.isdisjoint(numbers_of(scan)):
                    for name, at in _scanned(scan):
                        step = Step(name, at, item.exhibit.label)
                        if name not in found or at.sort_key() < found[name].at.sort_key():
                            found[name] = step
    yield from found.values()


def _scanned(scan: Scan) -> Iterator[tuple[str, Moment]]:
    signed, scanned = scan.times.signed, scan.times.scanned
    if _dated(signed):
        yield "signed", signed
    collected = any(word in text for text in (scan.status or "", scan.text or "") for word in _COLLECTED)
    if collected and _dated(scanned):
        yield "collected", scanned


def _dated(at: Moment | None) -> TypeGuard[Moment]:
    return at is not None and at.start is not None


def _instant(at: Moment) -> datetime | None:
    return at.first if at.grain in _FINE else None
