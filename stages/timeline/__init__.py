"""Stage `timeline`: dated facts from every reading, on one line, each with its citation."""

from __future__ import annotations

from pipeline.contract import Inputs, Made, Settings, Shape, Stage
from pipeline.model import Case, ReviewClaim, Timeline, Value

__all__ = ["STAGE", "Params"]


class Params(Value, frozen=True, kw_only=True):
    """What of the case decides the timeline."""

    language: str
    zone: str | None
    zone_basis: str
    review: ReviewClaim


def _configure(case: Case, settings: Settings) -> Params:
    zoned = settings.zone or case.zone
    return Params(
        language=settings.language or case.language,
        zone=zoned,
        zone_basis="case" if settings.zone else case.zone_basis,
        review=case.review,
    )


def _run(inputs: Inputs, params: Params) -> Made:
    from stages.timeline import line, tables

    timeline = line.draw(inputs.items, params)
    return Made(document=timeline, files=tables.files(timeline))


STAGE = Stage(
    name="timeline",
    version="1",
    shape=Shape.ALL,
    document=Timeline,
    run=_run,
    configure=_configure,
    publishes=("timeline.json", "timeline.csv"),
)
