"""Reading the text in pictures: lines and words with their boxes, by an engine that can be exchanged."""

from __future__ import annotations

from pipeline.contract import Inputs, Made, Settings, Shape, Stage, Tool
from pipeline.errors import MachineLacks
from pipeline.model import Case, Ingested, Reading, Value

__all__ = ["STAGE", "Params"]

_ENGINES = {"auto": "tesseract", "tesseract": "tesseract", "none": "none"}


class Params(Value, frozen=True, kw_only=True):
    """How pictures are read.

    `engine` is tesseract or none. `seconds` is the longest that the engine may take for one piece of a picture,
    `band` the greatest height of a piece in pixels.
    """

    engine: str
    languages: tuple[str, ...] = ("chi_sim", "eng")
    seconds: int = 120
    band: int = 3600


def _configure(case: Case, settings: Settings) -> Params:
    del case
    if settings.ocr not in _ENGINES:
        raise MachineLacks("engine-not-installed", engine=settings.ocr)
    return Params(engine=_ENGINES[settings.ocr])


def _accepts(ingested: Ingested | None) -> bool:
    """Every picture that ingest could decode, and so measure."""
    return ingested is not None and ingested.kind == "image" and ingested.width is not None


def _tools(params: Params) -> tuple[Tool, ...]:
    if params.engine == "none":
        return ()
    from stages.ocr.engines import tesseract

    return tesseract.Tesseract(params.languages, params.seconds).fingerprint()


def _run(inputs: Inputs, params: Params) -> Made:
    from stages.ocr.read import read

    reading = read(inputs, params)
    return Made(document=reading, transient=any(span.code.startswith("engine-") for span in reading.unread))


STAGE = Stage(
    name="ocr",
    version="1",
    shape=Shape.EACH,
    document=Reading,
    run=_run,
    configure=_configure,
    accepts=_accepts,
    tools=_tools,
)
