"""What happened, what is claimed, what was found, and where the document shows it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import msgspec

from pipeline.locate import Locator
from pipeline.model._base import Certainty, Role, Stance, Value, Verdict
from pipeline.model._evidence import Note
from pipeline.model._records import Money
from pipeline.moment import Moment


class Citation(Value, frozen=True, kw_only=True):
    """Where a fact stands. `quote` is the raw wording; `sha256` bare hex.

    `other` is what a second engine read there instead, or the machine before a person corrected it.
    """

    exhibit: str
    sha256: str
    where: Locator
    quote: str
    reader: str
    certainty: Certainty
    confidence: float | None = None
    other: str | None = None


class Event(Value, frozen=True, kw_only=True):
    """Something that happened, by one role of time. `id` is the digest of its content, `number` its place."""

    id: str
    number: int
    role: Role
    at: Moment
    text: str
    citations: tuple[Citation, ...]
    actors: tuple[str, ...] = ()
    amount: Money | None = None
    order_id: str | None = None
    exhibits: tuple[str, ...] = ()
    agrees: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("a fact without a citation cannot be constructed")


class Conflict(Value, frozen=True, kw_only=True):
    """Two facts that cannot both hold, or something in them that contradicts itself."""

    code: str
    message: str
    events: tuple[str, ...]


class Timeline(Value, frozen=True, kw_only=True):
    """`out/timeline.json`."""

    zone: str | None
    events: tuple[Event, ...]
    untimed: tuple[Event, ...] = ()
    order_unknown: tuple[tuple[str, str], ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    gaps: tuple[dict[str, str], ...] = ()
    notes: tuple[Note, ...] = ()


class Quote(Value, frozen=True, kw_only=True):
    """A passage that may stand between quotation marks, because it was found where its citation says.

    `says` is the wording asked for, `citation.quote` what stands there.
    """

    says: str
    citation: Citation


class Reason(Value, frozen=True, kw_only=True):
    """One reason of a finding. `pages` is filled once the document is laid out."""

    text: str
    side: Literal["applicant", "customer"] = msgspec.field(name="for")
    events: tuple[str, ...] = ()
    exhibits: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    sources: int = 0
    strength: str = ""
    quotes: tuple[Quote, ...] = ()
    rule: str = ""
    """The rule that found it, for facts that follow from the timeline."""
    answers: str = ""
    """The passage of the review that it answers, for what an applicant quotes."""


class Finding(Value, frozen=True, kw_only=True):
    """What the evidence says to one statement of the review. `claimed` is the applicant's stance."""

    says: str
    finding: Verdict
    claimed: Stance | None
    agrees: bool | None
    because: tuple[Reason, ...] = ()
    answer: str = ""


class Ready(Value, frozen=True, kw_only=True):
    """One line of readiness."""

    code: str
    severity: Literal["must", "should", "info"]
    message: str
    exhibits: tuple[str, ...] = ()
    citation: Citation | None = None
    """The reading that a person should rule on."""


class Appraisal(Value, frozen=True, kw_only=True):
    """What appraise found: the findings, the facts for the first page, and what speaks for the customer."""

    headline: str
    platform: str = ""
    """What the platform is called; empty without one."""
    statements: tuple[Finding, ...]
    claims: tuple[Finding, ...]
    facts: tuple[Reason, ...]
    for_customer: tuple[Reason, ...]
    advice: Literal["appeal", "reply", "gather"]
    grounds: tuple[dict[str, Any], ...] = ()
    readiness: tuple[Ready, ...] = ()
    notes: tuple[Note, ...] = ()
    review_at: Moment | None = None
    review_event: str | None = None
    review_quotes: tuple[Quote, ...] = ()
    """Where the exhibit of the review shows its passages."""
    statement: tuple[str, ...] = ()


class Mark(Value, frozen=True, kw_only=True):
    """A numbered call-out on one exhibit: what is boxed and what the note beside it says."""

    number: int
    exhibit: str
    where: Locator
    title: str
    text: str
    quotes: tuple[str, ...] = ()
    """The wordings that are cited there."""


class Marks(Value, frozen=True, kw_only=True):
    """What annotate decided, in the order of exhibit and place."""

    marks: tuple[Mark, ...]


class Placed(Value, frozen=True, kw_only=True):
    """Where a cited place is shown: a mark on an exhibit and the page it stands on (1-based, as the PDF counts)."""

    exhibit: str
    where: Locator
    page: int


class Layout(Value, frozen=True, kw_only=True):
    """The laid-out document: `exhibits` maps a label to its first and last page, `sections` a section to its first."""

    pages: int
    exhibits: dict[str, tuple[int, int]]
    placed: tuple[Placed, ...]
    sections: dict[str, int]
    notes: tuple[Note, ...] = ()

    def page_of(self, exhibit: str, where: Locator) -> int | None:
        """The page that shows a cited place: its marked page, else the exhibit's first page, else none."""
        for place in self.placed:
            if place.exhibit == exhibit and place.where == where:
                return place.page
        span = self.exhibits.get(exhibit)
        return span[0] if span else None

    def pages_of(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """The pages that show these citations, each once, ascending."""
        found = (self.page_of(citation.exhibit, citation.where) for citation in citations)
        return tuple(sorted({page for page in found if page is not None}))
