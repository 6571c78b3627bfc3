"""Dates in file names, as phones and programs write them: one closed table, each pattern under its own name.

A name can be typed by anyone, so what it says is weak; but each pattern states what it means, and nothing outside
the table is taken for a date.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from pipeline.locate import WHOLE
from pipeline.model import Dating, Note, Role
from pipeline.moment import Grain, Moment, Zone, from_epoch_ms, moment

__all__ = ["PATTERNS", "NamePattern", "datings"]

_Build = Callable[[re.Match[str], Zone | None], Moment]

_DAY = r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)"
_TIME = r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)(?!\d)"
_DASHED_DAY = r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
_CLOCK = r"(?P<hour>\d{1,2})[.:](?P<minute>\d\d)[.:](?P<second>\d\d)(?!\d)"
_EPOCH = r"(?P<epoch>\d{13})(?!\d)"
_BLANK = "[ \u00a0\u202f]"  # macOS writes a narrow no-break space before AM and PM


class NamePattern(NamedTuple):
    """`id` is the basis that a dating names; `build` makes the moment, ValueError if the digits are no date."""

    id: str
    role: Role
    regex: re.Pattern[str]
    build: _Build


def datings(names: Iterable[str], zone: Zone | None) -> Iterator[Dating | Note]:
    """What each distinct file name states, at most one date a name: a record, or a note where it is no date."""
    for name in dict.fromkeys(PurePosixPath(name).name for name in names):
        for pattern in PATTERNS:
            match = pattern.regex.search(name)
            if match is not None:
                yield _dated(pattern, match, zone)
                break


def _dated(pattern: NamePattern, match: re.Match[str], zone: Zone | None) -> Dating | Note:
    try:
        at = pattern.build(match, zone)
    except ValueError:
        return Note(code="file-name-date-invalid", values={"text": match[0]}, where=WHOLE)
    return Dating(where=WHOLE, role=pattern.role, at=at, text=match[0], basis=pattern.id)


def _wall(match: re.Match[str], zone: Zone | None) -> Moment:
    """A wall clock: without a stated zone it is the case's."""
    parts = match.groupdict()
    fraction = parts.get("fraction")
    grain: Grain = "day" if parts.get("hour") is None else "millisecond" if fraction else "second"
    return moment(
        match[0], int(match["year"]), int(match["month"]), int(match["day"]), _hour(parts),
        int(parts.get("minute") or 0), int(parts.get("second") or 0), int(fraction or 0), grain=grain, zone=zone,
    )  # fmt: skip


def _utc(match: re.Match[str], zone: Zone | None) -> Moment:
    """A clock that its program sets to UTC whatever the phone shows."""
    del zone
    return _wall(match, Zone(name="UTC", basis="stated"))


def _epoch(match: re.Match[str], zone: Zone | None) -> Moment:
    return from_epoch_ms(match[0], int(match["epoch"]), zone)


def _hour(parts: dict[str, str | None]) -> int:
    hour, half = int(parts.get("hour") or 0), (parts.get("half") or "").upper()
    if not half:
        return hour
    if not 1 <= hour <= 12:
        raise ValueError(f"not an hour of half a day: {hour}")
    return hour % 12 + (12 if half in {"PM", "下午"} else 0)


def _row(name: str, role: Role, regex: str, build: _Build = _wall) -> NamePattern:
    return NamePattern(name, role, re.compile(r"(?<![A-Za-z0-9])" + regex, re.ASCII), build)


