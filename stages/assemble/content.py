"""What the document is about: everything the parts draw from, sorted and looked up once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from pipeline.contract import Custody, Item
from pipeline.locate import Locator
from pipeline.model import (
    Appraisal,
    Case,
    Citation,
    Dating,
    Event,
    Finding,
    Line,
    Mail,
    Mark,
    Message,
    Note,
    Order,
    Payment,
    Reason,
    Refund,
    Review,
    Scan,
    Settlement,
    Shipment,
    Timeline,
)
from pipeline.moment import parse_zone
from pipeline.wording import Language
from stages.assemble.choice import Place, cited_places, on_timeline
from stages.assemble.images import Shot
from stages.assemble.masks import TRADES, Privacy
from stages.assemble.style import HEAD, SOFT
from stages.assemble.text import Span
from stages.assemble.words import Words
from stages.lang.people import person_of

__all__ = ["Content", "messages_of"]

_IMAGES, _TABLES = ("png", "jpg", "jpeg", "webp", "gif", "bmp", "tif", "tiff", "heic", "avif"), ("csv", "xls", "xlsx")
_KINDS = (
    dict.fromkeys(_IMAGES, "image")
    | dict.fromkeys(_TABLES, "table")
    | {"pdf": "pdf", "zip": "archive", "txt": "text", "html": "text", "json": "text"}
)


_KINDS_OF = {
    Payment: "payment",
    Refund: "refund",
    Settlement: "settlement",
    Shipment: "parcel",
    Scan: "parcel",
}


def messages_of(item: Item) -> list[Message]:
    """The messages of a chat in the order of its transcript: that of the file, or the other way where it runs back."""
    found: list[Message] = []
    for reading in item.readings:
        messages = [record for record in reading.records if isinstance(record, Message)]
        found += reversed(messages) if any(note.code == "chat-newest-first" for note in reading.notes) else messages
    return found


def _kind_by_name(name: str) -> str:
    """What a withdrawn file was, as far as its name tells."""
    return _KINDS.get(name.rsplit(".", 1)[-1].lower(), "unknown")


@dataclass(frozen=True, kw_only=True)
class Content:
    """The matter of one dossier. `items` stand in the order of their labels."""

    case: Case
    language: Language
    items: tuple[Item, ...]
    timeline: Timeline
    appraisal: Appraisal
    marks: Mapping[str, tuple[Mark, ...]]
    shots: Mapping[str, Shot]
    custody: Custody
    rules: Privacy
    manifest_digest: str
    is_embedded: bool
    notes: tuple[Note, ...] = ()

    @cached_property
    def words(self) -> Words:
        """The document's words."""
        return Words(self.language)

    @cached_property
    def events(self) -> dict[str, Event]:
        """Events by id."""
        return {event.id: event for event in (*self.timeline.events, *self.timeline.untimed)}

    @cached_property
    def by_digest(self) -> dict[str, Item]:
        """Exhibits by the bare digits of their digest."""
        return {item.exhibit.digest.removeprefix("sha256:"): item for item in self.items}

    @cached_property
    def message_numbers(self) -> dict[tuple[str, Locator], int]:
        """The number under which an exhibit's transcript prints a message."""
        return {
            (item.exhibit.label, message.where): number
            for item in self.items
            if item.exhibit.label not in self.shots
            for number, message in enumerate(messages_of(item), 1)
        }

    @cached_property
    def cited(self) -> frozenset[Place]:
        """Every place that a finding, a fact or a mark rests on."""
        return cited_places(self.timeline, self.appraisal, (mark for own in self.marks.values() for mark in own))

    @cached_property
    def told(self) -> frozenset[str]:
        """The messages that the timeline's pages print, by the ids of their events."""
        records = [record for item in self.items for reading in item.readings for record in reading.records]
        trades = [record for record in records if isinstance(record, TRADES)]
        numbers = {self.case.review.order_id, *self.case.only, *(trade.order_id for trade in trades)}
        numbers |= {parcel.number for trade in trades for parcel in trade.tracking}
        return on_timeline(self.timeline, self.cited, sorted(filter(None, numbers)))

    @cached_property
    def shown_places(self) -> frozenset[Place]:
        """What transcripts must show: what is cited, and the messages that the timeline prints."""
        told = (self.events[name] for name in self.told if name in self.events)
        return self.cited.union((cite.exhibit, cite.where) for event in told for cite in event.citations)

    @cached_property
    def unsure(self) -> frozenset[str]:
        """Events of which it cannot be told whether they came after the one before them."""
        return frozenset(later for _, later in self.timeline.order_unknown)

    @property
    def live(self) -> tuple[Item, ...]:
        """Exhibits that were not withdrawn."""
        return tuple(item for item in self.items if item.status != "withdrawn")

    @property
    def title(self) -> str:
        """The document's title."""
        return self.say(self.case.title) if self.case.title else self.words("title")

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The review, statement by statement; without its text, the passages that were answered."""
        return self.appraisal.statements or self.appraisal.claims

    @property
    def unread(self) -> tuple[Item, ...]:
        """Exhibits of which something was not read."""
        return tuple(item for item in self.items if item.status in {"unread", "partly"} or item.unread)

    def say(self, text: str) -> str:
        """Text as it is printed: personal data hidden."""
        return self.rules.mask(text)

    def speaker(self, message: Message) -> str:
        """A message's sender as it is printed: the name as written, after the person that the case joins it to."""
        written = self.say(message.sender or "")
        person = person_of((message.sender, message.sender_id), self.case.people)
        if person is None or person == message.sender:
            return written
        return self.words("sender-joined", person=self.say(person), written=written) if written else self.say(person)

    def certainty(self, citation: Citation) -> str:
        """How sure a reading is, with the other reading where there is one."""
        return self.words(f"certainty-{citation.certainty}", other=self.say(citation.other or "—"))

    def name(self, item: Item) -> str:
        """The exhibit's name in the catalogue: what it is, by what was read from it."""
        return self.words(f"kind-{self.kind(item)}")

    def heading(self, item: Item, link: str | None = None) -> list[Span]:
        """The exhibit as its pages name it: number, what it is, and its file."""
        title = f"{self.words('exhibit', label=item.exhibit.label)}　{self.name(item)}"
        file = self.say(item.exhibit.name.rsplit("/", 1)[-1])
        return [Span(title, HEAD, link), Span(f"　{file}", HEAD._replace(face="regular", size=9, colour=SOFT))]

    def kind(self, item: Item) -> str:
        """What an exhibit is, for a person."""
        records = [record for reading in item.readings for record in reading.records]
        if self.is_review(item) or any(isinstance(record, Review) for record in records):
            return "review"
        messages = [record for record in records if isinstance(record, Message)]
        if messages:
            return "mail" if all(isinstance(message, Mail) for message in messages) else "chat"
        trades = [record for record in records if isinstance(record, TRADES)]
        if trades:
            return "order" if any(isinstance(record, Order) for record in trades) else _KINDS_OF[type(trades[0])]
        roles = {getattr(record, "role", None) for record in records}
        for role, kind in (("screenshot.captured", "screenshot"), ("photo.taken", "photo")):
            if role in roles:
                return kind
        return item.ingested.kind if item.ingested else _kind_by_name(item.exhibit.name)

    def is_review(self, item: Item) -> bool:
        """Whether the case names this exhibit as the review."""
        named = self.case.review.exhibit
        names = {receipt.name for receipt in item.exhibit.receipts}
        return named is not None and any(name in {named} or name.rsplit("/", 1)[-1] == named for name in names)

    def instant(self, iso: str) -> str:
        """A time of the ledger (UTC) as the case's own clock shows it, with its offset; without a zone in UTC."""
        when = datetime.fromisoformat(iso)
        if self.case.zone is None:
            return f"{when:%Y-%m-%d %H:%M:%S} UTC"
        return when.astimezone(parse_zone(self.case.zone)).isoformat(" ", "seconds").replace("+", " +")

    def reasons(self) -> list[Reason]:
        """Every reason of the appraisal, each once."""
        found = [*self.appraisal.facts]
        for finding in (*self.appraisal.statements, *self.appraisal.claims):
            found += finding.because
        found += self.appraisal.for_customer
        seen: dict[object, Reason] = {}
        for reason in found:
            seen.setdefault(reason.quotes or (reason.text, reason.exhibits), reason)
        return list(seen.values())

    def has_pages(self, item: Item) -> bool:
        """Whether an exhibit is shown on pages of its own."""
        if item.status == "withdrawn":
            return False
        if item.exhibit.label in self.shots or (item.ingested and item.ingested.members):
            return True
        unseen = (Line, Dating)
        return any(not isinstance(record, unseen) for reading in item.readings for record in reading.records)
