"""Every layout of screens that is known. The best score wins; a tie asks, never first come."""

from __future__ import annotations

from stages.screens.page import Layout

__all__ = ["LAYOUTS"]

LAYOUTS: tuple[Layout, ...] = ()
