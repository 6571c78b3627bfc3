"""HEIC, AVIF and TIFF: upright exactly once, whole or refused with the right word, and nobody else's Pillow changed."""

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from stages.raster.decode import Refused, exif_of, inspect, open_upright

HEIC = Path(__file__).parents[3] / "fixtures" / "pictures"
WHITE, RED = (255, 255, 255), (200, 30, 30)
STORED_AS = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
"""Pillow's transpose that undoes each orientation."""


def marked(width: int = 60, height: int = 40) -> Image.Image:
    """White, with the top left corner red."""
    image = Image.new("RGB", (width, height), WHITE)
    ImageDraw.Draw(image).rectangle((0, 0, 11, 11), fill=RED)
    return image


def noise(size: tuple[int, int] = (120, 90)) -> Image.Image:
    return Image.effect_noise(size, 80).convert("RGB")


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def placed(folder: Path, data: bytes) -> Path:
    path = folder / "picture"
    path.write_bytes(data)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        inspect(path)
    return caught.value.code


def near(one: Any, other: tuple[int, int, int]) -> bool:
    return max(abs(a - b) for a, b in zip(one, other, strict=True)) < 30


@pytest.mark.parametrize("name", ["upright", "turned", "two", "clear"])
def test_heic_comes_out_upright_once(name: str) -> None:
    path = HEIC / f"{name}.heic"
    image = open_upright(path)
    assert (image.mode, image.size) == ("RGB", (360, 240))
    assert near(image.getpixel((5, 5)), RED)
    assert all(near(image.getpixel(corner), WHITE) for corner in ((350, 5), (5, 230), (350, 230)))
    facts = inspect(path)
    assert facts == ("HEIC", 360, 240, 2 if name == "two" else 1, True)


def test_heic_does_not_register_itself_with_pillow() -> None:
    code = (
        "import sys; from pathlib import Path; from PIL import Image; from stages.raster.decode import open_upright;"
        f"open_upright(Path({str(HEIC / 'upright.heic')!r})); Image.init();"
        "print('HEIF' in Image.OPEN, '.heic' in Image.registered_extensions())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=HEIC.parents[1])
    assert done.stdout.split() == ["False", "False"]


@pytest.mark.parametrize("share", [0.01, 0.05, 0.3, 0.6, 0.99])
def test_a_heic_that_is_cut(tmp_path: Path, share: float) -> None:
    data = (HEIC / "upright.heic").read_bytes()
    assert refusal(placed(tmp_path, data[: max(40, int(len(data) * share))])) == "picture-truncated"


def test_a_heic_that_is_cut_behind_its_first_picture_is_read_and_said_to_be_cut(tmp_path: Path) -> None:
    data = (HEIC / "two.heic").read_bytes()
    assert not inspect(placed(tmp_path, data[:-50])).ended


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["AVIF", "TIFF"])
def test_every_orientation_of_avif_and_tiff(tmp_path: Path, kind: str, orientation: int) -> None:
    image = marked()
    if orientation in STORED_AS:
        image = image.transpose(Image.Transpose(STORED_AS[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    more: dict[str, Any] = {"exif": exif} if kind == "AVIF" else {"tiffinfo": {274: orientation}}
    path = placed(tmp_path, saved(image, kind, **more))
    upright = open_upright(path)
    assert upright.size == (60, 40)
    assert near(upright.getpixel((4, 4)), RED)
    assert all(near(upright.getpixel(corner), WHITE) for corner in ((56, 3), (3, 36), (56, 36)))
    assert inspect(path)[:4] == (kind, 60, 40, 1)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_an_avif_that_is_cut(tmp_path: Path, share: float) -> None:
    data = saved(noise(), "AVIF")
    assert refusal(placed(tmp_path, data[: int(len(data) * share)])) == "picture-truncated"


@pytest.mark.parametrize("compression", [None, "tiff_lzw", "tiff_deflate", "packbits", "jpeg"])
def test_tiff_of_every_compression(tmp_path: Path, compression: str | None) -> None:
    data = saved(noise(), "TIFF", compression=compression)
    assert inspect(placed(tmp_path, data))[:3] == ("TIFF", 120, 90)
    assert refusal(placed(tmp_path, data[: len(data) // 2])) == "picture-truncated"


@pytest.mark.parametrize(
    ("mode", "seen"), [("1", "L"), ("L", "L"), ("P", "RGB"), ("CMYK", "RGB"), ("RGBA", "RGB"), ("LA", "RGB")]
)
def test_tiff_of_every_mode(tmp_path: Path, mode: str, seen: str) -> None:
    image = open_upright(placed(tmp_path, saved(marked().convert(mode), "TIFF")))
    assert image.mode == seen
    assert min(image.convert("RGB").getpixel((50, 30))) > 245  # type: ignore[type-var]


def test_sixteen_bits_of_grey_in_a_tiff(tmp_path: Path) -> None:
    image = Image.new("I;16", (4, 4), 0x8000)
    assert open_upright(placed(tmp_path, saved(image, "TIFF"))).getpixel((1, 1)) == 0x80


def test_a_tiff_of_several_pages_gives_the_first_and_their_number(tmp_path: Path) -> None:
    pages = [Image.new("RGB", (20, 20), colour) for colour in ("white", "black", "red")]
    path = placed(tmp_path, saved(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    assert inspect(path).frames == 3
    assert open_upright(path).getpixel((10, 10)) == WHITE


def test_a_raw_picture_is_no_tiff_to_be_shown(tmp_path: Path) -> None:
    path = placed(tmp_path, saved(marked(), "TIFF", tiffinfo={0xC612: b"\x01\x04\x00\x00"}))
    assert refusal(path) == "picture-raw"


def test_inverted_cmyk_as_photoshop_writes_it(tmp_path: Path) -> None:
    """Adobe's programs store CMYK upside down, and say so in a segment of their own."""
    data = saved(Image.new("CMYK", (16, 16), (0, 0, 0, 0)), "JPEG", quality=95)
    assert b"Adobe" in data
    assert min(open_upright(placed(tmp_path, data)).getpixel((8, 8))) > 245  # type: ignore[type-var]


def test_the_metadata_block_of_a_container() -> None:
    assert b"2026:03:12 09:30:12" in exif_of((HEIC / "turned.heic").read_bytes())
    assert exif_of((HEIC / "two.heic").read_bytes()) == b""
    with pytest.raises(Refused):
        exif_of(b"\x00\x00\x00\x18ftypheic" + bytes(30))


ORIGINALS = [saved(marked(24, 16), kind) for kind in ("AVIF", "TIFF")] + [(HEIC / "upright.heic").read_bytes()]


@settings(max_examples=80, deadline=None)
@given(
    original=st.sampled_from(ORIGINALS),
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8),
    length=st.floats(0.2, 1.2),
)
def test_whatever_the_bytes_it_is_a_picture_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, original: bytes, changes: list[tuple[float, int]], length: float
) -> None:
    data = bytearray(original)
    for where, value in changes:
        data[int(where * (len(data) - 1))] = value
    path = tmp_path_factory.getbasetemp() / "mutated-container"
    path.write_bytes(data[: max(1, int(length * len(data)))])
    try:
        facts = inspect(path)
    except Refused:
        return
    try:
        assert open_upright(path).size == facts[1:3]
    except Refused:
        pytest.fail("what inspect takes, open_upright gives")
