"""Text as it is matched: marks that cannot be seen removed, every kind of blank made one, width and case folded.

What is matched is never what is quoted: the wording of the file is kept beside it.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["INVISIBLE", "has_marks", "header_key", "nfc", "plain"]

INVISIBLE = "\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
"""Direction marks, joiners, zero-width blanks and stray byte order marks."""

_BLANKS = "\u00a0\u2007\u2009\u202f"
_PLAIN = {**dict.fromkeys(map(ord, INVISIBLE)), **dict.fromkeys(map(ord, _BLANKS), " ")}
_MARKS = re.compile(f"[{INVISIBLE}{_BLANKS}]")
_CJK = re.compile(r"[\u3400-\u9fff]")
_SPACE = re.compile(r"\s+")


def has_marks(text: str) -> bool:
    """Whether `plain` would change the text."""
    return _MARKS.search(text) is not None


def plain(text: str) -> str:
    """The text without invisible marks, with every blank of the header class as a space; line ends stay."""
    return text if text.isascii() else text.translate(_PLAIN)


def nfc(text: str) -> str:
    """The composed form, in which names are compared."""
    return unicodedata.normalize("NFC", text)


def header_key(cell: str) -> str:
    """A column's name as it is matched: full and half width, case and blanks make no difference.

    Blanks inside a Chinese name mean nothing and go; inside a Latin one they part words and become one space.
    """
    text = unicodedata.normalize("NFKC", plain(cell)).strip()
    return _SPACE.sub("" if _CJK.search(text) else " ", text).casefold()
