"""Where a quoted wording stands in an exhibit. What is not found is not found: no near match is ever boxed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.contract import Item
from pipeline.locate import Locator
from pipeline.model import Certainty, Dating, Line, Message, Order, Quote, Record
from stages.lang.boxes import span_box
from stages.lang.certainty import sureness
from stages.lang.match import Span, find

__all__ = ["locate"]


class _Place(NamedTuple):
    """A place, its wording, and how sure its reading is."""

    where: Locator
    quote: str
    certainty: Certainty = "exact"
    confidence: float | None = None
    other: str | None = None


_WRAPPED_LINES = 4
"""How many lines of a picture one quoted passage may run over."""


def locate(wording: str, item: Item) -> tuple[Quote, ...]:
    """Every place in an exhibit that reads `wording`, in the order of the file."""
    found: list[Quote] = []
    for reading in item.readings:
        lines = [record for record in reading.records if isinstance(record, Line)]
        places = [*_in_lines(wording, lines), *_in_records(wording, reading.records)]
        found += [Quote(says=wording, citation=item.cite(reading, *place)) for place in places]
    return tuple(dict.fromkeys(found))


def _in_records(wording: str, records: Sequence[Record]) -> Iterator[_Place]:
    """In what was read from bytes; the records seen in a picture are made of lines, which show the place closer."""
    for record in records:
        if getattr(record, "spots", ()):
            continue
        if isinstance(record, Message):
            for span in find(wording, record.text):
                yield _Place(record.where, record.text[span.start : span.end])
        elif isinstance(record, Order):
            for _, cell in record.cells:
                for span in find(wording, cell):
                    yield _Place(record.where, cell[span.start : span.end])
        elif isinstance(record, Dating) and find(wording, record.text):
            yield _Place(record.where, record.text)


def _in_lines(wording: str, lines: Sequence[Line]) -> Iterator[_Place]:
    for start, line in enumerate(lines):
        own = find(wording, line.text)
        for span in own:
            yield _part(line, span)
        if not own:
            yield from _wrapped(wording, lines, start)


def _wrapped(wording: str, lines: Sequence[Line], start: int) -> Iterator[_Place]:
    """A passage that begins in line `start` and runs on into the lines right below it: a place in each of them."""
    run = [lines[start]]
    for line in lines[start + 1 : start + _WRAPPED_LINES]:
        if not _below(run[-1], line):
            return
        run.append(line)
        joined = "".join(part.text for part in run)
        for span in find(wording, joined):
            if span.start < len(run[0].text) and span.end > len(joined) - len(line.text):
                yield from _parts(run, span)
                return


def _parts(run: Sequence[Line], span: Span) -> Iterator[_Place]:
    begin = 0
    for line in run:
        own = Span(max(0, span.start - begin), min(len(line.text), span.end - begin))
        yield _part(line, own)
        begin += len(line.text)


def _part(line: Line, span: Span) -> _Place:
    sure = sureness(line, span)
    where = Locator(page=line.page, box=span_box(line, span))
    return _Place(where, line.text[span.start : span.end], sure.certainty, sure.confidence, sure.other)


def _below(upper: Line, lower: Line) -> bool:
    """Whether a line follows right under another, in the same column of the same page."""
    if upper.page != lower.page:
        return False
    height = upper.box[3] - upper.box[1]
    apart = lower.box[1] - upper.box[3]
    shared = min(upper.box[2], lower.box[2]) - max(upper.box[0], lower.box[0])
    return -height / 2 < apart < 1.5 * height and shared > 0
