"""The central values: what arrives, what is read from it, what happened, what is claimed and what was found.

All are frozen and hold tuples. Their canonical JSON (sorted keys) is what digests are taken of, and, as far as
`interface.md` names them, what is printed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, Literal, TypeVar

import msgspec

from pipeline.locate import Locator
from pipeline.moment import Moment

_T = TypeVar("_T")

Digest = str
"""`sha256:` and 64 hex digits: the algorithm is part of the string."""

Kind = Literal["image", "text", "table", "archive", "pdf", "empty", "unknown"]
Severity = Literal["info", "warning", "error"]
Side = Literal["self", "other", "system", "unknown"]
Certainty = Literal["exact", "agreed", "single", "disputed", "corrected"]
Stance = Literal["contradicted", "partly", "accepted", "opinion", "unanswered"]
Verdict = Literal["contradicted", "partly", "supported", "opinion", "no-evidence"]
Role = Literal[
    "order.created",
    "order.paid",
    "order.shipped",
    "order.signed",
    "order.confirmed",
    "order.completed",
    "order.closed",
    "refund.applied",
    "refund.paid",
    "payment.made",
    "parcel.scan",
    "chat.message",
    "mail.sent",
    "review.posted",
    "review.replied",
    "screenshot.captured",
    "photo.taken",
    "file.dated",
]


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Base of all values."""


def encode(value: object) -> bytes:
    """Canonical JSON: UTF-8, sorted keys, no blanks, no line end."""
    return msgspec.json.encode(value, order="sorted")


def decode(data: bytes, kind: type[_T]) -> _T:
    """The value that `encode` wrote; msgspec.ValidationError names the path of what does not fit."""
    return msgspec.json.decode(data, type=kind)


