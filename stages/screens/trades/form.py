"""Any other page of labels and values about a trade: paper forms, waybills, receipts, invoices, pages of a PDF.

What no other layout knows is read for what is certain: numbers, times and amounts under their labels, the parcel, the
recipient. Its score is low, so that every layout that knows a page by more wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.contract import Score
from pipeline.model import Line, Order, Payment, Refund, Shipment
from stages.screens.level import levelled
from stages.screens.page import Context, Found, Layout, Page
from stages.screens.trades.carriers import names_carrier
from stages.screens.trades.fields import pairs_of
from stages.screens.trades.labels import MONEY_FIELDS, NUMBER_FIELDS, TIME_FIELDS, TRADE, Labels
from stages.screens.trades.parcels import parcel_on
from stages.screens.trades.people import contact_on
from stages.screens.trades.trade import Draft
from stages.screens.trades.values import currency_of, said, whole

__all__ = ["LAYOUT"]

_FORM: Labels = (
    ("tracking_no", r"(?:电子)?面单(?:编?号)"),
    ("order_id", r"(?:客户|电商|网购|网店|商城)订单(?:编号|号码|号)"),
    ("amounts.payable", r"价税合计(?:\(?小写\)?)?|(?:应收|合计|总)金额"),
    ("amounts.paid", r"(?:收款|已收|实收)(?:金额)?|amount received|cash received"),
    ("", r"(?:开票|打印|登记|填表|制单)(?:时间|日期)|托寄物|物品(?:名称)?"),
    *TRADE,
)  # fmt: skip
_KNOWN = TIME_FIELDS | MONEY_FIELDS | NUMBER_FIELDS | {"buyer.phone", "buyer.address", "carrier"}
_WAYBILL = re.compile(r"[A-Z]{2,4}\d{9,16}|\d{12,18}")
"""A number that stands alone on the one page of a carrier: no telephone has so many digits."""
_CERTAIN = 2
_COVERED = 0.4
"""Of the lines: how much of a form is labels with their values. Of prose and of talk it is less."""


def _sniff(page: Page) -> Score | None:
    """By its labelled facts: at least two, a number among them, and one number of each kind at most."""
    draft = _draft(page, Context())
    numbers = [value for field, value in draft.values.items() if field in NUMBER_FIELDS]
    numbers += [tracking.number for tracking, _, _ in draft.parcels]
    facts = len([field for field in draft.values if field in _KNOWN]) + len(draft.parcels)
    if not numbers or facts < _CERTAIN or len(draft.parcels) > 1 or draft.differing & NUMBER_FIELDS:
        return None
    if _covered(page.lines, draft) < _COVERED:
        return None
    return Score(value=round(0.2 + 0.01 * min(9, facts), 3), reason="screen-labels-known")


def _read(page: Page, context: Context) -> Found:
    draft = _draft(page, context)
    return Found(records=(draft.record(_kind(draft)),), notes=tuple(draft.notes))


def _draft(page: Page, context: Context) -> Draft:
    draft = Draft(context, currency_of(page.lines))
    pairs = pairs_of(page.lines, context, _FORM, currency=draft.currency)
    draft.add(pairs)
    draft.lines += [pair.label.line for pair in pairs]
    held = {id(line) for line in draft.lines}
    free = [line for line in page.lines if id(line) not in held]
    if not draft.parcels:
        _add_parcel(draft, free)
    found = contact_on(free) if not {"buyer.phone", "buyer.name"} & set(draft.values) else None
    if found is not None:
        draft.person(found[0], found[1])
    return draft


def _add_parcel(draft: Draft, free: Sequence[Line]) -> None:
    parcel = parcel_on(free, draft.context, lambda _: False)
    if parcel is not None:
        draft.track(parcel.tracking.number, parcel.number, parcel.carrier)
        return
    numbers = [whole(line) for line in free if _WAYBILL.fullmatch(line.text.strip())]
    carriers = [line for line in free if names_carrier(line.text) and not any(map(str.isdigit, line.text))]
    if len(numbers) == len(carriers) == 1:
        draft.track(numbers[0].text.strip(), said(numbers), said((whole(carriers[0]),)))


def _kind(draft: Draft) -> type[Order | Payment | Refund | Shipment]:
    """What the certain fields are of: a refund, a parcel, a payment, else an order."""
    fields = set(draft.values)
    if fields & {"amounts.refunded", "times.refunded", "times.refund_applied"}:
        return Refund
    if draft.parcels and not any(field.startswith("amounts.") for field in fields):
        return Shipment
    if "transaction_id" in fields and "order_id" not in fields and not draft.parcels:
        return Payment
    return Order


def _covered(lines: Sequence[Line], draft: Draft) -> float:
    held = {id(line) for line in draft.lines}
    return sum(id(line) in held for line in lines) / max(1, len(lines))


LAYOUT = Layout("form", 1, "D", *levelled(_sniff, _read))
