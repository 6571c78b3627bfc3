"""A picture: whole and untouched-looking first, then with boxes around what is cited and notes beside it."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.contract import Item
from pipeline.model import Dating, Mark
from stages.assemble.content import Content
from stages.assemble.images import Piece, Shot
from stages.assemble.layout import Book, height_of
from stages.assemble.links import catalogue_row, page_name
from stages.assemble.page import Box, Disc, Hidden, Picture
from stages.assemble.parts.catalogue import purposes
from stages.assemble.style import (
    ACCENT,
    BOTTOM,
    CELL,
    HEAD,
    LABEL,
    LEFT,
    LINE,
    MM,
    RIGHT,
    TOP,
    WHITE,
    WIDTH,
    Style,
)
from stages.assemble.text import Span, TextLine

__all__ = ["draw_picture"]

_BESIDE = 104 * MM  # the picture's width when notes stand beside it
_GUTTER = 6 * MM
_LEAD = LABEL._replace(size=9, leading=14)
_NOTE = CELL._replace(leading=13.6)
_NUMBER = Style("bold", 8, 10, WHITE)
_WIDE = 1.15  # width by height from which a picture takes the whole width, its notes below
_STRIP, _LEGIBLE = 8, 0.15  # width by height of a strip; points to a pixel
_MOST_DATES, _MOST_PURPOSES = 4, 3


class _Frame(NamedTuple):
    """A piece on the page: where it lies and how many points a pixel takes."""

    piece: Piece
    x: float
    y: float
    scale: float
    width: float
    height: float

    def up(self, y: float) -> float:
        """The height on the page of a row of the picture."""
        return self.y + (y - self.piece.top) * self.scale

    def right(self, x: float) -> float:
        """The place on the page of a column of the picture."""
        return self.x + x * self.scale

    def holds(self, box: tuple[float, float, float, float]) -> bool:
        """Whether the middle of a box is shown."""
        return self.piece.top <= (box[1] + box[3]) / 2 < self.piece.bottom


def draw_picture(book: Book, content: Content, item: Item) -> None:
    """Draws the clean pages, then the marked ones. The exhibit's first page is open."""
    label = item.exhibit.label
    shot = content.shots[label]
    marks = [mark for mark in content.marks.get(label, ()) if mark.where.box is not None]
    _show_whole(book, content, item)
    for at, piece in enumerate(shot.pieces):
        if at:
            book.turn()
        _lines_shown(book, label, shot, _clean(book, content, item, piece, at))
    done: set[int] = set()
    for at, piece in enumerate(shot.pieces, 1):
        own = [mark for mark in marks if mark.number not in done and _within(mark, piece, last=at == len(shot.pieces))]
        done |= {mark.number for mark in own}
        if own:
            _marked(book, content, item, piece, own)


def _within(mark: Mark, piece: Piece, *, last: bool) -> bool:
    box = mark.where.box or (0, 0, 0, 0)
    return piece.top <= box[1] and (box[3] <= piece.bottom or last or (box[1] + box[3]) / 2 < piece.bottom)


def _show_whole(book: Book, content: Content, item: Item) -> None:
    """Everything read from the picture is shown on it; marks and pieces say later where exactly."""
    for reading in item.readings:
        for record in reading.records:
            book.show(item.exhibit.label, record.where)


def _lines_shown(book: Book, label: str, shot: Shot, frame: _Frame) -> None:
    for line in shot.lines:
        if frame.holds(line.line.box):
            book.show(label, line.line.where)


def _clean(book: Book, content: Content, item: Item, piece: Piece, at: int) -> _Frame:
    shot = content.shots[item.exhibit.label]
    if at:
        book.flow(content.heading(item), HEAD)
    _lead(book, content, shot, piece, "clean")
    frame = _place(book, shot, piece)
    _text_layer(book, shot, frame)
    if at == 0:
        _particulars(book, content, item, frame)
    return frame


def _lead(book: Book, content: Content, shot: Shot, piece: Piece, page: str) -> None:
    """What a page shows of the picture, and what was added to it."""
    words = content.words
    key = f"{page}-masked-lead" if shot.hidden else f"{page}-lead"
    lead = words(key, page=book.known.destinations.get("integrity", 0))
    if len(shot.pieces) > 1:
        part = shot.pieces.index(piece) + 1
        lead += words("slice-of", part=part, parts=len(shot.pieces), top=piece.top, bottom=piece.bottom)
    lead += _too_small(content, shot, piece)
    book.flow(lead, _LEAD, after=4 * MM)


