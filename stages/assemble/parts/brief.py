"""Page 1: the finding, who and which order, the request, the facts, the review passage by passage, the course."""

from __future__ import annotations

from pipeline.model import Finding, Reason
from stages.assemble.content import Content
from stages.assemble.layout import Book, height_of
from stages.assemble.links import place, ref_order, references
from stages.assemble.parts.course import HEIGHT as COURSE_HEIGHT
from stages.assemble.parts.course import draw_course
from stages.assemble.style import (
    BODY,
    BOTTOM,
    CELL,
    HEAD,
    LABEL,
    LEFT,
    MM,
    RIGHT,
    SECTION,
    SMALL,
    TITLE,
    WIDTH,
    Style,
)
from stages.assemble.table import Column, Row, Tag, draw_row, head, row_height
from stages.assemble.text import Span, TextLine

__all__ = ["draw_brief", "quoted", "reasons_in_brief", "verdict", "without_reason"]

_REQUEST = Style("regular", 12.5, 19.5)
_MOST_FACTS, _MOST_REQUEST, _MOST_CELL_LINES, _MOST_HEADLINE = 5, 4, 3, 3
_MOST_QUOTES = 2
_MOST_REFERENCE_LINES = 2
_REFERENCE = 44 * MM
_ROWS_END = BOTTOM - COURSE_HEIGHT - SECTION.leading - 8 * MM - CELL.leading
_FACTS_END = _ROWS_END - SECTION.leading - LABEL.leading - _MOST_CELL_LINES * CELL.leading - 11 * MM
"""Where rows and facts end, so that one row and the course always have their room."""
_COLUMNS = (44 * MM, 23 * MM, 65 * MM, 38 * MM)


def draw_brief(book: Book, content: Content) -> None:
    """Draws the summary; it never takes more than this page."""
    words = content.words
    book.open(content.appraisal.platform or words("brief"), words("brief"))
    book.reach("brief", words("brief"))
    _headline(book, content)
    _particulars(book, content)
    _request(book, content)
    _facts(book, content)
    _sentences(book, content)
    _small_heading(book, words("course"))
    draw_course(book, content)


def verdict(content: Content, finding: Finding) -> Tag:
    """A finding's tag."""
    return Tag(finding.finding, content.words(f"finding-{finding.finding}"))


def _headline(book: Book, content: Content) -> None:
    text = content.say(content.appraisal.headline) or content.words("headline-neutral")
    text = _at_a_pause(book, text)
    style = TITLE if len(book.lines(text, WIDTH, TITLE)) < _MOST_HEADLINE else HEAD
    book.y = book.block(_at_most(book, text, style, _MOST_HEADLINE, "answers"), LEFT, book.y, style) + 2
    lead = LABEL._replace(size=9, leading=14)
    book.y = book.block(book.lines(content.words("brief-lead"), WIDTH, lead)[:1], LEFT, book.y, lead) + 3 * MM


def _at_a_pause(book: Book, text: str) -> str:
    """A headline of two lines turned at the last pause that leaves both within the width."""
    if len(book.lines(text, WIDTH, TITLE)) != _MOST_HEADLINE - 1:
        return text
    for at in range(len(text) - 1, 0, -1):
        if text[at - 1] in "，；：,;:" and all(
            book.width(part.strip(), TITLE) <= WIDTH for part in (text[:at], text[at:])
        ):
            return f"{text[:at]}\n{text[at:].strip()}"
    return text


def _particulars(book: Book, content: Content) -> None:
    words, case = content.words, content.case
    ground = case.appeal.ground
    review = words("comma").join(value for value in (case.review.author, _posted(content)) if value)
    cells = (
        ("meta-applicant", case.applicant.name or words("not-declared")),
        ("meta-order", case.review.order_id or words("comma").join(case.only) or words("not-declared")),
        ("meta-ground", words.known(f"ground-{ground}", ground) if ground else words("not-declared")),
        ("meta-review", review or words("not-declared")),
        ("meta-exhibits", _count(content)),
        ("meta-unread", _not_read(book, content)),
    )
    book.rule(book.y, 1)
    book.y += 3 * MM
    value = CELL._replace(leading=13.5)
    for row in (cells[:3], cells[3:]):
        tallest = 0.0
        for at, (key, text) in enumerate(row):
            x = LEFT + at * (WIDTH / 3)
            book.block(book.lines(words(key), WIDTH / 3, LABEL)[:1], x, book.y, LABEL)
            lines = book.lines(text, WIDTH / 3 - 12, value)[:2]
            link = "unread" if key == "meta-unread" and content.unread else None
            shown = book.lines([Span(text, value, link)], WIDTH / 3 - 12, value)[:2]
            book.block(shown, x, book.y + LABEL.leading + 1, value)
            tallest = max(tallest, height_of(lines, value))
        book.y += LABEL.leading + 1 + tallest + 2.2 * MM
    book.rule(book.y + 0.5 * MM)
    book.y += 5 * MM


