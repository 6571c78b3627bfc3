"""The case as its case.toml states it."""

from __future__ import annotations

from typing import Literal

from pipeline.model._base import Digest, Stance, Value


class Applicant(Value, frozen=True, kw_only=True):
    """Who appeals."""

    name: str | None = None
    account: str | None = None
    contact: str | None = None


class ReviewClaim(Value, frozen=True, kw_only=True):
    """The review that is appealed against, as the applicant states it. `exhibit` is a path in inbox/."""

    author: str | None = None
    url: str | None = None
    posted: str | None = None
    exhibit: str | None = None
    order_id: str | None = None
    text: str | None = None


class Appeal(Value, frozen=True, kw_only=True):
    """On what ground, and what is asked for. `statement` is the text itself, already loaded."""

    ground: str | None = None
    request: str | None = None
    statement: str | None = None


class Claim(Value, frozen=True, kw_only=True):
    """One passage of the review and the applicant's answer. `evidence` are paths in inbox/."""

    says: str
    answer: str = ""
    stance: Stance = "unanswered"
    evidence: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()


class Person(Value, frozen=True, kw_only=True):
    """One person under several names."""

    name: str
    aliases: tuple[str, ...] = ()
    side: Literal["customer", "applicant", "other"] | None = None


class Source(Value, frozen=True, kw_only=True):
    """A declared table: `columns` maps a field to a header or to {column, unit, sign}."""

    file: str
    format: str = "table"
    columns: dict[str, str | dict[str, str]] = {}
    time: dict[str, str] = {}
    sheet: str | None = None
    header_row: int | None = None
    header_contains: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    combine: tuple[str, ...] = ()
    fill_down: tuple[str, ...] = ()
    skip_rows: str | None = None
    null_tokens: tuple[str, ...] = ()


class Ruling(Value, frozen=True, kw_only=True):
    """A reading that a person corrected or confirmed in decisions.toml.

    `exhibit` is a label or a path in inbox/; `box` is the place [left, top, right, bottom] as it is printed, on `page`
    of a PDF; `machine` what was read there (empty where nothing was), `text` what stands there. `digest` is the
    exhibit's, once it is known. `line` is where the ruling stands in the file.
    """

    exhibit: str
    text: str
    machine: str = ""
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    digest: Digest | None = None
    line: int = 0


class Case(Value, frozen=True, kw_only=True):
    """`case.toml`, checked. `zone_basis` says whether the zone is the case's own or its platform's."""

    title: str | None = None
    platform: str | None = None
    language: Literal["zh-CN", "en"] = "zh-CN"
    zone: str | None = None
    zone_basis: Literal["case", "platform", "unknown"] = "unknown"
    applicant: Applicant = Applicant()
    review: ReviewClaim = ReviewClaim()
    appeal: Appeal = Appeal()
    claims: tuple[Claim, ...] = ()
    only: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    sources: tuple[Source, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    declared: bool = False
    """Whether there is a case.toml at all."""
