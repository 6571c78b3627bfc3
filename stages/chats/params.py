"""What the case and the command line decide about reading a chat."""

from __future__ import annotations

from typing import Literal

from pipeline.contract import Settings, Source
from pipeline.model import Case, Person, Value
from pipeline.moment import Zone

__all__ = ["Params", "configure", "params_of"]


class Params(Value, frozen=True, kw_only=True):
    """`people` joins names of one person and says whose side it is on; `format` is a reader asked for by id."""

    zone: str | None = None
    zone_basis: Literal["case", "platform", "unknown"] = "unknown"
    people: tuple[Person, ...] = ()
    date_order: str | None = None
    format: str | None = None

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
        people=case.people,
        date_order=settings.date_order,
        format=settings.format,
    )


def params_of(source: Source) -> Params:
    """The parameters of a file, the plain ones if it came without."""
    return source.params if isinstance(source.params, Params) else Params()
