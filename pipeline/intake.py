"""From files to exhibits: the only reader of the outside world.

What is in the inbox is compared with what the ledger says is there, as pairs of name and digest. What is new gets a
receipt, what is gone is withdrawn; a label is allotted when a digest is first seen and never again. Originals are
copied before the ledger speaks of them, so that a build killed in between goes on where it stopped.
"""

from __future__ import annotations

import fnmatch
import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Literal

import msgspec

from pipeline.errors import VerificationFailed
from pipeline.ledger import Entry, Kind, Ledger
from pipeline.model import Digest, Exhibit, Note, Receipt
from pipeline.store import Originals, digest_file, reading

__all__ = [
    "LITTER",
    "OWN",
    "Arrival",
    "Found",
    "Register",
    "Roll",
    "duplicates",
    "evidence_folder",
    "named",
    "natural",
    "scan",
    "take",
]

Channel = Literal["inbox", "archive"]

OWN = (
    "originals",
    "work",
    "out",
    "ledger.jsonl",
    "ledger.torn-*",
    "*.toml",
    "statement.md",
    "statement.*.md",
    "READY",
    "结果说明.txt",
)
"""What is never evidence beside the evidence of a case: its own files."""

LITTER = (".DS_Store", "Thumbs.db", "~$*", "*.part", "*.crdownload")
"""What is never evidence anywhere."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A file of the inbox. `name` is its path in NFC with "/", `raw` its bytes in hex if they are not UTF-8."""

    path: Path
    name: str
    raw: str | None = None


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Bytes under a name, before they have a label. `parent` is the label of the archive they are in."""

    name: str
    digest: Digest
    bytes: int
    raw: str | None = None
    parent: str | None = None

    @property
    def channel(self) -> Channel:
        """How it came."""
        return "archive" if self.parent else "inbox"


@dataclass
class _Known:
    """What the ledger says of one digest: every receipt, and which of them still hold."""

    label: str
    digest: Digest
    bytes: int
    parent: str | None
    receipts: list[Receipt] = field(default_factory=list)
    live: dict[tuple[str, str], Receipt] = field(default_factory=dict)
    """By name and channel."""

    def shown(self) -> tuple[Receipt, ...]:
        """Those that hold, or all where none does; the first bears the time at which the bytes first came."""
        first, *others = self.live.values() or self.receipts
        return (msgspec.structs.replace(first, received=self.receipts[0].received), *others)


class Roll:
    """The exhibits as the evidence chain of a ledger tells them."""

    def __init__(self, evidence: Iterable[Entry]) -> None:
        self._known: dict[Digest, _Known] = {}
        self._allotted: dict[str | None, int] = {}
        for entry in evidence:
            self._replay(entry.kind, entry.at, entry.body)

    def exhibits(self) -> tuple[Exhibit, ...]:
        """Every exhibit ever received, in order of label. One with no receipt left is withdrawn and keeps them all.

        A renamed file keeps the time at which it was received: the ledger alone tells the renaming.
        """
        exhibits = (
            Exhibit(
                label=known.label,
                digest=known.digest,
                bytes=known.bytes,
                receipts=known.shown(),
                withdrawn=not known.live,
                parent=known.parent,
            )
            for known in self._known.values()
        )
        return tuple(sorted(exhibits, key=lambda exhibit: natural(exhibit.label)))

    def label(self, digest: Digest) -> str | None:
        """The label of these bytes, if they were ever received."""
        return self._known[digest].label if digest in self._known else None

    def _replay(self, kind: Kind, at: str, body: dict[str, Any]) -> None:
        if kind == "received":
            parent, _, number = body["label"].rpartition("-")
            self._allotted[parent or None] = max(self._allotted.get(parent or None, 0), int(number))
            fresh = _Known(label=body["label"], digest=body["digest"], bytes=body["bytes"], parent=parent or None)
            known = self._known.setdefault(body["digest"], fresh)
            receipt = Receipt(name=body["name"], received=at, raw=body["raw"], channel=body["channel"])
            known.receipts.append(receipt)
            known.live[receipt.name, receipt.channel] = receipt
        elif kind == "withdrawn":
            self._known[body["digest"]].live.pop((body["name"], body["channel"]), None)


class Register(Roll):
    """The roll of a case that is built, and the way to change it."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        super().__init__(ledger.evidence)

    def reconcile(self, arrivals: Sequence[Arrival], channel: Channel, closed: Sequence[str] = ()) -> None:
        """Record what is new among the arrivals of a channel and withdraw what is gone.

        `closed` are names of files, folders and archives that could not be opened this time: what came under them
        stays.
        """
        now = {(arrival.name, arrival.digest) for arrival in arrivals}
        below = tuple(f"{name}/" for name in closed)
        gone = [
            {"label": known.label, "name": receipt.name, "digest": known.digest, "channel": channel}
            for known in self._known.values()
            for receipt in known.live.values()
            if receipt.channel == channel
            and (receipt.name, known.digest) not in now
            and not (receipt.name in closed or receipt.name.startswith(below))
        ]
        self._record(("withdrawn", body) for body in gone)
        self._record(self._receipts(arrivals))

    def _receipts(self, arrivals: Sequence[Arrival]) -> Iterator[tuple[Kind, dict[str, Any]]]:
        here = {(r.name, known.digest, r.channel) for known in self._known.values() for r in known.live.values()}
        labels = {known.digest: known.label for known in self._known.values()}
        allotted = dict(self._allotted)
        for arrival in arrivals:
            if (arrival.name, arrival.digest, arrival.channel) in here:
                continue
            here.add((arrival.name, arrival.digest, arrival.channel))
            if arrival.digest not in labels:
                allotted[arrival.parent] = allotted.get(arrival.parent, 0) + 1
                number = str(allotted[arrival.parent])
                labels[arrival.digest] = f"{arrival.parent}-{number}" if arrival.parent else number
            yield (
                "received",
                {
                    "label": labels[arrival.digest],
                    "name": arrival.name,
                    "raw": arrival.raw,
                    "digest": arrival.digest,
                    "bytes": arrival.bytes,
                    "channel": arrival.channel,
                },
            )

    def _record(self, news: Iterable[tuple[Kind, dict[str, Any]]]) -> None:
        for entry in self._ledger.extend(news):
            self._replay(entry.kind, entry.at, entry.body)


