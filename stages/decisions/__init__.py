"""Stage `decisions`: what a person ruled about doubtful readings, laid over what the machine read."""

from __future__ import annotations

from pipeline.contract import Inputs, Made, Settings, Shape, Stage
from pipeline.model import Case, Ingested, Reading, Ruling, Value

__all__ = ["STAGE", "Params"]


class Params(Value, frozen=True, kw_only=True):
    """The rulings of the case, each with the digest of its exhibit."""

    rulings: tuple[Ruling, ...] = ()


def _configure(case: Case, settings: Settings) -> Params:
    del settings
    return Params(rulings=case.rulings)


def _accepts(ingested: Ingested | None) -> bool:
    return ingested is not None and ingested.kind in ("image", "pdf") and not ingested.unread


def _run(inputs: Inputs, params: Params) -> Made:
    from stages.decisions.apply import applied

    read: Reading = inputs.documents.get("again") or inputs.documents["ocr"]
    own = [ruling for ruling in params.rulings if inputs.exhibit and ruling.digest == inputs.exhibit.digest]
    return Made(document=applied(read, own))


STAGE = Stage(
    name="decisions",
    version="1",
    shape=Shape.EACH,
    document=Reading,
    run=_run,
    configure=_configure,
    accepts=_accepts,
    needs=("ocr",),
    uses=("again",),
    supersedes=("ocr", "again"),
)
