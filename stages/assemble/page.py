"""Pages as values: what stands where, before anything is painted. Origin at the top left, y downwards, in points."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from stages.assemble.style import INK, Colour

__all__ = ["Box", "Disc", "Glyphs", "Hidden", "Link", "Mark", "Page", "Picture", "Qr", "Rule", "Triangle"]


class Glyphs(NamedTuple):
    """Text in one face from `x` on the baseline `y`."""

    x: float
    y: float
    text: str
    face: str
    size: float
    colour: Colour = INK


class Hidden(NamedTuple):
    """Text that is found but not painted: it covers `width` x `height` from the top left corner."""

    x: float
    y: float
    width: float
    height: float
    text: str


class Rule(NamedTuple):
    """A straight line."""

    x: float
    y: float
    to_x: float
    to_y: float
    weight: float
    colour: Colour
    dash: tuple[float, ...] = ()


class Box(NamedTuple):
    """A rectangle, outlined, filled or both."""

    x: float
    y: float
    width: float
    height: float
    stroke: Colour | None = None
    fill: Colour | None = None
    weight: float = 0.4
    dash: tuple[float, ...] = ()
    radius: float = 0


class Disc(NamedTuple):
    """A filled circle."""

    x: float
    y: float
    radius: float
    colour: Colour


class Triangle(NamedTuple):
    """A filled triangle inside a rectangle, its right angle at the lower left."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour


class Picture(NamedTuple):
    """A piece of a picture, by its key among the document's images."""

    x: float
    y: float
    width: float
    height: float
    key: str


class Link(NamedTuple):
    """A rectangle that leads to a destination of this document."""

    x: float
    y: float
    width: float
    height: float
    to: str


class Qr(NamedTuple):
    """A QR code."""

    x: float
    y: float
    size: float
    data: str


Mark = Glyphs | Hidden | Rule | Box | Disc | Triangle | Picture | Link | Qr


@dataclass
class Page:
    """One page: its number, what its head and foot say, and the marks on it in painting order."""

    number: int
    head: str
    foot: str
    marks: list[Mark] = field(default_factory=list)
