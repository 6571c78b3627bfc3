"""What pages of notes and reviews are made of: names, ratings, counts, times with a place, lines of a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.model import Line, Person, Review, Side
from stages.lang.masked import name_key
from stages.lang.match import Span
from stages.lang.screen_times import find_times, read_time
from stages.screens.page import Box, Context, Page, place, spot

__all__ = [
    "Draft",
    "Piece",
    "beside",
    "count_in",
    "draft_review",
    "high",
    "is_stars",
    "joined",
    "meta_time",
    "rating_in",
    "run_on",
    "side_of",
    "simple",
    "starless",
    "verdict_after",
    "whole",
]

_WORDS = (
    r"非常差|很差|较差|差|[一—\-]般|较好|很好|好|非常好|满意|很满意|非常满意|不满意|非常不满意|超赞|推荐|不推荐|力荐|还行|好评|中评|差评"
    r"|very (?:poor|good)|poor|terrible|bad|average|good|excellent|positive|neutral|negative"
)
_GRADE = r"[0-5](?:\.\d)?\s?(?:分|星|/\s?5|out of 5(?: stars)?|stars?)|[0-5]\.\d|[一二三四五]星"
_RATING = re.compile(
    r"(?:(?:综合|商品)?评[分级]|星级|打分|rating|rated)?\s*[:：]?\s*(?:[★☆⭐✩✭][^\d]{0,5}?)?\s*"
    rf"(?P<rating>{_WORDS}|{_GRADE})",
    re.IGNORECASE,
)
_VERDICT = re.compile(
    r"(?P<name>\S.*?)(?P<blank>\s*)"
    r"(?P<verdict>非常(?:差|好|满意|不满意)|很[差好]|超赞|[好中差]评|一般|力荐|[1-5](?:\.\d)?\s?[星分])"
)
_STARS = re.compile(r"[★☆⭐✩✭](?:[★☆⭐✩✭\s]{0,9}|\S?[★☆⭐✩✭\s]{1,9})")
_STAR = re.compile(r"[★☆⭐✩✭]")
_RATED = re.compile(r"\s*[★☆⭐✩✭](?:\s?[★☆⭐✩✭]){2,}\s*$")
_SQUARE = re.compile(r"[★☆⭐✩✭\u4e00-\u9fff]+")
_MOST_STARS = 8  # signs: five stars and a word behind them
_DOUBTFUL, _UNSURE = 0.92, 0.8  # how surely an engine reads what is no letter
_COLOUR = 80  # of 255: by how much the channels of a strong colour differ
_COUNT = re.compile(
    r"\s*(?:[^\w\s¥￥$€£%#*]{1,2}|[口○])?\s*"
    r"(?P<count>\d{1,3}(?:,\d{3})+|\d{1,9}(?:\.\d+)?\s?(?:万|w|k|亿)?\+?)\s*",
    re.IGNORECASE,
)
_REPLY = re.compile(r"\s*(?:[·•|]\s*)?(?:回[复覆]|reply|作者赞过|like\s*reply)\s*$", re.IGNORECASE)
_SIMPLE = str.maketrans(
    "評價規買賣購覆顏個後論條訂單時間號級綜滿稱戶顧內類裡繁應",
    "评价规买卖购复颜个后论条订单时间号级综满称户顾内类里繁应",
)
_DASH = re.compile(r"^[—-](?=般$)")
"""一 beside 般 is often read as a dash; there is no other such word."""
_CJK = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f“”‘’…—]")
_LEVEL, _BLANK = 0.3, 0.8  # heights of a line: how exactly pieces of a row stand level, and how wide a blank is
_SHORT_CJK, _SHORT = 2.2, 0.6
"""By how many heights a line may end before its column does and still run on: Chinese signs stay with their word."""


class Piece(NamedTuple):
    """A passage of a line."""

    line: Line
    span: Span

    @property
    def text(self) -> str:
        """As it stands there."""
        return self.line.text[self.span.start : self.span.end]


class Draft(NamedTuple):
    """What was found of one review. `others` are lines of it that are in no field."""

    author: tuple[Piece, ...] = ()
    rating: Piece | None = None
    time: Piece | None = None
    body: tuple[Piece, ...] = ()
    likes: Piece | None = None
    reply_to: str | None = None
    side: Side | None = None
    others: tuple[Line, ...] = ()


def whole(line: Line) -> Piece:
    """All of a line but the blanks around."""
    start = len(line.text) - len(line.text.lstrip())
    return Piece(line, Span(start, max(start, len(line.text.rstrip()))))


def beside(page: Page, at: int) -> list[int]:
    """The lines that go on right of a line in its row: an engine parts a row at a wide blank."""
    box = page.lines[at].box
    row = [
        (line.box, other) for other, line in enumerate(page.lines)
        if box[0] < line.box[0] and abs((line.box[1] + line.box[3]) - (box[1] + box[3])) / 2 <= _LEVEL * high(box)
    ]  # fmt: skip
    found: list[int] = []
    for after, other in sorted(row):
        near = -high(box) <= after[0] - box[2] <= _BLANK * high(box)
        if near and abs(high(after) - high(box)) <= _LEVEL * high(box):
            found.append(other)
            box = after
    return found


def high(box: Box) -> float:
    """The height of a box."""
    return box[3] - box[1]


def draft_review(draft: Draft, context: Context) -> Review:
    """The record of a draft, with a spot for each of its fields."""
    single = (("rating", draft.rating), ("at", draft.time), ("likes", draft.likes))
    fields = [("author", piece) for piece in draft.author]
    fields += [(name, piece) for name, piece in single if piece is not None]
    fields += [("text", piece) for piece in draft.body]
    time, author = draft.time, run_on(draft.author) or None
    return Review(
        where=place([*(piece.line for _, piece in fields), *draft.others]),
        author=author,
        rating=_DASH.sub("一", draft.rating.text) if draft.rating else None,
        at=read_time(time.text, zone=context.zone, anchor=context.anchor) if time else None,
        text=joined(draft.body),
        reply_to=draft.reply_to,
        likes=draft.likes.text if draft.likes else None,
        side=draft.side or side_of(author, context.people),
        spots=tuple(spot(name, piece.line, piece.span) for name, piece in fields),
    )


def side_of(author: str | None, people: Sequence[Person]) -> Side:
    """Whose words they are, if the case says who is who."""
    wanted = name_key(author or "")
    for person in people:
        if wanted and wanted in {name_key(name) for name in (person.name, *person.aliases)}:
            return {"applicant": "self", "customer": "other"}.get(person.side or "", "unknown")  # type: ignore[return-value]
    return "unknown"


def run_on(pieces: Sequence[Piece]) -> str:
    """A wording that a narrow column broke: put together again."""
    text = ""
    for piece in pieces:
        blank = text and not (_CJK.search(text[-1]) or _CJK.search(piece.text[:1]))
        text += (" " if blank else "") + piece.text
    return text


def joined(pieces: Sequence[Piece]) -> str:
    """A text of several lines: run on without a blank in Chinese, a new line where a line ended before it was full."""
    if not pieces:
        return ""
    right = max(piece.line.box[2] for piece in pieces)
    text = pieces[0].text
    for before, piece in pairwise(pieces):
        text += _between(before, piece, right) + piece.text
    return text


def _between(before: Piece, after: Piece, right: float) -> str:
    box = before.line.box
    size = min(high(box), high(after.line.box))
    if after.line.box[1] < (box[1] + box[3]) / 2:  # two pieces of one row
        return " " if after.line.box[0] > box[2] else ""
    chinese = _CJK.search(before.text[-1:]) or _CJK.search(after.text[:1])
    first = len(re.split(r"[\s\u2e80-\uffef]", after.text, maxsplit=1)[0])
    room = _SHORT_CJK * size if chinese else (first * 0.55 + _SHORT) * size
    if after.text.startswith("#") or right - box[2] > room or after.line.box[1] - box[3] > 1.2 * size:
        return "\n"
    return "" if chinese else " "


def simple(text: str) -> str:
    """The text with the characters of the labels on pages of reviews in their simple forms, each at its place."""
    return text.translate(_SIMPLE)


def rating_in(text: str) -> Span | None:
    """A printed rating that takes all of a wording, label and stars before it aside.

    Stars alone are none: an engine reads full and empty ones alike.
    """
    match = _RATING.fullmatch(text.strip())
    if match is None:
        return None
    start = len(text) - len(text.lstrip())
    return Span(start + match.start("rating"), start + match.end("rating"))


class Verdict(NamedTuple):
    """A name and the rating behind it in one line; `apart` by a blank."""

    name: Span
    rating: Span
    apart: bool


def verdict_after(text: str) -> Verdict | None:
    """The rating at the end of a line that begins with a name, where an engine read both as one."""
    start = len(text) - len(text.lstrip())
    match = _VERDICT.fullmatch(text.rstrip(), start)
    if match is None:
        return None
    return Verdict(Span(*match.span("name")), Span(*match.span("verdict")), bool(match["blank"]))


def starless(line: Line) -> Piece:
    """A name without the row of stars that an engine read into its line: three or more, as a name may end in one."""
    stars = _RATED.search(line.text)
    piece = whole(line)
    return Piece(line, Span(piece.span.start, stars.start())) if stars and stars.start() > piece.span.start else piece


def is_stars(line: Line) -> bool:
    """Whether a line is a row of stars as engines read them: as stars, or in doubt as signs that look like stars."""
    text = "".join(line.text.split())
    if _STARS.fullmatch(text):
        return True
    if line.confidence >= _DOUBTFUL or not 0 < len(text) <= _MOST_STARS or not _SQUARE.fullmatch(text):
        return False
    alike = any(one == other for one, other in pairwise(text)) and line.confidence < _UNSURE
    return _STAR.search(text) is not None or alike or _is_coloured(line)


def _is_coloured(line: Line) -> bool:
    """Whether the ink is of a strong colour, as stars are and texts of reviews are not."""
    if line.look is None:
        return False
    red, green, blue = (int(line.look.ink[at : at + 2], 16) for at in (1, 3, 5))
    return max(red, green, blue) - min(red, green, blue) >= _COLOUR


def count_in(line: Line) -> Piece | None:
    """A line that is a number of likes, comments or the like, an icon before it aside."""
    match = _COUNT.fullmatch(line.text)
    return Piece(line, Span(*match.span("count"))) if match else None


def meta_time(line: Line) -> Piece | None:
    """The time of a line that states when and where something was written: nothing but a place and 回复 follows it."""
    text = line.text
    spans = find_times(text)
    if not spans or text[: spans[0].start].strip(" ·•"):
        return None
    end = len(text)
    tail = _REPLY.search(text)
    if tail is not None and tail.start() >= spans[0].end:
        end = tail.start()
    rest = text[spans[0].end : end].strip(" ·•|")
    if rest and read_time(text[spans[0].start : end]) is None and not (tail and len(rest) <= 8):
        return None
    return Piece(line, spans[0])
