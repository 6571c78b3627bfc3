"""Dates in a picture's metadata, each under its tag."""

import io
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from pipeline.contract import Made, Settings
from pipeline.locate import Locator, Unlocatable
from pipeline.model import Balance, Case, Dating, Ingested, Reading, decode, encode
from pipeline.moment import Zone
from pipeline.wording import WORDINGS
from stages.exif import STAGE, Params
from stages.exif.tags import reread

Perform = Callable[..., Made]
HEIC = Path(__file__).parents[3] / "fixtures" / "pictures"
CHINA = Params(zone=Zone(name="Asia/Shanghai", basis="platform"))
ORIGINAL, DIGITIZED, OFFSET, OFFSET_ORIGINAL, SUBSEC_ORIGINAL = 0x9003, 0x9004, 0x9010, 0x9011, 0x9291
DATETIME, MAKE, SOFTWARE = 0x0132, 0x010F, 0x0131


def photo(kind: str = "JPEG", *, image: dict[int, object] | None = None, gps: dict[int, object] | None = None,
          exif: dict[int, object] | None = None, **options: object) -> bytes:  # fmt: skip
    tags = Image.Exif()
    tags.update({0x0112: 1, **(image or {})})  # Pillow writes no metadata where the first table is empty
    tags.get_ifd(0x8769).update(exif or {})
    tags.get_ifd(0x8825).update(gps or {})
    buffer = io.BytesIO()
    Image.new("RGB", (16, 12), "white").save(buffer, kind, exif=tags, **options)
    return buffer.getvalue()


def dated(perform: Perform, data: bytes, *names: str, params: Params = CHINA) -> Reading:
    document = perform(STAGE, data, *names, params=params).document
    assert isinstance(document, Reading)
    assert decode(encode(document), Reading) == document
    for said in (*document.notes, *document.unread):
        assert said.code in WORDINGS
    assert document.balance.unit == "items"
    return document


def facts(reading: Reading) -> list[tuple[str | None, str, str | None, str]]:
    return [
        (record.where.tag, record.role, record.at.start, record.at.zone)
        for record in reading.records
        if isinstance(record, Dating)
    ]


def test_a_photo(perform: Perform) -> None:
    data = photo(image={MAKE: "Phone"}, exif={ORIGINAL: "2026:03:12 09:30:12"})
    reading = dated(perform, data)
    assert facts(reading) == [
        ("EXIF DateTimeOriginal", "photo.taken", "2026-03-12T09:30:12+08:00", "platform"),
    ]
    (record,) = reading.records
    assert isinstance(record, Dating)
    assert (record.text, record.basis, reading.reader) == ("2026:03:12 09:30:12", "EXIF DateTimeOriginal", "exif@1")
    assert reread(data, record.where) == record.text
    assert reading.declared["Image Make"] == "Phone"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_every_container_of_exif(perform: Perform, kind: str) -> None:
    data = photo(kind, image={MAKE: "Phone"}, exif={ORIGINAL: "2026:03:12 09:30:12"})
    assert [fact[2] for fact in facts(dated(perform, data))] == ["2026-03-12T09:30:12+08:00"]


@pytest.mark.parametrize("name", ["upright", "turned"])
def test_a_photo_of_a_phone_that_writes_heic(perform: Perform, name: str) -> None:
    data = (HEIC / f"{name}.heic").read_bytes()
    for brand in (b"heic", b"heix", b"mif1", b"msf1"):
        reading = dated(perform, data[:8] + brand + data[12:])
        assert facts(reading) == [
            ("EXIF DateTimeOriginal", "photo.taken", "2026-03-12T09:30:12+08:00", "stated"),
        ]
        assert (reading.unread, reading.declared["Image Make"]) == ((), "Phone")
    (record,) = reading.records
    assert reread(data, record.where) == "2026:03:12 09:30:12"


def test_heic_without_metadata_and_heic_that_is_cut(perform: Perform) -> None:
    assert dated(perform, (HEIC / "two.heic").read_bytes()).records == ()
    cut = dated(perform, (HEIC / "upright.heic").read_bytes()[:400])
    assert [reason.code for reason in cut.unread] == ["exif-broken"]


def test_a_tiff_carries_its_dates_in_its_own_table(perform: Perform) -> None:
    buffer = io.BytesIO()
    Image.new("L", (8, 8)).save(buffer, "TIFF", tiffinfo={MAKE: "Scanner", DATETIME: "2026:03:12 09:30:12"})
    assert facts(dated(perform, buffer.getvalue())) == [
        ("Image DateTime", "file.dated", "2026-03-12T09:30:12+08:00", "platform"),
    ]


def test_a_stated_offset_wins_over_the_case(perform: Perform) -> None:
    data = photo(exif={ORIGINAL: "2026:03:12 09:30:12", OFFSET_ORIGINAL: "+09:00"})
    assert facts(dated(perform, data))[0][2:] == ("2026-03-12T09:30:12+09:00", "stated")


