"""Pages of a PDF from untrusted bytes: counted, measured and drawn by pdfium, or refused with a reason.

Places are in points from the top left of a page as it is shown: its crop box, turned as the page says.
"""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from stages.raster.decode import Refused

__all__ = ["DPI", "MAX_PAGES", "Frame", "count_pages", "drawn", "frame_of", "opened", "scale_of"]

MAX_PAGES = 200
"""The most pages of one file: more than anyone reads, and as many as can be recognised in a quarter of an hour."""

DPI = 200
"""Dots an inch at which a page is drawn."""

logging.getLogger("pypdfium2").addHandler(logging.NullHandler())  # else it tells the terminal of forms it leaves out

_MOST_PIXELS = 40_000_000  # of one page: A1 at 200 dpi, or a web page of 600 x 8,600 points


class Frame(NamedTuple):
    """What is shown of a page: its crop box in the page's own coordinates, and by how much it is turned clockwise."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int

    @property
    def size(self) -> tuple[float, float]:
        """Width and height as shown, in points."""
        across, down = self.right - self.left, self.top - self.bottom
        return (down, across) if self.turn in (90, 270) else (across, down)

    def shown(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A rectangle of the page's own coordinates, of any two corners, as (left, top, right, bottom) as shown."""
        left, right, bottom, top = min(left, right), max(left, right), min(bottom, top), max(bottom, top)
        if self.turn == 90:
            return (bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        if self.turn == 180:
            return (self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        if self.turn == 270:
            return (self.top - top, self.right - right, self.top - bottom, self.right - left)
        return (left - self.left, self.top - top, right - self.left, self.top - bottom)


def count_pages(path: Path) -> int:
    """How many pages there are; `Refused` pdf-encrypted, pdf-broken or pdf-too-many-pages."""
    with opened(path) as document:
        return len(document)


@contextmanager
def opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    """A document, its form fields ready to be drawn. `Refused` as `count_pages`, and what pdfium raises inside."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        raise Refused(_why(error)) from error
    try:
        if not len(document):
            raise Refused("pdf-broken")
        if len(document) > MAX_PAGES:
            raise Refused("pdf-too-many-pages", pages=len(document), limit=MAX_PAGES)
        document.init_forms()
        yield document
    except pypdfium2.PdfiumError as error:
        raise Refused("pdf-broken") from error
    finally:
        document.close()


def frame_of(page: Any) -> Frame:
    """What is shown of a page of `opened`."""
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, page.get_rotation())


def scale_of(width: float, height: float) -> float:
    """Pixels to a point at which a page of this size is drawn: 200 dpi, less for a page that would be too large."""
    return min(DPI / 72, math.sqrt(_MOST_PIXELS / max(1.0, width * height)))


def drawn(page: Any) -> Image.Image:
    """A page of `opened` as people see it, at `scale_of` its size, mode RGB; annotations and form fields included."""
    bitmap = page.render(scale=scale_of(*page.get_size()), rev_byteorder=True)
    try:
        image: Image.Image = bitmap.to_pil()
        return image.convert("RGB")
    finally:
        bitmap.close()


def _why(error: pypdfium2.PdfiumError) -> str:
    locked = getattr(error, "err_code", None) in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
    return "pdf-encrypted" if locked else "pdf-broken"
