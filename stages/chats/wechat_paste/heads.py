"""The heads of copied messages: who and when on a line of its own, in the date and clock of the computer's region.

All are matched on plain text (invisible marks removed, blanks made one).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Literal, NamedTuple

from stages.chats.common.clock import hour_of
from stages.chats.common.dates import Parts

__all__ = ["MAYBE", "Head", "head_of", "is_likely", "name_of", "usual_shape"]

Form = Literal["name-first", "in-brackets", "time-first"]

_DATE = (
    r"(?:(?P<a>\d{1,4})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<c>\d{4}|\d{1,2})"
    r"|(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日)"
    r"(?: ?(?:星期|周)[一二三四五六日天])?,? {0,2}"
)
_MARKER = r"(?:上午|下午|凌晨|早上|清晨|中午|正午|傍晚|晚上|[AaPp]\.?[Mm]\.?)"
_CLOCK = (
    rf"(?P<before>{_MARKER})? ?(?P<hour>\d{{1,2}}):(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))? ?(?P<after>{_MARKER})?"
)
_SAID = rf"(?P<said>{_DATE}{_CLOCK})"
_FORMS: dict[Form, re.Pattern[str]] = {
    "time-first": re.compile(rf"{_SAID} {{1,2}}(?P<name>\S.{{0,80}}?) *", re.ASCII),
    "in-brackets": re.compile(rf"(?P<name>\S.{{0,80}}?) ?[(（]{_SAID}[)）] *", re.ASCII),
    "name-first": re.compile(rf"(?P<name>\S.{{0,80}}?) {{1,2}}{_SAID} *", re.ASCII),
}
MAYBE = re.compile(rf"^\d{{1,4}}[-/.年]\d|:[0-5]\d(?::[0-5]\d)? ?{_MARKER}?[)）]? *$|[：:] *$", re.MULTILINE | re.ASCII)
"""What a line holds that may be a head."""

_LONGEST = 160
_NO_NAME = re.compile(r"(?:时间|日期|[:：])$")
"""What stands before a time and is a label, no name."""

_UNLIKELY = re.compile(r"[，。！？；!?;{}<>=\"]")
"""What sentences hold and names seldom do: a text is not known by such heads, though it may have some."""

_BLOCK = re.compile(r"(?P<name>[^:：\s](?:[^:：]{0,40}[^:：\s])?)[:：] *")


class Head(NamedTuple):
    """A line with the form of a head. `clock` is HH:MM or HH:MM:SS of 24 hours, None where hour and marker conflict;
    `odd` says that it mixes clocks of 12 and 24 hours. `shape` is what the heads of one file share.
    """

    name: str
    said: str
    date: Parts
    clock: str | None
    odd: bool
    form: Form
    shape: tuple[str, ...]
    padded: bool | None
    """Whether a part of the date below ten is written with a zero; None where there is none such."""


def head_of(line: str) -> Head | None:
    """The head that a line may be."""
    if len(line) > _LONGEST:
        return None
    forms: tuple[Form, ...] = ("name-first",)
    if line[:1].isdecimal():
        forms = ("time-first", "name-first")
    if line.rstrip()[-1:] in (")", "）"):
        forms = ("time-first", "in-brackets")
    for form in forms:
        match = _FORMS[form].fullmatch(line)
        if match is not None and not _NO_NAME.search(match["name"]):
            return _head(form, match)
    return None


def _head(form: Form, match: re.Match[str]) -> Head:
    date: Parts = (match["a"], match["b"], match["c"]) if match["a"] else (match["year"], match["month"], match["day"])
    marker = match["before"] or match["after"]
    hour = hour_of(int(match["hour"]), marker)
    clock = (
        None if hour is None else f"{hour:02}:{match['minute']}" + (f":{match['second']}" if match["second"] else "")
    )
    place = "before" if match["before"] else "after" if match["after"] else ""
    shape = (form, match["sep"] or "年", "s" if match["second"] else "m", place, "y" if len(date[0]) == 4 else "d")
    small = [part for part in date if len(part) < 4 and int(part) < 10]
    padded = all(len(part) == 2 for part in small) if small else None
    odd = marker is not None and hour is not None and not 1 <= int(match["hour"]) <= 12
    return Head(match["name"], match["said"], date, clock, odd, form, shape, padded)


def usual_shape(heads: Iterable[Head]) -> tuple[tuple[str, ...], bool | None]:
    """The shape of most heads of a file, the first of those that tie, and whether their dates are padded."""
    heads = list(heads)
    shape = Counter(head.shape for head in heads).most_common(1)[0][0]
    padded = Counter(head.padded for head in heads if head.shape == shape and head.padded is not None).most_common(1)
    return shape, padded[0][0] if padded else None


def is_likely(name: str) -> bool:
    """Whether a name has nothing of a sentence."""
    return _UNLIKELY.search(name) is None


def name_of(line: str) -> str | None:
    """The name of a head without a time: it stands alone, with a colon behind it."""
    match = _BLOCK.fullmatch(line) if line.rstrip()[-1:] in (":", "：") else None
    return match["name"] if match and is_likely(match["name"]) else None
