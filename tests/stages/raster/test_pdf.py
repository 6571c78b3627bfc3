"""Pages of a PDF: counted, measured as they are shown, drawn at a bounded size, or refused."""

import contextlib
import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from stages.raster.decode import Refused
from stages.raster.pdf import MAX_PAGES, Frame, count_pages, drawn, frame_of, opened, scale_of


def pdf(*pages: Callable[[Canvas], None], size: tuple[float, float] = (300, 400)) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size)
    for page in pages or (lambda canvas: canvas.drawString(50, 350, "page"),):
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def corner(canvas: Canvas) -> None:
    """A black square at the top left of an unturned page of 300 x 400 points."""
    canvas.rect(0, 380, 20, 20, fill=1)


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None], **options: object) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        out = io.BytesIO()
        document.save(out, **options)
        return out.getvalue()


def placed(folder: Path, data: bytes) -> Path:
    path = folder / "document"
    path.write_bytes(data)
    return path


def refusal(path: Path) -> Refused:
    with pytest.raises(Refused) as caught:
        count_pages(path)
    return caught.value


def test_pages_are_counted(tmp_path: Path) -> None:
    assert count_pages(placed(tmp_path, pdf(*[corner] * 3))) == 3
    assert count_pages(placed(tmp_path, b"\r\n" + pdf())) == 1


def test_a_password_is_said_to_be_one_and_mere_permissions_are_none(tmp_path: Path) -> None:
    locked = changed(pdf(), lambda _: None, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert refusal(placed(tmp_path, locked)).code == "pdf-encrypted"
    permitted = changed(pdf(), lambda _: None, encryption=pikepdf.Encryption(owner="a", user=""))
    assert count_pages(placed(tmp_path, permitted)) == 1


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnonsense", b"%PDF-", pdf()[:300], b""])
def test_what_does_not_open_is_broken(tmp_path: Path, data: bytes) -> None:
    assert refusal(placed(tmp_path, data)).code == "pdf-broken"


def test_no_pages_and_too_many(tmp_path: Path) -> None:
    def none(document: pikepdf.Pdf) -> None:
        del document.pages[0]

    assert refusal(placed(tmp_path, changed(pdf(), none))).code == "pdf-broken"
    many = refusal(placed(tmp_path, pdf(*[lambda canvas: None] * (MAX_PAGES + 1))))
    assert (many.code, many.values) == ("pdf-too-many-pages", {"pages": MAX_PAGES + 1, "limit": MAX_PAGES})


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_place_is_where_it_is_shown(tmp_path: Path, turn: int) -> None:
    def rotate(document: pikepdf.Pdf) -> None:
        document.pages[0].Rotate = turn

    with opened(placed(tmp_path, changed(pdf(corner), rotate))) as document:
        page = document[0]
        frame, image = frame_of(page), drawn(page).convert("L")
    assert frame.turn == turn
    assert frame.size == ((400, 300) if turn in (90, 270) else (300, 400))
    left, top, right, bottom = frame.shown(0, 380, 20, 400)
    scale = image.width / frame.size[0]
    assert image.getpixel((round((left + right) / 2 * scale), round((top + bottom) / 2 * scale))) == 0
    dark = image.point(lambda value: 255 - value).getbbox()
    assert dark is not None
    assert all(abs(side - wanted * scale) <= 2 for side, wanted in zip(dark, (left, top, right, bottom), strict=True))


def test_only_the_crop_box_is_shown(tmp_path: Path) -> None:
    def crop(document: pikepdf.Pdf) -> None:
        document.pages[0].CropBox = [10, 200, 110, 390]

    with opened(placed(tmp_path, changed(pdf(corner), crop))) as document:
        frame = frame_of(document[0])
        image = drawn(document[0]).convert("L")
    assert frame.size == (100, 190)
    assert frame.shown(10, 380, 20, 390) == (0, 0, 10, 10)
    assert image.getpixel((5, 5)) == 0


@given(
    turn=st.sampled_from([0, 90, 180, 270]),
    frame=st.tuples(st.floats(-500, 500), st.floats(-500, 500), st.floats(1, 2000), st.floats(1, 2000)),
    box=st.tuples(st.floats(0, 0.9), st.floats(0, 0.9), st.floats(0.01, 0.1), st.floats(0.01, 0.1)),
)
def test_places_stay_in_order_and_inside(
    turn: int, frame: tuple[float, float, float, float], box: tuple[float, float, float, float]
) -> None:
    left, bottom, width, height = frame
    shown = Frame(left, bottom, left + width, bottom + height, turn)
    place = shown.shown(
        left + box[0] * width, bottom + box[1] * height,
        left + (box[0] + box[2]) * width, bottom + (box[1] + box[3]) * height,
    )  # fmt: skip
    assert -0.01 <= place[0] <= place[2] <= shown.size[0] + 0.01
    assert -0.01 <= place[1] <= place[3] <= shown.size[1] + 0.01


@given(st.floats(0.01, 20_000), st.floats(0.01, 20_000))
def test_no_page_is_drawn_too_large(width: float, height: float) -> None:
    scale = scale_of(width, height)
    assert 0 < scale <= 200 / 72
    assert width * height * scale * scale <= 40_000_001


def test_form_fields_and_notes_are_drawn(tmp_path: Path) -> None:
    def form(canvas: Canvas) -> None:
        canvas.acroForm.textfield(x=50, y=300, width=200, height=40, value="filled in", fontSize=24, name="field")

    with opened(placed(tmp_path, pdf(form))) as document:
        image = drawn(document[0]).convert("L")
    assert image.getextrema()[0] < 80


SAMPLE = pdf(corner, lambda canvas: canvas.drawString(50, 350, "page"))


@settings(max_examples=60, deadline=None)
@given(
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=12),
    length=st.floats(0.1, 1.2),
)
def test_whatever_the_bytes_there_are_pages_or_a_refusal(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[float, int]], length: float
) -> None:
    data = bytearray(SAMPLE)
    for where, value in changes:
        data[int(where * (len(data) - 1))] = value
    path = tmp_path_factory.getbasetemp() / "mutated.pdf"
    path.write_bytes(data[: int(length * len(data))])
    with contextlib.suppress(Refused), opened(path) as document:
        for page in document:
            assert drawn(page).mode == "RGB"
