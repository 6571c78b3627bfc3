"""Every kind of picture is shown as its own decoder shows it, and carries nothing but its pixels."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.locate import Locator
from pipeline.model import Balance, Ingested, Line, digest_of
from stages.assemble.fonts import Fonts
from stages.assemble.images import Pictures, Shot
from stages.assemble.masks import Privacy
from stages.assemble.page import Page, Picture
from stages.assemble.paint import Document, paint
from stages.assemble.pdf.pictures import _without_metadata
from stages.raster.decode import open_upright
from tests.stages.assemble.drawing import edited, item

WIDTH, HEIGHT = 13, 9  # no multiple of eight: rows of one, two and four bits end inside a byte
SECRET = b"a secret place"
Pixels = npt.NDArray[np.uint8]


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def samples(colour: int, depth: int) -> npt.NDArray[np.uint16]:
    """Any values of a colour type: gray, RGB, palette, gray with alpha, RGB with alpha."""
    channels = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    most = min(2**depth, 16 if colour == 3 else 2**depth)
    made = np.random.default_rng(colour * 100 + depth).integers(0, most, (HEIGHT, WIDTH, channels))
    return made.astype(np.uint16)


def packed(rows: npt.NDArray[np.uint16], depth: int) -> bytes:
    """Rows of samples, each after the number of its filter (none)."""
    if depth == 16:
        return b"".join(b"\0" + row.astype(">u2").tobytes() for row in rows)
    bits = np.unpackbits(rows.reshape(len(rows), -1, 1).astype(np.uint8), axis=2)[:, :, 8 - depth :]
    return b"".join(b"\0" + np.packbits(row.reshape(-1)).tobytes() for row in bits)


_PASSES = ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1))


def png(colour: int, depth: int, *, interlaced: bool = False, extra: bytes = b"", after: bytes = b"") -> bytes:
    """A PNG file made by hand, so that every kind there is can be had."""
    rows = samples(colour, depth)
    if interlaced:
        parts = [rows[top::down, left::across] for top, left, down, across in _PASSES]
        content = b"".join(packed(part, depth) for part in parts if part.size)
    else:
        content = packed(rows, depth)
    palette = bytes(range(0, 240, 5))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, colour, 0, 0, int(interlaced))
    return b"".join((
        b"\x89PNG\r\n\x1a\n",
        chunk(b"IHDR", header),
        chunk(b"PLTE", palette) if colour == 3 else b"",
        extra,
        chunk(b"IDAT", zlib.compress(content)),
        chunk(b"IEND", b""),
        after,
    ))  # fmt: skip


def jpeg(mode: str = "RGB", size: tuple[int, int] = (60, 80), **options: Any) -> bytes:
    patches = np.random.default_rng(7).integers(0, 255, (5, 4, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(patches).resize(size, Image.Resampling.BICUBIC).convert(mode).save(out, "JPEG", **options)
    return out.getvalue()


def on_its_side(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = SECRET.decode()
    return exif


def shot(path: Path, *lines: Line, rules: Privacy | None = None) -> tuple[Pictures, Shot]:
    """The picture of a file as ingest describes it."""
    with open_upright(path) as upright:
        width, height = upright.size
    one = item("1", "picture", *lines)
    balance = Balance(unit="bytes", total=1, records=1)
    ingested = Ingested(media_type="image/x", kind="image", width=width, height=height, balance=balance)
    one = edited(one, ingested=ingested, exhibit=edited(one.exhibit, digest=digest_of(path.read_bytes())))
    pictures = Pictures(rules or Privacy())
    made = pictures.shot(one, path)
    assert made is not None
    return pictures, made


def in_a_file(fonts: Fonts, folder: Path, pictures: Pictures, made: Shot) -> Path:
    """The picture's pieces in a PDF file, one a page."""
    pages = [Page(n, "", "", [Picture(50, 50, 100, 100, piece.key)]) for n, piece in enumerate(made.pieces, 1)]
    path = folder / "pictures.pdf"
    paint(Document(pages, {}, [], pictures.objects, [], "", "", "zh-CN", "2026-03-17T02:07:30Z"), fonts, path)
    return path


def embedded(path: Path) -> Iterator[tuple[Pixels, bytes]]:
    """The pixels of each picture of a file, and its bytes as they stand there."""
    with pikepdf.open(path) as pdf:
        for page in pdf.pages:
            (image,) = page.obj["/Resources"]["/XObject"].values()
            assert isinstance(image, pikepdf.Stream)
            shown = pikepdf.PdfImage(image).as_pil_image()
            yield np.asarray(shown.convert("RGB")), bytes(image.read_raw_bytes())