def _posted(content: Content) -> str | None:
    at = content.appraisal.review_at
    return content.words.time(at) if at else content.case.review.posted


def _count(content: Content) -> str:
    members = sum(item.exhibit.parent is not None for item in content.live)
    own = len(content.live) - members
    key = "exhibits-with-members" if members else "exhibits-count"
    live = content.words(key, count=own, members=members)
    withdrawn = len(content.items) - len(content.live)
    return content.words("exhibits-withdrawn", live=live, count=withdrawn) if withdrawn else live


def _not_read(book: Book, content: Content) -> str:
    if not content.unread:
        return content.words("unread-none")
    page = book.known.destinations.get("unread", 0)
    return content.words("unread-count", count=len(content.unread), page=page)


def _request(book: Book, content: Content) -> None:
    text = content.say(content.case.appeal.request or "") or content.words("request-neutral")
    lines = _at_most(book, text, _REQUEST, _MOST_REQUEST, "statement", WIDTH - 5 * MM)
    height = height_of(lines, _REQUEST)
    book.bar(LEFT, book.y, 3, height)
    book.block(lines, LEFT + 5 * MM, book.y, _REQUEST)
    book.y += height


def _facts(book: Book, content: Content) -> None:
    words = content.words
    _small_heading(book, words("facts"))
    others = _for_customer(content)
    end = _FACTS_END - (CELL.leading + 2 * MM if others else 0)
    for number, fact in enumerate(content.appraisal.facts[:_MOST_FACTS], 1):
        if book.y + 2 * BODY.leading + 3 * MM <= end:
            _fact(book, content, number, fact)
    if not content.appraisal.facts:
        book.flow(words("facts-none"), CELL)
    if others:
        _others(book, content, others)


def _for_customer(content: Content) -> list[Reason]:
    """What speaks for the customer and is not on this page anyway."""
    said = [content.say(reason.text) for reason in content.appraisal.facts[:_MOST_FACTS]]
    said += [reasons_in_brief(content, finding) for finding in content.findings]
    reasons = content.appraisal.for_customer
    return [reason for reason in reasons if not any(content.say(reason.text).rstrip("。.；;") in one for one in said)]


def _others(book: Book, content: Content, others: list[Reason]) -> None:
    """One line that leads to them, with the first in words if it fits."""
    values = {"count": len(others), "page": book.known.destinations.get("answers", 2)}
    text = content.words("facts-customer-first", text=content.say(others[0].text), **values)
    if len(book.lines(text, WIDTH, CELL)) > 1:
        text = content.words("facts-customer", **values)
    book.y = book.block(book.lines([Span(text, CELL, "answers")], WIDTH, CELL), LEFT, book.y + MM, CELL) + MM


def _fact(book: Book, content: Content, number: int, fact: Reason) -> None:
    text = _at_most(book, content.say(fact.text), BODY, 2, "answers", WIDTH - 8 * MM - _REFERENCE - 8)
    small = SMALL._replace(size=8, leading=12)
    refs = _reference(book, content, fact, small)
    top = book.y + 1.5 * MM
    book.put(str(number), LEFT, top + BODY.leading / 2 + 0.38 * 12.5, SECTION)
    end = book.block(text, LEFT + 8 * MM, top, BODY)
    y = top + (BODY.leading - small.leading) / 2
    for line in refs:
        book.line(line, RIGHT - line.width, y, small)
        y += small.leading
    book.y = max(end, y) + 1.5 * MM
    book.rule(book.y)


