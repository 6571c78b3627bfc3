"""Small evidence for tests: exhibits, readings and items that say what a test needs and nothing else."""

from __future__ import annotations

from pipeline.contract import Item, itemised
from pipeline.locate import Locator
from pipeline.model import (
    Amounts,
    Balance,
    Digest,
    Exhibit,
    Ingested,
    Kind,
    Line,
    Message,
    MessageType,
    Money,
    Order,
    Reading,
    Receipt,
    Record,
    Side,
    Times,
    Tracking,
    Word,
    digest_of,
)
from pipeline.moment import Moment, Zone, moment

SHANGHAI = Zone(name="Asia/Shanghai", basis="platform")


def at(said: str, zone: Zone | None = SHANGHAI) -> Moment:
    """A moment from "2026-03-11 01:26[:48]"."""
    day, clock = said.split(" ")
    numbers = [int(part) for part in (*day.split("-"), *clock.split(":"))]
    return moment(said, *numbers, grain="second" if clock.count(":") == 2 else "minute", zone=zone)


def exhibit(label: str, name: str, data: bytes = b"") -> Exhibit:
    data = data or f"{label} {name}".encode()
    receipt = Receipt(name=name, received="2026-03-17T02:00:00Z")
    return Exhibit(label=label, digest=digest_of(data), bytes=len(data), receipts=(receipt,))


def item(
    label: str, name: str, *records: Record, kind: Kind = "text", reader: str = "test@1", data: bytes = b""
) -> Item:
    """An exhibit that one reader read whole."""
    count = len(records)
    ingested = Ingested(media_type="text/plain", kind=kind, balance=Balance(unit="bytes", total=1, records=1))
    reading = Reading(
        reader=reader, format="test", records=records, balance=Balance(unit="items", total=count, records=count)
    )
    return itemised(exhibit(label, name, data), ingested, (reading,))


def message(
    number: int, said: str | None, sender: str, text: str, side: Side = "unknown", kind: MessageType = "text"
) -> Message:
    return Message(
        where=Locator(lines=(number * 3, number * 3 + 1)),
        at=at(said) if said else None,
        sender=sender,
        text=text,
        side=side,
        type=kind,
    )


def order(order_id: str = "P366374524942915524", rows: tuple[int, ...] = (17,), **times: str) -> Order:
    """An order row that states these times; its cells carry their wordings."""
    cells = (("订单号", order_id), *((name, said) for name, said in times.items()))
    return Order(
        where=Locator(sheet="订单", rows=rows),
        order_id=order_id,
        tracking=(Tracking(carrier="顺丰速运", number="SF3006662992881"),),
        amounts=Amounts(paid=Money(value="270.80", currency="CNY")),
        times=Times(**{name: at(said) for name, said in times.items()}),
        cells=cells,
    )


def line(top: int, text: str, *, left: int = 40, words: tuple[str, ...] = (), confidence: float = 0.9) -> Line:
    """A line 40 px high whose words, if given, are 20 px a character wide."""
    boxes = []
    at_x = left
    for word in words:
        boxes.append(Word(text=word, box=(at_x, top, at_x + 20 * len(word), top + 40), confidence=confidence))
        at_x += 20 * len(word)
    right = at_x if words else left + 20 * len(text)
    box = (left, top, right, top + 40)
    return Line(where=Locator(box=box), text=text, box=box, confidence=confidence, words=tuple(boxes))


def digest(text: str) -> Digest:
    return digest_of(text.encode())
