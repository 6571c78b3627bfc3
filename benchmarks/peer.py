"""The scripts that people write instead: pytesseract and reportlab, or OCRmyPDF over each picture."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytesseract
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

LANGUAGES = "chi_sim+eng"


def main(folder: Path, target: Path) -> None:
    """One page a picture, with its text kept beside it, one after the other."""
    page = Canvas(str(target), pagesize=A4)
    texts = []
    for path in sorted(folder.iterdir()):
        with Image.open(path) as image:
            texts.append(pytesseract.image_to_string(image, lang=LANGUAGES))
        page.drawImage(ImageReader(str(path)), 40, 40, width=A4[0] - 80, height=A4[1] - 80, preserveAspectRatio=True)
        page.showPage()
    page.save()
    target.with_suffix(".txt").write_text("\n\n".join(texts), "utf-8")


def ocrmypdf(program: Path, folder: Path, target: Path) -> None:
    """A searchable PDF of each picture, one after the other."""
    for path in sorted(folder.iterdir()):
        options = ["--quiet", "--jobs", "1", "--image-dpi", "150", "-l", LANGUAGES, "--output-type", "pdf"]
        subprocess.run([program, *options, path, target], check=True)


if __name__ == "__main__":
    if sys.argv[1] == "--ocrmypdf":
        ocrmypdf(*map(Path, sys.argv[2:]))
    else:
        main(Path(sys.argv[1]), Path(sys.argv[2]))
