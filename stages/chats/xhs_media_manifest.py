"""The list of media files that comes with Xiaohongshu's web chat: each with its path and its SHA-256, which are
checked against the files of the case. It gives no records; what was not downloaded, is missing or differs is noted.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from pipeline.contract import Reader, Score, Source
from pipeline.locate import Locator
from pipeline.model import Reading, Unread, bare
from stages.chats.common.account import Account, closed
from stages.chats.common.json_list import open_list
from stages.chats.common.posts import wording
from stages.chats.common.utf8 import utf8_of

__all__ = ["READER"]

_NAME = "manifest.json"
_LISTS = ("assets", "files", "media", "items", "")
_PATHS = ("localPath", "path", "file", "archivePath", "relativePath", "filename", "name")
_DIGESTS = ("sha256", "SHA256", "sha-256", "sha256Hex", "digest", "hash", "checksum")
_LISTED = re.compile(rb'"(?:media/|images/|stickers/|card-covers/|audio/|videos/)[^"]+"')
_DIGEST = re.compile(rb'"(?:sha256[-:])?[0-9a-fA-F]{64}"')
_HEX = re.compile(r"(?:sha256[-:])?(?P<hex>[0-9a-f]{64})")


def _sniff(source: Source) -> Score | None:
    if not source.name.lower().endswith(_NAME):
        return None
    head = utf8_of(source.data, head=True).data
    known = head.lstrip()[:1] in (b"{", b"[") and _DIGEST.search(head) and _LISTED.search(head)
    failed = b'"assets"' in head and b'"originalUrl"' in head
    return Score(value=0.9, reason="media-manifest") if known or failed else None


def _read(source: Source) -> Reading:
    found = open_list(source, _LISTS, ("failures",))
    if isinstance(found, Unread):
        return _read_mapping(source) or closed(READER, found, "items")
    account = found.account()
    for where, asset in found.each(account, dict[str, Any]):
        path = next((asset[key] for key in _PATHS if isinstance(asset.get(key), str)), None)
        stated = next((asset[key] for key in _DIGESTS if isinstance(asset.get(key), str)), None)
        _check(source, account, where, path, stated)
    failures = found.top.get("failures")
    if isinstance(failures, list) and failures:
        account.total += len(failures)
        account.aside += len(failures)
        account.note("media-not-saved", Locator(pointer="/failures"), count=len(failures))
    return account.reading(READER, declared={"files": len(found.items)}, encoding=found.encoding)


def _read_mapping(source: Source) -> Reading | None:
    """A list that maps paths to digests."""
    data, encoding = utf8_of(source.data)
    try:
        entries = msgspec.json.decode(data, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    inner = next((value for key in _LISTS if isinstance(value := entries.get(key), dict)), entries)
    prefix = next((f"/{key}" for key in _LISTS if entries.get(key) is inner), "")
    account = Account("items", len(inner))
    for path, value in inner.items():
        stated = value if isinstance(value, str) else _digest_in(value)
        where = Locator(pointer=f"{prefix}/{path.replace('~', '~0').replace('/', '~1')}")
        if prefix or stated:
            _check(source, account, where, path, stated)
        else:
            account.aside += 1
    return account.reading(READER, declared={"files": len(inner)}, encoding=encoding)


def _digest_in(value: Any) -> str | None:
    found = (value.get(key) for key in _DIGESTS) if isinstance(value, dict) else ()
    return next((digest for digest in found if isinstance(digest, str)), None)


def _check(source: Source, account: Account, where: Locator, path: str | None, stated: str | None) -> None:
    """Compare one file with what the list states of it; the entry itself is put aside, for it is no message."""
    digest = _HEX.fullmatch(stated.strip().lower()) if stated else None
    if not path or digest is None:
        account.refuse("media-entry-unknown", where)
        return
    account.aside += 1
    actual = _beside(source, path)
    if actual is None:
        account.note("media-missing", where, name=path)
    elif actual != digest["hex"]:
        account.note("media-digest-differs", where, name=path)


def _beside(source: Source, path: str) -> str | None:
    """The digest of the file at a path that counts from the list's own folder or from the one above it."""
    path = wording(path).replace("\\", "/").removeprefix("./")
    folder = source.name.rpartition("/")[0]
    parent = folder.rpartition("/")[0]
    for base in dict.fromkeys((parent, folder)):
        digest = source.siblings.get(f"{base}/{path}" if base else path)
        if digest is not None:
            return bare(digest)
    return None


READER = Reader(id="xhs-media-manifest", version=1, grade="B", sniff=_sniff, read=_read)
