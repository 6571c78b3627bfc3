"""The book: pages being filled from top to bottom, and what an earlier pass knows about where things stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipeline.locate import Locator
from pipeline.model import Note
from stages.assemble.fonts import Fonts
from stages.assemble.page import Box, Glyphs, Link, Mark, Page, Rule
from stages.assemble.style import (
    BODY,
    BOTTOM,
    INK,
    LABEL,
    LEFT,
    LINE,
    MM,
    RIGHT,
    SECTION,
    SMALL,
    TITLE,
    TOP,
    WIDTH,
    Style,
)
from stages.assemble.text import NO_END, Span, TextLine, break_lines
from stages.assemble.words import Words

__all__ = ["NOTHING_KNOWN", "Book", "Entry", "Known", "baseline", "height_of"]

_HEAD_Y, _FOOT_Y = 12 * MM, 286 * MM
_HANG = 0.45  # of the em: an opening mark is drawn at the right half of its square


class Entry(NamedTuple):
    """An entry of the outline."""

    title: str
    to: str
    level: int


class Known(NamedTuple):
    """What a pass learnt, for the next one: pages of destinations, exhibits and cited places; notes of the layout.

    `messages` are the numbers under which messages are printed.
    """

    destinations: Mapping[str, int]
    exhibits: Mapping[str, tuple[int, int]]
    placed: Mapping[tuple[str, Locator], int]
    notes: tuple[Note, ...]
    messages: Mapping[tuple[str, Locator], int] = {}


NOTHING_KNOWN = Known({}, {}, {}, ())


def baseline(top: float, style: Style) -> float:
    """Where text sits in a line that starts at `top`."""
    return top + style.leading / 2 + 0.38 * style.size


def height_of(lines: Sequence[TextLine], style: Style) -> float:
    """The height of lines in one style."""
    return len(lines) * style.leading


class Book:
    """Fills pages. `y` is where the next thing goes; what does not fit goes to a new page."""

    def __init__(self, fonts: Fonts, words: Words, title: str, known: Known) -> None:
        self.fonts, self.words, self.title, self.known = fonts, words, fonts.printable(title), known
        self.pages: list[Page] = []
        self.destinations: dict[str, tuple[int, float]] = {}
        self.outline: list[Entry] = []
        self.placed: dict[tuple[str, Locator], int] = {}
        self.messages: dict[tuple[str, Locator], int] = {}
        self.exhibits: dict[str, tuple[int, int]] = {}
        self.notes: list[Note] = []
        self.y = TOP

    # pages

    @property
    def page(self) -> Page:
        """The page being filled."""
        return self.pages[-1]

    @property
    def room(self) -> float:
        """What is left of the page, in points."""
        return BOTTOM - self.y

    def open(self, head: str, foot: str) -> None:
        """A new page; `head` and `foot` say where the reader is."""
        self.pages.append(Page(len(self.pages) + 1, self.fonts.printable(head), self.fonts.printable(foot)))
        self.y = TOP

    def turn(self) -> None:
        """A new page of the same part."""
        self.open(self.page.head, self.page.foot)

    def need(self, height: float) -> None:
        """Turns the page if less than `height` is left and something stands on it."""
        if height > self.room and self.y > TOP:
            self.turn()

    def section(self, name: str, title: str, lead: str = "", *, entry: str = "", level: int = 0) -> None:
        """Opens a part of the document on a new page: a destination, an entry of the outline, title and lead."""
        self.open(title, title)
        self.reach(name, entry or title, level)
        self.title_block(title, lead)

    def title_block(self, title: str, lead: str = "", style: Style = TITLE) -> None:
        """A large title with a soft line below."""
        self.flow(title, style)
        if lead:
            self.flow(lead, LABEL._replace(size=9, leading=14))
        self.y += 4 * MM

    def heading(self, title: str, keep: float = 16 * MM) -> None:
        """A heading inside a part; `keep` points of what follows stay with it."""
        self.y += 4.5 * MM if self.y > TOP else 0
        self.need(SECTION.leading + keep)
        self.flow(title, SECTION)
        self.y += 1.5 * MM

    def reach(self, name: str, entry: str = "", level: int = 0) -> None:
        """Makes the current place a destination, and an entry of the outline if `entry` is given."""
        self.destinations[name] = (self.page.number, max(0.0, self.y - 8 * MM))
        if entry:
            self.outline.append(Entry(self.fonts.printable(entry), name, level))

    def show(self, exhibit: str, where: Locator, page: int | None = None) -> None:
        """Notes that a cited place is shown on the current page; a later, marked showing wins."""
        self.placed[exhibit, where] = page or self.page.number

    # text

    def lines(self, text: str | Sequence[Span], width: float, style: Style = BODY) -> tuple[TextLine, ...]:
        """Text broken into lines; characters that no font has are named."""
        spans = [Span(text, style)] if isinstance(text, str) else text
        clean = [span._replace(text=self.fonts.printable(span.text, span.style.face)) for span in spans]
        return break_lines(clean, width, self._measure)

    def one_line(self, text: str, width: float, style: Style) -> TextLine:
        """Text on one line; what does not fit is cut, with an ellipsis."""
        lines = self.lines(text, width, style)
        kept = lines[0].text
        while len(lines) > 1:
            lines = self.lines(kept.rstrip() + "…", width, style)
            kept = kept[:-1]
        return lines[0]

    def flow(
        self, text: str | Sequence[Span], style: Style = BODY, x: float = LEFT, width: float = WIDTH, after: float = 0
    ) -> None:
        """A paragraph, over as many pages as it takes."""
        for line in self.lines(text, width, style):
            self.need(style.leading)
            self.line(line, x, self.y, style)
            self.y += style.leading
        self.y += after

    def block(self, lines: Sequence[TextLine], x: float, y: float, style: Style) -> float:
        """Lines from the top `y`, no page turned; returns where they end."""
        for line in lines:
            self.line(line, x, y, style)
            y += style.leading
        return y

    def line(self, line: TextLine, x: float, top: float, style: Style) -> None:
        """One line whose box starts at `top`."""
        base = baseline(top, style)
        if line.pieces and line.text[0] in NO_END and self.fonts.advance(line.text[0], style.face) == 1:
            x -= _HANG * line.pieces[0].style.size
        for piece in line.pieces:
            self._glyphs(x + piece.x, base, piece.text, piece.style)
            if piece.link:
                self.draw(Link(x + piece.x, top, piece.width, style.leading, piece.link))

    def put(self, text: str, x: float, base: float, style: Style, *, right: bool = False, link: str = "") -> float:
        """A word or two on a baseline, ending at `x` if `right`; returns the width."""
        clean = self.fonts.printable(text, style.face).replace("\n", " ")
        width = self.fonts.width(clean, style.face, style.size)
        start = x - width if right else x
        self._glyphs(start, base, clean, style)
        if link:
            self.draw(Link(start, base - style.size, width, style.size * 1.4, link))
        return width

    def width(self, text: str, style: Style) -> float:
        """How wide text is in a style."""
        return self.fonts.width(self.fonts.printable(text, style.face), style.face, style.size)

    # drawing

    def draw(self, *marks: Mark) -> None:
        """Marks on the current page."""
        self.page.marks.extend(marks)

    def rule(self, y: float, weight: float = 0.4, x: float = LEFT, to_x: float = RIGHT) -> None:
        """A horizontal rule; heavy ones are ink, thin ones grey."""
        self.draw(Rule(x, y, to_x, y, weight, INK if weight > 0.5 else LINE))

    def bar(self, x: float, y: float, width: float, height: float) -> None:
        """A solid bar."""
        self.draw(Box(x, y, width, height, fill=INK))

    # the end of a pass

    def finish(self) -> None:
        """Heads and feet, once it is known how many pages there are."""
        for page in self.pages:
            self.pages, pages = [page], self.pages
            self._head_and_foot(len(pages))
            self.pages = pages

    def learnt(self) -> Known:
        """What this pass knows."""
        pages = {name: page for name, (page, _) in self.destinations.items()}
        return Known(pages, dict(self.exhibits), dict(self.placed), tuple(self.notes), dict(self.messages))

    def _head_and_foot(self, total: int) -> None:
        page, base = self.page, _HEAD_Y
        title = self.one_line(self.title, WIDTH * 0.5, LABEL)
        self.block((title,), LEFT, base - 8, LABEL)
        head = self.one_line(page.head, WIDTH * 0.48, LABEL)
        self.block((head,), RIGHT - head.width, base - 8, LABEL)
        self.rule(_FOOT_Y - 10)
        self.put(self.words("page-of", page=page.number, pages=total), RIGHT, _FOOT_Y, SMALL, right=True)
        x = LEFT + self.put(page.foot, LEFT, _FOOT_Y, SMALL)
        for name in ("catalogue", "brief"):
            if name in self.destinations and self.destinations[name][0] != page.number:
                x += 10
                x += self.put(self.words(f"back-to-{name}"), x, _FOOT_Y, SMALL, link=name)

    def _measure(self, text: str, style: Style) -> list[float]:
        return [advance * style.size for advance in self.fonts.advances(text, style.face)]

    def _glyphs(self, x: float, base: float, text: str, style: Style) -> None:
        for face, run in self.fonts.runs(text, style.face):
            self.draw(Glyphs(x, base, run, face, style.size, style.colour))
            x += self.fonts.width(run, face, style.size)
