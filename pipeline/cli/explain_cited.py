"""Where a dossier cites an exhibit: events, findings, quotes, call-outs and pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

__all__ = ["cited"]


def cited(whole: Mapping[str, Any], label: str) -> dict[str, Any] | None:
    """Where a dossier cites an exhibit; None where a document is lost. `whole` are the documents it was made of."""
    if not {"timeline", "appraise", "annotate", "assemble"} <= whole.keys():
        return None
    timeline, appraisal, layout = whole["timeline"], whole["appraise"], whole["assemble"]
    findings = (*appraisal.statements, *appraisal.claims)
    reasons = [(finding, reason) for finding in findings for reason in finding.because]
    reasons += [(None, reason) for reason in (*appraisal.facts, *appraisal.for_customer)]
    here = [(finding, reason) for finding, reason in reasons if label in reason.exhibits]
    quotes = [quote for _, reason in reasons for quote in reason.quotes if quote.citation.exhibit == label]
    return {
        "events": [
            _event(event, label, layout) for event in (*timeline.events, *timeline.untimed) if _is_of(event, label)
        ],
        "findings": _distinct(
            {"says": finding.says if finding else None, "text": reason.text, "for": reason.side, "rule": reason.rule}
            for finding, reason in here
        ),
        "quotes": _distinct(
            {"says": quote.says, "where": msgspec.to_builtins(quote.citation.where)} for quote in quotes
        ),
        "marks": [
            {"number": mark.number, "title": mark.title, "page": layout.page_of(label, mark.where)}
            for mark in whole["annotate"].marks
            if mark.exhibit == label
        ],
        "pages": list(layout.exhibits.get(label, ())) or None,
    }


def _is_of(event: Any, label: str) -> bool:
    return any(citation.exhibit == label for citation in event.citations)


def _event(event: Any, label: str, layout: Any) -> dict[str, Any]:
    cited = [citation for citation in event.citations if citation.exhibit == label]
    at = event.at.start or event.at.said
    told = {"number": event.number, "id": event.id, "role": event.role, "at": at, "text": event.text}
    return told | {"pages": list(layout.pages_of(cited))}


def _distinct(values: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    kept: list[Mapping[str, Any]] = []
    for value in values:
        if value not in kept:
            kept.append(value)
    return kept
