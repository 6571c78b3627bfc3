"""The look: one type scale, one accent colour, one set of margins. Lengths in points, colours as RGB of 0 to 1."""

from __future__ import annotations

from typing import NamedTuple

__all__ = [
    "ACCENT",
    "BODY",
    "BOTTOM",
    "CELL",
    "FAINT",
    "HEAD",
    "INK",
    "LABEL",
    "LEFT",
    "LINE",
    "MM",
    "MONO",
    "PAGE",
    "RIGHT",
    "SECTION",
    "SMALL",
    "SOFT",
    "STRONG",
    "TITLE",
    "TOP",
    "WHITE",
    "WIDTH",
    "Colour",
    "Style",
]

MM = 72 / 25.4
Colour = tuple[float, float, float]


def _rgb(code: str) -> Colour:
    red, green, blue = (round(int(code[at : at + 2], 16) / 255, 4) for at in (0, 2, 4))
    return (red, green, blue)


INK, SOFT, LINE, FAINT = _rgb("1b1d21"), _rgb("5c626b"), _rgb("d4d7dc"), _rgb("f3f4f6")
ACCENT, WHITE = _rgb("b3261e"), (1.0, 1.0, 1.0)

PAGE = (210 * MM, 297 * MM)
LEFT, RIGHT = 22 * MM, 192 * MM  # 22 mm at the binding side
TOP, BOTTOM = 20 * MM, 278 * MM
WIDTH = RIGHT - LEFT


class Style(NamedTuple):
    """A face (regular, bold or mono), a size, the distance of baselines, a colour."""

    face: str
    size: float
    leading: float
    colour: Colour = INK

    def in_(self, colour: Colour) -> Style:
        """The same in another colour."""
        return self._replace(colour=colour)

    def bold(self) -> Style:
        """The same in bold."""
        return self._replace(face="bold")


TITLE = Style("bold", 20, 26)
HEAD = Style("bold", 15, 21)
SECTION = Style("bold", 12.5, 18)
STRONG = Style("bold", 10.5, 16.8)
BODY = Style("regular", 10.5, 16.8)
CELL = Style("regular", 9, 13.8)
SMALL = Style("regular", 7.5, 11.4, SOFT)
LABEL = Style("regular", 7.5, 10.5, SOFT)
MONO = Style("mono", 9, 14.2)
