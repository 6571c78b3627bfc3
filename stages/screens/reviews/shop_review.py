"""Reviews of goods, one under the other: a name with a date beside or under it, stars, the article, the text, answers.

The pages of buyers, and those on which a merchant manages reviews on a phone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.contract import Score
from pipeline.model import Line, LineRole, Record
from stages.lang.match import Span
from stages.lang.screen_times import find_times
from stages.screens.order import rows_of
from stages.screens.page import Box, Context, Found, Layout, Page
from stages.screens.reviews.comments import answered
from stages.screens.reviews.parts import (
    Draft,
    Piece,
    beside,
    count_in,
    draft_review,
    high,
    is_stars,
    meta_time,
    rating_in,
    simple,
    starless,
    verdict_after,
    whole,
)
from stages.screens.status import is_button
from stages.screens.trades.labels import field_of

__all__ = ["LAYOUT", "cards"]

_TITLE = re.compile(
    r"(?:全部|商品|宝贝|买家|用户|店铺|我的|商家)?(?:评价|评论)(?:管理|详情|列表|中心)?(?:\s?[(（]?\d[\d,.万+]*[)）]?)?"
    r"|(?:customer |product |ratings? (?:&|and) |all )?reviews?(?: management)?(?: \(?\d[\d,.]*k?\)?)?",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"(?:已购(?:买)?|购买(?:规格|款式|类型)?|规格|款式|颜色(?:分类)?|尺码|型号|套餐|商品|订单(?:编)?号|bought|purchased|variant|size|colou?r|style"
    r"|item|order(?: (?:no\.?|number|id))?)\s*[:：#].*|(?:verified purchase|已购买此商品)",
    re.IGNORECASE,
)
_BOUGHT = re.compile(r"已购|购买规格|(?<!\S)规格[:：]|purchased:|verified purchase", re.IGNORECASE)
_AGAIN = re.compile(
    r"(?:(?:用户|买家|购买|收货)?(?:后)?\s?\d+\s?(?:天|个?月|小时)后?|当[天日])?\s?(?:的)?(?:追评|追加(?:评价|评论)?)[:：]?"
    r"|(?:updated|follow-up) review.{0,24}",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"(?:(?:商家|店家|卖家|店铺|掌柜|官方|客服|店主)的?(?:回[复覆]|解释|回应)"
    r"|(?:seller|shop|store|merchant|owner)(?:'s)? (?:response|reply|replied)"
    r"|response from (?:the )?(?:seller|owner|shop|store))(?:\s*[:：]\s*|\s+|$)",
    re.IGNORECASE,
)
_CHIP = re.compile(
    r"(?:全部|好评|中评|差评|有图|图文|视频|追评|最新|推荐|晒图|.{2,8}(?:差|慢|好|快|大|小|符|准))\s?[(（]?\d*[)）]?"
)
_BESIDE = 0.45  # of the width: a date beside a name begins behind it
_UNDER = 1.7  # heights of a line: how far under its name a date may stand
_FACE = 5.0  # heights of a line: how far a face beside it sets a name in
_EDGE = 1.3  # heights of a line: what begins with the text
_PARAGRAPH = 2.0  # heights of a line: what lies further under a text stands in a picture
_HEAD = 3.2  # heights of a line: how far under the name a rating stands
_LIKES = 0.6  # of the width: where counts of likes begin
_LEVEL = 0.5  # heights of a line: what stands on one row
_FAINTER, _AS_FAINT = 0.7, 1.25  # of the contrast of a text, and of a date's: how faint the article's ink is
_STANDING = re.compile(
    r"(?:local guide|level \d+.*|\d[\d,.]*k? (?:reviews?|photos?|ratings?)).*|\d+\s?条(?:评价|评论).*", re.IGNORECASE
)
"""What some pages print of a reviewer between the name and the date."""


class _Head(NamedTuple):
    """Where a review begins: its author and its time."""

    author: int
    time: Piece
    at: int

    def top(self, page: Page) -> float:
        """Of the higher one of the two."""
        return min(page.lines[self.author].box[1], page.lines[self.at].box[1])


def cards(page: Page) -> list[_Head]:
    """The heads of the reviews on a page, top to bottom."""
    replied = answered(page)
    texts = [at for at, line in enumerate(page.lines) if line.role == "text" and at not in replied]
    times = {at: time for at in texts if (time := meta_time(page.lines[at]) or _behind_label(page, at)) is not None}
    rows = [at for at in texts if at not in times and not is_stars(page.lines[at])] if times else []
    names = [at for at in rows if _is_name(page.lines[at].text)]
    authors = {at: _author(page, at, names) for at in times}
    return [_Head(author, times[at], at) for at, author in authors.items() if author is not None]


def _behind_label(page: Page, at: int) -> Piece | None:
    """A date with the article after it, as some shops print it: "2026-02-17 已购：M码"."""
    line = page.lines[at]
    spans = find_times(line.text)
    if spans and spans[0].start == 0 and _ARTICLE.match(simple(line.text)[spans[0].end :].strip(" |·")):
        return Piece(line, spans[0])
    return None


def _author(page: Page, at: int, names: Sequence[int]) -> int | None:
    """The name to a date: left of it on about its height, or right over it at the same edge; no label."""
    box = _over_rating(page, page.lines[at].box)
    size = high(page.lines[at].box)
    best: tuple[float, int] | None = None
    for other in names:
        off = _off(page, page.lines[other].box, box, size)
        if off is not None and (best is None or off < best[0]):
            best = (off, other)
    return best[1] if best else None


def _over_rating(page: Page, box: Box) -> Box:
    """The box of a date reached up over the stars that stand between it and the name."""
    box = _with_rating(page, box)
    for line in reversed(page.lines):
        between = rating_in(line.text) is not None or is_stars(line) or _STANDING.fullmatch(line.text.strip())
        if between and 0 <= box[1] - line.box[3] + 0.3 * high(box) <= _UNDER * high(box):
            return (min(box[0], line.box[0]), line.box[1], box[2], box[3])
    return box


def _with_rating(page: Page, box: Box) -> Box:
    """The box of a date reached left over the rating that its row begins with."""
    level = [line for line in page.lines if abs(_middle(line.box) - _middle(box)) <= _LEVEL * high(box)]
    first = min(level, key=lambda line: line.box[0])
    if rating_in(first.text) is None and not is_stars(first):
        return box
    return (first.box[0], min(box[1], first.box[1]), box[2], box[3])


def _off(page: Page, name: Box, box: Box, size: float) -> float | None:
    """How far a name is from a date that it can belong to; None where it cannot."""
    if name[2] <= box[0] and box[0] - page.box[0] >= _BESIDE * page.width:
        off = abs(_middle(name) - _middle(box))
        if off <= 1.1 * max(size, high(name)):
            return off + (0.0 if name[1] <= box[1] + 0.3 * size else size)
    over = box[1] - name[3]
    set_in = -_EDGE * size <= name[0] - box[0] <= _FACE * size
    return over if set_in and -0.3 * size <= over <= _UNDER * max(size, high(name)) else None


def _is_name(text: str) -> bool:
    wording = simple(text.strip())
    marks = (_ARTICLE, _AGAIN, _TITLE, _STANDING)
    if (
        _ANSWER.match(wording)
        or not 1 < len(wording) <= 24
        or wording.isdigit()
        or rating_in(wording)
        or is_button(wording)
    ):
        return False
    return field_of(wording) is None and not find_times(wording) and not any(mark.fullmatch(wording) for mark in marks)


class _Block(NamedTuple):
    """The lines of one review by index, under its head; `merged` is a rating in the line of the name."""

    head: _Head
    lines: tuple[int, ...]
    author: Piece
    merged: Piece | None = None


def _blocks(page: Page) -> list[_Block]:
    heads = sorted(cards(page), key=lambda head: head.top(page))
    tops = [head.top(page) - 0.3 * high(page.lines[head.author].box) for head in heads]
    split = _verdicts(page, heads)
    blocks = []
    for head, top, end in zip(heads, tops, (*tops, float("inf"))[1:], strict=True):
        held = tuple(
            at for at, line in enumerate(page.lines)
            if top <= _middle(line.box) < end and line.role != "status" and at not in (head.author, head.at)
        )  # fmt: skip
        blocks.append(_Block(head, held, *split.get(head.author, (starless(page.lines[head.author]), None))))
    return blocks


def _verdicts(page: Page, heads: Sequence[_Head]) -> dict[int, tuple[Piece, Piece]]:
    """Names with a rating behind them in one line: apart by a blank, or alike on two heads, as a name may end so."""
    lines = {head.author: page.lines[head.author] for head in heads}
    found = {at: verdict for at, line in lines.items() if (verdict := verdict_after(line.text)) is not None}
    sure = len(found) > 1
    return {
        at: (Piece(lines[at], verdict.name), Piece(lines[at], verdict.rating))
        for at, verdict in found.items()
        if sure or verdict.apart
    }


def _records(page: Page, block: _Block, context: Context) -> list[Record]:
    """The review, what its author added later, and the merchant's answer."""
    head = block.head
    parts = _parted(page, block)
    author = block.author
    first = Draft(
        author=(author,),
        rating=_rating(page, block),
        time=head.time,
        body=tuple(parts["text"]),
        likes=_likes(page, block),
        others=(page.lines[head.author],),
    )
    drafts = [first] if first.body or first.rating else []
    if parts["again"]:
        drafts.append(Draft(author=(author,), body=tuple(parts["again"])))
    if parts["answer"]:
        drafts.append(_answer(parts["answer"], author.text))
    return [draft_review(draft, context) for draft in drafts]


