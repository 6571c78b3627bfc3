"""File names as they reach us: copied, numbered, renamed, in folders; and every pattern of the table both ways."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.model import Dating, Note
from pipeline.moment import Zone
from pipeline.wording import WORDINGS
from stages.exif.names import PATTERNS, datings

CHINA = Zone(name="Asia/Shanghai", basis="case")

NAMES = {
    "file-name-miui-screenshot": ["Screenshot_{0:%Y-%m-%d-%H-%M-%S}-000_com.tencent.mm.jpg"],
    "file-name-android-screenshot": ["Screenshot_{0:%Y%m%d-%H%M%S}.png", "Screenshot_{0:%Y%m%d_%H%M%S}_WeChat.jpg"],
    "file-name-pixel-camera": ["PXL_{0:%Y%m%d_%H%M%S}000.jpg", "PXL_{0:%Y%m%d_%H%M%S}000.NIGHT.jpg"],
    "file-name-camera": [
        "IMG_{0:%Y%m%d_%H%M%S}.jpg", "VID_{0:%Y%m%d_%H%M%S}.jpg", "MVIMG_{0:%Y%m%d_%H%M%S}.jpg",
        "PANO_{0:%Y%m%d_%H%M%S}.jpg", "BURST_{0:%Y%m%d_%H%M%S}.jpg", "IMG_{0:%Y%m%d_%H%M%S}_HDR.jpg",
    ],
    "file-name-whatsapp": [
        "WhatsApp Image {0:%Y-%m-%d} at {0:%H.%M.%S}.jpeg", "WhatsApp Video {0:%Y-%m-%d} at {0:%H.%M.%S} (2).mp4",
        "WhatsApp Image {0:%Y-%m-%d} at {0:%I.%M.%S %p}.jpeg",
    ],
    "file-name-tencent-screenshot": [
        "微信截图_{0:%Y%m%d%H%M%S}.png", "QQ截图{0:%Y%m%d%H%M%S}.png", "QQ截图_{0:%Y%m%d%H%M%S}.png",
    ],
    "file-name-tencent-saved": [
        "微信图片_{0:%Y%m%d%H%M%S}.jpg", "QQ图片{0:%Y%m%d%H%M%S}.jpg", "微信图片{0:%Y%m%d%H%M%S}_1.jpg",
    ],
    "file-name-windows-screenshot": ["屏幕截图 {0:%Y-%m-%d %H%M%S}.png", "Screenshot {0:%Y-%m-%d %H%M%S}.png"],
    "file-name-mac-screenshot": [
        "截屏{0:%Y-%m-%d %H.%M.%S}.png", "截屏 {0:%Y-%m-%d %H.%M.%S}.png", "屏幕快照 {0:%Y-%m-%d %H.%M.%S}.png",
        "截屏{0:%Y-%m-%d} {1}{0:%I.%M.%S}.png", "屏幕快照 {0:%Y-%m-%d} {1}{0:%I.%M.%S}.png",
        "Screen Shot {0:%Y-%m-%d} at {0:%I.%M.%S %p}.png", "Screenshot {0:%Y-%m-%d} at {0:%I.%M.%S}\u202f{0:%p}.png",
        "Screen shot {0:%Y-%m-%d} at {0:%H.%M.%S}.png", "Screenshot {0:%Y-%m-%d} at {0:%H.%M.%S} (2).png",
    ],
    "file-name-snipping-tool": ["Snipaste_{0:%Y-%m-%d_%H-%M-%S}.png", "PixPin_{0:%Y-%m-%d_%H-%M-%S}.png"],
    "file-name-telegram": ["photo_{0:%Y-%m-%d_%H-%M-%S}.jpg", "photo_{0:%Y-%m-%d_%H-%M-%S} (2).jpg"],
}  # fmt: skip
EVERY = [(basis, name) for basis, names in NAMES.items() for name in names]


def named(name: str, when: datetime) -> str:
    return name.format(when, "上午" if when.hour < 12 else "下午")


def one(name: str, zone: Zone | None = None) -> Dating:
    (found,) = datings([name], zone)
    assert isinstance(found, Dating)
    return found


def test_every_pattern_of_a_wall_clock_has_its_names_here() -> None:
    others = {"file-name-whatsapp-media", "file-name-wechat-export", "file-name-wechat-camera"}
    assert {pattern.id for pattern in PATTERNS} == set(NAMES) | others


@pytest.mark.parametrize(("basis", "name"), EVERY)
@given(when=st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2099, 12, 30)))
@settings(max_examples=12, deadline=None)
def test_every_second_under_every_name(basis: str, name: str, when: datetime) -> None:
    found = one(named(name, when))
    assert found.basis == basis
    assert found.at.first is not None
    assert found.at.first.replace(tzinfo=None) == when.replace(microsecond=0)


@pytest.mark.parametrize(("basis", "name"), EVERY)
@pytest.mark.parametrize("wrap", ["证据3_{}", "{}", "聊天记录/{}", "a.zip/b/{}", "副本 {}", "({}", "2026-01-01 {}"])
def test_what_stands_before_a_name_changes_nothing(basis: str, name: str, wrap: str) -> None:
    when = datetime(2026, 3, 17, 9, 30, 12)
    plain = named(name, when)
    assert one(wrap.format(plain)) == one(plain)


@pytest.mark.parametrize(("basis", "name"), EVERY)
@pytest.mark.parametrize("before", ["x", "7", "Z9"])
def test_a_name_inside_another_word_is_none(basis: str, name: str, before: str) -> None:
    plain = named(name, datetime(2026, 3, 17, 9, 30, 12))
    assert list(datings([before + plain], CHINA)) == []


@pytest.mark.parametrize(
    ("half", "hour", "start"),
    [
        ("上午", "12", "2026-03-17T00:30:12"),
        ("上午", "1", "2026-03-17T01:30:12"),
        ("上午", "11", "2026-03-17T11:30:12"),
        ("下午", "12", "2026-03-17T12:30:12"),
        ("下午", "01", "2026-03-17T13:30:12"),
        ("下午", "11", "2026-03-17T23:30:12"),
        ("", "0", "2026-03-17T00:30:12"),
        ("", "23", "2026-03-17T23:30:12"),
    ],
)
@pytest.mark.parametrize("program", ["截屏", "屏幕快照 "])
def test_the_halves_of_a_chinese_day(program: str, half: str, hour: str, start: str) -> None:
    assert one(f"{program}2026-03-17 {half}{hour}.30.12.png").at.start == start


@pytest.mark.parametrize(
    "clock", ["上午0.30.12", "上午13.30.12", "下午0.30.12", "下午13.30.12", "24.00.00", "9.60.00", "9.30.60"]
)
def test_an_hour_that_no_such_clock_shows_is_a_note(clock: str) -> None:
    (found,) = datings([f"截屏2026-03-17 {clock}.png"], CHINA)
    assert isinstance(found, Note)
    assert found.code in WORDINGS
    assert (found.code, found.values) == ("file-name-date-invalid", {"text": f"截屏2026-03-17 {clock}"})


@pytest.mark.parametrize("day", ["20260230", "20261301", "20260100", "20260000", "00000101", "20260431"])
@pytest.mark.parametrize(
    "name",
    [
        "IMG_{}_093012.jpg",
        "Screenshot_{}-093012.png",
        "微信图片_{}093012.png",
        "IMG-{}-WA0001.jpg",
        "PXL_{}_093012123.jpg",
    ],
)
def test_a_day_that_is_none_is_a_note_under_every_name(name: str, day: str) -> None:
    (found,) = datings([name.format(day)], CHINA)
    assert isinstance(found, Note)
    assert day in str(found.values["text"])


@pytest.mark.parametrize("epoch", ["0000000000000", "9999999999999", "1773711012345"])
def test_an_epoch_is_read_to_the_millisecond_or_refused(epoch: str) -> None:
    (found,) = datings([f"mmexport{epoch}.jpg"], CHINA)
    if isinstance(found, Dating):
        assert found.at.grain == "millisecond"
        assert found.at.first is not None
        assert round(found.at.first.timestamp() * 1000) == int(epoch)
    else:
        assert found.values == {"text": f"mmexport{epoch}"}


@pytest.mark.parametrize("name", ["IMG-20260317-WA0001.jpg", "VID-20260317-WA0042.mp4"])
def test_whatsapp_s_media_name_a_day(name: str) -> None:
    found = one(name)
    assert (found.at.grain, found.at.start, found.at.end) == ("day", "2026-03-17T00:00:00", "2026-03-17T23:59:59")


def test_several_names_of_one_picture_each_say_what_they_say() -> None:
    names = ["a/IMG_20260317_093012.jpg", "微信图片_20260318100000.jpg", "IMG_20260230_000000.jpg", "nothing.jpg"]
    found = list(datings(names, CHINA))
    assert [entry.basis if isinstance(entry, Dating) else entry.code for entry in found] == [
        "file-name-camera",
        "file-name-tencent-saved",
        "file-name-date-invalid",
    ]
