"""The drop folder: whatever is put into it becomes a case, is built, and leaves by one of three exits."""

from __future__ import annotations

from pipeline.watch.desk import Outcome
from pipeline.watch.jobs import Aside, Start
from pipeline.watch.lanes import Lanes
from pipeline.watch.watcher import Clock, Watcher

__all__ = ["Aside", "Clock", "Lanes", "Outcome", "Start", "Watcher"]