def _answer(pieces: Sequence[Piece], asked: str) -> Draft:
    """The merchant's answer: a time right behind the words that open it is when it was given."""
    first = pieces[0]
    times = find_times(first.text)
    if len(pieces) > 1 and times and (times[0].start, times[0].end) == (0, len(first.text)):
        return Draft(time=first, body=tuple(pieces[1:]), reply_to=asked, side="self")
    return Draft(body=tuple(pieces), reply_to=asked, side="self")


def _parted(page: Page, block: _Block) -> dict[str, list[Piece]]:
    """The lines of text: the review's own, those after 追评, those after 商家回复."""
    parts: dict[str, list[Piece]] = {"text": [], "again": [], "answer": []}
    part, edge = "text", None
    for at in block.lines:
        line = page.lines[at]
        text = simple(line.text.strip())
        if line.role == "button" or _is_in_head(page, block.head, at) or _is_furniture(page, block, at):
            continue
        if _AGAIN.fullmatch(text):
            part, edge = "again", None
            continue
        opening = _opening(page, at)
        if opening:
            part, edge = "answer", line.box[0]
            parts[part] += opening.rest
            continue
        edge = line.box[0] if edge is None else edge
        held = parts[part]
        gap = line.box[1] - held[-1].line.box[3] if held else 0.0
        if abs(line.box[0] - edge) <= _EDGE * high(line.box) and gap <= _PARAGRAPH * high(line.box):
            held += [whole(page.lines[piece]) for piece in (at, *beside(page, at)) if piece in block.lines]
    return parts | {"text": _without_article(parts["text"], page.lines[block.head.at])}


