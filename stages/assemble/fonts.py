"""Finding the fonts, measuring with them, and cutting out the glyphs a document uses.

Any outline format will do: the used glyphs are drawn again as TrueType, with codes in the order of their characters,
so that the same text gives the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from pipeline.contract import Tool
from pipeline.errors import MachineLacks

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

__all__ = ["FAMILIES", "SYMBOLS", "Family", "FontFile", "Fonts", "Subset", "find", "tools"]


class FontFile(NamedTuple):
    """A font: its file, and its number in a collection."""

    path: str
    number: int = 0


class Family(NamedTuple):
    """The three faces of the document."""

    regular: FontFile
    bold: FontFile
    mono: FontFile


def _noto(folder: str) -> Family:
    regular, bold = f"{folder}/NotoSansCJK-Regular.ttc", f"{folder}/NotoSansCJK-Bold.ttc"
    return Family(FontFile(regular, 2), FontFile(bold, 2), FontFile(regular, 7))


def _single(regular: FontFile, bold: FontFile) -> Family:
    return Family(regular, bold, regular)


FAMILIES = (
    _noto("/usr/share/fonts/opentype/noto"),
    _noto("/usr/share/fonts/google-noto-sans-cjk-fonts"),
    _noto("/usr/share/fonts/google-noto-cjk"),
    _noto("/usr/share/fonts/noto-cjk"),
    _noto("/Library/Fonts"),
    _single(
        FontFile("/usr/share/fonts/adobe-source-han-sans/SourceHanSansCN-Regular.otf"),
        FontFile("/usr/share/fonts/adobe-source-han-sans/SourceHanSansCN-Bold.otf"),
    ),
    Family(
        FontFile("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
        FontFile("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
        FontFile("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 1),
    ),
    _single(
        FontFile("/System/Library/Fonts/Hiragino Sans GB.ttc", 0),
        FontFile("/System/Library/Fonts/Hiragino Sans GB.ttc", 2),
    ),
    _single(FontFile("C:/Windows/Fonts/msyh.ttc", 0), FontFile("C:/Windows/Fonts/msyhbd.ttc", 0)),
)
"""Where the systems keep a Chinese family, the preferred one first."""

SYMBOLS = (
    FontFile("/usr/share/fonts/truetype/ancient-scripts/Symbola_hint.ttf"),
    FontFile("/usr/share/fonts/truetype/noto/NotoEmoji-Regular.ttf"),
    FontFile("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
    FontFile("/System/Library/Fonts/Apple Symbols.ttf"),
    FontFile("C:/Windows/Fonts/seguisym.ttf"),
)
"""Fonts that are asked for what the family lacks."""

_INVISIBLE = frozenset(
    {0xFE0E, 0xFE0F, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0x00AD}
    | set(range(0x202A, 0x202F))
    | set(range(0x2066, 0x206A))
    | set(range(0x1F3FB, 0x1F400))
    | set(range(0xE0020, 0xE0080))
)
_BLANKS = {"\t": "  ", "\u00a0": " ", "\u2028": "\n", "\u2029": "\n", "\r": "", "\u0085": "\n"}
_QUOTES = frozenset("“”‘’·")
"""As wide as a Chinese character in a Chinese family; in a text in Latin letters that looks like a gap."""

_HEAD = 65536
_WITH_SISTERS = ("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc")
_CURVE_ERROR = 0.001  # of the em, when cubic outlines become quadratic


def find() -> tuple[Family, tuple[FontFile, ...]]:
    """The first family that is there whole, and the symbol fonts that are there; MachineLacks without a family."""
    for family in FAMILIES:
        if all(Path(face.path).is_file() for face in family):
            return family, tuple(symbols for symbols in SYMBOLS if Path(symbols.path).is_file())
    raise MachineLacks("font-missing")


def tools() -> tuple[Tool, ...]:
    """The fonts that decide how the document looks, each with a fingerprint of its file."""
    family, symbols = find()
    named = [*zip(("regular", "bold", "mono"), family, strict=True)]
    named += [(f"symbols-{at}", face) for at, face in enumerate(symbols)]
    return tuple(Tool(name=f"font-{name}", version=_fingerprint(face), path=face.path) for name, face in named)


def _fingerprint(face: FontFile) -> str:
    path = Path(face.path)
    with path.open("rb") as file:
        head = hashlib.sha256(file.read(_HEAD)).hexdigest()[:16]
    return f"{path.name}#{face.number}:{path.stat().st_size}:{head}"


def _korean(face: FontFile) -> FontFile:
    """The sister of a Chinese face whose quotation marks are as wide as they look; the face itself without one."""
    return face._replace(number=1) if face.path.endswith(_WITH_SISTERS) else face


class Subset(NamedTuple):
    """The glyphs of the used characters as a TrueType font. Codes count from 1 in the order of the characters."""

    name: str
    ttf: bytes
    codes: dict[str, int]
    advances: tuple[float, ...]
    """By code, in thousandths of the em; the first is that of .notdef."""
    ascent: float
    descent: float
    bounds: tuple[float, float, float, float]


class _Face:
    """One font, opened when it is first asked."""

    def __init__(self, file: FontFile) -> None:
        self.file = file
        self._advances: dict[str, float | None] = {}

    @cached_property
    def font(self) -> TTFont:
        from fontTools.ttLib import TTFont

        number = self.file.number if self.file.path.endswith(".ttc") else -1
        return TTFont(self.file.path, fontNumber=number, lazy=True, recalcTimestamp=False)

    @cached_property
    def characters(self) -> dict[int, str]:
        return dict(self.font.getBestCmap())

    @cached_property
    def em(self) -> float:
        return float(self.font["head"].unitsPerEm)

    @cached_property
    def _widths(self) -> tuple[bytes, int]:
        """The table of advances as it is in the file, and how many it has: most of a Chinese font's are never asked."""
        return self.font.reader["hmtx"], self.font["hhea"].numberOfHMetrics

    @cached_property
    def outlines(self) -> Any:
        """Glyphs by name, each with `draw`; straight from the table where that reads no others."""
        return self.font["CFF "].cff.topDictIndex[0].CharStrings if "CFF " in self.font else self.font.getGlyphSet()

    def width(self, glyph: str) -> int:
        """A glyph's advance in units of the em; those behind the last one stated are as wide (OpenType, hmtx)."""
        data, count = self._widths
        at = 4 * min(self.font.getGlyphID(glyph), count - 1)
        return int.from_bytes(data[at : at + 2], "big")

    def close(self) -> None:
        """Closes the file, if it was opened."""
        if "font" in self.__dict__:
            self.font.close()

    def advance(self, char: str) -> float | None:
        """In ems; None if the font lacks the character."""
        if char not in self._advances:
            glyph = self.characters.get(ord(char))
            self._advances[char] = None if glyph is None else self.width(glyph) / self.em
        return self._advances[char]


