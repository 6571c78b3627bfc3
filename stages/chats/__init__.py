"""Chat exports: from text to messages, each with its place, its sender as written and its time as far as known."""

from __future__ import annotations

from pipeline.contract import Inputs, Made, Reader, Shape, Source, Stage, read_best
from pipeline.model import Ingested, Reading
from stages.chats import wechat_share
from stages.chats.params import Params, configure

__all__ = ["READERS", "STAGE", "Params"]

READERS: tuple[Reader, ...] = (wechat_share.READER,)


def _accepts(ingested: Ingested | None) -> bool:
    return ingested is not None and ingested.kind == "text"


def _run(inputs: Inputs, params: Params) -> Made:
    name = inputs.exhibit.name if inputs.exhibit else ""
    source = Source(data=inputs.data(), name=name, params=params)
    return Made(document=read_best(READERS, source, wanted=params.format, unit="lines"))


STAGE = Stage(
    name="chats",
    version="1",
    shape=Shape.EACH,
    document=Reading,
    run=_run,
    configure=configure,
    accepts=_accepts,
    needs=("ingest",),
    reads_name=True,
)
