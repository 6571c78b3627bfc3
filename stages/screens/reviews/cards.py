"""Reviews in a merchant's back end as cards: 评价时间, 订单号, 买家 with their values, and the text under them."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.contract import Score
from pipeline.model import Record
from stages.lang.match import Span
from stages.lang.screen_times import find_times
from stages.screens.order import rows_of
from stages.screens.page import Context, Found, Layout, Page
from stages.screens.reviews.parts import Draft, Piece, draft_review, high, rating_in, simple, whole
from stages.screens.status import is_button

__all__ = ["LAYOUT"]

_LABELS: tuple[tuple[str, str], ...] = (
    ("author", r"(?:买家|用户|客户|会员|评价人|评论人|评价用户)(?:昵称|名称|账号)?|buyer|customer|reviewer"),
    ("rating", r"(?:综合|商品|评价)?评分|(?:评价)?星级|评价(?:等级|结果)|rating"),
    ("at", r"(?:评价|评论|发布)(?:时间|日期)|review (?:date|time)"),
    ("order", r"(?:关联|所属)?订单(?:编?号)?|order(?: (?:no\.?|number|id))?"),
    ("text", r"(?:评价|评论)内容|review(?: text)?"),
    ("answer", r"(?:商家|卖家|我的|店铺)?回复(?:内容)?|(?:seller )?reply"),
    ("", r"(?:商品|宝贝)(?:名称|信息)?|规格|状态|回复状态|product|item|status"),
)
_LABELLED = re.compile("|".join(f"(?P<l{at}>{pattern})" for at, (_, pattern) in enumerate(_LABELS)), re.IGNORECASE)
_COLON = re.compile(r"\s*[:：]\s*|\s+|$|(?=[A-Z]{0,4}\d{4})")  # engines leave out the blank before a number
_EDGE = 1.3  # heights of a line: what begins at one edge
_PARAGRAPH = 2.0  # heights of a line: what lies further under a text is none of it


class _Labelled(NamedTuple):
    """A label with its value, "" for the field of a label that names none."""

    field: str
    line: int
    value: Piece | None


class _Card(NamedTuple):
    """The labelled values of one review and its other lines, by index."""

    labelled: tuple[_Labelled, ...]
    others: tuple[int, ...]


def _label_of(page: Page, at: int) -> tuple[str, Piece | None] | None:
    """The field that a line's label names, and the value in the same line."""
    line = page.lines[at]
    text = simple(line.text)
    start = len(text) - len(text.lstrip())
    match = _LABELLED.match(text, start)
    if match is None:
        return None
    gap = _COLON.match(text, match.end())
    if gap is None:
        return None
    field = next(name for number, (name, _) in enumerate(_LABELS) if match[f"l{number}"] is not None)
    end = len(text.rstrip())
    return field, Piece(line, Span(gap.end(), end)) if gap.end() < end else None


def _labelled(page: Page) -> dict[int, _Labelled]:
    """Every label by the index of its line, with the value in it or beside it."""
    found: dict[int, _Labelled] = {}
    for row in rows_of([line.box for line in page.lines]):
        for place, at in enumerate(row):
            label = _label_of(page, at) if page.lines[at].role == "text" else None
            if label is None:
                continue
            field, value = label
            beside = row[place + 1] if place + 1 < len(row) and _label_of(page, row[place + 1]) is None else None
            if value is None and beside is not None and page.lines[beside].role == "text":
                value = whole(page.lines[beside])
            found[at] = _Labelled(field, at, value)
    return found


