"""Whether a file is of a type that can be evidence, by its content."""

from __future__ import annotations

from pathlib import Path

from stages.ingest.identify import by_content
from stages.ingest.text import SAMPLE

__all__ = ["is_evidence"]

_KINDS = frozenset({"image", "pdf", "table", "text", "archive"})


def is_evidence(path: Path) -> bool:
    """Whether some stage could read it; no for what cannot be opened."""
    try:
        with path.open("rb") as file:
            head = file.read(SAMPLE)
        return by_content(path, head).kind in _KINDS
    except OSError:
        return False
