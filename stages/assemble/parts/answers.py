"""The answers in full: every passage of the review with its finding, and what speaks for the customer."""

from __future__ import annotations

from pipeline.model import Citation, Finding, Reason, label_key
from stages.assemble.content import Content
from stages.assemble.layout import Book
from stages.assemble.links import cited, page_name, place, references
from stages.assemble.page import Rule
from stages.assemble.parts.brief import verdict, without_reason
from stages.assemble.style import BODY, CELL, INK, LABEL, LEFT, LINE, MM, RIGHT, SMALL, STRONG, WIDTH
from stages.assemble.table import tag
from stages.assemble.text import Span

__all__ = ["draw_answers"]

_LABELS, _INDENT = 8 * MM, 26 * MM


def draw_answers(book: Book, content: Content) -> None:
    """Draws the section."""
    words, appraisal = content.words, content.appraisal
    if not (content.case.declared or content.findings):
        if appraisal.for_customer:
            book.section("answers", words("for-customer"))
            _for_customer(book, content)
        return
    book.section("answers", words("answers"), words("answers-lead"))
    if not content.findings:
        book.flow(words("sentences-none"), BODY)
    for number, finding in enumerate(_with_answers(content), 1):
        _finding(book, content, number, finding)
    if appraisal.facts or appraisal.for_customer or content.findings:
        book.heading(words("for-customer"))
        _for_customer(book, content)


def _for_customer(book: Book, content: Content) -> None:
    for reason in content.appraisal.for_customer:
        _reason(book, content, reason)
    if not content.appraisal.for_customer:
        book.flow(content.words("for-customer-none"), BODY)


def _text_at(book: Book) -> float:
    """Where text begins beside its labels."""
    labels = (book.words(key) for key in ("answer", "because-applicant", "because-customer"))
    return LEFT + max(_INDENT, _LABELS + max(book.width(label, LABEL) for label in labels) + 3 * MM)


def _with_answers(content: Content) -> list[Finding]:
    """All statements, and those claims that are not among them."""
    findings = list(content.findings)
    said = {finding.says for finding in findings}
    return findings + [claim for claim in content.appraisal.claims if claim.says not in said]


def _finding(book: Book, content: Content, number: int, finding: Finding) -> None:
    words = content.words
    book.need(26 * MM)
    book.reach(f"answer-{number}")
    top = book.y
    book.put(str(number), LEFT, top + STRONG.leading / 2 + 0.38 * 12.5, STRONG._replace(size=12.5))
    width = tag(book, verdict(content, finding), LEFT + 8 * MM, top + 1.5, CELL)
    book.flow(
        words("quoted", text=content.say(finding.says)), STRONG, LEFT + 8 * MM + width + 8, WIDTH - 8 * MM - width - 8
    )
    if finding.claimed:
        text = words(f"stance-{finding.claimed}")
        text += words("stop") + words("differs") if finding.agrees is False else ""
        book.flow(text, SMALL, LEFT + 8 * MM, WIDTH - 8 * MM)
    answer = content.say(finding.answer) or _claimed_answer(content, finding)
    if answer:
        _labelled(book, words("answer"), answer)
    for reason in finding.because:
        _reason(book, content, reason)
    if not finding.because:
        _labelled(book, words("because-applicant"), without_reason(content, finding))
    book.y += 2 * MM
    book.draw(Rule(LEFT, book.y, LEFT + WIDTH, book.y, 0.4, LINE))
    book.y += 3 * MM


def _claimed_answer(content: Content, finding: Finding) -> str:
    answers = [claim.answer for claim in content.case.claims if claim.says == finding.says]
    return content.say(answers[0]) if answers else ""


def _labelled(book: Book, label: str, text: str) -> None:
    book.need(BODY.leading)
    book.put(label, LEFT + _LABELS, book.y + CELL.leading / 2 + 0.38 * 7.5, LABEL)
    x = _text_at(book)
    book.flow(text, CELL, x, RIGHT - x, after=1.5)


def _reason(book: Book, content: Content, reason: Reason) -> None:
    words = content.words
    book.need(2 * CELL.leading)
    start = len(book.pages)
    book.put(words(f"because-{reason.side}"), LEFT + _LABELS, book.y + CELL.leading / 2 + 0.38 * 7.5, LABEL)
    soft = SMALL._replace(size=8, leading=CELL.leading)
    spans = [Span(content.say(reason.text), CELL), Span("　", CELL)]
    spans += place(words, references(book, reason, content.events), soft, inline=True)
    x = _text_at(book)
    book.flow(spans, CELL, x, RIGHT - x, after=1)
    for citations in _by_exhibit(reason):
        _wordings(book, content, citations)
    book.y += 1.5 if len(book.pages) == start else 0


def _by_exhibit(reason: Reason) -> list[list[Citation]]:
    """The wordings of a reason, each once, gathered by the exhibit in which they stand."""
    found: dict[str, dict[str, Citation]] = {}
    for quote in reason.quotes:
        found.setdefault(quote.citation.exhibit, {}).setdefault(quote.citation.quote, quote.citation)
    return [list(found[label].values()) for label in sorted(found, key=label_key)]


def _wordings(book: Book, content: Content, citations: list[Citation]) -> None:
    """What one exhibit says, word for word, with the page that shows it."""
    words = content.words
    left = _text_at(book)
    label = citations[0].exhibit
    spans = [Span(f"{words('wording')} {words('exhibit', label=label)}", SMALL, _page(book, citations[0]))]
    spans.append(Span("　", SMALL))
    for at, citation in enumerate(citations):
        text = words("quoted", text=content.say(citation.quote))
        if citation.certainty in {"agreed", "disputed", "corrected"}:
            text += f"（{content.certainty(citation)}）"
        number = book.known.messages.get((citation.exhibit, citation.where))
        text += words("message-numbered", number=number) if number else ""
        spans.append(Span((words("comma") if at else "") + text, SMALL, _page(book, citation)))
    top, number = book.y, book.page.number
    book.flow(spans, SMALL, left + 6, RIGHT - left - 6)
    if book.page.number == number:
        book.draw(Rule(left + 1, top + 2, left + 1, book.y - 2, 0.8, INK))


def _page(book: Book, citation: Citation) -> str | None:
    page = cited(book, citation)
    return page_name(page) if page else None
