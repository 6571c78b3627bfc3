"""A thread of comments: a name, under it what was said, under that when and where, replies set further in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.contract import Score
from pipeline.model import Line, LineRole, Record
from stages.lang.match import Span
from stages.screens.page import Context, Found, Layout, Page
from stages.screens.reviews.parts import Draft, Piece, beside, count_in, draft_review, high, meta_time, whole

__all__ = ["LAYOUT", "TITLE", "answered", "folds", "thread", "threads"]

TITLE = re.compile(
    r"(?:共\s?|全部\s?)?(?:\d[\d,.]*\s?[万wk]?\+?\s?条)?(?:全部|精选|热门|最新)?(?:评论|回复)\s?[(（]?\d*[\d,.万wk]*[)）]?"
    r"|(?:all )?(?:\d[\d,.]*k? )?comments?(?: \(?\d[\d,.]*k?\)?)?",
    re.IGNORECASE,
)
_BADGE = re.compile(r"作者|博主|店主|商家|卖家|官方|楼主|我|自己|首评|置顶|author|seller|creator|pinned", re.IGNORECASE)
_BADGED = re.compile(rf"(?P<name>.*\S)(?P<gap>\s*)(?P<badge>{_BADGE.pattern})", re.IGNORECASE)
_TO = re.compile(r"回[复覆]\s?@?(?P<name>[^:：\s][^:：]{0,23})[:：]\s*")
_MORE = re.compile(
    r"[—–-]*\s?(?:展开|查看|收起)\s?(?:全部|更多|剩余)?\s?\d*\s?条?(?:回[复覆]|评论)?\s?[›>﹀∨▾]?|共\s?\d+\s?条回[复覆]\s?[›>]?"
    r"|(?:view|show|hide|see) (?:all |more )?(?:\d+ )?(?:more )?(?:replies|reply|comments)",
    re.IGNORECASE,
)
_REPLY = re.compile(r"回[复覆]\s*$|\breply\s*$", re.IGNORECASE)
_ALIGNED, _SET_IN = 0.8, 0.8  # heights of a line: what begins at one edge, and what is set further in
_NEAR = 2.6  # heights of a line between the lines of one comment
_CUT = 0.3  # heights of a line: what ends so near to the end of the page is cut by it
_LIKES = 0.66  # of the page's width: where counts of likes begin


class Comment(NamedTuple):
    """The lines of one comment by index."""

    author: int | None
    body: tuple[int, ...]
    meta: int | None
    time: Piece | None
    likes: int | None
    badges: tuple[int, ...]
    left: float


def thread(page: Page, lines: Sequence[int]) -> list[Comment]:
    """The comments among some lines of a page, top to bottom. A name alone at the end is none."""
    texts = [at for at in lines if page.lines[at].role == "text" and not _MORE.fullmatch(page.lines[at].text.strip())]
    counts = [at for at in texts if _is_likes(page, at)]
    metas = [(at, time) for at in texts if (time := meta_time(page.lines[at])) is not None]
    found: list[Comment] = []
    top = float("-inf")
    for meta, time in metas:
        box = page.lines[meta].box
        free = [at for at in texts if at not in counts and at != meta and top < _middle(page, at) < _middle(page, meta)]
        block = _block(page, free, meta)
        if not block:
            continue
        author, *starts = block
        body = [piece for at in starts for piece in (at, *beside(page, at)) if piece in free]
        likes = [at for at in counts if page.lines[author].box[1] - high(box) <= _middle(page, at) <= box[3]]
        badges = [at for at in free if at not in block and _BADGE.fullmatch(page.lines[at].text.strip())]
        found.append(Comment(author, tuple(body), meta, time, likes[-1] if likes else None, tuple(badges), box[0]))
        top = _middle(page, meta)
    found += _cut_off(page, [at for at in texts if at not in counts and _middle(page, at) > top], counts, found)
    return _without_headless(page, found)


def _cut_off(page: Page, free: Sequence[int], counts: Sequence[int], above: Sequence[Comment]) -> list[Comment]:
    """The last comment, whose time the end of the screen hides: a name and a text, and likes beside them."""
    if not free:
        return []
    size = high(page.lines[free[0]].box)
    lefts = [comment.left for comment in above] or [min(page.lines[at].box[0] for at in free)]
    left = min(lefts, key=lambda left: abs(left - page.lines[free[0]].box[0]))
    block = [at for at in free if abs(page.lines[at].box[0] - left) <= _ALIGNED * size]
    reach = (page.lines[free[0]].box[1], max(page.lines[at].box[3] for at in free) + size)
    likes = [at for at in counts if reach[0] <= _middle(page, at) <= reach[1]]
    cut = page.box[3] - page.lines[free[-1]].box[3] < _CUT * size
    if len(block) < 2 or block[0] != free[0] or not likes or cut:
        return []
    author, *body = block
    return [Comment(author, tuple(body), None, None, likes[0], (), left)]


def threads(page: Page, comments: Sequence[Comment], context: Context) -> tuple[list[Record], dict[int, LineRole]]:
    """The records of comments, replies naming whom they answer, and the roles of their lines."""
    records: list[Record] = []
    roles: dict[int, LineRole] = {}
    above: list[tuple[float, str | None]] = []
    for comment in comments:
        line = page.lines[comment.meta if comment.meta is not None else comment.body[0]]
        above = [(left, name) for left, name in above if left < comment.left - _SET_IN * high(line.box)]
        author = _name(page.lines[comment.author]) if comment.author is not None else None
        body = tuple(whole(page.lines[at]) for at in comment.body)
        named = _TO.match(body[0].text) if body else None
        draft = Draft(
            author=(author,) if author else (),
            time=comment.time,
            body=body,
            likes=count_in(page.lines[comment.likes]) if comment.likes is not None else None,
            reply_to=named["name"].strip() if named else above[-1][1] if above else None,
            others=(line,),
        )
        records.append(draft_review(draft, context))
        above.append((comment.left, author.text if author else None))
        held = (comment.author, *comment.body, comment.meta, comment.likes, *comment.badges)
        roles |= dict.fromkeys((at for at in held if at is not None), "text")
    return records, roles


def folds(page: Page) -> dict[int, LineRole]:
    """The lines that open and close parts of a thread: buttons, though they stand alone."""
    texts = [(at, line.text.strip()) for at, line in enumerate(page.lines)]
    return {at: "button" for at, text in texts if _MORE.fullmatch(text)}


def _block(page: Page, free: Sequence[int], meta: int) -> list[int]:
    """The lines over a line of time that begin where it begins, without a gap, top to bottom."""
    box = page.lines[meta].box
    size = high(box)
    block: list[int] = []
    top = box[1]
    for at in sorted(free, key=lambda at: -page.lines[at].box[1]):
        own = page.lines[at].box
        answers = _TO.match(page.lines[at].text) is not None  # engines leave out what they cannot read before it
        if not -_ALIGNED * size <= own[0] - box[0] <= (2 if answers else _ALIGNED) * size:
            continue
        if top - own[3] > _NEAR * size:
            break
        block.insert(0, at)
        top = own[1]
    return block


def _without_headless(page: Page, comments: list[Comment]) -> list[Comment]:
    """The first comment without an author where its first line looks like the text of the others: it is cut off."""
    if len(comments) < 2 or comments[0].author is None:
        return comments
    first, *rest = comments
    heads = [page.lines[comment.author] for comment in rest if comment.author is not None]
    bodies = [page.lines[at] for comment in rest for at in comment.body]
    own = page.lines[comments[0].author]
    if not heads or not bodies or own.look is None or _unlike(own, heads) <= _unlike(own, bodies):
        return comments
    return [first._replace(author=None, body=(comments[0].author, *first.body)), *rest]


def _unlike(line: Line, others: Sequence[Line]) -> float:
    """How far the ink of a line is from the nearest of others."""
    return min(_distance(line, other) for other in others)


def _distance(one: Line, other: Line) -> float:
    if one.look is None or other.look is None:
        return 0.0
    inks = (one.look.ink, other.look.ink)
    return max(abs(int(inks[0][at : at + 2], 16) - int(inks[1][at : at + 2], 16)) for at in (1, 3, 5))


def _name(line: Line) -> Piece:
    """The author, without a badge that was read with the name: one set off from it, or in smaller letters."""
    piece = whole(line)
    match = _BADGED.fullmatch(piece.text)
    if match is None or not (match["gap"] or _is_set_off(line, match["badge"])):
        return piece
    return Piece(line, Span(piece.span.start, piece.span.start + match.end("name")))


def _is_set_off(line: Line, badge: str) -> bool:
    """Whether the last letters of a line stand apart from the others, by the boxes of the letters."""
    words = line.words
    count = next((at for at in range(1, len(words)) if "".join(word.text for word in words[-at:]) == badge), 0)
    if not count or count >= len(words):
        return False
    name, last = words[:-count], words[-count:]
    letters = [word for word in name if len(word.text) == 1 and not word.text.isascii()]
    size = min((word.box[2] - word.box[0] for word in letters), default=0.8 * high(line.box))
    gap = last[0].box[0] - name[-1].box[2]
    return gap > 0.3 * size


def _is_likes(page: Page, at: int) -> bool:
    line = page.lines[at]
    return count_in(line) is not None and line.box[0] - page.box[0] >= _LIKES * page.width


def _middle(page: Page, at: int) -> float:
    box = page.lines[at].box
    return (box[1] + box[3]) / 2


def _sniff(page: Page) -> Score | None:
    """By a title that counts comments, and lines of times with 回复 behind them."""
    comments = thread(page, range(len(page.lines)))
    if not comments:
        return None
    known = answered(page)
    replied = sum(comment.meta in known for comment in comments)
    titled = any(TITLE.fullmatch(line.text.strip()) for line in page.lines if line.role == "text")
    if replied and titled:
        return Score(value=0.84, reason="screen-comments")
    return Score(value=0.74, reason="screen-comments") if replied >= 2 else None


def answered(page: Page) -> frozenset[int]:
    """The lines in which, or on whose height, 回复 stands at the end."""
    ends = [line for line in page.lines if _REPLY.search(line.text)]
    return frozenset(
        at for at, line in enumerate(page.lines)
        if any(end is line or abs(_mid(end) - _mid(line)) < 0.6 * high(line.box) for end in ends)
    )  # fmt: skip


def _mid(line: Line) -> float:
    return (line.box[1] + line.box[3]) / 2


def _read(page: Page, context: Context) -> Found:
    records, roles = threads(page, thread(page, range(len(page.lines))), context)
    return Found(records=tuple(records), roles=roles | folds(page))


LAYOUT = Layout("comments", 1, "C", _sniff, _read)
