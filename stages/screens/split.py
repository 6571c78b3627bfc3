"""The screens of a picture: several phones side by side are several pages, a PDF has one for each of its pages."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.model import Ingested, Line
from stages.screens.page import Page, around

__all__ = ["pages_of"]


def pages_of(lines: Sequence[Line], ingested: Ingested) -> tuple[Page, ...]:
    """The pages in reading order; together they hold every line once."""
    if not lines:
        return ()
    box = (0.0, 0.0, float(ingested.width or 0), float(ingested.height or 0))
    numbers = sorted({line.page for line in lines if line.page is not None})
    if not numbers:
        return (Page(box=box, lines=tuple(lines)),)
    return tuple(
        Page(box=around(line.box for line in held), lines=held, number=number)
        for number in numbers
        if (held := tuple(line for line in lines if line.page == number))
    )