def digest_of(data: bytes) -> Digest:
    """The digest of bytes in memory."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def bare(digest: Digest) -> str:
    """The 64 hex digits without the name of the algorithm."""
    return digest.removeprefix("sha256:")


# What arrives -----------------------------------------------------------------------------------------------------


class Receipt(Value, frozen=True, kw_only=True):
    """How an exhibit came: `name` is the path below inbox/ in NFC with "/", `raw` the bytes in hex if not UTF-8.

    `received` is ISO 8601 in UTC. For a member of an archive `name` is "archive.zip/member".
    """

    name: str
    received: str
    raw: str | None = None
    channel: Literal["inbox", "archive"] = "inbox"


class Exhibit(Value, frozen=True, kw_only=True):
    """A piece of evidence: identity = bytes. `label` is "3" or, for a member of an archive, "3-1"; never reused."""

    label: str
    digest: Digest
    bytes: int
    receipts: tuple[Receipt, ...]
    withdrawn: bool = False
    parent: str | None = None

    @property
    def name(self) -> str:
        """The name it first came under."""
        return self.receipts[0].name


# What is said about a file ----------------------------------------------------------------------------------------


class Note(Value, frozen=True, kw_only=True):
    """A warning as data: a code of the wording table, the values of its sentence, and a place."""

    code: str
    values: dict[str, str | int] = {}
    where: Locator | None = None


class Unread(Value, frozen=True, kw_only=True):
    """What could not be read, and why, as data."""

    code: str
    values: dict[str, str | int] = {}
    where: Locator | None = None


class Balance(Value, frozen=True, kw_only=True):
    """The account of a file: records + skipped + unread = total, in `unit`."""

    unit: Literal["lines", "rows", "items", "pixel rows", "pages", "members", "bytes"]
    total: int
    records: int
    skipped: int = 0
    unread: int = 0

    def __post_init__(self) -> None:
        parts = (self.records, self.skipped, self.unread)
        if min(parts) < 0 or sum(parts) != self.total:
            raise ValueError(f"the balance does not add up: {parts} of {self.total}")


class Member(Value, frozen=True, kw_only=True):
    """One file inside an archive: its name as read, and the bytes as a blob of the store."""

    name: str
    digest: Digest
    bytes: int


class Ingested(Value, frozen=True, kw_only=True):
    """What a file is, by its content: `media_type`, the kind that decides which stages take it, and its members."""

    media_type: str
    kind: Kind
    balance: Balance
    width: int | None = None
    height: int | None = None
    members: tuple[Member, ...] = ()
    notes: tuple[Note, ...] = ()
    unread: tuple[Unread, ...] = ()


# Records: what is read from a file --------------------------------------------------------------------------------


class Word(Value, frozen=True, kw_only=True):
    """A word seen in a picture; box [left, top, right, bottom] in pixels of the upright picture."""

    text: str
    box: tuple[float, float, float, float]
    confidence: float


class Line(Value, frozen=True, kw_only=True, tag_field="kind", tag="line"):
    """A line of text seen in a picture."""

    where: Locator
    text: str
    box: tuple[float, float, float, float]
    confidence: float
    words: tuple[Word, ...] = ()
    page: int | None = None


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


class Message(Value, frozen=True, kw_only=True, tag_field="kind", tag="message"):
    """A message of a chat. `side` is self for the applicant's, other for the customer's."""

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


class Dating(Value, frozen=True, kw_only=True, tag_field="kind", tag="dating"):
    """A date that a picture's metadata or a file's name states. `basis` names the tag or the pattern."""

    where: Locator
    role: Role
    at: Moment
    text: str
    basis: str


Record = Line | Message | Order | Payment | Refund | Shipment | Scan | Settlement | Review | Dating
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


# What happened ----------------------------------------------------------------------------------------------------


class Citation(Value, frozen=True, kw_only=True):
    """Where a fact stands. `quote` is the raw wording; `sha256` bare hex."""

    exhibit: str
    sha256: str
    where: Locator
    quote: str
    reader: str
    certainty: Certainty
    confidence: float | None = None


class Event(Value, frozen=True, kw_only=True):
    """Something that happened, by one role of time. `id` is the digest of its content, `number` its place."""

    id: str
    number: int
    role: Role
    at: Moment
    text: str
    citations: tuple[Citation, ...]
    actors: tuple[str, ...] = ()
    amount: Money | None = None
    order_id: str | None = None
    exhibits: tuple[str, ...] = ()
    agrees: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.citations:
            raise ValueError("a fact without a citation cannot be constructed")


class Conflict(Value, frozen=True, kw_only=True):
    """Two facts that cannot both hold, or something in them that contradicts itself."""

    code: str
    message: str
    events: tuple[str, ...]


class Timeline(Value, frozen=True, kw_only=True):
    """`out/timeline.json`."""

    zone: str | None
    events: tuple[Event, ...]
    untimed: tuple[Event, ...] = ()
    order_unknown: tuple[tuple[str, str], ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    gaps: tuple[dict[str, str], ...] = ()
    notes: tuple[Note, ...] = ()


# What is claimed, and what was found ------------------------------------------------------------------------------


class Quote(Value, frozen=True, kw_only=True):
    """A passage that may stand between quotation marks, because it was found where its citation says.

    `says` is the wording asked for, `citation.quote` what stands there.
    """

    says: str
    citation: Citation


class Reason(Value, frozen=True, kw_only=True):
    """One reason of a finding. `pages` is filled once the document is laid out."""

    text: str
    side: Literal["applicant", "customer"] = msgspec.field(name="for")
    events: tuple[str, ...] = ()
    exhibits: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    sources: int = 0
    strength: str = ""
    quotes: tuple[Quote, ...] = ()
    rule: str = ""
    """The rule that found it, for facts that follow from the timeline."""
    answers: str = ""
    """The passage of the review that it answers, for what an applicant quotes."""


class Finding(Value, frozen=True, kw_only=True):
    """What the evidence says to one statement of the review. `claimed` is the applicant's stance."""

    says: str
    finding: Verdict
    claimed: Stance | None
    agrees: bool | None
    because: tuple[Reason, ...] = ()
    answer: str = ""


class Ready(Value, frozen=True, kw_only=True):
    """One line of readiness."""

    code: str
    severity: Literal["must", "should", "info"]
    message: str
    exhibits: tuple[str, ...] = ()


class Appraisal(Value, frozen=True, kw_only=True):
    """What appraise found: the findings, the facts for the first page, and what speaks for the customer."""

    headline: str
    platform: str = ""
    """What the platform is called; empty without one."""
    statements: tuple[Finding, ...]
    claims: tuple[Finding, ...]
    facts: tuple[Reason, ...]
    for_customer: tuple[Reason, ...]
    advice: Literal["appeal", "reply", "gather"]
    grounds: tuple[dict[str, Any], ...] = ()
    readiness: tuple[Ready, ...] = ()
    notes: tuple[Note, ...] = ()
    review_at: Moment | None = None
    review_event: str | None = None
    review_quotes: tuple[Quote, ...] = ()
    """Where the exhibit of the review shows its passages."""
    statement: tuple[str, ...] = ()


