"""What the case and the command line decide about reading a table."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable
from typing import BinaryIO

from pipeline.contract import Settings, Source, zone_of
from pipeline.locate import WHOLE, Locator
from pipeline.model import Case, Unread, Value
from pipeline.model import Source as Declared
from pipeline.moment import Zone
from stages.lang.text import nfc
from stages.lang.times import DateOrder

__all__ = ["Params", "all_of", "configure", "declared_for", "json_cut", "params_of", "stream_of"]

_ORDERS: dict[str, DateOrder] = {"ymd": "ymd", "mdy": "mdy", "dmy": "dmy"}


class Params(Value, frozen=True, kw_only=True):
    """`only` are the order numbers that may be read, None for every one; `format` is a reader asked for by id."""

    zone: Zone | None = None
    only: tuple[str, ...] | None = ()
    links: tuple[str, ...] = ()
    """Further numbers of those orders: of their payments and parcels."""
    sources: tuple[Declared, ...] = ()
    format: str | None = None
    date_order: DateOrder | None = None


def configure(case: Case, settings: Settings) -> Params:
    """A zone of the command line wins over the case's; without either, times stay without one."""
    return Params(
        zone=zone_of(case, settings),
        only=None if settings.every_order else case.only,
        sources=case.sources,
        format=settings.format,
        date_order=_ORDERS.get(settings.date_order or ""),
    )


def params_of(source: Source) -> Params:
    """The parameters of a file, the plain ones if it came without."""
    return source.params if isinstance(source.params, Params) else Params()


def stream_of(source: Source) -> Callable[[], BinaryIO] | None:
    """What opens the file of a source; None where its bytes are all there is."""
    return source.stream if source.whole else None


def all_of(source: Source) -> bytes:
    """All bytes of a source, without a byte order mark."""
    with source.stream() as file:
        return file.read().removeprefix(codecs.BOM_UTF8)


def json_cut(source: Source, fault: int | None, count: int) -> Unread:
    """What is said of a file that is no JSON from a byte on (counted after its mark), `count` items standing before."""
    if not count:
        return Unread(code="json-broken", where=WHOLE)
    with source.stream() as file:
        mark = len(codecs.BOM_UTF8) if file.read(3) == codecs.BOM_UTF8 else 0
        size = file.seek(0, io.SEEK_END)
    offset = min((fault or 0) + mark, size)
    return Unread(code="json-cut", values={"offset": offset, "count": count}, where=Locator(span=(offset, size)))


def declared_for(name: str, params: Params) -> Declared | None:
    """The declaration of a file: by its path, else by its base name."""
    path = nfc(name)
    for sought in (path, path.rpartition("/")[2]):
        for declared in params.sources:
            if nfc(declared.file) == sought:
                return declared
    return None
