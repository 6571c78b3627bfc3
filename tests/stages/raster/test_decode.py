"""Pictures come out upright and plain, or are refused with a word; nothing else ever leaves the decoder."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from stages.raster import decode
from stages.raster.decode import MAX_PIXELS, Facts, Refused, inspect, open_upright

WHITE, RED = (255, 255, 255), (200, 30, 30)


def marked(width: int = 60, height: int = 40) -> Image.Image:
    """White, with the top left corner red."""
    image = Image.new("RGB", (width, height), WHITE)
    ImageDraw.Draw(image).rectangle((0, 0, 9, 9), fill=RED)
    return image


def saved(image: Image.Image, path: Path, **options: object) -> Path:
    image.save(path, **options)
    return path


def png(width: int, height: int, rows: bytes = b"", colour: int = 2, interlace: int = 0) -> bytes:
    """A PNG whose header says what it likes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, interlace)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def refusal(path: Path) -> Refused:
    with pytest.raises(Refused) as caught:
        open_upright(path)
    with pytest.raises(Refused) as again:
        inspect(path)
    assert (again.value.code, again.value.values) == (caught.value.code, caught.value.values)
    return caught.value


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.gif", "a.bmp"])
def test_every_supported_format_decodes(tmp_path: Path, name: str) -> None:
    path = saved(marked(), tmp_path / name)
    image = open_upright(path)
    assert (image.mode, image.size) == ("RGB", (60, 40))
    assert inspect(path)[1:] == (60, 40, 1, True)
    assert image.getpixel((50, 30))[0] > 250


