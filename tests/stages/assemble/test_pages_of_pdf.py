"""PDF exhibits as pages, converted pictures, and strips: what stands on the dossier's pages, and what does not."""

import io
import itertools
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.contract import Item
from pipeline.locate import Locator
from pipeline.model import Balance, Exhibit, Ingested, Line, Mark, Reading, Receipt, Word, digest_of
from stages.assemble.content import Content
from stages.assemble.fonts import Fonts
from stages.assemble.images import STRIP, Pictures, Shot
from stages.assemble.masks import Privacy, seen
from stages.assemble.page import Box, Disc, Glyphs, Hidden, Page, Picture
from stages.assemble.parts.exhibits import draw_exhibits
from stages.assemble.style import BOTTOM, LEFT, RIGHT, TOP
from tests.stages.assemble import drawing

HEIC = Path(__file__).parents[3] / "fixtures" / "pictures"
PHONE, WIDTH, HEIGHT = "15912349938", 420, 595


def pdf(*pages: Callable[[Canvas], None], size: tuple[float, float] = (WIDTH, HEIGHT)) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size)
    canvas.setAuthor("a secret person")
    for page in pages:
        canvas.setFont("Helvetica", 14)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def says(text: str, top: float = 60) -> Callable[[Canvas], None]:
    return lambda canvas: canvas.drawString(40, canvas._pagesize[1] - top, text)


def line(text: str, page: int | None, box: tuple[float, float, float, float], *words: Word) -> Line:
    return Line(
        where=Locator(page=page, box=box), text=text, box=box, confidence=1.0, page=page, words=words,
        exact=page is not None,
    )  # fmt: skip


def item(data: bytes, kind: str, *lines: Line, media_type: str = "application/pdf", **size: int) -> Item:
    receipt = Receipt(name=f"evidence.{kind}", received="2026-03-17T02:00:00Z")
    balance = Balance(unit="items", total=len(lines), records=len(lines))
    unit = Balance(unit="bytes", total=1, records=1)
    return Item(
        exhibit=Exhibit(label="1", digest=digest_of(data), bytes=len(data), receipts=(receipt,)),
        status="read",
        ingested=Ingested(media_type=media_type, kind=kind, balance=unit, **size),  # type: ignore[arg-type]
        readings=(Reading(reader="r@1", format=kind, records=lines, balance=balance),),
    )


def shot_of(tmp_path: Path, data: bytes, one: Item) -> tuple[Pictures, Shot]:
    path = tmp_path / "file"
    path.write_bytes(data)
    pictures = Pictures(Privacy())
    shot = pictures.shot(one, path)
    assert shot is not None
    return pictures, shot


def pixels(pictures: Pictures, key: str) -> Image.Image:
    """A written image, decoded."""
    entries, content = pictures.objects[key].made()
    if str(entries["Filter"]) == "/DCTDecode":
        return Image.open(io.BytesIO(content))
    colour = 2 if "RGB" in str(entries["ColorSpace"]) else 0

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", entries["Width"], entries["Height"], 8, colour, 0, 0, 0)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", content) + chunk(b"IEND", b"")
    return Image.open(io.BytesIO(data))


def pages(fonts: Fonts, content: Content, one: Item, shot: Shot, *marks: Mark) -> list[Page]:
    own = replace(content, items=(one,), shots={"1": shot}, marks={"1": marks})
    return drawing.drawn(fonts, own, draw_exhibits).pages


def text(page: Page) -> str:
    return "".join(glyphs.text for glyphs in page.marks if isinstance(glyphs, Glyphs))


def of(page: Page, kind: Any) -> list[Any]:
    return [mark for mark in page.marks if isinstance(mark, kind)]


TWO = pdf(says("First page"), says("Order 270.80"))
BOX = (40.0, 48.0, 130.0, 65.0)


def test_every_page_is_a_piece_of_its_own(tmp_path: Path) -> None:
    pictures, shot = shot_of(tmp_path, TWO, item(TWO, "pdf"))
    sizes = [(piece.page, piece.width, piece.height) for piece in shot.pieces]
    assert sizes == [(1, WIDTH, HEIGHT), (2, WIDTH, HEIGHT)]
    assert (shot.pages, shot.hidden, len(shot.sheets)) == (2, False, 2)
    for piece in shot.pieces:
        image = pixels(pictures, piece.key)
        assert image.width == pytest.approx(WIDTH * 200 / 72, abs=1)
        assert np.asarray(image.convert("L")).min() < 60


def test_neither_metadata_nor_text_of_the_original_travel(tmp_path: Path) -> None:
    pictures, shot = shot_of(tmp_path, TWO, item(TWO, "pdf"))
    for piece in shot.pieces:
        _, content = pictures.objects[piece.key].made()
        assert b"secret" not in content
        assert b"Order" not in content


