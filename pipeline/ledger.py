"""The ledger: what was received, withdrawn and decided, and which builds were made of it.

One file of JSON lines holds two hash chains. The evidence chain (received, withdrawn, decision) depends on the
evidence alone, and its head is what a dossier cites; the run chain (made, reused, recovered, sealed) is the history
of the machine. Besides, every line follows from the line before, so that no line can be changed, moved or taken out
unseen. (A cut of whole lines at the end shows against the head that a dossier cites.)
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

import msgspec

from pipeline.contract import Custody, CustodyRecord, Stage
from pipeline.errors import CaseBusy, DossierError, MachineLacks, VerificationFailed
from pipeline.model import Note, Value, decode, encode
from pipeline.store import reading, sync_folder, write_aside, writing

__all__ = ["START", "VERSION", "Entry", "Ledger", "audit", "entries_in", "newer", "stamp"]

Kind = Literal["received", "withdrawn", "decision", "made", "reused", "recovered", "sealed"]
Chain = Literal["evidence", "run"]

VERSION = 1
"""Of a line. Raised with any new kind or field, or another hash: a program that is older then says that it is."""

START = "0" * 64
"""What the first record of a chain follows."""

_EVIDENCE: frozenset[Kind] = frozenset({"received", "withdrawn", "decision"})
_LASTING: frozenset[Kind] = _EVIDENCE | {"sealed"}
_TORN = "ledger.torn-"


class Entry(Value, frozen=True, kw_only=True):
    """One line. `hash` is over the content and `previous`, the hash before it in its chain; `link` over `hash` and
    `before`, the link of the line before. Only `link` depends on the other chain.
    """

    version: int
    chain: Chain
    kind: Kind
    at: str
    body: dict[str, Any]
    previous: str
    hash: str
    before: str
    link: str

    def own_hash(self) -> str:
        """The hash that belongs to the content."""
        content = [self.version, self.chain, self.kind, self.at, self.body, self.previous]
        return hashlib.sha256(encode(content)).hexdigest()

    def own_link(self) -> str:
        """The link that belongs to the hash and the line before."""
        return hashlib.sha256(f"{self.before}{self.hash}".encode()).hexdigest()


class _Versioned(msgspec.Struct):
    """As much of a line as lines of every version have."""

    version: int


class Ledger:
    """The ledger of one case, open for its one writer (the holder of the case's lock).

    Opening makes the file, so that nothing is ever received without one. It recovers from a torn tail: the last line
    without its end is cut off, kept beside the ledger, and recorded. VerificationFailed if a line was altered,
    MachineLacks if a newer program wrote one; the file stays as it is then.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self.path = path
        self._clock = clock
        if not path.exists():
            self._begin()
        with reading(path):
            data = path.read_bytes()
        whole = data[: data.rfind(b"\n") + 1]
        self.entries: list[Entry]
        self.entries, problems = _walk(whole)
        if problems:
            raise newer(problems[:1]) or VerificationFailed("ledger-broken", line=problems[0].values["line"])
        if len(whole) < len(data):
            self._cut(len(whole), data[len(whole) :])
        self._size = len(whole)
        self.recovered = self._record_torn()

    @property
    def evidence(self) -> tuple[Entry, ...]:
        """The evidence chain."""
        return tuple(entry for entry in self.entries if entry.chain == "evidence")

    @property
    def evidence_head(self) -> str:
        """The hash that the evidence chain ends with."""
        return self._head("evidence")

    @property
    def newest(self) -> str | None:
        """The time of the newest evidence record."""
        return next((entry.at for entry in reversed(self.entries) if entry.chain == "evidence"), None)

    def last(self, kind: Kind) -> Entry | None:
        """The last record of a kind."""
        return next((entry for entry in reversed(self.entries) if entry.kind == kind), None)

    def append(self, kind: Kind, body: Mapping[str, Any]) -> Entry:
        """Record one thing."""
        return self.extend([(kind, body)])[0]

    def extend(self, news: Iterable[tuple[Kind, Mapping[str, Any]]]) -> list[Entry]:
        """Record things in their order, with one fsync for all if any must last."""
        before = len(self.entries)
        try:
            for kind, body in news:
                self.entries.append(self._entry(kind, dict(body)))
            new = self.entries[before:]
            if new:
                lasting = any(entry.kind in _LASTING for entry in new)
                self._write(b"".join(encode(entry) + b"\n" for entry in new), lasting)
        except BaseException:
            del self.entries[before:]
            raise
        return new

    def custody(self, case: str, made: str, order: Iterable[Stage] = ()) -> Custody:
        """The evidence chain as a dossier cites it, and the stages that read it."""
        records = tuple(
            CustodyRecord(
                at=entry.at,
                action="decision-taken-back" if entry.body.get("taken_back") else entry.kind,
                label=entry.body.get("label"),
                name=entry.body.get("name"),
                digest=entry.body.get("digest"),
                machine=entry.body.get("machine"),
                text=entry.body.get("text"),
            )
            for entry in self.evidence
        )
        stages = {stage.name: stage.version for stage in order}
        return Custody(evidence_head=self.evidence_head, made=made, case=case, records=records, stages=stages)

    def _head(self, chain: Chain) -> str:
        return next((entry.hash for entry in reversed(self.entries) if entry.chain == chain), START)

    def _entry(self, kind: Kind, body: dict[str, Any]) -> Entry:
        chain: Chain = "evidence" if kind in _EVIDENCE else "run"
        bare = Entry(
            version=VERSION,
            chain=chain,
            kind=kind,
            at=stamp(self._clock()),
            body=body,
            previous=self._head(chain),
            hash="",
            before=self.entries[-1].link if self.entries else START,
            link="",
        )
        hashed = msgspec.structs.replace(bare, hash=bare.own_hash())
        return msgspec.structs.replace(hashed, link=hashed.own_link())

    def _begin(self) -> None:
        with writing(self.path):
            with self.path.open("xb") as stream:
                os.fsync(stream.fileno())
            sync_folder(self.path.parent)

    def _write(self, data: bytes, lasting: bool) -> None:
        """Append. CaseBusy if the file is not as it was left: with work/ its lock went, and another build came.

        A file that is gone is not begun anew: VerificationFailed.
        """
        if not self.path.exists():
            raise VerificationFailed("ledger-lost", path=self.path)
        with writing(self.path), self.path.open("r+b", buffering=0) as stream:
            size = stream.seek(0, os.SEEK_END)
            if size != self._size:
                raise CaseBusy("case-busy", case=self.path.parent)
            try:
                view = memoryview(data)
                while view:
                    view = view[stream.write(view) :]
                if lasting:
                    os.fsync(stream.fileno())
            except BaseException:
                stream.truncate(size)
                raise
            self._size += len(data)

    def _cut(self, size: int, torn: bytes) -> None:
        """Keep the torn bytes beside the ledger first, then cut: a kill in between repeats the cut, and no more."""
        name = _TORN + hashlib.sha256(torn).hexdigest()[:16]
        with writing(self.path):
            aside, _, _ = write_aside(self.path.parent, (torn,))
            aside.replace(self.path.with_name(name))
            sync_folder(self.path.parent)
            with self.path.open("r+b") as stream:
                stream.truncate(size)
                os.fsync(stream.fileno())

    def _record_torn(self) -> tuple[str, ...]:
        """Record every torn tail that lies beside the ledger and has no record yet."""
        known = {entry.body["kept"] for entry in self.entries if entry.kind == "recovered"}
        torn = sorted(path for path in self.path.parent.glob(f"{_TORN}*") if path.name not in known)
        self.extend(("recovered", {"kept": path.name, "bytes": path.stat().st_size}) for path in torn)
        return tuple(path.name for path in torn)


def audit(path: Path) -> list[Note]:
    """Everything that is wrong with a ledger, each with the number of its line; an empty list if nothing is."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return [Note(code="ledger-missing", values={"path": path.name})]
    whole = data[: data.rfind(b"\n") + 1]
    problems = _walk(whole)[1]
    if len(whole) < len(data):
        problems.append(Note(code="ledger-torn", values={"line": whole.count(b"\n") + 1}))
    return problems


def newer(problems: Sequence[Note]) -> DossierError | None:
    """What to say of a ledger with which nothing is wrong but that a newer program wrote in it."""
    if [problem.code for problem in problems] != ["ledger-newer"]:
        return None
    return MachineLacks("ledger-newer", **problems[0].values)


def entries_in(path: Path) -> tuple[Entry, ...]:
    """The records of a ledger as far as they can be read, without touching it."""
    data = path.read_bytes()
    return tuple(_walk(data[: data.rfind(b"\n") + 1])[0])


def stamp(when: datetime) -> str:
    """A time as the ledger writes it: ISO 8601 in UTC, whole seconds."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _walk(data: bytes) -> tuple[list[Entry], list[Note]]:
    """The entries and every problem. After a line that cannot be read, the next one is taken as it comes.

    Of what a newer program wrote, and what follows on it, nothing can be said.
    """
    entries: list[Entry] = []
    problems: list[Note] = []
    link: str | None = START
    heads: dict[Chain, str | None] = {"evidence": START, "run": START}
    for number, line in enumerate(data.split(b"\n")[:-1], start=1):
        entry = _parse(line)
        if entry is None and (version := _version(line)) > VERSION:
            problems.append(Note(code="ledger-newer", values={"line": number, "version": version, "known": VERSION}))
            break
        if entry is None:
            problems.append(Note(code="ledger-unreadable", values={"line": number}))
            link, heads = None, {"evidence": None, "run": None}
            continue
        if entry.hash != entry.own_hash() or entry.link != entry.own_link():
            problems.append(Note(code="ledger-altered", values={"line": number}))
        elif link not in (None, entry.before) or heads[entry.chain] not in (None, entry.previous):
            problems.append(Note(code="ledger-broken", values={"line": number}))
        entries.append(entry)
        link, heads[entry.chain] = entry.link, entry.hash
    return entries, problems


def _parse(line: bytes) -> Entry | None:
    """The entry of a line; none if the line is not exactly what would be written for it."""
    try:
        entry = decode(line, Entry)
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return entry if encode(entry) == line and entry.version <= VERSION else None


def _version(line: bytes) -> int:
    """The version that a line states; 0 if none."""
    try:
        return decode(line, _Versioned).version
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return 0