def test_the_name_of_the_file_means_nothing(tmp_path: Path) -> None:
    path = saved(marked(), tmp_path / "picture", format="PNG")
    path.rename(tmp_path / "picture.jpg")
    assert inspect(tmp_path / "picture.jpg") == Facts("PNG", 60, 40, 1)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_exif_orientation_puts_the_corner_back(tmp_path: Path, orientation: int) -> None:
    stored_as = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Pillow's transpose that undoes each orientation
    image = marked()
    if orientation in stored_as:
        image = image.transpose(Image.Transpose(stored_as[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = saved(image, tmp_path / "a.png", exif=exif)
    upright = open_upright(path)
    assert upright.size == (60, 40)
    assert upright.getpixel((2, 2)) == RED
    assert upright.getpixel((57, 2)) == upright.getpixel((2, 37)) == WHITE
    assert inspect(path)[1:3] == (60, 40)


def test_an_orientation_that_does_not_exist_is_upright(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 77
    assert open_upright(saved(marked(), tmp_path / "a.jpg", exif=exif)).size == (60, 40)


@pytest.mark.parametrize("block", [b"II*\x00\xff\xff\xff\xff", b"nonsense", b"", b"MM\x00*\x00\x00\x00\x08\xff\xff"])
def test_damaged_exif_does_not_make_a_picture_unreadable(tmp_path: Path, block: bytes) -> None:
    path = saved(marked(), tmp_path / "a.jpg", exif=b"Exif\x00\x00" + block)
    assert open_upright(path).size == (60, 40)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_transparent_becomes_white(tmp_path: Path, mode: str) -> None:
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    clear.putpixel((0, 0), (0, 0, 0, 255))
    image = open_upright(saved(clear.convert(mode), tmp_path / "a.png"))
    assert image.mode == "RGB"
    assert image.getpixel((0, 0)) == (0, 0, 0)
    assert image.getpixel((5, 5)) == WHITE


def test_a_palette_with_a_transparent_colour(tmp_path: Path) -> None:
    image = Image.new("P", (8, 8), 1)
    image.putpalette([0, 0, 0, 9, 9, 9])
    image.putpixel((0, 0), 0)
    seen = open_upright(saved(image, tmp_path / "a.png", transparency=1))
    assert (seen.getpixel((0, 0)), seen.getpixel((5, 5))) == ((0, 0, 0), WHITE)


def test_sixteen_bits_keep_their_shades(tmp_path: Path) -> None:
    samples = np.array([[0, 0x4000], [0x8000, 0xFFFF]], dtype=np.uint16)
    image = open_upright(saved(Image.fromarray(samples), tmp_path / "a.png"))
    assert image.mode == "L"
    assert list(image.tobytes()) == [0, 0x40, 0x80, 0xFF]


@pytest.mark.parametrize(("mode", "expected"), [("1", "L"), ("L", "L"), ("P", "RGB")])
def test_the_other_modes(tmp_path: Path, mode: str, expected: str) -> None:
    assert open_upright(saved(marked().convert(mode), tmp_path / "a.png")).mode == expected


def test_cmyk(tmp_path: Path) -> None:
    image = open_upright(saved(marked().convert("CMYK"), tmp_path / "a.jpg", quality=95))
    assert image.mode == "RGB"
    assert min(image.getpixel((50, 30))) > 245


def test_an_animation_gives_its_first_picture_and_their_number(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("white", "black", "red")]
    for name in ("a.gif", "a.webp"):
        path = saved(frames[0], tmp_path / name, save_all=True, append_images=frames[1:])
        assert inspect(path).frames == 3
        assert open_upright(path).getpixel((4, 4)) == WHITE


def test_a_bomb_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    path.write_bytes(png(60_000, 60_000))
    assert refusal(path).code == "picture-too-large"
    assert refusal(path).values == {"width": 60_000, "height": 60_000, "limit": MAX_PIXELS // 1_000_000}


def test_a_side_can_be_too_long_by_itself(tmp_path: Path) -> None:
    path = tmp_path / "long.png"
    path.write_bytes(png(1, decode.MAX_SIDE + 1))
    assert refusal(path).code == "picture-too-large"


def test_above_pillows_own_limit_but_below_ours(tmp_path: Path) -> None:
    assert Image.MAX_IMAGE_PIXELS is not None
    side = 9_600
    assert Image.MAX_IMAGE_PIXELS < side * side < MAX_PIXELS
    path = saved(Image.new("1", (side, side), 1), tmp_path / "large.png")
    assert inspect(path)[1:3] == (side, side)
    assert Image.MAX_IMAGE_PIXELS == 89_478_485


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.gif", "a.bmp", "a.webp"])
def test_half_a_file_is_refused(tmp_path: Path, name: str) -> None:
    noise = Image.effect_noise((200, 200), 80).convert("RGB")
    path = saved(noise, tmp_path / name)
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert refusal(path).code in {"picture-truncated", "picture-broken"}


def test_a_header_that_promises_more_rows_than_there_are(tmp_path: Path) -> None:
    path = tmp_path / "lie.png"
    path.write_bytes(png(10, 1000, b"\x00" * 31 * 10))
    with pytest.raises(Refused) as caught:
        inspect(path)
    assert caught.value.code == "picture-truncated"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
@pytest.mark.parametrize("width", [1, 7, 64])
def test_whole_pngs_of_every_mode_hold_all_their_rows(tmp_path: Path, mode: str, width: int) -> None:
    path = saved(Image.new("RGBA", (width, 33)).convert(mode), tmp_path / "a.png")
    assert inspect(path)[1:3] == (width, 33)


def test_interlaced_rows_are_counted_by_pass(tmp_path: Path) -> None:
    # 5 x 3 pixels of 8 bit grey in Adam7: passes of 1x1, 1x1, 2x0, 1x1... rows, each with its filter byte
    passes = [(1, 1), (1, 1), (0, 0), (1, 1), (3, 1), (2, 2), (5, 1)]
    rows = b"".join((b"\x00" + b"\x80" * columns) * count for columns, count in passes if columns)
    path = tmp_path / "a.png"
    path.write_bytes(png(5, 3, rows, colour=0, interlace=1))
    assert inspect(path)[1:3] == (5, 3)
    path.write_bytes(png(5, 3, rows[:-1], colour=0, interlace=1))
    with pytest.raises(Refused):
        inspect(path)


def test_a_jpeg_without_its_end_is_said_to_be_one(tmp_path: Path) -> None:
    path = saved(Image.effect_noise((200, 100), 80), tmp_path / "a.jpg")
    data = path.read_bytes()
    assert inspect(path).ended
    path.write_bytes(data + b"appended by another program")
    assert inspect(path).ended
    path.write_bytes(data[: len(data) // 2] + bytes(len(data) // 2))
    assert not inspect(path).ended


def test_what_is_no_picture(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"<html>")
    assert refusal(path).code == "picture-format"


def test_a_missing_file_is_no_verdict_on_a_picture(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_upright(tmp_path / "none.png")


def originals() -> list[bytes]:
    images = []
    for kind in ("PNG", "JPEG", "WEBP", "GIF", "BMP"):
        buffer = io.BytesIO()
        marked(24, 16).save(buffer, kind)
        images.append(buffer.getvalue())
    return images


@settings(max_examples=100, deadline=None)
@given(
    original=st.sampled_from(originals()),
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8),
    length=st.floats(0, 1),
)
def test_whatever_the_bytes_it_is_a_picture_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, original: bytes, changes: list[tuple[float, int]], length: float
) -> None:
    data = bytearray(original)
    for where, value in changes:
        data[int(where * (len(data) - 1))] = value
    path = tmp_path_factory.getbasetemp() / "mutated"
    path.write_bytes(data[: max(1, int(length * 2 * len(data)))])
    try:
        facts = inspect(path)
    except Refused:
        facts = None
    if facts is not None:
        image = open_upright(path)
        assert image.mode in {"RGB", "L"}
        assert image.size == facts[1:3]
    path.unlink()


def test_the_original_is_only_read(tmp_path: Path) -> None:
    path = saved(marked(), tmp_path / "a.png")
    before = path.read_bytes()
    path.chmod(0o444)
    open_upright(path)
    inspect(path)
    assert path.read_bytes() == before
    assert [child.name for child in tmp_path.iterdir()] == ["a.png"]
