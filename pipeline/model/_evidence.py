"""What arrives, and what is said about a file."""

from __future__ import annotations

from typing import Literal

from pipeline.locate import Locator
from pipeline.model._base import Digest, Kind, Value


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
