"""ingest, exif and ocr see their inputs and nothing else: another zone, locale, folder or hash seed changes no byte."""

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

SCRIPT = """
import sys, tempfile
from pathlib import Path
from pipeline.contract import Inputs, Settings
from pipeline.model import Case, Exhibit, Receipt, digest_of, encode
from stages.exif import STAGE as EXIF
from stages.ingest import STAGE as INGEST
from stages.ocr import STAGE as OCR

path = Path(sys.argv[1])
data = path.read_bytes()
receipts = (Receipt(name="IMG_20260317_093012.png", received="2026-03-20T08:00:00Z"),)
exhibit = Exhibit(label="1", digest=digest_of(data), bytes=len(data), receipts=receipts)
case = Case(zone="Asia/Shanghai", zone_basis="case")
for stage in (INGEST, EXIF, OCR):
    with tempfile.TemporaryDirectory() as scratch:
        inputs = Inputs(exhibit=exhibit, path=lambda _: path, scratch=Path(scratch))
        print(encode(stage.run(inputs, stage.configure(case, Settings(ocr=sys.argv[2]))).document).decode())
"""


@pytest.fixture(scope="module", params=["picture", "pages"])
def evidence(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = picture() if request.param == "picture" else pages(picture())
    path = tmp_path_factory.mktemp("pure") / "evidence"
    path.write_bytes(data)
    return path


def picture() -> bytes:
    image = Image.new("RGB", (400, 120), "white")
    ImageDraw.Draw(image).text((20, 40), "ORDER 20260317", fill="black", font_size=36)
    exif = Image.Exif()
    exif[0x0132] = "2026:03:12 09:30:12"
    buffer = io.BytesIO()
    image.save(buffer, "PNG", exif=exif)
    return buffer.getvalue()


def pages(scan: bytes) -> bytes:
    """A PDF of a page of text and a page that is a scan."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(400, 300), invariant=1)
    canvas.drawString(40, 200, "Paid 2026-03-11 01:26:48")
    canvas.showPage()
    canvas.drawImage(ImageReader(io.BytesIO(scan)), 0, 100, 400, 120)
    canvas.save()
    return buffer.getvalue()


def test_surroundings_change_no_byte(evidence: Path, tmp_path: Path) -> None:
    engine = "tesseract" if evidence.read_bytes().startswith(b"%PDF-") else "auto"
    prints = set()
    for zone, locale, seed in (
        ("UTC", "C.UTF-8", "1"),
        ("America/Los_Angeles", "POSIX", "77"),
    ):
        surroundings = {**os.environ, "TZ": zone, "LC_ALL": locale, "PYTHONHASHSEED": seed, "PYTHONUTF8": "1"}
        folder = tmp_path / seed
        folder.mkdir()
        done = subprocess.run(
            [sys.executable, "-P", "-c", SCRIPT, str(evidence), engine],
            cwd=folder,
            env=surroundings,
            capture_output=True,
            check=True,
        )
        assert list(folder.iterdir()) == []
        assert b"IMG_20260317_093012" in done.stdout
        prints.add(hashlib.sha256(done.stdout).hexdigest())
    assert len(prints) == 1
    assert {path.name for path in evidence.parent.iterdir()} == {"evidence"}
