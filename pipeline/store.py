"""Where bytes live: the disposable store of results, and the originals as received.

Both are content-addressed: a file's name is the digest of its bytes, so that damage is found by reading, and nothing
is written twice. All writing is to a temporary name in the same folder, then rename; what is received and what is
published is synced before. The store is not: whatever is missing or damaged in it, by a loss of power too, only costs
the work to make it again.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from pipeline.errors import CaseBusy, DossierError, MachineLacks
from pipeline.model import Digest, Unread, Value, bare, digest_of, encode, learnt

__all__ = [
    "Missing",
    "Originals",
    "Record",
    "Store",
    "chunks_of",
    "digest_file",
    "lacking",
    "reading",
    "sync_folder",
    "write_aside",
    "writing",
]

CHUNK = 1 << 20
_ASIDE = ".part"
_PROGRAM = secrets.token_hex(8)
"""Tells this run of the program from those of other machines that share a store."""
_NO_SPACE = frozenset({errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)})
_NO_RIGHTS = frozenset({errno.EACCES, errno.EPERM})


class Missing(LookupError):
    """No undamaged bytes with this digest are here."""


class Record(Value, frozen=True, kw_only=True):
    """What a task gave, as the key table keeps it: a document and files, or a failure.

    What is `transient` (a crash, lack of time or memory, a failing tool) says nothing about the input. `trace` names
    the lines of code a failure came through, without any message, for messages may hold what stands in the evidence.
    """

    stage: str
    document: Digest | None = None
    files: dict[str, Digest] = msgspec.field(default_factory=dict)
    failure: Unread | None = None
    transient: bool = False
    trace: tuple[str, ...] = ()


class _Kept(Value, frozen=True, kw_only=True):
    """A record as it lies on disk, with its own digest."""

    check: Digest
    record: Record


class Store:
    """Blobs by digest and records by key below one folder, `work/` of a case."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._verified: set[Digest] = set()

    def put(self, data: bytes) -> Digest:
        """Keep bytes; MachineLacks if they cannot be written."""
        return self._keep(digest_of(data), (data,))

    def put_file(self, path: Path) -> Digest:
        """Keep the bytes of a file, in bounded memory."""
        return self._keep(digest_file(path), chunks_of(path))

    def path(self, digest: Digest) -> Path:
        """The file with these bytes, verified once in the life of this object; Missing if absent or damaged.

        MachineLacks if it may not be read.
        """
        path = self._blob(digest)
        if digest not in self._verified:
            try:
                with reading(path):
                    intact = digest_file(path) == digest
            except OSError:
                intact = False
            if not intact:
                raise Missing(digest)
            self._verified.add(digest)
        return path

    def room(self, digest: Digest) -> Path:
        """Where the bytes with this digest are to be laid by who has them in a file; they are checked when used."""
        path = self._blob(digest)
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def get(self, digest: Digest) -> bytes:
        """The bytes; Missing if absent or damaged."""
        return self.path(digest).read_bytes()

    def holds(self, digest: Digest) -> bool:
        """Whether undamaged bytes with this digest are here."""
        try:
            self.path(digest)
        except Missing:
            return False
        return True

    def named(self, digits: str) -> Digest | None:
        """The digest of the blob whose name begins so; none if there is not exactly one."""
        found = [path.name for path in (self.root / "blobs" / digits[:2]).glob(f"{digits}*") if len(path.name) == 64]
        return f"sha256:{found[0]}" if len(found) == 1 else None

    def remember(self, key: str, record: Record) -> None:
        """Enter what a task gave under its key."""
        path = self._key(key)
        with writing(path):
            kept = encode(_Kept(check=digest_of(encode(record)), record=record))
            aside, _, _ = write_aside(path.parent, (kept,), lasting=False)
            aside.replace(path)

    def recall(self, key: str, shelf: Store | Originals | None = None) -> Record | None:
        """What was entered under a key, if the entry and everything it names are whole.

        `shelf` is where the files that it names are kept, if not here.
        """
        try:
            kept = msgspec.json.decode(self._key(key).read_bytes(), type=learnt(_Kept))
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None
        record = kept.record
        if digest_of(encode(record)) != kept.check:
            return None
        if record.document and not self.holds(record.document):
            return None
        return record if all((shelf or self).holds(digest) for digest in record.files.values()) else None

    @contextlib.contextmanager
    def scratch(self) -> Iterator[Path]:
        """An empty folder, one at a time in each thread; whatever is left in it is gone afterwards."""
        folder = self.root / "scratch" / f"{_PROGRAM}-{os.getpid()}-{threading.get_ident()}"
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
        try:
            yield folder
        finally:
            with contextlib.suppress(OSError):
                if any(folder.iterdir()):
                    shutil.rmtree(folder, ignore_errors=True)

    def sweep(self) -> None:
        """Remove what a killed build left half written. Only for the holder of the case's lock."""
        with writing(self.root):
            shutil.rmtree(self.root / "scratch", ignore_errors=True)
            for left in (*self.root.glob(f"blobs/*/*{_ASIDE}"), *self.root.glob(f"keys/*{_ASIDE}")):
                left.unlink(missing_ok=True)

    def _keep(self, digest: Digest, chunks: Iterable[bytes]) -> Digest:
        with contextlib.suppress(MachineLacks):  # what may not be read: the writing says so
            if self.holds(digest):
                return digest
        folder = self._blob(digest).parent
        with writing(folder):
            aside, written, _ = write_aside(folder, chunks, lasting=False)
            aside.replace(self._blob(written))
        self._verified.add(written)
        return written

    def _blob(self, digest: Digest) -> Path:
        name = bare(digest)
        return self.root.joinpath("blobs", name[:2], name)

    def _key(self, key: str) -> Path:
        return self.root.joinpath("keys", f"{key}.json")