class Mark(Value, frozen=True, kw_only=True):
    """A numbered call-out on one exhibit: what is boxed and what the note beside it says."""

    number: int
    exhibit: str
    where: Locator
    title: str
    text: str
    quotes: tuple[str, ...] = ()
    """The wordings that are cited there."""


class Marks(Value, frozen=True, kw_only=True):
    """What annotate decided, in the order of exhibit and place."""

    marks: tuple[Mark, ...]


# The document -----------------------------------------------------------------------------------------------------


class Placed(Value, frozen=True, kw_only=True):
    """Where a cited place is shown: a mark on an exhibit and the page it stands on (1-based, as the PDF counts)."""

    exhibit: str
    where: Locator
    page: int


class Layout(Value, frozen=True, kw_only=True):
    """The laid-out document: `exhibits` maps a label to its first and last page, `sections` a section to its first."""

    pages: int
    exhibits: dict[str, tuple[int, int]]
    placed: tuple[Placed, ...]
    sections: dict[str, int]
    notes: tuple[Note, ...] = ()

    def page_of(self, exhibit: str, where: Locator) -> int | None:
        """The page that shows a cited place: its marked page, else the exhibit's first page, else none."""
        for place in self.placed:
            if place.exhibit == exhibit and place.where == where:
                return place.page
        span = self.exhibits.get(exhibit)
        return span[0] if span else None

    def pages_of(self, citations: Iterable[Citation]) -> tuple[int, ...]:
        """The pages that show these citations, each once, ascending."""
        found = (self.page_of(citation.exhibit, citation.where) for citation in citations)
        return tuple(sorted({page for page in found if page is not None}))


# The case ---------------------------------------------------------------------------------------------------------


class Applicant(Value, frozen=True, kw_only=True):
    """Who appeals."""

    name: str | None = None
    account: str | None = None
    contact: str | None = None


class ReviewClaim(Value, frozen=True, kw_only=True):
    """The review that is appealed against, as the applicant states it. `exhibit` is a path in inbox/."""

    author: str | None = None
    url: str | None = None
    posted: str | None = None
    exhibit: str | None = None
    order_id: str | None = None
    text: str | None = None


class Appeal(Value, frozen=True, kw_only=True):
    """On what ground, and what is asked for. `statement` is the text itself, already loaded."""

    ground: str | None = None
    request: str | None = None
    statement: str | None = None


class Claim(Value, frozen=True, kw_only=True):
    """One passage of the review and the applicant's answer. `evidence` are paths in inbox/."""

    says: str
    answer: str = ""
    stance: Stance = "unanswered"
    evidence: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()


class Person(Value, frozen=True, kw_only=True):
    """One person under several names."""

    name: str
    aliases: tuple[str, ...] = ()
    side: Literal["customer", "applicant", "other"] | None = None


class Source(Value, frozen=True, kw_only=True):
    """A declared table: `columns` maps a field to a header or to {column, unit, sign}."""

    file: str
    format: str = "table"
    columns: dict[str, str | dict[str, str]] = {}
    time: dict[str, str] = {}
    sheet: str | None = None
    header_row: int | None = None
    header_contains: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    combine: tuple[str, ...] = ()
    fill_down: tuple[str, ...] = ()
    skip_rows: str | None = None
    null_tokens: tuple[str, ...] = ()


class Case(Value, frozen=True, kw_only=True):
    """`case.toml`, checked. `zone_basis` says whether the zone is the case's own or its platform's."""

    title: str | None = None
    platform: str | None = None
    language: Literal["zh-CN", "en"] = "zh-CN"
    zone: str | None = None
    zone_basis: Literal["case", "platform", "unknown"] = "unknown"
    applicant: Applicant = Applicant()
    review: ReviewClaim = ReviewClaim()
    appeal: Appeal = Appeal()
    claims: tuple[Claim, ...] = ()
    only: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    sources: tuple[Source, ...] = ()
    declared: bool = False
    """Whether there is a case.toml at all."""


def label_key(label: str) -> tuple[int, ...]:
    """The natural order of labels: "2" before "12", "11" before "11-1"."""
    return tuple(int(part) for part in label.split("-"))


def short_id(parts: Iterable[object]) -> str:
    """Sixteen hex digits from the canonical JSON of `parts`: an id that depends on content alone."""
    return hashlib.sha256(encode(list(parts))).hexdigest()[:16]
