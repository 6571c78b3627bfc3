"""Times written as RFC 3339, which state their offset: the wording itself is the moment."""

from __future__ import annotations

import re
from typing import Any

from pipeline.moment import Moment

__all__ = ["with_offset"]

_RFC3339 = re.compile(
    r"(?P<wall>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(?P<fraction>\d{1,9}))?(?P<offset>Z|[+-]\d\d:\d\d)", re.ASCII
)


def with_offset(said: Any) -> Moment | None:
    """The moment of "2026-03-02T14:03:05+08:00"; None for anything else, and for the year 1 that means no time."""
    match = _RFC3339.fullmatch(said) if isinstance(said, str) else None
    if match is None or said.startswith("0001"):
        return None
    offset = "+00:00" if match["offset"] == "Z" else match["offset"]
    digits = (match["fraction"] or "").ljust(3, "0")[:3]
    exact = digits != "000"
    start = f"{match['wall']}.{digits}{offset}" if exact else match["wall"] + offset
    try:
        return Moment(said=said, start=start, end=start, grain="millisecond" if exact else "second", zone="stated",
                      date="stated")  # fmt: skip
    except ValueError:
        return None
