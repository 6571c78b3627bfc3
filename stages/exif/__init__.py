"""Dates that a picture carries: in its metadata, and in the name a phone or a program gave it.

When a file was last changed on a disk is never a fact and is never looked at.
"""

from __future__ import annotations

from pipeline.contract import Inputs, Made, Settings, Shape, Stage, Tool, zone_of
from pipeline.model import Case, Ingested, Reading, Value
from pipeline.moment import Zone

__all__ = ["STAGE", "Params"]


class Params(Value, frozen=True, kw_only=True):
    """The zone of times that state none; without one they stay zone-less."""

    zone: Zone | None = None


def _configure(case: Case, settings: Settings) -> Params:
    return Params(zone=zone_of(case, settings))


def _accepts(ingested: Ingested | None) -> bool:
    """Every picture, also one whose pixels cannot be decoded: its date may still be read."""
    return ingested is not None and ingested.kind == "image"


def _tools(params: Params) -> tuple[Tool, ...]:
    from importlib.metadata import version

    del params
    return tuple(Tool(name=name, version=version(name)) for name in ("exifread", "pillow", "pi-heif"))


def _run(inputs: Inputs, params: Params) -> Made:
    from stages.exif.dating import date

    return Made(document=date(inputs, params))


STAGE = Stage(
    name="exif",
    version="2",
    shape=Shape.EACH,
    document=Reading,
    run=_run,
    configure=_configure,
    accepts=_accepts,
    tools=_tools,
    reads_name=True,
)
