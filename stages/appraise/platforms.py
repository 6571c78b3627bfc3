"""The platforms an appeal can go to: their names and zones, from platforms.toml."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["name_of", "zones"]


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("stages.appraise") / "platforms.toml").read_text("utf-8"))


def zones() -> dict[str, str | None]:
    """Every platform's id, and its zone where it has one."""
    return {identity: entry.get("zone") for identity, entry in _table().items()}


def name_of(identity: str | None, language: str) -> str:
    """What a platform is called; nothing for none."""
    entry = _table().get(identity or "", {})
    return str(entry.get("en" if language == "en" else "zh-CN", ""))