def _cards(page: Page) -> list[_Card]:
    """The cards top to bottom: each begins where the first label of the page comes again."""
    labels = _labelled(page)
    dated = [label for label in labels.values() if label.field == "at" and _time(label.value) is not None]
    fields = [labels[at].field for at in sorted(labels, key=lambda at: page.lines[at].box[1]) if labels[at].value]
    first = next((field for field in fields if field and fields.count(field) == len(dated)), None)
    if not dated or first is None:
        return []
    starts = sorted(page.lines[at].box[1] for at, label in labels.items() if label.field == first and label.value)
    size = high(page.lines[dated[0].line].box)
    cards = []
    for top, end in zip(starts, (*starts[1:], float("inf")), strict=True):
        held = [
            at for at, line in enumerate(page.lines)
            if line.role != "status" and top - 0.3 * size <= line.box[1] < end - 0.3 * size
        ]  # fmt: skip
        own = tuple(labels[at] for at in held if at in labels)
        values = {label.value.line for label in own if label.value is not None}
        others = tuple(at for at in held if at not in labels and page.lines[at] not in values)
        cards.append(_Card(own, others))
    return cards


def _time(value: Piece | None) -> Piece | None:
    spans = find_times(value.text) if value is not None else ()
    if value is None or not spans:
        return None
    return Piece(value.line, Span(value.span.start + spans[0].start, value.span.start + spans[0].end))


def _records(page: Page, card: _Card, context: Context) -> list[Record]:
    values = {label.field: label.value for label in card.labelled if label.value is not None}
    name, rating = _rated_name(page, card)
    author = values.get("author") or name
    body = _body(page, card, name)
    if "text" in values and values["text"].line not in [piece.line for piece in body]:
        body = (values["text"], *body)
    if not body and rating is None:
        return []
    draft = Draft(
        author=(author,) if author else (),
        rating=rating or _rating(values.get("rating")),
        time=_time(values.get("at")),
        body=body,
        others=tuple(page.lines[label.line] for label in card.labelled),
    )
    review = draft_review(draft, context)
    answer = values.get("answer")
    if answer is None:
        return [review]
    return [review, draft_review(Draft(body=(answer,), reply_to=review.author, side="self"), context)]


def _rating(value: Piece | None) -> Piece | None:
    span = rating_in(value.text) if value is not None else None
    if value is None or span is None:
        return None
    return Piece(value.line, Span(value.span.start + span.start, value.span.start + span.end))


def _rated_name(page: Page, card: _Card) -> tuple[Piece | None, Piece | None]:
    """A name and the rating beside it, where no labels say which they are."""
    for at in card.others:
        span = rating_in(page.lines[at].text)
        box = page.lines[at].box
        left = [
            other for other in card.others
            if page.lines[other].box[2] <= box[0] and abs(page.lines[other].box[1] - box[1]) <= 0.5 * high(box)
        ]  # fmt: skip
        if span is not None and left:
            return whole(page.lines[left[-1]]), Piece(page.lines[at], span)
    return None, None


def _body(page: Page, card: _Card, name: Piece | None) -> tuple[Piece, ...]:
    """The lines of text: under the name, or under the labels, at the edge where those begin."""
    edges = [name.line.box[0]] if name else [page.lines[label.line].box[0] for label in card.labelled]
    body: list[Piece] = []
    for at in card.others:
        line = page.lines[at]
        rated = rating_in(line.text) is not None and name is not None
        if line.role == "button" or is_button(line.text) or rated or (name is not None and line is name.line):
            continue
        near = min(abs(line.box[0] - edge) for edge in edges) <= _EDGE * high(line.box)
        gap = line.box[1] - body[-1].line.box[3] if body else 0.0
        if near and gap <= _PARAGRAPH * high(line.box):
            body.append(whole(line))
    return tuple(body)


def _sniff(page: Page) -> Score | None:
    cards = _cards(page)
    if not cards:
        return None
    told = sum(bool(_body(page, card, _rated_name(page, card)[0])) or _has_text(card) for card in cards)
    return Score(value=0.97, reason="screen-review-cards") if told else None


def _has_text(card: _Card) -> bool:
    return any(label.field == "text" and label.value is not None for label in card.labelled)


def _read(page: Page, context: Context) -> Found:
    return Found(records=tuple(record for card in _cards(page) for record in _records(page, card, context)))


LAYOUT = Layout("review-cards", 1, "D", _sniff, _read)
