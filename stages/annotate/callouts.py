"""Numbered call-outs: every cited place once, numbered within its exhibit from top to bottom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from pipeline.contract import Item
from pipeline.errors import Language, say
from pipeline.locate import Locator
from pipeline.model import Appraisal, Citation, Mark, Reason, Timeline, label_key
from stages.lang.match import folded

if TYPE_CHECKING:
    from stages.annotate import Params

__all__ = ["number"]

_TITLES = 2
"""How many wordings of one place a call-out names; a row of a table can hold many."""


class _Cited(NamedTuple):
    """One place and one thing that is said about it."""

    citation: Citation
    title: str
    text: str


def number(items: Sequence[Item], timeline: Timeline, appraisal: Appraisal, params: Params) -> tuple[Mark, ...]:
    """The marks of all exhibits, in the order of label and place."""
    language = cast("Language", params.language)
    cited = [
        *_review(timeline, appraisal, language),
        *_claims(appraisal, language),
        *_facts(timeline, appraisal, language),
    ]
    agreeing = _agreement(cited)
    marks: list[Mark] = []
    for item in items:
        own = [entry for entry in cited if entry.citation.exhibit == item.exhibit.label]
        places = sorted({entry.citation.where for entry in own}, key=lambda where: where.sort_key())
        for count, where in enumerate(places, 1):
            here = [entry for entry in own if entry.citation.where == where]
            marks.append(_mark(item.exhibit.label, count, where, here, agreeing, language))
    return tuple(marks)


def _mark(
    label: str,
    count: int,
    where: Locator,
    here: Sequence[_Cited],
    agreeing: dict[str, tuple[str, ...]],
    language: Language,
) -> Mark:
    sentences = list(dict.fromkeys(entry.text for entry in here if entry.text))
    others = dict.fromkeys(
        other for entry in here for other in agreeing.get(_key(entry.citation), ()) if other != label
    )
    if others:
        ordered = sorted(others, key=label_key)
        sentences.append(
            say("mark-agrees", {"labels": ("、" if language == "zh-CN" else ", ").join(ordered)}, language)
        )
    sentences += dict.fromkeys(_sureness(entry.citation, language) for entry in here)
    quotes = tuple(dict.fromkeys(entry.citation.quote for entry in here))
    titles = list(dict.fromkeys(entry.title for entry in here))
    comma = "、" if language == "zh-CN" else ", "
    title = comma.join(titles[:_TITLES])
    if len(titles) > _TITLES:
        title = say("mark-more", {"title": title, "count": len(titles)}, language)
    return Mark(
        number=count, exhibit=label, where=where, title=title, text="\n".join(filter(None, sentences)), quotes=quotes
    )


def _sureness(citation: Citation, language: Language) -> str:
    """How sure the wording is, for what was seen in a picture; nothing for what stands in the bytes."""
    if citation.certainty == "exact":
        return ""
    return say(f"mark-{citation.certainty}", {"other": citation.other or "—"}, language)


def _agreement(cited: Sequence[_Cited]) -> dict[str, tuple[str, ...]]:
    """For every wording the exhibits in which it was found, in the order of their labels."""
    found: dict[str, dict[str, None]] = {}
    for entry in cited:
        found.setdefault(_key(entry.citation), {})[entry.citation.exhibit] = None
    return {wording: tuple(labels) for wording, labels in found.items()}


def _key(citation: Citation) -> str:
    return folded(citation.quote)[0]


def _claims(appraisal: Appraisal, language: Language) -> Iterator[_Cited]:
    for finding in appraisal.claims:
        for reason in finding.because:
            for quote in reason.quotes:
                text = say("mark-claim", {"says": finding.says}, language)
                yield _Cited(quote.citation, quote.citation.quote, text)


def _facts(timeline: Timeline, appraisal: Appraisal, language: Language) -> Iterator[_Cited]:
    """The events that facts for either side rest on; a chat's words need no repeating beside the bubble."""
    by_id = {event.id: event for event in (*timeline.events, *timeline.untimed)}
    reasons: tuple[Reason, ...] = (*appraisal.facts, *appraisal.for_customer)
    for reason in reasons:
        for identity in reason.events:
            event = by_id.get(identity)
            if event is None or event.role == "review.posted":
                continue
            title = event.at.said if event.role in ("chat.message", "mail.sent") else f"{event.text} {event.at.said}"
            for citation in event.citations:
                yield _Cited(citation, title, say("mark-fact", {"fact": reason.text}, language))


def _review(timeline: Timeline, appraisal: Appraisal, language: Language) -> Iterator[_Cited]:
    for event in timeline.events:
        if event.id == appraisal.review_event:
            for citation in event.citations:
                yield _Cited(citation, citation.quote, say("mark-review-time", {}, language))
    for quote in appraisal.review_quotes:
        yield _Cited(quote.citation, f"“{quote.says}”", say("mark-review", {}, language))
