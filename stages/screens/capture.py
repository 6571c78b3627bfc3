"""When a screen was captured: by the picture's metadata, its file's name, and the clock in its status bar."""

from __future__ import annotations

from pipeline.model import Note, Reading
from stages.lang.screen_times import Anchor
from stages.screens.page import Page

__all__ = ["anchor_of"]


def anchor_of(page: Page, dated: Reading | None) -> tuple[Anchor | None, tuple[Note, ...]]:
    """What relative times of a page are resolved against, and notes where its witnesses disagree."""
    del page, dated
    return None, ()
