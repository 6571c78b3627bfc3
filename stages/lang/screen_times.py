"""Times as people see them on a screen: "昨天 21:14", "3天前", "星期二 14:03", "03-02", "刚刚", "编辑于 03-05".

A closed grammar: what it does not know is no time. A time without a date of its own is resolved against the moment at
which the screen was captured; without such an anchor it has no date.
"""

from __future__ import annotations

from typing import NamedTuple

from pipeline.moment import Moment

__all__ = ["Anchor"]


class Anchor(NamedTuple):
    """When a screen was captured, and what says so (an EXIF tag, a pattern of file names, with the clock it shows)."""

    at: Moment
    basis: str
