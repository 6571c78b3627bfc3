"""The files beside the PDF, and the list of all of them with their digests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, cast

import msgspec

from pipeline.contract import Inputs
from pipeline.errors import Language, say, wording
from pipeline.locate import Locator
from pipeline.model import Appraisal, Citation, Finding, Layout, Note, Reason, Timeline, Unread, bare, encode

__all__ = ["files", "sums_of"]

_TAKEN = ("dossier.pdf", "timeline.csv", "timeline.json")
"""Files of earlier stages that are outputs too."""


def files(inputs: Inputs, language: str) -> dict[str, bytes]:
    """findings.json, notes.json, manifest.json and SHA256SUMS, by name."""
    made = {
        "findings.json": _pretty(findings(inputs.documents)),
        "notes.json": _pretty(_notes(inputs, cast("Language", language))),
    }
    digests = {name: bare(inputs.files[name]) for name in _TAKEN}
    sizes = {name: inputs.path(inputs.files[name]).stat().st_size for name in _TAKEN}
    for name, data in made.items():
        digests[name], sizes[name] = hashlib.sha256(data).hexdigest(), len(data)
    made["manifest.json"] = _pretty(_manifest(inputs, digests, sizes))
    digests["manifest.json"] = hashlib.sha256(made["manifest.json"]).hexdigest()
    made["SHA256SUMS"] = "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode()
    return made


def sums_of(made: Mapping[str, bytes]) -> str:
    """The bare digest of SHA256SUMS: one number that stands for every output."""
    return hashlib.sha256(made["SHA256SUMS"]).hexdigest()


def findings(documents: Mapping[str, Any]) -> dict[str, Any]:
    """`out/findings.json` (interface): the appraisal, each reason with the pages on which it is shown."""
    appraisal: Appraisal = documents["appraise"]
    timeline: Timeline = documents["timeline"]
    layout: Layout | None = documents.get("assemble")
    citations = {event.id: event.citations for event in (*timeline.events, *timeline.untimed)}
    return {
        "statements": [_finding(finding, citations, layout) for finding in appraisal.statements],
        "claims": [_finding(finding, citations, layout) for finding in appraisal.claims],
        "facts": [_reason(reason, citations, layout) for reason in appraisal.facts],
        "for_customer": [_reason(reason, citations, layout) for reason in appraisal.for_customer],
        "triage": {"advice": appraisal.advice, "grounds": list(appraisal.grounds)},
        "readiness": msgspec.to_builtins(appraisal.readiness),
    }


def _finding(finding: Finding, citations: Mapping[str, tuple[Citation, ...]], layout: Layout | None) -> dict[str, Any]:
    return {
        "says": finding.says,
        "finding": finding.finding,
        "claimed": finding.claimed,
        "agrees": finding.agrees,
        "answer": finding.answer,
        "because": [_reason(reason, citations, layout) for reason in finding.because],
    }


def _reason(reason: Reason, citations: Mapping[str, tuple[Citation, ...]], layout: Layout | None) -> dict[str, Any]:
    cited = [quote.citation for quote in reason.quotes]
    cited += [citation for event in reason.events for citation in citations.get(event, ())]
    shown = msgspec.to_builtins(reason)
    shown["pages"] = list(layout.pages_of(cited)) if layout else []
    return cast("dict[str, Any]", shown)


def _notes(inputs: Inputs, language: Language) -> dict[str, Any]:
    """Every note and everything unread, by exhibit, and what concerns the case as a whole."""
    whole = [*inputs.notes]
    whole += [note for name in ("timeline", "appraise", "assemble") for note in inputs.documents[name].notes]
    return {
        "exhibits": [
            {
                "label": item.exhibit.label,
                "name": item.exhibit.name,
                "status": item.status,
                "notes": [_said(note, language) for note in item.notes],
                "unread": [_said(span, language) for span in item.unread],
            }
            for item in inputs.items
        ],
        "case": [_said(note, language) for note in whole],
    }


def _said(note: Note | Unread, language: Language) -> dict[str, Any]:
    return {
        "code": note.code,
        "severity": wording(note.code).severity,
        "message": say(note.code, note.values, language),
        "where": _where(note.where),
    }


def _where(where: Locator | None) -> Any:
    return None if where is None else msgspec.to_builtins(where)


def _manifest(inputs: Inputs, digests: Mapping[str, str], sizes: Mapping[str, int]) -> dict[str, Any]:
    """The manifest inside the PDF, and the outputs with it."""
    inside = msgspec.json.decode(inputs.path(inputs.files["evidence-manifest.json"]).read_bytes())
    outputs: Iterable[str] = sorted(digests)
    return {**inside, "outputs": [{"name": n, "sha256": digests[n], "bytes": sizes[n]} for n in outputs]}


def _pretty(value: object) -> bytes:
    return msgspec.json.format(encode(value), indent=2) + b"\n"
