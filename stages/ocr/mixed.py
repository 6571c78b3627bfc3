"""One reading of a line out of two: of a Chinese model's words and those of a Latin one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from stages.ocr.engines import Seen
from stages.ocr.sift import is_chinese, sureness

__all__ = ["has_latin", "merged", "with_yuan"]

_COVERS = 0.8  # of the width of a run: what another reading of it covers at least
_YUAN = re.compile(r"(?:(?<![A-Za-z0-9])[YyV]|(?<![A-Za-z0-9\u3400-\u9fff])[羊关半妆])(?=-?\d+\.\d\d(?!\d))")
"""What the models read for ¥, which the Chinese one does not know: one such sign before an amount with cents."""


def has_latin(words: Sequence[Seen]) -> bool:
    """Whether some of these words are not Chinese, or there are none."""
    return not words or not all(map(_is_chinese, words))


def merged(words: Sequence[Seen], latin: Sequence[Seen]) -> list[Seen]:
    """Chinese words as they are, each run of others as it was read more surely; words go left to right.

    Both readings are of one strip. Another reading of a run counts only if it covers it and nothing beside it.
    """
    if not words:
        return list(latin)
    found: list[Seen] = []
    for chinese, group in groupby(words, _is_chinese):
        run = list(group)
        rival = [] if chinese else _within(latin, run)
        found += rival if sureness(rival) > sureness(run) else run
    return found


def with_yuan(words: Sequence[Seen]) -> list[Seen]:
    """The words with ¥ where a letter stands for it; no digit is ever another."""
    text = _YUAN.sub("¥", "".join(word.text for word in words))
    found, start = [], 0
    for word in words:
        found.append(word._replace(text=text[start : start + len(word.text)]))
        start += len(word.text)
    return found


def _is_chinese(word: Seen) -> bool:
    return any(map(is_chinese, word.text))


def _within(words: Sequence[Seen], run: Sequence[Seen]) -> list[Seen]:
    left, right = run[0].box[0], run[-1].box[2]
    held = [word for word in words if left <= (word.box[0] + word.box[2]) / 2 <= right]
    if not held or held[-1].box[2] - held[0].box[0] < _COVERS * (right - left):
        return []
    reach = (run[0].box[3] - run[0].box[1]) / 2  # half of a Chinese letter: what is read beyond it is read twice
    beyond = held[0].box[0] < left - reach or held[-1].box[2] > right + reach
    return [] if beyond else held
