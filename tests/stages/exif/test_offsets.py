"""Offsets, fractions and zones of metadata; and tags that contradict, repeat or mean nothing."""

import io
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.contract import Inputs, Made
from pipeline.locate import Locator
from pipeline.model import Dating, Reading
from pipeline.moment import Zone
from pipeline.wording import WORDINGS
from stages.exif import STAGE, Params
from stages.exif.dating import date
from stages.exif.tags import reread

Perform = Callable[..., Made]
CHINA = Params(zone=Zone(name="Asia/Shanghai", basis="platform"))
ORIGINAL, DIGITIZED, DATETIME = 0x9003, 0x9004, 0x0132
OFFSET, OFFSET_ORIGINAL, OFFSET_DIGITIZED = 0x9010, 0x9011, 0x9012
SUBSEC, SUBSEC_ORIGINAL, SUBSEC_DIGITIZED = 0x9290, 0x9291, 0x9292
MAKE, MODEL, SOFTWARE, LENS_SERIAL, OWNER = 0x010F, 0x0110, 0x0131, 0xA435, 0xA430
SAID = "2026:03:12 09:30:12"


def photo(kind: str = "JPEG", image: dict[int, object] | None = None, exif: dict[int, object] | None = None,
          gps: dict[int, object] | None = None) -> bytes:  # fmt: skip
    tags = Image.Exif()
    tags.update({0x0112: 1, **(image or {})})
    tags.get_ifd(0x8769).update(exif or {})
    tags.get_ifd(0x8825).update(gps or {})
    buffer = io.BytesIO()
    Image.new("RGB", (16, 12), "white").save(buffer, kind, exif=tags)
    return buffer.getvalue()


def dated(perform: Perform, data: bytes, *names: str, params: Params = CHINA) -> Reading:
    document = perform(STAGE, data, *names, params=params).document
    assert isinstance(document, Reading)
    assert {said.code for said in (*document.notes, *document.unread)} <= WORDINGS.keys()
    balance = document.balance
    assert balance.total == balance.records + balance.skipped + balance.unread
    return document


def starts(reading: Reading) -> list[tuple[str | None, str | None, str]]:
    found = [record for record in reading.records if isinstance(record, Dating)]
    return [(record.where.tag, record.at.start, record.at.zone) for record in found]


@pytest.mark.parametrize(
    ("offset", "start", "zone"),
    [
        ("+08:00", "2026-03-12T09:30:12+08:00", "stated"),
        ("+00:00", "2026-03-12T09:30:12+00:00", "stated"),
        ("-09:30", "2026-03-12T09:30:12-09:30", "stated"),
        ("+14:00", "2026-03-12T09:30:12+14:00", "stated"),
        ("Z", "2026-03-12T09:30:12+00:00", "stated"),
        ("+25:00", "2026-03-12T09:30:12+08:00", "platform"),
        ("+0800", "2026-03-12T09:30:12+08:00", "platform"),
        ("+8:00", "2026-03-12T09:30:12+08:00", "platform"),
        ("   :  ", "2026-03-12T09:30:12+08:00", "platform"),
        ("Shanghai", "2026-03-12T09:30:12+08:00", "platform"),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_an_offset_is_taken_if_it_is_one(perform: Perform, kind: str, offset: str, start: str, zone: str) -> None:
    reading = dated(perform, photo(kind, exif={ORIGINAL: SAID, OFFSET_ORIGINAL: offset}))
    assert starts(reading) == [("EXIF DateTimeOriginal", start, zone)]


def test_each_time_has_its_own_offset_and_fraction(perform: Perform) -> None:
    data = photo(
        image={DATETIME: "2026:03:12 12:00:00"},
        exif={
            ORIGINAL: SAID, OFFSET_ORIGINAL: "+08:00", SUBSEC_ORIGINAL: "12",
            DIGITIZED: "2026:03:12 11:00:00", OFFSET_DIGITIZED: "+09:00", SUBSEC_DIGITIZED: "3",
            OFFSET: "+07:00", SUBSEC: "456789",
        },
    )  # fmt: skip
    assert starts(dated(perform, data)) == [
        ("EXIF DateTimeOriginal", "2026-03-12T09:30:12.120+08:00", "stated"),
        ("EXIF DateTimeDigitized", "2026-03-12T11:00:00.300+09:00", "stated"),
        ("Image DateTime", "2026-03-12T12:00:00.456+07:00", "stated"),
    ]


def test_without_zone_and_offset_a_camera_s_clock_has_no_offset(perform: Perform) -> None:
    assert starts(dated(perform, photo(exif={ORIGINAL: SAID}), params=Params())) == [
        ("EXIF DateTimeOriginal", "2026-03-12T09:30:12", "unknown")
    ]


def test_the_same_instant_under_two_offsets_is_one_fact(perform: Perform) -> None:
    exif = {ORIGINAL: SAID, OFFSET_ORIGINAL: "+08:00", DIGITIZED: "2026:03:12 01:30:12", OFFSET_DIGITIZED: "+00:00"}
    assert len(dated(perform, photo(exif=exif)).records) == 1


@pytest.mark.parametrize("fraction", ["abc", "", "  ", "１２", "-1", "1.5"])
def test_a_fraction_that_is_none_leaves_the_second(perform: Perform, fraction: str) -> None:
    data = photo(exif={ORIGINAL: SAID, SUBSEC_ORIGINAL: fraction.encode() if fraction.isascii() else fraction})
    (record,) = dated(perform, data).records
    assert isinstance(record, Dating)
    assert (record.at.grain, record.at.start) == ("second", "2026-03-12T09:30:12+08:00")


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("2026-03-12 09:30:12", "2026-03-12T09:30:12+08:00"),
        ("2026/03/12 09:30:12", "2026-03-12T09:30:12+08:00"),
        ("2026-03-12T09:30:12", "2026-03-12T09:30:12+08:00"),
        ("2026:03:12 09:30:12.5", "2026-03-12T09:30:12.500+08:00"),
    ],
)
def test_how_other_programs_write_the_date(perform: Perform, said: str, start: str) -> None:
    assert [found[1] for found in starts(dated(perform, photo(exif={ORIGINAL: said})))] == [start]


