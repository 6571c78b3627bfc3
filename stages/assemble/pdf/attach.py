"""Files that travel inside the PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from stages.assemble.pdf.objects import Lazy, Raw, array, dictionary, name, text

__all__ = ["Attached", "attach"]


class Attached(NamedTuple):
    """A file to embed: its name, what it is, and its bytes or where they are."""

    name: str
    media_type: str
    about: str
    content: bytes | Path


def attach(document: Any, files: Sequence[Attached]) -> None:
    """Embeds files, in the order of their names."""
    if not files:
        return
    names: list[Any] = []
    for at, file in enumerate(sorted(files, key=lambda one: one.name.encode("utf-16-be"))):
        stream = document.Reference(Lazy(partial(_embedded, file)), f"attached-{at}")
        spec = dictionary({
            "Type": name("Filespec"), "F": text(file.name), "UF": text(file.name), "Desc": text(file.about),
            "EF": dictionary({"F": stream, "UF": stream}), "AFRelationship": name("Data"),
        })  # fmt: skip
        names += [text(file.name), document.Reference(spec, f"attached-{at}-spec")]
    tree = dictionary({"EmbeddedFiles": dictionary({"Names": array(names)})})
    document.Catalog.Names = document.Reference(tree, "names")


def _embedded(file: Attached) -> tuple[dict[str, Any], bytes]:
    content = file.content if isinstance(file.content, bytes) else file.content.read_bytes()
    subtype = "/" + "".join(char if char.isalnum() or char in "-." else f"#{ord(char):02X}" for char in file.media_type)
    check = hashlib.md5(content, usedforsecurity=False).hexdigest()
    params = dictionary({"Size": len(content), "CheckSum": Raw(f"<{check}>".encode())})
    return {"Type": name("EmbeddedFile"), "Subtype": Raw(subtype.encode()), "Params": params}, content