PATTERNS = (
    # Screenshot_2026-03-17-09-30-12-123_com.tencent.mm.png
    _row(
        "file-name-miui-screenshot", "screenshot.captured",
        rf"Screenshot_{_DASHED_DAY}-(?P<hour>\d\d)-(?P<minute>\d\d)-(?P<second>\d\d)(?!\d)(?:-(?P<fraction>\d{{3}})(?!\d))?",
    ),
    # Screenshot_20260317-093012_com.xingin.xhs.jpg, Screenshot_20260317_093012.png
    _row("file-name-android-screenshot", "screenshot.captured", rf"Screenshot_{_DAY}[-_]{_TIME}"),
    # PXL_20260317_013012345.jpg: Google's camera names by UTC
    _row(
        "file-name-pixel-camera", "photo.taken",
        rf"PXL_{_DAY}_(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)(?P<fraction>\d{{3}})(?!\d)", _utc,
    ),
    # IMG_20260317_093012.jpg and its siblings
    _row(
        "file-name-camera", "photo.taken",
        rf"(?:IMG|VID|MVIMG|PANO|BURST)_{_DAY}_(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)(?P<fraction>\d{{3}})?(?!\d)",
    ),
    # IMG-20260317-WA0001.jpg: the day on which WhatsApp stored it
    _row("file-name-whatsapp-media", "file.dated", rf"(?:IMG|VID)-{_DAY}-WA\d{{4}}"),
    # WhatsApp Image 2026-03-17 at 09.30.12.jpeg, … at 9.30.12 PM.jpeg
    _row(
        "file-name-whatsapp", "file.dated",
        rf"WhatsApp (?:Image|Video) {_DASHED_DAY} at {_CLOCK}(?:{_BLANK}(?P<half>[AP]M))?",
    ),
    # 微信截图_20260317093012.png, QQ截图20260317093012.png
    _row("file-name-tencent-screenshot", "screenshot.captured", rf"(?:微信|QQ)截图_?{_DAY}{_TIME}"),
    # 微信图片_20260317093012.png, QQ图片20260317093012.jpg: when it was saved
    _row("file-name-tencent-saved", "file.dated", rf"(?:微信|QQ)图片_?{_DAY}{_TIME}"),
    # mmexport1773711012345.jpg: when WeChat saved it
    _row("file-name-wechat-export", "file.dated", rf"mmexport(?:[0-9a-f]{{32}}_)?{_EPOCH}", _epoch),
    # wx_camera_1773711012345.jpg
    _row("file-name-wechat-camera", "photo.taken", rf"wx_camera_{_EPOCH}", _epoch),
    # 屏幕截图 2026-03-17 093012.png, Screenshot 2026-03-17 093012.png
    _row("file-name-windows-screenshot", "screenshot.captured", rf"(?:屏幕截图|Screenshot) {_DASHED_DAY} {_TIME}"),
    # 截屏2026-03-17 09.30.12.png, 截屏2026-03-17 下午9.30.12.png, 屏幕快照 2026-03-17 上午9.30.12.png
    _row(
        "file-name-mac-screenshot", "screenshot.captured",
        rf"(?:截屏|屏幕快照){_BLANK}?{_DASHED_DAY}{_BLANK}(?P<half>上午|下午)?{_CLOCK}",
    ),
    # Screen Shot 2026-03-17 at 9.30.12 AM.png
    _row(
        "file-name-mac-screenshot", "screenshot.captured",
        rf"Screen ?[Ss]hot {_DASHED_DAY} at {_CLOCK}(?:{_BLANK}(?P<half>[AP]M))?",
    ),
    # Snipaste_2026-03-17_09-30-12.png, PixPin_2026-03-17_09-30-12.png
    _row(
        "file-name-snipping-tool", "screenshot.captured",
        rf"(?:Snipaste|PixPin)_{_DASHED_DAY}_(?P<hour>\d\d)-(?P<minute>\d\d)-(?P<second>\d\d)(?!\d)",
    ),
    # photo_2026-03-17_09-30-12.jpg: Telegram's name for a saved picture
    _row(
        "file-name-telegram", "file.dated",
        rf"photo_{_DASHED_DAY}_(?P<hour>\d\d)-(?P<minute>\d\d)-(?P<second>\d\d)(?!\d)",
    ),
)  # fmt: skip
