"""Stage `screens`: from lines on a screen to what they mean: messages, orders, reviews, scans, payments."""

from __future__ import annotations

from pipeline.contract import Inputs, Made, Settings, Shape, Stage, zone_of
from pipeline.model import Case, Ingested, Person, Reading, Value
from pipeline.moment import Zone

__all__ = ["STAGE", "Params"]


class Params(Value, frozen=True, kw_only=True):
    """The zone of times that state none, who is who, and the order numbers that may be read, None for every one.

    `date_order` is that of dates of digits alone: ymd, mdy or dmy.
    """

    zone: Zone | None = None
    people: tuple[Person, ...] = ()
    only: tuple[str, ...] | None = None
    date_order: str | None = None


def _configure(case: Case, settings: Settings) -> Params:
    only = None if settings.every_order else case.only
    return Params(zone=zone_of(case, settings), people=case.people, only=only, date_order=settings.date_order)


def _accepts(ingested: Ingested | None) -> bool:
    return ingested is not None and ingested.kind in ("image", "pdf") and not ingested.unread


def _run(inputs: Inputs, params: Params) -> Made:
    from stages.screens.read import read

    return Made(document=read(inputs, params))


STAGE = Stage(
    name="screens",
    version="1",
    shape=Shape.EACH,
    document=Reading,
    run=_run,
    configure=_configure,
    accepts=_accepts,
    needs=("ingest", "decisions"),
    uses=("exif",),
    supersedes=("ocr", "again", "decisions"),
)
