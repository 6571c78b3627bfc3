"""An order's own page: its number, its times and amounts as labels with values, its articles, whom it goes to.

One recogniser for all platforms, by structure: what differs between them is the wording of labels, which stand in
classes. The platforms' pages for one after-sale give a `Refund`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.contract import Score
from pipeline.model import Line, LineRole, Order, Refund
from stages.screens.level import levelled
from stages.screens.page import Context, Found, Layout, Page
from stages.screens.trades.carriers import carrier_in
from stages.screens.trades.fields import Pair, is_known, pairs_of
from stages.screens.trades.goods import articles_on
from stages.screens.trades.grid import Heading, heading_of, rows_of
from stages.screens.trades.labels import MONEY_FIELDS, REFUND, TIME_FIELDS, TRADE
from stages.screens.trades.people import contact_on
from stages.screens.trades.statuses import buttons_on, headline
from stages.screens.trades.trade import Draft
from stages.screens.trades.values import Part, currency_of, number_of, said, times_in, whole

__all__ = ["LAYOUT"]

_SALES = re.compile(
    r"(?:退款|售后|退货)(?:单号|编号|详情|进度|金额|原因|类型)|(?:refund|return) (?:details|id|number|reason)", re.I
)
_TITLE = re.compile(r"^\s*(?:order|订单)\s*[:：]?\s*([#＃]?\s?[A-Z]{0,6}-?\d[\w-]{2,})", re.IGNORECASE)
_PARCEL = re.compile(r"(?<![\dA-Za-z])[A-Z]{0,4}\d{8,}[A-Z\d]{0,4}(?![\dA-Za-z])")


def _sniff(page: Page) -> Score | None:
    """By how many different facts of an order the page labels; an order number must be among them, and only one."""
    pairs = pairs_of(page.lines, Context(), currency=currency_of(page.lines))
    fields = {pair.field for pair in pairs if pair.field}
    numbers = {number_of(pair.value.text) for pair in pairs if pair.field == "order_id"}
    facts = fields & (
        TIME_FIELDS | MONEY_FIELDS | {"tracking_no", "carrier", "buyer.address", "receiver", "transaction_id"}
    )
    titled = not numbers and _titled(page.lines) is not None
    if not (len(numbers) == 1 or titled) or len(facts) < 2:
        return None
    count = len(facts) + (1 if articles_on(page.lines, currency_of(page.lines)) else 0)
    return Score(value=round(min(0.95, 0.45 + 0.07 * count), 3), reason="screen-labels-known")


def _read(page: Page, context: Context) -> Found:
    currency = currency_of(page.lines)
    sales = any(_SALES.search(line.text) for line in page.lines)
    labels = (*REFUND, *TRADE) if sales else TRADE
    table = heading_of(page.lines, labels)
    rows = rows_of(table, page.lines) if table is not None else ()
    tabled = {id(line) for row in rows for line in row}
    if table is not None and rows:
        tabled |= {id(column.line) for column in table.columns}
    pairs = pairs_of([line for line in page.lines if id(line) not in tabled], context, labels, currency=currency)
    refund = sales and any(pair.field in ("amounts.refunded", "times.refund_applied") for pair in pairs)
    draft = Draft(context, currency)
    draft.add(pairs)
    if table is not None:
        for row in rows:
            table.add_item(draft, row, currency)
        draft.add(_totals(table, rows))
    held = {id(part.line) for pair in pairs for part in (*pair.value.parts, pair.label)}
    known = {
        id(part.line)
        for pair in pairs
        if is_known(pair, labels) and pair.field != "party"
        for part in (*pair.value.parts, pair.label)
    }
    free = [line for line in page.lines if id(line) not in known | tabled]
    _add_articles(draft, free, currency)
    _add_heading(draft, page, free, pairs)
    _add_contact(draft, free)
    _add_parcel(draft, free)
    roles: dict[int, LineRole] = dict.fromkeys(buttons_on(page, held), "button")
    return Found(records=(draft.record(Refund if refund else Order),), roles=roles, notes=tuple(draft.notes))


def _totals(table: Heading, rows: Sequence[Sequence[Line]]) -> tuple[Pair, ...]:
    """What a table of articles states once, beside all of its rows: an amount of the whole order."""
    pairs = [pair for row in rows for pair in table.pairs(row) if pair.field in MONEY_FIELDS]
    fields = [pair.field for pair in pairs]
    return tuple(pair for pair in pairs if fields.count(pair.field) == 1)


def _add_articles(draft: Draft, free: list[Line], currency: str | None) -> None:
    for article in articles_on(free, currency):
        draft.items.append((article.item, article.spots))
        draft.lines += article.lines
        gone = {id(line) for line in article.lines}
        free[:] = [line for line in free if id(line) not in gone]


def _add_heading(draft: Draft, page: Page, free: Sequence[Line], pairs: Sequence[Pair]) -> None:
    """What the top of the page says without a label: the status, and "Order #1001" with the time it was placed."""
    titled = _titled(page.lines) if "order_id" not in draft.values else None
    if titled is not None:
        draft.put("order_id", number_of(titled.text), said((titled,)))
        under = [line for line in free if 0 <= line.box[1] - titled.line.box[1] < 5 * titled.height]
        dated = [
            found for line in under for found in times_in(whole(line), draft.context)[:1] if found[1].span.start == 0
        ]
        if dated and "times.created" not in draft.values:
            draft.put("times.created", dated[0][0], said((dated[0][1],)))
    status = headline(page, free, pairs)
    if status is not None and "status" not in draft.values:
        draft.put("status", status.text, status)


def _add_contact(draft: Draft, free: Sequence[Line]) -> None:
    if "buyer.phone" in draft.values or "buyer.name" in draft.values:
        return
    found = contact_on(free)
    if found is not None:
        draft.person(found[0], found[1])


def _add_parcel(draft: Draft, free: Sequence[Line]) -> None:
    """A parcel's number in one line with its carrier, where no label says so."""
    for line in free:
        carrier = carrier_in(whole(line))
        match = _PARCEL.search(line.text) if carrier is not None else None
        if match is not None and carrier is not None and not draft.parcels:
            draft.track(match[0], said((whole(line).cut(*match.span()),)), said((carrier,)))


def _titled(lines: Sequence[Line]) -> Part | None:
    """The order number of a heading like "Order #1001"."""
    for line in lines:
        match = _TITLE.match(line.text)
        if match is not None and number_of(match[1]) is not None:
            return whole(line).cut(*match.span(1))
    return next((whole(line) for line in lines if re.fullmatch(r"#\d{3,8}", line.text.strip())), None)


LAYOUT = Layout("order-page", 1, "C", *levelled(_sniff, _read))
