"""Names that platforms mask ("m***o"), as they are matched: engines read an o beside the stars as 0 or O.

What is matched is never what is quoted: a name stands as it was read.
"""

from __future__ import annotations

import re

from stages.lang.match import folded

__all__ = ["name_key"]

_MASK = re.compile(r"[*×✱∗﹡●•]{2,}|[*✱∗﹡]")
_ALIKE = str.maketrans("o", "0")


def name_key(name: str) -> str:
    """What two readings of one name have in common: the folded name; of a masked one with each run of stars as one,
    and o as 0. Names without a mask differ by these as they stand."""
    key = folded(name)[0]
    return _MASK.sub("*", key).translate(_ALIKE) if _MASK.search(key) else key