def _is_in_head(page: Page, head: _Head, at: int) -> bool:
    """Whether a line stands over the text: on the row of the name, or on that of the date under it."""
    name, date, box = page.lines[head.author].box, page.lines[head.at].box, page.lines[at].box
    under = date[1] >= name[3] - 0.3 * high(date)
    row = date if under else name
    return _middle(box) <= _middle(row) + _LEVEL * high(row)


def _without_article(held: list[Piece], date: Line) -> list[Piece]:
    """The text without the article over it, which no label names: one row in the faint ink of the date."""
    if not held:
        return held
    row = _middle(held[0].line.box) + _LEVEL * high(held[0].line.box)
    text = [piece for piece in held if _middle(piece.line.box) > row]
    over = [_contrast(piece.line) for piece in held if piece not in text]
    under = [_contrast(piece.line) for piece in text]
    faint = under and 0 < max(over) <= min(_FAINTER * min(under), _AS_FAINT * _contrast(date))
    return text if faint else held


def _contrast(line: Line) -> float:
    """How far the ink is from the ground, 0 to 765; 0 where no look is known."""
    if line.look is None:
        return 0.0
    inks = zip(bytes.fromhex(line.look.ink[1:]), bytes.fromhex(line.look.ground[1:]), strict=True)
    return float(sum(abs(ink - ground) for ink, ground in inks))


class _Opening(NamedTuple):
    """商家回复 at the begin of a row, and what stands behind it there."""

    rest: tuple[Piece, ...]