def shown(fonts: Fonts, folder: Path, data: bytes) -> tuple[Pixels, bytes, Pixels]:
    """What the dossier shows of a picture, its bytes there, and what its own decoder shows."""
    source = folder / "source"
    source.write_bytes(data)
    ((pixels, raw),) = embedded(in_a_file(fonts, folder, *shot(source)))
    with open_upright(source) as upright:
        return pixels, raw, np.asarray(upright.convert("RGB"))


KINDS = [(0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (2, 8), (2, 16), (3, 1), (3, 2), (3, 4), (3, 8), (4, 8), (4, 16),
         (6, 8), (6, 16)]  # fmt: skip


@pytest.mark.parametrize("interlaced", [False, True])
@pytest.mark.parametrize(("colour", "depth"), KINDS)
def test_every_kind_of_png_shows_its_pixels(
    fonts: Fonts, tmp_path: Path, colour: int, depth: int, interlaced: bool
) -> None:
    data = png(colour, depth, interlaced=interlaced)
    pixels, raw, wanted = shown(fonts, tmp_path, data)
    assert pixels.shape == (HEIGHT, WIDTH, 3)
    assert np.array_equal(pixels, wanted)
    passes = colour in {0, 2, 3} and depth <= 8 and not interlaced
    assert (raw in data) is passes


@pytest.mark.parametrize("colour", [0, 2, 3])
def test_a_transparent_colour_is_white(fonts: Fonts, tmp_path: Path, colour: int) -> None:
    value = samples(colour, 8)[0, 0]
    if colour == 3:
        clear = bytes(0 if n == value[0] else 255 for n in range(16))
    else:
        clear = b"".join(struct.pack(">H", int(part)) for part in value)
    pixels, _, wanted = shown(fonts, tmp_path, png(colour, 8, extra=chunk(b"tRNS", clear)))
    assert tuple(pixels[0, 0]) == (255, 255, 255)
    assert np.array_equal(pixels, wanted)


def test_nothing_that_is_not_a_row_travels_with_a_png(fonts: Fonts, tmp_path: Path) -> None:
    extra = chunk(b"tEXt", b"Comment\0" + SECRET) + chunk(b"eXIf", b"MM\0*" + SECRET)
    after = chunk(b"IDAT", SECRET) + SECRET
    for data in (png(2, 8, extra=extra), png(2, 8, after=after), png(3, 4, extra=chunk(b"zTXt", SECRET), after=after)):
        pixels, raw, wanted = shown(fonts, tmp_path, data)
        assert SECRET not in raw
        assert np.array_equal(pixels, wanted)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_however_it_was_held(fonts: Fonts, tmp_path: Path, orientation: int) -> None:
    data = jpeg(exif=on_its_side(orientation), quality=95)
    pixels, raw, wanted = shown(fonts, tmp_path, data)
    assert pixels.shape == wanted.shape == ((60, 80, 3) if orientation > 4 else (80, 60, 3))
    assert SECRET not in raw
    assert np.abs(pixels.astype(int) - wanted).mean() < 4
    if orientation == 1:
        assert np.array_equal(pixels, wanted)


@pytest.mark.parametrize("mode", ["L", "RGB"])
@pytest.mark.parametrize("options", [{}, {"progressive": True}, {"subsampling": 0}, {"restart_marker_rows": 1}])
def test_the_scans_of_a_jpeg_travel_as_they_are(
    fonts: Fonts, tmp_path: Path, mode: str, options: dict[str, Any]
) -> None:
    data = jpeg(mode, **options)
    pixels, raw, wanted = shown(fonts, tmp_path, data)
    assert np.array_equal(pixels, wanted)
    scan = data[data.index(b"\xff\xda") : data.rindex(b"\xff\xd9")]
    assert scan in raw


def test_a_jpeg_for_print_is_turned_to_screen_colours(fonts: Fonts, tmp_path: Path) -> None:
    pixels, raw, wanted = shown(fonts, tmp_path, jpeg("CMYK"))
    assert raw not in jpeg("CMYK")
    assert np.abs(pixels.astype(int) - wanted).mean() < 4


@pytest.mark.parametrize("progressive", [False, True])
def test_what_is_appended_to_a_jpeg_does_not_travel(fonts: Fonts, tmp_path: Path, progressive: bool) -> None:
    second = jpeg(exif=on_its_side(1))
    for after in (SECRET, SECRET + b"\xff\xd9", second + SECRET + second):
        pixels, raw, wanted = shown(fonts, tmp_path, jpeg(progressive=progressive) + after)
        assert SECRET not in raw
        assert raw.count(b"\xff\xd9") == 1
        assert np.array_equal(pixels, wanted)


def test_no_segment_but_those_of_the_picture_travels(tmp_path: Path) -> None:
    data = jpeg(exif=on_its_side(1), icc_profile=SECRET, comment=SECRET)
    kept = _without_metadata(data)
    assert kept is not None
    assert SECRET in data
    assert SECRET not in kept
    assert kept.startswith(b"\xff\xd8\xff\xe0\x00\x10JFIF")
    assert kept.endswith(b"\xff\xd9")


def test_a_preview_inside_a_jpeg_does_not_travel() -> None:
    data = jpeg()
    thumbnail = b"\xff\xe0" + (16 + 3 * 4).to_bytes(2) + data[6:18] + b"\x02\x02" + b"abcdefghijkl"
    kept = _without_metadata(data[:2] + thumbnail + data[20:])
    assert kept == _without_metadata(data)


def test_a_jpeg_without_an_end_is_given_one() -> None:
    data = jpeg()
    assert _without_metadata(data[:-2]) == _without_metadata(data)


@pytest.mark.parametrize("data", [b"\xff\xd8", b"\xff\xd8\xff\xd9", b"\xff\xd8abc", jpeg()[:100]])
def test_a_jpeg_without_a_scan_is_not_passed_on(data: bytes) -> None:
    assert _without_metadata(data) is None


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 3000))
def test_hostile_bytes_in_a_jpeg_never_raise(noise: bytes, at: int) -> None:
    data = jpeg()
    kept = _without_metadata(data[:at] + noise + data[at:])
    assert kept is None or kept.endswith(b"\xff\xd9")


