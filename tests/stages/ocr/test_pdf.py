"""PDF exhibits: the text layer where it is what people see, an engine where it is not, and a word on every doubt."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.contract import Made, Settings
from pipeline.locate import Locator, Unlocatable
from pipeline.model import Balance, Case, Ingested, Line, Reading, decode, encode
from pipeline.wording import WORDINGS
from stages.ingest import STAGE as INGEST
from stages.ocr import STAGE
from stages.ocr.pdf import READER, _tall, read_pdf, reread

Perform = Callable[..., Made]
Draw = Callable[[Canvas], None]
WIDTH, HEIGHT = 420, 595
ORDER, PARCEL = "P366374524942915524", "SF3006662992881"
CHINESE = ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2)

pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))


def pdf(*pages: Draw, turn: int = 0) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), pageCompression=0)
    for page in pages:
        canvas.setFont("Helvetica", 14)
        page(canvas)
        canvas.showPage()
    canvas.save()
    if not turn:
        return buffer.getvalue()
    with pikepdf.open(buffer) as document:
        for shown in document.pages:
            shown.Rotate = turn
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def says(*lines: str, x: float = 40, top: float = 60) -> Draw:
    """A page with these lines, the first `top` points below its upper edge."""

    def draw(canvas: Canvas) -> None:
        for number, line in enumerate(lines):
            canvas.drawString(x, HEIGHT - top - 30 * number, line)

    return draw


def scanned(*lines: str) -> Image.Image:
    """Paper with these lines, as a scanner gives it."""
    image = Image.new("RGB", (1400, 1983), (250, 249, 245))
    draw, font = ImageDraw.Draw(image), ImageFont.truetype(CHINESE[0], 44, index=CHINESE[1])
    for number, line in enumerate(lines):
        draw.text((130, 160 + 110 * number), line, font=font, fill=(30, 32, 40))
    return image


def picture(image: Image.Image, x: float = 0, y: float = 0, width: float = WIDTH, height: float = HEIGHT) -> Draw:
    return lambda canvas: canvas.drawImage(ImageReader(image), x, y, width, height)


def both(*draws: Draw) -> Draw:
    def draw(canvas: Canvas) -> None:
        for one in draws:
            one(canvas)

    return draw


def layer(tmp_path: Path, data: bytes, check: Any = None) -> Reading:
    """What the text layers alone give; `check` stands for what an engine reads in boxes."""
    path = tmp_path / "document"
    path.write_bytes(data)
    reading = read_pdf(path, None, check)
    worded(reading)
    return reading


def worded(reading: Reading) -> None:
    assert decode(encode(reading), Reading) == reading
    assert all(said.code in WORDINGS for said in (*reading.notes, *reading.unread))


def lines(reading: Reading) -> list[Line]:
    return [record for record in reading.records if isinstance(record, Line)]


def texts(reading: Reading) -> list[str]:
    return [line.text for line in lines(reading)]


def codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.notes]


def read(perform: Perform, data: bytes, ocr: str = "tesseract") -> Reading:
    document = perform(STAGE, data, params=STAGE.configure(Case(), Settings(ocr=ocr))).document
    assert isinstance(document, Reading)
    worded(document)
    return document


def test_a_page_with_text(tmp_path: Path) -> None:
    reading = layer(tmp_path, pdf(says(f"Order {ORDER}", "Paid 2026-03-11 01:26:48")))
    first, second = lines(reading)
    assert (first.text, second.text) == (f"Order {ORDER}", "Paid 2026-03-11 01:26:48")
    assert (first.exact, first.confidence, first.page) == (True, 1.0, 1)
    assert first.where == Locator(page=1, box=first.box)
    assert [word.text for word in first.words] == ["Order", ORDER]
    assert first.box[0] == pytest.approx(40, abs=1)
    assert first.box[1] < 60 - 10 < 60 < first.box[3]
    assert 14 <= first.box[3] - first.box[1] <= 20
    assert first.look is not None
    assert first.look.ground == "#ffffff"
    assert first.look.ink < "#202020"
    assert first.look.panel[2] == pytest.approx(WIDTH, abs=1)
    assert (reading.reader, reading.format, reading.notes, reading.unread) == (READER, "pdf", (), ())
    assert reading.balance == Balance(unit="pages", total=1, records=1)


def test_chinese_without_an_embedded_font_keeps_its_blanks(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        canvas.drawString(40, 500, f"订单编号 {ORDER}")
        canvas.drawString(40, 470, "付款时间：2026-03-11 01:26:48")

    assert texts(layer(tmp_path, pdf(draw))) == [f"订单编号 {ORDER}", "付款时间：2026-03-11 01:26:48"]


def test_columns_are_lines_of_their_own_and_doubled_letters_stay(tmp_path: Path) -> None:
    reading = layer(tmp_path, pdf(both(says("http://all.ll/11"), says("270.00", x=300))))
    assert texts(reading) == ["http://all.ll/11", "270.00"]


def test_letters_set_apart_stay_words(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(40, 500)
        text.setCharSpace(4)
        text.textLine("Total 270.80 CNY")
        canvas.drawText(text)

    assert texts(layer(tmp_path, pdf(draw))) == ["Total 270.80 CNY"]


def test_a_blank_that_is_only_a_gap(tmp_path: Path) -> None:
    """As browsers print: each word by itself, and no blank between them."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(40, 500, "2026-03-11")
        canvas.drawString(40 + canvas.stringWidth("2026-03-11 "), 500, "20:14:07")

    assert texts(layer(tmp_path, pdf(draw))) == ["2026-03-11 20:14:07"]