@pytest.mark.parametrize(
    "said",
    ["2026:03:12", "2026:3:12 9:30:12", "12:03:2026 09:30:12", "2026:03:12 09:30", "2026:03:12 09:30:60", "昨天"],
)
def test_what_is_no_date_is_a_note_with_its_wording(perform: Perform, said: str) -> None:
    reading = dated(perform, photo(exif={ORIGINAL: said.encode()}))
    assert reading.records == ()
    assert [note.code for note in reading.notes] == ["exif-date-invalid"]
    assert reading.balance.skipped == 1


def test_a_bad_date_beside_a_good_one(perform: Perform) -> None:
    reading = dated(
        perform, photo(image={DATETIME: SAID}, exif={ORIGINAL: "2026:02:30 10:00:00"}), "IMG_20260312_093012.jpg"
    )
    assert [found[1] for found in starts(reading)] == ["2026-03-12T09:30:12+08:00"] * 2
    assert [note.code for note in reading.notes] == ["exif-date-invalid"]
    assert (reading.balance.total, reading.balance.records, reading.balance.skipped) == (3, 2, 1)


@pytest.mark.parametrize("clock", [(25.0, 0.0, 0.0), (1.0, 61.0, 0.0), (1.0, 30.0)])
def test_a_satellite_clock_that_is_none(perform: Perform, clock: tuple[float, ...]) -> None:
    reading = dated(perform, photo(gps={29: "2026:03:12", 7: clock}))
    assert reading.records == ()
    assert [note.code for note in reading.notes] == ["exif-date-invalid"]


def test_who_and_where_stay_in_the_file(perform: Perform) -> None:
    data = photo(
        image={MAKE: "Phone", MODEL: "X1"},
        exif={ORIGINAL: SAID, LENS_SERIAL: "SERIAL-77", OWNER: "Lin Xiaoqing"},
        gps={1: "N", 2: (30.0, 15.0, 9.0), 3: "E", 4: (120.0, 10.0, 9.0)},
    )
    reading = dated(perform, data)
    assert reading.declared == {"Image Make": "Phone", "Image Model": "X1", "EXIF DateTimeOriginal": SAID}
    assert not {"SERIAL", "Xiaoqing", "GPS"} & set(repr(reading).replace("'", " ").replace("-", " ").split())


def test_a_picture_is_dated_by_itself(tmp_path: Path) -> None:
    with pytest.raises(LookupError):
        date(Inputs(exhibit=None, path=lambda _: tmp_path, scratch=tmp_path), CHINA)


@given(
    when=st.datetimes(min_value=datetime(1970, 1, 2), max_value=datetime(2099, 12, 30)),
    minutes=st.integers(-14 * 4, 14 * 4).map(lambda quarters: quarters * 15),
    fraction=st.none() | st.integers(0, 999),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_a_camera_writes_is_read_back(
    perform: Perform, when: datetime, minutes: int, fraction: int | None
) -> None:
    when = when.replace(microsecond=0)
    sign, hours, rest = "-" if minutes < 0 else "+", *divmod(abs(minutes), 60)
    exif: dict[int, object] = {ORIGINAL: f"{when:%Y:%m:%d %H:%M:%S}", OFFSET_ORIGINAL: f"{sign}{hours:02d}:{rest:02d}"}
    if fraction is not None:
        exif[SUBSEC_ORIGINAL] = f"{fraction:03d}"
    data = photo(exif=exif)
    (record,) = dated(perform, data).records
    assert isinstance(record, Dating)
    assert record.at.first is not None
    assert record.at.first.replace(tzinfo=None) == when + timedelta(milliseconds=fraction or 0)
    assert record.at.first.utcoffset() == timedelta(minutes=minutes)
    assert record.at.grain == ("second" if fraction is None else "millisecond")
    assert reread(data, Locator(tag="EXIF DateTimeOriginal")) == record.text
