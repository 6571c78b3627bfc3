"""A merchant's back end: many orders on one screen, as the rows of a table or as cards, each with its own facts.

Every order that is on the picture gives its record; whose it is decides later. What belongs to an order lies between
the widest empty bands around its number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.contract import Score
from pipeline.model import Line, LineRole, Note, Order, Record, Refund
from stages.screens.level import levelled
from stages.screens.page import Context, Found, Layout, Page
from stages.screens.trades.blocks import Block, Place, blocks_of, cards_of
from stages.screens.trades.fields import Pair, pairs_of
from stages.screens.trades.goods import articles_on
from stages.screens.trades.grid import Heading, cells_under, heading_of
from stages.screens.trades.labels import REFUND, TRADE, Labels, field_of
from stages.screens.trades.statuses import buttons_on, is_status
from stages.screens.trades.trade import Draft
from stages.screens.trades.values import currency_of, number_of, said, whole

__all__ = ["LAYOUT"]

_SALES = re.compile(
    r"(?:退款|售后|退货)(?:单号|编号|金额|状态|管理|类型)|(?:refund|return) (?:id|no|status|amount)", re.IGNORECASE
)
_AFTER = re.compile(r"售后|退|refund|return", re.IGNORECASE)
_LEAST = 2


def _sniff(page: Page) -> Score | None:
    """By several order numbers, each with facts of its own; a table's header of known labels makes it surer."""
    heading, numbers = _anchors(page, TRADE)
    if heading is None and len(numbers) < _LEAST:
        return None
    if heading is not None and not numbers:
        return None
    if heading is not None and len(numbers) < _LEAST and _is_form(page, heading):
        return None
    known = len([column for column in heading.columns if column.field]) if heading is not None else 0
    if heading is None and not _have_facts(page, numbers):
        return None
    return Score(
        value=round(min(0.98, 0.6 + 0.05 * min(4, len(numbers)) + 0.04 * known), 3), reason="screen-many-orders"
    )


def _read(page: Page, context: Context) -> Found:
    labels: Labels = (*REFUND, *TRADE) if any(_SALES.search(line.text) for line in page.lines) else TRADE
    heading, numbers = _anchors(page, labels)
    currency = currency_of(page.lines)
    blocks = _blocks(page.lines, heading, numbers, currency)
    records: list[Record] = []
    notes: list[Note] = []
    used: set[int] = set()
    for block in blocks:
        draft = _draft(block, heading, labels, context, currency)
        if "order_id" not in draft.values and "transaction_id" not in draft.values:
            continue
        used |= {id(line) for line in draft.lines}
        records.append(draft.record(Refund if _is_refund(draft, heading) else Order))
        notes += draft.notes
    roles: dict[int, LineRole] = dict.fromkeys(buttons_on(page, used), "button")
    return Found(records=tuple(records), roles=roles, notes=tuple(notes))


def _anchors(page: Page, labels: Labels) -> tuple[Heading | None, list[Line]]:
    """The header of a table, where there is one, and the lines that hold an order number each, top to bottom."""
    currency = currency_of(page.lines)
    pairs = pairs_of(page.lines, Context(), labels, currency=currency)
    heading = heading_of(page.lines, labels)
    lines = {id(pair.value.parts[0].line): pair.value.parts[0].line for pair in pairs if _is_number(pair, heading)}
    if heading is not None:
        under = [line for line in page.lines if heading.is_above(line)]
        column = next((column for column in heading.columns if column.field == "order_id"), None)
        for line in cells_under(heading, under, column) if column is not None else ():
            if number_of(line.text) is not None and len(line.text.strip()) > 3:
                lines.setdefault(id(line), line)
    return heading, sorted(lines.values(), key=lambda line: (line.box[1], line.box[0]))


def _blocks(lines: Sequence[Line], heading: Heading | None, numbers: Sequence[Line], currency: str | None) -> tuple[
    Block, ...
]:  # fmt: skip
    """The part of the screen that is about each number."""
    if not numbers:
        return ()
    if heading is not None:
        body = [line for line in lines if heading.is_above(line)]
        named = any(column.field == "order_id" for column in heading.columns)
        return blocks_of(body, numbers, "within" if named or not _is_bare(body, numbers) else "first")
    return cards_of(lines, numbers) or blocks_of(lines, numbers, _place(lines, numbers, currency))


def _is_bare(lines: Sequence[Line], numbers: Sequence[Line]) -> bool:
    """Whether nothing stands above the first number."""
    return not any(line.box[3] < numbers[0].box[1] + 0.3 * (numbers[0].box[3] - numbers[0].box[1]) for line in lines)


def _place(lines: Sequence[Line], numbers: Sequence[Line], currency: str | None) -> Place:
    """Where the number of an order stands among its facts: first where none is above the first, last likewise."""
    pairs = [pair for pair in pairs_of(lines, Context(), currency=currency) if pair.field not in ("", "order_id")]
    facts = [pair.label.line for pair in pairs] + [line for held in articles_on(lines, currency) for line in held.lines]
    top, bottom = numbers[0].box[1], numbers[-1].box[3]
    if not any(line.box[3] < top for line in facts):
        return "first"
    return "within" if any(line.box[1] > bottom for line in facts) else "last"


def _is_number(pair: Pair, heading: Heading | None) -> bool:
    if pair.field != "order_id" or number_of(pair.value.text) is None:
        return False
    return heading is None or heading.is_above(pair.label.line)


def _is_form(page: Page, heading: Heading) -> bool:
    """Whether labels stand under the header too: then it is a form of one order, its values under their labels."""
    return any(heading.is_above(line) and field_of(line.text) is not None for line in page.lines)


def _have_facts(page: Page, numbers: Sequence[Line]) -> bool:
    """Whether every order on a page without a header states something beside its number."""
    currency = currency_of(page.lines)
    facts = [pairs_of(block, Context(), currency=currency) for block in _blocks(page.lines, None, numbers, currency)]
    return sum(len({pair.field for pair in pairs if pair.field}) > 1 for pairs in facts) >= _LEAST


def _draft(block: Block, heading: Heading | None, labels: Labels, context: Context, currency: str | None) -> Draft:
    draft = Draft(context, currency)
    pairs = pairs_of(block, context, labels, currency=currency)
    held = {id(part.line) for pair in pairs for part in (pair.label, *pair.value.parts)}
    free = [line for line in block if id(line) not in held]
    if heading is not None:
        pairs = tuple(pair for pair in pairs if pair.value.parts[0].line is pair.label.line)
        held = {id(pair.label.line) for pair in pairs}
        free = [line for line in block if id(line) not in held]
        draft.add((*heading.pairs(free), *pairs))
        heading.add_item(draft, free, currency)
        return draft
    draft.add(pairs)
    for article in articles_on(free, currency):
        draft.items.append((article.item, article.spots))
        draft.lines += article.lines
    status = next((whole(line) for line in free if is_status(line.text)), None)
    if status is not None and "status" not in draft.values:
        draft.put("status", status.text, said((status,)))
    return draft


def _is_refund(draft: Draft, heading: Heading | None) -> bool:
    """Whether a row or a card is an after-sale's: it states one, and so does the header where there is one."""
    if not {"amounts.refunded", "times.refund_applied"} & set(draft.values):
        return False
    return heading is None or any(_AFTER.search(column.name) for column in heading.columns)


LAYOUT = Layout("back-office", 1, "C", *levelled(_sniff, _read))
