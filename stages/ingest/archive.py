"""Opening a zip from an untrusted hand: every member is taken, skipped with a count, or left unread with a reason."""

from __future__ import annotations

import hashlib
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from pipeline.locate import Locator
from pipeline.model import Balance, Ingested, Member, Note, Unread
from stages.ingest import types

__all__ = [
    "MAX_MEMBER",
    "MAX_MEMBERS",
    "MAX_RATIO",
    "MAX_TOTAL",
    "Container",
    "container",
    "is_hostile",
    "names_in",
    "shown",
    "unpack",
]

MAX_MEMBERS = 5_000
MAX_MEMBER = 512 << 20
"""Bytes of one member, unpacked."""
MAX_TOTAL = 2 << 30
"""Bytes of all members together, unpacked."""
MAX_RATIO = 200
"""Unpacked over packed bytes, beyond the first `_FREE` bytes: text reaches 30, a bomb 1,000."""

_FREE = 8 << 20
_CHUNK = 1 << 20
_JUNK = re.compile(r"(^|/)(__MACOSX/|\.DS_Store$|Thumbs\.db$|desktop\.ini$|~\$)", re.IGNORECASE)
_HOSTILE = re.compile(r"^/|^\\|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|[\x00-\x1f\x7f]")
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument.spreadsheet"


class Container(NamedTuple):
    """What a zip is: the type of file, and how many bytes its members say they unpack to."""

    type: types.FileType
    unpacked: int


class _Refused(Exception):
    """One member that stays unread: a code of the wording table."""


def is_hostile(name: str) -> bool:
    """Whether a member's name leads out of its archive, or holds control characters, or is none."""
    return not name or _HOSTILE.search(name) is not None


def container(path: Path) -> Container | None:
    """What the zip at `path` is (a workbook is one too); None if it cannot be opened."""
    with _broken_is_none(path) as archive:
        if archive is None:
            return None
        infos = archive.infolist()
        found = types.named(_media_type(archive, {info.filename for info in infos}))
        return Container(found, sum(info.file_size for info in infos))


def names_in(path: Path) -> tuple[str, ...]:
    """The names of the members of a zip; none if it cannot be opened."""
    with _broken_is_none(path) as archive:
        return tuple(_name(info)[0] for info in archive.infolist()) if archive else ()


def unpack(
    path: Path, scratch: Path, *, nested: bool = False, hear: Callable[[int], None] = lambda _: None
) -> tuple[Ingested, dict[str, Path]]:
    """The members of a zip, written into `scratch`: what it holds, and the files under their index in `members`.

    Archives inside it stay unread, unless `nested`. `hear` is told of bytes as they are unpacked.
    """
    with _broken_is_none(path) as archive:
        if archive is None:
            return _unread(path, "archive-broken"), {}
        infos = archive.infolist()
        if len(infos) > MAX_MEMBERS:
            return _unread(path, "archive-too-many", members=len(infos), limit=MAX_MEMBERS), {}
        return _Unpacking(archive, scratch, nested, hear).all(infos)


@contextmanager
def _broken_is_none(path: Path) -> Iterator[zipfile.ZipFile | None]:
    try:
        archive = zipfile.ZipFile(path)
    except _BROKEN:
        yield None
        return
    with archive:
        yield archive


def _media_type(archive: zipfile.ZipFile, names: set[str]) -> str:
    if names & {"xl/workbook.xml", "xl/workbook.bin"}:
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    if names & {"word/document.xml", "ppt/presentation.xml"}:
        return "application/vnd.openxmlformats-officedocument"
    if "mimetype" in names and "content.xml" in names:
        try:
            with archive.open("mimetype") as member:
                if member.read(256).strip() == _OPEN_DOCUMENT.encode():
                    return _OPEN_DOCUMENT
        except _BROKEN:
            return "application/zip"
    return "application/zip"


def _unread(path: Path, code: str, **values: int) -> Ingested:
    size = path.stat().st_size
    return Ingested(
        media_type="application/zip",
        kind="archive",
        balance=Balance(unit="bytes", total=size, records=0, unread=size),
        unread=(Unread(code=code, values=dict(values)),),
    )


