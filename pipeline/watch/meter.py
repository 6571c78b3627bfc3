"""How far an arrival is taken in. One thread reads and tells it, another shows it, and may end the reading by it."""

from __future__ import annotations

import threading
from pathlib import Path

from pipeline.model import Digest
from pipeline.pools import Stopped
from pipeline.store import digest_file

__all__ = ["Meter", "size"]


class Meter:
    """What is done with an arrival, as a code, and how many bytes of how many."""

    def __init__(self) -> None:
        self.code = "watch-page-queued"
        self.done = self.total = 0
        self._stopped = threading.Event()

    def begin(self, code: str, total: int) -> None:
        """The next thing that is done, over so many bytes."""
        self.code, self.done, self.total = code, 0, total

    def add(self, count: int) -> None:
        """So many bytes more are done. Stopped if that is no longer wanted."""
        if self._stopped.is_set():
            raise Stopped
        self.done += count

    def digest(self, path: Path) -> Digest:
        """The digest of a file, in bounded memory. OSError if it cannot be read."""
        return digest_file(path, self.add)

    def stop(self) -> None:
        """Let who reads end at the next chunk."""
        self._stopped.set()


def size(count: int) -> str:
    """Bytes as people read them: 640 KB, 12.5 MB, 3.2 GB."""
    if count < 1 << 20:
        return f"{count / 1024:.0f} KB"
    return f"{count / (1 << 20):.1f} MB" if count < 1 << 30 else f"{count / (1 << 30):.2f} GB"
