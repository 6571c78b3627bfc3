"""Stage `timeline`: dated facts from every reading, on one line, each with its citation."""

from __future__ import annotations

from pipeline.contract import Inputs, Made, Settings, Shape, Stage, zone_of
from pipeline.model import Case, Person, ReviewClaim, Timeline, Value
from pipeline.moment import Zone

__all__ = ["STAGE", "Params"]


class Params(Value, frozen=True, kw_only=True):
    """What of the case decides the timeline."""

    language: str
    zone: Zone | None
    review: ReviewClaim
    people: tuple[Person, ...] = ()


def _configure(case: Case, settings: Settings) -> Params:
    language = settings.language or case.language
    return Params(language=language, zone=zone_of(case, settings), review=case.review, people=case.people)


def _run(inputs: Inputs, params: Params) -> Made:
    from stages.timeline import line, tables

    timeline = line.draw(inputs.items, params)
    return Made(document=timeline, files=tables.files(timeline))


STAGE = Stage(
    name="timeline",
    version="3",
    shape=Shape.ALL,
    document=Timeline,
    run=_run,
    configure=_configure,
    publishes=("timeline.json", "timeline.csv"),
)
