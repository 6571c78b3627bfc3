"""What all values share: the struct, canonical JSON, digests, labels, and the words from closed sets."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable
from typing import Any, Literal, TypeVar

import msgspec

_T = TypeVar("_T")
_learning = threading.Lock()
_known: set[Any] = set()

Digest = str
"""`sha256:` and 64 hex digits: the algorithm is part of the string."""

Kind = Literal["image", "text", "table", "archive", "pdf", "empty", "unknown"]
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
    return msgspec.json.decode(data, type=learnt(kind))


def learnt(kind: type[_T]) -> type[_T]:
    """The type itself, once msgspec knows it. What threads decode goes through here.

    msgspec learns a type, and those inside it, when it first meets it, and a second thread that comes upon one half
    learnt crashes the process.
    """
    if kind not in _known:
        with _learning:
            msgspec.json.Decoder(kind)
            _known.add(kind)
    return kind


def digest_of(data: bytes) -> Digest:
    """The digest of bytes in memory."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def bare(digest: Digest) -> str:
    """The 64 hex digits without the name of the algorithm."""
    return digest.removeprefix("sha256:")


def label_key(label: str) -> tuple[int, ...]:
    """The natural order of labels: "2" before "12", "11" before "11-1"."""
    return tuple(int(part) for part in label.split("-"))


def short_id(parts: Iterable[object]) -> str:
    """Sixteen hex digits from the canonical JSON of `parts`: an id that depends on content alone."""
    return hashlib.sha256(encode(list(parts))).hexdigest()[:16]
