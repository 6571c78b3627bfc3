"""承诺书: the pledge of truthfulness, to be signed by a person."""

from __future__ import annotations

from stages.assemble.content import Content
from stages.assemble.layout import Book
from stages.assemble.style import BODY, LABEL, LEFT, MM, RIGHT

__all__ = ["draw_pledge"]


def draw_pledge(book: Book, content: Content) -> None:
    """Draws the section; signature and date stay open."""
    words, applicant = content.words, content.case.applicant
    book.section("pledge", words("pledge"))
    style = BODY._replace(size=10.5, leading=19)
    book.flow(words("pledge-text" if content.case.declared else "pledge-neutral"), style, after=10 * MM)
    lines = (
        ("pledge-applicant", applicant.name),
        ("pledge-account", applicant.account),
        ("pledge-contact", applicant.contact),
        ("pledge-signature", None),
        ("pledge-date", words("pledge-date-line") or None),
    )
    for key, value in lines:
        gap = 22 * MM if key == "pledge-signature" else 11 * MM
        book.need(gap + 4)
        book.y += gap
        book.put(words(key), LEFT, book.y, LABEL._replace(size=9))
        if value:
            book.put(value, LEFT + 34 * MM, book.y, BODY)
        book.rule(book.y + 4, 0.4, LEFT + 32 * MM, RIGHT - 30 * MM)
