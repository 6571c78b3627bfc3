"""Each claim with its evidence: the quotes that were found, and the finding they allow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from pipeline.contract import Item
from pipeline.errors import Language, say
from pipeline.model import Case, Claim, Finding, Note, Order, Quote, Reason, Stance, Verdict, label_key
from stages.appraise.quotes import locate
from stages.lang.evidence import matching
from stages.lang.match import find, folded

__all__ = ["Answered", "Mute", "answer", "mute_of", "not_in_review", "statements"]

_PLACES = 3
"""How many places of one exhibit a quote marks; the rest are counted in a note."""

_STANCE_AS_VERDICT: dict[Stance, Verdict] = {
    "contradicted": "contradicted",
    "partly": "partly",
    "accepted": "supported",
    "opinion": "opinion",
    "unanswered": "no-evidence",
}

_CLAUSE_END = re.compile(r"[。！？!?；;，,\n…~～]+|\.(?=\s|$)")


class Answered(NamedTuple):
    """A claim with what was found for it."""

    claim: Claim
    finding: Finding
    exhibits: tuple[str, ...]
    """Labels of the evidence it names and that is there."""
    absent: tuple[str, ...]
    """Names of evidence that is not there."""
    missing: tuple[str, ...]
    """Quotes that were not found."""
    unread: tuple[str, ...]
    """Labels of its evidence that could not be read."""
    often: dict[str, int]
    """Quotes that stand in more places of one exhibit than are marked, with how many in all."""


class Mute(NamedTuple):
    """Quotes that show nothing by themselves: the review's own words, and numbers that only name the order."""

    exhibits: frozenset[str] = frozenset()
    """Labels of the exhibit that shows the review."""
    names: frozenset[str] = frozenset()
    """Order and parcel numbers, folded."""

    def covers(self, quote: Quote) -> bool:
        """Whether the quote proves no more than what was reviewed."""
        return quote.citation.exhibit in self.exhibits or folded(quote.says)[0] in self.names


def mute_of(case: Case, items: Sequence[Item]) -> Mute:
    """The review's exhibit, and the numbers that orders and their parcels go by."""
    shown = matching(case.review.exhibit, (item.exhibit for item in items)) if case.review.exhibit else ()
    orders = [r for item in items for reading in item.readings for r in reading.records if isinstance(r, Order)]
    names = {case.review.order_id, *case.only, *(order.order_id for order in orders)}
    names |= {parcel.number for order in orders for parcel in order.tracking}
    return Mute(
        frozenset(exhibit.label for exhibit in shown), frozenset(folded(name)[0] for name in names if name is not None)
    )


def answer(claim: Claim, items: Sequence[Item], mute: Mute, language: Language) -> Answered:
    """The claim's evidence and quotes, located; its finding never goes beyond them.

    `mute` says which quotes show nothing by themselves. Who names an archive or a mail means what is in it, too.
    """
    named = {name: matching(name, (item.exhibit for item in items)) for name in claim.evidence}
    labels = tuple(sorted({exhibit.label for found in named.values() for exhibit in found}, key=label_key))
    evidence = [item for item in items if item.exhibit.label in labels or item.exhibit.parent in labels]
    everywhere = {wording: [locate(wording, item) for item in evidence] for wording in claim.quotes}
    quotes = {wording: [q for places in found for q in places[:_PLACES]] for wording, found in everywhere.items()}
    often = {
        wording: sum(map(len, found))
        for wording, found in everywhere.items()
        if max(map(len, found), default=0) > _PLACES
    }
    found = tuple(quote for places in quotes.values() for quote in places)
    verdict = _verdict(claim, [quote for quote in found if not mute.covers(quote)])
    return Answered(
        claim=claim,
        finding=Finding(
            says=claim.says,
            finding=verdict,
            claimed=claim.stance,
            agrees=verdict == _STANCE_AS_VERDICT[claim.stance],
            because=_reasons(claim, labels, found, language),
            answer=claim.answer,
        ),
        exhibits=labels,
        absent=tuple(name for name, exhibits in named.items() if not exhibits),
        missing=tuple(wording for wording, places in quotes.items() if not places),
        unread=tuple(item.exhibit.label for item in evidence if item.status == "unread"),
        often=often,
    )


def _verdict(claim: Claim, found: Sequence[Quote]) -> Verdict:
    """A stance against the review stands only on a wording that was found and can show something."""
    if claim.stance in ("contradicted", "partly") and not found:
        return "no-evidence"
    return _STANCE_AS_VERDICT[claim.stance]


def _reasons(claim: Claim, labels: tuple[str, ...], found: tuple[Quote, ...], language: Language) -> tuple[Reason, ...]:
    side: Literal["applicant", "customer"] = "customer" if claim.stance == "accepted" else "applicant"
    if found:
        shown = tuple(sorted({quote.citation.exhibit for quote in found}, key=label_key))
        values = {"wordings": len({quote.says for quote in found}), "exhibits": len(shown)}
        text = say("reason-quoted", values, language)
        strength = "exact" if any(quote.citation.certainty == "exact" for quote in found) else "single"
        return (
            Reason(
                text=text, side=side, exhibits=shown, sources=len(shown), strength=strength, quotes=found,
                answers=claim.says,
            ),
        )  # fmt: skip
    if labels and claim.stance in ("accepted", "opinion"):
        return (Reason(text=claim.answer, side=side, exhibits=labels, sources=len(labels), answers=claim.says),)
    return ()


def statements(case: Case, answered: Sequence[Answered]) -> tuple[Finding, ...]:
    """Every passage of the review in its own order: those that a claim answers, and the rest as unanswered."""
    text = case.review.text
    if not text:
        return tuple(entry.finding for entry in answered)
    placed: list[tuple[int, Finding]] = []
    covered: list[tuple[int, int]] = []
    for entry in answered:
        spans = find(entry.claim.says, text)
        placed.append((spans[0].start if spans else len(text), entry.finding))
        covered += [(span.start, span.end) for span in spans]
    for start, clause in _clauses(text):
        if not any(start < end and begin < start + len(clause) for begin, end in covered):
            placed.append((start, Finding(says=clause, finding="no-evidence", claimed=None, agrees=None)))
    return tuple(finding for _, finding in sorted(placed, key=lambda pair: pair[0]))


def _clauses(text: str) -> list[tuple[int, str]]:
    """The clauses of a review with the place where each begins."""
    out = []
    start = 0
    for end in [*_CLAUSE_END.finditer(text), None]:
        stop = end.start() if end else len(text)
        clause = text[start:stop].strip()
        if clause:
            out.append((text.index(clause, start), clause))
        start = end.end() if end else stop
    return out


def not_in_review(case: Case, answered: Sequence[Answered]) -> tuple[Note, ...]:
    """Claims whose wording does not stand in the review's text: they would answer what nobody said."""
    if not case.review.text:
        return ()
    return tuple(
        Note(code="claim-not-in-review", values={"says": entry.claim.says})
        for entry in answered
        if not find(entry.claim.says, case.review.text)
    )
