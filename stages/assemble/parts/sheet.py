"""Orders, payments and parcels as fact sheets: every value with the row it comes from."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.contract import Item
from pipeline.model import Mark, Money, Order, Payment, Refund, Scan, Settlement, Shipment, Trade
from stages.assemble.content import Content
from stages.assemble.layout import Book
from stages.assemble.links import exhibit, where_words
from stages.assemble.masks import TRADES
from stages.assemble.page import Disc
from stages.assemble.parts.milestones import draw_milestones
from stages.assemble.parts.track import draw_track, tracks_of
from stages.assemble.style import ACCENT, CELL, LABEL, LEFT, MM, SMALL, WHITE, WIDTH, Style
from stages.assemble.table import Column, Row, table
from stages.assemble.text import Span
from stages.lang.numbers import numbers_of

__all__ = ["draw_sheet"]

_NAMES = {
    Order: "order",
    Payment: "payment",
    Refund: "refund",
    Shipment: "shipment",
    Scan: "scan",
    Settlement: "settlement",
}
_COLUMNS = (32 * MM, WIDTH - 74 * MM, 42 * MM)
_OTHER_ORDERS = frozenset({"other-orders-left-out", "several-orders"})
_NUMBER = Style("bold", 8, 10, WHITE)


def draw_sheet(book: Book, content: Content, item: Item) -> None:
    """Draws all records of an exhibit about goods, money and parcels."""
    words = content.words
    lead = words("sheet-lead")
    if any(note.code in _OTHER_ORDERS for note in item.notes):
        lead += words("sheet-other-orders")
    book.flow(lead, LABEL._replace(size=9, leading=14), after=2 * MM)
    marks = content.marks.get(item.exhibit.label, ())
    for reading in item.readings:
        for record in reading.records:
            if isinstance(record, TRADES) and not isinstance(record, Scan):
                _record(book, content, item, record, marks)
        for scans in tracks_of(reading.records):
            draw_track(book, content, item, scans, marks)


def _record(book: Book, content: Content, item: Item, record: Trade, marks: tuple[Mark, ...]) -> None:
    words = content.words
    key = record.order_id or record.transaction_id or next((one.number for one in record.tracking), "")
    book.heading(words(f"record-{_NAMES[type(record)]}", id=key))
    book.show(item.exhibit.label, record.where)
    own = [mark for mark in marks if _same_place(mark, record)]
    for mark in own:
        book.show(item.exhibit.label, mark.where)
        _note(book, content, mark)
    quotes = {quote for mark in own for quote in mark.quotes}
    where = content.say(where_words(words, record.where))
    columns = [
        Column(words(f"column-{name}"), width)
        for name, width in zip(("field", "value", "place"), _COLUMNS, strict=True)
    ]
    draw_milestones(book, content, record, item.exhibit.label)
    rows = []
    for name, value in _fields(content, record):
        shown = content.say(value)
        style = CELL.bold().in_(ACCENT) if _holds(value, quotes) else CELL
        rows.append(Row([words(name), [Span(shown, style)], [Span(where, SMALL)]]))
    rows += [
        Row([words("field-linked"), [Span(said, CELL, exhibit(label))], ""])
        for label, said in _linked(content, item, record)
    ]
    table(book, columns, rows)
    _cells(book, content, record, quotes)


def _same_place(mark: Mark, record: Trade) -> bool:
    place, own = mark.where, record.where
    if place == own:
        return True
    same_sheet = place.rows is not None and own.rows is not None and place.sheet == own.sheet
    return same_sheet and bool(set(place.rows or ()) & set(own.rows or ()))


def _note(book: Book, content: Content, mark: Mark) -> None:
    colour = ACCENT
    book.need(2 * CELL.leading)
    y = book.y + CELL.leading / 2
    book.draw(Disc(LEFT + 2.5 * MM, y, 2.5 * MM, colour))
    number = str(mark.number)
    book.put(number, LEFT + 2.5 * MM - book.width(number, _NUMBER) / 2, y + 2.9, _NUMBER)
    spans = [Span(content.say(mark.title), CELL.bold().in_(colour)), Span("　" + content.say(mark.text), CELL)]
    book.flow(spans, CELL, LEFT + 8 * MM, WIDTH - 8 * MM, after=4)


def _fields(content: Content, record: Trade) -> Iterator[tuple[str, str]]:
    """The record's filled fields in the order a reader asks for them: which, who, what, amounts, times, parcels."""
    for name in ("order_id", "sub_order_id", "transaction_id", "status", "party", "text"):
        value = getattr(record, name)
        if value:
            yield f"field-{name}", value
    for name, value in (("buyer", record.buyer.nick), ("name", _person(record.buyer.name)),
                        ("phone", record.buyer.phone), ("address", record.buyer.address)):  # fmt: skip
        if value:
            yield f"field-{name}", value
    for item in record.items:
        parts = [
            item.title,
            item.spec or item.sku,
            f"×{item.quantity}" if item.quantity else None,
            _money(item.unit_price),
        ]
        yield "field-item", " ".join(part for part in parts if part)
    for name in record.amounts.__struct_fields__:
        amount = getattr(record.amounts, name)
        if amount is not None:
            yield f"field-{name}", _money(amount)
    for name in record.times.__struct_fields__:
        at = getattr(record.times, name)
        if at is not None:
            yield f"time-{name}", content.words.time(at)
    for tracking in record.tracking:
        yield "field-tracking", " ".join(part for part in (tracking.carrier, tracking.number) if part)


def _linked(content: Content, item: Item, record: Trade) -> Iterator[tuple[str, str]]:
    """The records of other exhibits that state one of this record's numbers: label and wording, each kind once."""
    numbers, seen = numbers_of(record), set()
    for other in content.live:
        for found in (found for reading in other.readings for found in reading.records if isinstance(found, TRADES)):
            shared = sorted(numbers & numbers_of(found))
            key = (other.exhibit.label, type(found))
            if other is item or not shared or key in seen:
                continue
            seen.add(key)
            said = content.words(
                "linked-by",
                label=other.exhibit.label,
                record=content.words(f"linked-{_NAMES[type(found)]}"),
                number=content.say(shared[0]),
            )
            yield other.exhibit.label, said


def _person(name: str | None) -> str | None:
    """A receiver's name is hidden even where it is too short to be looked for elsewhere."""
    return None if not name else name if "*" in name else name[0] + "**"


def _money(amount: Money | None) -> str:
    return f"{amount.value} {amount.currency}" if amount else ""


def _cells(book: Book, content: Content, record: Trade, quotes: set[str]) -> None:
    """The cells as they are printed in the original, so that a citation can be compared; cited ones stand out."""
    if not record.cells:
        return
    colon, cited = content.words("colon"), SMALL.bold().in_(ACCENT)
    spans = [
        Span(
            ("　" if at else "") + content.say(f"{header}{colon}{wording}"), cited if _holds(wording, quotes) else SMALL
        )
        for at, (header, wording) in enumerate(record.cells)
    ]
    book.y += 2 * MM
    book.flow(content.words("cells"), LABEL)
    book.flow(spans, SMALL, after=2 * MM)


def _holds(wording: str, quotes: set[str]) -> bool:
    return any(quote in wording for quote in quotes)
