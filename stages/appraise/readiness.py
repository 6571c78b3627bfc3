"""What a case still lacks before it is submitted, each line with how much it matters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.contract import Item
from pipeline.errors import Language, say, wording
from pipeline.model import Case, Finding, Message, Note, Order, Ready, Reason, Timeline
from stages.appraise.claims import Answered
from stages.appraise.doubts import doubts
from stages.appraise.facts import BEARS_OUT
from stages.lang.evidence import matching
from stages.lang.match import find

__all__ = ["readiness"]

_SEVERITY = {"error": "must", "warning": "should", "info": "info"}


def readiness(
    case: Case,
    items: Sequence[Item],
    answered: Sequence[Answered],
    statements: Sequence[Finding],
    timeline: Timeline,
    for_customer: Sequence[Reason],
    notes: Sequence[Note],
    language: Language,
) -> tuple[Ready, ...]:
    """Every line, the gravest first."""
    lines = [
        *_of_case(case, items, language),
        *(line for entry in answered for line in _of_claim(entry, language)),
        *_of_statements(statements, language),
        *_of_exhibits(items, answered, language),
        *doubts(items, answered, timeline, language),
        *(_of_note(note, language) for note in (*timeline.notes, *notes)),
        *(_line("conflict", language, detail=conflict.message) for conflict in timeline.conflicts),
        *(
            _line("speaks-against", language, reason.exhibits, detail=reason.text)
            for reason in for_customer
            if reason.rule in BEARS_OUT
        ),
        *(_line("for-customer", language, reason.exhibits, detail=reason.text) for reason in for_customer),
    ]
    rank = {"must": 0, "should": 1, "info": 2}
    return tuple(sorted(lines, key=lambda line: rank[line.severity]))


def _line(code: str, language: Language, exhibits: tuple[str, ...] = (), **values: object) -> Ready:
    return _of_note(Note(code=code, values={name: str(value) for name, value in values.items()}), language, exhibits)


def _of_note(note: Note, language: Language, exhibits: tuple[str, ...] = ()) -> Ready:
    severity = _SEVERITY[wording(note.code).severity]
    return Ready(code=note.code, severity=severity, message=say(note.code, note.values, language), exhibits=exhibits)  # type: ignore[arg-type]


def _of_case(case: Case, items: Sequence[Item], language: Language) -> Iterator[Ready]:
    if not case.declared:
        yield _line("no-case-file", language)
        return
    empty = {
        "no-claims": not case.claims,
        "no-review-text": not case.review.text,
        "no-applicant": not case.applicant.name,
        "no-ground": not case.appeal.ground,
        "no-request": not case.appeal.request,
        "no-platform": not case.platform,
        "no-zone": not case.zone,
    }
    for code, is_empty in empty.items():
        if is_empty:
            yield _line(code, language)
    for source in case.sources:
        if not matching(source.file, (item.exhibit for item in items)):
            yield _line("source-absent", language, name=source.file)
    exhibit = case.review.exhibit
    if exhibit is None or not matching(exhibit, (item.exhibit for item in items)):
        yield _line("no-review-exhibit", language, name=exhibit or "—")
    if not case.review.order_id:
        yield _line("no-order-id", language)
    elif not _shows(case.review.order_id, items):
        yield _line("order-id-not-seen", language, order=case.review.order_id)


def _shows(order_id: str, items: Sequence[Item]) -> bool:
    return any(
        bool(find(order_id, text))
        for item in items
        for reading in item.readings
        for record in reading.records
        for text in ((record.order_id or "",) if isinstance(record, Order) else (getattr(record, "text", "") or "",))
    )


def _of_claim(entry: Answered, language: Language) -> Iterator[Ready]:
    says = entry.claim.says
    for name in entry.absent:
        yield _line("evidence-absent", language, name=name, says=says)
    for quote in entry.missing:
        yield _line("quote-not-found", language, entry.exhibits, quote=quote, says=says, labels=_labels(entry.exhibits))
    if entry.claim.stance in ("contradicted", "partly"):
        if not entry.claim.evidence:
            yield _line("claim-without-evidence", language, says=says)
        elif entry.finding.finding == "no-evidence":
            yield _line("claim-not-shown", language, entry.exhibits, says=says)
        if not entry.claim.answer:
            yield _line("claim-without-answer", language, says=says)
    if entry.unread:
        yield _line("evidence-unread", language, entry.unread, labels=_labels(entry.unread), says=says)


def _of_statements(statements: Sequence[Finding], language: Language) -> Iterator[Ready]:
    for finding in statements:
        if finding.claimed is None or finding.claimed == "unanswered":
            yield _line("passage-unanswered", language, says=finding.says)


def _of_exhibits(items: Sequence[Item], answered: Sequence[Answered], language: Language) -> Iterator[Ready]:
    named = {label for entry in answered for label in entry.unread}
    for item in items:
        label = item.exhibit.label
        if item.status in ("unread", "partly") and label not in named:
            yield _line(f"exhibit-{item.status}", language, (label,), label=label, name=item.exhibit.name)
        for note in item.notes:
            if note.code == "number-near":
                yield _line("number-near-there", language, (label,), label=label, **note.values)
    chats = [
        item
        for item in items
        if any(isinstance(record, Message) for reading in item.readings for record in reading.records)
    ]
    for item in chats:
        sides = {r.side for reading in item.readings for r in reading.records if isinstance(r, Message)}
        if sides <= {"unknown", "system"}:
            yield _line("chat-sides-unknown", language, (item.exhibit.label,), label=item.exhibit.label)


def _labels(labels: Sequence[str]) -> str:
    return "、".join(labels)
