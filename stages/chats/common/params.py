"""What the case and the command line decide about reading a chat."""

from __future__ import annotations

from pipeline.contract import Settings, Source, zone_of
from pipeline.model import Case, Person, Value
from pipeline.model import Source as Declared
from pipeline.moment import Zone
from stages.lang.customers import customers_of
from stages.lang.text import nfc
from stages.lang.times import DateOrder

__all__ = ["Params", "configure", "params_of"]

_ORDERS: dict[str, DateOrder] = {"ymd": "ymd", "mdy": "mdy", "dmy": "dmy"}


class Params(Value, frozen=True, kw_only=True):
    """`people` joins names of one person and says whose side it is on; `format` is a reader asked for by id.

    `customers` are the names whose conversations may be read from a file that holds those of several people, None for
    all. `sources` are what the case declares about single files. `zone` and `date_order` hold where no source says
    otherwise: use `zone_for` and `order_for`.
    """

    zone: Zone | None = None
    people: tuple[Person, ...] = ()
    customers: tuple[str, ...] | None = None
    sources: tuple[Declared, ...] = ()
    date_order: DateOrder | None = None
    format: str | None = None

    def declared_for(self, name: str) -> Declared | None:
        """What the case declares about a file: by its path, else by its base name."""
        path = nfc(name)
        for sought in (path, path.rpartition("/")[2]):
            for declared in self.sources:
                if nfc(declared.file) == sought:
                    return declared
        return None

    def zone_for(self, name: str) -> Zone | None:
        """The zone of the times of a file that state none."""
        said = _time(self.declared_for(name)).get("zone")
        return self.zone if said is None else Zone(name=said, basis="case")

    def order_for(self, name: str) -> DateOrder | None:
        """The order of day, month and year that a person stated for a file."""
        return self.date_order or _ORDERS.get(_time(self.declared_for(name)).get("order", ""))


def configure(case: Case, settings: Settings) -> Params:
    """A zone of the command line wins over the case's; without either, times stay without one."""
    return Params(
        zone=zone_of(case, settings),
        people=case.people,
        customers=customers_of(case, settings),
        sources=case.sources,
        date_order=_ORDERS.get(settings.date_order or ""),
        format=settings.format,
    )


def params_of(source: Source) -> Params:
    """The parameters of a file, the plain ones if it came without."""
    return source.params if isinstance(source.params, Params) else Params()


def _time(declared: Declared | None) -> dict[str, str]:
    return declared.time if declared else {}
