"""A name in case.toml, and the exhibits it means."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from pipeline.errors import UsageError
from pipeline.model import Exhibit

__all__ = ["matching"]


def matching(name: str, exhibits: Iterable[Exhibit]) -> tuple[Exhibit, ...]:
    """The exhibit that a name means, or none.

    A name is a path below inbox/ (compared in NFC), "archive.zip/member", or a base name that only one file has.
    UsageError lists the candidates where a base name fits several files.
    """
    wanted = unicodedata.normalize("NFC", name).strip().removeprefix("./").removeprefix("inbox/")
    live = [exhibit for exhibit in exhibits if not exhibit.withdrawn]
    named = [(unicodedata.normalize("NFC", receipt.name), exhibit) for exhibit in live for receipt in exhibit.receipts]
    by_path = {exhibit.label: exhibit for path, exhibit in named if path == wanted}
    if by_path:
        return tuple(by_path.values())
    by_base = {exhibit.label: (path, exhibit) for path, exhibit in named if path.rsplit("/", 1)[-1] == wanted}
    if len(by_base) > 1:
        raise UsageError("case-name-twice", name=name, matches="、".join(path for path, _ in by_base.values()))
    return tuple(exhibit for _, exhibit in by_base.values())
