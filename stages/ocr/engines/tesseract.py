"""tesseract through pytesseract: lines are found and restacked here, the program reads rows of one size.

Every row is read in the first language. Rows that hold little Chinese are read in the others too, rows read without
confidence once more at another size; the surest reading stays. One attempt is one process for all its rows. A second
look at known lines takes one process for each language: what is Chinese in a line is read by one, the rest by both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from pipeline.contract import Tool
from stages.ocr.engines import Box, Seen, SeenLine
from stages.ocr.engines.tesseract_program import installed, program, words_on
from stages.ocr.join import spaced
from stages.ocr.mixed import has_latin, merged, with_yuan
from stages.ocr.restack import Strip, cut, sheets
from stages.ocr.segment import TextLine, leaning, segment
from stages.ocr.sift import is_doubtful, is_unsure, sifted, sureness, usual_height

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["Tesseract"]

_COMMON, _LARGE = 24, 36  # pixels of the letters: small ones are read faster and no worse, short rows better if larger
_LOW = 0.6  # of the usual height: lower lines are enlarged no further


class _Row(NamedTuple):
    """A line of the picture and its surest reading so far: the words on a strip, in its pixels."""

    line: TextLine
    strip: Strip | None
    words: Sequence[Seen]


class _Attempt(NamedTuple):
    language: str
    height: int
    is_wanted: Callable[[_Row], bool]


class Tesseract:
    """The engine for these languages; one call of the program may take `seconds`."""

    reader = "tesseract@3"

    def __init__(self, languages: tuple[str, ...], seconds: int) -> None:
        first, *others = languages
        self._languages = languages
        self._seconds = seconds
        self._attempts = (
            _Attempt(first, _COMMON, lambda row: True),
            *(_Attempt(language, _COMMON, lambda row: is_doubtful(row.words)) for language in others),
            _Attempt(first, _LARGE, lambda row: is_unsure(row.words, row.line)),
        )

    def fingerprint(self) -> tuple[Tool, ...]:
        """The program's version and the digest of each language's data."""
        return installed(program(), self._languages)

    def read(self, image: Image.Image, scratch: Path) -> tuple[SeenLine, ...]:
        """The lines of text in `image`; what confidence and shape give away as an icon or a picture has no words."""
        lines = segment(image.convert("L")).lines
        usual = usual_height(lines)
        read = self._rows(image, lines, scratch, self._attempts)
        return tuple(seen for row in read for seen in _told(row, sifted(row.words, row.line, usual)))

    def reread(self, image: Image.Image, boxes: Sequence[Box], scratch: Path) -> tuple[SeenLine | None, ...]:
        """What stands in each of these boxes, as one line; None where nothing was read."""
        lines = leaning(image.convert("L"), boxes)
        rows = self._rows(image, lines, scratch, self._attempts[:1])
        for language in self._languages[1:]:
            asked = [(at, row.strip) for at, row in enumerate(rows) if row.strip is not None and has_latin(row.words)]
            readings = self._words([strip for _, strip in asked], language, scratch)
            for (at, _), words in zip(asked, readings, strict=True):
                rows[at] = rows[at]._replace(words=merged(rows[at].words, words))
        return tuple(map(_seen, rows))

    def _rows(
        self, image: Image.Image, lines: Sequence[TextLine], scratch: Path, attempts: Sequence[_Attempt]
    ) -> list[_Row]:
        """The surest reading of each line."""
        self.fingerprint()
        gray = image.convert("L")
        least = _LOW * usual_height(lines)
        best = [_Row(line, None, ()) for line in lines]
        for language, height, is_wanted in attempts:
            numbers = [number for number, row in enumerate(best) if is_wanted(row)]
            strips = [(number, cut(gray, lines[number], height, least)) for number in numbers]
            shown = [(number, strip) for number, strip in strips if strip is not None]
            readings = self._words([strip for _, strip in shown], language, scratch)
            for (number, strip), words in zip(shown, readings, strict=True):
                if best[number].strip is None or sureness(words) > sureness(best[number].words):
                    best[number] = _Row(lines[number], strip, words)
        return best

    def _words(self, strips: Sequence[Strip], language: str, scratch: Path) -> list[list[Seen]]:
        """The words on each strip, left to right, in its pixels."""
        found: list[list[Seen]] = [[] for _ in strips]
        if not strips:
            return found
        stacked = list(sheets(strips))
        pages = words_on([sheet.image for sheet in stacked], language, self._seconds, scratch)
        for sheet, words in zip(stacked, pages, strict=True):
            for word in sorted(words, key=lambda word: word.box[0]):
                place = sheet.place(word.box)
                if place is not None:
                    number, box = place
                    found[number].append(word._replace(box=box))
        return found


def _told(row: _Row, kept: Sequence[Seen]) -> Iterator[SeenLine]:
    """The line with the words that are `kept`, and one without words if some are not."""
    seen = _seen(row._replace(words=kept))
    if seen is not None:
        yield seen
    if seen is None or len(kept) < len(row.words):
        yield SeenLine("", row.line.box, 0.0)


def _seen(row: _Row) -> SeenLine | None:
    line, strip, words = row
    if strip is None or not words:
        return None
    places = strip.places(words)
    seen = tuple(word._replace(box=box) for word, box in zip(with_yuan(words), places, strict=True))
    return SeenLine(spaced(seen), line.box, sureness(words), seen)
