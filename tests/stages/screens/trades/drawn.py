"""Pages of trades for tests: labels with values the way apps set them, and what a layout makes of them."""

from __future__ import annotations

from typing import Any

from pipeline.contract import Score
from pipeline.model import Line
from stages.screens.page import Context, Layout, Page
from tests.stages.screens.pages import ANCHORED, At, page_of

MONEY = {"CNY": "¥", "USD": "$"}


def rows(
    *pairs: tuple[str, str], top: float = 300, step: float = 90, left: float = 60, right: float = 1020
) -> list[At]:
    """Rows of a label on the left and its value at the right edge."""
    found = []
    for at, (label, value) in enumerate(pairs):
        found.append(At(label, left, top + at * step, 40, ink="#999999"))
        found.append(At(value, 0, top + at * step, 40, right=right))
    return found


def column(*texts: str, top: float = 300, step: float = 90, left: float = 60) -> list[At]:
    """Lines under each other."""
    return [At(text, left, top + at * step, 40) for at, text in enumerate(texts)]


def records_of(layout: Layout, page: Page, context: Context = ANCHORED) -> list[Any]:
    """What a layout reads on a page, which it must know."""
    assert isinstance(layout.sniff(page), Score), [line.text for line in page.lines]
    return list(layout.read(page, context).records)


def read(layout: Layout, *lines: At, width: float = 1080, context: Context = ANCHORED) -> list[Any]:
    """What a layout reads on these lines."""
    return records_of(layout, page_of(*lines, width=width), context)


def value(money: Any) -> str | None:
    """An amount with its currency."""
    return None if money is None else f"{money.value} {money.currency}"


def lines_at(page: Page, box: tuple[float, float, float, float]) -> list[Line]:
    """The lines that a place touches."""
    return [
        line
        for line in page.lines
        if line.box[0] < box[2] + 1
        and line.box[2] > box[0] - 1
        and line.box[1] < box[3] + 1
        and line.box[3] > box[1] - 1
    ]
