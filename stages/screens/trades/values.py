"""What stands in a part of a line: an identifier, an amount, a time. A closed grammar: digits are never repaired."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.locate import Locator
from pipeline.model import Certainty, Line, Money, Spot
from pipeline.moment import Moment
from stages.lang import money
from stages.lang.boxes import span_box
from stages.lang.match import Span
from stages.screens.dates import dates_in, read_date
from stages.screens.page import Box, Context, around, spot

__all__ = ["UNCLEAR", "Part", "Said", "amount_of", "currency_of", "number_of", "said", "spot_of", "time_of", "times_in",
           "trimmed", "whole"]  # fmt: skip


UNCLEAR = "XXX"
"""No currency (ISO 4217): the page prints a "$" that may be a dollar of Taiwan, Hong Kong or America."""


class Part(NamedTuple):
    """A passage of a line."""

    line: Line
    span: Span

    @property
    def text(self) -> str:
        """Its wording."""
        return self.line.text[self.span.start : self.span.end]

    @property
    def box(self) -> Box:
        """Where it stands."""
        return span_box(self.line, self.span)

    @property
    def extent(self) -> Box:
        """Where it stands by its share of the line: an estimate, for what lies left of what."""
        left, top, right, bottom = self.line.box
        total = max(1, len(self.line.text))
        step = (right - left) / total
        return (left + step * self.span.start, top, left + step * self.span.end, bottom)

    @property
    def height(self) -> float:
        """Of its line."""
        return self.line.box[3] - self.line.box[1]

    def cut(self, start: int, end: int) -> Part:
        """A passage of it, counted from its own start."""
        return Part(self.line, Span(self.span.start + start, self.span.start + end))


class Said(NamedTuple):
    """A wording that runs over parts of one or more lines, in reading order."""

    text: str
    parts: tuple[Part, ...]


_CERTAINTY: tuple[Certainty, ...] = ("disputed", "single", "agreed", "exact", "corrected")
_BUTTON = re.compile(
    r"(?:[\s|丨·,，]*(?:[(（\[]?(?:复制|複製|拷贝|查看|修改|展开|收起|详情|更多|催发货|联系商家|联系卖家|开发票"
    r"|申请开票)(?:单号|物流|详情|订单|地址)?"
    r"[)）\]]?|(?<![A-Za-z])(?i:copy|view|edit)|(?<=\d)Copy|[>›»〉❯⧉❐□口回]+|(?<=\D)[@©]))+\s*$"
)
_NUMBER = re.compile(r"#?[A-Za-z0-9](?:[A-Za-z0-9*_\-]|\s(?=[\d*]))*[A-Za-z0-9*]")
_YUAN = re.compile(r"([-+]?)\s*[Y羊¥]\s*([-+]?)\s*(?=\d[\d,]*\.\d{2}$)")
_LOWERED = re.compile(r"^(?:已?(?:共?减|省|优惠|抵扣?)了?|save)\s*")
_TAIL = re.compile(r"\s*\((?!已)[^()]{1,12}\)$")
_BARE = re.compile(r"(?<![A-Za-z])\$")
_FOREIGN = re.compile(r"[訂單編號時間實際總價額運費優惠應計貨發簽達確關閉帳電話]")
_FREE = re.compile(
    r"(?:免运费|包邮|免邮费?|免费|卖家包邮|商家包邮|运费已?免|free(?: (?:shipping|delivery))?)", re.IGNORECASE
)
_SIGNS = ((re.compile(r"US\$|\$(?!\d*\$)"), "USD"), (re.compile(r"£"), "GBP"), (re.compile(r"€"), "EUR"))
_CHINESE = re.compile(r"[\u3400-\u9fff]")


def whole(line: Line) -> Part:
    """A line as one part."""
    return Part(line, Span(0, len(line.text)))


def said(parts: Iterable[Part], *, glue: str | None = None) -> Said:
    """Parts as one wording: joined by `glue`, or by a blank where Latin words meet."""
    held = tuple(parts)
    text = held[0].text if held else ""
    for before, part in itertools.pairwise(held):
        between = glue if glue is not None else (" " if _needs_blank(before, part) else "")
        text += between + part.text
    return Said(text, held)


def _needs_blank(before: Part, after: Part) -> bool:
    if before.line is not after.line and _touch(before, after):
        return False
    return before.text[-1:].isascii() and after.text[:1].isascii()


def _touch(before: Part, after: Part) -> bool:
    """Whether two parts stand side by side with no gap, as a price whose fen are set smaller."""
    level = abs(before.box[3] - after.box[3]) < 0.5 * before.height
    return level and -0.3 * before.height < after.box[0] - before.box[2] < 0.25 * before.height


def spot_of(name: str, value: Said) -> Spot:
    """The field `name` as it stands in the parts of a value: as sure as the least sure of them."""
    spots = [spot(name, part.line, part.span) for part in value.parts]
    if len(spots) == 1:
        return spots[0]
    others = [found.other if found.other is not None else found.text for found in spots]
    return Spot(
        field=name,
        text=value.text,
        where=Locator(page=value.parts[0].line.page, box=around(part.box for part in value.parts)),
        confidence=min(found.confidence for found in spots),
        certainty=min((found.certainty for found in spots), key=_CERTAINTY.index),
        other=" ".join(others) if any(found.other is not None for found in spots) else None,
    )


def trimmed(part: Part) -> Part:
    """A part without the blanks around it and without the button that is glued to its end."""
    text = part.text
    tail = _BUTTON.search(text)
    end = tail.start() if tail else len(text)
    start = len(text) - len(text.lstrip())
    end = len(text[:end].rstrip())
    return part.cut(start, max(start, end))


def number_of(text: str) -> str | None:
    """An identifier as printed, without the blanks in it; None for what is none."""
    folded = unicodedata.normalize("NFKC", text).strip().replace("—", "-")
    if not _NUMBER.fullmatch(folded) or not any(char.isdigit() for char in folded):
        return None
    number = "".join(folded.split())
    return number if len(number) > 2 else None


def amount_of(text: str, currency: str | None) -> Money | None:
    """An amount as screens print it.

    `currency` is the page's, for amounts that print none, and `UNCLEAR` where a "$" is some dollar.

    Of what engines make of ¥ only what no amount can begin with is taken for it: Y and 羊 before two decimals.
    """
    folded = unicodedata.normalize("NFKC", text).replace("−", "-").strip()
    folded = _TAIL.sub("", folded)
    if currency == UNCLEAR and (_BARE.search(folded) or not re.search(r"[^\d.,\s+-]", folded)):
        return None
    if _FREE.fullmatch(folded):
        return Money(value="0.00", currency=currency) if currency not in (None, UNCLEAR) else None
    folded = _YUAN.sub(r"\1¥\2", _LOWERED.sub("", folded))
    if currency is None and not re.search(r"[^\d.,\s+-]", folded):
        return None
    found = money.amount(folded, currency=currency or "")
    return found.money if found and found.refunded is None and found.money.currency else None


def currency_of(lines: Sequence[Line]) -> str | None:
    """The one currency whose sign a page shows; yuan on a Chinese page without any; None where it cannot be told."""
    text = "\n".join(line.text for line in lines)
    if _BARE.search(text) and len(_FOREIGN.findall(text)) > 2:
        return UNCLEAR
    seen = {code for sign, code in _SIGNS if sign.search(text)}
    if re.search(r"[¥￥]|\d元", text) or (not seen and len(_CHINESE.findall(text)) > len(text) / 10):
        seen.add("CNY")
    return seen.pop() if len(seen) == 1 else None


def time_of(text: str, context: Context) -> Moment | None:
    """A time as printed: the whole wording, or None."""
    return read_date(text.strip(), context)


def times_in(part: Part, context: Context) -> tuple[tuple[Moment, Part], ...]:
    """The times inside a part, left to right, each with the passage it takes."""
    found = ((time_of(part.text[start:end], context), part.cut(start, end)) for start, end in dates_in(part.text))
    return tuple((moment, passage) for moment, passage in found if moment is not None)
