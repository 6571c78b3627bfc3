"""The moment the review was posted: stated by the applicant, and a fact only where the exhibit shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.contract import Item
from pipeline.locate import Locator
from pipeline.model import Event, Line, Note, Reading, ReviewClaim
from pipeline.moment import Moment, Zone, moment
from stages.lang.evidence import matching
from stages.lang.match import find
from stages.timeline.events import event, lines_in
from stages.timeline.words import Words

__all__ = ["parse_posted", "review_posted"]

_POSTED = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")


def parse_posted(said: str, zone: Zone | None) -> Moment | None:
    """`review.posted` as a moment: year first, month, day, and a time of day if there is one; else None."""
    found = _POSTED.fullmatch(said.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) if part else 0 for part in found.groups())
    grain = "second" if found[6] else "minute" if found[4] else "day"
    try:
        return moment(said, year, month, day, hour, minute, second, grain=grain, zone=zone)  # type: ignore[arg-type]
    except ValueError:
        return None


def review_posted(
    items: Sequence[Item], review: ReviewClaim, zone: Zone | None, words: Words
) -> tuple[list[Event], tuple[Note, ...]]:
    """The event of the review, one for each exhibit that shows the stated wording, and notes on what is missing."""
    if review.posted is None:
        return [], ()
    at = parse_posted(review.posted, zone)
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
        (reading, line, Locator(box=line.box), line.text[spans[0].start : spans[0].end])
        for reading, line in lines_in(item)
        if (spans := find(said, line.text))
    ]
