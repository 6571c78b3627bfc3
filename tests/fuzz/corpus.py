"""What is mutated: every sample of every reader, and small files of the formats that have none among them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from PIL import Image

__all__ = ["Sample", "samples"]

FIXTURES = Path(__file__).parents[2] / "fixtures"
_LARGEST = 20_000
"""Bytes: what breaks a reader of a large file breaks it with a small one too."""

_EVIDENCE = FIXTURES / "cases" / "late-shipping" / "inbox"


class Sample(NamedTuple):
    """A file: the family it is drawn by, its name, its bytes, and how often it is taken, relative to others."""

    family: str
    name: str
    data: bytes
    weight: float = 1.0


@cache
def samples() -> tuple[Sample, ...]:
    """All of them, in an order that is always the same."""
    return (*_fixtures("chats"), *_fixtures("orders"), *_made())


def _fixtures(kind: str) -> Iterator[Sample]:
    for folder in sorted((FIXTURES / kind).iterdir()):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name != "expected.json" and path.stat().st_size <= _LARGEST:
                heavy = path.suffix in {".xlsx", ".jpg", ".png", ".mp4", ".css", ".js"}
                yield Sample(folder.name, path.name, path.read_bytes(), 0.3 if heavy else 1.0)


def _made() -> Iterator[Sample]:
    for form in ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF", "AVIF"):
        yield Sample("picture", f"a.{form.lower()}", _picture(form), 2.0)
    yield Sample("picture", "animation.gif", _animation(), 1.0)
    yield Sample("picture", "exif.jpg", _with_exif(), 4.0)
    for path in sorted((FIXTURES / "pictures").glob("*.heic")):
        yield Sample("picture", path.name, path.read_bytes(), 0.3)
    yield Sample("pdf", "a.pdf", _pdf(), 6.0)
    yield Sample("zip", "a.zip", _zip(), 6.0)
    workbook = next(_EVIDENCE.rglob("*.xlsx"))
    yield Sample("workbook", workbook.name, workbook.read_bytes(), 0.5)


def _shape() -> Image.Image:
    image = Image.new("RGB", (40, 56), "white")
    image.paste((200, 30, 40), (6, 8, 30, 24))
    return image


def _picture(form: str) -> bytes:
    out = io.BytesIO()
    _shape().save(out, form)
    return out.getvalue()


def _animation() -> bytes:
    out = io.BytesIO()
    _shape().save(out, "GIF", save_all=True, append_images=[_shape().rotate(90), _shape().rotate(180)])
    return out.getvalue()


def _with_exif() -> bytes:
    exif, out = Image.Exif(), io.BytesIO()
    exif[0x0112] = 6
    exif[0x010F], exif[0x0110], exif[0x0132] = "Apple", "iPhone 15", "2026:03:12 08:21:44"
    exif.get_ifd(0x8769).update({0x9003: "2026:03:12 08:21:44", 0x9011: "+08:00", 0x9291: "123"})
    exif.get_ifd(0x8825).update({1: "N", 2: (30.0, 15.0, 0.0), 3: "E", 4: (120.0, 10.0, 0.0), 29: "2026:03:12"})
    _shape().save(out, "JPEG", exif=exif)
    return out.getvalue()


def _pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pageCompression=0, invariant=1)
    canvas.drawString(72, 720, "2026-03-12 08:35:21 P366374524942915524 270.80")
    canvas.linkURL("https://example.invalid/", (72, 700, 200, 712))
    canvas.bookmarkPage("a")
    canvas.addOutlineEntry("a", "a")
    canvas.acroForm.textfield(name="field", x=72, y=600, value="words")
    canvas.showPage()
    canvas.drawInlineImage(_shape(), 72, 500)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _zip() -> bytes:
    out = io.BytesIO()
    chat = FIXTURES / "chats" / "whatsapp-txt"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("聊天/_chat.txt", next(iter(sorted(chat.rglob("*.txt")))).read_bytes())
        archive.writestr("订单.csv", "订单号,支付时间\nP366374524942915524,2026-03-11 01:26:48\n")
        archive.writestr("a.png", _picture("PNG"))
    return out.getvalue()
