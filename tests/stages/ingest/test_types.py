"""Types of file by their first bytes, and names that say otherwise."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stages.ingest import types
from stages.ingest.text import text_type


@pytest.mark.parametrize(
    ("head", "media_type"),
    [
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"BM" + bytes(12) + b"\x28\x00\x00\x00", "image/bmp"),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"),
        (b"\x00\x00\x00\x18ftypavif", "image/avif"),
        (b"\x00\x00\x00\x18ftypisom", "video/mp4"),
        (b"PK\x03\x04", "application/zip"),
        (b"PK\x05\x06", "application/zip"),
        (b"%PDF-1.4", "application/pdf"),
    ],
)
def test_signatures(head: bytes, media_type: str) -> None:
    found = types.by_signature(head)
    assert found is not None
    assert found.media_type == media_type


@pytest.mark.parametrize(
    "head", [b"", b"BM", b"BMW 320i", b"RIFF\x00\x00\x00\x00WAVEfmt ", b"hello", b" %PDF-1.4", b"PK", b"\x89PNG"]
)
def test_what_only_looks_like_a_signature(head: bytes) -> None:
    assert types.by_signature(head) is None


@pytest.mark.parametrize(
    ("name", "media_type", "misleads"),
    [
        ("a.png", "image/png", False),
        ("a.PNG", "image/png", False),
        ("a.jpeg", "image/jpeg", False),
        ("a.jpg", "image/png", True),
        ("a.xls", "text/html", True),
        ("a.xls", "text/plain", True),
        ("a.csv", "text/plain", False),
        ("a.txt", "application/json", False),
        ("a.xlsx", "application/vnd.ms-excel", True),
        ("a", "image/png", False),
        (".png", "image/jpeg", False),
        ("a.tar.jpg", "image/png", True),
        ("a.png", "application/octet-stream", False),
        ("a.png", "application/x-empty", False),
        ("a.backup", "image/png", False),
    ],
)
def test_extensions(name: str, media_type: str, misleads: bool) -> None:
    assert types.misnamed([name], types.named(media_type)) == ([name] if misleads else [])


def test_a_type_nobody_lists() -> None:
    with pytest.raises(KeyError):
        types.named("image/unheard-of")


def test_every_decodable_type_is_a_picture() -> None:
    assert {types.named(media_type).kind for media_type in types.DECODABLE} == {"image"}
    assert {types.named(media_type).kind for media_type in types.PACKED} == {"archive"}


@given(
    text=st.text(
        st.sampled_from("订单编号已发货请放心我们会尽快处理好的谢谢，。0123456789 \n"), min_size=1, max_size=300
    )
)
@settings(max_examples=60, deadline=None)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_everyday_chinese_is_text_in_every_encoding(encoding: str, text: str) -> None:
    assert text_type(text.encode(encoding)) is not None


@given(data=st.binary(max_size=300))
@settings(max_examples=80, deadline=None)
def test_bytes_with_many_zeros_are_no_text(data: bytes) -> None:
    assert text_type(b"\x01\x00\x02\x00\x03\x04\x00" * 50 + data) is None
