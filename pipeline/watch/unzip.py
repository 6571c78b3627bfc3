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
    above = _case_in(_listed(packed))
    return fit(above[-1]) if above else fit(packed.stem)


def unzip(packed: Path, home: Path, scratch: Path, meter: Meter) -> Unzipped:
    """Make a case folder at `home`.

    A zip that holds a case.toml, at its top or a few folders down, is unpacked: names that lead out, bombs and links
    are left in it. Evidence beside case.toml goes into the inbox. Any other zip stays packed, for the build.
    """
    (home / "inbox").mkdir(parents=True, exist_ok=True)
    above = _case_in(_listed(packed))
    if above is None:
        return Unzipped.PARTLY
    unpacked = container(packed)
    meter.begin("watch-page-unpacks", unpacked.unpacked if unpacked else 0)
    ingested, files = unpack(packed, scratch, nested=True, hear=meter.add)
    members = [_parts(member.name) for member in ingested.members]
    has_inbox = any(parts[: len(above) + 1] == (*above, "inbox") for parts in members)
    for number, parts in enumerate(members):
        target = _place(home, parts, above, has_inbox)
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


def _case_in(names: Iterator[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The folders above the case.toml that counts: the topmost."""
    cases = [parts[:-1] for parts in names if parts and parts[-1] == _CASE and parts[0] != "__MACOSX"]
    found = [above for above in cases if len(above) <= DEEPEST]
    return min(found, key=len, default=None)


def _listed(packed: Path) -> Iterator[tuple[str, ...]]:
    return map(_parts, names_in(packed))


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[/\\]", name) if part not in ("", "."))