def take(case: Path, register: Register, originals: Originals) -> tuple[Note, ...]:
    """Take in what lies in a case's inbox; the notes on what was refused or arrived twice.

    VerificationFailed if an original that is still needed no longer has its bytes.
    """
    found, notes = scan(case)
    arrivals: list[Arrival] = []
    for file in found:
        try:
            arrivals.append(_arrive(file, originals))
        except FileNotFoundError:
            continue  # gone since it was listed
        except OSError:
            notes.append(Note(code="cannot-open", values={"name": file.name}))
    originals.settle()
    closed = [str(note.values["name"]) for note in notes if note.code == "cannot-open"]
    register.reconcile(arrivals, "inbox", closed)
    check_originals(register, originals)
    return tuple(notes)


def duplicates(exhibits: Iterable[Exhibit]) -> tuple[Note, ...]:
    """A note for each exhibit that came under more than one name."""
    return tuple(
        Note(
            code="same-bytes",
            values={"label": exhibit.label, "names": "、".join(receipt.name for receipt in exhibit.receipts)},
        )
        for exhibit in exhibits
        if not exhibit.withdrawn and len(exhibit.receipts) > 1
    )


def check_originals(register: Register, originals: Originals) -> None:
    """VerificationFailed names the first exhibit whose original is not what was received.

    An altered member of an archive only goes, since the archive, which is checked itself, gives it again.
    """
    for exhibit in register.exhibits():
        if exhibit.withdrawn or originals.holds(exhibit.digest):
            continue
        if all(receipt.channel == "archive" for receipt in exhibit.receipts):
            originals.discard(exhibit.digest)
            continue
        path = originals.path(exhibit.digest)
        raise VerificationFailed("original-altered", label=exhibit.label, name=exhibit.name, path=path)


