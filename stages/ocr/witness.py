"""Which lines a second engine reads as well: those whose mistakes would falsify, by a closed set of shapes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from stages.lang.match import folded

__all__ = ["carries_facts", "carries_passage"]

_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec"
_FACTS = re.compile(
    rf"""
      \d{{6}} | \d{{3}}\*{{2,}}\d                                # numbers of orders, parcels, phones, masked or not
    | [¥$€£]\s*-?\s*\d | \d\s*元 | \d\.\d\d(?!\d)             # amounts
    | \d{{1,2}}:\d\d                                          # times of day
    | \d{{1,4}}[-/.年]\d{{1,2}} | \d\s*月\s*\d | \d\s*日        # dates
    | [今昨前]天 | (?:星期|周)[一二三四五六日天] | 刚刚
    | \d\s*(?:秒|分钟|小时|天|周|个?月|年)[前内后]
    | \b(?:today|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b
    | \d\s*(?:second|sec|minute|min|hour|hr|day|week|month|year|[smhdwy])s?\ ago\b
    | \b(?:{_MONTH})[a-z]*\.?\ ?\d | \d\ ?(?:{_MONTH})
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LEAST = 4
"""Characters of a passage in a line that make it worth a second look, where the passage runs over lines."""


def carries_facts(text: str) -> bool:
    """Whether a line carries a number of an order, parcel or phone, an amount, or a time."""
    return _FACTS.search(unicodedata.normalize("NFKC", text)) is not None


def carries_passage(text: str, passages: Iterable[str]) -> bool:
    """Whether a line carries one of these passages (folded), or the part of it that falls on this line."""
    own, _ = folded(text)
    return any(passage in own or _shares(own, passage) for passage in passages)


def _shares(own: str, passage: str) -> bool:
    """Whether the passage begins in the line, ends in it, or runs through all of it."""
    if len(own) >= _LEAST and own in passage:
        return True
    longest = min(len(own), len(passage))
    return any(own.endswith(passage[:size]) or passage.endswith(own[:size]) for size in range(_LEAST, longest))
