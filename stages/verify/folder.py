"""A case folder or an out/ folder: every output against its checksum, every original against the manifest."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from stages.verify import Check, pdf
from stages.verify.words import told

__all__ = ["checks"]

_SUMS_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_UNLISTED = {"SHA256SUMS", "run.json"}


class _File(msgspec.Struct, frozen=True):
    name: str
    sha256: str
    bytes: int
    label: str = ""


class _Manifest(msgspec.Struct, frozen=True):
    """As much of manifest.json as is checked."""

    exhibits: tuple[_File, ...]
    outputs: tuple[_File, ...]


Language = Literal["zh-CN", "en"]


def checks(folder: Path, language: Language) -> tuple[Check, ...]:
    """The checks of a folder; its PDF, if it is there, is checked on its own as well."""
    out = folder / "out" if (folder / "out").is_dir() else folder
    if not any((out / name).is_file() for name in ("SHA256SUMS", "manifest.json", "dossier.pdf")):
        return (told("folder", "failed", "verify-nothing", language, name=folder),)
    manifest = _read_manifest(out)
    found = [*_sums(out, language), *_listed(out, manifest, language)]
    if (out / "dossier.pdf").is_file():
        found += pdf.checks(out / "dossier.pdf", language)
        found += _same_manifest(out, language)
    if out != folder:
        found += _originals(folder / "originals", manifest, language)
    return tuple(found)


def _read_manifest(out: Path) -> _Manifest | None:
    try:
        return msgspec.json.decode((out / "manifest.json").read_bytes(), type=_Manifest)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def _sums(out: Path, language: Language) -> Iterator[Check]:
    """`sha256sum -c SHA256SUMS`, and that nothing stands beside it unlisted."""
    try:
        text = (out / "SHA256SUMS").read_text("utf-8")
    except (OSError, ValueError):
        yield told("checksums", "failed", "verify-no-sums", language)
        return
    names = set()
    for number, line in enumerate(text.removesuffix("\n").split("\n"), 1):
        found = _SUMS_LINE.fullmatch(line)
        if found is None:
            yield told("checksums", "failed", "verify-sums-line", language, line=number)
            continue
        names.add(found[2])
        yield _one_sum(out / found[2], found[1], language)
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_file() and name not in names | _UNLISTED:
            yield told("checksums", "failed", "verify-unlisted", language, name=name)


def _one_sum(path: Path, wanted: str, language: Language) -> Check:
    if not path.is_file():
        return told("checksums", "failed", "verify-missing", language, name=path.name)
    if _digest(path) != wanted:
        return told("checksums", "failed", "verify-changed", language, name=path.name)
    return told("checksums", "ok", "verify-file-ok", language, name=path.name)


def _listed(out: Path, manifest: _Manifest | None, language: Language) -> Iterator[Check]:
    """The manifest's own list of outputs says the same."""
    if manifest is None:
        yield told("manifest", "failed", "verify-manifest-unreadable", language)
        return
    for entry in manifest.outputs:
        path = out / entry.name
        if not path.is_file() or path.stat().st_size != entry.bytes or _digest(path) != entry.sha256:
            yield told("manifest", "failed", "verify-not-as-listed", language, name=entry.name)


def _same_manifest(out: Path, language: Language) -> Iterator[Check]:
    """What the PDF carries is the manifest beside it, less its list of outputs."""
    inside = pdf.embedded_manifest(out / "dossier.pdf") if _opens(out / "dossier.pdf") else None
    if inside is None:
        return
    try:
        beside = json.loads((out / "manifest.json").read_bytes())
        same = json.loads(inside) == {key: value for key, value in beside.items() if key != "outputs"}
    except (OSError, ValueError, AttributeError):
        same = False
    code = "verify-manifests-same" if same else "verify-manifests-differ"
    yield told("manifests", "ok" if same else "failed", code, language)


def _opens(path: Path) -> bool:
    import pypdfium2

    try:
        pypdfium2.PdfDocument(path).close()
    except pypdfium2.PdfiumError:
        return False
    return True


def _originals(originals: Path, manifest: _Manifest | None, language: Language) -> Iterator[Check]:
    for exhibit in manifest.exhibits if manifest else ():
        path = originals / exhibit.sha256
        values = {"label": exhibit.label, "name": exhibit.name}
        if not path.is_file():
            yield told("originals", "failed", "verify-original-missing", language, **values)
        elif path.stat().st_size != exhibit.bytes or _digest(path) != exhibit.sha256:
            yield told("originals", "failed", "verify-original-changed", language, **values)
        else:
            yield told("originals", "ok", "verify-original-ok", language, **values)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