def test_pages_are_shown_whole_then_marked_where_the_box_is(tmp_path: Path, fonts: Fonts, content: Content) -> None:
    found = line("Order 270.80", 2, BOX)
    one = item(TWO, "pdf", line("First page", 1, (40, 48, 120, 65)), found)
    _, shot = shot_of(tmp_path, TWO, one)
    mark = Mark(number=1, exhibit="1", where=found.where, title="270.80", text="")
    first, second, marked = pages(fonts, content, one, shot, mark)
    assert "原 PDF 第 1 页，共 2 页" in text(first)
    assert "2 页" in text(first)
    assert "原件自带文字 2 行" in text(first)
    assert "原 PDF 第 2 页，共 2 页" in text(second)
    assert [hidden.text for hidden in of(first, Hidden)] == ["First page"]
    assert [hidden.text for hidden in of(second, Hidden)] == ["Order 270.80"]
    assert not of(first, Disc)
    (shown,) = of(marked, Picture)
    assert shown.key == shot.pieces[1].key
    (disc,) = of(marked, Disc)
    scale = shown.width / WIDTH
    assert disc.y == pytest.approx(shown.y + (BOX[1] + BOX[3]) / 2 * scale, abs=0.1)
    frame = [box for box in of(marked, Box) if box.weight == 1.3]
    assert frame[0].x == pytest.approx(shown.x + BOX[0] * scale - 2.6, abs=0.1)
    for page in (first, second, marked):
        (picture,) = of(page, Picture)
        assert picture.x >= LEFT
        assert picture.x + picture.width <= RIGHT + 0.1
        assert picture.y >= TOP
        assert picture.y + picture.height <= BOTTOM + 0.1
        assert picture.height / picture.width == pytest.approx(HEIGHT / WIDTH, rel=0.01)


def test_a_mark_leads_to_the_page_that_shows_it(tmp_path: Path, fonts: Fonts, content: Content) -> None:
    found = line("Order 270.80", 2, BOX)
    one = item(TWO, "pdf", found)
    _, shot = shot_of(tmp_path, TWO, one)
    own = replace(content, items=(one,), shots={"1": shot}, marks={})
    book = drawing.drawn(fonts, own, draw_exhibits)
    assert book.placed["1", found.where] == book.exhibits["1"][0] + 1


def test_what_is_personal_is_painted_over_on_its_page_only(tmp_path: Path, fonts: Fonts, content: Content) -> None:
    data = pdf(says(f"Phone {PHONE}"), says(f"Phone {PHONE}"))
    words = (
        Word(text="Phone", box=(40, 48, 82, 65), confidence=1.0),
        Word(text=PHONE, box=(86, 48, 172, 65), confidence=1.0),
    )
    one = item(data, "pdf", line(f"Phone {PHONE}", 2, (40, 48, 172, 65), *words))
    pictures, shot = shot_of(tmp_path, data, one)
    assert shot.hidden
    clear, masked = (np.asarray(pixels(pictures, piece.key).convert("L")) for piece in shot.pieces)
    scale = clear.shape[1] / WIDTH
    rows, columns = slice(int(50 * scale), int(63 * scale)), slice(int(92 * scale), int(168 * scale))
    assert masked[rows, columns].max() < 60
    assert clear[rows, columns].max() > 200
    _, second = pages(fonts, content, one, shot)
    assert PHONE not in "".join(hidden.text for hidden in of(second, Hidden))
    assert "遮盖" in text(second)


def test_an_address_does_not_run_on_from_one_page_to_the_next() -> None:
    lines = [
        line("收货地址：浙江省杭州市西湖区", 1, (40, 500, 300, 515)),
        line("文三路 88 号 3 栋 1202 室", 2, (40, 510, 300, 525)),
    ]
    apart = seen(lines, Privacy())
    assert apart[1].hidden == seen(lines[1:], Privacy())[0].hidden


def test_a_very_long_page_is_cut_between_its_lines(tmp_path: Path, fonts: Fonts, content: Content) -> None:
    def draw(canvas: Canvas) -> None:
        for top in range(40, 2960, 40):
            canvas.drawString(40, 3000 - top, f"Line {top}")

    data = pdf(draw, size=(WIDTH, 3000))
    lines = [line(f"Line {top}", 1, (40, top - 12, 110, top + 4)) for top in range(40, 2960, 40)]
    one = item(data, "pdf", *lines)
    pictures, shot = shot_of(tmp_path, data, one)
    assert len(shot.pieces) == 4
    assert shot.pieces[-1].bottom == 3000
    for piece in shot.pieces[:-1]:
        assert not any(known.box[1] < piece.bottom < known.box[3] for known in lines)
    heights = [pixels(pictures, piece.key).height for piece in shot.pieces]
    assert sum(heights) == pytest.approx(3000 * 200 / 72, abs=4)
    drawn = pages(fonts, content, one, shot)
    assert "该页第 2 段，共 4 段" in text(drawn[1])
    assert sorted(hidden.text for page in drawn for hidden in of(page, Hidden)) == sorted(known.text for known in lines)


