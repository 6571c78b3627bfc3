"""Readings that a person should look at: what two engines read differently, and quotes that are nearly there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from pipeline.contract import Item
from pipeline.errors import Language, say
from pipeline.locate import Locator
from pipeline.model import Citation, Line, Ready, Timeline, label_key
from stages.appraise.claims import Answered
from stages.lang.boxes import span_box
from stages.lang.certainty import sureness
from stages.lang.match import Span

__all__ = ["doubts"]

_NEAR = 0.75
"""From which likeness on a line is shown as the nearest to a quote that was not found."""


def doubts(
    items: Sequence[Item], answered: Sequence[Answered], timeline: Timeline, language: Language
) -> Iterator[Ready]:
    """One line for each disputed reading that is cited, in the order of the exhibits, then the quotes nearly found."""
    cited = [citation for event in (*timeline.events, *timeline.untimed) for citation in event.citations]
    cited += [quote.citation for entry in answered for reason in entry.finding.because for quote in reason.quotes]
    doubtful = [citation for citation in cited if citation.certainty == "disputed"]
    disputed = {(cite.exhibit, cite.where): cite for held in doubtful for cite in _passages(held, items)}
    for citation in sorted(disputed.values(), key=lambda cite: (label_key(cite.exhibit), cite.where.sort_key())):
        yield _ready("reading-disputed", "should", citation, language, text=citation.quote, other=citation.other or "—")
    for entry in answered:
        for quote in entry.missing:
            near = _nearest(quote, [item for item in items if item.exhibit.label in entry.exhibits])
            if near is not None:
                yield _ready("quote-nearly", "info", near, language, quote=quote, near=near.quote)


def _passages(citation: Citation, items: Sequence[Item]) -> Iterator[Citation]:
    """The passages in which two engines differ: those of the record that is cited as a whole, else the cited one."""
    spots = [
        (item, reading, spot)
        for item in items
        if item.exhibit.label == citation.exhibit
        for reading in item.readings
        for record in reading.records
        if record.where == citation.where
        for spot in getattr(record, "spots", ())
        if spot.certainty == "disputed"
    ]
    if not spots:
        yield citation
    for item, reading, spot in spots:
        yield item.cite(reading, spot.where, spot.text, spot.certainty, spot.confidence, spot.other)


def _ready(code: str, severity: str, citation: Citation, language: Language, **values: str) -> Ready:
    message = say(code, {"label": citation.exhibit, **values}, language)
    return Ready(code=code, severity=severity, message=message, exhibits=(citation.exhibit,), citation=citation)  # type: ignore[arg-type]


def _nearest(quote: str, items: Sequence[Item]) -> Citation | None:
    """The passage of a seen line that is most like the quote; none where nothing is much like it."""
    best: tuple[float, Citation] | None = None
    for item in items:
        for reading in item.readings:
            for line in reading.records:
                if not isinstance(line, Line) or line.exact:
                    continue
                share, span = _likeness(quote, line.text)
                if share >= _NEAR and (best is None or share > best[0]):
                    where = Locator(page=line.page, box=span_box(line, span))
                    wording = line.text[span.start : span.end]
                    best = (share, item.cite(reading, where, wording, *sureness(line, span)))
    return best[1] if best else None


def _likeness(quote: str, text: str) -> tuple[float, Span]:
    """How like the quote the most like passage of a text of its length is, 0 to 1, and where that passage stands."""
    longest = SequenceMatcher(None, quote, text, autojunk=False).find_longest_match()
    if not longest.size:
        return 0.0, Span(0, 0)
    start = max(0, longest.b - longest.a)
    span = Span(start, min(len(text), start + len(quote)))
    return SequenceMatcher(None, quote, text[span.start : span.end], autojunk=False).ratio(), span
