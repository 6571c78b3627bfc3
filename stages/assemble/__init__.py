"""The dossier: one PDF from everything that was found, laid out until its page numbers agree with themselves."""

from __future__ import annotations

from typing import Literal

from pipeline.contract import Inputs, Made, Settings, Shape, Stage, Tool
from pipeline.model import Case, Layout, Value
from pipeline.wording import Language

__all__ = ["STAGE", "Params"]


class Params(Value, frozen=True, kw_only=True):
    """The case, the document's language, and what travels inside the PDF."""

    case: Case
    language: Language = "zh-CN"
    attach: Literal["none", "manifest", "all"] = "manifest"


def _configure(case: Case, settings: Settings) -> Params:
    language: Language = "en" if (settings.language or case.language) == "en" else "zh-CN"
    attach: Literal["none", "manifest", "all"] = "manifest"
    if settings.attach == "none":
        attach = "none"
    elif settings.attach == "all":
        attach = "all"
    return Params(case=case, language=language, attach=attach)


def _tools(_params: object) -> tuple[Tool, ...]:
    from stages.assemble.fonts import tools

    return tools()


def _run(inputs: Inputs, params: Params) -> Made:
    from stages.assemble.build import build

    return build(inputs, params)


STAGE = Stage(
    name="assemble",
    version="3",
    shape=Shape.ALL,
    document=Layout,
    run=_run,
    configure=_configure,
    tools=_tools,
    needs=("timeline", "appraise", "annotate"),
    needs_custody=True,
    opens_exhibits=True,
    publishes=("dossier.pdf",),
)
