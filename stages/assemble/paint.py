"""From pages as values to a PDF file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from stages.assemble.fonts import Fonts, Subset
from stages.assemble.page import Box, Disc, Glyphs, Hidden, Link, Mark, Page, Picture, Qr, Rule, Triangle
from stages.assemble.pdf import lazy
from stages.assemble.pdf.attach import Attached, attach
from stages.assemble.pdf.objects import Lazy, Raw, deflated, dictionary, text
from stages.assemble.pdf.textlayer import add_font, ems, encode, invisible
from stages.assemble.style import INK, PAGE, Colour

__all__ = ["Bookmark", "Document", "paint"]

_INVISIBLE = "Fi"
_ROUND = 0.5523  # how far the handles of a quarter circle stand off


class Bookmark(NamedTuple):
    """An entry of the outline."""

    title: str
    to: str
    level: int


class Document(NamedTuple):
    """All that goes into the file. `destinations` maps a name to a page and a height on it."""

    pages: Sequence[Page]
    destinations: Mapping[str, tuple[int, float]]
    bookmarks: Sequence[Bookmark]
    images: Mapping[str, Lazy]
    attached: Sequence[Attached]
    title: str
    author: str
    language: str
    made: str


def paint(document: Document, fonts: Fonts, path: Path) -> None:
    """Writes the file, sealed."""
    canvas = Canvas(str(path), pagesize=PAGE, invariant=1, pageCompression=0, lang=document.language)
    painter = _Painter(canvas, _embed(canvas._doc, document.pages, fonts), document)
    sums = hashlib.sha256()
    for page in document.pages:
        content = painter.page(page)
        sums.update(hashlib.sha256(content).digest())
    for bookmark in document.bookmarks:
        canvas.addOutlineEntry(bookmark.title, bookmark.to, bookmark.level, closed=bookmark.level > 0)
    _describe(canvas, document)
    attach(canvas._doc, document.attached)
    sums.update(repr((document.title, document.made, [file.name for file in document.attached])).encode())
    lazy.write(canvas, path, sums.hexdigest()[:32])


def _describe(canvas: Any, document: Document) -> None:
    """Title, dates and how a viewer opens the file."""
    catalog = canvas._doc.Catalog
    canvas.showOutline()
    canvas.addPageLabel(0, style="ARABIC", start=1)
    catalog.ViewerPreferences = dictionary({"DisplayDocTitle": Raw(b"true")})
    date = Raw(f"(D:{''.join(char for char in document.made[:19] if char.isdigit())}Z)".encode())
    canvas._doc.info = dictionary({
        "Title": text(document.title), "Author": text(document.author), "Creator": text("dossier"),
        "Producer": text("dossier"), "CreationDate": date, "ModDate": date,
    })  # fmt: skip


def _embed(pdf: Any, pages: Sequence[Page], fonts: Fonts) -> dict[str, tuple[str, Subset]]:
    """Puts the used glyphs of each face into the file; (name on the pages, subset) by face."""
    used: dict[str, set[str]] = {}
    for page in pages:
        for mark in page.marks:
            if isinstance(mark, Glyphs):
                used.setdefault(mark.face, set()).update(mark.text)
            elif isinstance(mark, Hidden):
                used.setdefault(_INVISIBLE, set()).update(mark.text)
    embedded = {}
    for at, face in enumerate(sorted(used)):
        key = _INVISIBLE if face == _INVISIBLE else f"F{at}"
        subset = invisible(used[face]) if face == _INVISIBLE else fonts.subset(face, used[face])
        add_font(pdf, key, subset)
        embedded[face] = (key, subset)
    return embedded


class _Painter:
    """Turns marks into the operators of a content stream."""

    def __init__(self, canvas: Any, faces: Mapping[str, tuple[str, Subset]], document: Document) -> None:
        self.canvas, self.faces, self.document = canvas, faces, document
        self._by_page: dict[int, list[tuple[str, float]]] = {}
        for name, (page, height) in document.destinations.items():
            self._by_page.setdefault(page, []).append((name, height))

    def page(self, page: Page) -> bytes:
        """Paints one page and closes it; returns its content."""
        for name, height in self._by_page.get(page.number, ()):
            self.canvas.bookmarkPage(name, fit="XYZ", left=0, top=_n(PAGE[1] - height), zoom=0)
        code = self.canvas._code
        for mark in page.marks:
            code.extend(self._operators(mark))
        self.canvas._preamble = ""
        self.canvas.showPage()
        made = self.canvas._doc.Pages.pages[-1]
        content: bytes = made.stream.encode("latin-1")
        made.Contents = deflated(content)
        made.stream = made.Trans = None
        return content

    def _operators(self, mark: Mark) -> Iterable[str]:
        if isinstance(mark, Glyphs):
            return (self._glyphs(mark),)
        if isinstance(mark, Hidden):
            return (self._hidden(mark),)
        if isinstance(mark, Rule):
            return (_rule(mark),)
        if isinstance(mark, Box):
            return (_box(mark),)
        if isinstance(mark, Disc):
            return (_disc(mark),)
        if isinstance(mark, Triangle):
            return (_triangle(mark),)
        if isinstance(mark, Qr):
            return _qr(mark)
        if isinstance(mark, Picture):
            return (self._picture(mark),)
        self._link(mark)
        return ()

    def _glyphs(self, mark: Glyphs) -> str:
        key, subset = self.faces[mark.face]
        return (
            f"BT /{key} {_n(mark.size)} Tf {_colour(mark.colour)} rg 1 0 0 1 {_n(mark.x)} {_up(mark.y)} Tm "
            f"<{encode(mark.text, subset.codes)}> Tj ET"
        )

    def _hidden(self, mark: Hidden) -> str:
        key, subset = self.faces[_INVISIBLE]
        stretch = 100 * mark.width / (ems(mark.text) * mark.height)
        baseline = mark.y + mark.height * 0.88
        return (
            f"BT 3 Tr /{key} {_n(mark.height)} Tf {_n(stretch)} Tz 1 0 0 1 {_n(mark.x)} {_up(baseline)} Tm "
            f"<{encode(mark.text, subset.codes)}> Tj 0 Tr 100 Tz ET"
        )

    def _picture(self, mark: Picture) -> str:
        pdf, canvas = self.canvas._doc, self.canvas
        registered = pdf.getXObjectName(mark.key)
        if registered not in pdf.idToObject:
            pdf.Reference(self.document.images[mark.key], registered)
        canvas._formsinuse.append(mark.key)
        return (
            f"q {_n(mark.width)} 0 0 {_n(mark.height)} {_n(mark.x)} {_up(mark.y + mark.height)} cm /{registered} Do Q"
        )

    def _link(self, mark: Link) -> None:
        if mark.to not in self.document.destinations:
            return
        box = (mark.x, PAGE[1] - mark.y - mark.height, mark.x + mark.width, PAGE[1] - mark.y)
        rectangle = pdfdoc.PDFArray([Raw(_n(value).encode()) for value in box])
        self.canvas._addAnnotation(dictionary({
            "Type": Raw(b"/Annot"), "Subtype": Raw(b"/Link"), "Rect": rectangle, "Border": Raw(b"[0 0 0]"),
            "F": 4, "Dest": self.canvas._bookmarkReference(mark.to),
        }))  # fmt: skip


def _n(value: float) -> str:
    """A number with two decimals at most."""
    shown = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if shown == "-0" else shown


def _up(y: float) -> str:
    return _n(PAGE[1] - y)


def _colour(colour: Colour) -> str:
    return " ".join(f"{part:.4f}".rstrip("0").rstrip(".") for part in colour)


def _dash(dash: tuple[float, ...]) -> str:
    return f"[{' '.join(_n(part) for part in dash)}] 0 d" if dash else "[] 0 d"


def _rule(mark: Rule) -> str:
    return (
        f"{_colour(mark.colour)} RG {_n(mark.weight)} w {_dash(mark.dash)} "
        f"{_n(mark.x)} {_up(mark.y)} m {_n(mark.to_x)} {_up(mark.to_y)} l S"
    )


def _box(mark: Box) -> str:
    paint = {(True, True): "B", (True, False): "S", (False, True): "f", (False, False): "n"}
    colours = [f"{_colour(mark.stroke)} RG {_n(mark.weight)} w {_dash(mark.dash)}"] if mark.stroke else []
    colours += [f"{_colour(mark.fill)} rg"] if mark.fill else []
    square = f"{_n(mark.x)} {_up(mark.y + mark.height)} {_n(mark.width)} {_n(mark.height)} re"
    shape = _rounded(mark) if mark.radius else square
    return f"{' '.join(colours)} {shape} {paint[mark.stroke is not None, mark.fill is not None]}"


def _rounded(mark: Box) -> str:
    left, right, low, high = mark.x, mark.x + mark.width, PAGE[1] - mark.y - mark.height, PAGE[1] - mark.y
    r = min(mark.radius, mark.width / 2, mark.height / 2)
    k = r * (1 - _ROUND)
    corners = (
        ((right - r, low), (right - k, low, right, low + k, right, low + r)),
        ((right, high - r), (right, high - k, right - k, high, right - r, high)),
        ((left + r, high), (left + k, high, left, high - k, left, high - r)),
        ((left, low + r), (left, low + k, left + k, low, left + r, low)),
    )
    parts = [f"{_n(left + r)} {_n(low)} m"]
    for (x, y), curve in corners:
        parts.append(f"{_n(x)} {_n(y)} l {' '.join(_n(value) for value in curve)} c")
    return " ".join((*parts, "h"))


def _disc(mark: Disc) -> str:
    side = 2 * mark.radius
    return _box(Box(mark.x - mark.radius, mark.y - mark.radius, side, side, fill=mark.colour, radius=mark.radius))


def _triangle(mark: Triangle) -> str:
    left, low = _n(mark.x), _up(mark.y + mark.height)
    return f"{_colour(mark.colour)} rg {left} {low} m {left} {_up(mark.y)} l {_n(mark.x + mark.width)} {low} l h f"


def _qr(mark: Qr) -> Iterable[str]:
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(mark.data)
    code.make()
    cell = mark.size / code.getModuleCount()
    yield f"{_colour(INK)} rg"
    for row, modules in enumerate(code.modules):
        for column, dark in enumerate(modules):
            if dark:
                low = PAGE[1] - mark.y - (row + 1) * cell
                yield f"{mark.x + column * cell:.3f} {low:.3f} {cell:.3f} {cell:.3f} re"
    yield "f"
