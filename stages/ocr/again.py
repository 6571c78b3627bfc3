"""Stage `again`: the lines that carry a passage which the case quotes get a second witness too.

It stands apart from `ocr` so that editing a claim reads a few lines again, and no picture.
"""

from __future__ import annotations

from pipeline.contract import Inputs, Made, Settings, Shape, Stage, Tool
from pipeline.model import Case, Reading, Value
from stages.lang.match import folded
from stages.ocr import STAGE as OCR
from stages.ocr import Params as Pictures

__all__ = ["STAGE", "Params"]


class Params(Value, frozen=True, kw_only=True):
    """`passages` are what the claims quote and answer, folded, sorted; none where there is no second engine."""

    pictures: Pictures
    passages: tuple[str, ...] = ()


def _configure(case: Case, settings: Settings) -> Params:
    pictures = OCR.configure(case, settings)
    assert isinstance(pictures, Pictures)
    if pictures.engine != "both":
        return Params(pictures=pictures)
    said = {folded(passage)[0] for claim in case.claims for passage in (claim.says, *claim.quotes)}
    return Params(pictures=pictures, passages=tuple(sorted(said - {""})))


def _tools(params: Params) -> tuple[Tool, ...]:
    return OCR.tools(params.pictures) if params.passages else ()


def _run(inputs: Inputs, params: Params) -> Made:
    seen: Reading = inputs.documents["ocr"]
    if not params.passages:
        return Made(document=seen)
    from stages.ocr.passages import witnessed_passages

    found = witnessed_passages(inputs, seen, params.pictures, params.passages)
    return Made(document=found, transient=any(note.code == "witness-failed" for note in found.notes))


STAGE = Stage(
    name="again",
    version="1",
    shape=Shape.EACH,
    document=Reading,
    run=_run,
    configure=_configure,
    accepts=OCR.accepts,
    tools=_tools,
    needs=("ocr",),
    supersedes=("ocr",),
)
