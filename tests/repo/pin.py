"""Pins each stage's source and version: run it after a stage's version was raised, or its change was meant."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from stages import ORDER

ROOT = Path(__file__).parents[2]
PINS = ROOT / "tests" / "pins" / "stages.json"


_SHARED = re.compile(r"from stages\.(lang|raster|sheets)(?:\.(\w+) import| import ([\w, ]+))")


def pin_of(name: str) -> dict[str, str]:
    """A stage's version and the digest of all its source, and of the shared helpers it uses, in the order of names."""
    stage = next(stage for stage in ORDER if stage.name == name)
    digest = hashlib.sha256()
    for path in sorted(with_helpers(set((ROOT / "stages" / name).rglob("*")))):
        if path.suffix in (".py", ".toml"):
            digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return {"version": stage.version, "source": digest.hexdigest()}


def with_helpers(paths: set[Path]) -> set[Path]:
    """The files, and every module of stages.lang, stages.raster and stages.sheets that they import, directly or not."""
    found = {
        ROOT / "stages" / folder / f"{module.strip()}.py"
        for path in paths
        if path.suffix == ".py"
        for folder, one, several in _SHARED.findall(path.read_text("utf-8"))
        for module in (one or several).split(",")
    }
    return paths if found <= paths else with_helpers(paths | found)


if __name__ == "__main__":
    PINS.parent.mkdir(exist_ok=True)
    pins = {stage.name: pin_of(stage.name) for stage in ORDER}
    PINS.write_text(json.dumps(pins, indent=1) + "\n", encoding="utf-8")
