"""Quoted passages get a second witness, and nothing else is read again."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from pipeline.contract import Inputs, Settings
from pipeline.locate import Locator
from pipeline.model import Balance, Case, Claim, Exhibit, Line, Reading, Witness, digest_of
from stages import ORDER
from stages.ocr import STAGE as OCR
from stages.ocr.again import STAGE, Params
from stages.ocr.engines import EngineFailed
from stages.ocr.engines.tesseract import Tesseract

Written = Callable[..., Image.Image]
PHRASE, OTHER = "下单一周都没发货", "客服也不理人"
PASSAGE = Case(claims=(Claim(says=PHRASE, quotes=("2026-03-12 08:35:21",)),))


def params(case: Case, ocr: str = "both") -> Params:
    found = STAGE.configure(case, Settings(ocr=ocr))
    assert isinstance(found, Params)
    return found


def line(text: str, top: int, **more: object) -> Line:
    box = (40.0, top + 5.0, 60 + 40.0 * len(text), top + 75.0)
    return Line(where=Locator(box=box), text=text, box=box, confidence=0.9, **more)  # type: ignore[arg-type]


def reading(*lines: Line) -> Reading:
    balance = Balance(unit="pixel rows", total=240, records=240)
    return Reading(reader="rapidocr@1", format="image", records=lines, balance=balance)


def again(tmp_path: Path, image: Image.Image, seen: Reading, given: Params) -> Reading:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    path = tmp_path / "blob"
    path.write_bytes(buffer.getvalue())
    (tmp_path / "scratch").mkdir()
    exhibit = Exhibit(label="", digest=digest_of(buffer.getvalue()), bytes=len(buffer.getvalue()), receipts=())
    inputs = Inputs(exhibit=exhibit, documents={"ocr": seen}, path=lambda _: path, scratch=tmp_path / "scratch")
    document = STAGE.run(inputs, given).document
    assert isinstance(document, Reading)
    return document


def test_it_follows_ocr_and_takes_its_place() -> None:
    names = [stage.name for stage in ORDER]
    assert names.index("again") == names.index("ocr") + 1
    assert (STAGE.needs, STAGE.supersedes) == (("ocr",), ("ocr",))


def test_a_claim_is_in_its_key_and_not_in_that_of_ocr() -> None:
    assert OCR.configure(Case(), Settings()) == OCR.configure(PASSAGE, Settings())
    assert params(PASSAGE) != params(Case())


def test_the_passages_are_folded_and_sorted() -> None:
    assert params(PASSAGE).passages == ("2026-03-1208:35:21", PHRASE)
    swapped = Case(claims=(Claim(says="2026-03-12  08:35:21"), Claim(says=PHRASE)))
    assert params(swapped) == params(PASSAGE)


@pytest.mark.parametrize("ocr", ["tesseract", "rapidocr", "none"])
def test_with_one_engine_there_is_no_witness_and_nothing_to_ask(ocr: str) -> None:
    found = params(PASSAGE, ocr)
    assert found.passages == ()
    assert STAGE.tools(found) == ()


def test_the_line_with_the_passage_is_read_again_and_no_other(tmp_path: Path, written: Written) -> None:
    seen = reading(line(PHRASE, 0), line(OTHER, 80))
    first, second = again(tmp_path, written([PHRASE, OTHER], height=240), seen, params(PASSAGE)).records
    assert isinstance(first, Line)
    assert isinstance(second, Line)
    assert first.witness is not None
    assert first.witness.reader.startswith("tesseract@")
    assert first.witness.text.replace(" ", "") == PHRASE
    assert second == seen.records[1]
    assert first.text == PHRASE


def test_where_no_line_carries_it_the_reading_stays_and_no_picture_is_opened(tmp_path: Path) -> None:
    seen = reading(line(OTHER, 0), line("谢谢", 80))
    assert again(tmp_path, Image.new("RGB", (9, 9)), seen, params(PASSAGE)) == seen


def test_a_line_that_has_a_witness_or_stands_in_the_bytes_is_left_alone(tmp_path: Path, written: Written) -> None:
    witness = Witness(reader="tesseract@1", text="x", confidence=0.5)
    seen = reading(line(PHRASE, 0, witness=witness), line(PHRASE, 80, exact=True))
    assert again(tmp_path, written([PHRASE, PHRASE]), seen, params(PASSAGE)) == seen


def test_a_second_engine_that_fails_costs_the_witness_and_not_the_reading(
    tmp_path: Path, written: Written, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise EngineFailed("engine-crashed", engine="tesseract", status=-9)

    monkeypatch.setattr(Tesseract, "reread", failing)
    seen = reading(line(PHRASE, 0))
    found = again(tmp_path, written([PHRASE]), seen, params(PASSAGE))
    assert found.records == seen.records
    assert [(note.code, note.values["failed"]) for note in found.notes] == [("witness-failed", "engine-crashed")]
