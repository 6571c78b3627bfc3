"""Chats for tests: drawn as lines with their looks, as an engine and the looks of lines give them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import numpy as np
from PIL import Image

from pipeline.locate import Locator
from pipeline.model import Line, Look, Message
from pipeline.moment import Zone
from stages.raster.looks import look_of
from stages.screens.layouts import LAYOUTS
from stages.screens.page import Box, Context, Found, Layout, Page
from stages.screens.read import read_page
from tests.stages.screens.pages import DEV, wide, with_roles

CHINA = Context(zone=Zone(name="Asia/Shanghai", basis="case"))


@dataclass
class Chat:
    """A screen that grows downwards. `size` is the height of a line of words, `edge` the room of an avatar."""

    width: float = 1080.0
    size: float = 48.0
    edge: float = 150.0
    left: str = "#ffffff"
    right: str = "#95ec69"
    ink: str = "#111111"
    paper: str = "#ededed"
    top: float = 60.0
    lines: list[Line] = field(default_factory=list)

    def add(self, text: str, box: Box, look: Look) -> None:
        """A line."""
        self.lines.append(Line(where=Locator(box=box), text=text, box=box, confidence=0.99, look=look))

    def title(self, text: str) -> Chat:
        """The name in the middle of the bar."""
        return self.middle(text, high=1.1 * self.size, ink=self.ink)

    def middle(self, text: str, *, high: float = 0.0, ink: str = "#999999") -> Chat:
        """A line in the middle, on the bare page."""
        high = high or 0.75 * self.size
        half = wide(text, high) / 2
        box = (self.width / 2 - half, self.top, self.width / 2 + half, self.top + high)
        panel = (0.0, self.top - self.size, self.width, self.top + high + self.size)
        self.add(text, box, Look(ground=self.paper, ink=ink, panel=panel))
        self.top += high + self.size
        return self

    def small(self, text: str, side: str = "left", *, below: bool = False) -> Chat:
        """A small line at the edge of a side's bubbles, above the next of them, or right below the last."""
        high = 0.7 * self.size
        self.top -= 0.7 * self.size if below else 0.0
        long = wide(text, high)
        left = self.edge if side == "left" else self.width - self.edge - long
        panel = (0.0, self.top, self.width, self.top + high)
        self.add(
            text, (left, self.top, left + long, self.top + high), Look(ground=self.paper, ink="#888888", panel=panel)
        )
        self.top += high + (self.size if below else 0.1 * self.size)
        return self

    def say(self, side: str, *rows: str, ground: str = "", clock: str = "", name: str = "", small: str = "") -> Chat:
        """A bubble: `name` in colour above its words, `clock` at its foot, `small` a last row set smaller."""
        pad, pitch = 0.55 * self.size, 1.4 * self.size
        texts = [*([name] if name else []), *rows, *([small] if small else [])]
        long = max(wide(text, self.size) for text in texts) + (5 * self.size if clock else 0.0)
        left = self.edge if side == "left" else self.width - self.edge - long - 2 * pad
        panel = (left, self.top, left + long + 2 * pad, self.top + 2 * pad + pitch * len(texts))
        ground = ground or (self.left if side == "left" else self.right)
        top = self.top + pad + (pitch - self.size) / 2
        for text in texts:
            high = 0.75 * self.size if text in (small, name) and text else self.size
            ink = "#e542a3" if name and text == name else self.ink
            box = (left + pad, top, left + pad + wide(text, high), top + high)
            self.add(text, box, Look(ground=ground, ink=ink, panel=panel))
            top += pitch
        if clock:
            high = 0.65 * self.size
            right, foot = panel[2] - pad / 2, panel[3] - pad / 2
            box = (right - wide(clock, high), foot - high, right, foot)
            self.add(clock, box, Look(ground=ground, ink="#889999", panel=panel))
        self.top = panel[3] + self.size
        return self

    def page(self, *, scale: float = 1.0, right: float = 0.0, down: float = 0.0) -> Page:
        """The page, `scale` times as large and moved; its lines in the order of rows."""
        lines = sorted((_moved(line, scale, right, down) for line in self.lines), key=lambda line: line.box[1])
        box = (right, down, right + scale * self.width, down + scale * (self.top + 2 * self.size))
        return Page(box=box, lines=tuple(lines))


def _moved(line: Line, scale: float, right: float, down: float) -> Line:
    def move(box: Box) -> Box:
        return (box[0] * scale + right, box[1] * scale + down, box[2] * scale + right, box[3] * scale + down)

    look = msgspec.structs.replace(line.look, panel=move(line.look.panel)) if line.look else None
    box = move(line.box)
    return msgspec.structs.replace(line, box=box, where=Locator(box=box), look=look)


def read(chat: Chat | Page, layout: Layout | None = None, context: Context = CHINA) -> Found:
    """What is read of a chat; with `layout`, that this one wins."""
    page = chat.page() if isinstance(chat, Chat) else chat
    if layout is not None:
        scores = {other.id: score.value for other in LAYOUTS if (score := other.sniff(page)) is not None}
        assert max(scores, key=lambda name: scores[name]) == layout.id, scores
    return read_page(page, context)


def messages(found: Found) -> list[Message]:
    """The records, which are all messages."""
    assert all(isinstance(record, Message) for record in found.records)
    return [record for record in found.records if isinstance(record, Message)]


def said(found: Found) -> list[tuple[str, str]]:
    """Side and text of each message."""
    return [(message.side, message.text) for message in messages(found)]


def pictured(name: str) -> tuple[Page, list[dict[str, Any]]]:
    """A labelled picture: its true lines with the looks they have in its pixels, and the messages it shows whole."""
    path = next(path for path in DEV.glob(f"{name}.*") if path.suffix in (".png", ".jpg"))
    truth = json.loads(path.with_suffix(".json").read_text("utf-8"))
    pixels = np.asarray(Image.open(path).convert("RGB"))
    lines = []
    for line in truth["lines"]:
        left, top, width, high = line["bbox"]
        box = (left, top, left + width, top + high)
        lines.append(
            Line(where=Locator(box=box), text=line["text"], box=box, confidence=1.0, look=look_of(pixels, box))
        )
    lines.sort(key=lambda line: (line.box[1], line.box[0]))
    page = with_roles(Page(box=(0.0, 0.0, float(pixels.shape[1]), float(pixels.shape[0])), lines=tuple(lines)))
    records = [record for record in truth["records"] if record["kind"] == "message" and record["text"]]
    return page, [record for record in records if not record.get("cut")]


def plain(text: str) -> str:
    """A text without blanks, as texts are compared."""
    return "".join(text.split())


def kinds(notes: Sequence[Any]) -> list[str]:
    """The codes of notes."""
    return [note.code for note in notes]
