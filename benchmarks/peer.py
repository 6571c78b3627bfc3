"""The script that people write instead: read each picture with pytesseract, put it on a page with reportlab."""

from __future__ import annotations

import sys
from pathlib import Path

import pytesseract
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas


def main(folder: Path, target: Path) -> None:
    """One page a picture, with its text kept beside it, one after the other."""
    page = Canvas(str(target), pagesize=A4)
    texts = []
    for path in sorted(folder.iterdir()):
        with Image.open(path) as image:
            texts.append(pytesseract.image_to_string(image, lang="chi_sim+eng"))
        page.drawImage(ImageReader(str(path)), 40, 40, width=A4[0] - 80, height=A4[1] - 80, preserveAspectRatio=True)
        page.showPage()
    page.save()
    target.with_suffix(".txt").write_text("\n\n".join(texts), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
