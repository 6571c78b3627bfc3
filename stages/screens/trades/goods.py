"""The articles of an order on a screen: a title with its variant, and beside them a price and how many."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.model import Line, OrderItem, Spot
from stages.screens.page import Box
from stages.screens.trades.rows import overlap
from stages.screens.trades.values import Part, Said, amount_of, said, spot_of, trimmed, whole

__all__ = ["Article", "articles_on"]

_COUNT = re.compile(
    r"(?:(?:^|(?<=[\s)）]))[x×X✕]|(?<=[\u3400-\u9fff])×)\s?(\d{1,4})(?:件)?\s*$|(?:数量|购买数量|qty"
    r"|quantity)\s*[:：.]?\s*(\d{1,4})(?:件)?\s*$",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"(?:(?<=\s)|^|(?<=[^\d\s.,¥￥$-]))(?:US\$|HK\$|NT\$|[¥￥$£€])\s?\d[\d,]*(?:\.\d{1,2})?$"
    r"|^[Y羊]\s?\d[\d,]*\.\d{2}$"
)
_SKU = re.compile(r"(?:sku|货号|商家编码|款号|item no\.?|asin)\s*[:：]?\s*(?=[A-Za-z0-9])", re.IGNORECASE)
_SELLER = re.compile(r"sold by|seller|卖家|店铺", re.IGNORECASE)
_OTHER = re.compile(
    r"(?:七天|7天|15天|运费险|退货|极速|正品|假一|包邮|赠|平台|先行|坏单|晚发|店铺|旗舰店|sold by|return"
    r"|ships? |free )",
    re.IGNORECASE,
)
_TIGHT = 1.0  # line heights: the gap between the lines of one article


class Article(NamedTuple):
    """An article, the spots of its fields (named inside the item), and the lines it takes."""

    item: OrderItem
    spots: tuple[Spot, ...]
    lines: tuple[Line, ...]


class _Piece(NamedTuple):
    part: Part
    kind: str

    @property
    def box(self) -> Box:
        return self.part.extent


def articles_on(lines: Sequence[Line], currency: str | None) -> tuple[Article, ...]:
    """The articles among lines that belong to no label, top to bottom. Each is found by the count beside it."""
    pieces = [piece for line in lines for piece in _pieces(line)]
    counts = sorted((piece for piece in pieces if piece.kind == "count"), key=lambda piece: piece.box[1])
    taken: set[int] = set()
    found = []
    for count in counts:
        article = _article(count, [piece for piece in pieces if id(piece.part.line) not in taken], currency)
        if article is not None:
            taken.update(id(line) for line in article.lines)
            found.append(article)
    return tuple(found)


def _pieces(line: Line) -> list[_Piece]:
    """A line taken apart: its words, and the price and the count at its end."""
    part = whole(line)
    found: list[_Piece] = []
    count = _COUNT.search(part.text)
    if count is not None:
        digits = 1 if count[1] else 2
        found.append(_Piece(part.cut(*count.span(digits)), "count"))
        part = _stripped(part.cut(0, count.start()))
    price = _PRICE.search(part.text)
    if price is not None:
        found.append(_Piece(part.cut(*price.span()), "price"))
        part = _stripped(part.cut(0, price.start()))
    return [*found, _Piece(part, "words")] if part.text else found


def _stripped(part: Part) -> Part:
    text = part.text
    start = len(text) - len(text.lstrip())
    return part.cut(start, max(start, len(text.rstrip())))


def _article(count: _Piece, pieces: Sequence[_Piece], currency: str | None) -> Article | None:
    words = _words(count, pieces)
    if not words:
        return None
    top = words[0].box[1] - 0.5 * words[0].part.height
    bottom = max(words[-1].box[3], count.box[3]) + 0.8 * count.part.height
    price = _price(pieces, words, (top, bottom), count)
    title, spec, sku = _split(words)
    values = {"title": title, "spec": spec, "sku": sku, "quantity": said((count.part,)), "unit_price": price}
    held = {name: value for name, value in values.items() if value is not None}
    money = amount_of(price.text, currency) if price is not None else None
    if money is None:
        held.pop("unit_price", None)
    texts = {name: value.text for name, value in held.items() if name != "unit_price"}
    return Article(
        OrderItem(**texts, unit_price=money),
        tuple(spot_of(name, value) for name, value in held.items()),
        tuple({id(part.line): part.line for value in held.values() for part in value.parts}.values()),
    )


def _words(count: _Piece, pieces: Sequence[_Piece]) -> list[_Piece]:
    """The lines of words level with a count and above it, set one under the other, top to bottom."""
    height = count.part.height
    words = [piece for piece in pieces if piece.kind == "words" and piece.box[0] < count.box[0]]
    words = [piece for piece in words if 0.5 * height < piece.part.height < 2 * height]
    level = [piece for piece in words if piece.part.line is count.part.line]
    level = level or [piece for piece in words if overlap(piece.box, count.box) > 0.4]
    if _leads(count, pieces):
        level, last = [], _next(_Piece(whole(count.part.line), "words"), words, up=True)
    elif count.part.line.box[0] == count.box[0] or _COUNT.match(count.part.line.text.strip()):
        own = _Piece(whole(count.part.line), "price")
        last = (
            own
            if not level and _next(own, [*words, *(piece for piece in pieces if piece.kind == "price")], up=True)
            else None
        )
        last = last or _last(count, words, level)
    else:
        last = _last(count, words, level)
    if last is None:
        return []
    held = [last]
    column = [piece for piece in pieces if piece.kind == "price" and piece.part.span.start == 0] + words
    while (above := _next(held[-1], column, up=True)) is not None:
        held.append(above)
    held.reverse()
    others = [piece for piece in pieces if piece.kind != "words" and piece is not count]
    while level and (below := _next(held[-1], words, up=False)) is not None:
        if any(overlap(piece.box, below.box) > 0.4 for piece in others):
            break
        held.append(below)
    return [piece for piece in held if piece.kind == "words" and not _SELLER.match(piece.part.text)]


def _last(count: _Piece, words: Sequence[_Piece], level: Sequence[_Piece]) -> _Piece | None:
    """The words level with a count, the nearest on its left; else the lowest ones above it."""
    height = count.part.height
    near = level or [piece for piece in words if -0.3 * height <= count.box[1] - piece.box[3] <= 2.2 * height]
    return max(near, key=lambda piece: (piece.box[3] if not level else 0, piece.box[0]), default=None)


def _leads(count: _Piece, pieces: Sequence[_Piece]) -> bool:
    """Whether a price and a count fill a line of their own, "$12.80 x 1", under the title."""
    own = [piece for piece in pieces if piece.part.line is count.part.line]
    return {piece.kind for piece in own} == {"count", "price"} and all(
        piece.part.span.start <= count.part.span.start for piece in own
    )


def _next(piece: _Piece, words: Sequence[_Piece], *, up: bool) -> _Piece | None:
    """The line of words next above or below, at the same left edge."""
    height = piece.part.height
    found = []
    for other in words:
        gap = piece.box[1] - other.box[3] if up else other.box[1] - piece.box[3]
        aligned = abs(other.box[0] - piece.box[0]) <= 0.7 * height
        if other is not piece and aligned and -0.4 * height <= gap <= _TIGHT * height:
            found.append(other)
    return min(found, key=lambda other: abs(other.box[1] - piece.box[1]), default=None)


def _price(pieces: Sequence[_Piece], words: Sequence[_Piece], span: tuple[float, float], count: _Piece) -> Said | None:
    """The price of one article: printed with its count, else the one beside its title; none where two differ."""
    prices = [piece for piece in pieces if piece.kind == "price"]
    same = [
        piece for piece in prices if piece.part.line is count.part.line and piece.part.span.end <= count.part.span.start
    ]
    if same:
        return said((same[0].part,))
    inside = [piece for piece in prices if span[0] <= (piece.box[1] + piece.box[3]) / 2 <= span[1]]
    inside = [piece for piece in inside if piece.box[0] >= words[0].box[0] - words[0].part.height]
    beside = [piece for piece in inside if overlap(piece.box, words[0].box) > 0.4] or inside
    if len({piece.part.text for piece in beside}) != 1:
        return None
    return said((beside[0].part,))


def _split(words: Sequence[_Piece]) -> tuple[Said | None, Said | None, Said | None]:
    """Title, variant and the seller's number: the title is all lines that look like the first."""
    sku = next((piece for piece in words if _SKU.match(piece.part.text)), None)
    rest = [piece for piece in words if piece is not sku]
    title = [piece for at, piece in enumerate(rest) if all(_alike(rest[0], other) for other in rest[: at + 1])]
    if len(title) == len(rest) > 1 and rest[0].part.line.look is None:
        title = rest[:-1]
    spec = [piece for piece in rest[len(title) :] if not _OTHER.match(piece.part.text)][:1]
    match = _SKU.match(sku.part.text) if sku is not None else None
    number = sku.part.cut(match.end(), len(sku.part.text)) if sku is not None and match is not None else None
    return (
        said(piece.part for piece in title) if title else None,
        said((_unfolded(spec[0].part),)) if spec else None,
        said((number,)) if number is not None else None,
    )


def _unfolded(part: Part) -> Part:
    """A variant without the arrow that unfolds it."""
    return trimmed(part)


def _alike(one: _Piece, other: _Piece) -> bool:
    """Whether two lines are set alike: in the same size, and the same ink where it is known."""
    smaller = min(one.part.height, other.part.height) / max(one.part.height, other.part.height)
    looks = (one.part.line.look, other.part.line.look)
    same_ink = looks[0] is None or looks[1] is None or _near(looks[0].ink, looks[1].ink)
    return same_ink and smaller > 0.78


def _near(one: str, other: str) -> bool:
    pairs = ((int(one[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5))
    return max(abs(a - b) for a, b in pairs) < 48
