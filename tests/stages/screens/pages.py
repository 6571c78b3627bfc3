"""Pages for tests of layouts: lines put where a test wants them, as wide as their words ask for."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from pipeline.locate import Locator
from pipeline.model import Balance, Ingested, Line, Look
from pipeline.moment import Zone, moment
from stages.lang.screen_times import Anchor
from stages.screens.page import Context, Found, Layout, Page
from stages.screens.read import read_page
from stages.screens.status import roles_of

DEV = Path(__file__).parents[3] / "fixtures" / "screens" / "dev"
CHINA = Zone(name="Asia/Shanghai", basis="case")
CAPTURE = moment("x", 2026, 3, 17, 21, 30, 12, grain="second", zone=CHINA)
ANCHORED = Context(zone=CHINA, anchor=Anchor(CAPTURE, "EXIF DateTimeOriginal"))
WIDTH, HEIGHT = 1080.0, 2400.0


class At(NamedTuple):
    """A line: its words, where it begins, its height; `ink` and `panel` are its look."""

    text: str
    left: float
    top: float
    high: float = 48.0
    ink: str = "#222222"
    panel: tuple[float, float, float, float] | None = None
    right: float | None = None


def wide(text: str, high: float) -> float:
    """How wide a text of a height is: Chinese signs are square."""
    return sum(1.0 if ord(char) >= 0x2E80 else 0.55 for char in text) * high * 0.95


def line_of(at: At) -> Line:
    """A line with its look, read with certainty."""
    right = at.right if at.right is not None else at.left + wide(at.text, at.high)
    left = at.left if at.right is None else at.right - wide(at.text, at.high)
    box = (left, at.top, right, at.top + at.high)
    look = Look(ground="#ffffff", ink=at.ink, panel=at.panel or (0.0, 0.0, WIDTH, HEIGHT))
    return Line(where=Locator(box=box), text=at.text, box=box, confidence=0.99, look=look)


def page_of(*lines: At, width: float = WIDTH, height: float = HEIGHT) -> Page:
    """A page with its lines top to bottom, the roles of the status bar and of buttons told."""
    held = sorted((line_of(line) for line in lines), key=lambda line: (line.box[1], line.box[0]))
    return with_roles(Page(box=(0.0, 0.0, width, height), lines=tuple(held)))


def with_roles(page: Page) -> Page:
    """The page as layouts get it."""
    roles = roles_of(page)
    lines = tuple(msgspec.structs.replace(line, role=roles.get(at, "text")) for at, line in enumerate(page.lines))
    return replace(page, lines=lines)


def truth_of(name: str) -> tuple[Page, dict[str, Any]]:
    """A labelled picture of the development set: its true lines as a page, and what is true of it."""
    held = json.loads((DEV / f"{name}.json").read_text("utf-8"))
    lines = []
    for said in held["lines"]:
        left, top, width, high = said["bbox"]
        box = (left, top, left + width, top + high)
        lines.append(Line(where=Locator(box=box), text=said["text"], box=box, confidence=0.99))
    lines.sort(key=lambda line: (line.box[1], line.box[0]))
    return with_roles(Page(box=(0.0, 0.0, held["width"], held["height"]), lines=tuple(lines))), held


def found_by(layout: Layout, page: Page, context: Context = ANCHORED) -> Found:
    """What the layout reads of a page that it wins against every other."""
    score = layout.sniff(page)
    assert score is not None
    found = layout.read(page, context)
    assert found == read_page(page, context)
    return found


def ingested(page: Page) -> Ingested:
    """A picture of the page's size."""
    return Ingested(
        kind="image", media_type="image/png", width=int(page.box[2]), height=int(page.box[3]),
        balance=Balance(unit="bytes", total=1, records=1),
    )  # fmt: skip
