"""Reading pictures with the real engine."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from pipeline.contract import Made, Settings, Shape
from pipeline.locate import Locator
from pipeline.model import Balance, Case, Ingested, Line, Reading, decode, encode
from pipeline.wording import WORDINGS
from stages.ocr import STAGE, Params
from stages.ocr.engines.tesseract import Tesseract
from stages.ocr.read import read_picture

CHINESE = ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2)
Perform = Callable[..., Made]
Written = Callable[..., Image.Image]
ORDER = "P366374524942915524"
PHRASE = "付款后三十一小时发货"


def png(image: Image.Image, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", **options)
    return buffer.getvalue()


def reading(perform: Perform, data: bytes, **params: object) -> Reading:
    document = perform(STAGE, data, params=Params(**{"engine": "tesseract", **params})).document  # type: ignore[arg-type]
    assert isinstance(document, Reading)
    assert decode(encode(document), Reading) == document
    codes = {note.code for note in document.notes} | {span.code for span in document.unread}
    assert codes <= set(WORDINGS)
    return document


def lines(document: Reading) -> list[Line]:
    return [record for record in document.records if isinstance(record, Line)]


def test_the_stage_as_the_machinery_sees_it() -> None:
    assert (STAGE.name, STAGE.shape, STAGE.document, STAGE.reads_name) == ("ocr", Shape.EACH, Reading, False)
    balance = Balance(unit="bytes", total=0, records=0)
    whole = Ingested(media_type="image/png", kind="image", balance=balance, width=1, height=1)
    assert STAGE.accepts(whole)
    assert not STAGE.accepts(Ingested(media_type="image/png", kind="image", balance=balance))
    assert not STAGE.accepts(Ingested(media_type="text/plain", kind="text", balance=balance))
    assert not STAGE.accepts(None)


def test_the_fingerprint_names_version_and_language_data() -> None:
    tools = STAGE.tools(STAGE.configure(Case(), Settings(ocr="tesseract")))
    assert [tool.name for tool in tools] == ["tesseract", "tesseract-data-chi_sim", "tesseract-data-eng", "pypdfium2"]
    assert tools[0].version.startswith("tesseract 5")
    assert all(tool.version.startswith("sha256:") for tool in tools[1:3])
    assert STAGE.tools(STAGE.configure(Case(), Settings(ocr="none")))[:-1] == ()


def test_an_order_number_and_a_chinese_phrase(perform: Perform, written: Written) -> None:
    found = reading(perform, png(written([f"订单编号 {ORDER}", PHRASE, "Thank you for waiting"])))
    text = "\n".join(line.text for line in lines(found))
    assert ORDER in text
    assert PHRASE in text
    assert "Thankyouforwaiting" in text.replace(" ", "")
    assert found.reader == "tesseract@3"
    assert (found.balance.unit, found.balance.unread, found.unread, found.notes) == ("pixel rows", 0, (), ())


def test_every_line_has_its_box_words_and_confidence(perform: Perform, written: Written) -> None:
    image = written([PHRASE, ORDER])
    first, second = lines(reading(perform, png(image)))
    assert first.box[1] < 20 + 40 < first.box[3] <= second.box[1] < 100 + 40 < second.box[3]
    for line in (first, second):
        assert line.where == Locator(box=line.box)
        assert 0.5 < line.confidence <= 1
        assert line.words
        for word in line.words:
            assert word.text.strip()
            assert line.box[0] <= word.box[0] < word.box[2] <= line.box[2] <= image.width
            assert 0 <= word.confidence <= 1


@pytest.mark.parametrize(("orientation", "turn"), [(3, 180), (6, 90), (8, 270)])
def test_boxes_are_those_of_the_upright_picture(
    perform: Perform, written: Written, orientation: int, turn: int
) -> None:
    upright = written([PHRASE, ORDER])
    exif = Image.Exif()
    exif[0x0112] = orientation
    straight = lines(reading(perform, png(upright)))
    turned = lines(reading(perform, png(upright.rotate(turn, expand=True), exif=exif)))
    assert turned == straight


def test_a_long_picture_is_read_in_pieces_and_whole(perform: Perform, written: Written) -> None:
    wanted = [f"第{number}行 编号 {1000 + number}" for number in range(30)]
    found = reading(perform, png(written(wanted)), band=700)
    text = [line.text for line in lines(found)]
    assert len(text) == 30
    assert [str(1000 + number) in line for number, line in enumerate(text)] == [True] * 30
    assert found.balance.records == found.balance.total == 31 * 80


def test_lines_at_a_forced_cut_are_read_once(perform: Perform, written: Written) -> None:
    image = written([f"No {1000 + number}" for number in range(12)], size=40)
    image.paste("black", (900, 0, 1080, image.height))
    for row in range(0, image.height, 2):  # stripes: no row is like the next, so there is no clean cut
        image.paste("white", (900, row, 1080, row + 1))
    found = reading(perform, png(image), band=500)
    text = " ".join(line.text for line in lines(found))
    for number in range(12):
        assert text.count(str(1000 + number)) == 1


def test_more_rows_than_the_engine_takes(perform: Perform, written: Written) -> None:
    image = written(["顶部"], height=33_000)
    image.paste(written([ORDER], height=120), (0, 32_800))
    found = reading(perform, png(image))
    assert ORDER in [line.text for line in lines(found)]
    assert found.balance.records == 33_000


def test_a_picture_without_text_is_read_with_a_note(perform: Perform) -> None:
    found = reading(perform, png(Image.new("RGB", (300, 200), "white")))
    assert (found.records, [note.code for note in found.notes]) == ((), ["no-text"])
    assert (found.balance.records, found.balance.total) == (200, 200)


def test_what_looks_like_text_and_is_not_read_is_counted(perform: Perform, written: Written) -> None:
    image = written([PHRASE, ORDER, "口"])
    found = reading(perform, png(image))
    text = "".join(line.text for line in lines(found)).replace(" ", "")
    assert PHRASE in text
    assert ORDER in text
    (note,) = found.notes
    assert note.code == "shapes-left-out"
    assert note.values["count"] == 1


@pytest.mark.parametrize(("width", "size"), [(200, 12), (4000, 150)])
def test_small_and_huge_pictures(perform: Perform, written: Written, width: int, size: int) -> None:
    text = "付款后发货"
    found = reading(perform, png(written([text, text], size=size, width=width)))
    assert sum(text in line.text for line in lines(found)) == 2


@pytest.mark.parametrize(("ink", "ground"), [("#909090", "#b8b8b8"), ("white", "black"), ("#ff2442", "#fff0f0")])
def test_faint_and_inverted_text(perform: Perform, ink: str, ground: str) -> None:
    image = Image.new("RGB", (1080, 400), ground)
    ImageDraw.Draw(image).text((60, 160), ORDER, font=ImageFont.truetype(CHINESE[0], 40, index=CHINESE[1]), fill=ink)
    assert ORDER in [line.text.replace(" ", "") for line in lines(reading(perform, png(image)))]


def test_a_strip_of_one_line(perform: Perform) -> None:
    image = Image.new("RGB", (700, 56), "white")
    ImageDraw.Draw(image).text((10, 0), ORDER, font=ImageFont.truetype(CHINESE[0], 40, index=CHINESE[1]), fill="black")
    assert [line.text.replace(" ", "") for line in lines(reading(perform, png(image)))] == [ORDER]


def test_text_on_a_photo_does_not_break_it(perform: Perform) -> None:
    grain = np.random.default_rng(3).integers(60, 200, (40, 60, 3), dtype=np.uint8)
    image = Image.fromarray(grain).resize((900, 600), Image.Resampling.BICUBIC)
    ImageDraw.Draw(image).text(
        (60, 250), ORDER, font=ImageFont.truetype(CHINESE[0], 48, index=CHINESE[1]), fill="white"
    )
    found = reading(perform, png(image))
    assert found.balance.records == 600
    assert all(0 <= line.box[0] < line.box[2] <= 900 for line in lines(found))


@pytest.mark.parametrize("size", [(1, 1), (3, 3), (2000, 2), (2, 2000)])
def test_tiny_pictures(perform: Perform, size: tuple[int, int]) -> None:
    found = reading(perform, png(Image.new("RGB", size, "white")))
    assert found.balance.total == size[1]


def test_switched_off_it_says_so(perform: Perform, written: Written) -> None:
    found = reading(perform, png(written(["a"])), engine="none")
    assert (found.records, [note.code for note in found.notes]) == ((), ["ocr-off"])
    assert found.balance.skipped == found.balance.total == 160


def test_what_does_not_decode_stays_unread(perform: Perform) -> None:
    found = reading(perform, b"\x89PNG\r\n\x1a\nnonsense")
    assert found.unread[0].code.startswith("picture-")
    assert found.balance.unread == found.balance.total


def test_the_same_picture_reads_the_same(perform: Perform, written: Written) -> None:
    data = png(written([PHRASE, ORDER]))
    assert encode(reading(perform, data)) == encode(reading(perform, data))


def test_neither_the_environment_nor_the_scratch_folder_keeps_anything(
    tmp_path: Path, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Tesseract(("chi_sim", "eng"), 60)
    for before in (None, "3"):
        monkeypatch.delenv("OMP_THREAD_LIMIT", raising=False)
        if before is not None:
            monkeypatch.setenv("OMP_THREAD_LIMIT", before)
        read_picture((engine,), written(["a1"]).convert("L"), 1000, tmp_path)
        assert os.environ.get("OMP_THREAD_LIMIT") == before
    assert list(tmp_path.iterdir()) == []
