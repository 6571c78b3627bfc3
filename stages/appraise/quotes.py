"""Where a quoted wording stands in an exhibit. What is not found is not found: no near match is ever boxed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.contract import Item
from pipeline.locate import Locator
from pipeline.model import Dating, Line, Message, Order, Quote, Record, Word
from stages.lang.match import Span, find

__all__ = ["locate"]

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


def _in_records(wording: str, records: Sequence[Record]) -> Iterator[tuple[Locator, str, float | None]]:
    for record in records:
        if isinstance(record, Message):
            for span in find(wording, record.text):
                yield record.where, record.text[span.start : span.end], None
        elif isinstance(record, Order):
            for _, cell in record.cells:
                for span in find(wording, cell):
                    yield record.where, cell[span.start : span.end], None
        elif isinstance(record, Dating) and find(wording, record.text):
            yield record.where, record.text, None


def _in_lines(wording: str, lines: Sequence[Line]) -> Iterator[tuple[Locator, str, float | None]]:
    for start, line in enumerate(lines):
        own = find(wording, line.text)
        for span in own:
            yield Locator(box=_box(line, span)), line.text[span.start : span.end], line.confidence
        if not own:
            yield from _wrapped(wording, lines, start)


def _wrapped(wording: str, lines: Sequence[Line], start: int) -> Iterator[tuple[Locator, str, float | None]]:
    """A passage that begins in line `start` and runs on into the lines right below it."""
    run = [lines[start]]
    for line in lines[start + 1 : start + _WRAPPED_LINES]:
        if not _below(run[-1], line):
            return
        run.append(line)
        joined = "".join(part.text for part in run)
        for span in find(wording, joined):
            if span.start < len(run[0].text) and span.end > len(joined) - len(line.text):
                boxes = [part.box for part in run]
                whole = (min(b[0] for b in boxes), boxes[0][1], max(b[2] for b in boxes), max(b[3] for b in boxes))
                yield Locator(box=whole), joined[span.start : span.end], min(part.confidence for part in run)
                return


def _below(upper: Line, lower: Line) -> bool:
    """Whether a line follows right under another, in the same column."""
    height = upper.box[3] - upper.box[1]
    apart = lower.box[1] - upper.box[3]
    shared = min(upper.box[2], lower.box[2]) - max(upper.box[0], lower.box[0])
    return -height / 2 < apart < 1.5 * height and shared > 0


def _box(line: Line, span: Span) -> tuple[float, float, float, float]:
    """The part of the line's box that the words under a span take; the whole line where words and text disagree.

    As high as the line: engines give the words inside a Chinese line uneven heights.
    """
    ends = _word_ends(line)
    if ends is None:
        return line.box
    starts = [0, *(end for _, end in ends)]
    boxes = [
        word.box for (word, end), begin in zip(ends, starts, strict=False) if begin < span.end and end > span.start
    ]
    if not boxes:
        return line.box
    return (min(b[0] for b in boxes), line.box[1], max(b[2] for b in boxes), line.box[3])


def _word_ends(line: Line) -> list[tuple[Word, int]] | None:
    """Each word with the place in the line's text where it ends, or None where they cannot be laid over it."""
    at = 0
    ends: list[tuple[Word, int]] = []
    for word in line.words:
        begin = line.text.find(word.text, at)
        if begin < 0 or line.text[at:begin].strip():
            return None
        at = begin + len(word.text)
        ends.append((word, at))
    return ends if ends and not line.text[at:].strip() else None
