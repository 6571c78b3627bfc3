"""Fonts in the file: composite fonts with codes of two bytes, painted ones and the one that is never painted.

The invisible text over pictures is set in a font whose only two glyphs are boxes: viewers take a character's place
from its glyph, so with empty glyphs a search would mark nothing.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from functools import cache
from typing import Any

from stages.assemble.fonts import Subset
from stages.assemble.pdf.objects import Raw, array, deflated, dictionary, name
from stages.assemble.pdf.unicode import to_unicode

__all__ = ["add_font", "ems", "encode", "invisible"]

_SYSTEM = Raw(b"<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>")
_LATIN_ENDS = 0x2E80
_FULL, _HALF = 1, 2


def ems(text: str) -> float:
    """The width of text in the invisible font, in ems."""
    return sum(0.5 if ord(char) < _LATIN_ENDS else 1.0 for char in text)


def encode(text: str, codes: dict[str, int]) -> str:
    """Text as the hex string of a show operator."""
    return "".join(f"{codes[char]:04X}" for char in text)


def invisible(used: Iterable[str]) -> Subset:
    """The font of the text layer for the characters that stand there."""
    chars = sorted(set(used))
    widths = (1000.0, *(500.0 if ord(char) < _LATIN_ENDS else 1000.0 for char in chars))
    codes = {char: code for code, char in enumerate(chars, 1)}
    return Subset("Dossier-Invisible", _boxes(), codes, widths, 880, -120, (0, -120, 1000, 880))


def add_font(document: Any, key: str, font: Subset) -> None:
    """Puts a font into the document; pages call it `key`."""
    named = name(f"DOSSIR+{font.name}")
    file = document.Reference(deflated(font.ttf, {"Length1": len(font.ttf)}), f"{key}-file")
    descriptor = dictionary({
        "Type": name("FontDescriptor"), "FontName": named, "Flags": 4, "ItalicAngle": 0, "StemV": 80,
        "FontBBox": array(list(font.bounds)), "Ascent": font.ascent, "Descent": font.descent,
        "CapHeight": font.ascent, "FontFile2": file,
    })  # fmt: skip
    descendant = dictionary({
        "Type": name("Font"), "Subtype": name("CIDFontType2"), "BaseFont": named, "CIDSystemInfo": _SYSTEM,
        "FontDescriptor": document.Reference(descriptor, f"{key}-descriptor"), "DW": 1000,
        "W": array([0, array(list(font.advances))]), "CIDToGIDMap": _glyph_map(document, key, font),
    })  # fmt: skip
    composite = dictionary({
        "Type": name("Font"), "Subtype": name("Type0"), "BaseFont": named, "Encoding": name("Identity-H"),
        "DescendantFonts": array([document.Reference(descendant, f"{key}-descendant")]),
        "ToUnicode": document.Reference(deflated(to_unicode(font.codes)), f"{key}-unicode"),
    })  # fmt: skip
    document.idToObject["BasicFonts"].dict[key] = document.Reference(composite, f"{key}-font")


def _glyph_map(document: Any, key: str, font: Subset) -> Any:
    """Codes are glyph numbers, except in the invisible font, where many codes share two boxes."""
    if font.name != "Dossier-Invisible":
        return name("Identity")
    glyphs = bytes(byte for width in font.advances for byte in (0, _FULL if width == 1000 else _HALF))
    return document.Reference(deflated(glyphs), f"{key}-glyphs")


@cache
def _boxes() -> bytes:
    """A TrueType font of .notdef, a full and a half box."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    def box(width: int) -> Any:
        pen = TTGlyphPen(None)
        pen.moveTo((0, -120))
        for corner in ((0, 880), (width, 880), (width, -120)):
            pen.lineTo(corner)
        pen.closePath()
        return pen.glyph()

    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "full", "half"])
    builder.setupCharacterMap({0x4E00: "full", 0x20: "half"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "full": box(1000), "half": box(500)})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "full": (1000, 0), "half": (500, 0)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120)
    builder.setupPost(keepGlyphNames=False)
    builder.updateHead(created=0, modified=0)
    builder.font.recalcTimestamp = False
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()
