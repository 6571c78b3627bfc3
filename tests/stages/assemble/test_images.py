"""Pictures in the file: passed through where that is right, and never with their metadata."""

import io
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from pipeline.contract import Item
from pipeline.locate import Locator
from pipeline.model import Balance, Exhibit, Ingested, Line, Reading, Receipt, digest_of
from stages.assemble.images import TALLEST, Pictures, Shot
from stages.assemble.masks import Privacy

PHONE = "15912349938"


def item(data: bytes, size: tuple[int, int] | None, *lines: Line) -> Item:
    receipt = Receipt(name="a", received="2026-03-17T02:00:00Z")
    balance = Balance(unit="items", total=len(lines), records=len(lines))
    ingested = Ingested(media_type="image/png", kind="image", balance=Balance(unit="bytes", total=1, records=1),
                        width=size[0] if size else None, height=size[1] if size else None)  # fmt: skip
    return Item(
        exhibit=Exhibit(label="1", digest=digest_of(data), bytes=len(data), receipts=(receipt,)),
        status="read",
        ingested=ingested,
        readings=(Reading(reader="r@1", format="image", records=lines, balance=balance),),
    )


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def placed(tmp_path: Path, data: bytes, size: tuple[int, int] | None, *lines: Line) -> tuple[Pictures, Shot | None]:
    path = tmp_path / "picture"
    path.write_bytes(data)
    pictures = Pictures(Privacy())
    return pictures, pictures.shot(item(data, size, *lines), path)


def written(tmp_path: Path, data: bytes, *lines: Line) -> tuple[dict[str, Any], bytes]:
    with Image.open(io.BytesIO(data)) as image:
        pictures, shot = placed(tmp_path, data, image.size, *lines)
    assert shot is not None
    return pictures.objects[shot.pieces[0].key]._make()  # type: ignore[return-value]


def pixels(entries: dict[str, Any], content: bytes) -> Image.Image:
    if str(entries["Filter"]) == "/DCTDecode":
        return Image.open(io.BytesIO(content))
    rows = zlib.decompress(content)
    assert len(rows) % entries["Height"] == 0
    return Image.frombytes("RGB", (1, 1), rows[:3])


def noise(width: int = 60, height: int = 80) -> Image.Image:
    return Image.fromarray(np.random.default_rng(7).integers(0, 255, (height, width, 3), dtype=np.uint8))


def test_a_plain_png_keeps_its_compressed_rows(tmp_path: Path) -> None:
    data = encoded(noise(), "PNG")
    _, content = written(tmp_path, data)
    assert content in data


def test_text_in_a_png_does_not_travel(tmp_path: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "a secret place")
    _, content = written(tmp_path, encoded(noise(), "PNG", pnginfo=info))
    assert b"secret" not in content


def test_a_jpeg_keeps_its_pixels_and_loses_its_metadata(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x010E] = "a secret place"
    data = encoded(noise(), "JPEG", exif=exif, comment=b"another secret")
    assert b"secret" in data
    entries, content = written(tmp_path, data)
    assert b"secret" not in content
    with Image.open(io.BytesIO(data)) as before:
        assert np.array_equal(np.asarray(before), np.asarray(pixels(entries, content)))


def test_a_jpeg_on_its_side_is_turned_up(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = encoded(noise(60, 80), "JPEG", exif=exif)
    path = tmp_path / "picture"
    path.write_bytes(data)
    pictures = Pictures(Privacy())
    shot = pictures.shot(item(data, (80, 60)), path)
    assert shot is not None
    entries, _ = pictures.objects[shot.pieces[0].key]._make()
    assert (entries["Width"], entries["Height"]) == (80, 60)


@pytest.mark.parametrize("mode", ["RGBA", "LA", "I;16", "1", "CMYK"])
def test_what_a_pdf_shows_otherwise_is_compressed_again(tmp_path: Path, mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = Image.new(mode, (40, 50)) if mode == "I;16" else noise(40, 50).convert(mode)
    entries, content = written(tmp_path, encoded(image, kind))
    assert (entries["Width"], entries["Height"]) == (40, 50)
    assert content


def test_a_palette_travels_with_its_colours(tmp_path: Path) -> None:
    entries, _ = written(tmp_path, encoded(noise().quantize(16), "PNG"))
    assert entries["ColorSpace"].format(None).startswith(b"[/Indexed /DeviceRGB ")


def test_a_hidden_phone_is_ink_in_the_picture(tmp_path: Path) -> None:
    white = Image.new("RGB", (300, 100), "white")
    box = (20.0, 20.0, 240.0, 40.0)
    line = Line(where=Locator(box=box), text=PHONE, box=box, confidence=0.9)
    data = encoded(white, "JPEG", quality=95)
    entries, content = written(tmp_path, data, line)
    shown = np.asarray(pixels(entries, content).convert("L"))
    assert shown[22:38, 25:235].max() < 60
    assert shown[60:, :].min() > 240


def test_a_long_picture_is_cut_into_pieces_that_cover_it(tmp_path: Path) -> None:
    image = Image.new("RGB", (100, 900), "white")
    _, shot = placed(tmp_path, encoded(image, "PNG"), image.size)
    assert shot is not None
    assert shot.pieces[0].top == 0
    assert shot.pieces[-1].bottom == 900
    assert all(piece.bottom - piece.top <= TALLEST * 100 for piece in shot.pieces)


def test_what_is_no_picture_or_does_not_decode_is_left_out(tmp_path: Path) -> None:
    assert placed(tmp_path, b"\x89PNG\r\n\x1a\nbroken", None)[1] is None
    pictures = Pictures(Privacy())
    receipt = Receipt(name="a", received="2026-03-17T02:00:00Z")
    text = Item(exhibit=Exhibit(label="1", digest=digest_of(b""), bytes=0, receipts=(receipt,)), status="unread")
    assert pictures.shot(text, tmp_path / "none") is None
