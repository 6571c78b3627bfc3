"""The seam between the stage and the engines: what an engine is given, gives back, and how it fails."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from pipeline.contract import Tool

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["Box", "Engine", "EngineFailed", "Seen", "SeenLine"]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in pixels."""


class Seen(NamedTuple):
    """A word an engine saw: its box in pixels of the picture it was given, its confidence 0 to 1."""

    text: str
    box: Box
    confidence: float


class SeenLine(NamedTuple):
    """A line an engine saw, with its words (or characters) left to right, as far as the engine tells them apart.

    One without words is a place that looked like a line and was not taken for text.
    """

    text: str
    box: Box
    confidence: float
    words: tuple[Seen, ...] = ()


class EngineFailed(Exception):
    """An engine gave no reading: `code` is engine-crashed, engine-timed-out or engine-garbled."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values


class Engine(Protocol):
    """Reads the text in one piece of a picture."""

    @property
    def reader(self) -> str:
        """`name@version`, as citations name it."""

    def fingerprint(self) -> tuple[Tool, ...]:
        """Everything outside the project that decides a reading; MachineLacks says what to install."""

    def read(self, image: Image.Image, scratch: Path) -> tuple[SeenLine, ...]:
        """The lines in `image` (mode RGB); `EngineFailed` if there is no reading, never an empty one instead."""

    def reread(self, image: Image.Image, boxes: Sequence[Box], scratch: Path) -> tuple[SeenLine | None, ...]:
        """What it reads in each of these boxes, in their order, as a second witness: each is one line of text."""
