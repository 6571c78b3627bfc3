"""Pictures piece by piece: what is decoded in bands is what is decoded whole, in memory that height does not change."""

import io
import itertools
import random
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, PngImagePlugin

from stages.raster import decode, png
from stages.raster.bands import cuts, parts, pieces
from stages.raster.decode import Refused, inspect, open_upright, strips
from stages.raster.slices import Slice, slices

ROOT = Path(__file__).parents[3]
PIXELS = {1: 0, 2: 4, 3: 2, 4: 6}


def placed(folder: Path, image: Image.Image, kind: str = "PNG", **options: Any) -> Path:
    path = folder / "picture"
    image.save(path, kind, **options)
    return path


def noise(mode: str, size: tuple[int, int], seed: int = 7) -> Image.Image:
    """The same noise each time, in any mode."""
    chance = random.Random(seed)
    colours = Image.frombytes("RGBA", size, chance.randbytes(4 * size[0] * size[1]))
    return colours.convert("RGB").quantize(200) if mode == "P" else colours.convert(mode)


def written(width: int, height: int, bits: int, colour: int, seed: int, palette: int = 0) -> bytes:
    """A PNG whose rows each have a filter drawn by lot: no encoder writes such, any decoder reads it."""
    chance = random.Random(seed)
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    row = (width * bits * channels + 7) // 8
    rows = b"".join(bytes((chance.randrange(5),)) + chance.randbytes(row) for _ in range(height))

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, bits, colour, 0, 0, 0)
    colours = chunk(b"PLTE", chance.randbytes(3 * palette)) if palette else b""
    packed = zlib.compress(rows)
    data = b"".join(chunk(b"IDAT", packed[at : at + 999]) for at in range(0, len(packed), 999))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + colours + data + chunk(b"IEND", b"")


