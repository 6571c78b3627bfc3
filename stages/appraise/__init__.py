"""Stage `appraise`: what the evidence says to each passage of the review, for and against, and what is missing."""

from __future__ import annotations

from pipeline.contract import Inputs, Made, Settings, Shape, Stage, zone_of
from pipeline.model import Appraisal, Case, Value
from pipeline.moment import Zone

__all__ = ["STAGE", "Params"]


class Params(Value, frozen=True, kw_only=True):
    """The case, the zone of times that state none, and the language of what is printed."""

    case: Case
    zone: Zone | None
    language: str


def _configure(case: Case, settings: Settings) -> Params:
    return Params(case=case, zone=zone_of(case, settings), language=settings.language or case.language)


def _run(inputs: Inputs, params: Params) -> Made:
    from stages.appraise import verdict

    return Made(document=verdict.reach(inputs.items, inputs.documents["timeline"], params))


STAGE = Stage(
    name="appraise",
    version="3",
    shape=Shape.ALL,
    document=Appraisal,
    run=_run,
    configure=_configure,
    needs=("timeline",),
)
