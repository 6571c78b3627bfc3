"""The appraisal of a case: findings, facts for both sides, the headline, the advice and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Literal, cast

from pipeline.contract import Item
from pipeline.errors import Language, say
from pipeline.model import Appraisal, Case, Finding, Note, Quote, Reason, Timeline
from pipeline.moment import Moment
from stages.appraise.claims import Answered, answer, mute_of, not_in_review, statements
from stages.appraise.facts import BEARS_OUT, facts_of
from stages.appraise.platforms import name_of
from stages.appraise.quotes import locate
from stages.appraise.readiness import readiness
from stages.appraise.statement import draft
from stages.lang.evidence import matching
from stages.lang.times import parse

if TYPE_CHECKING:
    from stages.appraise import Params

__all__ = ["reach"]

_FACTS_SHOWN = 5


def reach(items: Sequence[Item], timeline: Timeline, params: Params) -> Appraisal:
    """Appraise a case; `items` with withdrawn exhibits are seen but state nothing."""
    case, spoken = params.case, cast("Language", params.language)
    live = [item for item in items if item.status != "withdrawn"]
    mute = mute_of(case, live)
    answered = [answer(claim, live, mute, spoken) for claim in case.claims]
    claims = tuple(entry.finding for entry in answered)
    passages = statements(case, answered)
    facts = facts_of(live, timeline, _stated(params), spoken)
    against = (*(fact for fact in facts if fact.side == "customer"), *_conceded(claims, spoken))
    notes = (*_on_evidence(answered), *not_in_review(case, answered))
    review = next((event for event in timeline.events if event.role == "review.posted"), None)
    return Appraisal(
        headline=_headline(case, claims, against, spoken),
        platform=name_of(case.platform, spoken),
        statements=passages,
        claims=claims,
        facts=tuple(fact for fact in facts if fact.side == "applicant")[:_FACTS_SHOWN],
        for_customer=against,
        advice=_advice(claims),
        grounds=_grounds(case, claims),
        readiness=readiness(case, live, answered, passages, timeline, against, not_in_review(case, answered), spoken),
        notes=notes,
        review_at=review.at if review else None,
        review_event=review.id if review else None,
        review_quotes=_in_review(case, live, passages),
        statement=draft(case, passages, spoken),
    )


def _in_review(case: Case, items: Sequence[Item], passages: Sequence[Finding]) -> tuple[Quote, ...]:
    """Each passage where the review's own exhibit shows it."""
    name = case.review.exhibit
    labels = {exhibit.label for exhibit in matching(name, (item.exhibit for item in items))} if name else set()
    seen = [locate(passage.says, item)[:1] for item in items if item.exhibit.label in labels for passage in passages]
    return tuple(quote for found in seen for quote in found)


def _stated(params: Params) -> Moment | None:
    """When the review was posted, by the applicant's word."""
    posted = params.case.review.posted
    return parse(posted, zone=params.zone, order="ymd") if posted else None


def _on_evidence(answered: Sequence[Answered]) -> Iterator[Note]:
    """What is to be said about quotes and about evidence that is named and not there."""
    for entry in answered:
        says, labels = entry.claim.says, "、".join(entry.exhibits)
        for name in entry.absent:
            yield Note(code="evidence-absent", values={"name": name, "says": says})
        for quote in entry.missing:
            yield Note(code="quote-not-found", values={"quote": quote, "says": says, "labels": labels})
        for quote, count in entry.often.items():
            yield Note(code="quote-often", values={"quote": quote, "count": count, "labels": labels})


def _conceded(claims: Sequence[Finding], language: Language) -> tuple[Reason, ...]:
    """What the applicant accepts speaks for the customer, and is shown as such."""
    return tuple(
        Reason(
            text=say(f"conceded-{finding.claimed}", {"says": finding.says, "answer": finding.answer}, language),
            side="customer",
            exhibits=tuple(dict.fromkeys(label for reason in finding.because for label in reason.exhibits)),
            sources=len({label for reason in finding.because for label in reason.exhibits}),
            quotes=tuple(quote for reason in finding.because for quote in reason.quotes),
        )
        for finding in claims
        if finding.claimed in ("accepted", "partly")
    )


def _headline(case: Case, claims: Sequence[Finding], against: Sequence[Reason], language: Language) -> str:
    """The first passage that the evidence contradicts, with its answer; else the case's title; never more.

    Where the records themselves bear the customer out, no headline says that they do not.
    """
    borne_out = any(reason.rule in BEARS_OUT for reason in against)
    for finding in claims:
        if finding.finding == "contradicted" and not borne_out:
            return say("headline", {"says": finding.says, "answer": finding.answer.rstrip("。.！!；;，, ")}, language)
    return case.title or say("headline-plain", {}, language)


def _advice(claims: Sequence[Finding]) -> Literal["appeal", "reply", "gather"]:
    if any(finding.finding in ("contradicted", "partly") for finding in claims):
        return "appeal"
    if claims and all(finding.finding in ("supported", "opinion") for finding in claims):
        return "reply"
    return "gather"


def _grounds(case: Case, claims: Sequence[Finding]) -> tuple[dict[str, object], ...]:
    if case.appeal.ground is None:
        return ()
    missing = [
        finding.says for finding in claims if finding.claimed in ("contradicted", "partly") and not finding.agrees
    ]
    shown = any(finding.finding in ("contradicted", "partly") for finding in claims)
    return ({"ground": case.appeal.ground, "fits": shown and not missing, "missing": missing},)
