"""How well lines read from a picture match those that stand on it, in counts that add up over pictures.

Blanks, width, emoji and the style of quotation marks do not count. Boxes of truth are [left, top, width, height].
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from pipeline.model import Line
from stages.lang.certainty import sureness
from stages.lang.match import Span

__all__ = ["Box", "Read", "certain", "plain", "score"]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

KEYS = frozenset({"order_id", "tracking", "datetime", "amount", "phone", "name"})
_DROPPED = re.compile("[\\s\U0001f000-\U0001faff☀-➿️‍⬀-⯿]")
_ALIKE = str.maketrans("“”‘’—–【】￥›…·•", "\"\"''--[]¥>…..")
_FACT = re.compile(r"[\w¥$€£*][\w¥$€£*.:/-]{3,}", re.ASCII)
_SIDE = 6  # pixels beside a region without truth within which what was read is left out, too


class Read(NamedTuple):
    """A line as an engine gave it, with its words."""

    text: str
    box: Box
    words: Sequence[tuple[str, Box]]


def plain(text: str) -> str:
    """The characters that are compared."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text)).translate(_ALIKE)


def score(truth: Mapping[str, Any], lines: Sequence[Read]) -> Counter[str]:
    """Of characters, key fields, sentences and lines: how many there are and how many are wrong, found, located.

    `wrong` are the edits from what lies on each true line to its text, and every character that lies on none.
    """
    true = [(plain(line["text"]), _box(line["bbox"])) for line in truth["lines"] if plain(line["text"])]
    words = [(plain(text), box) for line in lines for text, box in line.words if plain(text)]
    words = [(text, box) for text, box in words if not _is_left_out(box, truth, [box for _, box in true])]
    own: defaultdict[int, list[tuple[float, str]]] = defaultdict(list)
    extra = 0
    for text, box in words:
        on = max(range(len(true)), key=lambda at: _shared(box, true[at][1]), default=-1)
        if on >= 0 and _shared(box, true[on][1]) >= 0.25 * min(_area(box), _area(true[on][1])):
            own[on].append((box[0], text))
        else:
            extra += len(text)
    whole = plain("".join(line.text for line in lines))
    found: Counter[str] = Counter(characters=sum(len(text) for text, _ in true), wrong=extra)
    for at, (text, box) in enumerate(true):
        found["wrong"] += Levenshtein.distance(text, "".join(part for _, part in sorted(own[at])))
        if len(text) >= 4:
            found["lines"] += 1
            found["located"] += any(_is_located(text, box, line) for line in lines)
    fields = Counter(plain(field["value"]) for field in truth["fields"] if field["type"] in KEYS)
    found["fields"] = fields.total()
    found["right"] = sum(min(count, whole.count(value)) for value, count in fields.items())
    said = [plain(field["value"]) for field in truth["fields"] if field["type"] == "sentence"]
    found["sentences"] = sum(len(text) >= 6 for text in said)
    found["said"] = sum(len(text) >= 6 and fuzz.partial_ratio(text, whole) >= 90 for text in said)
    return found


def certain(truth: Mapping[str, Any], lines: Iterable[Line]) -> Counter[str]:
    """Of the numbers, times and amounts in lines: how many are called certain, and how many of those are not so."""
    found: Counter[str] = Counter()
    for line in lines:
        if _is_left_out(line.box, truth, [_box(one["bbox"]) for one in truth["lines"]]):
            continue
        beside = "".join(plain(one["text"]) for one in truth["lines"] if _shared(line.box, _box(one["bbox"])) > 0)
        for match in _FACT.finditer(line.text):
            found["facts"] += 1
            if sureness(line, Span(*match.span())).certainty == "agreed":
                found["certain"] += 1
                found["falsely"] += plain(match[0]) not in beside
    return found


def _box(box: Sequence[float]) -> Box:
    return (box[0], box[1], box[0] + box[2], box[1] + box[3])


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def _shared(one: Box, other: Box) -> float:
    return _area((max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])))


def _is_located(text: str, box: Box, line: Read) -> bool:
    common = _shared(box, line.box)
    return common > 0.5 * (_area(box) + _area(line.box) - common) and (
        Levenshtein.distance(text, plain(line.text)) < 0.2 * len(text)
    )


def _is_left_out(box: Box, truth: Mapping[str, Any], true: Iterable[Box]) -> bool:
    """Whether it lies where the truth says nothing: half under a bar, or over the edge."""
    middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    return any(_holds(_box(region), middle) for region in truth.get("ignore") or ()) and not any(
        _holds(one, middle) for one in true
    )


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box[0] - _SIDE <= point[0] <= box[2] + _SIDE and box[1] <= point[1] <= box[3]