def _arrive(file: Found, originals: Originals) -> Arrival:
    digest = digest_file(file.path)
    try:
        size = originals.path(digest).stat().st_size
    except FileNotFoundError:
        digest, size = originals.keep(file.path)
    return Arrival(name=file.name, raw=file.raw, digest=digest, bytes=size)


def evidence_folder(case: Path) -> Path:
    """Where the evidence of a case lies: its inbox, or the folder itself."""
    inbox = case / "inbox"
    with reading(case):
        return inbox if inbox.is_dir() else case


def scan(case: Path) -> tuple[list[Found], list[Note]]:
    """The files of a case in natural order of path, and notes on what is no plain file, cannot be opened or is hidden.

    MachineLacks if the folder itself cannot be listed.
    """
    root = evidence_folder(case)
    with reading(root):
        entries = list(os.scandir(root))
    walk = _Walk(root)
    walk.through(entries, (*OWN, *LITTER) if root == case else LITTER)
    walk.found.sort(key=lambda file: (natural(file.name), os.fsencode(file.path)))
    walk.notes.sort(key=lambda note: (note.code, natural(str(note.values["name"]))))
    hidden = [Note(code="hidden-left-out", values={"count": walk.hidden})] if walk.hidden else []
    return walk.found, walk.notes + hidden


class _Walk:
    """One look at everything below a folder: links are not followed, own files and litter are left out."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.found: list[Found] = []
        self.notes: list[Note] = []
        self.hidden = 0

    def through(self, entries: Iterable[os.DirEntry[str]], left_out: Sequence[str]) -> None:
        """Look at the entries of a folder, and at all below them."""
        for entry in entries:
            if any(fnmatch.fnmatchcase(entry.name, pattern) for pattern in left_out):
                continue
            if entry.name.startswith("."):
                self.hidden += 1
                continue
            try:
                self._one(entry)
            except FileNotFoundError:
                continue  # gone since it was listed
            except OSError:
                self._note("cannot-open", entry)

    def _one(self, entry: os.DirEntry[str]) -> None:
        if entry.is_dir(follow_symlinks=False):
            self.through(list(os.scandir(entry.path)), LITTER)
            return
        mode = entry.stat(follow_symlinks=False).st_mode
        if stat.S_ISREG(mode):
            name, raw = self._name(entry)
            self.found.append(Found(path=Path(entry.path), name=name, raw=raw))
        else:
            self._note("symlink-refused" if stat.S_ISLNK(mode) else "special-file-refused", entry)

    def _note(self, code: str, entry: os.DirEntry[str]) -> None:
        self.notes.append(Note(code=code, values={"name": self._name(entry)[0]}))

    def _name(self, entry: os.DirEntry[str]) -> tuple[str, str | None]:
        return named(Path(entry.path).relative_to(self._root))


def named(path: Path) -> tuple[str, str | None]:
    """A relative path as a name in NFC with "/", and its bytes in hex if it is not UTF-8 (shown as GB18030 then)."""
    data = os.fsencode(path.as_posix())
    for encoding in ("utf-8", "gb18030"):
        try:
            name = unicodedata.normalize("NFC", data.decode(encoding))
        except UnicodeDecodeError:
            continue
        return name, None if encoding == "utf-8" else data.hex()
    return data.decode("utf-8", "backslashreplace"), data.hex()


def natural(name: str) -> tuple[Any, ...]:
    """A sort key in which 2 comes before 10, folder by folder, and a file's name before its extension."""
    *folders, file = name.split("/")
    path = PurePosixPath(file)
    return (*((_numbered(folder), ()) for folder in folders), (_numbered(path.stem), _numbered(path.suffix))), name


def _numbered(text: str) -> tuple[tuple[int, int, str], ...]:
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in re.split(r"(\d+)", text) if part)
