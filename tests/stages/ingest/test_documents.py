"""PDF files, and pictures with further pages: what ingest says of them."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from pipeline.contract import Made
from pipeline.model import Balance, Ingested
from pipeline.wording import WORDINGS
from stages.ingest import STAGE

Perform = Callable[..., Made]
HEIC = Path(__file__).parents[3] / "fixtures" / "pictures"


def ingested(perform: Perform, data: bytes, *names: str) -> Ingested:
    document = perform(STAGE, data, *names).document
    assert isinstance(document, Ingested)
    assert all(said.code in WORDINGS for said in (*document.notes, *document.unread))
    return document


def pdf(pages: int) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for _ in range(pages):
        canvas.drawString(72, 700, "page")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_pages_are_the_measure_of_a_pdf(perform: Perform) -> None:
    found = ingested(perform, pdf(3), "invoice.pdf")
    assert (found.kind, found.media_type, found.notes, found.unread) == ("pdf", "application/pdf", (), ())
    assert found.balance == Balance(unit="pages", total=3, records=3)
    assert (found.width, found.height) == (None, None)


def test_a_pdf_under_another_name_is_still_one(perform: Perform) -> None:
    (note,) = ingested(perform, pdf(1), "scan.jpg").notes
    assert (note.code, note.values["type"]) == ("name-misleads", "PDF")


def test_a_password_is_named(perform: Perform) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf(1))) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    found = ingested(perform, out.getvalue(), "a.pdf")
    assert [reason.code for reason in found.unread] == ["pdf-encrypted"]
    assert found.balance.unread == len(out.getvalue())


def test_too_many_pages(perform: Perform) -> None:
    (reason,) = ingested(perform, pdf(201), "a.pdf").unread
    assert (reason.code, reason.values) == ("pdf-too-many-pages", {"pages": 201, "limit": 200})


@pytest.mark.parametrize(("name", "codes"), [("upright.heic", []), ("two.heic", ["picture-pages"])])
def test_heic(perform: Perform, name: str, codes: list[str]) -> None:
    found = ingested(perform, (HEIC / name).read_bytes(), name)
    assert (found.media_type, found.width, found.height) == ("image/heic", 360, 240)
    assert [note.code for note in found.notes] == codes
    assert found.balance == Balance(unit="pixel rows", total=240, records=240)


def test_heic_that_was_renamed_by_a_program(perform: Perform) -> None:
    (note,) = ingested(perform, (HEIC / "upright.heic").read_bytes(), "IMG_0312.jpg").notes
    assert (note.code, note.values["type"]) == ("name-misleads", "HEIC")


def test_further_pages_of_a_tiff_and_further_frames_of_an_avif_are_told_apart(perform: Perform) -> None:
    pictures = [Image.new("RGB", (16, 16), colour) for colour in ("white", "black")]
    for kind, code in (("TIFF", "picture-pages"), ("AVIF", "picture-frames")):
        buffer = io.BytesIO()
        pictures[0].save(buffer, kind, save_all=True, append_images=pictures[1:])
        (note,) = ingested(perform, buffer.getvalue(), f"a.{kind.lower()}").notes
        assert (note.code, note.values) == (code, {"frames": 2})


def test_a_raw_picture_is_named(perform: Perform) -> None:
    buffer = io.BytesIO()
    Image.new("RGB", (16, 16)).save(buffer, "TIFF", tiffinfo={0xC612: b"\x01\x04\x00\x00"})
    found = ingested(perform, buffer.getvalue(), "a.dng")
    assert (found.kind, [reason.code for reason in found.unread]) == ("image", ["picture-raw"])
