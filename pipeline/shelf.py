"""Bytes by digest at a URL that all machines reach, and a worker's copies of them.

Any file system that fsspec knows will do: a mounted folder, an object store. Nothing there is believed: what comes back
is hashed before it is used.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import MachineLacks
from pipeline.model import Digest, bare, digest_of
from pipeline.store import Missing, digest_file

__all__ = ["Cache", "Shelf", "cache_of"]

MOST = 4 << 30
"""Bytes that a worker's copies take at the most."""


class Shelf:
    """Blobs below a URL. MachineLacks where the URL cannot be used."""

    def __init__(self, url: str) -> None:
        import fsspec

        self.url = url
        self._there: set[Digest] = set()
        try:
            self._files: Any
            self._files, self._root = fsspec.core.url_to_fs(url)
        except (ValueError, ImportError, OSError) as error:
            raise MachineLacks("store-unusable", url=url, error=str(error)) from error

    def put(self, digest: Digest, path: Path) -> None:
        """Have the bytes of a file there, unless they are. They appear under their name whole."""
        if digest in self._there:
            return
        target = self._path(digest)
        try:
            if not self._files.exists(target) or self._files.size(target) != path.stat().st_size:
                aside = f"{target}.{secrets.token_hex(4)}.part"
                self._files.makedirs(target.rpartition("/")[0], exist_ok=True)
                self._files.put_file(str(path), aside)
                self._files.mv(aside, target)
        except OSError as error:
            raise MachineLacks("store-unusable", url=self.url, error=str(error)) from error
        self._there.add(digest)

    def fetch(self, digest: Digest, path: Path) -> None:
        """Write the bytes to a file; Missing where they are absent, or others."""
        try:
            self._files.get_file(self._path(digest), str(path))
        except FileNotFoundError as error:
            raise Missing(digest) from error
        if digest_file(path) != digest:
            path.unlink()
            raise Missing(digest)

    def _path(self, digest: Digest) -> str:
        name = bare(digest)
        return f"{self._root}/blobs/{name[:2]}/{name}"


class Cache:
    """A worker's copies of what lies on a shelf. Several processes of a machine share them; the oldest go first."""

    def __init__(self, shelf: Shelf, folder: Path, most: int = MOST) -> None:
        self._shelf = shelf
        self._folder = folder
        self._most = most

    def lay(self, digest: Digest, target: Path) -> None:
        """Put the bytes at `target`, from here if they are here. Missing where they are nowhere."""
        kept = self._folder / bare(digest)
        if not _took(kept, target, digest):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            aside = self._folder / f"{bare(digest)}.{secrets.token_hex(4)}.part"
            self._shelf.fetch(digest, aside)
            _link(aside, target)
            aside.replace(kept)
            self._prune()

    def _prune(self) -> None:
        kept = []
        for path in self._folder.iterdir():
            with contextlib.suppress(FileNotFoundError):
                kept.append((path.stat().st_mtime_ns, path.stat().st_size, path))
        over = sum(size for _, size, _ in kept) - self._most
        for _, size, path in sorted(kept):
            if over <= 0:
                return
            path.unlink(missing_ok=True)
            over -= size


@cache
def _caches(url: str) -> Cache:
    name = f"dossier-cache-{os.getuid() if hasattr(os, 'getuid') else 0}-{bare(digest_of(url.encode()))[:12]}"
    return Cache(Shelf(url), Path(tempfile.gettempdir()) / name)


def cache_of(shelf: Shelf) -> Cache:
    """This machine's copies of a shelf."""
    return _caches(shelf.url)


def _took(kept: Path, target: Path, digest: Digest) -> bool:
    """Whether a copy was there, whole, and is at `target` now."""
    with contextlib.suppress(OSError):
        _link(kept, target)
        if digest_file(target) == digest:
            os.utime(kept)
            return True
        target.unlink()
        kept.unlink(missing_ok=True)
    return False


def _link(source: Path, target: Path) -> None:
    """The same file under a second name where that can be, so that it stays whoever removes the first."""
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, target)
