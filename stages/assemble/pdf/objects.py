"""PDF objects that reportlab lacks: streams made when they are written, and text strings in UTF-16."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from typing import Any

from reportlab.pdfbase import pdfdoc

__all__ = ["Lazy", "Raw", "array", "deflated", "dictionary", "name", "text"]


class Raw(pdfdoc.PDFObject):  # type: ignore[misc]
    """Bytes that stand in the file as they are."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def format(self, _document: Any) -> bytes:
        """The bytes."""
        return self.data


class Lazy(pdfdoc.PDFObject):  # type: ignore[misc]
    """A stream whose content is made when it is written, and forgotten."""

    __RefOnly__ = 1

    def __init__(self, make: Callable[[], tuple[Mapping[str, Any], bytes]]) -> None:
        self._make = make

    def made(self) -> tuple[Mapping[str, Any], bytes]:
        """Its entries and its content."""
        return self._make()

    def format(self, document: Any) -> bytes:
        """The whole object, its dictionary included."""
        entries, content = self.made()
        head: bytes = dictionary({**entries, "Length": len(content)}).format(document)
        return b"".join((head, b"\nstream\n", content, b"\nendstream\n"))


def deflated(content: bytes, entries: Mapping[str, Any] | None = None) -> Lazy:
    """A compressed stream."""
    packed = zlib.compress(content, 6)
    return Lazy(lambda: ({**(entries or {}), "Filter": name("FlateDecode")}, packed))


def name(value: str) -> Any:
    """A PDF name."""
    return pdfdoc.PDFName(value)


def array(values: list[Any]) -> Any:
    """A PDF array."""
    return pdfdoc.PDFArray(values)


def dictionary(entries: Mapping[str, Any]) -> Any:
    """A PDF dictionary, its keys sorted when written."""
    return pdfdoc.PDFDictionary(dict(entries))


def text(value: str) -> Raw:
    """A text string for people, in UTF-16BE with its mark."""
    return Raw(b"<FEFF" + value.encode("utf-16-be", "replace").hex().upper().encode() + b">")
