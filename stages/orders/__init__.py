"""Order tables: from the rows of an export to orders, only those the case is about.

The formats stand in readers.py; `reread` gives back what stands in cited rows.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pipeline.contract import Inputs, Made, Reader, Shape, Source, Stage, read_best
from pipeline.locate import Locator
from pipeline.model import Exhibit, Ingested, Reading
from stages.lang.encoding import HEAD
from stages.orders.params import Params, configure, declared_for
from stages.sheets.container import engine, forget, is_workbook

__all__ = ["STAGE", "Params", "accepts", "read_with", "reread"]


def reread(data: bytes, where: Locator) -> str:
    """The cells of the cited rows: a line a row, a tab between cells, each as printed. `Unlocatable` if not there."""
    from stages.orders.cite import cited

    return cited(data, where)


def accepts(ingested: Ingested | None) -> bool:
    """Tables, and texts, which may hold one."""
    return ingested is not None and ingested.kind in {"table", "text"}


def _name(exhibit: Exhibit | None, params: Params) -> str:
    """The name a declaration goes by, if any of the exhibit's names is declared; else its first."""
    names = [receipt.name for receipt in exhibit.receipts] if exhibit else [""]
    return next((name for name in names if declared_for(name, params)), names[0])


def _run(inputs: Inputs, params: Params) -> Made:
    from stages.orders.closed import why_closed
    from stages.orders.readers import ORDERS

    return read_with(ORDERS, inputs, params, why_closed)


def read_with(
    readers: tuple[Reader, ...],
    inputs: Inputs,
    params: Params,
    otherwise: Callable[[Source], Reading | None] = lambda _: None,
) -> Made:
    """What the best of the readers makes of the file; `otherwise` tells why none of them opens it."""
    original = inputs.original()
    source = Source(data=_data(original), name=_name(inputs.exhibit, params), params=params, whole=original)
    try:
        reading = read_best(readers, source, wanted=params.format, unit="rows")
        return Made(document=reading if reading.reader else otherwise(source) or reading)
    finally:
        forget()


def _data(path: Path) -> bytes:
    """A workbook, which is held whole while it is read; of a text, which passes, the head."""
    with path.open("rb") as file:
        head = file.read(2 * HEAD)
        return head + file.read() if is_workbook(head) else head


STAGE = Stage(
    name="orders",
    version="3",
    shape=Shape.EACH,
    document=Reading,
    run=_run,
    configure=configure,
    accepts=accepts,
    tools=engine,
    needs=("ingest",),
    reads_name=True,
)
