"""A stand-in for the reading of mutants, at one of which the process ends."""

from __future__ import annotations

import os
from collections.abc import Sequence

from tests.fuzz.check import Verdict

__all__ = ["deadly"]


def deadly(seed: int, indices: Sequence[int]) -> list[Verdict]:
    if 3 in indices:
        os._exit(9)
    return [Verdict(index, "a", 0.0, seed, "read a", "") for index in indices]
