"""What the case and the command line decide about reading a table."""

from __future__ import annotations

from typing import Literal

from pipeline.contract import Settings, Source
from pipeline.model import Case, Value
from pipeline.model import Source as Declared
from pipeline.moment import Zone
from stages.lang.text import nfc
from stages.lang.times import DateOrder

__all__ = ["Params", "configure", "declared_for", "params_of"]

_ORDERS: dict[str, DateOrder] = {"ymd": "ymd", "mdy": "mdy", "dmy": "dmy"}


class Params(Value, frozen=True, kw_only=True):
    """`only` are the order numbers that may be read, None for every one; `format` is a reader asked for by id."""

    zone: str | None = None
    zone_basis: Literal["case", "platform", "unknown"] = "unknown"
    only: tuple[str, ...] | None = ()
    sources: tuple[Declared, ...] = ()
    format: str | None = None
    date_order: DateOrder | None = None

    def where(self) -> Zone | None:
        """The zone of times that state none, if it is known."""
        if self.zone is None or self.zone_basis == "unknown":
            return None
        return Zone(name=self.zone, basis=self.zone_basis)


def configure(case: Case, settings: Settings) -> Params:
    """A zone of the command line wins over the case's; without either, times stay without one."""
    return Params(
        zone=settings.zone or case.zone,
        zone_basis="case" if settings.zone else case.zone_basis,
        only=None if settings.every_order else case.only,
        sources=case.sources,
        format=settings.format,
        date_order=_ORDERS.get(settings.date_order or ""),
    )


def params_of(source: Source) -> Params:
    """The parameters of a file, the plain ones if it came without."""
    return source.params if isinstance(source.params, Params) else Params()


def declared_for(name: str, params: Params) -> Declared | None:
    """The declaration of a file: by its path, else by its base name."""
    path = nfc(name)
    for sought in (path, path.rpartition("/")[2]):
        for declared in params.sources:
            if nfc(declared.file) == sought:
                return declared
    return None
