"""The text layer of a PDF page: the characters that a reader of the page sees, in lines, with their places.

A layer can say anything: what an engine once recognised under a scan, text in white, below a picture or off the page,
characters that no table maps to Unicode. Only what is mapped and seen is taken; the rest is counted.
"""

from __future__ import annotations

import ctypes
import itertools
import math
import statistics
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pypdfium2.raw as pdfium

from stages.raster.pdf import Frame

__all__ = ["Char", "Layer", "LayerLine", "around", "layer_of", "text_of"]

Box = tuple[float, float, float, float]
Gray = npt.NDArray[np.uint8]

_SEEN_MODES = frozenset({0, 1, 2, 4, 5, 6})  # text that is filled or outlined; 3 is invisible, 7 only clips
_CONTRAST = 24  # of 255: what ink differs from its ground by
_TILT = 3.0  # degrees: what runs more askew is no line
_ROW = 0.5  # of a character's height: how far centres on one line may lie apart
_COLUMN = 1.0  # of a character's height: a wider gap separates two lines side by side
_BLANK = 0.15  # of a character's height: a gap so much wider than usual separates two words
_SOME = 4  # gaps that tell what is usual
_SAME = 0.4  # of a character's width: the same character this near is its own shadow
_OPEN_ROWS = 8  # rows that a character may still belong to
_WIDE = "\u2e80"


class Char(NamedTuple):
    """A character of the layer: where its ink stands, and its cell (as high as the line), in points as shown.

    `apart` says that a blank stands before it in the layer.
    """

    text: str
    ink: Box
    cell: Box
    apart: bool

    @property
    def height(self) -> float:
        """Of its cell."""
        return self.cell[3] - self.cell[1]

    @property
    def middle(self) -> float:
        """The height of its middle on the page."""
        return (self.cell[1] + self.cell[3]) / 2

    def is_within(self, box: Box) -> bool:
        """Whether its middle stands in a box."""
        return box[0] <= (self.ink[0] + self.ink[2]) / 2 <= box[2] and box[1] <= self.middle <= box[3]


class LayerLine(NamedTuple):
    """A line of the layer: its characters by words, left to right."""

    words: tuple[tuple[Char, ...], ...]

    @property
    def text(self) -> str:
        """The words with a blank between them."""
        return " ".join(text_of(word) for word in self.words)

    @property
    def box(self) -> Box:
        """Around its words."""
        return around(char.cell for word in self.words for char in word)

    def within(self, box: Box) -> LayerLine:
        """What of it stands in a box: the characters whose middle does."""
        kept = (tuple(char for char in word if char.is_within(box)) for word in self.words)
        return LayerLine(tuple(word for word in kept if word))


class Layer(NamedTuple):
    """The lines of a page that are seen, and how many of its characters are not seen, or mean nothing."""

    lines: tuple[LayerLine, ...]
    unseen: int = 0
    unmapped: int = 0


def layer_of(page: Any, frame: Frame, gray: Gray) -> Layer:
    """The layer of a page of `stages.raster.pdf.opened`; `gray` is the page as it is drawn."""
    textpage = page.get_textpage()
    try:
        return _judged(textpage, frame, gray, _pictures(page, frame))
    finally:
        textpage.close()


def _judged(textpage: Any, frame: Frame, gray: Gray, pictures: _Pictures) -> Layer:
    seen: list[Char] = []
    unseen = unmapped = 0
    for at, text, apart in _texts(textpage):
        if not _means_something(text) or pdfium.FPDFText_HasUnicodeMapError(textpage, at) == 1:
            unmapped += 1
            continue
        char = _placed(textpage, at, text, frame, apart=apart)
        is_placed = all(map(math.isfinite, (*char.ink, *char.cell))) and _is_upright(textpage, at, frame)
        if is_placed and pictures.show(textpage, at, char) and _has_ink(gray, char, frame):
            seen.append(char)
        else:
            unseen += 1
    return Layer(tuple(_lines(seen)), unseen, unmapped)


def _texts(textpage: Any) -> Iterator[tuple[int, str, bool]]:
    """Index and text of every character but blanks, and whether one stands before it; halves of one are joined.

    What pdfium itself puts between words is left out.
    """
    high, apart = "", False
    for at in range(textpage.count_chars()):
        if pdfium.FPDFText_IsGenerated(textpage, at) == 1:
            continue
        text = chr(pdfium.FPDFText_GetUnicode(textpage, at))
        if "\ud800" <= text <= "\udbff":
            high = text
            continue
        text, high = (high + text).encode("utf-16", "surrogatepass").decode("utf-16", "replace"), ""
        if not text.isspace():
            yield at, text, apart
        apart = text.isspace()


def _means_something(text: str) -> bool:
    """Whether it is a character at all: no control, no private or unassigned code, no mark of a failed mapping."""
    return text != "\ufffd" and all(unicodedata.category(char) not in {"Cc", "Cn", "Co", "Cs"} for char in text)