def _opening(page: Page, at: int) -> _Opening | None:
    """Whether a merchant's answer begins with a line: an engine may part the row within the words that say so."""
    row = [page.lines[at], *(page.lines[piece] for piece in beside(page, at))]
    pieces = [whole(line) for line in row]
    said = simple("".join(piece.text for piece in pieces))
    match = _ANSWER.match(said)
    if match is None:
        return None
    rest, end = [], 0
    for piece in pieces:
        begin, end = end, end + len(piece.text)
        start = piece.span.start + max(0, match.end() - begin)
        if start < piece.span.end:
            rest.append(Piece(piece.line, Span(start, piece.span.end)))
    return _Opening(tuple(rest))


def _is_furniture(page: Page, block: _Block, at: int) -> bool:
    """Whether a line of a review is no text of it: its rating, the article, its counts."""
    line = page.lines[at]
    text = simple(line.text.strip())
    rating = _rating(page, block)
    if rating is not None and rating.line is line:
        return True
    if count_in(line) and line.box[0] - page.box[0] >= _LIKES * page.width:
        return True
    return _ARTICLE.fullmatch(text) is not None or is_stars(line) or (is_button(text) and len(text) <= 4)


def _rating(page: Page, block: _Block) -> Piece | None:
    """The rating printed in the head of a review: near its name, before its text."""
    if block.merged is not None:
        return block.merged
    name, date = page.lines[block.head.author].box, page.lines[block.head.at].box
    for at in block.lines:
        line = page.lines[at]
        span = rating_in(line.text)
        if line.box[1] - name[3] > _HEAD * high(name):
            return None
        over = line.box[3] <= date[1] + 0.3 * high(line.box)
        level = abs(_middle(line.box) - _middle(date)) <= _LEVEL * high(date)
        if span is not None and (over or level or line.box[0] >= name[0] - 0.5 * high(name)):
            return Piece(line, span)
        if not over and line.box[1] >= name[3] and not is_stars(line) and line.box[0] <= name[0] + high(name):
            return None
    return None


def _likes(page: Page, block: _Block) -> Piece | None:
    """The count at the right end under a review."""
    right = [page.lines[at] for at in block.lines if page.lines[at].box[0] - page.box[0] >= _LIKES * page.width]
    counts = [count for line in right if (count := count_in(line)) is not None]
    return counts[-1] if len(counts) == 1 else None


def _sniff(page: Page) -> Score | None:
    """By heads of reviews, and at least one thing that only pages of reviews show."""
    blocks = _blocks(page)
    if not blocks:
        return None
    texts = [simple(line.text.strip()) for line in page.lines if line.role != "status"]
    titled = any(_TITLE.fullmatch(text) for text in texts)
    rated = sum(_rating(page, block) is not None for block in blocks)
    answered = any(_ANSWER.match(text) or _AGAIN.fullmatch(text) for text in texts)
    bought = sum(_BOUGHT.search(text) is not None for text in texts)
    signs = titled + (rated > 0) + answered + (bought > 0)
    if signs < 2 and not (rated >= 2 or bought >= 2):
        return None
    return Score(value=0.9 if signs >= 2 else 0.8, reason="screen-shop-review")


def _read(page: Page, context: Context) -> Found:
    blocks = _blocks(page)
    roles: dict[int, LineRole] = dict.fromkeys(_chips(page, blocks), "button")
    records = [record for block in blocks for record in _records(page, block, context)]
    return Found(records=tuple(records), roles=roles)


def _chips(page: Page, blocks: Sequence[_Block]) -> list[int]:
    """The filters over the first review: what stands beside others there, or reads like one."""
    top = min((block.head.top(page) for block in blocks), default=0.0)
    above = [at for at, line in enumerate(page.lines) if line.box[3] < top and line.role == "text"]
    rows = rows_of([page.lines[at].box for at in above])
    held = [above[place] for row in rows for place in row if sum(_says(page.lines[above[at]]) for at in row) > 1]
    return sorted({*held, *(at for at in above if _CHIP.fullmatch(page.lines[at].text.strip()))})


def _says(line: Line) -> bool:
    """Whether a line is words and no icon."""
    return len(set(line.text) - set("0oO°。. <〈‹く")) > 1


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2


LAYOUT = Layout("shop-review", 1, "C", _sniff, _read)