@pytest.mark.parametrize("kind", ["WEBP", "GIF", "BMP"])
def test_other_formats_are_written_without_loss(fonts: Fonts, tmp_path: Path, kind: str) -> None:
    out = io.BytesIO()
    noise = np.random.default_rng(3).integers(0, 255, (30, 20, 3), dtype=np.uint8)
    Image.fromarray(noise).quantize(16).convert("RGB").save(out, kind, **({"lossless": True} if kind == "WEBP" else {}))
    pixels, _, wanted = shown(fonts, tmp_path, out.getvalue())
    assert np.array_equal(pixels, wanted)


def test_the_pieces_of_a_long_picture_are_the_picture(fonts: Fonts, tmp_path: Path) -> None:
    noise = np.random.default_rng(5).integers(0, 255, (700, 50, 3), dtype=np.uint8)
    noise[::40] = 255
    source = tmp_path / "long.png"
    Image.fromarray(noise).save(source)
    pictures, made = shot(source)
    assert len(made.pieces) > 3
    parts = [pixels for pixels, _ in embedded(in_a_file(fonts, tmp_path, pictures, made))]
    assert [len(part) for part in parts] == [piece.bottom - piece.top for piece in made.pieces]
    for part, piece in zip(parts, made.pieces, strict=True):
        assert np.array_equal(part, noise[piece.top : piece.bottom])


def test_only_the_piece_that_holds_a_secret_is_painted_over(fonts: Fonts, tmp_path: Path) -> None:
    source = tmp_path / "long.png"
    Image.new("RGB", (100, 1200), "white").save(source)
    box = (10.0, 20.0, 90.0, 40.0)
    line = Line(where=Locator(box=box), text="15912349938", box=box, confidence=0.9)
    pictures, made = shot(source, line)
    parts = [pixels for pixels, _ in embedded(in_a_file(fonts, tmp_path, pictures, made))]
    assert parts[0][20:40, 10:90].max() < 60
    assert all(part.min() == 255 for part in parts[1:])
    assert parts[0][60:].min() == 255


@pytest.mark.parametrize(("size", "most"), [((50, 10000), 12), ((199, 9000), 25), ((50, 100), 1)])
def test_a_narrow_strip_takes_few_pages(tmp_path: Path, size: tuple[int, int], most: int) -> None:
    source = tmp_path / "strip.png"
    Image.effect_noise(size, 60).save(source)
    _, made = shot(source)
    assert len(made.pieces) <= most
    assert made.pieces[-1].bottom == size[1]
