"""The moment the review was posted: stated by the applicant, and a fact only where the exhibit shows it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.contract import Item
from pipeline.locate import Locator
from pipeline.model import Event, Line, Note, Reading, ReviewClaim
from pipeline.moment import Zone
from stages.lang.boxes import span_box
from stages.lang.evidence import matching
from stages.lang.match import find
from stages.lang.times import parse
from stages.timeline.events import event, lines_in
from stages.timeline.words import Words

__all__ = ["review_posted"]


def review_posted(
    items: Sequence[Item], review: ReviewClaim, zone: Zone | None, words: Words
) -> tuple[list[Event], tuple[Note, ...]]:
    """The event of the review, one for each exhibit that shows the stated wording, and notes on what is missing."""
    if review.posted is None:
        return [], ()
    at = parse(review.posted, zone=zone, order="ymd")
    if at is None:
        return [], (Note(code="review-time-unclear", values={"said": review.posted}),)
    wanted = matching(review.exhibit, [item.exhibit for item in items]) if review.exhibit else ()
    labels = {exhibit.label for exhibit in wanted}
    events = [
        event(
            role="review.posted",
            at=at,
            text=f"{words.role('review.posted')}{'：' if words.column == 0 else ': '}{review.author or ''}".rstrip(
                "：: "
            ),
            content="",
            citation=item.cite(reading, place, quote, line.confidence),
            actors=(review.author,) if review.author else (),
            order_id=review.order_id,
        )
        for item in items
        if item.exhibit.label in labels
        for reading, line, place, quote in _seen(item, review.posted)
    ]
    if events:
        return events[:1], ()
    return [], (Note(code="review-time-not-seen", values={"said": review.posted}),)


def _seen(item: Item, said: str) -> list[tuple[Reading, Line, Locator, str]]:
    return [
        (reading, line, Locator(box=span_box(line, spans[0])), line.text[spans[0].start : spans[0].end])
        for reading, line in lines_in(item)
        if (spans := find(said, line.text))
    ]
