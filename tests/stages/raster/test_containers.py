"""What the first bytes and the boxes of containers say."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stages.raster.containers import is_cut_off, is_pdf, iso_picture, starts_as_pdf


def ftyp(*brands: bytes) -> bytes:
    body = brands[0] + bytes(4) + b"".join(brands[1:])
    return (len(body) + 8).to_bytes(4, "big") + b"ftyp" + body


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (ftyp(b"heic", b"mif1", b"heic"), "HEIC"),
        (ftyp(b"mif1", b"heic", b"miaf"), "HEIC"),
        (ftyp(b"msf1", b"hevc"), "HEIC"),
        (ftyp(b"mif1"), "HEIC"),
        (ftyp(b"avif", b"mif1", b"miaf"), "AVIF"),
        (ftyp(b"mif1", b"avif", b"miaf"), "AVIF"),
        (ftyp(b"avis", b"msf1", b"avif"), "AVIF"),
        (ftyp(b"isom", b"mp42"), None),
        (ftyp(b"qt  ", b"heic"), None),
        (b"\x00\x00\x00\x18ftypheic", "HEIC"),
        (b"hello, heic", None),
        (b"", None),
    ],
)
def test_brands(head: bytes, found: str | None) -> None:
    assert iso_picture(head) == found


@pytest.mark.parametrize(
    ("head", "found"),
    [
        (b"%PDF-1.7\n", True),
        (b"\r\n%PDF-1.4", True),
        (b"\xef\xbb\xbf%PDF-1.4", True),
        (b" %PDF-1.4", False),
        (b"see %PDF-1.4", False),
        (b"", False),
    ],
)
def test_a_pdf_by_its_first_bytes(tmp_path: Path, head: bytes, found: bool) -> None:
    path = tmp_path / "file"
    path.write_bytes(head)
    assert is_pdf(head) == starts_as_pdf(path) == found


@pytest.mark.parametrize(
    ("data", "is_cut"),
    [
        (ftyp(b"heic") + b"\x00\x00\x00\x10mdat" + bytes(8), False),
        (ftyp(b"heic") + b"\x00\x00\x00\x10mdat" + bytes(7), True),
        (ftyp(b"heic") + b"\x00\x00\x00\x00mdat" + bytes(7), False),
        (ftyp(b"heic") + b"\x00\x00\x00\x01mdat" + (24).to_bytes(8, "big") + bytes(8), False),
        (ftyp(b"heic") + b"\x00\x00\x00\x01mdat" + (25).to_bytes(8, "big") + bytes(8), True),
        (ftyp(b"heic") + b"appended by another program", False),
        (b"II*\x00\x08\x00\x00\x00" + bytes(40), False),
        (b"II*\x00\x88\x00\x00\x00" + bytes(40), True),
        (b"MM\x00*\x00\x00\x00\x88" + bytes(40), True),
        (b"\x89PNG\r\n\x1a\n", False),
        (b"", False),
    ],
)
def test_where_a_container_should_end(tmp_path: Path, data: bytes, is_cut: bool) -> None:
    path = tmp_path / "file"
    path.write_bytes(data)
    assert is_cut_off(path) == is_cut


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=80))
def test_any_bytes_have_an_answer(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "file"
    for head in (data, ftyp(b"heic") + data, b"II*\x00" + data):
        path.write_bytes(head)
        assert is_cut_off(path) in {True, False}
        assert iso_picture(head) in {"HEIC", "AVIF", None}
