"""The file's own seal: the SHA-256 over all of it with the 64 digits of the seal taken as zeros."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

__all__ = ["TAIL", "seal_file"]

TAIL = "%dossier-seal sha256 {digest}\nstartxref\n{start}\n%%EOF\n"
"""How a sealed file ends."""

_END = re.compile(rb"%dossier-seal sha256 ([0-9a-f]{64})\nstartxref\n[0-9]+\n%%EOF\n\Z")
_LONGEST_END = 160
_CHUNK = 1 << 20


def seal_file(path: Path) -> str:
    """Writes the seal into a file that ends with an empty one (64 zeros); returns its digits.

    ValueError if the file does not end so.
    """
    with path.open("r+b") as file:
        size = file.seek(0, 2)
        start = max(0, size - _LONGEST_END)
        file.seek(start)
        found = _END.search(file.read())
        if found is None or found[1] != b"0" * 64:
            raise ValueError("the file does not end with an empty seal")
        file.seek(0)
        digest = hashlib.sha256()
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
        file.seek(start + found.start(1))
        file.write(digest.hexdigest().encode())
    return digest.hexdigest()
