"""A picture: whole and untouched-looking first, then with boxes around what is cited and notes beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.contract import Item
from pipeline.locate import Locator
from pipeline.model import Dating, Mark
from stages.assemble.content import Content
from stages.assemble.images import STRIP, Piece, Shot
from stages.assemble.layout import Book, height_of
from stages.assemble.links import catalogue_row, page_name
from stages.assemble.masks import Seen
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
_LEGIBLE = 0.15  # points to a pixel
_LABELS = 26 * MM  # the width of the labels where each fact takes one line
_APART = 2 * MM  # between the pieces of a strip
_MOST_DATES, _MOST_PURPOSES = 4, 3


_Rect = tuple[float, float, float, float]


class _Frame(NamedTuple):
    """A piece on the page: where it lies, and how many points of this page a pixel (or a point of a page) takes."""

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
        return self.x + (x - self.piece.left) * self.scale

    def holds(self, where: Locator) -> bool:
        """Whether the middle of a place is shown."""
        return where.box is not None and self.piece.shows(where.box, where.page)


def draw_picture(book: Book, content: Content, item: Item) -> None:
    """Draws the clean pages, then the marked ones. The exhibit's first page is open."""
    label = item.exhibit.label
    shot = content.shots[label]
    marks = [mark for mark in content.marks.get(label, ()) if mark.where.box is not None]
    _show_whole(book, content, item)
    for at, sheet in enumerate(shot.sheets):
        if at:
            book.turn()
        for frame in _clean(book, content, item, sheet, at):
            _lines_shown(book, label, shot, frame)
    done: set[int] = set()
    for sheet in shot.sheets:
        own = [mark for mark in marks if mark.number not in done and any(_within(mark, piece, shot) for piece in sheet)]
        done |= {mark.number for mark in own}
        if own:
            _marked(book, content, item, sheet, own)


def _within(mark: Mark, piece: Piece, shot: Shot) -> bool:
    """Whether a piece shows a mark: of pieces that overlap the one that has it whole, or its middle."""
    box = mark.where.box or (0, 0, 0, 0)
    if mark.where.page != piece.page:
        return False
    if shot.is_strip:
        return piece.shows(box, mark.where.page)
    last = piece.bottom >= max(other.bottom for other in shot.pieces if other.page == piece.page)
    return piece.top <= box[1] and (box[3] <= piece.bottom or last or (box[1] + box[3]) / 2 < piece.bottom)


def _show_whole(book: Book, content: Content, item: Item) -> None:
    """Everything read from the picture is shown on it; marks and pieces say later where exactly."""
    for reading in item.readings:
        for record in reading.records:
            book.show(item.exhibit.label, record.where)


def _lines_shown(book: Book, label: str, shot: Shot, frame: _Frame) -> None:
    for line in shot.lines:
        if frame.holds(line.line.where):
            book.show(label, line.line.where)


def _clean(book: Book, content: Content, item: Item, sheet: Sequence[Piece], at: int) -> list[_Frame]:
    shot = content.shots[item.exhibit.label]
    if at:
        book.flow(content.heading(item), HEAD)
    _lead(book, content, shot, sheet[0], "clean")
    if at == 0 and shot.pages:
        book.y = _particulars(book, content, item, book.y) + 4 * MM
    frames = _place(book, shot, sheet, is_alone=shot.pages > 0)
    _text_layer(book, shot, frames)
    if at == 0 and not shot.pages:
        _beside_or_below(book, content, item, frames)
    return frames


def _lead(book: Book, content: Content, shot: Shot, piece: Piece, page: str) -> None:
    """What a page shows of the picture, and what was added to it."""
    words = content.words
    key = f"{page}-masked-lead" if shot.hidden else f"{page}-lead"
    lead = words(key, page=book.known.destinations.get("integrity", 0))
    if shot.converted:
        lead += words("converted", format=shot.converted)
    if shot.pages:
        lead += _page_of(content, shot, piece)
    elif len(shot.sheets) > 1:
        part = shot.pieces.index(piece) + 1
        lead += words("slice-of", part=part, parts=len(shot.pieces), top=piece.top, bottom=piece.bottom)
    elif len(shot.pieces) > 1:
        lead += words("strip-of", parts=len(shot.pieces))
    lead += _too_small(content, shot, piece)
    book.flow(lead, _LEAD, after=4 * MM)