def _too_small(content: Content, shot: Shot, piece: Piece) -> str:
    """What is said of a strip that no page can show as large as it is read."""
    height = piece.bottom - piece.top
    too_wide = shot.width > _STRIP * height and _LEGIBLE * shot.width > WIDTH
    too_tall = height > _STRIP * shot.width and _LEGIBLE * height > BOTTOM - TOP
    if not (too_wide or too_tall):
        return ""
    return content.words("too-wide" if too_wide else "too-tall", width=shot.width, height=shot.height)


def _place(book: Book, shot: Shot, piece: Piece) -> _Frame:
    """Puts a piece on the page, as large as the page allows, and draws it."""
    width, height = shot.width, piece.bottom - piece.top
    room = BOTTOM - book.y
    most = WIDTH if width >= _WIDE * height else _BESIDE
    scale = min(most / width, room * (0.62 if most == WIDTH else 1) / height, 1.0)
    frame = _Frame(piece, LEFT, book.y, scale, width * scale, height * scale)
    book.draw(Picture(frame.x, frame.y, frame.width, frame.height, piece.key))
    book.draw(Box(frame.x, frame.y, frame.width, frame.height, stroke=LINE, weight=0.4))
    return frame


def _text_layer(book: Book, shot: Shot, frame: _Frame) -> None:
    for line in shot.lines:
        if not frame.holds(line.line.box):
            continue
        for (left, top, right, bottom), text in line.text:
            clean = book.fonts.printable(text).replace("\n", " ")
            if clean.strip() and right > left and bottom > top:
                book.draw(Hidden(frame.right(left), frame.up(top), (right - left) * frame.scale,
                                 (bottom - top) * frame.scale, clean))  # fmt: skip


def _particulars(book: Book, content: Content, item: Item, frame: _Frame) -> None:
    """What the file is, beside the picture or below it."""
    words, own, shot = content.words, item.exhibit, content.shots[item.exhibit.label]
    facts = [
        (words("fact-file"), content.say(own.name)),
        (words("fact-received"), content.instant(own.receipts[0].received)),
        (words("fact-size"), words("fact-pixels", width=shot.width, height=shot.height, bytes=f"{own.bytes:,}")),
        (words("fact-digest"), own.digest.removeprefix("sha256:")[:16]),
    ]
    dates = [record for reading in item.readings for record in reading.records if isinstance(record, Dating)]
    shown = [
        words("dated-by", time=words.time(record.at), basis=words.source(record.basis))
        for record in dates[:_MOST_DATES]
    ]
    facts += [(words("fact-dated"), "\n".join(shown))] if shown else []
    facts += [(words("fact-lines"), words("fact-lines-read", count=len(shot.lines)))] if shot.lines else []
    used = purposes(content, item)[:_MOST_PURPOSES]
    facts += [(words("fact-used"), "\n".join(used))] if used else []
    beside = frame.width <= _BESIDE + 1
    x, y = (LEFT + _BESIDE + _GUTTER, frame.y) if beside else (LEFT, frame.y + frame.height + 6 * MM)
    width = RIGHT - x
    for label, text in facts:
        book.put(label, x, y + LABEL.leading, LABEL)
        y = book.block(book.lines(text, width, _NOTE), x, y + LABEL.leading + 2, _NOTE) + 4
    marks = [mark for mark in content.marks.get(own.label, ()) if mark.where.box is not None]
    page = book.known.placed.get((own.label, marks[0].where)) if marks else None
    if page:
        book.put(words("see-marked", page=page), x, y + _NOTE.leading, _NOTE, link=page_name(page))


class _Note(NamedTuple):
    mark: Mark
    title: tuple[TextLine, ...]
    text: tuple[TextLine, ...]
    height: float


