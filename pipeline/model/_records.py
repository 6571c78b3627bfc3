"""What is read from a file: records, and the reading that holds them."""

from __future__ import annotations

from typing import Literal

from pipeline.locate import Locator
from pipeline.model._base import Certainty, Role, Side, Value
from pipeline.model._evidence import Balance, Note, Unread
from pipeline.moment import Moment


class Word(Value, frozen=True, kw_only=True):
    """A word seen in a picture; box [left, top, right, bottom] in pixels of the upright picture."""

    text: str
    box: tuple[float, float, float, float]
    confidence: float


class Witness(Value, frozen=True, kw_only=True):
    """What a second engine read in the box of a line; `reader` is its `name@version`."""

    reader: str
    text: str
    confidence: float


class Correction(Value, frozen=True, kw_only=True):
    """Characters `start` to `end` of a line's text are a person's; `machine` is what was read there before."""

    start: int
    end: int
    machine: str


class Look(Value, frozen=True, kw_only=True):
    """How a line looks: the colours of its ground and its ink as #rrggbb, and the panel it stands on.

    `panel` is the box of even ground around the line (a bubble, a button, a card), in pixels of the upright picture.
    """

    ground: str
    ink: str
    panel: tuple[float, float, float, float]


LineRole = Literal["text", "status", "button"]
"""What a line is to its screen: text, the phone's status bar, or a button of the app."""


class Line(Value, frozen=True, kw_only=True, tag_field="kind", tag="line"):
    """A line of text seen in a picture, or on a page of a PDF.

    `box` is in pixels of the upright picture, on a page in points from its top left. `exact` says that the characters
    stand in the bytes (the text layer of a PDF) and were not recognised. `witness` is a second engine's reading.
    """

    where: Locator
    text: str
    box: tuple[float, float, float, float]
    confidence: float
    words: tuple[Word, ...] = ()
    page: int | None = None
    exact: bool = False
    role: LineRole = "text"
    look: Look | None = None
    witness: Witness | None = None
    corrections: tuple[Correction, ...] = ()


class Spot(Value, frozen=True, kw_only=True):
    """Where a field of a record stands in a picture, and how sure its reading is.

    `field` is the path in the record (`at`, `text`, `order_id`, `times.paid`, `amounts.paid`, `tracking.0.number`);
    `text` is the wording there; `other` is what a second engine, or the machine before a correction, read instead.
    """

    field: str
    text: str
    where: Locator
    confidence: float
    certainty: Certainty = "single"
    other: str | None = None


class Attachment(Value, frozen=True, kw_only=True):
    """A file a message names: whether it is among the evidence, and its digest (64 hex digits) if so."""

    name: str
    found: bool = False
    sha256: str | None = None


MessageType = Literal[
    "text",
    "image",
    "voice",
    "video",
    "file",
    "sticker",
    "link",
    "location",
    "transfer",
    "red-packet",
    "call",
    "poll",
    "system",
    "recall",
    "other",
]


class Message(Value, frozen=True, kw_only=True, tag_field="kind", tag="message", gc=False):
    """A message of a chat. `side` is self for the applicant's, other for the customer's.

    `chat` names the conversation where a file holds several; `reply_to` is what a reply quotes, or the id it names.
    """

    where: Locator
    at: Moment | None
    sender: str | None
    text: str
    type: MessageType = "text"
    side: Side = "unknown"
    sender_id: str | None = None
    attachments: tuple[Attachment, ...] = ()
    edited: bool = False
    recalled: bool = False
    reply_to: str | None = None
    chat: str | None = None
    spots: tuple[Spot, ...] = ()


class Mail(Message, frozen=True, kw_only=True, tag_field="kind", tag="mail", gc=False):
    """A mail: `to` are its recipients as written, `message_id` is without angle brackets (RFC 5322, 3.6.4)."""

    subject: str | None = None
    to: tuple[str, ...] = ()
    message_id: str | None = None


class Money(Value, frozen=True, kw_only=True):
    """An amount: `value` a decimal with "." and a sign if negative, `currency` ISO 4217."""

    value: str
    currency: str


class Tracking(Value, frozen=True, kw_only=True):
    """A parcel number and who carries it, as printed."""

    carrier: str | None
    number: str


