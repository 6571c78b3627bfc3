"""The lines of LINE's text export: title, day, row, and what the app says itself.

All are matched on plain text (invisible marks removed, blanks made one).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.model import MessageType

__all__ = ["Row", "day_line", "is_recall", "is_saved", "kind_of_notice", "row_of", "title_of"]

_TITLE = re.compile(
    r"\[LINE\]\s*(?:"
    r"[與与](?P<zh>.+?)的聊天(?:[記记][錄录]|内容|內容)?"
    r"|(?P<zh_group>.+?)的聊天[記记][錄录]"
    r"|Chat history (?P<joint>with|in) (?P<en>.+)"
    r"|(?P<ja>.+?)とのトーク履歴"
    r"|(?P<ja_group>.+?)のトーク履歴)\s*",
    re.IGNORECASE,
)
_SAVED = re.compile(r"(?:[儲储]存日期|Saved on|保存日時|保存日期)\s*[:：]\s*(?P<said>\S.*)", re.IGNORECASE)
_WEEKDAY = r"(?:[A-Za-z]{2,9}\.?|(?:星期|週|周)?[一二三四五六日天月火水木金土](?:曜日)?)"
_DAY = re.compile(
    rf"(?:{_WEEKDAY},? +)?(?:\d{{4}}(?P<sep>[/.-])\d{{1,2}}(?P=sep)\d{{1,2}}"
    r"|\d{1,2}(?P<low>[/.-])\d{1,2}(?P=low)\d{2,4}"
    rf"|\d{{4}}年\d{{1,2}}月\d{{1,2}}日) ?(?:[(（]?{_WEEKDAY}[)）]?)?",
    re.ASCII,
)
_MARK = r"上午|下午|中午|凌晨|早上|晚上|午前|午後"
_ROW = re.compile(
    rf"(?P<said>(?P<before>{_MARK})? ?(?P<hour>\d{{1,2}}):(?P<minute>\d\d) ?(?P<after>[AaPp][Mm]|{_MARK})?)"
    r"(?P<gap>[\t ])(?P<rest>.*)",
    re.ASCII | re.DOTALL,
)
_RECALL = re.compile(
    r".{0,60}?(?:(?:已)?收回(?:了)?(?:一則|一条)?[訊讯]息|(?:已)?撤回了?(?:一条|一則)?[消訊讯]息"
    r"|unsent a message|がメッセージの送信を取り消しました|メッセージの送信を取り消しました)[。.]?"
)
_CALL = re.compile(r"☎|(?:Missed call|No answer|Call time|通話時間|通话时间|未接來電|不在着信|キャンセル)\b.{0,20}")


class Row(NamedTuple):
    """A line that begins with a time. `name` is None where no tab shows it, and empty for a notice."""

    said: str
    before: str | None
    hour: int
    minute: int
    name: str | None
    text: str
    tabbed: bool


def title_of(line: str) -> tuple[str, bool | None] | None:
    """Whom or what the title names, and whether the chat is private, if the line is one (None: it does not tell)."""
    match = _TITLE.fullmatch(line.strip()) if line.lstrip()[:1] == "[" else None
    if match is None:
        return None
    if match["joint"]:
        return match["en"].strip(), match["joint"].lower() == "with"
    one = match["zh"] or match["ja"]
    return (one or match["zh_group"] or match["ja_group"]).strip(), one is not None


def is_saved(line: str) -> str | None:
    """When the file was saved, as written, if the line says so."""
    match = _SAVED.fullmatch(line.strip())
    return match["said"] if match else None


def day_line(line: str) -> bool:
    """Whether the line is a day."""
    return 6 <= len(line) <= 40 and _DAY.fullmatch(line.strip()) is not None


def row_of(line: str) -> Row | None:
    """The line as a row, if it begins as one."""
    if not line or not (line[0].isdecimal() or line[0] in "上下中凌早晚午"):
        return None
    match = _ROW.fullmatch(line)
    if match is None:
        return None
    tabbed = match["gap"] == "\t"
    name, tab, text = match["rest"].partition("\t") if tabbed else ("", "", match["rest"])
    if tabbed and not tab:
        name, text = "", match["rest"]
    marker = match["before"] or match["after"]
    return Row(match["said"], marker, int(match["hour"]), int(match["minute"]), name if tabbed else None, text, tabbed)


def is_recall(text: str) -> bool:
    """Whether the app says that a message was taken back."""
    return len(text) < 90 and _RECALL.fullmatch(text.strip()) is not None


def kind_of_notice(text: str) -> MessageType:
    """What a row without a sender is."""
    return "recall" if is_recall(text) else "system"
