"""Chat exports: from text to messages, each with its place, its sender as written and its time as far as known."""

from __future__ import annotations

from pathlib import Path

import msgspec

from pipeline.contract import Inputs, Made, Shape, Source, Stage, read_best
from pipeline.locate import Locator
from pipeline.model import Exhibit, Ingested, Reading, Unread
from stages.chats.common.params import Params, configure
from stages.sheets.container import engine

__all__ = ["MOST", "STAGE", "Params"]

MOST = 256 << 20
"""Bytes of one file that are held at once. Of a longer one the rest stays unread, unless its reader streams."""


def _accepts(ingested: Ingested | None) -> bool:
    return ingested is not None and ingested.kind in {"text", "table"}


def _name(exhibit: Exhibit | None, params: Params) -> str:
    """The name a declaration goes by, if any of the exhibit's names is declared; else its first."""
    names = [receipt.name for receipt in exhibit.receipts] if exhibit else [""]
    return next((name for name in names if params.declared_for(name)), names[0])


def _run(inputs: Inputs, params: Params) -> Made:
    from stages.chats.common.attach import attached
    from stages.chats.formats import READERS

    original = inputs.original()
    source = Source(
        data=_first(original),
        name=_name(inputs.exhibit, params),
        params=params,
        siblings=inputs.siblings,
        path=inputs.path,
        whole=original,
    )
    declared = params.declared_for(source.name)
    stated = declared.format if declared and declared.format in {reader.id for reader in READERS} else None
    reading = read_best(READERS, source, wanted=params.format or stated, unit="lines")
    streamed = any(reader.streams for reader in READERS if reader.tag == reading.reader)
    if reading.reader and not streamed:
        reading = _with_rest(reading, original, len(source.data))
    return Made(document=attached(reading, source))


def _first(path: Path) -> bytes:
    """The file, or of one beyond the limit its first whole lines."""
    with path.open("rb") as file:
        data = file.read(MOST)
        return data if not file.read(1) else data[: data.rfind(b"\n") + 1] or data


def _with_rest(reading: Reading, path: Path, held: int) -> Reading:
    """The reading of a file beyond the limit, with what was not looked at counted as unread."""
    size = path.stat().st_size
    if size == held:
        return reading
    unread = Unread(code="file-beyond-limit", values={"megabytes": held >> 20}, where=Locator(span=(held, size)))
    balance = reading.balance
    if balance.unit == "lines":
        rest = _count_lines(path, held)
        balance = msgspec.structs.replace(balance, total=balance.total + rest, unread=balance.unread + rest)
    return msgspec.structs.replace(reading, unread=(*reading.unread, unread), balance=balance)


def _count_lines(path: Path, start: int) -> int:
    """The lines from byte `start` on."""
    count, last = 0, b"\n"
    with path.open("rb") as file:
        file.seek(start)
        while chunk := file.read(1 << 20):
            count, last = count + chunk.count(b"\n"), chunk[-1:]
    return count + (last != b"\n")


STAGE = Stage(
    name="chats",
    version="2",
    shape=Shape.EACH,
    document=Reading,
    run=_run,
    configure=configure,
    accepts=_accepts,
    tools=engine,
    needs=("ingest",),
    reads_name=True,
    reads_siblings=True,
)
