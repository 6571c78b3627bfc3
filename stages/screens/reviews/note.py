"""A note with its comments: who wrote it beside 关注, title and body, date and place, under it a thread."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.contract import Score
from pipeline.model import LineRole, Record
from stages.screens.controls import INPUTS
from stages.screens.order import rows_of
from stages.screens.page import Context, Found, Layout, Page
from stages.screens.reviews.comments import TITLE, folds, thread, threads
from stages.screens.reviews.parts import Draft, Piece, beside, draft_review, high, meta_time, whole

__all__ = ["LAYOUT"]

_FOLLOW = re.compile(r"[+＋]?\s?(?:关注|已关注|互相关注|回关|follow|following|subscribe)", re.IGNORECASE)
_HEAD = 0.3  # of the width: how far under the status bar the author stands
_EDGE = 1.6  # heights of a line: what begins with the text of the note
_BAR = 0.25  # of the width: how high the bar at the end is
_COUNTS = re.compile(r"[\W\d万wk口○]+")
_PAGER = re.compile(r"\d{1,2}\s?/\s?\d{1,2}")


class _Note(NamedTuple):
    """The lines of a note by index. `rest` are the lines under it, `bar` the counts of the bar at the end."""

    author: int
    body: tuple[int, ...]
    meta: int | None
    time: Piece | None
    rest: tuple[int, ...]
    bar: tuple[int, ...]


def _note_of(page: Page) -> _Note | None:
    author = _author(page)
    if author is None:
        return None
    floor = page.lines[author].box[3]
    bar = _bar(page)
    below = [
        at for at, line in enumerate(page.lines)
        if line.role == "text" and line.box[1] >= floor - 0.2 * high(line.box) and at not in bar and at != author
    ]  # fmt: skip
    titles = [at for at in below if TITLE.fullmatch(page.lines[at].text.strip())]
    end = page.lines[titles[0]].box[1] if titles else float("inf")
    own = [at for at in below if page.lines[at].box[1] < end]
    meta, time = _meta(page, own, titled=bool(titles))
    if meta is not None:
        own = [at for at in own if page.lines[at].box[1] < page.lines[meta].box[1]]
    elif not titles:
        return None
    body = _body(page, own, meta)
    taken = {*own, *titles, meta}
    return _Note(author, tuple(body), meta, time, tuple(at for at in below if at not in taken), tuple(bar))


def _author(page: Page) -> int | None:
    """The name beside 关注 in the first row under the status bar."""
    top = min((line.box[1] for line in page.lines if line.role != "status"), default=0.0)
    for row in rows_of([line.box for line in page.lines]):
        follows = [at for at in row if _FOLLOW.fullmatch(page.lines[at].text.strip())]
        if page.lines[row[0]].box[1] - top > _HEAD * page.width:
            return None
        names = [at for at in row if follows and page.lines[at].box[2] <= page.lines[follows[0]].box[0]]
        names = [at for at in names if page.lines[at].role == "text" and len(page.lines[at].text.strip()) > 1]
        if names:
            return names[-1]
    return None


def _meta(page: Page, own: Sequence[int], *, titled: bool) -> tuple[int | None, Piece | None]:
    """The line that says when and where the note was written: the last such line before the comments' title."""
    times = [(at, time) for at in own if (time := meta_time(page.lines[at])) is not None]
    if not times:
        return None, None
    return times[-1] if titled else times[0]


def _body(page: Page, own: Sequence[int], meta: int | None) -> list[int]:
    """The lines of title and text: those that begin at one edge; what stands in the picture over them does not."""
    lines = [at for at in own if not _PAGER.fullmatch(page.lines[at].text.strip())]
    if not lines:
        return []
    anchor = page.lines[meta if meta is not None else lines[-1]].box
    edge, size = anchor[0], high(page.lines[lines[-1]].box)
    body: list[int] = []
    top = anchor[1]
    for at in reversed(lines):
        box = page.lines[at].box
        if abs(box[0] - edge) > _EDGE * size:
            continue
        if body and top - box[3] > 3 * size:
            break
        body[:0] = [at, *(piece for piece in beside(page, at) if piece in lines)]
        top = box[1]
    return body


def _bar(page: Page) -> list[int]:
    """The counts in the bar at the end of the page, beside its empty input."""
    inputs = [line for line in page.lines if INPUTS.match(line.text.strip())]
    bars = [line for line in inputs if page.box[3] - line.box[3] <= _BAR * page.width]
    if not bars:
        return []
    middle = (bars[-1].box[1] + bars[-1].box[3]) / 2
    reach = high(bars[-1].box)
    row = [at for at, line in enumerate(page.lines) if abs((line.box[1] + line.box[3]) / 2 - middle) <= reach]
    return [at for at in row if page.lines[at].role == "button" or _COUNTS.fullmatch(page.lines[at].text)]


def _sniff(page: Page) -> Score | None:
    found = _note_of(page)
    if found is None or not (found.body or found.rest):
        return None
    return Score(value=0.94 if found.time is not None else 0.86, reason="screen-note")


def _read(page: Page, context: Context) -> Found:
    found = _note_of(page)
    if found is None:
        return Found()
    records: list[Record] = []
    roles: dict[int, LineRole] = dict.fromkeys(found.bar, "button")
    if found.body:
        draft = Draft(
            author=(whole(page.lines[found.author]),),
            time=found.time,
            body=tuple(whole(page.lines[at]) for at in found.body),
            others=(page.lines[found.meta],) if found.meta is not None else (),
        )
        records.append(draft_review(draft, context))
        roles |= dict.fromkeys((found.author, *found.body), "text")
    below, marked = threads(page, thread(page, found.rest), context)
    return Found(records=(*records, *below), roles=folds(page) | roles | marked)


LAYOUT = Layout("note", 1, "C", _sniff, _read)
