"""A zip that arrives: it becomes a case folder, if it is one, or lies in the inbox of a case of its own name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path, PurePath

from pipeline.watch.meter import Meter
from pipeline.watch.names import fit, is_own, vacant
from pipeline.watch.tree import DEEPEST
from stages.ingest.archive import container, names_in, unpack

__all__ = ["Unzipped", "name_of", "unzip"]

_CASE = "case.toml"


class Unzipped(Enum):
    """How much of a zip now lies in the case: all, or not all."""

    WHOLE = "whole"
    PARTLY = "partly"


def name_of(packed: Path) -> str:
    """The name of the case that a zip becomes: that of the folder in it which is a case, else its own."""
    cases = _cases_in(_listed(packed))
    return fit(cases[0][-1]) if len(cases) == 1 and cases[0] else fit(packed.stem)


def unzip(packed: Path, home: Path, scratch: Path, meter: Meter) -> Unzipped:
    """Make a case folder at `home`.

    A zip that holds a case.toml, at its top or a few folders down, is unpacked: names that lead out, bombs and links
    are left in it. Evidence beside case.toml goes into the inbox. Several cases are unpacked as they are: they are not
    one case, and whoever looks finds each. Any other zip stays packed, for the build.
    """
    (home / "inbox").mkdir(parents=True, exist_ok=True)
    cases = _cases_in(_listed(packed))
    if not cases:
        return Unzipped.PARTLY
    unpacked = container(packed)
    meter.begin("watch-page-unpacks", unpacked.unpacked if unpacked else 0)
    ingested, files = unpack(packed, scratch, nested=True, hear=meter.add)
    members = [_parts(member.name) for member in ingested.members]
    above = cases[0]
    has_inbox = any(parts[: len(above) + 1] == (*above, "inbox") for parts in members)
    for number, parts in enumerate(members):
        is_one = len(cases) == 1
        target = _place(home, parts, above, has_inbox) if is_one else vacant(home, PurePath(*map(fit, parts)))
        target.parent.mkdir(parents=True, exist_ok=True)
        files[str(number)].rename(target)
    return Unzipped.PARTLY if ingested.unread or not members else Unzipped.WHOLE


def _place(home: Path, parts: tuple[str, ...], above: tuple[str, ...], has_inbox: bool) -> Path:
    """Where a member goes. Without an inbox in the zip, what is not the case's own is evidence."""
    if parts[: len(above)] == above:
        inside = tuple(map(fit, parts[len(above) :])) or ("_",)
        if inside[0] == "inbox" and len(inside) > 1:
            return vacant(home / "inbox", PurePath(*inside[1:]))
        if inside[0] != "inbox" and (has_inbox or is_own(inside[0])):
            return vacant(home, PurePath(*inside))
        return vacant(home / "inbox", PurePath(*inside))
    return vacant(home / "inbox", PurePath(*map(fit, parts)))


def _cases_in(names: Iterator[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The folders above each case.toml that counts; one below another case belongs to that."""
    cases = [parts[:-1] for parts in names if parts and parts[-1] == _CASE and parts[0] != "__MACOSX"]
    near = sorted({above for above in cases if len(above) <= DEEPEST})
    return [above for above in near if not any(above[: len(other)] == other for other in near if other != above)]


def _listed(packed: Path) -> Iterator[tuple[str, ...]]:
    return map(_parts, names_in(packed))


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[/\\]", name) if part not in ("", "."))
