"""The moment the review was posted: by its screen, and by the applicant only where a screen shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.contract import Item
from pipeline.locate import Locator
from pipeline.model import Citation, Event, Note, Person, Reading, Review, ReviewClaim, Role
from pipeline.moment import Moment, Zone, within
from stages.lang.boxes import span_box
from stages.lang.certainty import sureness
from stages.lang.evidence import matching
from stages.lang.masked import name_key
from stages.lang.match import find
from stages.lang.times import parse
from stages.timeline.events import cited, event, lines_in
from stages.timeline.words import Words

__all__ = ["review_events"]


class _Shown(NamedTuple):
    """A review on a screen, with the exhibit and the reading that show it."""

    item: Item
    reading: Reading
    review: Review


def review_events(
    items: Sequence[Item], claim: ReviewClaim, people: Sequence[Person], zone: Zone | None, words: Words
) -> tuple[list[Event], tuple[Note, ...]]:
    """The events of the review and of the shop's replies to it, and notes on what its exhibit does not show."""
    wanted = matching(claim.exhibit, [item.exhibit for item in items]) if claim.exhibit else ()
    labels = {exhibit.label for exhibit in wanted}
    named = [item for item in items if item.exhibit.label in labels]
    shown = list(_reviews(named or items))
    own = _own(shown, claim, people)
    replies = [_event("review.replied", entry, claim, words) for entry in shown if _is_reply(entry, own)]
    posted, notes = _posted(named, own, claim, zone, words)
    return [*posted, *filter(None, replies)], notes


def _posted(
    named: Sequence[Item], own: Sequence[_Shown], claim: ReviewClaim, zone: Zone | None, words: Words
) -> tuple[list[Event], tuple[Note, ...]]:
    read = [found for entry in own if (found := _event("review.posted", entry, claim, words)) is not None]
    if claim.posted is None:
        return read[:1], ()
    at = parse(claim.posted, zone=zone, order="ymd")
    if at is None:
        return read[:1], (Note(code="review-time-unclear", values={"said": claim.posted}),)
    places = [citation for item in named for citation in _seen(item, claim.posted)]
    if places:
        return [_named("review.posted", at, claim.author, claim, words, places[0])], ()
    fitting = [found for found in read if within(at, found.at) or within(found.at, at)]
    if fitting:
        return fitting[:1], ()
    if read:
        values: dict[str, str | int] = {"said": claim.posted, "shown": read[0].at.said}
        return read[:1], (Note(code="review-time-differs", values=values),)
    return [], (Note(code="review-time-not-seen", values={"said": claim.posted}),)


def _reviews(items: Sequence[Item]) -> Iterator[_Shown]:
    for item in items:
        for reading in item.readings:
            yield from (_Shown(item, reading, record) for record in reading.records if isinstance(record, Review))


def _own(shown: Sequence[_Shown], claim: ReviewClaim, people: Sequence[Person]) -> list[_Shown]:
    """The review that the case is about: by its author, or the only one that is there."""
    first = [entry for entry in shown if entry.review.reply_to is None and entry.review.side != "self"]
    if claim.author:
        kin = [(person.name, *person.aliases) for person in people]
        names = {claim.author, *(name for known in kin if claim.author in known for name in known)}
        keys = {name_key(name) for name in names}
        return [entry for entry in first if entry.review.author and name_key(entry.review.author) in keys]
    return first if len(first) == 1 else []


def _is_reply(entry: _Shown, own: Sequence[_Shown]) -> bool:
    """Whether the shop wrote it under the review, as far as its screen tells."""
    authors = {other.review.author for other in own if other.item is entry.item}
    return entry.review.side == "self" and bool(authors) and entry.review.reply_to in {None, *authors}


def _event(role: Role, entry: _Shown, claim: ReviewClaim, words: Words) -> Event | None:
    at = entry.review.at
    spot = next((spot for spot in entry.review.spots if spot.field == "at"), None)
    if at is None or at.start is None or spot is None:
        return None
    author = entry.review.author if role == "review.replied" else claim.author or entry.review.author
    return _named(role, at, author, claim, words, cited(entry.item, entry.reading, spot))


def _named(role: Role, at: Moment, author: str | None, claim: ReviewClaim, words: Words, citation: Citation) -> Event:
    colon = "：" if words.column == 0 else ": "
    return event(
        role=role,
        at=at,
        text=f"{words.role(role)}{colon}{author}" if author else words.role(role),
        content="",
        citation=citation,
        actors=(author,) if author else (),
        order_id=claim.order_id,
    )


def _seen(item: Item, said: str) -> Iterator[Citation]:
    """Every place in which the exhibit shows the stated wording."""
    for reading, line in lines_in(item):
        for span in find(said, line.text)[:1]:
            sure = sureness(line, span)
            where = Locator(page=line.page, box=span_box(line, span))
            yield item.cite(reading, where, line.text[span.start : span.end], *sure)