def _reference(book: Book, content: Content, fact: Reason, style: Style) -> tuple[TextLine, ...]:
    """Where a fact stands, on two lines: without the numbers of messages where there is no room for them."""
    refs = references(book, fact, content.events)
    lines = book.lines(place(content.words, refs, style), _REFERENCE, style)
    if len(lines) > _MOST_REFERENCE_LINES:
        lines = book.lines(place(content.words, [ref._replace(message=0) for ref in refs], style), _REFERENCE, style)
    return lines[:_MOST_REFERENCE_LINES]


def _sentences(book: Book, content: Content) -> None:
    words = content.words
    _small_heading(book, words("sentences"))
    if not content.findings:
        book.flow(words("sentences-none"), CELL)
        return
    titles = ("column-says", "column-verdict", "column-because", "column-pages")
    columns = [Column(words(key), width) for key, width in zip(titles, _COLUMNS, strict=True)]
    head(book, columns)
    for done, finding in enumerate(content.findings):
        row = Row(_cells(book, content, finding))
        if book.y + row_height(book, columns, row) > _ROWS_END and done:
            left, page = len(content.findings) - done, book.known.destinations.get("answers", 2)
            more = Span(words("sentences-more", count=left, page=page), CELL, "answers")
            book.block(book.lines([more], WIDTH), LEFT, book.y + 2, CELL)
            book.y += CELL.leading + 2
            return
        draw_row(book, columns, row)


def _cells(book: Book, content: Content, finding: Finding) -> list[str | list[Span] | Tag]:
    says = _short(book, content.words("quoted", text=content.say(finding.says)), _COLUMNS[0])
    because = _short(book, reasons_in_brief(content, finding), _COLUMNS[2])
    refs = {ref for reason in finding.because for ref in references(book, reason, content.events)}
    pages = place(content.words, sorted(refs, key=ref_order), CELL)
    return [says, verdict(content, finding), because, pages]


def reasons_in_brief(content: Content, finding: Finding) -> str:
    """The reasons of a finding in one line of words: what they quote, or what they say."""
    side = "customer" if finding.finding == "supported" else "applicant"
    chosen = [reason for reason in finding.because if reason.side == side] or finding.because
    said = (quoted(content, reason) or reason.text.rstrip("。.；;") for reason in chosen)
    return content.say(content.words("semicolon").join(said)) or without_reason(content, finding)


def quoted(content: Content, reason: Reason, exhibit: str = "") -> str:
    """The first wordings that answer a passage, those before mere numbers; empty where nothing is quoted for one.

    With `exhibit` only what stands there.
    """
    words = content.words
    found = dict.fromkeys(quote.says for quote in reason.quotes if not exhibit or quote.citation.exhibit == exhibit)
    if not reason.answers or not found:
        return ""
    telling = sorted(found, key=lambda wording: wording in content.rules.keep)
    shown = words("comma").join(words("quoted", text=wording) for wording in telling[:_MOST_QUOTES])
    return shown + (words("quotes-more", count=len(found)) if len(found) > _MOST_QUOTES else "")


def without_reason(content: Content, finding: Finding) -> str:
    """What stands where a finding names no evidence."""
    return content.words("because-opinion" if finding.finding == "opinion" else "because-none")


def _short(book: Book, text: str, width: float) -> str:
    """Text that fits a few lines of a column; what is cut ends with an ellipsis and stands in full on page 2."""
    lines = book.lines(text, width - 6, CELL)
    if len(lines) <= _MOST_CELL_LINES:
        return text
    return "".join(line.text for line in lines[:_MOST_CELL_LINES])[:-2] + "…"


def _at_most(
    book: Book, text: str, style: Style, most: int, section: str, width: float = WIDTH
) -> tuple[TextLine, ...]:
    """The first lines of a text, and where it stands in full if there are more."""
    lines = book.lines(text, width, style)
    if len(lines) <= most:
        return lines
    if section not in book.known.destinations:
        section = "timeline"  # evidence without a case has neither answers nor a statement
    more = book.words("cut-off", page=book.known.destinations.get(section, 0))
    kept = "".join(line.text for line in lines[:most])
    while len(book.lines(kept + "…" + more, width, style)) > most:
        kept = kept[:-1]
    return book.lines([Span(kept + "…", style), Span(more, style, section)], width, style)


def _small_heading(book: Book, title: str) -> None:
    book.y += 4.6 * MM
    book.y = book.block(book.lines(title, WIDTH, SECTION)[:1], LEFT, book.y, SECTION) + 1.2 * MM