def test_a_letter_painted_twice_to_look_bold_is_one(tmp_path: Path) -> None:
    reading = layer(tmp_path, pdf(both(says("Total 11.00"), says("Total 11.00", x=40.4))))
    assert texts(reading) == ["Total 11.00"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned(tmp_path: Path, turn: int) -> None:
    """Text that is set so that it stands upright once the page is turned."""

    def draw(canvas: Canvas) -> None:
        canvas.translate(*{90: (WIDTH, 0), 180: (WIDTH, HEIGHT), 270: (0, HEIGHT)}[turn])
        canvas.rotate(turn)
        canvas.drawString(50, 200, "Turned page")

    (line,) = lines(layer(tmp_path, pdf(draw, turn=turn)))
    tall = WIDTH if turn in (90, 270) else HEIGHT
    assert line.text == "Turned page"
    assert line.box[0] == pytest.approx(50, abs=1)
    assert line.box[1] < tall - 200 < line.box[3] + 1


def test_text_that_lies_on_its_side_is_not_taken_from_the_layer(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rotate(45)
        canvas.drawString(200, 20, "COPY")

    reading = layer(tmp_path, pdf(both(says("Upright"), draw)))
    assert texts(reading) == ["Upright"]
    assert codes(reading)[0] == "pdf-layer-unseen"


def invisible(canvas: Canvas) -> None:
    canvas.saveState()
    text = canvas.beginText(40, 400)
    text.setTextRenderMode(3)
    text.textLine("SF9999999999999")
    canvas.drawText(text)
    canvas.restoreState()


def white(canvas: Canvas) -> None:
    canvas.setFillGray(1)
    canvas.drawString(40, 400, "refund granted")
    canvas.setFillGray(0)


def outside(canvas: Canvas) -> None:
    canvas.drawString(-300, 400, "refund granted")


def redacted(canvas: Canvas) -> None:
    canvas.drawString(40, 400, "refund granted")
    canvas.rect(20, 380, 300, 60, fill=1)


def covered(canvas: Canvas) -> None:
    canvas.drawString(40, 400, "refund granted")
    canvas.drawImage(ImageReader(Image.linear_gradient("L")), 20, 380, 300, 60)


@pytest.mark.parametrize("hide", [invisible, white, outside, redacted, covered])
def test_what_nobody_sees_is_not_taken_and_said(tmp_path: Path, hide: Draw) -> None:
    reading = layer(tmp_path, pdf(both(hide, says("Seen by everybody"))))
    assert texts(reading) == ["Seen by everybody"]
    (note,) = [note for note in reading.notes if note.code == "pdf-layer-unseen"]
    assert note.where == Locator(page=1)
    assert int(note.values["characters"]) >= 13


def without_meaning(data: bytes, code: str) -> bytes:
    """The fonts of a document map every character to `code`, as a private or missing table does."""
    table = f"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfrange <20> <7E> <{code}> endbfrange"
    with pikepdf.open(io.BytesIO(data)) as document:
        for page in document.pages:
            for font in page.Resources.Font.values():
                stream = f"/CIDInit /ProcSet findresource begin begincmap {table} endcmap end".encode()
                font.ToUnicode = document.make_stream(stream)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def test_a_layer_of_private_codes_is_not_taken(tmp_path: Path) -> None:
    reading = layer(tmp_path, without_meaning(pdf(says(f"Order {ORDER}")), "E020"))
    assert texts(reading) == []
    assert codes(reading) == ["pdf-layer-unmapped", "pdf-page-not-read"]
    assert reading.balance == Balance(unit="pages", total=1, records=0, skipped=1)


def test_a_layer_that_says_something_else_than_the_page_shows(tmp_path: Path) -> None:
    """Letters shifted by two, as obfuscated fonts shift them: only an engine can tell."""
    shifted = without_meaning(pdf(says("Your parcel was delivered", "Thank you for waiting")), "0022")

    def check(_image: Image.Image, boxes: Sequence[Any]) -> list[str | None]:
        return ["Your parcel was delivered", "Thank you for waiting"][: len(boxes)]

    assert texts(layer(tmp_path, shifted)) != []
    reading = layer(tmp_path, shifted, check)
    assert texts(reading) == []
    assert "pdf-layer-differs" in codes(reading)


def test_a_layer_that_no_engine_contradicts_stands(tmp_path: Path) -> None:
    data = pdf(says("Your parcel was delivered"))
    for said in (None, "Your parcel was dellvered"):
        reading = layer(tmp_path, data, lambda _image, boxes, said=said: [said] * len(boxes))
        assert texts(reading) == ["Your parcel was delivered"]


def test_an_engine_checks_a_layer(perform: Perform) -> None:
    shifted = without_meaning(pdf(says("Your parcel was delivered", "Thank you for waiting")), "0022")
    reading = read(perform, shifted)
    assert texts(reading) == ["Your parcel was delivered", "Thank you for waiting"]
    assert not any(line.exact for line in lines(reading))
    assert codes(reading) == ["pdf-layer-differs", "pdf-page-recognised"]


def test_a_scan_is_read_by_an_engine_in_points_of_its_page(perform: Perform) -> None:
    reading = read(perform, pdf(says("Cover"), picture(scanned(f"运单号 {PARCEL}", "2026-03-12 08:35:21"))))
    found = [line for line in lines(reading) if line.page == 2]
    assert any(PARCEL in line.text for line in found)
    assert not any(line.exact for line in found)
    (line,) = [line for line in found if PARCEL in line.text]
    assert line.where == Locator(page=2, box=line.box)
    assert line.box[0] == pytest.approx(130 * WIDTH / 1400, abs=4)
    assert line.box[1] == pytest.approx(175 * HEIGHT / 1983, abs=6)
    assert all(line.box[0] - 3 <= word.box[0] < word.box[2] <= line.box[2] + 3 for word in line.words)
    assert line.look is None or line.look.panel[2] <= WIDTH + 1
    assert reading.reader.split("+")[0] == READER
    assert reading.balance == Balance(unit="pages", total=2, records=2)
    assert [(note.code, note.where) for note in reading.notes] == [("pdf-page-recognised", Locator(page=2))]
    assert "tesseract" in reading.declared


def test_a_picture_on_a_page_of_text_is_read_too(perform: Perform) -> None:
    shot = scanned(f"运单号 {PARCEL}").crop((0, 100, 1400, 400))
    reading = read(perform, pdf(both(says("Invoice 270.80"), picture(shot, 0, 200, WIDTH, 90))))
    assert [line.exact for line in lines(reading)] == [True, False]
    assert texts(reading)[0] == "Invoice 270.80"
    assert PARCEL in texts(reading)[1]
    assert codes(reading) == ["pdf-part-recognised"]


def test_an_invisible_layer_over_a_scan_does_not_speak_for_it(perform: Perform) -> None:
    reading = read(perform, pdf(both(picture(scanned(f"运单号 {PARCEL}")), invisible)))
    assert "SF9999999999999" not in "".join(texts(reading))
    assert any(PARCEL in text for text in texts(reading))
    assert codes(reading) == ["pdf-layer-unseen", "pdf-page-recognised"]


def test_without_an_engine_scans_are_left_out_and_said(perform: Perform) -> None:
    reading = read(perform, pdf(says("Cover"), picture(scanned("运单号"))), ocr="none")
    assert texts(reading) == ["Cover"]
    assert [(note.code, note.where) for note in reading.notes] == [("pdf-page-not-read", Locator(page=2))]
    assert reading.balance == Balance(unit="pages", total=2, records=1, skipped=1)


def test_rules_and_frames_of_a_table_are_no_text(tmp_path: Path) -> None:
    def table(canvas: Canvas) -> None:
        for row in range(8):
            canvas.line(40, 300 + 20 * row, 380, 300 + 20 * row)
        for column in range(4):
            canvas.line(40 + 113 * column, 300, 40 + 113 * column, 440)

    assert codes(layer(tmp_path, pdf(both(table, says("Invoice"))))) == []


def test_an_empty_page_is_said_to_hold_no_text(tmp_path: Path) -> None:
    reading = layer(tmp_path, pdf(lambda canvas: None))
    assert (reading.records, codes(reading)) == ((), ["no-text"])
    assert reading.balance == Balance(unit="pages", total=1, records=1)


def test_what_ingest_says(perform: Perform) -> None:
    document = perform(INGEST, pdf(says("one"), says("two")), "a.pdf").document
    assert isinstance(document, Ingested)
    assert (document.kind, document.media_type, document.unread) == ("pdf", "application/pdf", ())
    assert document.balance == Balance(unit="pages", total=2, records=2)
    assert STAGE.accepts(document)


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnonsense", pdf(says("one"))[:200]])
def test_a_broken_file_is_unread_in_both_stages(perform: Perform, data: bytes) -> None:
    document = perform(INGEST, data, "a.pdf").document
    assert isinstance(document, Ingested)
    assert [reason.code for reason in document.unread] == ["pdf-broken"]
    assert not STAGE.accepts(document)
    reading = read(perform, data, ocr="none")
    assert [reason.code for reason in reading.unread] == ["pdf-broken"]
    assert reading.balance.unread == reading.balance.total == 1


def test_the_version_of_what_draws_pages_is_in_the_key() -> None:
    assert "pypdfium2" in [tool.name for tool in STAGE.tools(STAGE.configure(Case(), Settings(ocr="none")))]


def test_a_box_of_a_page_can_be_read_again(tmp_path: Path) -> None:
    path = tmp_path / "document"
    path.write_bytes(pdf(says("Cover"), says(f"Order {ORDER}")))
    (line,) = [line for line in lines(read_pdf(path, None)) if line.page == 2]
    assert reread(path, line.where) == line.text
    assert reread(path, Locator(page=2, box=line.words[1].box)) == ORDER
    for nowhere in (Locator(page=1, box=(0, 300, 50, 350)), Locator(page=3, box=line.box), Locator(page=2)):
        with pytest.raises(Unlocatable):
            reread(path, nowhere)
    path.write_bytes(b"%PDF-1.7 nonsense")
    with pytest.raises(Unlocatable):
        reread(path, line.where)


def test_the_same_bytes_give_the_same_reading(tmp_path: Path) -> None:
    data = pdf(both(says("Total 270.80", "Paid"), white))
    assert encode(layer(tmp_path, data)) == encode(layer(tmp_path, data))


@given(st.integers(1, 12), st.integers(1, 30), st.integers(1, 8), st.integers(0, 1 << 30))
def test_tall_edges_are_those_of_long_runs(rows: int, height: int, width: int, seed: int) -> None:
    edges = np.random.default_rng(seed).random((height, width)) < 0.8
    found = _tall(edges, rows)
    for row, column in np.ndindex(height, width):
        first = last = row
        while first > 0 and edges[first - 1, column]:
            first -= 1
        while last + 1 < height and edges[last + 1, column]:
            last += 1
        assert found[row, column] == (edges[row, column] and last - first + 1 >= rows)


def test_mirrored_text_and_absurd_places_are_no_error(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for change in ((-1, 0, 0, 1, 400, 300), (1, 0, 0, -1, 40, 200), (1e9, 0, 0, 1e9, 0, 0), (0, 0, 0, 0, 50, 50)):
            canvas.saveState()
            canvas.transform(*change)
            canvas.drawString(0, 0, "mirrored")
            canvas.restoreState()

    reading = layer(tmp_path, pdf(both(draw, says("Upright"))))
    assert "Upright" in texts(reading)
    for line in lines(reading):
        assert line.box[0] <= line.box[2]
        assert line.box[1] <= line.box[3]


SAMPLE = pdf(says(f"Order {ORDER}", "Paid 2026-03-11 01:26:48"), both(invisible, says("two")))


@settings(max_examples=60, deadline=None)
@given(
    changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=12),
    length=st.floats(0.3, 1.1),
)
def test_whatever_the_bytes_there_is_a_reading(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[float, int]], length: float
) -> None:
    data = bytearray(SAMPLE)
    for where, value in changes:
        data[int(where * (len(data) - 1))] = value
    path = tmp_path_factory.getbasetemp() / "mutated-layer.pdf"
    path.write_bytes(data[: int(length * len(data))])
    reading = read_pdf(path, None)
    worded(reading)
    assert reading.balance.unit == "pages"
