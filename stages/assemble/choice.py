"""What of long chats is printed: the messages that are cited with their neighbours, both ends, and what bears on the
order. Everything else is counted where it is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import islice

from pipeline.locate import Locator
from pipeline.model import Appraisal, Citation, Event, Mark, Message, Reason, Timeline

__all__ = ["TALK", "cited_places", "in_transcript", "on_timeline"]

TALK = frozenset({"chat.message", "mail.sent"})
"""Roles of which a case may have many thousands."""

_WHOLE = 400  # messages up to which a transcript is printed whole
_NEAR, _ENDS = 20, 10  # messages beside a cited one, and at each end
_FEW = 40  # messages up to which the timeline prints all
_MOST_NAMING = 40  # messages of the timeline that only name an order or a parcel
_OF_CONFLICT = 4  # messages of one conflict

Place = tuple[str, Locator]
"""An exhibit by its label, and a place in it."""


def cited_places(timeline: Timeline, appraisal: Appraisal, marks: Iterable[Mark]) -> frozenset[Place]:
    """Every place that a finding, a fact or a mark rests on."""
    by_id = {event.id: event for event in (*timeline.events, *timeline.untimed)}
    cites = [cite for reason in _reasons(appraisal) for cite in _citations(reason, by_id)]
    cites += [quote.citation for quote in appraisal.review_quotes]
    return frozenset([*map(_place, cites), *((mark.exhibit, mark.where) for mark in marks)])


def on_timeline(timeline: Timeline, cited: Set[Place], numbers: Iterable[str]) -> frozenset[str]:
    """The ids of the messages that the pages of the timeline print; `numbers` are those of orders and parcels."""
    talk = [event for event in (*timeline.events, *timeline.untimed) if event.role in TALK]
    if len(talk) <= _FEW:
        return frozenset(event.id for event in talk)
    wanted = tuple(numbers)
    naming = (event.id for event in talk if any(number in event.text for number in wanted))
    disputed = (name for conflict in timeline.conflicts for name in conflict.events[:_OF_CONFLICT])
    quoted = (event.id for event in talk if any(_place(cite) in cited for cite in event.citations))
    return frozenset([talk[0].id, talk[-1].id, *quoted, *disputed, *islice(naming, _MOST_NAMING)])


def in_transcript(label: str, messages: Sequence[Message], wanted: Set[Place]) -> list[range]:
    """The stretches of messages that are printed, as indices in ascending order; `wanted` are places to be shown."""
    count = len(messages)
    if count <= _WHOLE:
        return [range(count)]
    spans = [(0, _ENDS), (count - _ENDS, count)]
    spans += [
        (max(0, at - _NEAR), min(count, at + _NEAR + 1))
        for at, message in enumerate(messages)
        if (label, message.where) in wanted
    ]
    return list(_united(sorted(spans)))


def _united(spans: Iterable[tuple[int, int]]) -> Iterator[range]:
    """Ascending stretches, those that touch or leave out a single message made one."""
    first, last = 0, 0
    for start, end in spans:
        if start > last + 1:
            yield range(first, last)
            first = start
        last = max(last, end)
    yield range(first, last)


def _reasons(appraisal: Appraisal) -> Iterator[Reason]:
    for finding in (*appraisal.statements, *appraisal.claims):
        yield from finding.because
    yield from appraisal.facts
    yield from appraisal.for_customer


def _citations(reason: Reason, by_id: dict[str, Event]) -> Iterator[Citation]:
    yield from (quote.citation for quote in reason.quotes)
    for name in reason.events:
        if name in by_id:
            yield from by_id[name].citations


def _place(citation: Citation) -> Place:
    return citation.exhibit, citation.where
