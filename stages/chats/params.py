"""What the case and the command line decide about reading a chat."""

from __future__ import annotations

from pipeline.contract import Settings, Source, zone_of
from pipeline.model import Case, Person, Value
from pipeline.moment import Zone

__all__ = ["Params", "configure", "params_of"]


class Params(Value, frozen=True, kw_only=True):
    """`people` joins names of one person and says whose side it is on; `format` is a reader asked for by id."""

    zone: Zone | None = None
    people: tuple[Person, ...] = ()
    date_order: str | None = None
    format: str | None = None


def configure(case: Case, settings: Settings) -> Params:
    """A zone of the command line wins over the case's; without either, times stay without one."""
    return Params(
        zone=zone_of(case, settings),
        people=case.people,
        date_order=settings.date_order,
        format=settings.format,
    )


def params_of(source: Source) -> Params:
    """The parameters of a file, the plain ones if it came without."""
    return source.params if isinstance(source.params, Params) else Params()
