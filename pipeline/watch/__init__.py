"""The drop folder: whatever is put into it becomes a case, is built, and leaves by one of three exits."""

from __future__ import annotations

from pipeline.watch.desk import Outcome
from pipeline.watch.watcher import Clock, Start, Watcher

__all__ = ["Clock", "Outcome", "Start", "Watcher"]
