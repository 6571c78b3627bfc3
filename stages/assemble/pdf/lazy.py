"""Writing a reportlab document to a file object by object, so that memory holds one picture at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO

from reportlab.pdfbase import pdfdoc

from stages.assemble.pdf.seal import TAIL, seal_file

__all__ = ["write"]

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def write(canvas: Any, path: Path, document_id: str) -> None:
    """Writes a finished canvas, sealed. `document_id` is 32 hex digits that depend on the content alone."""
    document = canvas._doc
    document.Reference(document.Catalog)
    document.Reference(document.info)
    document.Outlines.prepare(document, canvas)
    with path.open("wb") as file:
        file.write(_HEADER)
        offsets = _write_objects(document, file)
        _write_end(document, file, offsets, document_id)
    seal_file(path)


def _write_objects(document: Any, file: BinaryIO) -> list[int]:
    """Each numbered object; writing one may number others. Returns where they start."""
    offsets: list[int] = []
    while (number := len(offsets) + 1) in document.numberToId:
        key = document.numberToId[number]
        offsets.append(file.tell())
        file.write(pdfdoc.PDFIndirectObject(key, document.idToObject[key]).format(document))
    return offsets


def _write_end(document: Any, file: BinaryIO, offsets: list[int], document_id: str) -> None:
    start = file.tell()
    file.write(f"xref\n0 {len(offsets) + 1}\n0000000000 65535 f \n".encode())
    for offset in offsets:
        file.write(f"{offset:010d} 00000 n \n".encode())
    root, info = (document.Reference(part).format(document).decode() for part in (document.Catalog, document.info))
    file.write(
        f"trailer\n<< /ID [<{document_id}> <{document_id}>] /Info {info} /Root {root} "
        f"/Size {len(offsets) + 1} >>\n".encode()
    )
    file.write(TAIL.format(digest="0" * 64, start=start).encode())
