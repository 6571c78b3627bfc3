"""What of an engine's words on a line is text, and what an icon, an avatar or a picture that was taken for text."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from stages.ocr.engines import Seen
from stages.ocr.segment import TextLine

__all__ = ["is_chinese", "is_doubtful", "is_unsure", "sifted", "sureness", "usual_height"]

_SURE = 0.92
_LITTLE, _UNSURE = 0.3, 0.8  # a row with less Chinese than this, read less surely than this
_AGAIN, _WIDER = 0.7, 1.4
_NOISE = 0.3  # words less sure than this are none
_SHORT, _SHORT_SURE = 3, 0.55
_ICONS = frozenset("十口回一丨〇凸囗0OoQqCDGVvUuLlIi<>+*|")
_MARKS = frozenset("|©®@_~^\\=`'‘’\"“”*")
_APART = 0.3  # of the line's height: how far an icon stands from the text
_FIRM = 0.35  # how far the width of a row may differ from its characters', in characters
_DIGIT = 0.9  # of the usual height of a line: digits are lower


def sureness(words: Sequence[Seen]) -> float:
    """The confidence in words as a whole, by letters; 0 for none."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def is_chinese(letter: str) -> bool:
    """Whether it is an ideograph."""
    return "\u3400" <= letter <= "\u9fff" or "\U00020000" <= letter <= "\U0003ffff"


def is_doubtful(words: Sequence[Seen]) -> bool:
    """Whether words that a Chinese model read may be no Chinese: another language should read them too."""
    text = "".join(word.text for word in words)
    chinese = sum(map(is_chinese, text))
    if chinese == 0:
        return sureness(words) < _SURE
    return chinese < _LITTLE * len(text) and sureness(words) < _UNSURE


def is_unsure(words: Sequence[Seen], line: TextLine) -> bool:
    """Whether a line that is too wide to be an icon should be read once more."""
    return sureness(words) < _AGAIN and line.right - line.left > _WIDER * line.height


def usual_height(lines: Sequence[TextLine]) -> float:
    """The middling height of lines; 0 for none."""
    return median(line.height for line in lines) if lines else 0.0


def sifted(words: Sequence[Seen], line: TextLine, usual: float) -> list[Seen]:
    """The words of a line that are text, without the icons at its ends; none if it shows no text at all.

    `usual` is the height that lines of this picture have.
    """
    kept = _without_icons(list(words))
    text = "".join(word.text for word in kept)
    if not any(map(str.isalnum, text)) or _is_noise(text, sureness(kept), line, usual):
        return []
    return kept


def _without_icons(words: list[Seen]) -> list[Seen]:
    while len(words) > 1 and _is_icon(words[0], words[1]):
        words = words[1:]
    while len(words) > 1 and _is_icon(words[-1], words[-2]):
        words = words[:-1]
    return words


def _is_icon(word: Seen, neighbour: Seen) -> bool:
    """Whether a word at the end of a line is a mark, or a shape that stands apart from its neighbour."""
    if all(letter in _MARKS for letter in word.text):
        return True
    gap = max(neighbour.box[0] - word.box[2], word.box[0] - neighbour.box[2])
    apart = gap > _APART * (neighbour.box[3] - neighbour.box[1])
    return apart and len(word.text) == 1 and word.text in _ICONS


def _is_noise(text: str, sure: float, line: TextLine, usual: float) -> bool:
    firm = _fits(text, line)
    if sure < (_NOISE / 2 if firm else _NOISE):
        return True
    if len(text) == 1:
        return _is_shape(text, sure, line, usual)
    return len(text) <= _SHORT and sure < _SHORT_SURE and not firm


def _fits(text: str, line: TextLine) -> bool:
    """Whether all of it is Chinese and the line has the shape of so many characters, at least two."""
    shape = (line.right - line.left) / line.height
    return len(text) > 1 and all(map(is_chinese, text)) and abs(shape - 1.07 * len(text)) < _FIRM * len(text) ** 0.5


def _is_shape(letter: str, sure: float, line: TextLine, usual: float) -> bool:
    """Whether a letter by itself is more likely a shape: all but digits and Chinese read surely."""
    if letter in _ICONS or not (letter.isdigit() or is_chinese(letter)):
        return True
    return sure < 0.8 or line.height > (1.5 if is_chinese(letter) else _DIGIT) * usual
