"""What a file is, told by its content and never by its name: pictures, tables, text, archives and the rest."""

from __future__ import annotations

from pipeline.contract import Inputs, Made, Settings, Shape, Stage, Tool
from pipeline.model import Case, Ingested, Value
from stages.lang.customers import customers_of

__all__ = ["STAGE", "Params"]


class Params(Value, frozen=True, kw_only=True):
    """What a file is does not depend on the case; which mails of an mbox may be opened does.

    `customers` are the people whose mails those are, None for all.
    """

    customers: tuple[str, ...] | None = None


def _configure(case: Case, settings: Settings) -> Params:
    return Params(customers=customers_of(case, settings))


def _tools(params: Params) -> tuple[Tool, ...]:
    from importlib.metadata import version

    del params
    return tuple(Tool(name=name, version=version(name)) for name in ("pillow", "pi-heif", "pypdfium2"))


def _run(inputs: Inputs, params: Params) -> Made:
    from stages.ingest.identify import identify

    return identify(inputs, params.customers)


STAGE = Stage(
    name="ingest",
    version="3",
    shape=Shape.EACH,
    document=Ingested,
    run=_run,
    configure=_configure,
    tools=_tools,
    reads_name=True,
)