def test_a_scan_is_written_as_small_as_it_can_be(tmp_path: Path) -> None:
    scan = Image.effect_noise((800, 1100), 60).convert("RGB")
    data = pdf(lambda canvas: canvas.drawImage(ImageReader(scan), 0, 0, WIDTH, HEIGHT), says("text"))
    pictures, shot = shot_of(tmp_path, data, item(data, "pdf"))
    kinds = [str(pictures.objects[piece.key].made()[0]["Filter"]) for piece in shot.pieces]
    assert kinds == ["/DCTDecode", "/FlateDecode"]


def test_a_pdf_that_does_not_open_has_no_pages(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"%PDF-1.7 nonsense")
    assert Pictures(Privacy()).shot(item(b"x", "pdf"), path) is None


@pytest.mark.parametrize("kind", ["HEIC", "AVIF", "TIFF"])
def test_what_was_converted_is_said(tmp_path: Path, fonts: Fonts, content: Content, kind: str) -> None:
    if kind == "HEIC":
        data = (HEIC / "turned.heic").read_bytes()
    else:
        buffer = io.BytesIO()
        exif = Image.Exif()
        exif[0x010E] = "a secret place"
        Image.effect_noise((360, 240), 60).save(buffer, kind, exif=exif)
        data = buffer.getvalue()
    one = item(data, "image", media_type=f"image/{kind.lower()}", width=360, height=240)
    pictures, shot = shot_of(tmp_path, data, one)
    (page,) = pages(fonts, content, one, shot)
    assert f"原件为 {kind} 格式" in text(page)
    entries, written = pictures.objects[shot.pieces[0].key].made()
    assert str(entries["Filter"]) == ("/FlateDecode" if kind == "TIFF" else "/DCTDecode")
    assert (entries["Width"], entries["Height"]) == (360, 240)
    assert b"secret" not in written
    assert b"2026:03:12" not in written


def test_a_phone_in_a_heic_is_painted_over(tmp_path: Path) -> None:
    data = (HEIC / "upright.heic").read_bytes()
    one = item(data, "image", line(PHONE, None, (60, 60, 300, 110)), media_type="image/heic", width=360, height=240)
    pictures, shot = shot_of(tmp_path, data, one)
    shown = np.asarray(pixels(pictures, shot.pieces[0].key).convert("L"))
    assert shown[64:106, 66:294].max() < 60


def strip() -> Image.Image:
    image = Image.new("RGB", (10_000, 50), "white")
    draw = ImageDraw.Draw(image)
    for left in range(20, 9_900, 200):
        for stroke in range(left, left + 120, 8):
            draw.line((stroke, 8, stroke, 42), fill="black", width=2)
    return image


def test_a_strip_is_shown_in_parts_below_each_other(tmp_path: Path, fonts: Fonts, content: Content) -> None:
    buffer = io.BytesIO()
    strip().save(buffer, "PNG")
    words = [Word(text="已揽收", box=(left, 8, left + 120, 42), confidence=0.9) for left in range(20, 9_900, 200)]
    whole = line("已揽收" * len(words), None, (20, 8, 9_940, 42), *words)
    lone = line("签收", None, (9_420, 8, 9_540, 42))
    one = item(buffer.getvalue(), "image", whole, lone, media_type="image/png", width=10_000, height=50)
    pictures, shot = shot_of(tmp_path, buffer.getvalue(), one)
    assert shot.is_strip
    assert shot.width > STRIP * shot.height
    assert all(piece.width <= 1_400 for piece in shot.pieces)
    assert [piece.left for piece in shot.pieces[1:]] == [piece.right for piece in shot.pieces[:-1]]
    for piece in shot.pieces[:-1]:
        assert not any(word.box[0] < piece.right < word.box[2] for word in words)
    image = np.asarray(strip())
    for piece in shot.pieces:
        part = np.asarray(pixels(pictures, piece.key))
        assert np.array_equal(part, image[:, int(piece.left) : int(piece.right)])
    mark = Mark(number=1, exhibit="1", where=lone.where, title="签收", text="")
    clean, marked = pages(fonts, content, one, shot, mark)
    assert len(of(clean, Picture)) == len(shot.pieces) == 8
    assert f"分为 {len(shot.pieces)} 段" in text(clean)
    assert "过宽" in text(clean)
    assert "缩印" not in text(clean)
    found = [hidden.text for hidden in of(clean, Hidden)]
    assert sorted(found) == sorted([*["已揽收"] * len(words), "签收"])
    shown = of(marked, Picture)
    (disc,) = of(marked, Disc)
    at = next(at for at, piece in enumerate(shot.pieces) if piece.left <= 9_420 < piece.right)
    assert shown[at].y < disc.y < shown[at].y + shown[at].height
    assert all(above.y + above.height < below.y for above, below in itertools.pairwise(shown))
