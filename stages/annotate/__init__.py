"""Stage `annotate`: which places of which exhibits are marked, with what number and what note beside them."""

from __future__ import annotations

from pipeline.contract import Inputs, Made, Settings, Shape, Stage
from pipeline.model import Case, Marks, Value

__all__ = ["STAGE", "Params"]


class Params(Value, frozen=True, kw_only=True):
    """The case, for the review's own words, and the language of the notes."""

    case: Case
    language: str


def _configure(case: Case, settings: Settings) -> Params:
    return Params(case=case, language=settings.language or case.language)


def _run(inputs: Inputs, params: Params) -> Made:
    from stages.annotate import callouts

    marks = callouts.number(inputs.items, inputs.documents["timeline"], inputs.documents["appraise"], params)
    return Made(document=Marks(marks=marks))


STAGE = Stage(
    name="annotate",
    version="3",
    shape=Shape.ALL,
    document=Marks,
    run=_run,
    configure=_configure,
    needs=("timeline", "appraise"),
)