def _page_of(content: Content, shot: Shot, piece: Piece) -> str:
    """Which page of a PDF is shown, and which part of a long one."""
    same = [other for other in shot.pieces if other.page == piece.page]
    said = content.words("pdf-page", page=piece.page or 1, pages=shot.pages)
    return said + (content.words("pdf-part", part=same.index(piece) + 1, parts=len(same)) if len(same) > 1 else "")


def _too_small(content: Content, shot: Shot, piece: Piece) -> str:
    """What is said of a strip that no page can show as large as it is read."""
    too_wide = piece.width > STRIP * piece.height and _LEGIBLE * piece.width > WIDTH
    too_tall = piece.height > STRIP * piece.width and _LEGIBLE * piece.height > BOTTOM - TOP
    if not (too_wide or too_tall):
        return ""
    return content.words("too-wide" if too_wide else "too-tall", width=f"{shot.width:g}", height=f"{shot.height:g}")


def _place(book: Book, shot: Shot, sheet: Sequence[Piece], *, is_alone: bool = False) -> list[_Frame]:
    """Puts the pieces of a page below each other, as large as the page allows, and draws them.

    A piece that `is_alone` has nothing beside it and may take the whole width.
    """
    width, height = max(piece.width for piece in sheet), sum(piece.height for piece in sheet)
    room = BOTTOM - book.y - _APART * (len(sheet) - 1)
    most = WIDTH if width >= _WIDE * height or len(sheet) > 1 or is_alone else _BESIDE
    scale = min(most / width, room * (0.62 if most == WIDTH and not is_alone else 1) / height, 1.0)
    frames, y = [], book.y
    for piece in sheet:
        frame = _Frame(piece, LEFT, y, scale, piece.width * scale, piece.height * scale)
        book.draw(Picture(frame.x, frame.y, frame.width, frame.height, piece.key))
        book.draw(Box(frame.x, frame.y, frame.width, frame.height, stroke=LINE, weight=0.4))
        frames.append(frame)
        y += frame.height + _APART
    return frames


def _text_layer(book: Book, shot: Shot, frames: Sequence[_Frame]) -> None:
    for line in shot.lines:
        for box, text in _runs(line, len(frames) > 1):
            place = Locator(page=line.line.page, box=box)
            frame = next((frame for frame in frames if frame.holds(place)), None)
            if frame is not None:
                _hidden_text(book, frame, box, text)


def _runs(line: Seen, is_strip: bool) -> Sequence[tuple[_Rect, str]]:
    """What of a line can be found, with its place: in a strip, where lines run over its pieces, word by word."""
    if is_strip and line.line.words and not line.hidden:
        return [(word.box, word.text) for word in line.line.words]
    return line.text


def _hidden_text(book: Book, frame: _Frame, box: _Rect, text: str) -> None:
    left, top, right, bottom = box
    clean = book.fonts.printable(text).replace("\n", " ")
    if clean.strip() and right > left and bottom > top:
        width, height = (right - left) * frame.scale, (bottom - top) * frame.scale
        book.draw(Hidden(frame.right(left), frame.up(top), width, height, clean))


def _beside_or_below(book: Book, content: Content, item: Item, frames: Sequence[_Frame]) -> None:
    """The particulars where a picture leaves room."""
    if len(frames) == 1 and frames[0].width <= _BESIDE + 1:
        _particulars(book, content, item, frames[0].y, LEFT + _BESIDE + _GUTTER)
    else:
        _particulars(book, content, item, frames[-1].y + frames[-1].height + 6 * MM)


