"""Drawing single parts of the dossier, and reading what stands on the pages without painting them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import msgspec

from pipeline.contract import Item
from pipeline.model import Balance, Exhibit, Reading, Receipt, digest_of
from stages.assemble.build import _content
from stages.assemble.content import Content
from stages.assemble.fonts import Fonts
from stages.assemble.layout import NOTHING_KNOWN, Book, Known
from stages.assemble.page import Glyphs, Link, Page
from stages.assemble.words import Words
from tests.stages.assemble import sample

Draw = Callable[[Book, Content], None]


def content_of(case: sample.Sample, **changes: Any) -> Content:
    """What the parts draw from, with some of it replaced."""
    content, _ = _content(case.inputs, case.params, b"{}")
    return replace(content, **changes)


def in_language(content: Content, language: str) -> Content:
    return replace(content, language=language)  # type: ignore[arg-type]


def edited(value: Any, **changes: Any) -> Any:
    """A frozen value with some fields replaced."""
    return msgspec.structs.replace(value, **changes)


def with_item(content: Content, label: str, change: Callable[[Item], Item]) -> Content:
    items = tuple(change(item) if item.exhibit.label == label else item for item in content.items)
    return replace(content, items=items)


def item(label: str, name: str = "file.txt", *records: Any, parent: str | None = None, **values: Any) -> Item:
    """An exhibit with the records that a reader made of it."""
    receipts = values.pop("receipts", (Receipt(name=name, received="2026-03-17T02:02:11Z"),))
    exhibit = Exhibit(
        label=label, digest=digest_of(label.encode()), bytes=1234, receipts=receipts, parent=parent,
        withdrawn=values.get("status") == "withdrawn",
    )  # fmt: skip
    if records:
        balance = Balance(unit="items", total=len(records), records=len(records))
        values.setdefault("readings", (Reading(reader="r@1", format="table", records=records, balance=balance),))
    values.setdefault("status", "read")
    return Item(exhibit=exhibit, **values)


def a_book(fonts: Fonts, language: str = "zh-CN", known: Known = NOTHING_KNOWN) -> Book:
    """A book with one empty page."""
    book = Book(fonts, Words(language), "卷宗", known)  # type: ignore[arg-type]
    book.open("上", "下")
    return book


def drawn(fonts: Fonts, content: Content, draw: Draw, **known: Any) -> Book:
    """A part by itself, as a pass draws it that knows `known`."""
    book = Book(fonts, content.words, content.title, NOTHING_KNOWN._replace(**known))
    draw(book, content)
    return book


def settled(fonts: Fonts, content: Content, draw: Draw, **known: Any) -> Book:
    """A part by itself, drawn again with the pages it learnt; exhibits stand on the pages given."""
    first = drawn(fonts, content, draw, **known)
    learnt = {"destinations": {**first.learnt().destinations, **known.get("destinations", {})}}
    return drawn(fonts, content, draw, **{**known, **learnt})


def glyphs(pages: Iterable[Page]) -> list[Glyphs]:
    return [mark for page in pages for mark in page.marks if isinstance(mark, Glyphs)]


def lines(page: Page, left: float = 0, right: float = 1000) -> list[str]:
    """What stands on a page, line by line from the top, between two heights of the page's width."""
    rows: dict[float, list[Glyphs]] = {}
    for mark in glyphs([page]):
        if left <= mark.x < right:
            rows.setdefault(round(mark.y, 1), []).append(mark)
    return ["".join(mark.text for mark in sorted(rows[y], key=lambda one: one.x)) for y in sorted(rows)]


def text(book: Book) -> str:
    """All text in the order in which it was drawn."""
    return "".join(mark.text for mark in glyphs(book.pages))


def links(book: Book) -> set[str]:
    return {mark.to for page in book.pages for mark in page.marks if isinstance(mark, Link)}


def lowest(book: Book) -> float:
    """How far down anything written reaches."""
    return max((mark.y for mark in glyphs(book.pages)), default=0.0)
