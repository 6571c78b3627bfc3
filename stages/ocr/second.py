"""A second engine as a witness: it is shown the rows of a picture that matter, all together, and asked once.

Starting an engine costs as much as reading many lines, and a long picture comes in many pieces.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from PIL import Image

from pipeline.model import Line, Note, Witness
from stages.ocr.engines import Box, Engine, EngineFailed

__all__ = ["Second"]

_MARGIN = 0.5  # of a line's height: what is shown above and below it


@dataclass
class Second:
    """Gathers lines and what they stand on, and asks `engine` whenever `most` rows are held.

    Where the engine fails or sees nothing, a line stays without a witness: it is a reading of one engine then, and
    said to be no more.
    """

    engine: Engine
    scratch: Path
    most: int
    failures: list[EngineFailed] = field(default_factory=list)
    _found: dict[Line, Witness] = field(default_factory=dict)
    _rows: list[Image.Image] = field(default_factory=list)
    _asked: list[tuple[Line, Box]] = field(default_factory=list)

    def show(self, image: Image.Image, lines: Iterable[Line], *, top: int = 0, scale: float = 1.0) -> None:
        """Lines that stand on `image`, which begins at row `top` and has `scale` pixels for one unit of their boxes."""
        open_ones = [line for line in lines if line.witness is None and not line.exact]
        boxes = [_on(line.box, top, scale) for line in open_ones]
        held = sum(part.height for part in self._rows)
        for upper, lower in _bands(boxes, image.height):
            inside = [(line, box) for line, box in zip(open_ones, boxes, strict=True) if upper <= box[1] < lower]
            self._asked += [(line, _on(box, upper - held, 1.0)) for line, box in inside]
            self._rows.append(image.crop((0, upper, image.width, lower)))
            held += lower - upper
        if held >= self.most:
            self._ask()

    def witnessed(self, lines: Iterable[Line]) -> list[Line]:
        """These lines, with the witness of those that were shown."""
        self._ask()
        return [self._with_witness(line) for line in lines]

    def notes(self) -> tuple[Note, ...]:
        """What is to be said where the engine failed."""
        codes = dict.fromkeys(failure.code for failure in self.failures)
        return tuple(
            Note(code="witness-failed", values={"engine": self.engine.reader, "failed": code}) for code in codes
        )

    def _ask(self) -> None:
        asked, shown = self._asked, self._rows
        self._asked, self._rows = [], []
        if not asked:
            return
        try:
            seen = self.engine.reread(_under_each_other(shown), [box for _, box in asked], self.scratch)
        except EngineFailed as failed:
            self.failures.append(failed)
            return
        for (line, _), other in zip(asked, seen, strict=True):
            if other is not None:
                confidence = round(other.confidence, 4)
                self._found[line] = Witness(reader=self.engine.reader, text=other.text, confidence=confidence)

    def _with_witness(self, line: Line) -> Line:
        witness = self._found.get(line)
        return line if witness is None else msgspec.structs.replace(line, witness=witness)


def _on(box: Box, top: float, scale: float) -> Box:
    return (box[0] * scale, box[1] * scale - top, box[2] * scale, box[3] * scale - top)


def _bands(boxes: Iterable[Box], height: int) -> list[tuple[int, int]]:
    """The rows, of a picture of this height, on and around these boxes, as (first, end) that do not overlap."""
    bands: list[tuple[int, int]] = []
    for _, top, _, bottom in sorted(boxes, key=lambda box: box[1]):
        margin = _MARGIN * (bottom - top)
        upper, lower = max(0, math.floor(top - margin)), min(height, math.ceil(bottom + margin))
        if bands and upper <= bands[-1][1]:
            bands[-1] = (bands[-1][0], max(lower, bands[-1][1]))
        elif upper < lower:
            bands.append((upper, lower))
    return bands


def _under_each_other(parts: Sequence[Image.Image]) -> Image.Image:
    if len(parts) == 1:
        return parts[0]
    whole = Image.new("RGB", (max(part.width for part in parts), sum(part.height for part in parts)), "white")
    top = 0
    for part in parts:
        whole.paste(part, (0, top))
        top += part.height
    return whole
