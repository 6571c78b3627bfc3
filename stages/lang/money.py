"""Amounts as tables and bills print them, to exact decimals. What is not an amount in every character is none."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Literal, NamedTuple

from pipeline.model import Money
from stages.lang.text import plain

__all__ = ["Amount", "Unit", "amount", "as_text", "refunded"]

Unit = Literal["yuan", "fen"]

_CODES = {
    "¥": "CNY",
    "元": "CNY",
    "CNY": "CNY",
    "RMB": "CNY",
    "人民币": "CNY",
    "$": "USD",
    "US$": "USD",
    "USD": "USD",
    "HK$": "HKD",
    "HKD": "HKD",
    "€": "EUR",
    "EUR": "EUR",
    "£": "GBP",
    "GBP": "GBP",
    "NT$": "TWD",
    "TWD": "TWD",
}
_CODE = "|".join(re.escape(code) for code in sorted(_CODES, key=len, reverse=True))
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[-+])?\s*(?P<before>{_CODE})?\s*(?P<inner>[-+])?\s*(?P<number>{_NUMBER})"
    rf"\s*(?P<after>{_CODE})?\s*(?P<close>\))?",
    re.ASCII,
)
_REFUND = re.compile(r"\((?:已全额退款|已退款\s*(?P<refund>.+?))\)$")
_REFUNDED = re.compile(r"已(?:部分)?退款\s*\(?\s*(?P<refund>¥[^()]+?)\s*\)?")
_MINUS = str.maketrans({"−": "-", "–": "-", "￥": "¥"})


class Amount(NamedTuple):
    """What a cell states: the amount, and what its remark says was refunded of it."""

    money: Money
    refunded: Money | None = None


def amount(said: str, *, unit: Unit = "yuan", currency: str = "CNY", negate: bool = False) -> Amount | None:
    """The amount of a cell, None if it is not one. A currency that the cell states wins over `currency`.

    `unit` fen takes a plain number as hundredths. "131.77(已退款89.84)" states two amounts.
    """
    text = unicodedata.normalize("NFKC", plain(said)).translate(_MINUS).strip()
    remark = _REFUND.search(text)
    money = _money(text[: remark.start()] if remark else text, unit, currency, negate)
    if money is None or remark is None:
        return Amount(money) if money else None
    refunded = money if remark["refund"] is None else _money(remark["refund"], unit, currency, negate)
    return Amount(money, refunded) if refunded else None


def refunded(status: str, currency: str = "CNY") -> Money | None:
    """The amount that the status of a payment says was refunded: 已退款(￥12.00) or 已退款¥10.00."""
    match = _REFUNDED.fullmatch(unicodedata.normalize("NFKC", plain(status)).translate(_MINUS).strip())
    return _money(match["refund"], "yuan", currency, negate=False) if match else None


def _money(text: str, unit: Unit, currency: str, negate: bool) -> Money | None:
    match = _AMOUNT.fullmatch(text.strip())
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    signs = [part for part in (match["sign"], match["inner"], "-" if match["open"] else None) if part]
    codes = {_CODES[code] for code in (match["before"], match["after"]) if code}
    if len(signs) > 1 or len(codes) > 1:
        return None
    value = Decimal(match["number"].replace(",", ""))
    if ("-" in signs) != negate:
        value = -value
    if unit == "fen":
        if codes:
            return None
        value = value.scaleb(-2)
    return Money(value=as_text(value), currency=codes.pop() if codes else currency)


def as_text(value: Decimal) -> str:
    """A decimal with at least two places and no exponent; zero has no sign."""
    sign, digits, exponent = value.as_tuple()
    if not any(digits):
        sign = 0
    places = max(2, -int(exponent))
    whole = "".join(map(str, digits)) + "0" * (places + int(exponent))
    whole = whole.rjust(places + 1, "0")
    number = f"{whole[:-places].lstrip('0') or '0'}.{whole[-places:]}"
    return f"-{number}" if sign else number
