"""The statement: the applicant's own, or a calm one drafted from the claims, every sentence with its exhibits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pipeline.errors import Language, say
from pipeline.model import Case, Finding

__all__ = ["draft"]


def draft(case: Case, findings: Sequence[Finding], language: Language) -> tuple[str, ...]:
    """The paragraphs of the statement; none without a case.toml."""
    if case.appeal.statement:
        return tuple(part.strip() for part in re.split(r"\n\s*\n", case.appeal.statement) if part.strip())
    if not case.declared or not findings:
        return ()
    return tuple(_drafted(case, findings, language))


def _drafted(case: Case, findings: Sequence[Finding], language: Language) -> Iterator[str]:
    unknown = say("unknown", {}, language)
    yield say(
        "statement-opening",
        {
            "applicant": case.applicant.name or unknown,
            "author": case.review.author or unknown,
            "posted": case.review.posted or unknown,
            "order": case.review.order_id or unknown,
        },
        language,
    )
    for finding in findings:
        if finding.claimed is None:
            continue
        labels = tuple(dict.fromkeys(label for reason in finding.because for label in reason.exhibits))
        shown = (
            say("statement-exhibits", {"labels": ("、" if language == "zh-CN" else ", ").join(labels)}, language)
            if labels
            else ""
        )
        values = {"says": finding.says, "answer": finding.answer.rstrip("。.！!；;，, "), "exhibits": shown}
        yield say(f"statement-{finding.finding}", values, language)
    if case.appeal.request:
        yield say("statement-request", {"request": case.appeal.request.rstrip("。.！!？?；;，, ")}, language)