class Originals:
    """The bytes as received, those inside archives too: read-only files named by digest.

    Nothing ever changes or removes one, but a damaged member of an archive, which the archive gives again.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._verified: set[Digest] = set()

    def path(self, digest: Digest) -> Path:
        """Where the original with this digest lies, or would."""
        return self.folder / bare(digest)

    def keep(self, source: Path) -> tuple[Digest, int]:
        """Copy a file in, hashing what is copied; its digest and size. The copy is the truth, should it change.

        Copies last once `settle` was called.
        """
        with writing(self.folder):
            aside, digest, size = write_aside(self.folder, chunks_of(source))
            if self.path(digest).exists():
                aside.unlink()
            else:
                self._place(aside, digest)
        return digest, size

    def settle(self) -> None:
        """Make the names of what was copied in last, before anything speaks of them."""
        with writing(self.folder):
            sync_folder(self.folder)

    def put(self, data: bytes) -> Digest:
        """Keep a member of an archive, in place of a damaged one."""
        return self._heal(digest_of(data), (data,))

    def put_file(self, path: Path) -> Digest:
        """Keep the bytes of a file as a member of an archive, in bounded memory."""
        return self._heal(digest_file(path), chunks_of(path))

    def holds(self, digest: Digest) -> bool:
        """Whether the original is there with its own bytes, verified once in the life of this object."""
        path = self.path(digest)
        if digest not in self._verified:
            try:
                with reading(path):
                    intact = digest_file(path) == digest
            except FileNotFoundError:
                intact = False
            if not intact:
                return False
            self._verified.add(digest)
        return True

    def holds_any(self) -> bool:
        """Whether anything was ever received."""
        return any(self.folder.glob("[0-9a-f]" * 64))

    def discard(self, digest: Digest) -> None:
        """Remove a damaged member of an archive."""
        with writing(self.folder):
            self.path(digest).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove half-made copies of a killed build."""
        with writing(self.folder):
            for left in self.folder.glob(f"*{_ASIDE}"):
                left.unlink(missing_ok=True)

    def _heal(self, digest: Digest, chunks: Iterable[bytes]) -> Digest:
        if self.holds(digest):
            return digest
        with writing(self.folder):
            aside, written, _ = write_aside(self.folder, chunks)
            self._place(aside, written)
        return written

    def _place(self, aside: Path, digest: Digest) -> None:
        aside.chmod(0o444)
        aside.replace(self.path(digest))


def digest_file(path: Path, hear: Callable[[int], None] = lambda _: None) -> Digest:
    """The digest of a file, in bounded memory; `hear` is told of bytes as they are read."""
    sha = hashlib.sha256()
    for chunk in chunks_of(path):
        sha.update(chunk)
        hear(len(chunk))
    return "sha256:" + sha.hexdigest()


def chunks_of(path: Path) -> Iterator[bytes]:
    """The bytes of a file in pieces: those it has when it is opened, though somebody goes on writing to it."""
    with path.open("rb") as stream:
        left = os.fstat(stream.fileno()).st_size
        while left > 0 and (chunk := stream.read(min(CHUNK, left))):
            left -= len(chunk)
            yield chunk


def write_aside(folder: Path, chunks: Iterable[bytes], *, lasting: bool = True) -> tuple[Path, Digest, int]:
    """Write to a fresh temporary name in `folder`, and fsync if it has to last; the path, the digest and the size."""
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f".{secrets.token_hex(8)}{_ASIDE}"
    sha, size = hashlib.sha256(), 0
    try:
        with aside.open("xb") as stream:
            for chunk in chunks:
                stream.write(chunk)
                sha.update(chunk)
                size += len(chunk)
            if lasting:
                stream.flush()
                os.fsync(stream.fileno())
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return aside, "sha256:" + sha.hexdigest(), size


def sync_folder(folder: Path) -> None:
    """Make renames in a folder last, where the system can (Windows cannot open a folder)."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def lacking(error: OSError, path: Path) -> DossierError | None:
    """What the machine lacks, or that somebody removed what was just made below `path`, if this error says so."""
    if error.errno in _NO_SPACE:
        return MachineLacks("no-space", path=path)
    if error.errno in _NO_RIGHTS:
        return MachineLacks("no-rights", path=path)
    if error.errno == errno.EROFS:
        return MachineLacks("read-only-disk", path=path)
    if error.errno == errno.ENOENT and error.filename and Path(os.fsdecode(error.filename)).is_relative_to(path):
        return CaseBusy("case-disturbed", case=path)
    return None


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Word the lack of space or rights as what a person can mend; other errors pass."""
    try:
        yield
    except OSError as error:
        if (lack := lacking(error, path)) is None:
            raise
        raise lack from error


@contextlib.contextmanager
def reading(path: Path) -> Iterator[None]:
    """Word the lack of rights to read as what a person can mend; other errors pass."""
    try:
        yield
    except PermissionError as error:
        raise MachineLacks("no-rights-read", path=path) from error
