"""The applicant's statement: as written, as the appraisal drafted it, or drafted here from the answers."""

from __future__ import annotations

from stages.assemble.content import Content
from stages.assemble.layout import Book
from stages.assemble.style import BODY

__all__ = ["draw_statement"]


def draw_statement(book: Book, content: Content) -> None:
    """Draws the section; evidence without a case has none."""
    words, case = content.words, content.case
    if not case.declared:
        return
    written = case.appeal.statement
    paragraphs = tuple(written.split("\n\n")) if written else content.appraisal.statement or _drafted(content)
    lead = "statement-lead" if written else "statement-drafted" if paragraphs else "statement-none"
    book.section("statement", words("statement"), words(lead))
    for paragraph in paragraphs:
        if paragraph.strip():
            book.flow(content.say(paragraph.strip()), BODY, after=BODY.leading / 2)


def _drafted(content: Content) -> tuple[str, ...]:
    words, case = content.words, content.case
    if not case.declared or not case.claims:
        return ()
    first = words(
        "draft-first",
        name=case.applicant.name or "",
        order=case.review.order_id or words("unknown"),
        request=case.appeal.request or "",
    )
    answers = [words("draft-claim", says=claim.says, answer=claim.answer) for claim in case.claims if claim.answer]
    return (first, *answers)
