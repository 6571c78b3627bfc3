"""What the texts of QQ share: how a sender is written, the clock of the computer, and the app's own sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from stages.chats.common.clock import hour_of

__all__ = [
    "CLOCK",
    "MARKS",
    "SYSTEM_IDS",
    "Who",
    "is_notice",
    "is_odd",
    "met",
    "own_of",
    "recalled_by",
    "time_of_day",
    "who_of",
]

SYSTEM_IDS = frozenset({"10000", "1000000"})
"""The ids under which QQ itself speaks."""

MARKS = frozenset("am pm a.m. p.m. 上午 下午 凌晨 早上 清晨 中午 晚上 傍晚".split())
"""The twelve-hour markers of Windows in Chinese and English, the languages of QQ; others are parts of names."""

_MARK = "|".join(sorted((re.escape(mark) for mark in MARKS), key=len, reverse=True))
CLOCK = rf"(?:(?P<before>(?i:{_MARK})) ?)?(?P<clock>\d{{1,2}}:\d\d:\d\d)(?: (?P<after>(?i:{_MARK}))(?!\S))?"
"""A time of day with seconds; a twelve-hour marker may stand before or after it."""

_ID = re.compile(r"(?P<name>.*?)\s*(?:\((?P<number>\d{5,12})\)|<(?P<mail>[^<>\s]+@[^<>\s]+)>)", re.DOTALL)
_TITLE = re.compile(r"【(?P<title>[^【】]{1,20})】(?P<name>.*\S)")
_RANKS = frozenset({"群主", "管理员"})
_RECALL = re.compile(
    r'["“]?(?P<name>.{0,60}?)["”]?\s*撤回了(?:一条|成员的一条|成员.{1,40}的一条)消息[。.]?(?:\s*\[?重新编辑\]?)?'
)
_NOTICE = re.compile(
    r"你和.{1,60}有\s?\d+\s?个共同好友.*|你们?已(?:经)?(?:成功)?添加.{0,60}|我们已(?:经)?是好友.{0,40}"
    r"|.{1,60}(?:加入(?:了)?本?群(?:聊)?|退出(?:了)?本?群(?:聊)?|被管理员(?:移出|禁言).*)[。.]?"
    r"|以上(?:是|为)?历史消息.*|对方已(?:成功)?接收了?你发送的(?:离线)?文件.*"
)


class Who(NamedTuple):
    """A sender as written: the name, the id (a number or a mail address) and the title a group gives, if they stand."""

    name: str
    id: str | None = None
    title: str | None = None


def who_of(written: str, *, titled: bool = False) -> Who:
    """The sender; the id is the last pair of brackets. `titled`: whether the file puts a title before every name.

    Without that only the titles that QQ itself gives (群主, 管理员) are parted from the name.
    """
    match = _ID.fullmatch(written) if written[-1:] in ")>" else None
    name = match["name"] if match else written.strip()
    title = _TITLE.fullmatch(name) if name[:1] == "【" else None
    parted = title if title and (titled or title["title"] in _RANKS) else None
    return Who(
        name=parted["name"].strip() if parted else name,
        id=(match["number"] or match["mail"]) if match else None,
        title=parted["title"] if parted else None,
    )


def met(written: Iterable[str]) -> dict[str, Who]:
    """Each sender of a conversation as written, once for each message, with what that means."""
    times = Counter(written)
    people = {who: count for who, count in times.items() if who_of(who).id not in SYSTEM_IDS}
    titled = sum(count for who, count in people.items() if who[:1] == "【") * 10 >= 9 * sum(people.values())
    return {who: who_of(who, titled=titled) for who in times}


def own_of(who: Who, name: str | None, people: Iterable[Who]) -> bool | None:
    """Whether a sender is the one who saved the conversation of that name; None where nothing tells.

    A conversation of two, in which nobody has an id, bears the name of the other one.
    """
    others = list(people)
    if any(other.id and other.id not in SYSTEM_IDS for other in others):
        return None
    names = {other.name for other in others if other.id is None}
    return None if len(names) > 2 or name not in names else who.name != name


def time_of_day(clock: str, marker: str | None) -> str:
    """The clock of 24 as HH:MM:SS; ValueError where clock and marker cannot stand together."""
    if marker is None:
        return clock if len(clock) == 8 else "0" + clock
    hour, _, rest = clock.partition(":")
    found = hour_of(int(hour), marker)
    if found is None:
        raise ValueError(f"not a time of day: {clock} {marker}")
    return f"{found:02}:{rest}"


def is_odd(clock: str) -> bool:
    """Whether only a clock of 24 hours shows it, so that no marker should stand beside it."""
    hour = int(clock.partition(":")[0])
    return hour == 0 or hour > 12


def recalled_by(line: str) -> str | None:
    """Who took a message back, as the line has it ("" where it names nobody); None if it does not say so."""
    match = _RECALL.fullmatch(line.strip()) if "撤回了" in line else None
    return match["name"] if match else None


def is_notice(line: str) -> bool:
    """Whether the line is one of the app's own sentences."""
    return _NOTICE.fullmatch(line.strip()) is not None
