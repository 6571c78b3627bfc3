"""Checks a finished dossier: the PDF alone, or the folder it came from. It shares no code with what made them."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pipeline.model import Value

__all__ = ["Check", "Verdict", "verify"]


class Check(Value, frozen=True, kw_only=True):
    """One thing that was checked. `detail` is a sentence in the language asked for."""

    check: str
    status: Literal["ok", "failed", "absent"]
    detail: str


class Verdict(Value, frozen=True, kw_only=True):
    """`verify --json` (interface): intact when nothing failed and at least one thing was there to check."""

    intact: bool
    checks: tuple[Check, ...]
    problems: tuple[str, ...]


def verify(path: Path, language: Literal["zh-CN", "en"]) -> Verdict:
    """Check a dossier.pdf, an out/ folder or a case folder; needs no network and nothing but the files."""
    from stages.verify import folder, pdf

    checks = folder.checks(path, language) if path.is_dir() else pdf.checks(path, language)
    return judged(checks)


def judged(checks: tuple[Check, ...]) -> Verdict:
    """The verdict on a list of checks."""
    problems = tuple(check.detail for check in checks if check.status == "failed")
    return Verdict(intact=not problems and any(c.status == "ok" for c in checks), checks=checks, problems=problems)
