"""From marks to the file: every shape where it belongs, in its colour, and text that is found as it was written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

from stages.assemble.fonts import Fonts, find
from stages.assemble.page import Box, Disc, Glyphs, Hidden, Link, Mark, Page, Picture, Qr, Rule, Triangle
from stages.assemble.paint import Bookmark, Document, _n, paint
from stages.assemble.pdf.attach import Attached
from stages.assemble.pdf.objects import Lazy, name
from stages.assemble.style import ACCENT, INK, PAGE, WHITE

MADE = "2026-03-17T02:07:30Z"


def document(*pages: Page, **changes: Any) -> Document:
    values: dict[str, Any] = {
        "pages": pages, "destinations": {}, "bookmarks": [], "images": {}, "attached": [], "title": "卷宗",
        "author": "初晴女装旗舰店", "language": "zh-CN", "made": MADE,
    }  # fmt: skip
    return Document(**{**values, **changes})


def painted(folder: Path, *marks: Mark, **changes: Any) -> Path:
    """A file of one page with these marks."""
    path = folder / "one.pdf"
    with Fonts(*find()) as fonts:
        paint(document(Page(1, "", "", list(marks)), **changes), fonts, path)
    return path


def rendered(path: Path, page: int = 0) -> npt.NDArray[np.uint8]:
    """A page as a viewer shows it, one pixel a point."""
    with pypdfium2.PdfDocument(path) as opened:
        shown: npt.NDArray[np.uint8] = np.asarray(opened[page].render(scale=1).to_pil().convert("RGB"))
    return shown


def found(path: Path, page: int = 0) -> str:
    with pypdfium2.PdfDocument(path) as opened:
        text: str = opened[page].get_textpage().get_text_bounded()
    return text


def is_colour(pixel: npt.NDArray[np.uint8], colour: tuple[float, ...]) -> bool:
    return bool((np.abs(pixel - np.array(colour) * 255) < 3).all())


def test_shapes_stand_where_they_are_told_in_their_colours(tmp_path: Path) -> None:
    shown = rendered(painted(
        tmp_path,
        Box(100, 100, 50, 20, fill=INK),
        Box(200, 100, 50, 20, stroke=ACCENT, weight=4),
        Disc(120, 220, 10, ACCENT),
        Triangle(200, 200, 40, 40, INK),
        Rule(100, 300, 160, 300, 4, ACCENT),
    ))  # fmt: skip
    assert is_colour(shown[110, 125], INK)
    assert is_colour(shown[100, 225], ACCENT)
    assert is_colour(shown[110, 225], WHITE)
    assert is_colour(shown[220, 120], ACCENT)
    assert is_colour(shown[220, 135], WHITE)
    assert is_colour(shown[235, 205], INK)
    assert is_colour(shown[205, 235], WHITE)
    assert is_colour(shown[300, 130], ACCENT)
    assert is_colour(shown[310, 130], WHITE)


def test_later_marks_lie_on_earlier_ones(tmp_path: Path) -> None:
    shown = rendered(painted(tmp_path, Box(100, 100, 50, 50, fill=INK), Box(110, 110, 20, 20, fill=ACCENT)))
    assert is_colour(shown[120, 120], ACCENT)
    assert is_colour(shown[140, 140], INK)


def test_a_rounded_box_leaves_its_corners_free(tmp_path: Path) -> None:
    shown = rendered(painted(tmp_path, Box(100, 100, 60, 60, fill=INK, radius=20), Box(200, 100, 60, 60, fill=INK)))
    assert is_colour(shown[102, 102], WHITE)
    assert is_colour(shown[102, 202], INK)
    assert is_colour(shown[130, 101], INK)


def test_a_radius_is_never_more_than_half_a_side(tmp_path: Path) -> None:
    shown = rendered(painted(tmp_path, Box(100, 100, 60, 20, fill=INK, radius=500)))
    assert is_colour(shown[110, 130], INK)
    assert (shown[:, :98] == 255).all()
    assert (shown[:, 163:] == 255).all()


def test_a_dashed_line_has_gaps(tmp_path: Path) -> None:
    shown = rendered(painted(tmp_path, Rule(100, 300, 200, 300, 4, INK, (10, 10)), Rule(100, 320, 200, 320, 4, INK)))
    dashed, whole = (shown[y, 100:200].mean(axis=1) < 128 for y in (300, 320))
    assert whole.all()
    assert 0.3 < dashed.mean() < 0.7


def test_a_code_shows_the_modules_of_its_data(tmp_path: Path) -> None:
    data = "sha256:" + "0123456789abcdef" * 4
    code = QRCode(None, QRErrorCorrectLevel.M)
    code.addData(data)
    code.make()
    count = code.getModuleCount()
    shown = rendered(painted(tmp_path, Qr(100, 100, 4 * count, data)))
    modules = shown[102 : 102 + 4 * count : 4, 102 : 102 + 4 * count : 4].mean(axis=2) < 128
    assert np.array_equal(modules, np.array(code.modules, dtype=bool))


def test_text_is_found_as_it_was_written(tmp_path: Path) -> None:
    words = ("买家说：“一周没发货”。", "SF3006662992881", "¥270.80 × 1 ≈ 31 小时")
    marks = [Glyphs(80, 100 + 30 * at, text, "regular", 12) for at, text in enumerate(words)]
    assert found(painted(tmp_path, *marks)).replace("\r\n", "\n").split("\n") == list(words)


def test_characters_above_the_first_plane_are_found_too(tmp_path: Path) -> None:
    with Fonts(*find()) as fonts:
        ((face, text),) = fonts.runs("😀", "regular")
    marks = Glyphs(80, 100, text, face, 12), Glyphs(120, 100, "𠮷", "regular", 12)
    assert found(painted(tmp_path, *marks)).replace(" ", "") == "😀𠮷"


def test_faces_differ_in_weight(tmp_path: Path) -> None:
    marks = [Glyphs(80, 100 + 100 * at, "发货", face, 40) for at, face in enumerate(("regular", "bold"))]
    shown = rendered(painted(tmp_path, *marks)).mean(axis=2) < 128
    assert shown[150:210].sum() > 1.2 * shown[50:110].sum() > 0


def test_text_keeps_its_colour(tmp_path: Path) -> None:
    shown = rendered(painted(tmp_path, Glyphs(80, 100, "█", "regular", 40, ACCENT)))
    assert is_colour(shown[90, 95], ACCENT)


def test_hidden_text_is_found_where_it_lies_and_not_seen(tmp_path: Path) -> None:
    path = painted(tmp_path, Hidden(100, 200, 180, 20, "物流公司 SF"))
    assert (rendered(path) == 255).all()
    with pypdfium2.PdfDocument(path) as opened:
        text = opened[0].get_textpage()
        assert text.get_text_bounded() == "物流公司 SF"
        boxes = [text.get_charbox(at) for at in range(text.count_chars())]
    assert min(box[0] for box in boxes) == pytest.approx(100, abs=2)
    assert max(box[2] for box in boxes) == pytest.approx(280, abs=2)
    assert all(PAGE[1] - 222 < box[1] < box[3] < PAGE[1] - 198 for box in boxes)


def test_a_picture_is_upright_and_fills_its_place(tmp_path: Path) -> None:
    entries = {
        "Type": name("XObject"), "Subtype": name("Image"), "Width": 1, "Height": 2, "ColorSpace": name("DeviceGray"),
        "BitsPerComponent": 8,
    }  # fmt: skip
    image = Lazy(lambda: (entries, b"\x00\xff"))
    shown = rendered(painted(tmp_path, Picture(100, 100, 40, 80, "p"), images={"p": image}))
    assert is_colour(shown[110, 120], (0, 0, 0))
    assert is_colour(shown[170, 120], WHITE)
    assert is_colour(shown[110, 145], WHITE)


def test_a_picture_that_is_placed_twice_is_written_once(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> tuple[dict[str, Any], bytes]:
        made.append(1)
        space = {"ColorSpace": name("DeviceGray"), "BitsPerComponent": 8}
        return {"Type": name("XObject"), "Subtype": name("Image"), "Width": 1, "Height": 1, **space}, b"\x00"

    path = tmp_path / "two.pdf"
    pages = [Page(n, "", "", [Picture(100, 100, 10, 10, "p")]) for n in (1, 2)]
    with Fonts(*find()) as fonts:
        paint(document(*pages, images={"p": Lazy(make)}), fonts, path)
    assert made == [1]
    with pikepdf.open(path) as pdf:
        first, second = (next(iter(page.obj["/Resources"]["/XObject"].values())) for page in pdf.pages)
        assert first.objgen == second.objgen


def test_a_link_lies_where_it_is_told_and_one_to_nowhere_is_none(tmp_path: Path) -> None:
    links = (Link(100, 200, 50, 12, "here"), Link(100, 300, 50, 12, "nowhere"))
    with pikepdf.open(painted(tmp_path, *links, destinations={"here": (1, 400.0)})) as pdf:
        (annotation,) = pdf.pages[0].obj["/Annots"]
        left, low, right, high = (float(side) for side in annotation["/Rect"])
        assert (left, right) == (100, 150)
        assert high == pytest.approx(PAGE[1] - 200, abs=0.01)
        assert low == pytest.approx(PAGE[1] - 212, abs=0.01)
        target, kind, _, top, *_ = annotation["/Dest"]
        assert target.objgen == pdf.pages[0].objgen
        assert kind == "/XYZ"
        assert float(top) == pytest.approx(PAGE[1] - 400, abs=0.01)


def test_the_file_says_what_it_is_and_when_it_was_made(tmp_path: Path) -> None:
    bookmarks = [Bookmark("摘要", "a", 0), Bookmark("证据", "b", 0), Bookmark("证据 1", "c", 1)]
    places = dict.fromkeys("abc", (1, 0.0))
    path = painted(tmp_path, bookmarks=bookmarks, destinations=places, title="关于“momo酱”的申诉 😀")
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        assert str(pdf.docinfo["/Title"]) == "关于“momo酱”的申诉 😀"
        assert str(pdf.docinfo["/Author"]) == "初晴女装旗舰店"
        assert str(pdf.docinfo["/CreationDate"]) == str(pdf.docinfo["/ModDate"]) == "D:20260317020730Z"
        assert str(pdf.Root["/Lang"]) == "zh-CN"
        assert pdf.Root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert pdf.Root["/PageMode"] == "/UseOutlines"
        assert [(entry.title, len(entry.children)) for entry in outline.root] == [("摘要", 0), ("证据", 1)]
        assert not list(pdf.attachments)


def test_the_identity_of_a_file_follows_its_content(tmp_path: Path) -> None:
    def identity(*marks: Mark, **changes: Any) -> str:
        found = re.search(rb"/ID \[<([0-9a-f]{32})>", painted(tmp_path, *marks, **changes).read_bytes())
        assert found is not None
        return found[1].decode()

    first = identity(Disc(100, 100, 5, INK))
    assert first == identity(Disc(100, 100, 5, INK))
    attached = [Attached("a.txt", "text/plain", "", b"1")]
    others = {
        identity(Disc(100, 101, 5, INK)),
        identity(Disc(100, 100, 5, INK), title="另一"),
        identity(Disc(100, 100, 5, INK), attached=attached),
    }
    assert len(others | {first}) == 4


@given(st.floats(-2000, 2000))
def test_numbers_have_two_decimals_and_never_an_exponent(value: float) -> None:
    shown = _n(value)
    assert re.fullmatch(r"-?\d+(\.\d{1,2})?", shown)
    assert abs(float(shown) - value) <= 0.00501
    assert shown != "-0"


@settings(max_examples=15, deadline=None)
@given(st.text(alphabet=st.sampled_from("买家说下单一周没发货ABCabc123，。“”（）¥%≈😀𠮷"), min_size=1, max_size=30))
def test_whatever_is_printed_is_found_again(fonts: Fonts, tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    marks, x = [], 60.0
    for face, run in fonts.runs(text, "regular"):
        marks.append(Glyphs(x, 100, run, face, 9))
        x += fonts.width(run, face, 9)
    path = tmp_path_factory.mktemp("found") / "one.pdf"
    paint(document(Page(1, "", "", list(marks))), fonts, path)
    assert found(path) == text
