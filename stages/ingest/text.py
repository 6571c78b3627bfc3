"""Whether bytes are text, and in which family of encodings; the readers settle the encoding itself."""

from __future__ import annotations

import codecs
import re
import unicodedata

__all__ = ["SAMPLE", "text_type"]

SAMPLE = 1 << 20
"""How many of the first bytes decide."""

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_HTML = re.compile(r"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|meta|table)\b", re.IGNORECASE | re.DOTALL)
_JSON = re.compile(r"[\ufeff\s]*(\{\s*[\"}]|\[\s*[\[{\"\]])")  # a log that begins with [2026/3/17 is none
_FEW = 0.005  # the share of stray bytes or control characters that a damaged text may hold
_COMMON = 0.7  # the least share of everyday characters among the Chinese ones of a GB18030 text


def text_type(sample: bytes) -> str | None:
    """The media type of text, text/plain at the least; None if these bytes are no text.

    `sample` are the first `SAMPLE` bytes, so that its last character may be cut.
    """
    text = _decoded(sample)
    if text is None:
        return None
    if _HTML.match(text):
        return "text/html"
    return "application/json" if _JSON.match(text) else "text/plain"


def _decoded(sample: bytes) -> str | None:
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _sound(_strict(sample, "utf-16"))
    for encoding in ("utf-8", "gb18030"):
        text = _sound(_strict(sample, encoding))
        if text is not None and (encoding == "utf-8" or _everyday(text)):
            return text
    if sample.count(0) * 4 > len(sample):
        return _sound(_strict(sample, "utf-16-le" if sample[1:2] == b"\0" else "utf-16-be"))
    return _damaged(sample)


def _strict(sample: bytes, encoding: str) -> str | None:
    try:
        return codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return None


def _damaged(sample: bytes) -> str | None:
    """Text with a few wrong bytes: still text, and its reader says where they stand."""
    for encoding in ("utf-8", "gb18030"):
        text = sample.decode(encoding, "replace")
        wrong = text.count("\ufffd")
        if wrong <= 4 + len(text) * _FEW and len(text) >= 16 and _sound(text) and _everyday(text):
            return text
    return None


def _sound(text: str | None) -> str | None:
    """The text, unless it is full of control characters or of code points that stand for nothing."""
    if text is None or len(_CONTROLS.findall(text)) > len(text) * _FEW:
        return None
    nothing = sum(unicodedata.category(letter) in {"Cn", "Cs"} for letter in text[:4096])
    return text if nothing <= 4096 * _FEW and nothing * 20 <= len(text) else None


def _everyday(text: str) -> bool:
    """Whether its Chinese characters are mostly common ones: random bytes read as GB18030 give rare ones."""
    hanzi = _HANZI.findall(text[:65536])
    others = sum(letter > "\x7f" for letter in text[:65536]) - len(hanzi)
    common = sum(_is_common(letter) for letter in hanzi)
    return common >= len(hanzi) * _COMMON and others <= max(8, len(text[:65536]) // 4)


def _is_common(letter: str) -> bool:
    """Whether it is of the first level of GB 2312: the 3,755 characters of daily use."""
    try:
        return 0xB0 <= letter.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False
