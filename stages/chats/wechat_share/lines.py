"""The lines of WeChat's share text: title, date separator, header, notice, and what stands for media.

All are matched on plain text (invisible marks removed, blanks made one); what is quoted is the line as it stands.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.model import Attachment, MessageType
from stages.chats.common.days import Day
from stages.chats.common.placeholders import PLACEHOLDERS, kind_of

__all__ = [
    "DASHES",
    "NOTICE_WORDS",
    "Title",
    "attachments_of",
    "day_of",
    "header_of",
    "is_greeting",
    "is_lookalike",
    "is_notice",
    "recalled_by",
    "title_of",
    "type_of",
]

_END = r"聊天记录如下(?:[，,]\s*请查收)?\s*[。.:：]?"
_PRIVATE = re.compile(rf"(?P<names>.+?)\s*在微信上的{_END}")
_GROUPS = (
    re.compile(rf'微信群\s*["“](?P<group>.+)["”]\s*的{_END}'),
    re.compile(rf"(?P<group>.+?)\s*微信群上的{_END}"),
)
_GREETING = re.compile(r"Dear\b.{0,40}", re.IGNORECASE)
DASHES = "—―─–-"
"""What a separator is drawn with."""

_DASH = f"[{DASHES}]"
_SEPARATOR = re.compile(
    rf"{_DASH}{{3,}}\s*(?P<said>(?P<year>\d{{4}})(?:(?P<sep>[-/.])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}})"
    rf"|年(?P<cn_month>\d{{1,2}})月(?P<cn_day>\d{{1,2}})日))\s*{_DASH}{{3,}}",
    re.ASCII,
)
_TIMES = {
    time: time
    for hour in range(24)
    for minute in range(60)
    for time in (f"{hour}:{minute:02}", f"{hour:02}:{minute:02}")
}
"""Every time of day as headers write it, and the one string that stands for it."""

_TIME_AT_END = re.compile(r"\S.*[\s\u3000](?:上午|下午|凌晨|晚上)?\d{1,2}[:：]\d{2}(?::\d{2})?", re.ASCII)

_ENDS = frozenset({")]", "）]"})
_WITH_FILE = frozenset({"image", "video", "file", "voice"})
_ATTACHED = re.compile(
    r"\[(?P<what>[^\[\]:：\s]{1,6})\s*[:：]?\s*"
    r"(?:(?P<name>[^\s](?:(?!请在附件中查看).){0,255}?)[(（]请在附件中查看[)）]|(?P<bare>[^\s\[\]][^\[\]]*))\]"
)
_NAMED = re.compile(r"^\[(?P<what>文件)\] ?(?P<name>[^\[\]:：/\\]{1,200}\.[A-Za-z0-9]{1,5})(?P<bare>)$")
"""A file as copying writes it, its name behind the brackets."""

_RECALL = re.compile(r'["“]?(?P<name>.+?)["”]?\s*撤回了一条消息[。.]?')
NOTICE_WORDS = ("招呼", "开始聊天", "朋友验证", "拒收", "群聊", "群名", "拍了拍", "领取了")
"""Words of which every notice holds one."""

_NOTICE_WORD = re.compile("|".join(NOTICE_WORDS))
_NOTICES = re.compile(
    r"以上是打招呼的内容|你已添加了.+[，,]现在可以开始聊天了[。.]?|.+开启了朋友验证.*|消息已发出[，,]但被对方拒收了[。.]?"
    r'|["“].+["”]邀请["“]?.+["”]?加入了群聊|["“].+["”]通过扫描.+加入群聊|["“].+["”]修改群名为["“].+["”]'
    r'|["“].+["”]\s*拍了拍\s*.+|你拍了拍\s*["“].+["”]|.+领取了你的红包|你领取了.+的红包'
)


class Title(NamedTuple):
    """What the first line says: the group's name, or the wording that names the two people of a private chat."""

    said: str
    group: str | None
    names: str | None

    def pair(self, senders: frozenset[str]) -> tuple[str, str] | None:
        """The two people; None where a name may itself hold the word that joins them and no sender decides."""
        parts = re.split(r"\s+和\s+", self.names or "")
        if len(parts) < 2:
            parts = (self.names or "").split("和")
        pairs = [(" 和 ".join(parts[:cut]), " 和 ".join(parts[cut:])) for cut in range(1, len(parts))]
        if len(pairs) > 1:
            pairs = [pair for pair in pairs if senders & set(pair)]
        return pairs[0] if len(pairs) == 1 else None


def title_of(line: str) -> Title | None:
    """The title, if the line is one."""
    text = line.strip()
    if "聊天记录如下" not in text:
        return None
    for shape in _GROUPS:
        if match := shape.fullmatch(text):
            return Title(text, match["group"], None)
    match = _PRIVATE.fullmatch(text)
    return Title(text, None, match["names"]) if match else None


def is_greeting(line: str) -> bool:
    """Whether the line is the salutation of the mail the text was sent in."""
    return _GREETING.fullmatch(line.strip()) is not None


def day_of(line: str) -> tuple[str, Day] | None:
    """The date of a separator: its wording, and its parts as written, whether or not there is such a day."""
    match = _SEPARATOR.fullmatch(line.strip())
    if match is None:
        return None
    month, day = match["month"] or match["cn_month"], match["day"] or match["cn_day"]
    return match["said"], (int(match["year"]), int(month), int(day))


def header_of(line: str) -> tuple[str, str] | None:
    """Sender and time of a header: the line is parted at its last gap of two spaces, and nothing follows the time."""
    before, gap, clock = line.rpartition("  ")
    time = _TIMES.get(clock) if gap else None
    name = before.strip()
    return (name, time) if time is not None and name else None


def is_lookalike(line: str) -> bool:
    """Whether a line that is no header ends in a time as one would."""
    return line[-1:].isdecimal() and len(line) < 60 and _TIME_AT_END.fullmatch(line) is not None


def recalled_by(line: str) -> str | None:
    """Who took a message back, if the line says so."""
    match = _RECALL.fullmatch(line.strip())
    return match["name"] if match else None


def is_notice(line: str) -> bool:
    """Whether the line is the app's own."""
    return len(line) < 120 and _NOTICE_WORD.search(line) is not None and _NOTICES.fullmatch(line.strip()) is not None


def _is_named(line: str) -> bool:
    return line[:1] == "[" and _NAMED.fullmatch(line.rstrip()) is not None


def type_of(lines: list[str]) -> MessageType:
    """The type of a body: that of its placeholders, if it holds nothing else and they are of one type."""
    if any(line[-2:] in _ENDS or _is_named(line) for line in lines):
        lines = ["[文件]" if _is_named(line) else _ATTACHED.sub(r"[\g<what>]", line) for line in lines]
    return kind_of(lines)


def attachments_of(lines: list[str]) -> tuple[Attachment, ...]:
    """The files that a body names, as written."""
    return tuple(
        Attachment(name=match["name"] or match["bare"])
        for line in lines
        if "[" in line
        for match in (*_NAMED.finditer(line.rstrip()), *_ATTACHED.finditer(line))
        if match["name"] or PLACEHOLDERS.get(match["what"]) in _WITH_FILE
    )
