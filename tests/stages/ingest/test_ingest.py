"""What a file is, by its content."""

import io
import random
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.contract import Made, Settings, Shape
from pipeline.model import Case, Ingested, decode, encode
from pipeline.wording import WORDINGS
from stages.ingest import STAGE
from stages.ingest.text import text_type

Perform = Callable[..., Made]
CHAT = "2026年3月12日 21:14 橘子汽水：请问什么时候发货？\n店铺客服：今天就发，请放心。\n" * 5


def picture(kind: str = "PNG", size: tuple[int, int] = (30, 20), **options: object) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", size, "white").save(buffer, kind, **options)
    return buffer.getvalue()


def ingested(perform: Perform, data: bytes, *names: str) -> Ingested:
    made = perform(STAGE, data, *names)
    document = made.document
    assert isinstance(document, Ingested)
    assert decode(encode(document), Ingested) == document
    for said in (*document.notes, *document.unread):
        assert said.code in WORDINGS
    return document


def test_the_stage_as_the_machinery_sees_it() -> None:
    assert (STAGE.name, STAGE.shape, STAGE.document, STAGE.reads_name) == ("ingest", Shape.EACH, Ingested, True)
    params = STAGE.configure(Case(), Settings())
    assert encode(params) == b'{"customers":[]}'
    assert [tool.name for tool in STAGE.tools(params)] == ["pillow", "pi-heif", "pypdfium2"]
    assert STAGE.accepts(None)


@pytest.mark.parametrize(
    ("kind", "media_type"),
    [
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("WEBP", "image/webp"),
        ("GIF", "image/gif"),
        ("BMP", "image/bmp"),
        ("TIFF", "image/tiff"),
        ("AVIF", "image/avif"),
    ],
)
def test_pictures(perform: Perform, kind: str, media_type: str) -> None:
    found = ingested(perform, picture(kind))
    assert (found.media_type, found.kind, found.width, found.height) == (media_type, "image", 30, 20)
    assert (found.balance.unit, found.balance.total, found.balance.records) == ("pixel rows", 20, 20)
    assert not found.notes
    assert not found.unread


def test_width_and_height_are_upright(perform: Perform) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    found = ingested(perform, picture("JPEG", exif=exif))
    assert (found.width, found.height, found.balance.total) == (20, 30, 30)


def test_a_wrong_extension_is_a_note_for_each_name(perform: Perform) -> None:
    found = ingested(perform, picture("JPEG"), "a.png", "b/c.JPG", "photo", "a.png", "d.xlsx")
    assert [(note.code, note.values) for note in found.notes] == [
        ("name-misleads", {"name": "a.png", "type": "JPEG"}),
        ("name-misleads", {"name": "d.xlsx", "type": "JPEG"}),
    ]
    assert not found.unread


def test_an_extension_nobody_knows_misleads_nobody(perform: Perform) -> None:
    assert not ingested(perform, picture(), "a.png_1", "证据.截图").notes


def test_an_animation_is_said_to_be_one(perform: Perform) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("white", "black", "red")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:])
    found = ingested(perform, buffer.getvalue())
    assert [(note.code, note.values) for note in found.notes] == [("picture-frames", {"frames": 3})]


def test_a_jpeg_that_was_padded_with_nothing_is_noted(perform: Perform) -> None:
    buffer = io.BytesIO()
    Image.effect_noise((200, 100), 80).save(buffer, "JPEG")
    half = len(buffer.getvalue()) // 2
    found = ingested(perform, buffer.getvalue()[:half] + bytes(half))
    assert [note.code for note in found.notes] == ["picture-without-end"]


def test_a_truncated_picture_stays_a_picture_that_was_not_read(perform: Perform) -> None:
    buffer = io.BytesIO()
    Image.effect_noise((200, 200), 90).save(buffer, "PNG")
    data = buffer.getvalue()[:5000]
    found = ingested(perform, data)
    assert (found.kind, found.width, found.height) == ("image", None, None)
    assert found.unread[0].code in {"picture-truncated", "picture-broken"}
    assert (found.balance.unit, found.balance.unread) == ("bytes", 5000)


@pytest.mark.parametrize(
    ("head", "kind", "code", "label"),
    [
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00", "unknown", "type-not-supported", "MP4"),
        (b"Rar!\x1a\x07\x01\x00", "archive", "archive-format", "RAR"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "archive", "archive-format", "7z"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "archive", "archive-format", "gzip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unknown", "type-not-supported", "OLE"),
    ],
)
def test_what_is_recognised_but_not_read(perform: Perform, head: bytes, kind: str, code: str, label: str) -> None:
    found = ingested(perform, head)
    assert (found.kind, found.unread[0].code, found.unread[0].values) == (kind, code, {"type": label})
    assert found.balance.unread == found.balance.total == len(head)


