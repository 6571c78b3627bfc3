"""The shape of one row of the wording table."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["zh-CN", "en"]


class Wording(NamedTuple):
    """One sentence in both languages. Placeholders are `str.format` names; it says what to do, where there is anything."""

    severity: Literal["info", "warning", "error"]
    zh: str
    en: str