@pytest.mark.parametrize("offset", ["+99:00", "east", "   :  ", "+8"])
def test_a_damaged_offset_states_nothing(perform: Perform, offset: str) -> None:
    data = photo(exif={ORIGINAL: "2026:03:12 09:30:12", OFFSET_ORIGINAL: offset})
    assert facts(dated(perform, data))[0][2:] == ("2026-03-12T09:30:12+08:00", "platform")


def test_without_any_zone_there_is_no_offset(perform: Perform) -> None:
    data = photo(exif={ORIGINAL: "2026:03:12 09:30:12"})
    assert facts(dated(perform, data, params=Params()))[0][2:] == ("2026-03-12T09:30:12", "unknown")


@pytest.mark.parametrize(("fraction", "shown"), [("123", ".123"), ("5", ".500"), ("123456", ".123"), ("x", "")])
def test_fractions_of_a_second(perform: Perform, fraction: str, shown: str) -> None:
    data = photo(exif={ORIGINAL: "2026:03:12 09:30:12", SUBSEC_ORIGINAL: fraction})
    assert facts(dated(perform, data))[0][2] == f"2026-03-12T09:30:12{shown}+08:00"


@pytest.mark.parametrize(
    ("kind", "image", "role"),
    [("PNG", {}, "screenshot.captured"), ("PNG", {MAKE: "Phone"}, "photo.taken"), ("JPEG", {}, "photo.taken")],
)
def test_what_a_picture_is_of(perform: Perform, kind: str, image: dict[int, object], role: str) -> None:
    data = photo(kind, image=image, exif={ORIGINAL: "2026:03:12 09:30:12"})
    assert facts(dated(perform, data))[0][1] == role


def test_the_same_time_in_other_tags_is_no_further_fact(perform: Perform) -> None:
    same = "2026:03:12 09:30:12"
    data = photo(image={DATETIME: same}, exif={ORIGINAL: same, DIGITIZED: same})
    reading = dated(perform, data)
    assert [fact[0] for fact in facts(reading)] == ["EXIF DateTimeOriginal"]
    assert reading.declared["Image DateTime"] == reading.declared["EXIF DateTimeDigitized"] == same


def test_other_times_are_dates_of_the_file(perform: Perform) -> None:
    data = photo(image={DATETIME: "2026:03:14 10:00:00"}, exif={DIGITIZED: "2026:03:13 10:00:00", OFFSET: "+00:00"})
    assert facts(dated(perform, data)) == [
        ("EXIF DateTimeDigitized", "file.dated", "2026-03-13T10:00:00+08:00", "platform"),
        ("Image DateTime", "file.dated", "2026-03-14T10:00:00+00:00", "stated"),
    ]


def test_a_satellite_time_is_utc(perform: Perform) -> None:
    data = photo(gps={29: "2026:03:12", 7: (1.0, 30.0, 12.0)})
    reading = dated(perform, data)
    assert facts(reading) == [("GPS GPSDate", "file.dated", "2026-03-12T01:30:12+00:00", "stated")]
    assert reread(data, Locator(tag="GPS GPSDate")) == "2026:03:12 01:30:12"


def test_where_it_was_taken_is_not_read(perform: Perform) -> None:
    data = photo(gps={1: "N", 2: (30.0, 15.0, 0.0), 3: "E", 4: (120.0, 10.0, 0.0)})
    reading = dated(perform, data)
    assert (reading.records, reading.declared) == ((), {})


@pytest.mark.parametrize("said", ["0000:00:00 00:00:00", "    :  :     :  :  ", " " * 19])
def test_a_clock_that_was_never_set_says_nothing(perform: Perform, said: str) -> None:
    reading = dated(perform, photo(exif={ORIGINAL: said}))
    assert (reading.records, reading.notes) == ((), ())


@pytest.mark.parametrize("said", ["2026:13:01 10:00:00", "2026:02:30 10:00:00", "2026:03:12 24:00:00", "yesterday"])
def test_a_date_that_does_not_exist_is_a_note(perform: Perform, said: str) -> None:
    reading = dated(perform, photo(exif={ORIGINAL: said}))
    assert reading.records == ()
    (note,) = reading.notes
    assert (note.code, note.values) == ("exif-date-invalid", {"tag": "EXIF DateTimeOriginal", "text": said})
    assert (reading.balance.total, reading.balance.skipped) == (1, 1)


@pytest.mark.parametrize(
    ("software", "noted"),
    [("Adobe Photoshop 25.0", True), ("美图秀秀", True), ("HDR+ 1.0.5", False), ("18.3.1", False)],
)
def test_programs_for_changing_pictures_are_noted(perform: Perform, software: str, noted: bool) -> None:
    reading = dated(perform, photo(image={SOFTWARE: software.encode() if noted else software}))
    assert [note.code for note in reading.notes] == (["picture-edited"] if noted else [])


