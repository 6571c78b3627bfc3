"""Why nothing can be made of a file, for a case in which there is nothing else: the words of the stage that says so."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.errors import Language, MachineLacks, say
from pipeline.intake import scan
from pipeline.watch.names import shown

__all__ = ["unusable"]


def unusable(case: Path, language: Language) -> Iterator[str]:
    """A line for each file of which more can be said than that it was not read."""
    with contextlib.suppress(MachineLacks):
        for found in scan(case)[0]:
            with contextlib.suppress(OSError):
                if why := _why(found.path):
                    yield f"{shown(found.name)}{'：' if language == 'zh-CN' else ': '}{say(*why, language)}"


def _why(path: Path) -> tuple[str, dict[str, Any]] | None:
    from stages.ingest import types
    from stages.ingest.archive import names_in
    from stages.raster.decode import Refused, inspect

    with path.open("rb") as file:
        head = file.read(1024)
    if not head:
        return "file-empty", {}
    found = types.by_signature(head)
    if found is None:
        return ("type-unknown", {}) if b"\0" in head else None
    if found.media_type in types.PACKED:
        return "archive-format", {"type": found.label}
    if found == types.ZIP:
        return None if names_in(path) else ("archive-broken", {})
    if found.media_type in types.DECODABLE:
        try:
            inspect(path)
        except Refused as refused:
            return refused.code, dict(refused.values)
        return None
    return ("type-not-supported", {"type": found.label}) if found.kind == "unknown" else None
