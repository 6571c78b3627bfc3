"""Many cases at once: which there are, how they run side by side, and what is told of them."""

from __future__ import annotations

from pipeline.batch.engine import Build, CaseRun, Cases, Listen
from pipeline.batch.find import Found, cases_below

__all__ = ["Build", "CaseRun", "Cases", "Found", "Listen", "cases_below"]
