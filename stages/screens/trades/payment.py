"""A bill, a transfer or a receipt: one amount set large, whom it went to or came from, its number, time and status.

The sign before the amount, and the labels that name the other side, say whether it went out or came in; where
neither does, the direction is unknown. A bill that speaks of a refund gives a `Refund`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from pipeline.contract import Score
from pipeline.model import Line, LineRole, Payment, Refund
from stages.screens.level import levelled
from stages.screens.page import Context, Found, Layout, Page
from stages.screens.trades.fields import Pair, pairs_of
from stages.screens.trades.goods import articles_on
from stages.screens.trades.labels import PAYMENT
from stages.screens.trades.people import side_of
from stages.screens.trades.statuses import buttons_on, headline, is_status
from stages.screens.trades.trade import Draft
from stages.screens.trades.values import Part, amount_of, currency_of, said, whole

__all__ = ["LAYOUT"]

Direction = Literal["in", "out"]

_HEAD = re.compile(
    r"(?:账单|交易|转账|支付|付款|收款|退款|回单)(?:详情|记录|凭证|结果|回单|明细)|电子回单|当前状态|账单分类"
    r"|计入收支|转账成功|支付成功|付款成功|收款成功|全部账单"
    r"|零钱|余额宝|已收款|对方已收|查看账单|(?:payment|transaction|transfer) (?:details|receipt|successful"
    r"|complete|sent|received)"
    r"|receipt|you (?:sent|paid|received)|money (?:sent|received)",
    re.IGNORECASE,
)  # fmt: skip
_AMOUNT = re.compile(
    r"(?:^|(?<=[\s:：]))([-+−]?\s?(?:[¥￥羊Y]|US\$|HK\$|[$£€])?\s?[-+−]?\d[\d,]*\.\d{2})\s*(?:元|CNY|USD|GBP|EUR)?$"
)
_REFUND = re.compile(r"^(?:.{0,16}[-—－–])?退款|已全额退款|退款(?:成功|金额|时间|单号|到账)|refund", re.IGNORECASE)
_IN = re.compile(
    r"已存入零钱|^[\s✓✔√]*(?:[你您我]已?(?:确认)?收[款钱]|收款成功)|收[款钱]到账|支付宝到账|^已?入账"
    r"|(?:^|转账|收款|红包|付款)\s*[-—－–]?\s*来自|you(?:'ve| have)? received|(?:payment|money) received|received from",
    re.IGNORECASE,
)
_OUT = re.compile(
    r"支付成功|付款成功|已支付|付款给|转账给|扣款|消费|you (?:paid|sent)|payment sent|paid to"
    r"|(?:对方|朋友)已(?:确认)?收",
    re.IGNORECASE,
)
_TAKEN = re.compile(r"[\s✓✔√]*(?P<who>.{1,20}?)\s*已(?:确认)?收[款钱]")
_NO_OTHER = re.compile(
    r"[你您我]|本[店月周]|店铺|商家|商户|卖家|买家|款|资金|订单|转账|红包|金额|[今昨]日|累计|全部|合计|[,，。:：]|\d$"
)
"""Ourselves, a part in the trade that may be ourselves, or no person at all."""
_TRANSFER = re.compile(r"转[账帐賬]")
_ACCOUNT = re.compile(
    r"(?:.{2,12}[\s(（]*)?尾号\s*[:：]?\s*\d{3,4}[)）]?|.{0,12}(?:储蓄卡|信用卡|借记卡)\s*[(（]?\d{4}[)）]?"
)
"""An account as its owner chooses it, by its last digits and without a name."""
_PREFIX = re.compile(
    r"^(?:扫二维码付款|二维码收款|二维码付款|转账|付款|收款|红包|退款|扫码付款|微信红包)?[-—－–]?(?:给|来自"
    r"|来 自|to |from )\s*",
    re.IGNORECASE,
)
_SIGN = re.compile(r"\s*[-+−]\s*")
_SIGNED = frozenset({"amounts.paid", "amounts.refunded"})
_NEEDED = frozenset({"transaction_id", "order_id"})
_TIMED = frozenset({"times.paid", "times.confirmed", "times.created", "times.refunded"})
_ROOM = 4.0  # heights of the amount: how far above it the party's name stands


def _sniff(page: Page) -> Score | None:
    """A time and a number or a status by their labels, an amount set large or labelled, and the words of a bill."""
    currency = currency_of(page.lines) or "CNY"
    pairs = pairs_of(page.lines, Context(), PAYMENT, currency=currency)
    fields = {pair.field for pair in pairs}
    large = _large(page.lines, pairs)
    numbers = sum(pair.field == "order_id" for pair in pairs)
    if not fields & _TIMED or not (large or "amounts.paid" in fields or "amounts.refunded" in fields) or numbers > 1:
        return None
    own = len(fields & (_NEEDED | {"payee", "payer", "party", "text", "status"})) + len(fields & _TIMED) // 2
    heads = len({match[0] for line in page.lines for match in _HEAD.finditer(line.text)})
    if not own or (not heads and own < 2) or articles_on(page.lines, currency):
        return None
    value = 0.4 + 0.08 * min(3, own) + 0.08 * min(3, heads) + 0.16 * (large is not None)
    return Score(value=round(min(0.97, value), 3), reason="screen-labels-known")


def _read(page: Page, context: Context) -> Found:
    currency = currency_of(page.lines) or "CNY"
    pairs = pairs_of(page.lines, context, PAYMENT, currency=currency)
    held = {id(part.line) for pair in pairs for part in (*pair.value.parts, pair.label)}
    free = [line for line in page.lines if id(line) not in held]
    large = _large(page.lines, pairs)
    head = [line.text for line in free] + [
        pair.value.text for pair in pairs if pair.field in ("status", "party", "text")
    ]
    refund = any(_REFUND.search(text.strip()) for text in head) and not _paid_too(pairs)
    draft = Draft(context, currency)
    draft.add(_unsigned(_renamed(pair, refund)) for pair in pairs)
    if large is not None:
        _add_amount(draft, large, refund)
    party = _other_side(pairs, context)
    _add_party(draft, free, [party] if party is not None else pairs, large)
    status = headline(page, free, pairs)
    if status is not None and "status" not in draft.values:
        draft.put("status", status.text, status)
    _settle_times(draft)
    roles: dict[int, LineRole] = dict.fromkeys(buttons_on(page, held), "button")
    sides = [party] if party is not None else pairs
    out = any(map(_OUT.search, head)) or _is_taken(head, pairs)
    direction = _direction(large or _labelled(pairs), sides, into=any(map(_IN.search, head)), out=out, refund=refund)
    record = draft.record(Refund if refund else Payment, direction=direction)
    return Found(records=(record,), roles=roles, notes=tuple(draft.notes))


def _large(lines: Sequence[Line], pairs: Sequence[Pair]) -> Part | None:
    """The amount that is set larger than everything beside it and belongs to no label; None where two are."""
    held = {id(part.line) for pair in pairs for part in pair.value.parts if pair.field}
    amounts = [
        (line, match)
        for line in lines
        if (match := _AMOUNT.search(line.text.strip())) is not None and id(line) not in held
    ]
    heights = sorted(line.box[3] - line.box[1] for line in lines)
    usual = heights[len(heights) // 2] if heights else 0.0
    large = [(line, match) for line, match in amounts if line.box[3] - line.box[1] > 1.35 * usual]
    if len({match[1] for _, match in large}) != 1:
        return None
    line, match = large[0]
    lead = len(line.text) - len(line.text.lstrip())
    return whole(line).cut(match.start(1) + lead, len(line.text.rstrip()))


def _renamed(pair: Pair, refund: bool) -> Pair:
    """On a refund's bill the amount and the time are the refund's."""
    moved = {"amounts.paid": "amounts.refunded", "times.paid": "times.refunded"} if refund else {}
    return pair._replace(field=moved.get(pair.field, pair.field))


def _labelled(pairs: Sequence[Pair]) -> Part | None:
    """The amount under its label, for the sign it may have."""
    return next((pair.value.parts[0] for pair in pairs if pair.field in _SIGNED), None)


def _unsigned(pair: Pair) -> Pair:
    """A pair without the sign that says which way an amount went."""
    sign = _SIGN.match(pair.value.text) if pair.field in _SIGNED and len(pair.value.parts) == 1 else None
    return pair._replace(value=said((pair.value.parts[0].cut(sign.end(), len(pair.value.text)),))) if sign else pair


def _other_side(pairs: Sequence[Pair], context: Context) -> Pair | None:
    """Of payer and payee the one that is not the applicant, where who is who is known."""
    named = {pair.field: pair for pair in pairs if pair.field in ("payee", "payer")}
    if len(named) < 2:
        return None
    sides = {field: side_of(pair.value.text, context) for field, pair in named.items()}
    others = [named[field] for field, side in sides.items() if side == "customer"]
    own = [field for field, side in sides.items() if side == "applicant"]
    others = others or [pair for field, pair in named.items() if own and field not in own]
    return others[0] if len(others) == 1 and len(own) < 2 else None


def _paid_too(pairs: Sequence[Pair]) -> bool:
    """Whether the bill is of a payment that was later refunded, in part or whole: its own time is that of paying."""
    return any(pair.field == "times.paid" and not pair.label.text.startswith("退") for pair in pairs)


def _add_amount(draft: Draft, large: Part, refund: bool) -> None:
    """The large amount, without the sign that says which way it went."""
    text = re.sub(r"^[-+−\s]+|(?<=[¥￥$£€])[-+−]", "", large.text)
    field = "amounts.refunded" if refund else "amounts.paid"
    if field not in draft.values:
        draft.put(field, amount_of(text, draft.currency), said((large,)))


def _add_party(draft: Draft, free: Sequence[Line], pairs: Sequence[Pair], large: Part | None) -> None:
    """Who stands on the other side: by a label, else the line right above the amount."""
    if "party" in draft.values:
        return
    sides = [pair for pair in pairs if pair.field in ("payee", "payer")]
    if len({pair.field for pair in sides}) == 1:
        name = sides[0].value
        draft.put("party", name.text, name)
        return
    above = _above(free, large) if large is not None and not sides else None
    if above is not None:
        draft.put("party", above.text, said((above,)))


def _above(free: Sequence[Line], large: Part) -> Part | None:
    """The name above the amount, without "扫二维码付款-给" before it; a heading of the app is no name."""
    top, height = large.line.box[1], large.height
    middle = (large.line.box[0] + large.line.box[2]) / 2
    near = [
        line
        for line in free
        if -0.2 * height <= top - line.box[3] <= _ROOM * height and line.box[0] - height < middle < line.box[2] + height
    ]
    line = max(near, key=lambda line: line.box[3], default=None)
    if (
        line is None
        or re.match(r"退款\s*[-—－–]\s*(?!给|来自)", line.text)
        or is_status(line.text)
        or _HEAD.search(line.text)
        or re.fullmatch(r"[\d:：%\s\W]+|.*(?:金额|amount)", line.text)
    ):
        return None
    prefix = _PREFIX.match(line.text)
    suffix = re.search(r"\s*[-—－–]\s*退款$", line.text)
    return whole(line).cut(prefix.end() if prefix else 0, suffix.start() if suffix else len(line.text))


def _direction(large: Part | None, pairs: Sequence[Pair], *, into: bool, out: bool, refund: bool) -> Direction | None:
    """By the sign, else by the one side that a label names, else by words that are said of one direction only."""
    sign = re.match(r"\s*([-+−])|\s*[¥￥$£€]\s*([-+−])", large.text) if large is not None else None
    if sign is not None:
        return "in" if "+" in sign[0] else "out"
    sides = {pair.field for pair in pairs if pair.field in ("payee", "payer")} - _own_sides(pairs)
    if sides:
        return None if len(sides) == 2 else "out" if "payee" in sides else "in"
    if refund or into == out:
        return None
    return "in" if into else "out"


def _own_sides(pairs: Sequence[Pair]) -> set[str]:
    """The side that is the page's owner: all that is said of it is one of their own accounts, by its last digits."""
    stated = {side: [pair.value.text.strip() for pair in pairs if pair.field == side] for side in ("payee", "payer")}
    return {side for side, texts in stated.items() if texts and all(map(_ACCOUNT.fullmatch, texts))}


def _is_taken(head: Sequence[str], pairs: Sequence[Pair]) -> bool:
    """Whether another took what we transferred: "一只柚子已收款" on the page of a transfer."""
    if not any(_TRANSFER.search(pair.label.text) for pair in pairs):
        return False
    taken = (_TAKEN.fullmatch(text) for text in head)
    return any(match is not None and _NO_OTHER.search(match["who"]) is None for match in taken)


def _settle_times(draft: Draft) -> None:
    """A receipt that states only when the money came in states when it was paid."""
    if "times.confirmed" in draft.values and not {"times.paid", "times.created"} & set(draft.values):
        draft.rename("times.confirmed", "times.paid")


LAYOUT = Layout("payment", 1, "C", *levelled(_sniff, _read))
