"""The evidence manifest that travels inside the dossier, and the list of digests for the originals."""

from __future__ import annotations

from typing import Any

from pipeline import __version__
from pipeline.contract import Inputs, Item
from pipeline.model import bare, encode, label_key
from stages.assemble.fonts import tools

__all__ = ["digest_lines", "evidence_manifest"]


def evidence_manifest(inputs: Inputs) -> bytes:
    """Canonical JSON of what was received: no outputs, so that its digest can be printed in the dossier."""
    custody = inputs.custody
    if custody is None:
        raise LookupError("the manifest cites the evidence chain")
    items = sorted(inputs.items, key=lambda item: label_key(item.exhibit.label))
    return encode({
        "case": custody.case,
        "made": custody.made,
        "tool": {
            "name": "dossier",
            "version": __version__,
            "stages": custody.stages,
            "engines": sorted(_engines(items)),
            "fonts": [tool.version for tool in tools()],
        },
        "evidence_head": custody.evidence_head,
        "exhibits": [_exhibit(item) for item in items],
    })  # fmt: skip


def _engines(items: list[Item]) -> set[str]:
    """The readers that gave something, and the programs that recognised text, with their versions."""
    readings = [reading for item in items for reading in item.readings if reading.reader]
    programs = {f"{reading.declared['tesseract']}" for reading in readings if "tesseract" in reading.declared}
    return {reading.reader for reading in readings} | programs


def _exhibit(item: Item) -> dict[str, Any]:
    exhibit = item.exhibit
    return {
        "label": exhibit.label,
        "name": exhibit.name,
        "sha256": bare(exhibit.digest),
        "bytes": exhibit.bytes,
        "media_type": item.ingested.media_type if item.ingested else None,
        "receipts": [{"name": receipt.name, "received": receipt.received} for receipt in exhibit.receipts],
        "status": item.status,
    }


def digest_lines(named: dict[str, str]) -> bytes:
    """`ORIGINALS.sha256`: name -> digest, as sha256sum -c reads it."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(named.items())).encode()
