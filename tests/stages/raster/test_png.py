"""Counting the rows that a PNG holds, against what its header says."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from stages.raster.png import holds_all_rows

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def header(width: int, height: int, depth: int = 8, colour: int = 0, interlace: int = 0) -> bytes:
    return SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))


def written(folder: Path, data: bytes) -> Path:
    path = folder / "a.png"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("depth", "colour", "row_bytes"),
    [(1, 0, 2), (2, 0, 3), (4, 3, 5), (8, 0, 9), (8, 2, 27), (8, 4, 18), (8, 6, 36), (16, 0, 18), (16, 6, 72)],
)
def test_rows_of_every_depth_and_colour(tmp_path: Path, depth: int, colour: int, row_bytes: int) -> None:
    head = header(9, 5, depth, colour)
    one_row = 1 + row_bytes
    whole = chunk(b"IDAT", zlib.compress(bytes(one_row * 5)))
    short = chunk(b"IDAT", zlib.compress(bytes(one_row * 5 - 1)))
    assert holds_all_rows(written(tmp_path, head + whole + chunk(b"IEND", b"")))
    assert not holds_all_rows(written(tmp_path, head + short + chunk(b"IEND", b"")))


def test_rows_in_many_chunks_with_others_between(tmp_path: Path) -> None:
    packed = zlib.compress(bytes(9 * 8))
    pieces = b"".join(chunk(b"IDAT", packed[at : at + 3]) for at in range(0, len(packed), 3))
    data = header(8, 8) + chunk(b"tEXt", b"Comment\0IDAT") + pieces + chunk(b"IEND", b"")
    assert holds_all_rows(written(tmp_path, data))


def test_what_follows_the_end_does_not_count(tmp_path: Path) -> None:
    data = header(8, 8) + chunk(b"IEND", b"") + chunk(b"IDAT", zlib.compress(bytes(72)))
    assert not holds_all_rows(written(tmp_path, data))


def test_more_rows_than_the_header_says_are_enough(tmp_path: Path) -> None:
    data = header(8, 8) + chunk(b"IDAT", zlib.compress(bytes(900))) + chunk(b"IEND", b"")
    assert holds_all_rows(written(tmp_path, data))


def test_damaged_rows_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(zlib.error):
        holds_all_rows(written(tmp_path, header(8, 8) + chunk(b"IDAT", b"nonsense")))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(width=st.integers(1, 70), height=st.integers(1, 40), mode=st.sampled_from(["1", "L", "P", "RGB", "RGBA"]))
def test_every_picture_that_was_written_whole_is_whole(tmp_path: Path, width: int, height: int, mode: str) -> None:
    buffer = io.BytesIO()
    Image.new(mode, (width, height)).save(buffer, "PNG")
    data = buffer.getvalue()
    assert holds_all_rows(written(tmp_path, data))