def test_metadata_that_is_not_read_is_counted(perform: Perform) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "x")
    info.add_itxt("XML:com.adobe.xmp", '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
    (note,) = dated(perform, photo("PNG", pnginfo=info)).notes
    assert (note.code, note.values) == ("metadata-not-read", {"xmp": 1, "texts": 2})


def test_metadata_and_name_are_read_side_by_side(perform: Perform) -> None:
    data = photo(image={MAKE: "Phone"}, exif={ORIGINAL: "2026:03:12 09:30:12"})
    reading = dated(perform, data, "IMG_20260312_093012.jpg", "微信图片_20260313101112.jpg")
    assert [record.basis for record in reading.records if isinstance(record, Dating)] == [
        "EXIF DateTimeOriginal",
        "file-name-camera",
        "file-name-tencent-saved",
    ]


def test_a_picture_without_dates(perform: Perform) -> None:
    buffer = io.BytesIO()
    Image.new("L", (4, 4)).save(buffer, "BMP")
    reading = dated(perform, buffer.getvalue(), "a.bmp")
    assert (reading.records, reading.notes, reading.balance.total) == ((), (), 0)


def test_a_tag_that_is_not_there_cannot_be_reread() -> None:
    with pytest.raises(Unlocatable):
        reread(photo(), Locator(tag="EXIF DateTimeOriginal"))


@pytest.mark.parametrize(
    ("case", "options", "zone"),
    [
        (Case(), Settings(), None),
        (Case(zone="Asia/Shanghai", zone_basis="platform"), Settings(), ("Asia/Shanghai", "platform")),
        (Case(zone="Asia/Shanghai", zone_basis="case"), Settings(), ("Asia/Shanghai", "case")),
        (Case(zone="Asia/Shanghai", zone_basis="case"), Settings(zone="+09:00"), ("+09:00", "case")),
    ],
)
def test_whose_zone_it_is(case: Case, options: Settings, zone: tuple[str, str] | None) -> None:
    params = STAGE.configure(case, options)
    assert isinstance(params, Params)
    assert (params.zone and (params.zone.name, params.zone.basis)) == zone


def test_pictures_are_accepted_also_when_their_pixels_are_not(perform: Perform) -> None:
    balance = Balance(unit="bytes", total=0, records=0)
    assert STAGE.accepts(Ingested(media_type="image/heic", kind="image", balance=balance))
    assert not STAGE.accepts(Ingested(media_type="text/plain", kind="text", balance=balance))
    assert not STAGE.accepts(None)
    assert STAGE.reads_name
    assert [tool.name for tool in STAGE.tools(Params())] == ["exifread", "pillow", "pi-heif"]


SAMPLES = [
    photo(
        kind,
        image={MAKE: "Phone", DATETIME: "2026:03:14 10:00:00"},
        exif={ORIGINAL: "2026:03:12 09:30:12", SUBSEC_ORIGINAL: "123"},
        gps={29: "2026:03:12", 7: (1.0, 30.0, 12.0)},
    )
    for kind in ("JPEG", "PNG", "WEBP")
]


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sample=st.sampled_from(SAMPLES),
    changes=st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=10),
)
def test_mutated_metadata_never_raises(perform: Perform, sample: bytes, changes: list[tuple[int, int]]) -> None:
    data = bytearray(sample)
    for where, value in changes:
        data[where % len(data)] = value
    reading = dated(perform, bytes(data))
    assert all(isinstance(record, Dating) for record in reading.records)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.binary(max_size=300), head=st.sampled_from([b"", b"\xff\xd8\xff\xe1", b"II*\x00", b"\x89PNG\r\n\x1a\n"]))
def test_arbitrary_bytes_never_raise(perform: Perform, data: bytes, head: bytes) -> None:
    dated(perform, head + data)


@pytest.mark.parametrize("prefix", [b"", b"Exif\x00\x00"])
def test_a_webp_with_an_odd_chunk_before_its_metadata(perform: Perform, prefix: bytes) -> None:
    tiff = photo("WEBP", exif={ORIGINAL: "2026:03:12 09:30:12"}).partition(b"EXIF")[2][4:]
    chunks = b"WEBPICCP" + struct.pack("<L", 3) + b"icc\x00EXIF" + struct.pack("<L", len(prefix + tiff)) + prefix + tiff
    data = b"RIFF" + struct.pack("<L", len(chunks)) + chunks
    assert [fact[0] for fact in facts(dated(perform, data))] == ["EXIF DateTimeOriginal"]


def test_a_png_chunk_that_claims_to_be_endless(perform: Perform) -> None:
    dated(perform, b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 0xFFFFFFFF) + b"tEXt")
