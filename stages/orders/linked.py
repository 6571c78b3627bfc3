"""The stage that follows the numbers of the case's orders through bills, after-sale tables and parcel records."""

from __future__ import annotations

import msgspec

from pipeline.contract import Inputs, Made, Shape, Stage
from pipeline.model import Reading
from stages.orders import accepts, read_with
from stages.orders.params import Params, configure
from stages.sheets.container import engine

__all__ = ["STAGE"]


def _run(inputs: Inputs, params: Params) -> Made:
    from stages.orders.readers import LINKED

    return read_with(LINKED, inputs, msgspec.structs.replace(params, links=tuple(sorted(inputs.links))))


STAGE = Stage(
    name="linked",
    version="1",
    shape=Shape.EACH,
    document=Reading,
    run=_run,
    configure=configure,
    accepts=accepts,
    tools=engine,
    needs=("ingest",),
    reads_name=True,
    links_from=("screens", "orders"),
)
