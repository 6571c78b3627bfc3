"""Stage `seal`: findings with their pages, notes, the manifest and the checksums of everything that was made."""

from __future__ import annotations

from pipeline.contract import Inputs, Made, Settings, Shape, Stage
from pipeline.model import Case, Value

__all__ = ["STAGE", "Params", "Sealed"]


class Params(Value, frozen=True, kw_only=True):
    """The language in which notes are worded."""

    language: str


class Sealed(Value, frozen=True, kw_only=True):
    """What was sealed: the bare digest of SHA256SUMS, and how many files it names."""

    sums: str
    files: int


def _configure(case: Case, settings: Settings) -> Params:
    return Params(language=settings.language or case.language)


def _run(inputs: Inputs, params: Params) -> Made:
    from stages.seal import outputs

    files = outputs.files(inputs, params.language)
    sums = outputs.sums_of(files)
    return Made(document=Sealed(sums=sums, files=files["SHA256SUMS"].count(b"\n")), files=files)


STAGE = Stage(
    name="seal",
    version="1",
    shape=Shape.ALL,
    document=Sealed,
    run=_run,
    configure=_configure,
    needs=("timeline", "appraise", "annotate", "assemble"),
    publishes=("findings.json", "notes.json", "manifest.json", "SHA256SUMS"),
)
