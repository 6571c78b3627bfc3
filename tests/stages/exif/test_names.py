"""Dates in file names: the closed table, and nothing outside it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.locate import WHOLE
from pipeline.model import Dating, Note
from pipeline.moment import Zone
from stages.exif.names import PATTERNS, datings

CHINA = Zone(name="Asia/Shanghai", basis="case")
MORNING = "2026-03-17T09:30:12+08:00"
EVENING = "2026-03-17T21:30:12+08:00"
EPOCH = "2026-03-17T09:30:12.345+08:00"


def one(name: str, zone: Zone | None = CHINA) -> Dating:
    (found,) = datings([name], zone)
    assert isinstance(found, Dating)
    return found


@pytest.mark.parametrize(
    ("name", "basis", "role", "start"),
    [
        ("Screenshot_20260317-093012_com.xingin.xhs.jpg", "android-screenshot", "screenshot.captured", MORNING),
        ("Screenshot_20260317_093012.png", "android-screenshot", "screenshot.captured", MORNING),
        (
            "Screenshot_2026-03-17-09-30-12-123_com.tencent.mm.png",
            "miui-screenshot",
            "screenshot.captured",
            "2026-03-17T09:30:12.123+08:00",
        ),
        ("Screenshot_2026-03-17-09-30-12.png", "miui-screenshot", "screenshot.captured", MORNING),
        ("Screenshot_2026-03-17-09-30-12-45.png", "miui-screenshot", "screenshot.captured", MORNING),
        ("IMG_20260317_093012.jpg", "camera", "photo.taken", MORNING),
        ("IMG_20260317_093012(1).jpg", "camera", "photo.taken", MORNING),
        ("IMG_20260317_093012123.jpg", "camera", "photo.taken", "2026-03-17T09:30:12.123+08:00"),
        ("VID_20260317_093012.jpg", "camera", "photo.taken", MORNING),
        ("微信图片_20260317093012.png", "tencent-saved", "file.dated", MORNING),
        ("微信图片_20260317093012_12_3.png", "tencent-saved", "file.dated", MORNING),
        ("QQ图片20260317093012.jpg", "tencent-saved", "file.dated", MORNING),
        ("微信截图_20260317093012.png", "tencent-screenshot", "screenshot.captured", MORNING),
        ("QQ截图20260317093012.png", "tencent-screenshot", "screenshot.captured", MORNING),
        ("屏幕截图 2026-03-17 093012.png", "windows-screenshot", "screenshot.captured", MORNING),
        ("Screenshot 2026-03-17 093012.png", "windows-screenshot", "screenshot.captured", MORNING),
        ("截屏2026-03-17 09.30.12.png", "mac-screenshot", "screenshot.captured", MORNING),
        ("截屏2026-03-17 上午9.30.12.png", "mac-screenshot", "screenshot.captured", MORNING),
        ("截屏2026-03-17 下午9.30.12.png", "mac-screenshot", "screenshot.captured", EVENING),
        ("屏幕快照 2026-03-17 下午9.30.12.png", "mac-screenshot", "screenshot.captured", EVENING),
        ("Screen Shot 2026-03-17 at 9.30.12 AM.png", "mac-screenshot", "screenshot.captured", MORNING),
        ("Screenshot 2026-03-17 at 9.30.12\u202fPM.png", "mac-screenshot", "screenshot.captured", EVENING),
        ("Screen Shot 2026-03-17 at 09.30.12.png", "mac-screenshot", "screenshot.captured", MORNING),
        ("WhatsApp Image 2026-03-17 at 09.30.12.jpeg", "whatsapp", "file.dated", MORNING),
        ("WhatsApp Image 2026-03-17 at 9.30.12 PM.jpeg", "whatsapp", "file.dated", EVENING),
        ("Snipaste_2026-03-17_09-30-12.png", "snipping-tool", "screenshot.captured", MORNING),
        ("photo_2026-03-17_09-30-12.jpg", "telegram", "file.dated", MORNING),
        ("证据3_IMG_20260317_093012.jpg", "camera", "photo.taken", MORNING),
    ],
)
def test_each_pattern(name: str, basis: str, role: str, start: str) -> None:
    found = one(name)
    assert (found.basis, found.role, found.at.start) == (f"file-name-{basis}", role, start)
    assert (found.at.zone, found.at.date, found.where) == ("case", "stated", WHOLE)
    assert found.text == found.at.said
    assert found.text in name


@pytest.mark.parametrize(
    ("name", "basis", "role"),
    [
        ("mmexport1773711012345.jpg", "wechat-export", "file.dated"),
        ("mmexport0123456789abcdef0123456789abcdef_1773711012345.jpg", "wechat-export", "file.dated"),
        ("wx_camera_1773711012345.jpg", "wechat-camera", "photo.taken"),
    ],
)
def test_an_epoch_is_stated_whatever_the_zone(name: str, basis: str, role: str) -> None:
    found = one(name)
    assert (found.basis, found.role, found.at.start, found.at.zone) == (f"file-name-{basis}", role, EPOCH, "stated")
    assert one(name, None).at.start == "2026-03-17T01:30:12.345+00:00"


def test_googles_camera_names_by_utc() -> None:
    for zone in (None, CHINA):
        found = one("PXL_20260317_013012345.MP.jpg", zone)
        assert (found.at.start, found.at.zone) == ("2026-03-17T01:30:12.345+00:00", "stated")


def test_without_a_zone_a_wall_clock_has_none() -> None:
    found = one("IMG_20260317_093012.jpg", None)
    assert (found.at.start, found.at.zone) == ("2026-03-17T09:30:12", "unknown")


def test_a_day_is_no_more_than_a_day() -> None:
    found = one("IMG-20260317-WA0001.jpg")
    assert (found.at.grain, found.at.start, found.at.end) == (
        "day",
        "2026-03-17T00:00:00+08:00",
        "2026-03-17T23:59:59+08:00",
    )


@pytest.mark.parametrize(
    "name",
    [
        "IMG_20261317_093012.jpg",
        "IMG_20260230_093012.jpg",
        "Screenshot_20260317-250000.png",
        "Screen Shot 2026-03-17 at 13.30.12 PM.png",
        "截屏2026-03-17 下午0.30.12.png",
    ],
)
def test_a_date_that_does_not_exist_is_a_note(name: str) -> None:
    (found,) = datings([name], CHINA)
    assert isinstance(found, Note)
    assert found.code == "file-name-date-invalid"


@pytest.mark.parametrize(
    "name",
    [
        "20260317.jpg",
        "IMG_0042.JPG",
        "P20260317093012.png",
        "订单366374524942915524.png",
        "MYIMG_20260317_093012.jpg",
        "mmexport17737110123456.jpg",
        "IMG_20260317_0930123.jpg",
        "微信图片_202603170930.png",
        "screenshot_20260317-093012.png",
        "Screenshot_20260317-09301.png",
        "IMG_２０２６０３１７_093012.jpg",
        "",
    ],
)
def test_what_is_not_in_the_table_is_no_date(name: str) -> None:
    assert list(datings([name], CHINA)) == []


def test_folders_and_repeated_names_count_once() -> None:
    names = ["a/IMG_20260317_093012.jpg", "b/IMG_20260317_093012.jpg", "IMG_20260318_093012.jpg"]
    assert [found.text for found in datings(names, CHINA) if isinstance(found, Dating)] == [
        "IMG_20260317_093012",
        "IMG_20260318_093012",
    ]


def test_a_date_in_the_folder_is_not_the_files() -> None:
    assert list(datings(["IMG_20260317_093012/a.jpg"], CHINA)) == []


def test_noon_and_midnight() -> None:
    assert one("Screen Shot 2026-03-17 at 12.00.00 AM.png").at.start == "2026-03-17T00:00:00+08:00"
    assert one("Screen Shot 2026-03-17 at 12.00.00 PM.png").at.start == "2026-03-17T12:00:00+08:00"


@given(name=st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_name_gives_at_most_one_answer(name: str) -> None:
    assert len(list(datings([name], CHINA))) <= 1


@given(when=st.datetimes())
@settings(max_examples=100, deadline=None)
def test_every_second_can_be_named(when: object) -> None:
    name = f"IMG_{when:%Y%m%d_%H%M%S}.jpg"
    for found in datings([name.replace("IMG_", "IMG_" if len(name) == 23 else "x")], None):
        assert isinstance(found, Dating)
        assert found.at.start == f"{when:%Y-%m-%dT%H:%M:%S}"


def test_every_basis_says_that_it_is_a_file_name() -> None:
    assert all(pattern.id.startswith("file-name-") for pattern in PATTERNS)