class Buyer(Value, frozen=True, kw_only=True):
    """The buyer as printed (masked by the platform or not)."""

    nick: str | None = None
    name: str | None = None
    phone: str | None = None
    address: str | None = None


class OrderItem(Value, frozen=True, kw_only=True):
    """One article of an order. `quantity` as printed."""

    title: str | None = None
    sku: str | None = None
    spec: str | None = None
    quantity: str | None = None
    unit_price: Money | None = None


class Amounts(Value, frozen=True, kw_only=True):
    """The amounts of a record."""

    goods: Money | None = None
    shipping: Money | None = None
    discount: Money | None = None
    payable: Money | None = None
    paid: Money | None = None
    received: Money | None = None
    refunded: Money | None = None


class Times(Value, frozen=True, kw_only=True):
    """The times of a record, each only from a filled cell."""

    created: Moment | None = None
    paid: Moment | None = None
    promised_ship: Moment | None = None
    shipped: Moment | None = None
    signed: Moment | None = None
    confirmed: Moment | None = None
    completed: Moment | None = None
    refund_applied: Moment | None = None
    refunded: Moment | None = None
    closed: Moment | None = None
    scanned: Moment | None = None


class _Trade(Value, frozen=True, kw_only=True):
    where: Locator
    order_id: str | None = None
    sub_order_id: str | None = None
    transaction_id: str | None = None
    tracking: tuple[Tracking, ...] = ()
    buyer: Buyer = Buyer()
    items: tuple[OrderItem, ...] = ()
    amounts: Amounts = Amounts()
    direction: Literal["in", "out", "neutral"] | None = None
    party: str | None = None
    status: str | None = None
    times: Times = Times()
    text: str | None = None
    cells: tuple[tuple[str, str], ...] = ()
    """Every filled cell as printed, (header, wording), so that a citation can quote it."""
    spots: tuple[Spot, ...] = ()


class Order(_Trade, frozen=True, kw_only=True, tag_field="kind", tag="order"):
    """One order number on one sheet, its items in row order."""


class Payment(_Trade, frozen=True, kw_only=True, tag_field="kind", tag="payment"):
    """A payment."""


class Refund(_Trade, frozen=True, kw_only=True, tag_field="kind", tag="refund"):
    """A refund or after-sale case."""


class Shipment(_Trade, frozen=True, kw_only=True, tag_field="kind", tag="shipment"):
    """A parcel."""


class Scan(_Trade, frozen=True, kw_only=True, tag_field="kind", tag="scan"):
    """One scan of a parcel."""


class Settlement(_Trade, frozen=True, kw_only=True, tag_field="kind", tag="settlement"):
    """A movement on the merchant's account."""


class Review(Value, frozen=True, kw_only=True, tag_field="kind", tag="review"):
    """A review or note seen in a screenshot."""

    where: Locator
    author: str | None = None
    rating: str | None = None
    at: Moment | None = None
    text: str = ""
    reply_to: str | None = None
    likes: str | None = None
    side: Side = "unknown"
    spots: tuple[Spot, ...] = ()


class Dating(Value, frozen=True, kw_only=True, tag_field="kind", tag="dating"):
    """A date that a picture's metadata or a file's name states. `basis` names the tag or the pattern."""

    where: Locator
    role: Role
    at: Moment
    text: str
    basis: str


Record = Line | Message | Mail | Order | Payment | Refund | Shipment | Scan | Settlement | Review | Dating
Trade = Order | Payment | Refund | Shipment | Scan | Settlement


class Reading(Value, frozen=True, kw_only=True):
    """What one reader (`name@version`) made of one file; records in the file's order.

    `encoding` is how text was decoded. `tables` keeps a table's headers for printing. `chosen` says why this reader.
    """

    reader: str
    format: str
    records: tuple[Record, ...]
    balance: Balance
    notes: tuple[Note, ...] = ()
    unread: tuple[Unread, ...] = ()
    declared: dict[str, str | int] = {}
    encoding: str | None = None


def numbers_in(reading: Reading) -> frozenset[str]:
    """The numbers of orders, payments and parcels that the trades of a reading bear."""
    found: set[str | None] = set()
    for record in reading.records:
        if isinstance(record, Trade):
            found.update((record.order_id, record.sub_order_id, record.transaction_id))
            found.update(parcel.number for parcel in record.tracking)
    return frozenset(number for number in found if number)