def _marked(book: Book, content: Content, item: Item, piece: Piece, marks: list[Mark]) -> None:
    words, shot, label = content.words, content.shots[item.exhibit.label], item.exhibit.label
    name = content.name(item)
    book.open(f"{words('exhibit', label=label)} · {name} · {words('marked-page')}", words("exhibit", label=label))
    book.flow(content.heading(item, catalogue_row(label)), HEAD)
    _lead(book, content, shot, piece, "marked")
    frame = _place(book, shot, piece)
    _text_layer(book, shot, frame)
    taken: list[float] = []
    for mark in reversed(marks):  # so that numbers at one height stand in their order, the last at the picture
        _box(book, frame, mark)
        _number(book, frame, mark, taken)
        book.show(label, mark.where)
    beside = frame.width <= _BESIDE + 1
    x = LEFT + _BESIDE + _GUTTER if beside else LEFT
    notes = [_note(book, content, mark, RIGHT - x) for mark in marks]
    if beside:
        _notes_beside(book, frame, notes, x)
    else:
        _notes_below(book, frame, notes)


def _box(book: Book, frame: _Frame, mark: Mark) -> None:
    """A thin box that covers no text."""
    left, top, right, bottom = mark.where.box or (0, 0, 0, 0)
    pad = 2.6
    x, y = max(frame.x, frame.right(left) - pad), frame.up(top) - pad
    width = min(frame.x + frame.width, frame.right(right) + pad) - x
    colour = ACCENT
    book.draw(Box(x, y, width, (bottom - top) * frame.scale + 2 * pad, stroke=colour, weight=1.3))


def _number(book: Book, frame: _Frame, mark: Mark, taken: list[float]) -> None:
    """A mark's number at the edge of the picture, beside those that stand at the same height already."""
    _, top, _, bottom = mark.where.box or (0, 0, 0, 0)
    middle, radius = frame.up((top + bottom) / 2), 2.5 * MM
    x = frame.x - 1 - 2.1 * radius * sum(abs(middle - other) < 2 * radius for other in taken)
    taken.append(middle)
    book.draw(Disc(x, middle, radius, ACCENT))
    number = str(mark.number)
    book.put(number, x - book.width(number, _NUMBER) / 2, middle + 0.38 * 8 - 0.2, _NUMBER)


def _note(book: Book, content: Content, mark: Mark, width: float) -> _Note:
    colour = ACCENT
    head = Style("bold", 9, 13.6, colour)
    title = book.lines([Span(f"{mark.number}　{content.say(mark.title)}", head)], width)
    text = book.lines(content.say(mark.text), width, _NOTE) if mark.text else ()
    return _Note(mark, title, text, 4 + height_of(title, head) + height_of(text, _NOTE) + 6)


def _notes_beside(book: Book, frame: _Frame, notes: list[_Note], x: float) -> None:
    """Each note at the height of its box; one that would overlap is pushed down, and all up if the page ends."""
    wanted = [frame.up((note.mark.where.box or (0, 0, 0, 0))[1]) - 4 for note in notes]
    order = sorted(range(len(notes)), key=lambda at: wanted[at])
    tops: dict[int, float] = {}
    y = frame.y
    for at in order:
        tops[at] = y = max(y, wanted[at])
        y += notes[at].height
    limit = BOTTOM + 4
    for at in reversed(order):
        tops[at] = min(tops[at], limit - notes[at].height)
        limit = tops[at]
    left_over = []
    for at in order:
        if tops[at] < frame.y - 6 * MM:
            left_over.append(notes[at])
        else:
            _draw_note(book, notes[at], x, tops[at], RIGHT)
    if left_over:
        book.turn()
        _flow_notes(book, left_over)


def _notes_below(book: Book, frame: _Frame, notes: list[_Note]) -> None:
    book.y = frame.y + frame.height + 5 * MM
    _flow_notes(book, notes)


def _flow_notes(book: Book, notes: list[_Note]) -> None:
    for note in notes:
        book.need(note.height)
        _draw_note(book, note, LEFT, book.y, RIGHT)
        book.y += note.height


def _draw_note(book: Book, note: _Note, x: float, top: float, right: float) -> None:
    colour = ACCENT
    book.draw(Box(x, top, right - x, 0.8, fill=colour))
    y = book.block(note.title, x, top + 4, Style("bold", 9, 13.6, colour))
    book.block(note.text, x, y, _NOTE)
