"""A dossier.pdf on its own: its seal, the manifest inside it, and the digest of that manifest as printed."""

from __future__ import annotations

import hashlib
import json
import mmap
import re
from pathlib import Path
from typing import Literal

from stages.verify import Check
from stages.verify.words import told

__all__ = ["MANIFEST", "checks", "embedded_manifest"]

MANIFEST = "evidence-manifest.json"
_TAIL = re.compile(rb"%dossier-seal sha256 ([0-9a-f]{64})\nstartxref\n\d+\n%%EOF\n\Z")
_TAIL_BYTES = 256
_LAST_PAGES = 40
"""How many pages from the end are searched for the printed digest: the integrity pages stand before the pledge."""

Language = Literal["zh-CN", "en"]


def checks(path: Path, language: Language) -> tuple[Check, ...]:
    """The checks of one PDF."""
    seal = _seal(path, language)
    if seal.status == "absent":
        return (told("seal", "failed", "verify-no-seal", language, name=path.name),)
    if seal.status == "failed":
        return (seal,)
    return (seal, *_manifest(path, language), told("signature", "absent", "verify-unsigned", language))


def _seal(path: Path, language: Language) -> Check:
    """SHA-256 over the file with the 64 characters of the seal as zeros (interface, "Clock and bytes")."""
    size = path.stat().st_size
    if size < _TAIL_BYTES:
        return told("seal", "absent", "verify-no-seal", language, name=path.name)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        found = _TAIL.search(data[size - _TAIL_BYTES :])
        if found is None:
            return told("seal", "absent", "verify-no-seal", language, name=path.name)
        start = size - _TAIL_BYTES + found.start(1)
        digest = hashlib.sha256(data[:start])
        digest.update(b"0" * 64)
        digest.update(data[start + 64 :])
    if digest.hexdigest() != found[1].decode():
        return told("seal", "failed", "verify-seal-broken", language, name=path.name)
    return told("seal", "ok", "verify-seal-ok", language, name=path.name)


def _manifest(path: Path, language: Language) -> tuple[Check, ...]:
    data = embedded_manifest(path)
    if data is None:
        return (told("manifest", "absent", "verify-no-manifest", language),)
    try:
        exhibits = json.loads(data)["exhibits"]
    except (ValueError, KeyError, TypeError):
        return (told("manifest", "failed", "verify-manifest-unreadable", language),)
    digest = hashlib.sha256(data).hexdigest()
    inside = told("manifest", "ok", "verify-manifest-ok", language, count=len(exhibits), digest=digest[:16])
    if digest in _printed(path):
        return inside, told("printed-digest", "ok", "verify-printed-ok", language)
    return inside, told("printed-digest", "failed", "verify-printed-differs", language, digest=digest)


def embedded_manifest(path: Path) -> bytes | None:
    """The bytes of the manifest attached to the PDF."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        for index in range(document.count_attachments()):
            attachment = document.get_attachment(index)
            if attachment.get_name() == MANIFEST:
                return bytes(attachment.get_data())
    return None


def _printed(path: Path) -> str:
    """The text of the last pages, without blanks."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        first = max(0, len(document) - _LAST_PAGES)
        texts = [document[number].get_textpage().get_text_bounded() for number in range(first, len(document))]
    return re.sub(r"\s", "", "".join(texts))
