"""A ruling finds the line it is about by its place and by the machine's wording, and changes nothing else.

The machine's reading stays beside the corrected one; a ruling that fits no line, or several, is said and not used.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from pipeline.locate import Locator
from pipeline.model import Correction, Line, Note, Reading, Ruling
from stages.lang.match import Span, find

__all__ = ["applied"]

_SHARED = 0.5
"""How much of the smaller box two places must share to be one."""


def applied(reading: Reading, rulings: Iterable[Ruling]) -> Reading:
    """The reading with each ruling applied, in their order, and a note on what came of it."""
    records = list(reading.records)
    notes: list[Note] = []
    for ruling in rulings:
        places = [
            (at, span)
            for at, record in enumerate(records)
            if isinstance(record, Line) and _is_at(record, ruling)
            for span in _spans(record, ruling)
        ]
        if len(places) == 1:
            at, span = places[0]
            line = records[at]
            assert isinstance(line, Line)
            records[at] = _corrected(line, span, ruling)
        elif not ruling.machine and not places:
            records.append(_added(ruling))
        else:
            code = "decision-several" if places else "decision-not-there"
            notes.append(Note(code=code, values=_values(ruling), where=_place(ruling)))
            continue
        notes.append(Note(code="decision-used", values=_values(ruling), where=_place(ruling)))
    return msgspec.structs.replace(reading, records=tuple(records), notes=(*reading.notes, *notes))


def _is_at(line: Line, ruling: Ruling) -> bool:
    if ruling.page is not None and ruling.page != line.page:
        return False
    return ruling.box is None or all(_share(line.box[side::2], ruling.box[side::2]) > _SHARED for side in (0, 1))


def _share(one: Sequence[float], other: Sequence[float]) -> float:
    """The common part of two extents, as a share of the smaller."""
    common = min(one[1], other[1]) - max(one[0], other[0])
    return common / max(1e-6, min(one[1] - one[0], other[1] - other[0]))


def _spans(line: Line, ruling: Ruling) -> tuple[Span, ...]:
    """Where the machine's wording stands in a line that no ruling has touched there; its own wording confirms it.

    A ruling that states no wording of the machine is about a place where nothing was read, so that any line is one.
    """
    if not ruling.machine:
        return (Span(0, len(line.text)),)
    found = find(ruling.machine, line.text) or find(ruling.text, line.text)
    return tuple(span for span in found if not any(_touches(fix, span) for fix in line.corrections))


def _touches(fix: Correction, span: Span) -> bool:
    return fix.start < span.end and span.start < fix.end


def _corrected(line: Line, span: Span, ruling: Ruling) -> Line:
    """The line with the ruling's text in place of the machine's; earlier corrections move along."""
    grown = len(ruling.text) - (span.end - span.start)
    own = Correction(start=span.start, end=span.start + len(ruling.text), machine=line.text[span.start : span.end])
    moved = (
        msgspec.structs.replace(fix, start=fix.start + grown, end=fix.end + grown) if fix.start >= span.end else fix
        for fix in line.corrections
    )
    text = line.text[: span.start] + ruling.text + line.text[span.end :]
    ordered = tuple(sorted((*moved, own), key=lambda fix: fix.start))
    return msgspec.structs.replace(line, text=text, corrections=ordered)


def _added(ruling: Ruling) -> Line:
    """A line where the machine saw none: all of it is the person's."""
    assert ruling.box is not None
    whole = Correction(start=0, end=len(ruling.text), machine="")
    return Line(
        where=Locator(page=ruling.page, box=ruling.box),
        text=ruling.text,
        box=ruling.box,
        confidence=0.0,
        page=ruling.page,
        corrections=(whole,),
    )


def _values(ruling: Ruling) -> dict[str, str | int]:
    return {"line": ruling.line, "machine": ruling.machine or "—", "text": ruling.text}


def _place(ruling: Ruling) -> Locator | None:
    return Locator(page=ruling.page, box=ruling.box) if ruling.box is not None else None