@pytest.mark.parametrize(
    ("head", "kind", "code"),
    [
        (b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00", "image", "picture-truncated"),
        (b"\x00\x00\x00\x18ftypavif\x00\x00\x00\x00", "image", "picture-truncated"),
        (b"II*\x00\x08\x00\x00\x00", "image", "picture-truncated"),
        (b"MM\x00*\x00\x00\x00\x08", "image", "picture-truncated"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "pdf", "pdf-broken"),
    ],
)
def test_what_ends_after_its_first_bytes(perform: Perform, head: bytes, kind: str, code: str) -> None:
    found = ingested(perform, head)
    assert (found.kind, [reason.code for reason in found.unread]) == (kind, [code])
    assert found.balance.unread == found.balance.total == len(head)


def test_old_workbooks(perform: Perform) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
    plain = ingested(perform, ole + "Workbook\0".encode("utf-16-le"))
    assert (plain.kind, plain.media_type, plain.unread) == ("table", "application/vnd.ms-excel", ())
    locked = ingested(perform, ole + "EncryptedPackage".encode("utf-16-le"))
    assert (locked.kind, locked.unread[0].code) == ("unknown", "workbook-encrypted")


def test_an_empty_file(perform: Perform) -> None:
    found = ingested(perform, b"", "a.png")
    assert (found.kind, found.unread[0].code, found.balance.total) == ("empty", "file-empty", 0)
    assert found.notes == ()


def test_unknown_bytes(perform: Perform) -> None:
    found = ingested(perform, random.Random(3).randbytes(4000), "a.png")
    assert found.notes == ()
    assert (found.kind, found.unread[0].code, found.balance.unread) == ("unknown", "type-unknown", 4000)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030", "gbk"])
def test_text_in_every_usual_encoding(perform: Perform, encoding: str) -> None:
    found = ingested(perform, ("Order 1\n" * 20 + CHAT).encode(encoding), "chat.txt")
    assert (found.kind, found.media_type, found.unread, found.notes) == ("text", "text/plain", (), ())


@pytest.mark.parametrize(
    ("text", "media_type"),
    [
        ('{"messages": []}', "application/json"),
        ('[{"a": 1}]', "application/json"),
        ("[2026/3/17 09:30:12] 林小姐: 在吗", "text/plain"),
        ("<!DOCTYPE html>\n<p>", "text/html"),
        ("<!-- saved -->\n<html>", "text/html"),
        ("BM是什么意思", "text/plain"),
        ("a", "text/plain"),
        ("单号,金额\nP1,2\n", "text/plain"),
    ],
)
def test_kinds_of_text(perform: Perform, text: str, media_type: str) -> None:
    assert ingested(perform, text.encode()).media_type == media_type


def test_text_with_a_few_wrong_bytes_is_still_text() -> None:
    data = CHAT.encode()
    assert text_type(data[:300] + b"\xff" + data[300:]) == "text/plain"
    assert text_type(CHAT.encode("gb18030") + b"\xff\xff") == "text/plain"
    assert text_type((CHAT * 10).encode() + b"\x00") == "text/plain"
    assert text_type(b"ab\x00\x01\x02cd" * 50) is None


def test_a_character_cut_at_the_end_of_the_sample_is_no_damage() -> None:
    for encoding in ("utf-8", "gb18030", "utf-16"):
        assert text_type(CHAT.encode(encoding)[:-1]) == "text/plain"


@given(text=st.text(st.characters(codec="gb2312"), min_size=1, max_size=200))
@settings(max_examples=60, deadline=None)
def test_utf_8_without_controls_is_always_text(text: str) -> None:
    printable = "".join(letter for letter in text if letter.isprintable()) or "a"
    assert text_type(printable.encode()) is not None


@given(data=st.binary(max_size=400))
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_bytes_there_is_an_answer(perform: Perform, data: bytes) -> None:
    found = ingested(perform, data)
    assert found.unread or found.kind in {"text", "image", "archive"}


@given(
    head=st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"PK\x03\x04", b"PK\x05\x06", b"BM"]),
    rest=st.binary(max_size=200),
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_signature_and_nonsense_behind_it(perform: Perform, head: bytes, rest: bytes) -> None:
    found = ingested(perform, head + rest)
    assert found.balance.total >= 0
    assert found.unread or found.kind != "image" or found.width