def _particulars(book: Book, content: Content, item: Item, y: float, x: float = LEFT) -> float:
    """What the file is, from the height `y`; returns where it ends. Of a PDF each fact takes one line."""
    words, own, shot = content.words, item.exhibit, content.shots[item.exhibit.label]
    for label, text in _facts(content, item):
        book.put(label, x, y + LABEL.leading, LABEL)
        if shot.pages:
            lines = book.lines(text, RIGHT - x - _LABELS, _NOTE)
            y = book.block(lines, x + _LABELS, y, _NOTE)
        else:
            y = book.block(book.lines(text, RIGHT - x, _NOTE), x, y + LABEL.leading + 2, _NOTE) + 4
    marks = [mark for mark in content.marks.get(own.label, ()) if mark.where.box is not None]
    page = book.known.placed.get((own.label, marks[0].where)) if marks else None
    if page:
        book.put(words("see-marked", page=page), x, y + _NOTE.leading, _NOTE, link=page_name(page))
        y += _NOTE.leading
    return y


def _facts(content: Content, item: Item) -> Iterator[tuple[str, str]]:
    words, own, shot = content.words, item.exhibit, content.shots[item.exhibit.label]
    yield words("fact-file"), content.say(own.name)
    yield words("fact-received"), content.instant(own.receipts[0].received)
    size = f"{own.bytes:,}"
    if shot.pages:
        yield words("fact-size"), words("fact-pages", pages=shot.pages, bytes=size)
    else:
        yield words("fact-size"), words("fact-pixels", width=f"{shot.width:g}", height=f"{shot.height:g}", bytes=size)
    yield words("fact-digest"), own.digest.removeprefix("sha256:")[:16]
    dates = [record for reading in item.readings for record in reading.records if isinstance(record, Dating)]
    shown = [words("dated-by", time=words.time(record.at), basis=words.source(record.basis)) for record in dates]
    if shown:
        yield words("fact-dated"), "\n".join(shown[:_MOST_DATES])
    if shot.lines:
        yield words("fact-lines"), _lines_read(content, shot)
    used = purposes(content, item)
    if used:
        yield words("fact-used"), "\n".join(used[:_MOST_PURPOSES])


def _lines_read(content: Content, shot: Shot) -> str:
    """How many lines stand in the file as text, and how many were recognised."""
    exact = sum(line.line.exact for line in shot.lines)
    read = len(shot.lines) - exact
    parts = [content.words("fact-lines-exact", count=exact)] if exact else []
    parts += [content.words("fact-lines-read", count=read)] if read else []
    return content.words("semicolon").join(parts)


class _Note(NamedTuple):
    mark: Mark
    title: tuple[TextLine, ...]
    text: tuple[TextLine, ...]
    height: float


def _marked(book: Book, content: Content, item: Item, sheet: Sequence[Piece], marks: list[Mark]) -> None:
    words, shot, label = content.words, content.shots[item.exhibit.label], item.exhibit.label
    name = content.name(item)
    book.open(f"{words('exhibit', label=label)} · {name} · {words('marked-page')}", words("exhibit", label=label))
    book.flow(content.heading(item, catalogue_row(label)), HEAD)
    _lead(book, content, shot, sheet[0], "marked")
    frames = _place(book, shot, sheet)
    _text_layer(book, shot, frames)
    taken: list[float] = []
    for mark in reversed(marks):  # so that numbers at one height stand in their order, the last at the picture
        frame = next((frame for frame in frames if frame.holds(mark.where)), frames[0])
        _box(book, frame, mark)
        _number(book, frame, mark, taken)
        book.show(label, mark.where)
    beside = len(frames) == 1 and frames[0].width <= _BESIDE + 1
    x = LEFT + _BESIDE + _GUTTER if beside else LEFT
    notes = [_note(book, content, mark, RIGHT - x) for mark in marks]
    if beside:
        _notes_beside(book, frames[0], notes, x)
    else:
        _notes_below(book, frames[-1], notes)


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