def _placed(textpage: Any, at: int, text: str, frame: Frame, *, apart: bool) -> Char:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(textpage, at, left, right, bottom, top)
    ink = frame.shown(left.value, bottom.value, right.value, top.value)
    loose = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(textpage, at, loose)
    cell = frame.shown(loose.left, loose.bottom, loose.right, loose.top)
    return Char(unicodedata.normalize("NFC", text), ink, around((ink, cell)), apart)


def _is_upright(textpage: Any, at: int, frame: Frame) -> bool:
    """Whether it stands upright on the page as shown, and is painted."""
    text_object = pdfium.FPDFText_GetTextObject(textpage, at)
    if text_object and pdfium.FPDFTextObj_GetTextRenderMode(text_object) not in _SEEN_MODES:
        return False
    tilt = (math.degrees(pdfium.FPDFText_GetCharAngle(textpage, at)) + frame.turn) % 360
    return min(tilt, 360 - tilt) <= _TILT


class _Pictures(NamedTuple):
    """The pictures that lie on a page, each as its place in painting order and its box; and the order of text."""

    boxes: tuple[tuple[int, Box], ...]
    order: Mapping[int, int]

    def show(self, textpage: Any, at: int, char: Char) -> bool:
        """Whether no picture was laid over a character after it was painted."""
        text_object = pdfium.FPDFText_GetTextObject(textpage, at)
        painted = self.order.get(_address(text_object), 0) if text_object else 0
        return not any(order > painted and char.is_within(box) for order, box in self.boxes)


def _pictures(page: Any, frame: Frame) -> _Pictures:
    boxes, order = [], {}
    for at, found in enumerate(page.get_objects(max_depth=1)):
        order[_address(found.raw)] = at
        if found.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            boxes.append((at, frame.shown(*found.get_bounds())))
    return _Pictures(tuple(boxes), order)


def _address(pointer: Any) -> int:
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0


def _has_ink(gray: Gray, char: Char, frame: Frame) -> bool:
    """Whether anything is drawn where the character stands: not off the page, not in the colour of its ground."""
    scale = gray.shape[1] / max(1.0, frame.size[0])
    left, top, right, bottom = (round(side * scale) for side in char.ink)
    part = gray[max(0, top) : max(0, bottom) + 1, max(0, left) : max(0, right) + 1]
    return part.size > 0 and int(part.max()) - int(part.min()) >= _CONTRAST


def _lines(chars: Iterable[Char]) -> Iterator[LayerLine]:
    """Characters of one height side by side, cut where columns begin."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: (char.middle, char.cell[0])):
        row = next((row for row in reversed(rows[-_OPEN_ROWS:]) if _on_one_line(row[-1], char)), None)
        if row is None:
            rows.append([char])
        else:
            row.append(char)
    for row in rows:
        for part in _columns(sorted(row, key=lambda char: char.cell[0])):
            yield _line(part)


def _on_one_line(one: Char, other: Char) -> bool:
    return abs(one.middle - other.middle) <= _ROW * min(one.height, other.height)


def _columns(row: Sequence[Char]) -> Iterator[list[Char]]:
    part: list[Char] = []
    usual = 2 * _usual_gap(row)
    for char in row:
        if part and _is_shadow(part[-1], char):
            continue
        if part and _gap(part[-1], char) > max(_COLUMN * char.height, usual):
            yield part
            part = []
        part.append(char)
    yield part


def _line(chars: Sequence[Char]) -> LayerLine:
    """Where the layer states no blank, one is where a gap is wider than those around it: many programs write none."""
    usual = _usual_gap(chars)
    words: list[list[Char]] = [[chars[0]]]
    for before, char in itertools.pairwise(chars):
        is_wider = _gap(before, char) - usual > _BLANK * char.height
        if char.apart or (is_wider and _is_narrow(before) and _is_narrow(char)):
            words.append([])
        words[-1].append(char)
    return LayerLine(tuple(map(tuple, words)))


def _usual_gap(chars: Sequence[Char]) -> float:
    """The middling gap between neighbours, where there are some: letters may be set apart."""
    gaps = [_gap(before, char) for before, char in itertools.pairwise(chars)]
    return max(0.0, statistics.median(gaps)) if len(gaps) >= _SOME else 0.0


def _is_shadow(one: Char, other: Char) -> bool:
    """Whether two are one character painted twice to look bold."""
    return one.text == other.text and abs(other.cell[0] - one.cell[0]) < _SAME * (other.cell[2] - other.cell[0])


def _gap(before: Char, char: Char) -> float:
    return char.cell[0] - before.cell[2]


def _is_narrow(char: Char) -> bool:
    """Whether words of its script are written with blanks between them."""
    return char.text < _WIDE


def text_of(word: Iterable[Char]) -> str:
    """The characters of a word."""
    return "".join(char.text for char in word)


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around some."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))
