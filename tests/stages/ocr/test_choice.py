"""Which engines read, by what was asked for and what the machine has."""

from pathlib import Path

import pytest

from pipeline.contract import Settings
from pipeline.errors import Exit, MachineLacks
from pipeline.model import Case
from pipeline.wording import WORDINGS
from stages.ocr import STAGE, Params
from stages.ocr.engines import rapidocr


@pytest.fixture
def no_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture
def no_rapidocr(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rapidocr, "_found", lambda _: None)
    monkeypatch.setattr(rapidocr, "_folder", rapidocr._folder.__wrapped__)


def engine(option: str) -> str:
    params = STAGE.configure(Case(), Settings(ocr=option))
    assert isinstance(params, Params)
    STAGE.tools(params)
    return params.engine


def lacks(option: str) -> str:
    with pytest.raises(MachineLacks) as caught:
        engine(option)
    assert caught.value.exit == Exit.LACKING
    assert caught.value.code in WORDINGS
    return caught.value.code


@pytest.mark.parametrize(
    ("option", "found"),
    [("auto", "both"), ("tesseract", "tesseract"), ("rapidocr", "rapidocr"), ("both", "both"), ("none", "none")],
)
def test_where_both_are_installed(option: str, found: str) -> None:
    assert engine(option) == found


@pytest.mark.usefixtures("no_tesseract")
def test_without_tesseract() -> None:
    assert [engine(option) for option in ("auto", "rapidocr", "none")] == ["rapidocr", "rapidocr", "none"]
    assert [lacks(option) for option in ("tesseract", "both")] == ["tesseract-missing", "tesseract-missing"]


@pytest.mark.usefixtures("no_rapidocr")
def test_without_rapidocr() -> None:
    assert [engine(option) for option in ("auto", "tesseract", "none")] == ["tesseract", "tesseract", "none"]
    assert [lacks(option) for option in ("rapidocr", "both")] == ["rapidocr-missing", "rapidocr-missing"]


@pytest.mark.usefixtures("no_rapidocr", "no_tesseract")
def test_without_either_it_says_what_to_install() -> None:
    assert lacks("auto") == "no-engine"
    assert engine("none") == "none"


def test_the_fingerprint_names_every_engine_its_runtime_and_its_data() -> None:
    tools = STAGE.tools(Params(engine="both"))
    names = [tool.name for tool in tools]
    assert names[0] == "rapidocr"
    assert names[1] in {"openvino", "onnxruntime"}
    assert names[2:] == [
        "rapidocr-PP-OCRv6_det_small",
        "rapidocr-PP-OCRv6_rec_small",
        "tesseract",
        "tesseract-data-chi_sim",
        "tesseract-data-eng",
        "pypdfium2",
    ]
    assert all(tool.version.startswith("sha256:") for tool in (*tools[2:4], *tools[5:7]))
    assert all(tool.path is None for tool in tools)