class _Unpacking:
    """One run over the members of one archive."""

    def __init__(self, archive: zipfile.ZipFile, scratch: Path, nested: bool, hear: Callable[[int], None]) -> None:
        self._archive = archive
        self._scratch = scratch
        self._nested = nested
        self._hear = hear
        self._members: list[Member] = []
        self._files: dict[str, Path] = {}
        self._unread: list[Unread] = []
        self._names: set[str] = set()
        self._total = 0
        self._folders = self._junk = self._encrypted = self._recoded = 0

    def all(self, infos: list[zipfile.ZipInfo]) -> tuple[Ingested, dict[str, Path]]:
        """Every member once, in the order of the archive's directory."""
        for info in infos:
            self._one(info)
        if self._encrypted:
            self._unread.append(Unread(code="archive-encrypted", values={"members": self._encrypted}))
        skipped = self._folders + self._junk
        taken = len(self._members)
        balance = Balance(
            unit="members", total=len(infos), records=taken, skipped=skipped, unread=len(infos) - skipped - taken
        )
        ingested = Ingested(
            media_type="application/zip",
            kind="archive",
            balance=balance,
            members=tuple(self._members),
            notes=tuple(self._notes(len(infos))),
            unread=tuple(self._unread),
        )
        return ingested, self._files

    def _notes(self, total: int) -> Iterator[Note]:
        if total == self._folders + self._junk:
            yield Note(code="archive-without-files")
        if self._junk:
            yield Note(code="archive-junk", values={"members": self._junk})
        if self._recoded:
            yield Note(code="archive-names-gb18030", values={"members": self._recoded})

    def _one(self, info: zipfile.ZipInfo) -> None:
        name, recoded = _name(info)
        if name.endswith("/"):
            self._folders += 1
        elif _JUNK.search(name):
            self._junk += 1
        elif info.flag_bits & 0x1:
            self._encrypted += 1
        else:
            self._recoded += recoded
            self._take(info, name)

    def _take(self, info: zipfile.ZipInfo, name: str) -> None:
        told = shown(name)
        try:
            self._check(info, name)
            target = self._scratch / f"member-{len(self._members)}"
            digest, size = self._copied(info, target)
            if not self._nested:
                _check_content(target)
        except _Refused as refused:
            self._unread.append(Unread(code=str(refused), values={"member": told}, where=Locator(member=told)))
        else:
            self._names.add(name)
            self._files[str(len(self._members))] = target
            self._members.append(Member(name=name, digest=digest, bytes=size))

    def _check(self, info: zipfile.ZipInfo, name: str) -> None:
        mode = info.external_attr >> 16
        if is_hostile(name) or "\0" in info.orig_filename:
            raise _Refused("member-name")
        if stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            raise _Refused("member-link")
        if name in self._names:
            raise _Refused("member-twice")
        if info.file_size > MAX_MEMBER or info.file_size > _FREE + MAX_RATIO * info.compress_size:
            raise _Refused("member-too-large")

    def _copied(self, info: zipfile.ZipInfo, target: Path) -> tuple[str, int]:
        """The digest and size of what was written; sizes are counted, since a directory may lie about them."""
        limit = min(MAX_MEMBER, MAX_TOTAL - self._total, _FREE + MAX_RATIO * info.compress_size)
        digest, size = hashlib.sha256(), 0
        try:
            with self._archive.open(info) as source, target.open("wb") as copy:
                for chunk in iter(_reader(source.read), b""):
                    size += len(chunk)
                    if size > limit:
                        raise _Refused("member-too-large")
                    digest.update(chunk)
                    copy.write(chunk)
                    self._hear(len(chunk))
        except _BROKEN as error:
            raise _Refused("member-broken") from error
        self._total += size
        return "sha256:" + digest.hexdigest(), size


def _reader(read: Callable[[int], bytes]) -> Callable[[], bytes]:
    return lambda: read(_CHUNK)


def _name(info: zipfile.ZipInfo) -> tuple[str, bool]:
    """The name, and whether it was read as GB18030: without its UTF-8 flag zipfile takes it for code page 437."""
    if info.flag_bits & 0x800:
        return info.filename, False
    raw = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding), encoding == "gb18030"
        except UnicodeDecodeError:
            continue
    return info.filename, False


def shown(name: str) -> str:
    """A name that can be printed: control characters and lone surrogates as question marks, never empty."""
    plain = re.sub(r"[\x00-\x1f\x7f]", "?", name).encode("utf-8", "replace").decode("utf-8")
    return plain or "?"


def _check_content(path: Path) -> None:
    """Refuses an archive inside the archive; a workbook, a zip as well, may pass."""
    with path.open("rb") as file:
        found = types.by_signature(file.read(64))
    inner = container(path) if found == types.ZIP else None
    if found is not None and found.kind == "archive" and (inner is None or inner.type.kind == "archive"):
        raise _Refused("member-archive")