def lined(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Lines of "text" every 60 rows."""
    image = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(image)
    for top in range(20, height - 50, 60):
        for left in range(10, width - 20, 9):
            draw.line((left, top, left + 4, top + 30), fill=(20, 30, 90), width=2)
    return image.convert(mode)


def joined(path: Path, rows: int, monkeypatch: pytest.MonkeyPatch) -> tuple[np.ndarray[Any, Any], int]:
    """The picture put together from its strips, and how many there were."""
    monkeypatch.setattr(decode, "_STRIP", rows)
    found = [np.asarray(strip) for strip in strips(path).found]
    return np.concatenate(found), len(found)


KINDS = [(8, 0), (8, 2), (8, 4), (8, 6), (1, 0), (2, 0), (4, 0), (16, 0), (16, 4), (16, 2), (16, 6)]


@pytest.mark.parametrize(("bits", "colour"), KINDS)
@pytest.mark.parametrize("width", [1, 7, 33])
def test_bands_are_the_picture_for_every_depth_and_filter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bits: int, colour: int, width: int
) -> None:
    path = tmp_path / "picture"
    path.write_bytes(written(width, 61, bits, colour, seed=bits * 10 + colour))
    seen, count = joined(path, 9 * width, monkeypatch)
    assert np.array_equal(seen, np.asarray(open_upright(path)))
    assert count == (1 if bits == 16 and colour in {2, 6} else 7)
    assert inspect(path)[1:3] == (width, 61)


@pytest.mark.parametrize("bits", [1, 2, 4, 8])
def test_bands_of_a_palette(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bits: int) -> None:
    path = tmp_path / "picture"
    path.write_bytes(written(21, 40, bits, 3, seed=bits, palette=1 << bits))
    seen, count = joined(path, 8 * 21, monkeypatch)
    assert np.array_equal(seen, np.asarray(open_upright(path)))
    assert count == 5


@pytest.mark.parametrize("mode", ["P", "L", "RGB"])
def test_a_transparent_colour_is_white_in_every_band(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    image = noise(mode, (20, 40))
    pixel = image.getpixel((3, 30))
    path = placed(tmp_path, image, transparency=pixel)
    seen, _ = joined(path, 8 * 20, monkeypatch)
    assert np.array_equal(seen, np.asarray(open_upright(path)))
    assert tuple(seen[30, 3]) == (255, 255, 255)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    size=st.tuples(st.integers(1, 40), st.integers(1, 60)),
    kind=st.sampled_from(KINDS),
    seed=st.integers(0, 1 << 30),
    rows=st.integers(8, 70),
)
def test_any_rows_decode_in_bands_as_they_decode_whole(
    tmp_path: Path, size: tuple[int, int], kind: tuple[int, int], seed: int, rows: int
) -> None:
    path = tmp_path / "picture"
    path.write_bytes(written(*size, *kind, seed=seed))
    head = png.head_of(path)
    assert head is not None
    if head.streams:
        bands = [np.asarray(band) for band in png.bands(path, head, rows)]
        with Image.open(path) as whole:
            assert np.array_equal(np.concatenate(bands), np.asarray(whole))


def test_a_png_on_its_side_comes_whole_and_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    path = placed(tmp_path, lined(300, 90), exif=exif)
    found = strips(path)
    assert (found.width, found.height) == (90, 300)
    (only,) = found.found
    assert np.array_equal(np.asarray(only), np.asarray(open_upright(path)))


def test_texts_beside_the_rows_are_looked_at_for_the_orientation_alone(tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "x" * 3000, zip=True)
    info.add_itxt("XML:com.adobe.xmp", '<x:xmpmeta tiff:Orientation="8"/>')
    path = placed(tmp_path, lined(300, 90), pnginfo=info)
    assert strips(path).width == open_upright(path).width == inspect(path).width == 90


@pytest.mark.parametrize(("mode", "kind"), [("RGB", "PNG"), ("L", "PNG"), ("RGB", "JPEG"), ("RGB", "WEBP")])
def test_pieces_are_cut_as_the_whole_picture_is(tmp_path: Path, mode: str, kind: str) -> None:
    path = placed(tmp_path, lined(400, 5000, mode), kind)
    whole = open_upright(path)
    wanted = slices(whole, 900)
    found = list(pieces(path, 900))
    assert cuts(path, 900) == wanted
    assert [(top, image.height) for top, image in found] == [(cut.top, cut.bottom - cut.top) for cut in wanted]
    for top, image in found:
        assert image.mode == "RGB"
        assert np.array_equal(np.asarray(image), np.asarray(whole.convert("RGB"))[top : top + image.height])


def test_known_lines_are_kept_whole_where_they_can_be(tmp_path: Path) -> None:
    path = placed(tmp_path, Image.new("L", (300, 2000), 255))
    keep = [(490.0, 540.0)]
    assert not any(cut.top < 540 and cut.bottom > 490 and cut.bottom < 540 for cut in cuts(path, 510, keep))


def test_a_short_picture_is_one_piece(tmp_path: Path) -> None:
    path = placed(tmp_path, lined(300, 90))
    ((top, image),) = pieces(path, 90)
    assert (top, image.size) == (0, (300, 90))


def test_pieces_without_a_clean_row_overlap(tmp_path: Path) -> None:
    path = placed(tmp_path, noise("RGB", (60, 700)))
    found = list(pieces(path, 200))
    assert found[0][0] == 0
    assert found[-1][0] + found[-1][1].height == 700
    assert all(above[0] + above[1].height > below[0] for above, below in itertools.pairwise(found))
    whole = np.asarray(open_upright(path))
    assert all(np.array_equal(np.asarray(image), whole[top : top + image.height]) for top, image in found)


def test_any_rows_can_be_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode, "_STRIP", 100 * 16)
    path = placed(tmp_path, noise("RGB", (100, 90)))
    whole = np.asarray(open_upright(path))
    wanted = [Slice(3, 5), Slice(4, 40), Slice(16, 32), Slice(80, 90)]
    for cut, part in zip(wanted, parts(path, wanted), strict=True):
        assert np.array_equal(np.asarray(part), whole[cut.top : cut.bottom])


def test_rows_that_are_missing_are_a_refusal_in_the_middle(tmp_path: Path) -> None:
    whole = written(50, 4000, 8, 2, seed=3)
    path = tmp_path / "picture"
    path.write_bytes(whole[: len(whole) // 2])
    taken = []
    with pytest.raises(Refused, match="picture-truncated"):
        taken.extend(strips(path).found)
    with pytest.raises(Refused, match="picture-truncated"):
        list(pieces(path, 900))


def test_a_filter_that_does_not_exist_is_damage(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("L", (4, 4)).save(buffer, "PNG")
    data = buffer.getvalue()
    at = data.index(b"IDAT")
    rows = zlib.compress(b"\x09\x00\x00\x00\x00" * 4)
    chunk = struct.pack(">I", len(rows)) + b"IDAT" + rows + struct.pack(">I", zlib.crc32(b"IDAT" + rows))
    path = tmp_path / "picture"
    path.write_bytes(data[: at - 4] + chunk + data[-12:])
    with pytest.raises(Refused):
        inspect(path)


PEAK = """
import sys
from pathlib import Path
from stages.raster.bands import pieces
from stages.raster.decode import inspect
path = Path(sys.argv[1])
assert inspect(path).height == sum(image.height for _, image in pieces(path, 1800))
status = Path("/proc/self/status").read_text()
print(int(status.partition("VmHWM:")[2].split()[0]) >> 10)
"""


def test_memory_does_not_grow_with_height(tmp_path: Path) -> None:
    def peak(height: int) -> int:
        path = placed(tmp_path, lined(1080, height), compress_level=1)
        done = subprocess.run([sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, cwd=ROOT)
        assert done.returncode == 0, done.stderr
        return int(done.stdout)

    low, high = peak(4_000), peak(16_000)
    assert high < 150
    assert high < low + 24
