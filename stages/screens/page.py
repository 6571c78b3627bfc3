"""What the layouts of screens get and give: the lines of one screen with their geometry, and the records in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from pipeline.contract import Score
from pipeline.locate import Locator
from pipeline.model import Line, LineRole, Note, Person, Record, Spot
from pipeline.moment import Zone
from stages.lang.boxes import span_box
from stages.lang.certainty import sureness
from stages.lang.match import Span
from stages.lang.screen_times import Anchor

__all__ = ["Box", "Context", "Found", "Layout", "Page", "around", "place", "spot"]

Box = tuple[float, float, float, float]


@dataclass(frozen=True, kw_only=True)
class Page:
    """One phone screen, window or printed page: its `box` in the picture and its lines, top to bottom, left to right.

    `number` is the page of a PDF (boxes then are in points), None for a picture. Several phones side by side are
    several pages.
    """

    box: Box
    lines: tuple[Line, ...]
    number: int | None = None

    @property
    def width(self) -> float:
        """In the unit of the boxes."""
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        """In the unit of the boxes."""
        return self.box[3] - self.box[1]


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a layout may know beyond the lines: the zone of times that state none, who is who, and what relative times
    are resolved against (None where nothing dates the picture).

    `date_order` is ymd, mdy or dmy, for dates of digits that can be read in two ways; None leaves them undated.
    """

    zone: Zone | None = None
    people: tuple[Person, ...] = ()
    anchor: Anchor | None = None
    date_order: str | None = None


@dataclass(frozen=True, kw_only=True)
class Found:
    """What a layout found: records in the order of the screen, and the roles of lines by their index (else text)."""

    records: tuple[Record, ...] = ()
    roles: Mapping[int, LineRole] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


class Layout(NamedTuple):
    """One kind of screen. What it reads is worded under `reads-screen-<id>`.

    `sniff` scores a page by structure and wording, 0 to 1, None where it is surely something else. `grade` is how
    sure we are that real screens look so: A seen, B from working code, C documented, D once.
    """

    id: str
    version: int
    grade: str
    sniff: Callable[[Page], Score | None]
    read: Callable[[Page, Context], Found]

    @property
    def tag(self) -> str:
        """`screen-id@version`, as citations name it."""
        return f"screen-{self.id}@{self.version}"


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around some boxes; ValueError where there are none."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def place(lines: Iterable[Line]) -> Locator:
    """The place that lines of one page take together."""
    held = tuple(lines)
    return Locator(page=held[0].page, box=around(line.box for line in held))


def spot(name: str, line: Line, span: Span | None = None) -> Spot:
    """The field `name` of a record as it stands in a line: the whole line, or the passage `span` of it."""
    span = span or Span(0, len(line.text))
    sure = sureness(line, span)
    return Spot(
        field=name,
        text=line.text[span.start : span.end],
        where=Locator(page=line.page, box=span_box(line, span)),
        confidence=sure.confidence,
        certainty=sure.certainty,
        other=sure.other,
    )