class _Found(dict[str, "tuple[str, float] | None"]):
    """For each character that was asked of one face what `resolve` says."""

    def __init__(self, fonts: Fonts, face: str) -> None:
        self._fonts, self._face = fonts, face

    def __missing__(self, char: str) -> tuple[str, float] | None:
        self[char] = found = self._fonts.search(char, self._face)
        return found


class Fonts:
    """Measures text, finds a face for every character, and remembers what no font has. Closes its files on exit."""

    def __init__(self, family: Family, symbols: Iterable[FontFile], *, latin: bool = False) -> None:
        self._faces = {name: _Face(face) for name, face in zip(("regular", "bold", "mono"), family, strict=True)}
        if latin:
            self._faces |= {"latin": _Face(_korean(family.regular)), "latinbold": _Face(_korean(family.bold))}
        self._faces |= {f"symbols{at}": _Face(face) for at, face in enumerate(symbols)}
        self._found = {face: _Found(self, face) for face in self._faces}
        self._plain: dict[str, set[str]] = {face: set() for face in self._faces}
        self._one = "[U+{code:04X}]" if latin else "〔U+{code:04X}〕"
        self._many = "[{count} characters cannot be shown]" if latin else "〔{count} 个字符无法显示〕"
        self.missing: dict[str, str] = {}
        """Characters that no font has, and how they are printed instead."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for face in self._faces.values():
            face.close()

    def resolve(self, char: str, face: str) -> tuple[str, float] | None:
        """The face that has a character and its advance in ems; None if none has."""
        return self._found[face][char]

    def advance(self, char: str, face: str) -> float:
        """The advance of a printable character, in ems."""
        return self.advances(char, face)[0]

    def advances(self, text: str, face: str) -> list[float]:
        """The advance of each character of printable text, in ems."""
        found = self._found[face]
        try:
            return [found[char][1] for char in text]  # type: ignore[index]
        except TypeError:
            lacking = next(char for char in text if found[char] is None)
            raise LookupError(f"no font has U+{ord(lacking):04X}") from None

    def width(self, text: str, face: str, size: float) -> float:
        """The width of printable text."""
        return sum(self.advances(text, face)) * size

    def printable(self, text: str, face: str = "regular") -> str:
        """The text with only characters that a font has: invisible marks go, the rest is named or counted."""
        if text.isascii() and text.isprintable():
            return text
        plain = self._plain[face]
        others = set(text) - plain
        if not others:
            return text
        missing = {char for char in others if self._is_missing(char, face)}
        plain |= {char for char in others - missing if char not in _BLANKS and ord(char) not in _INVISIBLE}
        if missing:
            run = f"[{re.escape(''.join(sorted(missing)))}]+"
            text = re.sub(f"{run}(?: +{run})*", lambda match: self._unprintable(match[0].replace(" ", "")), text)
        return "".join("" if ord(char) in _INVISIBLE else _BLANKS.get(char, char) for char in text)

    def runs(self, text: str, face: str) -> list[tuple[str, str]]:
        """Printable text as (face, text), each run in one font."""
        found = self._found[face]
        names = [home[0] if (home := found[char]) else face for char in text]
        ends = [at for at in range(1, len(text)) if names[at] != names[at - 1]]
        return [(names[start], text[start:end]) for start, end in pairwise([0, *ends, len(text)])] if text else []

    def subset(self, face: str, used: Iterable[str]) -> Subset:
        """The glyphs of the used characters."""
        return _subset(self._faces[face], face, sorted(set(used)))

    def search(self, char: str, face: str) -> tuple[str, float] | None:
        """As `resolve`, looked for in the fonts."""
        if char in _QUOTES and "latin" in self._faces:
            face = "latinbold" if face == "bold" else "latin"
        others = [name for name in self._faces if name != face]
        for name in (face, "regular", *others):
            advance = self._faces[name].advance(char)
            if advance is not None:
                return name, advance
        return None

    def _is_missing(self, char: str, face: str) -> bool:
        code = ord(char)
        if char in _BLANKS or char == "\n" or code in _INVISIBLE:
            return False
        return code < 0x20 or self.resolve(char, face) is None

    def _unprintable(self, run: str) -> str:
        """A character by its code point; more of them by their number."""
        shown = self._one.format(code=ord(run)) if len(run) == 1 else self._many.format(count=len(run))
        for char in run:
            self.missing.setdefault(char, shown)
        return shown


def _subset(face: _Face, name: str, chars: list[str]) -> Subset:
    from fontTools.fontBuilder import FontBuilder

    names = [".notdef", *(f"u{ord(char):04X}" for char in chars)]
    glyphs = face.outlines
    sources = [".notdef", *(face.characters[ord(char)] for char in chars)]
    outlines = {new: _outline(glyphs, old, face.em) for new, old in zip(names, sources, strict=True)}
    head, line = face.font["head"], face.font["hhea"]
    builder = FontBuilder(int(face.em), isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(char): new for char, new in zip(chars, names[1:], strict=True)})
    builder.setupGlyf(outlines)
    advances = [face.width(old) for old in sources]
    bearings = [getattr(outlines[new], "xMin", 0) for new in names]
    builder.setupHorizontalMetrics(dict(zip(names, zip(advances, bearings, strict=True), strict=True)))
    builder.setupHorizontalHeader(ascent=line.ascent, descent=line.descent)
    builder.setupOS2(sTypoAscender=line.ascent, sTypoDescender=line.descent)
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    out = io.BytesIO()
    builder.save(out)
    scale = 1000 / face.em
    return Subset(
        name=f"Dossier-{name.capitalize()}",
        ttf=out.getvalue(),
        codes={char: code for code, char in enumerate(chars, 1)},
        advances=tuple(round(advance * scale, 3) for advance in advances),
        ascent=round(line.ascent * scale, 3),
        descent=round(line.descent * scale, 3),
        bounds=tuple(round(value * scale, 3) for value in (head.xMin, head.yMin, head.xMax, head.yMax)),
    )


def _outline(glyphs: Any, name: str, em: float) -> Any:
    """A glyph with quadratic curves and without components."""
    from fontTools.pens.cu2quPen import Cu2QuPen
    from fontTools.pens.filterPen import DecomposingFilterPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    glyphs[name].draw(DecomposingFilterPen(Cu2QuPen(pen, _CURVE_ERROR * em, reverse_direction=True), glyphs))
    return pen.glyph()
