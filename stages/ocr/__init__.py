"""Reading the text in pictures: lines and words with their boxes, by engines that can be exchanged."""

from __future__ import annotations

from pipeline.contract import Inputs, Made, Settings, Shape, Stage, Tool
from pipeline.model import Case, Ingested, Reading, Value

__all__ = ["STAGE", "Params"]


class Params(Value, frozen=True, kw_only=True):
    """How pictures are read.

    `engine` is tesseract, rapidocr, both or none. `seconds` is the longest that an engine may take for one piece of a
    picture, `band` the greatest height of a piece in pixels.
    """

    engine: str
    languages: tuple[str, ...] = ("chi_sim", "eng")
    seconds: int = 120
    band: int = 3600


def _configure(case: Case, settings: Settings) -> Params:
    from stages.ocr.choice import chosen

    del case
    some = Params(engine="none")
    return Params(engine=chosen(settings.ocr, some.languages, some.seconds))


def _accepts(ingested: Ingested | None) -> bool:
    """Every picture that ingest could decode, and so measure, and every PDF that it could open."""
    if ingested is None or ingested.kind not in ("image", "pdf"):
        return False
    return ingested.width is not None if ingested.kind == "image" else not ingested.unread


def _tools(params: Params) -> tuple[Tool, ...]:
    from importlib.metadata import version

    from stages.ocr.choice import tools_of

    pages = Tool(name="pypdfium2", version=version("pypdfium2"))
    return (*tools_of(params.engine, params.languages, params.seconds), pages)


def _run(inputs: Inputs, params: Params) -> Made:
    from stages.ocr.pdf import read_pages
    from stages.ocr.read import read
    from stages.raster.containers import starts_as_pdf

    reading = read_pages(inputs, params) if starts_as_pdf(inputs.original()) else read(inputs, params)
    codes = [*(note.code for note in reading.notes), *(span.code for span in reading.unread)]
    return Made(document=reading, transient=any(code.startswith(("engine-", "witness-")) for code in codes))


STAGE = Stage(
    name="ocr",
    version="3",
    shape=Shape.EACH,
    document=Reading,
    run=_run,
    configure=_configure,
    accepts=_accepts,
    tools=_tools,
)
